"""Who settles a complaint again: the unit above the one that settled it first, as the register has them on the day."""

from datetime import date

import pytest
from django.test import Client

from danvan.organisations.enums import Kind as Organisation
from danvan.organisations.models import UnitVersion
from danvan.petitions.models import Petition
from danvan.petitions.selectors.competence import NONE_ABOVE, not_above, units_above
from danvan.petitions.services import AppealDraft, appeal_petition, decide_petition, send_decision
from danvan.petitions.templatetags.petitions import move_url
from tests.factories.merging import Merger
from tests.factories.province import make_organisation, make_place
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ON = date(2026, 11, 2)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def settled(office):
    petition = papers.replied(papers.verifying(office))
    for act, more in (
        (decide_petition, {"outcome": "wrong", "symbol": "9/QĐ"}),
        (send_decision, {}),
    ):
        act(papers.fresh(petition), on=date(2026, 10, 14), actor=None, **more)
    return papers.fresh(petition)


def at(petition, unit):
    """The same petition as if another unit had settled it."""
    Petition.objects.filter(pk=petition.pk).update(unit=unit)
    return papers.fresh(petition)


def test_of_a_commune_the_committee_of_its_province_settles_again(office):
    petition = settled(office)
    assert units_above(petition, ON) == {office.above.pk: "UBND Tỉnh Nghệ An"}
    assert "UBND Tỉnh Nghệ An" in not_above(petition, ON)


def test_whoever_stands_above_in_the_line_goes_before_the_place(office):
    petition = settled(office)
    UnitVersion.objects.filter(unit=office.unit).update(parent=office.province.front)
    assert list(units_above(petition, ON)) == [office.province.front.pk]


def test_a_body_of_the_province_is_below_its_committee_and_the_committee_below_none(office):
    petition = settled(office)
    team = make_organisation(office.province.place, Organisation.TEAM)
    assert list(units_above(at(petition, team), ON)) == [office.above.pk]
    alone = at(petition, office.above)
    for parent in (office.province.country, None):
        UnitVersion.objects.filter(unit=office.province.place).update(parent=parent)
        assert units_above(alone, ON) == {}
    assert not_above(alone, ON) == NONE_ABOVE
    UnitVersion.objects.filter(unit=office.above).update(valid_from=date(2030, 1, 1))
    assert units_above(alone, ON) == {}


def test_a_place_that_settled_has_the_committee_of_the_place_above_it(office):
    petition = at(settled(office), office.province.communes[0])
    assert list(units_above(petition, ON)) == [office.above.pk]
    UnitVersion.objects.filter(unit=office.above).delete()
    assert list(units_above(petition, ON)) == [office.province.place.pk]


def test_the_register_of_the_day_is_asked_where_units_ended_since(office):
    petition = settled(office)
    merged = Merger(office.province, on=date(2026, 11, 1)).found()
    assert list(units_above(petition, ON)) == [office.above.pk]
    # what stood above ended too: who took over from it settles again
    team = make_organisation(office.province.communes[2], Organisation.TEAM)
    UnitVersion.objects.filter(unit=team).update(parent=office.unit)
    assert list(units_above(at(petition, team), ON)) == [merged.government.pk]


def test_the_page_offers_who_is_above_and_takes_nobody_else(office):
    petition = settled(office)
    client = Client()
    client.force_login(office.chief)
    path = move_url("appeal", petition.pk)
    assert "UBND Tỉnh Nghệ An" in client.get(path).content.decode()
    sent = {"unit": "UBND Xã Con Cuông", "received_on": "02/11/2026", "channel": "post"}
    wrong = client.post(path, sent)
    assert (wrong.status_code, "nơi giải quyết lần đầu" in wrong.content.decode()) == (422, True)
    assert client.post(path, {**sent, "unit": "UBND Tỉnh Nghệ An"}).status_code == 302
    second = Petition.objects.get(first_round=petition)
    assert (second.unit_id, second.round) == (office.above.pk, 2)


def test_the_register_is_asked_on_the_day_on_which_the_second_complaint_came(office):
    petition = settled(office)
    place = make_place("Tỉnh Mới", under=office.province.country, founded=date(2026, 11, 10))
    moved = make_organisation(place, Organisation.PEOPLES_COMMITTEE, founded=date(2026, 11, 10))
    version = UnitVersion.objects.get(unit=office.unit)
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=date(2026, 11, 10))
    version.pk, version.parent, version.valid_from = None, moved, date(2026, 11, 10)
    version.save()
    for day, unit in ((ON, office.above), (date(2026, 11, 12), moved)):
        assert list(units_above(petition, day)) == [unit.pk]
    draft = AppealDraft(unit_id=moved.pk, received_on=ON)
    assert "UBND Tỉnh Nghệ An" in papers.refused(appeal_petition, petition, draft).message
