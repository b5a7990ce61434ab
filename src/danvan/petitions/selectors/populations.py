"""What is counted of petitions: each measure with the one population that page, list, table and counter all read.

A measure is a sentence and a condition on rows; a number is how many rows fit, its list is those rows. Denunciations
are no petitions: they stand in the vault and fit no condition here.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.law.selectors import clocks
from danvan.petitions.enums import (
    IDLE,
    SETTLE,
    SUBJECT,
    Channel,
    Closing,
    Kind,
    Outcome,
    Satisfaction,
    State,
)
from danvan.petitions.models import Petition, PetitionTransfer
from danvan.petitions.selectors.reading import overdue


class Day(StrEnum):
    """By which day a petition falls into a period."""

    RECEIVED = "received_on"
    ACCEPTED = "accepted_on"
    ENDED = "ended"  # decided, answered, or closed otherwise
    RATED = "rated_on"
    PASSED = "at_unit_on"
    OPENING = "opening"  # open when the period began
    CLOSING = "closing"  # open when it ended
    OWED = "owed"  # accepted, and not ended before it began


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted: what it is called, whom it counts in a sentence, by which day, and the condition."""

    key: str
    label: str
    definition: str
    day: Day
    fits: Callable[[Period], Q]

    def within(self, period: Period) -> Q:
        """The condition on rows of `countable` in a period."""
        return days_within(self.day, period) & self.fits(period)

    @property
    def flows(self) -> bool:
        """Whether each record falls on one day, so that months add up to a quarter."""
        return self.day not in (Day.OPENING, Day.CLOSING, Day.OWED) and self.key not in COHORTS


# What asks for two days in the same period: months do not add up to a quarter.
COHORTS = frozenset({
    "received_accepted", "received_resolved", "received_on_time", "accepted_resolved", "accepted_on_time",
    "resolved_unaccepted",
})  # fmt: skip


def days_within(day: Day, period: Period) -> Q:
    """Which petitions belong to a period by this day."""
    first, end = period.first, period.end
    if day == Day.OPENING:
        return Q(received_on__lt=first) & (Q(ended=None) | Q(ended__gte=first))
    if day == Day.CLOSING:
        return Q(received_on__lt=end) & (Q(ended=None) | Q(ended__gte=end))
    if day == Day.OWED:
        return Q(accepted_on__lt=end) & (Q(ended=None) | Q(ended__gte=first))
    return Q(**{f"{day}__gte": first, f"{day}__lt": end})


def countable(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    """Petitions with the day on which each ended: decided or answered, else closed; none while it is open."""
    return rows.annotate(ended=Coalesce("decided_on", "answered_on", "closed_on"))


def _ended_clock() -> QuerySet[Petition]:
    """The clocks of settling of a petition that ended with it: an earlier unit's ended before, with the transfer."""
    held = clocks().filter(
        subject_kind=SUBJECT, subject_id=OuterRef("pk"), ended_on=OuterRef("ended")
    )
    return held.filter(Q(name=SETTLE) | Q(name__startswith=f"{SETTLE}."))  # type: ignore[return-value]


def _always(_: Period) -> Q:
    return Q()


def _in(period: Period) -> Q:
    return Q(ended__gte=period.first, ended__lt=period.end)


DECIDED = Q(decided_on__isnull=False)
ANSWERED = Q(answered_on__isnull=False, decided_on=None)
WITHDRAWN = Q(state=State.WITHDRAWN, decided_on=None, answered_on=None)
TERMINATED = Q(state=State.TERMINATED, decided_on=None, answered_on=None)
SETTLED = DECIDED | ANSWERED | WITHDRAWN | TERMINATED
GUIDED, FILED, REFUSED = Q(state=State.GUIDED), Q(state=State.FILED), Q(state=State.REFUSED)
JUDGED = (Outcome.RIGHT, Outcome.PARTLY, Outcome.WRONG, Outcome.UPHELD, Outcome.CHANGED)
OVERTAKEN = Q(state=State.APPEALED, decided_on=None)
UNFIT = FILED
UNSORTED = Q(state=State.RECEIVED)
ELSEWHERE = ~UNFIT & ~UNSORTED & ~Q(handed_to="")
OURS = ~UNFIT & ~UNSORTED & Q(handed_to="")


def _in_time() -> Exists:
    """Of a clock that ended with it, so its own last day says the same as that of the petition, and many are met at once."""
    return Exists(_ended_clock().filter(due_on__gte=F("ended_on")))


def late() -> Q:
    """Settled after that day. Of two clocks that ended on the same day the later one counts; it began on that day, so it is in time."""
    return SETTLED & Q(Exists(_ended_clock().filter(due_on__lt=F("ended_on")))) & ~Q(_in_time())


def on_time() -> Q:
    """Settled by the day of the clock that ended with it. What no clock of settling ended with is neither in time nor late:
    a body outside answered it, or it was taken back before it was accepted.
    """
    return SETTLED & Q(_in_time())


def late_for_people(on: date) -> Q:
    """What everybody is told of as late: it waits and the nearest of its days is over, or it was answered too late."""
    waits = overdue(on) & Q(answered_on=None, decided_on=None)
    return waits | (ANSWERED & late())


def late_among(ids: Collection[int], *, on: date) -> set[int]:
    """Which of these petitions everybody is told of as late. One query."""
    found = countable(Petition.objects.filter(pk__in=ids)).filter(late_for_people(on))
    return set(found.values_list("pk", flat=True))


def unclocked() -> Q:
    """Settled, and no clock of settling ended with it."""
    return SETTLED & ~Q(Exists(_ended_clock()))


def overdue_at_the_end(period: Period) -> Q:
    """One of its terms was over on the last day of the period, today where that is to come: counted today it is `overdue`.

    A term that stands still is not over; that of long idleness is an alarm of its own. Of a term that was over by then the
    first day needs no asking.
    """
    day = min(clock.today(), period.last)
    held = clocks().filter(subject_kind=SUBJECT, subject_id=OuterRef("pk"), due_on__lt=day)
    held = held.exclude(Q(name=IDLE) | Q(name__startswith=f"{IDLE}."))
    held = held.filter(Q(ended_on=None) | Q(ended_on__gte=period.end))
    return Q(Exists(held.filter(Q(paused_on=None) | Q(paused_on__gt=day))))


def _transferred() -> Q:
    return Q(
        Exists(PetitionTransfer.objects.filter(petition=OuterRef("pk"), to_unit=OuterRef("unit")))
    )


def _still(condition: Q | Callable[[], Q]) -> Callable[[Period], Q]:
    return lambda _: condition if isinstance(condition, Q) else condition()


def _also_ended(condition: Callable[[], Q]) -> Callable[[Period], Q]:
    """Ended in the same period as well, and so."""
    return lambda period: _in(period) & condition()


def _accepted_by_the_end(period: Period) -> Q:
    return Q(accepted_on__lt=period.end)


def _open_at_the_end(period: Period) -> Q:
    return Q(ended=None) | Q(ended__gte=period.end)


def _not_accepted_by_the_end(period: Period) -> Q:
    return Q(accepted_on=None) | Q(accepted_on__gte=period.end)


def _said(outcome: Outcome) -> Callable[[Period], Q]:
    return _still(SETTLED & Q(outcome=outcome))


R, A, E, T, P = Day.RECEIVED, Day.ACCEPTED, Day.ENDED, Day.RATED, Day.PASSED
_ROWS: tuple[tuple[str, str, str, Day, Callable[[Period], Q]], ...] = (
    ("opening", "Tồn đầu kỳ", "Đơn đã nhận trước kỳ, đến đầu kỳ chưa giải quyết, chưa kết thúc.", Day.OPENING, _always),
    ("received", "Đã nhận", "Đơn nhận trong kỳ, theo ngày nhận đầu tiên; đơn đã chuyển tính cho đơn vị đang giải quyết; mỗi nội dung tách riêng là một đơn; lần hai là một đơn.", R, _always),
    ("received_complaint", "Khiếu nại đã nhận", "Trong số đơn đã nhận trong kỳ: khiếu nại, cả lần đầu và lần hai.", R, _still(Q(kind=Kind.COMPLAINT))),
    ("received_proposal", "Kiến nghị đã nhận", "Trong số đơn đã nhận trong kỳ: kiến nghị.", R, _still(Q(kind=Kind.PROPOSAL))),
    ("received_feedback", "Phản ánh đã nhận", "Trong số đơn đã nhận trong kỳ: phản ánh.", R, _still(Q(kind=Kind.FEEDBACK))),
    ("received_first", "Lần đầu", "Trong số đơn đã nhận trong kỳ: đơn lần đầu.", R, _still(Q(round=1))),
    ("received_second", "Lần hai", "Trong số đơn đã nhận trong kỳ: khiếu nại lần hai.", R, _still(Q(round=2))),
    ("received_eligible", "Đủ điều kiện xử lý", "Trong số đơn đã nhận trong kỳ: đơn không phải lưu vì thiếu điều kiện hoặc trùng; gồm cả đơn chờ phân loại.", R, _still(~UNFIT)),
    ("received_unfit", "Không đủ điều kiện, lưu", "Trong số đơn đã nhận trong kỳ: đơn đã lưu vì thiếu điều kiện hoặc trùng.", R, _still(UNFIT)),
    ("received_duplicate", "Trùng", "Trong số đơn đã nhận trong kỳ: đơn đã lưu vì trùng với đơn đã nhận (lý do LD07).", R, _still(UNFIT & Q(closing=Closing.LD07))),
    ("received_unsorted", "Chờ phân loại", "Trong số đơn đã nhận trong kỳ: đơn đến nay chưa phân loại.", R, _still(UNSORTED)),
    ("received_ours", "Thuộc thẩm quyền", "Trong số đơn đã nhận trong kỳ, đủ điều kiện, đã phân loại: đơn không hướng dẫn, không chuyển cơ quan ngoài hệ thống; gồm cả đơn không thụ lý có lý do.", R, _still(OURS)),
    ("received_elsewhere", "Không thuộc thẩm quyền", "Trong số đơn đã nhận trong kỳ, đủ điều kiện: đơn đã hướng dẫn hoặc chuyển cơ quan ngoài hệ thống.", R, _still(ELSEWHERE)),
    ("received_handed", "Chuyển cơ quan ngoài hệ thống", "Trong số đơn đã nhận trong kỳ: đơn đã chuyển cơ quan ngoài hệ thống, chờ hoặc đã có kết quả.", R, _still(ELSEWHERE & ~GUIDED)),
    ("received_lacking", "Lưu vì thiếu điều kiện", "Trong số đơn đã nhận trong kỳ: đơn đã lưu vì lý do khác, không phải vì trùng.", R, _still(UNFIT & ~Q(closing=Closing.LD07))),
    ("received_guided", "Đã hướng dẫn", "Trong số đơn đã nhận trong kỳ: đơn đã hướng dẫn đến nơi có thẩm quyền.", R, _still(ELSEWHERE & GUIDED)),
    ("received_anonymous", "Không ghi tên", "Trong số đơn đã nhận trong kỳ: đơn không ghi tên người gửi.", R, _still(Q(paper__anonymous=True))),
    *(
        (f"received_by_{channel.value}", channel.label, f"Trong số đơn đã nhận trong kỳ: đơn đến theo kênh “{channel.label}”.", R, _still(Q(paper__channel=channel)))
        for channel in Channel
    ),
    ("transferred", "Nơi khác chuyển đến", "Đơn do đơn vị khác trong hệ thống chuyển đến, theo ngày đến đơn vị đang giải quyết.", P, _still(_transferred)),
    ("accepted", "Đã thụ lý", "Đơn thụ lý trong kỳ, theo ngày thụ lý; đơn chuyển nơi khác sau khi thụ lý tính lại khi nơi nhận thụ lý.", A, _always),
    ("resolved", "Đã giải quyết", "Đơn có quyết định, có trả lời, đã rút hoặc đình chỉ trong kỳ, theo ngày ấy; đơn người gửi không đồng ý thì chưa tính đến khi trả lời lại.", E, _still(SETTLED)),
    ("decided", "Giải quyết bằng quyết định", "Trong số đơn đã giải quyết trong kỳ: khiếu nại có quyết định giải quyết.", E, _still(DECIDED)),
    ("answered", "Giải quyết bằng trả lời", "Trong số đơn đã giải quyết trong kỳ: kiến nghị, phản ánh đã trả lời.", E, _still(ANSWERED)),
    ("withdrawn", "Rút đơn", "Trong số đơn đã giải quyết trong kỳ: người gửi rút đơn.", E, _still(WITHDRAWN)),
    ("terminated", "Đình chỉ", "Trong số đơn đã giải quyết trong kỳ: khiếu nại bị đình chỉ.", E, _still(TERMINATED)),
    ("otherwise", "Kết thúc cách khác", "Đơn hướng dẫn, lưu, không thụ lý hoặc chuyển sang lần hai khi chưa có quyết định lần đầu, theo ngày kết thúc.", E, _still(GUIDED | FILED | REFUSED | OVERTAKEN)),
    ("guided", "Hướng dẫn", "Đơn đã hướng dẫn đến nơi có thẩm quyền, theo ngày hướng dẫn.", E, _still(GUIDED)),
    ("filed", "Lưu đơn", "Đơn đã lưu vì thiếu điều kiện hoặc trùng, theo ngày lưu.", E, _still(FILED)),
    ("refused", "Không thụ lý", "Đơn không thụ lý có lý do theo luật, theo ngày thông báo.", E, _still(REFUSED)),
    ("overtaken", "Chuyển lần hai khi chưa quyết định", "Khiếu nại lần đầu quá hạn chưa quyết định mà người khiếu nại đã khiếu nại lần hai, theo ngày nhận lần hai.", E, _still(OVERTAKEN)),
    ("right", "Khiếu nại đúng", "Trong số đơn đã giải quyết trong kỳ: khiếu nại lần đầu đúng.", E, _said(Outcome.RIGHT)),
    ("partly", "Khiếu nại đúng một phần", "Trong số đơn đã giải quyết trong kỳ: khiếu nại lần đầu đúng một phần.", E, _said(Outcome.PARTLY)),
    ("wrong", "Khiếu nại sai", "Trong số đơn đã giải quyết trong kỳ: khiếu nại lần đầu sai.", E, _said(Outcome.WRONG)),
    ("upheld", "Lần hai công nhận", "Trong số đơn đã giải quyết trong kỳ: khiếu nại lần hai công nhận quyết định lần đầu.", E, _said(Outcome.UPHELD)),
    ("changed", "Lần hai hủy, sửa", "Trong số đơn đã giải quyết trong kỳ: khiếu nại lần hai hủy, sửa quyết định lần đầu.", E, _said(Outcome.CHANGED)),
    ("met", "Giải quyết theo đề nghị", "Trong số đơn đã giải quyết trong kỳ: kiến nghị, phản ánh đã giải quyết theo đề nghị.", E, _said(Outcome.RESOLVED)),
    ("explained", "Đã giải thích", "Trong số đơn đã giải quyết trong kỳ: kiến nghị, phản ánh đã giải thích, không giải quyết theo đề nghị.", E, _said(Outcome.EXPLAINED)),
    ("noted", "Ghi nhận", "Trong số đơn đã giải quyết trong kỳ: kiến nghị, phản ánh ghi nhận để nghiên cứu.", E, _said(Outcome.NOTED)),
    ("on_time", "Giải quyết đúng hạn", "Trong số đơn đã giải quyết trong kỳ: hạn giải quyết kết thúc cùng đơn, không muộn hơn ngày hạn; tạm đình chỉ không tính. Đơn không có hạn giải quyết thì không đúng hạn, không quá hạn.", E, _still(on_time)),
    ("late", "Giải quyết quá hạn", "Trong số đơn đã giải quyết trong kỳ: hạn giải quyết kết thúc cùng đơn, muộn hơn ngày hạn.", E, _still(late)),
    ("unclocked", "Giải quyết không có hạn", "Trong số đơn đã giải quyết trong kỳ: không có hạn giải quyết nào kết thúc cùng đơn, như đơn rút trước khi thụ lý, đơn do cơ quan ngoài hệ thống trả lời.", E, _still(unclocked)),
    ("resolved_unaccepted", "Giải quyết khi chưa thụ lý", "Trong số đơn đã giải quyết trong kỳ: đơn chưa thụ lý, như đơn rút trước khi thụ lý, đơn do cơ quan ngoài hệ thống trả lời.", E, lambda period: SETTLED & _not_accepted_by_the_end(period)),
    ("unjudged", "Không có kết luận đúng, sai", "Trong số đơn đã giải quyết trong kỳ: khiếu nại rút, đình chỉ hoặc chưa ghi kết luận đúng, sai.", E, _still(SETTLED & Q(kind=Kind.COMPLAINT) & ~Q(outcome__in=JUDGED))),
    ("in_force", "Quyết định phải thi hành", "Trong số khiếu nại có quyết định trong kỳ: quyết định đã gửi, đang hoặc đã thi hành, kết thúc.", E, _still(DECIDED & Q(state__in=(State.SENT, State.ENFORCING, State.DONE)))),
    ("sent", "Quyết định đã gửi, chưa theo dõi thi hành", "Trong số khiếu nại có quyết định trong kỳ: đã gửi quyết định, chưa ghi theo dõi thi hành.", E, _still(DECIDED & Q(state=State.SENT))),
    ("enforcing", "Quyết định đang thi hành", "Trong số khiếu nại có quyết định trong kỳ: đang theo dõi thi hành.", E, _still(DECIDED & Q(state=State.ENFORCING))),
    ("enforced", "Quyết định thi hành xong", "Trong số khiếu nại có quyết định trong kỳ: đã kết thúc, không còn việc phải làm.", E, _still(DECIDED & Q(state=State.DONE))),
    ("rated", "Người gửi đã đánh giá", "Đơn được người gửi đánh giá trong kỳ, theo ngày đánh giá.", T, _still(~Q(satisfaction=Satisfaction.NONE))),
    ("satisfied", "Hài lòng", "Trong số đơn được đánh giá trong kỳ: hài lòng.", T, _still(Q(satisfaction=Satisfaction.YES))),
    ("satisfied_partly", "Hài lòng một phần", "Trong số đơn được đánh giá trong kỳ: hài lòng một phần.", T, _still(Q(satisfaction=Satisfaction.PARTLY))),
    ("dissatisfied", "Chưa hài lòng", "Trong số đơn được đánh giá trong kỳ: chưa hài lòng.", T, _still(Q(satisfaction=Satisfaction.NO))),
    ("closing", "Tồn cuối kỳ", "Đơn đã nhận đến cuối kỳ mà chưa giải quyết, chưa kết thúc.", Day.CLOSING, _always),
    ("closing_overdue", "Tồn cuối kỳ, trong đó quá hạn", "Trong số đơn tồn cuối kỳ: hạn giải quyết hoặc hạn đang chạy khác đã qua vào ngày cuối kỳ, vào hôm nay nếu kỳ chưa hết; hạn đang tạm dừng thì không tính là quá hạn.", Day.CLOSING, overdue_at_the_end),
    ("owed", "Phải giải quyết trong kỳ", "Đơn đã thụ lý trước kỳ chuyển sang hoặc thụ lý trong kỳ.", Day.OWED, _always),
    ("received_accepted", "Đã thụ lý, trong số đã nhận", "Trong số đơn đã nhận trong kỳ: đã thụ lý đến cuối kỳ.", R, _accepted_by_the_end),
    ("received_resolved", "Đã giải quyết, trong số đã nhận", "Trong số đơn đã nhận trong kỳ: đã giải quyết trong kỳ.", R, _also_ended(lambda: SETTLED)),
    ("received_on_time", "Đúng hạn, trong số đã nhận", "Trong số đơn đã nhận trong kỳ: đã giải quyết đúng hạn trong kỳ.", R, _also_ended(on_time)),
    ("accepted_resolved", "Đã giải quyết, trong số đã thụ lý", "Trong số đơn thụ lý trong kỳ: đã giải quyết trong kỳ.", A, _also_ended(lambda: SETTLED)),
    ("accepted_on_time", "Đúng hạn, trong số đã thụ lý", "Trong số đơn thụ lý trong kỳ: đã giải quyết đúng hạn trong kỳ.", A, _also_ended(on_time)),
    ("owed_resolved", "Đã giải quyết, trong số phải giải quyết", "Trong số đơn phải giải quyết trong kỳ: đã giải quyết trong kỳ.", Day.OWED, _also_ended(lambda: SETTLED)),
    ("owed_otherwise", "Kết thúc cách khác, trong số phải giải quyết", "Trong số đơn phải giải quyết trong kỳ: hướng dẫn, lưu, không thụ lý hoặc chuyển sang lần hai trong kỳ.", Day.OWED, lambda period: _in(period) & ~SETTLED),
    ("owed_open", "Còn lại cuối kỳ, trong số phải giải quyết", "Trong số đơn phải giải quyết trong kỳ: đến cuối kỳ chưa giải quyết, chưa kết thúc.", Day.OWED, _open_at_the_end),
    ("closing_unaccepted", "Tồn cuối kỳ, chưa thụ lý", "Đơn tồn cuối kỳ: chưa thụ lý, như đơn chờ phân loại, chờ cơ quan ngoài hệ thống trả lời.", Day.CLOSING, _not_accepted_by_the_end),
    ("owed_on_time", "Đúng hạn, trong số phải giải quyết", "Trong số đơn phải giải quyết trong kỳ: đã giải quyết đúng hạn trong kỳ.", Day.OWED, _also_ended(on_time)),
)  # fmt: skip
MEASURES: dict[str, Measure] = {one[0]: Measure(*one) for one in _ROWS}
# Those that ask other rows, and of which day and what they ask: all of them are of petitions of that day in the period, and
# of no more than that, their days and what stands here.
_ON_TIME = _still(on_time)
ASKING: dict[str, tuple[Day, Callable[[Period], Q]]] = {
    "transferred": (P, _still(_transferred)),
    "late": (E, _still(late)),
    "unclocked": (E, _still(unclocked)),
    "closing_overdue": (Day.CLOSING, overdue_at_the_end),
    **dict.fromkeys(("on_time", "received_on_time", "accepted_on_time", "owed_on_time"), (E, _ON_TIME)),
}  # fmt: skip
