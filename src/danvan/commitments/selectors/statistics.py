"""Thống kê việc phải làm: how the ledger stands, by unit, topic, source and month. Every number is that of a list."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q

from danvan.accounts.selectors import grants_today, may_at_root, units_granted
from danvan.commitments.enums import Part, SourceKind
from danvan.commitments.selectors.lists import NO_TOPIC, OTHER_SOURCE, SOURCES, Side, Tab
from danvan.commitments.selectors.tallies import (
    NO_YEAR,
    Numbers,
    Scope,
    Stale,
    Sums,
    Tally,
    narrowed_to,
    sums_by_lead,
    sums_by_part,
)
from danvan.organisations.selectors import (
    last_names,
    organisations_at,
    places_below,
    top_unit,
    units_on,
)
from danvan.organisations.selectors.following import (
    ALONE,
    found_under,
    found_under_each,
    told_names,
)
from danvan.topics.selectors import growth
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

FEW = 60  # leads that are told one by one; more are told by the places and organisations above them
MOST = 200  # rows of one table
NO_END_WORDS = "Không có hạn"


@dataclass(frozen=True, slots=True)
class Told:
    """One row: what it is called, how its commitments stand, and the address at which the list shows them."""

    name: str
    tally: Tally
    query: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """The page: the whole, and the same by unit, topic, source and the month (or year) of the present day.

    `units` are the leads themselves, or (`by_place`) the places below, with what stands in none of these one by one;
    `lines` are the same again by the lines that run down from here. Each adds up to the whole.
    """

    whole: Told
    units: list[Told] = field(default_factory=list)
    by_place: bool = False
    lines: list[Told] = field(default_factory=list)
    lines_left: int = 0  # rows of lines that are not shown
    topics: list[Told] = field(default_factory=list)
    sources: list[Told] = field(default_factory=list)
    times: list[Told] = field(default_factory=list)
    units_left: int = 0  # rows of units that are not shown


def statistics(
    user: "User", *, on: date, year: int | None = None, unit_id: int | None = None, unit: str = ""
) -> Statistics:
    """How what the units that `user` may view lead stands on a day; of those at or under a unit, due in a year.

    `year` NO_YEAR is what has no end. `unit` is the name by which the list finds `unit_id`. Read from kept counts;
    what changed since these were counted is counted now. A fixed number of queries.
    """
    leads = Q(lead_id__in=units_granted(user, "commitments.view"))
    if unit_id is not None:
        leads &= Q(lead_id__in=found_under(unit_id, on=on))
    every = unit_id is None and may_at_root(user, "commitments.view")
    scope, stale = Scope(leads, every, year), Stale(on)
    by_lead = sums_by_lead(scope, on, stale)
    parts = sums_by_part(narrowed_to(scope, by_lead), on, stale)
    base = _address(year, unit_id, unit)
    total = Sums()
    for (part, _, _), tally in parts.items():
        if part == Part.LEAD:
            total.add("", tally.numbers)
    by_place = len(by_lead) > FEW
    tops, lines = _below(user, unit_id, on) if by_place else ([], [])
    units = _by_unit(tops, by_lead, on, base)
    down = _by_unit(lines, by_lead, on, base) if lines else []
    if by_place and not tops:
        units, down = [], down or units
    return Statistics(
        whole=Told("Tất cả", total.told().get("", Tally()), _query(base)),
        units=units[:MOST],
        by_place=bool(tops),
        topics=_by_topic(parts, on, base),
        sources=_by_source(parts, base),
        times=_by_time(parts, year, base),
        units_left=max(len(units) - MOST, 0),
        lines=down[:MOST],
        lines_left=max(len(down) - MOST, 0),
    )


def _address(year: int | None, unit_id: int | None, unit: str) -> dict[str, str]:
    """What the list is asked for beside the row and the measure."""
    asked = {"muc": str(Tab.ALL), "ben": str(Side.WITHIN)}
    if year is not None:
        asked["nam"] = str(year)
    if unit_id is not None:
        asked |= {"don_vi": unit, "don_vi_id": str(unit_id)}
    return asked


def _query(base: dict[str, str], **more: str) -> str:
    return urlencode({**base, **more})


def _by_unit(
    tops: list[int], leads: dict[int, Numbers], on: date, base: dict[str, str]
) -> list[Told]:
    """By what is found under each of `tops` (none of which is under another), then the leads under none, each alone."""
    sums, left = Sums(), set(leads)
    for top, under in found_under_each(tops, on=on, among=leads).items():
        for lead in under:
            sums.add(top, leads[lead])
        left -= under
    found = {(pk, ""): tally for pk, tally in sums.told().items()}
    found |= {(pk, ALONE): Tally(*leads[pk]) for pk in left}
    ids = list({pk for pk, _ in found})
    names, last = told_names(ids, on=on), last_names(ids, on)
    rows = [
        Told(
            names[pk] if not (alone and pk in tops) else f"{names[pk]} (riêng đơn vị)",
            tally,
            _query(
                {**base, **({"ca_truoc": alone} if alone else {}), "don_vi": last[pk], "don_vi_id": str(pk)}
            ),
        )
        for (pk, alone), tally in found.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.tally.overdue, -row.tally.counted, sort_key(row.name)))
    return rows


def _below(user: "User", unit_id: int | None, on: date) -> tuple[list[int], list[int]]:
    """The places directly below the one asked for, or below the reader's own; and the organisations from which lines run down.

    None of either is under another of them: what is counted under one is counted once.
    """
    if unit_id is not None:
        tops: Collection[int] = [unit_id]
    elif may_at_root(user, "commitments.view"):
        tops = [top_unit(on=on).id]
    else:
        tops = sorted({one.unit_id for one in grants_today(user)})
    there = units_on(tops, on)
    own = [pk for pk in tops if pk in there and not there[pk].is_place]
    places = _apart(list(places_below(tops, on=on)), on)
    return places, _apart(list(dict.fromkeys([*own, *organisations_at(tops, on=on)])), on)


def _apart(unit_ids: list[int], on: date) -> list[int]:
    """Those of some units that are under no other of them."""
    under = found_under_each(unit_ids, on=on, among=unit_ids)
    return [pk for pk in unit_ids if not any(pk in under[top] for top in unit_ids if top != pk)]


def _by_topic(
    parts: dict[tuple[str, int, str], Tally], on: date, base: dict[str, str]
) -> list[Told]:
    """By the topics at the top of the tree of the day, with what stands or is read under each; then what has none."""
    grown = growth()
    tree = grown.tree_on(on)
    sums = Sums()
    for (part, _, value), tally in parts.items():
        if part == Part.TOPIC:
            read = grown.read_on(int(value), on) if int(value) in grown.topics else None
            node = tree.by_id.get(read or 0)
            while node is not None and node.parent_id is not None:
                node = tree.by_id[node.parent_id]
            sums.add(node.id if node else int(value), tally.numbers)
    found = sums.told()
    first = [node for node in tree if node.depth == 1 and node.id in found]
    rows = [Told(node.name, found[node.id], _query(base, linh_vuc=str(node.id))) for node in first]
    if NO_TOPIC in found:
        none = _query(base, linh_vuc=str(NO_TOPIC))
        rows.append(Told("Chưa phân lĩnh vực", found[NO_TOPIC], none))
    return rows


def _by_source(parts: dict[tuple[str, int, str], Tally], base: dict[str, str]) -> list[Told]:
    """By what they were taken from."""
    sums, known = Sums(), set(SourceKind.values)
    for (part, _, value), tally in parts.items():
        if part == Part.SOURCE:
            sums.add(value if value in known else OTHER_SOURCE, tally.numbers)
    found = sums.told()
    return [
        Told(label, found[kind], _query(base, nguon=code))
        for code, (kind, label) in SOURCES.items()
        if kind in found
    ]


def _by_time(
    parts: dict[tuple[str, int, str], Tally], year: int | None, base: dict[str, str]
) -> list[Told]:
    """By the months of the year asked for; by years where none is."""
    if year is None:
        sums = Sums()
        for (part, one, _), tally in parts.items():
            if part == Part.LEAD:
                sums.add(one, tally.numbers)
        return [
            Told(f"Năm {one}" if one else NO_END_WORDS, tally, _query(base, nam=str(one)))
            for one, tally in sorted(sums.told().items(), key=lambda it: (it[0] == NO_YEAR, it[0]))
        ]
    months = {int(value): tally for (part, _, value), tally in parts.items() if part == Part.MONTH}
    return [
        Told(f"Tháng {one}/{year}", months[one], _query(base, thang=str(one)))
        for one in sorted(months)
        if one
    ]
