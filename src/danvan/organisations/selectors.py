"""Reads of the register, always on a day. Nothing here writes."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.organisations.models import Reach


def in_force(day: date) -> Q:
    """The row applied on `day`. Periods include their first day and exclude their last."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def units_under(tops: QuerySet[Any, Any], *, on: date) -> QuerySet[Any, Any]:
    """Ids of the units at or below `tops` on one day. Lazy: becomes part of the caller's query."""
    return Reach.objects.filter(in_force(on), top_id__in=tops).values("unit_id")
