"""News from its draft to what everybody reads: who may do what, what is lacking, what is never shown."""

from datetime import date
from io import BytesIO

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.news import selectors, services
from danvan.news.enums import APPROVE, WRITE, Kind
from danvan.news.models import Article, ReadTally
from danvan.news.selectors import acts_of, allowed_articles
from tests.factories.merging import apply_merger
from tests.factories.province import make_grant
from tests.news import articles
from tests.once import once, own

pytestmark = pytest.mark.django_db
_room = once(articles.Newsroom, DANVAN_TODAY=articles.TODAY)


@pytest.fixture
def room(settings, _room):
    settings.DANVAN_TODAY = articles.TODAY
    services.PENDING.clear()
    return own(_room)


@pytest.fixture(scope="module")
def photo():
    made = BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "JPEG", exif=b"Exif\0\0secret")
    return made.getvalue()


def refused(act, *args, **more):
    with pytest.raises(RuleError) as broken:
        act(*args, **more)
    return broken.value


def test_somebody_else_approves_what_was_written_and_everybody_reads_it(room):
    article = articles.submitted(room)
    assert selectors.acts_of(room.writer, article) == []
    assert selectors.acts_of(room.head, article) == ["approve", "send-back"]
    assert list(selectors.waiting_articles(room.head)) == [article]
    services.approve_article(article, actor=room.head)
    [teaser] = selectors.teasers(selectors.published_articles("news"))
    assert (teaser.title, teaser.shown_on, teaser.minutes, teaser.heard, teaser.picture) == (
        "Hỗ trợ nhà ở sau lũ", articles.TODAY, 1, False, None,
    )  # fmt: skip
    assert list(selectors.found_articles("nha o sau lu")) == [article]
    assert list(selectors.published_articles("plain")) == []
    assert AuditEntry.objects.filter(action="news.approve").count() == 1


def test_who_wrote_it_does_not_approve_it(room):
    article = articles.submitted(room)
    Article.objects.filter(pk=article.pk).update(written_by=room.head)
    told = refused(services.approve_article, article, actor=room.head)
    assert "không tự duyệt" in told.message
    assert articles.fresh(article).state == "submitted"


def test_everything_that_is_lacking_is_told_at_once_before_it_is_laid_before_anybody(room, photo):
    article = articles.written(room, kind="plain", gain="", source="", byline="")
    told = refused(services.submit_article, article, actor=room.writer)
    assert [one.column for one in told.faults] == ["gain", "source", "byline", "basis"]
    result = articles.written(room, kind="result")
    services.add_picture(
        result, photo, part="before", alternative="Cầu cũ", caption="Cầu cũ", actor=None
    )
    assert "cần cả ảnh sau" in refused(services.submit_article, result, actor=room.writer).message


def test_faults_of_a_draft_are_told_at_once_and_nothing_is_written(room):
    wrong = {"kind": "x", "title": " ", "text": "", "gain": "a" * 401, "place_id": 999_999}
    told = refused(services.write_article, articles.draft(room.unit, **wrong), actor=room.stranger)
    assert [one.column for one in told.faults] == ["title", "gain", "text", "kind", "unit", "place"]
    gone = refused(services.write_article, articles.draft(room.unit, unit_id=999_999), actor=None)
    assert [one.column for one in gone.faults] == ["unit"]
    assert not Article.objects.exists()


def test_rewritten_only_while_it_is_a_draft_and_by_nobody_who_saw_an_older_one(room):
    other = articles.shown(room, title="Bài khác")
    article = articles.written(room)
    services.rewrite_article(article, articles.draft(room.unit, title="Mới", tied=[other.pk, article.pk, 99]), actor=room.writer)  # fmt: skip
    kept = articles.fresh(article)
    assert (kept.title, [one.other_id for one in kept.ties.all()]) == ("Mới", [other.pk])
    told = refused(
        services.rewrite_article, article, articles.draft(room.unit), actor=room.writer, seen=0
    )
    assert "Có người vừa sửa" in told.message
    article = services.submit_article(kept, actor=room.writer)
    for act, more in (
        (services.rewrite_article, {"draft": articles.draft(room.unit)}),
        (services.submit_article, {}),
        (services.reopen_article, {}),
        (services.take_down_article, {"reason": "x"}),
    ):
        assert refused(act, article, actor=room.writer, **more).message
    assert (
        "đang viết"
        in refused(services.add_sound, article, articles.MP3, language="vi", actor=None).message
    )


def test_sent_back_with_a_reason_taken_down_with_a_reason_and_written_on(room):
    article = articles.submitted(room)
    assert (
        refused(services.send_back_article, article, reason="", actor=room.head).faults[0].column
        == "reason"
    )
    article = services.send_back_article(article, reason="Thiếu số liệu", actor=room.head)
    assert (article.state, article.reason) == ("draft", "Thiếu số liệu")
    assert selectors.acts_of(room.writer, article) == ["submit"]
    article = services.approve_article(
        services.submit_article(article, actor=room.writer), actor=room.head
    )
    assert (article.reason, selectors.acts_of(room.head, article)) == ("", ["take-down"])
    assert refused(services.take_down_article, article, reason="", actor=room.head).message
    article = services.take_down_article(article, reason="Số liệu cũ", actor=room.head)
    assert (selectors.article_told(article.pk), list(selectors.found_articles("lũ"))) == (None, [])
    assert selectors.acts_of(room.writer, article) == ["reopen"]
    assert services.reopen_article(article, actor=room.writer).state == "draft"


def test_pictures_carry_words_and_nothing_but_the_picture(room, photo):
    article = articles.with_everything(room, photo)
    told = selectors.article_told(article.pk)
    assert [len(one) for one in (told.main, told.before, told.after, told.sounds)] == [1, 1, 1, 1]
    [picture] = told.main
    assert (picture.width, picture.height, picture.alternative) == (40, 30, "Cầu main")
    assert b"secret" not in files.read(picture.file)
    assert selectors.shown_picture(picture.pk) == picture
    assert selectors.shown_sound(told.sounds[0].pk) == told.sounds[0]
    [teaser] = selectors.teasers([article])
    assert (teaser.heard, teaser.picture) == (True, picture)
    assert selectors.languages_heard() == [("tai", "Tiếng Thái")]
    assert list(selectors.heard_articles("tai")) == [article]
    assert list(selectors.heard_articles("hmn")) == []
    assert list(selectors.heard_articles()) == [article]
    services.take_down_article(article, reason="x", actor=room.head)
    assert (selectors.shown_picture(picture.pk), selectors.shown_sound(told.sounds[0].pk)) == (
        None,
        None,
    )


def test_faults_of_pictures_and_sounds_are_told(room, photo, settings):
    article = articles.written(room)
    told = refused(
        services.add_picture, article, photo, part="x", alternative="", caption="", actor=None
    )
    assert [one.column for one in told.faults] == ["alternative", "caption", "part"]
    settings.DANVAN_MAX_FILE_MB = 0
    told = refused(services.add_sound, article, b"abc", language="x", actor=None)
    assert [one.column for one in told.faults] == ["language", "file", "file"]
    for number in range(services.MOST_PICTURES):
        services.add_picture(
            article, photo, part="main", alternative=f"{number}", caption="x", actor=None
        )
    told = refused(
        services.add_picture, article, photo, part="main", alternative="x", caption="x", actor=None
    )
    assert "tối đa 8" in told.message


def test_readings_are_counted_by_day_and_what_was_read_most_comes_first(room):
    first, second = articles.shown(room, title="Một"), articles.shown(room, title="Hai")
    for pk in (first.pk, second.pk, second.pk):
        services.note_read("article", pk)
    assert services.write_reads() == 3
    services.note_read("article", second.pk)
    assert services.write_reads() == 1
    assert list(ReadTally.objects.order_by("pk").values_list("subject_id", "number")) == [
        (first.pk, 1), (second.pk, 3),
    ]  # fmt: skip
    assert [one.title for one in selectors.most_read_articles()] == ["Hai", "Một"]
    services.take_down_article(second, reason="x", actor=room.head)
    assert [one.title for one in selectors.most_read_articles()] == ["Một"]


def test_readings_are_written_down_now_and_then(room, monkeypatch):
    services.note_read("article", 1)
    monkeypatch.setattr(services, "_WRITTEN", [-99.0])
    assert services.write_reads_now_and_then() == 1
    services.note_read("article", 1)
    assert services.write_reads_now_and_then() == 0


def test_a_busy_database_costs_no_reader_the_page_and_the_reading_is_written_later(
    room, monkeypatch
):
    monkeypatch.setattr(services, "PENDING", {})
    monkeypatch.setattr(services, "_WRITTEN", [-99.0])
    services.note_read("article", 1)
    with monkeypatch.context() as busy:
        busy.setattr(services.ReadTally.objects, "get_or_create", raised)
        assert services.write_reads_now_and_then() == 0
    services.note_read("article", 1)
    assert services.write_reads() == 2
    assert ReadTally.objects.get().number == 2


def raised(**_):
    raise OperationalError("database is locked")


def test_units_to_write_for_and_lists_within_reach(room):
    article = articles.written(room)
    assert [pk for pk, _ in selectors.writing_units(room.writer)] == [room.unit.pk]
    assert list(selectors.articles_listed(room.writer, "")) == [article]
    assert list(selectors.articles_listed(room.writer, "shown")) == []
    assert list(selectors.articles_listed(room.stranger, "draft")) == []
    assert (str(article), article.tone) == (article.title, "grey")


def test_a_list_costs_the_same_queries_at_one_and_three_rows(room, photo):
    def read():
        with CaptureQueriesContext(connection) as seen:
            assert selectors.teasers(selectors.published_articles(*Kind))
        return len(seen)

    articles.with_everything(room, photo)
    one = read()
    articles.with_everything(room, photo), articles.with_everything(room, photo)
    assert read() == one


def test_the_head_of_the_heir_takes_down_what_an_ended_unit_published(room):
    article = articles.shown(room)
    apply_merger(room.province, on=date(2026, 11, 19))
    head = room.head
    [now] = head.grants.filter(valid_to=None)
    assert now.unit_id != articles.fresh(article).unit_id == room.unit.pk
    assert article in allowed_articles(head, APPROVE)
    assert acts_of(head, articles.fresh(article)) == ["take-down"]
    elsewhere = make_grant(room.province.governments[2], "leader")
    assert article not in allowed_articles(elsewhere, APPROVE)
    assert article not in allowed_articles(room.writer, WRITE)
