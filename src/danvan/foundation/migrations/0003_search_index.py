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
POSTGRESQL = (
    """create index search_accented on foundation_searchtext
        using gin (to_tsvector('simple', accented))""",
    """create index search_folded on foundation_searchtext
        using gin (to_tsvector('simple', folded))""",
)
UNDO_SQLITE = (
    "drop trigger foundation_searchtext_added",
    "drop trigger foundation_searchtext_removed",
    "drop trigger foundation_searchtext_changed",
    "drop table foundation_searchindex",
)
UNDO_POSTGRESQL = ("drop index search_accented", "drop index search_folded")


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
