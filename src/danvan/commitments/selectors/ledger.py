"""The ledger as the modules above read it: who may see what, what is late, what waits for whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q, QuerySet

from danvan.accounts.selectors import grants_today, may_at_root, units_granted
from danvan.commitments.enums import Ruling, State
from danvan.commitments.models import (
    Commitment,
    CommitmentQuerySet,
    CommitmentSupport,
    Explanation,
    ExplanationQuerySet,
    Extension,
)
from danvan.foundation import clock
from danvan.organisations.selectors import organisations_at
from danvan.organisations.selectors.spans import ids_among
from danvan.reading.symbols import symbol_key
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User

FEW = 2_000  # rows that are sooner looked up one by one than met by walking a list


@dataclass(frozen=True, slots=True)
class LeadOverdue:
    """What one unit has not done in time: how many, the days since the earliest was due, which ones."""

    unit_id: int
    count: int
    days: int
    commitment_ids: tuple[int, ...]


def allowed_commitments(user: "User", action: str) -> CommitmentQuerySet:
    """Where every view starts: fetching from here is the permission check."""
    return Commitment.objects.allowed(user, action)


def visible_commitments(user: "User") -> CommitmentQuerySet:
    """What `allowed_commitments` lets `user` view, in the shape that suits how much that is.

    Whoever sees much has a list walked in its order; for whoever sees little the few rows are looked up
    first, through the indexes of leads, assigners and supports. At most one query, at once.
    """
    if may_at_root(user, "commitments.view"):
        return allowed_commitments(user, "commitments.view")
    near = [pk for (pk,) in _near(user)[: FEW + 1]]
    if len(near) > FEW:
        return allowed_commitments(user, "commitments.view")
    found = Commitment.objects.filter(pk__in=set(near))
    found.few = True
    return found


def searched_commitments(user: "User") -> CommitmentQuerySet:
    """The same, to be met with what a search found: what somebody sees is looked up whole, and once."""
    if may_at_root(user, "commitments.view"):
        return allowed_commitments(user, "commitments.view")
    return Commitment.objects.filter(pk__in=_near(user))


def _near(user: "User") -> QuerySet[Commitment, Any]:
    """Keys of what `user` may view, through the indexes of leads, assigners and supports; some more than once."""
    granted = units_granted(user, "commitments.view")
    led = Commitment.objects.order_by().filter(lead_id__in=granted).values_list("pk")
    given = Commitment.objects.order_by().filter(assigner_id__in=granted).values_list("pk")
    helped = CommitmentSupport.objects.filter(unit_id__in=granted).values_list("commitment_id")
    return led.union(given, helped, all=True)


def numbered(user: "User", number: str) -> Commitment | None:
    """The commitment of this number, where `user` may view it."""
    found = allowed_commitments(user, "commitments.view").filter(number=number.strip().upper())
    return found.first()


def allowed_explanations(user: "User", action: str) -> ExplanationQuerySet:
    """Where every view of an explanation starts."""
    return Explanation.objects.allowed(user, action)


def allowed_extensions(user: "User", action: str) -> QuerySet[Extension]:
    """The extensions of the commitments on which `user` may do `action`."""
    return Extension.objects.filter(commitment__in=allowed_commitments(user, action))


def overdue_by_lead(user: "User", on: date, *, most: int | None = None) -> list[LeadOverdue]:
    """The units whose commitments, as far as `user` may see them, are not done in time: the most first.

    Two queries; `most` keeps to the first units.
    """
    late = visible_commitments(user).overdue(on)
    groups = (
        late.order_by()
        .values("lead_id")
        .annotate(number=Count("pk"), first=Min("due_on"))
        .order_by("-number", "first", "lead_id")
    )
    heads = [(row["lead_id"], row["number"], row["first"]) for row in groups[:most]]
    ids: dict[int, list[int]] = {}
    of_these = late.filter(lead_id__in=[lead for lead, _, _ in heads]).order_by("due_on", "pk")
    for lead_id, pk in of_these.values_list("lead_id", "pk"):
        ids.setdefault(lead_id, []).append(pk)
    return [
        LeadOverdue(lead, number, (on - first).days, tuple(ids.get(lead, ())))
        for lead, number, first in heads
    ]


def open_extensions(user: "User") -> QuerySet[Extension]:
    """Requests for more time that wait for `user`'s decision, the oldest first."""
    decidable = allowed_commitments(user, "commitments.verify").undone()
    found = Extension.objects.filter(ruling=Ruling.OPEN, commitment__in=decidable)
    return found.select_related("commitment", "asked_by").order_by("pk")


def waiting_for_verification(user: "User") -> QuerySet[Commitment]:
    """What leads say is done and `user` may check, the longest waiting first."""
    claimed = allowed_commitments(user, "commitments.verify").claimed()
    return claimed.order_by("claimed_on", "pk")


def commitments_from(source_kind: str, source_id: int) -> QuerySet[Commitment]:
    """What one source gave, in the order of its text; what was withdrawn is left out."""
    given = Commitment.objects.filter(source_kind=source_kind, source_id=source_id)
    return given.exclude(state=State.WITHDRAWN).order_by("source_start", "pk")


def commitments_by_source(source_kind: str, source_ids: Collection[int]) -> QuerySet[Commitment]:
    """What several sources of one kind gave, by source and age; what was withdrawn is left out."""
    given = Commitment.objects.filter(source_kind=source_kind, source_id__in=source_ids)
    return given.exclude(state=State.WITHDRAWN).order_by("source_id", "pk")


def in_their_place(commitments: Iterable[Commitment]) -> dict[int, Commitment]:
    """By the id of each: what stands in its place, or itself. One query for each time that one was superseded."""
    now = {one.pk: one for one in commitments}
    while gone := {one.superseded_by_id for one in now.values() if one.superseded_by_id}:
        there = Commitment.objects.in_bulk(gone)
        now = {pk: there.get(one.superseded_by_id or 0, one) for pk, one in now.items()}
    return now


def open_explanations(user: "User") -> QuerySet[Explanation]:
    """Explanations that wait for `user`: to answer (asked or sent back) or to decide about; the earliest day first."""
    to_answer = Q(answered_at=None) | Q(ruling=Ruling.REFUSED)
    answering = Q(unit_id__in=units_granted(user, "commitments.perform")) & to_answer
    deciding = Q(asker_id__in=units_granted(user, "commitments.verify")) & ~to_answer
    waiting = Explanation.objects.exclude(ruling=Ruling.GRANTED).filter(answering | deciding)
    return waiting.select_related("asked_by", "answered_by").order_by("due_on", "pk")


def own_units(user: "User") -> list[int]:
    """The units that are `user`'s own: those granted themselves, and the organisations standing in them. Two queries.

    Not everything below: what a province's officer leads is what the province's organisations lead.
    """
    here = {one.unit_id for one in grants_today(user)}
    held = ids_among(here, units_granted(user, "commitments.view"))
    return list(dict.fromkeys([*held, *organisations_at(held, on=clock.today())]))


def key_of(symbol: str) -> str:
    """What the spellings of one document's symbol have in common. For matching only."""
    return fold(symbol_key(symbol))[:80]
