"""A report goes up: a deputy of the commune's leader lets it go, the province approves and the centre reads by whom."""

import pytest
from django.core.cache import cache
from django.test import Client

from danvan.accounts.models import Grant
from tests.factories.province import make_user
from tests.journeys.conftest import assert_accessible, look
from tests.reporting.months import NOVEMBER, TODAY
from tests.reporting.ways import Way, propose


@pytest.fixture(autouse=True)
def _day(settings, live_server, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def as_user(page, live_server, user):
    """Signed in, as a browser that was here before."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def test_a_deputy_lets_it_go_and_the_province_approves_in_its_turn(page, live_server):
    way = Way()
    deputy = make_user("Vi Thị Lan")
    propose(way)

    as_user(page, live_server, way.head)
    page.goto(
        f"{live_server.url}/nguoi-dung/cua-toi/{Grant.objects.get(user=way.head).pk}/uy-quyen/"
    )
    page.get_by_label("Tên đăng nhập của người nhận").fill(deputy.username)
    page.get_by_label("Ủy quyền việc gì").select_option("report_releaser")
    page.get_by_label("Đến trước ngày").fill("16/12/2026")
    page.get_by_label("Văn bản ủy quyền").fill("12-QĐ/ĐU ngày 30/11/2026")
    page.get_by_label("Lý do").fill("Đi học")
    look(page, "way-lend")
    page.get_by_role("button", name="Ủy quyền").click()
    page.get_by_text("12-QĐ/ĐU ngày 30/11/2026: Đi học").wait_for()
    look(page, "way-own")

    as_user(page, live_server, deputy)
    page.goto(f"{live_server.url}/bieu-mau/{way.first.pk}/trinh/")
    look(page, "way-laid")
    assert_accessible(page)
    page.get_by_role("button", name="Duyệt và gửi").click()
    page.get_by_text("thay mặt đồng chí Lô Văn Hùng (ủy quyền đến 15/12/2026)").wait_for()
    look(page, "way-report")

    as_user(page, live_server, way.place)
    page.goto(f"{live_server.url}/bieu-mau/ky/{way.form.pk}/{NOVEMBER.code}/")
    page.get_by_role("link", name="Chờ cấp tỉnh duyệt 1").wait_for()
    look(page, "way-month")
    assert_accessible(page)
    page.get_by_label("Chọn Xã Môn Sơn").check()
    page.get_by_role("button", name="Duyệt", exact=True).click()
    page.get_by_role("link", name="Chờ nơi yêu cầu duyệt 1").wait_for()
