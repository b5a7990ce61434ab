"""What passed between units in an event, for readers who say by what shares a figure was brought over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from danvan.organisations.enums import ROUGH, EventState, Follows, Level, Measure, Sort
from danvan.organisations.models import Lineage, Reach, Reorganisation, UnitVersion

UNNAMED = "sắp xếp đơn vị hành chính"


@dataclass(frozen=True, slots=True)
class Passed:
    """One link of lineage. `measure` is by what the share was worked out in the direction asked for."""

    predecessor_id: int
    successor_id: int
    measure: str
    estimated: bool
    happened_on: date
    decision: str

    @property
    def words(self) -> str:
        """By what the share was worked out, in words."""
        return f"theo {Measure(self.measure).label}" if self.measure != Measure.WHOLE else ""

    @property
    def rough(self) -> bool:
        """Whether the share is a rough estimate."""
        return self.estimated or Measure(self.measure) in ROUGH


def passed_from(unit_ids: Collection[int], *, since: date, until: date) -> list[Passed]:
    """What these units passed on after `since` and not after `until`, the earliest first. One query."""
    rows = Lineage.objects.filter(predecessor_id__in=unit_ids)
    return _between(rows.filter(happened_on__gt=since, happened_on__lte=until), "measure")


def passed_to(unit_ids: Collection[int], *, since: date, until: date) -> list[Passed]:
    """What came to these units after `since` and not after `until`, as read backwards, the earliest first. One query."""
    rows = Lineage.objects.filter(Q(back_weight__gt=0), successor_id__in=unit_ids)
    return _between(rows.filter(happened_on__gt=since, happened_on__lte=until), "back_measure")


def _between(rows: QuerySet[Lineage], measure: str) -> list[Passed]:
    fields = ("predecessor_id", "successor_id", measure, "estimated", "happened_on", "decision")
    found = rows.order_by("happened_on", "pk").values_list(*fields)
    return [
        Passed(before, after, said or Measure.WHOLE, estimated, day, decision)
        for before, after, said, estimated, day, decision in found
    ]


def last_passing(*, on: date) -> date | None:
    """The last day up to `on` on which anything passed between units; None where nothing ever did. One query."""
    last: date | None = Lineage.objects.filter(happened_on__lte=on).aggregate(
        last=Max("happened_on")
    )["last"]
    return last


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which the places behind the figures of a place changed, and by what they did."""

    on: date
    name: str


def breaks_under(place_id: int, *, since: date, until: date) -> list[Break]:
    """The days after `since` and up to `until` on which places came, went or moved at or under a place.

    In order. Five queries at most, whatever happened.
    """
    days = set(
        Lineage.objects.filter(happened_on__gt=since, happened_on__lte=until)
        .order_by()
        .values_list("happened_on", flat=True)
        .distinct()
    )
    applied = Reorganisation.objects.filter(
        state=EventState.APPLIED, effective_on__gt=since, effective_on__lte=until
    )
    titles = list(
        applied.order_by("effective_on", "applied_order").values_list(
            "effective_on", "title", "scope_id"
        )
    )
    days |= {day for day, _, _ in titles}
    if not days:
        return []
    touched = _touched(place_id, days)
    near = _near(place_id, {scope for day, _, scope in titles if day in touched})
    named: dict[date, list[str]] = {}
    for day, title, scope in titles:
        if scope in near:
            named.setdefault(day, []).append(title)
    return [Break(day, "; ".join(named.get(day, [UNNAMED]))) for day in sorted(touched)]


def _touched(place_id: int, days: Collection[date]) -> set[date]:
    """Those of the days on which a place at or under this one came or went; under the country all of them are."""
    if UnitVersion.objects.filter(unit_id=place_id, level=Level.COUNTRY, kind="").exists():
        return set(days)
    under = Reach.objects.filter(top_id=place_id, follows=Follows.PLACE, unit__sort=Sort.PLACE)
    edges = under.filter(Q(valid_from__in=days) | Q(valid_to__in=days))
    rows = edges.order_by().values_list("valid_from", "valid_to").distinct()
    return {edge for row in rows for edge in row if edge in days}


def _near(place_id: int, scopes: Collection[int]) -> set[int]:
    """Those of the places for which something was done that hold this one or lie under it, then or ever."""
    if not scopes:
        return set()
    reached = Reach.objects.filter(
        Q(top_id=place_id, unit_id__in=scopes) | Q(top_id__in=scopes, unit_id=place_id),
        follows=Follows.PLACE,
    )
    return {one for row in reached.values_list("top_id", "unit_id") for one in row} & set(scopes)
