"""Citizen reception of 2026 at the province and its known communes: the days of heads month by month, who came, a conclusion."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from danvan.commitments.services import Assignment
from danvan.demo.town import said_at
from danvan.demo.travelling import Dated
from danvan.demo.work import LAST, Seat
from danvan.foundation import clock
from danvan.organisations.enums import Kind as Organisation
from danvan.petitions.enums import Kind, Outcome
from danvan.petitions.reception_enums import MatterWay, Receiver
from danvan.petitions.selectors import petition_as_kept
from danvan.petitions.selectors.reception.cards import undecided
from danvan.petitions.services import (
    PersonDraft,
    accept_petition,
    answer_petition,
    reply_to_request,
)
from danvan.petitions.services.reception import (
    DayPlan,
    VisitDraft,
    VisitMatterDraft,
    answer_matter,
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
    from danvan.petitions.models import Petition, ReceptionDay, ReceptionVisit

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
F, P, C = Kind.FEEDBACK, Kind.PROPOSAL, Kind.COMPLAINT
ANSWERED, LATER, GUIDED, RECEIVED = (
    MatterWay.ANSWERED, MatterWay.LATER, MatterWay.GUIDED, MatterWay.RECEIVED,
)  # fmt: skip
# What people came with, what became of it on the spot, and what was said: then, or later in the answer.
MATTERS: tuple[tuple[Kind, str, MatterWay, str], ...] = (
    (F, "Hỏi thủ tục cấp đổi giấy chứng nhận đất", ANSWERED, "Đã hướng dẫn hồ sơ, nộp tại bộ phận một cửa."),
    (P, "Xin mở lại lối đi chung của xóm", LATER, "Đã đo lại, hai hộ đồng ý lùi rào; lối đi mở lại."),
    (C, "Tranh chấp vay tiền giữa hai gia đình", GUIDED, "Tòa án nhân dân khu vực"),
    (F, "Nước thải chăn nuôi chảy ra mương", RECEIVED, "Đã kiểm tra, hộ chăn nuôi cam kết làm hố lắng."),
    (P, "Đề nghị thêm giờ mở nhà văn hóa", ANSWERED, "Nhà văn hóa mở thêm tối thứ bảy."),
    (F, "Xe chở đá làm rơi vãi trên đường liên thôn", RECEIVED, "Đã làm việc với chủ mỏ, xe phủ bạt, đường được quét."),
    (P, "Xin hỗ trợ giống ngô sau đợt rét", LATER, "Đã lập danh sách, giống cấp trong vụ này."),
    (F, "Hỏi mức đóng bảo hiểm y tế của hộ cận nghèo", ANSWERED, "Đã đọc bảng mức đóng, đưa tờ rơi."),
    (C, "Ranh giới đất vườn với hộ liền kề", GUIDED, "Tổ hòa giải của thôn"),
    (P, "Đề nghị lắp biển báo ở khúc cua gần trường học", RECEIVED, "Đã lắp hai biển báo và gờ giảm tốc."),
    (F, "Loa của thôn nói sớm quá", ANSWERED, "Thôn đổi giờ phát từ 5 giờ 30."),
    (F, "Chó thả rông gần điểm trường", RECEIVED, "Thôn đã nhắc từng hộ, chó được nhốt trong giờ học."),
    (P, "Xin sửa sân bóng của bản", LATER, "Đưa vào việc của quý sau, bản góp công."),
)  # fmt: skip
ANSWER_IN, ACCEPTED_IN, SETTLED_IN = 10, 4, 18  # days after the visit
FORGOTTEN = 11  # of so many one was let lie
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
                        yield from month_of.visits(number)


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

    def visits(self, number: int) -> "Iterator[Dated]":
        """Who came on the day, and what became of it afterwards."""
        day = self.held[number]
        place = day.month * 2 + number
        for one in range(place % 3):
            visit = _Visit(self, number, (place + one) * 5 + self.receptions.seats.index(self.seat))
            for offset, act in visit.acts():
                if day + timedelta(days=offset) <= LAST:
                    yield day + timedelta(days=offset), act

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
            if (
                day.held_on.month == CONCLUDED
                and number == 1
                and self.seat is self.receptions.seats[1]
            ):
                self.conclude(day)

        return hold

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


class _Visit:
    """Somebody who came on one day, with one matter."""

    def __init__(self, month: _Month, number: int, place: int) -> None:
        self.month, self.number, self.place = month, number, place
        self.kind, title, self.way, said = MATTERS[place % len(MATTERS)]
        self.title, self.said = (said_at(month.seat.name, words) for words in (title, said))
        self.made: ReceptionVisit

    def acts(self) -> Iterator[tuple[int, Callable[[], object]]]:
        """What was done, by the number of days after the visit; a few were let lie."""
        yield 0, self.record
        if self.place % FORGOTTEN == 0:
            return
        if self.way == LATER:
            yield ANSWER_IN - 2, self.answer
        if self.way == RECEIVED:
            yield ACCEPTED_IN, lambda: accept_petition(self.petition, **_today())
            yield SETTLED_IN, self.settle

    @property
    def petition(self) -> "Petition":
        """What came of it, as it stands."""
        matter = self.made.matters.get()
        return petition_as_kept(int(matter.petition_id or 0))

    def record(self) -> None:
        """They were received, and what they said was written down."""
        day, receptions = self.month.rows[self.number], self.month.receptions
        matter = VisitMatterDraft(
            kind=self.kind, title=self.title, way=self.way,
            guided_to=self.said if self.way == GUIDED else "",
            answer=self.said if self.way == ANSWERED else "",
            answer_on=clock.today() + timedelta(days=ANSWER_IN) if self.way == LATER else None,
        )  # fmt: skip
        name = NAMES[self.place % len(NAMES)]
        self.made = record_visit(
            VisitDraft(
                unit_id=self.month.unit, held_on=day.held_on, day_id=day.pk, matters=(matter,),
                persons=(PersonDraft(name=name, address=self.month.seat.name),),
            ),
            actor=None,
        )  # fmt: skip
        receptions.visits += 1
        receptions.petitions += self.way == RECEIVED

    def answer(self) -> None:
        """The answer that was promised."""
        answer_matter(self.made.matters.get(), answer=self.said, **_today())

    def settle(self) -> None:
        """Each request has its answer, then the whole."""
        petition = self.petition
        for one in petition.requests.filter(withdrawn_on=None, replied_on=None):
            reply_to_request(one, reply=self.said, basis="Biên bản kiểm tra tại chỗ", **_today())
        answer_petition(
            petition, text=self.said, channel="paper", outcome=Outcome.RESOLVED, **_today()
        )


def _today() -> dict[str, Any]:
    """The day of an act, written down by nobody in particular."""
    return {"on": clock.today(), "actor": None}


def _at_work(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= WORK_DAYS else 0)
