"""Kept counts of the ledger. Their triggers are made after every migration; here they go with the tables."""

from django.db import migrations, models

TABLE = "commitments_commitment"


def drop_triggers(apps, schema_editor):
    for act in ("insert", "update", "delete"):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"drop trigger if exists {TABLE}_stale_{act}")
        else:
            schema_editor.execute(f"drop trigger if exists {TABLE}_stale_{act} on {TABLE}")
            schema_editor.execute(f"drop function if exists commitments_note_stale_{act}()")


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0006_follow_codes'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaleTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('lead_id', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='TalliedLead',
            fields=[
                ('lead_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('counted_on', models.DateField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='CommitmentTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('lead_id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('part', models.CharField(max_length=6)),
                ('value', models.CharField(blank=True, max_length=40)),
                ('counted', models.PositiveIntegerField(default=0)),
                ('claimed', models.PositiveIntegerField(default=0)),
                ('verified', models.PositiveIntegerField(default=0)),
                ('asked', models.PositiveIntegerField(default=0)),
                ('agreed', models.PositiveIntegerField(default=0)),
                ('disputed', models.PositiveIntegerField(default=0)),
                ('come', models.PositiveIntegerField(default=0)),
                ('in_time', models.PositiveIntegerField(default=0)),
                ('overdue', models.PositiveIntegerField(default=0)),
                ('late_week', models.PositiveIntegerField(default=0)),
                ('late_month', models.PositiveIntegerField(default=0)),
                ('late_quarter', models.PositiveIntegerField(default=0)),
                ('late_more', models.PositiveIntegerField(default=0)),
                ('extended', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['part', 'year', 'lead_id'], name='tally_by_part')],
                'constraints': [models.UniqueConstraint(fields=('lead_id', 'part', 'year', 'value'), name='tally_of_a_lead_once')],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),
    ]
