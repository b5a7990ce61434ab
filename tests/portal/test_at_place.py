from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.petitions.models import Petition
from danvan.petitions.services.reception import post_days
from danvan.portal.at_place import place_told, units_at
from tests.dialogues import talks
from tests.factories.merging import apply_merger
from tests.once import once, own
from tests.petitions import receptions
from tests.portal import public_world

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 10)


def built():
    world = public_world.People()
    public_world.promised(world, world.answered)
    day = receptions.planned(world.unit, DAY)
    post_days([day], on=public_world.TODAY, where="bảng tin", actor=None)
    return world


_world = once(built, DANVAN_TODAY=public_world.TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = public_world.TODAY
    return own(_world)


def page(pk, name="at-place", **data):
    found = Client().get(
        reverse(f"people:{name}", args=[] if name != "at-place" else [pk]), data or None
    )
    return found.status_code, found.content.decode()


def commune(world):
    return world.office.province.communes[0]


def test_one_page_tells_of_a_place_all_that_is_public_there(world):
    told = place_told(commune(world).pk)
    assert told.name == commune(world).versions.get().name
    assert {one.number for one in told.matters} == {world.waiting.number, world.answered.number}
    assert told.asked == 2
    assert [one.held_on for _, one in told.days] == [DAY]
    assert [one.title for one in told.articles] == [
        "Làm đường chung",
        "Hỗ trợ nhà ở",
        "Cầu đã xong",
    ]
    assert len(told.hanging) == 2
    status, shown = page(commune(world).pk)
    assert status == 200
    for words in (
        told.name,
        world.answered.number,
        "Lịch tiếp công dân",
        "10/12/2026",
        "Hỗ trợ nhà ở",
        "?xa=",
    ):
        assert words in shown
    assert "Lô Văn Nam" not in shown


def test_promises_stand_where_the_unit_that_keeps_them_is(world):
    lead = world.office.province.committees[0]
    told = place_told(lead.pk)
    assert told.id == units_at(lead.pk)[0][0]
    assert lead.pk in units_at(told.id)[0]
    assert (told.promised, len(told.promises)) == (1, 1)
    other = place_told(world.office.other.pk)
    assert (other.promised, other.promises) == (0, [])
    status, shown = page(0, "check", noi=str(told.id))
    assert status == 200
    assert told.name in shown
    assert f"noi={told.id}" in shown
    assert "Không có việc nào ở đây" in page(0, "check", noi=str(world.office.other.pk))[1]
    assert "nơi không rõ" in page(0, "check", noi="999999")[1]


def test_dialogues_of_the_place_are_told_before_and_after(world):
    host = world.office.province.committees[0]
    held, _ = talks.concluded(host, world.unit)
    talks.published(held, also=held.opinions.all())
    told = place_told(host.pk)
    assert [one.number for one in told.coming] == [world.dialogue.number]
    assert [one.number for one in told.held] == [held.number]
    shown = page(told.id)[1]
    assert "Đối thoại sắp tới" in shown
    assert "Đối thoại đã có kết luận" in shown


def test_what_is_none_of_ours_or_no_place_is_not_found(world):
    assert place_told(99_999_999) is None
    assert page(99_999_999)[0] == 404
    assert units_at(99_999_999) == ([], "")


def test_an_address_from_before_a_merger_leads_to_who_took_over(world):
    old = commune(world).pk
    apply_merger(world.office.province, on=date(2026, 11, 19))
    [(heir, name)] = place_told(old).became
    assert place_told(heir).name == name
    assert place_told(heir).asked == 2
    status, shown = page(old)
    assert status == 200
    assert "Nay thuộc" in shown
    assert reverse("people:at-place", args=[heir]) in shown


def test_the_lists_of_an_ended_unit_still_hold_what_it_did(world):
    apply_merger(world.office.province, on=date(2026, 11, 19))
    number = world.answered.number
    Petition.objects.filter(pk=world.answered.petition_id).update(unit=world.unit, place=None)
    Commitment.objects.filter(source_id__in=world.answered.petition.requests.values("pk")).update(lead=world.unit)  # fmt: skip
    assert units_at(world.unit.pk) == ([], "")
    name = world.unit.versions.last().name
    for asked in ("watch", "check"):
        shown = page(0, asked, noi=str(world.unit.pk))[1]
        assert name in shown, asked
        assert number in shown, asked


def test_the_page_costs_the_same_queries_at_one_and_three_rows(world):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            page(commune(world).pk)
        return len(seen)

    one = cost()
    for number, title in enumerate(("Hai", "Ba")):
        public_world.promised(world, public_world.opinion(world, title, answer="Đã làm."))
        receptions.planned(world.unit, DAY + timedelta(days=1 + number))
    assert cost() == one
