"""The joint calendar of a unit: what several lines ask of it, day by day, and where two of them do not agree."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.commitments.models import (
    Commitment,
    CommitmentSupport,
    ProgrammeEntry,
    ProgrammeParty,
)
from danvan.commitments.programme_enums import EntryKind, ProgrammeState, Side
from danvan.commitments.selectors.contradictions import Contradiction, contradictions_of
from danvan.commitments.selectors.ledger import own_units
from danvan.commitments.selectors.marks import Mark, marks_of
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.law.selectors import calendar_on
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import (
    last_names,
    organisations_at,
    tops_of,
    units_on,
    units_under,
)
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST = 1_000  # rows of one kind in one calendar
SHOWN = 3  # of a day before the others fold away


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the calendar: a line of somebody's programme, the due day of a commitment, or a mark.

    `side` is where it comes from as the unit sees it; `unit_id` and `who` the unit whose programme it is or who gave the
    work; `concerns` the units of the calendar that have a part in it.
    """

    first: date
    last: date
    start: time | None
    end: time | None
    label: str
    title: str
    unit_id: int
    who: str
    side: str
    mine: bool
    concerns: frozenset[int]
    late: bool = False
    entry: ProgrammeEntry | None = None
    commitment: Commitment | None = None
    mark: Mark | None = None

    @property
    def hours(self) -> str:
        """When on the day; empty where it was not said."""
        return self.entry.hours if self.entry else ""

    @property
    def side_label(self) -> str:
        """Where it comes from, in words."""
        return str(Side(self.side).label)


@dataclass(slots=True)
class Day:
    """One cell of the month: its items; `off` says why nobody works."""

    day: date
    inside: bool
    today: bool
    off: str
    items: list[Item] = field(default_factory=list)

    @property
    def shown(self) -> list[Item]:
        """Those that stand in the cell."""
        return self.items[:SHOWN]

    @property
    def folded(self) -> list[Item]:
        """Those behind them."""
        return self.items[SHOWN:]


@dataclass(frozen=True, slots=True)
class JointCalendar:
    """A span of days of some units, with every item once in `items`."""

    items: list[Item]
    contradictions: list[Contradiction]
    cut: bool


def calendar_units(user: "User", unit_id: int | None, *, on: date) -> list[int]:
    """The units that a calendar is of: the one asked for, with what stands in it; else the reader's own."""
    if unit_id is None:
        return own_units(user)
    units = [unit_id, *organisations_at([unit_id], on=on)]
    granted = units_granted(user, "commitments.view").filter(unit_id__in=units)
    return [row["unit_id"] for row in granted.values("unit_id").distinct()]


def joint_calendar(
    user: "User", unit_ids: Collection[int], first: date, last: date
) -> JointCalendar:
    """What is asked of these units in these days, which the caller knows `user` may view. A fixed number of queries.

    Heirs read what was asked of the units before them as their own.
    """
    today = clock.today()
    units = _with_those_before(set(unit_ids), today)
    work, entries = _work(units, first, last), _entries(units, first, last)
    parts = _parts(units, work, entries)
    marks = marks_of(user, units, first, last)
    givers = {one.assigner_id for one in work} | {one.programme.unit_id for one in entries}
    givers |= {one.giver_id for one in marks}
    names, sides = last_names(givers, today), _sides(units, givers, today)
    name_key = " ".join(fold(user.full_name).split())
    items = [
        *(_of_entry(one, names, sides, user, name_key, parts[one]) for one in entries),
        *(_of_work(one, names, sides, user, today, parts[one]) for one in work),
        *(_of_mark(one, names, sides, units, today) for one in marks),
    ]
    found = contradictions_of(items)
    due = [one for one in items if one.first <= last and one.last >= first]
    return JointCalendar(
        items=sorted(due, key=lambda one: (one.first, one.start or time.min, one.title)),
        contradictions=[one for one in found if one.touches(first, last)],
        cut=len(work) == MOST or len(entries) == MOST,
    )


def _with_those_before(units: set[int], on: date) -> set[int]:
    """These units and those that ended and passed on to one of them. Two queries."""
    bodies = [pk for pk, one in units_on(units, on).items() if not one.is_place]
    reached = units_under(bodies, on=on, follows=Follows.PLACE, heirs=True)
    return units | {row["unit_id"] for row in reached}


def _work(units: set[int], first: date, last: date) -> list[Commitment]:
    """What runs in these days and is not done, due in them or later."""
    helped = CommitmentSupport.objects.filter(unit_id__in=units).values("commitment_id")
    found = Commitment.objects.undone().filter(
        Q(lead_id__in=units) | Q(pk__in=helped),
        due_on__isnull=False,
        ordered_by__gte=first,
        assigned_on__lte=last,
    )
    return list(found.order_by("ordered_by", "pk")[:MOST])


def _entries(units: set[int], first: date, last: date) -> list[ProgrammeEntry]:
    takes_part = ProgrammeParty.objects.filter(unit_id__in=units).values("entry_id")
    found = ProgrammeEntry.objects.standing().between(first, last)
    found = found.filter(
        Q(programme__unit_id__in=units) | Q(pk__in=takes_part),
        programme__state=ProgrammeState.ISSUED,
    )
    return list(found.select_related("programme")[:MOST])


def _parts(
    units: set[int], work: Iterable[Commitment], entries: Iterable[ProgrammeEntry]
) -> dict[Commitment | ProgrammeEntry, frozenset[int]]:
    """Which of these units have a part in each row. Two queries."""
    helps: dict[int, set[int]] = {}
    comes: dict[int, set[int]] = {}
    rows = CommitmentSupport.objects.filter(commitment__in=[one.pk for one in work])
    for pk, unit in rows.values_list("commitment_id", "unit_id"):
        helps.setdefault(pk, set()).add(unit)
    parties = ProgrammeParty.objects.filter(entry__in=[one.pk for one in entries])
    for pk, unit in parties.values_list("entry_id", "unit_id"):
        comes.setdefault(pk, set()).add(unit)
    found: dict[Commitment | ProgrammeEntry, frozenset[int]] = {
        one: frozenset(units & {one.lead_id, *helps.get(one.pk, ())}) for one in work
    }
    for one in entries:
        found[one] = frozenset(units & {one.programme.unit_id, *comes.get(one.pk, ())})
    return found


def _sides(units: set[int], givers: set[int], on: date) -> dict[int, str]:
    """Where each giver stands as these units see it: themselves, above in their line, above by place, elsewhere."""
    above: dict[str, set[int]] = {Follows.LINE: set(), Follows.PLACE: set()}
    for _, top, follows, place in tops_of(units, on=on):
        above[follows] |= {top, place} if follows == Follows.PLACE else {top}
    standing = units_on(givers, on)
    sides = {}
    for one in givers:
        place = standing[one].place_id if one in standing else None
        if one in units:
            sides[one] = Side.OWN
        elif one in above[Follows.LINE]:
            sides[one] = Side.LINE
        elif one in above[Follows.PLACE] or place in above[Follows.PLACE]:
            sides[one] = Side.PLACE
        else:
            sides[one] = Side.OTHER
    return {pk: side.value for pk, side in sides.items()}


def _of_entry(
    one: ProgrammeEntry,
    names: dict[int, str],
    sides: dict[int, str],
    user: "User",
    name_key: str,
    concerns: frozenset[int],
) -> Item:
    unit = one.programme.unit_id
    return Item(
        first=one.starts_on,
        last=one.ends_on,
        start=one.starts_at,
        end=one.ends_at,
        label=str(EntryKind(one.kind).label),
        title=one.content,
        unit_id=unit,
        who=names.get(unit, ""),
        side=sides[unit],
        mine=one.officer_id == user.pk or bool(name_key and name_key in one.chair_key),
        concerns=concerns,
        entry=one,
    )


def _of_work(
    one: Commitment,
    names: dict[int, str],
    sides: dict[int, str],
    user: "User",
    today: date,
    concerns: frozenset[int],
) -> Item:
    return Item(
        first=one.ordered_by,
        last=one.ordered_by,
        start=None,
        end=None,
        label="Hạn",
        title=one.title,
        unit_id=one.assigner_id,
        who=names.get(one.assigner_id, ""),
        side=sides[one.assigner_id],
        mine=one.assigned_by_id == user.pk,
        concerns=concerns,
        late=one.ordered_by < today,
        commitment=one,
    )


def _of_mark(
    one: Mark, names: dict[int, str], sides: dict[int, str], units: set[int], today: date
) -> Item:
    return Item(
        first=one.on,
        last=one.on,
        start=None,
        end=None,
        label=one.label,
        title=one.title,
        unit_id=one.giver_id,
        who=names.get(one.giver_id, ""),
        side=sides[one.giver_id],
        mine=False,
        concerns=one.concerns & units,
        late=one.on < today,
        mark=one,
    )


def month_of(items: Iterable[Item], period: Period) -> list[list[Day]]:
    """The weeks of a month from Monday to Sunday, each item on each of its days. The days off are read of the calendar."""
    calendar, today = calendar_on(), clock.today()
    day = period.first - timedelta(days=period.first.weekday())
    weeks: list[list[Day]] = []
    by_day: dict[date, Day] = {}
    while day < period.end:
        week = []
        for _ in range(7):
            read = calendar.read(day)
            off = "" if read.working else (read.reason or "nghỉ")
            cell = by_day[day] = Day(day, day in period, day == today, off)
            week.append(cell)
            day += timedelta(days=1)
        weeks.append(week)
    for one in items:
        day = max(one.first, weeks[0][0].day)
        while day <= min(one.last, weeks[-1][-1].day):
            by_day[day].items.append(one)
            day += timedelta(days=1)
    return weeks
