"""The law tells the ledger which due days moved because the calendar or a parameter did."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q

from danvan.commitments.enums import StepKind
from danvan.commitments.events import DueDaysMoved
from danvan.commitments.models import Commitment, CommitmentStep
from danvan.commitments.selectors.clocks import KIND
from danvan.commitments.services import clocks
from danvan.foundation import clock, events
from danvan.law.holders import ClockMoved
from danvan.vietnamese.dates import format_date

BATCH = 500


class CommitmentClocks:
    """The clocks of commitments. What moves is a line of the timeline, with the reason."""

    kind = KIND
    label = "việc phải làm"

    def titles(self, subject_ids: Collection[int]) -> Mapping[int, str]:
        """By number and words."""
        rows = Commitment.objects.filter(pk__in=subject_ids).values_list("pk", "number", "title")
        return {pk: f"{number}: {title}" for pk, number, title in rows}

    def moved(self, moves: Sequence[ClockMoved], *, actor: Any) -> None:
        """Take the new days over, with a line on each timeline and an event for whoever tells of it."""
        told = {one.subject_id: one for one in moves}
        rows = Commitment.objects.select_for_update(of=("self",), no_key=True)
        found = list(rows.filter(pk__in=list(told)).order_by("pk"))
        days = {pk: (one.new_due_on, one.original_due_on) for pk, one in told.items()}
        clocks.take_over(found, days)
        Commitment.objects.bulk_update(found, clocks.FIELDS, batch_size=BATCH)
        Commitment.objects.filter(pk__in=list(told)).update(changes=F("changes") + 1)
        now, today = clock.now(), clock.today()
        steps = CommitmentStep.objects.bulk_create(
            CommitmentStep(
                commitment=one, kind=StepKind.DUE_MOVED, on=today, at=now, by=actor,
                words=_words(told[one.pk]),
            )
            for one in found
        )  # fmt: skip
        events.publish(
            DueDaysMoved(
                commitment_ids=tuple(one.pk for one in found),
                steps=tuple(one.pk for one in steps),
            )
        )

    def look_again(self, *, on: date) -> None:
        """From this day on the watch finds out anew what is to be told: by what was told, not by a day that passed."""
        later = Q(warn_on=None) | Q(warn_on__gt=on)
        undone = Commitment.objects.all().undone().exclude(due_on=None).filter(later)
        held = undone.select_for_update(of=("self",), no_key=True).order_by("pk")
        list(held.values_list("pk", flat=True))  # in one order for everybody
        undone.update(warn_on=on)


def _words(move: ClockMoved) -> str:
    old, new = format_date(move.old_due_on), format_date(move.new_due_on)
    return f"Từ {old} sang {new}. {move.reason}"
