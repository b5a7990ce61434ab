"""Where who leads mass mobilisation is also the chair of the Front: one person, two posts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.organisations.enums import FILLING, Follows, Kind, Level
from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors.days import in_force, names_on, units_on
from danvan.organisations.selectors.officers.holding import HeadRow, head_of
from danvan.organisations.selectors.reaching import units_under
from danvan.vietnamese.collation import sort_key


@dataclass(frozen=True, slots=True)
class ConcurrentRow:
    """One place: its board for mass mobilisation, its Front, and who leads each."""

    place_id: int
    place_name: str
    board_id: int
    board_name: str
    front_id: int | None
    head: HeadRow | None
    chair: HeadRow | None

    @property
    def same(self) -> bool:
        """Whether one person fills both posts; who only acts or is in charge does not fill one."""
        return bool(
            self.head
            and self.chair
            and self.head.officer_id == self.chair.officer_id
            and self.head.manner in FILLING
            and self.chair.manner in FILLING
        )

    @property
    def why_not(self) -> str:
        """What is missing, in words; empty where one person fills both."""
        if self.same:
            return ""
        if self.front_id is None:
            return "chưa ghi Ủy ban MTTQ"
        if self.head is None:
            return "khuyết người đứng đầu ban"
        if self.chair is None:
            return "khuyết Chủ tịch MTTQ"
        if self.head.officer_id == self.chair.officer_id:
            return "mới là quyền hoặc phụ trách"
        return "hai người"


def concurrent_heads_at(place_ids: Iterable[int], on: date) -> dict[int, ConcurrentRow]:
    """The row of each of these places that has a board for mass mobilisation on a day. Three queries."""
    standing: dict[int, dict[str, UnitVersion]] = {}
    kinds = (Kind.ADVISORY_BOARD, Kind.FRONT_COMMITTEE)
    rows = UnitVersion.objects.filter(in_force(on), kind__in=kinds, place_id__in=place_ids)
    for version in rows.order_by("-unit_id"):  # of two of a kind, the elder
        standing.setdefault(version.place_id or 0, {})[version.kind] = version
    placed = {one: kinds for one, kinds in standing.items() if Kind.ADVISORY_BOARD in kinds}
    heads = head_of([v.unit_id for kinds in placed.values() for v in kinds.values()], on)
    names = names_on(placed, on)
    return {one: _row(one, names, kinds, heads) for one, kinds in placed.items()}


def _row(
    place_id: int,
    names: Mapping[int, str],
    kinds: Mapping[str, UnitVersion],
    heads: Mapping[int, HeadRow],
) -> ConcurrentRow:
    board, front = kinds[Kind.ADVISORY_BOARD], kinds.get(Kind.FRONT_COMMITTEE)
    return ConcurrentRow(
        place_id=place_id,
        place_name=names.get(place_id, ""),
        board_id=board.unit_id,
        board_name=board.name,
        front_id=front.unit_id if front else None,
        head=heads.get(board.unit_id),
        chair=heads.get(front.unit_id) if front else None,
    )


def concurrent_heads(
    under_id: int, on: date, *, levels: Iterable[str] = (Level.COMMUNE, Level.PROVINCE)
) -> list[ConcurrentRow]:
    """Every place of these levels at or under one that has a board on a day, those that lack first. Three queries."""
    under: QuerySet[Any, Any] = units_under([under_id], on=on, follows=Follows.PLACE)
    places = UnitVersion.objects.filter(
        in_force(on), kind="", level__in=list(levels), unit_id__in=under
    )
    rows = concurrent_heads_at(places.values("unit_id"), on)  # type: ignore[arg-type]
    return sorted(rows.values(), key=lambda one: (one.same, sort_key(one.place_name)))


def concurrent_heads_for(unit_ids: Iterable[int], on: date) -> dict[int, ConcurrentRow]:
    """The row of each unit's own place: of the place itself, or of where the organisation stands. Four queries."""
    units = units_on(unit_ids, on)
    homes = {one.id: one.place_id or one.id for one in units.values()}
    rows = concurrent_heads_at(sorted(set(homes.values())), on)
    return {unit_id: rows[home] for unit_id, home in homes.items() if home in rows}
