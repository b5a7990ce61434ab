"""A deadline in one short line: 07 ngày làm việc từ 20/11/2026, trừ 21-22, 24, 28-29/11: 02/12/2026."""

from collections.abc import Iterable, Sequence
from datetime import date

from danvan.law.clock_events import ChangeKind, End, Event, Extend, Pause, Resume, Start, Transfer
from danvan.law.clock_marks import standing_on
from danvan.law.clockwork import Clock, Span, Stop
from danvan.law.courses import LABELS, Course, Term
from danvan.law.enums import DURATIONS, Measure
from danvan.law.terms import DAY, Working
from danvan.vietnamese.dates import format_date

# More groups of days off than this are counted instead: the line is to be read.
GROUPS = 8


def days_in_words(days: Iterable[date], year: int) -> str:
    """21-22, 24, 28-29/11; days of another year carry it."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == DAY and _same_month(day, runs[-1][-1]):
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for place, run in enumerate(runs):
        span = f"{run[0]:%d}-{run[-1]:%d}" if len(run) > 1 else f"{run[0]:%d}"
        last_of_month = place + 1 == len(runs) or not _same_month(run[0], runs[place + 1][0])
        parts.append(f"{span}{_month(run[0], year)}" if last_of_month else span)
    return ", ".join(parts)


def plain_words(start: date, term: str, last: date, rolled: date | None, off: Sequence[date], worked: Sequence[date], *, back: bool = False) -> str:  # fmt: skip
    """A term without pauses in one line; `rolled` is the day off that it ended on before it moved."""
    word = "trước" if back else "từ"
    parts = [f"{term} {word} {format_date(start)}", *_passed(off, worked, start.year)]
    if rolled is not None:
        parts.append(f"{_day(rolled, start.year)} là ngày nghỉ nên chuyển")
    return f"{', '.join(parts)}: {format_date(last)}"


def term_words(start: date, n: int, counted: str, last: date, end: date, working: Working, *, back: bool = False) -> str:  # fmt: skip
    """The same, with the days off looked up: `end` is where the term ends before days off are looked at."""
    off: list[date] = []
    worked: list[date] = []
    if counted == Measure.WORKING_DAYS:
        first, final = (last, start - DAY) if back else (start + DAY, last)
        off, worked = _odd_days(first, final, [], working)
    rolled = end if end != last and counted != Measure.WORKING_DAYS else None
    term = f"{n:02} {LABELS[Measure(counted)]}"
    return plain_words(start, term, last, rolled, off, worked, back=back)


def explain(clock: Clock, working: Working) -> str:
    """The deadline of the whole in one line, with its pauses and extensions."""
    extra = [
        f"gia hạn {one.more or ('đến ' + format_date(one.until) if one.until else '')} ({one.document})"
        for one in clock.extensions
    ]
    line = _line(clock, clock.started_on, clock.term, clock.course, clock.due_on, extra, working)
    return f"{line}; kết thúc {format_date(clock.ended_on)}" if clock.ended_on else line


def explain_span(clock: Clock, span: Span, working: Working) -> str:
    """The deadline of one unit's part: its own term, or that of the whole from the first receipt."""
    passed_on = span.left_on is not None and span is not clock.spans[-1]
    if span.term is not None and span.course is not None:
        line = _line(clock, span.received_on, span.term, span.course, span.due_on, [], working)
    elif passed_on:
        line = f"{_first(clock, clock.started_on, clock.term)}: {format_date(span.due_on)}"
    else:
        line = explain(clock, working)
    return f"{line}; chuyển đi {format_date(span.left_on)}" if passed_on and span.left_on else line


def event_words(event: Event) -> str:
    """What happened, in a few words."""
    match event:
        case Start():
            until = format_date(event.until) if event.until else ""
            return f"Bắt đầu: hạn ấn định {until}" if until else f"Bắt đầu: {event.term}"
        case Pause():
            until = f", chạy tiếp {format_date(event.until)}" if event.until else ""
            cap = f", tối đa {event.cap:02} ngày" if event.cap is not None else ""
            return f"Tạm dừng: {event.reason}{until}{cap}"
        case Resume():
            return f"Chạy tiếp ({event.document})" if event.document else "Chạy tiếp"
        case Transfer():
            return f"Chuyển đơn vị, phần của đơn vị {event.term}" if event.term else "Chuyển đơn vị"
        case Extend():
            until = format_date(event.until) if event.until else ""
            return f"Gia hạn {event.more or f'đến {until}'} ({event.document})"
        case ChangeKind():
            return f"Đổi loại việc: {event.term} ({event.reason})"
        case End():
            return "Kết thúc"


def _line(clock: Clock, start: date, term: Term, course: Course, due: date, extra: list[str], working: Working) -> str:  # fmt: skip
    stops = [one for one in clock.all_stops if (one.until or due) > start]
    year, still = start.year, [one for one in stops if one.until is None]
    parts = [_first(clock, start, term)]
    if DURATIONS[term.counted][0] == Measure.WORKING_DAYS and course.fixed is None:
        last = still[0].on if still else due
        parts += _passed(*_odd_days(start + DAY, last, stops, working), year)
    parts += [_stop_words(one, start) for one in stops if one.until]
    parts += extra
    end = course.end(working)
    if not working(end) and course.fixed is None and not still and end < due:
        parts.append(f"{_day(end, year)} là ngày nghỉ nên chuyển")
    if still:
        left = standing_on(clock, still[0].on, working).left
        unit = "ngày làm việc" if DURATIONS[term.counted][0] == Measure.WORKING_DAYS else "ngày"
        parts.append(f"tạm dừng từ {_day(still[0].on, year)}, còn {left:02} {unit}")
        return f"{', '.join(parts)}: chưa xác định"
    return f"{', '.join(parts)}: {format_date(due)}"


def _first(clock: Clock, start: date, term: Term) -> str:
    """What the line begins with: the term and its first day, or the day that was named."""
    if clock.named is not None and start == clock.started_on:
        return f"hạn ấn định ngày {format_date(start)}"
    return f"{term} từ {format_date(start)}"


def _stop_words(stop: Stop, start: date) -> str:
    since = max(stop.on, start)
    days = ((stop.until or since) - since).days
    return f"tạm dừng {days:02} ngày từ {_day(since, start.year)}"


def _odd_days(first: date, last: date, stops: Sequence[Stop], working: Working) -> tuple[list[date], list[date]]:  # fmt: skip
    """Days off among these, and weekend days that are worked; those of a pause are told with the pause."""
    days = [first + k * DAY for k in range((last - first).days + 1)]
    seen = [day for day in days if not any(one.on < day <= (one.until or last) for one in stops)]
    return (
        [day for day in seen if not working(day)],
        [day for day in seen if working(day) and day.weekday() >= 5],
    )


def _passed(off: Sequence[date], worked: Sequence[date], year: int) -> list[str]:
    parts = []
    if off:
        words = days_in_words(off, year)
        parts.append(f"trừ {words}" if words.count(",") < GROUPS else _summed(off, year))
    if worked:
        parts.append(f"tính cả {days_in_words(worked, year)}")
    return parts


def _summed(off: Sequence[date], year: int) -> str:
    """So many Saturdays and Sundays, and the holidays by name of day."""
    weekends = sum(day.weekday() >= 5 for day in off)
    holidays = [day for day in off if day.weekday() < 5]
    words = f"trừ {weekends:02} ngày Thứ Bảy, Chủ nhật"
    return f"{words} và {days_in_words(holidays, year)}" if holidays else words


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def _month(day: date, year: int) -> str:
    return f"/{day:%m}" if day.year == year else f"/{day:%m/%Y}"


def _day(day: date, year: int) -> str:
    return f"{day:%d}{_month(day, year)}"
