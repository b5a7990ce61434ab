"""Figures that units give: vintages, approval, what is refused, and what each costs."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.models import CubeCell, DirtyKey, Value
from danvan.indicators.selectors import values_of, vintages_of
from danvan.indicators.services import Entry, raise_level, record_values, redefine_indicator
from tests.factories.province import Province, make_grant, make_place, make_user
from tests.factories.rivals import meanwhile
from tests.indicators.figures import SINCE, a_ratio, an_indicator, give, month
from tests.indicators.test_defining import MEANING

pytestmark = pytest.mark.django_db
NOVEMBER = month("2026-11")


@pytest.fixture
def province():
    return Province()


def state():
    return (
        list(Value.objects.order_by("pk").values_list("amount", "vintage", "current", "level")),
        DirtyKey.objects.count(),
        AuditEntry.objects.count(),
    )


def test_a_value_says_who_gave_it_when_from_what_and_with_what(province):
    clerk, one = make_user(), an_indicator()
    [value] = record_values(
        province.communes[0].pk, NOVEMBER, [Entry(one.pk, Decimal("3.5"), Origin.ESTIMATED, " ước ")],
        actor=clerk, source_kind="reporting.submission", source_id=9,
    )  # fmt: skip

    value.refresh_from_db()
    assert (value.amount, value.origin, value.note) == (Decimal("3.5"), "estimated", "ước")
    assert (value.vintage, value.current, value.level) == (1, True, Approval.SENT)
    assert (value.source_kind, value.source_id) == ("reporting.submission", 9)
    assert (value.entered_by, value.first) == (clerk, NOVEMBER.first)
    assert values_of(province.communes[0].pk, NOVEMBER) == {one.pk: value}
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor, entry.action) == (clerk, "indicators.record_values")
    assert not CubeCell.objects.exists()  # left to the worker
    [key] = DirtyKey.objects.all()
    told = (key.indicator_id, key.unit_id, key.first)
    assert told == (one.pk, province.communes[0].pk, NOVEMBER.first)
    assert str(value) == str(key) == f"{one.pk}:{province.communes[0].pk}:2026-11-01"


def test_a_report_sent_again_is_the_next_vintage_of_every_value(province):
    one, two = an_indicator(), an_indicator("DV-02")
    commune = province.communes[0]
    give(commune, "2026-11", {one: 3, two: 5}, source=("r", 1), level=Approval.ACCEPTED)
    give(commune, "2026-11", {one: 4, two: 5}, source=("r", 2))

    rows = Value.objects.order_by("indicator_id", "vintage").values_list(
        "indicator_id", "vintage", "current", "amount", "level", "source_id"
    )
    assert list(rows) == [
        (one.pk, 1, False, 3, Approval.ACCEPTED, 1),
        (one.pk, 2, True, 4, Approval.SENT, 2),
        (two.pk, 1, False, 5, Approval.ACCEPTED, 1),
        (two.pk, 2, True, 5, Approval.SENT, 2),
    ]
    assert [value.vintage for value in vintages_of(one.pk, commune.pk, NOVEMBER)] == [2, 1]
    assert DirtyKey.objects.count() == 4


def test_a_report_without_figures_leaves_nothing(province):
    assert record_values(province.communes[0].pk, NOVEMBER, [], actor=None) == []
    assert state() == ([], 0, 0)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1000000000000000", "phải dưới 1.000.000.000.000.000"),
        ("-1000000000000000", "phải dưới"),
        ("1000000000.5", "chỉ ghi số nguyên"),
        ("0.1234567", "không quá 6 chữ số thập phân"),
        ("NaN", "một con số"),
        ("Infinity", "một con số"),
    ],
)
def test_an_amount_that_could_not_be_kept_exactly_is_refused(province, amount, words):
    one = an_indicator()
    before = state()
    with pytest.raises(RuleError, match=words):
        record_values(
            province.communes[0].pk, NOVEMBER,
            [Entry(one.pk, Decimal(amount), Origin.ENTERED)], actor=None,
        )  # fmt: skip
    assert state() == before


@pytest.mark.parametrize(
    "amount", ["999999999999999", "-999999999999999", "999999999.999999", "0.000001", "1E+3", "0"]
)
def test_an_amount_that_is_taken_in_is_read_again_as_it_was(province, amount):
    one = an_indicator()
    give(province.communes[0], "2026-11", {one: Decimal(amount)})
    assert Value.objects.get().amount == Decimal(amount)


def test_what_cannot_be_given_is_refused_by_row_and_nothing_is_written(province):
    one, two = an_indicator(), an_indicator("DV-02")
    share = a_ratio("DV-03", one, two)
    total = an_indicator("DV-04", formula={"sum": ["DV-01", "DV-02"]})
    later = an_indicator("DV-05", valid_from=month("2026-12").first)
    entries = [
        Entry(one.pk, Decimal(1), "rumour"),
        Entry(two.pk, Decimal(1), Origin.ENTERED, "a" * 301),
        Entry(share.pk, Decimal(50), Origin.ENTERED),
        Entry(total.pk, Decimal(2), Origin.COMPUTED),
        Entry(later.pk, Decimal(2), Origin.ENTERED),
        Entry(999_999, Decimal(2), Origin.ENTERED),
    ]
    before = state()
    with pytest.raises(RuleError, match="Chưa ghi được số liệu") as refused:
        record_values(province.communes[0].pk, NOVEMBER, entries, actor=None)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [
        (row, "amount") for row in range(1, 7)
    ]
    assert state() == before


def test_an_indicator_is_given_once_in_a_report(province):
    one = an_indicator()
    entry = Entry(one.pk, Decimal(1), Origin.ENTERED)
    with pytest.raises(RuleError, match="chỉ ghi một lần") as refused:
        record_values(province.communes[0].pk, NOVEMBER, [entry, entry], actor=None)
    assert [fault.row for fault in refused.value.faults] == [1, 2]


@pytest.mark.parametrize("code", ["2026", "2026-Q4", "2026-H2"])
def test_a_value_is_given_for_a_month(province, code):
    with pytest.raises(RuleError, match="từng tháng"):
        record_values(province.communes[0].pk, Period.parse(code), [], actor=None)


def test_a_unit_gives_nothing_for_a_month_whose_end_it_did_not_see(province):
    gone = make_place("Xã Cũ", under=province.place, ended=month("2026-11").last)
    one = an_indicator()
    give(gone, "2026-10", {one: 1})
    with pytest.raises(RuleError, match="ngày cuối tháng 11/2026"):
        give(gone, "2026-11", {one: 1})
    assert Value.objects.count() == 1


def test_the_second_of_two_reports_at_once_is_told_so_and_leaves_nothing(province):
    one, commune = an_indicator(), province.communes[0]
    before = state()
    with (
        meanwhile("indicators_value", lambda: give(commune, "2026-11", {one: 8})),
        pytest.raises(RuleError, match="vừa được người khác ghi"),
    ):
        give(commune, "2026-11", {one: 9})
    assert state() == before  # the other stood in the same transaction here


def test_approval_rises_falls_and_leaves_replaced_vintages_alone(province):
    one, specialist = an_indicator(), make_user()
    give(province.communes[0], "2026-11", {one: 1}, source=("r", 1))
    give(province.communes[1], "2026-11", {one: 2}, source=("r", 2))
    give(province.communes[0], "2026-11", {one: 3}, source=("r", 3))
    DirtyKey.objects.all().delete()

    assert raise_level("r", [1, 2, 3], Approval.LOCKED, actor=specialist) == 2
    assert raise_level("r", [1, 2, 3], Approval.LOCKED, actor=specialist) == 0
    assert raise_level("r", [2], Approval.SENT, actor=specialist) == 1
    assert raise_level("elsewhere", [2], Approval.LOCKED, actor=specialist) == 0

    levels = dict(Value.objects.values_list("source_id", "level"))
    assert levels == {1: Approval.SENT, 2: Approval.SENT, 3: Approval.LOCKED}
    assert DirtyKey.objects.count() == 3
    acts = AuditEntry.objects.filter(action="indicators.raise_level")
    assert [entry.actor for entry in acts] == [specialist] * 2


def test_a_later_version_lets_what_was_given_stand(province):
    one = an_indicator()
    give(province.communes[0], "2026-11", {one: 1})
    redefine_indicator(one, valid_from=month("2026-12").first, **MEANING)
    give(province.communes[0], "2026-12", {one: 2})
    assert list(Value.objects.values_list("amount", flat=True)) == [1, 2]


def test_twelve_values_cost_what_one_costs(province):
    many = [an_indicator(f"DV-{number:02}") for number in range(1, 13)]
    counts = []
    for commune, asked in zip(province.communes, (many[:1], many, many), strict=True):
        for amount in (1, 2):
            with CaptureQueriesContext(connection) as queries:
                give(commune, "2026-11", dict.fromkeys(asked, amount))
            counts.append(len([q for q in queries if "SAVEPOINT" not in q["sql"]]))
    assert counts == [6, 7] * 3  # the second marks what it replaces


def test_values_are_read_where_one_may(province):
    one = an_indicator()
    for commune in province.communes:
        give(commune, "2026-11", {one: 1})
    reader = make_grant(province.communes[1], "specialist")
    allowed = Value.objects.allowed(reader, "targets.view").current()
    assert [value.unit_id for value in allowed] == [province.communes[1].pk]
    assert NOVEMBER.first > SINCE


def test_a_locked_value_is_replaced_by_nothing_until_it_is_opened_again(province):
    one, two = an_indicator(), an_indicator("DV-02")
    commune = province.communes[0]
    give(commune, "2026-11", {one: 3}, source=("r", 1), level=Approval.LOCKED)
    before = state()

    with pytest.raises(RuleError, match="tháng 11/2026 của đơn vị này đã chốt"):
        give(commune, "2026-11", {one: 4, two: 5}, source=("another", 9))

    assert state() == before
    raise_level("r", [1], Approval.SENT, actor=None)
    give(commune, "2026-11", {one: 4, two: 5}, source=("another", 9))
    assert values_of(commune.pk, NOVEMBER)[one.pk].amount == 4
