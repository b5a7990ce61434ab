"""What keeps a petition from being answered, decided, found done or ended: asked by each act and by the page that offers it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.foundation.errors import Fault
from danvan.petitions.enums import Kind
from danvan.petitions.models import Petition, PetitionAnswer, PetitionRequest
from danvan.petitions.selectors.rules import dialogue_lacking
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.commitments.models import Commitment

FEW = 5  # numbers that a sentence names
GO_ON = "Đồng chí vui lòng giải quyết và ra quyết định, hoặc đình chỉ nếu có căn cứ."
# Why a term that is over is not changed any more, and by which paper it is changed within it.
PAST = {
    "suspend": f"không còn thời hạn để tạm dừng. {GO_ON}",
    "mark_complex": f"không kéo dài được nữa. {GO_ON}",
}
PAPERS = {
    "suspend": "quyết định tạm đình chỉ",
    "mark_complex": "văn bản nêu dấu hiệu phức tạp",
}


def unanswered(requests: Iterable[PetitionRequest]) -> list[int]:
    """The numbers of the requests that stand without an answer."""
    return [one.number for one in requests if one.withdrawn_on is None and one.replied_on is None]


def lacking_answers(requests: Iterable[PetitionRequest]) -> list[Fault]:
    """What a request without its own answer keeps from."""
    bare = ", ".join(map(str, unanswered(requests)))
    return [Fault(f"Chưa trả lời yêu cầu {bare}.", column="requests")] if bare else []


def lacking_to_decide(petition: Petition, requests: Iterable[PetitionRequest]) -> list[Fault]:
    """Everything that keeps a complaint from being decided."""
    faults = lacking_answers(requests)
    if not petition.finding:
        faults.append(Fault("Chưa ghi kết quả xác minh."))
    if dialogue_lacking(petition):
        faults.append(Fault("Chưa có biên bản đối thoại mà luật bắt buộc với đơn này."))
    return faults


def lacking_to_check(
    given: "Iterable[Commitment]", answers: Sequence[PetitionAnswer], *, user_id: int | None
) -> list[Fault]:
    """Everything that keeps this user from saying that what was answered is done."""
    faults = _unfinished(given)
    if answers and answers[-1].by_id == user_id:
        words = "Người đã trả lời không tự kiểm tra, đồng chí vui lòng nhờ người khác."
        faults.append(Fault(words, column="on"))
    return faults


@dataclass(frozen=True, slots=True)
class Settling:
    """The time for settling that is not ended: its last day (none where no clock of it is open), and the day of the last act,
    before which no other is dated.
    """

    due_on: date | None
    last_on: date

    def over(self, on: date) -> bool:
        """Whether it is over on a day."""
        return self.due_on is not None and on > self.due_on


def lacking_time(name: str, settling: Settling, on: date) -> list[Fault]:
    """What keeps a suspension, or signs of a complex matter, of this day: both change a term, so they are of a day within it.

    The law gives a complaint no other extension, and who complains has a right of their own once it is over (LKN Đ33).
    """
    if settling.due_on is None or not settling.over(on):
        return []
    return [
        Fault(f"Hạn giải quyết {format_date(settling.due_on)} đã qua, {PAST[name]}", column="on")
    ]


def note_of_time(name: str, settling: Settling, on: date) -> str:
    """What the page says beside such an act while the term is over, but a paper of a day within it may still be written down."""
    if settling.due_on is None or not settling.over(on):
        return ""
    return (
        f"Hạn giải quyết {format_date(settling.due_on)} đã qua: chỉ ghi được {PAPERS[name]} ký từ ngày "
        f"{format_date(settling.last_on)} đến hết ngày {format_date(settling.due_on)}."
    )


def lacking_to_finish(
    petition: Petition, given: "Iterable[Commitment]", *, on: date, relay_owed: bool
) -> list[Fault]:
    """Everything that keeps it from being ended on a day. `relay_owed`: who sent it on was not told what came of it yet."""
    faults = _unfinished(given)
    until = petition.appeal_until
    if petition.kind == Kind.COMPLAINT and until and on <= until:
        faults.append(
            Fault(
                f"Người khiếu nại còn quyền khiếu nại tiếp đến hết {format_date(until)}, đồng chí vui lòng kết thúc sau "
                "ngày ấy.",
                column="on",
            )
        )
    if relay_owed:
        whom = f": {petition.paper.sender}" if petition.paper.sender else ""
        words = (
            f"Chưa báo kết quả cho nơi chuyển đơn{whom}. Đồng chí vui lòng báo rồi mới kết thúc."
        )
        faults.append(Fault(words, column="on"))
    return faults


def _unfinished(given: "Iterable[Commitment]") -> list[Fault]:
    """What was given of it and was not found done yet."""
    waiting = [one.number for one in given if one.verified_on is None and one.due_on is not None]
    if not waiting:
        return []
    numbers = ", ".join(waiting[:FEW])
    words = (
        f"Còn việc đã giao chưa kiểm tra xong: {numbers}. Đồng chí vui lòng kiểm tra việc ấy trước."
    )
    return [Fault(words, column="on")]
