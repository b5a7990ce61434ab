"""Clocks as they are stored: written once, counted again to the same, moved by the calendar with the reason."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.law.errors import ClockRefused
from danvan.law.models import ClockEvent, ClockHeld, ClockMove
from danvan.law.selectors import (
    DayRead,
    clock_of,
    clocks,
    clocks_of,
    clocks_that_differ,
    foresee_days,
    moves_of,
    silent_before,
    tell_clock,
)
from danvan.law.services import (
    Bounds,
    Starting,
    Term,
    change_kind_of_clock,
    correct_calendar_day,
    end_clock,
    extend_clock,
    load_calendar,
    load_parameters,
    pause_clock,
    resume_clock,
    start_clock,
    start_clocks,
    transfer_clock,
)
from tests.factories import UserFactory
from tests.factories.law import make_parameters
from tests.law.matters import KIND, RECEIVED, begin, petitions  # noqa: F401

pytestmark = pytest.mark.django_db
NOTICE = {"reason": "Nghỉ hoán đổi", "citation": "Công văn 123/VPCP-KGVX"}


@pytest.fixture(autouse=True)
def of_the_day(calendar, settings):
    settings.DANVAN_TODAY = date(2026, 11, 27)
    return calendar


def d(day, month=11, year=2026):
    return date(year, month, day)


def written():
    return (
        list(ClockEvent.objects.values_list("clock", "number", "kind")),
        ClockMove.objects.count(),
        AuditEntry.objects.count(),
        list(ClockHeld.objects.values_list("pk", "due_on", "words")),
    )


def history(held):
    """A clock to which everything happened."""
    pause_clock(held, on=d(23), reason="Chờ giám định", cap=10, actor=None)
    resume_clock(held, on=d(25), document="QĐ 2", actor=None)
    transfer_clock(held, on=d(26), unit_id=2, term=Term(3, "WD"), actor=None)
    extend_clock(held, on=d(27), document="QĐ 3", more=Term(2, "WD"), actor=None)
    change_kind_of_clock(
        held, on=d(27), term=Term(10, "WD"), reason="Là tố cáo", bounds=Bounds(1, Term(5, "WD")), actor=None
    )  # fmt: skip
    extend_clock(held, on=d(27), document="QĐ 4", until=d(15, 12), actor=None)
    return end_clock(held, on=d(30), actor=None)


@pytest.mark.parametrize(
    ("on", "n", "last"),
    [
        (d(29, 4, 2024), 3, d(4, 5, 2024)),  # 29/04 to 01/05 off, Saturday 04/05 worked
        (d(24, 4, 2025), 2, d(26, 4, 2025)),  # Saturday 26/04 worked for 02/05
        (d(30, 4, 2025), 1, d(5, 5, 2025)),
        (d(21, 8), 1, d(22, 8)),  # Saturday 22/08 worked for 31/08
        (d(28, 8), 1, d(3, 9)),
        (d(31, 12, 2025), 2, d(6, 1)),  # 02/01 off
        (d(9, 1), 1, d(10, 1)),  # Saturday 10/01 worked
        (d(23), 1, d(25)),  # 24/11 off
    ],
)
def test_clocks_run_by_the_real_days_of_these_years(on, n, last):
    assert begin(on=on, n=n).due_on == last


def test_a_clock_begins_with_its_first_event_and_tells_how_it_counts():
    actor = UserFactory()
    held = start_clock(KIND, Starting(7, Term(7, "WD"), RECEIVED, unit_id=3), actor=actor)
    assert (held.started_on, held.due_on, held.original_due_on) == (RECEIVED, d(2, 12), d(2, 12))
    assert held.words == "07 ngày làm việc từ 20/11/2026, trừ 21-22, 24, 28-29/11: 02/12/2026"
    assert (held.unit_id, held.calendar.number, str(held)) == (3, 1, f"{KIND}:7:due")
    assert str(held.events.get()) == f"{held.pk}:1:start"
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.actor, entry.action, entry.details) == (
        actor,
        "law.start_clocks",
        {"ids": [held.pk]},
    )
    assert clock_of(KIND, 7) == held
    assert clock_of(KIND, 8) is None
    assert list(clocks()) == [held]


def test_many_clocks_begin_in_as_many_queries_as_one():
    counts = []
    for ids in ([1], range(2, 40)):
        with CaptureQueriesContext(connection) as asked:
            start_clocks(KIND, [Starting(one, Term(7, "WD"), RECEIVED) for one in ids], actor=None)
        counts.append(len(asked))
    assert counts[1] <= counts[0]
    assert start_clocks(KIND, [], actor=None) == []
    assert len(clocks_of(KIND, [1, 2, 99])) == 2


def test_clocks_of_several_names_of_one_matter_begin_in_one_act():
    first, second = Term(7, "WD"), Term(10, "D")
    startings = [
        Starting(7, first, RECEIVED, name="accept"),
        Starting(7, second, RECEIVED, name="answer"),
    ]
    begun = start_clocks(KIND, startings, actor=None)

    assert [(one.subject_id, one.name, one.due_on) for one in begun] == [
        (7, "accept", d(2, 12)),
        (7, "answer", d(30, 11)),
    ]
    with pytest.raises(RuleError, match="đã có đồng hồ"):
        start_clocks(KIND, [Starting(7, first, RECEIVED, name="answer")], actor=None)
    assert start_clocks(KIND, [Starting(8, first, RECEIVED, name="answer")], actor=None)


@pytest.mark.parametrize("ids", [[1], [2, 2]])
def test_a_matter_has_one_clock_of_each_name(ids):
    begin(1)
    before = written()
    with pytest.raises(RuleError, match="đã có đồng hồ"):
        start_clocks(KIND, [Starting(one, Term(7, "WD"), RECEIVED) for one in ids], actor=None)
    assert written() == before
    begin(3)
    start_clock(KIND, Starting(1, Term(3, "D"), RECEIVED), name="answer", actor=None)


def test_everything_that_happened_is_read_back_as_it_was_said():
    held = history(begin(1, unit_id=1))
    assert (held.ended_on, held.due_on, held.original_due_on) == (d(30), d(15, 12), d(7, 12))
    told = tell_clock_at(held, d(1, 12))
    assert [step.words for step in told.steps] == [
        "Bắt đầu: 07 ngày làm việc",
        "Tạm dừng: Chờ giám định, tối đa 10 ngày",
        "Chạy tiếp (QĐ 2)",
        "Chuyển đơn vị, phần của đơn vị 03 ngày làm việc",
        "Gia hạn 02 ngày làm việc (QĐ 3)",
        "Đổi loại việc: 10 ngày làm việc (Là tố cáo)",
        "Gia hạn đến 15/12/2026 (QĐ 4)",
        "Kết thúc",
    ]
    assert [step.due_on for step in told.steps][-1] == held.due_on
    assert (told.words, told.state_label) == (held.words, "đã kết thúc")
    assert [one.unit_id for one in told.spans] == [1, 2]
    assert told.clock.bounds == Bounds(1, Term(5, "WD"))


def tell_clock_at(held, day):
    load_parameters()
    return tell_clock(held, on=day)


def test_a_clock_tells_when_it_warns_by_the_parameters_in_force():
    told = tell_clock_at(begin(), None)
    assert {one.mark: one.on for one in told.marks} == {
        "half": d(27), "most": d(1, 12), "before": d(30), "due": d(2, 12), "silence": d(5, 12),
    }  # fmt: skip
    assert (told.standing.used, told.standing.left, told.state_label) == (4, 3, "đang chạy")


def test_silence_is_counted_in_days_or_in_working_days():
    assert silent_before(on=d(30)) is None
    [row] = make_parameters("clock.silence")
    assert silent_before(on=d(30)) == d(15)
    row.unit, row.numerator = "WD", 3
    row.save()
    assert silent_before(on=d(30)) == d(25)


def test_a_refused_event_leaves_no_trace():
    held = end_clock(begin(), on=d(25), actor=None)
    before = written()
    with pytest.raises(ClockRefused, match="đã kết thúc"):
        pause_clock(held, on=d(26), reason="Chờ", actor=None)
    with pytest.raises(RuleError, match="dài quá 300"):
        pause_clock(held, on=d(26), reason="x" * 301, actor=None)
    assert written() == before


def test_what_happened_cannot_be_rewritten():
    held = begin()
    correct_calendar_day(d(1, 12), working=False, **NOTICE, actor=None)
    for rows in (ClockEvent.objects.filter(clock=held), ClockMove.objects.filter(clock=held)):
        for act in (rows.delete, lambda rows=rows: rows.update(on=d(1))):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                act()
    assert (held.events.count(), held.moves.count()) == (1, 1)


def test_counting_again_gives_what_is_stored():
    for number in range(1, 6):
        begin(number, n=number * 3, counted=["WD", "D"][number % 2])
    pause_clock(clock_of(KIND, 2), on=d(25), reason="Chờ", actor=None)
    assert clocks_that_differ() == []
    ClockHeld.objects.filter(subject_id=3).update(due_on=d(24, 12))
    assert [one.subject_id for one in clocks_that_differ()] == [3]


def test_what_a_holiday_would_move_is_foreseen_and_nothing_is_written(petitions):  # noqa: F811
    begin(1)
    begin(2, n=2)  # due 25/11: over
    begin(3, n=30)
    end_clock(begin(4), on=d(26), actor=None)
    begin(5, on=d(14, 12))
    before = written()
    found = foresee_days([DayRead(d(1, 12), working=False)])
    assert [(one.title, one.old_due_on, one.new_due_on, one.passed) for one in found] == [
        ("Đơn số 1", d(2, 12), d(3, 12), False),
        ("Đơn số 3", d(5, 1, 2027), d(6, 1, 2027), False),
    ]
    assert written() == before
    assert foresee_days([]) == []
    assert foresee_days([DayRead(d(31, 12), working=True)]) == []


def test_a_change_of_the_calendar_counts_open_clocks_again_and_writes_why(petitions):  # noqa: F811
    held, other, actor = begin(1), begin(2, n=3), UserFactory()
    correct_calendar_day(d(1, 12), working=False, **NOTICE, actor=actor)
    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.due_on, held.calendar.number) == (d(3, 12), 2)
    assert held.words.endswith("28-29/11, 01/12: 03/12/2026")
    assert (other.due_on, other.calendar.number) == (d(26), 1)
    [move] = moves_of(held)
    assert move.reason == "Sửa ngày 01/12/2026: Nghỉ hoán đổi (Công văn 123/VPCP-KGVX)"
    assert (move.old_due_on, move.new_due_on, move.passed) == (d(2, 12), d(3, 12), False)
    assert str(move) == f"{held.pk}: 2026-12-02 → 2026-12-03"
    assert [(one.subject_id, one.new_due_on) for one in petitions.told] == [(1, d(3, 12))]
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.actor, entry.action, entry.details) == (
        actor, "law.recount_clocks", {"ids": [held.pk], "passed": 0},
    )  # fmt: skip
    assert clocks_that_differ() == []


def test_a_passed_deadline_moves_only_where_somebody_agreed_seeing_the_list(petitions):  # noqa: F811
    held = begin(1, n=3)
    before = written()
    with pytest.raises(RuleError, match="chuyển 1 hạn đã qua") as refused:
        correct_calendar_day(d(25), working=False, **NOTICE, actor=None)
    assert [one.message for one in refused.value.faults] == ["Đơn số 1: 26/11/2026 → 27/11/2026"]
    assert written() == before
    correct_calendar_day(d(25), working=False, **NOTICE, actor=None, passed_agreed=True)
    assert held.moves.get().passed is True
    assert petitions.told[0].old_due_on == d(26)


def test_a_deadline_that_would_be_over_at_once_is_a_passed_one(settings):
    begin(1)
    settings.DANVAN_TODAY = d(2, 12)
    [found] = foresee_days([DayRead(d(28), working=True)])
    assert (found.old_due_on, found.new_due_on, found.passed) == (d(2, 12), d(1, 12), True)
    assert found.title == f"{KIND}:1:due"  # nobody holds this kind here


def test_a_year_that_is_loaded_later_counts_the_clocks_again():
    held = begin(1, n=30, on=d(24, 12, 2027))
    assert held.due_on == d(4, 2, 2028)  # by weekends and the days of 2027 alone
    load_calendar([2028])
    held.refresh_from_db()
    assert held.due_on > d(4, 2, 2028)
    assert held.moves.get().reason == "Nạp lịch 2028-2028"
    assert clocks_that_differ() == []


def test_a_change_that_leaves_the_day_still_keeps_the_words_true():
    held = begin(1)
    pause_clock(held, on=d(30), reason="Chờ", actor=None)
    correct_calendar_day(d(25), working=False, **NOTICE, actor=None, passed_agreed=True)
    assert clocks_that_differ() == []
