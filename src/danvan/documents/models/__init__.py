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
from danvan.documents.models.rolling_out import ClauseWaiver, RollOut

__all__ = [
    "Citation",
    "ClauseWaiver",
    "DirectiveQuestion",
    "DirectiveQuestionQuerySet",
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
    "RollOut",
    "SecretStub",
    "SecretStubQuerySet",
    "StatedFigure",
]
