"""Who is told about a unit: the people of the unit itself, else of its place, else of the nearest above."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from danvan.accounts.selectors import holders_near
from danvan.organisations.enums import Follows, Kind, Level
from tests.accounts.conftest import TODAY
from tests.factories import GrantFactory, OrganisationFactory, PlaceFactory, UserFactory

pytestmark = pytest.mark.django_db
ACTION = "commitments.perform"


@pytest.fixture
def land():
    """Country > province > commune; a Front in each of the last two, one above the other in their line."""
    country = PlaceFactory(level=Level.COUNTRY, name="Cả nước")
    province = PlaceFactory(under=country, name="Nghệ An")
    commune = PlaceFactory(under=province, name="Con Cuông")
    above = OrganisationFactory(place=province, name="Mặt trận tỉnh")
    front = OrganisationFactory(place=commune, under=above, name="Mặt trận xã")
    return SimpleNamespace(
        country=country, province=province, commune=commune, above=above, front=front
    )


def hold(unit, role="specialist", **given):
    return GrantFactory(unit=unit, role=role, **given).user_id


def near(unit, action=ACTION):
    return holders_near([unit.pk], action).get(unit.pk, [])


def test_the_nearest_are_told_and_nobody_farther(land):
    assert near(land.front) == []
    for unit in (land.country, land.province, land.above, land.commune, land.front):
        person = hold(unit)
        assert near(land.front) == [person], unit


def test_a_place_is_told_before_what_is_above_it_and_is_not_told_of_its_line(land):
    hold(land.above)
    province = hold(land.province)
    assert near(land.commune) == [province]
    commune = hold(land.commune, "commune_officer")
    assert near(land.commune) == [commune]


def test_the_organisation_above_in_the_same_place_comes_after_the_place(land):
    committee = OrganisationFactory(place=land.province, kind=Kind.PARTY_COMMITTEE)
    board = OrganisationFactory(
        place=land.province, kind=Kind.ADVISORY_BOARD, under=committee, name="Ban"
    )
    over = hold(committee)
    assert near(board) == [over]
    place = hold(land.province)
    assert near(board) == [place]


def test_several_equally_near_are_all_told_once(land):
    user = UserFactory()
    hold(land.commune, user=user)
    hold(land.commune, "commune_officer", user=user)
    other = hold(land.commune)
    assert near(land.front) == [user.pk, other]


@pytest.mark.parametrize(
    "given",
    [
        {"role": "clerk"},
        {"user__is_active": False},
        {"valid_from": TODAY + timedelta(days=1)},
        {"valid_to": TODAY},
    ],
)
def test_whoever_may_not_act_today_is_not_told(land, given):
    role = given.pop("role", "specialist")
    hold(land.front, role, **given)
    assert near(land.front) == []


def test_a_grant_at_an_organisation_alone_is_for_that_organisation(land):
    alone = hold(land.above, follows=Follows.PLACE)
    assert near(land.front) == []
    assert near(land.above) == [alone]


def test_two_queries_for_any_number_of_units(land, django_assert_num_queries):
    units = [OrganisationFactory(place=land.commune).pk for _ in range(3)]
    person = hold(land.commune)
    with django_assert_num_queries(2):
        assert holders_near(units, ACTION) == {unit: [person] for unit in units}
    with django_assert_num_queries(0):
        assert holders_near([], ACTION) == {}
