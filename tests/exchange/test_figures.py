"""Values of another DHIS2: kept once, corrected by a vintage, and refused with every fault at its line."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.exchange.services import import_values
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval
from danvan.indicators.models import Indicator, Value
from danvan.indicators.selectors import roll_up
from danvan.indicators.services import raise_level, recompute_dirty
from danvan.organisations.models import UnitCode
from tests.exchange.made import (
    BIRTHS,
    COVERAGE,
    DISTRICT,
    MEN,
    NATION,
    OTHER,
    PEOPLE,
    SINCE,
    STOCKOUT,
    VISITS,
    WARD,
    WOMEN,
    bring,
    give,
    value,
    values,
)
from tests.factories.rivals import meanwhile
from tests.once import once, own

pytestmark = pytest.mark.django_db
_table = once(lambda: bring().table, DANVAN_TODAY=date(2026, 11, 30))


@pytest.fixture
def table(_table):
    return own(_table)


def unit(uid):
    return UnitCode.objects.get(system="dhis2", code=uid).unit_id


def indicator(code):
    return Indicator.objects.get(code=code.upper().replace("BIRTHSBIRT1", "DV-BIRTHS")).pk


def held(element, uid=WARD):
    rows = Value.objects.filter(indicator_id=indicator(element), unit_id=unit(uid))
    fields = ("first", "amount", "vintage", "current")
    return [
        (first.isoformat()[:7], amount, vintage, current)
        for first, amount, vintage, current in rows.order_by("first", "vintage").values_list(
            *fields
        )
    ]


def faults(table, *rows):
    before = Value.objects.count()
    with pytest.raises(RuleError) as refused:
        give(table, *rows)
    assert Value.objects.count() == before
    return [(fault.row, fault.message) for fault in refused.value.faults]


def test_zero_is_zero_and_nothing_is_not_known(table):
    report = give(
        table,
        value(BIRTHS, "202607", "0"),
        value(BIRTHS, "202608", ""),
        value(STOCKOUT, "202607", "true"),
        value(STOCKOUT, "202608", "false"),
    )
    assert (report.read, report.new) == (4, 4)
    assert held(BIRTHS) == [("2026-07", 0, 1, True), ("2026-08", None, 1, True)]
    assert [amount for _, amount, _, _ in held(STOCKOUT)] == [1, 0]


def test_the_same_again_changes_nothing_and_another_is_a_vintage(table):
    row = value(BIRTHS, "202607", "3", comment="  nói  thêm ")
    give(table, row)
    again = give(table, row)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    changed = give(table, value(BIRTHS, "202607", "4.0"), value(BIRTHS, "202608", "1E2"))
    assert (changed.new, changed.changed) == (1, 1)
    assert held(BIRTHS) == [
        ("2026-07", 3, 1, False), ("2026-07", 4, 2, True), ("2026-08", 100, 1, True),
    ]  # fmt: skip
    assert Value.objects.get(vintage=1, first=date(2026, 7, 1)).note == "nói thêm"


def test_what_was_deleted_there_is_not_known_here_and_keeps_its_history(table):
    give(table, value(BIRTHS, "202607", "3"))
    gone = value(BIRTHS, "202607", "3", deleted=True)
    report = give(table, gone, value(BIRTHS, "202608", "", deleted=True))
    assert (report.deleted, report.unchanged) == (1, 1)
    assert held(BIRTHS) == [("2026-07", 3, 1, False), ("2026-07", None, 2, True)]
    assert give(table, gone).unchanged == 1


def test_longer_periods_are_summed_in_their_last_month_and_averaged_in_each(table):
    give(
        table,
        value(BIRTHS, "2025Q1", "90"),
        value(BIRTHS, "2025Q2", "91"),
        value(PEOPLE, "2025", "1000"),
    )
    assert [(first, amount) for first, amount, _, _ in held(BIRTHS)] == [
        ("2025-03", 90), ("2025-06", 91),
    ]  # fmt: skip
    assert len(held(PEOPLE)) == 12
    recompute_dirty()
    nation, half = unit(NATION), Period.parse("2025-H1")
    births, people = indicator(BIRTHS), indicator(PEOPLE)
    figures = roll_up([births, people], [nation], half)
    assert (figures[births, nation].amount, figures[people, nation].amount) == (181, 1000)
    pk = indicator(COVERAGE)
    yearly = roll_up([pk], [nation], half)[pk, nation].amount
    assert round(yearly, 6) == round(Decimal(181) / 1000 * 100 * 365 / 181, 6)
    assert Value.objects.filter(indicator_id=births).first().note == (
        "Số từ tháng 1/2025 đến tháng 3/2025"
    )


def test_combos_sum_to_their_whole(table):
    give(
        table,
        value(VISITS, "202607", "3", categoryOptionCombo=WOMEN),
        value(VISITS, "202607", "4", categoryOptionCombo=MEN),
        value(VISITS, "202607", "5", unit=OTHER, categoryOptionCombo=WOMEN),
    )
    recompute_dirty()
    pk, month = indicator(VISITS), Period.parse("2026-07")
    units = [unit(WARD), unit(OTHER), unit(DISTRICT)]
    figures = roll_up([pk], units, month)
    # of the other ward nobody knows the men: its total is not known, that of the district is of what was given
    assert [figures[pk, one].amount for one in units] == [7, None, 12]


def test_every_fault_of_a_file_is_told_at_its_line_and_nothing_is_kept(table):
    told = faults(
        table,
        value(BIRTHS, "202607", "3"),
        value("whowhowhow1", "202607", "3"),
        value(VISITS, "202607", "3", categoryOptionCombo="whatwhatwh1"),
        value(BIRTHS, "202608", "1,5"),
        value(STOCKOUT, "202608", "perhaps"),
        value(BIRTHS, "2026W8", "1"),
        value(BIRTHS, "202609", "1", unit="nowherenow1"),
        value(BIRTHS, "201907", "1"),
        value(BIRTHS, "202607", "4"),
        value(BIRTHS, "202610", "1", attributeOptionCombo="projectproj"),
        value(BIRTHS, "202611", "1.1234567"),
        value(BIRTHS, "202612", "1e17"),
    )
    lines = [row for row, _ in told]
    assert sorted(lines) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    messages = dict(told)
    assert messages[3] == "values.json, dòng 3: phần tử whowhowhow1 không có trong bảng đối chiếu."
    assert "không có dấu phẩy" in messages[5]
    assert "không phải là true hoặc false" in messages[6]
    assert "là tuần" in messages[7]
    assert "không có đơn vị nowherenow1" in messages[8]
    assert "ở values.json, dòng 2" in messages[10]
    assert "nhóm thuộc tính projectproj" in messages[11]
    assert "không quá 6 chữ số thập phân" in messages[12]


def test_a_table_that_names_an_indicator_we_do_not_have_is_told(table):
    key = (BIRTHS, "")
    table.indicators[key] = type(table.indicators[key])("DV-404")
    [(row, message)] = faults(table, value(BIRTHS, "202607", "3"))
    assert (row, "chưa có chỉ số mã DV-404" in message) == (2, True)


def test_a_locked_value_is_not_replaced(table):
    give(table, value(BIRTHS, "202607", "3"))
    raise_level("exchange.dhis2", [7], Approval.LOCKED, actor=None)  # of other reports: nothing
    Value.objects.update(level=Approval.LOCKED)
    [(row, message)] = faults(table, value(BIRTHS, "202608", "1"), value(BIRTHS, "202607", "4"))
    assert (row, "đã chốt" in message) == (3, True)


def test_two_files_that_give_the_same_are_told_apart(table):
    first, second = (values(value(BIRTHS, "202607", amount))[0] for amount in "34")
    with pytest.raises(RuleError) as refused:
        import_values([first, ("second.json", second[1])], table, actor=None)
    assert refused.value.faults[0].message.startswith("second.json, dòng 2: đã có số của đơn vị")


def test_what_somebody_else_gives_at_the_same_moment_is_kept_as_the_vintage_before(table):
    with meanwhile("indicators_value", lambda: give(table, value(BIRTHS, "202607", "8"))):
        give(table, value(BIRTHS, "202607", "9"))
    assert held(BIRTHS) == [("2026-07", 8, 1, False), ("2026-07", 9, 2, True)]


def test_the_number_of_queries_does_not_grow_with_the_values(table, django_assert_max_num_queries):
    many = [
        value(BIRTHS, "202607", "1"),
        value(PEOPLE, "202607", "1"),
        value(STOCKOUT, "202607", "true"),
        *(value(one, "202607", "1", unit=OTHER) for one in (BIRTHS, PEOPLE, STOCKOUT)),
        value(VISITS, "202607", "1", categoryOptionCombo=MEN),
    ]
    with django_assert_max_num_queries(15):
        give(table, *many[:1])
    with django_assert_max_num_queries(15):
        give(table, *many[1:])
    assert date(2026, 7, 1) > SINCE
