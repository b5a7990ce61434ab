"""Every page x odd input in every box and part of an address that any page knows: refused or left out, never a 500."""

import re
from html import unescape

import pytest
from django.db import transaction

from tests.architecture.test_who_may_open_what import DAY, URLS, World
from tests.documents.papers import received
from tests.examples import once_is_enough
from tests.factories.province import Province, make_grant
from tests.once import once, own

BOX = re.compile(r'\bname="([^"]+)"')
LINK = re.compile(r'(?:href|action|hx-get|hx-post)="[^"?]*\?([^"#]*)')
# A digit that is no number to int(), more digits than it reads, and a way out with a line of a header.
ODD = ["²", "9" * 4400, "//evil.example/\r\nX: y"]
# What a reader meets in addresses that no page of an empty world links to.
MORE = {"ban", "chon", "den", "muc", "sap_xep", "so", "tat-ca", "trang", "units", "ve", "viec"}
UNWELL = {"desk:health"}  # 503 is its own word


def asked(client, act, path, data):
    """The status and the way on of one request, whose effects are undone."""
    mark = transaction.savepoint()
    response = getattr(client, act)(path, data)
    if response.streaming:
        assert received(response)
    transaction.savepoint_rollback(mark)
    return response


def names_on(page):
    """Every name of a box, and of a part of an address."""
    links = (
        part.partition("=")[0]
        for found in LINK.findall(page)
        for part in unescape(found).split("&")
    )
    return {*BOX.findall(page), *links} - {"csrfmiddlewaretoken", ""}


_world = once(lambda: World(Province()), DANVAN_TODAY=DAY)


@pytest.fixture
def world(_world, db, settings):
    settings.DANVAN_TODAY = DAY
    return own(_world)


WHO = [("specialist", "root"), ("commune_officer", "here")]


@pytest.mark.parametrize(("role", "scope"), once_is_enough(WHO))
def test_odd_input_is_refused_or_left_out(client, world, role, scope):
    client.raise_request_exception = False
    client.force_login(make_grant(world.places[scope], role))
    pages, names = {}, set(MORE)
    for name, _, converters in URLS:
        path = world.path(name, converters)
        response = asked(client, "get", path, {})
        if response.status_code != 403:
            pages[name] = path
        if not response.streaming:
            names |= names_on(response.content.decode(errors="ignore"))

    broken = [
        (name, act, odd[:20], response.status_code)
        for name, path in pages.items()
        for odd in ODD
        for act in ("get", "post")
        for response in [asked(client, act, path, dict.fromkeys(names, odd))]
        if (response.status_code >= 500 and name not in UNWELL)
        or "evil.example" in response.get("Location", "").partition("?")[0]
    ]

    assert len(names) > 60
    assert broken == []
