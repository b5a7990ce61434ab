"""GeoReport as clients speak it: what is public, what is sent, what is refused; the conformance suite on ourselves."""

from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.exchange.pace import READS
from danvan.petitions.models import Petition, PublicPetition
from danvan.topics.models import Topic
from tests.exchange.connected import ROOT, TODAY, Connected, get, listed
from tests.exchange.open311_conformance import tried
from tests.exchange.open311_server import Asked, Reply
from tests.once import once, own

pytestmark = pytest.mark.django_db
_world = once(Connected, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = TODAY
    READS.forget()
    return own(_world)


class Ours:
    """Our own server, asked without a network."""

    def __init__(self, client):
        self.client = client

    def ask(self, method, path, told):
        answer = getattr(self.client, method.lower())(
            path if "discovery" in path else ROOT + path, told
        )
        return Reply(answer.status_code, answer["Content-Type"], answer.content)


def test_our_own_server_holds_every_rule_of_the_conformance_suite(client, world):
    for jurisdiction in ("", "40"):
        asked = Asked(
            Ours(client), key=world.sender.words, jurisdiction=jurisdiction, discovery="/open311/discovery",
            updates=True,
        )  # fmt: skip
        found = list(tried(asked))
        assert [one for one in found if one[1] == "failed"] == []
        left_out = {name for name, came, _ in found if came == "left out"}
        assert left_out == (
            {"a jurisdiction that is none is not found"} if not jurisdiction else set()
        )


def numbers(client, **told):
    return [one["service_request_id"] for one in listed(client, **told)]


def test_a_public_petition_is_told_in_its_public_words_alone(client, world):
    PublicPetition.objects.filter(pk=world.lamp.pk).update(text="Đèn ở nhà ông […] hỏng")
    [told] = listed(client, f"requests/{world.lamp.number}.json")
    assert told == {
        "service_request_id": "YK-2026-0001",
        "status": "open",
        "status_notes": "Đã nhận, đang xem thuộc ai giải quyết",
        "service_name": "Đất đai",
        "service_code": "dat-dai",
        "description": "Đèn đường hỏng\n\nĐèn ở nhà ông […] hỏng",
        "agency_responsible": "Ủy ban nhân dân Xã Môn Sơn",
        "service_notice": None,
        "requested_datetime": "2026-10-01T00:00:00+07:00",
        "updated_datetime": "2026-11-20T00:00:00+07:00",
        "expected_datetime": "2026-10-15T00:00:00+07:00",
        "address": "Xã Môn Sơn",
        "address_id": "04020",
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }
    whole = b"".join(
        get(client, f"{path}.json").content for path in ("requests", "servicerequestupdates")
    )
    assert "Lô Văn Nam".encode() not in whole
    assert world.kept.title.encode() not in whole
    assert world.kept.number.encode() not in whole


def test_a_place_that_the_register_has_on_the_map_has_its_middle_never_the_senders_point(
    client, world
):
    world.province.communes[0].versions.update(latitude="19.050000", longitude="104.870000")
    Petition.objects.filter(pk=world.lamp.petition_id).update(
        latitude="19.123456", longitude="104.9"
    )
    [told] = listed(client, f"requests/{world.lamp.number}.json")
    assert (told["lat"], told["long"]) == (19.05, 104.87)


def test_what_is_public_no_longer_is_not_found(client, world):
    PublicPetition.objects.filter(pk=world.lamp.pk).update(
        state="taken_down", reason="Người gửi xin gỡ", title="", text=""
    )
    answer = get(client, f"requests/{world.lamp.number}.json")
    assert answer.status_code == 404
    assert answer.json() == [
        {
            "code": 404,
            "description": "Không có việc công khai nào mang mã này. Vui lòng xem lại mã.",
        }
    ]
    assert world.lamp.number not in numbers(client)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, [2, 1]),
        ({"start_date": "2026-06-30T17:00:00Z", "end_date": "2026-07-02T00:00:00+07:00"}, [3]),
        ({"start_date": "2026-06-01T00:00:00Z"}, [3]),
        ({"end_date": "2026-07-01T00:00:00 07:00"}, [3]),
        ({"updated_after": "2026-11-20T00:00:00Z"}, [2, 1, 3]),
        ({"updated_after": "2026-11-21T00:00:00Z"}, []),
        ({"updated_before": "2026-11-19T00:00:00Z"}, []),
        ({"updated_before": "2026-11-20T00:00:00Z", "start_date": "2026-09-01T00:00:00Z"}, [2, 1]),
        ({"service_code": "dat-dai"}, [1]),
        ({"service_code": "chua-phan"}, [2]),
        ({"service_code": "dat-dai,chua-phan"}, [2, 1]),
        ({"service_code": "khong-co"}, []),
        ({"status": "closed"}, []),
        ({"status": "OPEN"}, [2, 1]),
        ({"status": "open, closed"}, [2, 1]),
        ({"page_size": "1"}, [2]),
        ({"page_size": "1", "page": "2"}, [1]),
        ({"page_size": "1", "page": "3"}, []),
        ({"jurisdiction_id": "40"}, [2, 1]),
        ({"jurisdiction_id": "04020"}, [2, 1]),
        ({"jurisdiction_id": "04021"}, []),
        ({"jurisdiction_id": "00"}, [2, 1]),
        ({"service_request_id": "YK-2026-0003, YK-2026-0001", "status": "closed"}, [1, 3]),
    ],
)  # fmt: skip
def test_requests_are_narrowed_as_the_specification_says(client, world, told, found):
    assert numbers(client, **told) == [f"YK-2026-000{one}" for one in found]


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        ({"status": "done"}, 400, "status chỉ nhận open, closed"),
        ({"page": "0"}, 400, "page là số từ 1"),
        ({"page": "²"}, 400, "page là số từ 1"),
        ({"page_size": "1001"}, 400, "page_size là số từ 1 đến 1000"),
        ({"start_date": "2026-01-01"}, 400, "start_date phải là thời điểm có múi giờ"),
        ({"start_date": "2026-01-01T00:00:00"}, 400, "có múi giờ"),
        ({"end_date": "9999-12-31T23:59:59Z"}, 400, "có múi giờ"),
        ({"end_date": "2026-13-45T00:00:00Z"}, 400, "có múi giờ"),
        ({"updated_after": "hôm qua"}, 400, "updated_after"),
        ({"start_date": "2026-05-02T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"}, 400, "start_date phải trước"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"}, 400, "dài nhất 90 ngày"),
        ({"jurisdiction_id": "99"}, 404, "Không có jurisdiction_id này"),
        ({"service_code": ",".join(map(str, range(201)))}, 400, "quá 200 giá trị"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_both_forms(client, world, told, status, words):
    one, other = get(client, "requests.json", **told), get(client, "requests.xml", **told)
    assert (one.status_code, other.status_code) == (status, status)
    [error] = one.json()
    assert error["code"] == status
    assert words in error["description"]
    root = ET.fromstring(other.content)
    assert [root.tag, root[0].tag, root[0][0].text, root[0][1].text] == [
        "errors", "error", str(status), error["description"],
    ]  # fmt: skip


def test_a_list_costs_the_same_for_one_request_and_for_three(client, world):
    Petition.objects.update(topic=world.land)
    counts = []
    for size in ("1", "3"):
        for path in ("requests.json", "servicerequestupdates.json"):
            with CaptureQueriesContext(connection) as asked:
                listed(client, path, page_size=size, start_date="2026-09-01T00:00:00Z")
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_a_topic_that_ended_is_told_as_what_took_over(client, world):
    world.land.versions.update(valid_to=TODAY)
    Topic.objects.filter(pk=world.land.pk).update(valid_to=TODAY, ending="Bỏ")
    [told] = listed(client, f"requests/{world.lamp.number}.json")
    assert (told["service_code"], told["service_name"]) == ("chua-phan", "Việc khác")
    assert numbers(client, service_code="chua-phan") == ["YK-2026-0002", "YK-2026-0001"]


def test_xml_holds_what_no_xml_may_hold_without_it(client, world):
    PublicPetition.objects.filter(pk=world.lamp.pk).update(text="a\x0b<b>&\ud7ffc\ufffe")
    root = ET.fromstring(get(client, f"requests/{world.lamp.number}.xml").content)
    assert root.findtext("request/description") == "Đèn đường hỏng\n\na<b>&\ud7ffc"


def test_answers_may_be_kept_a_minute_and_shown_by_any_page_but_not_with_a_key(client, world):
    free = get(client, "requests.json")
    assert free["Cache-Control"].startswith("public, max-age=60")
    assert free["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in free
    assert "Cookie" not in free.get("Vary", "")
    keyed = get(client, "requests.json", api_key=world.reader.words)
    assert keyed["Cache-Control"] == "no-store"
    assert client.head(f"{ROOT}/requests.json").status_code == 200


# What no view sees


@pytest.mark.parametrize(
    ("path", "status"),
    [("khac.json", 404), ("services.khac", 404), ("requests.json?start_date=%00", 400)],
)
def test_what_no_view_sees_is_refused_in_the_form_of_errors(client, world, path, status):
    answer = client.get(f"{ROOT}/{path}")
    assert answer.status_code == status
    if ".json" in path:
        assert answer.json()[0]["code"] == status
    else:
        assert ET.fromstring(answer.content)[0][0].text == str(status)


def test_another_method_and_too_much_are_refused_in_the_form_of_errors(client, world):
    wrong = client.delete(f"{ROOT}/requests.json")
    assert wrong.status_code == 405
    much = client.post(f"{ROOT}/requests.json", {"description": "x" * 200_001})
    assert (much.status_code, much.json()[0]["code"]) == (413, 413)


def test_discovery_tells_whether_it_is_a_trial(client, world, settings):
    told = client.get("/open311/discovery.json").json()
    assert told["endpoints"][0]["type"] == "test"
    assert told["endpoints"][0]["url"] == "http://testserver/open311/v2"
    settings.DANVAN_TODAY = None
    assert client.get("/open311/discovery.json").json()["endpoints"][0]["type"] == "production"
