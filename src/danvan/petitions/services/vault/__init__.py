"""Everything that changes the vault. Each function is one act in one transaction, chained in the vault's own log."""

from danvan.petitions.services.vault.acting import act_on_case
from danvan.petitions.services.vault.chain import ChainReport, verify_log
from danvan.petitions.services.vault.entering import (
    AccusedDraft,
    DenunciationDraft,
    enter_denunciation,
)
from danvan.petitions.services.vault.leaving import Left
from danvan.petitions.services.vault.moving_in import seal_petition
from danvan.petitions.services.vault.naming import bar_accused, end_reading, name_reader
from danvan.petitions.services.vault.sending import (
    CLOSED,
    NOBODY,
    SealedDraft,
    instead,
    office_of,
    send_denunciation,
)
from danvan.petitions.services.vault.succeeding import (
    cases_of_nobody,
    name_superiors,
    take_up_cases,
)
from danvan.petitions.services.vault.telling import tell_totals, tell_what_is_over
from danvan.petitions.services.vault.weighing import CONDITIONS
from danvan.petitions.services.vault.working import (
    add_vault_file,
    ask_protection,
    decide_protection,
    destroy_case,
    end_protection,
    finish_task,
    give_task,
    open_case,
    open_register,
    read_vault_file,
)

__all__ = [
    "CLOSED",
    "CONDITIONS",
    "NOBODY",
    "AccusedDraft",
    "ChainReport",
    "DenunciationDraft",
    "Left",
    "SealedDraft",
    "act_on_case",
    "add_vault_file",
    "ask_protection",
    "bar_accused",
    "cases_of_nobody",
    "decide_protection",
    "destroy_case",
    "end_protection",
    "end_reading",
    "enter_denunciation",
    "finish_task",
    "give_task",
    "instead",
    "name_reader",
    "name_superiors",
    "office_of",
    "open_case",
    "open_register",
    "read_vault_file",
    "seal_petition",
    "send_denunciation",
    "take_up_cases",
    "tell_totals",
    "tell_what_is_over",
    "verify_log",
]
