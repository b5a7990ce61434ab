"""Clocks: what they came to, what happened to them (written once: the database refuses to rewrite it), why they moved."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = {
    "law_clockevent": "id = new.id or (clock_id = new.clock_id and number = new.number)",
    "law_clockmove": "id = new.id",
}
REFUSAL = "what happened to a clock is append-only"


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table, key in TABLES.items():
            for act in ("update", "delete"):
                schema_editor.execute(
                    f"create trigger {table}_no_{act} before {act} on {table} "
                    f"begin select raise(abort, '{REFUSAL}'); end"
                )
            # "insert or replace" removes the row in its way without asking the trigger above.
            schema_editor.execute(
                f"create trigger {table}_no_replace before insert on {table} "  # noqa: S608
                f"when exists (select 1 from {table} where {key}) "
                f"begin select raise(abort, '{REFUSAL}'); end"
            )
        return
    schema_editor.execute(
        "create function law_clock_refuse() returns trigger language plpgsql as "
        f"$$ begin raise exception '{REFUSAL}' using errcode = 'restrict_violation'; end $$"
    )
    for table in TABLES:
        schema_editor.execute(
            f"create trigger {table}_no_change before update or delete or truncate on {table} "
            "for each statement execute function law_clock_refuse()"
        )


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("update", "delete", "replace"):
                schema_editor.execute(f"drop trigger if exists {table}_no_{act}")
        return
    for table in TABLES:
        schema_editor.execute(f"drop trigger {table}_no_change on {table}")
    schema_editor.execute("drop function law_clock_refuse()")


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='legalparameter',
            name='corrected',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='ClockHeld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('name', models.CharField(default='due', max_length=40)),
                ('unit_id', models.BigIntegerField(blank=True, null=True)),
                ('started_on', models.DateField()),
                ('original_due_on', models.DateField()),
                ('due_on', models.DateField()),
                ('paused_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('words', models.TextField()),
                ('calendar', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.calendarversion')),
                ('parameter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='law.legalparameter')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ClockEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('n', models.PositiveIntegerField(null=True)),
                ('counted', models.CharField(blank=True, max_length=20)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('cap', models.PositiveIntegerField(null=True)),
                ('until', models.DateField(null=True)),
                ('times', models.PositiveIntegerField(null=True)),
                ('most_n', models.PositiveIntegerField(null=True)),
                ('most_counted', models.CharField(blank=True, max_length=20)),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='law.clockheld')),
            ],
            options={
                'ordering': ['clock', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ClockMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('old_due_on', models.DateField()),
                ('new_due_on', models.DateField()),
                ('reason', models.CharField(max_length=400)),
                ('passed', models.BooleanField(default=False)),
                ('calendar', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='law.calendarversion')),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='law.clockheld')),
                ('parameter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.legalparameter')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='clockheld',
            index=models.Index(condition=models.Q(('ended_on', None)), fields=['due_on', 'started_on'], name='clock_open'),
        ),
        migrations.AddConstraint(
            model_name='clockheld',
            constraint=models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'name'), name='clock_of_a_matter_once'),
        ),
        migrations.AddConstraint(
            model_name='clockevent',
            constraint=models.UniqueConstraint(fields=('clock', 'number'), name='clock_event_once'),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
