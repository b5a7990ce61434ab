"""What a refused act says. The sentence reaches the user as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a list that was handed in: where, and a whole sentence saying what to do."""

    message: str
    row: int | None = None
    column: str = ""


class RuleError(Exception):
    """A business rule refused the act; nothing was written. The message is a whole polite sentence.

    `faults` holds every fault at once where a form or a sheet was refused.
    """

    def __init__(self, message: str, *, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = tuple(faults)
