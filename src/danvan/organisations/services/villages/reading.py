"""One row of a list of villages being read: what its cells say, and what is wrong with them by themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from danvan.foundation.errors import Fault
from danvan.foundation.sheet import Row
from danvan.organisations.hamlets import BY_WORD, HEADINGS, TYPE_WORDS, full_name, type_in
from danvan.vietnamese.dates import format_date, parse_date
from danvan.vietnamese.numbers import format_number, parse_number
from danvan.vietnamese.text import canonical, fold, looks_damaged

UNKNOWN = ("-", "–", "—", "x", "không", "không rõ", "chưa rõ")
TOTALS = ("tong", "tong cong", "cong", "tong so")
MOST_PEOPLE = 1_000_000  # more than any village: a slip of columns
NAME_LENGTH, DECISION_LENGTH = 120, 200


@dataclass(frozen=True, slots=True)
class Village:
    """One village as a list gives it, under a commune that was found."""

    commune_id: int
    name: str
    type_word: str
    households: int | None
    population: int | None
    decision: str
    since: date | None


class Reading:
    """One row: the fields that could be read, and every fault with its column."""

    def __init__(self, row: Row) -> None:
        self.number = row.number
        self.row = row
        self.faults: list[Fault] = []
        self.commune_id: int | None = None
        self.code: str = self._read("code", _code) or ""
        self.commune: str = self._read("commune", _words) or ""
        self.households: int | None = self._read("households", _count)
        self.population: int | None = self._read("population", _count)
        self.decision: str = self._read("decision", _words) or ""
        self.since: date | None = self._read("since", day_in)
        self.name, self.type_word = self._name()
        self._weigh()

    def refuse(self, field: str, sentence: str) -> None:
        """Add a fault at the column of a field."""
        self.faults.append(Fault(sentence, self.number, HEADINGS[field]))

    def village(self) -> Village | None:
        """The row as a village, where it could be read and its commune was found."""
        if self.faults or self.commune_id is None:
            return None
        return Village(
            self.commune_id, self.name, self.type_word, self.households, self.population,
            self.decision, self.since,
        )  # fmt: skip

    def _read(self, field: str, reader: Callable[[Any], Any]) -> Any:
        try:
            return self.row.said(field, reader)
        except ValueError as wrong:
            self.refuse(field, str(wrong))
            return None

    def _name(self) -> tuple[str, str]:
        said: str = self._read("type_word", _words) or ""
        name: str = self._read("name", _words) or ""
        if not name:
            if self.row.cells.get("name") is None:
                self.refuse("name", "Đồng chí vui lòng ghi tên thôn, tổ dân phố.")
            return "", ""
        given = BY_WORD.get(fold(said).strip(" .")) if said else ""
        begun = type_in(name)
        if given is None:
            few = ", ".join(TYPE_WORDS[:1] + TYPE_WORDS[6:13])
            self.refuse("type_word", f"Không có loại hình “{said}”. Đồng chí vui lòng ghi một trong các loại: {few}, ...")  # fmt: skip
            return name, begun
        if not given and not begun:
            self.refuse("type_word", f"Chưa rõ “{name}” là thôn, bản hay tổ dân phố. Đồng chí vui lòng ghi loại hình.")  # fmt: skip
            return name, ""
        # "Thôn" and "Làng Chanh" is a name that begins with another type word; "Bản 3" under "Thôn" is a slip.
        if given and begun and given != begun and fold(name).split()[-1].isdigit():
            self.refuse("type_word", f"Cột loại hình ghi “{said}” nhưng tên là “{name}”. Đồng chí vui lòng xem lại.")  # fmt: skip
        type_word = given or begun
        full = full_name(name, type_word)
        if len(full) > NAME_LENGTH:
            self.refuse("name", f"Tên thôn dài quá {NAME_LENGTH} ký tự, đồng chí vui lòng rút gọn.")
        return full, type_word

    def _weigh(self) -> None:
        if len(self.decision) > DECISION_LENGTH:
            self.refuse("decision", f"Văn bản quyết định dài quá {DECISION_LENGTH} ký tự, đồng chí vui lòng rút gọn.")  # fmt: skip
        if (
            self.households is not None
            and self.population is not None
            and self.population < self.households
        ):
            self.refuse("population", f"Có {format_number(self.population)} nhân khẩu mà {format_number(self.households)} hộ: có lẽ hai cột đổi chỗ. Đồng chí vui lòng xem lại.")  # fmt: skip


def without_totals(rows: Sequence[Row]) -> list[Row]:
    """The rows without those of totals: one that begins with the word, or a last one that has only numbers."""
    kept = [row for row in rows if not _begins_with_total(row)]
    if kept and not any(kept[-1].cells.get(field) for field in ("code", "commune", "name")):
        kept.pop()
    return kept


def _begins_with_total(row: Row) -> bool:
    words = [cell for cell in row.cells.values() if isinstance(cell, str)]
    return bool(words) and fold(words[0]).strip(" :.") in TOTALS


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a village that is called by its number
    text = format_date(value) if isinstance(value, date) else str(value)
    if damaged := looks_damaged(text):
        raise ValueError(damaged)
    return " ".join(canonical(text).split())


def _code(value: Any) -> str:
    """A code is text. A number may have lost the noughts before it, which is asked about later."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip().lstrip("'")
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise ValueError(f"“{text[:20]}” không phải mã xã; mã gồm 5 chữ số, ví dụ 04021.")
    return text


def day_in(value: Any) -> date | None:
    """The day in a cell; a dash is not known. ValueError in words."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool | int | float | Decimal):
        raise ValueError(
            f"“{value}” là số, không phải ngày. Đồng chí vui lòng ghi ngày dạng 05/03/2026."
        )
    if fold(str(value)).strip() in {fold(word) for word in UNKNOWN}:
        return None
    return parse_date(str(value))


def _count(value: Any) -> int | None:
    """A number of people or households of a village; a dash is not known."""
    found = whole_number(value)
    if found is not None and not 0 <= found < MOST_PEOPLE:
        raise ValueError(f"“{format_number(found)}” không thể là số hộ, số khẩu của một thôn. Đồng chí vui lòng xem lại.")  # fmt: skip
    return found


def whole_number(value: Any) -> int | None:
    """The whole number in a cell as people write it; a dash is not known. ValueError in words."""
    if isinstance(value, bool | date) or value in (float("inf"), float("-inf")):
        raise ValueError("Ô này phải là một số, ví dụ 1.234.")
    if isinstance(value, str):
        if fold(value).strip() in {fold(word) for word in UNKNOWN}:
            return None
        value = parse_number(value.strip().lstrip("'"), whole=True)
    if value != int(value):
        raise ValueError(f"“{format_number(value)}” phải là số nguyên.")
    return int(value)
