"""The clock of a matter: a pure fold over what happened to it, and the calendar. Nothing here reads or writes.

The day of an event is never counted (Bộ luật Dân sự 2015 Điều 147): a term runs from the day after the
start; a pause takes the days after it up to and with the day of resuming. So a pause of n days moves the end
by n, and a term of working days by the working days in it. Where the end is a day off it rolls on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from danvan.law.clock_events import (
    Bounds,
    ChangeKind,
    Event,
    Extend,
    Pause,
    Resume,
    Start,
    Transfer,
)
from danvan.law.courses import Course, Term
from danvan.law.errors import ClockRefused
from danvan.law.terms import DAY, Working
from danvan.vietnamese.dates import format_date

PLEASE = "Đồng chí vui lòng"


@dataclass(frozen=True, slots=True)
class Stop:
    """One pause: from the day it was decided to the day of resuming; `until` None while nobody knows."""

    on: date
    reason: str
    until: date | None = None

    @property
    def days(self) -> int:
        """How many days it took; none while it is open."""
        return (self.until - self.on).days if self.until else 0


@dataclass(frozen=True, slots=True)
class Span:
    """The time in which one unit holds the matter; `course` where it has a term of its own."""

    unit: int | None
    received_on: date
    due_on: date
    left_on: date | None = None
    term: Term | None = None
    course: Course | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What one event led to."""

    event: Event
    due_on: date


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a clock stands after its last event; what it is on a day, `clock_marks` tells.

    `original_due_on`: the due day of its kind without any pause or extension. `named`: the day that was named
    at the start, instead of a term.
    """

    started_on: date
    term: Term
    bounds: Bounds
    course: Course
    due_on: date
    original_due_on: date
    spans: tuple[Span, ...]
    steps: tuple[Step, ...] = ()
    stops: tuple[Stop, ...] = ()
    open_stop: Stop | None = None
    extensions: tuple[Extend, ...] = ()
    ended_on: date | None = None
    named: date | None = None

    @property
    def last_on(self) -> date:
        """The day of the last event."""
        return self.steps[-1].event.on

    @property
    def span(self) -> Span:
        """The unit that holds the matter now, or held it at the end."""
        return self.spans[-1]

    @property
    def all_stops(self) -> tuple[Stop, ...]:
        """Every pause in order, the one that runs too."""
        return (*self.stops, self.open_stop) if self.open_stop else self.stops


def fold(events: Iterable[Event], working: Working) -> Clock:
    """The clock after these events, by this calendar. Raises ClockRefused on a list that cannot have happened."""
    clock: Clock | None = None
    for event in events:
        clock = advance(clock, event, working)
    if clock is None:
        raise ClockRefused(f"Đồng hồ chưa có sự kiện nào. {PLEASE} ghi ngày bắt đầu.")
    return clock


def append(clock: Clock | None, event: Event, working: Working) -> Clock:
    """One event more, refused where the calendar in force forbids it: what a service calls with a new event."""
    after = advance(clock, event, working)
    if clock is None:
        return after
    due_on = settled(clock, event.on, working).due_on
    if isinstance(event, Pause) and event.on > due_on:
        raise ClockRefused(
            f"Hạn {format_date(due_on)} đã qua nên không tạm dừng được nữa. {PLEASE} xin gia hạn nếu việc"
            " này được gia hạn, nếu không thì giải quyết tiếp."
        )
    if isinstance(event, Extend):
        _not_too_far(settled(clock, event.on, working), event, due_on, working)
    return after


def advance(clock: Clock | None, event: Event, working: Working) -> Clock:
    """The clock after one event. Refusals here do not hang on the calendar, so that a later one never meets them."""
    if clock is None:
        return _started(event, working)
    if isinstance(event, Start):
        raise ClockRefused(
            f"Đồng hồ đã chạy từ {format_date(clock.started_on)}. {PLEASE} không bắt đầu lần nữa."
        )
    if clock.ended_on is not None and not isinstance(event, Resume):
        raise ClockRefused(
            f"Đồng hồ đã kết thúc ngày {format_date(clock.ended_on)} nên không ghi thêm được. {PLEASE}"
            " mở đồng hồ mới nếu việc được làm lại."
        )
    if event.on < clock.last_on:
        raise ClockRefused(
            f"Ngày {format_date(event.on)} trước sự kiện gần nhất {format_date(clock.last_on)}. {PLEASE}"
            " ghi các sự kiện theo thứ tự ngày."
        )
    # Who resumes on the very day on which the pause runs out is not told that there is nothing to resume.
    by = event.on - DAY if isinstance(event, Resume) else event.on
    after = _moved(settled(clock, by, working), event, working)
    return replace(after, steps=(*clock.steps, Step(event, after.due_on)))


def settled(clock: Clock, on: date, working: Working) -> Clock:
    """The same clock, with a pause closed that ran out by itself by `on`."""
    stop = clock.open_stop
    if stop is None or stop.until is None or stop.until > on:
        return clock
    return _resumed(clock, stop.until, working)


def _started(event: Event, working: Working) -> Clock:
    if not isinstance(event, Start):
        raise ClockRefused(
            f"Đồng hồ chưa bắt đầu. {PLEASE} ghi ngày bắt đầu trước các sự kiện khác."
        )
    if event.until is not None and event.until < event.on:
        raise ClockRefused(
            f"Hạn {format_date(event.until)} trước ngày bắt đầu {format_date(event.on)}. {PLEASE} chọn hạn từ"
            " ngày ấy trở đi."
        )
    course = Course(event.on, (event.term.leg(),), fixed=event.until)
    due_on = course.due(working)
    span = Span(event.unit, event.on, due_on)
    return Clock(
        started_on=event.on,
        term=event.term,
        bounds=event.bounds,
        course=course,
        due_on=due_on,
        original_due_on=due_on,
        spans=(span,),
        steps=(Step(event, due_on),),
        named=event.until,
    )


def _moved(clock: Clock, event: Event, working: Working) -> Clock:
    match event:
        case Pause():
            return _paused(clock, event, working)
        case Resume():
            if clock.ended_on is not None:
                return _reopened(clock, working)
            if clock.open_stop is None:
                raise ClockRefused(
                    f"Đồng hồ đang chạy{_since(clock)} nên không có gì để chạy tiếp. {PLEASE} kiểm tra lại"
                    " ngày tạm dừng."
                )
            return _resumed(clock, event.on, working)
        case Transfer():
            return _transferred(clock, event, working)
        case Extend():
            return _extended(clock, event, working)
        case ChangeKind():
            return _changed(clock, event, working)
        case _:
            return _ended(clock, event.on, working)


def _since(clock: Clock) -> str:
    last = clock.stops[-1] if clock.stops else None
    return f" lại từ ngày {format_date(last.until)}" if last and last.until else ""


def _paused(clock: Clock, event: Pause, working: Working) -> Clock:
    if clock.open_stop:
        raise ClockRefused(
            f"Đồng hồ đang tạm dừng từ ngày {format_date(clock.open_stop.on)}. {PLEASE} cho chạy tiếp"
            " trước khi tạm dừng lần nữa."
        )
    if not event.reason.strip():
        raise ClockRefused(f"{PLEASE} ghi lý do tạm dừng.")
    if event.until is not None and event.until <= event.on:
        raise ClockRefused(
            f"Ngày chạy tiếp {format_date(event.until)} phải sau ngày tạm dừng {format_date(event.on)}."
            f" {PLEASE} chọn ngày muộn hơn."
        )
    until = _latest(clock, event)
    clock = replace(clock, open_stop=Stop(event.on, event.reason, until))
    # What is known to end is counted to its end at once; what is not stands still.
    return _counted(clock, working) if until else clock


def _latest(clock: Clock, event: Pause) -> date | None:
    if event.cap is None:
        return event.until
    left = event.cap - sum(stop.days for stop in clock.stops)
    if left <= 0:
        raise ClockRefused(
            f"Việc này đã tạm dừng đủ {event.cap:02} ngày cho phép nên không tạm dừng thêm được. {PLEASE}"
            " xin gia hạn nếu cần thêm thời gian."
        )
    latest = event.on + left * DAY
    if event.until is not None and event.until > latest:
        raise ClockRefused(
            f"Chỉ còn được tạm dừng {left:02} ngày, đến hết {format_date(latest)}. {PLEASE} chọn ngày"
            " chạy tiếp sớm hơn."
        )
    return event.until or latest


def _resumed(clock: Clock, on: date, working: Working) -> Clock:
    stop = clock.open_stop
    if stop is None:
        return clock
    course = clock.course.held(stop.on, on, working)
    span = clock.span
    if span.course is not None:
        own = span.course.held(max(stop.on, span.received_on), on, working)
        span = replace(span, course=own)
    clock = replace(
        clock,
        course=course,
        stops=(*clock.stops, replace(stop, until=on)),
        open_stop=None,
        spans=(*clock.spans[:-1], span),
    )
    return _counted(clock, working)


def _through(clock: Clock, course: Course, since: date, working: Working) -> date:
    """Where a course ends, through an open pause whose end is known."""
    stop = clock.open_stop
    if stop is None or stop.until is None:
        return course.due(working)
    return course.held(max(stop.on, since), stop.until, working).due(working)


def _counted(clock: Clock, working: Working) -> Clock:
    """The due days of the whole and of the unit that holds it, worked out again."""
    due_on, span = _through(clock, clock.course, clock.started_on, working), clock.span
    # A day that a document named stays as named, unless the first term itself now ends later.
    due_on = max(due_on, clock.original_due_on)
    own = _through(clock, span.course, span.received_on, working) if span.course else due_on
    return replace(clock, due_on=due_on, spans=(*clock.spans[:-1], replace(span, due_on=own)))


def _transferred(clock: Clock, event: Transfer, working: Working) -> Clock:
    if event.unit == clock.span.unit:
        raise ClockRefused(f"Đơn vị này đang giữ việc. {PLEASE} chọn đơn vị khác để chuyển đến.")
    left = replace(clock.span, left_on=event.on)
    course = Course(event.on, (event.term.leg(),)) if event.term else None
    taken = Span(event.unit, event.on, clock.due_on, term=event.term, course=course)
    return _counted(replace(clock, spans=(*clock.spans[:-1], left, taken)), working)


def _extended(clock: Clock, event: Extend, working: Working) -> Clock:
    if not event.document.strip():
        raise ClockRefused(f"{PLEASE} ghi văn bản cho gia hạn: số, ký hiệu và ngày.")
    if (event.more is None) == (event.until is None):
        raise ClockRefused(f"{PLEASE} ghi số ngày được thêm hoặc hạn mới, không cả hai.")
    times = clock.bounds.times
    if times is not None and len(clock.extensions) >= times:
        raise ClockRefused(
            f"Việc này đã gia hạn {times:02} lần, là mức cao nhất mà pháp luật cho phép. {PLEASE} giải"
            " quyết trong hạn hiện có."
        )
    most = clock.bounds.most
    if most and event.more and event.more.counted == most.counted and event.more.n > most.n:
        raise ClockRefused(
            f"Mỗi lần chỉ được gia hạn đến {most}; đồng chí ghi {event.more}. {PLEASE} ghi số nhỏ hơn."
        )
    span = clock.span
    if span.course is not None:
        span = replace(span, course=span.course.longer(event.more, event.until))
    clock = replace(
        clock,
        course=clock.course.longer(event.more, event.until),
        extensions=(*clock.extensions, event),
        spans=(*clock.spans[:-1], span),
    )
    return _counted(clock, working)


def _not_too_far(clock: Clock, event: Extend, due_on: date, working: Working) -> None:
    """A new day must be later than the present one, and within what the law allows from where the term ends."""
    if event.until is not None and event.until <= due_on:
        raise ClockRefused(
            f"Hạn mới phải sau hạn hiện tại {format_date(due_on)}. {PLEASE} chọn ngày muộn hơn."
        )
    most = clock.bounds.most
    if most is None:
        return
    latest = clock.course.longer(most, None).due(working)
    asked = clock.course.longer(event.more, event.until).due(working)
    if asked > latest:
        raise ClockRefused(
            f"Gia hạn đến {format_date(asked)} là quá mức pháp luật cho phép ({most}, đến hết"
            f" {format_date(latest)}). {PLEASE} chọn ngày sớm hơn."
        )


def _changed(clock: Clock, event: ChangeKind, working: Working) -> Clock:
    if not event.reason.strip():
        raise ClockRefused(f"{PLEASE} ghi lý do đổi loại việc.")
    course = Course(clock.started_on, (event.term.leg(),))
    original = course.due(working)
    for stop in clock.stops:
        course = course.held(stop.on, stop.until or stop.on, working)
    clock = replace(
        clock,
        term=event.term,
        bounds=event.bounds,
        course=course,
        extensions=(),
        original_due_on=original,
        named=None,
    )
    return _counted(clock, working)


def _reopened(clock: Clock, working: Working) -> Clock:
    """What was ended is open again: what was promised for a day is due on it, however long it was thought to be done."""
    span = replace(clock.span, left_on=None)
    return _counted(replace(clock, ended_on=None, spans=(*clock.spans[:-1], span)), working)


def _ended(clock: Clock, on: date, working: Working) -> Clock:
    clock = _resumed(clock, on, working)
    return replace(clock, ended_on=on, spans=(*clock.spans[:-1], replace(clock.span, left_on=on)))
