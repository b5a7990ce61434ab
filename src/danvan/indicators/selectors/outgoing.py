"""Values as they were given, for files: those that stand in the way of new ones, and all of them in a stream."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from danvan.indicators.enums import Approval
from danvan.indicators.exact import tidy
from danvan.indicators.models import ScaleStep, Value

CHUNK = 5_000  # ids a statement, rows in memory


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One value that stands: whose, for what and when, in which vintage, and how far up it is approved."""

    first: date
    indicator_id: int
    unit_id: int
    amount: Decimal | None
    origin: str
    vintage: int
    level: int
    note: str
    step: tuple[int, str] | None = (
        None  # of a qualitative indicator: its place in the scale, and its name
    )


def values_standing(
    indicator_ids: Collection[int], unit_ids: Collection[int], first: date
) -> dict[tuple[int, int], tuple[Decimal | None, str]]:
    """The amount and the note of the current values of a month, by indicator and unit. A query for 5,000 units."""
    units = sorted(unit_ids)
    found: dict[tuple[int, int], tuple[Decimal | None, str]] = {}
    for start in range(0, len(units), CHUNK):
        rows = Value.objects.current().filter(
            first=first, indicator_id__in=indicator_ids, unit_id__in=units[start : start + CHUNK]
        )
        names = ("indicator_id", "unit_id", "amount", "note")
        for indicator_id, unit_id, amount, note in rows.order_by().values_list(*names):
            found[indicator_id, unit_id] = (amount, note)
    return found


def values_given(
    indicator_ids: Collection[int],
    *,
    since: date,
    until: date,
    level: int = Approval.SENT,
    within: QuerySet[Any, Any] | None = None,
) -> Iterator[Outgoing]:
    """The current values of the months from `since` to before `until`, at `level` or above, by month and indicator.

    Of all units, or of those in `within` (a queryset of ids). One query, read as it is asked for: never all at once;
    and one for the scales.
    """
    rows = Value.objects.current().filter(
        indicator_id__in=indicator_ids, first__gte=since, first__lt=until, level__gte=level
    )
    if within is not None:
        rows = rows.filter(unit_id__in=within)
    scales = ScaleStep.objects.filter(version__indicator_id__in=indicator_ids).order_by()
    told = scales.values_list("pk", "position", "name")
    steps = {pk: (position, name) for pk, position, name in told}
    names = (
        "first", "indicator_id", "unit_id", "amount", "step_id", "origin", "vintage", "level", "note",
    )  # fmt: skip
    ordered = rows.order_by("first", "indicator_id", "unit_id").values_list(*names)
    for (
        first,
        indicator_id,
        unit_id,
        amount,
        step_id,
        origin,
        vintage,
        reached,
        note,
    ) in ordered.iterator(CHUNK):
        known = None if amount is None else tidy(amount)
        step = None if step_id is None else steps[step_id]
        yield Outgoing(first, indicator_id, unit_id, known, origin, vintage, reached, note, step)
