import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

# What a lead does, and what puts the work into its hands anew, as it was called on this day.
HEARD = (
    'started', 'evidence', 'claimed', 'extension_asked', 'explained', 'declined', 'returned', 'disputed',
    'confirmed', 'given_on', 'resumed',
)


def hear(apps, schema_editor):
    """When each lead was last heard of, from the timeline."""
    commitments = apps.get_model('commitments', 'Commitment').objects
    steps = apps.get_model('commitments', 'CommitmentStep').objects.filter(
        kind__in=HEARD, commitment=models.OuterRef('pk')
    )
    last = steps.order_by().values('commitment').annotate(day=models.Max('on')).values('day')
    commitments.filter(models.Exists(steps)).update(heard_on=models.Subquery(last))


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0009_difficulties'),
        ('law', '0002_clocks'),
    ]

    operations = [
        migrations.CreateModel(
            name='DueWarning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('mark', models.CharField(max_length=10)),
                ('due_on', models.DateField()),
                ('on', models.DateField()),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='warnings', to='commitments.commitment')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('commitment', 'mark', 'due_on'), name='commitment_warned_once')],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='heard_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commitment',
            name='warn_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(hear, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name='commitment',
            name='silent_from',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('heard_on', 'assigned_on'), output_field=models.DateField()),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('claimed_on', None)), fields=['silent_from', 'id'], name='commitment_silent'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('warn_on__isnull', False)), fields=['warn_on'], name='commitment_to_warn'),
        ),
    ]
