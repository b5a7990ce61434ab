"""A figure corrected after the lock: both vintages stay readable, the signed summary untouched, the difference is told."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse

from danvan.analytics.selectors import summary_of
from danvan.analytics.services import sign_review
from danvan.indicators.services import recompute_dirty
from danvan.organisations.enums import Kind
from danvan.reporting.services import accept_report, lock_period, submit_report
from tests.factories.province import make_grant, make_organisation, make_user
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.hands import signed_in
from tests.reporting.months import GOOD, NOVEMBER, TODAY, Month


class Signed:
    """November locked in two communes, and the summary of the month signed over it the day before today."""

    def __init__(self):
        self.month = Month(communes=2)
        province = self.month.province
        make_organisation(
            province.place, Kind.ADVISORY_BOARD, name="Ban Tuyên giáo và Dân vận Tỉnh ủy",
            above=province.committee,
        )  # fmt: skip
        self.leader = make_grant(province.place, "leader", user=make_user("Hoàng Thị Yến"))
        self.officer = make_grant(
            province.communes[0], "commune_officer", user=make_user("Lô Thị Mai")
        )
        for owed in self.month.owed:
            submit_report(owed, answers=GOOD, actor=self.officer)
            owed.refresh_from_db()
            accept_report(owed, actor=self.leader)
        lock_period(self.month.form, NOVEMBER, actor=self.leader)
        while recompute_dirty():
            pass
        self.review = sign_review(province.place.pk, NOVEMBER, actor=self.leader)


@pytest.fixture
def signed(settings, live_server, tmp_path):
    settings.DANVAN_TODAY, settings.MEDIA_ROOT = TODAY, tmp_path
    cache.clear()
    with override_settings(DANVAN_TODAY=TODAY - timedelta(days=1)):
        return Signed()


def test_a_correction_after_the_lock_leaves_the_signed_summary_as_it_was(
    page, live_server, client, signed
):
    url = live_server.url
    owed = signed.month.first
    report, entry, differences = (
        url + reverse(f"reporting:{name}", args=[owed.pk])
        for name in ("report", "entry", "differences")
    )
    before = {one.key: one.text for one in summary_of(signed.review).figures}

    signed_in(page, live_server, client, signed.leader)
    page.goto(report)
    page.get_by_text("Số liệu đã chốt. Mở lại báo cáo này").click()
    page.get_by_label("Lý do mở lại").fill("Đếm trùng bản Cò Phạt.")
    page.get_by_role("button", name="Mở lại để đơn vị sửa").click()
    page.get_by_text("Đã mở lại báo cáo để đơn vị sửa.").wait_for()

    signed_in(page, live_server, client, signed.officer)
    page.goto(entry)
    page.locator("#a-luot").fill("1.000")
    page.locator("#a-cach-lam").fill("Tổ tự quản bản Khe Rạn góp công mở đường.")
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text(", thay bản 1;").wait_for()
    while recompute_dirty():
        pass

    page.goto(differences)
    page.get_by_text("2 câu đổi, 8 câu như cũ").wait_for()
    assert page.get_by_text("Mở lại sau khi chốt").is_visible()
    assert page.locator("del").inner_text() == "bỏ: Cò Phạt"
    assert page.locator("ins").inner_text() == "thêm: Khe Rạn"
    look(page, "differences")
    assert_accessible(page)
    for vintage, figure in (("1", "1.412"), ("2", "1.000")):
        page.goto(f"{report}?ban={vintage}")
        row = page.locator("tr", has_text="Lượt người dự").first
        assert row.locator("td").first.inner_text().startswith(figure)

    signed_in(page, live_server, client, signed.leader)
    page.goto(url + reverse("desk:review", args=[signed.review.pk]))
    page.get_by_text("Số liệu đã đổi sau khi ký").wait_for()
    assert "2.824 lượt" in page.get_by_role("article", name="Bản báo cáo").inner_text()
    assert {one.key: one.text for one in summary_of(signed.review).figures} == before
    page.locator("tr", has_text="2.824").get_by_role("link", name="ai đã sửa").first.click()
    page.get_by_role("heading", name="Số liệu đã thay đổi từ ngày 02/12/2026").wait_for()
    look(page, "number-changes")
    assert_accessible(page)
    line = page.locator("tr", has_text="Xã Môn Sơn")
    for words in ("1.412", "1.000", "-412", "Lô Thị Mai", "Hoàng Thị Yến: Đếm trùng bản Cò Phạt."):
        assert words in line.inner_text()
    line.get_by_role("link", name="Mở lại sau khi chốt, gửi lại").click()
    page.get_by_text("2 câu đổi, 8 câu như cũ").wait_for()
