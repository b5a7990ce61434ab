"""A section laid out as a table: whatever stands in its cells, row by row, without rows and columns that ask nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from danvan.reporting.questions import Question, QuestionSection

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column; `unit` is what its figures are counted in, where that is the same for all of them."""

    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TableRow(Generic[T]):
    """A row: each column with what stands in it, None where nothing is asked."""

    label: str
    cells: tuple[tuple[TableColumn, T | None], ...]


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """The columns, and the rows with their cells."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow[T], ...]

    @property
    def cells(self) -> list[T]:
        """What is asked, row by row."""
        return [one for row in self.rows for _, one in row.cells if one is not None]


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """What stands in a cell, counted from 0, and what it is counted in."""

    row: int
    column: int
    unit: str
    one: T


def laid_out(
    rows: Sequence[str], columns: Sequence[str], placed: Iterable[Placed[T]]
) -> Table[T] | None:
    """The table; None where nothing of it is asked."""
    by_cell = {(at.row, at.column): at for at in placed}
    if not by_cell:
        return None
    asked_rows = sorted({row for row, _ in by_cell})
    heads = {
        column: TableColumn(columns[column], _unit(by_cell, column))
        for column in sorted({column for _, column in by_cell})
    }
    return Table(
        tuple(heads.values()),
        tuple(
            TableRow(
                rows[row],
                tuple(
                    (head, by_cell[row, column].one if (row, column) in by_cell else None)
                    for column, head in heads.items()
                ),
            )
            for row in asked_rows
        ),
    )


def table_of(part: QuestionSection, draw: Callable[[Question], T]) -> Table[T] | None:
    """The table of a section with what is drawn of each of its questions; None where it has none."""
    return laid_out(
        part.rows,
        part.columns,
        (
            Placed(one.row, one.column, one.unit_label, draw(one))
            for one in part.questions
            if one.row is not None and one.column is not None
        ),
    )


def _unit(by_cell: dict[tuple[int, int], Placed[T]], column: int) -> str:
    units = {at.unit for (_, there), at in by_cell.items() if there == column}
    return units.pop() if len(units) == 1 else ""
