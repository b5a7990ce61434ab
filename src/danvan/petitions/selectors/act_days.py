"""The day of the last act on a petition, after which the next is dated."""

from collections.abc import Iterable
from datetime import date

from danvan.petitions.enums import StepKind
from danvan.petitions.models import Petition

# Acts whose day stands on their line alone.
DATED = (
    StepKind.ASSIGNED, StepKind.FOUND, StepKind.COMPLEX, StepKind.SUSPENDED, StepKind.RESUMED, StepKind.MORE_TIME,
)  # fmt: skip


def last_of(petition: Petition, lines: Iterable[date]) -> date:
    """The day of the last act on it, or on which it was received; `lines` are the days of its lines of the kinds in `DATED`."""
    own = (
        petition.received_on, petition.at_unit_on, petition.accepted_on,
        petition.dialogue_on if petition.dialogue_held else None, petition.decided_on, petition.sent_on,
        petition.answered_on, petition.disputed_on,
    )  # fmt: skip
    return max([*filter(None, own), *lines])
