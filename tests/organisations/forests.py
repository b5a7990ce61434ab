"""Small random registers and random drafts that may be applied to them, for the properties of reorganisations.

Everything is made by the register's own services. `draw_register` gives a `Forest`; `draw_event` a draft of any
kind that is valid on its day, from what stands there.
"""

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st

from danvan.organisations import services as act
from danvan.organisations.enums import EventKind, Kind, Level, Measure, Sort
from danvan.organisations.models import Lineage, Unit, UnitSize, UnitVersion
from danvan.organisations.selectors import in_force

FOUNDED = date(2025, 7, 1)
FIRST = date(2026, 1, 1)  # the first event is this day or later
NAMES = [
    "An Phú",
    "Bình Hòa",
    "Châu Khê",
    "Dương Đông",
    "Yên Khê",
    "Mường Xén",
    "Tri Lễ",
    "Keng Đu",
]
KINDS = [Kind.PARTY_COMMITTEE, Kind.ADVISORY_BOARD, Kind.FRONT_COMMITTEE, Kind.PEOPLES_COMMITTEE]
# In the order in which a simpler draft is found when an example is made smaller.
ALL_KINDS = [
    EventKind.RENAME, EventKind.FOUND, EventKind.MERGE, EventKind.INCORPORATE, EventKind.DIVIDE,
    EventKind.SPLIT_OFF, EventKind.TERRITORY, EventKind.DISSOLVE, EventKind.MOVE, EventKind.RELEVEL,
    EventKind.REWEIGH,
]  # fmt: skip


@dataclass
class Forest:
    """A register made for a test: the country and what was founded in it first."""

    country: int
    places: list[int] = field(default_factory=list)
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def code(self, level):
        """A code that nobody has had."""
        return f"{next(self.numbers):0{2 if level == Level.PROVINCE else 5}}"

    def name(self):
        """A name that nobody has had."""
        number = next(self.numbers)
        return f"{NAMES[number % len(NAMES)]} {number}"


@st.composite
def registers(draw, **bounds):
    """As `draw_register`, as a strategy."""
    return draw_register(draw, **bounds)


def draw_register(draw, *, provinces=2, communes=4, villages=2, kinds=KINDS):
    """A country with up to so many provinces, communes in each, villages, organisations, people and areas."""
    country = _place("Việt Nam", "", Level.COUNTRY, None, "")
    forest = Forest(country, [country])
    for _ in range(draw(st.integers(1, provinces))):
        top = _place(
            f"Tỉnh {forest.name()}", "tỉnh", Level.PROVINCE, country, forest.code("province")
        )
        forest.places.append(top)
        for _ in range(draw(st.integers(2, communes))):
            name = f"Xã {forest.name()}"
            commune = _place(name, "xã", Level.COMMUNE, top, forest.code("commune"))
            forest.places.append(commune)
            for _ in range(draw(st.integers(0, villages))):
                village = _place(f"Thôn {forest.name()}", "thôn", Level.VILLAGE, commune, "")
                forest.places.append(village)
    _seat(draw, forest, kinds)
    count_people(FOUNDED)
    return forest


def _place(name, type_word, level, under, code):
    return act.found_place(
        name, type_word=type_word, level=level, under=under, actor=None, on=FOUNDED, code=code
    )


def _seat(draw, forest, kinds):
    """Organisations of some kinds: in every place of their levels, or only in some."""
    levels = dict(UnitVersion.objects.filter(kind="").values_list("unit_id", "level"))
    seats = [unit for unit, level in levels.items() if level in (Level.PROVINCE, Level.COMMUNE)]
    for kind in draw(st.lists(st.sampled_from(kinds), unique=True, max_size=3)):
        chosen = draw(st.lists(st.sampled_from(seats), unique=True, min_size=1))
        act.found_organisations(
            draw(st.sampled_from([seats, chosen])), [kind], actor=None, on=FOUNDED
        )


def count_people(on):
    """Give every place that stands without one a size and an area: so that any measure can be used."""
    standing = UnitVersion.objects.filter(in_force(on), kind="")
    for version in standing.filter(area_km2=None):
        version.area_km2 = 10 + version.unit_id * 7 % 90
        version.save()
    unknown = standing.exclude(unit__sizes__counted_on__lte=on).values_list("unit_id", flat=True)
    UnitSize.objects.bulk_create(
        UnitSize(
            unit_id=unit, counted_on=on, population=1_000 + unit * 37 % 5_000,
            households=300 + unit * 11 % 900, source="Chi cục Thống kê",
        )
        for unit in unknown
    )  # fmt: skip


def days_after(draw, day, *, most=40):
    """A later day, near enough that events touch."""
    return day + timedelta(days=draw(st.integers(1, most)))


def standing_on(on, *, level=None, sort=Sort.PLACE):
    """The versions of the units that stand on a day and have no end, by unit."""
    found = UnitVersion.objects.filter(in_force(on), valid_to=None, unit__sort=sort)
    if level:
        found = found.filter(level=level)
    return {version.unit_id: version for version in found.order_by("unit_id")}


def draw_event(draw, forest, on, *, kinds=ALL_KINDS):
    """A draft that may be applied on the day; None where nothing that stands allows one of these kinds."""
    for kind in draw(st.permutations(list(kinds))):
        made = SHAPES[kind](draw, forest, on)
        if made is not None:
            return made
    return None


def _draft(draw, forest, kind, on, *, measures=(Measure.EQUAL, Measure.POPULATION, Measure.AREA)):
    return act.draft_reorganisation(
        kind, title=f"Sắp xếp {forest.name()}", scope_id=forest.country, effective_on=on,
        decision="Nghị quyết 1/NQ", measure=draw(st.sampled_from(measures)), actor=None,
    )  # fmt: skip


def _siblings(draw, on, *, least):
    """Places of one level under one place, so many at least."""
    groups = {}
    for level in (Level.COMMUNE, Level.PROVINCE):
        for unit, version in standing_on(on, level=level).items():
            groups.setdefault((level, version.parent_id), []).append(unit)
    fit = sorted(units for units in groups.values() if len(units) >= least)
    return draw(st.sampled_from(fit)) if fit else None


def _new(forest, draft, like, *, area=25):
    province = like.level == Level.PROVINCE
    word = "tỉnh" if province else "xã"
    return act.add_new_unit(
        draft, actor=None, name=f"{word.capitalize()} {forest.name()}", type_word=word,
        level=like.level, parent_id=like.parent_id, code=forest.code(like.level), area_km2=area,
    )  # fmt: skip


def _some(draw, units, least, most):
    return draw(st.lists(st.sampled_from(units), unique=True, min_size=least, max_size=most))


def _parts(draw, many):
    """Typed shares that sum to a million."""
    cuts = sorted(draw(st.sets(st.integers(1, 999_999), min_size=many - 1, max_size=many - 1)))
    return [b - a for a, b in itertools.pairwise([0, *cuts, 1_000_000])]


def _place_children(draw, draft, units, new, on):
    """Let every place under a divided one go to one of the new ones."""
    below = UnitVersion.objects.filter(in_force(on), kind="", parent_id__in=units)
    for child in below.order_by("unit_id").values_list("unit_id", flat=True):
        act.set_change(draft, child, actor=None, parent_new_id=draw(st.sampled_from(new)).pk)


def _merge(draw, forest, on):
    group = _siblings(draw, on, least=2)
    if group is None:
        return None
    givers = _some(draw, group, 2, 3)
    like = standing_on(on)[givers[0]]
    draft = _draft(draw, forest, EventKind.MERGE, on)
    new = [_new(forest, draft, like) for _ in range(draw(st.integers(1, 2)))]
    for giver in givers:
        parts = _parts(draw, len(new)) if len(new) > 1 else [None]
        for one, part in zip(new, parts, strict=True):
            act.set_passing(draft, giver, actor=None, new_unit_id=one.pk, weight=part)
    if len(new) > 1:
        _place_children(draw, draft, givers, new, on)
    return draft


def _incorporate(draw, forest, on):
    group = _siblings(draw, on, least=2)
    if group is None:
        return None
    taker, *givers = _some(draw, group, 2, 3)
    draft = _draft(draw, forest, EventKind.INCORPORATE, on)
    for giver in givers:
        act.set_passing(draft, giver, taker, actor=None, heir=draw(st.booleans()))
    return draft


def _divide(draw, forest, on):
    group = _siblings(draw, on, least=1)
    if group is None:
        return None
    [giver] = _some(draw, group, 1, 1)
    draft = _draft(draw, forest, EventKind.DIVIDE, on, measures=(Measure.EQUAL, Measure.AREA))
    new = [_new(forest, draft, standing_on(on)[giver], area=10 + n) for n in range(draw(st.integers(2, 3)))]  # fmt: skip
    parts = draw(st.sampled_from([[None] * len(new), _parts(draw, len(new))]))
    for one, part in zip(new, parts, strict=True):
        act.set_passing(draft, giver, actor=None, new_unit_id=one.pk, weight=part)
    _place_children(draw, draft, [giver], new, on)
    return draft


def _split_off(draw, forest, on):
    group = _siblings(draw, on, least=1)
    if group is None:
        return None
    [giver] = _some(draw, group, 1, 1)
    draft = _draft(draw, forest, EventKind.SPLIT_OFF, on)
    new = _new(forest, draft, standing_on(on)[giver])
    part = draw(st.integers(1, 999_999))
    act.set_passing(draft, giver, actor=None, new_unit_id=new.pk, weight=part)
    return draft


def _territory(draw, forest, on):
    group = _siblings(draw, on, least=2)
    if group is None:
        return None
    giver, taker = _some(draw, group, 2, 2)
    draft = _draft(draw, forest, EventKind.TERRITORY, on)
    part = draw(st.integers(1, 999_999))
    act.set_passing(draft, giver, taker, actor=None, weight=part)
    return draft


def _dissolve(draw, forest, on):
    led = standing_on(on, sort=Sort.ORGANISATION)
    villages = standing_on(on, level=Level.VILLAGE)
    pairs = [(unit, one.parent_id) for unit, one in {**led, **villages}.items() if one.parent_id]
    if not pairs:
        return None
    giver, taker = draw(st.sampled_from(pairs))
    draft = _draft(draw, forest, EventKind.DISSOLVE, on)
    act.set_passing(draft, giver, taker, actor=None)
    return draft


def _found(draw, forest, on):
    provinces = standing_on(on, level=Level.PROVINCE)
    top = draw(st.sampled_from(sorted(provinces)))
    draft = _draft(draw, forest, EventKind.FOUND, on)
    if draw(st.booleans()):
        act.add_new_unit(
            draft, actor=None, name=f"Tổ công tác {forest.name()}", kind=Kind.TEAM, level=Level.PROVINCE,
            place_id=top,
        )  # fmt: skip
        return draft
    new = act.add_new_unit(
        draft, actor=None, name=f"Xã {forest.name()}", type_word="xã", level=Level.COMMUNE,
        parent_id=top, code=forest.code(Level.COMMUNE), area_km2=12,
    )  # fmt: skip
    if draw(st.booleans()):
        act.add_new_unit(
            draft, actor=None, name="", kind=Kind.FRONT_COMMITTEE, level=Level.COMMUNE,
            place_new_id=new.pk,
        )  # fmt: skip
    return draft


def _rename(draw, forest, on):
    units = {**standing_on(on), **standing_on(on, sort=Sort.ORGANISATION)}
    unit = draw(st.sampled_from(sorted(units)))
    draft = _draft(draw, forest, EventKind.RENAME, on)
    code = ""
    if units[unit].level == Level.COMMUNE and not units[unit].kind:
        code = draw(st.sampled_from(["", forest.code(Level.COMMUNE)]))
    word = units[unit].type_word
    act.set_change(
        draft, unit, actor=None, name=f"{word} {forest.name()}".strip().capitalize(), code=code
    )
    return draft


def _move(draw, forest, on):
    communes, provinces = (
        standing_on(on, level=Level.COMMUNE),
        standing_on(on, level=Level.PROVINCE),
    )
    pairs = [
        (unit, top) for unit, one in communes.items() for top in provinces if top != one.parent_id
    ]
    if not pairs:
        return None
    unit, top = draw(st.sampled_from(pairs))
    draft = _draft(draw, forest, EventKind.MOVE, on)
    act.set_change(draft, unit, actor=None, parent_id=top)
    return draft


def _relevel(draw, forest, on):
    communes = standing_on(on, level=Level.COMMUNE)
    if not communes:
        return None
    unit = draw(st.sampled_from(sorted(communes)))
    draft = _draft(draw, forest, EventKind.RELEVEL, on)
    act.set_change(draft, unit, actor=None, type_word="phường", name=f"Phường {forest.name()}")
    return draft


def _reweigh(draw, forest, on):
    places = Lineage.objects.filter(predecessor__sort=Sort.PLACE, happened_on__lt=on)
    rows = {}
    for link in places.order_by("pk"):
        rows.setdefault((link.happened_on, link.predecessor_id), []).append(link.successor_id)
    divided = sorted(key for key, takers in rows.items() if len(takers) > 1)
    if not divided:
        return None
    day, giver = draw(st.sampled_from(divided))
    takers = rows[day, giver]
    draft = _draft(
        draw, forest, EventKind.REWEIGH, day, measures=(Measure.EQUAL, Measure.POPULATION)
    )
    parts = _parts(draw, len(takers))
    now = places.filter(happened_on=day, predecessor=giver)
    if [now.get(successor=taker).weight for taker in takers] == parts:
        parts = [*parts[1:], parts[0]] if len(set(parts)) > 1 else [parts[0] - 1, *parts[1:-1], parts[-1] + 1]  # fmt: skip
    for taker, part in zip(takers, parts, strict=True):
        act.set_passing(draft, giver, taker, actor=None, weight=part)
    return draft


SHAPES = {
    EventKind.FOUND: _found, EventKind.MERGE: _merge, EventKind.INCORPORATE: _incorporate,
    EventKind.DIVIDE: _divide, EventKind.SPLIT_OFF: _split_off, EventKind.DISSOLVE: _dissolve,
    EventKind.RENAME: _rename, EventKind.MOVE: _move, EventKind.RELEVEL: _relevel,
    EventKind.TERRITORY: _territory, EventKind.REWEIGH: _reweigh,
}  # fmt: skip


def trees_on(day):
    """What stands under what on a day: {unit: (sort, level rank, place above, organisation above)}."""
    ranks = {level: rank for rank, level in enumerate(Level)}
    found = {}
    for one in UnitVersion.objects.filter(in_force(day)):
        assert one.unit_id not in found, "two versions on one day"
        above = one.place_id if one.kind else one.parent_id
        found[one.unit_id] = (
            one.kind,
            ranks[one.level],
            above,
            one.parent_id if one.kind else None,
        )
    lives = Unit.objects.all().values_list("pk", "founded_on", "ended_on")
    alive = {pk for pk, start, end in lives if start <= day and (end is None or day < end)}
    assert alive == found.keys(), "a unit lives exactly on the days of its versions"
    return found
