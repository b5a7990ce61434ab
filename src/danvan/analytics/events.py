"""What happens to reviews, for the modules above. Ids, days and plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from danvan.foundation.events import Event


@dataclass(frozen=True, kw_only=True)
class ReviewSigned(Event):
    """A summary report was signed, frozen and registered; `replaces_id` is the edition before it."""

    name: ClassVar[str] = "analytics.review_signed"
    review_id: int
    unit_id: int
    replaces_id: int | None
