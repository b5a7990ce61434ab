"""What people send through other systems: taken once, by keys that may, within their limits."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from danvan.commitments.follow_codes import new_code
from danvan.exchange.models import KeyMatter, KeyPost
from danvan.exchange.pace import READS, ReadCounts
from danvan.exchange.services import revoke_key
from danvan.foundation import clock
from danvan.foundation.models import PaceCount
from danvan.petitions.models import Petition, PetitionStep, PublicPetition
from danvan.petitions.services import give_code
from tests.exchange.connected import ROOT, TODAY, Connected, get, key_of, listed, sent
from tests.once import once, own

pytestmark = pytest.mark.django_db
_world = once(Connected, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = TODAY
    READS.forget()
    return own(_world)


def token(answer):
    return answer[0]["token"]


def standing():
    return (Petition.objects.count(), KeyMatter.objects.count(), PetitionStep.objects.count())


def test_what_is_sent_is_a_petition_of_the_place_behind_a_token(client, world):
    answer = sent(
        client, world, first_name="Nam", last_name="Lô Văn", phone="0912345678", email="nam@example.vn",
        lat="19.0512345678", long="104.87", **{"attribute[loai]": "kien-nghi", "attribute[cong-khai]": "co"},
    )  # fmt: skip
    assert answer.status_code == 200, answer.content.decode()
    [told] = answer.json()
    assert set(told) == {"token", "service_notice", "account_id"}
    assert answer["Cache-Control"] == "no-store"
    made = Petition.objects.latest("pk")
    assert (made.kind, made.topic, made.place, made.spot) == (
        "proposal", world.land, world.province.communes[1], "Ngã ba chợ, Xã Con Cuông",
    )  # fmt: skip
    assert (str(made.latitude), str(made.longitude), made.wants_public) == (
        "19.05124",
        "104.87000",
        True,
    )
    assert made.paper.channel == "portal"
    assert made.paper.signatures.count() == 1
    assert KeyMatter.objects.get(petition=made).key == world.sender.key


def test_a_token_tells_the_number_once_it_is_public(client, world):
    [told] = sent(client, world, **{"attribute[cong-khai]": "co"}).json()
    [before] = listed(client, f"tokens/{told['token']}.json")
    assert before == {"service_request_id": None, "token": told["token"]}
    made = Petition.objects.latest("pk")
    PublicPetition.objects.filter(petition=made).delete()
    PublicPetition.objects.create(
        petition=made, state="shown", number="YK-2026-0009", title="Cột điện", asked_on=TODAY, due_on=TODAY, shown_on=TODAY
    )  # fmt: skip
    answer = get(client, f"tokens/{told['token']}.json")
    assert answer.json() == [{"service_request_id": "YK-2026-0009", "token": told["token"]}]
    assert answer["Cache-Control"] == "no-store"


def test_a_token_that_is_none_is_not_found_and_guesses_are_stopped(client, world, settings):
    settings.DANVAN_CODE_TRIES = 2
    assert get(client, "tokens/abc.json").status_code == 404
    found = [get(client, f"tokens/{new_code('x')}.json").status_code for _ in range(4)]
    assert found == [404, 404, 429, 429]


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"service_code": ""}, 400, "Thiếu service_code"),
        ({"service_code": "khong-co"}, 404, "Không có service_code này"),
        ({"address_string": ""}, 400, "Thiếu nơi xảy ra việc"),
        ({"address_id": "99999"}, 400, "address_id không phải"),
        ({"address_string": "", "lat": "19"}, 400, "Thiếu nơi xảy ra việc"),
        ({"lat": "bắc"}, 400, "lat phải là số độ"),
        ({"lat": "NaN"}, 400, "lat phải là số độ"),
        ({"long": "181"}, 400, "long phải là số độ"),
        ({"lat": "120", "long": "100"}, 400, "Điểm trên bản đồ chưa đúng"),
        ({"attribute[loai]": "khieu-nai"}, 400, "Thuộc tính gửi kèm"),
        ({"description": ""}, 400, "Bà con vui lòng ghi điều muốn nói"),
        ({"description": "x" * 10_001}, 400, "dài quá"),
        ({"description": "Tôi tố cáo ông chủ tịch xã nhận hối lộ"}, 400, "tố cáo"),
        ({"phone": "12"}, 400, "Số điện thoại gồm 9 đến 11"),
        ({"api_key": ""}, 403, "cần khóa"),
        ({"api_key": "dvs_00000000_sai"}, 403, "Khóa không đúng"),
        ({"api_key": "x" * 300}, 403, "Khóa không đúng"),
        ({"jurisdiction_id": "99"}, 404, "Không có jurisdiction_id"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(client, world, change, status, words):
    before = standing()
    answer = sent(client, world, **change)
    assert answer.status_code == status
    assert words in " ".join(one["description"] for one in answer.json())
    assert standing() == before
    assert not KeyPost.objects.exists()


def test_a_place_is_meant_by_its_code_by_the_jurisdiction_or_else_the_words_tell(client, world):
    for told, place in (
        ({"address_id": "04022", "address_string": ""}, world.province.communes[2]),
        ({"jurisdiction_id": "04021", "address_string": "Ngã ba"}, world.province.communes[1]),
        ({"address_string": "Ngã ba, Bản Không Có"}, world.province.place),
    ):
        assert sent(client, world, **told).status_code == 200
        assert Petition.objects.latest("pk").place == place


def test_a_key_that_only_reads_sends_nothing(client, world):
    answer = sent(client, world, api_key=world.reader.words)
    assert (answer.status_code, "không được gửi" in answer.json()[0]["description"]) == (403, True)


def test_a_key_sends_only_of_its_own_places(client, world):
    own_key = key_of(world.unit, sends=True).words
    assert sent(client, world, api_key=own_key).status_code == 403
    assert (
        sent(client, world, api_key=own_key, address_string="Bản A, Xã Môn Sơn").status_code == 200
    )


def test_a_revoked_or_ended_key_opens_nothing_not_even_what_is_public(client, world):
    revoke_key(world.sender.key, reason="Nghi lộ khóa", actor=None)
    assert sent(client, world).status_code == 403
    assert get(client, "requests.json", api_key=world.sender.words).status_code == 403
    assert get(client, "requests.json").status_code == 200


def test_sent_again_it_is_one_petition_and_the_same_answer(client, world):
    first, again = sent(client, world), sent(client, world)
    assert token(again.json()) == token(first.json())
    assert KeyMatter.objects.count() == 1
    other = sent(client, world, description="Việc khác hẳn ở chợ huyện.")
    assert other.json()[0]["token"] != first.json()[0]["token"]


def test_two_nameless_people_who_say_the_same_are_two_but_a_second_try_is_one(client, world):
    first = sent(client, world).json()
    assert "ghi là một việc" not in first[0]["service_notice"]
    KeyPost.objects.update(at=clock.machine() - timedelta(minutes=9))
    merged = sent(client, world).json()
    assert token(merged) == token(first)
    assert (
        "ghi là một việc" in merged[0]["service_notice"]
    )  # who is another person learns what to do
    page = client.post("/theo-doi/", {"ma": token(merged)})
    assert (page.status_code, "Đơn của bà con" in page.content.decode()) == (200, True)
    KeyPost.objects.update(at=clock.machine() - timedelta(minutes=11))
    neighbour = sent(client, world).json()
    assert neighbour[0]["token"] != first[0]["token"]
    assert token(sent(client, world).json()) == token(neighbour)
    KeyPost.objects.update(at=clock.machine() - timedelta(minutes=11))
    assert sent(client, world).json() not in (first, neighbour)
    assert Petition.objects.filter(sent_by_key__isnull=False).count() == 3


@pytest.mark.parametrize(
    "own", [{"phone": "0912345678"}, {"email": "mai@nha.vn"}, {"first_name": "Mai"}]
)
def test_who_left_anything_of_their_own_shares_no_code_with_a_neighbour_of_the_same_words(
    client, world, own
):
    codes = {token(sent(client, world, **more).json()) for more in ({}, own)}
    assert len(codes) == 2


def test_a_second_try_gets_a_code_that_opens_something(client, world):
    first = sent(client, world).json()
    petition = Petition.objects.get(sent_by_key__isnull=False)
    give_code(petition, actor=None)  # at the office, for a slip that was lost
    again = sent(client, world).json()
    assert token(again) != token(first)
    assert client.post("/theo-doi/", {"ma": token(again)}).status_code == 200


def test_a_body_that_is_no_form_is_told_so_and_not_that_its_key_is_missing(client, world):
    told = {
        "api_key": world.sender.words,
        "service_code": "dat-dai",
        "description": "Đèn hỏng lắm rồi.",
    }
    answer = client.post(f"{ROOT}/requests.json", told, content_type="application/json")
    assert (answer.status_code, "dạng biểu mẫu" in answer.content.decode()) == (415, True)
    assert not KeyMatter.objects.exists()


def test_a_named_post_is_the_same_for_a_day(client, world):
    name = {"HTTP_IDEMPOTENCY_KEY": "a-1"}
    told = {
        "api_key": world.sender.words,
        "service_code": "dat-dai",
        "address_string": "Xã Con Cuông",
    }
    told["description"] = "Rác đầy chợ ba ngày."
    first = client.post(f"{ROOT}/requests.json", told, **name).json()
    KeyPost.objects.update(at=clock.machine() - timedelta(hours=23))
    assert client.post(f"{ROOT}/requests.json", told, **name).json() == first


def test_the_same_name_for_other_words_is_refused(client, world):
    told = {
        "api_key": world.sender.words,
        "service_code": "dat-dai",
        "address_string": "Chợ, Xã Con Cuông",
    }
    name = {"headers": {"Idempotency-Key": "a-1"}}
    one = client.post(
        f"{ROOT}/requests.json", {**told, "description": "Rác đầy chợ ba ngày."}, **name
    )
    two = client.post(
        f"{ROOT}/requests.json", {**told, "description": "Rác đầy chợ bốn ngày."}, **name
    )
    again = client.post(
        f"{ROOT}/requests.json", {**told, "description": "Rác đầy chợ ba ngày."}, **name
    )
    assert (one.status_code, two.status_code, again.json()) == (200, 422, one.json())
    long = client.post(f"{ROOT}/requests.json", told, headers={"Idempotency-Key": "a" * 256})
    assert long.status_code in (400, 422)


def test_after_a_day_the_same_words_are_another_petition(client, world):
    first = sent(client, world).json()
    KeyPost.objects.update(at=clock.machine() - timedelta(days=1, minutes=1))
    assert sent(client, world).json() != first
    assert KeyMatter.objects.count() == 2
    assert KeyPost.objects.count() == 1


def test_what_left_the_register_is_not_written_down_again(client, world):
    sent(client, world)
    KeyPost.objects.update(petition=None)
    answer = sent(client, world)
    assert (answer.status_code, answer.json()[0]["code"]) == (409, 409)
    assert KeyMatter.objects.count() == 1


def test_a_key_sends_only_so_much_within_an_hour(client, world, settings):
    settings.DANVAN_API_SENDS = 1
    assert sent(client, world).status_code == 200
    stopped = sent(client, world, description="Việc khác hẳn ở chợ huyện.")
    assert (stopped.status_code, stopped["Retry-After"]) == (429, "600")
    assert sent(client, world).status_code == 200  # the answer that was lost may be asked for again


def test_two_processes_count_what_one_network_reads_together(world):
    first, second, now = ReadCounts(), ReadCounts(), clock.machine()
    taken = [
        one.takes("net 203.0.113.0/24", most=40, now=now)
        for _ in range(40)
        for one in (first, second)
    ]
    assert 40 <= sum(taken) <= 40 + 2 * 40 // 20
    assert not first.takes("net 203.0.113.0/24", most=40, now=now)
    assert first.takes("net 198.51.100.0/24", most=40, now=now)
    assert first.takes("net 203.0.113.0/24", most=40, now=now + timedelta(minutes=1))
    assert "203" not in str(list(PaceCount.objects.values("mark")))


def test_reading_goes_on_where_the_others_cannot_be_told(world, monkeypatch):
    def locked(*_, **__):
        raise OperationalError

    monkeypatch.setattr("danvan.exchange.pace.count_more", locked)
    counts, now = ReadCounts(), clock.machine()
    assert [counts.takes("net", most=3, now=now) for _ in range(5)] == [True] * 3 + [False] * 2


def test_reading_writes_next_to_nothing(world, django_assert_num_queries):
    counts, now = ReadCounts(), clock.machine()
    with django_assert_num_queries(0):
        assert all(counts.takes("net", most=120, now=now) for _ in range(5))
    counts.takes("net", most=120, now=now)
    assert PaceCount.objects.get().number == 6
    while counts.takes("net", most=120, now=now):
        pass
    with django_assert_num_queries(0):
        assert not counts.takes("net", most=120, now=now)


def test_reading_too_often_is_put_off_by_network_and_by_key(client, world, settings):
    settings.DANVAN_API_READS, settings.DANVAN_API_KEY_READS = 2, 4
    here = {"REMOTE_ADDR": "203.0.113.7"}
    found = [client.get(f"{ROOT}/services.json", **here).status_code for _ in range(3)]
    assert found == [200, 200, 429]
    beside = client.get(f"{ROOT}/services.json", REMOTE_ADDR="203.0.113.250")
    assert (beside.status_code, int(beside["Retry-After"]) <= 60) == (429, True)
    assert client.get(f"{ROOT}/services.json", REMOTE_ADDR="203.0.114.7").status_code == 200
    keyed = {"api_key": world.reader.words}
    assert client.get(f"{ROOT}/services.json", keyed, **here).status_code == 200
    tried_keys = [
        client.get(
            f"{ROOT}/services.json", {"api_key": "sai"}, REMOTE_ADDR="2001:db8:1:2::1"
        ).status_code
        for _ in range(5)
    ]
    assert tried_keys == [403, 403, 403, 403, 429]


def test_words_like_a_denunciation_are_sent_once_their_sender_says_that_they_are_none(
    client, world
):
    words = {"description": "Xin dán lịch tiếp dân nghe tố cáo ở chợ"}
    [refused] = sent(client, world, **words).json()
    assert "attribute[khong-to-cao]=co" in refused["description"]
    assert "/gui/kin/" in refused["description"]
    before = Petition.objects.count()
    assert sent(client, world, **words, **{"attribute[khong-to-cao]": "x"}).status_code == 400
    assert sent(client, world, **words, **{"attribute[khong-to-cao]": "co"}).status_code == 200
    assert Petition.objects.count() == before + 1
