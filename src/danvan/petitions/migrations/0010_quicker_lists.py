from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        ('petitions', '0009_vault_told'),
        ('topics', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['state', '-received_on', '-id'], name='petition_latest_by_state'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(condition=models.Q(('closed_on', None)), fields=['due_on', 'id'], name='petition_open_by_day'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(Coalesce('decided_on', 'answered_on', 'closed_on'), name='petition_by_its_end'),
        ),
    ]
