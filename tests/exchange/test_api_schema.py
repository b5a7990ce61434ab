"""The API against its own description: schemathesis tries every operation with whatever the description allows, and more."""

import warnings

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings

from config.wsgi import application
from danvan.exchange.models import KeyPost
from danvan.exchange.pace import READS
from tests.exchange.connected import TODAY, Connected
from tests.once import once, own

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor == "postgresql",
        reason="asked from a thread of its own, which may open no connection inside the test's transaction",
    ),
]
_world = once(Connected, DANVAN_TODAY=TODAY)
PLAIN = {"Accept-Encoding": "identity"}  # its own client does not unpack


def keyed(world):
    """With a key that sends. What was posted before is forgotten: that two have one name is no matter of shape."""
    KeyPost.objects.all().delete()
    return PLAIN | {"X-Api-Key": world.sender.words}


def tries(most):
    return settings(
        max_examples=most, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = TODAY
    READS.forget()
    return own(_world)


@schema.parametrize()
@tries(6)
def test_every_operation_answers_as_it_is_described(case, world):
    case.call_and_validate(headers=PLAIN)


@schema.include(method="POST").parametrize()
@tries(6)
def test_what_is_sent_with_a_key_is_answered_as_it_is_described(case, world):
    case.call_and_validate(headers=keyed(world))


@pytest.mark.soak
@schema.parametrize()
@tries(400)
def test_every_operation_answers_so_whatever_is_tried(case, world):
    case.call_and_validate(headers=keyed(world))
