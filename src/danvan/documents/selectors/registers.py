"""The registers as lists: what came in, what went out, what waits to be reviewed."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from danvan.accounts.selectors import grants_today, may, reaches, units_granted
from danvan.commitments.enums import SubjectKind
from danvan.commitments.selectors.subjects import LONGEST, Subject
from danvan.documents.enums import Direction, Stage
from danvan.documents.models import Document, DocumentQuerySet, SecretStub, SecretStubQuerySet
from danvan.documents.symbols import looks_like_symbol, symbol_key
from danvan.foundation import clock, search
from danvan.foundation.periods import Period
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import (
    identities,
    last_names,
    names_on,
    organisations_at,
    places_among,
    units_on,
)
from danvan.organisations.selectors.finding import begins
from danvan.organisations.selectors.spans import UnitSpan, organisations_in, spans_named
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

# A register page offers this many registers to choose from; the others are found by name.
MOST_REGISTERS = 40
# Words that more issuers bear narrow little: then every row is looked at.
MOST_ISSUERS = 200
# Where the documents of a register stand: not done by the day asked, with a day asked and not done, done.
OVERDUE, DUE, HANDLED = "qua-han", "con-han", "da-xu-ly"
_ENTRY_NUMBER = re.compile(r"0*([1-9][0-9]{0,6})([a-zđ]?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """What a list of documents is narrowed to. Days and period are those of arrival, or of issue for issued ones.

    A unit and a year together name one register; `numbers` are its first and last to be shown.
    """

    words: str = ""
    document_type: str = ""
    stage: str = ""
    period: Period | None = None
    unit_id: int | None = None
    year: int | None = None
    since: date | None = None
    until: date | None = None
    issuer: str = ""
    handling: str = ""
    numbers: tuple[int | None, int | None] = (None, None)

    @property
    def one_register(self) -> bool:
        """Whether this is one register, which is shown in the order of its numbers."""
        return bool(self.unit_id and self.year)


def allowed_documents(user: "User", action: str) -> DocumentQuerySet:
    """Where every view starts: fetching from here is the permission check."""
    return Document.objects.allowed(user, action)


def opens_document(user: "User", pk: int) -> bool:
    """Whether `user` may open the page of this document, as its keeper or a recipient. One query."""
    readable = allowed_documents(user, "documents.view")
    return may(user, "documents.view") and readable.filter(pk=pk).exists()


def document_subject(user: "User", pk: int) -> Subject | None:
    """The document as what a difficulty is about, where `user` may open it. Two queries."""
    if not opens_document(user, pk):
        return None
    found = Document.objects.only("symbol", "abstract").get(pk=pk)
    words = ": ".join(part for part in (found.symbol, found.abstract) if part)[:LONGEST]
    return Subject(SubjectKind.DOCUMENT, pk, words, reverse("documents:card", args=[pk]))


def kept_documents(user: "User", action: str) -> DocumentQuerySet:
    """Those of the allowed documents that stand in registers within reach, not those only sent there."""
    return Document.objects.kept(user, action)


def allowed_stubs(user: "User", action: str) -> SecretStubQuerySet:
    """The notes of secret documents at the units where `user` may do `action`."""
    return SecretStub.objects.allowed(user, action)


def incoming(user: "User", asked: RegisterFilter) -> QuerySet[Document]:
    """The registers of incoming documents that `user` may read, narrowed; without their texts."""
    return _narrowed(_listed(user, Direction.INCOMING), asked, "received_on")


def issued(user: "User", asked: RegisterFilter) -> QuerySet[Document]:
    """The registers of issued documents that `user` may read, narrowed; without their texts."""
    return _narrowed(_listed(user, Direction.OUTGOING), asked, "issued_on")


def to_review(user: "User", asked: RegisterFilter) -> QuerySet[Document]:
    """Documents whose proposals `user` may decide about: waiting first asked for, else those not done."""
    waiting = allowed_documents(user, "documents.review").defer("text")
    if not asked.stage:
        waiting = waiting.filter(stage__in=(Stage.TO_REVIEW, Stage.READING, Stage.UNREADABLE))
    return _narrowed(waiting, asked, "received_on")


def in_order(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The entries of one register as the paper register has them: 274, 274a, 275."""
    return documents.order_by("register_number", "register_suffix", "pk")


def usual_register(user: "User", offered: Collection[int]) -> int | None:
    """Whose register `user` wrote in last; else the Party committee, where one alone is offered. Two queries."""
    mine = Document.objects.filter(registered_by=user, unit_id__in=offered).order_by("-pk")
    last = mine.values_list("unit_id", flat=True).first()
    if last is not None:
        return last
    standing = units_on(offered, clock.today())
    committees = [pk for pk, one in standing.items() if one.kind == Kind.PARTY_COMMITTEE]
    return committees[0] if len(committees) == 1 else None


def kept_registers(user: "User", action: str = "documents.register") -> list[tuple[int, str]]:
    """The organisations whose registers `user` writes in as a rule, as choices: those that stand in the
    places of the highest level granted, or those granted themselves. Others within the grant are found by name.
    """
    today = clock.today()
    granted = units_granted(user, action)
    places = units_on([place for place, _ in places_among(granted, on=today)], today)
    order = list(Level)
    highest = min((order.index(Level(one.level)) for one in places.values()), default=0)
    near = [pk for pk, one in places.items() if order.index(Level(one.level)) == highest]
    if near:
        standing = organisations_at(near, on=today).filter(unit_id__in=granted)
        ids = list(standing[:MOST_REGISTERS])
    else:
        ids = organisations_in(granted, limit=MOST_REGISTERS)
    return sorted(names_on(ids, today).items(), key=lambda pair: sort_key(pair[1]))


def near_units(user: "User", action: str) -> QuerySet[Any, Any]:
    """Ids of the units that `user` was granted themselves, and of the organisations that stand in the places
    granted, where `user` may do `action`. Lazy: becomes part of the caller's query.
    """
    held = {grant.unit_id for grant in grants_today(user)}
    standing = organisations_at(held, on=clock.today()).order_by()
    return units_granted(user, action).filter(Q(unit_id__in=held) | Q(unit_id__in=standing))


def near_registers(user: "User", action: str) -> list[tuple[int, str]]:
    """The registers near at hand, as choices: those of `near_units`. Two queries, however far the grants reach."""
    near = organisations_in(near_units(user, action), limit=MOST_REGISTERS)
    return sorted(names_on(near, clock.today()).items(), key=lambda pair: sort_key(pair[1]))


def own_register(user: "User", action: str = "documents.register") -> int | None:
    """The organisation that `user` was granted itself, whose clerk they are; None where none or several are."""
    held = units_on({grant.unit_id for grant in grants_today(user)}, clock.today())
    own = [pk for pk, one in held.items() if one.kind and reaches(user, action, pk)]
    return own[0] if len(own) == 1 else None


def register_named(user: "User", unit_id: int, action: str = "documents.register") -> "Unit | None":
    """The organisation with this id, where `user` may write in its registers (or do another `action` there)."""
    if not reaches(user, action, unit_id):
        return None
    return identities([unit_id]).get(unit_id)


def known_issuer(name: str, day: date) -> UnitSpan | None:
    """The organisation of the register that bore this name on a day; None where none or several did."""
    named = [one for one in spans_named({fold(name)}) if one.kind and one.holds_on(day)]
    return named[0] if len(named) == 1 else None


def issuer_called(written: str, day: date) -> str:
    """The issuer that a paper names as the register calls it on a day; as it is written where the register knows none."""
    known = known_issuer(written, day) if written else None
    return known.name if known else written


def unit_name(unit_id: int) -> str:
    """The name of one unit, also of one that has ended."""
    return last_names([unit_id], clock.today()).get(unit_id, "")


def unit_names(documents: Iterable[Document | SecretStub]) -> dict[int, str]:
    """The names of the units in whose registers these stand, by id. One query."""
    return last_names({document.unit_id for document in documents}, clock.today())


def _listed(user: "User", direction: Direction) -> DocumentQuerySet:
    return kept_documents(user, "documents.view").filter(direction=direction).defer("text")


def _narrowed(documents: DocumentQuerySet, asked: RegisterFilter, day: str) -> QuerySet[Document]:
    if asked.unit_id:
        documents = documents.filter(unit_id=asked.unit_id)
    if asked.year:
        documents = documents.filter(register_year=asked.year)
    if asked.document_type:
        documents = documents.filter(document_type=asked.document_type)
    if asked.stage:
        documents = documents.filter(stage=asked.stage)
    if asked.period:
        documents = documents.filter(
            **{f"{day}__gte": asked.period.first, f"{day}__lt": asked.period.end}
        )
    if asked.since:
        documents = documents.filter(**{f"{day}__gte": asked.since})
    if asked.until:
        documents = documents.filter(**{f"{day}__lte": asked.until})
    if asked.issuer:
        documents = documents.filter(_issued_by(fold(asked.issuer).strip(" .,")))
    first, last = asked.numbers
    if first:
        documents = documents.filter(register_number__gte=first)
    if last:
        documents = documents.filter(register_number__lte=last)
    if asked.handling:
        documents = documents.filter(_handling(asked.handling))
    return _holding(documents, asked)


def _issued_by(words: str) -> Q:
    """By issuers whose names hold the words: looked for in the index over issuers and not in whole rows."""
    holding = Q(issuer_key__contains=words)
    named = Document.objects.filter(holding, direction__in=Direction.values).order_by()
    keys = list(named.values_list("issuer_key", flat=True).distinct()[: MOST_ISSUERS + 1])
    return Q(issuer_key__in=keys) if len(keys) <= MOST_ISSUERS else holding


def _handling(state: str) -> Q:
    if state == HANDLED:
        return Q(handled_on__isnull=False)
    waiting = Q(handled_on=None, due_on__isnull=False)
    late = Q(due_on__lt=clock.today())
    return waiting & (late if state == OVERDUE else ~late)


def _holding(documents: DocumentQuerySet, asked: RegisterFilter) -> QuerySet[Document]:
    """Narrowed to words: to a symbol or its beginning, a number of one register, else those that hold the words."""
    if not asked.words:
        return documents
    number = _ENTRY_NUMBER.fullmatch(asked.words.strip().lower())
    if number and asked.one_register:
        found = documents.filter(register_number=int(number[1]))
        return found.filter(register_suffix=number[2]) if number[2] else found
    if looks_like_symbol(asked.words):
        # By id, so that the beginning is looked for in the index over symbols on either database.
        symbol = Document.objects.filter(begins("symbol_key", symbol_key(asked.words)))
        return documents.filter(pk__in=symbol.values("pk"))
    return search.find(documents, asked.words)
