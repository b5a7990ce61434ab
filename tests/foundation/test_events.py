from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import ClassVar

import pytest
from django.db import transaction

from danvan.foundation import clock, events
from danvan.foundation.models import Delivery, NumberSeries, OutboxEvent

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class ThingMoved(events.Event):
    name: ClassVar[str] = "things.moved"
    thing: int
    on: date
    until: date | None = None
    share: Decimal | None = None
    at: datetime | None = None
    units: tuple[int, ...] = ()


@pytest.fixture
def heard(monkeypatch):
    """Subscribers of this test only, and what they heard."""
    monkeypatch.setattr(events, "_types", {})
    monkeypatch.setattr(events, "_subscribers", defaultdict(dict))
    return []


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def moved(**more):
    return ThingMoved(thing=7, on=date(2026, 3, 5), **more)


def due_now():
    Delivery.objects.update(due_at=clock.machine() - timedelta(seconds=1))


def test_each_subscriber_hears_an_event_once_after_the_commit(heard, commit):
    @events.subscribe(ThingMoved)
    def one(event):
        heard.append(("one", event))

    @events.subscribe(ThingMoved)
    def other(event):
        heard.append(("other", event))

    full = moved(
        share=Decimal("0.5"), at=datetime(2026, 1, 1, tzinfo=UTC), units=(1, 2), until=None
    )
    with commit():
        events.publish(full)
        assert heard == []
    assert heard == [("one", full), ("other", full)]
    assert not events.waiting().exists()
    events.deliver(OutboxEvent.objects.get().pk)
    due_now()
    assert events.deliver_waiting() == 0
    assert events._try_one(Delivery.objects.first().pk) is False
    assert len(heard) == 2


def test_an_event_of_an_act_that_is_rolled_back_is_never_heard(heard, commit):
    events.subscribe(ThingMoved)(heard.append)
    with commit(), transaction.atomic():
        events.publish(moved())
        transaction.set_rollback(True)
    assert (heard, OutboxEvent.objects.count(), Delivery.objects.count()) == ([], 0, 0)


def test_an_event_nobody_waits_for_is_kept_all_the_same(heard, commit):
    with commit():
        events.publish(moved())
    assert OutboxEvent.objects.get().body["thing"] == 7
    assert not Delivery.objects.exists()


def test_a_subscriber_that_fails_is_tried_again_later_and_holds_up_nobody(heard, commit, caplog):
    broken = [True]

    @events.subscribe(ThingMoved)
    def fails(event):
        NumberSeries.objects.create(key="half", last=event.thing)
        if broken:
            raise LookupError("not now")
        heard.append("mended")

    @events.subscribe(ThingMoved)
    def works(event):
        heard.append("works")

    with commit():
        events.publish(moved())
    assert heard == ["works"]
    assert not NumberSeries.objects.exists()
    [owed] = events.waiting()
    assert (owed.tries, owed.failure) == (1, "LookupError")
    assert owed.due_at > clock.machine()
    assert "will be tried again" in caplog.text

    assert events.deliver_waiting() == 0  # not due yet
    due_now()
    assert events.deliver_waiting() == 0  # due, and fails again
    assert events.waiting().get().tries == 2
    broken.clear()
    due_now()
    assert events.deliver_waiting() == 1
    assert heard == ["works", "mended"]
    assert NumberSeries.objects.get().last == 7
    assert Delivery.objects.get(pk=owed.pk).failure == ""


def test_what_a_fallen_process_left_behind_is_delivered(heard):
    events.subscribe(ThingMoved)(heard.append)
    events.publish(moved())  # the process dies before the commit's callback
    assert events.deliver_waiting() == 0
    due_now()
    assert events.deliver_waiting() == 1
    assert heard == [moved()]


def test_a_delivery_that_keeps_failing_is_given_up_until_a_person_mends_the_cause(heard, commit):
    broken = [True]

    @events.subscribe(ThingMoved)
    def fails(event):
        if broken:
            raise ValueError
        heard.append(event)

    with commit():
        events.publish(moved())
    for _ in range(events.TRIES + 3):
        due_now()
        events.deliver_waiting()
    assert events.given_up().get().tries == events.TRIES
    broken.clear()
    due_now()
    assert events.deliver_waiting() == 0
    assert events.try_again() == 1
    assert events.deliver_waiting() == 1
    assert heard == [moved()]


def test_a_subscriber_that_no_longer_exists_is_owed_not_lost(heard, commit):
    events.subscribe(ThingMoved)(heard.append)
    events.publish(moved())
    Delivery.objects.update(subscriber="danvan.gone.subscriber")
    due_now()
    assert events.deliver_waiting() == 0
    assert events.waiting().get().failure == "KeyError"
