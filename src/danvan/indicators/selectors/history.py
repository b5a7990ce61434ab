"""What values were before they were corrected, and how final a month is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.models import CubeCell, Value, ValueQuerySet
from danvan.indicators.selectors.cube import TOPS
from danvan.indicators.selectors.definitions import Definitions
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import units_under
from danvan.organisations.selectors.spans import spans_of


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many values were given in a later vintage, and by how much their sum moved at the last correction."""

    values: int
    moved: Decimal


@dataclass(frozen=True, slots=True)
class Finality:
    """How many values of a month were given, how many of them accepted (or locked), how many locked; and
    whether any is an estimate."""

    given: int
    accepted: int
    locked: int
    estimated: bool


def corrections(behind: ValueQuerySet) -> Corrected:
    """What the last corrections of these current values changed; an unknown amount counts as nought. Two queries."""
    fields = ("indicator_id", "unit_id", "first", "vintage")
    now = {
        (*key[:3], key[3] - 1): amount
        for *key, amount in behind.filter(vintage__gt=1).values_list(*fields, "amount")
    }
    if not now:
        return Corrected(0, Decimal(0))
    indicators, units, months = ({key[place] for key in now} for place in range(3))
    rows = Value.objects.filter(
        current=False, indicator_id__in=indicators, unit_id__in=units, first__in=months
    ).values_list(*fields, "amount")
    before = {tuple(key): amount for *key, amount in rows if tuple(key) in now}
    moved = sum((now[key] or 0) - (before.get(key) or 0) for key in now)
    return Corrected(len(now), Decimal(moved))


def finality(indicator_id: int, unit_id: int, months: Sequence[Period]) -> dict[date, Finality]:
    """How final each month is, by its first day; a month in which nothing was given is left out.

    Provinces and the country are read from the cube, except for the estimates. A constant number of queries.
    """
    book = Definitions.of([indicator_id])
    days = (months[0].last, months[-1].last)
    leaves = {leaf for day in days for leaf in book.leaves([indicator_id], day)}
    firsts = [month.first for month in months]
    under = Q()
    for day in days:
        under |= Q(unit_id__in=units_under([unit_id], on=day, follows=Follows.PLACE))
    given = Value.objects.current().filter(under, indicator_id__in=leaves, first__in=firsts)
    estimates = given.filter(origin=Origin.ESTIMATED).order_by()
    estimated = set(estimates.values_list("first", flat=True).distinct())
    top = any(one.level in TOPS and not one.kind for one in spans_of([unit_id]))
    rows: Any
    if top:
        cells = CubeCell.objects.filter(indicator_id__in=leaves, unit_id=unit_id, first__in=firsts)
        rows = cells.order_by().values_list("first", "level").annotate(Sum("asked"))
    else:
        rows = given.order_by().values_list("first", "level").annotate(Count("pk"))
    counts: dict[date, dict[int, int]] = {}
    for first, level, count in rows:
        counts.setdefault(first, {})[level] = count
    return {
        first: _final(found, at_or_above=top, estimated=first in estimated)
        for first, found in counts.items()
    }


def _final(found: dict[int, int], *, at_or_above: bool, estimated: bool) -> Finality:
    """Cells hold what stands at a level or above it; grouped values what stands at it."""
    sent, accepted, locked = (found.get(level, 0) for level in Approval)
    if at_or_above:
        return Finality(sent, accepted, locked, estimated)
    return Finality(sent + accepted + locked, accepted + locked, locked, estimated)
