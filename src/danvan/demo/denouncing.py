"""Denunciations of 2026 in the vault of the province and of one ward, in several states; every name in them is invented."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from danvan.demo.travelling import Dated
from danvan.demo.work import Seat
from danvan.foundation import clock
from danvan.organisations.enums import Kind as Organisation
from danvan.petitions.enums import Channel, Kind
from danvan.petitions.services import MatterDraft, PaperDraft, PersonDraft, receive_paper
from danvan.petitions.services.vault import (
    CONDITIONS,
    AccusedDraft,
    DenunciationDraft,
    SealedDraft,
    act_on_case,
    ask_protection,
    enter_denunciation,
    name_reader,
    seal_petition,
    send_denunciation,
)
from danvan.petitions.vault_enums import Part

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.petitions.models import Denunciation

READY: dict[str, Any] = dict.fromkeys(CONDITIONS, True)
WARD = " Vinh Lộc"
NAMES = ("Ốc Văn Khăm", "Xeo Thị Dung", "Mong Văn Chiến", "Kha Thị Hoài")
# What each act says, and which sort of paper it goes by.
SAID = {
    "accept": ("Nội dung nêu trong đơn, thuộc thẩm quyền", "QĐ"),
    "notify": ("Đã báo người tố cáo và người bị tố cáo", "TB"),
    "assign": ("Đối chiếu danh sách, chứng từ; làm việc với người liên quan", "QĐ"),
    "find": ("Có sai sót ở một phần hồ sơ, phần còn lại đúng quy định", "BC"),
    "conclude": ("Đúng một phần: có sai sót khi lập hồ sơ, chưa thấy vụ lợi", "KL"),
    "send": ("Người tố cáo, người bị tố cáo, cơ quan quản lý", "CV"),
    "act": ("Kiểm điểm, lập lại danh sách, thu hồi khoản chi sai", "QĐ"),
    "file": ("Không ghi tên, không có chứng cứ để kiểm tra", "PX"),
}


@dataclass(slots=True)
class Denouncing:
    """The cases as they were dealt with; their readers are people who may sign in."""

    seats: Sequence[Seat]  # the province and its communes
    people: "dict[str, User]"
    number: int = 0

    def acts(self) -> Iterator[Dated]:
        """Every act with its day."""
        top = self.seats[0]
        desk, head, guard = (
            self.people["donthu"],
            self.people["lanhdao"],
            self.people.get("donthu3"),
        )
        accused = self.elsewhere
        yield from _Case(
            self, top, desk, head, "Khai khống danh sách hộ được hỗ trợ nhà ở", "Mạc Văn Đảo", "Phó Chủ tịch xã",
            shut_out=(accused.place_id,), guard=guard,
        ).acts(date(2026, 3, 9), "acted")  # fmt: skip
        yield from _Case(
            self, top, desk, head, "Thu tiền ngoài quy định khi làm hồ sơ đất", "Lữ Thị Miên", "công chức địa chính",
            shut_out=(accused.place_id,), guard=guard,
        ).acts(date(2026, 11, 23), "verifying")  # fmt: skip
        yield date(2026, 12, 29), self.letter
        ward = next((seat for seat in self.seats if seat.name.endswith(WARD)), None)
        if ward is None or "donthu3" not in self.people or "bithu3" not in self.people:
            return
        desk, head = self.people["donthu3"], self.people["bithu3"]
        yield from _Case(
            self, ward, desk, head, "Bao che xây dựng trái phép", "Tăng Quốc Phả", "cán bộ trật tự đô thị",
            guard=self.people["donthu"],
        ).acts(date(2026, 12, 7), "guarded")  # fmt: skip
        yield from _Case(
            self, ward, desk, head, "Dùng xe công đi việc riêng", "Lưu Thị Vạn", "cán bộ phường", anonymous=True,
        ).acts(date(2026, 8, 17), "filed")  # fmt: skip
        yield date(2026, 9, 14), lambda: self.move_in(ward)

    @property
    def elsewhere(self) -> Seat:
        """A commune whose officers are accused at the province."""
        return next(seat for seat in self.seats[1:] if not seat.name.endswith(WARD))

    def letter(self) -> None:
        """One came through the closed box of the portal and waits to be opened."""
        send_denunciation(
            SealedDraft(
                text="Kế toán hợp tác xã ghi khống ngày công ba tháng liền, nhiều người làm chứng.",
                accused="Bùi Xuân Trạch", post="kế toán", phone="0912000111", place_id=self.elsewhere.place_id,
            ),
            seed="demo",
        )  # fmt: skip
        self.number += 1

    def move_in(self, ward: Seat) -> None:
        """A paper was taken for feedback and found to be a denunciation."""
        paper = receive_paper(
            PaperDraft(
                unit_id=ward.organisations[Organisation.PEOPLES_COMMITTEE], received_on=clock.today(), channel=Channel.POST,
                persons=(PersonDraft(name="Chu Thị Ngần", address="khối 3"),),
                matters=(MatterDraft(kind=Kind.FEEDBACK, title="Thu tiền chợ không có biên lai"),),
            ),
            actor=None,
        )  # fmt: skip
        seal_petition(
            paper.petitions.get(), accused=[AccusedDraft(name="Đinh Văn Sáu", post="tổ quản lý chợ")],
            actor=self.people["donthu3"],
        )  # fmt: skip
        self.number += 1


class _Case:
    """One case from its paper on."""

    def __init__(
        self, all_of_them: Denouncing, seat: Seat, desk: "User", head: "User", title: str, accused: str, post: str, *,
        shut_out: tuple[int, ...] = (), anonymous: bool = False, guard: "User | None" = None,
    ) -> None:  # fmt: skip
        self.all_of_them, self.seat, self.desk, self.head = all_of_them, seat, desk, head
        self.title, self.accused, self.post = title, accused, post
        self.shut_out, self.anonymous, self.guard = shut_out, anonymous, guard
        self.papers = 0
        self.row: Denunciation

    def acts(self, day: date, name: str) -> Iterator[Dated]:
        """What was done, on which day."""
        accepted = [(3, self.hand_over), (5, lambda: self.act("accept", self.head, said=READY))]
        verified: list[tuple[int, Callable[[], object]]] = [
            *accepted, (7, lambda: self.act("notify", self.desk)), (8, self.assign),
        ]  # fmt: skip
        ways: dict[str, list[tuple[int, Callable[[], object]]]] = {
            "filed": [(4, lambda: self.act("file", self.desk, said={"not_taken": "KX01", "inspected": True}))],
            "guarded": [*accepted, (6, self.ask_guard), (7, lambda: self.act("notify", self.desk))],
            "verifying": verified,
            "acted": [
                *verified, (20, lambda: self.act("find", self.desk)),
                (29, lambda: self.act("conclude", self.head, said={"outcome": "partly"})),
                (31, lambda: self.act("send", self.desk)), (32, lambda: self.act("act", self.head)),
            ],
        }  # fmt: skip
        yield day, self.enter
        for offset, act in ways[name]:
            yield day + timedelta(days=offset), act

    def enter(self) -> None:
        """It came by post."""
        nth = self.all_of_them.number
        who = PersonDraft(name=NAMES[nth % len(NAMES)], phone=f"09120002{nth:02}")
        persons = () if self.anonymous else (who,)
        self.row = enter_denunciation(
            DenunciationDraft(
                unit_id=self.seat.organisations[Organisation.PEOPLES_COMMITTEE], received_on=clock.today(),
                channel=Channel.POST, title=self.title, text=f"{self.title}, có giấy tờ và người làm chứng kèm theo.",
                requests=("Kiểm tra, kết luận và trả lời",), persons=persons, anonymous=self.anonymous,
                accused=(AccusedDraft(name=self.accused, post=self.post),), barred_units=self.shut_out,
            ),
            actor=self.desk,
        )  # fmt: skip
        self.all_of_them.number += 1

    def hand_over(self) -> None:
        """The head is named to resolve it, and somebody of another office to protect who denounced."""
        name_reader(self.row, user=self.head, part=Part.RESOLVER, actor=self.desk)
        if self.guard is not None:
            name_reader(self.row, user=self.guard, part=Part.PROTECTION, actor=self.desk)

    def assign(self) -> None:
        """The officer verifies, for three weeks."""
        name_reader(self.row, user=self.desk, part=Part.VERIFIER, actor=self.head)
        self.act("assign", self.head, said={"until": clock.today() + timedelta(days=21)})

    def ask_guard(self) -> None:
        """The denouncer asks to be protected."""
        ask_protection(
            self.row, guards="work", words="Sợ bị chuyển việc", on=clock.today(), actor=self.desk
        )

    def act(self, name: str, actor: "User", **more: Any) -> None:
        """One move of the table."""
        self.papers += 1
        words, sort = SAID[name]
        symbol = f"{10 * self.all_of_them.number + self.papers}/{sort}-UBND"
        act_on_case(
            self.row, name, on=clock.today(), actor=actor, words=words, symbol=symbol, **more
        )
