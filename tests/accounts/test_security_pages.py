"""Pages of one's own security: set up, shown once, removed only by who proved it, a second step at signing in."""

import json
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from danvan.accounts.models import User
from danvan.accounts.selectors import factors_of, has_factor
from danvan.accounts.services import create_user, renew_codes
from danvan.foundation.models import AuditEntry
from tests.accounts.factors import (
    CONFIRM,
    SECURITY,
    app_of,
    code_of,
    forget_step,
    key_ring,
    sign_in,
    with_app,
)
from tests.factories import GrantFactory

pytestmark = pytest.mark.django_db
APP, CODES, KEY = f"{SECURITY}ung-dung/", f"{SECURITY}ma-du-phong/", f"{SECURITY}khoa/"
SIGN_IN, SECOND, BY_KEY = "/tai-khoan/login/", "/tai-khoan/buoc-hai/", "/tai-khoan/khoa/"
CHANGE = "/tai-khoan/password/change/"


@pytest.fixture(autouse=True)
def required(settings, tmp_path):
    settings.DANVAN_SECOND_FACTOR = "required"
    cache.clear()
    return key_ring(settings, tmp_path)


@pytest.fixture
def an(house):
    return house.people["specialist"]


@pytest.fixture
def secured(an):
    return with_app(an)


def text(response):
    return unescape(" ".join(response.content.decode().split()))


def test_an_app_is_set_up_and_its_codes_are_shown_once(client, an, caplog):
    sign_in(client, an, password=True)
    page = text(client.get(APP))
    assert 'src="data:image/svg+xml' in page
    secret = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page).group(1).replace(" ", "")
    assert secret not in json.dumps(dict(client.session))
    wrong = client.post(APP, {"code": "1"})
    assert wrong.status_code == 422
    assert "Mã không đúng" in text(wrong)
    done = client.post(APP, {"code": code_of(secret)})
    codes = re.findall(r"<code[^>]*>(\d{4} \d{4})</code>", text(done))
    assert len(codes) == 10
    assert "no-store" in done["Cache-Control"]
    assert "totp_pending" not in client.session
    later = text(client.get(SECURITY))
    assert "Còn 10 mã" in later
    told = caplog.text + later + json.dumps(list(AuditEntry.objects.values()), default=str)
    assert not any(one in told for one in (secret, *codes, *(c.replace(" ", "") for c in codes)))
    assert client.get(SECURITY).status_code == 200  # this session goes on
    assert client.get(KEY).status_code == 200  # and the code that set it up was the proof


def test_a_code_without_its_page_sets_up_nothing(client, an):
    sign_in(client, an, password=True)
    assert client.post(APP, {"code": "123456"}).status_code == 422
    assert not has_factor(an)


def test_without_the_key_file_nothing_is_set_up_and_the_page_says_so(
    client, an, settings, tmp_path
):
    sign_in(client, an, password=True)
    client.get(APP)
    settings.DANVAN_KEYS = tmp_path / "gone" / "keys.json"
    for answer in (client.get(APP), client.post(APP, {"code": "1"})):
        assert answer["Location"] == SECURITY
    assert "chưa dùng được khóa" in text(client.get(SECURITY))
    assert client.post(CODES, follow=True).status_code == 200
    assert not has_factor(an)


def test_too_many_wrong_codes_are_held_off_while_setting_up(client, an):
    sign_in(client, an, password=True)
    client.get(APP)
    for _ in range(6):
        page = client.post(APP, {"code": "1"})
    assert "quá nhiều lần" in text(page)


def test_setting_up_asks_for_the_password_of_a_moment_ago(client, an):
    sign_in(client, an, password=True, ago=6)
    assert client.get(APP)["Location"].startswith("/tai-khoan/reauthenticate/?next=")
    assert client.post(CODES)["Location"].startswith("/tai-khoan/reauthenticate/")
    assert client.get(client.get(APP)["Location"]).status_code == 200


@pytest.mark.parametrize("stolen", ["nothing", "password", "an old factor"])
def test_a_stolen_session_removes_and_changes_nothing(client, secured, stolen):
    user, _ = secured
    old = app_of(user) if stolen == "an old factor" else None
    sign_in(client, user, password=stolen == "password", factor=old, ago=6 if old else 0)
    for path in (f"{SECURITY}{app_of(user).pk}/go/", CODES):
        assert client.post(path)["Location"].startswith(CONFIRM)
    for path in (KEY, APP):
        assert client.get(path)["Location"].startswith(CONFIRM)
    assert {one.type for one in factors_of(user)} == {"totp", "recovery_codes"}


def test_after_the_factor_it_goes_on(client, secured):
    user, secret = secured
    sign_in(client, user)
    way = client.get(KEY)["Location"]
    assert client.post(way, {"buoc2-code": code_of(secret)})["Location"] == KEY
    assert client.get(KEY).status_code == 200


def test_removing_ends_the_other_sessions_and_keeps_this_one(client, secured):
    user, _ = secured
    other = Client()
    sign_in(other, user)
    sign_in(client, user, factor=app_of(user))
    assert client.post(f"{SECURITY}{app_of(user).pk}/go/")["Location"] == SECURITY
    assert not factors_of(user).exists()
    assert client.get(SECURITY).status_code == 200
    assert other.get(SECURITY)["Location"].startswith(SIGN_IN)


def test_a_new_password_ends_the_other_sessions(client, an, django_capture_on_commit_callbacks):
    an.set_password("mot-mat-khau-cu-dai-1")
    an.save()
    other = Client()
    sign_in(other, an)
    sign_in(client, an)
    new = "mot-mat-khau-rat-dai-2026"
    said = {"oldpassword": "mot-mat-khau-cu-dai-1", "password1": new, "password2": new}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(CHANGE, said)["Location"] == "/"
    assert client.get(SECURITY).status_code == 200
    assert other.get(SECURITY).status_code == 302
    assert "vừa được đổi" in an.notifications.get().words


def test_new_codes_are_shown_once_to_who_proved(client, secured):
    user, _ = secured
    sign_in(client, user, factor=app_of(user))
    codes = re.findall(r"<code[^>]*>(\d{4} \d{4})</code>", text(client.post(CODES)))
    assert len(codes) == 10
    assert client.get(CODES).status_code == 405


def test_without_a_factor_no_codes_are_made(client, an):
    sign_in(client, an, password=True)
    assert "đi kèm" in text(client.post(CODES, follow=True))


def test_a_factor_of_somebody_else_is_not_there(client, secured, house):
    user, _ = secured
    other, _ = with_app(house.people["leader"])
    sign_in(client, other, factor=app_of(other))
    assert client.post(f"{SECURITY}{app_of(user).pk}/go/").status_code == 404
    assert client.get(f"{KEY}{app_of(user).pk}/").status_code == 404
    assert has_factor(user)


@pytest.mark.parametrize("answer", ["", "[", "{}", '"x"', "[" * 5000, '{"id": 1, "rawId": "²"}'])
def test_an_answer_that_no_key_gave_adds_none(client, an, answer):
    sign_in(client, an, password=True)
    client.get(KEY)
    response = client.post(KEY, {"name": "Máy", "credential": answer})
    assert response.status_code == 422
    assert not has_factor(an)


def test_a_passkey_gets_another_name(client, secured):
    from danvan.accounts.services import keep_passkey

    user, _ = secured
    keep_passkey(user, name="Máy", credential={"id": "a"})
    user = User.objects.get(pk=user.pk)
    key = factors_of(user).get(type="webauthn")
    sign_in(client, user, factor=app_of(user))
    assert 'value="Máy"' in text(client.get(f"{KEY}{key.pk}/"))
    assert client.post(f"{KEY}{key.pk}/", {"name": " "}).status_code == 422
    assert client.post(f"{KEY}{key.pk}/", {"name": "Máy ở nhà"})["Location"] == SECURITY


def signed_up(house):
    made = create_user(
        username="le.binh", full_name="Lê Bình", actor=None, must_change_password=False
    )
    GrantFactory(user=made.user, unit=house.commune, role="specialist")
    user, secret = with_app(made.user)
    return user, secret, {"login": "le.binh", "password": made.password}


def test_signing_in_takes_a_second_step(client, house):
    user, secret, said = signed_up(house)
    assert client.post(SIGN_IN, said)["Location"] == SECOND
    assert "_auth_user_id" not in client.session
    assert client.get("/nguoi-dung/cua-toi/").status_code == 302
    page = client.post(SECOND, {"code": "12"})
    assert "không đúng" in text(page)
    code = code_of(secret)
    assert client.post(SECOND, {"code": code}).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    again = Client()
    again.post(SIGN_IN, said)
    assert again.post(SECOND, {"code": code}).status_code == 200
    assert "_auth_user_id" not in again.session


def test_a_recovery_code_signs_in_once(client, house):
    user, _, said = signed_up(house)
    code = renew_codes(user).codes[0]
    client.post(SIGN_IN, said)
    assert client.post(SECOND, {"code": code}).status_code == 302
    again = Client()
    again.post(SIGN_IN, said)
    assert again.post(SECOND, {"code": code}).status_code == 200


def test_too_many_wrong_codes_hold_off_the_right_one(client, house):
    user, secret, said = signed_up(house)
    client.post(SIGN_IN, said)
    for _ in range(5):
        client.post(SECOND, {"code": "1"})
    client.post(SECOND, {"code": code_of(secret)})
    assert "_auth_user_id" not in client.session
    cache.clear()
    forget_step(user)
    assert client.post(SECOND, {"code": code_of(secret)}).status_code == 302


@pytest.mark.parametrize(
    "answer", ["", "[", "{}", "5", "[" * 5000, '{"response": {"userHandle": "²"}}']
)
@pytest.mark.parametrize("path", [SECOND, BY_KEY])
def test_an_answer_that_no_key_gave_signs_nobody_in(client, house, path, answer):
    _, _, said = signed_up(house)
    client.post(SIGN_IN, said)
    client.get(BY_KEY, headers={"Accept": "application/json"})
    assert client.post(path, {"credential": answer}).status_code in {200, 302}
    assert "_auth_user_id" not in client.session


def test_at_sign_in_a_missing_key_file_is_said(client, house, settings, tmp_path):
    _, secret, said = signed_up(house)
    client.post(SIGN_IN, said)
    settings.DANVAN_KEYS = tmp_path / "gone" / "keys.json"
    page = client.post(SECOND, {"code": code_of(secret)})
    assert page.status_code == 200
    assert "chưa dùng được khóa" in text(page)
    assert "_auth_user_id" not in client.session


def test_the_page_of_a_person_tells_whether_they_have_a_factor(client, house, secured):
    user, _ = secured
    admin, _ = with_app(house.people["admin"])
    sign_in(client, admin)
    assert "Đã cài" in text(client.get(f"/nguoi-dung/{user.pk}/"))


def test_an_administrator_takes_lost_factors_away(client, house, secured, settings):
    settings.DANVAN_SECOND_FACTOR = "offered"
    user, _ = secured
    gone = Client()
    sign_in(gone, user)
    sign_in(client, house.people["admin"])
    path = f"/nguoi-dung/{user.pk}/go-xac-thuc/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"reason": "mất"}).status_code == 422
    assert has_factor(user)
    said = {"reason": "Mất điện thoại, đã gặp trực tiếp để xác minh"}
    page = client.post(path, said, follow=True)
    assert "phải cài lại" in text(page)
    assert "đã gặp trực tiếp" in text(page)
    assert not has_factor(user)
    assert gone.get(SECURITY).status_code == 302
