"""Reading the register of the whole country, ten organisations in every commune: ours beside a plain tree.

The peer keeps each unit's superior and walks down by a recursive query, which is what tree libraries for
Django do (django-tree-queries); it gets the same dated rows, its own index on the superior, and no closure.
Type-ahead and the card have no peer of that sort: their p95 stands alone.
"""

import json
import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models.expressions import RawSQL

from bench import timed
from danvan.organisations.enums import Kind, Level
from danvan.organisations.models import Unit, UnitVersion
from danvan.organisations.selectors import (
    by_code,
    card,
    census,
    children,
    find_units,
    in_force,
    top_unit,
    units_under,
)
from danvan.organisations.services import found_organisations, load_register

DAY = date(2026, 12, 31)
SINCE = date(2025, 7, 1)

# The same set of units: places by their superior, and organisations by the place they stand in.
WALK = """
with recursive below(id) as (
    select cast(%s as bigint)
    union all
    select v.unit_id from organisations_unitversion v join below on v.parent_id = below.id
    where v.kind = '' and v.valid_from <= %s and (v.valid_to is null or v.valid_to > %s)
)
select id from below
union all
select v.unit_id from organisations_unitversion v join below on v.place_id = below.id
where v.valid_from <= %s and (v.valid_to is null or v.valid_to > %s)
"""


def prepare() -> None:
    """The whole register with ten organisations in every province and commune, once for each home."""
    call_command("migrate", interactive=False, verbosity=0)
    load_register()
    if not Unit.objects.filter(sort="organisation").exists():
        places = UnitVersion.objects.filter(
            in_force(SINCE), kind="", level__in=[Level.PROVINCE, Level.COMMUNE]
        )
        found_organisations(
            list(places.values_list("unit_id", flat=True)), list(Kind), actor=None, on=SINCE
        )


def ours(top: int) -> list[int]:
    """Everything at or below a place, by the closure."""
    return sorted(units_under([top], on=DAY, follows="place").values_list("unit_id", flat=True))


def peers(top: int) -> list[int]:
    """The same by a recursive walk."""
    with connection.cursor() as cursor:
        cursor.execute(WALK, [top, DAY, DAY, DAY, DAY])
        return sorted(row[0] for row in cursor.fetchall())


def counted(top: int, *, walk: bool) -> int:
    """How many are below: the work of a permission, without carrying the ids over."""
    if not walk:
        return units_under([top], on=DAY, follows="place").count()
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({WALK}) w", [top, DAY, DAY, DAY, DAY])
        return int(cursor.fetchone()[0])


def listed(top: int, *, walk: bool) -> list[int]:
    """The first 25 organisations below by name: the permission inside a page's query."""
    below: Any = units_under([top], on=DAY, follows="place")
    if walk:
        below = RawSQL(WALK, [top, DAY, DAY, DAY, DAY])
    rows = UnitVersion.objects.filter(in_force(DAY), unit_id__in=below).exclude(kind="")
    return list(rows.order_by("folded", "pk").values_list("unit_id", flat=True)[:25])


def spread(took: list[float]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    cuts = statistics.quantiles(took, n=20)
    return {"p50_ms": round(statistics.median(took), 2), "p95_ms": round(cuts[-1], 2)}


def beside(work: Callable[[], Any], peer: Callable[[], Any], *, times: int) -> dict[str, Any]:
    """Both on the same work, turn by turn in one run, and how many times faster ours is."""
    assert work() == peer(), "the two ways differ"
    took: dict[str, list[float]] = {"ours": [], "recursive": []}
    for _ in range(times):
        for name, act in (("ours", work), ("recursive", peer)):
            began = time.perf_counter()
            act()
            took[name].append((time.perf_counter() - began) * 1000)
    found: dict[str, Any] = {name: spread(each) for name, each in took.items()}
    for point in ("p50_ms", "p95_ms"):
        found[f"ratio_{point[:3]}"] = round(found["recursive"][point] / found["ours"][point], 2)
    return found


def typed_words(rng: random.Random, names: list[str]) -> list[str]:
    """What people type: beginnings of a name or of a later word, as stored without tones."""
    words = []
    for folded in rng.sample(names, 200):
        parts = folded.split()
        tail = " ".join(parts[rng.randrange(len(parts)) :])
        words.append(tail[: rng.randint(min(3, len(tail)), len(tail))].strip())
    return words


def run() -> dict[str, Any]:
    """p95 in ms of each read, the ratios, and whether both ways found the same units."""
    prepare()
    country = top_unit(on=DAY).id
    found = by_code("40", on=DAY)
    assert found is not None
    province = found.pk
    tops = {"country": (country, 25), "province": (province, 150)}
    rng = random.Random(20250701)
    places = UnitVersion.objects.filter(kind="", level=Level.COMMUNE)
    names = list(places.values_list("folded", flat=True))
    words = iter(typed_words(rng, names) * 2)
    units = iter(rng.sample(list(Unit.objects.values_list("pk", flat=True)), 400))
    return {
        "units": Unit.objects.count(),
        "rows": {name: len(ours(top)) for name, (top, _) in tops.items()},
        "descendants": {
            name: beside(partial(ours, top), partial(peers, top), times=times)
            for name, (top, times) in tops.items()
        },
        "counted": {
            name: beside(partial(counted, top, walk=False), partial(counted, top, walk=True), times=times)
            for name, (top, times) in tops.items()
        },
        "first_25_by_name": {
            name: beside(partial(listed, top, walk=False), partial(listed, top, walk=True), times=times)
            for name, (top, times) in tops.items()
        },
        "type_ahead": timed(lambda: find_units(next(words), on=DAY), times=300),
        "card": timed(lambda: card(next(units), on=DAY), times=300),
        "tree_country": timed(lambda: children(country, on=DAY), times=20),
        "tree_province": timed(lambda: children(province, on=DAY), times=50),
        "census_country": timed(lambda: census(country, on=DAY), times=20),
    }  # fmt: skip


def main() -> None:
    """Print one JSON object."""
    print(json.dumps(run(), ensure_ascii=False))
