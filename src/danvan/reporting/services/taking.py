"""What one workbook that was handed in gives: answers over what stands, faults at their cells, the row that is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Origin
from danvan.organisations.selectors import last_names
from danvan.reporting.answers import Answers, is_answered, read_answers
from danvan.reporting.enums import How, Outcome
from danvan.reporting.models import Obligation, SheetFile
from danvan.reporting.narrating import found_again, keys_in
from danvan.reporting.questions import Questions
from danvan.reporting.selectors import Book, month_of, offers_for, pasts
from danvan.reporting.selectors.filling import Typed, patterns_of
from danvan.reporting.selectors.narrating import Scene, narrated
from danvan.reporting.services.behalf import Hand
from danvan.reporting.services.drafting import keep_in_draft
from danvan.reporting.sheets import CellFault, ReadSheet, SheetMark, digest_of
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

ACTS = {
    Outcome.DRAFTED: "reporting.read_sheet",
    Outcome.SENT: "reporting.submit_for_unit",
    Outcome.REFUSED: "reporting.refuse_sheet",
}
MOST_ROWS_TOLD = 50


@dataclass(slots=True)
class Taken:
    """What is to be kept of one workbook."""

    outcome: str
    obligation: Obligation | None = None
    read: ReadSheet | None = None
    faults: Sequence[CellFault] = ()
    remarks: list[str] = field(default_factory=list)


def laid_over(
    questions: Questions, read: ReadSheet, kept: Mapping[str, str], kept_nil: frozenset[int]
) -> tuple[dict[str, str], frozenset[int]]:
    """What stands already with what the workbook says over it; what is empty there leaves what stands."""
    said = {code: text for code, text in read.answers.items() if is_answered(text)}
    filled = frozenset(
        part.position for part in questions.sections if any(said.get(q.code, "0") != "0" for q in part.questions)
    )  # fmt: skip
    nil = (kept_nil - filled) | frozenset(read.nil)
    nought = questions.codes_in(nil)
    return {c: t for c, t in {**kept, **said}.items() if c not in nought}, nil


def answered(questions: Questions, answers: Mapping[str, str], nil: frozenset[int]) -> Answers:
    """The answers of a workbook, read."""
    return read_answers(questions, answers, nil & questions.nil_positions)


def faults_at_cells(
    questions: Questions, read: ReadSheet, answers: Mapping[str, str], said: Answers
) -> list[CellFault]:
    """What is wrong with the answers themselves, at their cells; what is not answered yet is no fault of a draft."""
    told = {fault.code for fault in read.faults}
    return [
        at_its_cell(fault.message, fault.column, questions, read)
        for fault in said.faults
        if fault.column in answers and fault.column not in told
    ]


def at_its_cell(message: str, code: str, questions: Questions, read: ReadSheet) -> CellFault:
    """A fault of an answer at the cell where that stands; no address where the workbook does not hold it."""
    sheet, address = read.at(code)
    question = questions.by_code.get(code)
    return CellFault(message, sheet, address, question.label if question else "", code)


def remarks_on(questions: Questions, read: ReadSheet, kept: Mapping[str, str]) -> list[str]:
    """What was left as it is: items that the workbook does not hold, empty ones, rows of something else."""
    found = []
    if read.absent:
        labels = "; ".join(questions.by_code[code].label for code in read.absent)
        found.append(f"Không thấy trong tệp: {labels}.")
    stay = [
        one.label for one in read.found.values() if not one.text and is_answered(kept.get(one.code))
    ]
    if stay:
        found.append(f"Ô trống trong tệp, giữ số đã có trong bản nháp: {'; '.join(stay)}.")
    if read.strange:
        rows = "; ".join(
            f"{one.label} ({one.sheet}, ô {one.address})" for one in read.strange[:MOST_ROWS_TOLD]
        )
        found.append(f"Không phải nội dung của biểu này nên không đọc: {rows}.")
    return found


def keep_draft(
    obligation: Obligation,
    answers: Mapping[str, str],
    nil: Iterable[int],
    hand: Hand,
    estimated: Iterable[str],
) -> None:
    """Keep the answers as the draft of a report that the caller has locked."""
    keep_in_draft(
        obligation, answers, hand, nil_sections=sorted(nil), estimated=list(estimated), how=How.HANDED
    )  # fmt: skip


def estimates_over(read: ReadSheet, kept: frozenset[str]) -> frozenset[str]:
    """Which figures are estimates: as the workbook says of those it holds, else as they were."""
    said = {code for code, text in read.answers.items() if is_answered(text)}
    return (kept - said) | read.estimated


def words_again(
    obligation: Obligation, questions: Questions, there: Typed, answers: Mapping[str, str]
) -> dict[str, str]:
    """The answers, their words naming the figures again that the template showed in them."""
    asked = {
        code
        for code in patterns_of(questions).keys() & answers.keys()
        if not keys_in([answers[code]])
    }
    if not asked:
        return dict(answers)
    period, unit_id = month_of(obligation), obligation.unit_id
    before = pasts(Book(questions), period, [unit_id])[unit_id]
    amounts = read_answers(questions, there.answers, there.nil & questions.nil_positions).amounts
    texts = {code: there.answers.get(code) or questions.by_code[code].pattern for code in asked}
    showed = narrated(Scene(unit_id, period, questions, amounts, before), texts)
    return {**answers, **{code: found_again(showed[code].marked, answers[code]) for code in asked}}


def kept_as_counted(
    obligation: Obligation, questions: Questions, answers: Mapping[str, str]
) -> dict[str, str]:
    """Which answers are the counted figure, kept unchanged."""
    return {
        code: Origin.COUNTED
        for code, offer in offers_for(obligation, questions).items()
        if answers.get(code) == format_number(offer.amount)
    }


def keep_taken(came: Sequence[tuple[SheetFile, Taken]], actor: "User | None") -> None:
    """Write down what came of workbooks, each with its one audit entry."""
    for file, taken in came:
        file.outcome, file.obligation, file.read_at = taken.outcome, taken.obligation, clock.now()
        file.faults = [fault.as_kept() for fault in taken.faults]
        file.remarks = list(taken.remarks)
        file.answers = [
            {
                "code": one.code, "label": one.label, "sheet": one.sheet, "address": one.address,
                "shown": one.shown, "text": one.text, "note": one.note,
            }
            for one in (taken.read.found.values() if taken.read else ())
        ]  # fmt: skip
        file.save()
    for outcome, action in ACTS.items():
        some = [file for file, taken in came if taken.outcome == outcome]
        audit.record_each(actor, action, ((file, _audited(file)) for file in some))


def _audited(file: SheetFile) -> dict[str, Any]:
    return {
        "drop_id": file.drop_id,
        "obligation_id": file.obligation_id,
        "faults": len(file.faults),
    }


def refuse_another(mark: SheetMark, obligation: Obligation, questions: Questions) -> None:
    """RuleError that says whose template it is and whose is wanted."""
    form, period = obligation.form, month_of(obligation)
    here = SheetMark(form.code, form.number, obligation.unit_id, period.code, mark.digest)
    if mark != here:
        names = last_names([mark.unit_id, here.unit_id], period.last)
        made, wanted = (
            f"{form_and_month(one.code, one.number, one.month)} của {names.get(one.unit_id, 'đơn vị khác')}"
            for one in (mark, here)
        )
        raise RuleError(
            f"Tệp này là mẫu {made}; ở đây cần {wanted}. Đồng chí vui lòng tải đúng mẫu rồi nhập lại."
        )
    refuse_older(mark, digest_of(questions))


def refuse_older(mark: SheetMark, digest: str) -> None:
    """RuleError where the form has changed since the template was made."""
    if mark.digest != digest:
        raise RuleError(
            "Biểu đã thay đổi sau khi tải tệp mẫu này. Đồng chí vui lòng tải lại mẫu rồi chép số liệu sang."
        )


def form_and_month(code: str, number: int, month: str) -> str:
    """A form version and a month, as a sentence names them."""
    return f"biểu {code} phiên bản {number}, {Period.parse(month).label}"
