"""What is kept of dialogues: the dialogue with its minutes, and who asked before it."""

from danvan.dialogues.models.asking import (
    DialogueQuestion,
    DialogueRegistration,
    DialogueSlipGrade,
)
from danvan.dialogues.models.holding import (
    Dialogue,
    DialogueAttendance,
    DialogueConclusion,
    DialogueOpinion,
    DialogueQuerySet,
    DialogueRating,
    DialogueStep,
)

__all__ = [
    "Dialogue",
    "DialogueAttendance",
    "DialogueConclusion",
    "DialogueOpinion",
    "DialogueQuerySet",
    "DialogueQuestion",
    "DialogueRating",
    "DialogueRegistration",
    "DialogueSlipGrade",
    "DialogueStep",
]
