"""Choosing units among many: by what they are, one by one, or written a line each."""

import pytest

from danvan.documents.forms import units
from tests.factories.province import Province
from tests.once import once, own

pytestmark = pytest.mark.django_db
_province = once(Province)


@pytest.fixture
def offered(_province):
    province = own(_province)
    return [(one.pk, f"Đơn vị {one.pk}") for one in (*province.fronts, *province.committees)]


def test_many_stand_by_kind_and_a_whole_kind_is_taken_at_once(offered, monkeypatch):
    few = units.UnitsForm({}, addressed=offered)
    assert (few.many, "groups" in few.fields) == (False, False)
    monkeypatch.setattr(units, "FEW", 2)
    form = units.UnitsForm({}, addressed=offered)
    assert form.many
    fronts, committees = (kind for kind, _ in form.fields["groups"].choices)
    assert fronts != committees
    half = len(offered) // 2
    one = offered[-1][0]
    chosen = units.UnitsForm({"groups": [fronts], "units": [one]}, addressed=offered)
    assert chosen.is_valid(), chosen.errors
    assert set(chosen.unit_ids()) == {one, *(pk for pk, _ in offered[:half])}
    every = units.UnitsForm({"everyone": "on"}, addressed=offered)
    assert every.is_valid()
    assert every.unit_ids() == tuple(pk for pk, _ in offered)
    assert not units.UnitsForm({"groups": ["lạ"]}, addressed=offered).is_valid()
