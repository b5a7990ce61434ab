import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0003_topic'),
        ('organisations', '0002_rest_of_the_register'),
        ('topics', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='commitment',
            name='commitment_claimed_on_a_day',
        ),
        migrations.RemoveConstraint(
            model_name='commitment',
            name='commitment_verified_on_a_day',
        ),
        migrations.AddField(
            model_name='commitment',
            name='agreed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commitment',
            name='asked_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commitment',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='commitment',
            name='closed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commitment',
            name='disputed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commitment',
            name='public_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='commitment',
            name='superseded_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='commitments.commitment'),
        ),
        migrations.AddField(
            model_name='commitmentstep',
            name='code_id',
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='state',
            field=models.CharField(default='assigned', max_length=16),
        ),
        migrations.AlterField(
            model_name='commitmentstep',
            name='words',
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('disputed_on__isnull', False)), fields=['disputed_on', 'id'], name='commitment_disputed'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_on__isnull', False), ('state__in', ('claimed', 'verified', 'closed'))), models.Q(('claimed_on', None), ('state__in', ('assigned', 'declined', 'in_progress', 'risk_accepted', 'withdrawn', 'superseded'))), _connector='OR'), name='commitment_claimed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('verified', 'closed')), ('verified_on__isnull', False)), models.Q(models.Q(('state__in', ('verified', 'closed')), _negated=True), ('verified_on', None)), _connector='OR'), name='commitment_verified_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_on', None), ('disputed_on', None)), models.Q(('agreed_on', None), ('asked_on__isnull', False)), models.Q(('asked_on__isnull', False), ('disputed_on', None)), _connector='OR'), name='commitment_answered_by_an_asker'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on', None)), _connector='OR'), name='commitment_closed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('public_reason', ''), ('state', 'closed'), _negated=True), ('disputed_on', None), _connector='OR'), name='commitment_not_closed_over_not_yet'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'superseded'), ('superseded_by__isnull', False)), models.Q(models.Q(('state', 'superseded'), _negated=True), ('superseded_by', None)), _connector='OR'), name='commitment_superseded_by_one'),
        ),
    ]
