"""Every page of a guarded action: without a fresh second factor nothing opens and nothing changes, with one it opens."""

import pytest
from django.urls import resolve

from danvan.accounts.models import ElevatedSession
from danvan.accounts.roles import GUARDED, ROLES
from danvan.accounts.services import open_elevated
from danvan.foundation.models import AuditEntry, OutboxEvent
from tests.accounts.factors import CONFIRM, WHY, app_of, key_ring, sign_in, with_app
from tests.architecture.test_who_may_open_what import DAY, ITSELF, URLS, World, opened, seen
from tests.documents.papers import received
from tests.factories.province import Province, make_grant
from tests.once import once, own
from tests.petitions.opened import SEALED_PAGES

FIRST = ("administrator", "leader", "specialist")
_world = once(lambda: World(Province()), DANVAN_TODAY=DAY)


@pytest.fixture
def world(_world, db, settings, tmp_path):
    settings.DANVAN_TODAY = DAY
    settings.DANVAN_SECOND_FACTOR = "required"
    key_ring(settings, tmp_path)
    return own(_world)


def guarded(world):
    """(name, path, action, whether it only shows) of each page whose action is in the table."""
    for name, rule, converters in URLS:
        if rule in GUARDED:
            path = world.path(name, converters)
            yield name, path, rule, resolve(path).func.reading


def people(world):
    """Somebody with a second factor for each guarded action, at the root; the head of the very unit where it must be."""
    found = {}
    for action in GUARDED:
        role = next(role for role in (*FIRST, *ROLES) if action in ROLES[role])
        place = "here" if action == "submissions.release" else "root"
        found[action] = with_app(make_grant(world.places[place], role))[0]
    return found


def test_without_a_fresh_factor_nothing_opens_and_nothing_changes(client, world):
    who = people(world)
    before = (AuditEntry.objects.count(), OutboxEvent.objects.count())
    opens, shows = {}, {}
    for name, path, action, reading in guarded(world):
        sign_in(client, who[action])
        looked = client.get(path)
        if looked.streaming:
            assert received(looked)
        if reading:
            shows[name] = seen(looked.status_code)
            continue
        acted = client.post(path, {"viec": "bo"})
        led = looked.status_code == 405 or looked.get("Location", "").startswith(CONFIRM)
        kept = acted.status_code in {403, 405} and "buoc2-code" in acted.content.decode()
        if not (led and (kept or acted.status_code == 405)):
            opens[name] = (looked.status_code, acted.status_code)

    assert opens == {}
    assert set(shows.values()) == {"opens"}
    assert (AuditEntry.objects.count(), OutboxEvent.objects.count()) == before
    assert not ElevatedSession.objects.exists()


def test_with_a_fresh_factor_it_opens(client, world):
    who = people(world)
    shut = {}
    for name, path, action, _ in guarded(world):
        user = who[action]
        sign_in(client, user, factor=app_of(user))
        if any(held.role == "administrator" for held in user.grants.all()):
            session = client.session
            session["elevated"] = open_elevated(user, reason=WHY, minutes=30).pk
            session.save()
        told = seen(opened(client, path))
        if told != "opens" and name not in ITSELF | SEALED_PAGES:
            shut[name] = told

    assert shut == {}
