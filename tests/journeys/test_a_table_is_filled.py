"""A section laid out as a table: filled by keyboard row by row, stacked on a phone, returned by the cell, read as sent."""

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.urls import reverse

from danvan.foundation.periods import Period
from danvan.indicators.services import define_indicator
from danvan.reporting.rules import Rule
from danvan.reporting.services import NewItem, NewSection, open_period, submit_report
from tests.factories.province import Province, make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.reporting.laid import FILLED, LaidMonth
from tests.reporting.months import NOVEMBER, make_form

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
    assert page.get_by_role("textbox", name="Ngày hội: Nữ").input_value() == "120"
    assert page.get_by_text("Đã trả lời 7/7").is_visible()
    look(page, "table-entry")
    assert_accessible(page)

    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_role("heading", name="Xem lại trước khi gửi").wait_for()
    look(page, "table-review")
    assert_accessible(page)
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text("Đã gửi báo cáo.").wait_for()
    page.goto(live_server.url + reverse("reporting:paper", args=[month.rural.pk]))
    look(page, "table-paper")

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
    page.get_by_role("link", name="Chọn chỉ số cho các ô của bảng Tập huấn").click()
    page.get_by_label("Lớp: Số lượng").fill("HD-02")
    page.get_by_role("button", name="Lưu các ô").click()
    page.get_by_text("Chỉ số HD-02 đã được hỏi ở câu “Tổ dân phố tự quản”.").wait_for()
    look(page, "table-cells")
    assert_accessible(page)

    page.get_by_role("link", name="Xã", exact=True).click()
    assert page.locator(".dv-phone").get_by_text("Đô thị").count() == 0
    page.locator(".dv-phone").get_by_text("Hội nghị").wait_for()
    page.get_by_role("link", name="Xem trước").click()
    page.get_by_role("link", name="Phường", exact=True).click()
    assert page.locator(".dv-phone").get_by_text("Đô thị").is_visible()
    look(page, "table-preview")
    assert_accessible(page)


def test_the_widest_table_with_all_that_stands_beside_its_boxes_needs_no_sideways_scrolling(
    page, live_server, client
):
    province = Province(1)
    columns = [
        "Số cuộc",
        "Lượt người dự",
        "Người",
        "Nam",
        "Nữ",
        "Dân tộc thiểu số",
        "Tôn giáo",
        "Cộng",
    ]
    for number in range(len(columns)):
        define_indicator(
            code=f"R-{number}", name=columns[number], unit_label="người", definition="Đếm.",
            kind="flow", actor=None, valid_from=date(2025, 1, 1),
        )  # fmt: skip
    cells = [
        NewItem(f"c{column}", f"Hội nghị: {name}", f"R-{column}", row=0, column=column)
        for column, name in enumerate(columns)
    ]
    section = NewSection("Hoạt động", cells, rows=["Hội nghị tuyên truyền"], columns=columns)
    rule = Rule("nhieu", "Nhiều", "Số nữ {so} cao hơn thường lệ.", {"<=": [{"item": "c4"}, 4500]}, ("c4",),
                figures={"so": {"item": "c4"}})  # fmt: skip
    form = make_form(province, sections=[section], valid_from=date(2025, 1, 1), rules=[rule])
    for month in ("2025-11", "2026-10"):
        [before] = open_period(form, Period.parse(month), actor=None)
        submit_report(
            before, answers={f"c{n}": f"{n}.234" for n in range(1, 8)} | {"c0": "12"}, actor=None
        )
    [owed] = open_period(form, NOVEMBER, actor=None)
    sign_in(page, live_server, client, make_grant(province.communes[0], "commune_officer"))
    page.goto(live_server.url + reverse("reporting:entry", args=[owed.pk]))
    for number in range(8):
        page.locator(f"#a-c{number}").fill("1,234.5" if number == 3 else f"{number}.567")
    page.get_by_text("Tháng trước: 1.234", exact=True).wait_for()
    page.get_by_text("Hội nghị: Nữ. Số nữ 4.567 cao hơn thường lệ.").wait_for()
    page.get_by_label("Lý do").fill("Tháng có ngày 20/10.")
    page.get_by_text("Lũy kế năm: 2.801").wait_for()
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã lưu nháp.").wait_for()
    look(page, "table-wide")
    assert_accessible(page)
