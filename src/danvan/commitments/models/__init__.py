"""The ledger: who promised or was told to do what, by when, on what evidence it is done, and who checked."""

from danvan.commitments.models.asking import (
    AskerAnswer,
    FollowCode,
    FollowedCommitment,
    PublicNote,
    WrongTry,
)
from danvan.commitments.models.difficulties import (
    Difficulty,
    DifficultyQuerySet,
    DifficultyStep,
)
from danvan.commitments.models.explaining import (
    Explanation,
    ExplanationQuerySet,
    ExplanationStep,
)
from danvan.commitments.models.following_up import (
    FollowUp,
    FollowUpPart,
    FollowUpPartQuerySet,
    FollowUpQuerySet,
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
from danvan.commitments.models.programmes import (
    CalendarFeed,
    ProgrammeChange,
    ProgrammeEntry,
    ProgrammeEntryQuerySet,
    ProgrammeParty,
    WorkProgramme,
    WorkProgrammeQuerySet,
    YearlyPlan,
    YearlyPlanQuerySet,
)
from danvan.commitments.models.series import (
    CommitmentSeries,
    CommitmentSeriesQuerySet,
    SeriesStep,
    SeriesSupport,
    SeriesTurn,
)
from danvan.commitments.models.statistics import (
    WHOLE,
    CommitmentTally,
    StaleTally,
    TalliedLead,
)
from danvan.commitments.models.ties import (
    CommitmentHead,
    CommitmentMeasure,
    CommitmentPart,
)
from danvan.commitments.models.warning import DueWarning
from danvan.commitments.models.worklog import WorkEntry, WorkEntryQuerySet

__all__ = [
    "NO_END",
    "WHOLE",
    "AskerAnswer",
    "CalendarFeed",
    "Commitment",
    "CommitmentEvidence",
    "CommitmentHead",
    "CommitmentMeasure",
    "CommitmentPart",
    "CommitmentQuerySet",
    "CommitmentSeries",
    "CommitmentSeriesQuerySet",
    "CommitmentStep",
    "CommitmentSupport",
    "CommitmentTally",
    "Difficulty",
    "DifficultyQuerySet",
    "DifficultyStep",
    "DueWarning",
    "Explanation",
    "ExplanationQuerySet",
    "ExplanationStep",
    "Extension",
    "FollowCode",
    "FollowUp",
    "FollowUpPart",
    "FollowUpPartQuerySet",
    "FollowUpQuerySet",
    "FollowedCommitment",
    "ProgrammeChange",
    "ProgrammeEntry",
    "ProgrammeEntryQuerySet",
    "ProgrammeParty",
    "PublicNote",
    "RiskAcceptance",
    "SeriesStep",
    "SeriesSupport",
    "SeriesTurn",
    "StaleTally",
    "TalliedLead",
    "WorkEntry",
    "WorkEntryQuerySet",
    "WorkProgramme",
    "WorkProgrammeQuerySet",
    "WrongTry",
    "YearlyPlan",
    "YearlyPlanQuerySet",
]
