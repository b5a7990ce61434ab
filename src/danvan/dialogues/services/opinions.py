"""What people asked or said, and what became of each: answered, given to a unit, passed above."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.services.public_words import leads_to_a_person, public_faults
from danvan.dialogues.enums import Heard, State, Way
from danvan.dialogues.models import Dialogue, DialogueConclusion, DialogueOpinion
from danvan.dialogues.services import rows
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.selectors import units_on
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

CHANGEABLE = (State.PLANNED, State.ANNOUNCED, State.HELD)


@transaction.atomic
def add_opinion(
    dialogue: Dialogue, *, content: str, heard: str, name: str = "", actor: "User | None"
) -> DialogueOpinion:
    """Write down an opinion: sent before, or said on the floor. A name only where its owner wishes."""
    dialogue = rows.locked(dialogue)
    content = rows.text_of(content, missing="Đồng chí vui lòng ghi ý kiến.", column="content")
    name = canonical(name).strip()
    faults = []
    if heard not in Heard.values:
        faults.append(
            Fault("Đồng chí vui lòng chọn ý kiến gửi trước hay nêu tại hội nghị.", column="heard")
        )
    elif heard == Heard.FLOOR and dialogue.coming:
        faults.append(
            Fault("Cuộc đối thoại chưa diễn ra nên chỉ ghi được ý kiến gửi trước.", column="heard")
        )
    if len(name) > 120:
        faults.append(
            Fault("Tên dài quá 120 ký tự, đồng chí vui lòng viết gọn lại.", column="name")
        )
    if leads_to_a_person(content):
        told = (
            "Ý kiến có số điện thoại, số giấy tờ hoặc hộp thư; biên bản, danh sách đều hiện ý kiến"
        )
        faults.append(Fault(f"{told}. Đồng chí vui lòng bỏ đi.", column="content"))
    if leads_to_a_person(name):
        told = "Chỗ này chỉ ghi tên, đồng chí vui lòng bỏ số điện thoại, số giấy tờ hoặc hộp thư."
        faults.append(Fault(told, column="name"))
    rows.refuse(faults)
    _changeable(dialogue)
    last = dialogue.opinions.order_by("-place").values_list("place", flat=True).first() or 0
    opinion = DialogueOpinion.objects.create(
        dialogue=dialogue, place=last + 1, heard=heard, name=name, content=content
    )
    rows.save(dialogue)
    audit.record(actor, "dialogues.add_opinion", dialogue, opinion_id=opinion.pk)
    return opinion


@transaction.atomic
def settle_opinion(
    opinion: DialogueOpinion,
    *,
    way: str,
    actor: "User | None",
    answer: str = "",
    unit_id: int | None = None,
    due_on: date | None = None,
    above: str = "",
    conclusion: DialogueConclusion | None = None,
) -> DialogueOpinion:
    """What becomes of an opinion; what does not belong to the way chosen is left empty."""
    dialogue = rows.locked(opinion.dialogue)
    if not dialogue.took_place or dialogue.state not in CHANGEABLE:
        raise rows.wrong_state(
            dialogue, "Hướng xử lý ghi sau khi đối thoại, trước khi ra kết luận."
        )
    if conclusion is not None and conclusion.dialogue_id != dialogue.pk:
        raise RuleError("Kết luận đã chọn thuộc cuộc đối thoại khác, đồng chí vui lòng chọn lại.")
    opinion = DialogueOpinion.objects.get(pk=opinion.pk)
    answer, above = canonical(answer).strip(), canonical(above).strip()
    rows.refuse(_way_faults(way, answer, unit_id, due_on, above, conclusion))
    given = way == Way.GIVEN
    opinion.way, opinion.answer = way, answer
    opinion.unit_id = unit_id if given else None
    opinion.due_on = due_on if given else None
    opinion.above = above if way == Way.ABOVE else ""
    opinion.conclusion = conclusion if way in (Way.GIVEN, Way.ABOVE) else None
    opinion.save(update_fields=["way", "answer", "unit", "due_on", "above", "conclusion"])
    if way == Way.ABOVE:
        dialogue.none_above = False
    rows.save(dialogue, "none_above")
    audit.record(actor, "dialogues.settle_opinion", dialogue, opinion_id=opinion.pk)
    return opinion


@transaction.atomic
def note_none_above(
    dialogue: Dialogue, *, actor: "User | None", seen: int | None = None
) -> Dialogue:
    """Write down as a result: no opinion went beyond the host's authority."""
    dialogue = rows.locked(dialogue, seen=seen)
    if dialogue.state != State.HELD:
        raise rows.wrong_state(dialogue, "Điều này ghi sau khi đối thoại, trước khi ra kết luận.")
    if dialogue.opinions.filter(way=Way.ABOVE).exists():
        raise RuleError(
            "Biên bản có ý kiến chuyển cấp trên nên không ghi “không có ý kiến vượt thẩm quyền” được. "
            "Đồng chí vui lòng xem lại hướng xử lý của ý kiến đó."
        )
    dialogue.none_above = True
    rows.save(dialogue, "none_above")
    audit.record(actor, "dialogues.note_none_above", dialogue)
    return dialogue


def _changeable(dialogue: Dialogue) -> None:
    if dialogue.state not in CHANGEABLE:
        raise rows.wrong_state(dialogue, "Ý kiến chỉ ghi thêm trước khi ra thông báo kết luận.")


def _way_faults(
    way: str,
    answer: str,
    unit_id: int | None,
    due_on: date | None,
    above: str,
    conclusion: DialogueConclusion | None,
) -> list[Fault]:
    faults = []
    if way not in (Way.ANSWERED, Way.GIVEN, Way.ABOVE):
        faults.append(Fault("Đồng chí vui lòng chọn hướng xử lý.", column="way"))
    missing = "Đồng chí vui lòng ghi đã trả lời thế nào." if way == Way.ANSWERED else ""
    # whoever asked reads it behind the code
    faults += public_faults(
        answer, label="Câu trả lời", missing=missing, most=rows.LONG, column="answer"
    )
    if way == Way.GIVEN and conclusion is None and (unit_id is None or due_on is None):
        faults.append(
            Fault("Đồng chí vui lòng chọn kết luận, hoặc ghi đơn vị và hạn trả lời.", column="unit")
        )
    if (
        way == Way.GIVEN
        and unit_id is not None
        and unit_id not in units_on([unit_id], clock.today())
    ):
        faults.append(
            Fault("Đơn vị này không còn hoạt động, đồng chí vui lòng chọn lại.", column="unit")
        )
    if way == Way.GIVEN and due_on is not None and due_on < clock.today():
        faults.append(
            Fault("Hạn đã qua, đồng chí vui lòng chọn hạn từ hôm nay trở đi.", column="due_on")
        )
    if way == Way.ABOVE and not above:
        faults.append(Fault("Đồng chí vui lòng ghi chuyển cấp nào.", column="above"))
    if len(above) > 200:
        faults.append(
            Fault("Tên cấp trên dài quá 200 ký tự, đồng chí vui lòng viết gọn lại.", column="above")
        )
    return faults
