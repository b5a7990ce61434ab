"""A right that is held at a unit itself is lent there only by who holds it there, not by whoever is above."""

from datetime import date

import pytest

from danvan.accounts.models import Grant
from danvan.accounts.selectors import holders_at, units_granted, units_held
from danvan.accounts.services import delegate_grant
from danvan.foundation import clock
from tests.factories.province import Province, make_grant, make_user

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 1, 1)
ACTION = "submissions.release"


@pytest.fixture
def province():
    return Province(2)


def lend(lender, to, unit):
    held = Grant.objects.get(user=lender)
    delegate_grant(
        held, to=to, valid_to=UNTIL, valid_from=clock.today(), unit_id=unit.pk, actor=lender
    )


def test_who_is_above_lends_no_right_that_is_held_at_the_unit_below_itself(province, settings):
    settings.DANVAN_TODAY = date(2026, 12, 3)
    commune, deputy = province.communes[0], make_user("Vi Thị Lan")
    lend(make_grant(province.place, "leader"), deputy, commune)

    assert units_granted(deputy, ACTION).filter(unit_id=commune.pk).exists()
    assert units_held(deputy, ACTION) == []
    assert holders_at([commune.pk], ACTION) == {}


def test_who_holds_it_at_the_unit_lends_it_there(province, settings):
    settings.DANVAN_TODAY = date(2026, 12, 3)
    commune, deputy = province.communes[0], make_user("Vi Thị Lan")
    head = make_grant(commune, "leader")
    lend(head, deputy, commune)

    assert units_held(deputy, ACTION) == [commune.pk]
    assert holders_at([commune.pk], ACTION) == {commune.pk: sorted([head.pk, deputy.pk])}
