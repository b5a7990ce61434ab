"""Who stands for a unit that a document addressed, or that issued one, after it ended."""

from collections.abc import Iterable
from datetime import date, timedelta

from danvan.organisations.selectors import Reading, destinations, identities


def standing_for(unit_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """For each unit the one that stands in its stead on a day: itself, or who took over its largest part.

    Through every event between; a unit that nobody took over from is left out. One query, and those of
    `destinations` for each day on which some of them ended.
    """
    units = identities(unit_ids)
    found = {pk: pk for pk, one in units.items() if one.ended_on is None or one.ended_on > on}
    ended: dict[date, list[int]] = {}
    for pk, one in units.items():
        if pk not in found and one.ended_on is not None:
            ended.setdefault(one.ended_on - timedelta(days=1), []).append(pk)
    for day, these in ended.items():
        for pk, shares in destinations(these, day, Reading(on)).items():
            if shares:
                found[pk] = min(shares, key=lambda one: (-shares[one], one))
    return found
