"""Whom the dissemination of a document has reached: unit by unit, level by level; what is unknown stays unknown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.documents.enums import Direction, SessionState
from danvan.documents.models import (
    DisseminationSession,
    DisseminationSessionQuerySet,
    Distribution,
    Document,
    RollOut,
    SessionUnit,
)
from danvan.documents.selectors.registers import kept_documents, near_registers
from danvan.documents.selectors.roll_out.cascade import Addressed, cascade_of_documents
from danvan.documents.selectors.roll_out.heirs import standing_for
from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

NEWEST = ("-on", "-pk")


@dataclass(slots=True)
class Heads:
    """How many people were invited and came, over the sessions of which both are known; how many are not known."""

    sessions: int = 0
    invited: int = 0
    attended: int = 0
    unknown: int = 0

    def add(self, invited: int | None, attended: int | None) -> None:
        """One session more."""
        self.sessions += 1
        if invited is None or attended is None:
            self.unknown += 1
        else:
            self.invited += invited
            self.attended += attended

    @property
    def known(self) -> bool:
        """Whether both numbers are known of any session."""
        return self.sessions > self.unknown

    @property
    def share(self) -> Fraction | None:
        """Those who came of those invited; None where nobody knows."""
        return Fraction(self.attended, self.invited) if self.invited else None


@dataclass(frozen=True, slots=True)
class UnitReach:
    """A unit that is to know the document: the sessions held for it, the next planned one, who came.

    `late`: the day that was set has passed without a session.
    """

    unit: Addressed
    sessions: tuple[int, ...]
    planned_on: date | None
    heads: Heads
    late: bool

    @property
    def reached(self) -> bool:
        """Whether a session was held for it."""
        return bool(self.sessions)


@dataclass(frozen=True, slots=True)
class LevelReach:
    """The units of one level, those not reached first, and the people of the sessions held for them alone.

    A session for units of several levels counts here only by what is known of its single units.
    """

    level: str
    label: str
    units: list[UnitReach]
    heads: Heads

    @property
    def reached(self) -> int:
        """How many units a session was held for."""
        return sum(one.reached for one in self.units)

    def narrowed(self, state: str) -> list[UnitReach]:
        """Those behind one of the numbers."""
        if state == "da":
            return [one for one in self.units if one.reached]
        if state == "chua":
            return [one for one in self.units if not one.reached]
        if state == "qua-han":
            return [one for one in self.units if one.late]
        return self.units


@dataclass(frozen=True, slots=True)
class Reach:
    """The reach of a document: its levels from the top, the people of all sessions, the day that was set."""

    levels: list[LevelReach]
    heads: Heads
    due_on: date | None

    @property
    def units(self) -> int:
        """How many units are to know it."""
        return sum(len(one.units) for one in self.levels)

    @property
    def reached(self) -> int:
        """For how many a session was held."""
        return sum(one.reached for one in self.levels)

    @property
    def missing(self) -> int:
        """For how many none was."""
        return self.units - self.reached

    @property
    def late(self) -> int:
        """How many of those are past the day."""
        return sum(one.late for level in self.levels for one in level.units)

    @property
    def share(self) -> Fraction | None:
        """The units reached of those that are to know it; None where nobody is."""
        return Fraction(self.reached, self.units) if self.units else None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list: who holds it, for how many units, which entry it is of."""

    session: DisseminationSession
    holder: str
    units: int
    missed: int
    waits: bool  # its day has passed and nothing is recorded


@dataclass(frozen=True, slots=True)
class SessionUnitLine:
    """One unit of a session with what is known of it."""

    row: SessionUnit
    name: str


def allowed_sessions(user: "User", action: str) -> DisseminationSessionQuerySet:
    """Where every view of a session starts."""
    return DisseminationSession.objects.allowed(user, action)


def session_day(document: Document) -> date | None:
    """By when the document is to be made known, where its issuer said so. One query."""
    return (
        RollOut.objects.filter(document=document).values_list("session_due_on", flat=True).first()
    )


def sessions_of(document: Document) -> DisseminationSessionQuerySet:
    """The sessions of a document: of its entry here, of the entries that units made when they were sent it, and of
    the one it was sent from."""
    sent = Distribution.objects.filter(recalled_at=None)
    entries = sent.filter(document=document, received__isnull=False).values("received_id")
    whence = sent.filter(received=document).values("document_id")
    here = Q(document=document) | Q(document_id__in=entries)
    if document.direction == Direction.INCOMING:
        here |= Q(document_id__in=whence)
    return DisseminationSession.objects.filter(here)


def reach_of(user: "User", document: Document) -> Reach:
    """The reach of a document today. A number of queries that does not grow with units or sessions."""
    today = clock.today()
    addressed = cascade_of_documents(user, document)
    due = session_day(document)
    sessions = {one.pk: one for one in sessions_of(document).exclude(state=SessionState.CANCELLED)}
    rows = list(SessionUnit.objects.filter(session__in=list(sessions), absent=False))
    heirs = standing_for({one.unit_id for one in rows}, on=today)
    counts = _counts(sessions, rows)
    found: dict[int, _Found] = {}
    for row in rows:
        if row.unit_id in heirs:
            here = found.setdefault(heirs[row.unit_id], _Found())
            here.add(sessions[row.session_id], counts[row.pk])
    levels = []
    for level in addressed.levels:
        units = [_unit(one, found.get(one.unit_id, _Found()), due, today) for one in level.units]
        units.sort(key=lambda one: one.reached)
        here_ids = {one.unit_id for one in level.units}
        heads = _heads_of(sessions, rows, counts, heirs, here_ids)
        levels.append(LevelReach(level.level, level.label, units, heads))
    whole = Heads()
    for one in sessions.values():
        if one.state == SessionState.HELD:
            whole.add(one.invited, one.attended)
    return Reach(levels, whole, due)


@dataclass(slots=True)
class _Found:
    held: dict[int, tuple[int | None, int | None]] = field(default_factory=dict)
    planned: list[date] = field(default_factory=list)

    def add(self, session: DisseminationSession, counts: tuple[int | None, int | None]) -> None:
        if session.state == SessionState.PLANNED:
            self.planned.append(session.on)
        elif session.pk in self.held:  # two units before this one were at one session
            self.held[session.pk] = _sum([self.held[session.pk], counts])
        else:
            self.held[session.pk] = counts


def _sum(counts: Iterable[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    """Both sums; unknown where one of the parts is."""
    invited, attended = zip(*counts, strict=True)
    return tuple(  # type: ignore[return-value]
        None if None in some else sum(one or 0 for one in some) for some in (invited, attended)
    )


def _counts(
    sessions: Mapping[int, DisseminationSession], rows: Collection[SessionUnit]
) -> dict[int, tuple[int | None, int | None]]:
    """What is known of each unit of each session: its own counts, or those of the session where it is the only one."""
    alone: dict[int, int] = {}
    for row in rows:
        alone[row.session_id] = alone.get(row.session_id, 0) + 1
    found = {}
    for row in rows:
        one = sessions[row.session_id]
        own = (row.invited, row.attended)
        found[row.pk] = (one.invited, one.attended) if alone[one.pk] == 1 else own
    return found


def _heads_of(
    sessions: Mapping[int, DisseminationSession],
    rows: Iterable[SessionUnit],
    counts: Mapping[int, tuple[int | None, int | None]],
    heirs: Mapping[int, int],
    here: Collection[int],
) -> Heads:
    """The people of one level: whole sessions where all their units are of it, else by what single units have."""
    of_session: dict[int, list[SessionUnit]] = {}
    for row in rows:
        of_session.setdefault(row.session_id, []).append(row)
    heads = Heads()
    for pk, units in of_session.items():
        inside = [row for row in units if heirs.get(row.unit_id) in here]
        one = sessions[pk]
        if not inside or one.state != SessionState.HELD:
            continue
        if len(inside) == len(units):
            heads.add(one.invited, one.attended)
        else:
            heads.add(*_sum(counts[row.pk] for row in inside))
    return heads


def _unit(one: Addressed, found: _Found, due: date | None, today: date) -> UnitReach:
    heads = Heads()
    for invited, attended in found.held.values():
        heads.add(invited, attended)
    late = not found.held and due is not None and due < today
    return UnitReach(one, tuple(found.held), min(found.planned, default=None), heads, late)


def session_lines(sessions: Iterable[DisseminationSession]) -> list[SessionLine]:
    """These sessions with who holds them and for how many units. Two queries."""
    found, today = list(sessions), clock.today()
    names = last_names({one.held_by_id for one in found}, today)
    units: dict[int, list[bool]] = {}
    rows = SessionUnit.objects.filter(session__in=[one.pk for one in found])
    for pk, absent in rows.values_list("session_id", "absent"):
        units.setdefault(pk, []).append(absent)
    return [
        SessionLine(
            session=one,
            holder=names.get(one.held_by_id, ""),
            units=len(units.get(one.pk, ())) - sum(units.get(one.pk, ())),
            missed=sum(units.get(one.pk, ())),
            waits=one.state == SessionState.PLANNED and one.on < today,
        )
        for one in found
    ]


def units_of_session(session: DisseminationSession) -> list[SessionUnitLine]:
    """The units of a session by name, those it did not reach last. Two queries."""
    rows = list(session.units.all())
    names = last_names({row.unit_id for row in rows}, clock.today())
    lines = [SessionUnitLine(row, names.get(row.unit_id, "")) for row in rows]
    return sorted(lines, key=lambda line: (line.row.absent, sort_key(line.name)))


def units_to_invite(
    user: "User", document: Document, named: Iterable[int] = ()
) -> list[tuple[int, str]]:
    """The units that are to know a document, with those `named` besides, as choices by name.

    Whoever only received the document invites their own units.
    """
    if opens_roll_out(user, document):
        levels = cascade_of_documents(user, document).levels
        found = {one.unit_id: one.name for level in levels for one in level.units}
    else:
        found = dict(near_registers(user, "documents.register"))
    more = {pk for pk in named if pk not in found}
    found |= last_names(more, clock.today())
    return sorted(found.items(), key=lambda pair: sort_key(pair[1]))


def opens_roll_out(user: "User", document: Document) -> bool:
    """Whether the reader may open the roll-out of the document. One query."""
    return kept_documents(user, "documents.view").filter(pk=document.pk).exists()
