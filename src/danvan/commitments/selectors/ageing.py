"""Danh sách theo dõi: what a person and their units have open, by how late it is. Every number is that of a list."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from danvan.accounts.selectors import actions_of
from danvan.commitments.enums import State
from danvan.commitments.models import Commitment, CommitmentQuerySet
from danvan.commitments.selectors.brackets import AGES, Brackets, brackets_on
from danvan.commitments.selectors.clocks import silent_since
from danvan.commitments.selectors.lists import Asked, Side, Tab, in_tab, narrowed
from danvan.commitments.selectors.measures import counted, measures
from danvan.commitments.selectors.tallies import Tally, due_in_year
from danvan.foundation.lists import COUNTED_TO

if TYPE_CHECKING:
    from danvan.accounts.models import User

MEASURED = ("counted", "claimed", "verified", "come", "in_time")
OPEN, SILENT, CLAIMED = "open", "silent", "claimed"
# The tab behind each number of what is open.
TABS = {OPEN: Tab.UNDONE, SILENT: Tab.SILENT, CLAIMED: Tab.CLAIMED, **dict.fromkeys(AGES, Tab.UNDONE)}  # fmt: skip
MINE: dict[str, str] = {
    Side.FOLLOWS: "Tôi là lãnh đạo theo dõi",
    Side.GAVE: "Tôi đã giao",
    Side.URGED: "Tôi đã theo dõi, đôn đốc, kiểm tra, giám sát",
}
OURS: dict[str, str] = {
    Side.LEADS: "Đơn vị tôi chủ trì",
    Side.SUPPORTS: "Đơn vị tôi phối hợp",
    Side.ASSIGNS: "Đơn vị tôi giao",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One number and the address of its list; a number over COUNTED_TO means "more than that"."""

    label: str
    number: int
    query: str

    @property
    def many(self) -> bool:
        """Whether there are more than are counted."""
        return self.number > COUNTED_TO


@dataclass(frozen=True, slots=True)
class Following:
    """One row: whose part it is, what is open by age, and how what is due in the year stands (None: too much to count)."""

    name: str
    cells: list[Cell]
    tally: Tally | None
    query: str


@dataclass(frozen=True, slots=True)
class _Day:
    """The day as of which is counted, with what is in force on it."""

    on: date
    bounds: Brackets | None
    since: date | None  # silent from


@dataclass(frozen=True, slots=True)
class FollowingLists:
    """The page: rows of the person, of their units, and of the place or unit that was chosen."""

    brackets: Brackets | None
    mine: list[Following] = field(default_factory=list)
    ours: list[Following] = field(default_factory=list)
    chosen: list[Following] = field(default_factory=list)


def following_lists(
    user: "User", *, on: date, unit_id: int | None = None, unit: str = ""
) -> FollowingLists:
    """What `user` follows and what their units must do; with a unit also what is led at or under it.

    A fixed number of queries for each row, each over no more rows than are counted for a list.
    """
    day = _Day(on, brackets_on(on), silent_since(on))
    gives = "commitments.assign" in actions_of(user)
    mine = {side: name for side, name in MINE.items() if gives or side == Side.FOLLOWS}
    ours = {side: name for side, name in OURS.items() if gives or side != Side.ASSIGNS}
    chosen = []
    if unit_id is not None:
        asked = Asked(side=Side.WITHIN, unit_id=unit_id)
        where = {"don_vi": unit, "don_vi_id": str(unit_id)}
        chosen = [_row(user, unit, asked, day, **where)]
    return FollowingLists(
        day.bounds,
        [_row(user, name, Asked(side=side), day) for side, name in mine.items()],
        [_row(user, name, Asked(side=side), day) for side, name in ours.items()],
        chosen,
    )


def _row(user: "User", name: str, asked: Asked, day: _Day, **where: str) -> Following:
    base = {"ben": str(asked.side), **where}
    found = narrowed(user, asked, on=day.on)
    numbers = dict(_open(found, asked, day))
    ages = day.bounds.labels() if day.bounds else {}
    labels = {OPEN: "Chưa xong", **ages, SILENT: "Im lặng", CLAIMED: "Chờ kiểm tra"}
    cells = [Cell(label, numbers[key], _query(base, key)) for key, label in labels.items()]
    year = urlencode({"muc": str(Tab.ALL), **base, "nam": str(day.on.year)})
    due = found.filter(due_in_year(day.on.year))
    return Following(name, cells, _measured(due, day.on), year)


def _query(base: dict[str, str], name: str) -> str:
    dien = {"dien": name} if name in AGES else {}
    return urlencode({"muc": str(TABS[name]), **base, **dien})


def _open(found: CommitmentQuerySet, asked: Asked, day: _Day) -> Iterator[tuple[str, int]]:
    """Each number of a row: all in one query where there is little, else one for each, up to as many as are counted."""
    of = {OPEN: Q(pk__isnull=False), **(day.bounds.conditions(day.on) if day.bounds else {})}
    undone = in_tab(found, replace(asked, tab=Tab.UNDONE), on=day.on)
    row = undone.order_by()[: COUNTED_TO + 1].aggregate(
        **{f"n_{name}": Count("pk", filter=where) for name, where in of.items()}
    )
    for name, where in of.items():
        few = row[f"n_{OPEN}"] <= COUNTED_TO
        yield name, row[f"n_{name}"] if few else _capped(undone.filter(where))
    yield SILENT, _capped(found.silent(day.since))
    yield CLAIMED, _capped(found.filter(state=State.CLAIMED))


def _measured(found: CommitmentQuerySet, on: date) -> Tally | None:
    """How what is due in a year stands; None where it is more than is counted for a list."""
    of = measures(on)
    every = found.filter(counted())
    some = every.order_by()[: COUNTED_TO + 1]
    row = some.aggregate(**{f"n_{name}": Count("pk", filter=of[name]) for name in MEASURED})
    if row["n_counted"] > COUNTED_TO:
        return None
    extended = _capped(every.filter(of["extended"]))
    return Tally(**{name: row[f"n_{name}"] for name in MEASURED}, extended=extended)


def _capped(found: QuerySet[Commitment]) -> int:
    return found.order_by()[: COUNTED_TO + 1].count()
