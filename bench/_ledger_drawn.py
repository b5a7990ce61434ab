"""Commitments drawn as they are found in life: who gave what to whom, until when, how far it is, what is told of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from danvan.commitments.enums import FOUND_DONE, State, StepKind
from danvan.commitments.selectors import key_of
from danvan.foundation import clock
from danvan.topics.models import Topic

SINCE = date(2025, 7, 1)
DONE_AFTER, DONE_BEFORE = 0.88, 0.3  # how much is done once its day is over, and before
TERMS = (15, 30, 30, 45, 60, 60, 90, 90, 180, None)
DOES = (
    "Sửa chữa", "Nâng cấp", "Khắc phục", "Kiểm tra, xử lý", "Giải quyết dứt điểm", "Công khai", "Rà soát",
    "Bố trí kinh phí làm", "Đối thoại với các hộ về", "Trả lời bằng văn bản về", "Hoàn thiện", "Lập phương án",
)  # fmt: skip
WHAT = (
    "đường vào", "cầu treo", "kênh mương nội đồng", "nhà văn hóa", "hệ thống nước sạch", "điểm trường mầm non",
    "bãi tập kết rác", "đường điện sinh hoạt", "trạm y tế", "chợ", "việc bồi thường, giải phóng mặt bằng",
    "việc cấp giấy chứng nhận quyền sử dụng đất", "các khoản thu, đóng góp", "danh sách hộ nghèo",
    "việc chi trả chế độ người có công", "tiếng ồn của cơ sở sản xuất", "sạt lở bờ suối", "đèn chiếu sáng",
    "thủ tục hành chính tại Trung tâm phục vụ hành chính công", "quỹ phòng, chống thiên tai",
)  # fmt: skip
FIRST = (
    "Khe",
    "Bản",
    "Nà",
    "Pù",
    "Hòa",
    "Tân",
    "Đồng",
    "Thượng",
    "Phú",
    "Yên",
    "Nam",
    "Trung",
    "Xuân",
    "Vĩnh",
)
SECOND = (
    "Rạn",
    "Sơn",
    "Lạng",
    "Mương",
    "Thịnh",
    "Lập",
    "Bình",
    "Tiến",
    "Kỳ",
    "Hương",
    "Cát",
    "Long",
    "Trạch",
)
PRODUCTS = (
    "Biên bản nghiệm thu",
    "Báo cáo kết quả",
    "Văn bản trả lời",
    "Công trình đưa vào sử dụng",
    "Quyết định",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A commune with who promises and who gives it work."""

    party: int
    government: int
    above: tuple[int, ...]  # the organisations of its province


@dataclass(slots=True)
class Drawn:
    """One commitment and its rows."""

    row: dict[str, Any]
    supports: list[int]
    steps: list[tuple[str, date]]
    extension: tuple[date, date] | None
    proof: bool


class Draw:
    """Draws commitments, always the same ones on the same day."""

    def __init__(self, places: Sequence[Place], tops: Sequence[int]) -> None:
        self.dice, self.places, self.tops = random.Random(6), places, tops
        self.today = clock.today()
        self.days = max((self.today - SINCE).days, 30)
        self.topics = list(Topic.objects.order_by("pk").values_list("pk", flat=True))

    def one(self, pk: int) -> Drawn:
        """The commitment of this number."""
        dice = self.dice
        lead, assigner, kind = self._parties()
        on = SINCE + timedelta(days=int(dice.random() * self.days))
        term = dice.choice(TERMS)
        first = on + timedelta(days=term) if term else None
        due, extension = first, None
        if first and dice.random() < 0.08:
            due = first + timedelta(days=dice.choice((15, 30, 45)))
            extension = (first, due)
        state, marks, steps = self._course(on, due)
        asked = kind == "dialogues.conclusion" and dice.random() < 0.4
        if asked:
            marks |= self._answered(state, on, marks)
        symbol = (
            f"{dice.randint(1, 600)}-{'KL' if assigner in self.tops else 'TB'}/TU" if kind else ""
        )
        title = (
            f"{dice.choice(DOES)} {dice.choice(WHAT)} {dice.choice(FIRST)} {dice.choice(SECOND)}"
        )
        row = {
            "id": pk, "number": f"CK-{on.year}-{pk:04}", "title": title, "product": dice.choice(PRODUCTS),
            "lead_id": lead, "assigner_id": assigner, "state": state, "assigned_on": on, "first_due_on": first,
            "due_on": due, "source_kind": kind, "source_id": pk // 4 + 1 if kind else None,
            "source_symbol": symbol, "source_key": _key(symbol), "changes": len(steps),
            "topic_id": dice.choice(self.topics) if dice.random() < 0.7 else None, **marks,
        }  # fmt: skip
        supports = (
            set(dice.sample(self.tops, dice.choice((1, 1, 2))))
            if self.tops and dice.random() < 0.3
            else set()
        )
        return Drawn(row, sorted(supports - {lead}), steps, extension, dice.random() < 0.2)

    def _parties(self) -> tuple[int, int, str]:
        """Who leads, who gave it, what it was taken from."""
        dice, place = self.dice, self.dice.choice(self.places)
        by = dice.random()
        if by < 0.45 or not self.tops:
            return place.government, place.party, "dialogues.conclusion" if by < 0.35 else ""
        lead = dice.choice(place.above) if by > 0.95 else place.government
        return lead, dice.choice(place.above), "documents.document" if by < 0.85 else ""

    def _course(
        self, on: date, due: date | None
    ) -> tuple[str, dict[str, Any], list[tuple[str, date]]]:
        dice, today = self.dice, self.today
        steps: list[tuple[str, date]] = [(StepKind.ASSIGNED, on)]
        if dice.random() < 0.007:
            return State.WITHDRAWN, {}, [*steps, (StepKind.WITHDRAWN, on)]
        likely = DONE_AFTER if due and due < today else DONE_BEFORE
        begun = min(on + timedelta(days=dice.randint(1, 9)), today)
        if dice.random() > likely:
            state = dice.choices(
                (State.IN_PROGRESS, State.ASSIGNED, State.DECLINED, State.RISK_ACCEPTED),
                (80, 14, 2, 4),
            )[0]
            return (
                state,
                {},
                steps if state == State.ASSIGNED else [*steps, (StepKind.STARTED, begun)],
            )
        last = (due or today) + timedelta(days=20)
        claimed = min(
            begun + timedelta(days=int(dice.random() * max((last - begun).days, 1))), today
        )
        steps += [(StepKind.STARTED, begun), (StepKind.CLAIMED, claimed)]
        marks: dict[str, Any] = {
            "claimed_on": claimed,
            "result": "Đã làm xong, có biên bản kèm theo.",
        }
        checked = claimed + timedelta(days=dice.randint(2, 25))
        if checked > today or dice.random() < 0.05:
            return State.CLAIMED, marks, steps
        marks |= {"verified_on": checked, "finding": "Đã kiểm tra tại chỗ."}
        steps.append((StepKind.VERIFIED, checked))
        if dice.random() < 0.4:
            return State.VERIFIED, marks, steps
        return State.CLOSED, {**marks, "closed_on": checked}, [*steps, (StepKind.CLOSED, checked)]

    def _answered(self, state: str, on: date, marks: dict[str, Any]) -> dict[str, Any]:
        """What those who asked say of it."""
        found: dict[str, Any] = {"asked_on": on}
        word = self.dice.random()
        if state in FOUND_DONE and word < 0.5:
            found["agreed_on"] = marks["verified_on"]
        elif state == State.IN_PROGRESS and word < 0.2:
            found["disputed_on"] = min(on + timedelta(days=40), self.today)
        return found


@cache
def _key(symbol: str) -> str:
    return key_of(symbol)
