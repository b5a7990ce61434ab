"""The fold, event by event: where it ends, what it refuses, what it says."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from danvan.law.clock_events import (
    Bounds,
    ChangeKind,
    End,
    Extend,
    Pause,
    Resume,
    Start,
    Transfer,
)  # fmt: skip
from danvan.law.clock_marks import (
    WarningRule,
    marks,
    marks_of,
    span_state,
    standing_on,
    state_on,
)  # fmt: skip
from danvan.law.clock_words import days_in_words, event_words, explain, explain_span
from danvan.law.clockwork import append, fold
from danvan.law.courses import Course, Leg, Term
from danvan.law.enums import Mark
from danvan.law.errors import ClockRefused, NotADuration

OFF = {date(2026, 11, 24), date(2027, 1, 1)}
WORKED = {date(2026, 8, 22), date(2026, 1, 10)}
RULE = WarningRule(((Mark.HALF, Fraction(1, 2)), (Mark.MOST, Fraction(4, 5))), 2, Term(15, "D"))
DAY = timedelta(days=1)


def working(day):
    return (day.weekday() < 5 and day not in OFF) or day in WORKED


def d(day, month=11, year=2026):
    return date(year, month, day)


def wd(n):
    return Term(n, "WD")


START = Start(d(20), wd(7), 1)
PAUSED = Pause(d(25), "Chờ giám định")


def after(*events):
    return fold([START, *events], working)


def told(*events):
    return explain(after(*events), working)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "07 ngày làm việc từ 20/11/2026, trừ 21-22, 24, 28-29/11: 02/12/2026"),
        (
            [PAUSED],
            (
                "07 ngày làm việc từ 20/11/2026, trừ 21-22, 24/11, tạm dừng từ 25/11, còn 05 ngày làm việc:"
                " chưa xác định"
            ),
        ),
        (
            [PAUSED, Resume(d(1, 12))],
            (
                "07 ngày làm việc từ 20/11/2026, trừ 21-22, 24/11, 05-06/12, tạm dừng 06 ngày từ 25/11:"
                " 08/12/2026"
            ),
        ),
        (
            [Pause(d(25), "Chờ", cap=3)],
            "07 ngày làm việc từ 20/11/2026, trừ 21-22, 24, 29/11, tạm dừng 03 ngày từ 25/11: 04/12/2026",
        ),
        (
            [Extend(d(1, 12), "QĐ 1", wd(2))],
            (
                "07 ngày làm việc từ 20/11/2026, trừ 21-22, 24, 28-29/11, gia hạn 02 ngày làm việc (QĐ 1):"
                " 04/12/2026"
            ),
        ),
        (
            [Extend(d(1, 12), "QĐ 1", until=d(12, 12))],
            "07 ngày làm việc từ 20/11/2026, gia hạn đến 12/12/2026 (QĐ 1): 12/12/2026",
        ),
        (
            [ChangeKind(d(23), Term(30, "D"), "Là khiếu nại")],
            "30 ngày từ 20/11/2026, 20/12 là ngày nghỉ nên chuyển: 21/12/2026",
        ),
        (
            [ChangeKind(d(23), wd(40), "Là khiếu nại")],
            "40 ngày làm việc từ 20/11/2026, trừ 18 ngày Thứ Bảy, Chủ nhật và 24/11, 01/01/2027: 19/01/2027",
        ),
        (
            [ChangeKind(d(23), Term(1, "Y"), "Là chương trình"), End(d(30))],
            "01 năm từ 20/11/2026, 20/11/2027 là ngày nghỉ nên chuyển: 22/11/2027; kết thúc 30/11/2026",
        ),
    ],
)
def test_a_clock_explains_itself_in_one_line(events, words):
    assert told(*events) == words


@pytest.mark.parametrize(
    ("start", "term", "words"),
    [
        (d(31, 1), Term(1, "M"), "01 tháng từ 31/01/2026, 28/02 là ngày nghỉ nên chuyển: 02/03/2026"),
        (d(31, 8), Term(6, "M"), "06 tháng từ 31/08/2026, 28/02/2027 là ngày nghỉ nên chuyển: 01/03/2027"),
        (d(30, 3), Term(1, "M"), "01 tháng từ 30/03/2026: 30/04/2026"),
        (d(8, 1), wd(2), "02 ngày làm việc từ 08/01/2026, tính cả 10/01: 10/01/2026"),
        (d(2, 12), wd(3), "03 ngày làm việc từ 02/12/2026, trừ 05-06/12: 07/12/2026"),
        (d(20), wd(60), "60 ngày làm việc từ 20/11/2026, trừ 26 ngày Thứ Bảy, Chủ nhật và 24/11, 01/01/2027: 16/02/2027"),
    ],
)  # fmt: skip
def test_each_measure_explains_itself(start, term, words):
    assert explain(fold([Start(start, term)], working), working) == words


def test_days_are_named_in_runs_month_by_month():
    days = [d(30), d(31, 10), d(1), d(29), d(3, 1, 2027)]
    assert days_in_words(days, 2026) == "31/10, 01, 29-30/11, 03/01/2027"
    assert days_in_words([], 2026) == ""


def test_a_pause_moves_the_end_by_its_days_and_no_more():
    month = fold([Start(d(31, 1), Term(1, "M")), Pause(d(10, 2), "Chờ"), Resume(d(14, 2))], working)
    assert month.course.end(working) == d(4, 3)
    assert after(PAUSED, Resume(PAUSED.on)).due_on == after().due_on
    last = after(Pause(d(2, 12), "Chờ"), Resume(d(5, 12)))
    assert last.due_on == d(7, 12)  # no day was left: it ends with the next working day


def test_a_pause_late_in_the_days_that_rolled_on_takes_no_more_than_it_gives():
    events = [Start(d(20), Term(8, "D")), Pause(d(30), "Chờ"), Resume(d(2, 12))]
    assert fold(events, working).due_on == d(2, 12)
    longer = [*events, Extend(d(2, 12), "QĐ 1", Term(5, "D"))]
    assert fold(longer, working).due_on == d(
        7, 12
    )  # 28/11 and five days and the two of the pause: 05/12, Saturday
    other = [*events, Extend(d(2, 12), "QĐ 1", wd(2))]
    assert fold(other, working).due_on == d(4, 12)


def test_a_pause_of_a_deadline_that_was_over_by_another_calendar_changes_nothing():
    late = fold([START, Pause(d(3, 12), "Chờ"), Resume(d(8, 12))], working)
    assert late.due_on == d(2, 12)


def test_a_pause_that_runs_out_ends_by_itself():
    stopped = Pause(d(25), "Chờ", cap=3)
    assert after(stopped).due_on == d(4, 12) == after(stopped, Resume(d(28))).due_on
    assert after(stopped, Resume(d(26))).due_on == d(3, 12)
    assert [state_on(after(stopped), d(day)) for day in (24, 25, 27, 28)] == [
        "running", "paused", "paused", "running",
    ]  # fmt: skip
    with pytest.raises(ClockRefused, match="đang chạy lại từ ngày 28/11/2026"):
        after(stopped, Resume(d(30)))
    again = after(stopped, Extend(d(1, 12), "QĐ 1", wd(1)))
    assert (again.due_on, again.open_stop) == (d(7, 12), None)


def test_an_extension_in_another_measure_runs_after_the_term_and_is_paused_in_its_turn():
    mixed = [Extend(d(25), "QĐ 1", Term(5, "D")), Pause(d(4, 12), "Chờ"), Resume(d(9, 12))]
    assert after(*mixed[:1]).due_on == d(7, 12)
    assert after(*mixed).due_on == d(14, 12)  # 02/12 and five days and five: 12/12, Saturday
    early = [mixed[0], Pause(d(27), "Chờ"), Resume(d(30))]
    assert after(*early).due_on == d(8, 12)  # one working day in the pause: 03/12 and five days


def test_an_extension_to_a_day_stays_that_day_and_a_pause_moves_it():
    until = Extend(d(1, 12), "QĐ 1", until=d(12, 12))
    assert after(until).due_on == d(12, 12)
    paused = after(until, Pause(d(10, 12), "Chờ"), Resume(d(14, 12)))
    assert paused.due_on == d(16, 12)
    assert after(until, Extend(d(2, 12), "QĐ 2", Term(3, "D"))).due_on == d(15, 12)
    assert after(until).original_due_on == d(2, 12)


def test_a_day_that_was_named_never_comes_before_the_first_term():
    events = [START, Extend(d(1, 12), "QĐ 1", until=d(3, 12))]

    def fewer(day):
        return working(day) and not d(25) <= day <= d(30)

    assert fold(events, fewer).due_on == fold(events, fewer).original_due_on == d(8, 12)


def test_a_change_of_kind_counts_from_the_first_receipt_without_its_pauses():
    clock = after(PAUSED, Resume(d(27)), ChangeKind(d(30), Term(30, "D"), "Là khiếu nại"))
    assert clock.started_on == d(20)
    assert clock.due_on == d(22, 12)
    assert clock.original_due_on == d(21, 12)


def test_each_unit_has_its_clock_beside_the_whole():
    moved = Transfer(d(25), 2, wd(3))
    clock = after(moved)
    assert (clock.started_on, clock.due_on) == (d(20), d(2, 12))
    first, second = clock.spans
    assert (first.unit, first.left_on, first.due_on) == (1, d(25), d(2, 12))
    assert (second.unit, second.received_on, second.due_on) == (2, d(25), d(30))
    assert (
        explain_span(clock, first, working)
        == "07 ngày làm việc từ 20/11/2026: 02/12/2026; chuyển đi 25/11/2026"
    )
    assert (
        explain_span(clock, second, working)
        == "03 ngày làm việc từ 25/11/2026, trừ 28-29/11: 30/11/2026"
    )
    assert [span_state(clock, one, d(1, 12)) for one in clock.spans] == ["ended", "overdue"]
    assert span_state(clock, second, d(30)) == "running"
    third = after(moved, Transfer(d(26), 3))
    assert third.span.due_on == third.due_on
    assert explain_span(third, third.span, working) == explain(third, working)


def test_a_pause_and_an_extension_reach_the_part_of_the_unit_too():
    stopped = after(Transfer(d(25), 2, wd(3)), Pause(d(26), "Chờ", until=d(30)))
    assert stopped.span.due_on == d(2, 12)
    assert span_state(stopped, stopped.span, d(27)) == "paused"
    longer = after(Transfer(d(25), 2, wd(3)), Extend(d(26), "QĐ 1", wd(2)))
    assert (longer.span.due_on, longer.due_on) == (d(2, 12), d(4, 12))
    handed = after(Pause(d(25), "Chờ"), Transfer(d(26), 2, wd(3)), Resume(d(30)))
    assert handed.span.due_on == d(3, 12)
    assert "tạm dừng 04 ngày từ 26/11" in explain_span(handed, handed.span, working)


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([Start(d(21), wd(7))], "đã chạy từ 20/11/2026"),
        ([Resume(d(25))], "không có gì để chạy tiếp"),
        ([PAUSED, Pause(d(26), "Chờ")], "đang tạm dừng từ ngày 25/11/2026"),
        ([Pause(d(25), " ")], "ghi lý do tạm dừng"),
        ([Pause(d(25), "Chờ", until=d(25))], "phải sau ngày tạm dừng"),
        ([Pause(d(25), "Chờ", cap=3, until=d(30))], "Chỉ còn được tạm dừng 03 ngày, đến hết 28/11/2026"),
        ([Pause(d(25), "Chờ", cap=3), Resume(d(27)), Pause(d(27), "Chờ", cap=3, until=d(30))], "01 ngày"),
        ([Pause(d(25), "Chờ", cap=3), Pause(d(30), "Chờ", cap=3)], "đã tạm dừng đủ 03 ngày"),
        ([Pause(d(25), "Chờ", cap=0)], "đã tạm dừng đủ 00 ngày"),
        ([PAUSED, Resume(d(24))], "trước sự kiện gần nhất 25/11/2026"),
        ([Extend(d(25), "", wd(2))], "văn bản cho gia hạn"),
        ([Extend(d(25), "QĐ 1")], "số ngày được thêm hoặc hạn mới"),
        ([Extend(d(25), "QĐ 1", wd(2), d(30, 12))], "không cả hai"),
        ([Transfer(d(25), 1)], "đang giữ việc"),
        ([ChangeKind(d(25), wd(5), "")], "lý do đổi loại việc"),
        ([End(d(25)), PAUSED], "đã kết thúc ngày 25/11/2026"),
    ],
)  # fmt: skip
def test_what_cannot_have_happened_is_refused_in_a_sentence(events, says):
    with pytest.raises(ClockRefused, match=says) as refused:
        after(*events)
    assert "Đồng chí vui lòng" in refused.value.message


def test_a_clock_begins_with_its_start():
    for events in ([], [PAUSED]):
        with pytest.raises(ClockRefused, match="Đồng hồ chưa"):
            fold(events, working)


@pytest.mark.parametrize(
    ("bounds", "events", "says"),
    [
        (Bounds(times=1), [Extend(d(25), "QĐ 1", wd(2)), Extend(d(26), "QĐ 2", wd(2))], "đã gia hạn 01 lần"),
        (Bounds(most=wd(3)), [Extend(d(25), "QĐ 1", wd(4))], "chỉ được gia hạn đến 03 ngày làm việc"),
        (Bounds(most=wd(3)), [Extend(d(25), "QĐ 1", Term(30, "D"))], "quá mức pháp luật cho phép"),
        (Bounds(most=wd(3)), [Extend(d(25), "QĐ 1", until=d(8, 12))], "đến hết 07/12/2026"),
        (Bounds(), [Extend(d(25), "QĐ 1", until=d(2, 12))], "phải sau hạn hiện tại 02/12/2026"),
        (Bounds(), [Pause(d(3, 12), "Chờ")], "Hạn 02/12/2026 đã qua"),
    ],
)  # fmt: skip
def test_what_the_law_or_the_calendar_forbids_is_refused_when_it_is_added(bounds, events, says):
    clock = append(None, Start(d(20), wd(7), 1, bounds), working)
    for event in events[:-1]:
        clock = append(clock, event, working)
    with pytest.raises(ClockRefused, match=says):
        append(clock, events[-1], working)


def test_what_the_law_allows_is_added():
    clock = append(None, Start(d(20), wd(7), 1, Bounds(2, wd(3))), working)
    for event in (Extend(d(25), "QĐ 1", wd(3)), Extend(d(26), "QĐ 2", until=d(10, 12)), End(d(27))):
        clock = append(clock, event, working)
    assert [step.due_on for step in clock.steps] == [d(2, 12), d(7, 12), d(10, 12), d(10, 12)]
    assert (clock.ended_on, clock.last_on) == (d(27), d(27))


NAMED = Start(d(20), Term(15, "D"), 1, until=d(5, 12))  # a Saturday: a day that is named stays


def test_a_day_that_is_named_at_the_start_stays_and_says_so():
    clock = fold([NAMED], working)
    assert (clock.due_on, clock.original_due_on) == (d(5, 12), d(5, 12))
    assert explain(clock, working) == "hạn ấn định ngày 20/11/2026: 05/12/2026"
    paused = fold([NAMED, Pause(d(25), "Chờ", until=d(30))], working)
    assert (paused.due_on, paused.original_due_on) == (d(10, 12), d(5, 12))
    passed = fold([NAMED, Transfer(d(25), 2)], working)
    assert explain_span(passed, passed.spans[0], working) == (
        "hạn ấn định ngày 20/11/2026: 05/12/2026; chuyển đi 25/11/2026"
    )
    assert event_words(NAMED) == "Bắt đầu: hạn ấn định 05/12/2026"
    changed = fold([NAMED, ChangeKind(d(23), Term(30, "D"), "Là khiếu nại")], working)
    assert explain(changed, working).startswith("30 ngày từ 20/11/2026")
    with pytest.raises(ClockRefused, match="trước ngày bắt đầu"):
        fold([Start(d(20), wd(1), until=d(19))], working)


def test_what_ended_is_open_again_with_the_day_it_had():
    clock = fold([START, End(d(25)), Resume(d(10, 12))], working)
    assert (clock.ended_on, clock.due_on, clock.span.left_on) == (None, d(2, 12), None)
    assert state_on(clock, d(10, 12)) == "overdue"
    assert append(clock, End(d(11, 12)), working).ended_on == d(11, 12)


@pytest.mark.parametrize(
    ("n", "counted"), [(0, "WD"), (26_001, "WD"), (5, "WD before"), (24, "h"), (5, "")]
)
def test_what_is_no_term_of_a_clock_is_refused(n, counted):
    with pytest.raises(NotADuration, match="Đồng chí vui lòng"):
        Term(n, counted)


def test_a_course_needs_to_be_told_how_much_longer():
    with pytest.raises(ClockRefused):
        Course(d(20), (Leg(7, "WD"),)).longer(None, None)


@pytest.mark.parametrize(
    ("day", "state", "used", "left", "late"),
    [
        (d(20), "running", 0, 7, False),
        (d(25), "running", 2, 5, False),
        (d(2, 12), "running", 7, 0, False),
        (d(4, 12), "overdue", 9, -2, True),
    ],
)
def test_a_clock_stands_on_each_day(day, state, used, left, late):
    found = standing_on(after(), day, working)
    assert (found.state, found.used, found.left, found.late) == (state, used, left, late)


def test_a_paused_and_an_ended_clock_stand_still():
    for day in (d(25), d(30), d(24, 12)):
        found = standing_on(after(PAUSED), day, working)
        assert (found.state, found.used, found.left, found.late) == ("paused", 2, 5, False)
    ended = after(PAUSED, End(d(30)))
    for day in (d(30), d(24, 12)):
        found = standing_on(ended, day, working)
        assert (found.state, found.used, found.late) == ("ended", 2, False)
    assert ended.due_on == d(7, 12)
    assert standing_on(after(End(d(4, 12))), d(24, 12), working).late is True
    planned = after(Pause(d(25), "Chờ", until=d(30)))
    assert standing_on(planned, d(26), working).left == 5


def test_a_term_of_days_uses_days_off_too():
    found = standing_on(fold([Start(d(20), Term(10, "D"))], working), d(24), working)
    assert (found.used, found.left) == (4, 6)


def days_of(found):
    return {one.mark: one.on for one in found}


def test_a_clock_warns_at_half_at_most_before_when_due_and_when_silent():
    found = marks(after(), RULE, working)
    assert days_of(found) == {
        "half": d(27), "most": d(1, 12), "before": d(30), "due": d(2, 12), "silence": d(5, 12),
    }  # fmt: skip
    assert [one.mark for one in marks_of(found, d(30))] == ["half", "before"]
    assert "silence" not in days_of(marks(after(End(d(1, 12))), RULE, working))
    assert days_of(marks(after(PAUSED), RULE, working)) == {"silence": d(5, 12)}
    short = fold([Start(d(20), wd(1))], working)
    assert days_of(marks(short, RULE, working))["before"] == d(20)
    by_work = WarningRule(RULE.shares, 2, wd(10))
    assert days_of(marks(after(), by_work, working))["silence"] == d(7, 12)
    paused = after(PAUSED, Resume(d(1, 12)))
    assert days_of(marks(paused, RULE, working))["half"] == d(3, 12)
