"""What happens to the clock of a commitment beside each act on it; its days are taken over from the clock.

Whoever acts on a clock holds the calendar before the row, as a change of the calendar does: `hold_calendar`; and the
units before the calendar where the act gives work to them or takes it from them: `hold_ledger`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from danvan.commitments.enums import Ruling
from danvan.commitments.models import Commitment, Extension
from danvan.commitments.selectors.clocks import KIND
from danvan.foundation import clock
from danvan.law.enums import ClockState, Measure
from danvan.law.selectors import (
    Marked,
    clocks_of,
    marks_of_clocks,
    parameter,
    state_of_clock,
)
from danvan.law.services import (
    End,
    Event,
    Extend,
    Pause,
    Resume,
    Starting,
    Term,
    Transfer,
    add_to_clocks,
    calendar_in_force,
    start_clocks,
)
from danvan.organisations.services.holding import hold_units

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.law.models import ClockHeld

# What is taken over from a clock: kept with every act that touches it.
FIELDS = ("due_on", "first_due_on", "warn_on")
REASON = 300  # letters that an event of a clock holds
CAP = "clock.pause.cap"
BY_LEDGER = "theo sổ"
DAY = timedelta(days=1)


def hold_calendar() -> None:
    """Let no change of the calendar come between what is read here and what is written."""
    calendar_in_force()


def hold_ledger(unit_ids: Iterable[int]) -> None:
    """Hold these units, then the calendar, before any row is: the order of `organisations.services.holding`."""
    hold_units(unit_ids)
    hold_calendar()


def starting_of(commitment: Commitment) -> Starting:
    """How the clock of a commitment begins whose day was named when it was given."""
    due_on = commitment.first_due_on or commitment.assigned_on
    on = min(commitment.assigned_on, due_on)
    term = Term(max((due_on - on).days, 1), Measure.DAYS)
    return Starting(commitment.pk, term, on, commitment.lead_id, until=due_on)


def ensure_clocks(
    commitments: Iterable[Commitment], *, actor: "User | None"
) -> dict[int, "ClockHeld"]:
    """The clocks of those that have a day, by commitment; begun from the ledger where they have none yet."""
    dated = {one.pk: one for one in commitments if one.due_on is not None}
    found = clocks_of(KIND, list(dated))
    without = [one for pk, one in dated.items() if pk not in found]
    if not without:
        return found
    start_clocks(KIND, [starting_of(one) for one in without], actor=actor)
    add_to_clocks(KIND, _extended_before(without), actor=actor)
    return clocks_of(KIND, list(dated))


def extend(given: Sequence[tuple[Commitment, Extension]], *, actor: "User | None") -> None:
    """More time by the document of each extension; a pause ends where a day is named."""
    today = clock.today()
    helds = ensure_clocks((one for one, _ in given), actor=actor)
    events = {}
    for commitment, extension in given:
        more: list[Event] = [Extend(today, extension.document, until=extension.new_due_on)]
        events[commitment.pk] = [*_resuming(helds[commitment.pk], today), *more]
    _add([one for one, _ in given], events, actor)


def end(commitments: Sequence[Commitment], *, on: date, actor: "User | None") -> None:
    """They are done, or no more to be done."""
    helds = ensure_clocks(commitments, actor=actor)
    _add(commitments, {pk: [End(on)] for pk, one in helds.items() if one.ended_on is None}, actor)


def reopen(commitment: Commitment, *, actor: "User | None") -> None:
    """What was found done is not: its clock is open again, with the day it had, and at the unit that leads now."""
    helds = ensure_clocks([commitment], actor=actor)
    held, today = helds.get(commitment.pk), clock.today()
    if held is None:
        return
    events: list[Event] = [] if held.ended_on is None else [Resume(today)]
    if held.unit_id != commitment.lead_id:
        events.append(Transfer(today, commitment.lead_id))
    _add([commitment], {commitment.pk: events}, actor)


def pause(commitment: Commitment, *, until: date, reason: str, actor: "User | None") -> None:
    """Stop the clock until a day, within the cap in force; one whose day is over stays late."""
    today = clock.today()
    if commitment.due_on is None or commitment.due_on < today:
        return
    ensure_clocks([commitment], actor=actor)
    cap = parameter(CAP, on=today).numerator
    _add(
        [commitment], {commitment.pk: [Pause(today, reason[:REASON], cap=cap, until=until)]}, actor
    )


def resume(commitment: Commitment, *, actor: "User | None") -> None:
    """Let it run again, where it stands still."""
    helds, today = ensure_clocks([commitment], actor=actor), clock.today()
    _add([commitment], {pk: _resuming(held, today) for pk, held in helds.items()}, actor)


def transfer(commitments: Sequence[Commitment], *, on: date, actor: "User | None") -> None:
    """Another unit leads them: what is open passes with its first receipt and its days, which stay as they are."""
    helds, day = ensure_clocks(commitments, actor=actor), min(on, clock.today())
    leads = {one.pk: one.lead_id for one in commitments}
    events = {
        pk: [Transfer(day, leads[pk])]
        for pk, held in helds.items()
        if held.ended_on is None and held.unit_id != leads[pk]
    }
    if events:
        add_to_clocks(KIND, events, actor=actor)


def next_warning(marks: Iterable[Marked], *, after: date) -> date | None:
    """The first day of a mark after this one."""
    return min((one.on for one in marks if one.on > after), default=None)


def look_again(commitment: Commitment) -> None:
    """Have the watch find out what was not told yet; the caller saves `warn_on`."""
    commitment.warn_on = clock.today() if commitment.due_on else None


def take_over(commitments: Iterable[Commitment], days: Mapping[int, tuple[date, date]]) -> None:
    """Set the day, the first day and when to look at the marks by the clocks; the caller saves `FIELDS`.

    Where marks have come already the watch looks at once, and tells of those that were not told.
    """
    today = clock.today()
    marks = marks_of_clocks(KIND, list(days), on=today)
    for one in commitments:
        if one.pk in days:
            one.due_on, one.first_due_on = days[one.pk]
            looks = (max(mark.on, today) for mark in marks.get(one.pk, ()))
            one.warn_on = min(looks, default=None)


def _add(
    commitments: Sequence[Commitment],
    events: Mapping[int, Sequence[Event]],
    actor: "User | None",
) -> None:
    wanted = {pk: some for pk, some in events.items() if some}
    if wanted:
        helds = add_to_clocks(KIND, wanted, actor=actor)
        take_over(commitments, {pk: (one.due_on, one.original_due_on) for pk, one in helds.items()})


def _resuming(held: "ClockHeld", today: date) -> list[Event]:
    paused = held.paused_on and state_of_clock(held, on=today) == ClockState.PAUSED
    return [Resume(today)] if paused else []


def _extended_before(commitments: Sequence[Commitment]) -> dict[int, list[Event]]:
    """The extensions of before as events; where the ledger has a later day than these, that day by the ledger."""
    found: dict[int, list[Event]] = {one.pk: [] for one in commitments}
    last = {one.pk: one.first_due_on or one.assigned_on for one in commitments}
    granted = Extension.objects.filter(commitment__in=commitments, ruling=Ruling.GRANTED)
    for one in granted.order_by("ruled_at", "pk"):
        if one.new_due_on > last[one.commitment_id]:
            on = timezone.localdate(one.ruled_at) if one.ruled_at else clock.today()
            words = one.document or BY_LEDGER
            found[one.commitment_id].append(Extend(on, words, until=one.new_due_on))
            last[one.commitment_id] = one.new_due_on
    for row in commitments:
        if row.due_on is not None and row.due_on > last[row.pk]:
            found[row.pk].append(Extend(clock.today(), BY_LEDGER, until=row.due_on))
    return {pk: some for pk, some in found.items() if some}
