"""Events of many clocks in one act: those that a module adds beside its own act on the matters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.law.clock_events import Event
from danvan.law.clock_rows import columns_of, event_of, result_of
from danvan.law.clockwork import append, fold
from danvan.law.models import ClockEvent, ClockHeld
from danvan.law.selectors.reads import calendar_on
from danvan.law.services.clocks import calendar_in_force

BATCH = 500


@transaction.atomic
def add_to_clocks(
    kind: str, events: Mapping[int, Sequence[Event]], *, actor: Any, name: str = "due"
) -> dict[int, ClockHeld]:
    """Add these events to the clocks of these matters, each in its order; returns the clocks by matter.

    A matter without a clock is passed over. What a module writes down afterwards, for a day before the last event,
    is added on the day of that event. Queries do not grow with the number of matters.
    """
    version, calendar, now = calendar_in_force(), calendar_on(), clock.now()
    found = ClockHeld.objects.select_for_update(of=("self",), no_key=True).filter(
        subject_kind=kind, subject_id__in=list(events), name=name
    )
    helds = list(found.order_by("pk").prefetch_related("events"))
    written, results = [], []
    for held in helds:
        number = len(held.events.all())
        counted = fold((event_of(row) for row in held.events.all()), calendar.works)
        for one in events[held.subject_id]:
            event = replace(one, on=max(one.on, counted.last_on))
            counted, number = append(counted, event, calendar.works), number + 1
            written.append(ClockEvent(clock=held, number=number, at=now, **columns_of(event)))
        results.append(result_of(counted, calendar.works))
    if not written:
        return {one.subject_id: one for one in helds}
    ClockEvent.objects.bulk_create(written)
    for held, result in zip(helds, results, strict=True):
        for column, value in {**result, "calendar": version}.items():
            setattr(held, column, value)
    ClockHeld.objects.bulk_update(helds, [*results[0], "calendar"], batch_size=BATCH)
    audit.record(actor, "law.add_to_clocks", helds[0], ids=[one.pk for one in helds])
    return {one.subject_id: one for one in helds}
