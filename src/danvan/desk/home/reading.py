"""What waits for the reader today, put together from the selectors of the modules below."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count

from danvan.accounts.selectors import actions_of
from danvan.commitments.selectors import own_units
from danvan.desk.home.dialogues import waiting_in_dialogues
from danvan.desk.home.following import waiting_to_be_answered
from danvan.desk.home.grassroots import waiting_at_the_grassroots
from danvan.desk.home.hand_overs import waiting_to_be_taken_over
from danvan.desk.home.ledger import waiting_in_ledger
from danvan.desk.home.months import forms_to_send, waiting_in_reports
from danvan.desk.home.petitions import waiting_petitions
from danvan.desk.home.reception import waiting_in_reception
from danvan.desk.home.records import waiting_in_records
from danvan.desk.home.registers import waiting_in_registers
from danvan.desk.home.things import (
    SORTS,
    Batch,
    Group,
    Reader,
    Sort,
    State,
    Thing,
    in_words,
    state_of,
)
from danvan.desk.home.vault import waiting_in_the_vault
from danvan.desk.home.waits import WAITS, WHO
from danvan.desk.links import way
from danvan.documents.selectors import allowed_proposals
from danvan.foundation import clock
from danvan.notifications.selectors import latest
from danvan.organisations.selectors import last_names
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.notifications.models import Notification

SHOWN, ALL = 8, 200  # of a group beside the others, and on a page of its own
BESIDE = 5
# Whoever may do one of these has work of their own; everybody else starts where they read.
WORK = frozenset(
    {
        "documents.review",
        "documents.register",
        "activities.record",
        "commitments.perform",
        "submissions.enter",
        "submissions.approve",
    }
)
SOURCES: tuple[Callable[[Reader], Iterator[Batch]], ...] = (
    waiting_in_ledger,
    waiting_to_be_answered,
    waiting_in_reports,
    waiting_in_registers,
    waiting_in_records,
    waiting_in_dialogues,
    waiting_at_the_grassroots,
    waiting_petitions,
    waiting_in_reception,
    waiting_in_the_vault,
    waiting_to_be_taken_over,
)
# Of each group: its name, its picture, its colour where something waits, its colour in a heading.
LOOKS: dict[str, tuple[str, str, str]] = {
    Group.LATE: ("Quá hạn", "alert-triangle", "late"),
    Group.DUE: ("Đến hạn", "clock", "watch"),
    Group.LACKING: ("Chờ bổ sung", "file-plus", "info"),
    Group.CHECKING: ("Chờ xác minh", "eye-check", "none"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is asked for: one group or all, one sort of thing or all, by day or by unit."""

    group: str = ""
    sort: str = ""
    by_unit: bool = False
    page: int = 1  # of one group


@dataclass(frozen=True, slots=True)
class Part:
    """One sort of thing in a group: how many, what of whom is waited for, and the list of these alone."""

    label: str
    count: str
    waits: str
    url: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One count that waits for somebody, and the list it opens."""

    label: str
    count: str
    url: str
    note: str
    icon: str
    tone: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing as the list shows it."""

    thing: Thing
    state: State

    @property
    def sort_label(self) -> str:
        """What the thing is, in words."""
        return SORTS[self.thing.sort]


@dataclass(frozen=True, slots=True)
class Shown:
    """One group of the list: its first rows, how many there are, where all of them are."""

    key: str
    title: str
    icon: str
    tone: str
    count: str
    rows: list[Row]
    more: int
    parts: list[Part]
    page: int
    pages: int
    elsewhere: list[tuple[str, str, str]]  # what is not shown: name, count, address of its own list

    @property
    def before(self) -> int:
        """The page before this one; 0 where there is none."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after this one; 0 where there is none."""
        return self.page + 1 if self.page < self.pages else 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One document the machine has read: what waits in it."""

    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Home:
    """The counts, the groups of the list, what came in, what the machine proposes, what is to be sent."""

    today: date
    asked: Asked
    tiles: list[Tile] = field(default_factory=list)
    groups: list[Shown] = field(default_factory=list)
    forms: list[Row] = field(default_factory=list)
    latest: list["Notification"] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    readings_count: str = ""

    @property
    def bulk(self) -> bool:
        """Whether several may be acted on at once."""
        return any(row.thing.commitment_id for group in self.groups for row in group.rows)


def start_of(actions: frozenset[str]) -> str:
    """The name of the page a reader with these rights starts from: work, the board, or the register."""
    if actions & WORK:
        return "desk:home"
    return "desk:board" if "board.view" in actions else "desk:register"


def read_home(
    user: "User", asked: Asked | None = None, *, most: int | None = None, size: int = 0
) -> Home:
    """What waits for this reader today: the first `most` of each list; of the one group asked for all, `size` on a page.

    Queries do not grow with what waits.
    """
    asked = asked or Asked()
    reader = Reader(
        user=user,
        actions=actions_of(user),
        today=clock.today(),
        most=most or SHOWN,
        whole=Group(asked.group) if asked.group and most is None else None,
        own=own_units(user),
    )
    size = size or (ALL if reader.whole else reader.most)
    batches = [batch for source in SOURCES for batch in source(reader)]
    forms = forms_to_send(reader)
    names = _names([*forms, *(thing for batch in batches for thing in batch.things)], reader.today)
    kept = [one for one in batches if asked.sort in ("", one.sort)]
    groups = [_shown(group, kept, names, reader, asked, size) for group in Group]
    read = [one for one in batches if one.sort == Sort.DOCUMENT and one.group == Group.CHECKING]
    return Home(
        today=reader.today,
        asked=asked,
        tiles=[_tile(group, kept, asked, reader.today) for group in Group],
        groups=[one for one in groups if one.rows and asked.group in ("", one.key)],
        forms=[_row(one, Group.DUE, names, reader.today) for one in forms],
        latest=latest(user, limit=BESIDE),
        readings=_readings(user, read),
        readings_count=_count(read) if read else "",
    )


def _names(things: Iterable[Thing], today: date) -> dict[int, str]:
    """The names of all units that anything is about. One query."""
    return last_names({one.unit_id for one in things if one.unit_id is not None}, today)


def _row(thing: Thing, group: str, names: dict[int, str], today: date) -> Row:
    named = replace(thing, unit_name=names.get(thing.unit_id or 0, ""))
    return Row(named, state_of(named, group, today))


def _shown(
    group: Group,
    kept: list[Batch],
    names: dict[int, str],
    reader: Reader,
    asked: Asked,
    size: int,
) -> Shown:
    """One page of a group, the most urgent first, what is waited for in it, and where the rest of it is."""
    batches = [one for one in kept if one.group == group]
    rows = [_row(thing, group, names, reader.today) for batch in batches for thing in batch.things]
    rows.sort(key=_by_unit if asked.by_unit else _by_day)
    pages = max(-(-len(rows) // size), 1) if asked.group else 1
    page = min(asked.page, pages)
    rows = rows[(page - 1) * size : page * size]
    total = sum(one.total for one in batches)
    title, icon, tone = LOOKS[group]
    return Shown(
        key=group.value,
        title=title,
        icon=icon,
        tone=tone,
        count=in_words(total),
        rows=rows,
        more=total - len(rows),
        parts=_parts(group, batches),
        page=page,
        pages=pages,
        elsewhere=[
            (SORTS[one.sort], in_words(one.total), one.url) for one in batches if one.more > 0
        ],
    )


def _parts(group: Group, batches: list[Batch]) -> list[Part]:
    """Each sort of thing in a group with what is waited for, and of whom."""
    totals: dict[Sort, int] = {}
    for one in batches:
        totals[one.sort] = totals.get(one.sort, 0) + one.total
    return [
        Part(
            label=SORTS[sort],
            count=in_words(total),
            waits=WAITS[group, sort],
            url=way("desk:home", nhom=group.value, loai=sort.value),
        )
        for sort, total in totals.items()
        if total
    ]


def _by_day(row: Row) -> tuple[date, str, int]:
    return (row.thing.due_on or date.max, row.thing.sort, row.thing.pk)


def _by_unit(row: Row) -> tuple[str, date, int]:
    return (sort_key(row.thing.unit_name), row.thing.due_on or date.max, row.thing.pk)


def _tile(group: Group, kept: list[Batch], asked: Asked, today: date) -> Tile:
    batches = [one for one in kept if one.group == group]
    title, icon, tone = LOOKS[group]
    some = any(one.total for one in batches)
    return Tile(
        label=title,
        count=_count(batches),
        url=way("desk:home", nhom=group.value, loai=asked.sort),
        note=_note(group, batches, today) if some else "không có việc nào",
        icon=icon,
        tone=tone if some else "good",
        current=asked.group == group,
    )


def _note(group: Group, batches: list[Batch], today: date) -> str:
    """What stands below a count."""
    if group in WHO:
        return WHO[group]
    days = [(thing.due_on - today).days for one in batches for thing in one.things if thing.due_on]
    nearest = min(days, default=0)
    if group == Group.LATE:
        return f"lâu nhất {format_number(max(-nearest, 0))} ngày"
    return f"gần nhất còn {format_number(nearest)} ngày" if nearest > 0 else "gần nhất hôm nay"


def _count(batches: Iterable[Batch]) -> str:
    return in_words(sum(one.total for one in batches))


def _readings(user: "User", batches: list[Batch]) -> list[Reading]:
    """The latest documents the machine has read, with what is open in each. One query."""
    things = [thing for one in batches for thing in one.things][:BESIDE]
    if not things:
        return []
    waiting = allowed_proposals(user, "documents.review").open().order_by()
    counted = waiting.filter(document_id__in=[one.pk for one in things]).values("document_id")
    number = dict(counted.annotate(number=Count("pk")).values_list("document_id", "number"))
    notes = {pk: f"{format_number(open_in)} đề xuất chờ xem" for pk, open_in in number.items()}
    return [
        Reading(one.title, one.url, notes.get(one.pk, "không có đề xuất nào chờ xem"))
        for one in things
    ]
