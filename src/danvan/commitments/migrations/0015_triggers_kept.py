"""On SQLite the triggers of 0007 went with the columns that later migrations changed: made again, all counted again."""

from django.db import migrations

TABLE, STALE = "commitments_commitment", "commitments_staletally"
LEFT = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}


def make(apps, editor):
    if editor.connection.vendor != "sqlite":
        return
    for act, rows in LEFT.items():
        notes = "".join(
            f"insert into {STALE} (lead_id) select {row}.lead_id where not exists "  # noqa: S608
            f"(select 1 from {STALE} where lead_id = {row}.lead_id); "
            for row in rows
        )
        editor.execute(
            f"create trigger if not exists {TABLE}_stale_{act} after {act} on {TABLE} "
            f"begin {notes} end"
        )
    editor.execute(f"insert into {STALE} (lead_id) select distinct lead_id from {TABLE}")  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("commitments", "0014_walked_lists")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
