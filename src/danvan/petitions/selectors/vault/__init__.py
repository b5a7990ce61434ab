"""Reads of the vault for named readers, and its one exit for figures. Nothing here writes."""

from danvan.petitions.selectors.paper_words import WordsLeft
from danvan.petitions.selectors.vault.door import why_closed
from danvan.petitions.selectors.vault.readers import (
    is_looked_after,
    own_cases,
    parts_of,
    unit_of_door,
    units_of_door,
    waits_for,
)
from danvan.petitions.selectors.vault.reading import (
    VaultCard,
    VaultLine,
    card_of_case,
    cases_among,
    lines_of_cases,
    lost_with,
    openings_for,
    protects,
    register_rows,
    row_at,
)
from danvan.petitions.selectors.vault.sending import (
    CaseTold,
    VaultOffice,
    is_sealed_code,
    letters_told,
    nobody_reads,
    vault_office,
    where_else,
)
from danvan.petitions.selectors.vault.siblings import FileLeft, files_left, words_left
from danvan.petitions.selectors.vault.totals import VaultTotals, vault_totals

__all__ = [
    "CaseTold",
    "FileLeft",
    "VaultCard",
    "VaultLine",
    "VaultOffice",
    "VaultTotals",
    "WordsLeft",
    "card_of_case",
    "cases_among",
    "files_left",
    "is_looked_after",
    "is_sealed_code",
    "letters_told",
    "lines_of_cases",
    "lost_with",
    "nobody_reads",
    "openings_for",
    "own_cases",
    "parts_of",
    "protects",
    "register_rows",
    "row_at",
    "unit_of_door",
    "units_of_door",
    "vault_office",
    "vault_totals",
    "waits_for",
    "where_else",
    "why_closed",
    "words_left",
]
