"""Whose board it is, and for when: never more than the grants of the reader allow."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from danvan.accounts.selectors import grants_allowing, units_granted
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.organisations.enums import Follows, Level
from danvan.organisations.selectors import names_on, population, top_unit, units_on, units_under
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.organisations.selectors.spans import UnitSpan, spans_of
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

ACTION = "board.view"
BELOW = {Level.COUNTRY: Level.PROVINCE, Level.PROVINCE: Level.COMMUNE}
YEARS, QUARTERS, MONTHS = 3, 6, 18


@dataclass(frozen=True, slots=True)
class Scope:
    """The place a board is read for, and the units whose affairs stand on it.

    `whole` where the reader may read the place itself, so that its own figures are shown; else only the
    affairs of the reader's own organisations. `within` (a queryset of ids) is everything of the reader's
    that is at or below the place today, for what must be done now; `within_then` on the day of the tree, with the
    units before those. `day` is that of the tree the page reads; `stands` is whether the place
    was there on it: its name and what is under it are else those of the nearest day on which it was.
    """

    place_id: int
    name: str
    level: str
    whole: bool
    within: QuerySet[Any, Any]
    narrowed: bool
    choices: list[tuple[int, str]]
    within_then: QuerySet[Any, Any]
    below_now: list[tuple[int, str]] = field(
        default_factory=list
    )  # where they are among the choices
    reading: Reading = THEN
    day: date = date.min
    stands: bool = True

    @property
    def has_figures(self) -> bool:
        """As it was then a place has those of its own time; a day's tree has none for one that is not in it."""
        return self.stands or self.reading.on is None

    @property
    def below(self) -> str:
        """The level of the places that make up this one; empty where none do."""
        return str(BELOW.get(Level(self.level), ""))


@dataclass(frozen=True, slots=True)
class Top:
    """A place where the reader's reach begins."""

    place_id: int
    whole: bool


def scope_of(
    user: "User",
    asked: int | None = None,
    *,
    action: str = ACTION,
    reading: Reading = THEN,
    until: date | None = None,
) -> Scope | None:
    """The scope `user` asks for, the widest of the own ones where nothing is asked; None where out of reach.

    Rights are those of today. The tree is that of the reading's day, else of `until` (today unless said): a
    place that has ended or is yet to come may be asked for too, by whoever reads its records.
    """
    today = clock.today()
    day = reading.on or min(today, until or today)
    tops = _tops(user, action, today)
    places = units_on({top.place_id for top in tops}, today)
    tops = [top for top in tops if top.place_id in places]
    if not tops:
        return None
    levels = list(Level)
    tops.sort(key=lambda top: (levels.index(Level(places[top.place_id].level)), not top.whole))
    below = _below(tops, places, day)
    granted = units_granted(user, action)
    choices = [(top.place_id, places[top.place_id].name) for top in tops] + below
    first = asked is None or asked == tops[0].place_id
    alone = first and len(tops) == 1
    mine = {top.place_id: top.whole for top in tops}
    place_id = tops[0].place_id if asked is None else asked
    whole = mine.get(place_id, False) or (not first and granted.filter(unit_id=place_id).exists())
    found = _nearest(place_id, day)
    if found is None or not (whole or place_id in mine):
        return None
    if place_id not in dict(choices):
        choices.append((place_id, found.name))
    return Scope(
        place_id,
        found.name,
        found.level,
        whole,
        granted if alone else _inside(place_id, granted, today),
        narrowed=not alone,
        choices=choices,
        within_then=granted if alone else _inside(place_id, granted, _day_of(found, day)),
        below_now=below if alone else [],
        reading=reading,
        day=day,
        stands=found.holds_on(day),
    )


def _nearest(place_id: int, day: date) -> UnitSpan | None:
    """The place as it was on a day, else as it was last before it, else first; None where it is no place."""
    found: UnitSpan | None = None
    for span in spans_of([place_id]):
        if found is None or span.valid_from <= day:
            found = span
    return None if found is None or found.kind else found


def _day_of(span: UnitSpan, day: date) -> date:
    """The day itself where the place stood then, else the nearest on which it did."""
    last = span.valid_to - timedelta(days=1) if span.valid_to else day
    return max(span.valid_from, min(day, last))


def _inside(place_id: int, granted: QuerySet[Any, Any], day: date) -> QuerySet[Any, Any]:
    under = units_under([place_id], on=day, follows=Follows.PLACE, heirs=True)
    return under.filter(unit_id__in=granted)


def _tops(user: "User", action: str, day: date) -> list[Top]:
    """The places of the reader's own grants, each once."""
    held = grants_allowing(user, action)
    if any(one.root for one in held):
        return [Top(top_unit(on=day).id, whole=True)]
    units = units_on({one.unit_id for one in held}, day)
    found: dict[int, bool] = {}
    for one in held:
        unit = units.get(one.unit_id)
        if unit is None:
            continue
        place = unit.id if unit.is_place else unit.place_id
        if place is not None:
            found[place] = found.get(place, False) or unit.is_place
    return [Top(place, whole) for place, whole in found.items()]


def _below(tops: list[Top], places: dict[int, Any], day: date) -> list[tuple[int, str]]:
    """The places one level below the reader's own, by name. Two queries a top that has any."""
    found: list[tuple[int, str]] = []
    for top in tops:
        level = BELOW.get(Level(places[top.place_id].level))
        if top.whole and level:
            found += places_below(top.place_id, level, day)
    return found


def places_below(place_id: int, level: str, day: date) -> list[tuple[int, str]]:
    """The places of one level under a place on a day, in Vietnamese order of their names."""
    names = names_on(population("", [level], place_id, on=day), day)
    return sorted(names.items(), key=lambda one: (sort_key(one[1].partition(" ")[2]), one[0]))


def choosable_periods(today: date, shown: Period) -> list[tuple[str, list[Period]]]:
    """Years, quarters and months up to the present one, the latest first, under the word for each kind.

    The period shown stands first where it is none of them: what is chosen must be what is read.
    """
    kinds = (("Năm", Every.YEAR, YEARS), ("Quý", Every.QUARTER, QUARTERS), ("Tháng", Every.MONTH, MONTHS))  # fmt: skip
    found = [(word, _latest(today, every, count)) for word, every, count in kinds]
    known = any(shown in periods for _, periods in found)
    return found if known else [("Đang xem", [shown]), *found]


def _latest(today: date, every: Every, count: int) -> list[Period]:
    found = [Period.containing(today, every)]
    while len(found) < count:
        before = date.fromordinal(found[-1].first.toordinal() - 1)
        found.append(Period.containing(before, every))
    return found


def period_asked(code: str | None) -> tuple[Period, str]:
    """The period in the address, this year where there is none; and a sentence where it is no period."""
    this_year = Period.containing(clock.today(), Every.YEAR)
    if not code:
        return this_year, ""
    try:
        return Period.parse(code), ""
    except ValueError as wrong:
        return this_year, str(wrong)


def number_in(text: object) -> int | None:
    """The id in a part of an address; None where it is none."""
    words = str(text or "").strip()
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else None


def report_month(period: Period, today: date) -> Period:
    """The month whose reports are looked at: the last of the period that is over, else its first."""
    over = [month for month in period.parts(Every.MONTH) if month.last < today]
    return over[-1] if over else period.parts(Every.MONTH)[0]
