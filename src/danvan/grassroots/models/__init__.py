"""What is kept of grassroots democracy: matters, the plan of what is to be published, initiatives of households."""

from danvan.grassroots.models.initiatives import Initiative, InitiativeCount
from danvan.grassroots.models.matters import (
    Matter,
    MatterComment,
    MatterCount,
    MatterFile,
    MatterKind,
    MatterPosting,
    MatterQuerySet,
    MatterRound,
    MatterStep,
)
from danvan.grassroots.models.planning import PublicationItem, PublicationPlan

__all__ = [
    "Initiative",
    "InitiativeCount",
    "Matter",
    "MatterComment",
    "MatterCount",
    "MatterFile",
    "MatterKind",
    "MatterPosting",
    "MatterQuerySet",
    "MatterRound",
    "MatterStep",
    "PublicationItem",
    "PublicationPlan",
]
