"""What the units did about their commitments, drawn from their own chance and told day by day."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from danvan.demo.work import LAST


class Act(StrEnum):
    """What somebody does about one commitment."""

    START = auto()
    CLAIM = auto()
    RETURN = auto()
    VERIFY = auto()
    ASK_TIME = auto()
    GRANT_TIME = auto()
    REFUSE_TIME = auto()


@dataclass(frozen=True, slots=True, order=True)
class Deed:
    """One act on one commitment on a day."""

    day: date
    commitment_id: int
    act: Act
    until: date | None = None


LONG_AGO = LAST - timedelta(days=120)
REASONS = (
    "Hồ sơ bàn giao từ các xã cũ chưa đủ, đang phối hợp với phòng chuyên môn để rà soát.",
    "Mưa lũ kéo dài, một số bản bị chia cắt, chưa kiểm tra tại chỗ được.",
    "Đơn vị đang chờ ý kiến của cơ quan chuyên môn cấp tỉnh.",
)
RESULTS = (
    "Đã thực hiện xong theo kế hoạch, có báo cáo kèm theo.",
    "Đã hoàn thành; kết quả được thông báo tại nhà văn hóa các thôn, bản.",
    "Đã hoàn thành và báo cáo Đảng ủy.",
)
FINDINGS = (
    "Đã kiểm tra hồ sơ, nội dung đúng yêu cầu.",
    "Đã kiểm tra tại chỗ cùng Ủy ban MTTQ xã, kết quả đúng như báo cáo.",
)
LACKS = "Báo cáo chưa nêu rõ kết quả từng kiến nghị, đề nghị bổ sung danh mục và minh chứng."
REFUSAL = "Thời gian còn lại đủ để hoàn thành, đề nghị đơn vị tập trung thực hiện."


class Doer:
    """How one unit goes about one commitment."""

    def __init__(self, commitment_id: int, unit_name: str, title: str, steadiness: float) -> None:
        self.commitment_id = commitment_id
        self.steadiness = steadiness
        self._chance = random.Random(f"{unit_name}:{title}")  # noqa: S311  no secret is drawn

    def deeds(self, assigned_on: date, due_on: date) -> Iterator[Deed]:
        """The acts in their order, up to the end of the demonstration."""
        return (deed for deed in self._deeds(assigned_on, due_on) if deed.day <= LAST)

    def _deed(self, day: date, act: Act, until: date | None = None) -> Deed:
        return Deed(_workday(day), self.commitment_id, act, until)

    def _deeds(self, assigned_on: date, due_on: date) -> Iterator[Deed]:
        chance, steady = self._chance, self.steadiness
        yield self._deed(assigned_on + timedelta(days=chance.randint(2, 9)), Act.START)
        last, earliest = due_on, assigned_on + timedelta(days=16)
        if chance.random() < 0.06 + (1 - steady) * 0.3:
            asked = due_on - timedelta(days=chance.randint(3, 12))
            last = due_on + timedelta(days=chance.choice((15, 30, 45)))
            yield self._deed(asked, Act.ASK_TIME, last)
            if asked > LAST - timedelta(days=20):  # nobody has decided yet
                return
            granted = chance.random() < 0.8
            ruled = asked + timedelta(days=chance.randint(1, 2))
            yield self._deed(ruled, Act.GRANT_TIME if granted else Act.REFUSE_TIME)
            last, earliest = last if granted else due_on, ruled + timedelta(days=2)
        luck = chance.random()
        done = luck <= steady + 0.03
        if not done and (due_on > LONG_AGO or chance.random() < 0.15):
            return
        late = luck > steady - 0.07
        days = chance.randint(3, 40) if late else -chance.randint(1, 14)
        if not done:  # after being urged
            days = chance.randint(50, 110)
        claimed = max(last + timedelta(days=days), earliest)
        yield self._deed(claimed, Act.CLAIM)
        seen = claimed + timedelta(days=chance.randint(4, 20))
        if chance.random() < 0.05:
            yield self._deed(seen, Act.RETURN)
            claimed = seen + timedelta(days=chance.randint(5, 25))
            yield self._deed(claimed, Act.CLAIM)
            seen = claimed + timedelta(days=chance.randint(3, 15))
        if claimed < LAST - timedelta(days=45) or chance.random() < 0.7:
            yield self._deed(seen, Act.VERIFY)


def _workday(day: date) -> date:
    """Friday instead of the weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
