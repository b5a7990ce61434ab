"""Every page x odd input in every box and part of an address that any page knows: refused or left out, never a 500."""

import re
import sys
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import transaction

from tests.architecture.test_who_may_open_what import DAY, URLS, World
from tests.documents.papers import received
from tests.examples import once_is_enough
from tests.factories.province import Province, make_grant
from tests.once import once, own

BOX = re.compile(r'\bname="([^"]+)"')
LINK = re.compile(r'(?:href|action|hx-get|hx-post)="[^"?]*\?([^"#]*)')
# The fewest digits at which int() may be told to stop (4300 of its own accord): in every box at once, those that it
# stops at of its own accord make half a megabyte of each of 2,600 requests.
DIGITS = 640
# More digits than int() reads, and than any column with a length holds, which PostgreSQL alone minds; a digit that is
# no number to int(); a way out with a line of a header.
ODD = ["9" * 2001, "²", "//evil.example/\r\nX: y"]
# What a reader meets in addresses that no page of an empty world links to.
MORE = {"ban", "chon", "den", "muc", "sap_xep", "so", "tat-ca", "trang", "units", "ve", "viec"}
UNWELL = {"desk:health"}  # 503 is its own word


def asked(client, act, path, told=""):
    """The status and the way on of one request, whose effects are undone; what it tells is written already."""
    mark = transaction.savepoint()
    if act == "get":
        response = client.get(f"{path}?{told}")
    else:  # as forms without a file are sent: read in a fifth of the time
        response = client.post(path, told, content_type="application/x-www-form-urlencoded")
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


@pytest.fixture
def _few_digits():
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(DIGITS)
    yield
    sys.set_int_max_str_digits(before)


# Each page is tried by the first of these who may open it.
WHO = [
    ("specialist", "root"),
    ("commune_officer", "here"),
    ("leader", "root"),
    ("administrator", "root"),
]


@pytest.mark.usefixtures("_few_digits")
def test_odd_input_is_refused_or_left_out(client, world):
    client.raise_request_exception = False
    openers, names, takes = {}, set(MORE), {}
    for role, scope in once_is_enough(WHO):
        user = make_grant(world.places[scope], role)
        client.force_login(user)
        for name, _, converters in URLS:
            if name in openers:
                continue
            response = asked(client, "get", world.path(name, converters))
            if response.status_code != 403:
                openers[name] = (user, world.path(name, converters))
                takes[name] = {"get", "post"} - ({"get"} if response.status_code == 405 else set())
            if not response.streaming:
                names |= names_on(response.content.decode(errors="ignore"))

    broken, signed_in = [], None
    written = [(odd[:20], urlencode(dict.fromkeys(names, odd))) for odd in once_is_enough(ODD)]
    for name, (user, path) in openers.items():
        if user is not signed_in:
            client.force_login(user)
            signed_in = user
        for odd, told in written:
            for act in sorted(takes[name]):
                response = asked(client, act, path, told)
                if response.status_code == 405:  # before anything was read: once is enough
                    takes[name].discard(act)
                astray = "evil.example" in response.get("Location", "").partition("?")[0]
                if astray or (response.status_code >= 500 and name not in UNWELL):
                    broken.append((name, act, odd, response.status_code))

    assert len(names) > 60
    assert broken == []
