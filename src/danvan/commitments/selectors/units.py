"""The units that people mean by the words they type."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import units_granted
from danvan.commitments.models import Commitment
from danvan.commitments.selectors.ledger import own_units
from danvan.organisations.selectors import (
    UnitRow,
    find_nearest,
    find_units,
    last_names,
    names_on,
    units_on,
    units_under,
)
from danvan.organisations.selectors.officers.seated import posts_held_by, seats_of
from danvan.organisations.selectors.spans import ids_among
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_PARTS = 3  # commas read in what somebody typed


@dataclass(frozen=True, slots=True)
class Meant:
    """The unit that some words mean, or the few they may mean."""

    unit_id: int | None = None
    name: str = ""
    offers: list[tuple[int, str]] = field(default_factory=list)


def unit_meant(words: str, *, on: date, picked: str = "", near: Collection[int] = ()) -> Meant:
    """The unit that typed words mean: the one picked, the one whose whole name they are, or the only one found; of several
    those `near` to these units are offered first.

    Units that ended are found by their name too, so that an act can say who took over from them.
    """
    if picked.isascii() and picked.isdigit() and len(picked) < 18:
        name = last_names([int(picked)], on).get(int(picked), "")
        if name and fold(name) == fold(words):
            return Meant(int(picked), name)
    found_by = find_nearest(words, units=near, on=on) if near else find_units(words, on=on)
    rows = found_by or _standing_there(words, on)
    whole = [row for row in rows if fold(f"{row.name}, {row.context}") == fold(words)]
    whole = whole or [row for row in rows if fold(row.name) == fold(words)]
    standing = [row for row in whole if not row.ended_on]
    for found in (standing, whole, rows):
        if len(found) == 1:
            return Meant(found[0].id, found[0].name)
    return Meant(offers=[(row.id, f"{row.name}, {row.context}") for row in whole or rows])


def _standing_there(words: str, on: date) -> list[UnitRow]:
    """The units meant by a name with where they stand behind a comma, as offers and lists write them."""
    parts = [part.strip() for part in words.split(",", MOST_PARTS)]
    for first in range(1, len(parts)):
        there = unit_meant(", ".join(parts[first:]), on=on).unit_id
        if there is None:
            continue
        rows = find_units(", ".join(parts[:first]), on=on, within=units_under([there], on=on))
        if rows:
            return rows
    return []


def unit_lines(unit_ids: Iterable[int], *, on: date) -> dict[str, int]:
    """Units as a form writes them one a line, each line once: by name, and where two share it, by where they stand too."""
    names = last_names(list(unit_ids), on)
    shared = Counter(names.values())
    found: dict[str, int] = {}
    for pk, name in names.items():
        line = name
        if shared[name] > 1:
            there = (row.context for row in find_units(name, on=on) if row.id == pk)
            line = f"{name}, {next(there, '')}".rstrip(", ")
        if line in found:
            line = f"{line} (mã {pk})"
        found[line] = pk
    return found


def assigning_units(user: "User", *, on: date) -> list[tuple[int, str]]:
    """The user's own units in whose name they may assign, as choices: organisations first, then by name."""
    granted = units_granted(user, "commitments.assign")
    own = ids_among(own_units(user), granted)
    kinds, names = units_on(own, on), names_on(own, on)
    return sorted(
        ((pk, name) for pk, name in names.items()),
        key=lambda pair: (kinds[pair[0]].is_place, sort_key(pair[1])),
    )


def usual_unit(user: "User", offered: Collection[int], *, on: date) -> int | None:
    """In whose name `user` gives work, of several: the organisation whose post they hold, else the one of their last time."""
    held = {seat.unit_id for seat in seats_of(posts_held_by(user.pk, on), on).values()}
    for pk in offered:
        if pk in held:
            return pk
    last = Commitment.objects.filter(assigned_by=user, assigner_id__in=list(offered))
    return last.order_by("-pk").values_list("assigner_id", flat=True).first()
