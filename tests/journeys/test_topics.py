"""The tree of topics in the browser: picked by typing, by keyboard and without a script; a merge seen first."""

from datetime import date

import pytest

from danvan.commitments.models import Commitment
from danvan.commitments.services import Assignment, assign_commitments
from danvan.topics.models import Topic
from danvan.topics.services import load_topics
from tests.factories.province import Province, make_grant
from tests.journeys.conftest import assert_accessible, look


@pytest.fixture
def province(db, settings, tmp_path):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    settings.MEDIA_ROOT = tmp_path / "media"
    load_topics()
    return Province()


def signed_in(page, live_server, client, person):
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    return page


def topic(code):
    return Topic.objects.get(code=code)


def test_work_is_filed_by_typing_and_found_through_the_tree(page, live_server, client, province):
    [given] = assign_commitments(
        [Assignment(province.governments[0].pk, "Chi trả hỗ trợ", "Biên bản", None)],
        assigner=province.committee,
        actor=None,
    )
    signed_in(page, live_server, client, make_grant(province.place, "specialist"))
    page.goto(f"{live_server.url}/viec-phai-lam/{given.pk}/")
    page.get_by_role("link", name="Phân lĩnh vực").click()
    box = page.get_by_role("combobox", name="Lĩnh vực")
    box.fill("")
    box.press_sequentially("gpmb")
    page.get_by_role("option", name="Bồi thường, tái định cư").wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.get_by_role("button", name="Ghi lĩnh vực").click()
    page.get_by_text("Đã ghi lĩnh vực của việc.").wait_for()
    assert Commitment.objects.get().topic == topic("boi-thuong")
    look(page, "commitment-filed")
    page.goto(f"{live_server.url}/linh-vuc/")
    look(page, "topics")
    assert_accessible(page)
    page.get_by_role("link", name="1 việc phải làm: Đất đai").click()
    page.get_by_text("Lĩnh vực: Đất đai › Bồi thường, tái định cư").wait_for()
    look(page, "commitments-by-topic")


def test_a_keeper_merges_seeing_first_what_it_touches(page, live_server, client, province):
    signed_in(page, live_server, client, make_grant(province.country, "administrator"))
    pk = topic("xay-dung").pk
    page.goto(f"{live_server.url}/linh-vuc/{pk}/")
    look(page, "topic")
    assert_accessible(page)
    page.get_by_role("link", name="Kết thúc, nhập, tách").click()
    page.get_by_role("combobox", name="Lĩnh vực kế thừa").press_sequentially("dat dai")
    page.get_by_role("option", name="Đất đai", exact=True).click()
    page.get_by_label("Lý do, văn bản").fill("Quyết định 12-QĐ/TU")
    page.get_by_role("button", name="Kết thúc lĩnh vực").click()
    page.get_by_text("Chưa ghi gì.").wait_for()
    look(page, "topic-end")
    assert_accessible(page)
    assert topic("xay-dung").valid_to is None
    page.get_by_role("button", name="Kết thúc lĩnh vực").click()
    page.get_by_role("button", name="Mở lại").wait_for()
    assert topic("xay-dung").valid_to == date(2026, 12, 31)
    look(page, "topic-ended")
    page.get_by_role("button", name="Mở lại").click()
    page.get_by_text("Đã mở lại lĩnh vực.").wait_for()
    assert topic("xay-dung").valid_to is None


def test_without_a_script_the_topic_is_a_list_of_paths(browser, live_server, client, province):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = signed_in(
        context.new_page(), live_server, client, make_grant(province.place, "specialist")
    )
    page.goto(f"{live_server.url}/viec-phai-lam/giao/")
    choice = page.get_by_label("Lĩnh vực")
    choice.select_option(label="Đất đai › Bồi thường, tái định cư")
    assert choice.input_value() == str(topic("boi-thuong").pk)
    page.goto(f"{live_server.url}/linh-vuc/?q=thu+hoi+dat")
    assert page.get_by_text("tên khác: thu hồi đất").count() == 1
    context.close()
