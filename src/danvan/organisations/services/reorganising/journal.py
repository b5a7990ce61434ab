"""Writing with a journal, so that what was written can be taken back row by row, with the same ids."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Model

from danvan.organisations.models import JournalRow, Reorganisation

BATCH = 5_000
Columns = dict[str, Any]


def columns_of(row: Model) -> Columns:
    """A row's columns by name, plain JSON."""
    return {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def revived(model: Any, columns: Columns) -> Any:
    """The row that the columns describe, not saved."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in columns.items()})


class Journal:
    """What one application writes, in order. `close` stores the changes that wait, and the journal itself."""

    def __init__(self, reorganisation: Reorganisation) -> None:
        self.reorganisation = reorganisation
        self.rows: list[JournalRow] = []
        self.waiting: dict[Any, dict[str, list[Model]]] = defaultdict(lambda: defaultdict(list))

    def insert(self, rows: Sequence[Model]) -> None:
        """Write new rows."""
        if rows:
            model: Any = type(rows[0])
            model.objects.bulk_create(rows, batch_size=BATCH)
            self.rows += [self._row(row, None, columns_of(row)) for row in rows]

    def update(self, row: Model, **changes: Any) -> None:
        """Change columns of a row."""
        before = columns_of(row)
        for name, value in changes.items():
            setattr(row, name, value)
        self.rows.append(self._row(row, before, columns_of(row)))
        self.waiting[type(row)][",".join(sorted(changes))].append(row)

    def delete(self, rows: Iterable[Model]) -> None:
        """Take rows away."""
        gone: dict[Any, list[int]] = defaultdict(list)
        for row in rows:
            self.rows.append(self._row(row, columns_of(row), None))
            gone[type(row)].append(row.pk)
        for model, keys in gone.items():
            model.objects.filter(pk__in=keys).delete()

    def flush(self) -> None:
        """Store the changes that wait."""
        for model, by_columns in self.waiting.items():
            for names, rows in by_columns.items():
                model.objects.bulk_update(rows, names.split(","), batch_size=BATCH)
        self.waiting.clear()

    def close(self, table: str, trace: Columns) -> None:
        """Store everything, and the journal with it; its first row says what the application touched."""
        self.flush()
        one = self.reorganisation
        self.rows.insert(
            0, JournalRow(reorganisation=one, table=table, row_id=one.pk, before={}, after=trace)
        )
        for position, row in enumerate(self.rows):
            row.position = position
        JournalRow.objects.bulk_create(self.rows, batch_size=BATCH)

    def _row(self, row: Model, before: Columns | None, after: Columns | None) -> JournalRow:
        return JournalRow(
            reorganisation=self.reorganisation,
            table=row._meta.label_lower,
            row_id=row.pk,
            before=before,
            after=after,
        )


def model_of(table: str) -> Any:
    """The model of a journal's row."""
    return apps.get_model(table)
