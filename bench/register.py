"""The register that survives a merger: who is below, one merger applied and undone, and the merger of 2025 read whole.

(a) Descendants of the country and of one province among all units, by the closure, beside a recursive query.
(b) Three communes with five years of 120 monthly indicators merge: applied, read three ways, undone.
(c) What the 10,035 former communes gave in 60 months, read as today by the 34 provinces and the 3,321 communes;
beside it the same merger as DHIS2 documents it: of several predecessors' values of one period the last updated
stays, the others go; a unit that is split hands all it has to the one primary target.

DANVAN_BENCH_INDICATORS and DANVAN_BENCH_MONTHS set the scale of (c).
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from bench.register_read import beside, counted, ours, peers
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.exact import tidy
from danvan.indicators.models import DirtyKey, Indicator, Value
from danvan.indicators.selectors import roll_up
from danvan.indicators.services import define_indicator, rebuild_cube, recompute_dirty
from danvan.organisations.enums import STANDING, EventKind, Level, Measure
from danvan.organisations.models import Lineage, Unit, UnitVersion
from danvan.organisations.selectors import MERGED_ON, THEN, Reading, by_code, in_force, top_unit
from danvan.organisations.services import (
    add_new_unit,
    apply_reorganisation,
    draft_reorganisation,
    found_organisations,
    load_register,
    set_passing,
    undo_reorganisation,
)

TODAY = Reading(date(2026, 11, 15))
INDICATORS = int(os.environ.get("DANVAN_BENCH_INDICATORS", "20"))
MONTHS = int(os.environ.get("DANVAN_BENCH_MONTHS", "60"))
MERGING, MERGE_INDICATORS, MERGE_MONTHS = 3, 120, 60
MERGE_ON = date(2026, 11, 1)
APPLY_BOUND_S, DESCENDANTS_BOUND_MS = 5, 10
TURNS = 7

# One month of every indicator of some units; each fiftieth answer is that nobody knew.
GIVE = """
insert into indicators_value
  (indicator_id, unit_id, first, vintage, current, amount, origin, level, note, source_kind, entered_at)
select i.id, u.id, %s, 1, true,
  case when (u.id * 31 + i.id * 13 + %s * 7) %% 50 = 0 then null
       else (u.id * 31 + i.id * 13 + %s * 7) %% 997 end,
  'entered', 1, '', '', '2026-11-01 00:00:00+00:00'
from organisations_unit u cross join indicators_indicator i
where u.id in ({units}) and i.id in ({indicators})
on conflict do nothing
"""
EVERY_VALUE = """
select unit_id, indicator_id, amount from indicators_value
where current and first = %s and amount is not null
"""


def months_before(day: date, number: int) -> list[Period]:
    """The last so many months that ended before a day, in order."""
    years = [Period.parse(str(year)) for year in range(day.year - number // 12 - 1, day.year + 1)]
    past = [one for year in years for one in year.parts(Every.MONTH) if one.end <= day]
    return past[-number:]


@contextmanager
def taking(told: dict[str, Any], name: str) -> Iterator[None]:
    """Note the seconds that the block takes."""
    began = time.perf_counter()
    yield
    told[name] = round(time.perf_counter() - began, 2)


def median_ms(work: Callable[[], Any]) -> float:
    """Milliseconds, the median of some turns after one that warms up."""
    took = []
    for _ in range(TURNS + 1):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took[1:]), 1)


def communes_on(day: date) -> list[int]:
    """Ids of the communes that stood on a day."""
    found = UnitVersion.objects.filter(in_force(day), kind="", level=Level.COMMUNE)
    return list(found.order_by("unit_id").values_list("unit_id", flat=True))


def give(units: list[int], indicators: list[int], months: list[Period]) -> None:
    """What these units gave in these months, by one statement a month."""
    statement = GIVE.format(
        units=",".join(map(str, units)), indicators=",".join(map(str, indicators))
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for number, month in enumerate(months):
            cursor.execute(statement, [str(month.first), number, number])


def indicators(number: int) -> list[int]:
    """So many flows."""
    return [
        define_indicator(
            code=f"BENCH-{place:03}", name="Số cuộc", definition="Đếm mỗi cuộc.", unit_label="cuộc",
            kind=MeasureKind.FLOW, actor=None, valid_from=date(2015, 1, 1),
        ).pk
        for place in range(number)
    ]  # fmt: skip


def descendants() -> dict[str, Any]:
    """(a): ours beside the recursive query, turn by turn."""
    found = by_code("40", on=TODAY.on or MERGED_ON)
    assert found is not None
    tops = {"country": (top_unit(on=TODAY.on).id, 60), "province": (found.pk, 200)}
    told: dict[str, Any] = {"units": Unit.objects.count()}
    for name, (top, times) in tops.items():
        listed = beside(partial(ours, top), partial(peers, top), times=times)
        numbers = beside(
            partial(counted, top, walk=False), partial(counted, top, walk=True), times=times
        )
        told[name] = {"below": len(ours(top)), "listed": listed, "counted": numbers}
    told["holds"] = all(
        told[name][way]["ours"]["p95_ms"] < DESCENDANTS_BOUND_MS
        for name in tops
        for way in ("listed", "counted")
    )
    return told


def merger_of_three(ids: list[int]) -> dict[str, Any]:
    """(b): three communes that have stood for long, with their organisations, become one; and again three."""
    stood = Unit.objects.filter(founded_on__lt=date(2021, 1, 1), ended_on=None)
    rows = UnitVersion.objects.filter(in_force(MERGE_ON), level=Level.COMMUNE, unit__in=stood)
    by_province: dict[int, list[int]] = {}
    for unit, parent in rows.order_by("unit_id").values_list("unit_id", "parent_id"):
        by_province.setdefault(parent or 0, []).append(unit)
    province, communes = next(
        (top, units[:MERGING])
        for top, units in sorted(by_province.items())
        if len(units) >= MERGING
    )
    found_organisations(communes, list(STANDING), actor=None, on=MERGED_ON)
    months = months_before(MERGE_ON, MERGE_MONTHS)
    give(communes, ids, months)
    DirtyKey.objects.bulk_create(
        (
            DirtyKey(indicator_id=one, unit_id=communes[0], first=month.first)
            for one in ids
            for month in months
        ),
        batch_size=5_000,
    )
    sweep()
    values = Value.objects.filter(unit__in=communes, first__gte=months[0].first)
    told: dict[str, Any] = {"values": values.count()}
    years = sorted({Period.containing(month.first, Every.YEAR) for month in months})

    def totals(units: list[int], reading: Reading) -> dict[int, Any]:
        figures = [roll_up(ids, units, year, reading=reading) for year in years]
        return {
            one: sum(found[one, unit].amount or 0 for found in figures for unit in units)
            for one in ids
        }

    before, everything = totals(communes, THEN), totals([province], THEN)
    draft = draft_reorganisation(
        EventKind.MERGE, title="Hợp nhất ba xã", scope_id=province, effective_on=MERGE_ON,
        decision="Nghị quyết", measure=Measure.EQUAL, actor=None,
    )  # fmt: skip
    new = add_new_unit(
        draft, actor=None, name="Xã Đo Thử", type_word="xã", level=Level.COMMUNE, parent_id=province,
        code="99999",
    )  # fmt: skip
    for commune in communes:
        set_passing(draft, commune, actor=None, new_unit_id=new.pk)
    with taking(told, "applied_s"):
        applied = apply_reorganisation(draft, actor=None)
    with taking(told, "cube_after_s"):
        sweep()
    merged = applied.new_units.get().unit_id or 0
    with taking(told, "read_as_then_s"):
        then = totals([*communes, merged], THEN)
    with taking(told, "read_as_today_s"):
        today = totals([merged], TODAY)
    with taking(told, "read_on_a_day_before_s"):
        earlier = totals(communes, Reading(date(2026, 6, 30)))
    told["organisations_founded"] = len(STANDING)
    told["sums_exact"] = then == before == today == earlier
    told["province_as_today_exact"] = totals([province], TODAY) == everything
    with taking(told, "undone_s"):
        undo_reorganisation(applied, why="Đo thử", actor=None)
    sweep()
    again = [totals(communes, TODAY), totals([province], TODAY)]
    told["undone_exact"] = again == [before, everything]
    told["values_after"] = values.count()
    told["holds"] = bool(
        told["applied_s"] < APPLY_BOUND_S and told["sums_exact"] and told["undone_exact"]
    )
    return told


def sweep() -> None:
    """Let the worker sum whatever waits."""
    while recompute_dirty():
        pass


def merger_of_2025(ids: list[int]) -> dict[str, Any]:
    """(c): totals before and after, read as today by province and by commune; and the peer's."""
    old, months = communes_on(date(2025, 6, 30)), months_before(MERGED_ON, MONTHS)
    told: dict[str, Any] = {"former_communes": len(old), "months": MONTHS, "indicators": len(ids)}
    with taking(told, "values_written_s"):
        give(old, ids, months)
        with connection.cursor() as cursor:
            cursor.execute("analyze")
    with taking(told, "cube_built_s"):
        rebuild_cube([month.first for month in months])
    told["values"] = Value.objects.count()
    years = sorted({Period.containing(month.first, Every.YEAR) for month in months})
    country = top_unit(on=TODAY.on).id
    today = TODAY.on or MERGED_ON
    provinces = list(
        UnitVersion.objects.filter(in_force(today), kind="", level=Level.PROVINCE)
        .order_by("unit_id")
        .values_list("unit_id", flat=True)
    )
    communes = communes_on(today)
    before = _total(ids, [country], years, THEN)
    with taking(told, "read_34_provinces_s"):
        by_province = _total(ids, provinces, years, TODAY)
    with taking(told, "read_3321_communes_s"):
        by_commune = _total(ids, communes, years, TODAY)
    told["total_before"] = before["amount"]
    told["total_by_provinces_as_today"] = by_province["amount"]
    told["total_by_communes_as_today"] = by_commune["amount"]
    told["rebased_figures_of_communes"] = by_commune["rebased"]
    told["equal"] = before["amount"] == by_province["amount"] == by_commune["amount"]
    year = years[-1]
    told["one_province_a_year_ms"] = median_ms(
        lambda: roll_up(ids[:1], provinces[:1], year, reading=TODAY)
    )
    told["one_commune_a_year_ms"] = median_ms(
        lambda: roll_up(ids[:1], communes[:1], year, reading=TODAY)
    )
    told["dhis2"] = dhis2(set(old), months)
    told["holds"] = told["equal"]
    return told


def _total(
    ids: list[int], units: list[int], years: list[Period], reading: Reading
) -> dict[str, Any]:
    """The sum of every figure of these units, and how many of the figures are re-based."""
    amount, rebased = Decimal(0), 0
    for year in years:
        for figure in roll_up(ids, units, year, reading=reading).values():
            amount += figure.amount or 0
            rebased += figure.rebased
    return {"amount": str(tidy(amount)), "rebased": rebased}


def dhis2(old: set[int], months: list[Period]) -> dict[str, Any]:
    """The same merger by DHIS2's documented acts: what is left of each figure, and of how many units.

    A split moves all data to its primary target (here the one with the largest share). A merge keeps, of the data
    values of one element and period, the last updated; when a commune sent a month's report is made up.
    """
    primary: dict[int, tuple[int, int]] = {}
    split = set()
    rows = Lineage.objects.filter(happened_on=MERGED_ON, predecessor_id__in=old)
    for giver, taker, weight in rows.values_list("predecessor_id", "successor_id", "weight"):
        if giver in primary:
            split.add(giver)
        primary[giver] = max(primary.get(giver, (0, 0)), (weight, taker))
    target = {giver: primary[giver][1] if giver in primary else giver for giver in old}
    given, kept, given_sum, kept_sum = 0, 0, 0, 0
    for number, month in enumerate(months):
        last: dict[tuple[int, int], tuple[int, int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(EVERY_VALUE, [str(month.first)])
            for unit, indicator, amount in cursor.fetchall():
                updated = (unit * 7919 + number * 104729) % 10_007
                given, given_sum = given + 1, given_sum + int(amount)
                key = (target[unit], indicator)
                last[key] = max(last.get(key, (-1, 0)), (updated, int(amount)))
        kept += len(last)
        kept_sum += sum(amount for _, amount in last.values())
    figures = len(months) * INDICATORS
    return {
        "units_of_a_figure_before": round(given / figures, 1),
        "units_of_a_figure_lost": round((given - kept) / figures, 1),
        "values_lost": given - kept,
        "lost_of_each_figure_percent": round(100 * (given_sum - kept_sum) / given_sum, 2),
        "total_before": str(given_sum),
        "total_after": str(kept_sum),
        "split_communes_all_to_one": len(split),
    }


def run() -> dict[str, Any]:
    """The three parts, each with its bound."""
    call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("pragma cache_size = -1000000")  # a GB: millions of rows go in at once
    told: dict[str, Any] = {}
    with taking(told, "register_loaded_s"):
        load_register()
    told["descendants"] = descendants()
    ids = indicators(MERGE_INDICATORS)
    told["merger_of_2025"] = merger_of_2025(ids[:INDICATORS])
    DirtyKey.objects.all().delete()
    told["merger_of_three"] = merger_of_three(ids)
    told["holds"] = all(
        told[part]["holds"] for part in ("descendants", "merger_of_2025", "merger_of_three")
    )
    assert Indicator.objects.count() == MERGE_INDICATORS
    return told
