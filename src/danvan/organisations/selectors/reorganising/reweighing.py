"""Replacing the weights of what passed on a day by better ones: no unit changes, rows of lineage do."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Q

from danvan.foundation.errors import Fault
from danvan.organisations.enums import Follows, Measure
from danvan.organisations.models import Lineage, Reach, UnitSize, UnitVersion
from danvan.organisations.selectors.days import in_force
from danvan.organisations.selectors.reorganising.ground import Drafted
from danvan.organisations.selectors.reorganising.plan import Found, Passed, Plan
from danvan.organisations.selectors.reorganising.weights import (
    Weights,
    lineage_of,
    narrowed,
    share_out,
)
from danvan.vietnamese.dates import format_date


@dataclass(slots=True)
class Passage:
    """What passed on the day: its rows, and the units as they were the day before and from it."""

    draft: Drafted
    rows: dict[tuple[int, int], Lineage] = field(default_factory=dict)
    before: dict[int, UnitVersion] = field(default_factory=dict)
    after: dict[int, UnitVersion] = field(default_factory=dict)
    sizes: dict[int, list[UnitSize]] = field(default_factory=lambda: defaultdict(list))
    faults: list[Found] = field(default_factory=list)

    def name(self, unit: int) -> str:
        """What a unit was called around the day."""
        version = self.before.get(unit) or self.after.get(unit)
        return version.name if version else f"Đơn vị số {unit}"

    def fault(self, sentence: str, key: str = "weights") -> None:
        """Note a fault once."""
        one = Found(key, Fault(sentence))
        if one not in self.faults:
            self.faults.append(one)

    def size(self, unit: int, side: dict[int, UnitVersion]) -> Fraction | None:
        """How large a unit was by the measure; an organisation is as large as its place."""
        version = side.get(unit)
        measure = self.draft.reorganisation.measure
        if version is None or measure == Measure.GIVEN:
            return None
        if measure == Measure.EQUAL:
            return Fraction(1)
        place = version.place_id or unit
        if measure == Measure.AREA:
            seat = side.get(place)
            return Fraction(seat.area_km2) if seat and seat.area_km2 else None
        found = [n for size in self.sizes[place] if (n := getattr(size, measure)) is not None]
        return Fraction(found[0]) if found and found[0] else None


def plan_reweighing(draft: Drafted) -> Plan:
    """The plan of a draft that replaces weights: of the units it names, and of the organisations in them.

    Five queries. The backward shares of every unit that took over are worked out anew, so that of all its
    givers the sizes must be known.
    """
    passage = _read(draft)
    weights = _forward(passage)
    _follow(passage, weights)
    passed = _rows(passage, weights)
    _find_scope(passage)
    one = draft.reorganisation
    units = {*passage.before, *passage.after}
    return Plan(
        reorganisation_id=one.pk,
        number=one.number,
        title=one.title,
        kind=one.kind,
        on=one.effective_on,
        decision=one.decision,
        measure=one.measure,
        passed=tuple(passed),
        moved=frozenset(u for row in passed for u in (row.predecessor, row.successor)),
        names={unit: passage.name(unit) for unit in units},
        faults=tuple(passage.faults),
    )


def _read(draft: Drafted) -> Passage:
    """The rows of the day that touch the units named, with those of the organisations in them."""
    on = draft.reorganisation.effective_on
    passage, day_before = Passage(draft), on - timedelta(days=1)
    givers = set(draft.given)
    seated = UnitVersion.objects.filter(in_force(day_before), place_id__in=givers).values("unit_id")
    takers = Lineage.objects.filter(
        Q(predecessor_id__in=givers) | Q(predecessor_id__in=seated), happened_on=on
    )
    rows = list(
        Lineage.objects.filter(
            happened_on=on, successor_id__in=takers.values("successor_id")
        ).order_by("pk")
    )
    # All that the other givers of these takers passed on: their shares stay as they are.
    passage.rows = {(row.predecessor_id, row.successor_id): row for row in rows}
    units = {unit for pair in passage.rows for unit in pair} | draft.named
    near = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))
    versions: Any = UnitVersion.objects.filter(near, unit_id__in=units)
    for version in versions.order_by("valid_from"):
        if version.valid_from < on:
            passage.before[version.unit_id] = version
        if version.valid_to is None or version.valid_to > on:
            passage.after[version.unit_id] = version
    seats = {one.place_id for one in passage.before.values() if one.place_id}
    for size in UnitSize.objects.filter(unit_id__in=units | seats, counted_on__lte=on).order_by(
        "unit_id", "-counted_on", "-pk"
    ):
        passage.sizes[size.unit_id].append(size)
    return passage


def _forward(passage: Passage) -> Weights:
    """The forward shares of the units named: as typed, else by the measure."""
    weights: Weights = {}
    day = format_date(passage.draft.reorganisation.effective_on)
    if not passage.draft.given:
        passage.fault("Dự thảo chưa có đơn vị nào để thay tỷ trọng. Đồng chí vui lòng chọn đơn vị cũ.", "shape")  # fmt: skip
    for giver, rows in passage.draft.given.items():
        known = [taker for one, taker in passage.rows if one == giver]
        for taker in rows:
            if taker not in known:
                passage.fault(f"Ngày {day} {passage.name(giver)} không chuyển gì sang {passage.name(taker)}. Đồng chí vui lòng bỏ dòng ấy.", "shape")  # fmt: skip
        missing = [passage.name(taker) for taker in known if taker not in rows]
        if missing:
            passage.fault(f"{passage.name(giver)} còn chuyển sang {', '.join(missing)}. Đồng chí vui lòng nhập tỷ trọng cho mọi đơn vị nhận.", "shape")  # fmt: skip
            continue
        takers = {taker: row.weight for taker, row in rows.items() if taker in known}
        if not takers:
            continue
        shares, wrong = share_out(
            takers,
            _parts(passage, giver),
            passage.draft.reorganisation.measure,
            passage.name,
            giver,
        )
        for sentence in wrong:
            passage.fault(sentence)
        if shares:
            weights[giver] = shares
    return weights


def _parts(passage: Passage, giver: int) -> Any:
    """The size of the part that went to a taker: known where that has no other giver, or roughly by area."""
    measure = passage.draft.reorganisation.measure
    rough = measure in (Measure.AREA, Measure.EQUAL)

    def part(taker: int) -> Fraction | None:
        alone = all(one == giver for one, to in passage.rows if to == taker)
        return passage.size(taker, passage.after) if rough or alone else None

    return part


def _follow(passage: Passage, weights: Weights) -> None:
    """Give the organisations in places the shares of their places, wherever they passed on alike."""
    by_giver: dict[int, list[int]] = defaultdict(list)
    for giver, taker in passage.rows:
        by_giver[giver].append(taker)
    for giver, takers in by_giver.items():
        version = passage.before.get(giver)
        shares = weights.get(version.place_id or 0) if version else None
        if shares is None or giver in weights:
            continue
        seats = {taker: passage.after[taker].place_id for taker in takers if taker in passage.after}
        if len(seats) == len(takers) and set(seats.values()) <= shares.keys():
            weights[giver] = narrowed({t: shares[seat or 0] for t, seat in seats.items()})


def sizes_asked(draft: Drafted) -> list[int]:
    """The places whose sizes say what each was in a unit that took over, where its shares are replaced. Five queries."""
    passage = _read(draft)
    takers = _read_back(passage, draft.given)
    found = [one for one, taker in passage.rows if taker in takers and _alike(passage, one, taker)]
    places = [
        one for one in found if one in passage.before and passage.before[one].place_id is None
    ]
    return sorted(set(places))


def _alike(passage: Passage, giver: int, taker: int) -> bool:
    """Whether figures are read back from the taker to the giver: both are of one level."""
    return passage.rows[giver, taker].back_weight is not None or (
        _level(passage.before, giver) == _level(passage.after, taker)
    )


def _read_back(passage: Passage, givers: Collection[int]) -> set[int]:
    """The units that took over from any of these and are read back to it: of others nothing backward changes."""
    return {taker for one, taker in passage.rows if one in givers and _alike(passage, one, taker)}


def _rows(passage: Passage, weights: Weights) -> list[Passed]:
    """Every row whose weights differ: of the units named, and of all who gave to the same takers."""
    takers = _read_back(passage, weights)
    whole: Weights = {giver: dict(shares) for giver, shares in weights.items()}
    for (giver, taker), row in passage.rows.items():
        if giver not in weights and taker in takers:
            whole.setdefault(giver, {})[taker] = (row.weight, row.measure)
    rows, unknown = lineage_of(
        whole,
        size=lambda unit: passage.size(unit, passage.before),
        alike=lambda giver, taker: _alike(passage, giver, taker),
        measure=passage.draft.reorganisation.measure,
    )
    for givers in unknown.values():
        _ask(passage, givers)
    found = []
    for one in rows:
        row = passage.rows[one.predecessor, one.successor]
        now = (row.weight, row.measure, row.back_weight, row.back_measure, row.estimated)
        new = (one.weight, one.measure, one.back_weight, one.back_measure, one.estimated)
        if now != new:
            found.append(Passed(one.predecessor, one.successor, *new, row_id=row.pk))
    if not found and not passage.faults:
        passage.fault("Tỷ trọng mới giống hệt tỷ trọng đang có. Đồng chí vui lòng sửa, hoặc bỏ dự thảo.", "shape")  # fmt: skip
    return found


def _level(side: dict[int, UnitVersion], unit: int) -> str:
    version = side.get(unit)
    return version.level if version else ""


def _ask(passage: Passage, givers: list[int]) -> None:
    places = sorted({passage.before[giver].place_id or giver for giver in givers if giver in passage.before})  # fmt: skip
    measure = Measure(passage.draft.reorganisation.measure)
    whose = ", ".join(passage.name(place) for place in places)
    if measure == Measure.GIVEN:
        passage.fault(f"Chưa chọn cách quy đổi giữa {whose}. Đồng chí vui lòng chọn quy đổi theo dân số, số hộ, diện tích hoặc chia đều.")  # fmt: skip
        return
    what = "diện tích" if measure == Measure.AREA else measure.label
    passage.fault(f"Chưa biết {what} của {whose}. Đồng chí vui lòng nhập {what}, hoặc chọn cách quy đổi khác.")  # fmt: skip


def _find_scope(passage: Passage) -> None:
    """Whether those who took over lie in the place under whose administrator the draft stands. One query."""
    one = passage.draft.reorganisation
    named = set(passage.draft.given)
    takers = {taker for giver, taker in passage.rows if giver in named}
    inside = Reach.objects.filter(
        in_force(one.effective_on), top=one.scope_id, unit_id__in=takers, follows=Follows.PLACE
    )
    for unit in sorted(takers - set(inside.values_list("unit_id", flat=True))):
        passage.fault(f"{passage.name(unit)} không thuộc địa bàn của lần sắp xếp này. Đồng chí vui lòng chọn địa bàn rộng hơn, hoặc bỏ đơn vị ấy.", "scope")  # fmt: skip
