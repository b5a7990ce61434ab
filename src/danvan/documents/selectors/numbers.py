"""The numbers of one register: which are borne by documents, which are free and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Window
from django.db.models.functions import Lag

from danvan.documents.models import Document, DocumentQuerySet, RegisterGap
from danvan.foundation.numbering import last_number


@dataclass(frozen=True, slots=True)
class FreeNumbers:
    """Numbers from `first` to `last` that no document bears; an empty reason is one that nobody has given."""

    first: int
    last: int
    reason: str = ""

    @property
    def words(self) -> str:
        """12 or 12–15."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def series_key(unit_id: int, direction: str, year: int) -> str:
    """The series of numbers of one register: one a unit, direction and year."""
    return f"documents.{direction}:{unit_id}:{year}"


def free_numbers(unit_id: int, direction: str, year: int) -> list[FreeNumbers]:
    """The numbers of a register that no document bears, in their order, with the reason. At most five queries.

    Those without a reason are looked for only where the count says that there are any.
    """
    entered = Document.objects.filter(
        unit_id=unit_id, direction=direction, register_year=year, register_suffix=""
    )
    gaps = RegisterGap.objects.filter(unit_id=unit_id, direction=direction, year=year)
    lines = [line for gap in gaps for line in _free_in(gap, entered)]
    free = sum(line.last - line.first + 1 for line in lines)
    last = last_number(series_key(unit_id, direction, year))
    if entered.count() + free < last:
        explained = {number for line in lines for number in range(line.first, line.last + 1)}
        lines += _ranges(
            number
            for first, end in _skipped(entered, last)
            for number in range(first, end + 1)
            if number not in explained
        )
    return sorted(lines, key=lambda line: line.first)


def _free_in(gap: RegisterGap, entered: DocumentQuerySet) -> list[FreeNumbers]:
    span = (gap.first, gap.last)
    used = set(
        entered.filter(register_number__range=span).values_list("register_number", flat=True)
    )
    return _ranges(
        (number for number in range(gap.first, gap.last + 1) if number not in used), gap.reason
    )


def _skipped(entered: DocumentQuerySet, last: int) -> list[tuple[int, int]]:
    """Where the numbers jump, and what is missing at the end."""
    before: Any = Window(Lag("register_number", default=0), order_by="register_number")
    jumps = entered.order_by().annotate(before=before).filter(register_number__gt=F("before") + 1)
    found = [
        (one + 1, number - 1) for one, number in jumps.values_list("before", "register_number")
    ]
    highest = entered.aggregate(highest=Max("register_number"))["highest"] or 0
    return [*found, (highest + 1, last)] if highest < last else found


def _ranges(numbers: Iterable[int], reason: str = "") -> list[FreeNumbers]:
    """Numbers in their order as runs."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [FreeNumbers(first, last, reason) for first, last in runs]
