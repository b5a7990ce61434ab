"""Taking in what another DHIS2 was given: every fault of a file at once, or all of it, and twice the same as once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.exchange.counterparts import YES_NO, Counterparts
from danvan.exchange.dhis2.periods import Given as GivenPeriod
from danvan.exchange.dhis2.periods import read_period
from danvan.exchange.dhis2.values import DataValue, read_values
from danvan.exchange.selectors import UnitsMeant, units_meant
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Origin, OverTime
from danvan.indicators.selectors import indicators_by_code, versions_for
from danvan.indicators.selectors.outgoing import values_standing
from danvan.indicators.services import Entry
from danvan.indicators.services.recording import Given, record_many
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Indicator

SOURCE = "exchange.dhis2"
DEFAULT_COMBO = "HllvX50cXC0"  # what every DHIS2 calls the combo of what is not broken down
DELETED = "Đã xóa trong tệp DHIS2"
WORTH = {"true": Decimal(1), "1": Decimal(1), "false": Decimal(0), "0": Decimal(0)}
LONGEST_NOTE = 300
MOST_FAULTS = 1_000  # told at once
_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,12})?([eE][+-]?\d{1,2})?\Z")


@dataclass(slots=True)
class ValuesReport:
    """What an import did: how many values were read, and how many of ours are new, changed, taken back or as before."""

    read: int = 0
    new: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    months: set[date] = field(default_factory=set)
    units: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one line says of one month of ours."""

    file: str
    line: int
    amount: Decimal | None
    note: str
    deleted: bool


_Key = tuple[int, int]  # our indicator, our unit
Month = dict[_Key, _Cell]


@transaction.atomic
def import_values(
    files: Sequence[tuple[str, bytes]], table: Counterparts, *, actor: "User | None"
) -> ValuesReport:
    """Record the values of DHIS2's files, (name, content) of each: JSON dataValueSets or CSV.

    Zero is zero; an empty value is asked and not known; a deleted one becomes not known in a new vintage. A value as
    it stands already is left alone, another is its next vintage. A period longer than a month is given to its last
    month, or to each of its months where the indicator is averaged over time. With any fault nothing is written, and
    all faults are told, by their lines.
    """
    read = [(name, value) for name, content in files for value in read_values(content, name)]
    reader = _Reader(table, read)
    months = reader.months()
    report = ValuesReport(read=len(read))
    cells: list[_Cell] = []
    given: list[Given] = []
    for first, found in sorted(months.items()):
        for (indicator_id, unit_id), cell in _news(first, found, report):
            cells.append(cell)
            entry = Entry(indicator_id, cell.amount, Origin.ENTERED, cell.note)
            given.append(Given(unit_id, first, entry))
    faults = list(reader.faults)
    try:
        record_many(given, actor=actor, source_kind=SOURCE)
    except RuleError as refused:
        told = refused.faults or [Fault(refused.message)]  # somebody else wrote meanwhile: no line
        faults += [_fault(cells[(fault.row or 1) - 1], fault.message) for fault in told]
    if faults:
        raise RuleError(
            f"Chưa nhập số liệu nào vì có {format_number(len(faults))} chỗ chưa đúng. Đồng chí vui lòng sửa tệp"
            " hoặc bảng đối chiếu rồi nhập lại.",
            faults=faults[:MOST_FAULTS],
        )
    return report


def _news(first: date, found: "Month", report: ValuesReport) -> list[tuple[_Key, _Cell]]:
    """What a month's lines say that does not stand there so already; counts all of them."""
    standing = values_standing({key[0] for key in found}, {key[1] for key in found}, first)
    news = []
    for key, cell in found.items():
        before = standing.get(key)
        if _stands(before, cell):
            report.unchanged += 1
            continue
        news.append((key, cell))
        report.new += before is None
        report.deleted += cell.deleted
        report.changed += before is not None and not cell.deleted
        report.months.add(first)
        report.units.add(key[1])
    return news


def _stands(before: tuple[Decimal | None, str] | None, cell: _Cell) -> bool:
    """Whether what a line says is so already."""
    return cell.deleted if before is None else before == (cell.amount, cell.note)


def _fault(at: "_Cell", message: str) -> Fault:
    return Fault(f"{at.file}, dòng {at.line}: {message}", at.line, "value")


class _Reader:
    """Reads lines into months of ours, and keeps what is wrong with them.

    What an element, a period or a unit means is looked up once: a file names each of them thousands of times.
    """

    def __init__(self, table: Counterparts, read: Sequence[tuple[str, DataValue]]) -> None:
        self.table, self.read = table, read
        self.faults: list[Fault] = []
        self.units: UnitsMeant = units_meant({value.unit for _, value in read}, table)
        codes = {one.code for one in table.indicators.values()}
        self.indicators: dict[str, Indicator] = indicators_by_code(codes)
        self.versions: dict[date, dict[int, str]] = {}  # how each is made a longer period, by day
        self.meant = lru_cache(maxsize=None)(self._meant)
        self.period = lru_cache(maxsize=None)(read_period)
        self.unit = lru_cache(maxsize=None)(self.units.on)
        self.months_for = lru_cache(maxsize=None)(self._months_for)

    def months(self) -> dict[date, Month]:
        """What the lines say, month by month; lines with a fault are left out."""
        found: dict[date, Month] = defaultdict(dict)
        for name, value in self.read:
            try:
                self._take(found, name, value)
            except ValueError as wrong:
                message = f"{name}, dòng {value.line}: {wrong}"
                self.faults.append(Fault(message, value.line, "value"))
        return found

    def _meant(self, element: str, combo: str) -> tuple[int, str]:
        """Our indicator for an element, and how it is written; ValueError where we have none."""
        counterpart = self.table.of(element, combo)
        if counterpart is None:
            named = f"{element}.{combo}".rstrip(".")
            raise ValueError(f"phần tử {named} không có trong bảng đối chiếu.")
        indicator = self.indicators.get(counterpart.code)
        if indicator is None:
            raise ValueError(f"chưa có chỉ số mã {counterpart.code} mà bảng đối chiếu ghi.")
        return indicator.pk, counterpart.values

    def _take(self, found: dict[date, Month], name: str, value: DataValue) -> None:
        if value.attribute not in ("", DEFAULT_COMBO):
            raise ValueError(
                f"nhóm thuộc tính {value.attribute} chưa có chỗ trong phần mềm: chỉ nhận số chung."
            )
        indicator_id, written = self.meant(value.element, value.combo)
        given = self.period(value.period)
        last = given.months[-1]
        unit_id = self.unit(value.unit, last.last)
        if unit_id is None:
            raise ValueError(
                f"không có đơn vị {value.unit} vào ngày cuối {last}: kiểm tra mã hoặc bảng đối chiếu."
            )
        amount = None if value.deleted else _amount(value.value, written)
        note = DELETED if value.deleted else _note(value, given)
        cell = _Cell(name, value.line, amount, note, value.deleted)
        for month in self.months_for(indicator_id, given):
            before = found[month.first].setdefault((indicator_id, unit_id), cell)
            if before is not cell:
                raise ValueError(
                    f"đã có số của đơn vị, chỉ tiêu và {month} này ở {before.file}, dòng {before.line}."
                )

    def _months_for(self, indicator_id: int, given: GivenPeriod) -> Iterable[Period]:
        """The months that hold the value of a period."""
        last = given.months[-1]
        if len(given.months) == 1:
            return given.months
        if last.first not in self.versions:
            ids = [one.pk for one in self.indicators.values()]
            held = versions_for(ids, last.last)
            self.versions[last.first] = {key: one.over_time for key, one in held.items()}
        averaged = self.versions[last.first].get(indicator_id) == OverTime.AVERAGE
        return given.months if averaged else (last,)


def _amount(text: str, values: str) -> Decimal | None:
    """What a value says; None where it is empty. ValueError where it is no number, or no yes or no."""
    if not text:
        return None
    if values == YES_NO:
        if text.lower() not in WORTH:
            raise ValueError(f"“{text[:40]}” không phải là true hoặc false.")
        return WORTH[text.lower()]
    if not _NUMBER.match(text):
        raise ValueError(
            f"“{text[:40]}” không phải là một số viết như DHIS2: 1234.5, không có dấu phẩy."
        )
    return Decimal(text)


def _note(value: DataValue, given: GivenPeriod) -> str:
    """The comment that came with a value, and what period it is of where that is not one month."""
    if not value.comment and len(given.months) == 1:
        return ""
    longer = f"Số {given.words}" if len(given.months) > 1 else ""
    told = ". ".join(part for part in (longer, value.comment) if part)
    return canonical(told)[:LONGEST_NOTE].strip()
