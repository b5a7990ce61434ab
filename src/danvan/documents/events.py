"""What happens to documents, for the modules above. Ids only."""

from dataclasses import dataclass
from typing import ClassVar

from danvan.foundation.events import Event


@dataclass(frozen=True, kw_only=True)
class DocumentDistributed(Event):
    """A document was sent to units, in one act."""

    name: ClassVar[str] = "documents.distributed"
    document_id: int
    unit_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentReceived(Event):
    """A unit entered a document that was sent to it in its own register."""

    name: ClassVar[str] = "documents.received"
    distribution_id: int


@dataclass(frozen=True, kw_only=True)
class DistributionsPassed(Event):
    """What was sent to units that ended and not entered there passed to others, by a reorganisation."""

    name: ClassVar[str] = "documents.passed"
    distribution_ids: tuple[int, ...]
    units: tuple[int, ...]
    number: str


@dataclass(frozen=True, kw_only=True)
class DocumentReminded(Event):
    """Units that have not entered a document yet were reminded, in one act."""

    name: ClassVar[str] = "documents.reminded"
    document_id: int
    unit_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentRecalled(Event):
    """A document was taken back from units that had not entered it, in one act."""

    name: ClassVar[str] = "documents.recalled"
    document_id: int
    unit_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    """A unit asked the issuer of a document."""

    name: ClassVar[str] = "documents.question_asked"
    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    """The issuer answered."""

    name: ClassVar[str] = "documents.question_answered"
    question_id: int
