"""A passkey from being added to signing in by it alone; forged, replayed and foreign answers open nothing."""

import pytest
from django.core.cache import cache
from django.test import Client

from danvan.accounts.models import ElevatedSession, User
from danvan.accounts.selectors import factors_of, has_factor
from tests.accounts.factors import CONFIRM, SECURITY, WHY, key_ring, sign_in
from tests.accounts.soft_key import SITE, SoftKey, asked_on

pytestmark = pytest.mark.django_db
KEY, BY_KEY, CREATE = f"{SECURITY}khoa/", "/tai-khoan/khoa/", "/nguoi-dung/them/"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def required(settings, tmp_path):
    settings.DANVAN_SECOND_FACTOR = "required"
    cache.clear()
    return key_ring(settings, tmp_path)


@pytest.fixture
def client():
    return Client(SERVER_NAME=SITE)


@pytest.fixture
def admin(client, house):
    """An administrator with a passkey, not proved by it yet."""
    user, key = house.people["admin"], SoftKey()
    sign_in(client, user, password=True)
    answer = key.make(client.get(KEY))
    said = {"name": "Máy", "credential": answer, "passwordless": "on"}
    assert "Mã dự phòng của" in client.post(KEY, said).content.decode()
    user = User.objects.get(pk=user.pk)
    sign_in(client, user)
    return user, key


def signed_in(client):
    return "_auth_user_id" in client.session


def by_key(client):
    client.logout()
    return client.get(BY_KEY, headers=JSON).json()


def test_a_passkey_signs_in_by_itself_and_counts_as_the_second_factor(client, admin):
    user, key = admin
    client.post(BY_KEY, {"credential": key.answer(by_key(client))})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get(KEY).status_code == 200
    assert client.get(f"{CONFIRM}?viec=accounts.grant").status_code == 200
    assert factors_of(user).get(type="webauthn").last_used_at is not None


@pytest.mark.parametrize("wrong", [{"forged": True}, {"origin": "https://evil.example"}])
def test_a_forged_or_foreign_answer_signs_nobody_in(client, admin, wrong):
    _, key = admin
    response = client.post(BY_KEY, {"credential": key.answer(by_key(client), **wrong)})
    assert response["Location"] == "/tai-khoan/login/"
    assert not signed_in(client)


def test_an_answer_counts_once(client, admin):
    _, key = admin
    answer = key.answer(by_key(client))
    client.post(BY_KEY, {"credential": answer})
    client.logout()
    client.post(BY_KEY, {"credential": answer})
    assert not signed_in(client)


def test_a_blocked_person_is_not_signed_in_by_a_key(client, admin):
    user, key = admin
    User.objects.filter(pk=user.pk).update(is_active=False)
    client.post(BY_KEY, {"credential": key.answer(by_key(client))})
    assert not signed_in(client)


def test_a_removed_key_opens_nothing(client, admin):
    user, key = admin
    factors_of(user).delete()
    client.post(BY_KEY, {"credential": key.answer(by_key(client))})
    assert not signed_in(client)


def test_a_key_proves_before_an_act_and_a_forged_one_does_not(client, admin):
    _, key = admin
    way = f"{CONFIRM}?viec=accounts.grant&next={CREATE}"
    told = {"buoc2-reason": WHY, "buoc2-minutes": "10"}
    forged = key.answer(asked_on(client.get(way)), forged=True)
    assert client.post(way, told | {"buoc2-credential": forged}).status_code == 422
    assert not ElevatedSession.objects.exists()
    right = key.answer(asked_on(client.get(way)))
    assert client.post(way, told | {"buoc2-credential": right})["Location"] == CREATE
    assert client.get(CREATE).status_code == 200


def test_a_passkey_of_somebody_else_proves_nothing(client, admin, house):
    _, key = admin
    other = house.people["commune_admin"]
    sign_in(client, other, password=True)
    mine = SoftKey()
    client.post(KEY, {"name": "Máy", "credential": mine.make(client.get(KEY))})
    sign_in(client, User.objects.get(pk=other.pk))
    way = f"{CONFIRM}?viec=accounts.grant"
    told = {"buoc2-reason": WHY, "buoc2-minutes": "10"}
    answer = key.answer(asked_on(client.get(way)))
    assert client.post(way, told | {"buoc2-credential": answer}).status_code == 422


def test_the_answer_to_another_page_adds_no_key(client, house):
    user = house.people["leader"]
    sign_in(client, user, password=True)
    old = SoftKey().make(client.get(KEY))
    client.get(KEY)
    response = client.post(KEY, {"name": "Máy", "credential": old})
    assert response.status_code == 422
    assert not has_factor(user)
