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

__all__ = [
    "Citation",
    "Distribution",
    "DistributionQuerySet",
    "Document",
    "DocumentQuerySet",
    "Proposal",
    "ProposalQuerySet",
    "RegisterGap",
    "Relation",
    "RelationQuerySet",
    "SecretStub",
    "SecretStubQuerySet",
    "StatedFigure",
]
