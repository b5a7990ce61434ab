"""What happens in the ledger, for the modules above. Ids, days and plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from danvan.foundation.events import Event


@dataclass(frozen=True, kw_only=True)
class CommitmentsAssigned(Event):
    """Commitments were given, in one act."""

    name: ClassVar[str] = "commitments.assigned"
    commitment_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CommitmentMoved(Event):
    """A commitment was started, claimed, verified, returned or withdrawn, or got evidence: `step` is a `StepKind`."""

    name: ClassVar[str] = "commitments.moved"
    commitment_id: int
    step: str
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(Event):
    """A unit asked for more time."""

    name: ClassVar[str] = "commitments.extension_asked"
    extension_id: int


@dataclass(frozen=True, kw_only=True)
class ExtensionRuled(Event):
    """More time was granted or refused."""

    name: ClassVar[str] = "commitments.extension_ruled"
    extension_id: int


@dataclass(frozen=True, kw_only=True)
class ExplanationsAsked(Event):
    """Units were asked to explain, in one act."""

    name: ClassVar[str] = "commitments.explanations_asked"
    explanation_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ExplanationAnswered(Event):
    """A unit explained."""

    name: ClassVar[str] = "commitments.explanation_answered"
    explanation_id: int


@dataclass(frozen=True, kw_only=True)
class ExplanationRuled(Event):
    """An explanation was taken, or sent back."""

    name: ClassVar[str] = "commitments.explanation_ruled"
    explanation_id: int


@dataclass(frozen=True, kw_only=True)
class MattersPassed(Event):
    """Open commitments or explanations passed to other units by a reorganisation: `part` is what these are in them.

    `part`: lead, assigner, support; explainer, asker. `ids` are the matters, each with the unit that took it over
    and the line of its timeline; `number` is that of the reorganisation.
    """

    name: ClassVar[str] = "commitments.passed"
    part: str
    ids: tuple[int, ...]
    units: tuple[int, ...]
    steps: tuple[int, ...]
    number: str


@dataclass(frozen=True, kw_only=True)
class CommitmentsReminded(Event):
    """Who assigned them reminded the leads of these commitments, in one act."""

    name: ClassVar[str] = "commitments.reminded"
    commitment_ids: tuple[int, ...]
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class FollowedUp(Event):
    """Commitments were watched, urged, inspected or supervised, in one act."""

    name: ClassVar[str] = "commitments.followed_up"
    follow_up_id: int


@dataclass(frozen=True, kw_only=True)
class FollowUpAnswered(Event):
    """A unit answered an act of following up."""

    name: ClassVar[str] = "commitments.follow_up_answered"
    part_id: int


@dataclass(frozen=True, kw_only=True)
class DifficultyReached(Event):
    """A difficulty was raised, or passed on, to a unit."""

    name: ClassVar[str] = "commitments.difficulty_reached"
    difficulty_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DifficultyAnswered(Event):
    """Difficulties were answered, in one act."""

    name: ClassVar[str] = "commitments.difficulty_answered"
    difficulty_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CommitmentsWarned(Event):
    """The clocks of these undone commitments came to a mark; told once for each due day. `mark` is one of the law's."""

    name: ClassVar[str] = "commitments.warned"
    mark: str
    commitment_ids: tuple[int, ...]
    warning_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class RisksOver(Event):
    """The day until which these risks were accepted has come: each is to be looked at again."""

    name: ClassVar[str] = "commitments.risks_over"
    risk_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SeriesNoted(Event):
    """The software wrote a line on a duty that comes back: a turn cannot be made, turns were missed, its post has ended."""

    name: ClassVar[str] = "commitments.series_noted"
    step_id: int


@dataclass(frozen=True, kw_only=True)
class DueDaysMoved(Event):
    """The due days of these commitments moved because the calendar or the law did; `steps` are their lines."""

    name: ClassVar[str] = "commitments.due_days_moved"
    commitment_ids: tuple[int, ...]
    steps: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class HeadsSet(Event):
    """One post supervises these commitments from now on, named for all of them in one act."""

    name: ClassVar[str] = "commitments.heads_set"
    post_id: int
    commitment_ids: tuple[int, ...]
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class HeadPassed(Event):
    """Another officer holds the post that supervises these commitments, or nobody does."""

    name: ClassVar[str] = "commitments.head_passed"
    post_id: int
    officer_id: int | None
    commitment_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ProgrammeIssued(Event):
    """A programme of a month was issued."""

    name: ClassVar[str] = "commitments.programme_issued"
    programme_id: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeAmended(Event):
    """A line of an issued programme was added, changed or cancelled; `unit_ids` take part in it now or did before, and
    `user_ids` are the accounts of who chairs or chaired it."""

    name: ClassVar[str] = "commitments.programme_amended"
    change_id: int
    unit_ids: tuple[int, ...]
    user_ids: tuple[int, ...] = ()
