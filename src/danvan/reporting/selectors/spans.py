"""The months of reports, and how their amounts are written."""

from datetime import date
from decimal import Decimal

from danvan.foundation.periods import Every, Period
from danvan.reporting.models import Obligation

SOURCE = "reporting.submission"  # what the values of a report name as their source


def month_of(obligation: Obligation) -> Period:
    """The month that is reported."""
    return Period.starting(obligation.first, Every.MONTH)


def previous(period: Period, many: int = 1) -> Period:
    """The month so many months before a month."""
    year, month = divmod(period.first.year * 12 + period.first.month - 1 - many, 12)
    return Period.starting(date(year, month + 1, 1), Every.MONTH)


def trimmed(amount: Decimal | None, places: int) -> Decimal | None:
    """An amount as it is kept, with the places that its indicator has."""
    return None if amount is None else amount.quantize(Decimal(1).scaleb(-places))
