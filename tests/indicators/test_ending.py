"""An indicator that is measured no longer, and what forbids it."""

from datetime import date

import pytest

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.indicators.enums import MeasureKind
from danvan.indicators.models import IndicatorVersion
from danvan.indicators.selectors import indicators_on, uses_of
from danvan.indicators.services import (
    add_option,
    break_down_indicator,
    define_breakdown,
    end_indicator,
    redefine_indicator,
)
from tests.factories.province import Province
from tests.indicators.figures import SINCE, a_ratio, an_indicator
from tests.indicators.goals import a_goal

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


def test_it_ends_on_the_day_and_what_was_before_stays():
    one = an_indicator()

    end_indicator(one, on=DAY, actor=None)

    assert one.versions.get().valid_to == DAY
    assert [each.indicator_id for each in indicators_on(date(2026, 6, 30))] == [one.pk]
    assert indicators_on(DAY) == []
    assert AuditEntry.objects.filter(action="indicators.end").count() == 1


@pytest.mark.parametrize(
    ("on", "told"),
    [(SINCE, "có hiệu lực từ ngày 01/01/2025"), (date(2020, 1, 1), "chọn ngày sau ngày đó")],
)
def test_a_day_before_it_began_is_refused(on, told):
    one = an_indicator()
    with pytest.raises(RuleError, match=told):
        end_indicator(one, on=on, actor=None)
    assert one.versions.get().valid_to is None


def test_what_has_ended_ends_only_earlier():
    one = an_indicator()
    end_indicator(one, on=DAY, actor=None)

    with pytest.raises(RuleError, match="đã hết hiệu lực"):
        end_indicator(one, on=date(2026, 8, 1), actor=None)
    end_indicator(one, on=date(2026, 6, 1), actor=None)
    assert one.versions.get().valid_to == date(2026, 6, 1)


def test_all_that_still_needs_it_is_named():
    province = Province(1)
    part, whole = an_indicator("DV-01"), an_indicator("ĐV-02")
    a_ratio("TL-01", part, whole)
    an_indicator("DV-03", formula={"sum": ["DV-01", "ĐV-02"]})
    a_goal(province.place, whole, goal=10)

    with pytest.raises(RuleError) as broken:
        end_indicator(whole, on=DAY, actor=None, asked_by=["Biểu 1", "Biểu 2", "Biểu 3", "Biểu 4"])

    told = broken.value.message
    assert "“DV-03”; “TL-01”" in told
    assert "Còn chỉ tiêu dùng nó để đo" in told
    assert "“Biểu 1”; “Biểu 2”; “Biểu 3” và 1 nữa" in told
    assert whole.versions.get().valid_to is None


def test_what_was_built_on_it_and_has_ended_is_no_use_any_more():
    part, whole = an_indicator("DV-01"), an_indicator("DV-02")
    ratio = a_ratio("TL-01", part, whole)
    like = an_indicator("DV-022")
    an_indicator("DV-03", formula={"sum": ["DV-01", like.code]})
    assert [one.indicator for one in uses_of(whole, on=clock.today()).built] == [ratio]

    end_indicator(ratio, on=DAY, actor=None)

    assert uses_of(whole, on=DAY).built == []
    end_indicator(whole, on=DAY, actor=None)
    assert whole.versions.get().valid_to == DAY


class TestAnotherOption:
    def broken_down(self, *, computed=True):
        ages = define_breakdown(name="Tuổi", options=[("TRE", "Trẻ"), ("GIA", "Già")], actor=None)
        whole = an_indicator("DV-02")
        break_down_indicator(whole, ages, valid_from=SINCE_2026, actor=None, computed=computed)
        return ages, whole

    def test_the_sum_gets_the_new_part_from_the_day(self):
        ages, whole = self.broken_down()

        add_option(ages, code="tn", name="Trung niên", valid_from=DAY, actor=None)

        sums = [one.formula for one in whole.versions.all()]
        assert sums == [
            None, {"sum": ["DV-02.TRE", "DV-02.GIA"]}, {"sum": ["DV-02.TRE", "DV-02.GIA", "DV-02.TN"]},
        ]  # fmt: skip
        part = IndicatorVersion.objects.get(indicator__code="DV-02.TN")
        assert (part.name, part.valid_from) == ("Số cuộc DV-02: Trung niên", DAY)
        assert part.indicator.whole == whole

    def test_a_whole_that_is_given_stays_given(self):
        ages, whole = self.broken_down(computed=False)

        add_option(ages, code="TN", name="Trung niên", valid_from=DAY, actor=None)

        assert whole.versions.get().formula is None
        assert whole.broken_down.count() == 3

    def test_what_is_measured_no_longer_gets_no_part(self):
        ages, whole = self.broken_down(computed=False)
        end_indicator(whole, on=DAY, actor=None)

        add_option(ages, code="TN", name="Trung niên", valid_from=DAY, actor=None)

        assert whole.broken_down.count() == 2
        assert ages.options.count() == 3

    @pytest.mark.parametrize(
        ("said", "column"),
        [
            ({"code": "?", "name": "Khác"}, "code"),
            ({"code": "TRE", "name": "Khác"}, "code"),
            ({"code": "KH", "name": " "}, "name"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_added(self, said, column):
        ages, _ = self.broken_down()
        with pytest.raises(RuleError) as broken:
            add_option(ages, **said, valid_from=DAY, actor=None)
        assert [fault.column for fault in broken.value.faults] == [column]
        assert ages.options.count() == 2

    def test_no_breakdown_has_parts_without_end(self):
        options = [(f"P{number}", f"Phần {number}") for number in range(100)]
        many = define_breakdown(name="Dân tộc", options=options, actor=None)
        with pytest.raises(RuleError, match="từ 2 đến 100 phần"):
            add_option(many, code="KHAC", name="Khác", valid_from=DAY, actor=None)
        assert many.options.count() == 100

    def test_a_part_that_cannot_be_made_adds_nothing(self):
        ages, _ = self.broken_down(computed=False)
        an_indicator("DV-02.TN")
        with pytest.raises(RuleError, match=r"DV-02\.TN đã dùng rồi"):
            add_option(ages, code="TN", name="Trung niên", valid_from=DAY, actor=None)
        assert ages.options.count() == 2


SINCE_2026 = date(2026, 1, 1)


def test_one_that_begins_again_after_its_end_was_not_measured_between():
    one = an_indicator()
    end_indicator(one, on=DAY, actor=None)

    redefine_indicator(
        one, valid_from=date(2026, 9, 1), name="Số cuộc", definition="Đếm lại.", unit_label="cuộc",
        kind=MeasureKind.FLOW, actor=None,
    )  # fmt: skip

    assert indicators_on(date(2026, 8, 31)) == []
    assert [each.number for each in indicators_on(date(2026, 9, 1))] == [2]
