"""Who the words of a task mean: single units found in the register, groups as they stand on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from danvan.documents.bodies import PLACE, Doer
from danvan.organisations.enums import Level
from danvan.organisations.selectors import names_on, population, units_on, units_under
from danvan.organisations.selectors.spans import (
    UnitSpan,
    ids_among,
    spans_at,
    spans_named,
)
from danvan.vietnamese.text import fold

# What stands before the bare name of a place ("Tỉnh ủy Nghệ An"), by its level.
TYPE_WORDS = {
    Level.PROVINCE: ("tinh", "thanh pho"),
    Level.DISTRICT: ("huyen", "thi xa", "thanh pho", "quan"),
    Level.COMMUNE: ("xa", "phuong", "dac khu", "thi tran"),
}


def found_units(doers: Iterable[Doer], place_id: int, on: date) -> dict[Doer, int]:
    """The one unit each of these doers means, where the register knows it: at or below a place on a day.

    A unit that has ended is found too where no other bears its name: whoever gives it work is told who took
    over. Four queries at most.
    """
    wanted = [one for one in dict.fromkeys(doers) if one.unit_id is None and not one.group]
    if not wanted:
        return {}
    spoken = {one: _spoken(one) for one in wanted}
    spans = spans_named({name for names in spoken.values() for name in names})
    lasting = [one.unit_id for one in spans if one.holds_on(on)]
    within = ids_among(lasting, units_under([place_id], on=on)) | {place_id}
    places = {one: _meant(spans, names, within, on) for one, names in spoken.items()}
    standing = spans_at({span.unit_id for span in places.values() if span is not None})
    found = {}
    for one, span in places.items():
        unit_id = _standing(one, span, standing, on) if span is not None else None
        if unit_id is not None:
            found[one] = unit_id
    return found


def _spoken(doer: Doer) -> list[str]:
    """The folded names to look for: the place an organisation is of, else the whole name."""
    if not doer.place:
        return [fold(doer.words)]
    name = fold(doer.place)
    types = [word for level in doer.levels for word in TYPE_WORDS.get(Level(level), ())]
    if any(name.startswith(f"{word} ") for words in TYPE_WORDS.values() for word in words):
        return [name]
    return [f"{word} {name}" for word in types]


def _meant(
    spans: Sequence[UnitSpan], names: Sequence[str], within: set[int], on: date
) -> UnitSpan | None:
    """The one unit of these names within reach on the day; else the one that has ended; else None."""
    named = [span for span in spans if span.folded in names]
    living = [span for span in named if span.holds_on(on) and span.unit_id in within]
    ended = {span.unit_id: span for span in named if span.valid_to and span.valid_to <= on}
    for fits in (living, [] if any(one.holds_on(on) for one in named) else list(ended.values())):
        if len(fits) == 1:
            return fits[0]
    return None


def _standing(doer: Doer, named: UnitSpan, spans: Sequence[UnitSpan], on: date) -> int | None:
    """The unit itself, or the organisation of the doer's kind that stands (or last stood) in that place."""
    if not doer.kind or doer.kind == PLACE or named.kind:
        return named.unit_id
    day = on if named.holds_on(on) else (named.valid_to or on) - timedelta(days=1)
    fits = [
        one.unit_id
        for one in spans
        if one.place_id == named.unit_id and one.kind == doer.kind and one.holds_on(day)
    ]
    return fits[0] if len(fits) == 1 else None


def with_units(doers: Sequence[Doer], units: dict[Doer, int]) -> tuple[Doer, ...]:
    """The doers with the units that were found for them."""
    return tuple(replace(one, unit_id=units[one]) if one in units else one for one in doers)


def units_of(doer: Doer, place_id: int, on: date) -> list[int]:
    """The units a doer stands for on a day: itself, or the population at and below a place; none for mere words."""
    if doer.unit_id is not None:
        return [doer.unit_id]
    if not doer.group:
        return []
    kind = "" if doer.kind == PLACE else doer.kind
    return list(population(kind, doer.levels, place_id, on=on))


def outside(unit_ids: Iterable[int], place_id: int, on: date) -> list[str]:
    """Names of those of these units that stand on the day, but neither at nor below the place. Three queries."""
    wanted = set(unit_ids)
    within = ids_among(wanted, units_under([place_id], on=on)) | {place_id}
    return list(names_on(wanted - within, on).values())


def place_by_unit(unit_ids: Iterable[int], on: date) -> dict[int, int]:
    """The place each unit stands in on a day, itself for a place. One query."""
    return {
        pk: one.id if one.is_place else one.place_id or 0
        for pk, one in units_on(unit_ids, on).items()
    }
