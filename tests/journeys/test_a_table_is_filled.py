"""A section laid out as a table: filled by keyboard row by row, stacked on a phone, returned by the cell, read as sent."""

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.urls import reverse

from tests.factories.province import make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.reporting.laid import FILLED, LaidMonth

TODAY = date(2026, 12, 3)
ORDER = ["hop", "hn-cuoc", "hn-nam", "hn-nu", "nh-cuoc", "nh-nam", "nh-nu"]


@pytest.fixture(autouse=True)
def _day(settings, live_server, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def sign_in(page, live_server, client, user):
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )


def test_a_table_is_filled_by_keyboard_returned_by_the_cell_and_read(page, live_server, client):
    month = LaidMonth()
    sign_in(page, live_server, client, make_grant(month.province.communes[0], "commune_officer"))
    page.goto(live_server.url + reverse("reporting:entry", args=[month.rural.pk]))
    assert page.get_by_text("Đô thị").count() == 0
    page.locator("#a-hop").focus()
    for code in ORDER:
        assert page.evaluate("() => document.activeElement.id") == f"a-{code}"
        page.keyboard.type(FILLED[code])
        page.keyboard.press("Tab")
        if code == "hop":
            page.keyboard.press("Tab")  # past the box for "Không phát sinh" of the table
    page.get_by_text("20 + 30 = 50").wait_for()
    assert page.get_by_label("Ngày hội: Nữ").input_value() == "120"
    assert page.get_by_text("Đã trả lời 7/7").is_visible()
    look(page, "table-entry")
    assert_accessible(page)

    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_role("heading", name="Xem lại trước khi gửi").wait_for()
    look(page, "table-review")
    assert_accessible(page)
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text("Đã gửi báo cáo.").wait_for()

    sign_in(page, live_server, client, make_grant(month.province.place, "specialist"))
    page.goto(live_server.url + reverse("reporting:report", args=[month.rural.pk]))
    page.locator("summary", has_text="Ghi ý kiến: Ngày hội: Nam").click()
    page.get_by_label("Ý kiến về: Ngày hội: Nam").fill("Sổ ghi 80 nam.")
    look(page, "table-report")
    assert_accessible(page)
    page.get_by_role("button", name="Trả lại để sửa").click()
    page.get_by_text("Sổ ghi 80 nam.").first.wait_for()
    month.rural.refresh_from_db()
    assert month.rural.standing == "returned"


def test_a_table_is_written_by_typing_its_rows_and_columns_and_seen_as_a_ward(
    page, live_server, client
):
    month = LaidMonth()
    sign_in(page, live_server, client, make_grant(month.province.place, "specialist"))
    page.goto(live_server.url + reverse("reporting:manage"))
    page.get_by_role("button", name="Soạn phiên bản mới của BM-05").click()
    page.locator("summary", has_text="Thêm bảng").click()
    look(page, "table-design")
    assert_accessible(page)
    page.locator("#bang-moi").get_by_label("Tên mục").fill("Tập huấn")
    page.locator("#bang-moi").get_by_label("Các dòng").fill("Lớp\nBuổi")
    page.locator("#bang-moi").get_by_label("Các cột").fill("Số lượng")
    page.get_by_role("button", name="Thêm bảng").click()
    page.get_by_role("link", name="Chọn chỉ tiêu cho các ô của bảng Tập huấn").click()
    page.get_by_label("Lớp: Số lượng").fill("HD-02")
    page.get_by_role("button", name="Lưu các ô").click()
    page.get_by_text("Chỉ tiêu HD-02 đã được hỏi ở câu “Tổ dân phố tự quản”.").wait_for()
    look(page, "table-cells")
    assert_accessible(page)

    page.get_by_role("link", name="Xã", exact=True).click()
    assert page.locator(".dv-phone").get_by_text("Đô thị").count() == 0
    assert page.locator(".dv-phone").get_by_text("Hội nghị").is_visible()
    page.get_by_role("link", name="Xem trước").click()
    page.get_by_role("link", name="Phường", exact=True).click()
    assert page.locator(".dv-phone").get_by_text("Đô thị").is_visible()
    look(page, "table-preview")
    assert_accessible(page)
