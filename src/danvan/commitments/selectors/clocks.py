"""What is told of a commitment's clock: its line in words, what was warned of, how long its lead is silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.commitments.enums import SPEAKING, UNDONE
from danvan.commitments.models import Commitment, DueWarning
from danvan.law.selectors import (
    StepTold,
    clock_of,
    clocks_of,
    silent_before,
    steps_of_clock,
    tell_clock,
    warns,
)
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.law.selectors import ClockTold

KIND = "commitments.commitment"
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class ClockShown:
    """How the day of a commitment was counted, in a line, and what was told of it so far."""

    words: str
    paused_on: date | None
    warnings: Sequence[DueWarning]
    steps: Sequence[StepTold] = ()


def clock_shown(commitment: Commitment) -> ClockShown:
    """The line under the day of a commitment, and each event behind it. A fixed number of queries."""
    held = clock_of(KIND, commitment.pk) if commitment.due_on else None
    return ClockShown(
        words=held.words if held else _plain(commitment),
        paused_on=held.paused_on if held and held.ended_on is None else None,
        warnings=list(commitment.warnings.all()),
        steps=steps_of_clock(held) if held else (),
    )


def _plain(commitment: Commitment) -> str:
    """Of what has no clock: a day that was named in the ledger, or none."""
    if commitment.due_on is None:
        return ""
    return (
        f"hạn ấn định ngày {format_date(commitment.assigned_on)}: {format_date(commitment.due_on)}"
    )


def clock_told(commitment: Commitment) -> "ClockTold | None":
    """The whole of its clock, step by step; None where it has none."""
    held = clock_of(KIND, commitment.pk)
    return tell_clock(held) if held else None


def days_silent(commitment: Commitment, since: date | None, on: date) -> int | None:
    """For how many days nothing was heard of the lead, where that is silence; `since` is of `silent_since`."""
    if since is None or commitment.state not in SPEAKING or commitment.silent_from > since:
        return None
    return int((on - commitment.silent_from).days)


def clocks_warn(on: date) -> bool:
    """Whether the clocks of commitments tell of their days themselves: the rules of warning are loaded."""
    return warns(on=on)


def silent_since(on: date) -> date | None:
    """Who was last heard of on this day or before is silent; None where no rule is loaded. One query."""
    return silent_before(on=on)


def commitments_that_differ() -> list[Commitment]:
    """Undone commitments whose day is not that of their clock, or that have none though they have a day: none, ever."""
    dated = Commitment.objects.filter(state__in=UNDONE).exclude(due_on=None).order_by("pk")
    found, last = [], 0
    while rows := list(dated.filter(pk__gt=last)[:CHUNK]):
        helds = clocks_of(KIND, [one.pk for one in rows])
        found += [
            one
            for one in rows
            if one.pk not in helds
            or helds[one.pk].due_on != one.due_on
            or helds[one.pk].unit_id != one.lead_id
        ]
        last = rows[-1].pk
    return found
