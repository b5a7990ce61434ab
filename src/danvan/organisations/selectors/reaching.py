"""Which units are at or below others: always one lazy subquery over the closure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import FullResultSet
from django.db.models import F, Q, QuerySet
from django.db.models.sql import Query

from danvan.organisations.edges import HEIR
from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Reach, Unit, UnitCode, UnitVersion
from danvan.organisations.selectors.days import in_force


def units_under(
    tops: QuerySet[Any, Any] | Iterable[int],
    *,
    on: date,
    follows: str | None = None,
    heirs: bool = False,
) -> QuerySet[Any, Any]:
    """Ids of the units at or below `tops` on one day. Lazy: becomes part of the caller's query.

    `follows` keeps to places or to lines; without it a unit reached either way counts. `heirs` adds the
    ended units whose matters passed to any of those, directly or through others.
    """
    ways: list[str] = [follows] if follows else list(Follows.values)
    if heirs:
        ways += [HEIR[way] for way in ways]
    # A list of one is asked as one: the index answers in order.
    way = Q(follows=ways[0]) if len(ways) == 1 else Q(follows__in=ways)
    return Reach.objects.filter(in_force(on), way, top_id__in=tops).values("unit_id")


def reached_by(unit: str, tops: Iterable[int], *, on: date) -> Q:
    """Rows whose `unit` (the path to it) is at or below any of `tops` by place on one day; `{unit}__reached_by__top_id` says
    which: a row under two of them counts at each, so that one query sums at every place.
    """
    way = f"{unit}__reached_by__"
    return in_force(on, way) & Q(**{f"{way}follows": Follows.PLACE, f"{way}top_id__in": list(tops)})


def tops_of(unit_ids: Iterable[int], *, on: date) -> QuerySet[Any, Any]:
    """Every unit at or above these on one day: (unit_id, top_id, follows, the place the unit stands in). Lazy."""
    reached = Reach.objects.filter(
        in_force(on),
        in_force(on, "unit__versions__"),
        unit_id__in=list(unit_ids),
        follows__in=Follows.values,
    )
    return reached.values_list("unit_id", "top_id", "follows", "unit__versions__place_id")


def memberships(units: QuerySet[Any, Any], *, on: date) -> QuerySet[Any, Any]:
    """Which populations the organisations among `units` belong to on one day: (top_id, unit_id, kind, level).

    One row for each place at or above each of them. Lazy: becomes part of the caller's query.
    """
    version = Q(unit__versions__valid_from__lte=on) & (
        Q(unit__versions__valid_to=None) | Q(unit__versions__valid_to__gt=on)
    )
    return Reach.objects.filter(
        in_force(on), version, follows=Follows.PLACE, unit_id__in=units
    ).annotate(kind=F("unit__versions__kind"), level=F("unit__versions__level"))


def places_above(
    units: QuerySet[Any, Any] | Iterable[int], levels: Iterable[str], *, on: date
) -> QuerySet[Any, Any]:
    """The places of these levels that hold any of `units` on one day, themselves too: rows (top_id, unit_id). Lazy."""
    levelled = Q(top__versions__kind="", top__versions__level__in=list(levels))
    return Reach.objects.filter(
        in_force(on),
        in_force(on, "top__versions__") & levelled,
        follows=Follows.PLACE,
        unit_id__in=units,
    ).values_list("top_id", "unit_id")


def places_above_since(
    unit_ids: Iterable[int], levels: Iterable[str], *, since: date
) -> QuerySet[Any, Any]:
    """Ids of the places, at any time of these levels, that hold any of the units on a day or later. Lazy."""
    later = Q(valid_to=None) | Q(valid_to__gt=since)
    levelled = Q(top__versions__kind="", top__versions__level__in=list(levels))
    found = Reach.objects.filter(later, levelled, follows=Follows.PLACE, unit_id__in=list(unit_ids))
    return found.order_by().values_list("top_id", flat=True).distinct()


def places_at(levels: Iterable[str], *, on: date) -> QuerySet[Any, Any]:
    """Ids of the places of these levels on one day, in order. Lazy."""
    found = UnitVersion.objects.filter(in_force(on), kind="", level__in=list(levels))
    return found.order_by("unit_id").values_list("unit_id", flat=True)


def spans_under(
    tops: Iterable[int], *, since: date, until: date, heirs: bool = False
) -> QuerySet[Any, Any]:
    """Since when and until when units stood at or below `tops` by place, where that touches the days
    from `since` up to but not including `until`: rows (top_id, unit_id, valid_from, valid_to). Lazy.

    `heirs` adds since when ended units had passed to a unit there.
    """
    ways = [Follows.PLACE, HEIR[Follows.PLACE]] if heirs else [Follows.PLACE]
    touching = Q(valid_from__lt=until) & (Q(valid_to=None) | Q(valid_to__gt=since))
    return Reach.objects.filter(touching, follows__in=ways, top_id__in=tops).values_list(
        "top_id", "unit_id", "valid_from", "valid_to"
    )


def population(kind: str, levels: Iterable[str], under_id: int, *, on: date) -> QuerySet[Any, Any]:
    """Ids of the units of one kind and of these levels at or below `under_id` by place on one day.

    An empty `kind` means the places themselves. Where `under_id` is an organisation, the place it
    stands in bounds the population. Lazy: becomes part of the caller's query.
    """
    standing = UnitVersion.objects.filter(in_force(on), unit_id=under_id).exclude(place=None)
    tops = Q(top_id=under_id) | Q(top_id__in=standing.values("place_id"))
    reached = Reach.objects.filter(in_force(on), tops, follows=Follows.PLACE)
    return (
        UnitVersion.objects.filter(
            in_force(on), kind=kind, level__in=list(levels), unit_id__in=reached.values("unit_id")
        )
        .order_by("unit_id")
        .values_list("unit_id", flat=True)
    )


class EveryUnit(Query):
    """All units. As a condition of another query it is no condition at all: nothing is looked up.

    Narrowed by a filter, a slice or a union it is an ordinary query again.
    """

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Called where the query stands inside another one."""
        if self.where or self.is_sliced or self.combinator:
            return super().as_sql(compiler, connection)
        raise FullResultSet


def every_unit() -> QuerySet[Any, Any]:
    """Ids of all units, ended ones too: what someone reaches who holds a right at a root. Lazy."""
    every: QuerySet[Any, Any] = QuerySet(model=Unit, query=EveryUnit(Unit))
    found: QuerySet[Any, Any] = every.annotate(unit_id=F("pk")).values("unit_id")
    return found


def roots(*, on: date) -> QuerySet[Any, Any]:
    """Ids of the places that hold everything here on one day: the country, and the top unit of the settings. Lazy."""
    top = Q(level=Level.COUNTRY, kind="")
    if settings.DANVAN_TOP_UNIT:
        coded = UnitCode.objects.filter(in_force(on), system="gso", code=settings.DANVAN_TOP_UNIT)
        top |= Q(unit_id__in=coded.values("unit_id"))
    return UnitVersion.objects.filter(in_force(on), top).values("unit_id")
