"""What happened to public petitions, and what their senders add, as the extension of GeoReport has it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from danvan.exchange.models import KeyMatter
from danvan.exchange.pace import READS
from danvan.foundation import clock
from danvan.petitions.models import Petition, PetitionStep, PublicPetition
from tests.exchange.connected import ROOT, TODAY, Connected, get, listed, public, sent
from tests.once import once, own

pytestmark = pytest.mark.django_db
_world = once(Connected, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = TODAY
    READS.forget()
    return own(_world)


def test_steps_of_public_petitions_are_told_in_plain_words_and_no_others(client, world):
    at = datetime(2026, 11, 20, 3, tzinfo=UTC)
    answered = public(world, 4, title="Vỡ ống nước", answer="Đã thay ống ngày 19/11.")
    Petition.objects.filter(pk=answered.petition_id).update(answered_on=TODAY, answer="x")
    PublicPetition.objects.filter(pk=answered.pk).update(answer_on=TODAY)
    PetitionStep.objects.create(
        petition=answered.petition, kind="answered", on=TODAY, at=at, words="Mật"
    )
    PetitionStep.objects.create(
        petition=answered.petition, kind="assigned", on=TODAY, at=at, words="Mật"
    )
    PetitionStep.objects.create(
        petition=answered.petition, kind="done", on=TODAY, at=at + timedelta(hours=1), words="Mật"
    )
    PetitionStep.objects.filter(petition=answered.petition, kind="received").delete()
    found = listed(
        client, "servicerequestupdates.json", start_date="2026-11-20T00:00:00Z", end_date="2026-11-20T05:00:00Z",
        service_request_id=answered.number,
    )  # fmt: skip
    assert [(one["status"], one["updated_datetime"], one["description"]) for one in found] == [
        ("closed", "2026-11-20T00:00:00+07:00", "Đã xong"),
        ("open", "2026-11-20T00:00:00+07:00", "Đã trả lời người gửi: Đã thay ống ngày 19/11."),
    ]
    assert {one["service_request_id"] for one in found} == {answered.number}
    assert "Mật" not in json.dumps(found, ensure_ascii=False)


def test_when_within_its_day_a_step_was_taken_is_not_found_by_asking_for_seconds(client, world):
    at = datetime(2026, 11, 20, 3, 14, 15, tzinfo=UTC)
    lamp = world.lamp
    PetitionStep.objects.all().delete()
    PetitionStep.objects.create(petition=lamp.petition, kind="accepted", on=TODAY, at=at)
    spans = [
        ("2026-11-20T03:14:15Z", "2026-11-20T03:14:15Z"), ("2026-11-20T03:14:16Z", "2026-11-20T03:14:16Z"),
        ("2026-11-19T17:00:00Z", "2026-11-20T16:59:59Z"),
    ]  # fmt: skip
    told = [
        listed(client, "servicerequestupdates.json", start_date=first, end_date=last)
        for first, last in spans
    ]
    assert told[0] == told[1] == told[2]
    assert [one["updated_datetime"] for one in told[0]] == ["2026-11-20T00:00:00+07:00"]
    outside = {"start_date": "2026-11-20T17:00:00Z", "end_date": "2026-11-21T17:00:00Z"}
    assert listed(client, "servicerequestupdates.json", **outside) == []


@pytest.mark.parametrize(
    "told",
    [
        {"start_date": "2026-05-02T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
    ],
)
def test_updates_of_no_time_or_of_too_long_are_refused(client, world, told):
    assert get(client, "servicerequestupdates.json", **told).status_code == 400
    assert get(client, "servicerequestupdates.xml", **told).status_code == 400


def test_updates_from_a_day_reach_90_days_on(client, world):
    assert listed(client, "servicerequestupdates.json", start_date="2026-01-02T00:00:00Z") == []


def test_words_like_a_denunciation_are_added_once_their_sender_says_that_they_are_none(
    client, world
):
    [told] = sent(client, world).json()
    words = {"description": "Xin dán lịch nghe tố cáo.", "service_request_id": told["token"]}
    refused = added(client, world, **words)
    assert "attribute[khong-to-cao]=co" in refused.json()[0]["description"]
    assert added(client, world, **words, **{"attribute[khong-to-cao]": "co"}).status_code == 200


def added(client, world, **more):
    told = {
        "api_key": world.sender.words, "update_id": "u-1", "status": "OPEN", "description": "Hôm nay vẫn chưa sửa.",
        "updated_datetime": "2026-11-20T08:00:00+07:00", **more,
    }  # fmt: skip
    return client.post(f"{ROOT}/servicerequestupdates.json", told)


def test_what_a_sender_adds_is_written_down_once_by_token_or_by_number(client, world):
    [told] = sent(client, world).json()
    made = Petition.objects.latest("pk")
    one = added(client, world, service_request_id=told["token"])
    assert one.status_code == 200, one.content.decode()
    step = PetitionStep.objects.get(kind="added")
    assert one.json() == [{"update_id": str(step.pk)}]
    assert (step.petition, step.words, step.by) == (made, "Hôm nay vẫn chưa sửa.", None)
    assert added(client, world, service_request_id=told["token"]).json() == one.json()
    assert PetitionStep.objects.filter(kind="added").count() == 1
    changed = added(client, world, service_request_id=told["token"], description="Lời khác")
    assert changed.status_code == 422
    KeyMatter.objects.create(key=world.sender.key, petition=world.lamp.petition, at=clock.machine())
    by_number = added(client, world, service_request_id=world.lamp.number, update_id="u-2")
    assert by_number.status_code == 200
    assert world.lamp.petition.steps.filter(kind="added").count() == 1


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"service_request_id": "YK-2026-0001"}, 404, "do khóa này gửi"),
        ({"service_request_id": ""}, 400, "Thiếu service_request_id"),
        ({"update_id": ""}, 400, "Thiếu update_id"),
        ({"status": "FIXED"}, 400, "status chỉ nhận OPEN, CLOSED"),
        ({"updated_datetime": "hôm nay"}, 400, "updated_datetime phải là thời điểm"),
        ({"description": " "}, 400, "Thiếu description"),
        ({"api_key": ""}, 403, "cần khóa"),
    ],
)
def test_an_update_that_cannot_be_taken_is_refused(client, world, change, status, words):
    answer = added(client, world, **{"service_request_id": "YK-2026-0001", **change})
    assert answer.status_code == status
    assert words in answer.json()[0]["description"]
    assert not PetitionStep.objects.filter(kind="added").exists()
