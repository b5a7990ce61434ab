"""The days of dissemination sessions: in the joint calendar, for who must record one, for whom one is still to be held."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse

from danvan.commitments.selectors.marks import Mark
from danvan.commitments.selectors.worklog import MOST, Offer
from danvan.documents.enums import SessionState
from danvan.documents.models import DisseminationSession, Distribution, SessionUnit
from danvan.documents.selectors.registers import near_units
from danvan.documents.selectors.roll_out.reach import allowed_sessions

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.foundation.periods import Period

MOST_MARKS = 1_000


def session_marks(user: "User", unit_ids: Collection[int], first: date, last: date) -> list[Mark]:
    """The planned sessions that these units hold or are invited to in these days. Three queries."""
    units = set(unit_ids)
    invited = SessionUnit.objects.filter(unit_id__in=units).values("session_id")
    found = DisseminationSession.objects.filter(
        Q(held_by_id__in=units) | Q(pk__in=invited),
        state=SessionState.PLANNED,
        on__gte=first,
        on__lte=last,
    )
    rows = list(
        found.select_related("document").defer("document__text").order_by("on", "pk")[:MOST_MARKS]
    )
    if not rows:
        return []
    ids = [one.pk for one in rows]
    concerns = {one.pk: {one.held_by_id} for one in rows}
    pairs = SessionUnit.objects.filter(session_id__in=ids).values_list("session_id", "unit_id")
    for session_id, unit_id in pairs:
        concerns[session_id].add(unit_id)
    readable = allowed_sessions(user, "documents.view").filter(pk__in=ids)
    opens = set(readable.values_list("pk", flat=True))
    return [
        Mark(
            on=one.on,
            label="Quán triệt",
            title=f"Hội nghị quán triệt {one.document}" + (f", {one.place}" if one.place else ""),
            url=reverse("documents:session", args=[one.pk]) if one.pk in opens else "",
            giver_id=one.held_by_id,
            concerns=frozenset(concerns[one.pk]),
            key=f"documents.session.{one.pk}",
        )
        for one in rows
    ]


def sessions_to_record(user: "User") -> QuerySet[DisseminationSession]:
    """The planned sessions of the units whose register `user` keeps, not of all below, the nearest first: each is to be
    held and then recorded."""
    found = DisseminationSession.objects.filter(
        held_by_id__in=near_units(user, "documents.register"), state=SessionState.PLANNED
    )
    return found.select_related("document").defer("document__text").order_by("on", "pk")


def told_at_sessions(sent: Iterable[Distribution]) -> set[int]:
    """Those of what was sent of which the receiving unit was at a session already: of the paper or its own entry."""
    rows = list(sent)
    papers = {pk for one in rows for pk in (one.document_id, one.received_id) if pk}
    held = SessionUnit.objects.filter(
        session__state=SessionState.HELD,
        session__document_id__in=papers,
        unit_id__in={one.unit_id for one in rows},
        absent=False,
    )
    known = set(held.values_list("unit_id", "session__document_id"))
    return {
        one.pk
        for one in rows
        if {(one.unit_id, one.document_id), (one.unit_id, one.received_id)} & known
    }


def session_acts(user: "User", month: "Period") -> list[Offer]:
    """The sessions that `user` planned and that were held in the month, for the log of work. One query."""
    mine = DisseminationSession.objects.held().filter(made_by=user)
    found = mine.filter(on__gte=month.first, on__lt=month.end).select_related("document")
    return [
        Offer("documents.session", one.pk, one.on, f"Tổ chức hội nghị quán triệt {one.document}")
        for one in found.defer("document__text")[:MOST]
    ]
