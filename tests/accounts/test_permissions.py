from datetime import date

import pytest

from danvan.accounts import selectors
from danvan.accounts.roles import ACTIONS, GIVES, LABELS, LENDABLE, ROLES, roles_allowing
from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Unit
from tests.accounts.conftest import TODAY
from tests.factories import GrantFactory, OrganisationFactory, PlaceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    """A country with a province and its commune, a Front in each, and another province beside it."""
    country = PlaceFactory(level=Level.COUNTRY, code="00")
    province = PlaceFactory(under=country, code="40")
    commune = PlaceFactory(under=province, code="17329")
    front = OrganisationFactory(place=province)
    return {
        "country": country,
        "province": province,
        "commune": commune,
        "front": front,
        "below": OrganisationFactory(place=commune, under=front),
        "beside": PlaceFactory(under=country, code="42"),
    }


def reached(user, action="targets.view"):
    return set(selectors.units_granted(user, action).values_list("unit_id", flat=True))


@pytest.mark.parametrize(
    ("top", "follows", "names"),
    [
        ("province", Follows.PLACE, {"province", "commune", "front", "below"}),
        ("commune", Follows.PLACE, {"commune", "below"}),
        ("front", Follows.LINE, {"front", "below"}),
        ("front", Follows.PLACE, {"front"}),
        ("below", Follows.LINE, {"below"}),
        (
            "country",
            Follows.PLACE,
            {"country", "province", "commune", "front", "below", "beside"},
        ),
    ],
)
def test_a_grant_reaches_down_its_place_or_its_line(country, top, follows, names):
    grant = GrantFactory(unit=country[top], follows=follows)
    assert reached(grant.user) == {country[name].pk for name in names}


def test_grants_of_both_ways_add_up(country):
    user = GrantFactory(unit=country["commune"]).user
    GrantFactory(user=user, unit=country["front"], follows=Follows.LINE)
    assert reached(user) == {country[name].pk for name in ("commune", "front", "below")}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (date(2026, 1, 1), None, True),
        (TODAY, None, True),
        (date(2026, 1, 1), date(2026, 6, 2), True),
        (date(2026, 1, 1), TODAY, False),
        (date(2026, 6, 2), None, False),
        (TODAY, TODAY, False),
    ],
    ids=["open", "from today", "last day", "ended today", "from tomorrow", "taken back at once"],
)
@pytest.mark.parametrize("top", ["commune", "country"])
def test_a_grant_holds_from_its_first_day_up_to_but_not_including_its_last(
    country, top, valid_from, valid_to, holds
):
    grant = GrantFactory(unit=country[top], valid_from=valid_from, valid_to=valid_to)
    assert selectors.may(grant.user, "targets.view") is holds
    assert bool(reached(grant.user)) is holds


def test_a_blocked_person_may_do_nothing(country):
    grant = GrantFactory(unit=country["country"], user__is_active=False)
    assert reached(grant.user) == set()
    assert selectors.actions_of(grant.user) == frozenset()


def test_a_person_without_grants_or_not_signed_in_may_do_nothing(country):
    from django.contrib.auth.models import AnonymousUser

    for user in (UserFactory(), UserFactory(is_superuser=True, is_staff=True), AnonymousUser()):
        assert reached(user) == set()
        assert selectors.may(user, "law.view") is False


def test_a_grant_at_a_unit_that_ended_gives_nothing(country):
    ended = PlaceFactory(under=country["province"], until=date(2025, 7, 1))
    user = GrantFactory(unit=ended).user
    assert selectors.may(user, "targets.view") is False
    assert reached(user) == set()


def test_a_grant_at_a_root_skips_the_closure_and_reaches_ended_units_too(country):
    ended = PlaceFactory(under=country["province"], until=date(2025, 7, 1))
    user = GrantFactory(unit=country["country"]).user
    units = selectors.units_granted(user, "targets.view")
    assert "reach" not in str(units.query)
    assert ended.pk in reached(user)
    assert Unit.objects.filter(pk__in=units).count() == Unit.objects.count()


def test_what_a_root_reaches_is_no_condition_until_it_is_narrowed(country):
    user = GrantFactory(unit=country["country"]).user
    every = selectors.units_granted(user, "targets.view")
    assert "WHERE" not in str(Unit.objects.filter(pk__in=every).query)
    assert not Unit.objects.exclude(pk__in=every).exists()
    assert Unit.objects.filter(pk__in=every, sort="place").count() == 4
    one = every.filter(unit_id=country["commune"].pk)
    assert list(Unit.objects.filter(pk__in=one)) == [country["commune"]]
    assert Unit.objects.filter(pk__in=every.order_by("unit_id")[:2]).count() == 2


def test_the_top_unit_of_the_settings_is_a_root(country, settings):
    user = GrantFactory(unit=country["province"], role="administrator").user
    assert selectors.may_at_root(user, "law.manage") is False
    settings.DANVAN_TOP_UNIT = "40"
    assert selectors.may_at_root(user, "law.manage") is True
    assert selectors.may_at_root(user, "targets.manage") is False
    assert "reach" not in str(selectors.units_granted(user, "law.view").query)


def test_one_action_does_not_give_another(country):
    user = GrantFactory(unit=country["province"], role="clerk").user
    assert reached(user, "documents.view") != set()
    assert reached(user, "documents.review") == set()
    assert selectors.reaches(user, "documents.view", country["commune"].pk) is True
    assert selectors.reaches(user, "documents.view", country["beside"].pk) is False
    assert selectors.reaches(user, "documents.review", country["commune"].pk) is False


def test_a_role_that_the_code_no_longer_knows_gives_nothing(country):
    user = GrantFactory(unit=country["province"], role="vizier").user
    assert reached(user) == set()
    assert selectors.actions_of(user) == frozenset()
    assert selectors.roles_given_by(user) == frozenset()


def test_a_question_costs_one_query_and_none_while_the_grants_are_remembered(
    country, django_assert_num_queries, settings
):
    user = GrantFactory(unit=country["province"]).user
    with django_assert_num_queries(1):
        assert selectors.may(user, "targets.view")
    selectors.remember_grants(user)
    with django_assert_num_queries(0):
        assert selectors.may(user, "targets.view")
        assert selectors.actions_of(user) == ROLES["specialist"]
        selectors.units_granted(user, "targets.view")
    settings.DANVAN_TODAY = date(2026, 6, 2)
    with django_assert_num_queries(1):
        assert selectors.may(user, "targets.view")


def test_the_tables_of_roles_fit_each_other():
    assert set(LABELS) == set(ROLES)
    assert frozenset().union(*ROLES.values()) == set(ACTIONS)
    assert set(GIVES) <= set(ROLES)
    assert frozenset().union(*GIVES.values()) | LENDABLE <= set(ROLES)
    assert {role: selectors.role_label(role) for role in [*ROLES, "?"]} == {**LABELS, "?": "?"}
    assert roles_allowing("accounts.grant") == ["administrator"]
    assert all("accounts.own" in actions for actions in ROLES.values())


def test_people_are_seen_by_whoever_reaches_one_of_their_grants_or_made_them(country):
    admin = GrantFactory(unit=country["province"], role="administrator").user
    root = GrantFactory(unit=country["country"], role="administrator").user
    inside = GrantFactory(unit=country["below"], valid_to=date(2025, 1, 1)).user
    outside = GrantFactory(unit=country["beside"]).user
    made, unmade = UserFactory(created_by=admin), UserFactory()
    seen = selectors.allowed_users(admin, "accounts.view")
    assert set(seen) == {admin, inside, made}
    everyone = {admin, root, inside, outside, made, unmade}
    assert set(selectors.allowed_users(root, "accounts.view")) == everyone
    assert set(selectors.allowed_users(inside, "accounts.view")) == set()


@pytest.mark.parametrize(
    ("words", "found"),
    [("", True), ("an", True), ("AN tran", True), ("Trần Thị", True), ("binh", False)],
)
def test_people_are_found_without_tones(words, found):
    user = UserFactory(full_name="Trần Thị An", folded="tran thi an canbo truong phong")
    everyone = selectors.allowed_users(
        GrantFactory(unit=PlaceFactory(level=Level.COUNTRY), role="administrator").user,
        "accounts.view",
    )
    assert (user in selectors.matching(everyone, words)) is found


def test_grants_are_shown_with_the_name_of_their_unit_the_current_ones_first(
    country, django_assert_num_queries
):
    user = UserFactory()
    past = GrantFactory(user=user, unit=country["commune"], valid_to=date(2026, 1, 1))
    now = GrantFactory(user=user, unit=country["province"], role="leader")
    later = GrantFactory(user=user, unit=country["front"], valid_from=date(2026, 9, 1))
    lent = GrantFactory(user=UserFactory(), unit=country["commune"], delegated_from=now)
    admin = GrantFactory(user=user, unit=country["beside"], role="administrator")
    with django_assert_num_queries(2):
        lines = selectors.grant_lines(selectors.own_grants(user))
    assert [(line.grant, line.in_force, line.ended, line.lendable) for line in lines] == [
        (now, True, False, True),
        (admin, True, False, False),
        (later, False, False, True),
        (past, False, True, True),
    ]
    assert lines[0].unit_name == f"Đơn vị {country['province'].pk}"
    assert lines[0].grant.role_label == "Lãnh đạo"
    assert list(selectors.lent_by(user)) == [lent]
    assert selectors.grant_lines([lent])[0].lendable is False
    assert {
        pk: [line.grant for line in found]
        for pk, found in selectors.main_grants([user.pk, lent.user_id]).items()
    } == {user.pk: [now, admin], lent.user_id: [lent]}


def test_colleagues_are_people_with_a_grant_where_one_has_one(country):
    user = GrantFactory(unit=country["province"]).user
    near = GrantFactory(unit=country["commune"]).user
    GrantFactory(unit=country["beside"])
    GrantFactory(unit=country["commune"], user__is_active=False)
    GrantFactory(unit=country["commune"], valid_to=date(2026, 1, 1))
    assert list(selectors.colleagues(user)) == [near]


def test_grants_are_allowed_where_the_reader_reaches(country):
    admin = GrantFactory(unit=country["province"], role="administrator")
    inside, outside = GrantFactory(unit=country["commune"]), GrantFactory(unit=country["beside"])
    found = set(selectors.allowed_grants(admin.user, "accounts.grant"))
    assert found == {admin, inside}
    assert outside not in found
