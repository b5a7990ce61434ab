"""The work behind the live cube: sum again what a report has touched, or all of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction

from danvan.foundation.locks import alone
from danvan.indicators.models import CubeCell, DirtyKey, Indicator, Value
from danvan.indicators.selectors.cube import (
    TOPS,
    CellKey,
    CellSum,
    month_of,
    months_known,
    stored,
    summed,
)
from danvan.organisations.selectors import places_above, places_above_since, places_at

# PostgreSQL: only the holder of this advisory lock may write cells.
KEEPER = 4_110_219_776
ROWS = (
    50_000  # dirty rows a turn: a month is summed by one query, however many indicators and places
)
CHUNK = 10_000  # ids a statement


def recompute_dirty(limit: int = ROWS) -> int:
    """Sum again the cells of the first keys waiting, in key order; returns how many rows were done with.

    The rows are the queue: they go in the transaction that writes the cells, so a worker that is killed
    leaves them to the next. One worker sums at a time (another finds the lock taken and goes on), and each
    sum is read after its rows were: a value that arrives meanwhile brings a row of its own, which stays.
    """
    if not DirtyKey.objects.exists():  # looked at without a lock, for it is asked every second
        return 0
    with transaction.atomic():
        return _recompute(limit) if alone(KEEPER) else 0


def _recompute(limit: int) -> int:
    waiting = DirtyKey.objects.order_by("indicator_id", "first", "unit_id", "pk")[:limit]
    rows = list(waiting.values_list("pk", "indicator_id", "first", "unit_id"))
    touched: dict[date, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for _, indicator_id, first, unit_id in rows:
        touched[first][0].add(indicator_id)
        touched[first][1].add(unit_id)
    for first, (indicators, units) in sorted(touched.items()):
        above = places_above(units, TOPS, on=month_of(first).last)
        tops = set(above.values_list("top_id", flat=True))
        # A place that has ended or come down meanwhile is above nothing: its cells go.
        concerned = tops | units
        held = {key: cell for key, cell in stored(first, indicators).items() if key[1] in concerned}
        _write(first, held, summed(first, indicators, sorted(tops)))
    _forget([row[0] for row in rows])
    return len(rows)


def sum_again(unit_ids: Collection[int], *, since: date) -> int:
    """Let the worker sum again what places hold that have or had any of these units under them from a day on.

    For whoever changes where units stand, on that day or for days gone by: every month that ends on the day or
    later. Returns how many keys were appended.
    """
    before = since - timedelta(days=1)
    units = sorted(unit_ids)
    chunks = [units[start : start + CHUNK] for start in range(0, len(units), CHUNK)]
    tops = sorted({top for some in chunks for top in places_above_since(some, TOPS, since=before)})
    begun = since.replace(day=1)
    cells = CubeCell.objects.filter(unit_id__in=tops, first__gte=begun)
    keys = set(cells.order_by().values_list("indicator_id", "first").distinct())
    for some in chunks:  # what was given where nobody stood above
        given = Value.objects.current().filter(unit_id__in=some, first__gte=begun)
        keys |= set(given.order_by().values_list("indicator_id", "first").distinct())
    rows = [
        DirtyKey(indicator_id=indicator_id, unit_id=top, first=first)
        for indicator_id, first in sorted(keys)
        for top in tops
    ]
    DirtyKey.objects.bulk_create(rows, batch_size=CHUNK)
    return len(rows)


def forget_cells(unit_ids: Collection[int]) -> None:
    """Take away the cells, and the keys, of places that are about to be unfounded. No worker sums meanwhile."""
    alone(KEEPER, wait=True)
    CubeCell.objects.filter(unit_id__in=unit_ids).delete()
    DirtyKey.objects.filter(unit_id__in=unit_ids).delete()


def rebuild_cube(months: Iterable[date] | None = None) -> int:
    """Work out every cell anew from the values (of these months' first days, else all); how many it changed.

    One transaction a month, so that figures can be read and reported meanwhile. To mend what `check_cube` found.
    """
    return sum(_rebuild_month(first) for first in (months_known() if months is None else months))


@transaction.atomic
def _rebuild_month(first: date) -> int:
    alone(KEEPER, wait=True)
    rows = list(DirtyKey.objects.filter(first=first).values_list("pk", flat=True))
    indicators = list(Indicator.objects.values_list("pk", flat=True))
    wanted = summed(first, indicators, places_at(TOPS, on=month_of(first).last))
    changed = _write(first, stored(first), wanted)
    _forget(rows)
    return changed


def _write(
    first: date, held: dict[CellKey, tuple[int, CellSum]], wanted: dict[CellKey, CellSum]
) -> int:
    """Make these cells hold what they should: written where they differ, gone where nothing counts in them."""
    gone = [pk for key, (pk, _) in held.items() if key not in wanted]
    CubeCell.objects.filter(pk__in=gone).delete()
    cells = [
        CubeCell(
            indicator_id=indicator_id, unit_id=unit_id, first=first, level=level,
            whole=cell.whole, millionths=cell.millionths, units=cell.units, asked=cell.asked,
        )
        for (indicator_id, unit_id, level), cell in sorted(wanted.items())
        if (indicator_id, unit_id, level) not in held
        or held[indicator_id, unit_id, level][1] != cell
    ]  # fmt: skip
    CubeCell.objects.bulk_create(
        cells,
        update_conflicts=True,
        unique_fields=["indicator", "unit", "level", "first"],
        update_fields=["whole", "millionths", "units", "asked"],
    )
    return len(gone) + len(cells)


def _forget(rows: Collection[int]) -> None:
    """Exactly the rows that were read: whatever was added since then is still waiting."""
    ids = list(rows)
    for start in range(0, len(ids), CHUNK):
        DirtyKey.objects.filter(pk__in=ids[start : start + CHUNK]).delete()
