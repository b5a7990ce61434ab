"""The pages of keys: the list, a key shown once, a key taken back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.exchange.models import ApiKey
from danvan.exchange.services import use_key
from tests.exchange.connected import TODAY, Connected, key_of
from tests.factories.province import make_grant
from tests.once import once, own

pytestmark = pytest.mark.django_db
_world = once(Connected, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = TODAY
    return own(_world)


@pytest.fixture
def page(client, world):
    client.force_login(make_grant(world.province.communes[0], "administrator"))
    return client


FORM = {
    "name": "Cổng tỉnh",
    "contact": "Sở KHCN",
    "unit": "Ủy ban nhân dân Xã Môn Sơn",
    "sends": "on",
    "valid_to": "31/12/2026",
}


def test_a_key_is_made_and_shown_once(page, world):
    assert page.get("/ket-noi/them/").status_code == 200
    answer = page.post("/ket-noi/them/", FORM)
    assert answer.status_code == 200, answer.content.decode()
    [words] = re.findall(r"<code[^>]*>(dvs_[^<]+)</code>", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    key = use_key(words)
    assert (key.name, key.unit, key.reads, key.sends) == ("Cổng tỉnh", world.unit, False, True)
    listed = page.get("/ket-noi/").content.decode()
    assert key.prefix in listed
    assert words not in listed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "tên hệ thống được nối"),
        ({"unit": ""}, "ghi đơn vị"),
        ({"unit": "Ủy ban nhân dân Xã Con Cuông"}, "nằm ngoài phạm vi quản trị"),
        ({"unit": "Khong Co Don Vi Nay"}, "Không tìm thấy đơn vị này"),
        ({"sends": ""}, "khóa được làm gì"),
        ({"valid_to": "hôm qua"}, "id_valid_to_error"),
    ],
)
def test_a_key_that_cannot_be_made_is_refused_on_the_form(page, change, words):
    before = ApiKey.objects.count()
    answer = page.post("/ket-noi/them/", {**FORM, **change})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Sở KHCN" in answer.content.decode()
    assert ApiKey.objects.count() == before


def test_a_key_is_taken_back_with_a_reason(page, world):
    path = f"/ket-noi/{world.reader.key.pk}/thu-hoi/"
    assert page.get(path).status_code == 200
    refused = page.post(path, {"reason": ""})
    assert (refused.status_code, "ghi lý do thu hồi" in refused.content.decode()) == (422, True)
    assert page.post(path, {"reason": "Nghi lộ khóa"}).status_code == 302
    assert use_key(world.reader.words) is None
    again = page.post(path, {"reason": "Nghi lộ khóa"})
    assert (again.status_code, "đã thu hồi ngày" in again.content.decode()) == (422, True)
    assert "Nghi lộ khóa" in page.get("/ket-noi/").content.decode()


def test_a_key_of_elsewhere_is_not_there(page, world):
    far = key_of(world.province.communes[1])
    assert page.get(f"/ket-noi/{far.key.pk}/thu-hoi/").status_code == 404
    assert far.key.prefix not in page.get("/ket-noi/").content.decode()


def test_no_key_yet_is_said(client, world):
    ApiKey.objects.all().delete()
    client.force_login(make_grant(world.province.country, "administrator"))
    assert "Chưa cấp khóa nào" in client.get("/ket-noi/").content.decode()


def test_the_list_costs_the_same_for_one_key_and_for_three(page, world):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page.get("/ket-noi/")
        counts.append(len(asked))
        for _ in range(2):
            key_of(world.unit)
    assert counts[0] == counts[1]
