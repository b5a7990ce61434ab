"""Who holds which post on a day, who leads a unit, and one officer's whole record."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from danvan.organisations.enums import FILLING, Entry, Kind, Manner, Rank
from danvan.organisations.models import (
    Appointment,
    Assignment,
    Officer,
    OfficerTraining,
    Post,
    UnitVersion,
)
from danvan.organisations.selectors.days import UnitOnDay, as_on_day, in_force, last_names, names_on
from danvan.organisations.titles import without_honorific
from danvan.vietnamese.collation import name_key
from danvan.vietnamese.text import fold

KINDS: list[str] = list(Kind)
RANKS: list[str] = list(Rank)
MANNERS: list[str] = list(Manner)


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody in a post: how, since when, until when if that is known, by which decision."""

    appointment_id: int
    officer_id: int
    name: str
    manner: str
    entry: str
    decision: str
    since: date
    until: date | None

    @property
    def manner_label(self) -> str:
        """How it is held, in words."""
        return str(Manner(self.manner).label)

    @property
    def entry_label(self) -> str:
        """By what act it was taken up, in words."""
        return str(Entry(self.entry).label)

    @property
    def fills(self) -> bool:
        """Whether a seat is filled, and not only stood in for."""
        return self.manner in FILLING


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post on a day with those who hold it; `vacant` seats are filled by nobody."""

    id: int
    unit_id: int
    title: str
    rank: str
    seats: int
    decision: str
    valid_from: date
    valid_to: date | None
    holders: tuple[HolderRow, ...]

    @property
    def rank_label(self) -> str:
        """What the post is, in words."""
        return str(Rank(self.rank).label)

    @property
    def filled(self) -> int:
        """How many seats are filled."""
        return sum(one.fills for one in self.holders)

    @property
    def vacant(self) -> int:
        """How many seats nobody fills."""
        return max(self.seats - self.filled, 0)


@dataclass(frozen=True, slots=True)
class HeadRow:
    """Who leads a unit on a day: the name, the post, and how it is held."""

    name: str
    title: str
    manner: str
    officer_id: int
    appointment_id: int
    since: date

    @property
    def words(self) -> str:
        """As it stands in a list: Nguyễn Văn A, or Nguyễn Văn A (quyền)."""
        if self.manner in FILLING:
            return self.name
        return f"{self.name} ({str(Manner(self.manner).label).lower()})"


@dataclass(frozen=True, slots=True)
class Spell:
    """One time in one post: the end is the earliest of its own, the post's and the unit's."""

    appointment_id: int
    unit_id: int
    unit_name: str
    title: str
    manner: str
    entry: str
    decision: str
    since: date
    until: date | None
    ended_why: str
    now: bool

    @property
    def manner_label(self) -> str:
        """How it was held, in words."""
        return str(Manner(self.manner).label)

    @property
    def entry_label(self) -> str:
        """By what act it was taken up, in words."""
        return str(Entry(self.entry).label)


@dataclass(frozen=True, slots=True)
class Charge:
    """What an officer is or was in charge of: a field or a place, for which organisation."""

    id: int
    unit_id: int
    unit_name: str
    field: str
    place_id: int | None
    place_name: str
    decision: str
    since: date
    until: date | None
    now: bool


@dataclass(frozen=True, slots=True)
class OfficerRecord:
    """An officer through time."""

    officer: Officer
    spells: tuple[Spell, ...]
    charges: tuple[Charge, ...]
    training: tuple[OfficerTraining, ...]

    @property
    def now(self) -> tuple[Spell, ...]:
        """What is held on the day, the main post first."""
        held = [one for one in self.spells if one.now]
        return tuple(sorted(held, key=lambda one: MANNERS.index(one.manner)))

    @property
    def rotations(self) -> tuple[Spell, ...]:
        """The posts come to by rotation."""
        return tuple(one for one in self.spells if one.entry == Entry.ROTATED)


def posts_on(day: date) -> Q:
    """Posts that stood on a day, in units that did."""
    return in_force(day) & (Q(unit__ended_on=None) | Q(unit__ended_on__gt=day))


def held_on(day: date) -> Q:
    """Appointments that held on a day: they, their posts and the units of these stood."""
    post = Q(post__valid_from__lte=day) & (Q(post__valid_to=None) | Q(post__valid_to__gt=day))
    lives = Q(post__unit__ended_on=None) | Q(post__unit__ended_on__gt=day)
    return in_force(day) & post & lives


def _until(*ends: date | None) -> date | None:
    return min((one for one in ends if one), default=None)


def posts_of(unit_ids: Collection[int] | QuerySet[Any, Any], on: date) -> dict[int, list[PostRow]]:
    """The posts of some units on a day, heads first, with who holds them; a unit without posts is left out.

    Two queries.
    """
    posts = list(Post.objects.filter(posts_on(on), unit_id__in=unit_ids).select_related("unit"))
    held: dict[int, list[HolderRow]] = {post.pk: [] for post in posts}
    for one in Appointment.objects.filter(held_on(on), post__unit_id__in=unit_ids).select_related(
        "officer", "post__unit"
    ):
        until = _until(one.valid_to, one.post.valid_to, one.post.unit.ended_on)
        held[one.post_id].append(
            HolderRow(
                one.pk, one.officer_id, one.officer.full_name, one.manner, one.entry, one.decision,
                one.valid_from, until,
            )
        )  # fmt: skip
    found: dict[int, list[PostRow]] = {}
    for post in sorted(posts, key=lambda one: (RANKS.index(one.rank), one.pk)):
        holders = sorted(
            held[post.pk], key=lambda one: (MANNERS.index(one.manner), name_key(one.name))
        )
        found.setdefault(post.unit_id, []).append(
            PostRow(
                post.pk, post.unit_id, post.title, post.rank, post.seats, post.decision,
                post.valid_from, _until(post.valid_to, post.unit.ended_on), tuple(holders),
            )
        )  # fmt: skip
    return found


def posts_at(unit_id: int, on: date) -> list[tuple[UnitOnDay, list[PostRow]]]:
    """An organisation, or those in a place, on a day, each with its posts; in the order of kinds. Three queries."""
    here = UnitVersion.objects.filter(
        in_force(on), Q(unit_id=unit_id) | Q(place_id=unit_id)
    ).exclude(kind="")
    posts = posts_of(here.values("unit_id"), on)
    units = [as_on_day(version) for version in here]
    units.sort(key=lambda one: (KINDS.index(one.kind), one.id))
    return [(one, posts.get(one.id, [])) for one in units]


def head_of(unit_ids: Iterable[int], on: date) -> dict[int, HeadRow]:
    """Who leads each unit on a day, whoever fills the post before whoever stands in; a unit without is left out.

    One query.
    """
    rows = Appointment.objects.filter(
        held_on(on), post__unit_id__in=list(unit_ids), post__rank=Rank.HEAD
    ).select_related("officer", "post")
    best: dict[int, tuple[tuple[int, int, int], HeadRow]] = {}
    for one in rows:
        row = HeadRow(
            one.officer.full_name,
            one.post.title,
            one.manner,
            one.officer_id,
            one.pk,
            one.valid_from,
        )
        order = (MANNERS.index(one.manner), one.post_id, one.pk)
        known = best.get(one.post.unit_id)
        if known is None or order < known[0]:
            best[one.post.unit_id] = (order, row)
    return {unit_id: row for unit_id, (_, row) in best.items()}


def officer_record(officer_id: int, on: date) -> OfficerRecord | None:
    """Everything the register keeps of one officer; None where there is none. Five queries."""
    officer = Officer.objects.select_related("user").filter(pk=officer_id).first()
    if officer is None:
        return None
    held = list(
        Appointment.objects.filter(officer=officer)
        .select_related("post__unit")
        .order_by("-valid_from", "-pk")
    )
    charged = list(
        Assignment.objects.filter(officer=officer)
        .select_related("unit", "place")
        .order_by("-valid_from", "-pk")
    )
    ids = {one.post.unit_id for one in held} | {one.unit_id for one in charged}
    names = last_names(ids | {one.place_id for one in charged if one.place_id}, on)
    return OfficerRecord(
        officer=officer,
        spells=tuple(_spell(one, names, on) for one in held),
        charges=tuple(_charge(one, names, on) for one in charged),
        training=tuple(officer.training.order_by("-finished_on", "-pk")),
    )


def _spell(one: Appointment, names: dict[int, str], on: date) -> Spell:
    until = _until(one.valid_to, one.post.valid_to, one.post.unit.ended_on)
    why = one.ended_why if one.valid_to else ""
    if not why and until:
        why = "Hết thời hạn" if until == one.valid_to else "Chức danh hoặc đơn vị kết thúc"
    return Spell(
        appointment_id=one.pk,
        unit_id=one.post.unit_id,
        unit_name=names.get(one.post.unit_id, ""),
        title=one.post.title,
        manner=one.manner,
        entry=one.entry,
        decision=one.decision,
        since=one.valid_from,
        until=until,
        ended_why=why,
        now=one.valid_from <= on and (until is None or on < until),
    )


def _charge(one: Assignment, names: dict[int, str], on: date) -> Charge:
    until = _until(one.valid_to, one.unit.ended_on, one.place.ended_on if one.place else None)
    return Charge(
        id=one.pk,
        unit_id=one.unit_id,
        unit_name=names.get(one.unit_id, ""),
        field=one.field,
        place_id=one.place_id,
        place_name=names.get(one.place_id or 0, ""),
        decision=one.decision,
        since=one.valid_from,
        until=until,
        now=one.valid_from <= on and (until is None or on < until),
    )


def find_officers(words: str) -> QuerySet[Officer]:
    """Officers whose name holds every word, tones and case aside. Lazy."""
    found = Officer.objects.all()
    for word in fold(without_honorific(words)).split()[:6]:
        found = found.filter(folded__contains=word)
    return found


def same_name(one: str, other: str) -> bool:
    """Whether two written names are one: honorifics, case and spaces aside, tones kept."""
    return without_honorific(one).lower() == without_honorific(other).lower()


def may_be(full_name: str, typed: str) -> bool:
    """Whether a typed name may mean somebody: the same, or typed without any tone and otherwise the same."""
    plain = without_honorific(typed)
    toneless = fold(plain) == plain.lower()
    alike = toneless and fold(without_honorific(full_name)) == fold(plain)
    return alike or same_name(full_name, typed)


def officers_within(within: QuerySet[Any, Any]) -> QuerySet[Officer]:
    """Officers whose record may be written by who may write posts at the units `within`: those who hold or held one
    there, and those who hold none anywhere yet. Lazy."""
    here = Appointment.objects.filter(post__unit_id__in=within)
    return Officer.objects.filter(
        Q(pk__in=here.values("officer_id")) | Q(appointments__isnull=True)
    ).distinct()


def held_by(officer_ids: Collection[int], on: date) -> dict[int, list[tuple[str, str, str]]]:
    """What officers hold on a day: (title, unit's name, how), main posts first. Two queries."""
    rows = list(
        Appointment.objects.filter(held_on(on), officer_id__in=officer_ids).select_related("post")
    )
    names = names_on({one.post.unit_id for one in rows}, on)
    found: dict[int, list[tuple[str, str, str]]] = {}
    for one in sorted(rows, key=lambda row: (MANNERS.index(row.manner), row.valid_from)):
        held = (one.post.title, names.get(one.post.unit_id, ""), str(Manner(one.manner).label))
        found.setdefault(one.officer_id, []).append(held)
    return found


def posts_in(units: QuerySet[Any, Any]) -> QuerySet[Post]:
    """The posts of these units, of any time. Lazy."""
    return Post.objects.filter(unit_id__in=units).select_related("unit")


def appointments_in(units: QuerySet[Any, Any]) -> QuerySet[Appointment]:
    """The appointments to posts of these units, of any time. Lazy."""
    return Appointment.objects.filter(post__unit_id__in=units).select_related(
        "post__unit", "officer"
    )


def assignments_in(units: QuerySet[Any, Any]) -> QuerySet[Assignment]:
    """The assignments made by these units, of any time. Lazy."""
    return Assignment.objects.filter(unit_id__in=units).select_related("officer", "unit")


def last_day(until: date | None) -> date | None:
    """The last day of a time whose end is the first day after it."""
    return until - timedelta(days=1) if until else None
