"""The full-text index beside the search texts: FTS5 on SQLite, GIN on PostgreSQL."""

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_audit_triggers")]
    operations = [migrations.RunPython(add_index, drop_index)]
