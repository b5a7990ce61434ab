"""The audit log is written once: the database itself refuses to change or remove a line."""

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
