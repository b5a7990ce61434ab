"""Facts one module tells the modules above it, without importing them."""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, TypeVar, get_args, get_type_hints

from django.db import transaction
from django.db.models import F, Q

from danvan.foundation import clock
from danvan.foundation.models import Delivery, OutboxEvent

logger = logging.getLogger(__name__)

# A delivery that failed is tried again after 10 s, 20 s, 40 s ... at most an hour, and given up after these.
TRIES = 12
_FIRST_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened: ids, dates and plain values only, never a name or a text."""

    name: ClassVar[str]


E = TypeVar("E", bound=Event)
Subscriber = Callable[[Any], None]
_types: dict[str, type[Event]] = {}
_subscribers: dict[str, dict[str, Subscriber]] = defaultdict(dict)


def subscribe(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Have a function called with every event of this type, once each; it must be idempotent all the same."""

    def register(subscriber: Callable[[E], None]) -> Callable[[E], None]:
        _types[event_type.name] = event_type
        key = f"{subscriber.__module__}.{subscriber.__qualname__}"
        _subscribers[event_type.name][key] = subscriber
        return subscriber

    return register


def publish(event: Event) -> None:
    """Store the event with the change that caused it; deliver it once that change is committed."""
    row = OutboxEvent.objects.create(name=event.name, body=asdict(event), at=clock.now())
    due = clock.machine() + _FIRST_WAIT
    Delivery.objects.bulk_create(
        Delivery(event=row, subscriber=name, due_at=due) for name in _subscribers[event.name]
    )
    transaction.on_commit(lambda: deliver(row.pk), robust=True)


def deliver(event_id: int) -> None:
    """Give one stored event to each subscriber that has not had it.

    Subscribers are idempotent: one that fails is logged and tried again, the others are not held up.
    """
    waiting = Delivery.objects.filter(event_id=event_id, delivered_at=None)
    for pk in list(waiting.values_list("pk", flat=True)):
        _try_one(pk)


def deliver_waiting(limit: int = 200) -> int:
    """Deliver what a fallen process or a failed subscriber left behind and is due; returns how many arrived."""
    due = waiting().filter(tries__lt=TRIES, due_at__lte=clock.machine())
    return sum(_try_one(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


def waiting() -> Any:
    """Deliveries still owed, in the order of their events."""
    return Delivery.objects.filter(delivered_at=None).order_by("pk")


def given_up() -> Any:
    """Deliveries that failed too often; a person must look at them."""
    return waiting().filter(tries__gte=TRIES)


def try_again() -> int:
    """Make the given-up deliveries due once more, after their cause was mended; returns how many."""
    return int(given_up().update(tries=0, due_at=clock.machine()))


def _try_one(pk: int) -> bool:
    try:
        return _deliver_one(pk)
    except Exception as fault:  # a fault of one must not undo the others: logged, tried again
        logger.exception("delivery %s failed and will be tried again", pk)
        _put_off(pk, fault)
        return False


@transaction.atomic
def _deliver_one(pk: int) -> bool:
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("event").get(pk=pk)
    if delivery.delivered_at is not None:
        return False
    event = delivery.event
    subscriber = _subscribers[event.name][delivery.subscriber]
    subscriber(revive(_types[event.name], event.body))
    delivery.delivered_at = clock.machine()
    delivery.failure = ""
    delivery.save(update_fields=["delivered_at", "failure"])
    return True


def _put_off(pk: int, fault: Exception) -> None:
    tries = Delivery.objects.filter(pk=pk).values_list("tries", flat=True).first() or 0
    wait = min(_FIRST_WAIT * 2**tries, _LONGEST_WAIT)
    Delivery.objects.filter(Q(pk=pk), delivered_at=None).update(
        tries=F("tries") + 1,
        due_at=clock.machine() + wait,
        failure=type(fault).__qualname__[:120],
    )


def revive(event_type: type[E], body: dict[str, Any]) -> E:
    """The event as it was published: days, instants and decimals read back from their stored text."""
    readers = _readers(event_type)
    return event_type(
        **{
            name: readers[name](value) if name in readers and value is not None else value
            for name, value in body.items()
        }
    )


_FROM_TEXT: dict[Any, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: Decimal,
    tuple: tuple,
    frozenset: frozenset,
}


def _readers(event_type: type[Event]) -> dict[str, Callable[[Any], Any]]:
    found = {}
    for name, hint in get_type_hints(event_type).items():
        for kind in (hint, getattr(hint, "__origin__", None), *get_args(hint)):
            if kind in _FROM_TEXT:
                found[name] = _FROM_TEXT[kind]
                break
    return found
