"""Việc hôm nay and the notices, as a specialist at a desk and a commune officer with a phone use them."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache

from danvan.commitments import services as ledger
from danvan.commitments.services import Assignment
from danvan.documents.enums import Stage
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.reporting.services import open_period
from tests.factories import ActivityFactory, DocumentFactory, TargetFactory
from tests.factories.province import Province, make_grant, make_user
from tests.journeys.conftest import assert_accessible, look
from tests.reporting.months import NOVEMBER, indicators, make_form

TODAY = date(2026, 12, 3)
PASSWORD = "Mot-mat-khau-du-dai-2026"
WORKS = (
    (-6, "Trả lời kiến nghị về đất tái định cư bản Vẽ", "Văn bản trả lời"),
    (-4, "Báo cáo kết quả thực hiện “Dân vận khéo” quý III", "Báo cáo và biểu 02"),
    (0, "Thẩm định hồ sơ 12 mô hình đợt 2", "Tờ trình"),
    (3, "Xác minh việc sửa ngầm tràn bản Xiềng", "Ý kiến xác minh"),
)


@pytest.fixture(autouse=True)
def _day(settings, live_server, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def province(live_server):
    return Province()


def person(unit, role, name):
    user = make_grant(unit, role, user=make_user(name))
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(page, live_server, user):
    page.goto(f"{live_server.url}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("heading", name="Việc hôm nay").wait_for()


def busy(province):
    """Work in every module, given by the province to its communes."""
    given = ledger.assign_commitments(
        [
            Assignment(
                lead_id=province.committees[number % 3].pk,
                title=title,
                product=product,
                due_on=TODAY + timedelta(days=days),
            )
            for number, (days, title, product) in enumerate(WORKS)
        ],
        assigner=province.committee,
        actor=None,
        assigned_on=date(2026, 3, 2),
    )
    ledger.extend_commitments(
        [given[3]],
        until=TODAY + timedelta(days=5),
        words="Mưa lũ",
        document="Công văn 112/UBND-KT",
        actor=None,
    )
    claimed = ledger.assign_commitments(
        [Assignment(province.committees[0].pk, "Sửa đường vào bản Khe Rạn", "1,2 km", None)],
        assigner=province.committee,
        actor=None,
    )[0]
    ledger.claim_done(claimed, result="Đã xong", actor=None)
    DocumentFactory(
        unit=province.committee, stage=Stage.TO_REVIEW, symbol="27-KL/ĐU", abstract="Đối thoại"
    )
    ActivityFactory(unit=province.fronts[0])
    TargetFactory(unit=province.place)
    indicators()
    open_period(make_form(province), NOVEMBER, actor=None)
    return given


def test_a_specialist_works_through_the_day(page, live_server, province):
    busy(province)
    user = person(province.place, "specialist", "Lê Thị Hoài An")
    for number, words in enumerate(("Xã Tri Lễ gửi lại báo cáo tháng 10/2026", "Văn bản mới tới")):
        tell([user.pk], key=str(number), topic=Topic.REPORT, words=words, url="/bieu-mau/")
    sign_in(page, live_server, user)
    look(page, "today")
    assert_accessible(page)
    bar = page.get_by_role("group", name="Thao tác với các việc đã chọn")
    assert bar.get_by_role("button", name="Nhắc đơn vị").is_disabled()
    page.get_by_label(f"Chọn: {WORKS[0][1]}").check()
    page.get_by_label(f"Chọn: {WORKS[1][1]}").check()
    assert bar.get_by_text("Đã chọn 2").is_visible()
    bar.get_by_role("button", name="Nhắc đơn vị").click()
    page.get_by_role("button", name=re.compile("^Nhắc .* đơn vị$")).click()
    assert page.get_by_text(re.compile("Đã nhắc .* đơn vị về 2 việc.")).is_visible()
    page.goto(f"{live_server.url}/")
    page.get_by_role("link", name="Chờ xác minh").click()
    assert page.get_by_text("Chờ xác minh: 2 việc").is_visible()
    assert page.get_by_text("Quá hạn: 2 việc").count() == 0
    page.get_by_role("link", name="Thông báo: 2 chưa đọc").click()
    look(page, "notices")
    assert_accessible(page)
    page.get_by_role("link", name="Văn bản mới tới").click()
    page.get_by_role("link", name="Thông báo: 1 chưa đọc").click()
    page.get_by_role("button", name="Đánh dấu đã đọc tất cả").click()
    assert page.get_by_text("Đã đánh dấu 1 thông báo là đã đọc.").is_visible()
    page.get_by_role("link", name="Cách nhận thư").click()
    look(page, "mail-preference")
    assert_accessible(page)


def test_an_officer_on_a_phone_finds_the_report_first(page, live_server, province):
    busy(province)
    user = person(province.communes[0], "commune_officer", "Lô Văn Thắng")
    page.set_viewport_size({"width": 360, "height": 800})
    sign_in(page, live_server, user)
    first = page.locator("main a[href]:visible").first
    assert "Lập báo cáo" in first.inner_text()
    look(page, "today-officer")
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator("main a[href]:visible").first.click()
    page.get_by_role("heading", level=1, name="Báo cáo công tác dân vận").wait_for()
