"""Telling of the marks of commitments' clocks: each once for each due day, whoever asks and however often."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from danvan.commitments.enums import UNDONE, State
from danvan.commitments.events import CommitmentsWarned
from danvan.commitments.models import Commitment, DueWarning
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
from danvan.law.selectors import Marked, clocks, marks_of_clocks

TURN = 1_000
# Of the term and not of a day: told once at all, also where the day moved since.
SHARES = (Mark.HALF, Mark.MOST)


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
    locked = waiting.select_for_update(of=("self",), no_key=True)
    found = list(locked.order_by("lead_id", "pk")[:TURN])
    if not found:
        return None
    marks = marks_of_clocks(KIND, [one.pk for one in found], on=today)
    come: dict[int, str] = {}
    for one in found:
        days = marks.get(one.pk, [])
        if last := _latest(one, days, today):
            come[one.pk] = last
        one.warn_on = next_warning(days, after=today)
    Commitment.objects.bulk_update(found, ["warn_on"], batch_size=TURN)
    return _told([one for one in found if one.pk in come], come, today)


def _latest(one: Commitment, days: Sequence[Marked], today: date) -> str | None:
    """The mark to tell of: the last that has come since it was last looked at. A risk that is accepted is left alone."""
    if one.state == State.RISK_ACCEPTED:
        return None
    since = one.warn_on or today
    found = [mark.mark for mark in days if since <= mark.on <= today]
    return found[-1] if found else None


def _told(found: Sequence[Commitment], come: dict[int, str], today: date) -> int:
    before = DueWarning.objects.filter(commitment__in=found).values_list(
        "commitment_id", "mark", "due_on"
    )
    days, shares = set(before), {(pk, mark) for pk, mark, _ in before if mark in SHARES}
    new = [
        one
        for one in found
        if (one.pk, come[one.pk], one.due_on) not in days and (one.pk, come[one.pk]) not in shares
    ]
    made = DueWarning.objects.bulk_create(
        DueWarning(commitment=one, mark=come[one.pk], due_on=one.due_on, on=today)
        for one in new
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
    return len(new)


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
