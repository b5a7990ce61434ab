"""One row of a list of posts being read: what its cells say, and what is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from danvan.foundation.errors import Fault
from danvan.foundation.sheet import Row
from danvan.organisations.enums import Entry, Manner
from danvan.organisations.services.officers.people import name_faults
from danvan.organisations.titles import Title, read_people, read_titles, without_honorific
from danvan.vietnamese.dates import format_date, parse_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import fold, looks_damaged

YEARS = range(1930, 2101)
ENTRIES: tuple[tuple[str, Entry], ...] = (
    ("luan chuyen", Entry.ROTATED),
    ("dieu dong", Entry.TRANSFERRED),
    ("biet phai", Entry.SECONDED),
    ("chi dinh", Entry.DESIGNATED),
    ("bau", Entry.ELECTED),
)
MANNERS = {
    "": "", "chinh thuc": Manner.FULL, "chuyen trach": Manner.FULL, "chinh": Manner.FULL,
    "kiem nhiem": Manner.CONCURRENT, "kiem": Manner.CONCURRENT, "quyen": Manner.ACTING,
    "q.": Manner.ACTING, "phu trach": Manner.IN_CHARGE,
}  # fmt: skip


@dataclass(slots=True)
class Seat:
    """One person in one post, out of one row; the ids come when they are known."""

    reading: "Reading"
    name: str
    title: Title
    manner: str
    entry: str
    decision: str
    on: date
    until: date | None
    officer_number: int | None
    place_id: int = 0
    home_id: int = 0
    unit_id: int = 0
    post_id: int | None = None
    officer_id: int | None = None

    @property
    def row(self) -> int:
        """Where it stands in the sheet."""
        return self.reading.number

    def fault(self, message: str, column: str) -> None:
        """Note what is wrong with its row, once."""
        self.reading.fault(message, column)


class Reading:
    """One row: its unit as written, and the posts it tells of."""

    def __init__(self, row: Row) -> None:
        self.number = row.number
        self.faults: list[Fault] = []
        self._row = row
        self.unit = self._read("unit", _words) or ""
        titles = self._read("title", _words) or ""
        people = self._read("name", _words) or ""
        self.manner = self._read("manner", _manner) or ""
        self.on: date | None = self._read("on", _day)
        last: date | None = self._read("until", _day)
        self.until = last + timedelta(days=1) if last else None
        self.decision = self._read("decision", _words) or ""
        self.officer_number: int | None = self._read("officer", _number)
        self._ask_for_what_is_needed()
        read = read_people(people)
        self._ask_for_people(titles, read)
        self.seats = self._seats(titles, read) if self.on and self.unit else []

    def fault(self, message: str, column: str) -> None:
        """Note what is wrong, once."""
        if all(one.message != message for one in self.faults):
            self.faults.append(Fault(message, column=column))

    def _read(self, field: str, reader: Callable[[Any], Any]) -> Any:
        try:
            return self._row.said(field, reader)
        except ValueError as wrong:
            self.faults.append(Fault(str(wrong), column=field))
            return None

    def _ask_for_what_is_needed(self) -> None:
        asked = {
            "unit": "đơn vị hoặc mã", "on": "ngày bắt đầu",
            "decision": "văn bản quyết định",
        }  # fmt: skip
        for field, label in asked.items():
            if self._row.cells.get(field) is None:
                self.fault(f"Đồng chí vui lòng ghi {label}.", field)

    def _ask_for_people(self, titles: str, people: list[tuple[str, str]]) -> None:
        wrong = {fault.column for fault in self.faults}
        if not people and "name" not in wrong:
            self.fault("Đồng chí vui lòng ghi họ tên.", "name")
        bare = not people or any(not beside for _, beside in people)
        if bare and not read_titles(titles) and "title" not in wrong:
            self.fault("Đồng chí vui lòng ghi chức danh.", "title")

    def _seats(self, titles: str, people: list[tuple[str, str]]) -> list[Seat]:
        assert self.on is not None
        found: list[Seat] = []
        for name, beside in people:
            name = without_honorific(name)
            for wrong in name_faults(name):
                self.fault(wrong.message, "name")
            whole = ", ".join(one for one in (titles, beside) if one)
            read = list({fold(one.words): one for one in read_titles(whole)}.values())
            main = next((one for one in read if one.manner == Manner.FULL), None)
            for title in read:
                # What the column says is said of the main post; the others keep what their words say.
                said = self.manner if title is main or len(read) == 1 else ""
                found.append(
                    Seat(
                        self, name, title, said or title.manner, self._entry(), self.decision,
                        self.on, self.until, self.officer_number,
                    )
                )  # fmt: skip
        for long in [one for one in found if len(one.title.words) > 200]:
            self.fault(
                f"Chức danh “{long.title.words[:40]}…” dài quá 200 ký tự. Đồng chí vui lòng viết gọn lại.",
                "title",
            )
        return found

    def _entry(self) -> str:
        """By what act, where the decision's words say; appointed otherwise."""
        words = fold(self.decision)
        return next(
            (entry for said, entry in ENTRIES if said in words.split() or f"{said} " in words),
            Entry.APPOINTED,
        )


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return format_date(value)
    text = str(value).strip()
    if damaged := looks_damaged(text):
        raise ValueError(damaged)
    return text


def _manner(value: Any) -> str:
    said = fold(_words(value)).strip()
    if said not in MANNERS:
        raise ValueError(
            f"Không có cách giữ “{value}”. Đồng chí vui lòng ghi chính thức, kiêm nhiệm, quyền hoặc phụ trách."
        )
    return MANNERS[said]


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, bool | int | float | Decimal):
        raise ValueError(
            f"“{value if isinstance(value, bool) else format_number(value)}” là số, không phải ngày."
            " Đồng chí vui lòng ghi ngày dạng 05/03/2026."
        )
    day = value if isinstance(value, date) else parse_date(str(value))
    if day.year not in YEARS:
        raise ValueError(f"Ngày {format_date(day)} quá xa, đồng chí vui lòng xem lại năm.")
    return day


def _number(value: Any) -> int:
    text = _words(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise ValueError(
            f"“{text}” không phải mã cán bộ. Đồng chí vui lòng ghi số trong trang cán bộ."
        )
    return int(text)
