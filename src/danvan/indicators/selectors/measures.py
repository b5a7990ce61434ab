"""Reads of indicators: what is measured on a day, what a unit gave, and what is known before anyone types it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators import counting
from danvan.indicators.counting import CountedRecord
from danvan.indicators.enums import MeasureKind, Origin
from danvan.indicators.models import Indicator, IndicatorVersion, Value
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import in_force, spans_under, units_under
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure that is already known, for a form to show with its origin instead of asking for it.

    `records` counts the records behind a counted one (see `records_offered`), None where it is a value
    given before. `words` says all of it in Vietnamese.
    """

    amount: Decimal
    origin: str
    as_of: date
    records: int | None
    counter_key: str
    words: str


def indicators_on(day: date) -> list[IndicatorVersion]:
    """What is measured on a day: the version of each indicator that holds then, by code. One query."""
    found = IndicatorVersion.objects.filter(in_force(day)).select_related("indicator")
    return list(found.order_by("indicator__code"))


def version_on(code: str, day: date) -> IndicatorVersion | None:
    """What the indicator with this code means on a day; None where it is not measured then. One query."""
    found = IndicatorVersion.objects.filter(in_force(day), indicator__code=code)
    return found.select_related("indicator").first()


def versions_in_force(indicator_ids: Collection[int], day: date) -> dict[int, IndicatorVersion]:
    """What each indicator means on a day, by id; one that is not measured then is left out. One query."""
    found = IndicatorVersion.objects.filter(in_force(day), indicator_id__in=indicator_ids)
    return {version.indicator_id: version for version in found}


def versions_for(indicator_ids: Collection[int], day: date) -> dict[int, IndicatorVersion]:
    """What each indicator means on a day, by id: the version that holds, else the last before, else the first.

    One query.
    """
    found = IndicatorVersion.objects.filter(indicator_id__in=indicator_ids)
    return _nearest(found.select_related("indicator"), day)


def _nearest(versions: Iterable[IndicatorVersion], day: date) -> dict[int, IndicatorVersion]:
    found: dict[int, IndicatorVersion] = {}
    for version in sorted(versions, key=lambda one: one.number):
        if version.valid_from <= day or version.indicator_id not in found:
            found[version.indicator_id] = version
    return found


def indicators_by_code(codes: Collection[str]) -> dict[str, Indicator]:
    """The indicators with these codes, by code. One query."""
    return {one.code: one for one in Indicator.objects.filter(code__in=codes)}


def values_of(unit_id: int, period: Period) -> dict[int, Value]:
    """The current value of every indicator that a unit gave for a month, by indicator id. One query."""
    found = Value.objects.current().filter(unit_id=unit_id, first=period.first)
    return {value.indicator_id: value for value in found}


def values_from(source_kind: str, source_ids: Collection[int]) -> list[Value]:
    """The values that came with these sources (e.g. reporting.submission and its ids), replaced ones too. One query."""
    found = Value.objects.filter(source_kind=source_kind, source_id__in=source_ids)
    return list(found.order_by("pk"))


def vintages_of(indicator_id: int, unit_id: int, period: Period) -> list[Value]:
    """Every vintage of one value of a month, the newest first, with who entered each. One query."""
    found = Value.objects.filter(indicator_id=indicator_id, unit_id=unit_id, first=period.first)
    return list(found.select_related("entered_by", "step").order_by("-vintage"))


def offers(indicator_ids: Collection[int], unit_id: int, period: Period) -> dict[int, Offer]:
    """The figures already known for a unit and month, by indicator id; those nobody knows are left out.

    An indicator with a counter is counted over the units that stood at or under the unit by place in the
    month, up to today; another offers the value already given for it. Queries grow with the counters only.
    """
    versions = versions_for(indicator_ids, period.last)
    given = {key: value for key, value in values_of(unit_id, period).items() if key in versions}
    counters = _known_counters(versions)
    units = _standing(unit_id, period) if counters else []
    found: dict[int, Offer] = {}
    for key in versions:
        value = given.get(key)
        if key in counters:
            found[key] = _counted(counters[key], units, period)
        elif value is not None and value.amount is not None:
            found[key] = _given_before(value, value.amount, versions[key])
    return found


def counted_among(indicator_ids: Collection[int], day: date) -> frozenset[int]:
    """Those of these indicators that records count on a day. One query."""
    return frozenset(_known_counters(versions_for(indicator_ids, day)))


def persons_counted(version: IndicatorVersion, unit_id: int, period: Period) -> Offer | None:
    """Of an indicator of people that records count: how many there were in a whole period, each once.

    Over all units that stood at or under the unit at any time in it, as it was then. None where the records cannot
    tell people apart, or have none to tell of yet. Two queries beside the counter's.
    """
    counter = _known_counters({0: version}).get(0) if version.kind == MeasureKind.PERSONS else None
    if counter is None or counter.persons is None or clock.today() < period.first:
        return None
    stood = spans_under([unit_id], since=period.first, until=period.end)
    units = sorted({unit for _, unit, *_ in stood})
    amount = counter.persons(units, period)
    as_of = min(clock.today(), period.last)
    words = (
        f"Đếm từ hồ sơ của cả {period}, mỗi người một lần, tính đến ngày {format_date(as_of)}; không cộng các tháng,"
        " các đơn vị."
    )
    return Offer(Decimal(amount), Origin.COUNTED, as_of, amount, counter.key, words)


def records_offered(indicator_id: int, unit_id: int, period: Period) -> list[CountedRecord]:
    """The records behind an offer that was counted, by day; none where the indicator has no counter."""
    counters = _known_counters(versions_for([indicator_id], period.last))
    if not counters:
        return []
    records = counters[indicator_id].records(_standing(unit_id, period), period)
    return sorted(records, key=lambda record: (record.day, record.pk))


def _known_counters(versions: dict[int, IndicatorVersion]) -> dict[int, counting.Counter]:
    known = {counter.key: counter for counter in counting.all_counters()}
    return {
        key: known[version.counter] for key, version in versions.items() if version.counter in known
    }


def _standing(unit_id: int, period: Period) -> list[int]:
    """The units at or under a unit by place as the month began and as it ended: two queries."""
    days = (period.first, period.last)
    return sorted(
        {
            row["unit_id"]
            for day in days
            for row in units_under([unit_id], on=day, follows=Follows.PLACE)
        }
    )


def _counted(counter: counting.Counter, units: list[int], period: Period) -> Offer:
    amount = counter.total(units, period)
    records = counter.how_many_records(units, period)
    as_of = min(clock.today(), period.last)
    words = (
        f"Đếm từ {format_number(records)} hồ sơ, tính đến ngày {format_date(as_of)}."
        if records
        else f"Chưa có hồ sơ nào trong tháng, tính đến ngày {format_date(as_of)}."
    )
    return Offer(Decimal(amount), Origin.COUNTED, as_of, records, counter.key, words)


def _given_before(value: Value, amount: Decimal, version: IndicatorVersion) -> Offer:
    as_of = timezone.localtime(value.entered_at).date()
    origin = Origin(value.origin)
    words = f"Số đã gửi ngày {format_date(as_of)} ({str(origin.label).lower()})."
    return Offer(amount, value.origin, as_of, None, version.counter, words)


def is_derived(version: IndicatorVersion) -> bool:
    """Whether the figure is worked out from other indicators and never given."""
    return version.kind == MeasureKind.RATIO or version.formula is not None


def is_percent(version: IndicatorVersion) -> bool:
    """Whether the figure is a part of a whole in percent, so that its two parts tell it."""
    return (
        version.kind == MeasureKind.RATIO and version.factor == PERCENT and not version.annualised
    )
