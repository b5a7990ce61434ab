"""An administrator sets up an app and a passkey, signs in by them, and opens and closes an elevated session."""

import re

import pytest
from django.core.cache import cache

from danvan.accounts.models import ElevatedRequest
from danvan.accounts.services import create_user
from tests.accounts.factors import SECURITY, WHY, code_of, key_ring
from tests.factories import GrantFactory
from tests.factories.province import Province
from tests.journeys.conftest import assert_accessible, look

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _required(settings, live_server, tmp_path):
    settings.DANVAN_SECOND_FACTOR = "required"
    key_ring(settings, tmp_path)
    cache.clear()


@pytest.fixture
def made(live_server):
    one = create_user(
        username="tran.an", full_name="Trần Thị An", actor=None, must_change_password=False
    )
    GrantFactory(user=one.user, unit=Province().place, role="administrator")
    return one


def with_keys(page):
    """The browser as on a machine that keeps passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def sign_in(page, made):
    page.get_by_label("Tên đăng nhập").fill(made.user.username)
    page.get_by_label("Mật khẩu").fill(made.password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def sign_out(page, live_server):
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/tai-khoan/login/")


def test_an_app_and_a_passkey_from_setting_up_to_an_elevated_session(page, live_server, made):
    with_keys(page)
    page.goto(f"{live_server.url}/nguoi-dung/them/")
    look(page, "factor-sign-in")
    sign_in(page, made)
    page.get_by_text("Việc “cấp quyền cho người dùng” cần xác thực hai bước").wait_for()
    look(page, "factor-security-empty")
    assert_accessible(page)

    page.get_by_role("link", name="Cài ứng dụng xác thực").click()
    look(page, "factor-app")
    assert_accessible(page)
    secret = page.locator("code.dv-code").inner_text().replace(" ", "")
    page.get_by_label("Mã 6 số đang hiện trong ứng dụng").fill(code_of(secret))
    page.get_by_role("button", name="Cài xong").click()
    page.get_by_text("Mã chỉ hiện lần này").wait_for()
    assert page.locator(".dv-codes code").count() == 10
    look(page, "factor-codes")
    assert_accessible(page)
    page.get_by_role("link", name="Tôi đã cất mã").click()

    page.get_by_role("link", name="Thêm khóa").click()
    page.get_by_label("Tên khóa").fill("Máy ở cơ quan")
    look(page, "factor-key")
    assert_accessible(page)
    page.get_by_role("button", name="Tạo khóa").click()
    page.get_by_text("Đã thêm khóa.").wait_for()
    page.get_by_role("rowheader", name="Máy ở cơ quan").wait_for()
    look(page, "factor-security")
    assert_accessible(page)
    page.get_by_role("link", name="Đổi tên khóa Máy ở cơ quan").click()
    page.get_by_label("Tên khóa").fill("Máy tính để bàn")
    page.get_by_role("button", name="Đổi tên").click()
    page.get_by_role("rowheader", name="Máy tính để bàn").wait_for()

    sign_out(page, live_server)
    sign_in(page, made)
    page.get_by_role("heading", name="Bước xác thực thứ hai").wait_for()
    look(page, "factor-second")
    assert_accessible(page)
    page.get_by_role("button", name="Dùng khóa").click()
    page.wait_for_url(re.compile(rf"^{live_server.url}/(?!tai-khoan)"))

    sign_out(page, live_server)
    page.get_by_role("button", name="Đăng nhập bằng khóa").click()
    page.wait_for_url(re.compile(rf"^{live_server.url}/(?!tai-khoan)"))

    page.goto(f"{live_server.url}/nguoi-dung/them/")
    page.get_by_role("heading", name="Xác nhận thêm một bước").wait_for()
    page.get_by_label("Lý do mở phiên quản trị").fill(WHY)
    look(page, "factor-elevate")
    assert_accessible(page)
    page.get_by_role("button", name="Mở phiên quản trị").click()
    page.get_by_label("Tên đăng nhập").wait_for()
    page.get_by_role("region", name="Phiên quản trị đang mở").get_by_text(WHY).wait_for()
    look(page, "factor-bar")
    assert_accessible(page)

    page.goto(f"{live_server.url}/nhat-ky/phien-quan-tri/")
    page.get_by_text("accounts:create").first.wait_for()
    look(page, "factor-log")
    assert_accessible(page)
    page.get_by_role("button", name="Đóng phiên").click()
    page.get_by_text("Đã đóng phiên quản trị.").wait_for()
    assert page.get_by_role("region", name="Phiên quản trị đang mở").count() == 0
    assert ElevatedRequest.objects.filter(route="accounts:create").exists()


def test_a_form_sent_too_late_goes_on_with_the_passkey(page, live_server, made):
    with_keys(page)
    page.goto(f"{live_server.url}{SECURITY}khoa/")
    sign_in(page, made)
    page.get_by_label("Tên khóa").fill("Máy")
    page.get_by_role("button", name="Tạo khóa").click()
    page.get_by_role("link", name="Tôi đã cất mã").click()
    sign_out(page, live_server)
    page.get_by_role("button", name="Đăng nhập bằng khóa").click()
    page.wait_for_url(re.compile(rf"^{live_server.url}/(?!tai-khoan)"))
    page.goto(f"{live_server.url}/nguoi-dung/them/")
    page.get_by_label("Lý do mở phiên quản trị").fill(WHY)
    page.get_by_role("button", name="Mở phiên quản trị").click()
    page.get_by_label("Họ và tên").fill("Lê Văn Bình")
    page.get_by_label("Tên đăng nhập").fill("le.binh")

    forget_proof(page)
    page.get_by_role("button", name="Tạo").first.click()
    page.get_by_text("vẫn giữ ở trang này").wait_for()
    look(page, "factor-kept")
    assert_accessible(page)
    page.get_by_label("Lý do mở phiên quản trị").fill(WHY)
    page.get_by_role("button", name="Dùng khóa").click()
    page.get_by_role("heading", name="Đã tạo tài khoản của Lê Văn Bình").wait_for()


def forget_proof(page):
    """As if the minutes were over: what the session of this browser proved is gone."""
    from importlib import import_module

    from django.conf import settings

    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    store.pop("account_authentication_methods", None)
    store.pop("elevated", None)
    store.save()
