"""The reading of a page: how it stands in the address and in words, and the switch that offers the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.datastructures import MultiValueDict

from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.organisations.selectors import KNOWN_FROM, predecessors, successors
from danvan.organisations.selectors.breaks import Break, breaks
from danvan.organisations.selectors.passings import last_passing
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.organisations.selectors.spans import lives_of
from danvan.vietnamese.dates import format_date

DOC = "doc"  # its name in the address
LEFT_OUT = {DOC, "trang", "sau", "truoc"}  # another reading begins its lists anew
YEARS_AHEAD = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading that the switch offers."""

    label: str
    code: str
    current: bool
    day: str = ""  # of the reading on a day


@dataclass(frozen=True, slots=True)
class Switch:
    """The reading of the page with those it may be changed for. `refused` says what was no reading."""

    reading: Reading
    choices: list[Choice]
    day: str  # written in the field of the day
    kept: list[tuple[str, str]]  # what else the address asks for
    refused: str = ""

    @property
    def code(self) -> str:
        """For an address and a hidden field; empty where none is needed."""
        return code_of(self.reading)

    @property
    def tail(self) -> str:
        """What an address that asks for something already says of the reading too."""
        return f"&{DOC}={self.code}" if self.code else ""

    @property
    def words(self) -> str:
        """Which tree, in words."""
        return self.reading.tree


def reading_asked(code: str | None) -> tuple[Reading, str]:
    """The reading in the address, as it was then where there is none; and a sentence where it is no reading."""
    try:
        found = Reading.parse((code or "").strip())
    except ValueError as wrong:
        return THEN, f"{wrong} Đang đọc như khi đó."
    last = date(clock.today().year + YEARS_AHEAD, 12, 31)
    if found.on and not KNOWN_FROM <= found.on <= last:
        return THEN, (
            f"Sổ đơn vị trả lời cho các ngày từ {format_date(KNOWN_FROM)} đến {format_date(last)}. Đồng chí vui"
            " lòng chọn một ngày trong khoảng đó. Đang đọc như khi đó."
        )
    return found, ""


def switch_of(asked: MultiValueDict[str, str]) -> Switch:
    """The switch of a page from its address: as it was then, as today, and a day, that before units last changed unless one is asked."""
    reading, refused = reading_asked(asked.get(DOC))
    today = clock.today()
    dated = reading if reading.on not in (None, today) else _before_the_break(today)
    choices = [
        Choice("Như khi đó", THEN.code, reading.on is None),
        Choice("Như hôm nay", Reading(today).code, reading.on == today),
        Choice(f"Tại ngày {_day(dated)}", dated.code, reading == dated, _day(dated)),
    ]
    kept = [
        (name, value) for name, values in asked.lists() if name not in LEFT_OUT for value in values
    ]
    return Switch(reading, choices, _day(dated), kept, refused)


def _before_the_break(today: date) -> Reading:
    broke_on = last_passing(on=today) or date(today.year, 1, 1)
    return Reading(broke_on - timedelta(days=1))


def _day(reading: Reading) -> str:
    return format_date(reading.on) if reading.on else ""


def code_of(reading: Reading) -> str:
    """What stands in an address; empty for the reading that needs no word there."""
    return "" if reading == THEN else reading.code


def tree_day(reading: Reading, as_of: date) -> date:
    """On which day's tree a page stands: that of the reading, else the day of its figures."""
    return reading.on or as_of


@dataclass(frozen=True, slots=True)
class Gone:
    """A unit that did not stand on the day of the page: since when or until when, and who stood in its stead."""

    sentence: str
    kin_words: str
    kin: list[tuple[int, str]]

    @property
    def text(self) -> str:
        """All of it without links, for a sheet."""
        names = ", ".join(name for _, name in self.kin)
        return f"{self.sentence} {self.kin_words} {names}." if names else self.sentence


def gone_of(unit_id: int, name: str, day: date) -> Gone | None:
    """What to say of a unit that did not stand on a day; None where there is no such unit. Four queries."""
    life = lives_of([unit_id]).get(unit_id)
    if life is None:
        return None
    if life.ended_on and life.ended_on <= day:
        kin = successors(unit_id)
        sentence = f"{name} đã kết thúc từ ngày {format_date(life.ended_on)}."
        return Gone(sentence, "Nay là:", [(one.id, one.name) for one in kin])
    kin = predecessors(unit_id)
    sentence = f"{name} chưa có vào ngày {format_date(day)}, chỉ có từ ngày {format_date(life.founded_on)}."
    return Gone(sentence, "Khi đó là:", [(one.id, one.name) for one in kin])


def broken_before(unit_id: int, months: Sequence[Period], reading: Reading) -> dict[date, Break]:
    """The last break before the figure of each month after the first, by its first day; none on a day's tree."""
    if reading.on is not None or not months:
        return {}
    found_breaks = breaks([unit_id], since=months[0].last, until=months[-1].last)[unit_id]
    found: dict[date, Break] = {}
    for before, month in pairwise(months):
        for one in found_breaks:
            if before.last < one.day <= month.last:
                found[month.first] = one
    return found
