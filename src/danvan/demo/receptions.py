"""Citizen reception of 2026 at the province and its known communes: the days of heads month by month, who came, a conclusion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from danvan.commitments.services import Assignment
from danvan.demo.travelling import Dated
from danvan.demo.work import LAST, Seat
from danvan.foundation import clock
from danvan.organisations.enums import Kind as Organisation
from danvan.petitions.enums import Kind
from danvan.petitions.reception_enums import MatterWay, Receiver
from danvan.petitions.selectors.reception.cards import undecided
from danvan.petitions.services import PersonDraft
from danvan.petitions.services.reception import (
    DayPlan,
    VisitDraft,
    VisitMatterDraft,
    hold_day,
    issue_conclusion,
    own_sentence,
    plan_days,
    post_days,
    record_visit,
    say_no_work,
    take_sentence,
    write_conclusion,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.petitions.models import ReceptionDay

FIXED, TWICE = (10,), (10, 24)  # days of a month: of the province, of a commune
AWAY = 5  # the month in which a deputy stood in
CONCLUDED = 10  # the month in which the head of the first commune gave work
WORK_DAYS = 5
# The names are invented.
NAMES = (
    "Vi Văn Lượng",
    "Lê Thị Sen",
    "Cụt Thị Hoa",
    "Ngô Đức Bình",
    "Hà Thị Tím",
    "Kha Văn Ót",
    "Đặng Thị Thơm",
)
MATTERS: tuple[tuple[Kind, str, MatterWay, str], ...] = (
    (Kind.FEEDBACK, "Hỏi thủ tục cấp đổi giấy chứng nhận đất", MatterWay.ANSWERED, "Đã hướng dẫn hồ sơ, nộp tại bộ phận một cửa."),
    (Kind.PROPOSAL, "Xin mở lại lối đi chung của xóm", MatterWay.LATER, ""),
    (Kind.COMPLAINT, "Tranh chấp vay tiền giữa hai gia đình", MatterWay.GUIDED, "Tòa án nhân dân khu vực"),
    (Kind.FEEDBACK, "Nước thải chăn nuôi chảy ra mương", MatterWay.RECEIVED, ""),
    (Kind.PROPOSAL, "Đề nghị thêm giờ mở nhà văn hóa", MatterWay.ANSWERED, "Nhà văn hóa mở thêm tối thứ bảy."),
)  # fmt: skip
NO_WORK = "Cảm ơn bà con đã đến nói thẳng."
WORK = "Giao Ủy ban nhân dân nạo vét mương thoát nước khu chợ, xong trước ngày 30/11/2026."


@dataclass(slots=True)
class Receptions:
    """The days as they were planned, posted and held."""

    seats: Sequence[Seat]  # the province and its communes
    people: "dict[str, User]"
    days: int = 0
    visits: int = 0
    petitions: int = 0  # that came of visits
    notices: int = 0
    given: int = 0

    def acts(self) -> Iterator[Dated]:
        """Every act with its day; those of January 2027 are only posted."""
        for place, seat in enumerate(self.seats):
            for month in range(1, 14):
                year, of_year = (2026, month) if month <= 12 else (2027, 1)
                held = [_at_work(date(year, of_year, day)) for day in (TWICE if place else FIXED)]
                month_of = _Month(self, seat, held)
                yield held[0] - timedelta(days=12), month_of.announce
                for number, day in enumerate(held):
                    if day <= LAST:
                        yield day, month_of.holding(number)


class _Month:
    """One unit's days of a month."""

    def __init__(self, receptions: Receptions, seat: Seat, held: list[date]) -> None:
        self.receptions, self.seat, self.held = receptions, seat, held
        self.unit = seat.organisations[Organisation.PEOPLES_COMMITTEE]
        self.rows: list[ReceptionDay] = []

    def announce(self) -> None:
        """The days are written down and hung out."""
        plan = DayPlan(
            unit_id=self.unit, days=tuple(self.held), place="Trụ sở tiếp công dân",
            starts_at=time(7, 30), ends_at=time(11, 30),
        )  # fmt: skip
        self.rows = plan_days(plan, actor=None)
        self.rows = post_days(
            self.rows, on=clock.today(), where="bảng tin trụ sở, trang thông tin", actor=None
        )
        self.receptions.days += len(self.rows)

    def holding(self, number: int) -> Any:
        """What is done on the day: who received, who came."""

        def hold() -> None:
            day = self.rows[number]
            deputy = day.held_on.month == AWAY and number == 0
            hold_day(
                day, received=Receiver.OTHER if deputy else Receiver.HEAD, actor=None,
                other_name="Phó Chủ tịch" if deputy else "",
                other_why="Chủ tịch đi họp đột xuất" if deputy else "",
            )  # fmt: skip
            place = day.held_on.month * 2 + number
            for one in range(place % 3):
                self.visit(day, place + one)
            if (
                day.held_on.month == CONCLUDED
                and number == 1
                and self.seat is self.receptions.seats[1]
            ):
                self.conclude(day)

        return hold

    def visit(self, day: "ReceptionDay", place: int) -> None:
        """Somebody came."""
        kind, title, way, said = MATTERS[place % len(MATTERS)]
        matter = VisitMatterDraft(
            kind=kind, title=title, way=way,
            guided_to=said if way == MatterWay.GUIDED else "",
            answer=said if way == MatterWay.ANSWERED else "",
            answer_on=clock.today() + timedelta(days=10) if way == MatterWay.LATER else None,
        )  # fmt: skip
        record_visit(
            VisitDraft(
                unit_id=self.unit, held_on=day.held_on, day_id=day.pk, matters=(matter,),
                persons=(PersonDraft(name=NAMES[place % len(NAMES)], address=self.seat.name),),
            ),
            actor=None,
        )  # fmt: skip
        self.receptions.visits += 1
        self.receptions.petitions += way == MatterWay.RECEIVED

    def conclude(self, day: "ReceptionDay") -> None:
        """The head concluded: one sentence is work, with who does it by when; the notice went out."""
        day = write_conclusion(day, text=f"{NO_WORK} {WORK}", actor=None)
        for start, words in undecided(day):
            if words == NO_WORK:
                say_no_work(day, start=start, actor=None)
                continue
            taken = take_sentence(day, start=start, actor=None)
            work = Assignment(
                lead_id=self.unit, title="Nạo vét mương thoát nước khu chợ",
                product="Biên bản nghiệm thu", due_on=date(2026, 11, 30),
            )  # fmt: skip
            own_sentence(taken, work, actor=None)
            self.receptions.given += 1
        issue_conclusion(day, on=clock.today(), actor=None)
        self.receptions.notices += 1


def _at_work(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= WORK_DAYS else 0)
