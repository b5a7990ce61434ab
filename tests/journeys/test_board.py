"""The board and the page of a number in the browser: on a desk and on a phone, with and without scripts."""

import re

import pytest
from django.core.cache import cache

from tests.desk.months import TODAY, Case
from tests.journeys.conftest import assert_accessible, look


@pytest.fixture(autouse=True)
def _a_day(settings, live_server, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def case(live_server):
    return Case()


def as_user(context, client, live_server, user):
    client.force_login(user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def test_the_board_is_fit_to_be_looked_at(page, live_server, client, case):
    as_user(page.context, client, live_server, case.leader)
    page.goto(f"{live_server.url}/")
    page.get_by_role("heading", name="Bảng điều hành", level=1).wait_for()
    look(page, "board")
    for one in page.locator("details.dv-folded > summary").all():
        one.click()
    assert_accessible(page)


def test_what_asks_for_an_act_stands_on_the_first_screen(page, live_server, client, case):
    as_user(page.context, client, live_server, case.leader)
    page.goto(f"{live_server.url}/bang-dieu-hanh/")
    for name in ("Cần đồng chí quyết định", "Quá hạn theo đơn vị"):
        box = page.get_by_role("region", name=re.compile(name)).bounding_box()
        assert box["y"] + 100 < 768, name


def test_from_the_board_to_a_file_in_three_clicks(page, live_server, client, case):
    as_user(page.context, client, live_server, case.leader)
    page.goto(f"{live_server.url}/bang-dieu-hanh/?chi_so=DV-01&ban_do=so-DV-01")
    page.get_by_text("Xem danh sách 3 nơi").click()
    page.get_by_role("link", name="Xã Môn Sơn: 1 cuộc").click()
    page.get_by_role("heading", name="Cuộc đối thoại", level=1).wait_for()
    assert page.get_by_role("link", name="Đối thoại ở bản Khe Rạn").count() == 1
    with page.expect_response(re.compile("minh-chung|tep")) as answer:
        page.get_by_role("link", name="bien-ban.png").first.evaluate("one => fetch(one.href)")
    assert answer.value.status == 200
    look(page, "number-unit")
    assert_accessible(page)


def test_a_number_is_fit_to_be_looked_at(page, live_server, client, case):
    as_user(page.context, client, live_server, case.leader)
    page.goto(f"{live_server.url}/so/?chi_so=DV-09&ky=2026-11")
    look(page, "number")
    assert_accessible(page)
    page.goto(f"{live_server.url}/so/?ky=2026-11")
    look(page, "numbers")
    assert_accessible(page)


def test_an_officers_board_is_fit_to_be_looked_at(page, live_server, client, case):
    as_user(page.context, client, live_server, case.officer)
    page.goto(f"{live_server.url}/bang-dieu-hanh/")
    look(page, "board-commune")
    assert_accessible(page)


def test_asking_to_explain_and_choosing_work_without_a_script(browser, live_server, client, case):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    as_user(context, client, live_server, case.leader)
    page = context.new_page()
    page.goto(f"{live_server.url}/bang-dieu-hanh/")
    page.get_by_role("combobox", name="Số liệu của bản đồ").select_option(label="Lượt dự")
    page.get_by_role("form", name="Chọn số liệu của bản đồ").get_by_role(
        "button", name="Vẽ"
    ).click()
    page.get_by_role("heading", name="Lượt dự").first.wait_for()
    assert page.locator("svg.dv-map a").count() == 2
    page.get_by_role("link", name=re.compile("^Yêu cầu giải trình: ")).first.click()
    page.get_by_role("button", name="Gửi yêu cầu giải trình").click()
    page.get_by_text("Đã gửi yêu cầu giải trình tới 1 đơn vị.").wait_for()
    page.get_by_role("heading", name="Bảng điều hành", level=1).wait_for()
    context.close()


def test_the_question_is_fit_to_be_looked_at(page, live_server, client, case):
    as_user(page.context, client, live_server, case.leader)
    page.goto(f"{live_server.url}/bang-dieu-hanh/giai-trinh/?loai=qua-han")
    look(page, "ask-to-explain")
    assert_accessible(page)


def test_the_rows_of_a_figure_are_fit_to_be_looked_at(page, live_server, client, case):
    as_user(page.context, client, live_server, case.leader)
    page.goto(f"{live_server.url}/bang-dieu-hanh/viec/?so=den-han")
    look(page, "board-due")
    assert_accessible(page)
