"""Error pages say what happened and what to do, in Vietnamese, as a page or as a piece."""

import json
import sqlite3

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError
from django.test import Client

from danvan.foundation import health, views
from danvan.foundation.errors import KeyUnavailable
from tests.factories import GrantFactory, UserFactory

ID = "0123456789abcdef"
REFUSALS = [
    (views.bad_request, 400, "Yêu cầu chưa đúng cách"),
    (views.permission_denied, 403, "Đồng chí chưa có quyền mở trang này"),
    (views.csrf_failure, 403, "Trang này đã mở quá lâu"),
    (views.not_found, 404, "Không có trang này"),
    (views.too_many_requests, 429, "Đã thử quá nhiều lần"),
    (views.server_error, 500, "Hệ thống gặp lỗi"),
]


def ask(rf, view, **headers):
    return view(rf.get("/x/", HTTP_X_REQUEST_ID=ID, headers=headers))


@pytest.mark.parametrize(("view", "status", "title"), REFUSALS)
def test_a_refusal_says_what_happened_what_to_do_and_its_id(rf, view, status, title):
    response = ask(rf, view)
    text = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in text
    assert "Đồng chí có thể" in text
    assert f"mã yêu cầu <code>{ID}</code>" in text
    assert '<html lang="vi">' in text


def test_htmx_restoring_a_page_gets_a_page(rf):
    asked = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in ask(rf, views.not_found, **asked).content.decode()


@pytest.mark.parametrize("boosted", [{}, {"HX-Boosted": "true"}])
@pytest.mark.parametrize(("view", "status", "title"), REFUSALS)
def test_htmx_gets_a_piece_that_is_read_out(rf, view, status, title, boosted):
    response = ask(rf, view, **{"HX-Request": "true"}, **boosted)
    text = response.content.decode()
    assert response.status_code == status
    assert title in text
    assert 'role="alert"' in text
    assert ID in text
    assert "<html" not in text


def test_a_refusal_names_the_right_that_is_missing(rf):
    request = rf.get("/x/")
    refused = views.permission_denied(
        request, PermissionDenied("Việc này cần quyền “xem nhật ký”.")
    )
    assert "Việc này cần quyền “xem nhật ký”." in refused.content.decode()


@pytest.mark.django_db
def test_a_reader_who_is_signed_in_keeps_the_menu(client):
    grant = GrantFactory(role="clerk")
    client.force_login(grant.user)
    client.raise_request_exception = False
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert 'id="menu"' in response.content.decode()
    assert "Việc hôm nay" in response.content.decode()


@pytest.mark.django_db
def test_a_missing_right_is_a_403_with_the_menu_and_the_right(client):
    client.force_login(GrantFactory(role="clerk").user)
    response = client.get("/suc-khoe/")
    assert response.status_code == 403
    assert "xem tình trạng hệ thống" in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_so(settings):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/tai-khoan/login/", {"login": "an", "password": "x"})
    assert response.status_code == 403
    assert "Trang này đã mở quá lâu" in response.content.decode()


def test_the_last_page_needs_no_template(rf, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(views, "render_to_string", fail)
    response = ask(rf, views.server_error)
    assert response.status_code == 500
    assert response.content.decode().startswith("Hệ thống gặp lỗi. Lỗi do phần mềm")
    assert ID in response.content.decode()


class Lost(psycopg.errors.DeadlockDetected):
    """What PostgreSQL says to one of two that wait for each other."""


def busy(tmp_path):
    """What SQLite says of a file that another writes."""
    first, second = (sqlite3.connect(tmp_path / "x.sqlite3", timeout=0) for _ in range(2))
    try:
        first.execute("begin immediate")
        second.execute("begin immediate")
    except sqlite3.OperationalError as refused:
        return refused
    finally:
        first.close()
        second.close()


def test_two_who_wrote_at_once_are_told_so_and_what_to_do(rf, tmp_path):
    for cause in (Lost(), busy(tmp_path)):
        try:
            raise OperationalError from cause
        except OperationalError:
            response = ask(rf, views.server_error)
        assert response.status_code == 503
        assert "Có người khác vừa ghi cùng lúc" in response.content.decode()
    for cause in (psycopg.OperationalError(), None):
        try:
            raise OperationalError from cause
        except OperationalError:
            assert ask(rf, views.server_error).status_code == 500


def finding(*, ok):
    return health.Finding(
        "disk", "Chỗ trống trên ổ đĩa", ok, "1,0 GB", "Ổ đĩa chứa tệp còn 1,0 GB."
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ok", "status", "word"), [(True, 200, "Bình thường"), (False, 503, "Cần xem lại")]
)
def test_the_health_page_tells_each_part_and_answers_by_it(client, monkeypatch, ok, status, word):
    monkeypatch.setattr(health, "examine", lambda: [finding(ok=ok)])
    client.force_login(GrantFactory(role="administrator").user)
    response = client.get("/suc-khoe/", headers={"Accept": "text/html"})
    assert response.status_code == status
    text = response.content.decode()
    assert word in text
    assert "1,0 GB" in text
    told = client.get("/suc-khoe/", headers={"Accept": "application/json"})
    assert told.status_code == status
    assert json.loads(told.content) == {"ok": ok, "parts": {"disk": {"ok": ok, "figure": "1,0 GB"}}}


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["database", "migrations", "workers", "jobs", "audit", "disk"])
def test_the_health_page_looks_at(client, part):
    client.force_login(GrantFactory(role="administrator").user)
    told = client.get("/suc-khoe/", headers={"Accept": "application/json"})
    assert part in json.loads(told.content)["parts"]


@pytest.mark.django_db
def test_anyone_may_ask_whether_it_lives_and_learns_nothing_more(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/suc-khoe/song/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-cache" in response["Cache-Control"]


def test_a_lost_database_is_told_to_the_balancer(rf, monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(views.connection, "cursor", fail)
    response = views.alive(rf.get("/suc-khoe/song/"))
    assert (response.status_code, response.content) == (503, b"no database\n")


@pytest.mark.django_db
def test_a_person_without_any_grant_is_told_whom_to_ask(client):
    client.force_login(UserFactory())
    response = client.get("/")
    assert response.status_code == 403
    assert "liên hệ người quản trị của đơn vị" in response.content.decode()


def test_a_missing_key_is_told_as_what_it_is_and_what_was_sealed_as_still_there(rf):
    try:
        raise KeyUnavailable("Không có tệp khóa “/etc/danvan/keys/keys.json”.")
    except KeyUnavailable:
        response = ask(rf, views.server_error)
    text = response.content.decode()
    assert response.status_code == 503
    assert "<h1>Chưa mở được nội dung niêm phong</h1>" in text
    assert "danvan keys check" in text
    assert "/etc/danvan" not in text
