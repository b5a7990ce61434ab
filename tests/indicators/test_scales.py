"""Qualitative indicators: a scale with each version, a step instead of an amount, and never a number."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.models import CubeCell, Indicator, IndicatorVersion, Value
from danvan.indicators.selectors import roll_up
from danvan.indicators.services import (
    Entry,
    break_down_indicator,
    define_breakdown,
    recompute_dirty,
    record_values,
    redefine_indicator,
)
from danvan.indicators.services.recording import Given, record_many
from tests.factories.province import Province
from tests.indicators.figures import SINCE, an_indicator
from tests.indicators.scales import JULY, SCALE, a_scale, give_steps, step_of

pytestmark = pytest.mark.django_db


def refused(**said):
    with pytest.raises(RuleError) as broken:
        a_scale(**said)
    assert not Indicator.objects.exists()
    return [(fault.column, fault.row, fault.message) for fault in broken.value.faults]


def test_a_scale_is_kept_with_its_version_in_order():
    version = a_scale().versions.get()

    assert (version.kind, version.over_time, version.over_tree) == ("quality", "none", "none")
    assert version.unit_label == "bậc"
    kept = version.steps.values_list("position", "name", "meaning")
    assert list(kept) == [(place, *step) for place, step in enumerate(SCALE, 1)]


def test_a_new_version_may_have_another_scale_and_the_old_one_stays():
    indicator = a_scale()
    redefine_indicator(
        indicator, valid_from=date(2026, 1, 1), name="Mức", definition="Tự đánh giá.", unit_label="",
        kind=MeasureKind.QUALITATIVE, actor=None, steps=[("Đạt", "Đủ."), ("Không đạt", "Thiếu.")],
    )  # fmt: skip

    named = [[step.name for step in one.steps.all()] for one in indicator.versions.all()]
    assert named == [[name for name, _ in SCALE], ["Đạt", "Không đạt"]]


def test_all_that_is_wrong_with_a_scale_is_told_at_its_step():
    found = refused(steps=[("Tốt", "Làm tốt."), ("tot", ""), ("", "x" * 401)])

    assert found == [
        ("steps", 1, "Bậc “Tốt” ghi hai lần."),
        ("steps", 2, "Bậc “tot” ghi hai lần."),
        ("steps", 2, "Bậc “tot”: đồng chí vui lòng ghi thế nào thì được bậc này, không quá 400 ký tự."),
        ("steps", 3, "Bậc thứ 3: đồng chí vui lòng ghi tên, không quá 60 ký tự."),
        ("steps", 3, "Bậc “3”: đồng chí vui lòng ghi thế nào thì được bậc này, không quá 400 ký tự."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"steps": SCALE[:1]}, "steps"),
        ({"kind": MeasureKind.FLOW, "unit_label": "cuộc"}, "steps"),
        ({"over_tree": "sum"}, "over_tree"),
        ({"over_time": "average"}, "over_tree"),
        ({"places": 1}, "over_tree"),
        ({"counter": "activities.dialogue"}, "over_tree"),
    ],
)
def test_what_would_make_a_number_of_it_is_refused(said, column):
    assert {where for where, _, _ in refused(**said)} == {column}


def test_nothing_is_worked_out_from_it_and_it_is_not_broken_down():
    scale, other = a_scale("DT-01"), an_indicator("DV-01")
    sexes = define_breakdown(name="Giới tính", options=[("NU", "Nữ"), ("NAM", "Nam")], actor=None)

    with pytest.raises(RuleError, match="Chỉ số định tính không có con số"):
        an_indicator("DV-09", formula={"sum": [scale.code, other.code]})
    with pytest.raises(RuleError, match="định tính nên không chia nhỏ"):
        break_down_indicator(scale, sexes, valid_from=SINCE, actor=None)
    assert IndicatorVersion.objects.count() == 2


class TestRecording:
    def test_a_step_is_kept_with_its_words_and_no_amount(self):
        province, scale = Province(2), a_scale()
        give_steps(scale, JULY, {province.communes[0]: "Tốt", province.communes[1]: None})

        kept = Value.objects.order_by("unit_id").values_list("step__name", "amount", "note")
        assert list(kept) == [("Tốt", None, "Vì sao"), (None, None, "")]

    @pytest.mark.parametrize(
        ("amount", "foreign", "told"),
        [
            (Decimal(3), False, "đồng chí vui lòng chọn bậc, không ghi số"),
            (None, True, "không có bậc này trong thang đang dùng"),
        ],
    )
    def test_a_number_or_a_step_of_another_scale_is_refused(self, amount, foreign, told):
        province, scale, other = Province(1), a_scale("DT-01"), a_scale("DT-02")
        step = step_of(other, "Tốt") if foreign else None
        entry = Entry(scale.pk, amount, Origin.ENTERED, "", step)

        with pytest.raises(RuleError, match=told):
            record_values(province.communes[0].pk, Period.parse(JULY), [entry], actor=None)
        assert not Value.objects.exists()

    def test_a_step_for_what_is_a_number_is_refused(self):
        province, flow = Province(1), an_indicator("DV-01")
        entry = Entry(flow.pk, None, Origin.ENTERED, "", step_of(a_scale(), "Tốt"))

        with pytest.raises(RuleError, match="không có bậc này"):
            record_values(province.communes[0].pk, Period.parse(JULY), [entry], actor=None)
        assert not Value.objects.exists()

    def test_a_file_of_figures_brings_no_step(self):
        province, scale = Province(1), a_scale()
        entry = Entry(scale.pk, None, Origin.ENTERED, "", step_of(scale, "Tốt"))
        given = Given(province.communes[0].pk, date(2026, 7, 1), entry)
        with pytest.raises(RuleError, match="không ghi từ tệp"):
            record_many([given], actor=None)
        assert not Value.objects.exists()

    def test_no_sum_of_steps_is_ever_made(self):
        province, scale = Province(3), a_scale()
        give_steps(scale, JULY, dict.fromkeys(province.communes, "Đạt"))
        recompute_dirty()

        place = province.place.pk
        figure = roll_up([scale.pk], [place], Period.parse(JULY))[scale.pk, place]
        assert figure.amount is None
        assert figure.why.startswith("Chỉ số định tính không có con số")
        cells = CubeCell.objects.filter(unit=province.place, level=Approval.SENT)
        assert list(cells.values_list("whole", "units", "asked")) == [(None, 0, 3)]
