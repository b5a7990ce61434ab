"""What each commune reported month by month, drawn from its own chance: the same commune always reports the same."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from danvan.demo.forms import DUE_DAY
from danvan.demo.town import said_at
from danvan.demo.work import FIRST, LAST, Seat
from danvan.foundation.periods import Every, Period

MONTHS = tuple(
    month
    for year in ("2025", "2026")
    for month in Period.parse(year).parts(Every.MONTH)
    if month.first >= FIRST and month.first <= LAST
)
LONG_AGO = date(2026, 6, 1)  # what was missing then has come in since
TROUBLES = (
    "Địa bàn rộng sau sắp xếp, một số bản cách trung tâm xã trên 30 km, Nhân dân đi lại khó khăn.",
    "Cán bộ kiêm nhiệm nhiều việc, thời gian dành cho công tác dân vận còn ít.",
    "Một số kiến nghị về đất đai kéo dài từ trước khi sắp xếp, hồ sơ chưa bàn giao đủ.",
    "Đường truyền ở các bản vùng cao chưa ổn định.",
)
WISHES = (
    "Đề nghị tỉnh sớm hướng dẫn kinh phí hoạt động của tổ dân vận ở thôn, bản.",
    "Đề nghị các sở, ngành trả lời kiến nghị của xã đúng hạn.",
    "Đề nghị tổ chức thêm lớp tập huấn kỹ năng đối thoại cho cán bộ xã.",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One report of one commune: its answers, when it was sent, and whether it was sent back first.

    `sent_on` None: it was never sent. `wrong` holds the answers of a first try that had to be mended.
    """

    month: Period
    answers: dict[str, str]
    sent_on: date | None
    wrong: dict[str, str] | None = None

    @property
    def due_on(self) -> date:
        """The day it is due: of the next month."""
        return self.month.end.replace(day=DUE_DAY)


class Reporter:
    """The monthly reports of one seat. `held` gives the dialogues its records count, by month."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._chance = random.Random(f"reports:{seat.name}")  # noqa: S311  no secret is drawn
        self._models = self._chance.randint(2, 9)

    def drawn(self, held: dict[Period, int]) -> list[Drawn]:
        """The report of each of the eighteen months, in order."""
        return [self._month(month, held.get(month, 0)) for month in MONTHS]

    def _month(self, month: Period, dialogues: int) -> Drawn:
        answers = self._answers(dialogues)
        day = month.end + timedelta(days=self._chance.randint(0, DUE_DAY - 1))
        luck = self._chance.random()
        steady = self.seat.steadiness
        if luck > steady + 0.12:
            if month.first > LONG_AGO:
                return Drawn(month, answers, None)
            return Drawn(month, answers, day + timedelta(days=self._chance.randint(25, 60)))
        if luck > steady - 0.04:
            day = month.end + timedelta(days=DUE_DAY + self._chance.randint(0, 12))
        if day > LAST:  # the last month is not due yet: only who is quick has sent it
            sent = LAST if self._chance.random() < steady * 0.5 else None
            return Drawn(month, answers, sent)
        wrong = None
        if self._chance.random() < 0.02:
            wrong = {**answers, "dv-02": str(int(answers["dv-02"]) * 10)}
        return Drawn(month, answers, day, wrong)

    def _answers(self, dialogues: int) -> dict[str, str]:
        chance = self._chance
        came = sum(chance.randint(45, 180) for _ in range(dialogues))
        opinions = sum(chance.randint(4, 26) for _ in range(dialogues))
        at_once = sum(chance.random() < 0.62 for _ in range(opinions))
        upwards = sum(chance.random() < 0.12 for _ in range(opinions - at_once))
        letters = chance.randint(0, 14)
        new = int(chance.random() < 0.08)
        self._models += new
        answers = {
            "dv-01": dialogues,
            "dv-02": came,
            "dv-03": came - (chance.randint(0, came // 6) if came else 0),
            "dv-04": opinions,
            "dv-05": at_once,
            "dv-06": opinions - at_once - upwards,
            "dv-07": upwards,
            "dv-08": chance.randint(3, 60),
            "dv-09": letters,
            "dv-10": sum(chance.random() < 0.86 for _ in range(letters)),
            "dv-11": self._models,
            "dv-12": new,
        }
        told = {code: str(number) for code, number in answers.items()}
        told["kho-khan"] = (
            said_at(self.seat.name, chance.choice(TROUBLES)) if chance.random() < 0.25 else ""
        )
        told["kien-nghi"] = (
            said_at(self.seat.name, chance.choice(WISHES)) if chance.random() < 0.15 else ""
        )
        return told
