"""Three dialogues of communes: one followed to its end, one with a conclusion that nobody owns yet, one to come."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import TYPE_CHECKING

from danvan.commitments.services import Assignment
from danvan.demo.work import Seat
from danvan.dialogues.enums import DialogueKind, Heard, Way
from danvan.dialogues.services import (
    Plan,
    add_conclusion,
    add_opinion,
    announce_dialogue,
    issue_conclusions,
    note_none_above,
    own_conclusion,
    plan_dialogue,
    record_held,
    record_ratings,
    settle_opinion,
    write_conclusion,
)
from danvan.organisations.enums import Kind

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.dialogues.models import Dialogue, DialogueConclusion

DAYS = (date(2026, 12, 8), date(2026, 12, 15), date(2027, 1, 12))
WORDS = (
    "Sau khi nghe ý kiến của Nhân dân và giải trình của các đơn vị, tôi kết luận:\n"
    "Giao Ủy ban nhân dân xã sửa xong cầu treo trước ngày 31/03/2027, có nghiệm thu và mời đại diện bà con cùng ký.\n"
    "Việc thu gom rác ở chợ phải làm ngay, không để kéo dài."
)
OPINIONS = (
    ("Cầu treo mục ván, học sinh đi lại nguy hiểm.", Heard.BEFORE),
    ("Chế độ bảo hiểm y tế cho hộ mới thoát nghèo được hưởng thế nào?", Heard.FLOOR),
)


def hold_dialogues(seats: Sequence[Seat], officers: Mapping[int, "User"]) -> int:
    """The dialogues of the first communes that have an officer; returns how many there are."""
    known = [seat for seat in seats if seat.place_id in officers][: len(DAYS)]
    for number, seat in enumerate(known):
        actor = officers[seat.place_id]
        dialogue = _planned(seat, DAYS[number], actor)
        if number < len(DAYS) - 1:
            _held(dialogue, seat, actor, whole=number == 0)
    return len(known)


def _planned(seat: Seat, day: date, actor: "User") -> "Dialogue":
    return plan_dialogue(
        Plan(
            unit_id=seat.organisations[Kind.PARTY_COMMITTEE],
            co_host_id=seat.organisations[Kind.FRONT_COMMITTEE],
            kind=DialogueKind.PARTY_HEAD,
            subject="Cầu treo, vệ sinh môi trường ở chợ và chế độ bảo hiểm y tế",
            held_on=day,
            starts_at=time(8),
            place="Nhà văn hóa trung tâm",
            basis="Quy định 11-QĐi/TW",
        ),
        actor=actor,
    )


def _held(dialogue: "Dialogue", seat: Seat, actor: "User", *, whole: bool) -> None:
    announce_dialogue(
        dialogue, on=date(2026, 12, 1), where="Trụ sở UBND xã, loa truyền thanh", actor=actor
    )
    bridge, insurance = OPINIONS
    first = add_opinion(dialogue, content=bridge[0], heard=bridge[1], actor=actor)
    record_held(
        dialogue,
        attendance={"residents": 146, "front": 18, "officials": 22},
        households=131,
        actor=actor,
    )
    second = add_opinion(dialogue, content=insurance[0], heard=insurance[1], actor=actor)
    settle_opinion(
        second,
        way=Way.ANSWERED,
        answer="Được hỗ trợ đóng trong 36 tháng; cán bộ bảo hiểm hướng dẫn tại chỗ.",
        actor=actor,
    )
    write_conclusion(dialogue, text=WORDS, actor=actor)
    repaired = _taken(dialogue, "Giao Ủy ban", actor)
    work = Assignment(
        seat.organisations[Kind.PEOPLES_COMMITTEE],
        "Sửa xong cầu treo",
        "Biên bản nghiệm thu có đại diện dân ký",
        date(2027, 3, 31),
    )
    own_conclusion(repaired, work, actor=actor)
    settle_opinion(first, way=Way.GIVEN, conclusion=repaired, actor=actor)
    if not whole:
        _taken(dialogue, "Việc thu gom", actor)
        return
    note_none_above(dialogue, actor=actor)
    record_ratings(dialogue, grades={"very_good": 88, "good": 60, "poor": 4}, actor=actor)
    issue_conclusions(dialogue, on=date(2026, 12, 10), actor=actor)


def _taken(dialogue: "Dialogue", beginning: str, actor: "User") -> "DialogueConclusion":
    return add_conclusion(dialogue, start=WORDS.index(beginning), actor=actor)
