from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0001_squashed_0016_ledger_programmes_and_series'),
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        ('topics', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('closed_on', None), ('verified_on__isnull', False)), fields=['verified_on', 'id'], name='commitment_to_close'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('state__in', ('declined', 'risk_accepted'))), fields=['state', 'assigner'], name='commitment_to_decide'),
        ),
    ]
