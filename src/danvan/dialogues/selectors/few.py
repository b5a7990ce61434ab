"""The one rule for numbers of people: of how few nothing is shown, nor what would give them by subtraction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from danvan.dialogues.enums import Grade
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter

SUPPRESS = (
    "people.suppress.below"  # the row of the law: numbers of people smaller than this are not shown
)


@dataclass(frozen=True, slots=True)
class Tallied:
    """Grades as they may be shown: counts by grade, or only how many, or nothing (`why` says so).

    `at_least`: the total is told in steps of the least number only.
    """

    total: int | None
    counts: list[tuple[str, int]]
    why: str = ""
    at_least: bool = False


def least_shown(on: date) -> int | None:
    """From how many people on a number may be shown; None where no row of the law says so: then nothing is shown."""
    try:
        row = parameter(SUPPRESS, on=on)
    except UnknownParameter:
        return None
    return -(-row.numerator // row.denominator)


def tallied(numbers: Mapping[str, int], *, on: date, ended: bool = True) -> Tallied:
    """Grades given by people, on paper or by slip: a grade given by few hides the counts of all grades.

    While grades still come in (not `ended`) no count is shown, and the total in steps: who watches the page would
    else see which grade the next one gave.
    """
    total, least = sum(numbers.values()), least_shown(on)
    if least is None:
        return Tallied(None, [], "Chưa có mức tối thiểu để hiện số đánh giá.")
    if total < least:
        return Tallied(None, [], f"Dưới {least} phiếu nên chưa hiện.")
    if not ended:
        why = "Số của từng mức hiện khi cuộc đối thoại đã khép lại, không còn nhận đánh giá."
        return Tallied(total // least * least, [], why, at_least=True)
    if any(0 < number < least for number in numbers.values()):
        why = f"Có mức dưới {least} phiếu nên không hiện số của từng mức."
        return Tallied(total, [], why)
    return Tallied(total, [(str(one.label), numbers.get(one, 0)) for one in Grade])
