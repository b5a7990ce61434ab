"""What the law and the province's rules ask of a dialogue, held against what was done. No number stands here."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.commitments.selectors.programmes import dialogue_in_programme, has_programme
from danvan.dialogues.enums import (
    ISSUE,
    NOTICE,
    YEARLY,
    DialogueKind,
    Heard,
    Led,
    State,
    Way,
)
from danvan.dialogues.models import Dialogue, DialogueOpinion
from danvan.foundation import clock
from danvan.law.errors import NotADuration, UnknownParameter
from danvan.law.selectors import Deadline, deadline_by, parameter
from danvan.organisations.selectors import units_on
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.law.models import LegalParameter


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: what it asks, how it stands in a word, and why."""

    rule: str
    tone: str
    word: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Required:
    """How many dialogues a host owes a year, and by which row of the law; None where no row is loaded."""

    number: int
    row: "LegalParameter"


def required_of(kind: str, level: str, *, on: date) -> Required | None:
    """How often the head of such an organisation holds a dialogue a year. One query."""
    key, levels = YEARLY.get(kind, ("", ()))
    if level not in levels:
        return None
    try:
        row = parameter(key, on=on)
    except UnknownParameter:
        return None
    return Required(-(-row.numerator // row.denominator), row)


def notice_by(dialogue: Dialogue) -> Deadline | None:
    """The last day to tell the people; None where the law holds no row for that day."""
    return _by(NOTICE, dialogue)


def issue_by(dialogue: Dialogue) -> Deadline | None:
    """The last day to issue the notice of conclusions; None where the law holds no row for that day."""
    return _by(ISSUE, dialogue)


def _by(key: str, dialogue: Dialogue) -> Deadline | None:
    try:
        return deadline_by(key, dialogue.held_on)
    except (UnknownParameter, NotADuration):
        return None


def checks_of(dialogue: Dialogue, opinions: list[DialogueOpinion], *, unowned: int) -> list[Check]:
    """Every rule of one dialogue, in the order of the work."""
    found = [_notice(dialogue), _programme(dialogue), *_front(dialogue), _before(opinions)]
    if dialogue.took_place:
        found += [_led(dialogue), _ways(dialogue, opinions), _conclusion(dialogue, unowned)]
    return [*found, *_yearly(dialogue)]


def _notice(dialogue: Dialogue) -> Check:
    rule, last = "Thông báo, niêm yết trước khi đối thoại", notice_by(dialogue)
    law = f" ({last.parameter.citation})" if last and last.parameter else ""
    limit = f"Chậm nhất {format_date(last.due_on)}{law}" if last else ""
    if dialogue.noticed_on is None:
        if not dialogue.coming:
            return Check(rule, "red", "Không có", limit)
        late = last is not None and clock.today() > last.due_on
        return Check(rule, "red" if late else "orange", "Quá hạn" if late else "Chưa có", limit)
    days = (dialogue.held_on - dialogue.noticed_on).days
    told = f"Từ {format_date(dialogue.noticed_on)}, trước {format_number(days)} ngày"
    if last is None:
        return Check(rule, "grey", "Đã có", f"{told}; chưa nạp tham số để đối chiếu")
    if dialogue.noticed_on > last.due_on:
        return Check(rule, "red", "Chậm", f"{told}. {limit}")
    return Check(rule, "green", "Đủ ngày", told)


def _programme(dialogue: Dialogue) -> Check:
    rule = "Trong chương trình công tác tháng"
    hosts = {dialogue.unit_id, dialogue.host_on(dialogue.held_on)}
    entry = dialogue_in_programme(hosts, dialogue.held_on)
    if entry is not None:
        return Check(rule, "green", "Có", f"Chương trình số {entry.symbol}")
    if has_programme(hosts, dialogue.held_on):
        note = "Chương trình đã ban hành không có mục đối thoại ngày này"
        return Check(rule, "orange", "Chưa có", note)
    return Check(rule, "grey", "Chưa có chương trình tháng")


def _front(dialogue: Dialogue) -> list[Check]:
    if dialogue.kind != DialogueKind.GOVERNMENT:
        return []
    rule = "Phối hợp với MTTQ cùng cấp"
    if dialogue.co_host_id is None:
        return [Check(rule, "orange", "Chưa ghi", "Hội nghị của UBND do UBND cùng MTTQ tổ chức")]
    return [Check(rule, "green", "Có")]


def _before(opinions: list[DialogueOpinion]) -> Check:
    sent = [one for one in opinions if one.heard == Heard.BEFORE]
    nameless = sum(not one.name for one in sent)
    if not sent:
        return Check("Câu hỏi gửi trước", "grey", "Chưa có")
    note = f"{format_number(len(sent))} câu, {format_number(nameless)} không ghi tên"
    return Check("Câu hỏi gửi trước", "green", "Đã nhận", note)


def _ways(dialogue: Dialogue, opinions: list[DialogueOpinion]) -> Check:
    rule = "Mỗi ý kiến có hướng xử lý"
    waiting = sum(one.way == Way.OPEN for one in opinions)
    if waiting:
        return Check(rule, "orange", f"Còn {format_number(waiting)} ý kiến")
    above = sum(one.way == Way.ABOVE for one in opinions)
    if not above and not dialogue.none_above:
        return Check(rule, "orange", "Chưa ghi", "Có ý kiến vượt thẩm quyền hay không")
    said = f"{format_number(above)} ý kiến chuyển cấp trên" if above else ""
    return Check(rule, "green", "Đủ", said or "Không có ý kiến vượt thẩm quyền")


def _conclusion(dialogue: Dialogue, unowned: int) -> Check:
    rule = "Thông báo kết luận"
    if unowned:
        return Check(rule, "red", f"Còn {format_number(unowned)} kết luận chưa có chủ trì")
    last = issue_by(dialogue)
    law = f" ({last.parameter.citation})" if last and last.parameter else ""
    limit = f"Chậm nhất {format_date(last.due_on)}{law}" if last else ""
    if dialogue.state == State.HELD:
        late = last is not None and clock.today() > last.due_on
        return Check(rule, "red" if late else "orange", "Quá hạn" if late else "Chưa ra", limit)
    day = dialogue.concluded_on or dialogue.held_on
    said = f"Ngày {format_date(day)}"
    if last is None:
        return Check(rule, "green", "Đã ra", f"{said}; chưa nạp tham số để đối chiếu")
    if day > last.due_on:
        return Check(rule, "red", "Chậm", f"{said}. {limit}")
    return Check(rule, "green", "Đã ra", f"{said}, trong hạn")


def _led(dialogue: Dialogue) -> Check:
    rule = "Người đứng đầu chủ trì"
    if dialogue.led == Led.HEAD:
        return Check(rule, "green", "Trực tiếp")
    if dialogue.led == Led.DELEGATE:
        return Check(rule, "orange", "Ủy quyền", dialogue.led_why)
    return Check(rule, "grey", "Chưa ghi")


def _yearly(dialogue: Dialogue) -> list[Check]:
    host = units_on([dialogue.unit_id], dialogue.held_on).get(dialogue.unit_id)
    needed = required_of(host.kind, host.level, on=dialogue.held_on) if host else None
    if needed is None:
        return []
    year = dialogue.held_on.year
    hosted = Q(unit_id=dialogue.unit_id) | Q(former_id=dialogue.unit_id)
    held = Dialogue.objects.took_place().filter(hosted, held_on__year=year)
    number = sum(one.host_on(one.held_on) == dialogue.unit_id for one in held)
    counted = min(number, needed.number)  # what is held beyond what is owed makes it no fuller
    words = f"{format_number(counted)}/{format_number(needed.number)} cuộc"
    tone = "green" if number >= needed.number else "orange"
    more = f"Đã tổ chức {format_number(number)} cuộc. " if number > needed.number else ""
    return [Check(f"Số cuộc trong năm {year}", tone, words, f"{more}{needed.row.citation}")]
