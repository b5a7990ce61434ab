"""The conclusion made known and reviewed, and what units find hard about it: sessions, reviews, difficulties. All invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from danvan.commitments.selectors import commitments_from
from danvan.commitments.services import (
    Raised,
    answer_difficulty,
    claim_done,
    join_difficulties,
    raise_difficulty,
    send_difficulty_on_paper,
    start_commitment,
    verify_commitment,
)
from danvan.demo import conclusion
from danvan.demo.travelling import Dated
from danvan.demo.work import Seat
from danvan.documents.enums import ReviewKind, SessionWay
from danvan.documents.selectors import kept_documents
from danvan.documents.services import (
    ReviewTerm,
    SessionOutcome,
    SessionPlan,
    cancel_session,
    give_due_reviews,
    plan_session,
    record_session,
    schedule_review,
    set_roll_out,
)
from danvan.foundation import clock
from danvan.organisations.enums import Kind
from danvan.topics.selectors import topic_said_in

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Difficulty
    from danvan.documents.models import DisseminationSession, Document

ONLINE_ON, SESSIONS_BY = date(2026, 2, 5), date(2026, 3, 31)
ONE_YEAR, FIVE_YEARS = date(2027, 1, 20), date(2031, 1, 20)
GIVEN_ON = date(2026, 11, 25)
OWN_SESSIONS, REVIEWERS = 12, 10
# What units find hard, in more words, and what was answered; without an answer it still waits.
HARD = (
    (
        "Chưa có kinh phí riêng cho tổ chức đối thoại ở các bản xa",
        "Mỗi cuộc đối thoại ở bản xa phải thuê xe và loa; dự toán đầu năm chưa có mục này.",
        "Từ quý III, mục chi đối thoại được ghi trong dự toán của Văn phòng Đảng ủy; đơn vị lập dự trù gửi trước ngày 15 hằng tháng.",
    ),
    (
        "Kiến nghị cũ bàn giao thiếu hồ sơ nên chưa trả lời được người dân",
        "Rà soát được 23 kiến nghị, trong đó 9 kiến nghị không có văn bản gốc.",
        "Đơn vị mời người kiến nghị xác nhận lại nội dung, lập biên bản thay hồ sơ gốc; Ban sẽ làm việc với nơi lưu trữ cũ.",
    ),
    (
        "Không có hồ sơ gốc của các kiến nghị trước khi sắp xếp",
        "Tủ hồ sơ của xã cũ đã chuyển kho, chưa tìm được.",
        "",
    ),
    (
        "Cán bộ theo dõi đối thoại kiêm nhiệm nhiều việc",
        "Một người làm cả công tác Mặt trận, dân vận và tiếp dân.",
        "",
    ),
    (
        "Bản chưa phủ sóng nên không gửi được giấy mời qua Zalo",
        "Năm bản vùng sâu chỉ có loa và giấy mời.",
        "",
    ),
)


@dataclass(slots=True)
class Directing:
    """What was done about the conclusion besides its tasks; `reviews` counts the work that came of reviews."""

    seats: list[Seat]  # the province and its communes
    specialist: "User"
    leader: "User"
    performers: dict[int, "User"]  # by unit
    sessions: int = 0
    reviews: int = 0
    raised: list["Difficulty"] = field(default_factory=list)

    def acts(self) -> Iterator[Dated]:
        """Every act with its day."""
        yield date(2026, 1, 26), self._ask
        yield ONLINE_ON, self._hold_online
        for place, seat in enumerate(self.seats[1 : OWN_SESSIONS + 1]):
            yield ONLINE_ON + timedelta(days=7 + 2 * place), partial(self._hold, place, seat)
        yield date(2026, 12, 18), self._plan_more
        yield GIVEN_ON, self._give
        for place in range(4):
            yield date(2026, 12, 7) + timedelta(days=3 * place), partial(self._review, place)
        for place in range(min(len(HARD), len(self.seats) - 1)):
            yield date(2026, 5, 4) + timedelta(days=45 * place), partial(self._raise, place)
        yield date(2026, 5, 20), partial(self._answer, 0)
        yield date(2026, 8, 10), self._join_and_answer
        yield date(2026, 9, 30), self._pass_up

    def _document(self) -> "Document":
        found = kept_documents(self.specialist, "documents.view").filter(symbol=conclusion.SYMBOL)
        return found.order_by("pk")[0]

    def _committees(self) -> list[int]:
        return [seat.organisations[Kind.PARTY_COMMITTEE] for seat in self.seats[1:]]

    def _ask(self) -> None:
        """The board asks for documents and sessions by a day, and sets the reviews."""
        document, board = self._document(), self.seats[0].organisations[Kind.ADVISORY_BOARD]
        set_roll_out(
            document, asks_plan=True, plan_due_on=date(2026, 2, 28), session_due_on=SESSIONS_BY,
            actor=self.specialist,
        )  # fmt: skip
        first = [board, *self._committees()[:REVIEWERS]]
        for kind, title, due, units in (
            (ReviewKind.INTERIM, "Sơ kết 1 năm thực hiện", ONE_YEAR, first),
            (ReviewKind.FINAL, "Tổng kết 5 năm thực hiện", FIVE_YEARS, [board]),
        ):
            term = ReviewTerm(kind=kind, title=title, due_on=due, unit_ids=units)
            schedule_review(document, term, actor=self.specialist)

    def _planned(self, units: list[int], way: str, audience: str, invited: int) -> "DisseminationSession":  # fmt: skip
        self.sessions += 1
        plan = SessionPlan(
            held_by_id=units[0], on=clock.today(), way=way, audience=audience, unit_ids=units,
            presenter="Báo cáo viên cấp ủy", invited=invited,
        )  # fmt: skip
        return plan_session(self._document(), plan, actor=None)

    def _hold_online(self) -> None:
        """One session for the Party committees of all communes, each at its own place; two did not connect."""
        board, units = self.seats[0].organisations[Kind.ADVISORY_BOARD], self._committees()
        plan = SessionPlan(
            held_by_id=board, on=clock.today(), way=SessionWay.ONLINE, place="Điểm cầu Tỉnh ủy và các điểm cầu xã, phường",
            audience="Ban Thường vụ Đảng ủy, trưởng các ban, Mặt trận và đoàn thể cấp xã", unit_ids=[board, *units],
            presenter="Lãnh đạo Ban Tuyên giáo và Dân vận Tỉnh ủy", invited=20 * len(units) + 40,
        )  # fmt: skip
        session = plan_session(self._document(), plan, actor=self.specialist)
        away = units[len(units) // 2 :][:2] if len(units) > 4 else []
        known = {pk: (20, 20 - at % 4) for at, pk in enumerate(units) if at % 3 == 0 and pk not in away}  # fmt: skip
        outcome = SessionOutcome(
            on=clock.today(), invited=20 * len(units) + 40, attended=18 * (len(units) - len(away)) + 36,
            by_unit=known, absent_ids=away,
        )  # fmt: skip
        record_session(session, outcome, actor=self.specialist)
        self.sessions += 1

    def _hold(self, place: int, seat: Seat) -> None:
        """A commune's own session, for its government and its Front; of some nobody knows how many came."""
        kinds = (Kind.PARTY_COMMITTEE, Kind.PEOPLES_COMMITTEE, Kind.FRONT_COMMITTEE)
        units = [seat.organisations[kind] for kind in kinds]
        invited = 60 + 5 * place
        session = self._planned(units, SessionWay.IN_PERSON, "Cán bộ, công chức xã; bí thư chi bộ, trưởng thôn", invited)  # fmt: skip
        if place == OWN_SESSIONS - 1:
            cancel_session(session, reason="Mưa lũ, hoãn sang dịp khác", actor=None)
            return
        attended = None if place % 5 == 4 else invited - 3 - place
        record_session(
            session, SessionOutcome(on=clock.today(), invited=invited, attended=attended), actor=None
        )  # fmt: skip

    def _plan_more(self) -> None:
        """One is planned for the next year; one was to be held and nobody has said what came of it."""
        for place, day in ((-1, date(2027, 1, 12)), (-2, date(2026, 12, 22))):
            seat = self.seats[place]
            kinds = (Kind.PEOPLES_COMMITTEE, Kind.FRONT_COMMITTEE)
            units = [seat.organisations[kind] for kind in kinds]
            plan = SessionPlan(
                held_by_id=seat.organisations[Kind.PARTY_COMMITTEE], on=day, way=SessionWay.MIXED,
                audience="Cán bộ xã, bí thư chi bộ", unit_ids=units, invited=70,
            )  # fmt: skip
            plan_session(self._document(), plan, actor=None)
            self.sessions += 1

    def _give(self) -> None:
        self.reviews = give_due_reviews()

    def _review(self, place: int) -> None:
        """Some communes have sent what they reviewed; two of these were looked at."""
        given = commitments_from("documents.document", self._document().pk)
        mine = [
            one for one in given if one.due_on == ONE_YEAR and one.lead_id in self._committees()
        ]
        if place >= len(mine):
            return
        one = sorted(mine, key=lambda found: found.pk)[place]
        start_commitment(one, actor=None)
        claim_done(one, result="Đã sơ kết, có báo cáo gửi Tỉnh ủy.", actor=None)
        if place < 2:
            verify_commitment(one, finding="Báo cáo đủ nội dung theo đề cương.", actor=self.specialist)  # fmt: skip

    def _raise(self, place: int) -> None:
        title, words, _ = HARD[place]
        unit = self.seats[place + 1].organisations[Kind.PARTY_COMMITTEE]
        about = Raised(
            title, words, topic_id=topic_said_in(f"{title}. {words}", on=clock.today()),
            subject_kind="documents.document", subject=f"Kết luận {conclusion.SYMBOL}",
        )  # fmt: skip
        self.raised.append(raise_difficulty(about, unit_id=unit, actor=self.performers.get(unit)))

    def _answer(self, place: int) -> None:
        answer_difficulty(self.raised[place], answer=HARD[place][2], actor=self.specialist)

    def _join_and_answer(self) -> None:
        """Two communes lack the same files: one answer for both."""
        if len(self.raised) > 2:
            join_difficulties(self.raised[1], [self.raised[2]], actor=self.specialist)
        self._answer(1)

    def _pass_up(self) -> None:
        """What the Party committee of the province cannot settle itself goes on to the centre, by a paper."""
        if len(self.raised) > 3 and self.seats[0].organisations.get(Kind.PARTY_COMMITTEE):
            send_difficulty_on_paper(
                self.raised[3], organ="Ban Tổ chức Trung ương", symbol="512-CV/TU", on=clock.today(),
                words="Tỉnh tổng hợp, đề nghị Trung ương xem xét biên chế.", actor=self.leader,
            )  # fmt: skip
