"""Indicators and figures for the tests, made through the services."""

from datetime import date
from decimal import Decimal

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.services import Entry, define_indicator, record_values
from danvan.organisations.enums import Level
from tests.factories.province import make_place

SINCE = date(2025, 1, 1)


def month(code):
    return Period.parse(code)


def an_indicator(code="DV-01", **said):
    wanted = {
        "name": f"Số cuộc {code}", "definition": "Đếm mỗi cuộc một lần.", "unit_label": "cuộc",
        "kind": MeasureKind.FLOW, "valid_from": SINCE, "actor": None,
    }  # fmt: skip
    return define_indicator(code=code, **wanted | said)


def a_ratio(code, numerator, denominator, **said):
    parts = {"numerator": numerator.code, "denominator": denominator.code}
    return an_indicator(code, kind=MeasureKind.RATIO, **{"unit_label": "%"} | parts | said)


def amount_of(said):
    return None if said is None else Decimal(str(said))


def give(unit, when, amounts, *, level=Approval.SENT, source=("", None), actor=None, **said):
    """`amounts` is {indicator: amount}; None says not known."""
    entries = [
        Entry(one.pk, amount_of(amount), said.get("origin", Origin.ENTERED))
        for one, amount in amounts.items()
    ]
    return record_values(
        unit.pk, month(when), entries, actor=actor, level=level,
        source_kind=source[0], source_id=source[1],
    )  # fmt: skip


def places_without_codes():
    """A province and its three communes, as often as wanted in one database."""
    country = make_place("Việt Nam", level=Level.COUNTRY)
    province = make_place("Tỉnh Nghệ An", level=Level.PROVINCE, under=country)
    return province, [make_place(f"Xã {number}", under=province) for number in range(3)]
