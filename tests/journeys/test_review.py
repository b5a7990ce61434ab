"""The leader reads the review, is refused while a sum fails, signs it, and sees later what changed."""

import pytest
from django.core.cache import cache

from danvan.activities.services import withdraw_activity
from danvan.analytics.models import Review
from danvan.indicators.models import CubeCell
from tests.analytics.thread import TODAY, Thread
from tests.journeys.conftest import assert_accessible, look


@pytest.fixture
def thread(live_server, settings, tmp_path):
    settings.DANVAN_TODAY, settings.MEDIA_ROOT = TODAY, tmp_path
    cache.clear()
    return Thread(5)


@pytest.fixture
def page(page, live_server, client, thread):
    """The leader's own browser."""
    client.force_login(thread.leader)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def read(page, live_server, thread):
    page.goto(f"{live_server.url}/bao-cao/?don_vi={thread.place.pk}&ky=2026-Q4")


def broken(thread, by):
    cells = CubeCell.objects.filter(indicator__code="DV-02", unit=thread.place, level=1)
    cell = cells.exclude(whole=None).order_by("pk").first()
    CubeCell.objects.filter(pk=cell.pk).update(whole=cell.whole + by)


def test_a_review_is_refused_then_signed_then_compared(page, live_server, thread):
    broken(thread, 12)
    read(page, live_server, thread)
    page.get_by_role("heading", name="Chưa thể trình: 1 số liệu không khớp").wait_for()
    assert page.get_by_role("button", name="Trình, ký").is_disabled()
    page.get_by_text("Lệch 12").wait_for()
    look(page, "review-refused")
    assert_accessible(page)

    broken(thread, -12)
    read(page, live_server, thread)
    look(page, "review")
    page.get_by_role("button", name="Trình, ký").click()
    page.get_by_role("button", name="Ký báo cáo").click()
    page.get_by_text("Tính lại từ hồ sơ hôm nay, mọi số liệu vẫn như lúc ký.").wait_for()
    assert Review.objects.count() == 1

    withdraw_activity(thread.activities[0], why="Ghi nhầm", actor=None)
    page.reload()
    page.get_by_role("heading", name="Thay đổi từ khi ký").wait_for()
    page.get_by_text("Lúc ký", exact=True).wait_for()
    look(page, "review-signed")
    assert_accessible(page)
    page.get_by_role("link", name="Đã ký").click()
    page.get_by_role("heading", name="Báo cáo đã ký").wait_for()
    look(page, "reviews")
    assert_accessible(page)


def test_a_figure_opens_in_two_clicks_to_what_was_counted(page, live_server, thread):
    read(page, live_server, thread)

    page.get_by_role("article", name="Bản báo cáo").get_by_role("link", name="cuộc").first.click()
    page.get_by_role("link", name="lần").first.click()

    page.get_by_role("heading", name="lần").first.wait_for()


def test_the_printed_form_is_the_sheet_alone(page, live_server, thread):
    read(page, live_server, thread)

    page.emulate_media(media="print")

    assert page.get_by_role("article", name="Bản báo cáo").is_visible()
    for gone in ("aside", ".dv-side", ".dv-filter", ".dv-head"):
        assert not page.locator(gone).first.is_visible()
