"""What an assigner and a lead decide about work that is not simply done: not accepted, closed, risked, replaced."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.commitments.enums import UNDONE, Party, State, StepKind
from danvan.commitments.models import Commitment, RiskAcceptance
from danvan.commitments.selectors.parties import closed_by, why_not_judge
from danvan.commitments.services import rows
from danvan.commitments.services.clocks import (
    FIELDS,
    end,
    hold_calendar,
    hold_ledger,
    look_again,
    pause,
    resume,
    transfer,
)
from danvan.commitments.services.standing import standing_of
from danvan.commitments.services.superseding import over_not_yet, pass_askers
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

LATEST_YEARS = 5  # a risk accepted for longer is a slip of the keyboard


@transaction.atomic
def decline_commitment(
    commitment: Commitment, *, words: str, actor: "User | None", seen: int | None = None
) -> Commitment:
    """The lead does not accept it, and says why; whoever assigned it decides. Its day goes on."""
    commitment = rows.locked(commitment, seen=seen)
    refusal = "Chỉ trả lời không nhận được việc mới giao."
    rows.move(commitment, State.DECLINED, by=Party.LEAD, refusal=refusal)
    missing = "Đồng chí vui lòng ghi lý do không nhận việc này."
    return _said(
        commitment, StepKind.DECLINED, "commitments.decline", actor, words, missing=missing
    )


@transaction.atomic
def uphold_commitment(
    commitment: Commitment, *, words: str, actor: "User | None", seen: int | None = None
) -> Commitment:
    """Who assigned it keeps it with its lead, and says why."""
    commitment = rows.locked(commitment, seen=seen)
    refusal = "Chỉ giữ nguyên được việc mà đơn vị đã trả lời không nhận."
    rows.move(commitment, State.ASSIGNED, by=Party.ASSIGNER, refusal=refusal)
    missing = "Đồng chí vui lòng ghi vì sao vẫn giao đơn vị này."
    return _said(
        commitment, StepKind.CONFIRMED, "commitments.uphold", actor, words, missing=missing
    )


@transaction.atomic
def give_on(
    commitment: Commitment,
    *,
    lead_id: int,
    words: str,
    actor: "User | None",
    seen: int | None = None,
) -> Commitment:
    """Who assigned it gives it to another unit than the one that does not accept it."""
    hold_ledger({commitment.lead_id, lead_id})
    commitment = rows.locked(commitment, seen=seen)
    refusal = "Chỉ giao lại được việc mà đơn vị đã trả lời không nhận."
    rows.move(commitment, State.ASSIGNED, by=Party.ASSIGNER, refusal=refusal)
    words = rows.text_of(words, missing="Đồng chí vui lòng ghi vì sao giao đơn vị khác.")
    standing = standing_of({lead_id}, clock.today())
    if absent := standing.absent(lead_id):
        unknown = not standing.knows(lead_id)
        raise rows.refuse(
            "Đồng chí vui lòng chọn đơn vị chủ trì." if unknown else f"Không giao được: {absent}",
            column="lead",
        )
    before = commitment.lead_id
    if lead_id == before:
        raise rows.refuse(
            "Đơn vị này đã trả lời không nhận. Đồng chí vui lòng chọn đơn vị khác, hoặc giữ nguyên.",
            column="lead",
        )
    commitment.lead_id = lead_id
    transfer([commitment], on=clock.today(), actor=actor)
    rows.save(commitment, "state", "lead", *FIELDS)
    commitment.supports.filter(unit_id=lead_id).delete()  # it leads now
    rows.told(
        commitment, StepKind.GIVEN_ON, "commitments.give_on", actor, words, giver_id=before,
        unit_id=lead_id,
    )  # fmt: skip
    return commitment


@transaction.atomic
def close_commitment(
    commitment: Commitment,
    *,
    actor: "User | None",
    public_reason: str = "",
    seen: int | None = None,
    instead: bool = False,
) -> Commitment:
    """Who assigned it closes what was found done: with its evidence, and over a "not yet" only with a public reason.

    `instead`: whoever is above it acts in its place, and says so.
    """
    commitment = rows.locked(commitment, seen=seen)
    refusal = "Chỉ đóng được việc đã kiểm tra xong."
    rows.move(commitment, State.CLOSED, by=Party.CHECKER, refusal=refusal)
    own, whose = why_not_judge(actor, commitment, to="đóng"), closed_by(commitment)
    faults = [Fault(own)] if own else []
    faults += rows.in_their_stead(actor, [whose] if whose else [], said=instead)
    if commitment.proof and not commitment.evidence.exists():
        faults.append(Fault(f"Việc này chưa có minh chứng cần có: {commitment.proof}."))
    said, wrong = over_not_yet(commitment, public_reason, to="đóng việc")
    faults += wrong
    if faults:
        sentences = " ".join(fault.message for fault in faults)
        raise RuleError(f"Chưa đóng được. {sentences}", faults=faults)
    commitment.closed_on, commitment.closed_by = clock.today(), actor
    commitment.public_reason = said
    rows.save(commitment, "state", "closed_on", "closed_by", "public_reason")
    rows.told(commitment, StepKind.CLOSED, "commitments.close", actor, said)
    return commitment


@transaction.atomic
def accept_risk(
    commitment: Commitment,
    *,
    until: date,
    reason: str,
    document: str,
    actor: "User | None",
    seen: int | None = None,
) -> RiskAcceptance:
    """Who assigned it accepts that it is not done until a day: who, why, and by which document.

    Its clock stands still until then, within the cap in force; what is late already stays late.
    """
    hold_calendar()
    commitment = rows.locked(commitment, seen=seen)
    refusal = "Chỉ chấp nhận rủi ro được ở việc chưa báo xong."
    rows.move(commitment, State.RISK_ACCEPTED, by=Party.ASSIGNER, refusal=refusal)
    faults, today = [], clock.today()
    if until <= today:
        faults.append(
            Fault("Đồng chí vui lòng chọn ngày sau hôm nay; đến ngày ấy phải xem xét lại.", column="until")
        )  # fmt: skip
    elif until.year > today.year + LATEST_YEARS:
        faults.append(
            Fault(f"Ngày {format_date(until)} quá xa, đồng chí vui lòng xem lại năm.", column="until")
        )  # fmt: skip
    kept = {}
    for column, words, missing, most in (
        ("reason", reason, "Đồng chí vui lòng ghi vì sao chấp nhận để chậm.", rows.SHORT),
        ("document", document, "Đồng chí vui lòng ghi văn bản quyết định.", rows.SYMBOL),
    ):
        try:
            kept[column] = rows.text_of(words, missing=missing, most=most, column=column)
        except RuleError as refused:
            faults += refused.faults
    if faults:
        sentences = " ".join(fault.message for fault in faults)
        raise RuleError(f"Chưa ghi được. {sentences}", faults=faults)
    try:
        pause(commitment, until=until, reason=kept["reason"], actor=actor)
    except RuleError as refused:  # the clock speaks of its own stops
        words = refused.message.replace("tạm dừng", "chấp nhận rủi ro")
        raise rows.refuse(
            words.replace("chọn ngày chạy tiếp", "chọn ngày"), column="until"
        ) from refused
    commitment.warn_on = until  # the watch tells then that it is to be looked at again
    rows.save(commitment, "state", *FIELDS)
    accepted = RiskAcceptance.objects.create(
        commitment=commitment, until=until, accepted_by=actor, accepted_at=clock.now(), **kept
    )
    words = f"Đến {format_date(until)}, theo {kept['document']}: {kept['reason']}"
    rows.told(
        commitment, StepKind.RISK_ACCEPTED, "commitments.accept_risk", actor, words,
        risk_id=accepted.pk,
    )  # fmt: skip
    return accepted


@transaction.atomic
def resume_commitment(
    commitment: Commitment, *, words: str, actor: "User | None", seen: int | None = None
) -> Commitment:
    """Who accepted the risk has the lead go on, whether or not its day has come."""
    hold_calendar()
    commitment = rows.locked(commitment, seen=seen)
    refusal = "Chỉ cho làm tiếp được việc đang được chấp nhận rủi ro."
    rows.move(commitment, State.IN_PROGRESS, by=Party.ASSIGNER, refusal=refusal)
    missing = "Đồng chí vui lòng ghi vì sao làm tiếp."
    resume(commitment, actor=actor)
    look_again(commitment)
    return _said(commitment, StepKind.RESUMED, "commitments.resume", actor, words, missing=missing)


@transaction.atomic
def supersede_commitment(
    commitment: Commitment,
    *,
    by: Commitment,
    words: str,
    actor: "User | None",
    public_reason: str = "",
    seen: int | None = None,
) -> Commitment:
    """Another commitment stands in its place from now on; the old number leads to the new one.

    Who follows the old one follows the new one. A "not yet" is not got rid of so: it passes on with them, and
    everybody may read why.
    """
    hold_calendar()
    found = {one.pk: one for one in rows.locked_many([commitment, by])}
    commitment, by = rows.locked(commitment, seen=seen), found[by.pk]
    refusal = "Chỉ thay được việc chưa báo xong."
    rows.move(commitment, State.SUPERSEDED, by=Party.ASSIGNER, refusal=refusal)
    words = rows.text_of(words, missing="Đồng chí vui lòng ghi vì sao thay bằng việc khác.")
    if by.pk == commitment.pk:
        raise rows.refuse(
            "Một việc không thay cho chính nó. Đồng chí vui lòng ghi số khác.", column="number"
        )
    if by.state in (State.CLOSED, State.WITHDRAWN, State.SUPERSEDED):
        label = str(State(by.state).label).lower()
        raise rows.refuse(
            f"Việc {by.number} {label} nên không thay cho việc khác được. Đồng chí vui lòng ghi số khác.",
            column="number",
        )
    if actor is not None and not reaches(actor, "commitments.assign", by.assigner_id):
        raise rows.refuse(
            f"Việc {by.number} do đơn vị khác giao. Đồng chí vui lòng ghi số việc do đơn vị mình giao.",
            column="number",
        )
    said, faults = over_not_yet(commitment, public_reason, to="thay việc")
    if commitment.disputed_on is not None and by.state not in UNDONE:
        faults.append(
            Fault(
                f"Người hỏi trả lời “chưa xong”, mà việc {by.number} đã báo xong. Đồng chí vui lòng ghi số của "
                "một việc còn đang làm.",
                column="number",
            )
        )
    if faults:
        sentences = " ".join(fault.message for fault in faults)
        raise RuleError(f"Chưa thay được. {sentences}", faults=faults)
    commitment.superseded_by, commitment.public_reason = by, said
    end([commitment], on=clock.today(), actor=actor)
    rows.save(commitment, "state", "superseded_by", "public_reason", *FIELDS)
    pass_askers(commitment, by)
    rows.told(
        commitment, StepKind.SUPERSEDED, "commitments.supersede", actor,
        f"Thay bằng {by.number}: {words}", by_id=by.pk,
    )  # fmt: skip
    return commitment


def _said(
    commitment: Commitment,
    step: StepKind,
    act: str,
    actor: "User | None",
    words: str,
    *,
    missing: str,
) -> Commitment:
    """Keep the state a commitment was moved to, with the reason that has to be given for it."""
    words = rows.text_of(words, missing=missing)
    rows.save(commitment, "state", *FIELDS)
    rows.told(commitment, step, act, actor, words)
    return commitment
