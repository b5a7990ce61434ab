"""Plan a dialogue, tell the people of it, move it to another day, cancel it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.dialogues.enums import HOSTS, DialogueKind, Shape, State, StepKind
from danvan.dialogues.models import Dialogue
from danvan.dialogues.services import rows
from danvan.dialogues.services.filing import topic_faults
from danvan.dialogues.services.names import wipe_names
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.numbering import next_number
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import units_on
from danvan.organisations.selectors.officers.holding import head_of
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

EARLIEST = date(1930, 2, 3)  # nothing of this work is older
FURTHEST = timedelta(days=731)  # a plan further off is a slip of the keyboard
LENGTHS = {
    "subject": (400, "Nội dung"),
    "place": (200, "Địa điểm"),
    "basis": (300, "Căn cứ"),
    "shape_why": (300, "Lý do chọn hình thức"),
    "head_name": (120, "Người chủ trì"),
    "head_title": (200, "Chức danh"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A dialogue before it is written down. Without a head, who holds the host's first post on the day is taken."""

    unit_id: int
    kind: str
    subject: str
    held_on: date
    place: str
    starts_at: time | None = None
    co_host_id: int | None = None
    shape: str = Shape.MEETING
    shape_why: str = ""
    basis: str = ""
    topic_id: int | None = None
    head_name: str = ""
    head_title: str = ""
    entry_id: int | None = None  # the line of the monthly programme that it was planned from


@transaction.atomic
def plan_dialogue(plan: Plan, *, actor: "User | None") -> Dialogue:
    """Write down a dialogue that is to be held, or was; every fault at once."""
    hold_units({one for one in (plan.unit_id, plan.co_host_id) if one})
    rows.refuse(list(_faults(plan, actor)))
    head = (
        None if plan.head_name.strip() else head_of([plan.unit_id], plan.held_on).get(plan.unit_id)
    )
    year = plan.held_on.year
    dialogue = Dialogue.objects.create(
        number=f"DT-{year}-{next_number(f'dialogues.{year}'):04}",
        unit_id=plan.unit_id,
        co_host_id=plan.co_host_id,
        kind=plan.kind,
        shape=plan.shape,
        shape_why=canonical(plan.shape_why).strip(),
        subject=canonical(plan.subject).strip(),
        basis=canonical(plan.basis).strip(),
        topic_id=plan.topic_id,
        head_name=head.name if head else canonical(plan.head_name).strip(),
        head_title=head.title if head else canonical(plan.head_title).strip(),
        held_on=plan.held_on,
        starts_at=plan.starts_at,
        place=canonical(plan.place).strip(),
        entry_id=plan.entry_id,
        planned_by=actor,
    )
    rows.step(dialogue, StepKind.PLANNED, actor=actor)
    rows.index(dialogue)
    audit.record(actor, "dialogues.plan", dialogue, unit_id=plan.unit_id)
    return dialogue


@transaction.atomic
def announce_dialogue(
    dialogue: Dialogue, *, on: date, where: str, actor: "User | None", seen: int | None = None
) -> Dialogue:
    """Write down that the people were told: since which day and where it is posted."""
    dialogue = rows.locked(dialogue, seen=seen)
    where = rows.text_of(
        where,
        missing="Đồng chí vui lòng ghi đã niêm yết, đăng tin ở đâu.",
        column="where",
        most=300,
    )
    rows.refuse(
        [
            Fault(sentence, column="on")
            for sentence, broken in (
                ("Ngày thông báo chưa đến, đồng chí vui lòng xem lại.", on > clock.today()),
                ("Ngày thông báo quá xa, đồng chí vui lòng xem lại năm.", on < EARLIEST),
                (
                    f"Ngày thông báo phải trước hoặc đúng ngày đối thoại {format_date(dialogue.held_on)}.",
                    on > dialogue.held_on,
                ),
            )
            if broken
        ]
    )
    rows.move(dialogue, State.ANNOUNCED, refusal="Chỉ thông báo cuộc đối thoại đang dự kiến.")
    dialogue.noticed_on, dialogue.noticed_at = on, where
    rows.save(dialogue, "state", "noticed_on", "noticed_at")
    rows.step(dialogue, StepKind.ANNOUNCED, actor=actor, words=where)
    audit.record(actor, "dialogues.announce", dialogue)
    return dialogue


@transaction.atomic
def move_dialogue(
    dialogue: Dialogue, *, to: date, why: str, actor: "User | None", seen: int | None = None
) -> Dialogue:
    """Hold it on another day, with the reason; the people have to be told anew."""
    dialogue = rows.locked(dialogue, seen=seen)
    why = rows.text_of(why, missing="Đồng chí vui lòng ghi lý do đổi ngày.", column="why", most=500)
    if not dialogue.coming:
        raise rows.wrong_state(dialogue, "Chỉ đổi ngày cuộc đối thoại chưa diễn ra.")
    sentence = ""
    if to == dialogue.held_on:
        sentence = "Ngày mới trùng ngày cũ, đồng chí vui lòng chọn ngày khác."
    elif to < clock.today():
        sentence = f"Ngày {format_date(to)} đã qua, đồng chí vui lòng chọn ngày từ hôm nay trở đi."
    elif to > clock.today() + FURTHEST:
        sentence = f"Ngày {format_date(to)} quá xa, đồng chí vui lòng xem lại năm."
    if sentence:
        raise RuleError(sentence, faults=[Fault(sentence, column="to")])
    words = f"Từ {format_date(dialogue.held_on)} sang {format_date(to)}: {why}"
    dialogue.held_on, dialogue.state = to, State.PLANNED
    dialogue.noticed_on, dialogue.noticed_at = None, ""
    rows.save(dialogue, "held_on", "state", "noticed_on", "noticed_at")
    rows.step(dialogue, StepKind.MOVED, actor=actor, words=words)
    audit.record(actor, "dialogues.move", dialogue)
    return dialogue


@transaction.atomic
def cancel_dialogue(
    dialogue: Dialogue, *, why: str, actor: "User | None", seen: int | None = None
) -> Dialogue:
    """Cancel one that was not held, with the reason; it stays readable and counts nowhere."""
    dialogue = rows.locked(dialogue, seen=seen)
    why = rows.text_of(why, missing="Đồng chí vui lòng ghi lý do hủy.", column="why", most=500)
    rows.move(dialogue, State.CANCELLED, refusal="Cuộc đã diễn ra thì không hủy được.")
    rows.save(dialogue, "state")
    wipe_names(dialogue)
    rows.step(dialogue, StepKind.CANCELLED, actor=actor, words=why)
    audit.record(actor, "dialogues.cancel", dialogue)
    return dialogue


def _faults(plan: Plan, actor: "User | None") -> Iterator[Fault]:
    standing = units_on({plan.unit_id, plan.co_host_id or plan.unit_id}, plan.held_on)
    host = standing.get(plan.unit_id)
    if actor is not None and not reaches(actor, "dialogues.hold", plan.unit_id):
        yield Fault("Đồng chí chưa có quyền tổ chức đối thoại cho đơn vị này.", column="unit")
    elif host is None or host.is_place:
        yield Fault(
            "Đơn vị chủ trì phải là tổ chức đang hoạt động vào ngày đối thoại.", column="unit"
        )
    elif plan.kind in HOSTS and host.kind != HOSTS[plan.kind]:
        need = str(Kind(HOSTS[plan.kind]).label).lower()
        yield Fault(
            f"Loại đối thoại này do {need} chủ trì, đồng chí vui lòng chọn lại.", column="kind"
        )
    if plan.co_host_id is not None and (
        plan.co_host_id not in standing or plan.co_host_id == plan.unit_id
    ):
        yield Fault(
            "Đơn vị cùng tổ chức phải là đơn vị khác, đang hoạt động vào ngày đối thoại.",
            column="co_host",
        )
    if plan.kind not in DialogueKind.values:
        yield Fault("Đồng chí vui lòng chọn loại đối thoại.", column="kind")
    if plan.shape not in Shape.values:
        yield Fault("Đồng chí vui lòng chọn hình thức.", column="shape")
    if not canonical(plan.subject).strip():
        yield Fault("Đồng chí vui lòng ghi nội dung đối thoại.", column="subject")
    if not canonical(plan.place).strip():
        yield Fault("Đồng chí vui lòng ghi địa điểm.", column="place")
    for name, (most, label) in LENGTHS.items():
        if len(canonical(getattr(plan, name)).strip()) > most:
            yield Fault(
                f"{label} dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại.",
                column=name,
            )
    yield from topic_faults(plan.topic_id)
    if not EARLIEST <= plan.held_on <= clock.today() + FURTHEST:
        yield Fault(
            f"Ngày {format_date(plan.held_on)} quá xa, đồng chí vui lòng xem lại năm.",
            column="held_on",
        )
