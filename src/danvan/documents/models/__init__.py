"""Registered documents, what the reading engine proposed from them and what people decided."""

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
    "Distribution",
    "DistributionQuerySet",
    "Document",
    "DocumentQuerySet",
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
