"""Everything a unit's page shows, put together from the selectors."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from danvan.accounts.selectors import reaches, units_granted
from danvan.desk.posts.reading import PostsSection, posts_section
from danvan.desk.register.carrying import CARRIED
from danvan.desk.register.drawing import Drawing, draw_lineage
from danvan.desk.register.reading import named
from danvan.organisations.enums import Kind, Level
from danvan.organisations.holders import all_holders
from danvan.organisations.selectors import (
    KNOWN_FROM,
    Card,
    Census,
    Span,
    UnitOnDay,
    card,
    census,
    path_to,
)
from danvan.organisations.selectors.duties import Holder, duties_of
from danvan.organisations.selectors.lineages import Kinship, PastEvent, events_of, kinship_of
from danvan.organisations.selectors.spans import ids_among
from danvan.organisations.selectors.standing import Link, flags_of, links_of, marks_of, terms_of
from danvan.organisations.selectors.villages import VillageOnDay, villages_of
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import CommitteeTerm, Duty, UnitFlag, UnitMark

VILLAGES_SHOWN = 12  # the page of villages has them all
KINDS: list[str] = list(Kind)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a unit's story: the day (None: not known), a symbol, what happened, and by what act."""

    on: date | None
    icon: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Carrying:
    """What a unit carries: symbols and seals, terms, conditions, links; and which of them the reader may write."""

    marks: tuple["UnitMark", ...]
    terms: tuple["CommitteeTerm", ...]
    flags: tuple["UnitFlag", ...]
    links: tuple[Link, ...]
    may_write: frozenset[str]


@dataclass(frozen=True, slots=True)
class CardPage:
    """A unit's card with its story, its kin, what it carries, the places above it and what stands in it.

    `open_matters` counts what would have to pass if the unit ended, by the words of each holder; None where the
    unit is not within the reader's reach.
    """

    card: Card
    path: tuple[UnitOnDay, ...]
    moments: tuple[Moment, ...]
    organisations: tuple[UnitOnDay, ...]
    kinship: Kinship
    drawing: Drawing | None
    events: tuple[PastEvent, ...]
    event_pages: frozenset[int]  # the events whose page the reader may open
    posts: PostsSection
    carrying: Carrying
    duties: tuple[tuple["Duty", Holder], ...]
    villages: tuple[VillageOnDay, ...]
    census: Census | None
    open_matters: tuple[tuple[str, int], ...] | None
    may_manage: bool

    @property
    def villages_shown(self) -> tuple[VillageOnDay, ...]:
        """The first few villages."""
        return self.villages[:VILLAGES_SHOWN]

    @property
    def people(self) -> int | None:
        """The people of all villages that are counted; None where none is."""
        known = [one.population for one in self.villages if one.population is not None]
        return sum(known) if known else None

    @property
    def households(self) -> int:
        """The households of all villages that are counted."""
        return sum(one.households or 0 for one in self.villages)


def read_card(unit_id: int, day: date, *, reader: "User") -> CardPage | None:
    """Everything a unit's page shows; None where there is no such unit. A constant number of queries."""
    found = card(unit_id, on=day)
    if found is None:
        return None
    kinship, events = kinship_of(unit_id, on=day), tuple(events_of(unit_id))
    may_manage = reaches(reader, "register.manage", unit_id)
    holds = found.now is not None and found.is_place
    commune = holds and found.now is not None and found.now.level == Level.COMMUNE
    return CardPage(
        card=found,
        path=tuple(path_to(unit_id, on=_seen(found, day))),
        moments=tuple(tell_story(found)),
        organisations=tuple(sorted(found.organisations, key=lambda one: KINDS.index(one.kind))),
        kinship=kinship,
        drawing=draw_lineage(unit_id, kinship),
        events=events,
        event_pages=_event_pages(events, reader),
        posts=posts_section(unit_id, day),
        carrying=_carrying(found, may_manage=may_manage),
        duties=() if found.is_place else tuple(duties_of(unit_id, on=_seen(found, day))),
        villages=tuple(villages_of([unit_id], on=day)) if commune else (),
        census=census(unit_id, on=day) if holds else None,
        open_matters=_open_matters(unit_id, day)
        if reaches(reader, "register.view", unit_id)
        else None,
        may_manage=may_manage,
    )


def _event_pages(events: tuple[PastEvent, ...], reader: "User") -> frozenset[int]:
    granted = units_granted(reader, "register.reorganise")
    scopes = ids_among({one.scope_id for one in events}, granted) if events else set()
    return frozenset(one.id for one in events if one.scope_id in scopes)


def _seen(found: Card, day: date) -> date:
    """The day asked, or the last on which the unit stood where it has ended by then."""
    ended = found.ended_on
    return ended - timedelta(days=1) if ended and ended <= day else day


def _carrying(found: Card, *, may_manage: bool) -> Carrying:
    now = found.now
    return Carrying(
        marks=() if found.is_place else tuple(marks_of(found.id)),
        terms=() if found.is_place else tuple(terms_of(found.id)),
        flags=tuple(flags_of(found.id)) if found.is_place else (),
        links=() if found.is_place else tuple(links_of(found.id)),
        may_write=frozenset(
            what for what, one in CARRIED.items() if may_manage and now and one.fits(now)
        ),
    )


def _open_matters(unit_id: int, day: date) -> tuple[tuple[str, int], ...]:
    """What is open at the unit, by the words of each module that keeps rows for it; those with none left out."""
    counts = ((one.label, one.count_open([unit_id], day).get(unit_id, 0)) for one in all_holders())
    return tuple((label, count) for label, count in counts if count)


def tell_story(found: Card) -> list[Moment]:
    """The unit's life in order: how it began, every change, how it ended."""
    first = found.spans[0]
    moments = [_beginning(found, first)]
    for before, after in zip(found.spans, found.spans[1:], strict=False):
        moments.append(_change(before, after))
    if found.ended_on:
        heirs = named(f"{kin.name}" for kin in found.successors)
        words = f"Kết thúc; kế tiếp là {heirs}" if heirs else "Kết thúc"
        decision = found.successors[0].decision if found.successors else ""
        moments.append(Moment(found.ended_on, "git-merge", words, decision))
    return moments


def _beginning(found: Card, first: Span) -> Moment:
    if not first.start_known:
        note = f"Sổ đơn vị ghi từ {format_date(KNOWN_FROM)}; chưa rõ ngày thành lập."
        return Moment(None, "building", f"Đã có với tên {first.name}", note)
    own = [kin for kin in found.predecessors if kin.level == first.level]
    names = named(kin.name for kin in own or found.predecessors)
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
