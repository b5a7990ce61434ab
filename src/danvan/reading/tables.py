"""Tables: lines whose cells stand between tabs, as Word and PDF files are taken out and as they are pasted.

The row's heading is the subject of its numbers, the column's heading says what they count and of which time.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from danvan.reading.figures import handed
from danvan.reading.layout import index_at
from danvan.reading.periods import Stretch
from danvan.reading.proposals import Figure, Note, Period, Span, Table, Target
from danvan.reading.quantities import to_decimal
from danvan.reading.view import View
from danvan.vietnamese.numbers import format_number

_NUMBER = re.compile(
    r"[ ]*(?P<value>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,15}(?:[.,]\d{1,6})?)[ ]*(?P<unit>%|[^\W\d_][^\d\t]{0,18})?[ ]*"
)
_ORDINAL = re.compile(r"[ ]*(?:\d{1,3}|[ivxl]{1,6}|[a-zđ])?[.)]?[ ]*")
_COUNTING = re.compile(r"[ ]*(?:stt|tt|số tt|số thứ tự|số)[ .]*")
_UNIT_HEAD = re.compile(r"[ ]*(?:đơn vị tính|đvt|đv tính)[ ]*")
_NOT_COUNTED = re.compile(r"(?<!\w)(?:ghi chú|ngày|số hiệu|điện thoại|mã|năm sinh)(?!\w)")
_WANTED = re.compile(r"(?<!\w)(?:chỉ tiêu|kế hoạch|mục tiêu|kh|giao|phấn đấu)(?!\w)")
_REACHED = re.compile(r"(?<!\w)(?:kết quả|thực hiện|đạt|th|ước)(?!\w)")
_IN_HEAD = re.compile(r"\((?P<unit>[^()]{1,20})\)|(?P<percent>%|tỷ lệ)")
_NUMBER_OF = re.compile(r"(?:tổng )?số (?:lượng )?(?P<unit>[^\W\d_]+(?: [^\W\d_]+)?)")
_TOTAL = re.compile(r"[ ]*(?:tổng|cộng|tổng cộng|tổng số|toàn (?:xã|tỉnh|huyện))[ .:]*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FEWEST_ROWS, _FEWEST_PARTS, _LONGEST = 2, 2, 300


@dataclass(frozen=True, slots=True)
class Cells:
    """A table in offsets of the view: its rows with the span of each cell, and how many rows are headings."""

    rows: list[list[tuple[int, int]]]
    headings: int
    mood: int


def find_tables(view: View, moods: Sequence[tuple[int, int]]) -> list[Cells]:
    """Runs of two lines or more with the same number of tabs; `moods` are starts and moods of sections, in order."""
    found: list[Cells] = []
    rows: list[list[tuple[int, int]]] = []
    at = 0
    starts = [start for start, _ in moods]
    for line in [*view.tabbed.split("\n"), ""]:
        cells = _cells(line, at)
        if rows and len(cells) != len(rows[0]):
            _keep(view, rows, moods, starts, found)
            rows = []
        if len(cells) > 1:
            rows.append(cells)
        at += len(line) + 1
    return found


def _cells(line: str, at: int) -> list[tuple[int, int]]:
    if "\t" not in line:
        return []
    found, place = [], 0
    for piece in line.split("\t"):
        lead = len(piece) - len(piece.lstrip())
        found.append((at + place + lead, at + place + max(lead, len(piece.rstrip()))))
        place += len(piece) + 1
    return found


def _keep(
    view: View,
    rows: list[list[tuple[int, int]]],
    moods: Sequence[tuple[int, int]],
    starts: list[int],
    found: list[Cells],
) -> None:
    numbered = [
        at
        for at, row in enumerate(rows)
        if any(_value(view, cell) and not (at == 0 and _is_year(view, cell)) for cell in row[1:])
    ]
    if len(rows) < _FEWEST_ROWS or not numbered:
        return
    at = index_at(starts, rows[0][0][0])
    found.append(Cells(rows, numbered[0], moods[at][1] if at >= 0 else 0))


def _value(view: View, cell: tuple[int, int]) -> re.Match[str] | None:
    return _NUMBER.fullmatch(view.low, *cell) if cell[0] < cell[1] else None


def _is_year(view: View, cell: tuple[int, int]) -> bool:
    return bool(_YEAR.fullmatch(view.low, *cell))


def number_spans(view: View, tables: Sequence[Cells]) -> list[tuple[int, int]]:
    """The cells that hold numbers: they are read here and nowhere else."""
    return [cell for one in tables for row in one.rows for cell in row if _value(view, cell)]


def as_tables(view: View, tables: Sequence[Cells]) -> list[Table]:
    """The tables with spans in the text as given; an empty cell is an empty span."""
    found = []
    for one in tables:
        rows = tuple(tuple(_led(view, cell) for cell in row) for row in one.rows)
        start, _ = view.span(one.rows[0][0][0], one.rows[0][0][0] + 1)
        found.append(Table(start, max(rows[-1][-1].end, start + 1), rows, one.headings))
    return found


def _led(view: View, cell: tuple[int, int]) -> Span:
    if cell[0] < cell[1]:
        return Span(*view.span(*cell))
    place = view.span(cell[0], cell[0] + 1)[0] if cell[0] < len(view.text) else len(view.raw)
    return Span(place, place)


def read_tables(
    view: View, tables: Sequence[Cells], stretches: list[Stretch]
) -> tuple[list[Figure], list[Target], list[Note]]:
    """What the numbers of the tables say: results, levels to be reached, totals that do not add up."""
    figures: list[Figure] = []
    targets: list[Target] = []
    notes: list[Note] = []
    starts = [stretch.start for stretch in stretches]
    for one in tables:
        heads = [_head(view, one, column) for column in range(len(one.rows[0]))]
        ordinal = _COUNTING.fullmatch(heads[0].lower()) or (
            not heads[0]
            and all(_ORDINAL.fullmatch(view.low, *row[0]) for row in one.rows[one.headings :])
        )
        for row in one.rows[one.headings :]:
            for column, cell in enumerate(row):
                number = _value(view, cell)
                head = heads[column]
                if not number or (column == 0 and ordinal) or _NOT_COUNTED.search(head.lower()):
                    continue
                named = _row_heading(view, row, column, heads)
                if not named:
                    continue
                said = _Said(
                    named, head, _unit(view, row, heads, number, head), to_decimal(number["value"])
                )
                low = head.lower()
                wanted = _WANTED.search(low) or (one.mood > 0 and not _REACHED.search(low))
                period = _period(view, one, column, stretches, starts)
                if wanted and not (_REACHED.search(low) and "%" in low):
                    targets.append(_target(view, cell, row, said, period))
                else:
                    figures.append(_figure(view, cell, row, said, period))
        notes += _totals(view, one, heads)
    return figures, targets, notes


@dataclass(frozen=True, slots=True)
class _Said:
    row: str
    column: str
    unit: str
    value: Decimal

    @property
    def label(self) -> str:
        return f"{self.row}: {self.column}"[:_LONGEST] if self.column else self.row[:_LONGEST]


def _words(view: View, cell: tuple[int, int]) -> str:
    return " ".join(view.text[cell[0] : cell[1]].split())


def _head(view: View, table: Cells, column: int) -> str:
    told = (_words(view, row[column]) for row in table.rows[: table.headings])
    return " ".join(dict.fromkeys(words for words in told if words))


def _row_heading(view: View, row: list[tuple[int, int]], column: int, heads: list[str]) -> str:
    """The first words of the row that are no ordinal and no unit."""
    for at, cell in enumerate(row):
        words = _words(view, cell)
        if at == column or not words or _ORDINAL.fullmatch(words.lower()):
            continue
        if _UNIT_HEAD.fullmatch(heads[at].lower()) and at > 0 and heads[at]:
            continue
        if not _NUMBER.fullmatch(words.lower()):
            return words
    return ""


def _unit(
    view: View, row: list[tuple[int, int]], heads: list[str], number: re.Match[str], head: str
) -> str:
    if number["unit"]:
        return number["unit"].strip()
    for at, cell in enumerate(row):
        if at > 0 and heads[at] and _UNIT_HEAD.fullmatch(heads[at].lower()):
            words = _words(view, cell)
            if words and not _NUMBER.fullmatch(words.lower()) and len(words) <= 20:
                return words.lower()
    if told := _IN_HEAD.search(head.lower()):
        return "%" if told["percent"] else told["unit"].strip()
    counted = _NUMBER_OF.fullmatch(head.lower())
    return counted["unit"] if counted else ""


def _period(
    view: View, table: Cells, column: int, stretches: list[Stretch], starts: list[int]
) -> Period | None:
    for row in reversed(table.rows[: table.headings]):
        at = index_at(starts, row[column][1])
        if at >= 0 and stretches[at].start >= row[column][0] and row[column][0] < row[column][1]:
            return handed(view, stretches[at])
        year = _YEAR.search(view.low, *row[column])
        if year:
            return Period(year[0], date(int(year[0]), 1, 1), date(int(year[0]), 12, 31))
    return None


def _figure(
    view: View,
    cell: tuple[int, int],
    row: list[tuple[int, int]],
    said: _Said,
    period: Period | None,
) -> Figure:
    start, end = view.span(*cell)
    return Figure(
        start=start, end=end, confidence=0.82, rule="figure.cell", reason="Vì: ô số trong bảng; chủ đề là đầu hàng",
        sentence=_line(view, row), label=said.label, value=said.value, unit=said.unit, amount=said.value,
        percent=said.value if said.unit == "%" else None, period=period, subject=said.row[:_LONGEST],
    )  # fmt: skip


def _target(
    view: View,
    cell: tuple[int, int],
    row: list[tuple[int, int]],
    said: _Said,
    period: Period | None,
) -> Target:
    start, end = view.span(*cell)
    return Target(
        start=start, end=end, confidence=0.7, rule="target.cell", reason="Vì: ô số trong cột chỉ tiêu, kế hoạch của bảng",
        sentence=_line(view, row), title=said.label, value=said.value, unit=said.unit, amount=said.value, period=period,
    )  # fmt: skip


def _line(view: View, row: list[tuple[int, int]]) -> Span:
    filled = [cell for cell in row if cell[0] < cell[1]]
    return Span(*view.span(filled[0][0], filled[-1][1]))


def _totals(view: View, table: Cells, heads: list[str]) -> list[Note]:
    """Where the row of totals is not the sum of the rows above it, column by column."""
    notes = []
    body = table.rows[table.headings :]
    for at, row in enumerate(body):
        named = _row_heading(view, row, -1, heads).lower()
        if not _TOTAL.fullmatch(named) or max(at, len(body) - 1 - at) < _FEWEST_PARTS:
            continue
        others = body[:at] if at >= _FEWEST_PARTS else body[at + 1 :]
        for column, cell in enumerate(row):
            total = _value(view, cell)
            parts = [_value(view, other[column]) for other in others]
            if (
                column == 0
                or not total
                or not all(parts)
                or _IN_HEAD.search(heads[column].lower())
                or total["unit"]
            ):
                continue
            summed = sum((to_decimal(part["value"]) for part in parts if part), Decimal(0))
            stated = to_decimal(total["value"])
            if summed != stated:
                told = heads[column] or f"cột {column + 1}"
                notes.append(
                    Note(
                        *view.span(*cell),
                        "sum",
                        f"{told}: các hàng cộng lại {format_number(summed)}, hàng tổng ghi {format_number(stated)}. "
                        "Đồng chí vui lòng kiểm tra lại với nơi gửi.",
                    )
                )
    return notes
