"""From the lists to identities, versions, codes and lineage: what the register will hold, before it is written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from danvan.organisations.apportion import MILLION, parts_per_million
from danvan.organisations.enums import Level, Measure
from danvan.organisations.known import (
    DISTRICTS_ENDED,
    KNOWN_FROM,
    MERGED_ON,
    PROVINCES_MERGED,
    RENAMED,
    Renamed,
)
from danvan.organisations.naming import bare_name, searchable
from danvan.organisations.source import ListedPlace, Source

COUNTRY = "country"
Since = Callable[[str], str]  # from a key of the new list to the key of its identity


@dataclass(frozen=True, slots=True)
class DraftUnit:
    """An identity with the days of its life."""

    founded_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One version; `unit` and `parent` are keys of the draft."""

    unit: str
    name: str
    type_word: str
    level: Level
    parent: str
    start: date
    end: date | None
    start_known: bool
    decision: str
    area_km2: Decimal | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @property
    def searchable(self) -> dict[str, str]:
        """The columns that hold the name."""
        return searchable(self.name, bare=bare_name(self.name, self.type_word))


@dataclass(frozen=True, slots=True)
class DraftCode:
    """A code carried for a period."""

    unit: str
    code: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class DraftLink:
    """A share that passed from one unit to another; `back_weight` is what the successor has from it, if said."""

    predecessor: str
    successor: str
    weight: int
    measure: Measure
    estimated: bool
    on: date
    decision: str
    back_weight: int | None = None
    back_measure: Measure | None = None


@dataclass(slots=True)
class Draft:
    """Everything that a load writes; `continued` counts the units that the merger left alone."""

    units: dict[str, DraftUnit] = field(default_factory=dict)
    versions: list[DraftVersion] = field(default_factory=list)
    codes: list[DraftCode] = field(default_factory=list)
    links: list[DraftLink] = field(default_factory=list)
    continued: int = 0


def draft_register(source: Source) -> Draft:
    """Work out identities, versions, codes and lineage from the lists.

    A new unit is a new identity even with an old code or name. One that took over exactly one whole unit
    and kept its name and code is that unit: 121 communes (under a new parent) and 11 provinces.
    """
    same = _same_communes(source) | _same_provinces(source)
    draft = Draft(continued=len(same))
    new_key = {new: f"old:{old}" for old, new in same.items()}

    def since(key: str) -> str:
        return new_key.get(key, f"new:{key}")

    draft.units[COUNTRY] = DraftUnit(KNOWN_FROM, None)
    draft.versions.append(
        DraftVersion(
            COUNTRY,
            "Việt Nam",
            "",
            Level.COUNTRY,
            "",
            KNOWN_FROM,
            None,
            start_known=False,
            decision="",
        )
    )
    _draft_old(draft, source, same)
    _draft_new(draft, source, since)
    draft.versions = _renamed(draft)
    _link_communes(draft, source, same, since)
    _link_provinces(draft, source, same, since)
    draft.links = _read_back(draft)
    return draft


def _same_communes(source: Source) -> dict[str, str]:
    """Old communes that are still themselves, with their key in the new list."""
    taken = Counter(new for news in source.links.values() for new in news)
    same = {}
    for old, news in source.links.items():
        before = source.old_communes.get(old)
        if before is None or len(news) != 1 or taken[news[0]] != 1:
            continue
        after = source.communes[news[0]]
        if (before.code, before.name) == (after.code, after.name):
            same[old] = news[0]
    return same


def _same_provinces(source: Source) -> dict[str, str]:
    taken = Counter(source.merged.values())
    same = {}
    for old, new in source.merged.items():
        before, after = source.old_provinces[old], source.provinces[new]
        if taken[new] == 1 and (before.code, before.name) == (after.code, after.name):
            same[old] = new
    return same


def _version(
    unit: str, place: ListedPlace, level: Level, parent: str, start: date, end: date | None
) -> DraftVersion:
    old = start == KNOWN_FROM
    return DraftVersion(
        unit=unit,
        name=place.name,
        type_word=place.type_word,
        level=level,
        parent=parent,
        start=start,
        end=end,
        start_known=not old,
        decision=PROVINCES_MERGED if level == Level.PROVINCE and not old else "",
        area_km2=place.area_km2,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _draft_old(draft: Draft, source: Source, same: dict[str, str]) -> None:
    layers: Iterable[tuple[Level, dict[str, ListedPlace]]] = (
        (Level.PROVINCE, source.old_provinces),
        (Level.DISTRICT, source.old_districts),
        (Level.COMMUNE, source.old_communes),
    )
    for level, places in layers:
        for key, place in places.items():
            unit = f"old:{key}"
            lasts = key in same
            ended = None if lasts else MERGED_ON
            draft.units[unit] = DraftUnit(KNOWN_FROM, ended)
            draft.codes.append(DraftCode(unit, place.code, KNOWN_FROM, ended))
            parent = f"old:{place.above}" if place.above else COUNTRY
            # A province that lasts stays under the country; a commune that lasts gets a new parent.
            end = None if lasts and level == Level.PROVINCE else MERGED_ON
            draft.versions.append(_version(unit, place, level, parent, KNOWN_FROM, end))


def _draft_new(draft: Draft, source: Source, since: Since) -> None:
    layers: Iterable[tuple[Level, dict[str, ListedPlace]]] = (
        (Level.PROVINCE, source.provinces),
        (Level.COMMUNE, source.communes),
    )
    for level, places in layers:
        for key, place in places.items():
            unit = since(key)
            if unit not in draft.units:
                draft.units[unit] = DraftUnit(MERGED_ON, None)
                draft.codes.append(DraftCode(unit, place.code, MERGED_ON, None))
            elif level == Level.PROVINCE:
                continue
            parent = since(place.above) if place.above else COUNTRY
            draft.versions.append(_version(unit, place, level, parent, MERGED_ON, None))


def _renamed(draft: Draft) -> list[DraftVersion]:
    """The versions, each cut in two where its unit changed type or name."""
    by_unit: dict[str, Renamed] = {}
    acts = {act.code: act for act in RENAMED}
    for code in draft.codes:
        act = acts.get(code.code)
        if act and code.start <= act.on and (code.end is None or act.on < code.end):
            by_unit[code.unit] = act
    found = []
    for version in draft.versions:
        act = by_unit.get(version.unit)
        if act is None or not version.start < act.on or (version.end and version.end <= act.on):
            found.append(version)
            continue
        before = replace(version, name=act.before, type_word=act.type_before, end=act.on)
        after = replace(
            version,
            name=act.after,
            type_word=act.type_after,
            start=act.on,
            start_known=True,
            decision=act.decision,
        )
        found += [before, after]
    return found


def _link(
    draft: Draft, old: str, shares: dict[str, Fraction], measure: Measure, decision: str = ""
) -> None:
    """Add what one ended unit passed on. A whole unit that went to one successor is no estimate."""
    weights = parts_per_million(list(shares.values()))
    whole = len(shares) == 1
    draft.links += [
        DraftLink(
            predecessor=old,
            successor=successor,
            weight=weight,
            measure=Measure.WHOLE if whole else measure,
            estimated=not whole,
            on=MERGED_ON,
            decision=decision,
        )
        for successor, weight in zip(shares, weights, strict=True)
        if weight
    ]


def _link_communes(draft: Draft, source: Source, same: dict[str, str], since: Since) -> None:
    """Communes by their successors' areas, districts by equal shares of their communes."""
    within: dict[str, list[dict[str, int]]] = defaultdict(list)
    for old, news in source.links.items():
        areas = [source.communes[new].area_km2 for new in news]
        known = [area for area in areas if area is not None]
        by_area = len(known) == len(news)
        parts = parts_per_million(known if by_area else [1] * len(news))
        targets = [since(new) for new in news]
        if old in source.old_districts:  # it had no commune
            _link(draft, f"old:{old}", {targets[0]: Fraction(1)}, Measure.WHOLE, DISTRICTS_ENDED)
            continue
        within[source.old_communes[old].above].append(dict(zip(targets, parts, strict=True)))
        if old not in same:
            shares = {to: Fraction(part) for to, part in zip(targets, parts, strict=True)}
            _link(draft, f"old:{old}", shares, Measure.AREA if by_area else Measure.EQUAL)
    for district, communes in within.items():
        summed: dict[str, Fraction] = defaultdict(Fraction)
        for parts_of in communes:
            for successor, part in parts_of.items():
                summed[successor] += Fraction(part, MILLION * len(communes))
        _link(draft, f"old:{district}", summed, Measure.COMMUNES, DISTRICTS_ENDED)


def _link_provinces(draft: Draft, source: Source, same: dict[str, str], since: Since) -> None:
    for old, new in source.merged.items():
        if old not in same:
            _link(draft, f"old:{old}", {since(new): Fraction(1)}, Measure.WHOLE, PROVINCES_MERGED)


def _read_back(draft: Draft) -> list[DraftLink]:
    """The links with what each successor has from each predecessor of its own level.

    The areas of the old communes are not known: a rough estimate, by how much of each went there. One
    predecessor is the whole, also an island district that had no communes. A district beside communes
    has none: the land would count twice.
    """
    levels = {version.unit: version.level for version in draft.versions}
    into: dict[str, list[DraftLink]] = defaultdict(list)
    for link in draft.links:
        into[link.successor].append(link)
    found = []
    for successor, links in into.items():
        level = levels[successor]
        peers = [link for link in links if levels[link.predecessor] == level]
        if not peers and draft.units[successor].founded_on == MERGED_ON:
            peers = links
        if not peers:
            found += links  # a commune that lasts: it has all from itself
            continue
        alone = len(peers) == 1
        parts = parts_per_million([link.weight for link in peers])
        measure = Measure.WHOLE if alone else Measure.EQUAL
        back = {link.predecessor: part for link, part in zip(peers, parts, strict=True)}
        found += [
            replace(link, back_weight=part, back_measure=measure)
            if (part := back.get(link.predecessor))
            else link
            for link in links
        ]
    return found
