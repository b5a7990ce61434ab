"""The ledger: who promised or was told to do what, by when, on what evidence it is done, and who checked."""

from danvan.commitments.models.asking import (
    AskerAnswer,
    FollowCode,
    FollowedCommitment,
    PublicNote,
    WrongTry,
)
from danvan.commitments.models.explaining import (
    Explanation,
    ExplanationQuerySet,
    ExplanationStep,
)
from danvan.commitments.models.ledger import (
    NO_END,
    Commitment,
    CommitmentEvidence,
    CommitmentQuerySet,
    CommitmentStep,
    CommitmentSupport,
    Extension,
    RiskAcceptance,
)

__all__ = [
    "NO_END",
    "AskerAnswer",
    "Commitment",
    "CommitmentEvidence",
    "CommitmentQuerySet",
    "CommitmentStep",
    "CommitmentSupport",
    "Explanation",
    "ExplanationQuerySet",
    "ExplanationStep",
    "Extension",
    "FollowCode",
    "FollowedCommitment",
    "PublicNote",
    "RiskAcceptance",
    "WrongTry",
]
