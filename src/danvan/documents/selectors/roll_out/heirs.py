"""Who stands for a unit that a document addressed, or that issued one, after it ended."""

from collections.abc import Iterable
from datetime import date, timedelta

from danvan.organisations.selectors import Reading, destinations, identities, units_on


def standing_for(unit_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """For each unit the one that stands in its stead on a day: itself, or who took over its largest part.

    Through every event between; a unit that nobody of its kind took over from is left out. One query, and those of
    `destinations` with two more for each day on which some of them ended.
    """
    units = identities(unit_ids)
    found = {pk: pk for pk, one in units.items() if one.ended_on is None or one.ended_on > on}
    ended: dict[date, list[int]] = {}
    for pk, one in units.items():
        if pk not in found and one.ended_on is not None:
            ended.setdefault(one.ended_on - timedelta(days=1), []).append(pk)
    for day, these in ended.items():
        kinds = {pk: one.kind for pk, one in units_on(these, day).items()}
        flows = destinations(these, day, Reading(on))
        takers = units_on({to for shares in flows.values() for to in shares}, on)
        for pk, shares in flows.items():
            # Of an organisation without an heir what was counted goes to its place, which issues no documents.
            alike = [to for to in shares if to in takers and takers[to].kind == kinds[pk]]
            if alike:
                found[pk] = min(alike, key=lambda to: (-shares[to], to))
    return found
