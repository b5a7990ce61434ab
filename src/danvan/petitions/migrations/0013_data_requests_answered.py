from django.db import migrations, models


def whole(apps, schema_editor):
    apps.get_model("petitions", "DataRequest").objects.filter(state="partly").update(state="done")


class Migration(migrations.Migration):

    dependencies = [
        ('petitions', '0012_clusters_that_ended'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='datarequest',
            name='data_request_ended_on_a_day',
        ),
        migrations.AddField(
            model_name='datarequest',
            name='agent',
            field=models.BinaryField(default=b''),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='agent_paper',
            field=models.BinaryField(default=b''),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='answer',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='asked_by',
            field=models.CharField(default='self', max_length=8),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='basis',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='checked_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='longer_why',
            field=models.CharField(blank=True, max_length=250),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='measures',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='others',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='response',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='symbol',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='wanted',
            field=models.TextField(blank=True),
        ),
        migrations.RunPython(migrations.RunPython.noop, whole),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state__in', ('done', 'partly', 'refused'))), models.Q(models.Q(('state__in', ('done', 'partly', 'refused')), _negated=True), ('ended_on', None)), _connector='OR'), name='data_request_ended_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'partly'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('basis', ''), _negated=True)), _connector='OR'), name='data_request_partly_on_a_basis'),
        ),
    ]
