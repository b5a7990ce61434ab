"""The API: what is public, what is sent by a key, what a code opens; refused in problem details."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.commitments.selectors import codes_from
from danvan.commitments.services import withdraw_follow_code
from danvan.exchange.models import KeyMatter
from danvan.exchange.pace import READS
from danvan.exchange.views.api.refusing import refused
from danvan.foundation.errors import KeyUnavailable
from danvan.organisations.models import Lineage, UnitCode
from danvan.petitions.models import Petition, PetitionStep, PublicPetition
from tests.exchange.connected import TODAY, Connected
from tests.factories.province import make_place
from tests.once import once, own

pytestmark = pytest.mark.django_db
_world = once(Connected, DANVAN_TODAY=TODAY)
ROOT = "/api/v1"


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = TODAY
    READS.forget()
    return own(_world)


def told(client, path, status=200, **asked):
    answer = client.get(f"{ROOT}/{path}", asked)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def post(client, path, said, **headers):
    return client.post(
        f"{ROOT}/{path}", json.dumps(said), content_type="application/json", headers=headers
    )


def test_topics_are_told_from_the_top_down(client, world):
    assert "Bồi thường, tái định cư".encode() in client.get(f"{ROOT}/topics").content
    found = {one["code"]: one for one in told(client, "topics")}
    assert found["boi-thuong"]["path"] == "Đất đai › Bồi thường, tái định cư"
    assert "giải phóng mặt bằng" in found["boi-thuong"]["aliases"]


def test_places_are_found_without_tones_and_old_ones_lead_to_their_heirs(client, world):
    old = make_place("Xã Cũ Kỹ", under=world.province.place, code="04099", ended=date(2025, 7, 1))
    heir = world.province.communes[0]
    Lineage.objects.create(
        predecessor=old,
        successor=heir,
        happened_on=date(2025, 7, 1),
        weight=1_000_000,
        measure="whole",
        back_weight=1_000_000,
        back_measure="whole",
        estimated=False,
        decision="NQ 1",
    )
    [found] = told(client, "units", q="cu ky")
    assert (found["name"], found["ended_on"], found["successors"]) == (
        "Xã Cũ Kỹ", "2025-07-01", [{"id": heir.pk, "name": "Xã Môn Sơn"}],
    )  # fmt: skip
    past = told(client, f"units/{old.pk}")
    assert (past["name"], past["code"], past["ended_on"]) == ("Xã Cũ Kỹ", "04099", "2025-07-01")
    assert [(one["id"], one["parts_per_million"]) for one in past["went_to"]] == [
        (heir.pk, 1_000_000)
    ]
    now = told(client, "places/04020")
    assert now["id"] == heir.pk
    assert [one["id"] for one in now["came_from"]] == [old.pk]
    assert now["names"][0]["above"] == "Tỉnh Nghệ An"
    assert told(client, "places/04099", on="2024-01-01")["id"] == old.pk
    assert told(client, "places/04099", 404)["title"] == "Không có"


def test_a_place_without_a_code_has_none(client, world):
    UnitCode.objects.filter(unit=world.province.communes[2]).delete()
    assert told(client, f"units/{world.province.communes[2].pk}")["code"] == ""


@pytest.mark.parametrize("pk", [999_999, "organisation"])
def test_what_is_no_place_is_not_told(client, world, pk):
    assert (
        told(client, f"units/{world.unit.pk if pk == 'organisation' else pk}", 404)["status"] == 404
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [2, 1, 3]),
        ({"topic": "dat-dai"}, [1, 3]),
        ({"topic": "chua-phan"}, [2]),
        ({"place": "40"}, [2, 1, 3]),
        ({"place": "04021"}, []),
        ({"state": "open"}, [2, 1, 3]),
        ({"state": "closed"}, []),
        ({"page_size": 2}, [2, 1]),
        ({"page_size": 2, "page": 2}, [3]),
    ],
)
def test_public_matters_are_narrowed_and_paged(client, world, asked, found):
    page = told(client, "matters", **asked)
    assert [one["number"] for one in page["items"]] == [f"YK-2026-000{one}" for one in found]
    assert page["next_page"] == (2 if asked == {"page_size": 2} else None)


def test_a_matter_costs_the_same_alone_and_among_others(client, world):
    Petition.objects.update(topic=world.land)
    counts = []
    for size in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            told(client, "matters", page_size=size)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_one_matter_is_told_with_its_steps_in_plain_words(client, world):
    PetitionStep.objects.filter(petition=world.lamp.petition).update(words="Mật")
    found = told(client, f"matters/{world.lamp.number}")
    assert (found["title"], found["state"], found["topic"], found["place"]) == (
        "Đèn đường hỏng", "open", "Đất đai", "Xã Môn Sơn",
    )  # fmt: skip
    assert [set(one) for one in found["steps"]] == [{"on", "words"}]  # a day, and no hour
    assert [one["words"] for one in found["steps"]] == ["Đã nhận"]
    assert "Mật" not in json.dumps(found, ensure_ascii=False)
    assert told(client, f"matters/{world.kept.number}", 404)["detail"].startswith("Không có việc")
    PublicPetition.objects.filter(pk=world.lamp.pk).update(
        state="taken_down", reason="x", title="", text=""
    )
    told(client, f"matters/{world.lamp.number}", 404)


SAID = {"text": "Cột điện ở ngã ba nghiêng sắp đổ.", "place": "04021"}


def send(client, world, said=SAID, **headers):
    return post(client, "matters", said, **{"X-Api-Key": world.sender.words, **headers})


def test_what_is_sent_is_a_petition_whose_code_opens_it(client, world):
    said = SAID | {
        "kind": "proposal", "topic": "dat-dai", "spot": "Ngã ba chợ", "point": {"latitude": 19.05, "longitude": 104.87},
        "name": "Lô Văn Nam", "phone": "0912345678", "wants_public": True,
    }  # fmt: skip
    answer = send(client, world, said)
    assert answer.status_code == 201, answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    made = Petition.objects.latest("pk")
    assert (made.kind, made.topic, made.place, made.spot, str(made.latitude), made.wants_public) == (
        "proposal", world.land, world.province.communes[1], "Ngã ba chợ", "19.05000", True,
    )  # fmt: skip
    assert KeyMatter.objects.get(petition=made).key == world.sender.key
    code = answer.json()["code"]
    opened = post(client, "follow", {"code": code})
    assert opened.status_code == 200
    assert opened["Cache-Control"] == "no-store"
    seen = opened.json()
    assert (seen["title"], seen["standing"]) == (
        made.title,
        "Đã nhận, đang xem thuộc ai giải quyết",
    )
    assert "Lô Văn Nam" not in opened.content.decode()
    again = send(client, world, said)
    assert again.json() == answer.json() | {"merged": True}


def test_a_code_that_opens_nothing_is_not_found(client, world, monkeypatch):
    assert post(client, "follow", {"code": "sai"}).status_code == 404
    answer = send(client, world)
    made = Petition.objects.latest("pk")
    monkeypatch.setattr("danvan.exchange.views.api.operations.petition_behind", lambda code: None)
    assert (
        post(client, "follow", answer.json()).status_code == 422
    )  # more than the code is not taken
    assert post(client, "follow", {"code": answer.json()["code"]}).status_code == 404
    [code] = codes_from("petitions.petition", made.pk)
    withdraw_follow_code(code, actor=None)
    assert post(client, "follow", {"code": answer.json()["code"]}).status_code == 404


def test_the_same_name_for_other_words_is_refused(client, world):
    name = {"Idempotency-Key": "a-1"}
    assert send(client, world, **name).status_code == 201
    other = send(client, world, SAID | {"text": "Cột điện khác ở chợ huyện."}, **name)
    assert (other.status_code, other["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.parametrize(
    ("change", "status", "where"),
    [
        ({"text": "ngắn"}, 422, "text"),
        ({"kind": "complaint"}, 422, "kind"),
        ({"wants_public": "có"}, 422, "wants_public"),
        ({"title": "a" * 301}, 422, "title"),
        ({"point": {"latitude": "x", "longitude": 1}}, 422, "point.latitude"),
        ({"text": "Có \x00 trong lời này"}, 422, "text"),
        ({"khac": 1}, 422, "khac"),
        ({"point": {"latitude": 91, "longitude": 1}}, 422, "point.latitude"),
        ({"text": "Tôi tố cáo ông chủ tịch nhận hối lộ"}, 422, "denounces"),
        ({"topic": "khong-co"}, 404, None),
        ({"place": "99999"}, 404, None),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_place_and_nothing_is_kept(
    client, world, change, status, where
):
    before = Petition.objects.count()
    answer = send(client, world, SAID | change)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    assert [one["where"] for one in problem["errors"]] == ([where] if where else [])
    for one in problem["errors"]:  # whole sentences, no word of the reader of shapes
        assert one["detail"].endswith((".", "…"))
        said = one["detail"].replace("not_denunciation", "")  # the name of a part of ours
        assert not re.search(r"[a-z]+_[a-z]+|string|type|missing", said)
    assert Petition.objects.count() == before


def test_only_a_key_that_may_send_sends(client, world):
    assert post(client, "matters", SAID).status_code == 403
    assert post(client, "matters", SAID, **{"X-Api-Key": "sai"}).status_code == 403
    assert post(client, "matters", SAID, **{"X-Api-Key": world.reader.words}).status_code == 403
    bearer = {"Authorization": f"Bearer {world.sender.words}"}
    assert post(client, "matters", SAID, **bearer, **{"X-Api-Key": ""}).status_code in (201, 403)


def test_what_is_no_json_too_long_or_of_another_method_is_refused(client, world):
    form = client.post(f"{ROOT}/matters", SAID, headers={"X-Api-Key": world.sender.words})
    assert (form.status_code, form.json()["status"]) == (415, 415)
    long = send(client, world, {"text": "x" * 200_001})
    assert (long.status_code, long.json()["status"]) == (413, 413)
    broken = client.post(
        f"{ROOT}/follow",
        b"{",
        content_type="application/json",
        headers={"X-Api-Key": world.sender.words},
    )
    assert broken.status_code in (400, 422)
    assert broken["Content-Type"] == "application/problem+json"
    for answer in (client.delete(f"{ROOT}/matters"), client.get(f"{ROOT}/follow")):
        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
        assert answer["Allow"]
    nowhere = client.get(f"{ROOT}/khac")
    assert (nowhere.status_code, nowhere["Content-Type"]) == (404, "application/problem+json")


def test_what_a_missing_key_file_closes_is_no_fault_of_who_asks():
    assert refused(KeyUnavailable("thiếu khóa")).status_code == 503


def test_reading_too_often_is_put_off(client, world, settings):
    settings.DANVAN_API_READS = 1
    assert client.get(f"{ROOT}/topics", REMOTE_ADDR="203.0.113.9").status_code == 200
    late = client.get(f"{ROOT}/topics", REMOTE_ADDR="203.0.113.9")
    assert (late.status_code, late.json()["status"]) == (429, 429)
    assert 0 < int(late["Retry-After"]) <= 60


def test_answers_may_be_kept_a_minute_and_shown_by_any_page_but_not_with_a_key(client, world):
    free = client.get(f"{ROOT}/matters")
    assert free["Cache-Control"].startswith("public, max-age=60")
    assert free["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in free
    keyed = client.get(f"{ROOT}/matters", headers={"X-Api-Key": world.reader.words})
    assert keyed["Cache-Control"] == "no-store"


def test_the_description_names_refusals_as_problems_and_nothing_from_elsewhere(client, world):
    answer = client.get(f"{ROOT}/openapi.json")
    document = answer.json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        f"{ROOT}/{path}"
        for path in (
            "topics",
            "units",
            "units/{unit_id}",
            "places/{code}",
            "matters",
            "matters/{number}",
            "follow",
        )
    }
    sending = document["paths"][f"{ROOT}/matters"]["post"]
    assert sending["security"] == [{"ByKey": []}]
    kinds = {
        kind
        for operations in document["paths"].values()
        for one in operations.values()
        for status, reply in one["responses"].items()
        if int(status) >= 400
        for kind in reply["content"]
    }
    assert kinds == {"application/problem+json"}
    assert b"http://" not in answer.content
    assert b"https://" not in answer.content


def test_words_like_a_denunciation_are_sent_once_their_sender_says_that_they_are_none(
    client, world
):
    said = SAID | {"text": "Xin dán lịch tiếp dân nghe tố cáo ở chợ."}
    [error] = send(client, world, said).json()["errors"]
    assert "not_denunciation: true" in error["detail"]
    assert "/gui/kin/" in error["detail"]
    assert send(client, world, said | {"not_denunciation": True}).status_code == 201
