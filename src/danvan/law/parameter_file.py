"""Reading the file of legal parameters: every fault of every row at once, each with its line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from danvan.foundation.errors import Fault, RuleError
from danvan.law.enums import Confidence, Measure
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

HERE = Path(__file__).resolve().parent
PARAMETERS = HERE / "parameters.tsv"
COLUMNS = (
    "key", "title", "numerator", "denominator", "unit", "scope",
    "valid_from", "valid_to", "citation", "confidence",
)  # fmt: skip
LONGEST = {"key": 80, "title": 200, "scope": 120, "citation": 200}


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One row of the file, understood. `line` is where it stands."""

    line: int
    key: str
    title: str
    numerator: int
    denominator: int
    unit: str
    scope: str
    valid_from: date
    valid_to: date | None
    citation: str
    confidence: str

    @property
    def place(self) -> tuple[str, date]:
        """What the row is about: the key, and from when."""
        return self.key, self.valid_from

    @property
    def body(self) -> dict[str, object]:
        """Its values as the table keeps them."""
        return {name: getattr(self, name) for name in COLUMNS}


def lines_of(path: Path) -> list[tuple[int, str]]:
    """The lines that say something, numbered as an editor numbers them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise RuleError(
            f"Không đọc được tệp {path.name}. Đồng chí vui lòng kiểm tra đường dẫn và lưu tệp bằng"
            " bảng mã UTF-8."
        ) from fault
    numbered = enumerate(canonical(text).splitlines(), 1)
    return [(number, line) for number, line in numbered if line.strip() and line[0] != "#"]


def read_parameters(path: Path = PARAMETERS) -> list[ParameterRow]:
    """All rows of the file. Raises RuleError with every fault: unknown units, bad days, overlaps."""
    lines = lines_of(path)
    if not lines or tuple(lines[0][1].split("\t")) != COLUMNS:
        raise RuleError(
            f"Dòng đầu của tệp {path.name} phải là các cột: {', '.join(COLUMNS)}, cách nhau bằng"
            " phím Tab."
        )
    faults: list[Fault] = []
    rows = []
    for number, line in lines[1:]:
        row = _row(number, line, faults)
        if row:
            rows.append(row)
    faults += _overlaps(rows)
    if faults:
        raise RuleError(
            f"Tệp {path.name} có {len(faults)} lỗi, chưa nạp dòng nào. Đồng chí vui lòng sửa hết"
            " rồi nạp lại.",
            faults=sorted(faults, key=lambda fault: fault.row or 0),
        )
    return rows


def _row(number: int, line: str, faults: list[Fault]) -> ParameterRow | None:
    cells = next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_NONE))
    if len(cells) != len(COLUMNS):
        faults.append(Fault(f"Dòng có {len(cells)} cột, cần {len(COLUMNS)} cột.", row=number))
        return None
    said = {name: cell.strip() for name, cell in zip(COLUMNS, cells, strict=True)}
    found = [*_text_faults(number, said), *_value_faults(number, said)]
    days = {name: _day(said[name]) for name in ("valid_from", "valid_to")}
    found += _day_faults(number, said, days)
    if found or days["valid_from"] is None:
        faults += found
        return None
    return ParameterRow(
        line=number,
        key=said["key"],
        title=said["title"],
        numerator=int(said["numerator"]),
        denominator=int(said["denominator"]),
        unit=said["unit"],
        scope=said["scope"],
        valid_from=days["valid_from"],
        valid_to=days["valid_to"],
        citation=said["citation"],
        confidence=said["confidence"],
    )


def _text_faults(number: int, said: dict[str, str]) -> Iterator[Fault]:
    for name in ("key", "title", "citation"):
        if not said[name]:
            yield Fault(f"Cột {name} để trống.", row=number, column=name)
    for name, longest in LONGEST.items():
        if len(said[name]) > longest:
            yield Fault(f"Cột {name} dài quá {longest} ký tự.", row=number, column=name)


def _value_faults(number: int, said: dict[str, str]) -> Iterator[Fault]:
    for name, least in (("numerator", 0), ("denominator", 1)):
        if not said[name].isascii() or not said[name].isdigit() or int(said[name]) < least:
            yield Fault(
                f"“{said[name]}” không phải số nguyên từ {least} trở lên.", row=number, column=name
            )
    if said["unit"] not in Measure.values:
        yield Fault(
            f"Không có đơn vị tính “{said['unit']}”; chọn một trong: {', '.join(Measure.values)}.",
            row=number,
            column="unit",
        )
    if said["confidence"] not in Confidence.values:
        yield Fault(
            f"Không có mức chắc chắn “{said['confidence']}”; chọn một trong:"
            f" {', '.join(Confidence.values)}.",
            row=number,
            column="confidence",
        )


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if len(cell) == 10 else None
    except ValueError:
        return None


def _day_faults(number: int, said: dict[str, str], days: dict[str, date | None]) -> Iterator[Fault]:
    for name, day in days.items():
        if day is None and (said[name] or name == "valid_from"):
            yield Fault(
                f"“{said[name]}” không phải một ngày; viết dạng 2026-07-01.",
                row=number,
                column=name,
            )
    first, end = days["valid_from"], days["valid_to"]
    if first and end and end <= first:
        yield Fault("Ngày hết hiệu lực phải sau ngày có hiệu lực.", row=number, column="valid_to")


def _overlaps(rows: list[ParameterRow]) -> Iterator[Fault]:
    ordered = sorted(rows, key=lambda row: (*row.place, row.line))
    for before, after in pairwise(ordered):
        if before.key != after.key:
            continue
        if before.valid_to is None or before.valid_to > after.valid_from:
            yield Fault(
                f"Khóa {after.key} từ {format_date(after.valid_from)} chồng lên dòng"
                f" {before.line}. Đồng chí vui lòng ghi ngày hết hiệu lực cho dòng đó.",
                row=after.line,
                column="valid_from",
            )
