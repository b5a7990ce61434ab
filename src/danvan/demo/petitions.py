"""Petitions of 2026 in three communes and the province: of every kind, in every state, two rounds, a group of twelve."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from danvan.demo.travelling import Dated
from danvan.demo.work import LAST, Seat
from danvan.foundation import clock
from danvan.organisations.enums import Kind as Organisation
from danvan.petitions.enums import (
    ANSWERED_KINDS,
    Channel,
    Closing,
    Finding,
    Kind,
    Outcome,
    Publication,
)
from danvan.petitions.selectors import petition_as_kept, proposed_covers, publication_of
from danvan.petitions.services import (
    AppealDraft,
    MatterDraft,
    PaperDraft,
    PersonDraft,
    accept_petition,
    answer_petition,
    appeal_petition,
    ask_to_publish,
    assign_verifier,
    decide_petition,
    dispute_answer,
    end_withdrawn_complaint,
    enforce_decision,
    file_petition,
    finish_petition,
    guide_petition,
    hand_out_petition,
    hold_dialogue,
    invite_to_dialogue,
    publish_decision,
    publish_petition,
    rate_answer,
    receive_paper,
    record_finding,
    refuse_petition,
    reply_to_request,
    resume_petition,
    send_decision,
    send_notice,
    suspend_petition,
    tell_more_time,
    terminate_petition,
    transfer_petition,
)
from danvan.reading.covering import Covering
from danvan.topics.selectors import topic_said_in

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.petitions.models import Petition

FIRST, APART = date(2026, 1, 12), timedelta(days=12)
COMMUNES, GROUP, SPOKESMEN = 3, 12, 3
WAITS = 20  # of so many wishes to be public one still waits for an officer
# The names are invented.
NAMES = (
    "Lô Văn Thìn", "Nguyễn Thị Lài", "Vi Thị Oanh", "Moong Văn Kèo", "Trần Quốc Đạt", "Phan Thị Nhàn", "Hồ Sỹ Lương",
    "Lương Thị Xuân",
)  # fmt: skip
# By which words of a paper its topic is known.
ABOUT = (
    ("bồi thường", "tái định cư"), ("thu hồi", "thu hồi đất"), ("tái định cư", "tái định cư"), ("đất", "quản lý đất đai"),
    ("rác", "rác thải"), ("cầu", "công trình xây dựng"), ("đường", "công trình xây dựng"), ("kênh", "công trình xây dựng"),
    ("hộ nghèo", "hộ nghèo"), ("dân tộc", "chính sách dân tộc"), ("hỗ trợ", "bảo trợ xã hội"), ("hồ sơ", "thủ tục hành chính"),
)  # fmt: skip
C, P, F = Kind.COMPLAINT, Kind.PROPOSAL, Kind.FEEDBACK
# Where (0 the province, then its communes), of which kind, what about, and what became of it.
CASES: tuple[tuple[int, Kind, str, str], ...] = (
    (1, C, "Diện tích đất bị thu hồi đo thiếu so với thực tế", "second_round"),
    (1, P, "Sửa cầu treo vào bản đã mục ván", "rated"),
    (2, F, "Rác ở chợ để nhiều ngày không thu gom", "rated"),
    (3, C, "Mức bồi thường hoa màu khi làm đường", "enforced"),
    (1, P, "Cấp nước sinh hoạt cho bản ở cuối nguồn", "disputed"),
    (2, P, "Đề nghị tỉnh mở rộng tuyến đường liên xã", "transferred"),
    (1, C, "Thu hồi đất không thông báo trước", "late"),
    (3, C, "Hỗ trợ tái định cư của mười hai hộ dân", "group"),
    (1, C, "Tranh chấp hợp đồng vay tài sản", "guided"),
    (2, C, "Đơn không ghi ngày, không có chữ ký", "filed"),
    (3, C, "Quyết định của cơ quan khác đã có bản án", "refused"),
    (1, F, "Điện yếu vào giờ cao điểm", "handed_out"),
    (2, C, "Kết quả xét hộ nghèo của thôn", "withdrawn"),
    (3, C, "Không cấp giấy chứng nhận quyền sử dụng đất", "terminated"),
    (0, P, "Chính sách cho người uy tín trong đồng bào dân tộc thiểu số", "answered"),
    (1, F, "Loa truyền thanh của thôn hỏng", "rated"),
    (2, P, "Mở lớp dạy tiếng Thái cho cán bộ xã", "answered"),
    (3, C, "Bồi thường nhà ở khi làm đê", "decided"),
    (0, C, "Quyết định xử phạt vi phạm hành chính về xây dựng", "suspended"),
    (0, F, "Cán bộ tiếp dân hướng dẫn hồ sơ nhiều lần", "answered"),
    (2, P, "Sửa kênh mương trước vụ xuân", "longer"),
    (3, P, "Xin lắp đèn đường khối Vinh Quang", "received"),
    (1, C, "Từ chối xác nhận đơn của công dân", "verifying"),
    (0, P, "Góp ý về sắp xếp nhà văn hóa sau sáp nhập", "accepted"),
    (2, F, "Đơn trùng: rác ở chợ", "filed"),
    (1, F, "Đường vào thôn sụt lún sau mưa lũ", "accepted"),
    (3, C, "Chậm chi trả hỗ trợ sau lũ", "verifying"),
    (2, F, "Trạm y tế thiếu thuốc thông thường", "received"),
    (1, P, "Thêm chuyến xe buýt vào trung tâm xã", "received"),
)  # fmt: skip


@dataclass(slots=True)
class Petitions:
    """The petitions as they were dealt with."""

    seats: Sequence[Seat]  # the province and its communes
    people: "dict[str, User]"
    number: int = 0

    def acts(self) -> Iterator[Dated]:
        """Every act with its day."""
        for place, (where, kind, title, way) in enumerate(CASES):
            if where >= len(self.seats):
                continue
            case = _Case(self, self.seats[where], kind, title, place)
            day = FIRST + place * APART
            for offset, act in case.way(way):
                if day + timedelta(days=offset) <= LAST:
                    yield day + timedelta(days=offset), act


class _Case:
    """One petition from its paper on."""

    def __init__(
        self, petitions: Petitions, seat: Seat, kind: Kind, title: str, place: int
    ) -> None:
        self.petitions, self.seat, self.kind, self.title, self.place = (
            petitions, seat, kind, title, place,
        )  # fmt: skip
        self.pk = 0

    @property
    def petition(self) -> "Petition":
        """As it stands."""
        return petition_as_kept(self.pk)

    @property
    def province(self) -> int:
        """The people's committee of the province."""
        return self.petitions.seats[0].organisations[Organisation.PEOPLES_COMMITTEE]

    @property
    def topic(self) -> int | None:
        """What it is about, where one of the words that officers go by stands in it."""
        said = [topic for word, topic in ABOUT if word in self.title.lower()]
        return topic_said_in(said[0], on=clock.today()) if said else None

    @property
    def verifier(self) -> "User":
        """Who verifies: the officer of the place where there is one."""
        people = self.petitions.people
        name = "donthu" if self.petition.unit_id == self.province else "donthu3"
        user = people.get(name, people["lanhdao"])
        return (
            user if self.seat.name.endswith(" Vinh Lộc") or name == "donthu" else people["lanhdao"]
        )

    def way(self, name: str) -> list[tuple[int, Callable[[], object]]]:
        """What was done, by the number of days after it came in."""
        ways: dict[str, list[tuple[int, Callable[[], object]]]] = {
            "received": [],
            "accepted": [(4, self.accept)],
            "longer": [(4, self.accept), (25, self.need_time)],
            "verifying": [(4, self.accept), (6, self.assign), (15, self.find)],
            "guided": [(3, lambda: guide_petition(self.petition, where="Tòa án nhân dân khu vực", **self.today))],
            "filed": [(3, self.file)],
            "refused": [(4, lambda: refuse_petition(self.petition, closing=Closing.KN09, **self.today))],
            "withdrawn": [(4, self.accept), (12, lambda: end_withdrawn_complaint(
                self.petition, paper="Đơn rút khiếu nại", symbol="19/QĐ-UBND", **self.today))],
            "terminated": [(4, self.accept), (16, lambda: terminate_petition(
                self.petition, ground="death", symbol="21/QĐ-UBND", **self.today))],
            "handed_out": [(3, lambda: hand_out_petition(
                self.petition, where="Điện lực khu vực", reason="Thuộc trách nhiệm của ngành điện", **self.today))],
            "transferred": [(3, self.transfer), (7, self.accept), (27, self.answer), (33, self.rate)],
            "answered": [(4, self.accept), (24, self.answer)],
            "rated": [(4, self.accept), (22, self.answer), (30, self.rate), (45, self.finish)],
            "disputed": [(4, self.accept), (20, self.answer), (26, lambda: dispute_answer(
                self.petition, why="Mới có nước ba ngày một tuần", **self.today)), (50, self.answer)],
            "decided": [*self.settled(26), (28, self.send)],
            "late": [*self.settled(75), (77, self.send)],
            "enforced": [*self.settled(26), (28, self.send), (32, self.publish), (60, lambda: enforce_decision(
                self.petition, **self.today)), (110, self.finish)],
            "group": [*self.settled(27), (29, self.send), (33, self.publish)],
            "suspended": [(4, self.accept), (6, self.assign), (12, self.suspend), (13, self.notice), (33, self.resume),
                (34, self.notice), (38, self.find), (39, self.reply), (45, self.decide), (46, self.send)],
            "second_round": [*self.settled(26), (28, self.send), (43, self.appeal), (48, self.accept), (50, self.assign),
                (62, self.find), (63, self.reply), (64, self.invite), (80, self.talk), (85, self.decide), (88, self.send),
                (92, self.publish)],
        }  # fmt: skip
        return [(0, self.receive), *self.shown(ways[name]), *ways[name]]

    def shown(
        self, way: list[tuple[int, Callable[[], object]]]
    ) -> list[tuple[int, Callable[[], object]]]:
        """Whoever proposed or told something wished that everybody reads it; an officer looked through most of them."""
        if self.kind not in ANSWERED_KINDS or "trùng" in self.title:
            return []
        acts: list[tuple[int, Callable[[], object]]] = [(1, self.wish)]
        if self.place % WAITS != WAITS - 1:
            answers = [day for day, act in way if act == self.answer]
            acts += [(day, self.publish_words) for day in (6, *(one + 2 for one in answers))]
        return acts

    def wish(self) -> None:
        """Everybody may read it."""
        ask_to_publish(self.petition, **self.today)

    def publish_words(self) -> None:
        """Its words, covered where they tell who somebody is."""
        row = publication_of(self.petition)
        if row is None or not row.waits:
            return
        spans = {one.part: [mark.span for mark in one.marks] for one in proposed_covers(row)}
        publish_petition(row, Covering(spans=spans), actor=self.petitions.people["lanhdao"])

    @property
    def today(self) -> dict[str, Any]:
        """The day of the act, written down by nobody in particular."""
        return {"on": clock.today(), "actor": None}

    def settled(self, day: int) -> list[tuple[int, Callable[[], object]]]:
        """From acceptance to the decision of the first round."""
        return [
            (4, self.accept), (6, self.assign), (15, self.find), (16, self.reply), (day, self.decide),
        ]  # fmt: skip

    def receive(self) -> None:
        """The paper came in."""
        many = "mười hai hộ" in self.title
        names = [NAMES[(self.place + one) % len(NAMES)] for one in range(SPOKESMEN if many else 1)]
        channels = list(Channel)
        channel = Channel.RECEPTION if many else channels[self.place % 6]
        paper = receive_paper(
            PaperDraft(
                unit_id=self.seat.organisations[Organisation.PEOPLES_COMMITTEE],
                received_on=clock.today(),
                channel=channel,
                persons=tuple(
                    PersonDraft(name=name, address=self.seat.name, representative=many) for name in names
                ),
                people=GROUP if many else 1,
                matters=(
                    MatterDraft(
                        kind=self.kind,
                        title=self.title,
                        text=self.words(names[0]),
                        requests=(self.title,),
                        topic_id=self.topic,
                        place_id=self.seat.place_id,
                    ),
                ),
            ),
            actor=None,
        )  # fmt: skip
        self.pk = paper.petitions.get().pk
        self.petitions.number += 1

    def words(self, name: str) -> str:
        """What the paper says: proposals and feedback tell who writes, as people do."""
        if self.kind not in ANSWERED_KINDS:
            return f"{self.title}. Kính đề nghị cơ quan có thẩm quyền xem xét, giải quyết."
        phone = f"09{12 + self.place:02} {345 + self.place} 678"
        return (
            f"Tôi là {name}, điện thoại {phone}. {self.title}, đã nói ở họp thôn mà chưa thấy chuyển biến. "
            "Kính đề nghị cơ quan có thẩm quyền xem xét, trả lời để bà con biết."
        )

    def accept(self) -> None:
        """It is dealt with from here on."""
        accept_petition(self.petition, symbol=f"{self.pk}/TB-UBND", **self.today)

    def need_time(self) -> None:
        """Whoever asked is told in time that it takes longer, and why."""
        tell_more_time(
            self.petition, until=clock.today() + timedelta(days=60), why="Chờ khảo sát, lập dự toán trước vụ", **self.today
        )  # fmt: skip

    def assign(self) -> None:
        """Somebody verifies it."""
        assign_verifier(self.petition, verifier=self.verifier, **self.today)

    def find(self) -> None:
        """What was found is what is asked, or is not and was talked about."""
        record_finding(
            self.petition, finding=Finding.AGREES, words="Đã kiểm tra tại chỗ, có biên bản", **self.today
        )  # fmt: skip

    def reply(self) -> None:
        """Each request has its answer."""
        for one in self.petition.requests.filter(withdrawn_on=None, replied_on=None):
            reply_to_request(
                one, reply="Đã kiểm tra, giải quyết theo quy định.", basis="Biên bản kiểm tra tại chỗ", **self.today
            )  # fmt: skip

    def decide(self) -> None:
        """The decision on a complaint."""
        first = (Outcome.PARTLY, Outcome.RIGHT, Outcome.WRONG)[self.place % 3]
        outcome = Outcome.UPHELD if self.petition.round == 2 else first
        decide_petition(
            self.petition, outcome=outcome, symbol=f"{100 + self.place}/QĐ-UBND", **self.today
        )

    def send(self) -> None:
        """It went to whom it concerns."""
        send_decision(self.petition, **self.today)

    def publish(self) -> None:
        """It was made public."""
        publish_decision(self.petition, publication=Publication.POSTED, **self.today)

    def finish(self) -> None:
        """Nothing is left to be done."""
        finish_petition(self.petition, **self.today)

    def answer(self) -> None:
        """Each request, then the whole, in words."""
        self.reply()
        outcome = (Outcome.RESOLVED, Outcome.EXPLAINED, Outcome.NOTED)[self.place % 3]
        answer_petition(
            self.petition, text=f"Về việc “{self.title}”: cơ quan đã kiểm tra, giải quyết và trả lời để Ông/Bà rõ.",
            channel="paper", outcome=outcome, **self.today,
        )  # fmt: skip

    def rate(self) -> None:
        """What whoever asked says of it."""
        said = ("yes", "partly", "no")[self.place % 3]
        rate_answer(self.petition, satisfaction=said, **self.today)

    def file(self) -> None:
        """Kept on file."""
        closing = Closing.LD07 if "trùng" in self.title else Closing.LD01
        file_petition(self.petition, closing=closing, **self.today)

    def transfer(self) -> None:
        """To who is competent."""
        transfer_petition(
            self.petition, to_unit_id=self.province, reason="Thuộc thẩm quyền của tỉnh", **self.today
        )  # fmt: skip

    def suspend(self) -> None:
        """It waits for another result."""
        suspend_petition(
            self.petition, ground="result", words="Chờ kết quả giám định", symbol="12/QĐ-UBND", **self.today
        )  # fmt: skip

    def notice(self) -> None:
        """The notice went out."""
        send_notice(self.petition, **self.today)

    def resume(self) -> None:
        """The result is there."""
        resume_petition(self.petition, symbol="15/QĐ-UBND", **self.today)

    def appeal(self) -> None:
        """A second complaint, at the province."""
        second = appeal_petition(
            self.petition,
            AppealDraft(
                unit_id=self.province, received_on=clock.today(), text="Chưa đồng ý với quyết định lần đầu"
            ),
            actor=None,
        )  # fmt: skip
        self.pk = second.pk
        self.petitions.number += 1

    def invite(self) -> None:
        """To a dialogue in a fortnight and two days."""
        invite_to_dialogue(
            self.petition, held_on=clock.today() + timedelta(days=16), place="Trụ sở tiếp công dân tỉnh", **self.today
        )  # fmt: skip

    def talk(self) -> None:
        """The dialogue was held."""
        hold_dialogue(
            self.petition, held_on=clock.today(), words="Hai bên thống nhất số liệu đo lại", actor=None
        )  # fmt: skip
