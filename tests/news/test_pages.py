"""What the officers' pages of news show and take in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from danvan.news.models import Article
from tests.documents.papers import received
from tests.factories.pictures import png
from tests.news import articles
from tests.once import once, own

pytestmark = pytest.mark.django_db
_room = once(articles.Newsroom, DANVAN_TODAY=articles.TODAY)
SENT = {
    "kind": "news", "title": "Sửa cầu", "text": "Đã sửa.", "gain": "Đi lại an toàn", "source": "UBND xã", "byline": "Ban biên tập",
}  # fmt: skip


@pytest.fixture
def room(settings, _room):
    settings.DANVAN_TODAY = articles.TODAY
    return own(_room)


def page(user, name, *args, data=None):
    client = Client()
    client.force_login(user)
    path = reverse(f"news:{name}", args=args)
    return client.get(path) if data is None else client.post(path, data)


def test_written_with_a_picture_and_a_sound_laid_before_the_head_and_approved(room):
    made = page(room.writer, "write", data=SENT | {"unit": room.unit.pk})
    article = Article.objects.get()
    assert made.url == reverse("news:card", args=[article.pk])
    picture = {
        "part": "main",
        "file": SimpleUploadedFile("a.png", png()),
        "alternative": "Cầu mới",
        "caption": "Cầu",
    }
    page(room.writer, "add-picture", article.pk, data=picture)
    sound = {"language": "vi", "file": SimpleUploadedFile("a.mp3", articles.MP3)}
    page(room.writer, "add-sound", article.pk, data=sound)
    shown = page(room.writer, "card", article.pk).content.decode()
    assert 'alt="Cầu mới"' in shown
    assert "Tiếng Việt" in shown
    [kept] = article.pictures.all()
    seen = page(room.writer, "picture", article.pk, kept.pk)
    assert (seen["Content-Type"], received(seen)[:2]) == ("image/jpeg", b"\xff\xd8")
    page(room.writer, "act", article.pk, "submit", data={"seen": ""})
    assert "1 bài chờ đồng chí duyệt" in page(room.head, "list").content.decode()
    page(room.head, "act-approving", article.pk, "approve", data={"seen": ""})
    assert articles.fresh(article).state == "shown"
    assert "Gỡ bài" in page(room.head, "card", article.pk).content.decode()


def test_what_is_wrong_is_told_beside_its_field(room):
    refused = page(
        room.writer, "write", data=SENT | {"unit": room.unit.pk, "title": "", "text": ""}
    )
    assert refused.status_code == 422
    assert "Đồng chí vui lòng ghi tên bài." in refused.content.decode()
    article = articles.written(room)
    told = page(room.writer, "add-picture", article.pk, data={"part": "main"})
    assert told.status_code == 422
    assert "tả ảnh bằng lời" in told.content.decode()
    assert page(room.writer, "add-sound", article.pk, data={"language": "vi"}).status_code == 422
    assert (
        page(room.head, "act-approving", article.pk, "approve", data={"seen": ""}).status_code
        == 422
    )
    assert page(room.head, "act-approving", article.pk, "what").status_code == 404


def test_rewritten_with_related_articles_and_read_by_nobody_of_another_unit(room):
    other, article = articles.shown(room, title="Bài khác"), articles.written(room)
    assert "Bài khác" in page(room.writer, "rewrite", article.pk).content.decode()
    data = SENT | {"unit": room.unit.pk, "tied": [other.pk], "seen": ""}
    assert page(room.writer, "rewrite", article.pk, data=data).status_code == 302
    assert articles.fresh(article).title == "Sửa cầu"
    assert "Bài khác" in page(room.writer, "card", article.pk).content.decode()
    assert page(room.stranger, "card", article.pk).status_code == 404
    listed = page(room.writer, "list").content.decode()
    assert "Sửa cầu" in listed
