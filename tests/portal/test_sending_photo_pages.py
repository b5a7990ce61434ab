"""Photographs on the steps of sending: three are kept, one may be left out, too many at once are not even looked at."""

import pytest

from danvan.petitions.models import PaperFile
from danvan.portal.views import sending
from danvan.portal.views.written import Written
from tests.once import once
from tests.petitions.cases import Vault
from tests.portal.filled import TEXT, TODAY, photo, ready, step, words

pytestmark = pytest.mark.django_db
_office = once(Vault, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings, monkeypatch):
    return ready(_office, settings, monkeypatch)


def test_of_four_photographs_three_are_kept_and_who_sends_goes_on_or_leaves_one_out(client, office):
    said = {"noi_dung": TEXT, "ten": "Vi Thị Mai"}
    response = step(client, None, "3", **said, anh=[photo((9, 9)) for _ in range(4)])
    assert response.status_code == 422
    assert "nhiều nhất 3 ảnh" in words(response)
    assert "đã nhận 3 ảnh" in words(response)
    assert "Vi Thị Mai" in words(response)
    on = step(client, response, "3", ten="Vi Thị Mai")
    assert on.status_code == 200
    assert words(on).count("data:image/jpeg") == 3
    other = step(client, response, "3", bo_anh=["1", "3", "x"], anh=[photo((20, 9))])
    assert other.status_code == 200
    assert words(other).count("data:image/jpeg") == 2
    assert step(client, other, "gui").context["sent"]
    assert PaperFile.objects.count() == 2


def test_photographs_of_a_network_that_brings_too_many_are_not_even_looked_at(
    client, office, settings, monkeypatch
):
    settings.DANVAN_SENDS = 2
    looked = []
    monkeypatch.setattr(sending, "photo_to_keep", lambda content: looked.append(1) or content)
    monkeypatch.setattr(Written, "thumbnails", [])
    answers = [
        step(client, None, "3", noi_dung=TEXT, ten="Vi Thị Mai", anh=[photo((9, 9))])
        for _ in range(4)
    ]
    assert [one.status_code for one in answers] == [200, 200, 429, 429]
    assert len(looked) == 2
    assert "không kèm ảnh" in words(answers[-1])
    assert "Vi Thị Mai" in words(answers[-1])
    on = step(client, answers[-1], "3", ten="Vi Thị Mai")
    assert on.status_code == 200
    assert step(client, on, "gui").context["sent"]


def test_a_file_too_heavy_for_a_photograph_is_refused_unread(client, office, monkeypatch):
    monkeypatch.setattr("danvan.foundation.photos.MOST_BYTES", 100)
    monkeypatch.setattr(sending, "photo_to_keep", None)
    response = step(client, None, "3", noi_dung=TEXT, anh=[photo()])
    assert response.status_code == 422
    assert "nhiều nhất 15 MB" in words(response)


def test_a_photograph_that_was_forged_on_the_way_is_left_out(client, office):
    response = step(client, None, "3", noi_dung=TEXT, anh_da_nhan=["AAAA:bbbb", "x"])
    assert response.status_code == 200
    assert "data:image" not in words(response)
