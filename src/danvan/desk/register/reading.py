"""What the register's pages show, put together from the selectors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from danvan.organisations.enums import Kind
from danvan.organisations.selectors import (
    KNOWN_FROM,
    MERGED_ON,
    Branch,
    Card,
    Census,
    Span,
    UnitOnDay,
    UnitRow,
    card,
    census,
    children,
    find_units,
    path_to,
    top_unit,
    unit_on,
)
from danvan.vietnamese.dates import format_date

KINDS: list[str] = list(Kind)


@dataclass(frozen=True, slots=True)
class Tree:
    """One level of the country on a day. `top` is None where the unit asked for did not stand then."""

    top: UnitOnDay | None
    gone: Card | None
    path: tuple[UnitOnDay, ...] = ()
    branches: tuple[Branch, ...] = ()
    census: Census | None = None

    @property
    def has_districts(self) -> bool:
        """Whether the district level stood below on that day."""
        return bool(self.census and self.census.districts)


def read_tree(unit_id: int | None, day: date) -> Tree | None:
    """The places directly below one place on a day; below the top unit where none is named.

    None where there is no such unit at all. A constant number of queries.
    """
    if unit_id is None:
        if day < KNOWN_FROM:
            return Tree(None, None)
        unit_id = top_unit(on=day).id
    top = unit_on(unit_id, day)
    if top is None:
        gone = card(unit_id, on=day)
        return Tree(None, gone) if gone else None
    return Tree(
        top=top,
        gone=None,
        path=tuple(path_to(unit_id, on=day)),
        branches=tuple(children(unit_id, on=day)),
        census=census(unit_id, on=day),
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a unit's story: the day (None: not known), a symbol, what happened, and by what act."""

    on: date | None
    icon: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class CardPage:
    """A unit's card with its story and the places above it."""

    card: Card
    path: tuple[UnitOnDay, ...]
    moments: tuple[Moment, ...]
    organisations: tuple[UnitOnDay, ...]


def read_card(unit_id: int, day: date) -> CardPage | None:
    """Everything a unit's page shows; None where there is no such unit. A constant number of queries."""
    found = card(unit_id, on=day)
    if found is None:
        return None
    organisations = sorted(found.organisations, key=lambda one: KINDS.index(one.kind))
    path = tuple(path_to(unit_id, on=day))
    return CardPage(found, path, tuple(tell_story(found)), tuple(organisations))


def _names(names: Iterable[str], shown: int = 6) -> str:
    known = list(names)
    more = f" và {len(known) - shown} đơn vị khác" if len(known) > shown else ""
    return ", ".join(known[:shown]) + more


def tell_story(found: Card) -> list[Moment]:
    """The unit's life in order: how it began, every change, how it ended."""
    first = found.spans[0]
    moments = [_beginning(found, first)]
    for before, after in zip(found.spans, found.spans[1:], strict=False):
        moments.append(_change(before, after))
    if found.ended_on:
        heirs = _names(f"{kin.name}" for kin in found.successors)
        words = f"Kết thúc; kế tiếp là {heirs}" if heirs else "Kết thúc"
        decision = found.successors[0].decision if found.successors else ""
        moments.append(Moment(found.ended_on, "git-merge", words, decision))
    return moments


def _beginning(found: Card, first: Span) -> Moment:
    if not first.start_known:
        note = f"Sổ đơn vị ghi từ {format_date(KNOWN_FROM)}; chưa rõ ngày thành lập."
        return Moment(None, "building", f"Đã có với tên {first.name}", note)
    own = [kin for kin in found.predecessors if kin.level == first.level]
    names = _names(kin.name for kin in own or found.predecessors)
    words = f"Thành lập {first.name}" + (f" từ {names}" if names else "")
    return Moment(first.valid_from, "git-merge" if names else "building", words, first.decision)


def _change(before: Span, after: Span) -> Moment:
    said = []
    if before.name != after.name:
        said.append(f"Đổi tên từ {before.name} thành {after.name}")
    if before.parent_id != after.parent_id:
        old, new = (
            before.parent_name or "không có cấp trên",
            after.parent_name or "không có cấp trên",
        )
        said.append(f"Chuyển từ {old} về {new}")
    icon = "pencil" if before.name != after.name else "arrows-exchange"
    return Moment(after.valid_from, icon, "; ".join(said) or "Cập nhật", after.decision)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One answer of the type-ahead with a note in words where the unit has ended."""

    id: int
    name: str
    context: str
    note: str
    successors: tuple[tuple[int, str], ...]


def find_rows(
    words: str,
    day: date,
    *,
    levels: list[str],
    kinds: list[str],
    within: QuerySet[Any, Any] | None,
) -> list[FoundRow]:
    """The units that people mean by `words`, each ended one with who took over."""
    found = find_units(words[:200], on=day, levels=levels, kinds=kinds, within=within)
    return [FoundRow(r.id, r.name, r.context, _note(r), r.successors) for r in found]


def _note(row: UnitRow) -> str:
    if row.ended_on is None:
        return ""
    last = format_date(row.ended_on - timedelta(days=1))
    heirs = _names((name for _, name in row.successors), shown=3)
    return f"đến {last}, nay là {heirs}" if heirs else f"đến {last}"


def known_days(today: date) -> list[tuple[str, date]]:
    """Days worth a link: today, the last day before the merger, the first after it."""
    before = MERGED_ON - timedelta(days=1)
    return [("Hôm nay", today), ("Trước sắp xếp", before), ("Sau sắp xếp", MERGED_ON)]
