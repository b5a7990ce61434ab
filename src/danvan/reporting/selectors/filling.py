"""What the page of a report that is being filled in shows: typed, offered, given last month, asked to mend."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators.selectors.measures import Offer, offers, values_from, values_of
from danvan.organisations.selectors import last_names, predecessors
from danvan.reporting.answers import is_answered, read_answers
from danvan.reporting.computing import Computed, computed
from danvan.reporting.enums import Standing
from danvan.reporting.models import Decision, DraftEvidence, Obligation, Submission
from danvan.reporting.questions import Question, Questions
from danvan.reporting.selectors.forms import questions_of
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import lower_first

SOURCE = "reporting.submission"  # what the values of a report name as their source


@dataclass(frozen=True, slots=True)
class Cell:
    """One question on the page, with what is typed and all that helps to answer it."""

    question: Question
    text: str = ""
    offer: Offer | None = None
    before: Decimal | None = None  # last month's number
    comment: str = ""  # what to mend, where the report was returned
    faults: tuple[str, ...] = ()
    computed: Computed | None = None

    @property
    def kept(self) -> bool:
        """Whether the offered figure stands unchanged."""
        return self.offer is not None and self.text == format_number(self.offer.amount)


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A part of the form on the page; `rows` holds its cells, a pair (lượt, người) side by side."""

    position: int
    title: str
    may_be_nil: bool
    nil: bool
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def cells(self) -> list[Cell]:
        """All its cells, in order."""
        return [cell for row in self.rows for cell in row]

    @property
    def faults(self) -> int:
        """How many cells must be mended."""
        return sum(bool(cell.faults) for cell in self.cells)

    @property
    def complete(self) -> bool:
        """Whether every required answer is there, or nothing of it happened."""
        asked = [cell for cell in self.cells if not cell.question.computed]
        return self.nil or all(is_answered(cell.text) for cell in asked if cell.question.required)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report that is being filled in."""

    obligation: Obligation
    period: Period
    unit_name: str
    formerly: str
    questions: Questions
    sections: list[FilledSection]
    answered: int
    asked: int
    evidence: list[DraftEvidence]
    returned: Decision | None
    days_left: int
    saved_at: datetime | None
    general_faults: list[str] = field(default_factory=list)

    @property
    def overdue(self) -> int:
        """Days since it was due."""
        return max(-self.days_left, 0)

    @property
    def nil(self) -> list[int]:
        """The sections said to be "không phát sinh"."""
        return [section.position for section in self.sections if section.nil]


def month_of(obligation: Obligation) -> Period:
    """The month that is reported."""
    return Period.starting(obligation.first, Every.MONTH)


def previous(period: Period) -> Period:
    """The month before a month."""
    year, month = divmod(period.first.year * 12 + period.first.month - 2, 12)
    return Period.starting(date(year, month + 1, 1), Every.MONTH)


def offers_for(obligation: Obligation, questions: Questions) -> dict[str, Offer]:
    """The figures counted from records for the items of a report, by item code."""
    by_id = {one.indicator_id: code for code, one in questions.by_code.items() if one.typed}
    found = offers(list(by_id), obligation.unit_id, month_of(obligation))
    return {by_id[key]: offer for key, offer in found.items() if offer.records is not None}


def sheet_of(
    obligation: Obligation,
    *,
    answers: Mapping[str, str] | None = None,
    nil_sections: Collection[int] = (),
    faults: Mapping[str, list[str]] | None = None,
) -> Sheet:
    """The page of a report. `answers` and `faults` are what was just typed, where an act was refused.

    Else what was typed before; else what was sent; else what the records know. A fixed number of queries.
    """
    period = month_of(obligation)
    questions = questions_of(obligation.form_id, on=period.last)
    known = offers_for(obligation, questions)
    typed, nil = _typed(obligation, questions, known)
    if answers is not None:
        typed, nil = dict(answers), frozenset(nil_sections)
    amounts = read_answers(questions, typed, nil & questions.nil_positions).amounts
    worked_out = computed(questions, amounts)
    before = _given_last_month(obligation, questions, period)
    returned = _returned(obligation)
    comments = returned.comments if returned else {}
    wrong = faults or {}

    def cell(question: Question) -> Cell:
        code = question.code
        return Cell(
            question=question,
            text=typed.get(code, ""),
            offer=known.get(code),
            before=before.get(code),
            comment=comments.get(code, ""),
            faults=tuple(wrong.get(code, ())),
            computed=worked_out.get(code),
        )

    sections = [
        FilledSection(
            position=part.position,
            title=part.title,
            may_be_nil=part.may_be_nil,
            nil=part.position in nil,
            rows=paired([cell(question) for question in part.questions]),
        )
        for part in questions.sections
    ]
    nought = questions.codes_in(nil)
    asked = [one for one in questions.by_code.values() if not one.computed]
    names = last_names([obligation.unit_id], period.last)
    return Sheet(
        obligation=obligation,
        period=period,
        unit_name=names.get(obligation.unit_id, ""),
        formerly=_formerly(obligation),
        questions=questions,
        sections=sections,
        answered=sum(one.code in nought or is_answered(typed.get(one.code)) for one in asked),
        asked=len(asked),
        evidence=list(obligation.draft_evidence.select_related("file")),
        returned=returned,
        days_left=(obligation.due_on - clock.today()).days,
        saved_at=obligation.draft_saved_at,
        general_faults=list(wrong.get("", ())),
    )


def paired(cells: list[Cell]) -> tuple[tuple[Cell, ...], ...]:
    """Cells in rows: a count of visits (lượt) and the count of persons (người) it holds stand side by side."""
    rows: list[tuple[Cell, ...]] = []
    for cell in cells:
        last = rows[-1] if rows else ()
        if len(last) == 1 and _belong_together(last[0].question, cell.question):
            rows[-1] = (last[0], cell)
        else:
            rows.append((cell,))
    return tuple(rows)


def _belong_together(first: Question, second: Question) -> bool:
    visits, persons = first.unit_label.startswith("lượt"), second.unit_label.startswith("người")
    return first.typed and second.typed and visits and persons and second.part_of == first.code


def _typed(
    obligation: Obligation, questions: Questions, known: Mapping[str, Offer]
) -> tuple[dict[str, str], frozenset[int]]:
    if obligation.draft_saved_at is not None:
        return dict(obligation.draft.get("answers", {})), frozenset(obligation.draft.get("nil", ()))
    sent = obligation.submissions.order_by("-vintage").first() if obligation.first_sent_on else None
    if sent is not None:
        nil = frozenset(sent.nil_sections)
        nought = questions.codes_in(nil)
        answers = {
            code: said for code, said in texts_of(sent, questions).items() if code not in nought
        }
        return answers, nil
    return {code: format_number(offer.amount) for code, offer in known.items()}, frozenset()


def texts_of(submission: Submission, questions: Questions) -> dict[str, str]:
    """What was sent, by item code, as it is written. One query."""
    values = {value.indicator_id: value for value in values_from(SOURCE, [submission.pk])}
    found = dict(submission.words)
    for code, question in questions.by_code.items():
        value = values.get(question.indicator_id) if question.typed else None
        if value is not None and value.amount is not None:
            found[code] = format_number(trimmed(value.amount, question.places) or 0)
    return found


def trimmed(amount: Decimal | None, places: int) -> Decimal | None:
    """An amount as it is kept, with the places that its indicator has."""
    return None if amount is None else amount.quantize(Decimal(1).scaleb(-places))


def _given_last_month(
    obligation: Obligation, questions: Questions, period: Period
) -> dict[str, Decimal | None]:
    values = values_of(obligation.unit_id, previous(period))
    return {
        code: trimmed(values[question.indicator_id].amount, question.places)
        for code, question in questions.by_code.items()
        if question.typed and question.indicator_id in values
    }


def _returned(obligation: Obligation) -> Decision | None:
    """The decision by which the report is with its unit again."""
    if obligation.standing != Standing.RETURNED:
        return None
    made = Decision.objects.filter(submission__obligation=obligation, standing=Standing.RETURNED)
    return made.select_related("by").order_by("-pk").first()


def _formerly(obligation: Obligation) -> str:
    """The units of its own level that the unit was made of, as they stand within a sentence."""
    kin = predecessors(obligation.unit_id)
    level = obligation.form.level
    return ", ".join(lower_first(one.name) for one in kin if one.level == level)
