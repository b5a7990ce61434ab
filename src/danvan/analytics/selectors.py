"""Reads of signed reviews: which there are, what each says, and what the records say now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from danvan.analytics.figures import Figure
from danvan.analytics.freezing import thaw
from danvan.analytics.models import Review, ReviewQuerySet
from danvan.analytics.summary import Summary, compose_summary
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Change:
    """One figure as it was signed and as the records have it now; either may be missing."""

    number: int | None  # of its note in the signed report
    label: str
    then: Figure | None
    now: Figure | None


def allowed_reviews(user: "User", action: str) -> ReviewQuerySet:
    """Where every view starts: fetching from here is the permission check."""
    return Review.objects.allowed(user, action).select_related("signed_by", "document", "file")


def reviews_of(unit_id: int, period: Period) -> list[Review]:
    """The editions of one report, the last first."""
    signed = Review.objects.filter(unit_id=unit_id, period=period.code).select_related("signed_by")
    return list(signed.order_by("-number"))


def summary_of(review: Review) -> Summary:
    """The report as it was signed, whatever the records say now."""
    return thaw(review.content)


def edition_words(number: int, last: Review | None) -> str:
    """What a later edition says of itself; nothing for the first."""
    if last is None:
        return ""
    return f"Bản {number}, thay thế bản {last.number} ngày {format_date(timezone.localdate(last.signed_at))}"


def changes_since(review: Review) -> list[Change]:
    """The figures that the records would give otherwise now, read for the same day. In reading order."""
    signed = summary_of(review)
    try:
        current = compose_summary(
            review.unit_id, signed.period, on=review.as_of, reading=signed.reading
        )
    except RuleError:  # nothing is left to tell
        return [Change(place, one.definition, one, None) for place, one in _numbered(signed)]
    now = {figure.key: figure for figure in current.notes}
    then = {figure.key: figure for figure in signed.notes}
    moved = [
        Change(place, figure.definition, figure, now.get(key))
        for key, figure in then.items()
        for place in [signed.numbers[key]]
        if key not in now or now[key].text != figure.text
    ]
    new = [
        Change(None, figure.definition, None, figure)
        for key, figure in now.items()
        if key not in then
    ]
    return moved + new


def _numbered(summary: Summary) -> list[tuple[int, Figure]]:
    return list(enumerate(summary.notes, 1))
