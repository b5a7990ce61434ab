"""What many units gave in many months at once, to hold a new figure against."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from danvan.indicators.models import Value


def amounts_given(
    indicator_ids: Collection[int], unit_ids: Collection[int], *, since: date, until: date
) -> dict[tuple[int, int], dict[date, Decimal | None]]:
    """The current amounts of the months from `since` up to but not including `until`, by unit and indicator.

    One query for any number of units and months.
    """
    rows = Value.objects.current().filter(
        unit_id__in=unit_ids, indicator_id__in=indicator_ids, first__gte=since, first__lt=until
    )
    found: dict[tuple[int, int], dict[date, Decimal | None]] = {}
    for unit, indicator, first, amount in rows.order_by().values_list(
        "unit_id", "indicator_id", "first", "amount"
    ):
        found.setdefault((unit, indicator), {})[first] = amount
    return found


def amounts_from(
    source_kind: str, source_ids: Collection[int], indicator_ids: Collection[int]
) -> dict[int, dict[int, Decimal | None]]:
    """The amounts that came with these sources, replaced ones too, by source and indicator.

    One query for any number of them.
    """
    rows = Value.objects.filter(
        source_kind=source_kind, source_id__in=source_ids, indicator_id__in=indicator_ids
    )
    found: dict[int, dict[int, Decimal | None]] = {}
    for source, indicator, amount in rows.order_by().values_list(
        "source_id", "indicator_id", "amount"
    ):
        found.setdefault(source or 0, {})[indicator] = amount
    return found
