"""What was told to whom, after the events of a test were delivered, and delivered once more."""

from danvan.foundation import events
from danvan.foundation.models import Delivery, OutboxEvent
from danvan.notifications.models import Notification

OURS = "danvan.notifications."


def deliver_all():
    """Give every event to our subscribers; a failure is a failure of the test."""
    waiting = Delivery.objects.filter(delivered_at=None).exclude(subscriber__startswith=OURS)
    waiting.update(delivered_at="2026-11-20T00:00Z")  # others are tested elsewhere
    for event in OutboxEvent.objects.order_by("pk"):
        events.deliver(event.pk)
    failed = Delivery.objects.filter(delivered_at=None).values_list("event__name", "failure")
    assert list(failed) == []


def told():
    """(person, words, address) of everything told since the beginning, in order, by whom it was told to."""
    rows = Notification.objects.order_by("pk").select_related("user")
    return [(one.user.full_name, one.words, one.url) for one in rows]


def heard():
    """What is told when the events are delivered; delivered once more, they tell nothing new."""
    before = Notification.objects.count()
    deliver_all()
    first = told()
    Delivery.objects.filter(subscriber__startswith=OURS).update(delivered_at=None)
    deliver_all()
    assert told() == first
    return first[before:]
