"""The unit's acts: keep the files of a draft, send the report, send it again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from danvan.foundation import audit, clock, events, files
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.selectors.measures import values_from
from danvan.indicators.services import Entry, record_values
from danvan.indicators.services.measures import LONGEST_NOTE
from danvan.reporting.answers import Answer, Answers, read_answers
from danvan.reporting.enums import How, Standing
from danvan.reporting.events import ReportSent
from danvan.reporting.models import DraftEvidence, Obligation, Submission, SubmissionEvidence
from danvan.reporting.questions import Questions
from danvan.reporting.rules import Finding
from danvan.reporting.selectors import SOURCE, Book, book_of, stops, with_reasons
from danvan.reporting.selectors.checking import findings_of
from danvan.reporting.selectors.narrating import Scene
from danvan.reporting.services import acts
from danvan.reporting.services.behalf import Hand
from danvan.reporting.services.drafting import LONGEST_REASON, Page, refuse_if_saved_meanwhile
from danvan.reporting.services.freezing import frozen, looked_back
from danvan.reporting.services.ways import Turns
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User


MOST_FILES = 10


@transaction.atomic
def add_draft_evidence(
    obligation: Obligation, *, name: str, content: bytes, actor: "User | None"
) -> DraftEvidence:
    """Keep a file to be sent with the report. The same file twice is kept once."""
    obligation = acts.locked(obligation)
    acts.refuse_unless_it_may_become(obligation, Standing.SENT)
    kept = _attached(obligation, [(name, content)])[0]
    _tell_the_head(obligation)
    audit.record(actor, "reporting.add_draft_evidence", obligation, file_id=kept.file_id)
    return kept


@transaction.atomic
def remove_draft_evidence(evidence: DraftEvidence, *, actor: "User | None") -> None:
    """Leave a file out of what will be sent; reports that were sent with it keep it."""
    obligation = acts.locked(evidence.obligation)
    acts.refuse_unless_it_may_become(obligation, Standing.SENT)
    audit.record(actor, "reporting.remove_draft_evidence", obligation, file_id=evidence.file_id)
    evidence.delete()
    _tell_the_head(obligation)


def _tell_the_head(obligation: Obligation) -> None:
    """What was laid before the head is not what it was: whoever has it open reads it again before letting it go."""
    if obligation.standing == Standing.PROPOSED:
        Obligation.objects.filter(pk=obligation.pk).update(changes=F("changes") + 1)


@transaction.atomic
def submit_report(
    obligation: Obligation,
    *,
    answers: Mapping[str, Answer],
    actor: "User | None",
    nil_sections: Collection[int] = (),
    evidence: Sequence[tuple[str, bytes]] = (),
    origins: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    seen: int | None = None,
    page: Page | None = None,
    on: date | None = None,
    book: Book | None = None,
    released: bool = False,
    how: How = How.SENT,
) -> Submission:
    """Send a unit's report, or send it again: a new vintage replaces the one before, which stays readable.

    Its numbers become values in the same transaction; `origins` says of which items the counted figure was
    kept unchanged, and which are estimates. Words are frozen with their figures and what these are; words of the
    month before that were not changed are told as such, and `how` somebody of another unit sent it. `evidence` are
    (file name, bytes) pairs, sent with the files kept with the draft. `seen`
    is `changes` as the page showed it, `page` the saving of the draft. All faults are told at once, by item code:
    what blocks, and what warns where `reasons` says nothing to it. Reasons are kept where they are needed.
    Where the unit's own head lets reports go first, it is sent by `release_report` alone, as `released`.
    `book` is what `book_of` said of the form and month, read once by who sends many reports.
    """
    obligation = acts.locked(obligation)
    if obligation.head_approves and not released:
        raise RuleError(
            "Báo cáo này phải được lãnh đạo đơn vị duyệt trước khi gửi. Đồng chí vui lòng trình lãnh đạo đơn vị."
        )
    day = on or clock.today()
    period = Period.starting(obligation.first, Every.MONTH)
    if book is None or not book.is_of(obligation.form_id, period):
        book = book_of(obligation.form_id, period)
    book = book.asked_of(obligation.kind)
    questions = book.questions
    read = read_answers(questions, answers, nil_sections)
    before = looked_back(book, period, obligation.unit_id, read)
    findings = with_reasons(findings_of(book, read, before, nil_sections), reasons or {})
    words = frozen(
        obligation, Scene(obligation.unit_id, period, questions, read.amounts, before), read.words
    )
    told = _told(findings)
    entries = entries_of(questions, read, frozenset(nil_sections), origins or {})
    if seen is not None and obligation.changes == seen + 1:
        twin = acts.latest(obligation)
        if twin is not None and _is_twin(twin, entries, words.texts, nil_sections, told, actor):
            return twin  # the same button pressed twice
    acts.refuse_if_moved(obligation, seen)
    acts.refuse_unless_it_may_become(obligation, Standing.SENT)
    refuse_if_saved_meanwhile(obligation, answers, nil_sections, page)
    kept = list(DraftEvidence.objects.filter(obligation=obligation))
    faults = [
        *day_faults(day, period),
        *stops(findings),
        *_file_faults(evidence, len(kept)),
    ]
    if faults:
        raise RuleError(f"Báo cáo chưa gửi được, còn {len(faults)} chỗ cần sửa.", faults=faults)
    former = acts.latest(obligation) if obligation.first_sent_on else None
    submission = Submission.objects.create(
        obligation=obligation,
        vintage=former.vintage + 1 if former else 1,
        words=words.texts,
        cited=words.cited,
        carried=words.carried,
        behalf=Hand(actor).noted(obligation, how),
        nil_sections=sorted(set(nil_sections)),
        reasons=told,
        sent_by=actor,
        sent_at=_instant(day),
        sent_on=day,
    )
    _send_files(submission, [*kept, *_attached(obligation, evidence, known=kept)])
    record_values(
        obligation.unit_id,
        period,
        entries,
        actor=actor,
        source_kind=SOURCE,
        source_id=submission.pk,
        level=Approval.SENT,
    )
    obligation.standing, obligation.turn = (
        Standing.SENT,
        Turns([obligation], None).first(obligation),
    )
    obligation.first_sent_on = obligation.first_sent_on or day
    obligation.draft, obligation.draft_saved_at, obligation.draft_by = {}, None, None
    obligation.changes += 1
    obligation.draft_number += 1
    obligation.save(
        update_fields=[
            "standing", "first_sent_on", "draft", "draft_saved_at", "draft_by", "draft_number", "changes",
            "turn",
        ]
    )  # fmt: skip
    audit.record(
        actor,
        "reporting.submit",
        obligation,
        unit_id=obligation.unit_id,
        submission_id=submission.pk,
        vintage=submission.vintage,
        **({"warned": sorted(told)} if told else {}),
    )
    events.publish(ReportSent(obligation_id=obligation.pk, vintage=submission.vintage))
    return submission


def _told(findings: Iterable[Finding]) -> dict[str, Any]:
    """The warnings with their reasons, as they are kept with what is sent."""
    return {
        one.rule: {
            "items": list(one.items),
            "said": one.message,
            "words": canonical(one.reason)[:LONGEST_REASON],
        }
        for one in findings
        if not one.blocks
    }


def entries_of(
    questions: Questions, read: Answers, nil: frozenset[int], origins: Mapping[str, str]
) -> list[Entry]:
    """The values that the answers are."""
    nought = questions.codes_in(nil)
    numbers = [
        Entry(
            indicator_id=question.indicator_id,
            amount=read.amounts.get(code),
            origin=_origin(code, read, nought, origins),
            note="Không phát sinh" if code in nought else "",
        )
        for code, question in questions.by_code.items()
        if question.typed
    ]
    return numbers + [
        Entry(
            indicator_id=question.indicator_id,
            amount=None,
            origin=Origin.ENTERED,
            note="Không phát sinh" if code in nought else _cut(read.words.get(question.why, "")),
            step_id=step.id if (step := question.step_named(read.words.get(code, ""))) else None,
        )
        for code, question in questions.by_code.items()
        if question.steps
    ]


def _cut(words: str) -> str:
    """As much of why a step was chosen as stands beside a value; all of it stands in the report."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_NOTE else f"{line[: LONGEST_NOTE - 1]}…"


def _origin(code: str, read: Answers, nought: frozenset[str], origins: Mapping[str, str]) -> str:
    """Where a figure comes from: nothing is estimated of what is not known, or did not happen."""
    origin = origins.get(code, Origin.ENTERED)
    estimated = origin == Origin.ESTIMATED
    unsaid = code in nought or (estimated and read.amounts.get(code) is None)
    return Origin.ENTERED if unsaid else origin


def _is_twin(
    sent: Submission,
    entries: Sequence[Entry],
    words: Mapping[str, str],
    nil_sections: Collection[int],
    told: Mapping[str, Any],
    actor: "User | None",
) -> bool:
    """Whether the very same person has just sent the very same answers."""
    same = (sent.sent_by_id, sent.words, sent.nil_sections, sent.reasons) == (
        actor.pk if actor else None,
        words,
        sorted(set(nil_sections)),
        told,
    )
    return same and {
        value.indicator_id: (value.amount, value.origin == Origin.ESTIMATED)
        for value in values_from(SOURCE, [sent.pk])
    } == {one.indicator_id: (one.amount, one.origin == Origin.ESTIMATED) for one in entries}


def day_faults(day: date, period: Period) -> Iterable[Fault]:
    if day > clock.today():
        yield Fault(f"Ngày gửi {format_date(day)} chưa đến, đồng chí vui lòng xem lại.")
    elif day < period.first:
        yield Fault(f"Ngày gửi {format_date(day)} trước kỳ báo cáo, đồng chí vui lòng xem lại.")


def _file_faults(evidence: Sequence[tuple[str, bytes]], kept: int) -> Iterable[Fault]:
    if len(evidence) + kept > MOST_FILES:
        yield Fault(f"Mỗi báo cáo gửi kèm nhiều nhất {MOST_FILES} tệp.", column="evidence")
    for name, content in evidence:
        try:
            files.inspect(content, name=name, allowed=files.EVIDENCE)
        except RuleError as broken:
            yield Fault(broken.message, column="evidence")


def _attached(
    obligation: Obligation,
    evidence: Sequence[tuple[str, bytes]],
    *,
    known: Sequence[DraftEvidence] | None = None,
) -> list[DraftEvidence]:
    """The files as rows of the draft, those that `known` holds already left out."""
    if not evidence:
        return []
    here = list(DraftEvidence.objects.filter(obligation=obligation)) if known is None else known
    by_file = {one.file_id: one for one in here}
    new = []
    for name, content in evidence:
        stored = files.store(content, name=name, allowed=files.EVIDENCE)
        if stored.pk in by_file:
            if known is None:
                new.append(by_file[stored.pk])
            continue
        if len(by_file) >= MOST_FILES:
            raise RuleError(f"Mỗi báo cáo gửi kèm nhiều nhất {MOST_FILES} tệp.")
        row = DraftEvidence.objects.create(
            obligation=obligation, file=stored, file_name=canonical(name)[-255:]
        )
        by_file[stored.pk] = row
        new.append(row)
    return new


def _send_files(submission: Submission, kept: Iterable[DraftEvidence]) -> None:
    rows = [
        SubmissionEvidence(submission=submission, file_id=one.file_id, file_name=one.file_name)
        for one in kept
    ]
    if rows:
        SubmissionEvidence.objects.bulk_create(rows)


def _instant(day: date) -> datetime:
    """Now; for a report sent on an earlier day, as when old ones are brought in, nine in the morning of it."""
    if day == clock.today():
        return clock.now()
    return timezone.make_aware(datetime.combine(day, time(9)))
