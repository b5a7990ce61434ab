"""The forms of the vault: taking a denunciation in, its moves, who reads it, work, protection."""

from danvan.petitions.forms.vault.acting import OpeningForm, VaultActForm
from danvan.petitions.forms.vault.beside import (
    BarForm,
    DestroyForm,
    FileForm,
    GuardDecisionForm,
    GuardEndForm,
    GuardForm,
    NameForm,
    TaskDoneForm,
    TaskForm,
    UnnameForm,
)
from danvan.petitions.forms.vault.entering import AccusedFields, EntryForm, SealForm

__all__ = [
    "AccusedFields", "BarForm", "DestroyForm", "EntryForm", "FileForm", "GuardDecisionForm", "GuardEndForm", "GuardForm",
    "NameForm", "OpeningForm", "SealForm", "TaskDoneForm", "TaskForm", "UnnameForm", "VaultActForm",
]  # fmt: skip
