"""One thing that waits, whatever module it comes from: what it is, whose, until when, and its state."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from danvan.foundation.lists import COUNTED_TO
from danvan.vietnamese.numbers import format_number

SOON = 7  # days


class Group(StrEnum):
    """The four groups of the day; the words stand in the address."""

    LATE = "qua-han"
    DUE = "den-han"
    LACKING = "bo-sung"
    CHECKING = "xac-minh"


class Sort(StrEnum):
    """What a thing is; the words stand in the address."""

    COMMITMENT = "viec"
    SERIES = "viec-dinh-ky"
    EXPLANATION = "giai-trinh"
    FOLLOW_UP = "theo-doi"
    DIFFICULTY = "kho-khan"
    REPORT = "bao-cao"
    DOCUMENT = "van-ban"
    TARGET = "chi-tieu"
    ACTIVITY = "hoat-dong"
    DIALOGUE = "doi-thoai"
    GRASSROOTS = "dan-chu-co-so"
    RECEPTION = "tiep-cong-dan"
    PETITION = "don-thu"
    HAND_OVER = "ban-giao"


SORTS: dict[str, str] = {
    Sort.COMMITMENT: "Việc phải làm",
    Sort.SERIES: "Việc định kỳ",
    Sort.EXPLANATION: "Giải trình",
    Sort.FOLLOW_UP: "Theo dõi, đôn đốc",
    Sort.DIFFICULTY: "Khó khăn, vướng mắc",
    Sort.REPORT: "Báo cáo, biểu mẫu",
    Sort.DOCUMENT: "Văn bản",
    Sort.TARGET: "Chỉ tiêu",
    Sort.ACTIVITY: "Hoạt động",
    Sort.DIALOGUE: "Đối thoại",
    Sort.GRASSROOTS: "Dân chủ ở cơ sở",
    Sort.RECEPTION: "Tiếp công dân",
    Sort.PETITION: "Đơn thư",
    Sort.HAND_OVER: "Nhận bàn giao",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that waits. `commitment_id` is set where the reader may act on several at once."""

    sort: str
    pk: int
    title: str
    url: str
    note: str = ""
    unit_id: int | None = None
    unit_name: str = ""
    product: str = ""
    due_on: date | None = None
    first_due_on: date | None = None
    state: str = ""  # what waits, where it is not the day
    commitment_id: int | None = None

    @property
    def moved(self) -> bool:
        """Whether its day was put off."""
        return self.first_due_on is not None and self.first_due_on != self.due_on


@dataclass(frozen=True, slots=True)
class State:
    """A state as shown: colour, icon, words."""

    tone: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Things of one sort in one group: the first of them, how many there are, and the list of all."""

    group: Group
    sort: Sort
    things: list[Thing]
    total: int
    url: str

    @property
    def more(self) -> int:
        """How many are not among the first."""
        return self.total - len(self.things)


@dataclass(slots=True)
class Reader:
    """Who reads, what they may do, on which day, and how many of each list they are shown."""

    user: Any
    actions: frozenset[str]
    today: date
    most: int
    whole: Group | None = None  # the group of which all is shown, on pages
    own: list[int] = field(default_factory=list)  # the units that are the reader's own

    @property
    def soon(self) -> date:
        """The last day that is near."""
        return self.today + timedelta(days=SOON)

    def may(self, *actions: str) -> bool:
        """Whether the reader may do one of these somewhere."""
        return any(action in self.actions for action in actions)

    def most_of(self, group: Group) -> int:
        """How many things of each list of a group are looked up."""
        return COUNTED_TO if group == self.whole else self.most

    def take(
        self,
        group: Group,
        sort: Sort,
        found: QuerySet[Any],
        made: Callable[[Any], Thing],
        url: str,
    ) -> Batch:
        """The first rows of a list as things. One query; two where there are more than are shown."""
        most = self.most_of(group)
        rows = list(found[: most + 1])
        total = len(rows)
        if total > most:
            total = found.order_by()[: COUNTED_TO + 1].count()
        return Batch(group, sort, [made(row) for row in rows[:most]], total, url)


def state_of(thing: Thing, group: str, today: date) -> State:
    """What is said of a thing: how late it is, how much time is left, or what it waits for."""
    if thing.state:
        tone, icon = ("grey", "eye-check") if group == Group.CHECKING else ("orange", "file-plus")
        if group == Group.LATE:
            tone, icon = "red", "alert-triangle"
        return State(tone, icon, thing.state)
    days = (thing.due_on - today).days if thing.due_on else 0
    if days < 0:
        return State("red", "alert-triangle", f"Quá {format_number(-days)} ngày")
    return State("orange", "clock", f"Còn {format_number(days)} ngày" if days else "Hôm nay")


def in_words(total: int) -> str:
    """How many, exact up to 1,000: the same words as above the list itself."""
    return format_number(total) if total <= COUNTED_TO else f"hơn {format_number(COUNTED_TO)}"
