"""Three readings in the browser: the switch, the break drawn, re-based figures with what they were, without scripts too."""

import pytest
from django.core.cache import cache

from tests.desk.merged import TODAY, Merged
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_board import as_user


@pytest.fixture(autouse=True)
def _a_day(settings, live_server, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def merged(live_server):
    return Merged()


def test_a_break_is_drawn_then_and_gone_once_re_based(page, live_server, client, merged):
    as_user(page.context, client, live_server, merged.leader)
    page.goto(f"{live_server.url}/bang-dieu-hanh/?chi_so=DV-01&ban_do=so-DV-01")
    page.locator(".dv-chart .is-break").first.wait_for(state="attached")
    assert page.locator(".dv-chart .is-break").count() == 2
    look(page, "board-then")
    page.get_by_text("Xem bảng số liệu").click()
    assert_accessible(page)
    page.get_by_role("link", name="Như hôm nay").click()
    page.get_by_text("Đọc như hôm nay: mọi tháng theo các đơn vị ngày 20/12/2026").wait_for()
    assert page.locator(".dv-chart .is-break").count() == 0
    page.goto(
        f"{live_server.url}/bang-dieu-hanh/?chi_so=DV-01&doc=hom-nay&don_vi={merged.second.pk}"
    )
    look(page, "board-today-rebased")
    page.get_by_text("Xem bảng số liệu").click()
    assert_accessible(page)


def test_a_re_based_figure_is_fit_to_be_looked_at(page, live_server, client, merged):
    as_user(page.context, client, live_server, merged.leader)
    so = f"{live_server.url}/so/?chi_so=DV-01&ky=2026&doc=hom-nay"
    page.goto(so)
    look(page, "number-today")
    assert_accessible(page)
    page.get_by_role("link", name="Xã Huồi Tụ", exact=True).first.click()
    page.get_by_role("heading", name="Gồm số của các đơn vị trước sắp xếp").wait_for()
    look(page, "number-rebased")
    assert_accessible(page)
    page.goto(f"{live_server.url}/so/?chi_so=DV-01&ky=2026&sap_xep=so")
    page.get_by_text("Danh sách vẫn xếp theo tên.").wait_for()
    look(page, "number-unordered")
    assert_accessible(page)
    page.goto(f"{live_server.url}/so/?ky=2026&doc=hom-nay&don_vi={merged.old[0].pk}")
    look(page, "number-gone")
    assert_accessible(page)


def test_a_day_is_chosen_without_a_script(browser, live_server, client, merged):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    as_user(context, client, live_server, merged.leader)
    page = context.new_page()
    page.goto(f"{live_server.url}/so/?chi_so=DV-01&ky=2026")
    page.locator("summary[aria-label='Đọc tại một ngày khác']").click()
    page.get_by_label("Đọc theo đơn vị của ngày").fill("30/06/2026")
    page.get_by_role("button", name="Đọc tại ngày này").click()
    page.get_by_text("Cây địa bàn, đọc tại ngày 30/06/2026").wait_for()
    assert page.get_by_text("46,5").count() > 0
    page.get_by_role("link", name="Xã Môn Sơn", exact=True).first.click()
    page.get_by_text("Cộng").first.wait_for()
    context.close()
