"""Dialogues held by each host in a year, against what the law asks of its head."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.accounts.selectors import grants_today, units_granted
from danvan.dialogues.enums import YEARLY
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors.keeping import Keeping, keeping_of
from danvan.dialogues.selectors.rules import required_of
from danvan.foundation.periods import Period
from danvan.organisations.selectors import last_names, place_of, population
from danvan.organisations.selectors.officers.holding import head_of
from danvan.organisations.selectors.spans import ids_among
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class HostLine:
    """One host: its head, how many dialogues it held and how many it owes; `required` None is not laid down."""

    unit_id: int
    name: str
    head: str
    held: int
    coming: int
    required: int | None
    keeping: Keeping = field(default_factory=Keeping)

    @property
    def counted(self) -> int:
        """Those held that count towards what is owed: never more than that."""
        return self.held if self.required is None else min(self.held, self.required)

    @property
    def short(self) -> int:
        """How many are lacking."""
        return max((self.required or 0) - self.held, 0)


def yearly(user: "User", year: Period, *, on: date) -> list[HostLine]:
    """The committees within the reader's reach in one year, those that lack most first.

    A fixed number of queries for each of the reader's grants. Dialogues before a merger count for who held them.
    """
    day = min(on, year.last)
    needs = {kind: required_of(kind, levels[0], on=day) for kind, (_, levels) in YEARLY.items()}
    hosts = _hosts(user, day)
    held: Counter[int] = Counter()
    coming: Counter[int] = Counter()
    rows = Dialogue.objects.filter(
        Q(unit_id__in=hosts) | Q(former_id__in=hosts),
        held_on__gte=year.first,
        held_on__lt=year.end,
    )
    took_place = [one for one in rows if one.took_place]
    keeping = keeping_of(took_place, on=on)
    for one in rows:
        if one.took_place:
            held[one.host_on(one.held_on)] += 1
        elif one.coming:
            coming[one.unit_id] += 1
    names, heads = last_names(hosts, day), head_of(hosts, day)
    found = []
    for unit_id, kind in hosts.items():
        need, head = needs[kind], heads.get(unit_id)
        found.append(
            HostLine(
                unit_id=unit_id,
                name=names.get(unit_id, ""),
                head=f"{head.title} {head.words}" if head else "",
                held=held[unit_id],
                coming=coming[unit_id],
                required=need.number if need else None,
                keeping=keeping.get(unit_id, Keeping()),
            )
        )
    return sorted(found, key=lambda one: (-one.short, sort_key(one.name), one.unit_id))


def _hosts(user: "User", day: date) -> dict[int, str]:
    """The committees in reach by id, with their kind."""
    granted = units_granted(user, "dialogues.view")
    places = [place_of(one.unit_id, day) for one in grants_today(user)]
    found: dict[int, str] = {}
    for place_id in {one for one in places if one is not None}:
        for kind, (_, levels) in YEARLY.items():
            within = ids_among(population(kind, levels, place_id, on=day), granted)
            found |= dict.fromkeys(within, kind)
    return found
