"""Telling of the marks of commitments' clocks: each once for each due day, whoever asks and however often."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from danvan.commitments.enums import HANDED_BACK, UNDONE, State
from danvan.commitments.events import CommitmentsWarned, RisksOver
from danvan.commitments.models import Commitment, CommitmentStep, DueWarning, RiskAcceptance
from danvan.commitments.selectors.clocks import KIND
from danvan.commitments.services import rows
from danvan.commitments.services.clocks import (
    FIELDS,
    ensure_clocks,
    hold_calendar,
    next_warning,
    take_over,
)
from danvan.foundation import clock, events
from danvan.law.enums import Mark
from danvan.law.selectors import Marked, clocks, marks_of_clocks, written_on

TURN = 1_000
# Of the term and not of a day: told once at all, also where the day moved since.
SHARES = (Mark.HALF, Mark.MOST)
# Who hears of which marks. After a gap each of these is told of the last that has come, and of no other.
AUDIENCES = (
    (*SHARES, Mark.BEFORE, Mark.DUE),  # who leads
    (Mark.ESCALATED,),  # who assigned
    (Mark.ESCALATED_HIGHER,),  # the level above
)
NEVER = date.min


def warn_due() -> int:
    """Tell of every mark that has come by today and was not told of; returns how many commitments were told of.

    The line that says so, the next day to look and the event are one transaction of each turn: a worker that dies
    leaves none of them, or all of them with the event waiting to be delivered.
    """
    told = 0
    while (found := _warn_some(clock.today())) is not None:
        told += found
    return told


@transaction.atomic
def _warn_some(today: date) -> int | None:
    """One turn: how many were told of; None where nothing waits."""
    waiting = Commitment.objects.filter(claimed_on=None, state__in=UNDONE, warn_on__lte=today)
    turn = list(waiting.order_by("lead_id", "pk").values_list("pk", flat=True)[:TURN])
    if not turn:
        return None
    locked = waiting.filter(pk__in=turn).select_for_update(of=("self",), no_key=True)
    found = list(locked.order_by("pk"))  # in one order for everybody
    risked = [one for one in found if one.state == State.RISK_ACCEPTED]
    running = [one for one in found if one.state != State.RISK_ACCEPTED]
    come = _come(running, today)
    _review(risked, today)
    Commitment.objects.bulk_update(found, ["warn_on"], batch_size=TURN)
    _tell(come, today)
    return len({one.pk for one, _ in come})


def _come(running: Sequence[Commitment], today: date) -> list[tuple[Commitment, str]]:
    """Each mark that has come and was not told of: the last for each audience. Sets the next day to look."""
    pks = [one.pk for one in running]
    marks, since = marks_of_clocks(KIND, pks, on=today), _since(pks)
    said = list(
        DueWarning.objects.filter(commitment__in=pks).values_list("commitment_id", "mark", "due_on")
    )
    told, shares = set(said), {(pk, mark) for pk, mark, _ in said if mark in SHARES}
    come = []
    for one in running:
        days = marks.get(one.pk, [])
        one.warn_on = next_warning(days, after=today)
        come += [
            (one, mark)
            for mark in _last_of_each(days, since.get(one.pk, today), today)
            if (one.pk, mark, one.due_on) not in told and (one.pk, mark) not in shares
        ]
    return come


def _since(pks: Sequence[int]) -> dict[int, date]:
    """From when on the marks of each are told: since it was written down, or all of them where it was handed back."""
    back = CommitmentStep.objects.filter(commitment__in=pks, kind__in=HANDED_BACK)
    again = dict.fromkeys(back.values_list("commitment_id", flat=True), NEVER)
    return written_on(KIND, pks) | again


def _last_of_each(days: Sequence[Marked], since: date, today: date) -> Iterator[str]:
    for audience in AUDIENCES:
        come = [one.mark for one in days if one.mark in audience and since <= one.on <= today]
        if come:
            yield come[-1]


def _review(risked: Sequence[Commitment], today: date) -> None:
    """Of an accepted risk no mark is told; on its day, that it is to be looked at again."""
    if not risked:
        return
    accepted = RiskAcceptance.objects.filter(commitment__in=risked).order_by("pk")
    last = {one.commitment_id: one for one in accepted}
    over = []
    for one in risked:
        risk = last[one.pk]
        one.warn_on = risk.until if risk.until > today else None
        if one.warn_on is None:
            over.append(risk.pk)
    if over:
        events.publish(RisksOver(risk_ids=tuple(over)))


def _tell(come: Sequence[tuple[Commitment, str]], today: date) -> None:
    made = DueWarning.objects.bulk_create(
        DueWarning(commitment=one, mark=mark, due_on=one.due_on, on=today)
        for one, mark in come
        if one.due_on is not None
    )
    for mark in Mark.values:
        if said := [one for one in made if one.mark == mark]:
            events.publish(
                CommitmentsWarned(
                    mark=mark,
                    commitment_ids=tuple(one.commitment_id for one in said),
                    warning_ids=tuple(one.pk for one in said),
                )
            )


def begin_missing_clocks() -> int:
    """Begin the clocks of undone commitments that came into the ledger without one; returns how many."""
    begun = 0
    while found := _begin_some():
        begun += found
    return begun


@transaction.atomic
def _begin_some() -> int:
    hold_calendar()
    held = clocks().filter(subject_kind=KIND, name="due", subject_id=OuterRef("pk"))
    without = Commitment.objects.all().undone().exclude(due_on=None).filter(~Exists(held))
    found = rows.locked_many(without.order_by("pk")[:TURN])
    if not found:
        return 0
    helds = ensure_clocks(found, actor=None)
    days = {pk: (one.due_on, one.original_due_on) for pk, one in helds.items()}
    take_over(found, days)
    Commitment.objects.bulk_update(found, FIELDS, batch_size=TURN)
    return len(found)
