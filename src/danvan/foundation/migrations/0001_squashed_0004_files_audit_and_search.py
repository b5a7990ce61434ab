"""Files, events, jobs, the audit log (written once: the database refuses to change or remove a line) and the search index."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEYS = {
    "foundation_auditentry": "id = new.id",
    "foundation_auditseal": "id = new.id or sequence = new.sequence or entry_id = new.entry_id",
}
TABLES = tuple(KEYS)
REFUSAL = "the audit log is append-only"


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("update", "delete"):
                schema_editor.execute(
                    f"create trigger {table}_no_{act} before {act} on {table} "
                    f"begin select raise(abort, '{REFUSAL}'); end"
                )
            # "insert or replace" removes the row in its way without asking the trigger above.
            schema_editor.execute(
                f"create trigger {table}_no_replace before insert on {table} "  # noqa: S608
                f"when exists (select 1 from {table} where {KEYS[table]}) "
                f"begin select raise(abort, '{REFUSAL}'); end"
            )
        return
    schema_editor.execute(
        "create function foundation_audit_refuse() returns trigger language plpgsql as "
        f"$$ begin raise exception '{REFUSAL}' using errcode = 'restrict_violation'; end $$"
    )
    for table in TABLES:
        schema_editor.execute(
            f"create trigger {table}_no_change before update or delete or truncate on {table} "
            "for each statement execute function foundation_audit_refuse()"
        )


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("update", "delete", "replace"):
                schema_editor.execute(f"drop trigger if exists {table}_no_{act}")
        return
    for table in TABLES:
        schema_editor.execute(f"drop trigger {table}_no_change on {table}")
    schema_editor.execute("drop function foundation_audit_refuse()")


SQLITE = (
    """create virtual table foundation_searchindex using fts5(
        accented, folded, content='foundation_searchtext', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")""",
    """create trigger foundation_searchtext_added after insert on foundation_searchtext begin
        insert into foundation_searchindex(rowid, accented, folded)
        values (new.id, new.accented, new.folded); end""",
    """create trigger foundation_searchtext_removed after delete on foundation_searchtext begin
        insert into foundation_searchindex(foundation_searchindex, rowid, accented, folded)
        values ('delete', old.id, old.accented, old.folded); end""",
    """create trigger foundation_searchtext_changed after update on foundation_searchtext begin
        insert into foundation_searchindex(foundation_searchindex, rowid, accented, folded)
        values ('delete', old.id, old.accented, old.folded);
        insert into foundation_searchindex(rowid, accented, folded)
        values (new.id, new.accented, new.folded); end""",
)
# The vectors are stored: a phrase is checked again on each row, and must not be cut into words anew.
POSTGRESQL = (
    """alter table foundation_searchtext
        add column accented_vector tsvector
            generated always as (to_tsvector('simple', accented)) stored,
        add column folded_vector tsvector
            generated always as (to_tsvector('simple', folded)) stored""",
    "create index search_accented on foundation_searchtext using gin (accented_vector)",
    "create index search_folded on foundation_searchtext using gin (folded_vector)",
    # Long vectors are kept out of the table, which the planner takes for a table quickly read
    # through. The settings of these functions, and the model that no index knows, lead it to GIN.
    *(
        f"""create function foundation_search_{column}(label text, words tsquery)
            returns setof bigint language plpgsql stable
            set enable_seqscan to off set enable_indexscan to off as $$
            begin
                return query select object_id from foundation_searchtext
                    where {column}_vector @@ words and model || '' = label;
            end $$"""  # noqa: S608 - two fixed names
        for column in ("accented", "folded")
    ),
)
UNDO_SQLITE = (
    "drop trigger foundation_searchtext_added",
    "drop trigger foundation_searchtext_removed",
    "drop trigger foundation_searchtext_changed",
    "drop table foundation_searchindex",
)
UNDO_POSTGRESQL = (
    "drop function foundation_search_accented(text, tsquery)",
    "drop function foundation_search_folded(text, tsquery)",
    "alter table foundation_searchtext drop column accented_vector, drop column folded_vector",
)


def add_index(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in UNDO_SQLITE if sqlite else UNDO_POSTGRESQL:
        schema_editor.execute(statement)


COLUMNS = ("accented", "folded")


def _hits(column):
    """As before, but for how many at most."""
    return f"""create function foundation_search_{column}(label text, words tsquery, most int)
        returns setof bigint language plpgsql stable
        set enable_seqscan to off set enable_indexscan to off as $$
        begin
            return query select object_id from foundation_searchtext
                where {column}_vector @@ words and model || '' = label limit most;
        end $$"""  # noqa: S608 - two fixed names


def _holds(column):
    """One look by its key. What it costs is said, so that whatever else a list asks for is asked first."""
    return f"""create function foundation_holds_{column}(label text, object bigint, words tsquery)
        returns boolean language plpgsql stable cost 1000 as $$
        begin
            return exists (select 1 from foundation_searchtext one
                where one.model = label and one.object_id = object and one.{column}_vector @@ words);
        end $$"""  # noqa: S608 - two fixed names


def add_turns(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(_hits(column))
            schema_editor.execute(_holds(column))


def drop_turns(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(f"drop function foundation_search_{column}(text, tsquery, int)")
            schema_editor.execute(f"drop function foundation_holds_{column}(text, bigint, tsquery)")


class Migration(migrations.Migration):

    replaces = [
        ('foundation', '0001_initial'),
        ('foundation', '0002_audit_triggers'),
        ('foundation', '0003_search_index'),
        ('foundation', '0004_search_by_turns'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='JobSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('job', models.CharField(max_length=200, unique=True)),
                ('due_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='JobWorker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, unique=True)),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('last', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='OutboxEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('body', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('size', models.PositiveBigIntegerField()),
                ('media_type', models.CharField(max_length=100)),
                ('stored_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('action', models.CharField(max_length=80)),
                ('target', models.CharField(max_length=80)),
                ('details', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['target'], name='audit_by_target')],
            },
        ),
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='foundation.auditentry')),
            ],
            options={
                'ordering': ['sequence'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('subscriber', models.CharField(max_length=200)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=120)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='foundation.outboxevent')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('delivered_at__isnull', True)), fields=['due_at'], name='delivery_waiting')],
                'constraints': [models.UniqueConstraint(fields=('event', 'subscriber'), name='delivery_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('model', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
                ('part', models.PositiveSmallIntegerField(default=0)),
                ('accented', models.TextField()),
                ('folded', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('model', 'object_id', 'part'), name='search_text_once')],
            },
        ),
        migrations.RunPython(add_triggers, drop_triggers),
        migrations.RunPython(add_index, drop_index),
        migrations.RunPython(add_turns, drop_turns),
    ]
