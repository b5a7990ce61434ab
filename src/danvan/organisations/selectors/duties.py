"""Reads of the duty matrix: who is what in which duty, where two lead, and where nobody does."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.organisations.enums import DutyRole, Kind, Level, Way
from danvan.organisations.models import Duty, DutyShare, Reach, UnitVersion
from danvan.organisations.selectors.days import in_force, last_names
from danvan.organisations.selectors.reaching import units_under
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import fold

ANSWERING = frozenset({DutyRole.LEAD, DutyRole.ORGANISE})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who stands in a duty: a kind of organisation at a level (every level where empty), or one organisation."""

    role: str
    kind: str
    level: str
    unit_id: int | None
    name: str
    ended_on: date | None = None

    @property
    def role_label(self) -> str:
        """What it is, in words."""
        return str(DutyRole(self.role).label)


@dataclass(frozen=True, slots=True)
class Matter:
    """One overlap or gap, in a sentence."""

    kind: str  # overlap, gap
    words: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty with who is what in it, and what is wrong with that."""

    duty: Duty
    holders: tuple[Holder, ...]
    matters: tuple[Matter, ...]

    def roles_of(self, kind: str) -> list[Holder]:
        """Who of one kind stands in it."""
        return [one for one in self.holders if one.kind == kind]


@dataclass(frozen=True, slots=True)
class DutyMatrix:
    """The duties that bind the organisations of a place on a day. `columns` are the kinds that stand there or are named."""

    rows: tuple[DutyRow, ...]
    columns: tuple[Kind, ...]
    idle: tuple[Kind, ...]  # kinds that stand there and have no duty
    unfilled: tuple[tuple[str, DutyRole], ...]  # roles that nobody has in any duty of a document

    @property
    def overlaps(self) -> int:
        """How many duties have more than one to lead them."""
        return sum(any(one.kind == "overlap" for one in row.matters) for row in self.rows)

    @property
    def gaps(self) -> int:
        """How many duties lack somebody."""
        return sum(any(one.kind == "gap" for one in row.matters) for row in self.rows)


def duty_matrix(place_id: int, *, on: date, words: str = "", symbol: str = "") -> DutyMatrix:
    """The duties in force on a day for a place: its own regulations' and those of the places above it.

    `words` and `symbol` narrow. A constant number of queries.
    """
    duties = _binding(place_id, on).prefetch_related("shares")
    if symbol:
        duties = duties.filter(source_symbol=symbol)
    found = [
        one
        for one in duties
        if fold(words) in fold(f"{one.words} {one.clause} {one.source_symbol}")
    ]
    standing = _standing(place_id, on)
    shares = [share for duty in found for share in duty.shares.all()]
    named = _units_named({share.unit_id for share in shares if share.unit_id}, on)
    leads = _leads_by_words(found)
    rows = []
    for duty in found:
        holders = tuple(_holder(share, named) for share in duty.shares.all())
        rows.append(DutyRow(duty, holders, tuple(_matters(duty, holders, standing, leads))))
    kinds = {holder.kind for row in rows for holder in row.holders} | standing.keys()
    busy = {holder.kind for row in rows for holder in row.holders}
    idle = (
        []
        if words or symbol or not rows
        else [kind for kind in Kind if kind in standing.keys() - busy]
    )
    columns = tuple(kind for kind in Kind if kind in kinds)
    return DutyMatrix(tuple(rows), columns, tuple(idle), () if words else _unfilled(rows))


def duties_of(unit_id: int, *, on: date) -> list[tuple[Duty, Holder]]:
    """The duties of one organisation on a day with its role in each: its own by name and those of its kind. Four queries."""
    version = UnitVersion.objects.filter(in_force(on), unit_id=unit_id).exclude(kind="").first()
    if version is None:
        return []
    its_kind = Q(kind=version.kind) & Q(level__in=["", version.level])
    by_name = Q(unit_id=unit_id) | Q(unit_id__in=_before(unit_id, on))
    shares = DutyShare.objects.filter(
        its_kind | by_name, duty__in=_binding(version.place_id or 0, on)
    ).select_related("duty")
    named = _units_named({share.unit_id for share in shares if share.unit_id}, on)
    rows = [(share.duty, _holder(share, named)) for share in shares]
    order = list(DutyRole)
    return sorted(rows, key=lambda one: (order.index(DutyRole(one[1].role)), one[0].pk))


def symbols_of_duties(place_id: int, *, on: date) -> list[str]:
    """The documents whose duties bind the organisations of a place on a day. One query."""
    rows = _binding(place_id, on).order_by("source_symbol")
    return list(rows.values_list("source_symbol", flat=True).distinct())


def spans_with_duties(source_kind: str, source_id: int) -> set[tuple[int, int]]:
    """The spans of a document that have a duty in force already. One query."""
    rows = Duty.objects.filter(source_kind=source_kind, source_id=source_id, valid_to=None)
    spans = rows.values_list("source_start", "source_end")
    return {(start, end) for start, end in spans if start is not None and end is not None}


def allowed_duties(within: QuerySet[Any, Any]) -> QuerySet[Duty]:
    """Duties whose place is in `within` (a queryset of unit ids): those that may be changed."""
    return Duty.objects.filter(scope_id__in=within)


def _binding(place_id: int, on: date) -> QuerySet[Duty]:
    """Duties in force on a day for a place: of its own, of the places above it, and of those it took over from."""
    above = Reach.objects.filter(in_force(on), unit_id=place_id, follows=Way.PLACE).values("top_id")
    return Duty.objects.filter(
        in_force(on), Q(scope_id__in=above) | Q(scope_id__in=_before(place_id, on))
    )


def _before(unit_id: int, on: date) -> QuerySet[Any, Any]:
    """Ids of the ended units that a unit took over from. Lazy."""
    rows = Reach.objects.filter(in_force(on), top_id=unit_id, follows=Way.HEIR_PLACE)
    return rows.values("unit_id")


def _standing(place_id: int, on: date) -> dict[str, set[str]]:
    """The levels at which each kind of organisation stands in a place or under it. One query."""
    rows = UnitVersion.objects.filter(
        in_force(on), unit_id__in=units_under([place_id], on=on, follows="place")
    ).exclude(kind="")
    found: dict[str, set[str]] = defaultdict(set)
    for kind, level in rows.order_by().values_list("kind", "level").distinct():
        found[kind].add(level)
    return found


@dataclass(frozen=True, slots=True)
class _Named:
    """A unit named by itself: what it is or was called, its kind, and the day it ended where it has."""

    name: str
    kind: str
    ended_on: date | None


def _units_named(unit_ids: Collection[int], on: date) -> dict[int, _Named]:
    """Units named one by one: as on the day, else as last known. Two queries."""
    names = last_names(unit_ids, on)
    kinds: dict[int, tuple[str, date | None]] = {}
    rows = UnitVersion.objects.filter(unit_id__in=unit_ids).order_by("valid_from")
    for unit_id, kind, ended_on in rows.values_list("unit_id", "kind", "unit__ended_on"):
        kinds[unit_id] = (kind, ended_on if ended_on and ended_on <= on else None)
    return {unit_id: _Named(names[unit_id], *kinds[unit_id]) for unit_id in names}


def _holder(share: DutyShare, named: dict[int, _Named]) -> Holder:
    if share.unit_id:
        one = named[share.unit_id]
        return Holder(share.role, one.kind, "", share.unit_id, one.name, one.ended_on)
    label = str(Kind(share.kind).label)
    name = f"{label} {Level(share.level).label.lower()}" if share.level else label
    return Holder(share.role, share.kind, share.level, None, name)


def _unfilled(rows: Collection[DutyRow]) -> tuple[tuple[str, DutyRole], ...]:
    """The roles that no duty of a document gives to anybody, by document."""
    given: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        given[row.duty.source_symbol] |= {holder.role for holder in row.holders}
    return tuple(
        (symbol, role) for symbol in sorted(given) for role in DutyRole if role not in given[symbol]
    )


def _leads_by_words(duties: Collection[Duty]) -> dict[str, set[tuple[str, str, int | None]]]:
    """Who leads what is said in the same words, wherever it is said."""
    found: dict[str, set[tuple[str, str, int | None]]] = defaultdict(set)
    for duty in duties:
        for share in duty.shares.all():
            if share.role == DutyRole.LEAD:
                found[fold(duty.words)].add((share.kind, share.level, share.unit_id))
    return found


def _matters(
    duty: Duty,
    holders: Collection[Holder],
    standing: dict[str, set[str]],
    leads: dict[str, set[tuple[str, str, int | None]]],
) -> list[Matter]:
    found = []
    leading = [one for one in holders if one.role == DutyRole.LEAD]
    clashing = [
        one for one in leading if any(_meet(one, other) for other in leading if other is not one)
    ]
    if clashing:
        names = " và ".join(one.name for one in clashing)
        found.append(Matter("overlap", f"Có nhiều nơi cùng lãnh đạo: {names}."))
    elif len(leads[fold(duty.words)]) > len(leading):
        found.append(Matter("overlap", "Cùng nội dung này, văn bản khác giao nơi khác lãnh đạo."))
    if len(holders) > 1 and not any(one.role in ANSWERING for one in holders):
        found.append(
            Matter("gap", "Nhiều nơi cùng làm mà chưa rõ nơi nào lãnh đạo hay tổ chức thực hiện.")
        )
    for one in holders:
        levels = standing.get(one.kind, set())
        if one.ended_on:
            day = format_date(one.ended_on)
            found.append(Matter("gap", f"{one.name} đã kết thúc từ ngày {day}. Đồng chí vui lòng giao cho đơn vị kế tiếp."))  # fmt: skip
        if one.unit_id is None and (not levels or (one.level and one.level not in levels)):
            found.append(Matter("gap", f"{one.name} không có tổ chức nào ở địa bàn này."))
    return found


def _meet(one: Holder, other: Holder) -> bool:
    """Whether two leads fall upon the same level: a committee of a province and one of a commune do not clash."""
    return not one.level or not other.level or one.level == other.level
