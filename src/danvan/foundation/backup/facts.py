"""What a database holds that a backup must account for, asked the same way of a running one, of a copy and of a dump."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from danvan.foundation.models import DataKey

Ask = Callable[[str], list[tuple[Any, ...]]]

# What is read of some tables; of all, how many rows they have.
ASKED = {
    "django_migrations": ("app", "name"),
    "foundation_auditseal": ("sequence", "sha256"),
    "foundation_storedfile": ("sha256",),
    "foundation_sealedfile": ("name",),
    "foundation_datakey": ("uuid", "purpose", "wrapped", "wrapped_by"),
}


@dataclass(slots=True)
class Facts:
    """Counts by table, what was migrated, the head of the audit log, the names of its files, its wrapped keys."""

    tables: dict[str, int] = field(default_factory=dict)
    migrations: list[str] = field(default_factory=list)
    audit: tuple[int, str] = (0, "")
    files: set[str] = field(default_factory=set)
    keys: list[DataKey] = field(default_factory=list)

    def take(self, table: str, row: Iterable[Any]) -> None:
        """Note one row of a table that is asked."""
        known = dict(zip(ASKED[table], row, strict=True))
        if table == "django_migrations":
            self.migrations.append(f"{known['app']}.{known['name']}")
        elif table == "foundation_auditseal":
            self.audit = max(self.audit, (int(known["sequence"]), str(known["sha256"])))
        elif table == "foundation_storedfile":
            self.files.add(_file("media", known["sha256"]))
        elif table == "foundation_sealedfile":
            self.files.add(_file("sealed", known["name"]))
        elif known["wrapped"] is not None:
            uuid, wrapped = UUID(str(known["uuid"])), bytes(known["wrapped"])
            self.keys.append(
                DataKey(
                    uuid=uuid,
                    purpose=known["purpose"],
                    wrapped=wrapped,
                    wrapped_by=known["wrapped_by"],
                )
            )


def asked(ask: Ask, tables: Iterable[str]) -> Facts:
    """The facts of a database that answers SQL."""
    found = Facts()
    for table in sorted(tables):
        [[many]] = ask(f'select count(*) from "{table}"')  # noqa: S608 - names of tables that are there
        found.tables[table] = many
    for table, columns in ASKED.items():
        if table not in found.tables:
            continue
        last = " order by sequence desc limit 1" if table == "foundation_auditseal" else ""
        for row in ask(f'select {", ".join(columns)} from "{table}"{last}'):  # noqa: S608
            found.take(table, row)
    found.migrations.sort()
    return found


def _file(folder: str, name: str) -> str:
    return f"{folder}/{name[:2]}/{name[2:]}"
