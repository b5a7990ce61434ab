"""Everything the register knows of one unit, through time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.organisations.apportion import MILLION
from danvan.organisations.enums import Measure, Sort
from danvan.organisations.models import Lineage, Unit, UnitCode, UnitSize, UnitVersion
from danvan.organisations.selectors.days import UnitOnDay, as_on_day, in_force, last_names


@dataclass(frozen=True, slots=True)
class Span:
    """One version of a unit: what it was from a day up to but not including another."""

    name: str
    level: str
    kind: str
    parent_id: int | None
    parent_name: str
    place_id: int | None
    place_name: str
    area_km2: Any
    decision: str
    valid_from: date
    valid_to: date | None
    start_known: bool


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """One code of a unit and the period in which it carried it."""

    system: str
    code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many people and households a place had on a day, and who says so."""

    counted_on: date
    population: int | None
    households: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Kin:
    """A predecessor or successor: the share that passed, in parts per million, and whether it is estimated.

    `weight` is the share of the predecessor, also where the kin is the predecessor.
    """

    id: int
    name: str
    level: str
    context: str
    code: str
    weight: int
    measure: str
    estimated: bool
    happened_on: date
    decision: str

    @property
    def measure_label(self) -> str:
        """What the share was divided by, in words."""
        return str(Measure(self.measure).label)

    @property
    def share_text(self) -> str:
        """The share in words: trọn vẹn, or 41,3 %."""
        if self.weight == MILLION:
            return "trọn vẹn"
        tenths = (self.weight + 500) // 1000
        return f"{tenths // 10},{tenths % 10}\u00a0%" if tenths else "dưới 0,1\u00a0%"


@dataclass(frozen=True, slots=True)
class Card:
    """A unit's whole record. `now` is what it was on the day asked for, None where it did not exist then."""

    id: int
    sort: str
    name: str
    founded_on: date
    ended_on: date | None
    now: UnitOnDay | None
    spans: tuple[Span, ...]
    codes: tuple[CodeSpan, ...]
    predecessors: tuple[Kin, ...]
    successors: tuple[Kin, ...]
    organisations: tuple[UnitOnDay, ...]
    counts: tuple[Count, ...] = ()

    @property
    def is_place(self) -> bool:
        """Whether it is a place and not an organisation."""
        return self.sort == Sort.PLACE


def _spans(versions: list[UnitVersion], on: date) -> tuple[Span, ...]:
    above = {v.parent_id for v in versions} | {v.place_id for v in versions}
    above.discard(None)
    names = last_names([one for one in above if one], on)
    return tuple(
        Span(
            name=version.name,
            level=version.level,
            kind=version.kind,
            parent_id=version.parent_id,
            parent_name=names.get(version.parent_id or 0, ""),
            place_id=version.place_id,
            place_name=names.get(version.place_id or 0, ""),
            area_km2=version.area_km2,
            decision=version.decision,
            valid_from=version.valid_from,
            valid_to=version.valid_to,
            start_known=version.start_known,
        )
        for version in versions
    )


def _kin(links: QuerySet[Lineage], side: str) -> tuple[Kin, ...]:
    """The units at one side of lineage links, each as it was beside the event. Three queries."""
    rows = list(links)
    ids = [getattr(link, f"{side}_id") for link in rows]
    versions: dict[tuple[int, date], UnitVersion] = {}
    codes: dict[tuple[int, date], str] = {}
    days: dict[int, set[date]] = {}
    for link, unit_id in zip(rows, ids, strict=True):
        days.setdefault(unit_id, set()).add(link.happened_on)

    def beside(row: UnitVersion | UnitCode) -> list[date]:
        """The events it stands beside: a predecessor as it was last, a successor as it began or was on the day."""
        return [
            day
            for day in days[row.unit_id]
            if row.valid_from < day or (side == "successor" and row.valid_from == day)
        ]

    for version in UnitVersion.objects.filter(unit_id__in=ids).order_by("valid_from"):
        for day in beside(version):
            versions[version.unit_id, day] = version
    for one in UnitCode.objects.filter(unit_id__in=ids, system="gso").order_by("valid_from"):
        for day in beside(one):
            codes[one.unit_id, day] = one.code
    day = rows[0].happened_on if rows else date.min
    names = last_names({v.parent_id for v in versions.values() if v.parent_id}, day)
    found = [
        Kin(
            id=unit_id,
            name=versions[unit_id, link.happened_on].name,
            level=versions[unit_id, link.happened_on].level,
            context=names.get(versions[unit_id, link.happened_on].parent_id or 0, ""),
            code=codes.get((unit_id, link.happened_on), ""),
            weight=link.weight,
            measure=link.measure,
            estimated=link.estimated,
            happened_on=link.happened_on,
            decision=link.decision,
        )
        for link, unit_id in zip(rows, ids, strict=True)
    ]
    levels = ["country", "province", "district", "commune", "village"]
    return tuple(sorted(found, key=lambda kin: (levels.index(kin.level), -kin.weight, kin.code)))


def predecessors(unit_id: int) -> tuple[Kin, ...]:
    """The units whose share passed to this one, larger levels and shares first; what it kept itself left out."""
    links = Lineage.objects.filter(successor_id=unit_id)
    return _kin(links.exclude(predecessor_id=unit_id), "predecessor")


def successors(unit_id: int) -> tuple[Kin, ...]:
    """The units that took over from this one, larger shares first; what it kept itself left out."""
    links = Lineage.objects.filter(predecessor_id=unit_id)
    return _kin(links.exclude(successor_id=unit_id), "successor")


def card(unit_id: int, *, on: date) -> Card | None:
    """One unit's names, codes and parents through time, its lineage, and its organisations on a day.

    A constant number of queries. None where there is no such unit.
    """
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        return None
    versions = list(UnitVersion.objects.filter(unit_id=unit_id).order_by("valid_from"))
    now = next(
        (v for v in versions if v.valid_from <= on and not (v.valid_to and v.valid_to <= on)), None
    )
    codes = UnitCode.objects.filter(unit_id=unit_id).order_by("valid_from", "system")
    sizes = UnitSize.objects.filter(unit_id=unit_id).order_by("-counted_on", "pk")
    standing = UnitVersion.objects.filter(in_force(on), place_id=unit_id).order_by(
        "kind", "unit_id"
    )
    return Card(
        id=unit.pk,
        sort=unit.sort,
        name=(now or versions[-1]).name,
        founded_on=unit.founded_on,
        ended_on=unit.ended_on,
        now=as_on_day(now) if now else None,
        spans=_spans(versions, on),
        codes=tuple(CodeSpan(c.system, c.code, c.valid_from, c.valid_to) for c in codes),
        predecessors=predecessors(unit_id),
        successors=successors(unit_id),
        organisations=tuple(as_on_day(version) for version in standing),
        counts=tuple(Count(s.counted_on, s.population, s.households, s.source) for s in sizes),
    )
