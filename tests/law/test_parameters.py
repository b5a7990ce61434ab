"""An administrator's parameters: a new period, a correction, what is refused, and which clocks they move."""

from dataclasses import replace
from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.law.models import ClockMove, LegalParameter
from danvan.law.parameter_file import ParameterRow
from danvan.law.selectors import (
    clocks_that_differ,
    faults_of,
    find_parameters,
    foresee_parameter,
    history_of,
    parameter,
    warning_rule,
)
from danvan.law.services import (
    Term,
    change_kind_of_clock,
    extend_clock,
    load_parameters,
    set_parameter,
)
from tests.factories import UserFactory
from tests.law.matters import begin, petitions  # noqa: F401

pytestmark = pytest.mark.django_db
KEY = "complaint.accept"
NEW = ParameterRow(
    line=0, key=KEY, title="Thụ lý khiếu nại", numerator=5, denominator=1, unit="WD", scope="",
    valid_from=date(2026, 12, 1), valid_to=None, citation="Nghị định 1/2026/NĐ-CP", confidence="S",
)  # fmt: skip
CORRECTION = replace(NEW, valid_from=date(2026, 7, 1))


@pytest.fixture(autouse=True)
def of_the_day(calendar, settings):
    settings.DANVAN_TODAY = date(2026, 11, 27)
    load_parameters()


def rows():
    return list(
        LegalParameter.objects.order_by("pk").values_list("pk", "key", "valid_to", "replaced_on")
    )


def test_a_new_period_ends_the_one_in_force_and_keeps_it_readable():
    old, actor = parameter(KEY, on=date(2026, 11, 1)), UserFactory()
    made = set_parameter(NEW, end_former=True, actor=actor)
    assert parameter(KEY, on=date(2026, 12, 1)) == made
    before = parameter(KEY, on=date(2026, 11, 30))
    assert (before.numerator, before.valid_to) == (7, date(2026, 12, 1))
    old.refresh_from_db()
    assert (old.valid_to, old.replaced_on) == (None, date(2026, 11, 27))
    assert list(history_of(KEY)[:2]) == [made, before]
    assert made in find_parameters("nghi dinh 1/2026")
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.actor, entry.action, entry.details) == (actor, "law.set_parameter", {"clocks": 0})


def test_loading_the_file_again_leaves_what_an_administrator_set():
    made = set_parameter(NEW, end_former=True, actor=None)
    loaded = load_parameters()
    assert (loaded.added, loaded.replaced, loaded.withdrawn) == (0, 0, 0)
    assert parameter(KEY, on=date(2027, 1, 1)) == made


def test_a_correction_takes_the_place_of_the_row_that_begins_on_its_day():
    old = parameter(KEY, on=date(2026, 11, 1))
    made = set_parameter(CORRECTION, end_former=False, actor=None)
    old.refresh_from_db()
    assert old.replaced_on == date(2026, 11, 27)
    assert parameter(KEY, on=date(2026, 11, 1)) == made


@pytest.mark.parametrize(
    ("change", "end_former", "column"),
    [
        ({}, False, "valid_from"),  # the row in force has no end
        ({"valid_from": date(2012, 1, 1)}, True, "valid_from"),  # runs over both later rows
        (
            {"valid_from": date(2020, 1, 1)},
            True,
            "valid_from",
        ),  # would end the first, meets the second
        ({"valid_to": date(2026, 12, 1)}, True, "valid_to"),
        ({"title": ""}, True, "title"),
        ({"citation": ""}, True, "citation"),
        ({"scope": "x" * 121}, True, "scope"),
        ({"numerator": -1}, True, "numerator"),
        ({"denominator": 0}, True, "denominator"),
        ({"unit": "moons"}, True, "unit"),
        ({"confidence": "?"}, True, "confidence"),
        ({"key": "clock.warn.half", "unit": "WD"}, True, "unit"),
        ({"key": "clock.warn.before", "unit": "WD before", "numerator": 0}, True, "numerator"),
        ({"key": "clock.silence", "unit": "D", "numerator": 100_000}, True, "numerator"),
    ],
)
def test_a_row_that_overlaps_or_says_nothing_is_refused_and_leaves_no_trace(
    change, end_former, column
):
    row, before = replace(NEW, **change), rows()
    assert column in {one.column for one in faults_of(row, end_former=end_former)}
    with pytest.raises(RuleError) as refused:
        set_parameter(row, end_former=end_former, actor=None)
    assert column in {one.column for one in refused.value.faults}
    assert (rows(), AuditEntry.objects.filter(action="law.set_parameter").count()) == (before, 0)


def test_a_scope_is_a_remark_and_parts_nothing():
    row = replace(NEW, scope="vùng sâu, vùng xa")
    [fault] = faults_of(row, end_former=False)
    assert "chồng lên dòng từ 01/07/2026" in fault.message
    ended = replace(NEW, valid_from=date(2000, 1, 1), valid_to=date(2012, 7, 1))
    assert faults_of(ended, end_former=False) == []
    assert (
        "đến trước 01/07/2026"
        in faults_of(replace(ended, valid_to=date(2013, 1, 1)), end_former=False)[0].message
    )


def by_law(number, on, **more):
    return begin(number, on=on, parameter=parameter(KEY, on=on), **more)


def test_a_correction_moves_the_clocks_of_its_period_and_says_why(petitions):  # noqa: F811
    held, earlier = by_law(1, date(2026, 11, 25)), by_law(2, date(2026, 6, 1))
    extended, other = by_law(3, date(2026, 11, 25)), by_law(4, date(2026, 11, 25))
    extend_clock(extended, on=date(2026, 11, 26), document="QĐ 1", more=Term(2, "WD"), actor=None)
    change_kind_of_clock(
        other, on=date(2026, 11, 26), term=Term(30, "D"), reason="Là tố cáo", actor=None
    )
    [found] = foresee_parameter(CORRECTION)
    assert (found.held, found.old_due_on, found.new_due_on, found.passed) == (
        held, date(2026, 12, 4), date(2026, 12, 2), False,
    )  # fmt: skip
    made = set_parameter(CORRECTION, end_former=False, actor=None)
    held.refresh_from_db()
    earlier.refresh_from_db()
    assert (held.due_on, held.parameter) == (date(2026, 12, 2), made)
    assert held.due_on == held.original_due_on
    assert earlier.parameter != made
    [move] = ClockMove.objects.all()
    assert move.reason == "Thay tham số Thụ lý khiếu nại: 05 ngày làm việc (Nghị định 1/2026/NĐ-CP)"
    assert (move.parameter, move.calendar) == (made, None)
    assert [one.subject_id for one in petitions.told] == [1]
    assert clocks_that_differ() == []


def test_a_correction_that_moves_a_passed_deadline_asks_first():
    held = by_law(1, date(2026, 11, 10))
    before = rows()
    with pytest.raises(RuleError, match="hạn đã qua"):
        set_parameter(CORRECTION, end_former=False, actor=None)
    assert rows() == before
    set_parameter(CORRECTION, end_former=False, actor=None, passed_agreed=True)
    held.refresh_from_db()
    assert held.due_on == date(2026, 11, 17)


@pytest.mark.parametrize(
    "change", [{"unit": "persons"}, {"denominator": 3}, {"numerator": 0}, {"numerator": 7}]
)
def test_what_is_no_term_or_the_same_term_moves_nothing(change):
    by_law(1, date(2026, 11, 25))
    assert foresee_parameter(replace(CORRECTION, **change)) == []
    ended = replace(CORRECTION, valid_from=date(2026, 10, 1), valid_to=date(2026, 11, 1))
    assert foresee_parameter(ended) == []


def test_the_warnings_are_parameters_too():
    row = parameter("clock.warn.half", on=date(2026, 11, 27))
    assert row.value == "50% thời hạn đã qua"
    changed = ParameterRow(
        line=0, **{name: getattr(row, name) for name in NEW.body} | {"numerator": 30}
    )
    set_parameter(changed, end_former=False, actor=None)
    assert [str(share) for _, share in warning_rule(on=date(2026, 11, 27)).shares] == [
        "3/10",
        "4/5",
    ]
