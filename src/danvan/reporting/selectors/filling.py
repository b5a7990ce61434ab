"""What the page of a report that is being filled in shows: typed, offered, given last month, asked to mend."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators.enums import Origin
from danvan.indicators.selectors.measures import Offer, offers, values_from
from danvan.organisations.selectors import last_names, predecessors
from danvan.reporting.answers import in_figures, is_answered, meant, read_answers
from danvan.reporting.computing import Computed, computed
from danvan.reporting.models import Decision, DraftEvidence, Obligation, Proposal, Submission
from danvan.reporting.narrating import Told, from_sent
from danvan.reporting.pairing import paired
from danvan.reporting.questions import Question, Questions
from danvan.reporting.rules import Finding, Past
from danvan.reporting.selectors.carrying import LastWords, last_words
from danvan.reporting.selectors.checking import (
    Book,
    book_for,
    findings_of,
    pasts,
    says_something,
    while_typing,
    with_reasons,
)
from danvan.reporting.selectors.narrating import Scene, narrated
from danvan.reporting.selectors.returning import given_back_by_head, returned_by
from danvan.reporting.selectors.spans import SOURCE, month_of, trimmed
from danvan.reporting.tables import Table, table_of
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import lower_first


@dataclass(frozen=True, slots=True)
class Doubt:
    """A rule that may warn beside a cell: what it says now ("" where it is content), and the reason given."""

    rule: str
    message: str = ""
    reason: str = ""

    @property
    def unsaid(self) -> bool:
        """Whether it warns and nothing is said to it in words yet."""
        return bool(self.message) and not says_something(self.reason)


@dataclass(frozen=True, slots=True)
class Cell:
    """One question on the page, with what is typed and all that helps to answer it."""

    question: Question
    text: str = ""
    offer: Offer | None = None
    before: Decimal | None = None  # last month's number
    last_year: Decimal | None = None  # the same month's a year ago
    year: Decimal | None = None  # the sum of the months of this year before this one
    amount: Decimal | None = None  # what is typed, as it is read
    comment: str = ""  # what to mend, where the report was returned
    faults: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()  # what figures the text may mean, where there are two ways
    doubts: tuple[Doubt, ...] = ()
    computed: Computed | None = None
    estimated: bool = False
    told: Told | None = None  # of words: with their figures
    last: tuple[LastWords, ...] = ()  # what was written the month before

    @property
    def so_far(self) -> Decimal | None:
        """The sum of the year with this month (lũy kế); None where a part is not known."""
        return None if self.year is None or self.amount is None else self.year + self.amount

    @property
    def step(self) -> str:
        """The name of the step that is chosen; empty where what stands there is none."""
        step = self.question.step_named(self.text) if self.question.steps else None
        return step.name if step else ""

    @property
    def warnings(self) -> list[Doubt]:
        """What warns now."""
        return [one for one in self.doubts if one.message]

    @property
    def raw(self) -> str:
        """What stands there as it is kept: words name their figures."""
        return self.told.raw if self.told else self.text

    @property
    def copied(self) -> LastWords | None:
        """The words of the month before that stand here unchanged."""
        pattern = self.question.pattern
        return next((one for one in self.last if one.is_kept(self.raw, pattern)), None)

    @property
    def untouched(self) -> bool:
        """Whether nobody wrote anything of their own yet."""
        return self.raw.strip() in ("", self.question.pattern.strip())

    @property
    def kept(self) -> bool:
        """Whether the offered figure stands unchanged."""
        return self.offer is not None and self.text == format_number(self.offer.amount)


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A part of the form on the page; `rows` holds its cells beside the table, a pair (lượt, người) side by side."""

    position: int
    title: str
    may_be_nil: bool
    nil: bool
    rows: tuple[tuple[Cell, ...], ...]
    table: Table[Cell] | None = None

    @property
    def listed(self) -> list[Cell]:
        """Its cells beside the table, in order."""
        return [cell for row in self.rows for cell in row]

    @property
    def cells(self) -> list[Cell]:
        """All its cells, in order: first those of the table, row by row."""
        return [*(self.table.cells if self.table else ()), *self.listed]

    @property
    def doubtful(self) -> list[str]:
        """The rows of its table in which a rule may warn."""
        rows = self.table.rows if self.table else ()
        return [row.label for row in rows if any(one.doubts for _, one in row.cells if one)]

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
    given_back: Proposal | None
    days_left: int
    saved_at: datetime | None
    general_faults: list[str] = field(default_factory=list)
    findings: list[Finding] = field(
        default_factory=list
    )  # all that is wrong, boxes that are empty still too

    @property
    def commented(self) -> list[Cell]:
        """The questions that whoever returned the report said something about."""
        return [cell for part in self.sections for cell in part.cells if cell.comment]

    @property
    def overdue(self) -> int:
        """Days since it was due."""
        return max(-self.days_left, 0)


def offers_for(obligation: Obligation, questions: Questions) -> dict[str, Offer]:
    """The figures counted from records for the items of a report, by item code."""
    by_id = {one.indicator_id: code for code, one in questions.by_code.items() if one.typed}
    found = offers(list(by_id), obligation.unit_id, month_of(obligation))
    return {by_id[key]: offer for key, offer in found.items() if offer.records is not None}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the boxes: an answer by item code, the sections without anything, reasons by rule code."""

    answers: Mapping[str, str]
    nil: frozenset[int]
    reasons: Mapping[str, str] = field(default_factory=dict)
    estimated: frozenset[str] = frozenset()


def sheet_of(
    obligation: Obligation,
    *,
    answers: Mapping[str, str] | None = None,
    nil_sections: Collection[int] = (),
    reasons: Mapping[str, str] | None = None,
    estimated: Collection[str] = (),
    faults: Mapping[str, list[str]] | None = None,
    whole: bool = False,
    drafted: bool = True,
) -> Sheet:
    """The page of a report. `answers` and `faults` are what was just typed, where an act was refused.

    Else what was typed before (unless what is `drafted` is not the reader's to see); else what was sent; else what the
    records know. Boxes that are empty still are told of only where the `whole` report is asked about. A fixed number
    of queries.
    """
    period = month_of(obligation)
    book = book_for(obligation)
    questions = book.questions
    known = offers_for(obligation, questions)
    typed = typed_in(obligation, questions, known, drafted=drafted)
    if answers is not None:
        said = {**typed.reasons, **(reasons or {})}
        typed = Typed(answers, frozenset(nil_sections), said, frozenset(estimated))
    nil = typed.nil & questions.nil_positions
    read = read_answers(questions, typed.answers, nil)
    before = pasts(book, period, [obligation.unit_id])[obligation.unit_id]
    findings = with_reasons(findings_of(book, read, before, nil), typed.reasons)
    returned = returned_by(obligation)
    given_back = given_back_by_head(obligation) if obligation.head_approves else None
    last_said = given_back or returned
    wrong = faults or {}
    draw = _Drawing(
        book=book,
        typed=typed,
        amounts=read.amounts,
        known=known,
        before=before,
        worked_out=computed(questions, read.amounts),
        comments=last_said.comments if last_said else {},
        wrong=wrong,
        told=findings if whole else while_typing(findings, typed.answers),
        words=narrated(
            Scene(obligation.unit_id, period, questions, read.amounts, before), typed.answers
        ),
        last=last_words(obligation, questions),
    )
    nought = questions.codes_in(nil)
    asked = [one for one in questions.by_code.values() if not one.computed]
    names = last_names([obligation.unit_id], period.last)
    return Sheet(
        obligation=obligation,
        period=period,
        unit_name=names.get(obligation.unit_id, ""),
        formerly=_formerly(obligation),
        questions=questions,
        sections=[
            FilledSection(
                position=part.position,
                title=part.title,
                may_be_nil=part.may_be_nil,
                nil=part.position in typed.nil,
                rows=paired(part.questions, draw.cell),
                table=table_of(part, draw.cell),
            )
            for part in questions.sections
        ],
        answered=sum(
            one.code in nought or is_answered(typed.answers.get(one.code)) for one in asked
        ),
        asked=len(asked),
        evidence=list(obligation.draft_evidence.select_related("file")),
        returned=None if given_back else returned,
        given_back=given_back,
        days_left=(obligation.due_on - clock.today()).days,
        saved_at=obligation.draft_saved_at,
        general_faults=[
            *wrong.get("", ()),
            *(one.message for one in findings if one.item not in questions.by_code),
            *(one.message for one in findings if one.blocks and one.rule and one.item in nought),
        ],
        findings=findings,
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """All that the cells of a page are drawn from."""

    book: Book
    typed: Typed
    amounts: Mapping[str, Decimal | None]
    known: Mapping[str, Offer]
    before: Past
    worked_out: Mapping[str, Computed]
    comments: Mapping[str, str]
    wrong: Mapping[str, list[str]]
    told: list[Finding]
    words: Mapping[str, Told]
    last: Mapping[str, list[LastWords]]

    def cell(self, question: Question) -> Cell:
        """One question on the page."""
        code = question.code
        here = [one for one in self.told if one.item == code]
        broken = [one.message for one in here if one.blocks]
        told = self.words.get(code)
        return Cell(
            question=question,
            text=told.text if told else self._text(question),
            offer=self.known.get(code),
            before=self.before.previous.get(code),
            last_year=self.before.last_year.get(code),
            year=self.before.year.get(code),
            amount=self.amounts.get(code),
            comment=self.comments.get(code, ""),
            faults=tuple(dict.fromkeys([*self.wrong.get(code, ()), *broken])),
            meanings=tuple(self._meanings(question)),
            doubts=tuple(self._doubts(code, here)),
            computed=self.worked_out.get(code),
            estimated=code in self.typed.estimated,
            told=told,
            last=tuple(self.last.get(code, ())),
        )

    def _text(self, question: Question) -> str:
        text = self.typed.answers.get(question.code, "")
        return in_figures(text, self.amounts.get(question.code)) if question.typed else text

    def _meanings(self, question: Question) -> list[str]:
        unread = question.typed and self.amounts.get(question.code) is None
        return meant(question, self.typed.answers.get(question.code)) if unread else []

    def _doubts(self, code: str, here: list[Finding]) -> list[Doubt]:
        said = {one.rule: one.message for one in here if not one.blocks}
        return [
            Doubt(rule.code, said.get(rule.code, ""), self.typed.reasons.get(rule.code, ""))
            for rule in self.book.rules
            if not rule.blocks and rule.items[0] == code
        ]


def typed_in(
    obligation: Obligation,
    questions: Questions,
    known: Mapping[str, Offer] | None = None,
    *,
    drafted: bool = True,
) -> Typed:
    """What stands in the boxes of a report: its draft, else what was sent, else what the records know."""
    sent = obligation.submissions.order_by("-vintage").first() if obligation.first_sent_on else None
    reasons = {rule: one["words"] for rule, one in sent.reasons.items()} if sent else {}
    if drafted and obligation.draft_saved_at is not None:
        draft = obligation.draft
        kept = frozenset(draft.get("nil", ()))
        return Typed(
            {**patterns_of(questions), **draft.get("answers", {})},
            kept,
            reasons | draft.get("reasons", {}),
            frozenset(draft.get("estimated", ())),
        )
    if sent is not None:
        nil = frozenset(sent.nil_sections)
        return _sent_before(sent, questions, nil, reasons)
    offered = {code: format_number(offer.amount) for code, offer in (known or {}).items()}
    return Typed(patterns_of(questions) | offered, frozenset())


def patterns_of(questions: Questions) -> dict[str, str]:
    """What the words of a form begin with, by item code."""
    return {code: one.pattern for code, one in questions.by_code.items() if one.pattern}


def _sent_before(
    sent: Submission, questions: Questions, nil: frozenset[int], reasons: Mapping[str, str]
) -> Typed:
    """What was sent, as it is written, so that it can be sent again. One query."""
    values = {value.indicator_id: value for value in values_from(SOURCE, [sent.pk])}
    found = {code: from_sent(words, sent.cited.get(code, ())) for code, words in sent.words.items()}
    estimated = set()
    for code, question in questions.by_code.items():
        value = values.get(question.indicator_id) if question.typed else None
        if value is not None and value.amount is not None:
            found[code] = format_number(trimmed(value.amount, question.places) or 0)
            if value.origin == Origin.ESTIMATED:
                estimated.add(code)
    nought = questions.codes_in(nil)
    answers = {code: said for code, said in found.items() if code not in nought}
    return Typed(answers, nil, reasons, frozenset(estimated))


def _formerly(obligation: Obligation) -> str:
    """The units of its own level that the unit was made of, as they stand within a sentence."""
    kin = predecessors(obligation.unit_id)
    level = obligation.form.level
    return ", ".join(lower_first(one.name) for one in kin if one.level == level)
