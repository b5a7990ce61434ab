"""What happens to clocks. The events are written once and added to; the result is what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.law.clock_events import (
    FREE,
    Bounds,
    ChangeKind,
    End,
    Event,
    Extend,
    Pause,
    Resume,
    Start,
    Transfer,
)
from danvan.law.clock_rows import columns_of, event_of, result_of
from danvan.law.clockwork import append, fold
from danvan.law.courses import Term
from danvan.law.models import CalendarVersion, ClockEvent, ClockHeld, LegalParameter
from danvan.law.selectors.reads import Calendar, calendar_on
from danvan.vietnamese.text import canonical

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Starting:
    """A clock that is to begin: of which matter, with which term (or until which day), from the day of which event."""

    subject_id: int
    term: Term
    on: date
    unit_id: int | None = None
    parameter: LegalParameter | None = None
    bounds: Bounds = FREE
    until: date | None = None
    name: str = ""  # of this clock, where those that begin in one act have several

    @property
    def event(self) -> Start:
        """What its events begin with."""
        return Start(self.on, self.term, self.unit_id, self.bounds, self.until)


@transaction.atomic
def start_clocks(
    kind: str, startings: Sequence[Starting], *, actor: Any, name: str = "due"
) -> list[ClockHeld]:
    """Begin the clocks of these matters. Queries do not grow with their number. A matter has one of each name."""
    if not startings:
        return []
    wanted = {(one.subject_id, one.name or name) for one in startings}
    alike = ClockHeld.objects.filter(
        subject_kind=kind,
        subject_id__in=[pk for pk, _ in wanted],
        name__in={said for _, said in wanted},
    )
    taken = wanted.intersection(alike.values_list("subject_id", "name"))
    if taken or len(wanted) < len(startings):
        raise RuleError(
            "Việc này đã có đồng hồ tính hạn. Đồng chí vui lòng mở lại trang để xem hạn hiện có."
        )
    version, now = calendar_in_force(), clock.now()
    calendar = Calendar(version.number if version else 0)
    events = [one.event for one in startings]
    results = _results_at_start(events, calendar)
    made = ClockHeld.objects.bulk_create(
        ClockHeld(
            subject_kind=kind,
            subject_id=one.subject_id,
            name=one.name or name,
            parameter=one.parameter,
            calendar=version,
            **result,
        )
        for one, result in zip(startings, results, strict=True)
    )
    ClockEvent.objects.bulk_create(
        ClockEvent(clock=held, number=1, at=now, **columns_of(event))
        for held, event in zip(made, events, strict=True)
    )
    audit.record(actor, "law.start_clocks", made[0], ids=[one.pk for one in made])
    return made


def _results_at_start(events: Sequence[Start], calendar: Calendar) -> list[dict[str, Any]]:
    """What each comes to at once. Work given to thousands of units in one act is counted once."""
    known: dict[Start, dict[str, Any]] = {}
    found = []
    for event in events:
        alike = replace(event, unit=None)
        if alike not in known:
            known[alike] = result_of(append(None, alike, calendar.works), calendar.works)
        found.append({**known[alike], "unit_id": event.unit})
    return found


def start_clock(kind: str, starting: Starting, *, actor: Any, name: str = "due") -> ClockHeld:
    """Begin the clock of one matter."""
    [held] = start_clocks(kind, [starting], actor=actor, name=name)
    return held


@transaction.atomic
def pause_clock(
    held: ClockHeld, *, on: date, reason: str, actor: Any, cap: int | None = None,
    until: date | None = None,
) -> ClockHeld:  # fmt: skip
    """Stop the clock, with the reason; `cap` is how many days its pauses may take together."""
    return _record(held, Pause(on, _words(reason), cap, until), "law.pause_clock", actor)


@transaction.atomic
def resume_clock(held: ClockHeld, *, on: date, actor: Any, document: str = "") -> ClockHeld:
    """Let it run again, from the next day."""
    return _record(held, Resume(on, _words(document)), "law.resume_clock", actor)


@transaction.atomic
def transfer_clock(
    held: ClockHeld, *, on: date, unit_id: int, actor: Any, term: Term | None = None
) -> ClockHeld:
    """Another unit holds the matter; the first receipt stays, and `term` is what the unit has for its part."""
    return _record(held, Transfer(on, unit_id, term), "law.transfer_clock", actor)


@transaction.atomic
def extend_clock(
    held: ClockHeld, *, on: date, document: str, actor: Any, more: Term | None = None,
    until: date | None = None,
) -> ClockHeld:  # fmt: skip
    """More time by a document, within what the law allows."""
    return _record(held, Extend(on, _words(document), more, until), "law.extend_clock", actor)


@transaction.atomic
def change_kind_of_clock(
    held: ClockHeld, *, on: date, term: Term, reason: str, actor: Any,
    parameter: LegalParameter | None = None, bounds: Bounds | None = None,
) -> ClockHeld:  # fmt: skip
    """The matter is of another kind: its term counts from the first receipt."""
    event = ChangeKind(on, term, _words(reason), bounds or FREE)
    held = _record(held, event, "law.change_kind_of_clock", actor)
    held.parameter = parameter
    held.save(update_fields=["parameter"])
    return held


@transaction.atomic
def end_clock(held: ClockHeld, *, on: date, actor: Any) -> ClockHeld:
    """The matter is done."""
    return _record(held, End(on), "law.end_clock", actor)


def add_event(
    held: ClockHeld, event: Event, calendar: Calendar, version: CalendarVersion | None
) -> None:
    """One event more on a row under lock, and the result that the events then come to."""
    rows = list(held.events.all())
    before = fold((event_of(row) for row in rows), calendar.works)
    after = append(before, event, calendar.works)
    ClockEvent.objects.create(clock=held, number=len(rows) + 1, at=clock.now(), **columns_of(event))
    keep_result(held, result_of(after, calendar.works), version)


def keep_result(held: ClockHeld, result: dict[str, Any], version: CalendarVersion | None) -> None:
    """Store what the events come to, and with which calendar."""
    for name, value in result.items():
        setattr(held, name, value)
    held.calendar = version
    held.save(update_fields=[*result, "calendar"])


def _record(held: ClockHeld, event: Event, action: str, actor: Any) -> ClockHeld:
    version = calendar_in_force()
    held = ClockHeld.objects.select_for_update(of=("self",), no_key=True).get(pk=held.pk)
    add_event(held, event, calendar_on(), version)
    audit.record(actor, action, held, on=event.on.isoformat())
    return held


def calendar_in_force() -> CalendarVersion | None:
    """The calendar in force, held: a change of it waits until what is counted with it stands, or comes before."""
    return CalendarVersion.objects.select_for_update(no_key=True).order_by("-number").first()


def _words(text: str) -> str:
    said = " ".join(canonical(text).split())
    if len(said) > LONGEST:
        raise RuleError(f"Phần này dài quá {LONGEST} ký tự. Đồng chí vui lòng viết gọn lại.")
    return said
