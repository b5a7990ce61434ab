"""Who answers for an indicator: its owner, after whom the heir of that unit; what belongs to nobody, only at the root."""

from datetime import date

import pytest

from danvan.indicators.models import Indicator
from danvan.indicators.selectors import indicators_for
from danvan.indicators.services import end_indicator
from danvan.organisations.services import apply_reorganisation, undo_reorganisation
from tests.factories.province import make_grant
from tests.indicators.figures import an_indicator
from tests.indicators.test_holders import merged, province

pytestmark = pytest.mark.django_db
MANAGE = "forms.manage"
__all__ = ["province"]  # the fixture


def managed(user):
    return list(indicators_for(user, MANAGE).values_list("code", flat=True))


def test_each_manages_what_is_owned_within_reach(province):
    first, second, _ = province.communes
    an_indicator("CS-01", owner=first)
    an_indicator("CS-02", owner=second)
    an_indicator("CS-03")

    assert managed(make_grant(first, "specialist")) == ["CS-01"]
    assert managed(make_grant(province.place, "specialist")) == ["CS-01", "CS-02"]
    assert managed(make_grant(province.country, "specialist")) == ["CS-01", "CS-02", "CS-03"]
    assert managed(make_grant(first, "leader")) == []


def test_the_heir_owns_what_is_still_measured_and_gives_it_back(province):
    first, second, _ = province.communes
    live, ended = an_indicator("CS-01", owner=first), an_indicator("CS-02", owner=second)
    end_indicator(ended, on=date(2026, 3, 1), actor=None)

    event = apply_reorganisation(merged(province), actor=None)

    new = event.new_units.get().unit
    owners = dict(Indicator.objects.values_list("code", "owner_id"))
    assert owners == {live.code: new.pk, ended.code: second.pk}

    undo_reorganisation(event, why="Nhầm", actor=None)
    owners = dict(Indicator.objects.values_list("code", "owner_id"))
    assert owners == {live.code: first.pk, ended.code: second.pk}
