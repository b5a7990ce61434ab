"""Which targets there are: for a reader, of a place, on a day, from a source."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from danvan.foundation.periods import Period
from danvan.indicators.models import IndicatorVersion, Target, TargetQuerySet
from danvan.indicators.selectors.definitions import Definitions
from danvan.organisations.selectors import in_force

if TYPE_CHECKING:
    from danvan.accounts.models import User


def allowed_targets(user: "User", action: str) -> TargetQuerySet:
    """Where every view starts: fetching from here is the permission check."""
    return Target.objects.allowed(user, action).select_related("unit").prefetch_related("rules")


def targets_for_units(units: QuerySet[Any, Any], *, on: date) -> TargetQuerySet:
    """Targets that ask something of any of `units` (a queryset of ids) on one day."""
    return Target.objects.asking(units, on=on)


def targets_on(unit_id: int, day: date) -> TargetQuerySet:
    """The targets set for a place that are in force on a day, with their rules."""
    return Target.objects.filter(in_force(day), unit_id=unit_id).prefetch_related("rules")


def targets_in(targets: TargetQuerySet, period: Period) -> TargetQuerySet:
    """Those of `targets` that are in force on some day of the period."""
    return targets.begun_before(period.end).not_ended_by(period.first)


def targets_of(unit_id: int, period: Period) -> TargetQuerySet:
    """Targets set for a place that are in force on some day of the period, with their rules."""
    set_there = Target.objects.filter(unit_id=unit_id).prefetch_related("rules")
    return targets_in(set_there, period)


def targets_from(source_kind: str, source_id: int) -> TargetQuerySet:
    """Targets set from one source (e.g. documents.document and its id), with their rules."""
    taken = Target.objects.filter(source_kind=source_kind, source_id=source_id)
    return taken.prefetch_related("rules")


def versions_of(target: Target) -> list[Target]:
    """Every version of a target, itself too, the first one first."""
    every = Target.objects.filter(Q(pk=target.root_id) | Q(first_version_id=target.root_id))
    return list(every.order_by("valid_from", "pk"))


def version_of(target: Target, day: date) -> IndicatorVersion:
    """What the indicator of a target of figures means on a day."""
    assert target.indicator_id is not None
    return Definitions.of([target.indicator_id]).version(target.indicator_id, day)
