"""Kept counts of the ledger, and the triggers that note which of them no longer hold.

SQLite drops the triggers of a table whose columns change; whoever counts puts them back (see triggers.py).
"""

from django.db import migrations, models

TABLE, STALE = "commitments_commitment", "commitments_staletally"
LEFT = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}


def add_triggers(apps, schema_editor):
    for act, rows in LEFT.items():
        if schema_editor.connection.vendor == "sqlite":
            notes = "".join(
                f"insert into {STALE} (lead_id) select {row}.lead_id where not exists "  # noqa: S608
                f"(select 1 from {STALE} where lead_id = {row}.lead_id); "
                for row in rows
            )
            schema_editor.execute(
                f"create trigger {TABLE}_stale_{act} after {act} on {TABLE} begin {notes} end"
            )
            continue
        found = " union ".join(f"select lead_id from {row}_rows" for row in rows)  # noqa: S608
        schema_editor.execute(
            f"create function commitments_note_stale_{act}() returns trigger language plpgsql as "
            f"$$ begin insert into {STALE} (lead_id) {found}; return null; end $$"
        )
        tables = " ".join(f"{row} table as {row}_rows" for row in rows)
        schema_editor.execute(
            f"create trigger {TABLE}_stale_{act} after {act} on {TABLE} "
            f"referencing {tables} for each statement execute function commitments_note_stale_{act}()"
        )
    schema_editor.execute(f"insert into {STALE} (lead_id) select distinct lead_id from {TABLE}")  # noqa: S608


def drop_triggers(apps, schema_editor):
    for act in LEFT:
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
        migrations.RunPython(add_triggers, drop_triggers),
    ]
