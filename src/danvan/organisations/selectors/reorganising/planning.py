"""Planning a reorganisation: from the rows of its draft to everything that happens on its day."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from danvan.organisations.apportion import MILLION
from danvan.organisations.enums import TEMPORARY, EventKind, Kind, Measure
from danvan.organisations.models import Change, NewUnit, Reorganisation
from danvan.organisations.naming import bare_name
from danvan.organisations.selectors.reorganising.faults import find_faults
from danvan.organisations.selectors.reorganising.ground import (
    KEEPING,
    read_draft,
    read_ground,
)
from danvan.organisations.selectors.reorganising.lines import (
    bare_of,
    called,
    find_superiors,
    follow_names,
    follow_places,
)
from danvan.organisations.selectors.reorganising.plan import (
    Changing,
    Founding,
    Passed,
    Plan,
    Standing,
)
from danvan.organisations.selectors.reorganising.planner import Planner
from danvan.organisations.selectors.reorganising.reweighing import plan_reweighing
from danvan.organisations.selectors.reorganising.weights import (
    lineage_of,
    share_out,
)
from danvan.vietnamese.text import canonical


def plan_of(reorganisation: Reorganisation) -> Plan:
    """Everything the reorganisation does on its day, with every fault met. A fixed number of queries."""
    draft = read_draft(reorganisation)
    if reorganisation.kind == EventKind.REWEIGH:
        return plan_reweighing(draft)
    planner = Planner(draft, read_ground(draft))
    planner.ended = draft.ended
    _found(planner)
    _change(planner)
    _share(planner)
    _place_children(planner)
    follow_places(planner)
    follow_names(planner)
    find_superiors(planner)
    passed = _lineage(planner)
    find_faults(planner)
    return _plan(planner, passed)


def _found(planner: Planner) -> None:
    """The units that the draft founds, places before the organisations in them."""
    rows = sorted(planner.draft.new_units, key=lambda row: (bool(row.kind), row.pk))
    for row in rows:
        standing = _organisation(planner, row) if row.kind else _place(row)
        planner.founded[-row.pk] = Founding(-row.pk, standing, row.code, row.pk)
        planner.after[-row.pk] = standing
        if standing.kind and standing.place:
            planner.seats.setdefault((standing.place, standing.kind), -row.pk)


def _place(row: NewUnit) -> Standing:
    name = canonical(row.name)
    return Standing(
        name=name,
        bare=bare_name(name, row.type_word),
        type_word=row.type_word.lower(),
        level=row.level,
        parent=row.parent_id or _key(row.parent_new_id),
        area_km2=row.area_km2,
    )


def _organisation(planner: Planner, row: NewUnit) -> Standing:
    seat = row.place_id or _key(row.place_new_id)
    place = planner.now(seat) if seat else Standing("", "", "", row.level)
    derives = not row.name and Kind(row.kind) not in TEMPORARY
    name = called(row.kind, place, planner.on) if derives else canonical(row.name)
    return Standing(name, bare_of(name, place), "", place.level, row.kind, place=seat)


def _key(new_unit_id: int | None) -> int | None:
    return -new_unit_id if new_unit_id else None


def _change(planner: Planner) -> None:
    """What the units that go on become, as the draft says."""
    for row in planner.draft.changes:
        before = planner.ground.standing.get(row.unit_id)
        if before is not None and row.unit_id not in planner.ended:
            planner.after[row.unit_id] = _changed(planner, before, row)


def _changed(planner: Planner, before: Standing, row: Change) -> Standing:
    one = before
    word = row.type_word.lower() or before.type_word
    if row.name or word != before.type_word:
        name = canonical(row.name) or before.name
        place = planner.now(before.place) if before.place else None
        bare = bare_of(name, place) if place else bare_name(name, word)
        one = replace(one, name=name, type_word=word, bare=bare)
    parent = row.parent_id or _key(row.parent_new_id)
    return replace(
        one,
        level=row.level or one.level,
        parent=parent or one.parent,
        area_km2=one.area_km2 if row.area_km2 is None else row.area_km2,
    )


def _share(planner: Planner) -> None:
    """Work out the shares of every unit that the draft lets pass something, and what takers keep."""
    draft, measure = planner.draft, planner.draft.reorganisation.measure
    for giver, rows in draft.given.items():
        takers = {taker: row.weight for taker, row in rows.items()}
        if draft.reorganisation.kind in KEEPING:
            takers.setdefault(giver, None)
        planner.takers[giver] = list(takers)
        for taker, row in rows.items():
            if row.heir:
                planner.marked[giver] = taker
        shares, wrong = share_out(
            takers,
            lambda taker, giver=giver: _part(planner, giver, taker),  # type: ignore[misc]
            measure,
            planner.name,
            giver,
        )
        for sentence in wrong:
            planner.fault("weights", sentence)
        if shares:
            planner.weights[giver] = shares


def _part(planner: Planner, giver: int, taker: int) -> Fraction | None:
    """How large the part is that passes, where the register can tell."""
    measure = planner.draft.reorganisation.measure
    if measure == Measure.EQUAL:
        return Fraction(1)
    if measure != Measure.AREA:
        return None
    area = planner.now(taker).area_km2
    if taker < 0:
        return _exact(area)
    before = planner.ground.standing.get(taker)
    had = before.area_km2 if before else None
    if taker != giver:
        gained = area - had if area is not None and had is not None else 0
        return _exact(gained) if gained > 0 else None
    if area != had:
        return _exact(area)
    others = [
        _part(planner, giver, one) for one in planner.draft.given.get(giver, {}) if one != giver
    ]
    left = (_exact(had) or 0) - sum(one or 0 for one in others)
    return left if left > 0 and None not in others else None  # type: ignore[return-value]


def _exact(value: Decimal | int | None) -> Fraction | None:
    return Fraction(value) if value else None


def _place_children(planner: Planner) -> None:
    """Put every place under an ended one where the draft says, or under the one that takes over."""
    told = {row.unit_id for row in planner.draft.changes if row.parent_id or row.parent_new_id}
    for place in planner.draft.ended:
        takers = [taker for taker in planner.takers[place] if taker != place]
        for child in planner.ground.children[place]:
            if child in told or child in planner.ended:
                continue
            if len(takers) == 1 and takers[0] != child:
                planner.after[child] = replace(planner.now(child), parent=takers[0])
            else:
                planner.fault("children", f"{planner.name(child)} thuộc {planner.name(place)} mà chưa biết về đâu. Đồng chí vui lòng chọn cấp trên mới.")  # fmt: skip


def _lineage(planner: Planner) -> list[Passed]:
    """Every row of lineage; a unit that takes something over and goes on keeps what it had."""
    weights = dict(planner.weights)
    for takers in planner.weights.values():
        for taker in takers:
            if taker > 0 and taker not in planner.takers:
                weights[taker] = {taker: (MILLION, Measure.WHOLE)}
    rows, unknown = lineage_of(
        weights,
        size=lambda unit: size_of(planner, unit),
        alike=lambda giver, taker: (
            (giver == taker or planner.ground.standing[giver].level == planner.now(taker).level)
            if giver in planner.ground.standing
            else False
        ),
        measure=planner.draft.reorganisation.measure,
    )
    for taker, givers in unknown.items():
        _ask_sizes(planner, taker, givers)
    return rows


def size_of(planner: Planner, unit: int) -> Fraction | None:
    """How large a unit was by the measure; an organisation is as large as its place."""
    one = planner.ground.standing[unit]
    place = one.place if one.kind else unit
    beside = len(planner.ground.kinds_at.get((place or 0, one.kind), [])) if one.kind else 1
    measure = planner.draft.reorganisation.measure
    found: Decimal | int | None = None
    if measure == Measure.EQUAL:
        found = 1
    elif measure == Measure.AREA:
        found = (
            planner.ground.standing[place].area_km2 if place in planner.ground.standing else None
        )
    elif measure in (Measure.POPULATION, Measure.HOUSEHOLDS):
        sizes = planner.ground.sizes.get(place or 0, [])
        found = next((n for size in sizes if (n := getattr(size, measure)) is not None), None)
    exact = _exact(found)
    return exact / max(beside, 1) if exact else None


def _ask_sizes(planner: Planner, taker: int, givers: list[int]) -> None:
    """Say whose size is missing; of organisations that of their place, once."""
    measure = Measure(planner.draft.reorganisation.measure)
    standing = planner.ground.standing
    places = sorted({standing[giver].place or giver for giver in givers})
    whose = ", ".join(planner.name(place) for place in places)
    if measure == Measure.GIVEN:
        planner.fault("weights", f"Chưa chọn cách quy đổi giữa {whose} và các đơn vị cùng nhập. Đồng chí vui lòng chọn quy đổi theo dân số, số hộ, diện tích hoặc chia đều.")  # fmt: skip
        return
    what = "diện tích" if measure == Measure.AREA else measure.label
    planner.fault("weights", f"Chưa biết {what} của {whose}. Đồng chí vui lòng nhập {what}, hoặc chọn cách quy đổi khác.")  # fmt: skip


def _plan(planner: Planner, passed: list[Passed]) -> Plan:
    draft, ground = planner.draft, planner.ground
    one = draft.reorganisation
    codes = {row.unit_id: row.code for row in draft.changes if row.code}
    changed = []
    for unit in dict.fromkeys([*planner.after, *codes]):
        before = ground.standing.get(unit)
        if unit > 0 and before is not None and unit not in planner.ended:
            after = planner.now(unit)
            if after != before or codes.get(unit):
                changed.append(Changing(unit, before, after, codes.get(unit, "")))
    founded = tuple(
        replace(row, standing=planner.after[key]) for key, row in planner.founded.items()
    )
    heirs = {unit: planner.heir_of(unit) for unit in planner.ended}
    named = {*ground.standing, *ground.seen, *planner.founded}
    return Plan(
        reorganisation_id=one.pk,
        number=one.number,
        title=one.title,
        kind=one.kind,
        on=one.effective_on,
        decision=one.decision,
        measure=one.measure,
        ended=tuple(planner.ended),
        founded=founded,
        changed=tuple(changed),
        passed=tuple(passed),
        heirs={unit: heir for unit, heir in heirs.items() if heir != unit},
        moved=_moved(planner, changed),
        standing={unit: ground.standing[unit] for unit in planner.ended if unit in ground.standing},
        names={unit: planner.name(unit) for unit in named},
        faults=tuple(planner.found),
    )


def _moved(planner: Planner, changed: list[Changing]) -> frozenset[int]:
    """The units whose place in a tree differs, with every place above them before and after."""
    units = {*planner.ended, *planner.founded, *(one.unit for one in changed if one.moves)}
    units |= {u for givers in planner.weights for u in (givers, *planner.weights[givers])}
    found = set(units)
    for unit in units:
        for tree in (planner.ground.standing, planner.ground.standing | planner.after):
            at = tree.get(unit)
            above = (at.place if at.kind else at.parent) if at else None
            climbed: set[int] = set()
            while above is not None and above not in climbed:
                climbed.add(above)
                above = tree[above].parent if above in tree else None
            found |= climbed
    return frozenset(found)
