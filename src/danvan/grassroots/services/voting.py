"""What the people decided, as counts of households; what it comes to is computed; who was sent it and recognised it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.grassroots.enums import (
    QUORUM_KEY,
    RECOGNISE,
    RECOGNISE_KEY,
    SEND,
    SEND_KEY,
    VILLAGES_KEY,
    Form,
    Outcome,
    Recognition,
    State,
    StepKind,
)
from danvan.grassroots.models import Matter, MatterCount, MatterRound
from danvan.grassroots.selectors.reading import villages_of_unit
from danvan.grassroots.selectors.tallies import outcome_of
from danvan.grassroots.services import rows
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.law.models import LegalParameter

MOST = 100_000  # households of one village; more is a slip of the keyboard
AFTER: dict[str, State] = {
    Outcome.PASSED: State.PASSED,
    Outcome.REJECTED: State.REJECTED,
    Outcome.AGAIN: State.AGAIN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageCount:
    """What one village said, in households. Nobody is named."""

    village_id: int
    households: int
    present: int
    agreed: int
    against: int


@transaction.atomic
def record_round(
    matter: Matter,
    *,
    form: str,
    held_on: date,
    counts: Sequence[VillageCount],
    actor: "User | None",
    why: str = "",
    seen: int | None = None,
) -> MatterRound:
    """Write down one round of deciding; its outcome is computed from the counts and the law of its day."""
    matter = rows.locked(matter, seen=seen)
    if matter.state not in (State.SHOWN, State.AGAIN) or not rows.may_become(matter, State.PASSED):
        raise rows.wrong_state(matter, "Chỉ ghi biểu quyết của việc Nhân dân quyết định, sau khi đã thông báo.")  # fmt: skip
    before = list(matter.rounds.order_by("number"))
    since = before[-1].held_on if before else matter.shown_on or matter.began_on
    why, faults = rows.words_of(why, column="why", most=300)
    faults += rows.day_faults(held_on, column="held_on", since=since, what="lần trước" if before else "ngày thông báo")  # fmt: skip
    faults += _form_faults(matter, form, again=bool(before))
    faults += _count_faults(matter, counts, held_on)
    rows.refuse(faults)
    wide = matter.village_id is None
    standing = villages_of_unit(matter.unit_id, on=held_on) if wide else []
    made = MatterRound.objects.create(
        matter=matter,
        number=len(before) + 1,
        form=form,
        held_on=held_on,
        why=why,
        outcome=Outcome.AGAIN,
        passing=parameter(matter.kind.pass_key, on=held_on),
        quorum=_quorum(held_on),
        by_villages=parameter(VILLAGES_KEY, on=held_on) if wide else None,
        villages=max(len(standing), 1),
    )
    MatterCount.objects.bulk_create(
        MatterCount(
            round=made,
            village_id=one.village_id,
            households=one.households,
            present=one.present,
            agreed=one.agreed,
            against=one.against,
        )
        for one in counts
    )
    made.outcome = outcome_of(matter, upto=made)
    made.save(update_fields=["outcome"])
    rows.move(matter, AFTER[made.outcome], refusal="Việc này đã có kết quả.")
    matter.outcome = made.outcome
    matter.outcome_on = held_on if made.outcome != Outcome.AGAIN else None
    if made.outcome == Outcome.PASSED:
        rows.run(matter, SEND, SEND_KEY, on=held_on, actor=actor)
    rows.save(matter, "state", "outcome", "outcome_on")
    label = Outcome(made.outcome).label
    rows.step(matter, StepKind.VOTED, actor=actor, words=f"Lần {made.number}, {Form(form).label}: {label}")  # fmt: skip
    audit.record(actor, "grassroots.record_round", matter, round_id=made.pk)
    return made


@transaction.atomic
def send_decision(
    matter: Matter, *, on: date, actor: "User | None", seen: int | None = None
) -> Matter:
    """The decision of the community was sent to the People's Committee and the Front; who must recognise it has a clock."""
    matter = rows.locked(matter, seen=seen)
    if matter.state != State.PASSED or matter.outcome_on is None:
        raise rows.wrong_state(matter, "Chỉ gửi quyết định đã được thông qua.")
    if matter.sent_on is not None:
        raise RuleError(f"Quyết định đã gửi ngày {format_date(matter.sent_on)} rồi.")
    rows.refuse(rows.day_faults(on, column="on", since=matter.outcome_on, what="ngày biểu quyết"))
    matter.sent_on = on
    rows.stop(matter, SEND, on=on, actor=actor)
    if matter.kind.recogniser:
        rows.run(matter, RECOGNISE, RECOGNISE_KEY, on=on, actor=actor)
    rows.save(matter, "sent_on")
    rows.step(matter, StepKind.SENT, actor=actor, words=f"Ngày {format_date(on)}")
    audit.record(actor, "grassroots.send_decision", matter)
    return matter


@transaction.atomic
def recognise_decision(
    matter: Matter,
    *,
    answer: str,
    on: date,
    words: str,
    actor: "User | None",
    seen: int | None = None,
) -> Matter:
    """Who must recognise it did, by which document, or refused in writing with the reason."""
    matter = rows.locked(matter, seen=seen)
    if not matter.kind.recogniser or matter.sent_on is None:
        raise rows.wrong_state(matter, "Chỉ ghi công nhận của quyết định phải công nhận, sau khi đã gửi.")  # fmt: skip
    if matter.recognition:
        raise RuleError("Việc công nhận đã ghi rồi.")
    words, faults = rows.words_of(
        words, column="words", missing="Đồng chí vui lòng ghi số văn bản, và lý do nếu không công nhận.", most=500,
    )  # fmt: skip
    if answer not in (Recognition.GIVEN, Recognition.REFUSED):
        faults.append(Fault("Đồng chí vui lòng chọn công nhận hay không.", column="answer"))
    faults += rows.day_faults(on, column="on", since=matter.sent_on, what="ngày gửi")
    rows.refuse(faults)
    matter.recognition, matter.recognised_on = answer, on
    rows.stop(matter, RECOGNISE, on=on, actor=actor)
    rows.save(matter, "recognition", "recognised_on")
    label = Recognition(answer).label
    rows.step(matter, StepKind.RECOGNISED, actor=actor, words=f"{label}: {words}")
    audit.record(actor, "grassroots.recognise", matter)
    return matter


def _quorum(day: date) -> "LegalParameter | None":
    """The row that says when a meeting is valid; without one every meeting is."""
    try:
        return parameter(QUORUM_KEY, on=day)
    except UnknownParameter:
        return None


def _form_faults(matter: Matter, form: str, *, again: bool) -> list[Fault]:
    sentence = ""
    if form not in Form.values:
        sentence = "Đồng chí vui lòng chọn hình thức."
    elif form == Form.ONLINE and not matter.kind.online:
        sentence = "Nội dung này không được biểu quyết trực tuyến."
    elif form == Form.BALLOT and matter.kind.meeting_only and not again:
        sentence = "Nội dung này phải họp; chỉ phát phiếu lấy ý kiến khi cuộc họp không đủ hộ."
    return [Fault(sentence, column="form")] if sentence else []


def _count_faults(matter: Matter, counts: Sequence[VillageCount], on: date) -> list[Fault]:
    if not counts:
        return [Fault("Đồng chí vui lòng ghi số hộ của ít nhất một thôn.", column="counts")]
    known = {one.id: one.name for one in villages_of_unit(matter.unit_id, on=on)}
    faults = []
    if matter.village_id is not None and [one.village_id for one in counts] != [matter.village_id]:
        faults.append(Fault("Việc này chỉ của một thôn, đồng chí vui lòng mở lại trang.", column="counts"))  # fmt: skip
    if len({one.village_id for one in counts}) < len(counts):
        faults.append(Fault("Một thôn ghi hai lần, đồng chí vui lòng bỏ bớt.", column="counts"))
    for one in counts:
        name, where = known.get(one.village_id), f"village_{one.village_id}"
        if name is None and one.village_id != matter.village_id:
            faults.append(Fault("Có thôn không thuộc xã, đồng chí vui lòng mở lại trang.", column="counts"))  # fmt: skip
        elif sentence := _sum_fault(one):
            faults.append(Fault(f"{name or 'Thôn'}: {sentence}", column=where))
    return faults


def _sum_fault(one: VillageCount) -> str:
    if not 1 <= one.households <= MOST:
        return f"tổng số hộ phải từ 1 đến {format_number(MOST)}."
    if not 0 <= one.present <= one.households:
        return "số hộ tham gia phải từ 0 đến tổng số hộ."
    if one.agreed < 0 or one.against < 0 or one.agreed + one.against > one.present:
        return "số hộ tán thành và không tán thành cộng lại không được quá số hộ tham gia."
    return ""
