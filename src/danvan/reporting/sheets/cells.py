"""One cell as it stands in somebody's workbook, and the answer it gives: text as it would be typed on the page."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from danvan.reporting.questions import Question
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number, parse_in
from danvan.vietnamese.text import canonical, fold, looks_damaged, printable

NIL = frozenset({"-", "–", "—", "không", "không có", "không phát sinh", "kps"})
UNKNOWN = frozenset(
    {"không có số liệu", "chưa có số liệu", "không có sl", "kcsl", "n/a", "…", "..."}
)
_NIL, _UNKNOWN = frozenset(map(fold, NIL)), frozenset(map(fold, UNKNOWN))
NOTHING = frozenset({"x", "co", "kps", "khong phat sinh", "khong", "khong co", "-"})

_ESTIMATED = re.compile(
    r"\A\s*(?:(?:số\s+)?ước(?:\s+(?:tính|khoảng|đạt))?|khoảng|[~≈])\s*(?=\d)|\s*\((?:số\s+)?ước(?:\s+tính)?\)\s*\Z",
    re.IGNORECASE,
)
_NOTED = re.compile(r"(?:so )?uoc(?: tinh| luong)?(?:$|[ ,.;:])")


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell: its value as it is kept (`uncounted`: a formula without a figure), its address in its sheet."""

    value: Any
    address: str
    sheet: str
    percent: bool = False
    error: bool = False
    uncounted: bool = False

    @property
    def text(self) -> str:
        """Its words on one line; none where it holds a number."""
        return _on_one_line(self.value) if isinstance(self.value, str) else ""

    @property
    def shown(self) -> str:
        """What a person sees there, more or less."""
        value = self.value
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int | float):
            amount = _exact(value)
            return f"{_written(amount * 100)} %" if self.percent else _written(amount)
        if isinstance(value, date):
            return format_date(value.date() if isinstance(value, datetime) else value)
        return "" if value is None else str(value)


@lru_cache(
    maxsize=4096
)  # the workbooks of a month say the same words, and each is asked more than once
def _on_one_line(text: str) -> str:
    return " ".join(canonical(text).split())


def answer_in(cell: RawCell, question: Question) -> str:
    """What a cell answers, "" where it does not; ValueError with a whole sentence where it cannot be read."""
    if cell.uncounted:
        raise ValueError(
            "Ô này là công thức chưa có kết quả. Đồng chí vui lòng mở tệp bằng Excel, lưu lại, "
            "hoặc ghi thẳng con số."
        )
    if cell.error:
        raise ValueError(
            f"Công thức ở ô này báo lỗi {cell.value}. Đồng chí vui lòng sửa công thức hoặc ghi thẳng con số."
        )
    return _number(cell, question) if question.number else _words(cell)


def is_estimate(cell: RawCell, note: str) -> bool:
    """Whether the cell or the note beside it says that the figure is an estimate: ước 120, ~120, 120 (ước)."""
    return without_estimate(cell.text)[1] or bool(note and _NOTED.match(fold(note).strip()))


def without_estimate(text: str) -> tuple[str, bool]:
    """The figure without the words that make it an estimate, and whether there were any."""
    if not text:
        return "", False
    whole = canonical(text)
    plain = _ESTIMATED.sub("", whole)
    return plain.strip(), plain != whole


def says_nothing_happened(cell: RawCell) -> bool:
    """Whether the cell beside a section's title ticks "Không phát sinh"."""
    return fold(cell.text).strip(" .") in NOTHING


def _words(cell: RawCell) -> str:
    if damaged := looks_damaged(cell.shown):
        raise ValueError(damaged)
    return printable(canonical(cell.shown)).strip()


def _number(cell: RawCell, question: Question) -> str:
    value = cell.value
    if isinstance(value, bool):
        raise ValueError("Ô này là TRUE/FALSE, không phải số. Đồng chí vui lòng ghi một số.")
    if isinstance(value, date):
        raise ValueError(
            f"Excel đã đổi ô này thành ngày {cell.shown}. Đồng chí vui lòng chọn lại định dạng số "
            "(Number) rồi ghi lại con số."
        )
    if isinstance(value, str):
        return _said(cell.text, question)
    if value is None:
        return ""
    if not isinstance(value, int | float):
        raise ValueError("Ô này phải là một số, ví dụ 1.234.")
    amount = _exact(value)
    if cell.percent:
        if not _in_percent(question):
            raise ValueError(
                f"Ô này định dạng phần trăm ({cell.shown}) mà chỉ số tính bằng "
                f"{question.unit_label or 'số'}. Đồng chí vui lòng chọn định dạng số rồi ghi lại."
            )
        amount *= 100
    return _written(amount)


def _said(text: str, question: Question) -> str:
    """A number written as words: 1.234, 12,5, -, 12 cuộc, 54,6 %."""
    text, _ = without_estimate(text)
    plain = fold(text).strip()
    if not plain or plain in _UNKNOWN:
        return ""
    if plain in _NIL:
        return "0"
    amount = parse_in(text, question.unit_label, whole=question.places == 0)
    return format_number(amount)


def _written(amount: Decimal) -> str:
    return format_number(amount.normalize() if amount else Decimal(0))


def _in_percent(question: Question) -> bool:
    return question.unit_label.strip().startswith("%")


def _exact(value: float) -> Decimal:
    """The figure that Excel shows: it keeps fifteen digits, and 0.1 + 0.2 is 0,3 there."""
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(format(value, ".15g"))
