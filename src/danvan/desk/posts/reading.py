"""What the pages about people in posts show, put together from the selectors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from danvan.accounts.selectors import reaches
from danvan.foundation.lists import Page, page_of
from danvan.organisations.selectors import (
    UnitOnDay,
    last_names,
    names_on,
    unit_on,
)
from danvan.organisations.selectors.officers.concurrent import ConcurrentRow
from danvan.organisations.selectors.officers.holding import PostRow, held_by, posts_at
from danvan.organisations.selectors.officers.vacant import (
    Staffing,
    staffing,
    vacancies,
    villages_without_charge,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Group:
    """The posts of one organisation."""

    unit_id: int
    name: str
    posts: tuple[PostRow, ...]

    @property
    def vacant(self) -> int:
        """Seats that nobody fills."""
        return sum(one.vacant for one in self.posts)


@dataclass(frozen=True, slots=True)
class UnitHead:
    """What stands at the top of every page about a unit's people."""

    id: int
    name: str
    home_id: int
    now: UnitOnDay | None
    may_manage: bool

    @property
    def is_organisation(self) -> bool:
        """Whether posts can be set up in it on the day."""
        return bool(self.now and not self.now.is_place)


def unit_head(user: "User", unit_id: int, day: date) -> UnitHead | None:
    """The unit as pages call it; None where there is none at all. Three queries."""
    names = last_names([unit_id], day)
    if unit_id not in names:
        return None
    now = unit_on(unit_id, day)
    home = (now.place_id or now.id) if now else unit_id
    return UnitHead(unit_id, names[unit_id], home, now, reaches(user, "register.manage", unit_id))


def groups_of(unit_id: int, day: date) -> list[Group]:
    """The posts of an organisation, or of every organisation in a place, on a day. Three queries."""
    return [Group(one.id, one.name, tuple(posts)) for one, posts in posts_at(unit_id, day)]


@dataclass(frozen=True, slots=True)
class PostsSection:
    """The people of a unit for its card: who leads each organisation, what is vacant."""

    unit_id: int
    day: date
    groups: tuple[Group, ...]

    @property
    def known(self) -> tuple[Group, ...]:
        """The organisations whose posts are recorded."""
        return tuple(one for one in self.groups if one.posts)

    @property
    def vacant(self) -> int:
        """Seats that nobody fills."""
        return sum(one.vacant for one in self.groups)


def posts_section(unit_id: int, day: date) -> PostsSection:
    """What `desk/posts/card_section.html` shows of a unit on a day. Three queries."""
    return PostsSection(unit_id, day, tuple(groups_of(unit_id, day)))


@dataclass(frozen=True, slots=True)
class VacantLine:
    """A post with fewer holders than seats."""

    post: Any
    unit_name: str


@dataclass(frozen=True, slots=True)
class Vacant:
    """The vacancies under a place: one page of them, and the seats in all."""

    page: Page
    lines: tuple[VacantLine, ...]
    staffing: Staffing


def read_vacancies(home_id: int, day: date, asked: Mapping[str, Any]) -> Vacant:
    """One page of the vacant posts at or under a place. Four queries."""
    page = page_of(vacancies(home_id, day), asked, order=("unit_id", "pk"), size=50)
    return Vacant(page, vacant_lines(page.rows, day), staffing(home_id, day))


def vacant_lines(rows: Sequence[Any], day: date) -> tuple[VacantLine, ...]:
    """Vacant posts with the names of their units. One query."""
    names = names_on({one.unit_id for one in rows}, day)
    return tuple(VacantLine(one, names.get(one.unit_id, "")) for one in rows)


@dataclass(frozen=True, slots=True)
class Uncharged:
    """Villages that nobody is in charge of: one page, each with the place above it."""

    page: Page
    lines: tuple[tuple[Any, str], ...]


def read_uncharged(home_id: int, day: date, asked: Mapping[str, Any]) -> Uncharged:
    """One page of the villages at or under a place that nobody is in charge of. Three queries."""
    page = page_of(villages_without_charge(home_id, day), asked, order=("parent", "pk"), size=50)
    names = names_on({one.parent_id for one in page.rows if one.parent_id}, day)
    return Uncharged(page, tuple((one, names.get(one.parent_id or 0, "")) for one in page.rows))


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer in a list, with what they hold."""

    officer: Any
    held: tuple[tuple[str, str, str], ...]


def officer_lines(officers: Sequence[Any], day: date) -> list[OfficerLine]:
    """Officers with what they hold on a day. Two queries."""
    held = held_by([one.pk for one in officers], day)
    return [OfficerLine(one, tuple(held.get(one.pk, ()))) for one in officers]


def same_of(rows: Sequence[ConcurrentRow]) -> int:
    """How many places have one person in both posts."""
    return sum(row.same for row in rows)
