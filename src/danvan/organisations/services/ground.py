"""What founding organisations needs to know of the places they will stand in, read once for all of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from danvan.foundation.errors import Fault
from danvan.organisations.closure import FOREVER, Interval, cut, flat, merged
from danvan.organisations.edges import as_rows, span_of
from danvan.organisations.enums import LINE, TEMPORARY, Follows, Kind, Level, Sort
from danvan.organisations.models import Reach, Unit, UnitVersion
from danvan.organisations.naming import (
    ADVISORY_BOARDS_MERGED,
    LEVELS,
    bare_name,
    organisation_name,
    searchable,
    within_sentence,
)
from danvan.vietnamese.dates import format_date

ORDER = list(Level)
Above = dict[int, list[Interval]]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an organisation's life in which its name and superior stay the same."""

    name: str
    bare: str
    level: str
    parent: int | None
    start: date
    end: date


@dataclass(slots=True)
class Ground:
    """The places with everything above them, and the organisations that stand there from a day on.

    `founder` is the organisation that sets up temporary bodies: they stand under it.
    """

    on: date
    places: dict[int, Unit]
    founder: Unit | None = None
    versions: dict[int, list[UnitVersion]] = field(default_factory=lambda: defaultdict(list))
    above: dict[int, Above] = field(default_factory=lambda: defaultdict(dict))
    ranks: dict[int, int] = field(default_factory=dict)
    standing: dict[tuple[int, str], dict[int, list[Interval]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    line_above: dict[int, Above] = field(default_factory=lambda: defaultdict(dict))

    def version_on(self, place: int, day: date) -> UnitVersion | None:
        """What a place is on a day."""
        for version in self.versions[place]:
            start, end = span_of(version)
            if start <= day < end:
                return version
        return None

    def level_of(self, place: int) -> str | None:
        """The level of a place on the day of founding."""
        version = self.version_on(place, self.on)
        return version.level if version else None

    def faults(self, place_ids: list[int], kinds: list[Kind], name: str = "") -> list[Fault]:
        """Everything that forbids founding these kinds in these places, a sentence each.

        Of a temporary kind a place may have several, each by a name of its own.
        """
        found = []
        for row, place in enumerate(place_ids, 1):
            version = self.version_on(place, self.on)
            if version is None:
                day = format_date(self.on)
                found.append(Fault(f"Địa bàn số {place} không tồn tại vào ngày {day}. Đồng chí vui lòng chọn địa bàn khác.", row))  # fmt: skip
                continue
            for kind in kinds:
                if version.level not in LEVELS[kind]:
                    found.append(Fault(f"{kind.label} không lập ở {Level(version.level).label.lower()} ({version.name}). Đồng chí vui lòng bỏ loại tổ chức này.", row))  # fmt: skip
                elif kind in TEMPORARY:
                    if not name:
                        found.append(Fault(f"{kind.label} cần tên riêng. Đồng chí vui lòng ghi tên.", row))  # fmt: skip
                elif self.standing[place, kind]:
                    found.append(Fault(f"{version.name} đã có {kind.label}. Đồng chí vui lòng dùng tổ chức đã có.", row))  # fmt: skip
        return found

    def life_of(self, place: int) -> Interval:
        """The days an organisation founded now in a place will have."""
        return self.on, self.places[place].ended_on or FOREVER

    def superior(self, place: int, kind: Kind, day: date) -> int | None:
        """The organisation that one of this kind in this place stands under on a day."""
        if kind in TEMPORARY:
            founder = self.founder
            lives = founder and (founder.ended_on is None or day < founder.ended_on)
            return founder.pk if founder and lives else None
        tops = sorted(
            (top for top in self.above[place] if top != place), key=lambda t: -self.ranks[t]
        )
        for top in tops:
            if any(start <= day < end for start, end in self.above[place][top]):
                found = self._standing_on(top, kind, day)
                if found is not None:
                    return found
        if kind == Kind.ADVISORY_BOARD:
            return self._standing_on(place, Kind.PARTY_COMMITTEE, day)
        return None

    def _standing_on(self, place: int, kind: Kind, day: date) -> int | None:
        for unit, intervals in self.standing[place, kind].items():
            if any(start <= day < end for start, end in intervals):
                return unit
        return None

    def segments(self, place: int, kind: Kind, name: str) -> list[Segment]:
        """The life of an organisation, cut wherever its name, its level or its superior changes."""
        life = self.life_of(place)
        days = {life[0], ADVISORY_BOARDS_MERGED}
        days |= {version.valid_from for version in self.versions[place]}
        if kind in TEMPORARY and self.founder and self.founder.ended_on:
            days.add(self.founder.ended_on)
        for top, intervals in self.above[place].items():
            standing = self.standing[top, kind] | self.standing[top, Kind.PARTY_COMMITTEE]
            for spans in (intervals, *standing.values()):
                days |= {day for span in spans for day in span}
        starts = sorted(day for day in days if life[0] <= day < life[1])
        found: list[Segment] = []
        for start, end in zip(starts, [*starts[1:], life[1]], strict=True):
            version = self.version_on(place, start)
            assert version is not None  # a place has a version on every day of its life
            called = name or organisation_name(
                kind, version.level, version.name, version.type_word, start
            )
            seat = within_sentence(version.name, version.type_word)
            bare = called.replace(seat, bare_name(version.name, version.type_word))
            one = Segment(
                called, bare, version.level, self.superior(place, kind, start), start, end
            )
            if found and found[-1] == Segment(one.name, one.bare, one.level, one.parent, found[-1].start, start):  # fmt: skip
                found[-1] = Segment(one.name, one.bare, one.level, one.parent, found[-1].start, end)
            else:
                found.append(one)
        return found

    def found(self, asked: list[tuple[int, Kind]], name: str = "") -> list[int]:
        """Write organisations of one level with their versions and closure; returns their ids in order."""
        made = Unit.objects.bulk_create(
            [
                Unit(
                    sort=Sort.ORGANISATION, founded_on=self.on, ended_on=self.places[place].ended_on
                )
                for place, _ in asked
            ],
            batch_size=5_000,
        )
        versions: list[UnitVersion] = []
        reach: list[Reach] = []
        # Kinds in order, so that a committee stands before a board looks for it.
        for unit, (place, kind) in sorted(
            zip(made, asked, strict=True), key=lambda pair: list(Kind).index(pair[1][1])
        ):
            segments = self.segments(place, kind, name)
            versions += [_version(unit.pk, place, kind, segment) for segment in segments]
            self.standing[place, kind][unit.pk] = [self.life_of(place)]
            reach += self._reach(unit.pk, place, segments)
        UnitVersion.objects.bulk_create(versions, batch_size=5_000)
        Reach.objects.bulk_create(reach, batch_size=5_000)
        return [unit.pk for unit in made]

    def _reach(self, unit: int, place: int, segments: list[Segment]) -> list[Reach]:
        life = self.life_of(place)
        by_place: Above = {
            top: [part for span in spans for part in cut(span, life)]
            for top, spans in self.above[place].items()
        }
        by_line: Above = defaultdict(list)
        for segment in segments:
            for top, spans in self.line_above[segment.parent or 0].items():
                by_line[top] += [p for s in spans for p in cut(s, (segment.start, segment.end))]
        own: Above = {unit: [life]}
        self.line_above[unit] = {top: merged(spans) for top, spans in (by_line | own).items()}
        return [
            *as_rows(Follows.PLACE, flat(unit, by_place | own)),
            *as_rows(Follows.LINE, flat(unit, by_line | own)),
        ]


def _version(unit: int, place: int, kind: Kind, segment: Segment) -> UnitVersion:
    return UnitVersion(
        unit_id=unit,
        **searchable(segment.name, bare=segment.bare),
        level=segment.level,
        kind=kind,
        line=LINE[kind],
        parent_id=segment.parent,
        place_id=place,
        valid_from=segment.start,
        valid_to=None if segment.end == FOREVER else segment.end,
    )


def read_ground(
    places: dict[int, Unit], kinds: list[Kind], on: date, *, founder: Unit | None = None
) -> Ground:
    """Read the places, what is above them, and the organisations there that founding must know of.

    Five queries, whatever the number of places.
    """
    later = Q(valid_to=None) | Q(valid_to__gt=on)
    ground = Ground(on, places, founder)
    for row in Reach.objects.filter(later, unit_id__in=places, follows=Follows.PLACE):
        ground.above[row.unit_id].setdefault(row.top_id, []).append(span_of(row))
    tops = {top for above in ground.above.values() for top in above}
    for version in UnitVersion.objects.filter(later, unit_id__in=tops, kind="").order_by(
        "valid_from"
    ):
        ground.ranks[version.unit_id] = ORDER.index(Level(version.level))
        ground.versions[version.unit_id].append(version)
    organisations = UnitVersion.objects.filter(
        later, place_id__in=tops, kind__in={*kinds, Kind.PARTY_COMMITTEE}
    )
    for version in organisations.order_by("valid_from"):
        spans = ground.standing[version.place_id or 0, version.kind].setdefault(version.unit_id, [])
        spans.append(span_of(version))
    superiors = {unit for units in ground.standing.values() for unit in units}
    superiors |= {founder.pk} if founder else set()
    for row in Reach.objects.filter(later, unit_id__in=superiors, follows=Follows.LINE):
        ground.line_above[row.unit_id].setdefault(row.top_id, []).append(span_of(row))
    return ground
