"""Tables on a page of a PDF: runs of text in columns, set between tabs row by row; the rest of the page stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

# A gap this many times as wide as the letters are high parts two cells.
_GAP = 1.3
# Columns are told by at least so many rows of at least so many cells.
_FEWEST_ROWS, _FEWEST_CELLS = 2, 3
# A line of a table lies no further below the one before it than so many times its height.
_NEAR = 4.0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one line of the page, and where it stands (y grows upwards)."""

    words: str
    line: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class _Cell:
    words: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(slots=True)
class _Row:
    cells: dict[int, list[str]] = field(default_factory=dict)
    last: int = -1


def with_tables(lines: Sequence[str], runs: Sequence[Run]) -> list[str]:
    """The lines of a page, those of its tables as rows with their cells between tabs."""
    by_line: dict[int, list[Run]] = {}
    for run in runs:
        by_line.setdefault(run.line, []).append(run)
    cells = [_cells(by_line.get(at, [])) for at in range(len(lines))]
    told: list[str] = []
    at = 0
    while at < len(lines):
        end = _table_end(cells, at)
        if end > at:
            told += _rows(cells[at:end])
            at = end
        else:
            told.append(lines[at])
            at += 1
    return told


def _cells(runs: list[Run]) -> list[_Cell]:
    """The cells of a line: runs that no wide gap parts are one."""
    found: list[_Cell] = []
    for run in runs:
        last = found[-1] if found else None
        height = max(run.top - run.bottom, 1.0)
        if last and run.left - last.right + height >= 0 and run.left - last.right < _GAP * height:
            last.words = f"{last.words} {run.words.strip()}"
            last.right = max(last.right, run.right)
        else:
            found.append(_Cell(run.words.strip(), run.left, run.right, run.top, run.bottom))
    return found


def _table_end(cells: list[list[_Cell]], at: int) -> int:
    """Where the table ends that begins at this line; the line itself where none begins."""
    if len(cells[at]) < _FEWEST_CELLS:
        return at
    columns = _Columns(cells[at])
    end = at + 1
    full = 1
    while end < len(cells) and columns.take(cells[end]) and _near(cells[end - 1], cells[end]):
        full += len(cells[end]) >= _FEWEST_CELLS
        end += 1
    # What stands alone behind the last row is a paragraph that begins under the first column.
    while end > at + 1 and len(cells[end - 1]) == 1:
        end -= 1
    return end if full >= _FEWEST_ROWS else at


class _Columns:
    """The stretch of the page that each column has taken so far."""

    def __init__(self, cells: list[_Cell]) -> None:
        self._spans = [(cell.left, cell.right) for cell in cells]

    def __len__(self) -> int:
        return len(self._spans)

    def place(self, cell: _Cell) -> int:
        """The column that the cell shares most with; the nearest one where it shares nothing."""
        shared = [min(cell.right, right) - max(cell.left, left) for left, right in self._spans]
        return max(range(len(shared)), key=shared.__getitem__)

    def take(self, cells: list[_Cell]) -> bool:
        """Whether each cell of a line lies within a column of its own; where it does, the columns are widened."""
        places = [self.place(cell) for cell in cells]
        if not cells or len(set(places)) < len(places):
            return False
        for cell in cells:
            if (
                sum(
                    min(cell.right, right) - max(cell.left, left) > 1 for left, right in self._spans
                )
                > 1
            ):
                return False
        for cell, at in zip(cells, places, strict=True):
            left, right = self._spans[at]
            self._spans[at] = (min(left, cell.left), max(right, cell.right))
        return True


def _near(before: list[_Cell], cells: list[_Cell]) -> bool:
    height = max(cells[0].top - cells[0].bottom, 1.0)
    return abs(before[0].bottom - cells[0].top) <= _NEAR * height


def _rows(lines: list[list[_Cell]]) -> list[str]:
    """The rows: lines whose cells stand further right go on with the row, a cell under its like too where it is near."""
    columns = _Columns(lines[0])
    for line in lines:
        columns.take(line)
    rows: list[_Row] = []
    under: dict[int, _Cell] = {}
    for line in lines:
        places = [columns.place(cell) for cell in line]
        goes_on = bool(rows) and (
            places[0] > rows[-1].last
            or (
                len(line) == 1
                and places[0] == rows[-1].last
                and _close(under.get(places[0]), line[0])
            )
        )
        if not goes_on:
            rows.append(_Row())
            under = {}
        for cell, place in zip(line, places, strict=True):
            rows[-1].cells.setdefault(place, []).append(cell.words)
            rows[-1].last = max(rows[-1].last, place)
            under[place] = cell
    return [
        "\t".join(" ".join(row.cells.get(at, [])) for at in range(len(columns))) for row in rows
    ]


def _close(above: _Cell | None, cell: _Cell) -> bool:
    """Whether a line stands right under another of the same cell."""
    height = max(cell.top - cell.bottom, 1.0)
    return above is not None and 0 <= above.bottom - cell.top <= 2 * height
