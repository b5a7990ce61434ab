"""Clocks with pauses and extensions against a ledger of days walked one by one, on calendars anyone may make."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from danvan.law.clock_events import Pause, Resume, Start, Transfer
from danvan.law.clock_marks import WarningRule, marks, standing_on
from danvan.law.clockwork import fold
from danvan.law.courses import Term, worked_between
from danvan.law.enums import Mark
from danvan.law.terms import next_working
from tests.properties.clocks_by_hand import DAYS, ONE, counted_by_hand, histories

RULE = WarningRule(((Mark.HALF, Fraction(1, 2)), (Mark.MOST, Fraction(4, 5))), 2, Term(15, "D"))


@given(histories())
def test_a_clock_ends_where_counting_by_hand_ends(history):
    events, working = history
    clock = fold(events, working)
    assert clock.due_on == counted_by_hand(events, working)
    assert working(clock.due_on)
    assert clock.due_on >= clock.original_due_on == fold(events[:1], working).due_on


@given(histories(), st.integers(0, 8))
def test_the_fold_of_a_prefix_is_a_prefix(history, k):
    events, working = history
    k = min(k, len(events) - 1) + 1
    assert fold(events[:k], working).steps == fold(events, working).steps[:k]


@given(histories(), DAYS)
def test_one_more_holiday_never_makes_a_deadline_earlier(history, holiday):
    events, working = history

    def with_one_more(day):
        return day != holiday and working(day)

    assert fold(events, with_one_more).due_on >= fold(events, working).due_on


@given(histories(), st.integers(1, 40), st.data())
def test_a_pause_of_n_days_moves_the_end_by_n(history, n, data):
    events, working = history
    events = events[:1]
    before = fold(events, working)
    on = data.draw(st.dates(before.started_on, before.due_on))
    paused = [*events, Pause(on, "Chờ giám định"), Resume(on + n * ONE)]
    after = fold(paused, working)
    resumed = on + n * ONE
    if before.term.counted == "WD":
        left = worked_between(on, before.due_on, working)
        assert worked_between(resumed, after.due_on, working) == (left or not working(resumed))
        assert left or after.due_on == next_working(resumed, working)
    else:
        end = before.course.end(working)
        assert after.due_on == next_working(max(end + n * ONE, on + n * ONE), working)


@given(histories(), st.integers(0, 200))
def test_the_days_used_and_left_are_all_there_are_at_any_time(history, ahead):
    events, working = history
    clock = fold(events, working)
    day = clock.started_on + ahead * ONE
    first = standing_on(clock, clock.started_on, working)
    standing = standing_on(clock, day, working)
    assert first.used == 0
    if clock.term.counted != "WD" or clock.due_on == clock.course.end(working):
        assert standing.used + standing.left == first.left
    assert (standing.left < 0) is (day > clock.due_on and standing.left != 0)


@given(histories())
def test_warnings_come_in_order_and_none_after_the_due_day_but_silence(history):
    events, working = history
    clock = fold(events, working)
    found = {one.mark: one.on for one in marks(clock, RULE, working)}
    assert (
        clock.started_on <= found[Mark.HALF] <= found[Mark.MOST] <= found[Mark.DUE] == clock.due_on
    )
    assert clock.started_on <= found[Mark.BEFORE] <= clock.due_on
    half = standing_on(clock, found[Mark.HALF], working)
    whole = half.used + half.left
    assert 2 * half.used >= whole
    if found[Mark.HALF] > clock.started_on:
        assert 2 * standing_on(clock, found[Mark.HALF] - ONE, working).used < whole


@given(histories(), st.integers(0, 60), st.integers(1, 20))
def test_a_transfer_leaves_the_whole_as_it_was(history, ahead, n):
    events, working = history
    clock = fold(events, working)
    day = clock.last_on + ahead * ONE
    after = fold([*events, Transfer(day, 2, Term(n, "WD"))], working)
    assert (after.due_on, after.started_on) == (clock.due_on, clock.started_on)
    assert after.span.due_on == fold([Start(day, Term(n, "WD"))], working).due_on
    assert replace(after.spans[0], left_on=None) == clock.spans[0]
