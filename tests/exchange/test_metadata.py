"""Metadata of another DHIS2: what it becomes here, and what is listed because it becomes nothing."""

from datetime import date

import pytest

from danvan.exchange.counterparts import Counterpart, Counterparts
from danvan.exchange.services.definitions import GAPS
from danvan.foundation.errors import RuleError
from danvan.indicators.models import Indicator, IndicatorVersion
from danvan.indicators.services import define_indicator
from danvan.organisations.models import Unit, UnitVersion
from tests.exchange.made import (
    BIRTHS,
    COVERAGE,
    DISTRICT,
    MEN,
    NATION,
    PEOPLE,
    STOCKOUT,
    VISITS,
    WARD,
    WOMEN,
    bring,
    element,
    ratio,
    unit,
)
from tests.factories.province import Province

pytestmark = pytest.mark.django_db


def version(code):
    return IndicatorVersion.objects.get(indicator__code=code)


def left_out(report):
    return {one.uid: one.reason for one in report.left_out}


def state():
    return Unit.objects.count(), IndicatorVersion.objects.count()


def test_units_elements_and_ratios_come_in_with_their_meaning():
    report = bring()
    assert (report.units_founded, left_out(report)) == (4, {})
    births, people = version("DV-BIRTHS"), version(PEOPLE.upper())
    assert (births.kind, births.over_time, births.over_tree) == ("flow", "sum", "sum")
    assert (people.kind, people.over_time, people.over_tree) == ("stock", "average", "sum")
    coverage = version(COVERAGE.upper())
    assert (coverage.numerator, coverage.denominator) == (births.indicator, people.indicator)
    assert (coverage.factor, coverage.annualised, coverage.unit_label, coverage.places) == (
        100, True, "%", 1,
    )  # fmt: skip
    stockout = version(STOCKOUT.upper())
    assert (stockout.at_break, stockout.unit_label) == ("whole", "lần có")
    assert report.table.indicators[STOCKOUT, ""].values == "yesno"


def test_combos_are_indicators_and_their_whole_is_the_sum():
    report = bring()
    parts = [f"{VISITS}.{MEN}".upper(), f"{VISITS}.{WOMEN}".upper()]
    assert version(VISITS.upper()).formula == {"sum": parts}
    assert version(parts[1]).name == f"Số {VISITS}: Women"
    assert report.table.of(VISITS, WOMEN).code == parts[1]
    assert GAPS in report.notes


def test_what_was_brought_before_is_known_again_and_told_where_it_has_changed():
    bring()
    before = state()
    again = bring()
    assert (again.units_founded, again.units_known, again.defined, state()) == (0, 4, [], before)
    changed = bring(dataElements=[element(BIRTHS, "LAST", code="DV_BIRTHS")], indicators=[])
    assert changed.defined == []
    assert "DV-BIRTHS: định nghĩa trong tệp khác với lần nhập trước; không đổi." in changed.notes
    assert version("DV-BIRTHS").over_time == "sum"


def test_what_the_table_names_is_not_touched():
    province = Province()
    ours = define_indicator(
        code="DV-01", name="Số sinh", definition="Sinh sống", unit_label="trẻ", kind="flow",
        actor=None, valid_from=date(2020, 1, 1),
    )  # fmt: skip
    table = Counterparts(units={NATION: "00", DISTRICT: "40", WARD: "04020"})
    table.add(BIRTHS, "", Counterpart(ours.code))
    table.add(COVERAGE, "", Counterpart("DV-77"))
    report = bring(table)
    assert (report.units_known, report.units_founded) == (3, 1)  # a ward that we do not have
    assert report.known == [BIRTHS, COVERAGE]
    assert UnitVersion.objects.latest("pk").parent_id == province.place.pk
    assert not Indicator.objects.filter(code="DV-BIRTHS").exists()


def test_a_table_that_names_a_code_nobody_carries_is_refused():
    with pytest.raises(RuleError) as refused:
        bring(Counterparts(units={NATION: "99"}))
    assert [fault.message for fault in refused.value.faults] == [
        f"Bảng đối chiếu ghi đơn vị {NATION} là mã 99, nhưng sổ đơn vị không có mã ấy."
    ]


def test_a_code_that_is_another_indicator_here_is_not_taken_for_it():
    define_indicator(
        code="DV-BIRTHS", name="Khác", definition="Khác", unit_label="trẻ", kind="flow", actor=None,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    define_indicator(
        code=PEOPLE.upper(), name="Khác", definition="Khác", unit_label="trẻ", kind="flow",
        actor=None, valid_from=date(2020, 1, 1),
    )  # fmt: skip
    report = bring(indicators=[])
    assert report.table.of(BIRTHS, "").code == BIRTHS.upper()  # its uid, as its code is taken
    assert left_out(report) == {
        PEOPLE: f"mã {PEOPLE.upper()} đã là chỉ tiêu khác: ghi vào bảng đối chiếu nếu là một chỉ tiêu"
    }


def test_units_that_cannot_stand_here_are_listed_with_the_reason():
    report = bring(
        organisationUnits=[
            unit(NATION, 1),
            unit("secondtop01", 1),
            unit("orphanorph1", 3, "nobodynobo1"),
            unit("toodeepdee1", 9, NATION),
            unit("namelessna1", 2, NATION, name=""),
            unit("shutbefore1", 2, NATION, closedDate="2019-12-31"),
            unit("shutlater01", 2, NATION, closedDate="2022-12-31", openingDate="2010-05-01"),
            unit("belowshut01", 3, "shutlater01", openingDate="2023-06-01"),
        ]
    )
    told = left_out(report)
    assert sorted(told) == [
        "belowshut01", "namelessna1", "orphanorph1", "secondtop01", "shutbefore1", "toodeepdee1",
    ]  # fmt: skip
    assert told["secondtop01"].startswith("sổ đơn vị đã có đơn vị cao nhất")
    assert told["shutbefore1"] == "đóng trước khi mở"
    assert "nobodynobo1 không có trong tệp" in told["orphanorph1"]
    shut = UnitVersion.objects.get(name="Nơi shutlater01")
    assert (shut.valid_from, shut.valid_to) == (date(2020, 1, 1), date(2023, 1, 1))
    assert "mở trước đơn vị cấp trên; ghi từ ngày 01/01/2020" in report.notes[0]


def test_elements_that_are_no_figures_of_ours_are_listed_with_the_reason():
    report = bring(
        dataElements=[
            element("texttextte1", value_type="TEXT"),
            element("trackertra1", domainType="TRACKER"),
            element("stddevstdd1", "STDDEV"),
            element("namelessna1", name=""),
            element("longname001", name="x" * 400),
            element("noneofsex01", "NONE", combo="bysexbysex1"),
        ],
        indicators=[],
    )
    told = left_out(report)
    assert told["texttextte1"] == "kiểu TEXT không phải là số"
    assert "tracker" in told["trackertra1"]
    assert told["stddevstdd1"].startswith("Không nhận cách tổng hợp “STDDEV”")
    assert told["namelessna1"] == "không có mã hoặc tên"
    assert len(told) == 4
    assert any("chỉ có ở đúng đơn vị và tháng đã gửi" in note for note in report.notes)


def test_expressions_become_formulas_or_are_listed_with_the_reason():
    births, people = f"#{{{BIRTHS}}}", f"#{{{PEOPLE}}}"
    women, men = f"#{{{VISITS}.{WOMEN}}}", f"#{{{VISITS}.{MEN}}}"
    number = {"kind": "numberonly1"}
    report = bring(
        indicators=[
            ratio("sumsumsum01", f"{births} + {women} + {men}", "1", **number),
            ratio("sameassame1", births, "1", **number),
            ratio("timestimes1", f"2 * {births} - {women} * 0.5", people),
            ratio("partsparts1", f"{births} / 4", f"{people} / {births}"),
            ratio("thousandth1", births, "1000", **number),
            ratio("thirdthird1", births, "3", **number),
            ratio("onlyanumber", "-1", "1"),
            ratio("bynought001", births, "0"),
            ratio("yearlyyear1", births, "1", annualized=True),
            ratio("factorless1", births, people, kind="whowhowhow1"),
            ratio("productpro1", f"{births} * {people}", people),
            ratio("addsnumber1", f"{births} + 1", people),
            ratio("strangerst1", "#{whowhowhow1.menmenmenm1}", people),
            ratio("noexpressi1", "R{whowhowhow1.REPORTING_RATE}", people),
            ratio("sameoneone1", births, births),
        ]
    )
    women_code, men_code = f"{VISITS}.{WOMEN}".upper(), f"{VISITS}.{MEN}".upper()
    assert version("SUMSUMSUM01").formula == {"sum": ["DV-BIRTHS", women_code, men_code]}
    assert report.table.of("sameassame1", "").code == "DV-BIRTHS"  # no second one of the same
    assert version("TIMESTIMES1.N").formula == {
        "difference": [{"times": [2, "DV-BIRTHS"]}, {"times": [0.5, women_code]}]
    }
    assert version("PARTSPARTS1.N").formula == {"times": [0.25, "DV-BIRTHS"]}
    assert version("PARTSPARTS1.D").formula == {"divide": [PEOPLE.upper(), "DV-BIRTHS"]}
    assert version("THOUSANDTH1").formula == {"times": [0.001, "DV-BIRTHS"]}
    told = left_out(report)
    assert sorted(told) == [
        "addsnumber1", "bynought001", "factorless1", "noexpressi1", "onlyanumber", "productpro1",
        "sameoneone1", "strangerst1", "thirdthird1", "yearlyyear1",
    ]  # fmt: skip
    assert told["onlyanumber"] == "tử số không có số liệu nào, chỉ có hằng số"
    assert told["strangerst1"] == (
        "phần tử whowhowhow1.menmenmenm1 trong công thức không được nhận vào"
    )
    assert told["productpro1"] == "công thức nhân hai số liệu với nhau"
