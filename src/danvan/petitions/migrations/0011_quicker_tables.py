from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        ('petitions', '0010_quicker_lists'),
        ('topics', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['unit', 'received_on', 'kind', 'state', 'accepted_on', 'decided_on', 'answered_on', 'closed_on', 'at_unit_on', 'rated_on', 'satisfaction', 'outcome', 'closing', 'handed_to', 'round', 'paper', 'topic', 'id'], name='petition_counted'),
        ),
    ]
