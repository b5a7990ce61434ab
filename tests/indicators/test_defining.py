"""What is measured: defining indicators, new versions, and definitions that make no sense."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.indicators.enums import MeasureKind, OverTime, OverTree
from danvan.indicators.models import Indicator, IndicatorVersion
from danvan.indicators.selectors import (
    indicators_by_code,
    indicators_on,
    is_derived,
    version_on,
    versions_for,
)
from danvan.indicators.services import redefine_indicator
from tests.factories.province import make_user
from tests.indicators.figures import SINCE, a_ratio, an_indicator

pytestmark = pytest.mark.django_db
MEANING = {
    "name": "Số cuộc đối thoại", "definition": "Kể cả đối thoại đột xuất.", "unit_label": "cuộc",
    "kind": MeasureKind.FLOW, "actor": None,
}  # fmt: skip


SIDES = {"numerator": "DV-01", "denominator": "DV-03"}


def deep(brackets):
    formula = "DV-01"
    for _ in range(brackets):
        formula = {"times": [2, formula]}
    return formula


def test_an_indicator_is_kept_with_its_first_version():
    specialist = make_user()
    made = an_indicator(
        " dv-02 ", name=" Số cuộc đối thoại ", counter="activities.dialogue", places=1,
        source_symbol="217-QĐ/TW", actor=specialist,
    )  # fmt: skip

    assert (made.code, str(made)) == ("DV-02", "DV-02")
    version = made.versions.get()
    assert str(version) == version.name == "Số cuộc đối thoại"
    assert (version.number, version.valid_from, version.valid_to) == (1, SINCE, None)
    assert (version.over_time, version.places) == (OverTime.SUM, 1)
    assert (version.counter, version.source_symbol) == ("activities.dialogue", "217-QĐ/TW")
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (specialist, "indicators.define")


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        (MeasureKind.FLOW, None, OverTime.SUM),
        (MeasureKind.STOCK, None, OverTime.LAST),
        (MeasureKind.STOCK, OverTime.SUM, OverTime.SUM),
        (MeasureKind.FLOW, OverTime.LAST, OverTime.LAST),
    ],
)
def test_a_flow_is_summed_over_time_and_a_stock_takes_the_last_unless_said(kind, said, kept):
    assert an_indicator(kind=kind, over_time=said).versions.get().over_time == kept


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"code": "dân vận"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "DV-01"}, "code"),
        ({"name": " "}, "name"),
        ({"name": "a" * 301}, "name"),
        ({"definition": ""}, "definition"),
        ({"unit_label": ""}, "unit_label"),
        ({"source_symbol": "a" * 81}, "source_symbol"),
        ({"kind": "guess"}, "kind"),
        ({"over_time": "median"}, "over_time"),
        ({"places": 7}, "places"),
        ({"places": -1}, "places"),
        ({"counter": "activities.unheard"}, "counter"),
        ({"kind": MeasureKind.RATIO}, "numerator"),
        ({"kind": MeasureKind.RATIO, "numerator": "DV-01"}, "numerator"),
        ({"kind": MeasureKind.RATIO, "numerator": "DV-01", "denominator": "DV-01"}, "numerator"),
        ({"kind": MeasureKind.RATIO, "numerator": "DV-01", "denominator": "DV-77"}, "numerator"),
        ({"kind": MeasureKind.RATIO, "numerator": "DV-01", "denominator": "DV-90"}, "formula"),
        ({"numerator": "DV-01"}, "numerator"),
        ({"over_tree": "median"}, "over_tree"),
        ({"kind": MeasureKind.PERSONS, "over_time": OverTime.SUM}, "over_tree"),
        ({"kind": MeasureKind.PERSONS, "over_tree": OverTree.SUM}, "over_tree"),
        ({"factor": 1_000}, "factor"),
        ({"annualised": True}, "factor"),
        ({"kind": MeasureKind.RATIO, **SIDES, "factor": 0}, "factor"),
        ({"kind": MeasureKind.RATIO, **SIDES, "unit_label": "", "factor": 7}, "unit_label"),
        ({"kind": MeasureKind.RATIO, **SIDES, "formula": {"sum": ["DV-01", "DV-03"]}}, "numerator"),
        ({"valid_from": date(2024, 1, 1), "formula": {"sum": ["DV-01", "DV-03"]}}, "formula"),
        ({"valid_from": date(2024, 1, 1), "kind": MeasureKind.RATIO, **SIDES}, "numerator"),
        ({"formula": {"product": ["DV-01", "DV-03"]}}, "formula"),
        ({"formula": {"sum": ["DV-01"] * 101}}, "formula"),
        ({"formula": {"times": ["DV-01", "DV-03"]}}, "formula"),
        ({"formula": {"times": [True, "DV-03"]}}, "formula"),
        ({"formula": {"times": [0, "DV-03"]}}, "formula"),
        ({"formula": {"times": [float("nan"), "DV-03"]}}, "formula"),
        ({"formula": {"times": [2, "DV-03", "DV-01"]}}, "formula"),
        ({"formula": {"divide": ["DV-01", "DV-03", "DV-01"]}}, "formula"),
        ({"formula": deep(12)}, "formula"),
        ({"formula": {"sum": "DV-01"}}, "formula"),
        ({"formula": {"sum": ["DV-01"]}}, "formula"),
        ({"formula": {"sum": ["DV-01", 3]}}, "formula"),
        ({"formula": {"sum": ["DV-01", "DV-77"]}}, "formula"),
        ({"formula": {"sum": ["DV-01", "DV-90"]}}, "formula"),
        ({"formula": {"sum": ["DV-01", "DV-03"]}, "counter": "activities.dialogue"}, "formula"),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused_and_leaves_no_trace(changes, column):
    one, other = an_indicator(), an_indicator("DV-03")
    a_ratio("DV-90", one, other)
    before = (
        Indicator.objects.count(),
        IndicatorVersion.objects.count(),
        AuditEntry.objects.count(),
    )
    with pytest.raises(RuleError, match="Chưa lập được chỉ số") as refused:
        an_indicator(**{"code": "DV-02"} | changes)
    assert [fault.column for fault in refused.value.faults] == [column]
    after = (
        Indicator.objects.count(),
        IndicatorVersion.objects.count(),
        AuditEntry.objects.count(),
    )
    assert after == before


def test_all_faults_are_told_at_once():
    with pytest.raises(RuleError) as refused:
        an_indicator(code="", name="", definition="", unit_label="", kind="", places=9)
    columns = [fault.column for fault in refused.value.faults]
    assert columns == ["code", "name", "definition", "unit_label", "kind", "places"]


def test_a_change_of_meaning_is_a_new_version_and_the_old_one_ends_that_day():
    made = an_indicator()
    second = redefine_indicator(made, valid_from=date(2026, 7, 1), **MEANING)

    first = made.versions.get(number=1)
    assert (first.valid_to, second.number, second.valid_to) == (date(2026, 7, 1), 2, None)
    assert version_on("DV-01", date(2026, 6, 30)) == first
    assert version_on("DV-01", date(2026, 7, 1)) == second
    assert version_on("DV-01", date(2024, 12, 31)) is None
    assert version_on("DV-99", date(2026, 7, 1)) is None
    assert AuditEntry.objects.latest("pk").action == "indicators.redefine"


@pytest.mark.parametrize("day", [SINCE, date(2024, 1, 1)])
def test_a_new_version_begins_after_the_one_before(day):
    made = an_indicator()
    with pytest.raises(RuleError, match="01/01/2025") as refused:
        redefine_indicator(made, valid_from=day, **MEANING)
    assert [fault.column for fault in refused.value.faults] == ["valid_from"]
    assert made.versions.count() == 1
    assert made.versions.get().valid_to is None


def test_an_indicator_without_a_version_gets_its_first():
    bare = Indicator.objects.create(code="DV-05")
    assert redefine_indicator(bare, valid_from=SINCE, **MEANING).number == 1


def test_a_formula_never_comes_back_to_itself():
    base, other = an_indicator("DV-01"), an_indicator("DV-02")
    total = an_indicator("DV-10", formula={"sum": ["DV-01", {"difference": ["DV-02", "DV-01"]}]})
    an_indicator("DV-11", formula={"sum": ["DV-10", "DV-02"]})
    with pytest.raises(RuleError, match="chính nó: DV-01 → DV-11 → DV-10 → DV-01"):
        redefine_indicator(
            base, valid_from=date(2026, 1, 1), **MEANING, formula={"sum": ["DV-11", "DV-02"]}
        )
    assert is_derived(total.versions.get())
    assert not is_derived(other.versions.get())


def test_figures_are_not_stacked_without_end():
    an_indicator("DV-00")
    for storey in range(1, 9):
        an_indicator(f"DV-0{storey}", formula={"times": [2, f"DV-0{storey - 1}"]})
    with pytest.raises(RuleError, match="chồng quá 8 tầng"):
        an_indicator("DV-09", formula={"sum": ["DV-08", "DV-01"]})


def test_what_is_wrong_with_a_formula_is_told_at_once():
    ended = an_indicator("DV-01")
    IndicatorVersion.objects.filter(indicator=ended).update(valid_to=date(2025, 6, 1))
    share = a_ratio("DV-03", an_indicator("DV-02"), an_indicator("DV-04"))
    formula = {"sum": ["DV-01", "DV-77", share.code, "DV-78"]}
    with pytest.raises(RuleError) as refused:
        an_indicator("DV-05", formula=formula, valid_from=date(2026, 1, 1))
    told = [fault.message for fault in refused.value.faults]
    assert "DV-77, DV-78" in told[0]
    assert "DV-01 không có hiệu lực vào ngày 01/01/2026" in told[1]
    assert "tỷ lệ" in told[2]


def test_a_ratio_in_thousands_is_per_mille():
    one, two = an_indicator("DV-01"), an_indicator("DV-02")
    rate = a_ratio("DV-03", one, two, unit_label="", factor=1_000, annualised=True)
    version = rate.versions.get()
    assert (version.unit_label, version.factor, version.annualised) == ("‰", 1_000, True)


def test_what_is_measured_on_a_day():
    one = an_indicator("DV-02")
    two = an_indicator("DV-01", valid_from=date(2026, 1, 1))
    share = a_ratio("DV-03", one, an_indicator("DV-04"), unit_label="")

    def measured(day):
        return [version.indicator.code for version in indicators_on(day)]

    assert measured(date(2024, 1, 1)) == []
    assert measured(date(2025, 5, 5)) == ["DV-02", "DV-03", "DV-04"]
    assert measured(date(2026, 5, 5)) == ["DV-01", "DV-02", "DV-03", "DV-04"]
    # Asked about before its first day, an indicator means what it will mean.
    assert versions_for([two.pk], date(2020, 1, 1)) == {two.pk: two.versions.get()}
    assert indicators_by_code(["DV-02", "DV-99"]) == {"DV-02": one}
    assert share.versions.get().unit_label == "%"
