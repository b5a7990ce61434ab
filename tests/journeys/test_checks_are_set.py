"""A specialist sets a check of the next version, sees what it would have stopped, loosens it, publishes."""

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.urls import reverse

from danvan.reporting.models import Form
from danvan.reporting.selectors import rules_of
from danvan.reporting.services import begin_next_version
from tests.factories.province import make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.reporting.months import TODAY
from tests.reporting.ruled import RuledMonth


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


def test_a_check_is_set_tried_loosened_and_published(page, live_server, client):
    month = RuledMonth()
    draft = begin_next_version(month.form, actor=None)
    sign_in(page, live_server, client, make_grant(month.province.place, "specialist"))

    page.goto(live_server.url + reverse("reporting:design", args=[draft.pk]))
    page.get_by_role("link", name="Đặt kiểm tra").click()
    look(page, "checks")
    page.get_by_role("link", name="Khoảng giá trị").click()
    page.get_by_label("Câu hỏi").select_option(label="Ý kiến nhận được")
    page.get_by_label("Số lớn nhất").fill("3")
    page.get_by_label("Số nhỏ nhất").fill("5")
    page.get_by_role("button", name="Lưu kiểm tra").click()
    assert page.get_by_text("Số lớn nhất (3) nhỏ hơn số nhỏ nhất (5).").is_visible()
    look(page, "check-refused")
    page.get_by_label("Số nhỏ nhất").fill("")
    page.get_by_label("Cảnh báo: ghi lý do thì gửi được").check()
    page.get_by_role("button", name="Lưu kiểm tra").click()
    assert page.get_by_text("“Ý kiến nhận được” nhiều nhất 3.").is_visible()

    page.get_by_role("link", name="Thử trên các báo cáo đã gửi").click()
    assert page.get_by_text("7 báo cáo sẽ bị nhắc").is_visible()
    page.get_by_text("Danh sách các báo cáo ấy").click()
    look(page, "checks-tried")
    assert_accessible(page)
    page.get_by_role("link", name="Kiểm tra của BM-02").click()
    page.get_by_role("link", name="Sửa Trong khoảng: ý kiến nhận được").click()
    page.get_by_label("Số lớn nhất").fill("1.500")
    page.get_by_role("button", name="Lưu kiểm tra").click()
    assert page.get_by_text("“Ý kiến nhận được” nhiều nhất 1.500.").is_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Về bản soạn").click()
    look(page, "designer-with-checks")
    page.get_by_label("Áp dụng từ ngày").fill("01/01/2027")
    page.get_by_role("button", name="Ban hành").click()
    page.get_by_text("Đã ban hành BM-02, phiên bản 2.").wait_for()

    form = Form.objects.get(code="BM-02", number=2)
    assert form.valid_from == date(2027, 1, 1)
    made = rules_of(form.pk)[-1]
    assert (made.code, made.blocks, made.message) == (
        "khoang-y-kien",
        False,
        "Số này phải nhiều nhất {den}, đang ghi {so}.",
    )

    page.goto(live_server.url + reverse("reporting:form-rules", args=[form.pk]))
    look(page, "checks-of-a-form")
