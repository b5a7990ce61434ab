"""A duty that comes back is given without a script, its turns are seen, changed and ended; what is late is followed."""

from datetime import date

import pytest

from danvan.commitments.services import Assignment, assign_commitments
from tests.factories.law import make_parameters
from tests.factories.province import Province
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_today import person, sign_in

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _day(settings, live_server, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


def test_a_duty_that_comes_back_is_given_seen_and_ended(page, live_server):
    province = Province()
    make_parameters()
    works = [Assignment(lead.pk, "Đổ bê tông đường bản Khe Rạn", "Biên bản", due)
             for lead in province.fronts[:2] for due in (date(2026, 11, 1), date(2026, 11, 25))]  # fmt: skip
    assign_commitments(works, assigner=province.front, actor=None, assigned_on=date(2026, 8, 14))
    sign_in(page, live_server, person(province.front, "specialist", "Nguyễn Hải Yến"))
    page.goto(f"{live_server.url}/viec-phai-lam/giao/")
    page.get_by_role("textbox", name="Việc phải làm").fill("Báo cáo tình hình nhân dân")
    page.locator("#id_product").fill("Báo cáo")
    page.locator("#id_lead").fill("Ủy ban MTTQ Việt Nam Xã Môn Sơn")
    page.locator("#id_due_on").fill("30/11/2026")
    page.locator("#id_every").select_option("month")
    look(page, "assign-recurring")
    page.get_by_role("button", name="Giao việc").click()
    assert page.get_by_text("Lượt sau: hạn 30/12/2026, mở ngày 30/11/2026").is_visible()
    look(page, "series")
    assert_accessible(page)
    page.get_by_role("link", name="Lượt 1").click()
    page.get_by_text("Hạn tính từng bước").click()
    look(page, "turn")
    page.goto(f"{live_server.url}/viec-phai-lam/dinh-ky/")
    look(page, "series-list")
    page.get_by_role("link", name="Báo cáo tình hình nhân dân").click()
    page.get_by_role("link", name="Đổi từ lượt sau").click()
    look(page, "change-series")
    page.get_by_role("link", name="Thôi", exact=True).click()
    page.get_by_role("link", name="Thôi lặp lại").click()
    page.locator("#id_words").fill("Bớt báo cáo")
    page.get_by_role("button", name="Ghi lại").click()
    assert page.get_by_text("Không còn lượt sau").is_visible()
    page.goto(f"{live_server.url}/viec-phai-lam/danh-sach-theo-doi/")
    look(page, "following-lists")
    assert_accessible(page)
    assert "1" in page.get_by_role("row", name="Tôi đã giao").first.inner_text()
    page.get_by_role("row", name="Đơn vị tôi giao").first.get_by_role(
        "link", name="2", exact=True
    ).last.click()
    assert page.get_by_text("Đổ bê tông đường bản Khe Rạn").first.is_visible()
