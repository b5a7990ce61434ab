"""The commitments that a notice counts, as they stand now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan.commitments.selectors import Line, lines_of, visible_commitments
from danvan.foundation import clock
from danvan.notifications.models import Notification

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Counted:
    """Those that the reader may open, in the order of their days; how many the notice counted, and how many they may not open."""

    lines: list[Line]
    total: int

    @property
    def closed(self) -> int:
        """How many the reader may not open any more."""
        return self.total - len(self.lines)


def counted_in(user: "User", notice: Notification) -> Counted:
    """What a notice of several commitments counts. The same number of queries for any number."""
    rows = visible_commitments(user).filter(pk__in=notice.about).order_by("due_on", "pk")
    return Counted(lines_of(list(rows), on=clock.today()), len(notice.about))
