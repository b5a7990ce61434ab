"""Reads of the register, always on a day. Nothing here writes."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from danvan.organisations.enums import Follows
from danvan.organisations.models import Reach


def in_force(day: date) -> Q:
    """The row applied on `day`. Periods include their first day and exclude their last."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def units_under(tops: QuerySet[Any, Any], *, on: date) -> QuerySet[Any, Any]:
    """Ids of the units at or below `tops` on one day. Lazy: becomes part of the caller's query."""
    return Reach.objects.filter(in_force(on), top_id__in=tops).values("unit_id")


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
