"""Lượt, người, vụ of visits: one definition for the page, the register and the periodic tables."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from danvan.foundation import clock
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
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
    """Count the visits that these rows are of. A fixed number of queries."""
    matters = found.order_by().count()
    visits = ReceptionVisit.objects.filter(pk__in=found.order_by().values("visit_id"))
    least = crowd_from(clock.today())
    said = visits.aggregate(
        n=Count("pk"),
        repeated=Count("pk", filter=Q(repeated=True)),
        refused=Count("pk", filter=~Q(refusal="")),
    )
    people = dict(visits.order_by().values_list("people").annotate(n=Count("pk")))
    crowds = {many: n for many, n in people.items() if least is not None and many >= least}
    return Tally(
        visits=said["n"],
        people=sum(many * n for many, n in people.items()),
        matters=matters,
        first=said["n"] - said["repeated"],
        repeated=said["repeated"],
        crowds=sum(crowds.values()),
        crowd_people=sum(many * n for many, n in crowds.items()),
        refused=said["refused"],
    )


def crowd_from(on: date) -> int | None:
    """From how many people a group is a crowd by the law of a day; None where no row is in force."""
    try:
        return int(parameter(GROUP_KEY, on=on).numerator)
    except UnknownParameter:
        return None
