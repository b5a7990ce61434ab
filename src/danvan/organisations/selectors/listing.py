"""The whole register at or below a place on a day, for whoever takes it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Lineage, Reach, UnitCode, UnitSize, UnitVersion
from danvan.organisations.selectors.days import in_force, last_names

MOST_IDS = 5_000  # more are not asked for by name
RANK = {level: place for place, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class RegisterOnDay:
    """Places and organisations as they were, every code they ever carried, who they stood under, their lineage."""

    places: Sequence[UnitVersion]
    organisations: Sequence[UnitVersion]
    codes: Sequence[tuple[int, str, str, str, date, date | None]]
    superiors: Sequence[tuple[int, str, int, str, str]]
    lineage: Sequence[Lineage]
    names: dict[int, str]
    code_of: dict[int, str]
    sizes: dict[int, UnitSize]


def register_on(top_id: int, day: date) -> RegisterOnDay:
    """What stood at or below a place on a day. Seven queries, whatever the number of units.

    Lineage is of the units that stood there: what they came from and what became of them.
    """
    below = Reach.objects.filter(in_force(day), top_id=top_id, follows=Follows.PLACE)
    ids = below.values("unit_id")
    versions = list(UnitVersion.objects.filter(in_force(day), unit_id__in=ids))
    versions.sort(key=lambda one: (RANK[Level(one.level)], one.kind, one.bare, one.unit_id))
    links = Lineage.objects.filter(Q(predecessor_id__in=ids) | Q(successor_id__in=ids))
    lineage = list(links.order_by("happened_on", "predecessor_id", "-weight", "pk"))
    known = {one.unit_id for one in versions}
    known |= {one for v in versions for one in (v.parent_id, v.place_id) if one}
    known |= {one for link in lineage for one in (link.predecessor_id, link.successor_id)}
    names = _names(known, day)
    codes = list(UnitCode.objects.filter(unit_id__in=ids).order_by("unit_id", "valid_from"))
    above = UnitCode.objects.filter(in_force(day), system="gso")
    sizes = UnitSize.objects.filter(unit_id__in=ids, counted_on__lte=day)
    return RegisterOnDay(
        places=[one for one in versions if not one.kind],
        organisations=[one for one in versions if one.kind],
        codes=[
            (c.unit_id, names.get(c.unit_id, ""), c.system, c.code, c.valid_from, c.valid_to)
            for c in codes
        ],
        superiors=[
            (one.unit_id, one.name, above_id, names.get(above_id, ""), word)
            for one in versions
            for above_id, word in (
                (one.parent_id, "ngành dọc" if one.kind else "địa bàn"),
                (one.place_id, "nơi đứng"),
            )
            if above_id
        ],
        lineage=lineage,
        names=names,
        code_of=dict(above.values_list("unit_id", "code")),
        sizes={one.unit_id: one for one in sizes.order_by("counted_on", "pk")},
    )


def _names(known: set[int], day: date) -> dict[int, str]:
    """A name for each: for a few by their ids, else out of all names."""
    if len(known) <= MOST_IDS:
        return last_names(known, day)
    names: dict[int, str] = {}
    rows = UnitVersion.objects.order_by("valid_from").values_list("unit_id", "name", "valid_from")
    for unit_id, name, start in rows:
        if unit_id in known and (start <= day or unit_id not in names):
            names[unit_id] = name
    return names
