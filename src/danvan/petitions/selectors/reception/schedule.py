"""The schedule: days by month and unit, what a head still owes by the law, what the public reads, what waits to be done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from danvan.accounts.selectors import units_granted
from danvan.commitments.selectors.ledger import own_units
from danvan.foundation.periods import Period
from danvan.organisations.selectors import names_on, units_on
from danvan.organisations.selectors.following import told_names
from danvan.organisations.selectors.officers.holding import head_of
from danvan.organisations.selectors.spans import ids_among, organisations_in
from danvan.petitions.models import ReceptionDay, ReceptionDayQuerySet, ReceptionVisit, VisitMatter
from danvan.petitions.reception_enums import (
    HANDLED_ACTION,
    RECEIVED_ACTION,
    SEEN_ACTION,
    TOOK_PLACE,
    DayState,
    Ground,
    MatterWay,
    Receiver,
)
from danvan.petitions.selectors.reception.rules import Least, least_of, month_words, owed_in
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User


MOST_UNITS = 300  # to pick from, and of one table
FEW = 25  # units that stand in one table of heads


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of a list with the name of its unit and how many visits it saw."""

    day: ReceptionDay
    unit_name: str
    visits: int


@dataclass(frozen=True, slots=True)
class HeadLine:
    """What the head of one unit owes in a month and has: told, never punished."""

    unit_id: int
    name: str
    head: str
    least: Least | None
    rule: str
    owed: int | None
    planned: int
    held: int
    substituted: int
    mine: bool = False

    @property
    def lacking(self) -> int:
        """How many days neither planned nor held by the head are missing."""
        return max((self.owed or 0) - self.planned - self.held, 0)


@dataclass(frozen=True, slots=True)
class HeadGroup:
    """Units whose heads stand alike; `label` is empty where all stand in one table."""

    label: str
    lines: list[HeadLine]


@dataclass(frozen=True, slots=True)
class PublicDay:
    """What the public reads of a day: when, where and who receives. No name of who comes."""

    held_on: date
    hours: str
    place: str
    head: str
    online: bool
    first_on: date | None


def allowed_days(user: "User", action: str) -> ReceptionDayQuerySet:
    """Where every view of days starts: fetching from here is the permission check."""
    return ReceptionDay.objects.allowed(user, action)


def allowed_visits(user: "User", action: str) -> QuerySet[ReceptionVisit]:
    """Where every view of visits starts."""
    return ReceptionVisit.objects.allowed(user, action)


def days_in(user: "User", month: Period, unit_id: int | None) -> QuerySet[ReceptionDay]:
    """The days of a month that `user` may see, of all units or one."""
    found = allowed_days(user, SEEN_ACTION).filter(held_on__gte=month.first, held_on__lt=month.end)
    return found.filter(unit_id=unit_id) if unit_id else found


def lines_of(days: Collection[ReceptionDay], *, on: date) -> list[DayLine]:
    """What a list shows beside each day. Two queries."""
    names = told_names({one.unit_id for one in days}, on=on)
    rows = VisitMatter.objects.filter(visit__day__in=[one.pk for one in days]).order_by()
    visits = dict(rows.values_list("visit__day").annotate(n=Count("visit", distinct=True)))
    return [DayLine(one, names.get(one.unit_id, ""), visits.get(one.pk, 0)) for one in days]


def planning_units(
    user: "User", *, on: date, action: str = RECEIVED_ACTION
) -> list[tuple[int, str]]:
    """The organisations for which `user` may plan days and write visits down, by name."""
    ids = organisations_in(units_granted(user, action), limit=MOST_UNITS)
    return sorted(names_on(ids, on).items(), key=lambda pair: sort_key(pair[1]))


def heads_in(user: "User", month: Period) -> list[HeadLine]:
    """What each head owes in a month and has, of the reader's own units first: a fixed number of queries but for the
    kinds of rules there are.
    """
    names = planning_units(user, on=month.first, action=SEEN_ACTION)
    ids = [pk for pk, _ in names]
    units, heads = units_on(ids, month.first), head_of(ids, month.first)
    rows = ReceptionDay.objects.filter(
        Q(unit_id__in=ids) | Q(former_id__in=ids), ground=Ground.PERIODIC,
        held_on__gte=month.first, held_on__lt=month.end,
    ).exclude(state=DayState.CANCELLED)  # fmt: skip
    days: dict[int, list[ReceptionDay]] = {}
    for one in rows:
        days.setdefault(one.unit_on(one.held_on), []).append(one)
    rules: dict[tuple[str, str], Least | None] = {}
    mine = set(ids_among(own_units(user), units_granted(user, SEEN_ACTION)))
    lines = []
    for pk, name in names:
        kind = (units[pk].kind, units[pk].level) if pk in units else ("", "")
        if kind not in rules:
            rules[kind] = least_of(*kind, on=month.first)
        least, own = rules[kind], days.get(pk, [])
        took = [one for one in own if one.state in TOOK_PLACE]
        lines.append(
            HeadLine(
                unit_id=pk,
                name=name,
                head=f"{heads[pk].title} {heads[pk].words}" if pk in heads else "",
                least=least,
                rule=month_words(kind[0], least),
                owed=owed_in(month, least) if least else None,
                planned=len(own) - len(took),
                held=sum(one.received == Receiver.HEAD for one in took),
                substituted=sum(one.received == Receiver.OTHER for one in took),
                mine=pk in mine,
            )
        )
    return sorted(lines, key=lambda one: (not one.mine, -one.lacking, sort_key(one.name)))


def head_groups(lines: Sequence[HeadLine]) -> list[HeadGroup]:
    """As they are where they are few; else the reader's own, then by what is missing, so that nobody walks past hundreds."""
    if len(lines) <= FEW:
        return [HeadGroup("", list(lines))] if lines else []
    others = [one for one in lines if not one.mine]
    unplanned = [one for one in others if one.lacking and not one.planned and not one.held]
    groups = (
        ("", [one for one in lines if one.mine]),
        ("Chưa lập lịch", unplanned),
        ("Còn thiếu ngày", [one for one in others if one.lacking and one not in unplanned]),
        ("Đủ số ngày", [one for one in others if one.owed is not None and not one.lacking]),
        ("Luật không ấn định số ngày", [one for one in others if one.owed is None]),
    )
    return [HeadGroup(label, found) for label, found in groups if found]


def days_open_to_all(
    *, on: date, ahead: timedelta = timedelta(days=31), unit_ids: Collection[int] | None = None
) -> list[tuple[str, PublicDay]]:
    """The posted days from a day on, of every unit or of these, with the names of the units, the nearest first. Two queries."""
    rows = ReceptionDay.objects.filter(
        state=DayState.POSTED, ground=Ground.PERIODIC, held_on__gte=on, held_on__lte=on + ahead
    )
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=unit_ids)
    found = list(rows.order_by("held_on", "pk")[:MOST_UNITS])
    names = told_names({one.unit_id for one in found}, on=on)
    return [(names.get(one.unit_id, ""), public_day(one)) for one in found]


def public_day(day: ReceptionDay) -> PublicDay:
    """What may stand on the wall of one day."""
    hours = " đến ".join(f"{one:%H:%M}" for one in (day.starts_at, day.ends_at) if one)
    head = f"{day.head_title} {day.head_name}".strip()
    return PublicDay(day.held_on, hours, day.place, head, day.online, day.first_on)


def days_to_post(user: "User", *, on: date, until: date) -> QuerySet[ReceptionDay]:
    """Planned days that come soon and are not posted yet."""
    own = allowed_days(user, RECEIVED_ACTION).filter(state=DayState.PLANNED, ground=Ground.PERIODIC)
    return own.filter(held_on__gte=on, held_on__lte=until).order_by("held_on", "pk")


def days_coming(user: "User", *, on: date, until: date) -> QuerySet[ReceptionDay]:
    """Posted days that come soon: the head's own duty."""
    own = allowed_days(user, RECEIVED_ACTION).coming().exclude(
        state=DayState.PLANNED, ground=Ground.PERIODIC
    )  # fmt: skip
    return own.filter(held_on__gte=on, held_on__lte=until).order_by("held_on", "pk")


def days_unsaid(user: "User", *, on: date) -> QuerySet[ReceptionDay]:
    """Days that went by and nobody wrote down what became of them."""
    own = allowed_days(user, RECEIVED_ACTION).coming()
    return own.filter(held_on__lt=on).order_by("held_on", "pk")


def days_to_conclude(user: "User") -> QuerySet[ReceptionDay]:
    """Days on which the head concluded something that no notice tells yet."""
    own = allowed_days(user, HANDLED_ACTION).filter(state=DayState.HELD)
    return own.exclude(conclusion="").order_by("held_on", "pk")


def answers_promised(user: "User") -> QuerySet[VisitMatter]:
    """Matters whose answer was promised for a day and not given yet."""
    own = VisitMatter.objects.allowed(user, RECEIVED_ACTION)
    rows = own.filter(way=MatterWay.LATER, answered_on=None).select_related("visit")
    return rows.order_by("answer_on", "pk")


def refusals_to_tell(user: "User") -> QuerySet[ReceptionVisit]:
    """Refusals whose written notice did not go out yet."""
    own = allowed_visits(user, RECEIVED_ACTION)
    rows = own.filter(refusal_due_on__isnull=False, refusal_notice_on=None)
    return rows.order_by("refusal_due_on", "pk")


def readable_days(user: "User", pks: list[int]) -> set[int]:
    """Those of the days that `user` may open. One query."""
    seen = allowed_days(user, SEEN_ACTION).filter(pk__in=pks)
    return set(seen.values_list("pk", flat=True))
