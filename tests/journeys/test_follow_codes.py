"""From a promise to the asker's word: slips are printed, one confirms, another says "not yet", and it is closed in the open."""

import re
from datetime import date

import pytest
from django.core.cache import cache

from danvan.commitments.enums import State
from danvan.commitments.models import Commitment
from danvan.commitments.services import (
    Asking,
    add_evidence,
    claim_done,
    extend_commitments,
    issue_follow_code,
    say_not_yet,
    show_publicly,
    verify_commitment,
)
from tests.commitments.conftest import PICTURE, Ledger
from tests.journeys.conftest import EVERY_VIEW, assert_accessible, look

TODAY = date(2026, 11, 20)
PASSWORD = "Mot-mat-khau-du-dai-2026"


@pytest.fixture(autouse=True)
def _day(settings, live_server, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path
    settings.DANVAN_PORTAL_SITE = live_server.url
    cache.clear()


@pytest.fixture
def ledger(live_server):
    found = Ledger()
    for person in (found.checker, found.officer):
        person.set_password(PASSWORD)
        person.save()
    return found


@pytest.fixture
def outside(browser):
    """The phone of somebody who asked: no script, no account."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}, locale="vi-VN"
    )
    yield context
    context.close()


def sign_in(page, live_server, user):
    page.goto(f"{live_server.url}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("heading", name="Việc hôm nay").wait_for()


def opened(outside, live_server, code):
    phone = outside.new_page()
    phone.goto(f"{live_server.url}/theo-doi/")
    phone.get_by_label("Mã theo dõi").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="Xem việc đến đâu").click()
    phone.get_by_role("heading", name="Đổ bê tông đường vào bản").wait_for()
    return phone


def test_two_who_asked_answer_and_the_end_is_public(page, live_server, ledger, outside):
    one = ledger.one()
    sign_in(page, live_server, ledger.checker)
    page.goto(f"{live_server.url}/viec-phai-lam/{one.pk}/")
    page.get_by_role("link", name="Mở trang mã theo dõi").click()
    page.get_by_role("link", name="Cấp mã và in phiếu").click()
    page.get_by_label("Số phiếu").fill("2")
    page.get_by_label("Việc đã hứa, bằng lời công khai").fill("Đổ bê tông đường vào bản")
    page.get_by_label("Điều đã hỏi").fill("Đường vào bản bao giờ xong?")
    look(page, "issue-codes")
    assert_accessible(page)
    page.get_by_role("button", name="Cấp mã và mở phiếu để in").click()
    page.get_by_role("heading", name="2 phiếu theo dõi").wait_for()
    codes = page.locator(".phieu-ma").all_inner_texts()
    look(page, "slips")
    assert_accessible(page)
    assert len(set(codes)) == 2
    assert all(re.fullmatch(r"\w{3}-\w{3}-\w{4}-\w{4}", code) for code in codes)

    claim_done(one, result="Xong 1 km", actor=ledger.officer)
    first = opened(outside, live_server, codes[0])
    first.get_by_role("button", name="Đã xong, đúng như đã hứa").click()
    first.get_by_text("Cảm ơn bà con đã trả lời").wait_for()
    assert Commitment.objects.get().agreed_on == TODAY

    second = opened(outside, live_server, codes[1])
    second.get_by_label("Nếu chưa xong: còn thiếu gì?").fill("Còn 200 m chưa đổ")
    second.get_by_role("button", name="Chưa xong", exact=True).click()
    second.get_by_text("Việc được mở lại để đơn vị làm tiếp").wait_for()
    assert Commitment.objects.get().state == State.IN_PROGRESS

    page.goto(f"{live_server.url}/")
    page.get_by_text("Người hỏi: chưa xong").first.wait_for()
    page.goto(f"{live_server.url}/viec-phai-lam/{one.pk}/nguoi-hoi/")
    page.get_by_text("Còn 200 m chưa đổ").wait_for()
    look(page, "askers")
    assert_accessible(page)

    claim_done(one, result="Đổ nốt 200 m", actor=ledger.officer)
    verify_commitment(one, finding="Đã đi xem", actor=ledger.checker)
    page.goto(f"{live_server.url}/viec-phai-lam/{one.pk}/dong/")
    reason = "Đoạn 200 m cuối nằm trong đất của dự án khác, làm năm 2027"
    page.get_by_label(re.compile("Lý do")).fill(reason)
    page.get_by_role("button", name=re.compile("Đóng việc")).click()
    page.wait_for_url(re.compile(rf"/viec-phai-lam/{one.pk}/$"))
    assert Commitment.objects.get().state == State.CLOSED
    for phone, code in ((first, codes[0]), (second, codes[1])):
        phone.goto(f"{live_server.url}/theo-doi/?ma={code}")
        phone.get_by_text(reason).wait_for()
        assert phone.get_by_role("button").count() == 0


def test_the_public_pages_are_fit_to_be_looked_at(page, live_server, ledger):
    one = ledger.one()
    asking = Asking(
        "Bao giờ bà con có đường để các cháu đi học?", date(2026, 8, 10), "Bí thư Đảng ủy xã"
    )
    code = issue_follow_code([one], actor=None, asking=asking)
    other = issue_follow_code([one], actor=None)
    extend_commitments(
        [one], until=date(2027, 1, 20), words="Mưa lũ", document="12-CV/TU", actor=None
    )
    claim_done(one, result="Xong", actor=ledger.officer)
    say_not_yet(other, one, "Chưa có cọc tiêu")
    claim_done(one, result="Xong", actor=ledger.officer)
    picture = add_evidence(one, name=PICTURE[0], content=PICTURE[1], actor=None)
    show_publicly(one, words="Đã đổ bê tông 1,2 km, đặt 6 cọc tiêu", evidence=picture, actor=None)
    page.goto(f"{live_server.url}/theo-doi/")
    look(page, "follow-enter")
    assert_accessible(page, EVERY_VIEW)
    page.get_by_label("Mã theo dõi").fill("7K4")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    look(page, "follow-refused")
    assert_accessible(page, EVERY_VIEW)
    page.get_by_label("Mã theo dõi").fill(code)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Việc này đã xong thật chưa?").wait_for()
    look(page, "follow")
    assert_accessible(page, EVERY_VIEW)
    small = page.eval_on_selector_all(
        "button, input:not([type=hidden]), .fl-shown a",
        "found => found.map(one => one.getBoundingClientRect().height).filter(high => high < 44)",
    )
    assert small == []
    page.get_by_role("button", name="Chưa xong", exact=True).press("Enter")
    page.get_by_text("Bà con vui lòng ghi còn thiếu gì").wait_for()
    verify_commitment(one, finding="Đã xem", actor=ledger.checker)
    page.get_by_role("button", name="Đã xong, đúng như đã hứa").press("Enter")
    page.get_by_text("Cảm ơn bà con đã trả lời").wait_for()
    look(page, "follow-answered")
    assert_accessible(page, EVERY_VIEW)
