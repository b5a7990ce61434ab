"""Promises as everybody reads them: those of public sources, in words that are public, with what an officer chose to show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.commitments.enums import State
from danvan.commitments.models import Commitment, CommitmentQuerySet
from danvan.commitments.selectors.following import OVER, Shown, shown_of
from danvan.commitments.selectors.lists import days_late
from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.vietnamese.numbers import format_number

LATE, DOING, DONE, AGREED, DISPUTED = "cham", "dang-lam", "da-lam", "xac-nhan", "chua-xong"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of a public list: who keeps it by when, where it stands, what is shown of it. No title of the ledger."""

    pk: int
    source_kind: str
    source_id: int
    lead: str
    assigner: str
    assigned_on: date
    first_due_on: date | None
    due_on: date | None
    done_on: date | None
    verified_on: date | None
    agreed_on: date | None
    disputed_on: date | None
    standing: str
    look: str
    shown: list[Shown]

    @property
    def moved(self) -> bool:
        """Whether the day was put off."""
        return self.due_on != self.first_due_on


def public_commitments(sources: Mapping[str, QuerySet[Any]]) -> CommitmentQuerySet:
    """What was given from these sources, by kind the ids that are public; what was withdrawn or replaced is left out."""
    wanted = Q(pk__in=[])
    for kind, ids in sources.items():
        wanted |= Q(source_kind=kind, source_id__in=ids)
    gone = (State.WITHDRAWN, State.SUPERSEDED)
    return Commitment.objects.filter(wanted).exclude(state__in=gone)


def standing_at(rows: CommitmentQuerySet, which: str, *, on: date) -> CommitmentQuerySet:
    """Those of a public list that are late, under way, done, confirmed by whoever asked, or said to be undone by them."""
    if which == LATE:
        return rows.undone().filter(due_on__lt=on)
    if which == DOING:
        return rows.undone().filter(Q(due_on=None) | Q(due_on__gte=on))
    if which == DONE:
        return rows.filter(claimed_on__isnull=False)
    if which == AGREED:
        return rows.filter(agreed_on__isnull=False)
    return rows.disputed() if which == DISPUTED else rows


def promises(rows: Iterable[Commitment]) -> list[Promise]:
    """What a public list shows of each. Two queries, however many there are."""
    found, today = list(rows), clock.today()
    names = last_names({pk for one in found for pk in (one.lead_id, one.assigner_id)}, today)
    shown = shown_of([one.pk for one in found])
    return [_promise(one, names, shown.get(one.pk, []), today) for one in found]


def _promise(row: Commitment, names: dict[int, str], shown: list[Shown], today: date) -> Promise:
    standing, look = _standing(row, today)
    return Promise(
        pk=row.pk,
        source_kind=row.source_kind,
        source_id=row.source_id or 0,
        lead=names.get(row.lead_id, ""),
        assigner=names.get(row.assigner_id, ""),
        assigned_on=row.assigned_on,
        first_due_on=row.first_due_on,
        due_on=row.due_on,
        done_on=row.claimed_on,
        verified_on=row.verified_on,
        agreed_on=row.agreed_on,
        disputed_on=row.disputed_on,
        standing=standing,
        look=look,
        shown=shown,
    )


def _standing(row: Commitment, today: date) -> tuple[str, str]:
    """Where it is, in a few words, and how they look. What nobody confirmed is not called confirmed."""
    if row.state in OVER:
        return OVER[row.state]
    if row.claimed_on is None:
        late = days_late(row, on=today) or 0
        if late > 0:
            return f"Chậm {format_number(late)} ngày", "late"
        return ("Chưa xong, đang làm tiếp", "watch") if row.disputed_on else ("Đang làm", "info")
    if row.disputed_on:
        return "Có người báo chưa xong", "late"
    if row.agreed_on:
        return "Người hỏi xác nhận đã xong", "good"
    return (
        ("Đã kiểm tra", "good") if row.verified_on else ("Đơn vị báo xong, chờ kiểm tra", "watch")
    )
