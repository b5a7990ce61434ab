"""What passed between units in an event, for readers who say by what shares a figure was brought over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from danvan.organisations.enums import ROUGH, Measure
from danvan.organisations.models import Lineage


@dataclass(frozen=True, slots=True)
class Passed:
    """One link of lineage. `weight` is its share in millionths and `measure` by what it was worked out, in the
    direction asked for.
    """

    predecessor_id: int
    successor_id: int
    weight: int
    measure: str
    estimated: bool
    happened_on: date
    decision: str

    @property
    def words(self) -> str:
        """By what the share was worked out, in words."""
        return f"theo {Measure(self.measure).label}" if self.measure != Measure.WHOLE else ""

    @property
    def rough(self) -> bool:
        """Whether the share is a rough estimate."""
        return self.estimated or Measure(self.measure) in ROUGH


def passed_from(unit_ids: Collection[int], *, since: date, until: date) -> list[Passed]:
    """What these units passed on after `since` and not after `until`, the earliest first. One query."""
    rows = Lineage.objects.filter(predecessor_id__in=unit_ids)
    return _between(rows.filter(happened_on__gt=since, happened_on__lte=until), "weight", "measure")


def passed_to(unit_ids: Collection[int], *, since: date, until: date) -> list[Passed]:
    """What came to these units after `since` and not after `until`, as read backwards, the earliest first. One query."""
    rows = Lineage.objects.filter(Q(back_weight__gt=0), successor_id__in=unit_ids)
    return _between(
        rows.filter(happened_on__gt=since, happened_on__lte=until), "back_weight", "back_measure"
    )


def _between(rows: QuerySet[Lineage], weight: str, measure: str) -> list[Passed]:
    fields = (
        "predecessor_id",
        "successor_id",
        weight,
        measure,
        "estimated",
        "happened_on",
        "decision",
    )
    found = rows.order_by("happened_on", "pk").values_list(*fields)
    return [
        Passed(before, after, share, said or Measure.WHOLE, estimated, day, decision)
        for before, after, share, said, estimated, day, decision in found
    ]


def last_passing(*, on: date) -> date | None:
    """The last day up to `on` on which anything passed between units; None where nothing ever did. One query."""
    last: date | None = Lineage.objects.filter(happened_on__lte=on).aggregate(
        last=Max("happened_on")
    )["last"]
    return last
