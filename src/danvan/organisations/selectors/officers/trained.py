"""Who was trained while holding a post: for figures that count each person once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from danvan.organisations.models import OfficerTraining


@dataclass(frozen=True, slots=True)
class TrainedRow:
    """One officer who finished a course while holding a post in a unit; the first course of the period."""

    unit_id: int
    officer_id: int
    name: str
    course: str
    finished_on: date
    certified: bool


def trained_at(unit_ids: Collection[int], first: date, end: date) -> list[TrainedRow]:
    """Each officer once for each unit in which a post was held on the day a course ended, from `first` to before `end`.

    One query; by unit, then by the day.
    """
    held = Q(officer__appointments__post__unit_id__in=unit_ids) & Q(
        officer__appointments__valid_from__lte=F("finished_on")
    )
    lasting = Q(officer__appointments__valid_to=None) | Q(
        officer__appointments__valid_to__gt=F("finished_on")
    )
    rows = OfficerTraining.objects.filter(
        held & lasting, finished_on__gte=first, finished_on__lt=end
    ).order_by("officer__appointments__post__unit_id", "finished_on", "pk")
    names = ("officer__appointments__post__unit_id", "officer_id", "officer__full_name", "course",
             "finished_on", "certificate")  # fmt: skip
    found: dict[tuple[int, int], TrainedRow] = {}
    for unit_id, officer_id, name, course, day, certificate in rows.values_list(*names):
        row = TrainedRow(unit_id, officer_id, name, course, day, bool(certificate))
        found.setdefault((unit_id, officer_id), row)
    return list(found.values())
