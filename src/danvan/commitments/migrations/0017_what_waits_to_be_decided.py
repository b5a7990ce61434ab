from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("commitments", "0016_recurring")]

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
