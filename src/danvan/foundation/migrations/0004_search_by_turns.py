"""Searching for what stands in very many texts: some of them first, or row by row in the order of a list. PostgreSQL only."""

from django.db import migrations

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


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(_hits(column))
            schema_editor.execute(_holds(column))


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(f"drop function foundation_search_{column}(text, tsquery, int)")
            schema_editor.execute(f"drop function foundation_holds_{column}(text, bigint, tsquery)")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_search_index")]
    operations = [migrations.RunPython(add, drop)]
