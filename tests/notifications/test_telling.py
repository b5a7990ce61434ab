"""Telling people once; their reading it; the bell."""

from datetime import UTC, datetime

import pytest

from danvan.notifications.context import bell, bell_of
from danvan.notifications.enums import Topic
from danvan.notifications.models import Notification
from danvan.notifications.selectors import latest, own_notices, unread_count, was_told
from danvan.notifications.services import mark_all_read, mark_read, tell
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SAID = {"topic": Topic.REPORT, "words": "Báo cáo được trả lại", "url": "/bieu-mau/7/"}


def told(user):
    return [(one.key, one.words, one.url) for one in latest(user)]


def test_each_person_is_told_once_for_each_key():
    one, other = UserFactory(), UserFactory()
    assert tell([one.pk, other.pk, one.pk], key="a", **SAID) == 2
    assert tell([one.pk], key="a", **SAID | {"words": "khác"}) == 0
    assert tell([one.pk], key="b", **SAID) == 1
    assert told(one) == [(key, SAID["words"], SAID["url"]) for key in ("b", "a")]
    assert told(other) == [("a", SAID["words"], SAID["url"])]
    assert (was_told("a"), was_told("c")) == (True, False)


def test_nobody_is_told_nothing():
    assert tell([], key="a", **SAID) == 0
    assert Notification.objects.count() == 0


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://xau.vn/",
        "//xau.vn/",
        "/\\xau.vn",
        "javascript:alert(1)",
        "viec/",
        "/" + "a" * 200,
    ],
)
def test_a_notice_leads_nowhere_but_to_a_page_of_ours(url):
    user = UserFactory()
    with pytest.raises(ValueError, match="a page of ours"):
        tell([user.pk], key="a", **SAID | {"url": url})
    assert told(user) == []


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Hai\ndòng\t và  chỗ", "Hai dòng và chỗ"),
        ("a" * 400, "a" * 400),
        ("a" * 401, "a" * 399 + "…"),
        ("Thư cu\u0309a xa\u0303", "Thư của xã"),
    ],
)
def test_words_stand_on_one_line_and_fit(words, kept):
    user = UserFactory()
    tell([user.pk], key="a", **SAID | {"words": words})
    assert latest(user)[0].words == kept


def test_only_the_person_it_was_told_to_reads_it_and_the_first_time_counts(settings):
    user, other = UserFactory(), UserFactory()
    tell([user.pk], key="a", **SAID)
    [notice] = latest(user)
    assert mark_read(notice, actor=other).read_at is None
    first = mark_read(notice, actor=user).read_at
    assert first is not None
    assert mark_read(notice, actor=user).read_at == first


def test_all_are_read_up_to_the_latest_that_was_seen():
    user, other = UserFactory(), UserFactory()
    for key in "abc":
        tell([user.pk, other.pk], key=key, **SAID)
    seen = Notification.objects.get(user=user, key="b").pk
    assert mark_all_read(actor=user, until=seen) == 2
    assert [one.key for one in own_notices(user).filter(read_at=None)] == ["c"]
    assert mark_all_read(actor=user) == 1
    assert mark_all_read(actor=user) == 0
    assert (unread_count(user), unread_count(other)) == (0, 3)


def test_the_latest_stand_first_and_not_more_than_asked():
    user = UserFactory()
    for key in "abcd":
        tell([user.pk], key=key, **SAID)
    assert [one.key for one in latest(user, limit=2)] == ["d", "c"]


@pytest.mark.parametrize(
    ("number", "count", "label"),
    [
        (0, "", "Thông báo: không có gì mới"),
        (4, "4", "Thông báo: 4 chưa đọc"),
        (99, "99", "Thông báo: 99 chưa đọc"),
        (120, "99+", "Thông báo: 99+ chưa đọc"),
    ],
)
def test_the_bell_counts_what_is_unread_up_to_99(number, count, label, django_assert_num_queries):
    user = UserFactory()
    at = datetime(2026, 11, 20, tzinfo=UTC)
    Notification.objects.bulk_create(
        Notification(user=user, key=str(key), topic=Topic.DUE, words="x", url="/", told_at=at)
        for key in range(number)
    )
    with django_assert_num_queries(1):
        shown = bell_of(user)
    assert (shown.url, shown.count, shown.label) == ("/thong-bao/", count, label)


def test_the_bell_is_counted_only_where_it_is_shown(rf, django_assert_num_queries):
    request = rf.get("/")
    assert bell(request) == {"bell": None}
    request.user = UserFactory()
    with django_assert_num_queries(0):
        shown = bell(request)["bell"]
    assert shown.count == ""
