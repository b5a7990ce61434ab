"""Which paper each notice that is owed, or went out, tells of: two of one petition are never the same line."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from danvan.law.selectors import clocks
from danvan.petitions.enums import CLOCKS, NOTICE, SUBJECT, StepKind, base_of
from danvan.petitions.models import Petition, PetitionStep
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.law.models import ClockHeld

# The papers of which who petitioned is told, as the line of the notice names them.
TOLD_OF: dict[str, str] = {
    StepKind.REFUSED: "không thụ lý",
    StepKind.SUSPENDED: "tạm đình chỉ",
    StepKind.RESUMED: "tiếp tục giải quyết",
    StepKind.TERMINATED: "đình chỉ",
}


def labels_of(helds: "Iterable[ClockHeld]", steps: Iterable[PetitionStep]) -> dict[int, str]:
    """What each clock of one petition is for, in words, by its id: a notice names its paper, what is owed again its number."""
    helds = list(helds)
    papers = _papers([one for one in helds if base_of(one.name) == NOTICE], steps)
    return {one.pk: _label(one, papers.get(one.pk)) for one in helds}


def notice_owed(petition: Petition) -> "tuple[ClockHeld, str] | None":
    """The notice that is sent next, that of the oldest paper, and of which paper it is; None where none is owed."""
    helds = clocks().filter(subject_kind=SUBJECT, subject_id=petition.pk, name__startswith=NOTICE)
    found = list(helds.order_by("pk"))
    papers = _papers(found, petition.steps.order_by("pk"))
    return next(((one, papers[one.pk]) for one in found if one.ended_on is None), None)


def _papers(notices: "list[ClockHeld]", steps: Iterable[PetitionStep]) -> dict[int, str]:
    """The paper that each notice tells of, by the day on which both began, in the order in which they were written."""
    made: dict[date, list[str]] = {}
    for one in steps:
        if one.kind in TOLD_OF:
            made.setdefault(one.on, []).append(f"{TOLD_OF[one.kind]} ")
    found = {}
    for held in notices:
        words = made.get(held.started_on)
        found[held.pk] = f"{words.pop(0) if words else ''}ngày {format_date(held.started_on)}"
    return found


def _label(held: "ClockHeld", paper: str | None) -> str:
    base, _, number = held.name.partition(".")
    label = CLOCKS.get(base, held.name)
    if paper is not None:
        return f"{label} {paper}"
    return f"{label} (lần {format_number(int(number))})" if number else label
