"""What is told in numbers is told in steps from a day on only where nothing that was sent, or is built on it, is lost."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.indicators.enums import MeasureKind
from danvan.indicators.services import redefine_indicator
from danvan.reporting.selectors.forms import questions_for
from tests.factories.province import Province
from tests.indicators.figures import a_ratio, an_indicator, give
from tests.indicators.goals import a_goal
from tests.indicators.scales import SCALE, a_scale, give_steps
from tests.reporting.months import Month

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)


def into_steps(indicator, day):
    said = {"unit_label": "", "kind": MeasureKind.QUALITATIVE, "steps": SCALE}
    return redefine_indicator(
        indicator, valid_from=day, name="Chất lượng", definition="Tự đánh giá.", actor=None, **said
    )


def into_numbers(indicator, day):
    said = {"unit_label": "cuộc", "kind": MeasureKind.FLOW}
    return redefine_indicator(
        indicator, valid_from=day, name="Số cuộc", definition="Đếm.", actor=None, **said
    )


def test_figures_that_were_given_stay_figures():
    unit, one = Province(1).communes[0], an_indicator()
    give(unit, "2026-07", {one: 5})

    with pytest.raises(RuleError, match="đã có số liệu đến tháng 7/2026") as refused:
        into_steps(one, JULY)
    assert [fault.column for fault in refused.value.faults] == ["kind"]
    assert one.versions.count() == 1

    assert into_steps(one, date(2026, 8, 1)).kind == MeasureKind.QUALITATIVE


def test_steps_that_were_given_stay_steps():
    unit, scale = Province(1).communes[0], a_scale()
    give_steps(scale, "2026-07", {unit: "Tốt"})

    with pytest.raises(RuleError, match="không đọc được nữa"):
        into_numbers(scale, date(2026, 7, 15))
    assert into_numbers(scale, date(2026, 8, 1)).kind == MeasureKind.FLOW


def test_what_is_built_on_it_or_held_to_it_is_named():
    province = Province(1)
    part, whole = an_indicator("DV-01"), an_indicator("DV-02")
    a_ratio("DV-03", part, whole)
    a_goal(province.place, part, title="Ba cuộc mỗi năm")

    with pytest.raises(RuleError, match="DV-03; Ba cuộc mỗi năm") as refused:
        into_steps(part, JULY)
    assert [fault.column for fault in refused.value.faults] == ["kind"]


def test_a_month_that_is_open_and_holds_no_values_is_asked_in_steps_from_then_on():
    month = Month(1)
    money = month.indicators["DV-07"]
    assert questions_for(month.first).by_code["ty-dong"].steps == ()
    into_steps(money, date(2026, 11, 1))
    asked = questions_for(month.first).by_code["ty-dong"]
    assert [one.name for one in asked.steps] == [name for name, _ in SCALE]
