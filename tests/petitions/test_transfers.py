"""A petition is passed on to an agency where somebody may work on it, never to where nobody would find it again."""

from datetime import date

import pytest
from django.test import Client

from danvan.petitions.enums import Kind
from danvan.petitions.models import Petition
from danvan.petitions.selectors.sending import receiver_at, somebody_works_at
from danvan.petitions.services import transfer_petition
from danvan.petitions.templatetags.petitions import move_url
from tests.factories.province import make_place
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ON = date(2026, 10, 5)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


@pytest.fixture
def petition(office):
    return papers.received(office.unit, papers.matter(Kind.PROPOSAL, "Sửa đường"))


def test_where_a_place_is_chosen_its_people_s_committee_gets_it_and_the_page_says_so(
    office, petition
):
    client = Client()
    client.force_login(office.officer)
    place = office.province.communes[1]
    sent = {"to_unit": "Xã Con Cuông", "to_unit_id": place.pk, "reason": "Xã bạn", "on": "05/10/2026"}  # fmt: skip
    page = client.post(move_url("transfer", petition.pk), sent, follow=True)
    assert "Đã chuyển đơn đến Ủy ban nhân dân Xã Con Cuông" in page.content.decode()
    assert papers.fresh(petition).unit_id == office.other.pk
    assert Petition.objects.allowed(office.stranger, "petitions.view").get() == petition


@pytest.mark.parametrize("which", ["communes", "governments", "fronts"])
def test_where_nobody_works_it_is_not_sent_to_however_much_who_stands_above_may(
    office, petition, which
):
    there = getattr(office.province, which)[2]
    broken = papers.refused(
        transfer_petition, petition, to_unit_id=there.pk, on=ON, reason="Xã bạn", actor=office.chief
    )
    assert [one.column for one in broken.faults] == ["to_unit"]
    assert "chưa có ai nhận đơn trên phần mềm" in broken.message
    assert "chuyển cơ quan ngoài hệ thống" in broken.message
    now = papers.fresh(petition)
    assert (now.unit_id, now.transfers.count()) == (office.unit.pk, 0)


def test_whoever_works_at_a_place_or_above_in_the_line_there_works_at_its_bodies(office):
    empty, front = office.province.communes[2], office.province.fronts[2]
    papers.member("canboxa", empty, "commune_officer")
    assert somebody_works_at(front.pk)
    assert somebody_works_at(empty.pk)
    assert receiver_at(empty.pk) == office.province.governments[2].pk
    assert receiver_at(front.pk) == front.pk
    assert not somebody_works_at(987_654)


def test_a_place_without_offices_stands_for_itself_where_somebody_works_there(office, petition):
    place = make_place("Xã Thông Thụ", under=office.province.place)
    papers.member("canbothongthu", place, "commune_officer")
    transfer_petition(petition, to_unit_id=place.pk, on=ON, reason="Xã bạn", actor=None)
    assert papers.fresh(petition).unit_id == place.pk


def test_units_near_are_offered_first_where_it_is_passed_on(office, petition):
    client = Client()
    client.force_login(office.officer)
    page = client.get(move_url("transfer", petition.pk)).content.decode()
    assert "gan=1" in page
