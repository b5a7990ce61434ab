"""Send the reports of many units for one month in one act, as a drop of workbooks brings them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval
from danvan.indicators.services.recording import Given, record_many
from danvan.reporting.answers import Answers
from danvan.reporting.enums import How, Standing
from danvan.reporting.events import ReportsSent
from danvan.reporting.models import DraftEvidence, Obligation, Submission, SubmissionEvidence
from danvan.reporting.selectors import SOURCE, Book, stops, with_reasons
from danvan.reporting.selectors.checking import findings_of
from danvan.reporting.selectors.narrating import Scene
from danvan.reporting.services import acts
from danvan.reporting.services.behalf import Hand
from danvan.reporting.services.freezing import Frozen, all_looked_back, frozen
from danvan.reporting.services.sending import day_faults, entries_of
from danvan.reporting.services.ways import Turns


@dataclass(slots=True)
class Ready:
    """A unit's report before it is sent with others: its row, which the caller has locked and found to wait for it."""

    obligation: Obligation
    read: Answers
    nil: frozenset[int]
    origins: Mapping[str, str]
    words: Frozen = field(default_factory=Frozen)


def may_go_together(book: Book) -> bool:
    """Whether reports of a form may be sent so: a step of a scale is chosen in a report of its own."""
    return not any(one.steps for one in book.questions.by_code.values())


@transaction.atomic
def submit_many(
    ready: Sequence[Ready], *, book: Book, hand: Hand, how: How
) -> dict[int, RuleError]:
    """Send what units of one kind answered for a month, each by the rules of `submit_report`.

    A report with a fault stays as it was, and the others go: returned is what is wrong, by obligation. All their
    values are recorded at once, and those above are told once. The number of queries does not grow with the reports
    where their words name no figures.
    """
    told: dict[int, RuleError] = {}
    [first] = {one.obligation.first for one in ready}
    period = Period.starting(first, Every.MONTH)
    before = all_looked_back(book, period, {one.obligation.unit_id: one.read for one in ready})
    for one in ready:
        past = before[one.obligation.unit_id]
        findings = with_reasons(findings_of(book, one.read, past, one.nil), {})
        faults = [*day_faults(clock.today(), period), *stops(findings)]
        if faults:
            told[one.obligation.pk] = _refused(faults)
        elif one.read.words:
            unit = one.obligation.unit_id
            scene = Scene(unit, period, book.questions, one.read.amounts, past)
            one.words = frozen(one.obligation, scene, one.read.words)
    ready = [one for one in ready if one.obligation.pk not in told]
    while ready:
        wrong = _sent(ready, book, period, hand, how)
        if not wrong:
            break
        told |= wrong
        ready = [one for one in ready if one.obligation.pk not in told]
    return told


def _refused(faults: Sequence[Fault]) -> RuleError:
    return RuleError(f"Báo cáo chưa gửi được, còn {len(faults)} chỗ cần sửa.", faults=faults)


def _sent(
    ready: Sequence[Ready], book: Book, period: Period, hand: Hand, how: How
) -> dict[int, RuleError]:
    """Write them all; nothing of any where the values of some cannot be kept, and what is wrong with those."""
    today = clock.today()
    former = acts.latest_of([one.obligation for one in ready])
    asked: list[tuple[int, str]] = []  # the obligation and the item of each value
    try:
        with transaction.atomic():
            submissions = Submission.objects.bulk_create(
                Submission(
                    obligation=one.obligation,
                    vintage=former.get(one.obligation.pk, 0) + 1,
                    words=one.words.texts,
                    cited=one.words.cited,
                    carried=one.words.carried,
                    behalf=hand.noted(one.obligation, how),
                    nil_sections=sorted(one.nil),
                    sent_by=hand.actor,
                    sent_at=clock.now(),
                    sent_on=today,
                )
                for one in ready
            )
            codes = {q.indicator_id: code for code, q in book.questions.by_code.items() if q.typed}
            given = []
            for one, submission in zip(ready, submissions, strict=True):
                for entry in entries_of(book.questions, one.read, one.nil, one.origins):
                    given.append(Given(one.obligation.unit_id, period.first, entry, submission.pk))
                    asked.append((one.obligation.pk, codes[entry.indicator_id]))
            record_many(given, actor=hand.actor, source_kind=SOURCE, level=Approval.SENT)
    except RuleError as broken:
        return _by_report(broken, asked)
    _send_their_files(submissions)
    _become_sent([one.obligation for one in ready], today)
    audit.record_each(hand.actor, "reporting.submit", (_audited(one) for one in submissions))
    events.publish(ReportsSent(sent=tuple((one.obligation_id, one.vintage) for one in submissions)))
    return {}


def _by_report(broken: RuleError, asked: Sequence[tuple[int, str]]) -> dict[int, RuleError]:
    """What was wrong with values as faults of the reports; of every report where no value is named."""
    found: dict[int, list[Fault]] = {}
    for fault in broken.faults:
        pk, code = asked[(fault.row or 1) - 1]
        found.setdefault(pk, []).append(Fault(fault.message, column=code))
    return {pk: _refused(faults) for pk, faults in found.items()} or dict.fromkeys(
        (pk for pk, _ in asked), broken
    )


def _send_their_files(submissions: Sequence[Submission]) -> None:
    """The files kept with the drafts."""
    by_obligation = {one.obligation_id: one for one in submissions}
    kept = DraftEvidence.objects.filter(obligation__in=list(by_obligation))
    SubmissionEvidence.objects.bulk_create(
        SubmissionEvidence(
            submission=by_obligation[one.obligation_id], file_id=one.file_id, file_name=one.file_name
        )
        for one in kept
    )  # fmt: skip


def _become_sent(obligations: Sequence[Obligation], day: date) -> None:
    turns = Turns(obligations, None)
    for turn in (0, 1):
        mine = [one.pk for one in obligations if turns.first(one) == turn]
        if mine:
            Obligation.objects.filter(pk__in=mine).update(
                standing=Standing.SENT, turn=turn, first_sent_on=Coalesce("first_sent_on", Value(day)),
                draft={}, draft_saved_at=None, draft_by=None, draft_number=F("draft_number") + 1,
                changes=F("changes") + 1,
            )  # fmt: skip


def _audited(one: Submission) -> tuple[Obligation, dict[str, Any]]:
    return one.obligation, {
        "unit_id": one.obligation.unit_id,
        "submission_id": one.pk,
        "vintage": one.vintage,
    }
