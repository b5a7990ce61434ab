"""Small files of DHIS2, made for the tests."""

import json
from datetime import date

from danvan.exchange.counterparts import Counterparts
from danvan.exchange.services import import_metadata, import_values

SINCE = date(2020, 1, 1)
NATION, DISTRICT, WARD, OTHER = "nation00001", "district001", "wardwardw01", "wardwardw02"
BIRTHS, PEOPLE, STOCKOUT, VISITS = "birthsbirt1", "peoplepeop1", "stockoutst1", "visitsvisi1"
WOMEN, MEN = "womenwomen1", "menmenmenm1"
COVERAGE = "coveragecov"


def unit(uid, level, parent="", **more):
    above = {"parent": {"id": parent}} if parent else {}
    opened = {"openingDate": "2020-01-01T00:00:00.000"}
    return {"id": uid, "name": f"Nơi {uid}", "level": level} | above | opened | more


def element(uid, aggregation="SUM", value_type="INTEGER", combo="plaincombo1", **more):
    return {
        "id": uid, "name": f"Số {uid}", "aggregationType": aggregation, "valueType": value_type,
        "domainType": "AGGREGATE", "categoryCombo": {"id": combo},
    } | more  # fmt: skip


def ratio(uid, numerator, denominator, kind="percent0001", **more):
    return {
        "id": uid, "name": f"Tỷ lệ {uid}", "numerator": numerator, "denominator": denominator,
        "indicatorType": {"id": kind},
    } | more  # fmt: skip


UNITS = [
    unit(NATION, 1),
    unit(DISTRICT, 2, NATION),
    unit(WARD, 4, DISTRICT),
    unit(OTHER, 4, DISTRICT),
]
ELEMENTS = [
    element(BIRTHS, code="DV_BIRTHS"),
    element(PEOPLE, "AVERAGE_SUM_ORG_UNIT"),
    element(STOCKOUT, value_type="BOOLEAN"),
    element(VISITS, combo="bysexbysex1"),
]
COMBOS = {
    "categoryCombos": [
        {"id": "plaincombo1", "name": "default"},
        {"id": "bysexbysex1", "name": "Sex"},
    ],
    "categoryOptionCombos": [
        {"id": WOMEN, "name": "Women", "categoryCombo": {"id": "bysexbysex1"}},
        {"id": MEN, "name": "Men", "categoryCombo": {"id": "bysexbysex1"}},
        {"id": "HllvX50cXC0", "name": "default", "categoryCombo": {"id": "plaincombo1"}},
    ],
}
TYPES = [{"id": "percent0001", "factor": 100}, {"id": "numberonly1", "factor": 1}]


def metadata(**lists):
    """A metadata file with the units, elements and one ratio above, or with these lists in their stead."""
    told = {
        "organisationUnits": UNITS,
        "organisationUnitLevels": [{"level": 4, "name": "Xã"}],
        "dataElements": ELEMENTS,
        "indicatorTypes": TYPES,
        "indicators": [
            ratio(COVERAGE, f"#{{{BIRTHS}}}", f"#{{{PEOPLE}}}", annualized=True, decimals=1)
        ],
        **COMBOS,
    }
    return [("metadata.json", json.dumps(told | lists).encode())]


def bring(table=None, **lists):
    """Import such a file; the report."""
    return import_metadata(metadata(**lists), table or Counterparts(), actor=None, valid_from=SINCE)


def value(element, period, amount, unit=WARD, **more):
    return {"dataElement": element, "period": period, "orgUnit": unit, "value": amount} | more


def values(*rows):
    """A dataValueSets file, one value a line from the second on."""
    text = ",\n".join(json.dumps(row) for row in rows)
    return [("values.json", f'{{"dataValues": [\n{text}\n]}}'.encode())]


def give(table, *rows):
    """Import such values; the report."""
    return import_values(values(*rows), table, actor=None)
