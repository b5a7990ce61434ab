from dataclasses import dataclass
from datetime import date, datetime

from danvan.foundation.events import Event


@dataclass(frozen=True, kw_only=True)
class PetitionsReceived(Event):
    """A paper was written down; `people` stand behind it."""

    name = "petitions.received"
    petition_ids: tuple[int, ...]
    people: int = 1


@dataclass(frozen=True, kw_only=True)
class PetitionSplit(Event):
    """Petitions of their own (`made_ids`) were made out of what else stood in one; `by_id` did it."""

    name = "petitions.split"
    petition_id: int
    made_ids: tuple[int, ...]
    by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PetitionTransferred(Event):
    """A petition went to the unit that is competent."""

    name = "petitions.transferred"
    petition_id: int
    to_unit_id: int


@dataclass(frozen=True, kw_only=True)
class PetitionAccepted(Event):
    """A petition is dealt with from here on."""

    name = "petitions.accepted"
    petition_id: int


@dataclass(frozen=True, kw_only=True)
class PetitionMoreTimeTold(Event):
    """Whoever asked was told that more time is needed: why, and until when."""

    name = "petitions.more_time_told"
    petition_id: int


@dataclass(frozen=True, kw_only=True)
class PetitionClosed(Event):
    """Nothing more is done with a petition, by a decision, an answer or a reason of the law."""

    name = "petitions.closed"
    petition_id: int


@dataclass(frozen=True, kw_only=True)
class PetitionAnswered(Event):
    """Whoever asked was told what came of it."""

    name = "petitions.answered"
    petition_id: int


@dataclass(frozen=True, kw_only=True)
class PetitionAddedTo(Event):
    """Whoever sent a petition said more about it; the line of its history holds what."""

    name = "petitions.added_to"
    petition_id: int
    step_id: int


@dataclass(frozen=True, kw_only=True)
class PetitionDueDaysMoved(Event):
    """Days moved with the calendar or the law."""

    name = "petitions.due_days_moved"
    petition_ids: tuple[int, ...]
    on: date


@dataclass(frozen=True, kw_only=True)
class PetitionTakenOut(Event):
    """A petition left these tables whole: what was told of it until then is told no more. Its number is given out again."""

    name = "petitions.taken_out"
    petition_id: int
    number: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PetitionShown(Event):
    """Everybody may read its words, as an officer confirmed them."""

    name = "petitions.shown"
    petition_id: int


@dataclass(frozen=True, kw_only=True)
class PetitionHidden(Event):
    """What everybody could read, or was to, is public no longer."""

    name = "petitions.hidden"
    petition_id: int


@dataclass(frozen=True, kw_only=True)
class FollowedTogether(Event):
    """Somebody follows a public matter together and left an address for news of it."""

    name = "petitions.followed_together"
    address_id: int
