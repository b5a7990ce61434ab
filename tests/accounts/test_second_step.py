"""What an act asks for beyond the right to it: a fresh second factor; what was typed stays with who typed it."""

import re
from html import unescape

import pytest
from django.core.cache import cache

from danvan.accounts.access import second_factor_seen, second_factor_stands
from danvan.accounts.models import ElevatedSession, Grant, User
from danvan.accounts.roles import ACTIONS, GUARDED, ROLES, Guard
from danvan.accounts.selectors import factors_of, guard_of, guarded_of
from danvan.accounts.services import open_elevated, renew_codes
from tests.accounts.factors import (
    CONFIRM,
    SECURITY,
    WHY,
    app_of,
    code_of,
    key_ring,
    sign_in,
    with_app,
)
from tests.factories import GrantFactory

pytestmark = pytest.mark.django_db
CREATE = "/nguoi-dung/them/"
NEW = {"full_name": "Trần Thị An", "username": "tran.an", "position": "", "email": ""}


@pytest.fixture(autouse=True)
def required(settings, tmp_path):
    settings.DANVAN_SECOND_FACTOR = "required"
    cache.clear()
    return key_ring(settings, tmp_path)


@pytest.fixture
def admin(house):
    return with_app(house.people["admin"])


def text(response):
    return unescape(" ".join(response.content.decode().split()))


def elevated(client, user):
    session = client.session
    session["elevated"] = open_elevated(user, reason=WHY, minutes=30).pk
    session.save()


def made():
    return User.objects.filter(username="tran.an").exists()


def test_every_guarded_action_is_one_that_some_role_has():
    assert set(GUARDED) <= set(ACTIONS)
    assert set(GUARDED) <= frozenset().union(*ROLES.values())


def test_off_is_said_plainly(settings):
    assert second_factor_stands() is True
    assert second_factor_seen()[1] == "bắt buộc"
    settings.DANVAN_SECOND_FACTOR = "offered"
    assert second_factor_stands() is False
    assert "đang tắt" in second_factor_seen()[2]


def test_where_it_is_only_offered_nothing_is_asked(client, house, settings):
    settings.DANVAN_SECOND_FACTOR = "offered"
    sign_in(client, house.people["admin"])
    assert client.get(CREATE).status_code == 200
    assert "chưa bắt buộc" in text(client.get(SECURITY))


def test_an_elevated_session_is_asked_only_of_who_is_nothing_but_an_administrator(house):
    admin, specialist = house.people["admin"], house.people["specialist"]
    assert guard_of(admin, "duties.manage") is Guard.ELEVATED
    assert guard_of(specialist, "duties.manage") is Guard.FACTOR
    GrantFactory(user=admin, unit=house.province, role="specialist")
    assert guard_of(admin, "duties.manage") is Guard.FACTOR
    assert guard_of(admin, "accounts.grant") is Guard.ELEVATED
    assert guard_of(admin, "accounts.view") is None
    assert "cấp quyền cho người dùng" in guarded_of(admin)


def test_who_has_no_factor_is_led_to_set_one_up_and_told_why(client, house):
    sign_in(client, house.people["admin"], password=True)
    response = client.get(CREATE, follow=True)
    assert response.redirect_chain == [(SECURITY, 302)]
    assert "Việc “cấp quyền cho người dùng” cần xác thực hai bước" in text(response)
    assert "chưa được lưu" in text(client.post(CREATE, NEW, follow=True))
    assert not made()


def test_a_stale_factor_leads_to_the_page_and_back(client, admin):
    user, secret = admin
    sign_in(client, user, factor=app_of(user), ago=31)
    response = client.get(f"{CREATE}?x=1")
    assert (
        response["Location"]
        == f"{CONFIRM}?viec=accounts.grant&next=%2Fnguoi-dung%2Fthem%2F%3Fx%3D1"
    )
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    said = {"buoc2-code": code_of(secret), "buoc2-reason": WHY, "buoc2-minutes": "10"}
    assert client.post(response["Location"], said)["Location"] == f"{CREATE}?x=1"
    assert client.get(CREATE).status_code == 200
    assert client.get(response["Location"])["Location"] == f"{CREATE}?x=1"


def test_a_fresh_factor_and_an_open_session_let_in(client, admin):
    user, _ = admin
    sign_in(client, user, factor=app_of(user), ago=29)
    elevated(client, user)
    assert client.get(CREATE).status_code == 200


def test_a_factor_counts_only_while_it_is_there(client, admin):
    user, _ = admin
    codes = renew_codes(user)
    sign_in(client, codes.user, factor=app_of(user))
    elevated(client, user)
    app_of(user).delete()
    assert client.get(CREATE).status_code == 302


def test_what_was_typed_stays_on_the_page_and_goes_on_with_the_code(client, admin):
    user, secret = admin
    sign_in(client, user)
    response = client.post(CREATE, NEW)
    assert response.status_code == 403
    assert not made()
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text(response)))
    assert {name: kept[name] for name in NEW} == NEW
    said = {"buoc2-code": code_of(secret), "buoc2-reason": WHY, "buoc2-minutes": "10"}
    answer = client.post(CREATE, NEW | said)
    assert answer.status_code == 200
    assert made()
    assert ElevatedSession.objects.get().reason == WHY


def test_nothing_typed_is_kept_by_us(client, admin):
    sign_in(client, admin[0])
    client.post(CREATE, NEW)
    assert "Trần Thị An" not in str(dict(client.session))


def test_a_code_is_not_spent_while_something_else_is_wrong(client, admin):
    user, secret = admin
    sign_in(client, user)
    code = code_of(secret)
    wrong = {"buoc2-code": code, "buoc2-reason": "việc", "buoc2-minutes": "600"}
    response = client.post(CREATE, NEW | wrong)
    assert response.status_code == 403
    assert "ghi rõ lý do" in text(response)
    assert "từ 5 đến 60 phút" in text(response)
    right = {"buoc2-code": code, "buoc2-reason": WHY, "buoc2-minutes": "60"}
    assert client.post(CREATE, NEW | right).status_code == 200
    assert made()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "nhập mã xác thực hoặc dùng khóa"),
        ({"buoc2-code": "123"}, "không đúng"),
        ({"buoc2-code": "1" * 41}, "40"),
        ({"buoc2-credential": "["}, "không đúng dạng"),
        ({"buoc2-credential": "[" * 9000}, "không đúng dạng"),
        ({"buoc2-credential": '"lời"'}, "không đúng dạng"),
        ({"buoc2-credential": '{"id": 5}'}, "không đúng"),
        ({"buoc2-credential": '{"response": {"userHandle": 5}, "rawId": "²", "id": "x", "type": "public-key"}'}, "không đúng"),
    ],
)  # fmt: skip
def test_what_proves_nothing_is_refused_with_a_sentence(client, admin, said, words):
    sign_in(client, admin[0])
    told = {"buoc2-reason": WHY, "buoc2-minutes": "10", **said}
    response = client.post(CREATE, NEW | told)
    assert response.status_code == 403
    assert words in text(response)
    assert not made()
    assert not ElevatedSession.objects.exists()


def test_too_many_wrong_codes_hold_off_the_right_one(client, admin):
    user, secret = admin
    sign_in(client, user)
    told = {"buoc2-reason": WHY, "buoc2-minutes": "10"}
    for _ in range(5):
        client.post(CREATE, NEW | told | {"buoc2-code": "1"})
    response = client.post(CREATE, NEW | told | {"buoc2-code": code_of(secret)})
    assert "quá nhiều lần" in text(response)
    assert not made()


def test_a_file_cannot_be_kept_and_the_page_says_so(client, admin):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sign_in(client, admin[0])
    file = SimpleUploadedFile("a.txt", b"a")
    response = client.post(CREATE, NEW | {"tep": file}, follow=True)
    assert "chưa được lưu" in text(response)
    assert response.redirect_chain[0][0].startswith(CONFIRM)


def test_htmx_leaves_the_page_for_the_step(client, admin):
    sign_in(client, admin[0])
    at = "http://testserver/nguoi-dung/them/"
    headers = {"HX-Request": "true", "HX-Current-URL": at}
    response = client.post(CREATE, NEW, headers=headers)
    assert response["HX-Redirect"].startswith(CONFIRM)
    assert "next=%2Fnguoi-dung%2Fthem%2F" in response["HX-Redirect"]


def test_the_key_file_gone_is_said_and_nothing_opens(client, admin, settings, tmp_path):
    user, secret = admin
    sign_in(client, user)
    settings.DANVAN_KEYS = tmp_path / "gone" / "keys.json"
    said = {"buoc2-code": code_of(secret), "buoc2-reason": WHY, "buoc2-minutes": "10"}
    response = client.post(CREATE, NEW | said)
    assert response.status_code == 403
    assert "khóa" in text(response)
    assert not made()


def test_who_lost_the_right_opens_nothing_whatever_was_proved(client, admin):
    user, _ = admin
    sign_in(client, user, factor=app_of(user))
    elevated(client, user)
    Grant.objects.all().delete()
    assert client.get(CREATE).status_code == 403


def test_the_step_leads_to_no_other_site(client, admin):
    user, _ = admin
    sign_in(client, user, factor=app_of(user))
    for way in ("https://evil.example/", "//evil.example", "javascript:alert(1)", ""):
        assert client.get(CONFIRM, {"next": way})["Location"] == SECURITY


def test_a_factor_of_one_is_none_of_another(client, admin, house):
    user, _ = admin
    other = house.people["commune_admin"]
    sign_in(client, other, factor=app_of(user))
    with_app(other)
    assert client.get(CREATE).status_code == 302
    assert factors_of(other).exists()
