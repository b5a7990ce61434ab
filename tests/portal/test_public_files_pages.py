"""Pictures and sounds of articles: sent once, asked about anew, gone with their article."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from danvan.foundation import files
from danvan.news import services as news
from tests.once import once, own
from tests.portal import public_world

pytestmark = pytest.mark.django_db
_world = once(public_world.People, DANVAN_TODAY=public_world.TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = public_world.TODAY
    return own(_world)


def test_a_file_is_asked_about_anew_and_gone_once_its_article_is_taken_down(world):
    shown = Client().get(reverse("people:article", args=[world.articles[0].pk])).content.decode()
    picture, sound = (
        re.findall(r'src="(/cong/(?:anh|am-thanh)/[^"]+)"', shown)[1],
        re.search(r'src="(/cong/am-thanh/[^"]+)"', shown)[1],
    )
    seen, heard = Client().get(picture), Client().get(sound)
    kept = "public, max-age=60, must-revalidate"
    assert (seen["Content-Type"], seen["Cache-Control"]) == ("image/jpeg", kept)
    assert heard["Content-Type"] == "audio/mpeg"
    again = Client().get(picture, headers={"If-None-Match": seen["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", kept)
    other = Client().get(picture, headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, seen.content)
    assert Client().get(reverse("people:picture", args=[99_999])).status_code == 404
    file = world.articles[0].sounds.get().file
    files.path_of(file.sha256).unlink()
    assert Client().get(sound).status_code == 404
    news.take_down_article(world.articles[0], reason="Nhầm ảnh", actor=None)
    gone = Client().get(picture, headers={"If-None-Match": seen["ETag"]})
    assert (gone.status_code, gone["Cache-Control"]) == (404, "no-store, private")
