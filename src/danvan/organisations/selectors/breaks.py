"""The days on which the units behind a series of figures changed, for charts and for whoever compares units."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from danvan.organisations.enums import EventKind, EventState, Sort, Way
from danvan.organisations.models import Change, Passing, Reach

UNNAMED = "Sắp xếp đơn vị hành chính"
BEHIND = (Way.PLACE, Way.HEIR_PLACE)


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which units behind a series passed something on or were moved, what that was called, and by what decisions."""

    day: date
    title: str
    decision: str


def breaks(unit_ids: Collection[int], *, since: date, until: date) -> dict[int, list[Break]]:
    """Each unit's breaks after `since` and up to `until`, in order; a unit without any has an empty list.

    A place breaks with whatever is or was under it, and with the units before them, through every
    generation; and where a place was moved under it or away. Seven queries, whatever the number of units.
    """
    decisions: dict[int, dict[date, set[str]]] = {unit: {} for unit in unit_ids}
    for top, day, decision in _events(unit_ids, since, until) | _moves(unit_ids, since, until):
        decisions[top].setdefault(day, set()).add(decision)
    days = {day for held in decisions.values() for day in held}
    titles = _titles(unit_ids, days)
    return {
        unit: [
            Break(
                day,
                "; ".join(titles.get((unit, day), [UNNAMED])),
                "; ".join(sorted(held[day] - {""})),
            )
            for day in sorted(held)
        ]
        for unit, held in decisions.items()
    }


def _events(tops: Collection[int], since: date, until: date) -> set[tuple[int, date, str]]:
    """(top, day, decision) of all lineage of units behind these; two queries.

    A share of a district in a commune does not break the commune's series: it is read there only.
    """
    found: set[tuple[int, date, str]] = set()
    for links in ("unit__predecessor_links", "unit__successor_links"):
        day = F(f"{links}__happened_on")
        between = Q(
            **{
                f"{links}__happened_on__gt": since,
                f"{links}__happened_on__lte": until,
                f"{links}__back_weight__isnull": False,
            }
        )
        if links == "unit__predecessor_links":
            beside = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
        else:
            beside = Q(valid_from__lt=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
        behind = Q(beside, follows=Way.PLACE) | Q(follows=Way.HEIR_PLACE)
        rows: QuerySet[Reach] = Reach.objects.filter(between, behind, top_id__in=tops)
        found |= set(
            rows.values_list("top_id", f"{links}__happened_on", f"{links}__decision").distinct()
        )
    return found


def _moves(tops: Collection[int], since: date, until: date) -> set[tuple[int, date, str]]:
    """(top, day, nothing) of places that came under these, or left, as the units they were and stayed; two queries."""
    found: set[tuple[int, date, str]] = set()
    came = Q(valid_from__gt=F("unit__founded_on"))
    left = Q(unit__ended_on=None) | Q(unit__ended_on__gt=F("valid_to"))
    for edge, moved in (("valid_from", came), ("valid_to", left)):
        between = Q(**{f"{edge}__gt": since, f"{edge}__lte": until})
        rows = Reach.objects.filter(
            between, moved, top_id__in=tops, follows=Way.PLACE, unit__sort=Sort.PLACE
        )
        found |= {(top, day, "") for top, day in rows.values_list("top_id", edge).distinct()}
    return found


def _titles(tops: Collection[int], days: Collection[date]) -> dict[tuple[int, date], list[str]]:
    """What the applied reorganisations of these days that touch units behind these are called; three queries."""
    applied = {
        "reorganisation__state": EventState.APPLIED,
        "reorganisation__effective_on__in": days,
    }
    named = (
        "reorganisation__applied_order",
        "reorganisation__effective_on",
        "reorganisation__title",
    )
    # Better shares for what passed long ago are no reorganisation of that day.
    passings = Passing.objects.filter(**applied).exclude(reorganisation__kind=EventKind.REWEIGH)
    passed = passings.values_list(
        *named, "predecessor_id", "successor_id", "successor_new__unit_id"
    )
    moved = Change.objects.filter(Q(parent__isnull=False) | Q(parent_new__isnull=False), **applied)
    parts: dict[int, set[tuple[int, date, str]]] = {}
    for order, day, title, *units in (*passed, *moved.values_list(*named, "unit_id")):
        for unit in units:
            if unit is not None:
                parts.setdefault(unit, set()).add((order or 0, day, title))
    behind = Reach.objects.filter(top_id__in=tops, unit_id__in=parts, follows__in=BEHIND)
    told: dict[tuple[int, date], set[tuple[int, str]]] = {}
    for top, unit in behind.values_list("top_id", "unit_id").distinct():
        for order, day, title in parts[unit]:
            told.setdefault((top, day), set()).add((order, title))
    return {key: [title for _, title in sorted(called)] for key, called in told.items()}
