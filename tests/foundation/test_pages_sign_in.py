"""The pages before and around signing in: in the house's look, in Vietnamese, and no further than allowed."""

import pytest
from django.core.cache import cache

from tests.factories import GrantFactory, UserFactory

PASSWORD = "Mot-mat-khau-du-dai-2026"
ENGLISH = ("Sign In", "Sign Out", "Password", "Username", "Forgot", "Remember", "Change Password")


@pytest.fixture(autouse=True)
def _no_limits_from_before(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person():
    user = GrantFactory(role="clerk").user
    user.set_password(PASSWORD)
    user.must_change_password = False
    user.save()
    return user


def sign_in(client, person, password=PASSWORD):
    return client.post("/tai-khoan/login/", {"login": person.username, "password": password})


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("/tai-khoan/login/", "Đăng nhập"),
        ("/tai-khoan/password/reset/", "Quên mật khẩu"),
        ("/tai-khoan/signup/", "Tài khoản do đơn vị cấp"),
        ("/tai-khoan/inactive/", "Tài khoản đang bị khóa"),
    ],
)
def test_a_stranger_reads_vietnamese_in_the_house_s_look(client, url, heading):
    response = client.get(url)
    text = response.content.decode()
    assert response.status_code == 200
    assert f"<h1>{heading}</h1>" in text
    assert 'class="dv-bare"' in text
    assert [word for word in ENGLISH if f">{word}" in text] == []


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("/tai-khoan/password/change/", "Đổi mật khẩu"),
        ("/tai-khoan/logout/", "Đăng xuất khỏi máy này?"),
        ("/tai-khoan/reauthenticate/", "Xác nhận lại mật khẩu"),
    ],
)
def test_a_reader_finds_the_pages_of_their_own_account(client, person, url, heading):
    client.force_login(person)
    text = client.get(url).content.decode()
    assert f"<h1>{heading}</h1>" in text
    assert [word for word in ENGLISH if f">{word}" in text] == []


def test_a_right_password_leads_to_work_without_a_notice(client, person):
    response = sign_in(client, person)
    assert (response.status_code, response["Location"]) == (302, "/")
    text = client.get("/").content.decode()
    assert 'id="thong-bao" role="status"></div>' in text.replace("\n", "")


def test_a_wrong_password_says_what_to_check(client, person):
    text = sign_in(client, person, "khong-phai").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in text
    assert "bộ gõ tiếng Việt" in text


def test_too_many_tries_are_stopped_in_vietnamese(client, person):
    for _ in range(12):
        response = sign_in(client, person, "khong-phai")
    text = response.content.decode()
    assert response.status_code == 429 or "Đã nhập sai quá nhiều lần" in text
    assert "5 phút" in text
    assert "_auth_user_id" not in client.session


def test_signing_out_is_a_form_and_ends_the_session(client, person):
    client.force_login(person)
    assert client.get("/tai-khoan/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/tai-khoan/logout/")
    assert "_auth_user_id" not in client.session


def test_a_changed_password_is_told_and_works(client, person):
    sign_in(client, person)
    new = "Mot-mat-khau-khac-2027"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    response = client.post("/tai-khoan/password/change/", given, follow=True)
    assert "Đã đổi mật khẩu." in response.content.decode()
    client.logout()
    assert sign_in(client, person, new).status_code == 302


def test_faults_of_a_new_password_are_all_told_beside_it(client, person):
    sign_in(client, person)
    given = {"oldpassword": "sai", "password1": "123", "password2": "124"}
    text = client.post("/tai-khoan/password/change/", given).content.decode()
    assert "Mật khẩu đang dùng không đúng." in text
    assert "cần ít nhất 12 ký tự" in text


def test_a_one_time_password_is_explained_where_it_is_changed(client):
    user = GrantFactory(user=UserFactory(must_change_password=True), role="clerk").user
    client.force_login(user)
    response = client.get("/", follow=True)
    assert "Mật khẩu đang dùng chỉ dùng một lần" in response.content.decode()


def test_a_form_sent_after_the_session_ran_out_is_said_to_be_lost_and_leads_back_to_its_page(
    client, person
):
    address = "/thong-bao/1/da-doc/"
    page = "http://testserver/thong-bao/?muc=chua-doc"
    sent = client.post(address, {}, headers={"referer": page})
    assert sent.url == "/tai-khoan/login/?next=/thong-bao/%3Fmuc%3Dchua-doc"
    assert "chưa được lưu" in client.get(sent.url).content.decode()
    elsewhere = client.post(address, {}, headers={"referer": "https://la.vn/x/"})
    assert "la.vn" not in elsewhere.url


def test_an_address_that_only_takes_forms_leads_to_the_page_above_it(client, person):
    client.force_login(person)
    for back in ("/van-ban/den/", "/van-ban/moi/"):
        address = {
            "/van-ban/den/": "/van-ban/den/danh-dau/",
            "/van-ban/moi/": "/van-ban/moi/da-xem/",
        }
        refused = client.get(address[back])
        text = refused.content.decode()
        assert refused.status_code == 405
        assert "Địa chỉ này chỉ nhận nội dung gửi từ biểu mẫu" in text
        assert f'href="{back}"' in text
        assert refused["Allow"] == "POST"
