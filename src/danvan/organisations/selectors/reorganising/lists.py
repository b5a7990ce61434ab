"""Lists of reorganisations and of what they handed over, narrowed to the units within reach."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from danvan.organisations.enums import EventState, HandOverState
from danvan.organisations.models import (
    Change,
    HandOver,
    JournalRow,
    Lineage,
    NewUnit,
    Passing,
    Reorganisation,
    UnitVersion,
)
from danvan.organisations.selectors.finding import folded_words

# Drafts first: they ask for something.
ORDER = (EventState.DRAFT, EventState.APPLIED, EventState.UNDONE, EventState.DROPPED)
BY_RANK = ("rank", "-effective_on", "-pk")


@dataclass(frozen=True, slots=True)
class Sides:
    """The names of a reorganisation's units: those it takes from or changes, and those it leads to."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def reorganisations(
    within: QuerySet[Any, Any], *, words: str = "", kind: str = "", state: str = ""
) -> QuerySet[Reorganisation]:
    """Those whose place lies within reach, narrowed, with their `rank` to order them by.

    `words` are looked for in the names of their units, in number, title and decision.
    """
    rank = Case(
        *(When(state=one, then=Value(place)) for place, one in enumerate(ORDER)),
        default=Value(len(ORDER)),
        output_field=IntegerField(),
    )
    found = Reorganisation.objects.filter(scope_id__in=within).annotate(rank=rank)
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    return found.filter(_holding(words)) if words.strip() else found


def _holding(words: str) -> Q:
    """The condition that a reorganisation names a unit so, or says so in its own words."""
    said, folded = " ".join(words.split()), folded_words(words)
    units = UnitVersion.objects.filter(folded__contains=folded).values("unit_id")
    of = {"reorganisation_id": OuterRef("pk")}
    passing = Passing.objects.filter(Q(predecessor_id__in=units) | Q(successor_id__in=units), **of)
    change = Change.objects.filter(unit_id__in=units, **of)
    founded = NewUnit.objects.filter(Q(unit_id__in=units) | Q(name__icontains=said), **of)
    named = Q(Exists(passing)) | Q(Exists(change)) | Q(Exists(founded))
    own = Q(number__icontains=said) | Q(title__icontains=said) | Q(decision__icontains=said)
    return named | own


def sides_of(found: Iterable[Reorganisation]) -> dict[int, Sides]:
    """The names on both sides of each. Four queries for any number."""
    rows = list(found)
    ids = [one.pk for one in rows]
    passings = list(Passing.objects.filter(reorganisation_id__in=ids))
    changes = list(Change.objects.filter(reorganisation_id__in=ids))
    founded = list(NewUnit.objects.filter(reorganisation_id__in=ids))
    units = {one.predecessor_id for one in passings} | {one.unit_id for one in changes}
    units |= {one.successor_id for one in passings if one.successor_id}
    called = _Names(units, {one.pk: one.effective_on for one in rows})
    sides: dict[int, Sides] = {pk: Sides() for pk in ids}
    for one in passings:
        _add(sides[one.reorganisation_id].before, called.before(one, one.predecessor_id))
        if one.successor_id:
            _add(sides[one.reorganisation_id].after, called.before(one, one.successor_id))
    for new in founded:
        _add(sides[new.reorganisation_id].after, new.name)
    passed = {one.reorganisation_id for one in passings}
    for change in changes:
        # Of one that passes nothing, what changes is what it is about.
        if change.reorganisation_id not in passed:
            _add(sides[change.reorganisation_id].before, called.before(change, change.unit_id))
            _add(sides[change.reorganisation_id].after, change.name)
    return sides


class _Names:
    """What units were called just before each of several reorganisations. One query."""

    def __init__(self, units: Iterable[int], days: Mapping[int, date]) -> None:
        self.days = days
        self.spans: dict[int, list[tuple[date, str]]] = defaultdict(list)
        found = UnitVersion.objects.filter(unit_id__in=set(units)).order_by("valid_from")
        for unit, name, since in found.values_list("unit_id", "name", "valid_from"):
            self.spans[unit].append((since, name))

    def before(self, row: Passing | Change, unit: int) -> str:
        """The last name before the day of the row's reorganisation, else the first there is."""
        on, spans = self.days[row.reorganisation_id], self.spans[unit]
        earlier = [name for since, name in spans if since < on]
        return [*(name for _, name in spans[:1]), *earlier][-1] if spans else ""


def _add(names: list[str], name: str) -> None:
    if name and name not in names:
        names.append(name)


def hand_overs_of(reorganisation: Reorganisation) -> QuerySet[HandOver]:
    """What a reorganisation handed over, those that wait first."""
    return _waiting_first(HandOver.objects.filter(reorganisation=reorganisation))


def hand_overs_within(
    within: QuerySet[Any, Any], *, state: str = HandOverState.WAITING
) -> QuerySet[HandOver]:
    """What was handed over to units within reach, as it stands; every state where none is named."""
    found = HandOver.objects.filter(taker_id__in=within).exclude(state=HandOverState.TAKEN_BACK)
    if state:
        found = found.filter(state=state)
    return _waiting_first(found.select_related("reorganisation"))


def _waiting_first(found: QuerySet[HandOver]) -> QuerySet[HandOver]:
    late = Case(
        When(state=HandOverState.WAITING, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return found.annotate(rank=late).order_by("rank", "holder", "pk")


def hand_over_counts(found: QuerySet[HandOver]) -> dict[tuple[str, int | None, str], int]:
    """How many of these there are by holder, taker and state. One query."""
    rows = found.order_by().values_list("holder", "taker_id", "state")
    counted = rows.annotate(number=Count("pk"))
    return {(holder, taker, state): number for holder, taker, state, number in counted}


@dataclass(frozen=True, slots=True)
class Written:
    """The units whose own rows an application wrote: those that ended, those that began, those that changed."""

    ended: list[int] = field(default_factory=list)
    founded: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)


def written_by(reorganisation: Reorganisation) -> Written:
    """What the journal of a reorganisation says of units. One query."""
    rows = JournalRow.objects.filter(
        reorganisation=reorganisation, table__in=("organisations.unit", "organisations.unitversion")
    ).order_by("position")
    written, changed = Written(), dict[int, None]()
    for table, row_id, before, after in rows.values_list("table", "row_id", "before", "after"):
        if table == "organisations.unit":
            (written.ended if before else written.founded).append(row_id)
        else:
            changed[(after or before or {})["unit_id"]] = None
    known = {*written.ended, *written.founded}
    written.changed.extend(unit for unit in changed if unit not in known)
    return written


def other_takers(rows: Iterable[HandOver]) -> dict[int, list[int]]:
    """By hand-over, the living units besides its taker that took over from the same giver. One query.

    The rows come with their reorganisations.
    """
    found = list(rows)
    links = Lineage.objects.filter(
        predecessor_id__in={row.giver_id for row in found}, successor__ended_on=None
    )
    takers: dict[tuple[int, date], list[int]] = {}
    for giver, taker, day in links.order_by("pk").values_list(
        "predecessor_id", "successor_id", "happened_on"
    ):
        takers.setdefault((giver, day), []).append(taker)
    return {
        row.pk: [
            one
            for one in takers.get((row.giver_id, row.reorganisation.effective_on), [])
            if one not in (row.taker_id, row.giver_id)
        ]
        for row in found
    }
