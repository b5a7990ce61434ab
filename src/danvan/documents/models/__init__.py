"""Registered documents, what the reading engine proposed from them and what people decided."""

from danvan.documents.models.asking import (
    DirectiveQuestion,
    DirectiveQuestionQuerySet,
    NewsMark,
)
from danvan.documents.models.reading import (
    Citation,
    Proposal,
    ProposalQuerySet,
    Relation,
    RelationQuerySet,
    StatedFigure,
)
from danvan.documents.models.registers import (
    Distribution,
    DistributionQuerySet,
    Document,
    DocumentQuerySet,
    RegisterGap,
    SecretStub,
    SecretStubQuerySet,
)
from danvan.documents.models.reviewing import ReviewDuty, ReviewDutyQuerySet
from danvan.documents.models.rolling_out import ClauseWaiver, RollOut
from danvan.documents.models.sessions import (
    DisseminationSession,
    DisseminationSessionQuerySet,
    SessionUnit,
)

__all__ = [
    "Citation",
    "ClauseWaiver",
    "DirectiveQuestion",
    "DirectiveQuestionQuerySet",
    "DisseminationSession",
    "DisseminationSessionQuerySet",
    "Distribution",
    "DistributionQuerySet",
    "Document",
    "DocumentQuerySet",
    "NewsMark",
    "Proposal",
    "ProposalQuerySet",
    "RegisterGap",
    "Relation",
    "RelationQuerySet",
    "ReviewDuty",
    "ReviewDutyQuerySet",
    "RollOut",
    "SecretStub",
    "SecretStubQuerySet",
    "SessionUnit",
    "StatedFigure",
]
