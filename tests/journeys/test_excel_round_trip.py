"""A workbook with three faults comes back marked cell by cell, is mended in the very file, and goes in as the report."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.urls import reverse
from openpyxl import load_workbook

from danvan.indicators.models import Value
from danvan.reporting.models import Submission
from tests.factories.province import make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.hands import signed_in
from tests.reporting.months import GOOD, TODAY, Month
from tests.reporting.workbooks import address_of, typed

FAULTS = {  # of the wrong kind, a part larger than its whole, a formula that has no result
    "doi-thoai": ("mười hai", "không phải là một số"),
    "nguoi": ("5000", "không thể lớn hơn"),
    "y-kien": ("#DIV/0!", "báo lỗi #DIV/0!"),
}


@pytest.fixture
def month(settings, live_server, tmp_path):
    settings.DANVAN_TODAY, settings.MEDIA_ROOT = TODAY, tmp_path
    cache.clear()
    return Month(communes=1)


def taken(page, name):
    """What a link hands over."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value.path().read_bytes()


def hand_in(page, content):
    """Choose a workbook and have it read."""
    page.locator("input[type=file]").set_input_files(
        {
            "name": "thang-11.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": content,
        }
    )
    page.get_by_role("button", name="Đọc vào bản nháp").click()


def test_three_planted_faults_are_told_mended_in_the_marked_sheet_and_sent(
    page, live_server, client, month
):
    signed_in(page, live_server, client, make_grant(month.province.communes[0], "commune_officer"))
    hand_in_page = live_server.url + reverse("reporting:hand-in", args=[month.first.pk])
    page.goto(hand_in_page)
    blank = taken(page, "Tải tệp mẫu")
    planted = {code: said for code, (said, _) in FAULTS.items()}

    hand_in(page, typed(blank, GOOD | planted))

    page.get_by_text("Tệp có 3 chỗ cần sửa nên chưa ghi gì vào bản nháp.").wait_for()
    table = page.get_by_label("Các ô cần sửa").last
    for code, (_, words) in FAULTS.items():
        row = table.locator("tr", has_text=f", {address_of(blank, code)}")
        assert words in row.inner_text()
    look(page, "sheet-faults")
    assert_accessible(page)
    marked = taken(page, "Tải tệp đã đánh dấu lỗi")
    cells = load_workbook(BytesIO(marked))["Báo cáo"]
    for code, (_, words) in FAULTS.items():
        assert words in cells[address_of(blank, code)].comment.text
    assert not Submission.objects.exists()

    page.goto(hand_in_page)
    hand_in(page, typed(marked, {code: GOOD[code] for code in FAULTS}))
    page.get_by_text("Đã đọc tệp vào bản nháp; chưa gửi gì cho cấp trên.").wait_for()
    page.get_by_role("link", name="Xem lại trên biểu").click()
    assert page.locator("#a-luot").input_value() == GOOD["luot"]
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text("Bản 1, gửi ").wait_for()
    assert Value.objects.current().get(indicator__code="DV-01").amount == 1
