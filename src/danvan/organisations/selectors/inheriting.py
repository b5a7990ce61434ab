"""Whom a unit took over from and who took over from it, through every generation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from danvan.organisations.models import Lineage
from danvan.organisations.selectors.days import last_names


@dataclass(frozen=True, slots=True)
class Relative:
    """A unit before or after another, named as on the event's day; `step` 1 passed something without another between."""

    id: int
    name: str
    happened_on: date
    step: int


def predecessors_on(unit_id: int, day: date) -> list[Relative]:
    """The units that this one took over from by `day`, directly or through others, the latest event first.

    Each event must lie before the one it leads to; the unit itself is left out. A query a generation, and one.
    """
    return _chain(unit_id, day, "successor_id", "predecessor_id")


def successors_on(unit_id: int, day: date) -> list[Relative]:
    """The units that took over from this one as it ended, by `day`, directly or through others that ended too.

    The earliest event first; each must lie after the one it follows; the unit itself is left out. A query a
    generation, and one.
    """
    return _chain(unit_id, day, "predecessor_id", "successor_id")


def ended_before(unit_ids: Iterable[int], day: date) -> set[int]:
    """The ended units that any of these took over from as they ended, by `day`, directly or through others.

    A query a generation, and one.
    """
    met: set[int] = set()
    asked = set(unit_ids)
    while asked:
        rows = Lineage.objects.filter(
            successor_id__in=asked, happened_on__lte=day, happened_on=F("predecessor__ended_on")
        )
        asked = set(rows.values_list("predecessor_id", flat=True)) - met
        met |= asked
    return met


def _chain(unit_id: int, day: date, own: str, other: str) -> list[Relative]:
    back = own == "successor_id"
    met: dict[int, tuple[date, int]] = {}
    # Who is asked next, with the day from which on (back: before which) an event leads on from there.
    asked = {unit_id: date.max if back else date.min}
    step = 0
    while asked:
        step += 1
        rows = Lineage.objects.filter(**{f"{own}__in": asked}, happened_on__lte=day)
        if not back:
            rows = rows.filter(happened_on=F("predecessor__ended_on"))
        onward: dict[int, date] = {}
        for unit, kin, at in rows.values_list(own, other, "happened_on"):
            if kin == unit_id or not (at < asked[unit] if back else at > asked[unit]):
                continue
            before = met.get(kin)
            if before is None or (at > before[0] if back else at < before[0]):
                met[kin] = (at, min(step, before[1] if before else step))
                onward[kin] = at
        asked = onward
    names = last_names(met, day)
    found = [Relative(kin, names[kin], at, step) for kin, (at, step) in met.items()]
    return sorted(found, key=lambda one: (-one.happened_on.toordinal() if back else one.happened_on.toordinal(), one.step, one.id))  # fmt: skip
