"""Figures as files: every value once, with its status, and back again where the format can hold it."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from danvan.exchange.exports import DataValueSets, plain_csv, plain_number, sdmx_code, sdmx_csv
from danvan.exchange.selectors import observations
from danvan.exchange.selectors.observations import given_observations, rolled_observations
from danvan.exchange.selectors.requests import Request, read_request
from danvan.exchange.services import import_values
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.models import Indicator, Value
from danvan.indicators.services import recompute_dirty
from danvan.organisations.selectors.readings import Reading
from tests.exchange.made import (
    BIRTHS,
    DISTRICT,
    MEN,
    OTHER,
    PEOPLE,
    STOCKOUT,
    VISITS,
    WOMEN,
    bring,
    give,
    value,
)
from tests.factories.merging import Merger
from tests.factories.province import Province
from tests.indicators.figures import a_ratio, an_indicator
from tests.indicators.figures import give as report

pytestmark = pytest.mark.django_db
JULY = Period.parse("2026-07")


def rows(pieces):
    return list(csv.DictReader(io.StringIO("".join(pieces).lstrip("\ufeff"))))


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def meetings():
    return an_indicator("DV-02", places=0)


def _text(row):
    return json.dumps(row, sort_keys=True)


def told(found, *names):
    return [tuple(row[name] for name in names) for row in found]


def test_values_go_out_by_month_with_their_status_and_vintage(province, meetings):
    one, two, three = province.fronts
    report(one, "2026-07", {meetings: 3})
    report(one, "2026-07", {meetings: "4.5"})
    report(two, "2026-07", {meetings: None})
    report(three, "2026-08", {meetings: 6}, origin=Origin.ESTIMATED, level=Approval.ACCEPTED)
    period = Period(JULY.first, date(2026, 9, 1), Every.YEAR)
    found = rows(sdmx_csv(given_observations([meetings.pk], period)))
    names = (
        "REF_AREA",
        "INDICATOR",
        "TIME_PERIOD",
        "OBS_VALUE",
        "OBS_STATUS",
        "APPROVAL",
        "VINTAGE",
    )
    assert told(found, *names) == [
        ("04020-front_committee", "DV-02", "2026-07", "4.5", "A", "1", "2"),
        ("04021-front_committee", "DV-02", "2026-07", "", "M", "1", "1"),
        ("04022-front_committee", "DV-02", "2026-08", "6", "E", "3", "1"),
    ]
    assert told(found[:1], "STRUCTURE", "STRUCTURE_ID", "ACTION", "UNIT_MEASURE", "DECIMALS", "READING") == [
        ("dataflow", "DANVAN:DF_INDICATORS(1.0.0)", "I", "cuộc", "0", "khi-do")
    ]  # fmt: skip
    accepted = given_observations([meetings.pk], period, level=Approval.ACCEPTED)
    assert [one.amount for one in accepted] == [6]


def test_only_units_under_a_place_and_within_what_one_may_read_go_out(province, meetings):
    for place in [*province.fronts, province.front]:
        report(place, "2026-07", {meetings: 1})
    commune = province.communes[0].pk
    under = given_observations([meetings.pk], JULY, under=commune)
    assert [one.area.code for one in under] == ["04020-front_committee"]
    mine = Value.objects.filter(unit=province.fronts[1]).values("unit_id")
    within = given_observations([meetings.pk], JULY, within=mine)
    assert [one.area.name for one in within] == ["Ủy ban MTTQ Việt Nam Xã Con Cuông"]
    assert list(given_observations([meetings.pk], JULY, within=mine, under=commune)) == []


def test_rolled_figures_go_out_with_their_parts(province, meetings):
    asked = an_indicator("DV-03")
    share = a_ratio("DV-04", meetings, asked)
    report(province.fronts[0], "2026-07", {meetings: 1, asked: 3})
    report(province.fronts[1], "2026-07", {meetings: None})
    recompute_dirty()
    units = [province.place.pk, province.communes[1].pk, province.communes[2].pk]
    found = rolled_observations([share.pk, meetings.pk], units, [JULY])
    lines = rows(plain_csv(found))
    assert told(
        lines, "Mã đơn vị", "Mã số liệu", "Kỳ", "Giá trị", "Tử số", "Mẫu số", "Tình trạng"
    ) == [
        ("40", "DV-02", "2026-07", "1", "", "", ""),
        ("04021", "DV-02", "2026-07", "", "", "", "không có số liệu"),
        ("40", "DV-04", "2026-07", "33.333333", "1", "3", ""),
        ("04021", "DV-04", "2026-07", "", "", "", "không có số liệu"),
    ]


def test_what_a_reorganisation_apportioned_is_an_estimate(province, meetings):
    merger = Merger(province).found()
    report(merger.place, "2026-08", {meetings: 11})
    before = Reading(date(2026, 6, 30))
    units = [one.pk for one in merger.former]
    found = rolled_observations([meetings.pk], units, [Period.parse("2026-08")], reading=before)
    assert told(rows(sdmx_csv(found)), "REF_AREA", "OBS_VALUE", "OBS_STATUS", "READING") == [
        ("04020", "5.5", "E", "2026-06-30"),
        ("04021", "5.5", "E", "2026-06-30"),
    ]


def test_the_number_of_queries_does_not_grow_with_the_units(
    province, meetings, django_assert_num_queries
):
    report(province.fronts[0], "2026-07", {meetings: 1})
    with django_assert_num_queries(6):
        assert len(list(given_observations([meetings.pk], JULY))) == 1
    for front in province.fronts[1:]:
        report(front, "2026-07", {meetings: 1})
    with django_assert_num_queries(6):
        assert len(list(given_observations([meetings.pk], JULY))) == 3


def test_more_values_than_stand_in_memory_go_out_all(province, meetings, monkeypatch):
    for front in province.fronts:
        report(front, "2026-07", {meetings: 1, an_indicator(f"DV-1{front.pk}"): 2})
    monkeypatch.setattr(observations, "BATCH", 1)
    ids = list(Indicator.objects.values_list("pk", flat=True))
    units = [one.pk for one in province.communes]
    assert len(list(given_observations(ids, JULY))) == 6
    assert len(list(rolled_observations([meetings.pk], units, [JULY]))) == 3


def test_what_came_from_dhis2_goes_back_as_it_came():
    table = bring().table
    came = [
        value(BIRTHS, "202607", "3.5", comment="nói thêm"),
        value(STOCKOUT, "202607", "true"),
        value(STOCKOUT, "202607", "false", unit=OTHER),
        value(VISITS, "202607", "7", categoryOptionCombo=WOMEN),
        value(VISITS, "202608", "0", unit=DISTRICT, categoryOptionCombo=MEN),
    ]
    give(table, *came, value(PEOPLE, "202607", ""))
    ids = list(Indicator.objects.values_list("pk", flat=True))
    sets = DataValueSets(table)
    period = Period(JULY.first, date(2026, 9, 1), Every.YEAR)
    content = "".join(sets.pieces(given_observations(ids, period)))
    assert (sets.written, sets.missing, sets.unknown) == (5, 1, 0)
    sent = json.loads(content)["dataValues"]
    assert sorted(map(_text, sent)) == sorted(map(_text, came))
    back = import_values([("back.json", content.encode())], table, actor=None)
    assert (back.new, back.changed, back.unchanged) == (0, 0, 5)


def test_what_the_table_does_not_name_stays_here_and_is_counted(province, meetings):
    report(province.fronts[0], "2026-07", {meetings: 1})
    table = bring(organisationUnits=[]).table
    sets = DataValueSets(table)
    content = "".join(sets.pieces(given_observations([meetings.pk], JULY)))
    assert (json.loads(content), sets.unknown) == ({"dataValues": []}, 1)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, ""), (Decimal("0E-6"), "0"), (Decimal("-0.0000001"), "0"), (Decimal("1E3"), "1000"),
        (Decimal("2.50"), "2.5"), (Decimal("12345678901234567890.1234567"), "12345678901234567890.123457"),
    ],
)  # fmt: skip
def test_a_number_is_written_with_a_point_and_no_exponent(amount, text):
    assert plain_number(amount) == text


def test_codes_keep_apart_in_the_letters_of_sdmx():
    assert sdmx_code("ĐV-02.NU") == "$DV-02_NU"


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(province):
    risky = an_indicator("DV-05", name="=cmd()")
    report(province.fronts[0], "2026-07", {risky: 1})
    [row] = rows(plain_csv(given_observations([risky.pk], JULY)))
    assert row["Số liệu"] == "'=cmd()"


def test_a_request_is_read_from_words(province, meetings):
    share = a_ratio("DV-04", meetings, an_indicator("DV-03"))
    found = read_request(since="2026-01", until="2026-03")
    assert share.pk not in found.indicator_ids
    assert found.months.code == "2026"
    rolled = read_request(
        since="2026-02", until="2026-07", indicators=["DV-04"], under="40", rolled=True,
        every="quarter", reading="30/06/2026", level=2,
    )  # fmt: skip
    assert rolled.indicator_ids == [share.pk]
    assert rolled.unit_ids[0] == province.place.pk
    assert set(rolled.unit_ids[1:]) == {one.pk for one in province.communes}
    assert [one.code for one in rolled.periods()] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert rolled.reading == Reading(date(2026, 6, 30))
    everything = read_request(since="2026-01", until="2026-03", rolled=True)
    assert share.pk in everything.indicator_ids
    assert everything.unit_ids[0] == province.country.pk


def test_a_request_gives_its_figures(province, meetings):
    report(province.fronts[0], "2026-07", {meetings: 1})
    recompute_dirty()
    given = Request([meetings.pk], JULY)
    assert [one.amount for one in given.observations()] == [1]
    rolled = Request([meetings.pk], JULY, unit_ids=[province.country.pk], rolled=True)
    assert [(one.area.code, one.amount) for one in rolled.observations()] == [("00", 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "2026", "until": "2026-02"},
        {"since": "2026-03", "until": "2026-02"},
        {"since": "2026-13", "until": "2026-02"},
        {"since": "2026-01", "until": "2026-02", "under": "99"},
        {"since": "2026-01", "until": "2026-02", "indicators": ["DV-99"]},
        {"since": "2026-01", "until": "2026-02", "reading": "khi nào"},
    ],
)
def test_a_request_that_says_nothing_is_refused_in_words(province, wrong):
    with pytest.raises(ValueError, match=r"[.…”]"):
        read_request(**wrong)
