from datetime import date

import pytest

from danvan.organisations.enums import EventKind
from danvan.organisations.models import Lineage, UnitSize, UnitVersion
from danvan.organisations.selectors.reorganising import plan_of
from danvan.organisations.selectors.reorganising_checks import check_plan
from danvan.organisations.selectors.reorganising_export import canonical_register
from danvan.organisations.services import reorganising as act
from tests.factories.province import Province

ON = date(2026, 7, 1)


@pytest.fixture
def nghe_an(db):
    return Province()


def merge(province, *, measure="population", places=None):
    places = places or province.communes[:2]
    draft = act.draft_reorganisation(
        EventKind.MERGE, title="Nhập hai xã", scope_id=province.place.pk, effective_on=ON,
        decision="Nghị quyết 1", measure=measure, actor=None,
    )  # fmt: skip
    new = act.add_new_unit(
        draft, actor=None, name="Xã Mới", type_word="xã", level="commune",
        parent_id=province.place.pk, code="04099",
    )  # fmt: skip
    for place in places:
        act.set_passing(draft, place.pk, actor=None, new_unit_id=new.pk)
    return draft


def test_two_communes_merge_with_their_organisations(nghe_an):
    for place, people in zip(nghe_an.communes, (3_000, 1_000, 500), strict=True):
        UnitSize.objects.create(unit=place, counted_on=date(2026, 1, 1), population=people, source="x")
    draft = merge(nghe_an)
    applied = act.apply_reorganisation(draft, actor=None)
    assert applied.state == "applied"
    new = applied.new_units.get().unit
    rows = Lineage.objects.filter(successor=new).order_by("predecessor")
    assert [(r.predecessor_id, r.weight, r.back_weight) for r in rows] == [
        (nghe_an.communes[0].pk, 1_000_000, 750_000), (nghe_an.communes[1].pk, 1_000_000, 250_000),
    ]  # fmt: skip
    names = set(UnitVersion.objects.filter(place=new).values_list("name", flat=True))
    assert names == {"Đảng ủy xã Mới", "Ủy ban MTTQ Việt Nam xã Mới", "UBND xã Mới"}


def test_x(nghe_an):
    draft = merge(nghe_an)
    print(plan_of(draft), check_plan(plan_of(draft)))


def test_undone_it_is_all_as_before(nghe_an):
    before = canonical_register()
    draft = merge(nghe_an, measure="equal")
    act.apply_reorganisation(draft, actor=None)
    assert canonical_register() != before
    act.undo_reorganisation(draft, why="Nhầm", actor=None)
    assert canonical_register() == before
