"""The metadata and the 231 data values that DHIS2 exchanges in its own tests come in whole."""

import json
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from danvan.exchange.counterparts import Counterparts, read_counterparts, write_counterparts
from danvan.exchange.dhis2.values import read_values
from danvan.exchange.services import import_metadata, import_values
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.models import Indicator, IndicatorVersion, Value
from danvan.indicators.selectors import check_cube, roll_up
from danvan.indicators.services import recompute_dirty
from danvan.organisations.models import UnitCode, UnitVersion
from tests.exchange.dhis2 import content, needs_the_files
from tests.once import once, own

pytestmark = [pytest.mark.django_db, needs_the_files]
METADATA = ["aggregate-metadata.json", "setup-metadata.json"]
BULK = "dataValues_bulk.json"
SINCE = date(1970, 1, 1)
DISTRICT, NATION = "O6uvpzGd5pu", "ImspTQPwCqd"


def take(table):
    return import_metadata(
        [content(name) for name in METADATA], table, actor=None, valid_from=SINCE
    )


class Imported:
    def __init__(self):
        self.report = take(Counterparts())
        self.table = self.report.table
        self.values = import_values([content(BULK)], self.table, actor=None)
        recompute_dirty()


_imported = once(Imported, DANVAN_TODAY=date(2026, 11, 30))


@pytest.fixture
def imported(_imported):
    return own(_imported)


def given():
    """The values of the file, by element, combo and period."""
    rows = json.loads(content(BULK)[1])["dataValues"]
    return {
        (row["dataElement"], row["categoryOptionCombo"], row["period"]): row["value"]
        for row in rows
    }


def held():
    return Indicator.objects.count(), IndicatorVersion.objects.count(), UnitVersion.objects.count()


def unit(uid):
    return UnitCode.objects.get(system="dhis2", code=uid).unit_id


def test_units_stand_in_their_tree_since_they_opened(imported):
    assert (imported.report.units_founded, imported.report.units_known) == (5, 0)
    rows = UnitVersion.objects.order_by("valid_from", "level", "name")
    told = {
        one.name: (one.level, one.type_word, one.valid_from.isoformat(), one.valid_to)
        for one in rows
    }
    assert told == {
        "Sierra Leone": ("country", "national", "1994-01-01", None),
        "Bo": ("province", "district", "1994-01-01", None),
        "Badjia": ("district", "chiefdom", "1994-01-01", None),
        "Ngelehun CHC": ("commune", "facility", "1994-01-01", None),
        "Njandama MCHP": ("commune", "facility", "2009-01-01", None),
    }
    above = UnitVersion.objects.get(name="Badjia").parent_id
    assert (above, UnitVersion.objects.get(name="Bo").parent_id) == (unit(DISTRICT), unit(NATION))


def test_what_is_not_taken_over_is_listed_with_its_reason(imported):
    told = {one.uid: one.reason for one in imported.report.left_out}
    only_a_number = "tử số không có số liệu nào, chỉ có hằng số"
    assert told == {
        "vbZ5LGNfGyy": "số liệu theo dõi từng người (tracker), không phải số tổng hợp",
        "x2piMpdUU68": only_a_number,
        "xZPfJVUrSsm": only_a_number,
        "yobFlvQGbSO": only_a_number,
    }
    assert imported.report.unread["validationRules"] == 12


def test_elements_keep_their_ways_of_summing(imported):
    version = IndicatorVersion.objects.get(indicator__code="TA-MAL-POP-AT-RISK")
    assert (version.kind, version.over_time, version.over_tree) == ("stock", "average", "sum")
    aber = IndicatorVersion.objects.get(indicator__code="TA-MAL-ABER")
    assert (aber.kind, aber.factor, aber.annualised) == ("ratio", 100, True)
    assert aber.denominator.code == "TA-MAL-POP-AT-RISK"


def test_all_231_values_are_there(imported):
    assert imported.values.read == 231
    assert imported.values.new == 231 - 1 + 12  # the population of 2018 holds in each of its months
    by_code = defaultdict(set)
    for code, first, amount in Value.objects.values_list("indicator__code", "first", "amount"):
        by_code[code, first].add(amount)
    worth = {"true": 1, "false": 0}
    for (element, combo, period), value in given().items():
        code = imported.table.of(element, combo).code
        first = date(2018, 12, 1) if period == "2018" else date(2019, 12, 1)
        assert by_code[code, first] == {Decimal(worth.get(value, value))}


def test_every_total_is_the_sum_of_its_combos_at_the_district_and_the_nation(imported):
    """As DHIS2 sums them; what is not aggregated at all has no total above the unit that gave it."""
    sums = defaultdict(Decimal)
    for (element, _, period), value in given().items():
        if value not in ("true", "false"):
            sums[element, period] += Decimal(value)
    codes = {element: imported.table.of(element, "").code for element, _ in sums}
    ids = dict(Indicator.objects.values_list("code", "pk"))
    equal, none = 0, []
    for (element, period), wanted in sums.items():
        when = Period.parse("2018" if period == "2018" else "2019-12")
        pk = ids[codes[element]]
        figures = roll_up([pk], [unit(DISTRICT), unit(NATION)], when)
        assert figures[pk, unit(DISTRICT)].amount == wanted
        if figures[pk, unit(NATION)].amount is None:
            none.append(codes[element])
        else:
            assert figures[pk, unit(NATION)].amount == wanted
            equal += 1
    assert (equal, none) == (len(sums) - 1, ["TA-MAL-PF-MICR"])
    assert check_cube() == []


def plain(expression, period, values):
    """What DHIS2 makes of an expression: the sum over combos of each element it names, nothing as nought."""

    def figure(found):
        element, _, combo = found[1].partition(".")
        return str(
            sum(
                (
                    Decimal(value)
                    for key, value in values.items()
                    if key[0] == element and key[2] == period and (not combo or key[1] == combo)
                ),
                Decimal(0),
            )
        )

    return Decimal(eval(re.sub(r"#\{([\w.]+)\}", figure, expression).replace("\r", "")))


def test_the_ratios_are_those_of_dhis2s_own_expressions(imported):
    values = given()
    told = json.loads(content("aggregate-metadata.json")[1])
    factors = {one["id"]: one["factor"] for one in told["indicatorTypes"]}
    month, district = Period.parse("2019-12"), unit(DISTRICT)
    compared, unknown = 0, {}
    for one in told["indicators"]:
        counterpart = imported.table.of(one["id"], "")
        if counterpart is None:
            continue
        pk = Indicator.objects.get(code=counterpart.code).pk
        figure = roll_up([pk], [district], month)[pk, district]
        asked = set(re.findall(r"#\{(\w+)", one["numerator"] + one["denominator"]))
        lacking = asked - {element for element, _, period in values if period == "201912"}
        if lacking:
            assert figure.amount is None
            unknown[one["id"]] = lacking
            continue
        part, whole = (plain(one[key], "201912", values) for key in ("numerator", "denominator"))
        wanted = part * factors[one["indicatorType"]["id"]] / whole
        assert round(figure.amount, 9) == round(wanted, 9)
        compared += 1
    # The population was given for 2018 only, two thresholds never: DHIS2 has no figure of these either.
    assert (compared, unknown) == (
        13,
        {
            "SqFthnK8FJY": {"cOVhTyW8zN6"},
            "bA6kgEyRkg0": {"nwzSeTAxCGV"},
            "tIWGvDkU6lb": {"LhcXjWs6lm7"},
        },
    )


def test_the_same_files_again_change_nothing(imported):
    before, values = held(), Value.objects.count()
    again = take(read_counterparts(write_counterparts(imported.table).encode(), "table.csv"))
    assert (again.units_founded, again.units_known, again.defined) == (0, 5, [])
    fresh = take(Counterparts())  # without the table: known again by their uids
    assert (fresh.units_founded, fresh.defined) == (0, [])
    assert write_counterparts(fresh.table) == write_counterparts(imported.table)
    twice = import_values([content(BULK)], imported.table, actor=None)
    assert (twice.new, twice.changed, twice.unchanged) == (0, 0, 242)
    assert (held(), Value.objects.count()) == (before, values)


def test_the_csv_names_every_line_that_means_nothing_here(imported):
    with pytest.raises(RuleError) as refused:
        import_values([content("dataValues.csv")], imported.table, actor=None)
    faults = refused.value.faults
    assert [fault.row for fault in faults] == list(range(2, 34))
    assert faults[0].message == (
        "dataValues.csv, dòng 2: phần tử deabcdefghA không có trong bảng đối chiếu."
    )


@pytest.mark.parametrize(
    "text",
    [
        '{"kept": {"dataValues": [{"value": "9"}]}, "dataValues": []}',
        '{"dataValues": [{"value": "1"}], "dataValues": []}',
    ],
)
def test_a_file_with_two_lists_of_values_is_refused_and_neither_is_guessed(text):
    with pytest.raises(RuleError, match="nhiều danh sách"):
        read_values(text.encode(), "a.json")
