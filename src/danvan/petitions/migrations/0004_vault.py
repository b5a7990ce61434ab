import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = {"petitions_vaultentry": "id = new.id or sequence = new.sequence"}
REFUSAL = "the log of the vault is append-only"


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table, same in TABLES.items():
            for act in ("update", "delete"):
                schema_editor.execute(
                    f"create trigger {table}_no_{act} before {act} on {table} "
                    f"begin select raise(abort, '{REFUSAL}'); end"
                )
            # "insert or replace" removes the row in its way without asking the trigger above.
            schema_editor.execute(
                f"create trigger {table}_no_replace before insert on {table} "  # noqa: S608
                f"when exists (select 1 from {table} where {same}) "
                f"begin select raise(abort, '{REFUSAL}'); end"
            )
        return
    schema_editor.execute(
        "create function petitions_vault_refuse() returns trigger language plpgsql as "
        f"$$ begin raise exception '{REFUSAL}' using errcode = 'restrict_violation'; end $$"
    )
    for table in TABLES:
        schema_editor.execute(
            f"create trigger {table}_no_change before update or delete or truncate on {table} "
            "for each statement execute function petitions_vault_refuse()"
        )


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("update", "delete", "replace"):
                schema_editor.execute(f"drop trigger if exists {table}_no_{act}")
        return
    for table in TABLES:
        schema_editor.execute(f"drop trigger {table}_no_change on {table}")
    schema_editor.execute("drop function petitions_vault_refuse()")


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0005_data_keys_and_sealed_files'),
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        ('petitions', '0003_held_files_and_repetitions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VaultSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=40, unique=True)),
                ('last', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Denunciation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('renewal', models.CharField(blank=True, max_length=9)),
                ('state', models.CharField(default='received', max_length=11)),
                ('before', models.CharField(blank=True, max_length=11)),
                ('channel', models.CharField(max_length=12)),
                ('language', models.CharField(default='vi', max_length=4)),
                ('people', models.PositiveIntegerField(default=1)),
                ('anonymous', models.BooleanField(default=False)),
                ('spoken', models.BooleanField(default=False)),
                ('several_places', models.BooleanField(default=False)),
                ('waived_on', models.DateField(blank=True, null=True)),
                ('received_on', models.DateField()),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('concluded_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=6)),
                ('not_taken', models.CharField(blank=True, max_length=4)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('destroyed_on', models.DateField(blank=True, null=True)),
                ('denouncer', models.BinaryField()),
                ('accused', models.BinaryField()),
                ('content', models.BinaryField()),
                ('requests', models.BinaryField()),
                ('conclusion', models.BinaryField(default=b'')),
                ('entered_at', models.DateTimeField()),
                ('changes', models.PositiveIntegerField(default=0)),
                ('former', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.datakey')),
                ('renews', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed', to='petitions.denunciation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-received_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='VaultClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=10)),
                ('on', models.DateField()),
                ('key', models.CharField(max_length=80)),
                ('n', models.PositiveIntegerField(null=True)),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('citation', models.CharField(blank=True, max_length=300)),
                ('denunciation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='petitions.denunciation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VaultClockEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=6)),
                ('on', models.DateField()),
                ('n', models.PositiveIntegerField(null=True)),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='petitions.vaultclock')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VaultEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(unique=True)),
                ('act', models.CharField(max_length=40)),
                ('case', models.UUIDField()),
                ('details', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('sha256', models.CharField(max_length=64)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['sequence'],
            },
        ),
        migrations.CreateModel(
            name='VaultExclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('denunciation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='petitions.denunciation')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VaultFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.BinaryField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('denunciation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='petitions.denunciation')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.sealedfile')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VaultOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('denunciation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='petitions.denunciation')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='VaultProtection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('guards', models.CharField(max_length=6)),
                ('asked_on', models.DateField()),
                ('asked', models.BinaryField()),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('grounds', models.BinaryField(default=b'')),
                ('person', models.BinaryField(default=b'')),
                ('measures', models.BinaryField(default=b'')),
                ('begins_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('end', models.CharField(blank=True, max_length=7)),
                ('denunciation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='protections', to='petitions.denunciation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VaultReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('part', models.CharField(max_length=10)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('denunciation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='petitions.denunciation')),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VaultStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=14)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('words', models.BinaryField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('denunciation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='petitions.denunciation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VaultTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('words', models.BinaryField()),
                ('result', models.BinaryField(default=b'')),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('denunciation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='petitions.denunciation')),
                ('doer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='denunciation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state__in', ('done', 'transferred', 'refused', 'filed', 'terminated', 'withdrawn', 'settled'))), models.Q(models.Q(('state__in', ('done', 'transferred', 'refused', 'filed', 'terminated', 'withdrawn', 'settled')), _negated=True), ('closed_on', None)), _connector='OR'), name='denunciation_closed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='denunciation',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='denunciation_of_somebody'),
        ),
        migrations.AddIndex(
            model_name='vaultentry',
            index=models.Index(fields=['case'], name='vault_entry_by_case'),
        ),
        migrations.AddConstraint(
            model_name='vaultexclusion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', False), ('user', None)), models.Q(('unit', None), ('user__isnull', False)), _connector='OR'), name='vault_exclusion_of_one'),
        ),
        migrations.AddConstraint(
            model_name='vaultreader',
            constraint=models.UniqueConstraint(fields=('denunciation', 'user', 'part'), name='vault_reader_once'),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
