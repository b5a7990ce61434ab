"""The parameters of the law and the clocks. What happened to a clock is written once: the database refuses to rewrite it."""

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

    replaces = [
        ('law', '0001_initial'),
        ('law', '0002_clocks'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('made_at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='LegalParameter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=200)),
                ('numerator', models.IntegerField()),
                ('denominator', models.PositiveIntegerField(default=1)),
                ('unit', models.CharField(max_length=60)),
                ('scope', models.CharField(blank=True, max_length=120)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('citation', models.CharField(max_length=200)),
                ('confidence', models.CharField(max_length=20)),
                ('folded', models.TextField(editable=False)),
                ('loaded_on', models.DateField()),
                ('replaced_on', models.DateField(blank=True, null=True)),
                ('corrected', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['key', 'valid_from', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_on', None)), fields=('key', 'valid_from'), name='parameter_begins_once'), models.CheckConstraint(condition=models.Q(('denominator__gt', 0)), name='parameter_denominator'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='parameter_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('working', models.BooleanField()),
                ('reason', models.CharField(max_length=120)),
                ('citation', models.CharField(blank=True, max_length=200)),
                ('estimated', models.BooleanField(default=False)),
                ('corrected', models.BooleanField(default=False)),
                ('made_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='law.calendarversion')),
                ('replaced_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.calendarversion')),
            ],
            options={
                'ordering': ['day', 'pk'],
                'indexes': [models.Index(fields=['day'], name='calendar_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_in', None)), fields=('day',), name='calendar_day_once')],
            },
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
                'indexes': [models.Index(condition=models.Q(('ended_on', None)), fields=['due_on', 'started_on'], name='clock_open')],
                'constraints': [models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'name'), name='clock_of_a_matter_once')],
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
                'constraints': [models.UniqueConstraint(fields=('clock', 'number'), name='clock_event_once')],
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
        migrations.RunPython(add_triggers, drop_triggers),
    ]
