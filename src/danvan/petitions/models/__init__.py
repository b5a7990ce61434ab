"""The rows of petitions: papers and who sent them, petitions and what became of them."""

from danvan.petitions.models.papers import (
    HeldFile,
    IdentityOpening,
    Paper,
    PaperFile,
    PaperQuerySet,
    Petitioner,
    Signature,
)
from danvan.petitions.models.petitions import (
    Barred,
    Cluster,
    FreedNumber,
    Petition,
    PetitionAnswer,
    PetitionFile,
    PetitionQuerySet,
    PetitionRequest,
    PetitionStep,
    PetitionTransfer,
)
from danvan.petitions.models.subjects import DataRequest, DataRequestQuerySet

__all__ = [
    "Barred",
    "Cluster",
    "DataRequest",
    "DataRequestQuerySet",
    "FreedNumber",
    "HeldFile",
    "IdentityOpening",
    "Paper",
    "PaperFile",
    "PaperQuerySet",
    "Petition",
    "PetitionAnswer",
    "PetitionFile",
    "PetitionQuerySet",
    "PetitionRequest",
    "PetitionStep",
    "PetitionTransfer",
    "Petitioner",
    "Signature",
]
