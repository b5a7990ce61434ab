import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0001_initial'),
        ('organisations', '0002_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='claimed_unit',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='commitmentstep',
            name='giver',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('claimed_unit__isnull', False)), fields=['claimed_unit', 'claimed_on'], name='commitment_by_former_claim'),
        ),
        migrations.AddIndex(
            model_name='commitmentstep',
            index=models.Index(condition=models.Q(('giver__isnull', False)), fields=['giver'], name='commitment_step_by_giver'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('claimed_unit', None), ('claimed_on__isnull', False), _connector='OR'), name='commitment_former_claim_is_one'),
        ),
    ]
