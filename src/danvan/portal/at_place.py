"""What everybody may read of one place, put together: promises, opinions, dialogues, days of reception, what hangs out, news."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from danvan.dialogues.selectors.publicly import (
    Coming,
    dialogues_held,
    dialogues_to_come,
    told_coming,
)
from danvan.foundation import clock
from danvan.grassroots.selectors.publicly import PublicMatter as PublicWork
from danvan.grassroots.selectors.publicly import public_matters as public_work
from danvan.grassroots.selectors.publicly import told_matters
from danvan.news.selectors import Teaser, published_articles, teasers
from danvan.organisations.selectors import last_names, organisations_at, place_of, successors_on
from danvan.petitions.selectors import PublicMatter, public_matters
from danvan.petitions.selectors.public_figures import Sought, public_register
from danvan.petitions.selectors.reception import PublicDay, days_open_to_all
from danvan.portal.places import ours
from danvan.portal.selectors import Kept, promises_of, told_promises

FEW = 5


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """One place as everybody reads of it; of one that ended only who took it over (`became`: id and name)."""

    id: int
    name: str
    became: list[tuple[int, str]] = field(default_factory=list)
    promises: list[Kept] = field(default_factory=list)
    promised: int = 0
    matters: list[PublicMatter] = field(default_factory=list)
    asked: int = 0
    coming: list[Coming] = field(default_factory=list)
    held: list[Coming] = field(default_factory=list)
    days: list[tuple[str, PublicDay]] = field(default_factory=list)
    hanging: list[PublicWork] = field(default_factory=list)
    articles: list[Teaser] = field(default_factory=list)


def place_told(pk: int) -> PlaceTold | None:
    """The place of that id, or the one in which that organisation stands; None for what is none of ours. A fixed number of
    queries but for the generations of a place that ended.
    """
    today = clock.today()
    units, name = units_at(pk)
    if not units:
        return _ended(pk, today)
    promises = promises_of().filter(lead_id__in=units).order_by("ordered_by", "pk")
    register = public_register(Sought(unit_ids=units))
    return PlaceTold(
        id=units[0],
        name=name,
        promises=told_promises(promises[:FEW]),
        promised=promises.count(),
        matters=public_matters(register[:FEW]),
        asked=register.count(),
        coming=told_coming(dialogues_to_come().filter(unit_id__in=units)[:FEW]),
        held=told_coming(dialogues_held().filter(unit_id__in=units)[:FEW]),
        days=days_open_to_all(on=today, unit_ids=units),
        hanging=told_matters(public_work().filter(unit_id__in=units)[:FEW]),
        articles=teasers(published_articles().filter(unit_id__in=units)[:FEW]),
    )


def units_at(pk: int) -> tuple[list[int], str]:
    """The place of that id, or the one in which that organisation stands, and the organisations there, with the name of the place;
    nothing for what is none of ours today. Four queries.
    """
    today = clock.today()
    here = place_of(pk, today)
    if here is None or not ours().filter(unit_id=here).exists():
        return [], ""
    return [here, *organisations_at([here], on=today)], last_names([here], today)[here]


def _ended(pk: int, today: date) -> PlaceTold | None:
    """Where an ended place went: an address that was passed on before a merger still leads somewhere."""
    heirs: Collection[int] = {one.id for one in successors_on(pk, today)}
    standing = set(ours().filter(unit_id__in=heirs).values_list("unit_id", flat=True))
    if not standing:
        return None
    names = last_names({pk, *standing}, today)
    became = sorted((one, names[one]) for one in standing)
    return PlaceTold(id=pk, name=names.get(pk, ""), became=became)
