"""The day of an assignment: named, or counted from the day of assigning by a term or by a parameter of the law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.foundation.errors import Fault, RuleError
from danvan.law.enums import Measure
from danvan.law.errors import NotADuration
from danvan.law.selectors import deadline, parameter
from danvan.law.services import Start, Starting, Term

if TYPE_CHECKING:
    from danvan.law.models import LegalParameter


@dataclass(frozen=True, slots=True)
class Promise:
    """The day of one assignment, with what it was counted from; `due_on` None has no end."""

    due_on: date | None
    term: Term | None = None
    parameter: "LegalParameter | None" = None

    def starting(self, subject_id: int, on: date, unit_id: int) -> Starting | None:
        """How its clock begins; None where there is no day."""
        if self.due_on is None:
            return None
        if self.term is not None:
            return Starting(subject_id, self.term, on, unit_id, parameter=self.parameter)
        first = min(on, self.due_on)  # what is written down late had its day before it was given
        named = Term(max((self.due_on - first).days, 1), Measure.DAYS)
        return Starting(subject_id, named, first, unit_id, until=self.due_on)

    def start(self, on: date) -> Start | None:
        """The same as the first event of the clock, whoever leads."""
        starting = self.starting(0, on, 0)
        return starting.event if starting else None


def promised(
    assignments: Sequence[tuple[date | None, Term | None, str]], on: date
) -> tuple[list[Promise], list[Fault]]:
    """The day of each (day, term, key of a parameter), and what is wrong with them, `row` counted from 1.

    What is given to many units alike is counted once.
    """
    known: dict[tuple[date | None, Term | None, str], Promise | Fault] = {}
    found, faults = [], []
    for row, asked in enumerate(assignments, start=1):
        if asked not in known:
            known[asked] = _one(*asked, on)
        made = known[asked]
        if isinstance(made, Fault):
            faults.append(Fault(made.message, row, made.column))
            made = Promise(asked[0])
        found.append(made)
    return found, faults


def _one(due_on: date | None, term: Term | None, key: str, on: date) -> Promise | Fault:
    said = [name for name, one in (("due_on", due_on), ("term", term), ("key", key)) if one]
    if len(said) > 1:
        return Fault(
            "Đồng chí vui lòng chỉ ghi một: ngày hết hạn, thời hạn, hoặc quy định để tính hạn.",
            column="due_on",
        )
    row = None
    try:
        if key:
            row = parameter(key, on=on)
            term = _term_of(row)
        if term is None:
            return Promise(due_on)
        return Promise(deadline(on, term.n, term.counted).due_on, term, row)
    except RuleError as refused:
        return Fault(refused.message, column="term_key" if key else "term_n")


def _term_of(row: "LegalParameter") -> Term:
    if row.denominator != 1:
        raise NotADuration(
            f"Tham số “{row.title}” là một tỷ lệ, không phải thời hạn. Đồng chí vui lòng chọn tham số khác."
        )
    return Term(row.numerator, row.unit)
