"""The pages that everybody reads, where nothing is written yet."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from danvan.portal.selectors import place_name

pytestmark = pytest.mark.django_db


def test_an_empty_installation_shows_its_pages(settings):
    settings.DANVAN_TODAY = date(2026, 11, 20)
    assert place_name() == ""
    for name in (
        "front",
        "know",
        "discuss",
        "do",
        "check",
        "watch",
        "units",
        "benefit",
        "hear",
        "find",
    ):
        assert Client().get(reverse(f"people:{name}")).status_code == 200
    assert "Không tìm thấy" in Client().get(reverse("people:find"), {"q": "cầu"}).content.decode()
