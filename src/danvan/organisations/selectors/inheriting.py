"""What units took over from those before them, for readers who follow lineage through figures."""

from collections.abc import Collection
from decimal import Decimal

from danvan.organisations.apportion import MILLION
from danvan.organisations.enums import Measure
from danvan.organisations.models import Lineage

# Where one passing is told by several measures, the first of these counts.
ORDER = list(Measure)


def inherited(unit_ids: Collection[int]) -> dict[int, dict[int, Decimal]]:
    """What share of which earlier units each unit took over, directly or through others between them.

    {unit id: {predecessor id: share above 0 and at most 1}}; a unit that took over nothing is left out. One
    query a generation.
    """
    found: dict[int, dict[int, Decimal]] = {}
    # Who is looked through next: (predecessor id) -> {unit that asks: share that reaches it}.
    heirs: dict[int, dict[int, Decimal]] = {one: {one: Decimal(1)} for one in unit_ids}
    while heirs:
        links: dict[tuple[int, int], tuple[int, int]] = {}
        rows = Lineage.objects.filter(successor_id__in=heirs).order_by("pk")
        for row in rows:
            rank = ORDER.index(Measure(row.measure))
            key = (row.predecessor_id, row.successor_id)
            links[key] = min(links.get(key, (rank, row.weight)), (rank, row.weight))
        before: dict[int, dict[int, Decimal]] = {}
        for (predecessor, successor), (_, weight) in links.items():
            for unit, share in heirs[successor].items():
                passed = share * weight / MILLION
                held = before.setdefault(predecessor, {})
                held[unit] = held.get(unit, Decimal(0)) + passed
                taken = found.setdefault(unit, {})
                taken[predecessor] = taken.get(predecessor, Decimal(0)) + passed
        heirs = before
    return found
