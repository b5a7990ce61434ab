"""How the values of units flow along lineage from the days on which they were given to the day of a reading.

Before the reading's day a value goes forward: whoever a unit passed to takes its weight. After it a value goes
back: whoever a unit came from takes its `back_weight`. A unit that came or went without lineage counts with the
place it stood in when it was founded, or last. A unit that goes on in an event has a row to itself there.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from danvan.organisations.apportion import MILLION
from danvan.organisations.closure import FOREVER
from danvan.organisations.enums import Sort
from danvan.organisations.models import Lineage, UnitVersion

MANY = 4_000  # so many units are not named in a query: every row of the days is read

Shares = dict[int, Fraction]
WHOLE = Fraction(1)


@lru_cache(maxsize=4096)
def share_of(parts: int) -> Fraction:
    """A weight in parts per million as an exact share."""
    return Fraction(parts, MILLION)


def day_words(name: str) -> Cast:
    """A day as the database writes it: of thousands of rows few days differ, and `day_said` reads each once."""
    return Cast(name, CharField())


@lru_cache(maxsize=4096)
def day_said(words: str | None) -> date:
    """The day that `day_words` gave; none is the last there is."""
    return FOREVER if words is None else date.fromisoformat(words)


@dataclass(slots=True)
class Flow:
    """What flows between a reading's day (`near`) and the farthest day asked for (`far`), on one side of it.

    `links` gives for each event day and each unit whose values move on that day where they move, with the
    parts. `loose` gives for each day the units that came or went without lineage, with the place that stands
    for them. `edges` is when each unit was founded; where values flow back, when each ended.
    """

    near: date
    far: date
    edges: dict[int, date] = field(default_factory=dict)
    links: dict[date, dict[int, dict[int, int]]] = field(default_factory=dict)
    loose: dict[date, dict[int, int]] = field(default_factory=dict)

    @property
    def back(self) -> bool:
        """Whether the days asked for lie after the reading's day, so that values flow back in time."""
        return self.far > self.near

    def days(self) -> list[date]:
        """The days on which anything flows, those nearest to the reading's day first."""
        return sorted(self.links.keys() | self.loose.keys(), reverse=not self.back)

    def rows(self) -> QuerySet[Lineage]:
        """The lineage between the two days; read backwards only what has a share to read so."""
        if self.back:
            return Lineage.objects.filter(
                happened_on__gt=self.near, happened_on__lte=self.far, back_weight__gt=0
            )
        return Lineage.objects.filter(happened_on__gt=self.far, happened_on__lte=self.near)

    def farthest_event(self) -> date | None:
        """The event day between the two that is farthest from the reading's day; None without any."""
        found: date | None = self.rows().aggregate(
            day=Max("happened_on") if self.back else Min("happened_on")
        )["day"]
        return found

    def nearer(self, day: date, other: date) -> bool:
        """Whether a day is nearer to the reading's day than another."""
        return day < other if self.back else day > other

    def read_links(self, wanted: Q) -> dict[int, tuple[date, bool]]:
        """Read lineage between the two days; gives the units it flows from: {unit: (event day, whether a place)}."""
        whence, to, parts = (
            ("successor", "predecessor_id", "back_weight")
            if self.back
            else ("predecessor", "successor_id", "weight")
        )
        edge = f"{whence}__ended_on" if self.back else f"{whence}__founded_on"
        rows = self.rows().filter(wanted)
        found: dict[int, tuple[date, bool]] = {}
        for unit, taker, part, day, words, sort in rows.values_list(
            f"{whence}_id", to, parts, day_words("happened_on"), day_words(edge), f"{whence}__sort"
        ):
            at = day_said(day)
            self.edges[unit] = day_said(words)
            self.links.setdefault(at, {}).setdefault(unit, {})[taker] = part
            if unit not in found or self.nearer(at, found[unit][0]):
                found[unit] = (at, sort == Sort.PLACE)
        return found

    def read_loose(self, wanted: Q) -> dict[int, tuple[date, bool]]:
        """Read the units that came or went between the two days without lineage; gives them as `read_links` does."""
        found = {}
        for row in self._loose_versions().filter(wanted).values_list(
            "unit_id", "kind", "place_id", "parent_id", "valid_from", "valid_to",
            "unit__founded_on", "unit__ended_on",
        ):  # fmt: skip
            unit, kind, place, parent, start, end, founded, ended = row
            above = place if kind else parent
            at = start if self.back else end
            if above is not None and at is not None:
                self.edges[unit] = (ended or FOREVER) if self.back else founded
                self.loose.setdefault(at, {})[unit] = above
                found[unit] = (at, not kind)
        return found

    def _loose_versions(self) -> QuerySet[UnitVersion]:
        """The first versions of units founded, or the last of units ended, between the days without lineage."""
        if self.back:
            told = Lineage.objects.filter(
                successor_id=OuterRef("unit_id"),
                back_weight__gt=0,
                happened_on__lte=OuterRef("valid_from"),
            )
            between = Q(valid_from__gt=self.near, valid_from__lte=self.far)
            edge = Q(valid_from=F("unit__founded_on"))
        else:
            told = Lineage.objects.filter(
                predecessor_id=OuterRef("unit_id"), happened_on__gte=OuterRef("valid_to")
            )
            between = Q(valid_to__gt=self.far, valid_to__lte=self.near)
            edge = Q(valid_to=F("unit__ended_on"))
        return UnitVersion.objects.filter(between, edge).exclude(Exists(told))

    def stand_in(self, day: date, unit: int) -> int:
        """The unit that counts for this one on a day: itself, or a place above that did not come or go too."""
        loose = self.loose.get(day, {})
        while unit in loose:
            unit = loose[unit]
        return unit


def read_inflow(near: date, far: date, edges: dict[int, date], units: QuerySet[Any, Any]) -> Flow:
    """Everything that flows into these units (with their edges) from the days between.

    `units` asks for them again. Two queries a generation of lineage, and one.
    """
    flow = Flow(near, far, dict(edges))
    if near == far or not edges:
        return flow
    last = flow.farthest_event()
    side = "predecessor_id__in" if flow.back else "successor_id__in"
    known = set(edges)
    if len(known) > MANY:
        flow.read_links(Q())
        flow.read_loose(Q())
        return flow
    links, places = Q(**{side: units}), Q(place_id__in=units) | Q(parent_id__in=units)
    while links or places:
        found = flow.read_links(links) if links and last else {}
        for unit, met in (flow.read_loose(places) if places else {}).items():
            if unit not in found or flow.nearer(met[0], found[unit][0]):
                found[unit] = met
        fresh = {unit: met for unit, met in found.items() if unit not in known}
        known |= fresh.keys()
        # What flowed through an event flows on through events beyond it only.
        onward = [unit for unit, (day, _) in fresh.items() if last and flow.nearer(day, last)]
        links = Q(**{side: onward}) if onward else Q()
        grounds = [unit for unit, (_, is_place) in fresh.items() if is_place]
        places = Q(place_id__in=grounds) | Q(parent_id__in=grounds) if grounds else Q()
    return flow


def read_outflow(near: date, far: date, units: Collection[int]) -> Flow:
    """Everything that these units flow through towards the reading's day. Two queries a generation."""
    flow = Flow(near, far)
    side = "successor_id__in" if flow.back else "predecessor_id__in"
    known, frontier, named = set(units), set(units), True
    while frontier and named:
        named = len(frontier) <= MANY
        flow.read_links(Q(**{side: frontier}) if named else Q())
        flow.read_loose(Q(unit_id__in=frontier) if named else Q())
        takers = {one for at in flow.links.values() for to in at.values() for one in to}
        takers |= {one for at in flow.loose.values() for one in at.values()}
        frontier = takers - known
        known |= frontier
    return flow


def inflow(
    held: dict[int, Shares], flow: Flow, days: Iterable[date]
) -> dict[date, dict[int, Shares]]:
    """What each unit's values of each day count for, given what those of the reading's day count for.

    {day: {unit: {for whom: share}}}, with the units that stood on the day. Days between which nothing
    happened have one and the same mapping.
    """
    now = dict(held)
    events = flow.days()
    edges = sorted(set(flow.edges.values()))
    found: dict[date, dict[int, Shares]] = {}
    same: tuple[int, int] | None = None
    standing: dict[int, Shares] = {}
    applied = 0
    for day in sorted(days, reverse=not flow.back):
        while applied < len(events) and (
            events[applied] <= day if flow.back else events[applied] > day
        ):
            _apply(now, flow, events[applied])
            applied += 1
        stretch = (applied, bisect_right(edges, day))
        if stretch != same:
            same = stretch
            standing = {
                unit: shares
                for unit, shares in now.items()
                if (day < flow.edges[unit] if flow.back else flow.edges[unit] <= day)
            }
        found[day] = standing
    return found


def _apply(now: dict[int, Shares], flow: Flow, day: date) -> None:
    """Turn what units count for on the near side of an event into what they count for on its far side."""
    now |= {unit: _mixed(now, takers) for unit, takers in flow.links.get(day, {}).items()}
    for unit in flow.loose.get(day, {}):
        now[unit] = now.get(flow.stand_in(day, unit), {})


def _mixed(now: dict[int, Shares], takers: dict[int, int]) -> Shares:
    """What a unit counts for whose value is divided among these by parts per million."""
    if len(takers) == 1:
        [(only, parts)] = takers.items()
        if parts == MILLION:
            return now.get(only, {})
    mixed: Shares = {}
    for taker, parts in takers.items():
        for whom, share in now.get(taker, {}).items():
            part = share_of(parts) if share == 1 else share * share_of(parts)
            mixed[whom] = mixed[whom] + part if whom in mixed else part
    return mixed


def outflow(units: Iterable[int], flow: Flow, day: date) -> dict[int, Shares]:
    """Where the values that these units gave on a day count on the reading's day: {unit: {unit then: share}}."""
    events: dict[int, list[date]] = defaultdict(list)
    for at, links in flow.links.items():
        for unit in links:
            events[unit].append(at)
    loose = {unit: at for at, links in flow.loose.items() for unit in links}
    known: dict[tuple[int, date], Shares] = {}

    def from_(unit: int, since: date) -> Shares:
        key = (unit, since)
        if key not in known:
            known[key] = _from(unit, since)
        return known[key]

    def _from(unit: int, since: date) -> Shares:
        if flow.back:
            ahead = [at for at in events[unit] if at <= since]
            at = max(ahead, default=None)
        else:
            ahead = [at for at in events[unit] if at > since]
            at = min(ahead, default=None)
        if at is not None:
            then = at - timedelta(days=1) if flow.back else at
            mixed: Shares = {}
            for taker, parts in flow.links[at][unit].items():
                for whom, share in from_(taker, then).items():
                    mixed[whom] = mixed.get(whom, Fraction(0)) + share * share_of(parts)
            return mixed
        gone = loose.get(unit)
        if gone is not None and (gone <= since if flow.back else gone > since):
            then = gone if flow.back else gone - timedelta(days=1)
            return from_(flow.loose[gone][unit], then)
        return {unit: WHOLE}

    return {unit: dict(from_(unit, day)) for unit in units}
