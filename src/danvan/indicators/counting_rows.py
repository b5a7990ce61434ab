"""Counters of records that are found as rows: one finding, counted by unit, by unit and period, and listed."""

from collections import Counter as Tally
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from danvan.foundation.periods import Period
from danvan.indicators.counting import CountedRecord, Counter


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One thing that counts: the record it belongs to, whose it was on its day, and how much it is."""

    pk: int
    unit_id: int
    day: date
    title: str
    quantity: int = 1
    has_evidence: bool = True


Found = Callable[[Collection[int], Collection[Period]], list[CountedRow]]


def counter_of_rows(
    found: Found, *, key: str, label: str, unit_label: str, definition: str, model: str, page: str
) -> Counter:
    """A counter of what `found` finds of units in periods. `page` names the address of a record by its key."""

    def count(unit_ids: Collection[int], period: Period) -> dict[int, int]:
        total: Tally[int] = Tally()
        for row in found(unit_ids, [period]):
            total[row.unit_id] += row.quantity
        return dict(total)

    def count_by(
        unit_ids: Collection[int], periods: Sequence[Period]
    ) -> dict[tuple[int, Period], int]:
        total: Tally[tuple[int, Period]] = Tally()
        for row in found(unit_ids, periods) if periods else []:
            for period in periods:
                if period.first <= row.day < period.end:
                    total[row.unit_id, period] += row.quantity
        return dict(total)

    def number_of_records(unit_ids: Collection[int], period: Period) -> int:
        return len(found(unit_ids, [period]))

    def records(unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
        return [
            CountedRecord(
                model=model,
                pk=row.pk,
                unit_id=row.unit_id,
                title=row.title,
                day=row.day,
                quantity=row.quantity,
                url=reverse(page, args=[row.pk]),
                has_evidence=row.has_evidence,
            )
            for row in found(unit_ids, [period])
        ]

    return Counter(
        key=key,
        label=label,
        unit_label=unit_label,
        definition=definition,
        count=count,
        records=records,
        count_by=count_by,
        number_of_records=number_of_records,
    )
