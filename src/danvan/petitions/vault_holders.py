"""What the vault does in a reorganisation: its cases go on with the heirs, and no count, title or line tells of them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from danvan.foundation.errors import Fault
from danvan.organisations.holders import Moved, Passage
from danvan.petitions.services.vault.succeeding import pass_cases_on, take_cases_back


class VaultHolder:
    """The cases of the vault. It counts and lists nothing: what it moves is written in the vault's own log alone."""

    key = "petitions.vault"
    label = "hồ sơ khác"

    def faults(self, passage: Passage) -> list[Fault]:
        """Nothing forbids it."""
        return []

    def count_open(self, unit_ids: Collection[int], on: date) -> dict[int, int]:
        """Nothing is told."""
        return {}

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """Pass the cases on, without a line for the protocol."""
        pass_cases_on(passage, actor=actor)
        return []

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """Put them back where they were."""
        take_cases_back(passage, actor=actor)

    def pass_on(self, moved: Moved, to: int, *, actor: Any) -> Moved:
        """Nothing was listed that could be passed on."""
        raise LookupError(self.key)

    def count_rows(self, unit_ids: Collection[int]) -> dict[int, int]:
        """Nothing is told; `take_back` refuses where something would be lost."""
        return {}

    def export(self) -> list[dict[str, Any]]:
        """Nothing leaves the vault."""
        return []
