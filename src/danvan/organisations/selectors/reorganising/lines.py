"""What the organisations of the places concerned do: end with their place, follow its name, find their superior."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from danvan.organisations.apportion import MILLION
from danvan.organisations.enums import LINE, TEMPORARY, Kind, Measure
from danvan.organisations.naming import (
    LEVELS,
    bare_name,
    organisation_name,
    within_sentence,
)
from danvan.organisations.selectors.reorganising.plan import Founding, Standing
from danvan.organisations.selectors.reorganising.planner import Planner
from danvan.organisations.selectors.reorganising.weights import narrowed

Seats = dict[tuple[int, str], list[int]]


def called(kind: str, place: Standing, day: date) -> str:
    """What an organisation of a standing kind is called in a place, also where its type is not told."""
    try:
        return organisation_name(kind, place.level, place.name, place.type_word, day)
    except KeyError:  # a place whose type has no name of its own for this kind
        return f"{Kind(kind).label} {within_sentence(place.name, place.type_word)}"


def bare_of(name: str, place: Standing) -> str:
    """An organisation's name as it is searched: without the type word of its place."""
    seat = within_sentence(place.name, place.type_word)
    return name.replace(seat, bare_name(place.name, place.type_word))


def follow_places(planner: Planner) -> None:
    """End, found and pass on the organisations of every place that passes something."""
    ended = set(planner.draft.ended)
    explicit = set(planner.draft.given)
    for place in [unit for unit in planner.takers if planner.is_place(unit)]:
        takers = [taker for taker in planner.takers[place] if taker != place]
        for unit in planner.ground.organisations_at(place):
            if unit in explicit or not takers:
                continue
            one = planner.ground.standing[unit]
            if place in ended and Kind(one.kind) in TEMPORARY:
                _move_along(planner, unit, planner.heir_of(place))
            else:
                _pass_on(planner, unit, one, place, ended=place in ended)


def _move_along(planner: Planner, unit: int, seat: int) -> None:
    """A body set up for a task goes on with it in the place that takes over."""
    level = planner.now(seat).level
    planner.after[unit] = replace(planner.now(unit), place=seat, level=level)


def _pass_on(planner: Planner, unit: int, one: Standing, place: int, *, ended: bool) -> None:
    matched: dict[int, int] = {}
    for seat in planner.takers[place]:
        found = ended or seat < 0  # a standing place is given none by land alone
        taker = unit if seat == place else counterpart(planner, seat, one, found=found)
        if taker is not None:
            matched[seat] = taker
    if ended:
        planner.ended.append(unit)
        if not matched:
            _to_superior(planner, unit, one)
            return
        heir = planner.heir_of(place)
        planner.marked[unit] = matched.get(heir, next(iter(matched.values())))
    elif set(matched.values()) <= {unit}:
        return
    planner.takers[unit] = list(matched.values())
    shares = planner.weights.get(place)
    if shares:
        planner.weights[unit] = narrowed({matched[seat]: shares[seat] for seat in matched})


def _to_superior(planner: Planner, unit: int, one: Standing) -> None:
    """Where no place that takes over may have the kind, its superior takes over."""
    above = one.parent
    if above is None or above in planner.ended:
        planner.fault("heirs", f"{planner.name(unit)} kết thúc mà chưa có tổ chức tiếp nhận. Đồng chí vui lòng chọn tổ chức nhận việc.")  # fmt: skip
        return
    planner.takers[unit] = [above]
    planner.weights[unit] = {above: (MILLION, Measure.WHOLE)}


def counterpart(planner: Planner, seat: int, one: Standing, *, found: bool) -> int | None:
    """The organisation of the kind in another place: of the draft, standing there, or founded for it."""
    key = (seat, one.kind)
    if key not in planner.seats:
        standing = [u for u in planner.ground.kinds_at.get(key, []) if u not in planner.ended]
        if standing:
            planner.seats[key] = standing[0]
    if key in planner.seats:
        return planner.seats[key]
    place = planner.now(seat)
    kind = Kind(one.kind)
    if not found or kind in TEMPORARY or place.level not in LEVELS[kind]:
        return None
    unit = planner.next_key()
    name = called(kind, place, planner.on)
    made = Standing(name, bare_of(name, place), "", place.level, kind, place=seat)
    planner.founded[unit] = Founding(unit, made)
    planner.after[unit] = made
    planner.seats[key] = unit
    return unit


def follow_names(planner: Planner) -> None:
    """Let organisations named after their place follow its name, and its level."""
    named = {row.unit_id for row in planner.draft.changes if row.name}
    for place, after in list(planner.after.items()):
        before = planner.ground.standing.get(place)
        if before is None or not before.is_place or place in planner.ended:
            continue
        if (before.name, before.type_word, before.level) == (after.name, after.type_word, after.level):  # fmt: skip
            continue
        for unit in planner.ground.organisations_at(place):
            if unit in planner.ended:
                continue
            one = planner.now(unit)
            if one.level == before.level:
                one = replace(one, level=after.level)
            if unit not in named:
                since = planner.ground.versions[unit].valid_from
                one = _renamed(one, before, after, {since, planner.on}, planner.on)
            planner.after[unit] = one


def _renamed(
    one: Standing, before: Standing, after: Standing, days: set[date], on: date
) -> Standing:
    if Kind(one.kind) not in TEMPORARY and one.name in {called(one.kind, before, d) for d in days}:
        name = called(one.kind, after, on)
    elif before.name in one.name:
        name = one.name.replace(before.name, after.name)
    else:
        old = within_sentence(before.name, before.type_word)
        name = one.name.replace(old, within_sentence(after.name, after.type_word))
    return one if name == one.name else replace(one, name=name, bare=bare_of(name, after))


def find_superiors(planner: Planner) -> None:
    """Give every organisation concerned the superior it has from the day.

    One whose superior was the nearest of its kind above gets the nearest one there is now; one that was put
    under another stays there while that stands.
    """
    told = {
        row.unit_id: row.parent_id or -(row.parent_new_id or 0)
        for row in planner.draft.changes
        if row.parent_id or row.parent_new_id
    }
    ended = set(planner.ended)
    before = _Lines(planner.ground.standing, set())
    after = _Lines(planner.ground.standing | planner.after, ended)
    for unit, one in after.standing.items():
        if not one.kind or unit in ended or unit in told:
            continue
        parent = _superior(planner, unit, one, before, after, ended)
        if parent != one.parent:
            planner.after[unit] = replace(one, parent=parent)


def _superior(
    planner: Planner, unit: int, one: Standing, before: "_Lines", after: "_Lines", ended: set[int]
) -> int | None:
    """Who stands over an organisation from the day."""
    lost = one.parent in ended
    if Kind(one.kind) in TEMPORARY:
        return planner.heir_of(one.parent) if lost and one.parent else one.parent
    if unit < 0:
        return after.superior(unit)
    if not lost and one.parent != before.superior(unit):
        return one.parent
    found = after.superior(unit)
    if found is None and lost and one.parent:
        heir = planner.heir_of(one.parent)
        fits = heir != unit and LINE[Kind(planner.now(heir).kind)] == LINE[Kind(one.kind)]
        return heir if fits else None
    return found


class _Lines:
    """The organisations by place and kind in one state of the tree, to climb in."""

    def __init__(self, standing: dict[int, Standing], ended: set[int]) -> None:
        self.standing = standing
        self.seats: Seats = defaultdict(list)
        for unit, one in standing.items():
            if one.kind and one.place and unit not in ended:
                self.seats[one.place, one.kind].append(unit)

    def superior(self, unit: int) -> int | None:
        """The nearest organisation of the kind above; for a board without one, the committee beside it."""
        one = self.standing[unit]
        place, climbed = one.place, set[int]()
        while place is not None and place not in climbed:
            climbed.add(place)
            at = self.standing.get(place)
            place = at.parent if at else None
            if place is not None and place not in climbed and (place, one.kind) in self.seats:
                return min(self.seats[place, one.kind], key=lambda found: (found < 0, abs(found)))
        if one.kind == Kind.ADVISORY_BOARD and one.place:
            committees = self.seats.get((one.place, Kind.PARTY_COMMITTEE), [])
            return min(committees, default=None)
        return None
