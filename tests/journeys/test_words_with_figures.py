"""Words whose figures follow the boxes, words of the month before taken over, an estimate: typed, sent and opened."""

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.urls import reverse

from danvan.reporting.models import Submission
from danvan.reporting.services import begin_next_version, submit_report
from tests.factories.province import make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.reporting.months import GOOD
from tests.reporting.told import Told

HARD = "Đường vào bản Cò Phạt bị sạt lở."


@pytest.fixture(autouse=True)
def _day(settings, live_server, tmp_path):
    settings.DANVAN_TODAY = date(2026, 12, 3)
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def sign_in(page, live_server, client, user):
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )


def test_a_sentence_follows_the_boxes_until_it_is_sent_and_then_opens(page, live_server, client):
    told = Told()
    before = GOOD | {"luot": "305", "nguoi": "9", "kho-khan": HARD}
    submit_report(told.october[0], answers=before, actor=None)
    sign_in(page, live_server, client, make_grant(told.province.communes[0], "commune_officer"))
    page.goto(live_server.url + reverse("reporting:entry", args=[told.first.pk]))
    for code, text in (GOOD | {"luot": "120", "nguoi": "60"}).items():
        page.locator(f"#a-{code}").fill(text)
    page.get_by_text("Có số ước tính").press("Enter")
    page.get_by_label("Số ước: Lượt người dự").check()
    page.get_by_text(
        "Với số hiện nay: Trong kỳ đã tổ chức 1 hội nghị với 120 lượt người"
    ).wait_for()
    look(page, "words-typed")
    assert_accessible(page)

    page.get_by_role("button", name="Chép lời tháng 10/2026").press("Enter")
    page.get_by_text("Chép từ tháng 10/2026").wait_for()
    assert page.locator("#a-kho-khan").input_value() == HARD
    sentence = page.locator("#a-loi")
    assert "với 120 lượt người; lũy kế từ đầu năm 425 lượt" in sentence.input_value()
    sentence.fill(sentence.input_value().replace("1 hội nghị", "2 hội nghị"))
    page.get_by_role("button", name="Lưu nháp").last.click()
    page.get_by_text("Trong lời ghi 2, còn số trong kỳ").wait_for()
    look(page, "words-written-over")
    assert_accessible(page)
    sentence = page.locator("#a-loi")
    sentence.fill(sentence.input_value().replace("2 hội nghị", "1 hội nghị"))
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text("Đã gửi báo cáo.").wait_for()

    look(page, "words-sent")
    assert_accessible(page)
    assert page.get_by_text("Giữ nguyên lời tháng 10/2026").count() == 1
    sent = Submission.objects.get(obligation=told.first)
    assert "với 120 lượt người" in sent.words["loi"]
    page.get_by_role("link", name="425 (số lũy kế từ đầu năm của Lượt người dự)").click()
    page.get_by_role("heading", name="Lượt dự").wait_for()


def test_a_pattern_is_written_with_figures_put_in_by_a_button(page, live_server, client):
    told = Told()
    draft = begin_next_version(told.form, actor=None)
    sign_in(page, live_server, client, make_grant(told.province.place, "specialist"))
    page.goto(live_server.url + reverse("reporting:design", args=[draft.pk]) + "?muc=2&cau=2#sua")
    page.get_by_label("Số để chèn").select_option("DV-03")
    page.get_by_label("Số của").select_option("luy ke")
    page.get_by_role("button", name="Chèn số vào câu mẫu").click()
    look(page, "words-designed")
    assert_accessible(page)
    assert page.get_by_label("Câu mẫu").input_value().endswith("[DV-03|lũy kế]")
