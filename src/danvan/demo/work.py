"""Eighteen months of a province's work, with gaps as they are found in life: drawn once, always the same."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from danvan.activities.enums import ActivityKind
from danvan.activities.services import Draft
from danvan.demo.town import said_at
from danvan.documents.enums import DocumentType
from danvan.foundation.periods import Every, Period
from danvan.organisations.enums import Kind

FIRST, LAST = date(2025, 7, 1), date(2026, 12, 31)
YEARS = (Period(FIRST, date(2026, 1, 1), Every.HALF), Period.parse("2026"))
TOPICS = (
    "việc chi trả chế độ chính sách đối với người có công",
    "tiến độ giải quyết thủ tục hành chính tại Trung tâm phục vụ hành chính công",
    "việc thực hiện chương trình xây dựng nông thôn mới",
    "công tác bồi thường, giải phóng mặt bằng",
    "việc thu và sử dụng các khoản đóng góp của Nhân dân",
    "vệ sinh môi trường và thu gom rác thải sinh hoạt",
    "việc thực hiện dân chủ ở cơ sở tại các thôn, bản",
    "chất lượng cấp nước sinh hoạt hợp vệ sinh",
    "an toàn giao thông trước cổng trường học",
    "việc hỗ trợ xóa nhà tạm, nhà dột nát",
)
DRAFTS = (
    "dự thảo kế hoạch sử dụng đất năm",
    "dự thảo đề án sắp xếp điểm trường",
    "dự thảo kế hoạch phát triển kinh tế - xã hội",
    "dự thảo nghị quyết về mức thu dịch vụ thu gom rác",
    "dự thảo quy chế quản lý nhà văn hóa cộng đồng",
)
HALLS = (
    "Hội trường UBND",
    "Nhà văn hóa trung tâm",
    "Hội trường Đảng ủy",
    "Trung tâm phục vụ hành chính công",
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One place with its organisations by kind, and how steadily it works (0 to 1)."""

    place_id: int
    name: str  # as it stands in a sentence: xã Con Cuông
    organisations: dict[str, int]
    steadiness: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that an organisation issued."""

    unit_id: int
    document_type: str
    issued_on: date
    abstract: str


def _some_day(chance: random.Random, period: Period) -> date:
    days = (period.end - period.first).days
    day = period.first + timedelta(days=chance.randrange(days))
    return day - timedelta(days=max(0, day.weekday() - 4))  # not on a weekend


def _within(day: date, period: Period) -> date:
    return max(day, period.first)


class Chronicle:
    """What one seat did, drawn from its own chance: the same seat always did the same."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._chance = random.Random(f"40:{seat.name}")  # noqa: S311  no secret is drawn

    def _done(self, likely: float) -> bool:
        return self._chance.random() < likely * self.seat.steadiness

    def _draft(
        self, kind: str, activity: ActivityKind, title: str, period: Period, **counts: int | None
    ) -> Draft:
        partners = (
            [Kind.FRONT_COMMITTEE]
            if kind != Kind.FRONT_COMMITTEE
            else [Kind.FARMERS_UNION, Kind.WOMENS_UNION]
        )
        return Draft(
            unit_id=self.seat.organisations[kind],
            kind=activity,
            title=title,
            held_on=_within(_some_day(self._chance, period), period),
            place=f"{self._chance.choice(HALLS)} {self.seat.name}",
            attendance=counts.get("attendance"),
            persons=counts.get("persons"),
            opinions=counts.get("opinions"),
            partner_ids=tuple(self.seat.organisations[partner] for partner in partners),
        )

    def _people(self, low: int, high: int) -> int | None:
        """How many came; one in seven forgot to write it down."""
        return None if self._chance.random() < 1 / 7 else self._chance.randint(low, high)

    def activities(self) -> Iterator[Draft]:
        """Everything the seat's organisations did between `FIRST` and `LAST`."""
        for year in YEARS:
            yield from self._yearly(year)
            for quarter in (
                part
                for part in Period.parse(str(year.first.year)).parts(Every.QUARTER)
                if part.first >= year.first
            ):
                yield from self._quarterly(quarter)
            for month in (
                part
                for part in Period.parse(str(year.first.year)).parts(Every.MONTH)
                if part.first >= year.first
            ):
                yield from self._monthly(month)

    def _yearly(self, year: Period) -> Iterator[Draft]:
        label, where = year.first.year, self.seat.name
        if self._done(0.99):
            yield self._draft(Kind.PARTY_COMMITTEE, ActivityKind.WORKING_SESSION,
                              f"Đảng ủy {where} làm việc với Ủy ban MTTQ và các đoàn thể năm {label}", year,
                              attendance=self._people(18, 60))  # fmt: skip
        if self._done(0.96):
            yield self._draft(Kind.PEOPLES_COMMITTEE, ActivityKind.COORDINATION_EVALUATION,
                              f"Đánh giá kết quả thực hiện quy chế phối hợp năm {label}", year,
                              attendance=self._people(15, 45))  # fmt: skip
        for topic in self._chance.sample(TOPICS, self._how_many()):
            watched = said_at(self.seat.name, topic)
            yield self._draft(
                Kind.FRONT_COMMITTEE, ActivityKind.SUPERVISION, f"Giám sát {watched} {where}", year
            )
        for topic in self._chance.sample(
            DRAFTS, max(0, self._how_many() - self._chance.randrange(2))
        ):
            yield self._draft(Kind.FRONT_COMMITTEE, ActivityKind.SOCIAL_CRITICISM,
                              f"Phản biện xã hội {topic} {where}", year, attendance=self._people(20, 50))  # fmt: skip
        if self._done(0.7):
            yield self._draft(Kind.PARTY_COMMITTEE, ActivityKind.TRAINING,
                              f"Tập huấn công tác dân vận cho cán bộ {where}", year, attendance=self._people(25, 90))  # fmt: skip

    def _how_many(self) -> int:
        return sum(self._done(likely) for likely in (1.0, 0.97, 0.4, 0.15))

    def _quarterly(self, quarter: Period) -> Iterator[Draft]:
        where = self.seat.name
        if self._done(0.95):
            came = self._people(40, 220)
            yield self._draft(Kind.PARTY_COMMITTEE, ActivityKind.DIALOGUE,
                              f"Bí thư Đảng ủy {where} đối thoại với Nhân dân {quarter.label}", quarter,
                              attendance=came, persons=came, opinions=self._chance.randint(5, 38))  # fmt: skip
        if self._done(0.9):
            yield self._draft(Kind.PARTY_COMMITTEE, ActivityKind.CONCLUSION_REVIEW,
                              f"Rà soát việc thực hiện các kết luận sau đối thoại {quarter.label}", quarter)  # fmt: skip

    def _monthly(self, month: Period) -> Iterator[Draft]:
        for kind, likely in ((Kind.PARTY_COMMITTEE, 0.999), (Kind.PEOPLES_COMMITTEE, 0.995)):
            if self._done(likely) or self.seat.steadiness > 0.97:
                yield self._draft(kind, ActivityKind.DIALOGUE_IN_PROGRAMME,
                                  f"Chương trình công tác {month.label} có nội dung tiếp xúc, đối thoại", month)  # fmt: skip

    def papers(self) -> Iterator[Paper]:
        """The documents that the seat's organisations issued."""
        where = self.seat.name
        if self._done(0.98):
            yield Paper(self.seat.organisations[Kind.PEOPLES_COMMITTEE], DocumentType.COORDINATION_REGULATION,
                        _some_day(self._chance, YEARS[0]), f"Quy chế phối hợp giữa UBND và Ủy ban MTTQ Việt Nam {where}")  # fmt: skip
        for year in YEARS:
            if self._done(0.97):
                yield Paper(self.seat.organisations[Kind.PARTY_COMMITTEE], DocumentType.ORIENTATION_DOCUMENT,
                            _some_day(self._chance, year), f"Định hướng hoạt động của MTTQ, các đoàn thể {where} năm {year.first.year}")  # fmt: skip


def steadiness_of(name: str) -> float:
    """How steadily a place works, drawn once: most are steady, a few lag well behind."""
    chance = random.Random(f"steady:{name}")  # noqa: S311
    return chance.choices((1.0, 0.98, 0.93, 0.8, 0.55), weights=(44, 26, 16, 9, 5))[0]
