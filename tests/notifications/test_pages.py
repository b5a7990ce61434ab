"""The list of notices, opening one, marking them read, how e-mail comes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.notifications.enums import Topic, Way
from danvan.notifications.models import Notification
from danvan.notifications.selectors import latest, mail_state, unread_count
from danvan.notifications.services import mark_read, tell

pytestmark = pytest.mark.django_db
REPORT = {"topic": Topic.REPORT, "words": "Báo cáo tháng 10/2026 được trả lại", "url": "/bieu-mau/"}
WORK = {
    "topic": Topic.COMMITMENT,
    "words": "Việc mới giao: Sửa ngầm tràn",
    "url": "/viec-phai-lam/",
}


@pytest.fixture
def reader(client, land):
    client.force_login(land.officers[0])
    return land.officers[0]


def said(client, url="/thong-bao/"):
    return client.get(url).content.decode()


def test_the_unread_stand_first_each_with_a_text_to_pass_on(client, reader):
    tell([reader.pk], key="a", **REPORT)
    tell([reader.pk], key="b", **WORK)
    tell([reader.pk], key="c", **REPORT | {"words": "Đã chốt"})
    mark_read(latest(reader)[0], actor=reader)
    page = client.get("/thong-bao/").context["page"]
    assert [one.key for one in page.rows] == ["b", "a", "c"]
    text = said(client)
    assert 'data-copy="Việc mới giao: Sửa ngầm tràn\nhttp://testserver/viec-phai-lam/"' in text
    assert text.count("Đánh dấu đã đọc:") == 2


def test_the_list_keeps_to_a_topic_and_to_what_is_unread(client, reader):
    tell([reader.pk], key="a", **REPORT)
    tell([reader.pk], key="b", **WORK)
    mark_read(Notification.objects.get(key="b"), actor=reader)

    def keys(query):
        return [one.key for one in client.get(f"/thong-bao/?{query}").context["page"].rows]

    assert keys("loai=commitment") == ["b"]
    assert keys("moi=on") == ["a"]
    assert keys("loai=commitment&moi=on") == []
    assert client.get("/thong-bao/?loai=khac").status_code == 422


def test_an_empty_list_says_what_will_come(client, reader):
    assert "Thông báo mới sẽ hiện ở đây" in said(client)


def test_opening_a_notice_marks_it_and_goes_to_its_page(client, reader):
    tell([reader.pk], key="a", **REPORT)
    [notice] = latest(reader)
    assert client.head(f"/thong-bao/{notice.pk}/").status_code == 302
    assert unread_count(reader) == 1
    answer = client.get(f"/thong-bao/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/bieu-mau/")
    assert unread_count(reader) == 0


@pytest.mark.parametrize("url", ["https://xau.vn/", "//xau.vn", "/\\xau.vn", "javascript:1"])
def test_a_notice_with_an_address_of_others_leads_to_the_list(client, reader, url):
    tell([reader.pk], key="a", **REPORT)
    Notification.objects.update(url=url)
    answer = client.get(f"/thong-bao/{latest(reader)[0].pk}/")
    assert answer["Location"] == "/thong-bao/"


def test_a_notice_of_another_person_is_not_there(client, reader, land):
    tell([land.clerk.pk], key="a", **REPORT)
    notice = latest(land.clerk)[0]
    assert client.get(f"/thong-bao/{notice.pk}/").status_code == 404
    assert client.post(f"/thong-bao/{notice.pk}/da-doc/").status_code == 404
    client.post("/thong-bao/da-doc/")
    assert unread_count(land.clerk) == 1


def test_one_is_marked_read_and_one_stays(client, reader):
    tell([reader.pk], key="a", **REPORT)
    notice = latest(reader)[0]
    answer = client.post(f"/thong-bao/{notice.pk}/da-doc/")
    assert (answer.status_code, answer["Location"]) == (302, "/thong-bao/")
    assert unread_count(reader) == 0


@pytest.mark.parametrize(("until", "left"), [("b", 1), ("", 0), ("x", 0), ("9" * 30, 0)])
def test_all_that_the_page_showed_are_marked_read(client, reader, until, left):
    for key in "abc":
        tell([reader.pk], key=key, **REPORT)
    seen = Notification.objects.get(key="b").pk if until == "b" else until
    text = client.post("/thong-bao/da-doc/", {"den": seen}, follow=True).content.decode()
    assert f"Đã đánh dấu {3 - left} thông báo là đã đọc." in text
    assert unread_count(reader) == left


def test_the_page_says_whether_e_mail_goes_out(client, reader, settings):
    assert "Hệ thống này chưa gửi thư điện tử" in said(client)
    assert "Hệ thống này chưa có máy chủ thư" in said(client, "/thong-bao/cach-nhan/")
    settings.DANVAN_MAIL_HOST = "mail.test"
    assert "chưa gửi thư điện tử" not in said(client)
    assert "chưa có máy chủ thư" not in said(client, "/thong-bao/cach-nhan/")


def test_a_person_chooses_how_e_mail_comes(client, reader):
    said_back = client.post(
        "/thong-bao/cach-nhan/", {"way": Way.AT_ONCE, "email": "son@moi.vn"}, follow=True
    )
    assert "Đã ghi cách nhận thông báo." in said_back.content.decode()
    reader.refresh_from_db()
    state = mail_state(reader)
    assert (state.way, state.email) == (Way.AT_ONCE, "son@moi.vn")
    assert 'value="son@moi.vn"' in said(client, "/thong-bao/cach-nhan/")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"way": "digest", "email": ""}, "vui lòng ghi địa chỉ thư điện tử, hoặc chọn"),
        ({"way": "digest", "email": "sai"}, "Địa chỉ thư điện tử chưa đúng"),
        ({"email": "a@b.vn"}, "vui lòng chọn một cách nhận thư"),
        ({"way": "bồ câu", "email": "a@b.vn"}, "bồ câu"),
    ],
)
def test_a_wrong_choice_is_told_beside_its_field(client, reader, sent, words):
    before = reader.email
    answer = client.post("/thong-bao/cach-nhan/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    reader.refresh_from_db()
    assert reader.email == before


def test_the_list_costs_the_same_at_one_row_and_at_three(client, reader):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            client.get("/thong-bao/")
        return len(caught)

    tell([reader.pk], key="a", **REPORT)
    client.get("/thong-bao/")
    at_one = cost()
    for key in "bc":
        tell([reader.pk], key=key, **REPORT)
    assert cost() == at_one


def test_the_bell_stands_in_the_top_bar_of_every_page(client, reader):
    tell([reader.pk], key="a", **REPORT)
    assert 'href="/thong-bao/" aria-label="Thông báo: 1 chưa đọc"' in said(client, "/don-vi/")
