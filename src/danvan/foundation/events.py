"""Facts one module tells the modules above it, without importing them."""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, TypeVar

from django.db import transaction
from django.utils import timezone

from danvan.foundation.models import Delivery, OutboxEvent

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened: ids, dates and plain values only, never a name or a text."""

    name: ClassVar[str]


E = TypeVar("E", bound=Event)
Subscriber = Callable[[Any], None]
_types: dict[str, type[Event]] = {}
_subscribers: dict[str, dict[str, Subscriber]] = defaultdict(dict)


def subscribe(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    def register(subscriber: Callable[[E], None]) -> Callable[[E], None]:
        _types[event_type.name] = event_type
        _subscribers[event_type.name][f"{subscriber.__module__}.{subscriber.__qualname__}"] = (
            subscriber
        )
        return subscriber

    return register


def publish(event: Event) -> None:
    """Store the event with the change that caused it; deliver it once that change is committed."""
    row = OutboxEvent.objects.create(name=event.name, body=asdict(event), at=timezone.now())
    Delivery.objects.bulk_create(
        Delivery(event=row, subscriber=name) for name in _subscribers[event.name]
    )
    transaction.on_commit(lambda: deliver(row.pk), robust=True)


def deliver(event_id: int) -> None:
    """Give one stored event to each subscriber that has not had it. The worker calls it for stragglers.

    Subscribers are idempotent: one that fails is logged and tried again, the others are not held up.
    """
    waiting = Delivery.objects.filter(event_id=event_id, delivered_at=None).values_list(
        "pk", flat=True
    )
    for pk in list(waiting):
        try:
            _deliver_one(pk)
        except Exception:  # a fault of one must not undo the others: logged, tried again
            logger.exception("event %s: delivery %s failed and will be tried again", event_id, pk)


@transaction.atomic
def _deliver_one(pk: int) -> None:
    delivery = Delivery.objects.select_for_update().select_related("event").get(pk=pk)
    if delivery.delivered_at is None:
        event = delivery.event
        known = _types[event.name](**event.body)
        _subscribers[event.name][delivery.subscriber](known)
        delivery.delivered_at = timezone.now()
        delivery.save(update_fields=["delivered_at"])
