"""A figure far from the usual is warned of while it is typed, explained beside the box, sent, and read by the approver."""

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.urls import reverse

from tests.factories.province import make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.reporting.ruled import USUAL, RuledMonth

TODAY = date(2026, 12, 3)


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


def test_an_unusual_figure_is_explained_where_it_is_typed(page, live_server, client):
    month = RuledMonth()
    sign_in(page, live_server, client, make_grant(month.province.communes[0], "commune_officer"))
    page.goto(live_server.url + reverse("reporting:entry", args=[month.first.pk]))
    for code, text in (USUAL | {"luot": "412", "ty-dong": "1.5", "cach-lam": ""}).items():
        page.locator(f"#a-{code}").fill(text)
    page.get_by_text("kỳ này 412").wait_for()
    look(page, "entry-warned")
    assert_accessible(page)

    page.get_by_role("button", name="1,5 cho Tiền Nhân dân góp").click()
    page.get_by_text("Đã lưu nháp.").wait_for()
    assert page.locator("#a-ty-dong").input_value() == "1,5"
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_text("Đồng chí vui lòng ghi lý do, hoặc sửa số.").wait_for()
    look(page, "entry-asked")
    page.get_by_label("Lý do").fill("Đối thoại chung ba bản, hai buổi.")
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_role("heading", name="Xem lại trước khi gửi").wait_for()
    assert_accessible(page)
    look(page, "entry-review-warned")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text("Đã gửi báo cáo.").wait_for()

    sign_in(page, live_server, client, make_grant(month.province.place, "specialist"))
    page.goto(live_server.url + reverse("reporting:report", args=[month.first.pk]))
    assert page.get_by_text("Đối thoại chung ba bản, hai buổi.").is_visible()
    assert page.get_by_text("1 cảnh báo có lý do").is_visible()
    assert_accessible(page)
    look(page, "report-warned")
