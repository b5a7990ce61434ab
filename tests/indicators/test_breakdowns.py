"""Indicators that are broken down: an indicator for each option, the whole given or summed, parts above the whole."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.foundation.periods import Period
from danvan.indicators.enums import MeasureKind, OverTree
from danvan.indicators.models import Breakdown, Indicator
from danvan.indicators.selectors import is_derived, parts_above_whole, parts_of, roll_up, version_on
from danvan.indicators.services import break_down_indicator, define_breakdown, recompute_dirty
from tests.factories.province import Province
from tests.indicators.figures import SINCE, an_indicator, give
from tests.once import once, own

pytestmark = pytest.mark.django_db
_province = once(Province)
province = own(_province)
YEAR, FROM = Period.parse("2026"), date(2026, 1, 1)


def by_sex(name="Giới tính", options=((" nu ", "Nữ"), ("NAM", "Nam"))):
    return define_breakdown(name=name, options=options, actor=None)


def test_each_option_is_an_indicator_that_means_what_the_whole_means():
    whole = an_indicator(kind=MeasureKind.STOCK, unit_label="người", name="Đoàn viên")
    women, men = break_down_indicator(whole, by_sex(), valid_from=FROM, actor=None)
    assert (women.code, men.code) == ("DV-01.NU", "DV-01.NAM")
    version = women.versions.get()
    assert (version.name, version.kind, version.valid_from) == ("Đoàn viên: Nữ", "stock", FROM)
    assert (version.over_time, version.unit_label) == ("last", "người")
    assert parts_of(whole.pk) == [women, men]
    assert [str(part.option) for part in parts_of(whole.pk)] == ["Nữ", "Nam"]
    assert str(Breakdown.objects.get()) == "Giới tính"
    assert not is_derived(version_on("DV-01", FROM))
    acts = AuditEntry.objects.values_list("action", flat=True)
    assert {"indicators.define_breakdown", "indicators.break_down"} <= set(acts)


def test_a_whole_may_be_the_sum_of_its_parts_from_the_day_on(province):
    whole = an_indicator(kind=MeasureKind.PERSONS)
    women, men = break_down_indicator(whole, by_sex(), valid_from=FROM, actor=None, computed=True)
    assert version_on("DV-01", FROM).formula == {"sum": ["DV-01.NU", "DV-01.NAM"]}
    assert version_on("DV-01", SINCE).formula is None
    commune = province.communes[0]
    give(commune, "2026-11", {women: 30, men: 12})
    figures = roll_up([whole.pk], [commune.pk, province.place.pk], Period.parse("2026-11"))
    assert figures[whole.pk, commune.pk].amount == 42
    assert figures[whole.pk, province.place.pk].amount is None


def test_known_parts_that_are_more_than_their_whole_are_told(province):
    whole = an_indicator()
    women, men = break_down_indicator(whole, by_sex(), valid_from=FROM, actor=None)
    ages = by_sex("Độ tuổi", (("TRE", "Dưới 30"), ("GIA", "Từ 30")))
    young, _ = break_down_indicator(whole, ages, valid_from=FROM, actor=None)
    first, second, third = province.communes
    give(first, "2026-11", {whole: 10, women: 6, men: 5, young: 3})
    give(second, "2026-11", {whole: 10, women: 6, men: None})
    give(third, "2026-11", {whole: None, women: 6})
    recompute_dirty()
    units = [first.pk, second.pk, third.pk, province.place.pk]
    found = parts_above_whole(whole.pk, units, YEAR)
    assert [(one.unit_id, one.breakdown, one.parts, one.whole) for one in found] == [
        (first.pk, "Giới tính", 11, 10),
        (province.place.pk, "Giới tính", 23, 20),
    ]
    assert found[0].words == (
        "Chia theo giới tính: các phần cộng lại 11, lớn hơn tổng 10; đồng chí vui lòng kiểm tra lại."
    )
    assert parts_above_whole(women.pk, units, YEAR) == []


@pytest.mark.parametrize(
    ("name", "options", "faults"),
    [
        ("", (("A", "a"), ("B", "b")), [(None, "name")]),
        ("Giới tính", (("A", "a"), ("B", "b")), [(None, "name")]),
        ("Tuổi", (("A", "a"),), [(None, "options")]),
        ("Tuổi", (("A", "a"), ("a", "b")), [(1, "code"), (2, "code")]),
        ("Tuổi", (("A.", "a"), ("B", " ")), [(1, "code"), (2, "name")]),
    ],
)
def test_a_breakdown_that_makes_no_sense_is_refused(name, options, faults):
    by_sex()
    with pytest.raises(RuleError, match="Chưa lập được cách chia nhỏ") as refused:
        by_sex(name, options)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == faults
    assert Breakdown.objects.count() == 1


def test_what_cannot_be_broken_down_is_refused_and_leaves_no_trace():
    sex = by_sex()
    whole, other = an_indicator(), an_indicator("DV-02", over_tree=OverTree.MOST)
    total = an_indicator("DV-03", formula={"sum": ["DV-01", "DV-02"]})
    long = an_indicator("A" * 28, name="b" * 299)
    break_down_indicator(whole, sex, valid_from=FROM, actor=None)
    before = Indicator.objects.count()
    for indicator, day, computed, words in (
        (whole, FROM, False, "DV-01.NAM, DV-01.NU đã dùng rồi"),
        (whole, date(2020, 1, 1), False, "không có hiệu lực vào ngày 01/01/2020"),
        (other, FROM, True, "tổng không tính được từ các phần"),
        (total, FROM, False, "được tính từ các chỉ số khác"),
        (long, FROM, False, "dài quá 30 ký tự"),
        (long, FROM, False, "dài quá 300 ký tự"),
    ):
        with pytest.raises(RuleError, match=words):
            break_down_indicator(indicator, sex, valid_from=day, actor=None, computed=computed)
    assert Indicator.objects.count() == before
