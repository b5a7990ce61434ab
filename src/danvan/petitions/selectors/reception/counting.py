"""Lượt, người, vụ of visits: one definition for the page, the register and the periodic tables."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from danvan.law.selectors import current_parameters
from danvan.petitions.enums import GROUP_KEY
from danvan.petitions.models import ReceptionVisit, VisitMatterQuerySet


@dataclass(frozen=True, slots=True)
class Tally:
    """How many visits, people and matters; of those first ones and repeated ones, and groups as the law calls them crowds."""

    visits: int = 0
    people: int = 0
    matters: int = 0
    first: int = 0
    repeated: int = 0
    crowds: int = 0
    crowd_people: int = 0
    refused: int = 0


def tally_of(found: VisitMatterQuerySet) -> Tally:
    """Count the visits that these rows are of, crowds by the law in force on the day of each. A fixed number of queries."""
    matters = found.order_by().count()
    visits = ReceptionVisit.objects.filter(pk__in=found.order_by().values("visit_id"))
    said = visits.aggregate(
        n=Count("pk"),
        repeated=Count("pk", filter=Q(repeated=True)),
        refused=Count("pk", filter=~Q(refusal="")),
    )
    days = visits.order_by().values_list("held_on", "people").annotate(n=Count("pk"))
    crowd = _crowd_rule()
    counted = [(people, n, crowd(people, on)) for on, people, n in days]
    return Tally(
        visits=said["n"],
        people=sum(people * n for people, n, _ in counted),
        matters=matters,
        first=said["n"] - said["repeated"],
        repeated=said["repeated"],
        crowds=sum(n for _, n, many in counted if many),
        crowd_people=sum(people * n for people, n, many in counted if many),
        refused=said["refused"],
    )


Rule = tuple[date, date, int]  # from a day, up to another, from how many people on


def crowd_rules() -> list[Rule]:
    """From how many people a group is a crowd, by every row of the law. One query."""
    return [
        (one.valid_from, one.valid_to or date.max, int(one.numerator))
        for one in current_parameters().filter(key=GROUP_KEY)
    ]


def crowds_fit(rules: list[Rule], *, before: str = "") -> Q:
    """Which visits are of a crowd by the law of their day; `before` is the way to the visit. None where there is no rule."""
    found = Q(pk__in=[])
    for first, end, least in rules:
        said = {"held_on__gte": first, "held_on__lt": end, "people__gte": least}
        found |= Q(**{f"{before}{name}": value for name, value in said.items()})
    return found


def _crowd_rule() -> Callable[[int, date], bool]:
    """Whether so many people were a crowd on a day, by all rows of the law at once."""
    rows = crowd_rules()
    return lambda people, on: any(
        first <= on < end and people >= least for first, end, least in rows
    )
