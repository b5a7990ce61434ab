import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from danvan.accounts.access import public, requires
from danvan.accounts.models import User
from danvan.accounts.services import create_user
from danvan.foundation.models import AuditEntry
from tests.factories import GrantFactory, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN, CHANGE = "/tai-khoan/login/", "/tai-khoan/password/change/"
CHOSEN = "mot-mat-khau-rat-dai-2026"


@pytest.fixture(autouse=True)
def no_attempts_yet():
    cache.clear()


def text(response):
    return " ".join(response.content.decode().split())


@requires("targets.view")
def page(request):
    return HttpResponse("mở được")


@requires("law.manage", everywhere=True)
def whole(request):
    return HttpResponse("mở được")


def opened(rf, user, view=page, **headers):
    request = rf.get("/chi-tieu/?ky=2026", headers=headers)
    request.user = user
    if headers:
        from django_htmx.middleware import HtmxDetails

        request.htmx = HtmxDetails(request)
    return view(request)


def test_a_view_tells_which_right_it_asks_for():
    assert page.access == "targets.view"
    assert public(lambda request: None).access == "public"


def test_whoever_holds_the_right_is_let_in(rf, house):
    assert opened(rf, house.people["leader"]).content.decode() == "mở được"
    assert opened(rf, house.people["root"], whole).content.decode() == "mở được"


@pytest.mark.parametrize(
    ("who", "view", "words"),
    [
        ("admin", page, "Việc này cần quyền “xem chỉ tiêu” mà đồng chí chưa có."),
        ("nobody", page, "chưa được cấp quyền nào hoặc quyền đã hết hạn"),
        ("admin", whole, "cho toàn hệ thống"),
        (
            "leader",
            whole,
            "Việc này cần quyền “sửa lịch làm việc, tham số pháp luật và lĩnh vực” cho toàn hệ thống mà đồng chí chưa có.",
        ),
    ],
)
def test_a_refusal_says_which_right_is_missing(rf, house, who, view, words):
    with pytest.raises(PermissionDenied, match=words):
        opened(rf, house.people[who], view)


def test_nobody_signed_in_is_sent_to_sign_in_and_back(rf):
    from django.contrib.auth.models import AnonymousUser

    response = opened(rf, AnonymousUser())
    assert response.status_code == 302
    assert response["Location"] == f"{SIGN_IN}?next=/chi-tieu/%3Fky%3D2026"


@pytest.mark.parametrize(
    ("current", "back"),
    [("http://testserver/chi-tieu/7/", "/chi-tieu/7/"), (None, "/"), ("http://evil.vn/", "/")],
)
def test_htmx_leaves_the_page_instead_of_showing_the_sign_in_inside_it(rf, current, back):
    from django.contrib.auth.models import AnonymousUser

    headers = {"HX-Request": "true", **({"HX-Current-URL": current} if current else {})}
    response = opened(rf, AnonymousUser(), **headers)
    assert response.status_code == 200
    assert response["HX-Redirect"] == f"{SIGN_IN}?next={back}"


def test_a_one_time_password_opens_nothing_but_its_change(client, house):
    made = create_user(username="tran.an", full_name="Trần Thị An", actor=None)
    GrantFactory(user=made.user, unit=house.commune, role="clerk")
    response = client.post(SIGN_IN, {"login": "Tran.An", "password": made.password})
    assert response.status_code == 302
    for url in ("/", "/nguoi-dung/cua-toi/", "/phap-luat/"):
        assert client.get(url)["Location"] == CHANGE
    said = {"oldpassword": made.password, "password1": CHOSEN, "password2": CHOSEN}
    assert client.post(CHANGE, said)["Location"] == "/"
    user = User.objects.get(username="tran.an")
    assert (user.must_change_password, user.check_password(CHOSEN)) == (False, True)
    assert AuditEntry.objects.order_by("-pk").first().action == "accounts.choose_password"
    assert client.get("/nguoi-dung/cua-toi/").status_code == 200


def test_a_short_password_is_not_kept(client, house):
    made = create_user(username="tran.an", full_name="Trần Thị An", actor=None)
    client.post(SIGN_IN, {"login": "tran.an", "password": made.password})
    client.post(CHANGE, {"oldpassword": made.password, "password1": "ngan", "password2": "ngan"})
    user = User.objects.get(username="tran.an")
    assert (user.must_change_password, user.check_password(made.password)) == (True, True)


def test_the_session_ends_with_the_browser_and_within_a_day(client):
    made = create_user(username="tran.an", full_name="An", actor=None)
    client.post(SIGN_IN, {"login": "tran.an", "password": made.password})
    cookie = client.cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["httponly"] is True
    assert client.session.get_expire_at_browser_close() is True


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(client, known):
    if known:
        create_user(username="tran.an", full_name="An", actor=None)
    response = client.post(SIGN_IN, {"login": "tran.an", "password": "sai"})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    assert "không đúng" in text(response)


def test_too_many_wrong_passwords_are_held_off(client):
    made = create_user(username="tran.an", full_name="An", actor=None)
    for _ in range(5):
        client.post(SIGN_IN, {"login": "tran.an", "password": "sai"})
    client.post(SIGN_IN, {"login": "tran.an", "password": made.password})
    assert "_auth_user_id" not in client.session


def test_a_blocked_person_is_signed_out_at_once(client, house):
    user = house.people["leader"]
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/nguoi-dung/cua-toi/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/nguoi-dung/cua-toi/").status_code == 302


def test_nobody_registers_themselves(client):
    assert "Tài khoản do đơn vị cấp" in text(client.get("/tai-khoan/signup/"))
    said = {"username": "ke.la", "password1": CHOSEN}
    assert client.post("/tai-khoan/signup/", said).status_code == 405
    assert not User.objects.filter(username="ke.la").exists()


def test_a_forgotten_password_is_given_by_the_administrator(client):
    assert "người quản trị" in text(client.get("/tai-khoan/password/reset/"))
    assert client.post("/tai-khoan/password/reset/", {"email": "a@b.vn"}).status_code == 405


@pytest.mark.parametrize("url", ["/tai-khoan/email/", "/tai-khoan/confirm-email/"])
def test_what_only_self_registered_people_need_is_not_there(client, url):
    assert client.get(url).status_code == 404


def test_names_are_read_by_people():
    assert str(UserFactory(full_name="Trần An")) == "Trần An"
    assert str(UserFactory(full_name="", username="x")) == "x"
    grant = GrantFactory(role="clerk")
    assert str(grant) == f"{grant.user_id}:clerk@{grant.unit_id}"
    assert grant.role_label == "Văn thư"
