"""The cascade of a document by level: who has a document of its own that carries it out, and who has none yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from danvan.commitments.selectors import tasks_by_lead
from danvan.documents.enums import Direction, DocumentType
from danvan.documents.models import Distribution, Document, RollOut
from danvan.documents.selectors.registers import allowed_documents
from danvan.documents.selectors.roll_out.carrying import Carrying, carried_out_by
from danvan.documents.selectors.roll_out.clauses import SOURCE
from danvan.documents.selectors.roll_out.heirs import standing_for
from danvan.foundation import clock
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
from danvan.organisations.enums import Level
from danvan.organisations.selectors import last_names, units_on
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

# Types that as a rule are carried out by a document of whoever receives them; of others the issuer says so.
DIRECTING = frozenset(
    {
        DocumentType.RESOLUTION,
        DocumentType.DIRECTIVE,
        DocumentType.CONCLUSION,
        DocumentType.SCHEME,
        DocumentType.PLAN,
        DocumentType.PROGRAMME,
    }
)
PLAN_DAYS, ANSWER_DAYS = "rollout.plan", "rollout.answer"


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document by which a unit carries the directive out. `readable`: the reader may open it; else only that it is."""

    document: Document
    carries: str  # the symbol of what it carries out, where that is not the directive itself
    readable: bool
    former: str  # the unit that issued it, where that one has ended


@dataclass(frozen=True, slots=True)
class Addressed:
    """A unit that the directive, or a document that carries it out, was sent to or gives work to.

    `days` is by how much it is late: of its first document, or until today where it has none; None without a day.
    """

    unit_id: int
    name: str
    level: str
    since: date | None
    tasks: int
    documents: list[OwnDocument]
    due_on: date | None
    days: int | None

    @property
    def late(self) -> bool:
        """Whether its day passed before it had a document."""
        return self.days is not None and self.days > 0


@dataclass(frozen=True, slots=True)
class LevelOfCascade:
    """The addressed units of one level, those without a document first."""

    level: str
    label: str
    units: list[Addressed]

    @property
    def have(self) -> int:
        """How many have a document of their own."""
        return sum(bool(one.documents) for one in self.units)

    @property
    def lack(self) -> int:
        """How many have none."""
        return len(self.units) - self.have

    @property
    def late(self) -> int:
        """How many have none and are past their day."""
        return sum(one.late and not one.documents for one in self.units)

    def narrowed(self, state: str) -> list[Addressed]:
        """Those behind one of its numbers."""
        if state == "co":
            return [one for one in self.units if one.documents]
        if state in ("chua", "qua-han"):
            lacking = [one for one in self.units if not one.documents]
            return [one for one in lacking if one.late or state == "chua"]
        return self.units


@dataclass(frozen=True, slots=True)
class CascadeOfDocuments:
    """All levels from the top; whether those addressed must have a document, by when, or how many days after they were told."""

    levels: list[LevelOfCascade]
    asks_plan: bool
    due_on: date | None
    days: int | None

    @property
    def addressed(self) -> int:
        """How many units are addressed."""
        return sum(len(one.units) for one in self.levels)

    @property
    def have(self) -> int:
        """How many have a document of their own."""
        return sum(one.have for one in self.levels)

    @property
    def lack(self) -> int:
        """How many have none."""
        return self.addressed - self.have

    @property
    def late(self) -> int:
        """How many have none and are past their day."""
        return sum(one.late for one in self.levels)


def days_of(key: str, *, on: date) -> int | None:
    """The number of days of a parameter of the roll-out; None where no row is loaded. One query."""
    try:
        row = parameter(key, on=on)
    except UnknownParameter:
        return None
    return row.numerator // row.denominator


def asks_plan(document: Document, said: RollOut | None) -> bool:
    """Whether whoever is sent a document must have one of its own: as the issuer said, else by its type."""
    return said.asks_plan if said else document.document_type in DIRECTING


def cascade_of_documents(user: "User", root: Document) -> CascadeOfDocuments:
    """The cascade of `root` today. A number of queries that does not grow with the units."""
    today = clock.today()
    carrying = carried_out_by(root)
    settings = _settings([root, *(one.document for one in carrying)])
    days = days_of(PLAN_DAYS, on=today)
    told = _told(root, carrying)
    tasks = tasks_by_lead(SOURCE, [root.pk])
    heirs = standing_for({*told, *tasks, *(one.issuer_id for one in carrying)}, on=today)
    own = _own_documents(user, root, carrying, heirs, today)
    since, due = _days_of_units(root, told, tasks, heirs, settings, days)
    issuer = heirs.get(root.unit_id, root.unit_id) if root.direction == Direction.OUTGOING else None
    tasked = _passed(tasks, heirs)
    ids = {*since, *own, *tasked} - {issuer}
    names, standing = last_names(ids, today), units_on(ids, today)
    units = [
        _unit(pk, names[pk], standing[pk].level, since, tasked, own, due, today)
        for pk in ids
        if pk in standing
    ]
    units.sort(key=lambda one: (bool(one.documents), sort_key(one.name)))
    return CascadeOfDocuments(
        levels=[
            LevelOfCascade(level, level.label, here)
            for level in Level
            if (here := [one for one in units if one.level == level])
        ],
        asks_plan=root.pk in settings,
        due_on=settings.get(root.pk),
        days=days,
    )


def _settings(documents: Sequence[Document]) -> dict[int, date | None]:
    """Those of these documents that ask for one of the recipient's own, with the day that was set. One query."""
    rows = RollOut.objects.filter(document_id__in=[one.pk for one in documents])
    said = {one.document_id: one for one in rows}
    return {
        one.pk: said[one.pk].plan_due_on if one.pk in said else None
        for one in documents
        if asks_plan(one, said.get(one.pk))
    }


# The document that told a unit first, and the day.
_Told = dict[int, tuple[int, date]]


def _told(root: Document, carrying: list[Carrying]) -> _Told:
    """For each unit that was sent one of the documents: the one highest up, and when it came."""
    step = {root.pk: 0} | {one.document.pk: one.step for one in carrying}
    rows = Distribution.objects.filter(document_id__in=step, recalled_at=None)
    found: _Told = {}
    for pk, unit, at in rows.order_by("pk").values_list("document_id", "unit_id", "sent_at"):
        if unit not in found or step[pk] < step[found[unit][0]]:
            found[unit] = (pk, timezone.localtime(at).date())
    if root.direction == Direction.INCOMING:
        came = root.received_on or timezone.localtime(root.registered_at).date()
        found[root.answering_id] = (root.pk, came)
    return found


def _days_of_units(
    root: Document,
    told: _Told,
    tasks: Iterable[int],
    heirs: dict[int, int],
    settings: dict[int, date | None],
    days: int | None,
) -> tuple[dict[int, date | None], dict[int, date | None]]:
    """Of each unit that stands, since when it is addressed and by when it has to have a document; an heir has its
    predecessors' latest day."""
    since: dict[int, date | None] = {heirs[pk]: None for pk in tasks if pk in heirs}
    due: dict[int, date | None] = {}
    for pk, (by, day) in told.items():
        if pk not in heirs:
            continue
        to = heirs[pk]
        since[to] = min(day, since.get(to) or day)
        if by not in settings:
            continue
        last = settings[by] or (day + timedelta(days=days) if days is not None else None)
        if last:
            due[to] = max(last, due.get(to) or last)
    return since, due


def _passed(tasks: dict[int, int], heirs: dict[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for pk, number in tasks.items():
        to = heirs.get(pk, pk)
        found[to] = found.get(to, 0) + number
    return found


def _own_documents(
    user: "User", root: Document, carrying: list[Carrying], heirs: dict[int, int], on: date
) -> dict[int, list[OwnDocument]]:
    """By the unit that stands, the documents it or a unit before it issued. Two queries."""
    ids = [one.document.pk for one in carrying]
    readable = set(
        allowed_documents(user, "documents.view").filter(pk__in=ids).values_list("pk", flat=True)
    )
    symbols = {one.document.pk: one.document.symbol for one in carrying}
    former = last_names(
        {one.issuer_id for one in carrying if heirs.get(one.issuer_id) != one.issuer_id}, on
    )
    found: dict[int, list[OwnDocument]] = {}
    for one in carrying:
        own = OwnDocument(
            document=one.document,
            carries=symbols.get(one.carries_id, ""),
            readable=one.document.pk in readable,
            former=former.get(one.issuer_id, ""),
        )
        found.setdefault(heirs.get(one.issuer_id, one.issuer_id), []).append(own)
    return found


def _unit(
    pk: int,
    name: str,
    level: str,
    since: dict[int, date | None],
    tasks: dict[int, int],
    own: dict[int, list[OwnDocument]],
    due: dict[int, date | None],
    today: date,
) -> Addressed:
    documents = own.get(pk, [])
    last = due.get(pk)
    first = min((one.document.issued_on or today for one in documents), default=today)
    return Addressed(
        unit_id=pk,
        name=name,
        level=level,
        since=since.get(pk),
        tasks=tasks.get(pk, 0),
        documents=documents,
        due_on=last,
        days=(first - last).days if last else None,
    )
