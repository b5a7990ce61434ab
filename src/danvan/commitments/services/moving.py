"""A commitment's own moves: begun, shown, said to be done, checked, sent back."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import HANDED_BACK, UNDONE, Party, State, StepKind
from danvan.commitments.models import Commitment, CommitmentEvidence
from danvan.commitments.selectors.parties import day_named, others_among, why_not_judge
from danvan.commitments.selectors.ties import claim_doubts
from danvan.commitments.services import rows
from danvan.commitments.services.clocks import FIELDS, end, hold_calendar, look_again, resume
from danvan.foundation import clock, files
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def start_commitment(
    commitment: Commitment, *, actor: "User | None", seen: int | None = None
) -> Commitment:
    """The lead takes the work up."""
    commitment = rows.locked(commitment, seen=seen)
    refusal = "Chỉ nhận được việc mới giao."
    rows.move(commitment, State.IN_PROGRESS, by=Party.LEAD, refusal=refusal)
    rows.save(commitment, "state")
    rows.told(commitment, StepKind.STARTED, "commitments.start", actor)
    return commitment


@transaction.atomic
def add_evidence(
    commitment: Commitment, *, name: str, content: bytes, actor: "User | None", caption: str = ""
) -> CommitmentEvidence:
    """Add a file that shows what was done. The same file twice is kept once."""
    commitment = rows.locked(commitment)
    if commitment.state not in (*UNDONE, State.CLAIMED):
        label = str(State(commitment.state).label).lower()
        raise rows.refuse(
            f"Việc này {label} nên không thêm minh chứng được nữa.", column="evidence"
        )
    evidence = _attach(commitment, name, content, caption, actor)
    rows.save(commitment)
    rows.told(commitment, StepKind.EVIDENCE, "commitments.add_evidence", actor, evidence.file_name)
    return evidence


@transaction.atomic
def add_files(
    commitment: Commitment,
    *,
    evidence: Sequence[tuple[str, bytes]],
    actor: "User | None",
    caption: str = "",
) -> list[CommitmentEvidence]:
    """Add several files, all or none; `evidence` are (file name, bytes) pairs."""
    return [
        add_evidence(commitment, name=name, content=content, caption=caption, actor=actor)
        for name, content in evidence
    ]


@transaction.atomic
def claim_done(
    commitment: Commitment,
    *,
    result: str,
    actor: "User | None",
    on: date | None = None,
    evidence: Sequence[tuple[str, bytes]] = (),
    seen: int | None = None,
    reason: str = "",
    instead: bool = False,
) -> Commitment:
    """The lead says that it is done, with the result and the files that show it; (file name, bytes) pairs.

    Whoever is above the lead may say it for the lead, with `instead`; the timeline keeps that.

    Where a part of it is open, or its figure is not reached, only with a reason, which stands on the timeline.
    Said after its due day to have been done in time, it counts by the day on which it was said, until whoever
    checks it confirms the earlier day; the timeline holds both.
    """
    hold_calendar()
    commitment = rows.locked(commitment, seen=seen)
    day, before = on or clock.today(), commitment.state
    rows.move(
        commitment,
        State.CLAIMED,
        by=Party.LEAD,
        refusal="Chỉ báo xong được việc mới giao hoặc đang thực hiện.",
    )
    faults = [
        *rows.in_their_stead(actor, [commitment.lead_id], said=instead),
        *_text_faults(result, "Đồng chí vui lòng ghi kết quả đã làm được.", "result"),
        *_claim_day_faults(commitment, day),
        *_file_faults(evidence),
        *_doubt_faults(doubts := claim_doubts(commitment, on=clock.today()), reason),
    ]
    faults += proof_faults(commitment, evidence)
    _refuse_all("Chưa báo xong được.", faults)
    for name, content in evidence:
        _attach(commitment, name, content, "", actor)
    commitment.claimed_on, commitment.claimed_by = _counted_on(commitment, day), actor
    commitment.result = canonical(result).strip()
    if before == State.RISK_ACCEPTED:
        resume(commitment, actor=actor)
    rows.save(commitment, "state", "claimed_on", "claimed_by", "result", *FIELDS)
    if doubts:
        words = f"{' '.join(doubts)} Lý do: {canonical(reason).strip()}"
        rows.step(commitment, StepKind.CLAIMED_OVER, actor=actor, words=words, on=day)
    if others := others_among(actor, [commitment.lead_id]):
        words = f"Báo hộ {others[0]}."
        rows.step(commitment, StepKind.CLAIMED_FOR, actor=actor, words=words, on=day)
    rows.told(commitment, StepKind.CLAIMED, "commitments.claim", actor, commitment.result, on=day)
    return commitment


@transaction.atomic
def verify_commitment(
    commitment: Commitment,
    *,
    finding: str,
    actor: "User | None",
    on: date | None = None,
    seen: int | None = None,
    day_confirmed: bool = False,
) -> Commitment:
    """Who assigned it finds it done, by another person than the one who said so.

    `day_confirmed`: also that it was done on the earlier day that its lead named, by which it then counts.
    """
    hold_calendar()
    commitment = rows.locked(commitment, seen=seen)
    day = on or clock.today()
    rows.move(
        commitment,
        State.VERIFIED,
        by=Party.CHECKER,
        refusal="Chỉ kiểm tra được việc đơn vị chủ trì đã báo xong.",
    )
    faults = [
        *_another_person(commitment, actor),
        *_text_faults(finding, "Đồng chí vui lòng ghi đã kiểm tra thế nào.", "finding"),
        *_verify_day_faults(commitment, day),
    ]
    _refuse_all("Chưa xác nhận được.", faults)
    commitment.verified_on, commitment.verified_by = day, actor
    commitment.finding = words = canonical(finding).strip()
    named = day_named(commitment)
    if day_confirmed and named is not None:
        commitment.claimed_on = named
        words = f"{words} Xác nhận đã xong từ ngày {format_date(named)}."
    end([commitment], on=day, actor=actor)
    rows.save(commitment, "state", "claimed_on", "verified_on", "verified_by", "finding", *FIELDS)
    rows.told(commitment, StepKind.VERIFIED, "commitments.verify", actor, words, on=day)
    return commitment


@transaction.atomic
def return_commitment(
    commitment: Commitment, *, words: str, actor: "User | None", seen: int | None = None
) -> Commitment:
    """Who assigned it finds that it is not done; it goes back to its lead, with the reason.

    Who asked and agreed, agreed to this claim: to the next one they answer anew.
    """
    commitment = rows.locked(commitment, seen=seen)
    refusal = "Chỉ trả lại được việc đơn vị chủ trì đã báo xong."
    rows.move(commitment, State.IN_PROGRESS, by=Party.CHECKER, refusal=refusal)
    words = rows.text_of(
        words, missing="Đồng chí vui lòng ghi phần nào chưa đạt để đơn vị làm tiếp."
    )
    commitment.claimed_on, commitment.claimed_by = None, None
    commitment.claimed_unit = commitment.agreed_on = None
    look_again(commitment)
    rows.save(
        commitment, "state", "claimed_on", "claimed_by", "claimed_unit", "agreed_on", "warn_on"
    )
    rows.told(commitment, StepKind.RETURNED, "commitments.return", actor, words)
    return commitment


def _attach(
    commitment: Commitment, name: str, content: bytes, caption: str, actor: "User | None"
) -> CommitmentEvidence:
    try:
        stored = files.store(content, name=name, allowed=files.EVIDENCE)
    except RuleError as refused:
        raise rows.refuse(refused.message, column="evidence") from refused
    evidence, _ = CommitmentEvidence.objects.get_or_create(
        commitment=commitment,
        file=stored,
        defaults={
            "file_name": canonical(name)[-255:],
            "caption": canonical(caption).strip()[:200],
            "added_by": actor,
            "added_at": clock.now(),
        },
    )
    return evidence


def _refuse_all(front: str, faults: list[Fault]) -> None:
    if faults:
        raise RuleError(
            f"{front} {' '.join(fault.message for fault in faults)}",
            faults=faults,
        )


def _text_faults(words: str, missing: str, column: str) -> tuple[Fault, ...]:
    try:
        rows.text_of(words, missing=missing, most=rows.LONG, column=column)
    except RuleError as refused:
        return refused.faults
    return ()


def _doubt_faults(doubts: list[str], reason: str) -> tuple[Fault, ...]:
    """What speaks against the claim is said, and asks for a reason; nothing more."""
    if not doubts:
        return ()
    missing = f"{' '.join(doubts)} Đồng chí vui lòng ghi lý do vẫn báo xong."
    try:
        rows.text_of(reason, missing=missing, column="reason")
    except RuleError as refused:
        return refused.faults
    return ()


def _file_faults(evidence: Sequence[tuple[str, bytes]]) -> list[Fault]:
    """What is wrong with the files, before any of them is kept."""
    faults = []
    for name, content in evidence:
        try:
            files.inspect(content, name=name, allowed=files.EVIDENCE)
        except RuleError as refused:
            faults.append(Fault(refused.message, column="evidence"))
    return faults


def _claim_day_faults(commitment: Commitment, day: date) -> list[Fault]:
    if day > clock.today():
        return [
            Fault(
                f"Ngày {format_date(day)} chưa đến, đồng chí vui lòng xem lại ngày xong.",
                column="on",
            )
        ]
    if day < commitment.assigned_on:
        return [
            Fault(
                f"Ngày {format_date(day)} trước ngày giao {format_date(commitment.assigned_on)}, "
                "đồng chí vui lòng xem lại ngày xong.",
                column="on",
            )
        ]
    back = commitment.steps.filter(kind__in=HANDED_BACK).order_by("on").last()
    if back is not None and day < back.on:
        label = str(StepKind(back.kind).label).lower()
        return [
            Fault(
                f"Việc này còn phải làm tiếp từ ngày {format_date(back.on)} ({label}), nên không thể xong ngày "
                f"{format_date(day)}. Đồng chí vui lòng xem lại ngày xong.",
                column="on",
            )
        ]
    return []


def _counted_on(commitment: Commitment, day: date) -> date:
    """The day by which a claim counts: its own, but not one in time that is named only after the due day."""
    today, due = clock.today(), commitment.due_on
    return today if due is not None and day <= due < today else day


def proof_faults(commitment: Commitment, evidence: Sequence[tuple[str, bytes]]) -> list[Fault]:
    """Evidence where it is asked for; after a "not yet" such as was not there before."""
    if not commitment.proof:
        return []
    kept = commitment.evidence.all()
    disputed = commitment.steps.filter(kind=StepKind.DISPUTED).order_by("at").last()
    if disputed is None:
        if evidence or kept.exists():
            return []
        words = (
            f"Việc này cần minh chứng: {commitment.proof}. Đồng chí vui lòng kèm ít nhất một tệp."
        )
        return [Fault(words, column="evidence")]
    known = set(kept.values_list("file__sha256", flat=True))
    fresh = any(files.digest_of(content) not in known for _, content in evidence)
    if fresh or kept.filter(added_at__gt=disputed.at).exists():
        return []
    words = (
        f"Người hỏi trả lời “chưa xong” ngày {format_date(disputed.on)} nên việc này cần minh chứng mới: "
        f"{commitment.proof}. Đồng chí vui lòng kèm ít nhất một tệp chưa nộp lần trước."
    )
    return [Fault(words, column="evidence")]


def _verify_day_faults(commitment: Commitment, day: date) -> list[Fault]:
    if day > clock.today():
        return [
            Fault(
                f"Ngày {format_date(day)} chưa đến, đồng chí vui lòng xem lại ngày kiểm tra.",
                column="on",
            )
        ]
    if commitment.claimed_on is not None and day < commitment.claimed_on:
        return [
            Fault(
                f"Ngày {format_date(day)} trước ngày báo xong {format_date(commitment.claimed_on)}, "
                "đồng chí vui lòng xem lại ngày kiểm tra.",
                column="on",
            )
        ]
    return []


def _another_person(commitment: Commitment, actor: "User | None") -> list[Fault]:
    own = why_not_judge(actor, commitment)
    return [Fault(own)] if own else []
