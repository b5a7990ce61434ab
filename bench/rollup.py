"""The figure of a province and of the country, month by month: ours against plain SQL that walks the tree and adds.

A generated register of the country's size (34 provinces, 3,321 communes, one of them with 130), one
indicator given by every commune in 60 months, eleven more in the last. The peer is what one writes without a cube: a
recursive query down the places of the day, joined with the values. Both must give the same figures.
Also: what it costs to record a report of twelve figures and to bring it up to the country.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import MeasureKind, Origin
from danvan.indicators.models import DirtyKey, Indicator, Value
from danvan.indicators.selectors import check_cube, roll_up, series
from danvan.indicators.services import (
    Entry,
    define_indicator,
    rebuild_cube,
    recompute_dirty,
    record_values,
)
from danvan.organisations.enums import Follows, Level, Sort
from danvan.organisations.models import Reach, Unit, UnitVersion

PROVINCES, COMMUNES, LARGE, MONTHS, INDICATORS = 34, 3_321, 130, 60, 12
SINCE = date(2022, 1, 1)
TURNS, BOUND_MS = 15, 100
PEER = """
with recursive below(unit_id) as (
    select cast(%s as bigint)
    union all
    select v.unit_id from organisations_unitversion v join below b on v.parent_id = b.unit_id
    where v.kind = '' and v.valid_from <= %s and (v.valid_to is null or v.valid_to > %s)
)
select v.first, sum(v.amount), count(v.amount) from indicators_value v
where v.current and v.level >= 1 and v.indicator_id = %s and v.first >= %s and v.first < %s
  and v.unit_id in (select unit_id from below)
group by v.first order by v.first
"""


def _months(number: int) -> list[Period]:
    """The last so many months of the sixty."""
    years = [Period.parse(str(SINCE.year + year)) for year in range(MONTHS // 12)]
    return [month for year in years for month in year.parts(Every.MONTH)][-number:]


def _places(parents: list[int | None], level: str) -> list[int]:
    made = Unit.objects.bulk_create(Unit(sort=Sort.PLACE, founded_on=SINCE) for _ in parents)
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit, name=f"Đơn vị {unit.pk}", folded=f"don vi {unit.pk}", level=level,
            parent_id=parent, valid_from=SINCE,
        )
        for unit, parent in zip(made, parents, strict=True)
    )  # fmt: skip
    return [unit.pk for unit in made]


@transaction.atomic
def prepare() -> None:
    """The register with its closure, the indicators, and what every commune gave."""
    [country] = _places([None], Level.COUNTRY)
    provinces = _places([country] * PROVINCES, Level.PROVINCE)
    rest = COMMUNES - LARGE
    homes = [provinces[0]] * LARGE + [provinces[1 + n % (PROVINCES - 1)] for n in range(rest)]
    communes = _places(list(homes), Level.COMMUNE)
    pairs = [(country, country), *((country, one) for one in [*provinces, *communes])]
    pairs += [(one, one) for one in [*provinces, *communes]]
    pairs += list(zip(homes, communes, strict=True))
    Reach.objects.bulk_create(
        (Reach(top_id=top, unit_id=unit, follows=Follows.PLACE, valid_from=SINCE) for top, unit in pairs),
        batch_size=5_000,
    )  # fmt: skip
    made = [
        define_indicator(
            code=f"BENCH-{number:02}", name="Số cuộc", definition="Đếm mỗi cuộc.", unit_label="cuộc",
            kind=MeasureKind.FLOW, actor=None, valid_from=SINCE,
        ).pk
        for number in range(INDICATORS)
    ]  # fmt: skip
    at = datetime(2026, 12, 31, tzinfo=UTC)
    last = _months(1)[0].first
    wanted = [(made[0], month.first) for month in _months(MONTHS)]
    wanted += [(indicator, last) for indicator in made[1:]]
    Value.objects.bulk_create(
        (
            Value(
                indicator_id=indicator, unit_id=commune, first=first, amount=Decimal(commune % 97),
                origin=Origin.ENTERED, entered_at=at,
            )
            for indicator, first in wanted
            for commune in communes
        ),
        batch_size=2_000,
    )  # fmt: skip


def _median(work: Callable[[], Any], turns: int = TURNS) -> float:
    took = []
    for _ in range(turns + 2):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took[2:])


def _walked(indicator: int, unit: int, months: list[Period]) -> list[tuple[int, int]]:
    """The peer: one statement down the tree of the last day."""
    day, first, end = months[-1].last, months[0].first, months[-1].end
    with connection.cursor() as cursor:
        cursor.execute(PEER, [unit, str(day), str(day), indicator, str(first), str(end)])
        return [(int(amount), units) for _, amount, units in cursor.fetchall()]


def _against_the_peer(indicator: int, unit: int, months: list[Period]) -> dict[str, Any]:
    ours = [(int(one.amount or 0), one.units) for one in series(indicator, unit, months)]
    assert ours == _walked(indicator, unit, months)
    mine = _median(lambda: series(indicator, unit, months))
    theirs = _median(lambda: _walked(indicator, unit, months))
    told = {"ours_ms": round(mine, 2), "plain_sql_ms": round(theirs, 2)}
    return {**told, "times_faster": round(theirs / mine, 1)}


def _report(commune: int, indicators: list[int]) -> dict[str, float]:
    """One report of twelve figures: recorded in the request, then brought up by the worker."""
    entries = [Entry(one, Decimal(7), Origin.ENTERED) for one in indicators]
    month = _months(1)[0]
    recorded, summed = [], []
    for _ in range(TURNS):
        began = time.perf_counter()
        record_values(commune, month, entries, actor=None)
        recorded.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        recompute_dirty()
        summed.append((time.perf_counter() - began) * 1000)
    return {
        "record_ms": round(statistics.median(recorded), 2),
        "recompute_ms": round(statistics.median(summed), 2),
    }


def run() -> dict[str, Any]:
    """Milliseconds of ours and of the peer for each size, and the cost of one report from request to country."""
    call_command("migrate", interactive=False, verbosity=0)
    if not Indicator.objects.filter(code="BENCH-00").exists():
        prepare()
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        DirtyKey.objects.all().delete()
        rebuild_cube()
    first = Indicator.objects.get(code="BENCH-00").pk
    ids = list(Indicator.objects.filter(code__startswith="BENCH-").values_list("pk", flat=True))
    version = UnitVersion.objects.filter
    province = version(level=Level.PROVINCE).order_by("unit_id")[0].unit_id
    country = version(level=Level.COUNTRY).order_by("unit_id")[0].unit_id
    communes = list(
        version(parent_id=province).order_by("unit_id").values_list("unit_id", flat=True)
    )
    year = Period.containing(_months(1)[0].first, Every.YEAR)
    began = time.perf_counter()
    drift = check_cube()
    checked = time.perf_counter() - began
    in_country = _report(communes[0], ids)
    return {
        "values": Value.objects.count(),
        "one_indicator_130_communes_x_18_months": _against_the_peer(first, province, _months(18)),
        "one_indicator_3321_communes_x_60_months": _against_the_peer(first, country, _months(60)),
        "year_of_the_country_ms": round(_median(lambda: roll_up([first], [country], year)), 2),
        "table_of_130_communes_for_a_year_ms": round(
            _median(lambda: roll_up([first], communes, year)), 2
        ),
        "one_report_of_12_figures": in_country,
        "check_whole_cube_s": round(checked, 1),
        "drift": len(drift),
        "bound_recompute_ms": BOUND_MS,
        "holds": not drift and in_country["recompute_ms"] <= BOUND_MS,
    }
