"""What keeps a petition from being answered, decided, found done or ended: asked by each act and by the page that offers it."""

from collections.abc import Iterable, Sequence
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
