"""Posts with fewer holders than seats, and villages that nobody is in charge of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from danvan.organisations.enums import FILLING, Follows, Level
from danvan.organisations.models import Assignment, Post, UnitVersion
from danvan.organisations.selectors.days import in_force
from danvan.organisations.selectors.officers.holding import posts_on
from danvan.organisations.selectors.reaching import units_under


@dataclass(frozen=True, slots=True)
class Staffing:
    """Seats under a place, those filled, and how many posts are vacant somewhere."""

    seats: int
    filled: int

    @property
    def vacant(self) -> int:
        """Seats that nobody fills."""
        return self.seats - self.filled


def _counted(unit_id: int, on: date) -> QuerySet[Any]:
    holding = Q(appointments__valid_from__lte=on) & (
        Q(appointments__valid_to=None) | Q(appointments__valid_to__gt=on)
    )
    fills = Q(appointments__manner__in=FILLING)
    under = units_under([unit_id], on=on, follows=Follows.PLACE)
    return Post.objects.filter(posts_on(on), unit_id__in=under).annotate(
        filled=Count("appointments", filter=holding & fills),
        standing_in=Count("appointments", filter=holding & ~fills),
    )


def vacancies(unit_id: int, on: date) -> QuerySet[Any]:
    """The posts at or under a place on a day that fewer fill than they have seats for, with `filled`, `vacant` and
    `standing_in` (who acts or is in charge). Lazy."""
    found: QuerySet[Any] = _counted(unit_id, on).annotate(vacant=F("seats") - F("filled"))
    return found.filter(vacant__gt=0)


def staffing(unit_id: int, on: date) -> Staffing:
    """How many seats there are at or under a place on a day, and how many are filled. One query."""
    sums = _counted(unit_id, on).aggregate(seats=Sum("seats"), held=Sum("filled"))
    return Staffing(sums["seats"] or 0, sums["held"] or 0)


def villages_without_charge(unit_id: int, on: date) -> QuerySet[UnitVersion]:
    """Villages under a place on a day that nobody is in charge of. Lazy."""
    under = units_under([unit_id], on=on, follows=Follows.PLACE)
    charged = Assignment.objects.filter(in_force(on), place__isnull=False)
    lives = charged.filter(Q(unit__ended_on=None) | Q(unit__ended_on__gt=on))
    return UnitVersion.objects.filter(
        in_force(on), kind="", level=Level.VILLAGE, unit_id__in=under
    ).exclude(unit_id__in=lives.values("place_id"))
