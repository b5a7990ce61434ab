"""Elevated sessions: a reason, a period, a bar, every request on a row; closed by a button, by time, by signing out."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from danvan.accounts.models import ElevatedRequest, ElevatedSession
from danvan.accounts.services import close_elevated, log_elevated, open_elevated
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from tests.accounts.factors import SECURITY, WHY, app_of, code_of, key_ring, sign_in, with_app
from tests.factories.province import make_grant

pytestmark = pytest.mark.django_db
OPEN, CLOSE = "/nguoi-dung/cua-toi/phien-quan-tri/", "/nguoi-dung/cua-toi/phien-quan-tri/dong/"
LOG = "/nhat-ky/phien-quan-tri/"


@pytest.fixture(autouse=True)
def required(settings, tmp_path):
    settings.DANVAN_SECOND_FACTOR = "required"
    cache.clear()
    return key_ring(settings, tmp_path)


@pytest.fixture
def admin(house, client):
    user, secret = with_app(house.people["admin"])
    sign_in(client, user, factor=app_of(user))
    return user, secret


def text(response):
    return " ".join(response.content.decode().split())


def opened(client):
    said = {"buoc2-reason": WHY, "buoc2-minutes": "20"}
    response = client.post(f"{OPEN}?next=/nguoi-dung/", said)
    assert response["Location"] == "/nguoi-dung/"
    return ElevatedSession.objects.latest("pk")


def logged():
    found = ElevatedRequest.objects.order_by("pk")
    return [(one.method, one.route, one.ids, one.status) for one in found]


def test_it_is_opened_with_a_reason_and_shown_on_every_page(client, admin):
    held = opened(client)
    assert held.closes_at - held.opened_at == timedelta(minutes=20)
    page = text(client.get("/nguoi-dung/"))
    assert f"Lý do: {WHY}" in page
    assert "còn 20 phút" in page
    assert str(held).startswith(str(admin[0].pk))
    assert client.get(OPEN)["Location"] == SECURITY
    assert WHY in text(client.get(SECURITY))


def test_a_fresh_factor_is_asked_for_even_here(client, admin):
    user, secret = admin
    sign_in(client, user, factor=app_of(user), ago=31)
    assert client.get(OPEN).status_code == 200
    said = {"buoc2-reason": WHY, "buoc2-minutes": "20"}
    assert client.post(OPEN, said).status_code == 422
    assert not ElevatedSession.objects.exists()
    client.post(OPEN, said | {"buoc2-code": code_of(secret)})
    assert ElevatedSession.objects.exists()


def test_without_any_factor_one_is_set_up_first(client, house):
    sign_in(client, house.people["admin"])
    assert client.get(OPEN)["Location"] == SECURITY


def test_who_administers_nothing_opens_none(client, house):
    user, _ = with_app(house.people["leader"])
    sign_in(client, user, factor=app_of(user))
    response = client.post(OPEN, {"buoc2-reason": WHY, "buoc2-minutes": "20"}, follow=True)
    assert "chỉ dành cho người đang giữ vai trò Quản trị" in text(response)
    assert not ElevatedSession.objects.exists()


@pytest.mark.parametrize("minutes", [0, 4, 61, -5])
def test_the_period_has_its_bounds(house, minutes):
    with pytest.raises(RuleError, match="từ 5 đến 60 phút"):
        open_elevated(house.people["admin"], reason=WHY, minutes=minutes)


def test_each_request_is_a_row_without_what_was_asked_or_sent(client, admin):
    opened(client)
    client.get("/nguoi-dung/?q=bi-mat-1")
    pk = admin[0].pk
    client.get(f"/nguoi-dung/{pk}/")
    client.post("/nguoi-dung/them/", {"full_name": "bi-mat-2", "username": "x"})
    client.get("/khong-co-trang/")
    assert logged() == [
        ("POST", "accounts:elevate", "", 302),
        ("GET", "accounts:users", "", 200),
        ("GET", "accounts:user", f"pk={pk}", 200),
        ("POST", "accounts:create", "", 422),
        ("GET", "", "", 404),
    ]
    assert "bi-mat" not in str(list(ElevatedRequest.objects.values()))


def test_of_the_vault_only_that_it_was_entered_is_logged(client, admin, house):
    make_grant(house.commune, "leader", user=admin[0])
    opened(client)
    case = uuid4()
    client.get(f"/to-cao/{case}/")
    client.get("/to-cao/tu-don/4711/")
    assert [one[:3] for one in logged()[1:]] == [("GET", "vault", "")] * 2
    assert str(case) not in str(list(ElevatedRequest.objects.values()))


def test_what_is_sent_or_asked_as_a_citizen_is_logged_nowhere(client, admin, caplog):
    opened(client)
    caplog.clear()
    for path in ("/gui/kin/", "/gui/", "/theo-doi/"):
        assert client.get(path).status_code == 200
    assert client.post("/gui/kin/", {"noi_dung": "Ông Tí"}).status_code >= 400
    assert [one[1] for one in logged()] == ["accounts:elevate"]
    told = [one for one in caplog.records if one.name == "danvan.request"]
    assert [(one.path, one.user) for one in told] == [("/gui/", None), ("/theo-doi/", None)]


def test_words_of_an_address_are_not_kept_but_numbers_and_days_are(admin):
    held = open_elevated(admin[0], reason=WHY, minutes=20)
    told = {"pk": 5, "month": "2026-11", "token": "a-secret", "what": "ky-hieu"}
    log_elevated(held, method="GET", route="x:y", arguments=told, status=200)
    one = ElevatedRequest.objects.get()
    assert one.ids == "pk=5, month=2026-11"
    assert str(one) == "GET x:y pk=5, month=2026-11"


def test_without_it_nothing_is_logged_and_nothing_shown(client, admin):
    assert "dv-elevated" not in text(client.get("/nguoi-dung/"))
    assert logged() == []


def test_the_button_closes_it(client, admin):
    held = opened(client)
    assert client.post(CLOSE)["Location"] == SECURITY
    held.refresh_from_db()
    assert held.closed_at is not None
    assert client.get("/nguoi-dung/them/").status_code == 302
    client.post(CLOSE)
    acts = AuditEntry.objects.filter(action__contains="elevated").values_list("action", flat=True)
    assert list(acts) == ["accounts.open_elevated", "accounts.close_elevated"]


def test_time_closes_it(client, admin):
    held = opened(client)
    ElevatedSession.objects.update(closes_at=clock.machine() - timedelta(seconds=1))
    assert client.get("/nguoi-dung/them/").status_code == 302
    assert "dv-elevated" not in text(client.get("/nguoi-dung/"))
    assert close_elevated(held, actor=admin[0]).closed_at is None


def test_signing_out_closes_it(client, admin):
    held = opened(client)
    client.post("/tai-khoan/logout/")
    held.refresh_from_db()
    assert held.closed_at is not None


def test_it_stands_in_one_browser_only(client, admin):
    from django.test import Client

    first = opened(client)
    other = Client()
    sign_in(other, admin[0], factor=app_of(admin[0]))
    assert other.get("/nguoi-dung/them/").status_code == 302
    opened(other)
    first.refresh_from_db()
    assert first.closed_at is not None
    assert client.get("/nguoi-dung/them/").status_code == 302
    assert other.get("/nguoi-dung/them/").status_code == 200


def row(user, route="accounts:users"):
    held = open_elevated(user, reason=WHY, minutes=20)
    log_elevated(held, method="GET", route=route, arguments={}, status=200)


def test_whoever_may_see_the_audit_reads_it_within_reach(client, house):
    row(house.people["admin"], "here:admin")
    row(house.people["stranger"], "there:stranger")
    sign_in(client, house.people["admin"])
    page = text(client.get(LOG))
    assert "here:admin" in page
    assert "there:stranger" not in page
    sign_in(client, house.people["root"])
    assert "there:stranger" in text(client.get(LOG))
    sign_in(client, house.people["leader"])
    assert client.get(LOG).status_code == 403


def test_it_is_narrowed_to_a_person_and_a_day(client, house):
    row(house.people["admin"], "here:admin")
    row(house.people["stranger"], "there:stranger")
    sign_in(client, house.people["root"])
    name = house.people["stranger"].full_name
    assert "here:admin" not in text(client.get(LOG, {"nguoi": name}))
    assert "there:stranger" not in text(client.get(LOG, {"ngay": "01/01/2020"}))
    assert client.get(LOG, {"ngay": "mai"}).status_code == 422
    assert client.get(f"{LOG}tai-excel/", {"ngay": "mai"}).status_code == 422


def test_it_goes_out_as_a_workbook(client, house, tmp_path):
    row(house.people["admin"])
    sign_in(client, house.people["root"])
    file = tmp_path / "x.xlsx"
    file.write_bytes(client.get(f"{LOG}tai-excel/").content)
    rows = list(load_workbook(file).active.values)
    assert rows[0][:3] == ("Lúc", "Người", "Lý do của phiên")
    assert rows[1][2] == WHY


def test_a_workbook_that_leaves_rows_out_says_so(client, house, tmp_path, monkeypatch):
    monkeypatch.setattr("danvan.desk.audit.views.SHEET_HOLDS", 1)
    row(house.people["admin"], "first:row")
    row(house.people["stranger"], "second:row")
    sign_in(client, house.people["root"])
    file = tmp_path / "x.xlsx"
    file.write_bytes(client.get(f"{LOG}tai-excel/").content)
    rows = list(load_workbook(file).active.values)
    assert "mới nhất" in rows[0][0]
    assert [one[5] for one in rows[2:]] == ["second:row"]


def test_many_rows_cost_as_many_queries_as_few(client, house):
    sign_in(client, house.people["root"])
    held = open_elevated(house.people["admin"], reason=WHY, minutes=20)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(LOG).status_code == 200
        return len(seen)

    row(house.people["stranger"])
    few = queries()
    ElevatedRequest.objects.bulk_create(
        ElevatedRequest(session=held, method="GET", route="x:y", status=200, at=clock.machine())
        for _ in range(3_000)
    )
    assert queries() == few
