"""What DHIS2 printed comes out of our importer, cube and roll-up: 29 sums of districts, 9 of months, 2,052 ratios.

The rows of a peer's own tests are written as the files it exchanges, imported as anybody would, and read again.
"""

import json
from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from danvan.exchange.counterparts import Counterparts
from danvan.exchange.dhis2.periods import read_period
from danvan.exchange.services import import_metadata, import_values
from danvan.foundation.periods import Every, Period
from danvan.indicators.models import CubeCell, Indicator
from danvan.indicators.selectors import check_cube, roll_up
from danvan.indicators.services import recompute_dirty
from danvan.organisations.models import UnitCode
from tests.exchange.dhis2 import needs_the_files, printed
from tests.once import once, own

pytestmark = [pytest.mark.django_db, needs_the_files]
NATION = "ImspTQPwCqd"
KINDS = {"36500": ("percent", 100, True), "100": ("percent", 100, False), "1": ("one", 1, False)}


def uid(*words):
    """An id of DHIS2's form for something of ours to say: eleven letters, the same for the same words."""
    number = uid.given.setdefault(words, len(uid.given))
    return f"u{number:010}"


uid.given = {}


class Files:
    """A metadata file and a file of values, as DHIS2 writes them."""

    def __init__(self, units):
        self.units = [
            {
                "id": one, "name": f"Unit {one}", "level": level, "openingDate": "2000-01-01",
                **({"parent": {"id": above}} if above else {}),
            }
            for one, level, above in units
        ]  # fmt: skip
        self.elements, self.indicators, self.values = {}, {}, []

    def ratio(self, name, kind):
        """An indicator of two elements: one summed over months, the other a population that is not."""
        word, _, annualised = kind
        numerator, denominator, ratio = uid(name, kind, "n"), uid(name, kind, "d"), uid(name, kind)
        for one, way in ((numerator, "SUM"), (denominator, "AVERAGE_SUM_ORG_UNIT")):
            self.elements[one] = {
                "id": one, "name": f"{name} {way}", "valueType": "NUMBER", "domainType": "AGGREGATE",
                "aggregationType": way, "categoryCombo": {"id": "bjDvmb4bfuf"},
            }  # fmt: skip
        self.indicators[ratio] = {
            "id": ratio, "name": name, "annualized": annualised, "indicatorType": {"id": word},
            "numerator": f"#{{{numerator}}}", "denominator": f"#{{{denominator}}}",
        }  # fmt: skip
        return ratio, numerator, denominator

    def give(self, element, unit, period, value):
        row = {"dataElement": element, "orgUnit": unit, "period": period, "value": str(value)}
        self.values.append(row)

    def come_in(self):
        """Import both and sum the cube; the ids of indicators and units by their uid."""
        metadata = {
            "organisationUnits": self.units,
            "indicatorTypes": [{"id": "percent", "factor": 100}, {"id": "one", "factor": 1}],
            "dataElements": list(self.elements.values()),
            "indicators": list(self.indicators.values()),
        }
        report = import_metadata(
            [("metadata.json", json.dumps(metadata).encode())], Counterparts(), actor=None,
            valid_from=date(2000, 1, 1),
        )  # fmt: skip
        assert report.left_out == []
        content = json.dumps({"dataValues": self.values}).encode()
        read = import_values([("values.json", content)], report.table, actor=None)
        assert read.read == len(self.values)
        while recompute_dirty():
            pass
        codes = dict(Indicator.objects.values_list("code", "pk"))
        indicators = {key[0]: codes[one.code] for key, one in report.table.indicators.items()}
        units = dict(UnitCode.objects.filter(system="dhis2").values_list("code", "unit_id"))
        return indicators, units


def as_printed(amount, printed_words):
    """An amount with as many digits as were printed."""
    places = len(printed_words.partition(".")[2])
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def span(written):
    """The months of a period of DHIS2 as one period of ours."""
    months = read_period(written).months
    every = {3: Every.QUARTER, 12: Every.YEAR}.get(len(months), Every.MONTH)
    return Period(months[0].first, months[-1].end, every)


class Districts:
    """Thirteen districts of one nation, by month: what they gave of each indicator."""

    def __init__(self):
        told = printed("dhis2_rollups.json")
        self.rows = told["district_to_nation"]
        self.quarters = told["months_to_quarter"]
        names = sorted({name for row in self.rows for name in row["parts"]})
        files = Files([(NATION, 1, ""), *((name, 2, NATION) for name in names)])
        self.parts = {}
        for row in self.rows:
            # a year and its months are two readings of one thing: each its own indicator here
            name = row["indicator"] + ("" if len(row["period"]) == 6 else " year")
            ratio, numerator, denominator = files.ratio(name, KINDS["36500"])
            self.parts[row["indicator"], row["period"]] = (ratio, numerator)
            for unit, (part, whole) in row["parts"].items():
                files.give(numerator, unit, row["period"], part)
                files.give(denominator, unit, row["period"], whole)
        self.indicators, self.units = files.come_in()


_districts = once(Districts, DANVAN_TODAY=date(2026, 11, 30))


@pytest.fixture
def districts(_districts):
    return own(_districts)


def test_29_sums_of_the_districts_are_what_dhis2_printed_for_the_nation(districts):
    nation = districts.units[NATION]
    equal = 0
    for row in districts.rows:
        ratio, _ = districts.parts[row["indicator"], row["period"]]
        pk = districts.indicators[ratio]
        figure = roll_up([pk], [nation], span(row["period"]))[pk, nation]
        assert figure.numerator == sum(Decimal(part) for part, _ in row["parts"].values())
        assert figure.denominator == sum(Decimal(whole) for _, whole in row["parts"].values())
        words = str(row["value"])
        assert as_printed(figure.amount, words) == Decimal(words)
        equal += 1
    assert equal == 29
    assert CubeCell.objects.filter(unit_id=nation).exists()  # read from the cube, and it is right
    assert check_cube() == []


def test_9_sums_of_months_are_what_dhis2_printed_for_the_quarter(districts):
    nation = districts.units[NATION]
    equal = 0
    for row in districts.quarters:
        _, numerator = districts.parts[row["indicator"], row["numerators"][0][0]]
        pk = districts.indicators[numerator]
        figure = roll_up([pk], [nation], span(row["quarter"]))[pk, nation]
        assert figure.amount == Decimal(str(row["numerator"]))
        equal += 1
    assert equal == 9


def ratio_rows():
    """Every printed row that has a value, a numerator, a denominator and a factor, with where it stands."""
    known = ("value", "numerator", "denominator", "factor", "multiplier", "divisor", "pe", "dx")
    for test in printed("dhis2_expected.json"):
        headers = test["headers"]
        if "numerator" not in headers:
            continue
        for cells in test["rows"]:
            row = dict(zip(headers, cells, strict=True))
            if all(row[name] for name in known[:4]):
                where = tuple(f"{key} {row[key]}" for key in headers if key not in known)
                yield test["test"], where, row


class Ratios:
    """The printed rows as values of one unit for each place, facility type and test that they were asked for."""

    def __init__(self):
        self.rows = list(ratio_rows())
        places = {(test, where) for test, where, _ in self.rows}
        units = [(NATION, 1, ""), *((uid(*place), 3, NATION) for place in sorted(places))]
        files = Files(units)
        self.asked = defaultdict(list)  # by period: indicator, unit, row
        for test, where, row in self.rows:
            ratio, numerator, denominator = files.ratio(row["dx"], KINDS[row["multiplier"]])
            unit = uid(test, where)
            files.give(numerator, unit, row["pe"], row["numerator"])
            files.give(denominator, unit, row["pe"], row["denominator"])
            self.asked[row["pe"]].append((ratio, unit, row))
        self.indicators, self.units = files.come_in()


_ratios = once(Ratios, DANVAN_TODAY=date(2026, 11, 30))


@pytest.fixture
def ratios(_ratios):
    return own(_ratios)


def test_the_2052_ratios_are_what_dhis2_printed(ratios):
    found = Counter()
    for written, rows in ratios.asked.items():
        indicators = {ratios.indicators[ratio] for ratio, _, _ in rows}
        units = {ratios.units[unit] for _, unit, _ in rows}
        figures = roll_up(indicators, units, span(written))
        for ratio, unit, row in rows:
            figure = figures[ratios.indicators[ratio], ratios.units[unit]]
            assert figure.numerator == Decimal(row["numerator"])
            assert figure.denominator == Decimal(row["denominator"])
            equal = as_printed(figure.amount, row["value"]) == Decimal(row["value"])
            found["equal" if equal else (row["dx"], written, row["value"], figure.amount)] += 1
    assert found == {"equal": 2052}
