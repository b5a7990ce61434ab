"""A report as it was sent: every vintage, what was decided, and what stands beside each figure to judge it by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from danvan.foundation.periods import Period
from danvan.indicators.enums import Origin
from danvan.indicators.selectors.measures import Offer, values_from, values_of
from danvan.organisations.selectors import last_names
from danvan.reporting.computing import Computed, computed
from danvan.reporting.enums import Standing
from danvan.reporting.models import Decision, Form, Obligation, Submission, SubmissionEvidence
from danvan.reporting.narrating import Cited
from danvan.reporting.questions import Question, Questions
from danvan.reporting.selectors.citing import Behalf, Piece, behalf_of, pieces_of
from danvan.reporting.selectors.filling import offers_for
from danvan.reporting.selectors.forms import questions_for
from danvan.reporting.selectors.obligations import allowed_obligations
from danvan.reporting.selectors.spans import SOURCE, month_of, previous, trimmed
from danvan.reporting.selectors.ways import Stop, of_the_unit, stops_of
from danvan.reporting.tables import Table, table_of

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Value


OPEN_TO_UNIT = (Standing.DUE, Standing.PROPOSED, Standing.SENT, Standing.RETURNED)


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer of one submission: a number with where it came from, or words."""

    amount: Decimal | None = None
    words: str = ""
    origin: str = ""
    note: str = ""
    given: bool = False
    cited: tuple[Cited, ...] = ()  # the figures in the words
    carried: str = ""  # the month whose words these are, unchanged, within a sentence

    @property
    def estimated(self) -> bool:
        """Whether the number is an estimate."""
        return self.origin == Origin.ESTIMATED

    @property
    def origin_label(self) -> str:
        """Where the number came from, in words."""
        return str(Origin(self.origin).label) if self.origin else ""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One question with what was sent, and what stands beside it: last month, the records, another vintage."""

    question: Question
    sent: Sent
    before: Decimal | None = None  # last month's number
    counted: Offer | None = None
    other: Sent | None = None  # in the vintage it is compared with
    comment: str = ""
    reasons: tuple[
        Mapping[str, Any], ...
    ] = ()  # what warned when it was sent, and why it is right all the same
    computed: Computed | None = None
    unit_id: int = 0  # whose report it is

    @property
    def differs(self) -> bool:
        """Whether the number is not what the records count now."""
        return (
            self.counted is not None
            and self.sent.amount is not None
            and self.sent.amount != self.counted.amount
        )

    @property
    def pieces(self) -> list[Piece]:
        """The words, each figure in them by itself with where it opens."""
        return pieces_of(self.sent.words, self.sent.cited, self.unit_id)

    @property
    def changed(self) -> bool:
        """Whether it is not what the other vintage says."""
        return self.other is not None and (self.sent.amount, self.sent.words) != (
            self.other.amount,
            self.other.words,
        )


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A part of the form as it was answered."""

    position: int
    title: str
    nil: bool
    cells: list[ReadCell]
    table: Table[ReadCell] | None = None

    @property
    def listed(self) -> list[ReadCell]:
        """Its cells beside the table."""
        return [one for one in self.cells if not one.question.in_cell]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as one reader sees it. `shown` is None where nothing was sent yet."""

    obligation: Obligation
    period: Period
    unit_name: str
    shown: Submission | None
    other: Submission | None  # the vintage it is compared with
    vintages: list[Submission]  # the newest first
    sections: list[ReadSection]
    decisions: list[Decision]  # the newest first
    evidence: list[SubmissionEvidence]
    may_enter: bool
    closed: bool  # whether the reader enters it and it is decided, so that only who decided can open it again
    may_decide: bool
    may_lock: bool
    way: list[Stop]
    laid: bool  # whether something lies before the head of the unit, and the reader is of the unit
    below: str  # the place on the way that it can go back to, if there is one
    places: dict[int, str]  # the names of the places in whose name was decided
    behalf: list[Behalf] = field(default_factory=list)  # who of another unit had a hand in it

    @property
    def estimates(self) -> int:
        """How many of its figures are estimates."""
        return sum(cell.sent.estimated for section in self.sections for cell in section.cells)

    @property
    def decided(self) -> list[tuple[Decision, str]]:
        """The decisions, each with the place in whose name it was taken; the newest first."""
        return [(one, self.places.get(one.place_id or 0, "")) for one in self.decisions]

    @property
    def late(self) -> bool:
        """Whether the first one came after the day it was due."""
        sent = self.obligation.first_sent_on
        return sent is not None and sent > self.obligation.due_on

    @property
    def replaced_by(self) -> Submission | None:
        """The vintage that came after the one shown, if any."""
        if self.shown is None:
            return None
        later = [one for one in self.vintages if one.vintage > self.shown.vintage]
        return later[-1] if later else None


def report_of(user: "User", obligation: Obligation, vintage: int | None = None) -> Report | None:
    """A report in one vintage (the one that stands, unless said); None where there is no such vintage.

    An old vintage is compared with the one that stands, that one with the one before it. A fixed number of
    queries.
    """
    period = month_of(obligation)
    vintages = list(obligation.submissions.select_related("sent_by").order_by("-vintage"))
    shown = next((one for one in vintages if vintage in (None, one.vintage)), None)
    if shown is None and vintage is not None:
        return None
    other = _compared_with(shown, vintages)
    questions = questions_for(obligation)
    decisions = list(
        Decision.objects.filter(submission__obligation=obligation)
        .select_related("by", "submission", "on_behalf_of")
        .order_by("-pk")
    )
    row = Obligation.objects.filter(pk=obligation.pk)
    asked = row.filter(form__in=Form.objects.allowed(user, "submissions.approve")).exists()
    places = {one.place_id for one in decisions if one.place_id}
    way = stops_of(obligation)
    passed = [one.name for one in way[obligation.head_approves : -1] if one.done]
    may = {
        action: allowed_obligations(user, f"submissions.{action}").filter(pk=obligation.pk).exists()
        for action in ("enter", "lock")
    }
    standing = obligation.standing
    return Report(
        obligation=obligation,
        period=period,
        unit_name=last_names([obligation.unit_id], period.last).get(obligation.unit_id, ""),
        shown=shown,
        other=other,
        vintages=vintages,
        sections=_sections(obligation, questions, shown, other, decisions),
        decisions=decisions,
        evidence=list(shown.evidence.select_related("file")) if shown else [],
        may_enter=may["enter"] and standing in OPEN_TO_UNIT,
        closed=may["enter"] and standing in (Standing.ACCEPTED, Standing.LOCKED),
        may_decide=(asked and standing == Standing.ACCEPTED) or row.in_turn_of(user).exists(),
        may_lock=may["lock"] and standing == Standing.LOCKED,
        way=way,
        laid=standing == Standing.PROPOSED and of_the_unit(user, obligation),
        below=passed[-1] if passed else "",
        places=last_names(places, period.last) if places else {},
        behalf=behalf_of(shown) if shown else [],
    )


def evidence_of(user: "User", obligation_id: int) -> QuerySet[SubmissionEvidence]:
    """The files sent with a report that `user` may read."""
    seen = allowed_obligations(user, "submissions.view").filter(pk=obligation_id)
    found = SubmissionEvidence.objects.filter(submission__obligation__in=seen)
    return found.select_related("file")


def answers_of(
    submissions: Mapping[int, Submission], questions: Questions
) -> dict[int, dict[str, Sent]]:
    """What these submissions say, by submission id and item code. One query."""
    found: dict[int, dict[int, Value]] = {}
    for value in values_from(SOURCE, list(submissions)):
        found.setdefault(value.source_id or 0, {})[value.indicator_id] = value
    return {
        pk: {
            code: _sent(question, submission, found.get(pk, {}))
            for code, question in questions.by_code.items()
        }
        for pk, submission in submissions.items()
    }


def _sent(question: Question, submission: Submission, values: "Mapping[int, Value]") -> Sent:
    if not question.number:
        words = submission.words.get(question.code, "")
        month = submission.carried.get(question.code, "")
        return Sent(
            words=words,
            given=bool(words),
            cited=tuple(map(Cited.read, submission.cited.get(question.code, ()))),
            carried=Period.parse(month).label if month else "",
        )
    value = values.get(question.indicator_id)
    if value is None:
        return Sent()
    return Sent(
        amount=trimmed(value.amount, question.places),
        origin=value.origin,
        note=value.note,
        given=value.amount is not None,
    )


def _compared_with(shown: Submission | None, vintages: list[Submission]) -> Submission | None:
    if shown is None or len(vintages) < 2:
        return None
    return vintages[1] if shown is vintages[0] else vintages[0]


def _sections(
    obligation: Obligation,
    questions: Questions,
    shown: Submission | None,
    other: Submission | None,
    decisions: list[Decision],
) -> list[ReadSection]:
    if shown is None:
        return []
    period = month_of(obligation)
    asked = {one.pk: one for one in (shown, other) if one is not None}
    said = answers_of(asked, questions)
    worked_out = computed(questions, {code: one.amount for code, one in said[shown.pk].items()})
    before: dict[int, Any] = dict(values_of(obligation.unit_id, previous(period)))
    counted = offers_for(obligation, questions)
    comments: dict[str, str] = next(
        (
            one.comments
            for one in decisions
            if one.submission_id == shown.pk and one.standing == Standing.RETURNED
        ),
        {},
    )

    def drawn(question: Question) -> ReadCell:
        return ReadCell(
            question=question,
            sent=said[shown.pk][question.code],
            before=_before(question, before),
            counted=counted.get(question.code),
            other=said[other.pk][question.code] if other else None,
            comment=comments.get(question.code, ""),
            reasons=tuple(
                one for one in shown.reasons.values() if one["items"][0] == question.code
            ),
            computed=worked_out.get(question.code),
            unit_id=obligation.unit_id,
        )

    return [
        ReadSection(
            position=part.position,
            title=part.title,
            nil=part.position in shown.nil_sections,
            cells=[drawn(question) for question in part.questions],
            table=table_of(part, drawn),
        )
        for part in questions.sections
    ]


def _before(question: Question, values: "Mapping[int, Value]") -> Decimal | None:
    value = values.get(question.indicator_id) if question.typed else None
    return trimmed(value.amount, question.places) if value is not None else None
