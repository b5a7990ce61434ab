import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.accounts.models import Grant, User
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Follows
from tests.accounts.conftest import TODAY
from tests.factories import GrantFactory, PlaceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client, house):
    """Sign in as one of the people of the house."""

    def sign_in(who):
        user = house.people[who] if isinstance(who, str) else who
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def text(response):
    return " ".join(response.content.decode().split())


def standing():
    people = User.objects.order_by("pk").values_list("pk", "password", "is_active")
    grants = Grant.objects.order_by("pk").values_list("pk", "valid_to")
    return list(people), list(grants), AuditEntry.objects.count()


@pytest.mark.parametrize(
    ("who", "status"),
    [("root", 200), ("admin", 200), ("leader", 403), ("specialist", 403), ("nobody", 403)],
)
@pytest.mark.parametrize(
    "url", ["/nguoi-dung/", "/nguoi-dung/them/", "/nguoi-dung/don-vi/?q=con+cuong"]
)
def test_who_opens_the_pages_of_people(enter, who, status, url):
    assert enter(who).get(url).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("root", 200), ("admin", 200), ("commune_admin", 404), ("stranger", 404)]
)
@pytest.mark.parametrize("page", ["", "cap-quyen/"])
def test_a_person_out_of_reach_is_not_there(enter, house, who, status, page):
    url = f"/nguoi-dung/{house.people['leader'].pk}/{page}"
    assert enter(who).get(url).status_code == status


def test_the_list_shows_people_within_reach_by_given_name_with_their_roles(enter, house):
    near = UserFactory(full_name="Trần Thị Bình", username="binh", name_key="binh", folded="binh")
    GrantFactory(user=near, unit=house.commune, role="clerk")
    far = GrantFactory(unit=house.beside, user__full_name="Người Xa").user
    gone = GrantFactory(unit=house.commune, user__is_active=False, user__full_name="Đã Khóa").user
    page = text(enter("admin").get("/nguoi-dung/"))
    assert "Trần Thị Bình" in page
    assert "Văn thư, Con Cuông" in page
    assert far.full_name not in page
    assert gone.full_name not in page
    assert gone.full_name in text(enter("admin").get("/nguoi-dung/?khoa=on"))
    only = text(enter("admin").get("/nguoi-dung/?q=BINH"))
    assert "Trần Thị Bình" in only
    assert house.people["leader"].full_name not in only
    assert "Không có người nào khớp" in text(enter("admin").get("/nguoi-dung/?q=khongco"))


@pytest.mark.parametrize("url", ["/nguoi-dung/", "/nguoi-dung/{pk}/", "/nguoi-dung/cua-toi/"])
def test_lists_cost_the_same_for_one_row_and_for_three(enter, house, url):
    admin, counts = house.people["admin"], []
    for _ in range(2):
        client = enter("admin")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url.format(pk=house.people["leader"].pk)).status_code == 200
        counts.append(len(asked))
        for place in (house.commune, house.province):
            GrantFactory(unit=place)
            GrantFactory(user=house.people["leader"], unit=place, granted_by=admin, role="clerk")
            held = GrantFactory(user=admin, unit=place, role="clerk")
            GrantFactory(unit=place, delegated_from=held, valid_to=date(2026, 9, 1))
            GrantFactory(user=admin, unit=place, delegated_from=GrantFactory(unit=place))
    # The second time there are people whom the reader lent to, whose names are one query more.
    assert counts[1] - counts[0] <= (1 if "cua-toi" in url else 0)


def test_a_person_is_made_and_the_password_shown_once(enter, house):
    client = enter("admin")
    assert client.get("/nguoi-dung/them/").status_code == 200
    said = {"full_name": "Lê Văn Mới", "username": "le.moi", "position": "Cán bộ", "email": ""}
    response = client.post("/nguoi-dung/them/", said)
    made = User.objects.get(username="le.moi")
    [password] = re.findall(r"<code[^>]*>([a-z2-9-]{19})</code>", response.content.decode())
    assert made.check_password(password)
    assert made.created_by == house.people["admin"]
    assert "no-store" in response["Cache-Control"]
    assert password not in text(client.get(f"/nguoi-dung/{made.pk}/"))


@pytest.mark.parametrize(
    "change", [{"username": "trần"}, {"username": ""}, {"full_name": ""}, {"email": "x"}]
)
def test_a_person_that_cannot_be_made_is_refused_on_the_form(enter, change):
    client, before = enter("admin"), standing()
    said = {"full_name": "Lê Văn Mới", "username": "le.moi", **change}
    response = client.post("/nguoi-dung/them/", said)
    assert response.status_code == 422
    assert standing() == before


@pytest.mark.parametrize(
    ("unit", "more", "where", "follows"),
    [
        ("Con Cuông", {}, "commune", Follows.PLACE),
        ("con cuong", {}, "commune", Follows.PLACE),
        ("mat tran con cuong", {}, "front", Follows.LINE),
        ("mat tran con cuong", {"alone": "on"}, "front", Follows.PLACE),
        ("Nghệ An", {"id": "province"}, "province", Follows.PLACE),
        # The name was typed over after another unit had been chosen.
        ("Con Cuông", {"id": "province"}, "commune", Follows.PLACE),
    ],
)
def test_a_role_is_given_on_the_form_with_or_without_a_script(
    enter, house, unit, more, where, follows
):
    subject, client = UserFactory(created_by=house.people["admin"]), enter("admin")
    url = f"/nguoi-dung/{subject.pk}/cap-quyen/"
    assert 'data-typeahead="/nguoi-dung/don-vi/"' in text(client.get(url))
    said = {
        "role": "clerk", "unit": unit, "valid_from": "01/06/2026", "valid_to": "31/12/2026", **more,
    }  # fmt: skip
    if "id" in said:
        said["unit_id"] = getattr(house, said.pop("id")).pk
    response = client.post(url, said)
    assert response["Location"] == f"/nguoi-dung/{subject.pk}/"
    grant = Grant.objects.get(user=subject)
    assert (grant.unit, grant.role, grant.follows) == (getattr(house, where), "clerk", follows)
    assert (grant.valid_from, grant.valid_to) == (TODAY, date(2026, 12, 31))
    assert grant.granted_by == house.people["admin"]


def test_several_units_of_one_name_are_offered_and_one_is_picked(enter, house):
    twins = [PlaceFactory(under=house.province, name="Xã Tân Lập") for _ in range(2)]
    subject, client = UserFactory(created_by=house.people["admin"]), enter("admin")
    said = {"role": "clerk", "unit": "tan lap", "valid_from": "01/06/2026"}
    url = f"/nguoi-dung/{subject.pk}/cap-quyen/"
    response = client.post(url, said)
    assert response.status_code == 422
    assert text(response).count('name="pick" value="') == 2
    assert not Grant.objects.filter(user=subject).exists()
    client.post(url, {**said, "pick": twins[1].pk})
    assert Grant.objects.get(user=subject).unit == twins[1]


@pytest.mark.parametrize(
    "change",
    [
        {"unit": "Hà Tĩnh"},
        {"unit": ""},
        {"role": "vizier"},
        {"role": ""},
        {"valid_from": "32/01/2026"},
        {"valid_from": "31/05/2026"},
        {"valid_to": "01/06/2026"},
    ],
)
def test_a_role_that_cannot_be_given_is_refused_on_the_form(enter, house, change):
    subject, client = UserFactory(created_by=house.people["admin"]), enter("admin")
    said = {"role": "clerk", "unit": "Con Cuông", "valid_from": "01/06/2026", "valid_to": ""}
    before = standing()
    response = client.post(f"/nguoi-dung/{subject.pk}/cap-quyen/", {**said, **change})
    assert response.status_code == 422
    assert "is-refused" in text(response)
    assert standing() == before


@pytest.mark.parametrize("unit_id", [2**63, -1, "9" * 40])
def test_an_id_that_no_database_keeps_is_refused(enter, house, unit_id):
    subject, client = UserFactory(created_by=house.people["admin"]), enter("admin")
    said = {"role": "clerk", "unit": "Con Cuông", "unit_id": unit_id, "valid_from": "01/06/2026"}
    before = standing()
    assert client.post(f"/nguoi-dung/{subject.pk}/cap-quyen/", said).status_code == 422
    assert standing() == before


def test_the_combobox_is_offered_units_within_reach_only(enter):
    found = enter("admin").get("/nguoi-dung/don-vi/?q=con+cuong").json()["results"]
    assert [one["name"] for one in found] == ["Con Cuông", "Mặt trận Con Cuông"]
    assert enter("admin").get("/nguoi-dung/don-vi/?q=ha+tinh").json() == {"results": []}
    assert enter("admin").get("/nguoi-dung/don-vi/").status_code == 200


def test_a_grant_is_ended_on_its_page(enter, house):
    held, client = GrantFactory(unit=house.commune, role="clerk"), enter("admin")
    assert "Kết thúc" in text(client.get(f"/nguoi-dung/{held.user_id}/"))
    url = f"/nguoi-dung/quyen/{held.pk}/ket-thuc/"
    assert client.get(url).status_code == 200
    before = standing()
    assert client.post(url, {"on": "01/01/2026"}).status_code == 422
    assert client.post(url, {"on": "x"}).status_code == 422
    assert standing() == before
    assert client.post(url, {"on": "15/06/2026"})["Location"] == f"/nguoi-dung/{held.user_id}/"
    held.refresh_from_db()
    assert held.valid_to == date(2026, 6, 15)
    far = GrantFactory(unit=house.beside)
    assert client.post(f"/nguoi-dung/quyen/{far.pk}/ket-thuc/", {}).status_code == 404


def test_a_person_is_blocked_let_in_again_and_given_a_password(enter, house):
    held, client = GrantFactory(unit=house.commune, role="clerk"), enter("admin")
    url = f"/nguoi-dung/{held.user_id}/"
    assert "<code" in text(client.post(f"{url}mat-khau/"))
    assert client.post(f"{url}khoa/")["Location"] == url
    assert "Tài khoản này đang khóa" in text(client.get(url))
    held.refresh_from_db()
    assert (held.user.is_active, held.valid_to) == (False, TODAY)
    assert "Mật khẩu mới" in text(client.post(f"{url}mo-khoa/"))
    held.user.refresh_from_db()
    assert held.user.is_active is True


@pytest.mark.parametrize("act", ["mat-khau", "khoa", "mo-khoa"])
def test_a_refusal_is_said_on_the_person_s_page(enter, house, act):
    both = GrantFactory(unit=house.commune)
    GrantFactory(user=both.user, unit=house.beside)
    client, before = enter("admin"), standing()
    response = client.post(f"/nguoi-dung/{both.user_id}/{act}/", follow=True)
    assert "dv-alert" in text(response)
    assert standing() == before
    assert client.get(f"/nguoi-dung/{both.user_id}/{act}/").status_code == 405


def test_everyone_sees_their_own_rights_and_what_they_lent(enter, house):
    leader = house.people["leader"]
    held = Grant.objects.get(user=leader)
    borrowed = GrantFactory(
        user=leader,
        unit=house.commune,
        role="clerk",
        delegated_from=GrantFactory(unit=house.commune),
    )
    lent = GrantFactory(
        unit=house.commune, role="leader", delegated_from=held, valid_to=date(2026, 9, 1)
    )
    page = text(enter("leader").get("/nguoi-dung/cua-toi/"))
    assert "Lãnh đạo" in page
    assert "Nghệ An" in page
    assert f"được {borrowed.delegated_from.user.full_name} ủy quyền" in page
    assert f"/nguoi-dung/cua-toi/{held.pk}/uy-quyen/" in page
    assert f"/nguoi-dung/cua-toi/{borrowed.pk}/uy-quyen/" not in page
    assert lent.user.full_name in page


def test_a_role_is_lent_and_taken_back(enter, house):
    held = Grant.objects.get(user=house.people["leader"])
    borrower = GrantFactory(unit=house.commune, user__username="chi.hai").user
    client, url = enter("leader"), f"/nguoi-dung/cua-toi/{held.pk}/uy-quyen/"
    assert 'value="chi.hai"' in text(client.get(url))
    said = {
        "to": " Chi.Hai ", "unit": "Nghệ An", "unit_id": house.province.pk,
        "valid_from": "01/06/2026", "valid_to": "15/06/2026", "role": "report_releaser",
        "source_symbol": "12-QĐ/TU", "reason": "Đi học",
    }  # fmt: skip
    assert client.post(url, said)["Location"] == "/nguoi-dung/cua-toi/"
    lent = Grant.objects.get(delegated_from=held)
    assert (lent.role, lent.source_symbol, lent.reason) == ("report_releaser", "12-QĐ/TU", "Đi học")
    assert "12-QĐ/TU: Đi học" in text(client.get("/nguoi-dung/cua-toi/"))
    assert (lent.user, lent.unit, lent.valid_to) == (borrower, house.province, date(2026, 6, 15))
    client.post(f"/nguoi-dung/cua-toi/{lent.pk}/thu-hoi/")
    lent.refresh_from_db()
    assert lent.valid_to == TODAY
    again = client.post(f"/nguoi-dung/cua-toi/{lent.pk}/thu-hoi/", follow=True)
    assert "Việc ủy quyền này đã kết thúc" in text(again)
    assert "Đã thu hồi" not in text(client.get("/nguoi-dung/cua-toi/"))


@pytest.mark.parametrize(
    "change",
    [
        {"to": "khong.co"},
        {"to": "toi"},
        {"unit": "Hà Tĩnh", "unit_id": ""},
        {"valid_to": ""},
        {"valid_to": "01/06/2026"},
        {"role": "specialist"},
        {"source_symbol": ""},
        {"reason": "  "},
    ],
)
def test_a_role_that_cannot_be_lent_is_refused_on_the_form(enter, house, change):
    leader = house.people["leader"]
    User.objects.filter(pk=leader.pk).update(username="toi")
    UserFactory(username="chi.hai")
    held, client = Grant.objects.get(user=leader), enter("leader")
    before = standing()
    said = {
        "to": "chi.hai", "unit": "Nghệ An", "unit_id": house.province.pk,
        "valid_from": "01/06/2026", "valid_to": "15/06/2026", "role": "leader",
        "source_symbol": "12-QĐ/TU", "reason": "Đi học", **change,
    }  # fmt: skip
    assert client.post(f"/nguoi-dung/cua-toi/{held.pk}/uy-quyen/", said).status_code == 422
    assert standing() == before


def test_the_right_of_another_is_not_there_to_lend_or_to_take_back(enter, house):
    held = Grant.objects.get(user=house.people["leader"])
    lent = GrantFactory(unit=house.commune, delegated_from=held)
    client = enter("specialist")
    assert client.get(f"/nguoi-dung/cua-toi/{held.pk}/uy-quyen/").status_code == 404
    assert client.post(f"/nguoi-dung/cua-toi/{lent.pk}/thu-hoi/").status_code == 404


def test_a_grant_taken_back_on_its_first_day_says_so_and_names_no_span(enter, house):
    near = UserFactory(full_name="Trần Thị Bình")
    at = house.people["admin"].grants.get().unit
    GrantFactory(user=near, unit=at, role="clerk", valid_from=TODAY, valid_to=TODAY)
    page = text(enter("admin").get(f"/nguoi-dung/{near.pk}/"))
    assert f"thu lại ngay trong ngày {TODAY:%d/%m/%Y}" in page
    assert "đến trước" not in page


def test_what_was_lent_and_taken_back_on_one_day_names_no_span(enter, house):
    held = Grant.objects.get(user=house.people["leader"])
    given = {"unit": house.commune, "valid_from": TODAY, "valid_to": TODAY}
    GrantFactory(user=UserFactory(), role="leader", delegated_from=held, **given)
    page = text(enter("leader").get("/nguoi-dung/cua-toi/"))
    assert f"thu lại ngay trong ngày {TODAY:%d/%m/%Y}" in page
    assert "đến trước" not in page


def test_the_sign_in_page_says_in_vietnamese_what_to_do_without_a_password(client):
    shown = client.get(reverse("account_login")).content.decode()
    assert "Quên mật khẩu?" in shown
    assert reverse("account_reset_password") in shown
    assert "Forgot" not in shown
