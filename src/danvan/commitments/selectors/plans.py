"""Who issued a plan of a year, and who has not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from danvan.accounts.selectors import grants_today, units_granted
from danvan.commitments.models import YearlyPlan
from danvan.commitments.programme_enums import PLANNING
from danvan.organisations.enums import Level
from danvan.organisations.selectors import last_names, place_of, population
from danvan.organisations.selectors.spans import ids_among
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from datetime import date

    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One organisation in one year with the plans it issued, the latest first."""

    unit_id: int
    name: str
    plans: tuple[YearlyPlan, ...]


def allowed_plans(user: "User", action: str) -> QuerySet[YearlyPlan]:
    """Where every view of a plan starts."""
    return YearlyPlan.objects.allowed(user, action)


def plans_of_year(user: "User", year: int, *, on: "date") -> list[PlanLine]:
    """Every organisation within reach that plans its year, those that did not issue first; by name.

    A fixed number of queries for each of the reader's grants.
    """
    granted = units_granted(user, "commitments.view")
    units: set[int] = set()
    for place_id in {place_of(one.unit_id, on) for one in grants_today(user)} - {None}:
        for kind in PLANNING:
            found = population(kind, (Level.PROVINCE, Level.COMMUNE), place_id or 0, on=on)
            units |= set(ids_among(found, granted))
    plans: dict[int, list[YearlyPlan]] = {}
    for one in YearlyPlan.objects.filter(year=year, unit_id__in=granted):
        plans.setdefault(one.unit_id, []).append(one)
    names = last_names(units | set(plans), on)
    lines = [PlanLine(pk, names.get(pk, ""), tuple(plans.get(pk, ()))) for pk in units | set(plans)]
    return sorted(lines, key=lambda one: (bool(one.plans), sort_key(one.name), one.unit_id))
