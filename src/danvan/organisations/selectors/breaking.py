"""On which days what stands under a unit became something else: a series across them compares unlike with unlike."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from danvan.organisations.enums import Follows
from danvan.organisations.models import Reach
from danvan.organisations.selectors.readings import THEN, Reading, origins
from danvan.organisations.selectors.spans import lives_of

DAY = timedelta(days=1)


def breaks_of(unit_ids: Collection[int], *, after: date, until: date) -> dict[int, list[date]]:
    """The days after one day, up to another, on which the values under each unit were not those of before.

    Such a day is one on which the unit began or ended, or on which units, or parts of them, passed into what is at
    or under it by place, or out of that. What passed within it is no break. Queries grow with the days on which
    anything happened there, not with the units.
    """
    lives = lives_of(unit_ids)
    asked: dict[date, set[int]] = defaultdict(set)
    found: dict[int, set[date]] = {unit: set() for unit in unit_ids}
    for unit, day in _turning_days(unit_ids, after, until):
        life = lives[unit]
        if life.founded_on < day and (life.ended_on is None or day < life.ended_on):
            asked[day].add(unit)
    for unit, life in lives.items():
        ends = (life.founded_on, life.ended_on)
        found[unit] |= {day for day in ends if day is not None and after < day <= until}
    for day, units in asked.items():
        flowing = origins(units, Reading(day), [day - DAY])
        standing = origins(units, THEN, [day - DAY])
        for unit in units:
            key = (unit, day - DAY)
            if flowing.get(key, {}) != standing.get(key, {}):
                found[unit].add(day)
    return {unit: sorted(days) for unit, days in found.items()}


def _turning_days(unit_ids: Collection[int], after: date, until: date) -> set[tuple[int, date]]:
    """The days on which anything passed by lineage, or moved, at or under each unit. Three queries."""
    under = Reach.objects.filter(top_id__in=unit_ids, follows=Follows.PLACE).order_by()
    found: set[tuple[int, date]] = set()
    for links, inside in (
        ("unit__successor_links", Q(valid_from__lt=F("unit__successor_links__happened_on"))),
        ("unit__predecessor_links", Q(valid_from__lte=F("unit__predecessor_links__happened_on"))),
    ):
        happened = f"{links}__happened_on"
        still = Q(valid_to=None) | Q(valid_to__gte=F(happened))
        between: Any = {f"{happened}__gt": after, f"{happened}__lte": until}
        found |= set(under.filter(inside & still, **between).values_list("top_id", happened))
    came = Q(valid_from__gt=after, valid_from__lte=until)
    came &= Q(valid_from__gt=F("unit__founded_on"))
    went = Q(valid_to__gt=after, valid_to__lte=until)
    went &= Q(unit__ended_on=None) | Q(valid_to__lt=F("unit__ended_on"))
    for top, start, end in under.filter(came | went).values_list(
        "top_id", "valid_from", "valid_to"
    ):
        found |= {(top, day) for day in (start, end) if day is not None and after < day <= until}
    return found
