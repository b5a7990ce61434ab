"""The numbers of one register: which are borne by documents, which are free and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Window
from django.db.models.functions import Lag

from danvan.documents.enums import Direction, DocumentType
from danvan.documents.models import Document, DocumentQuerySet, RegisterGap
from danvan.foundation.numbering import last_number
from danvan.organisations.selectors.standing import numbering_term


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


# Kinds that are numbered as another type: a notice of a conclusion is a notice (TB), and so on.
NUMBERED_AS: dict[str, DocumentType] = {
    DocumentType.CONCLUSION_NOTICE: DocumentType.NOTICE,
    DocumentType.COORDINATION_REGULATION: DocumentType.REGULATION,
    DocumentType.COORDINATION_PROGRAMME: DocumentType.PROGRAMME,
}


def series_of(unit_id: int, direction: str, document_type: str, day: date) -> str:
    """The term and type in whose series a document issued on a day is numbered: XIX:resolution; empty for a year's.

    The Party numbers what it issues anew from each congress, each type for itself (Quy định 399-QĐ/TW); the State
    and the Front from each new year. So does the Party here while no term of the committee is on record.
    """
    if direction != Direction.OUTGOING or document_type not in DocumentType.values:
        return ""
    term = numbering_term(unit_id, day)
    return f"{term.ordinal}:{NUMBERED_AS.get(document_type, document_type)}" if term else ""


def series_words(series: str) -> str:
    """A series of a term in words: Nghị quyết, khóa XIX."""
    ordinal, _, document_type = series.partition(":")
    return f"{DocumentType(document_type).label}, khóa {ordinal}"


def series_key(unit_id: int, direction: str, year: int, series: str = "") -> str:
    """The series of numbers of one register: one a unit, direction and year, or term and type."""
    return f"documents.{direction}:{unit_id}:{series or year}"


def free_numbers(unit_id: int, direction: str, year: int) -> list[FreeNumbers]:
    """The numbers of a register that no document bears, in their order, with the reason. At most six queries.

    Those without a reason are looked for only where the count says that there are any. Of a term's series, which
    runs on over the years, those whose reason was given in this year.
    """
    of = Document.objects.filter(unit_id=unit_id, direction=direction, register_suffix="")
    entered = of.filter(register_year=year, register_series="")
    gaps = list(RegisterGap.objects.filter(unit_id=unit_id, direction=direction, year=year))
    lines = [line for gap in gaps if not gap.series for line in _free_in(gap, entered)]
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
    for gap in gaps:
        if gap.series:
            gap.reason = f"{series_words(gap.series)}: {gap.reason}"
            lines += _free_in(gap, of.filter(register_series=gap.series))
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
