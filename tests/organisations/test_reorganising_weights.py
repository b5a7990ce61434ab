"""Replacing the weights of what passed: by better sizes, by typed shares, for organisations as for their places."""

from datetime import date

import pytest
from django.core.management import call_command

from danvan.organisations.enums import EventKind
from danvan.organisations.models import Lineage, NewUnit, UnitSize, UnitVersion
from danvan.organisations.selectors import canonical_register, register_hash, what_builds_on
from danvan.organisations.selectors.reorganising.ground import read_draft
from danvan.organisations.selectors.reorganising.reweighing import sizes_asked
from danvan.organisations.services import apply_reorganisation, undo_reorganisation
from tests.factories.province import make_place
from tests.organisations.workbench import ON, Workbench


@pytest.fixture
def at(db):
    return Workbench()


@pytest.fixture
def divided(at):
    """The first commune divided in equal shares between two new ones, the second incorporated in one of them."""
    at.draft(EventKind.MERGE)
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one).give(at.a, new_unit_id=two)
    at.give(at.b, new_unit_id=one)
    applied = apply_reorganisation(at.one, actor=None)
    at.first, at.second = (NewUnit.objects.get(pk=pk).unit_id for pk in (one, two))
    at.applied = applied
    return at


def shares(sort="place"):
    rows = Lineage.objects.filter(predecessor__sort=sort).order_by("pk")
    return [
        (row.weight, row.measure, row.back_weight, row.back_measure, row.estimated) for row in rows
    ]


def test_typed_shares_and_sizes_replace_what_was_estimated_and_come_back(divided):
    at = divided
    assert shares() == [
        (500_000, "equal", 333_333, "equal", True),
        (500_000, "equal", 1_000_000, "whole", True),
        (1_000_000, "whole", 666_667, "equal", True),
    ]
    before = canonical_register()
    for unit in (at.a, at.b):
        UnitSize.objects.create(unit_id=unit, counted_on=ON, households=500, source="Thống kê")
    at.draft(EventKind.REWEIGH, measure="households")
    at.give(at.a, at.first, weight=250_000).give(at.a, at.second, weight=750_000)
    again = apply_reorganisation(at.one, actor=None)
    expected = [
        (250_000, "given", 200_000, "households", False),
        (750_000, "given", 1_000_000, "whole", False),
        (1_000_000, "whole", 800_000, "households", False),
    ]
    assert shares() == expected
    assert sorted(shares("organisation")) == sorted(expected * 3)
    assert what_builds_on(at.applied) == [again]
    undo_reorganisation(again, why="Thử", actor=None)
    UnitSize.objects.all().delete()
    assert canonical_register() == before


def test_areas_are_known_of_the_units_that_took_over(divided):
    at = divided
    UnitVersion.objects.filter(unit__in=(at.a, at.b, at.first)).update(area_km2=30)
    UnitVersion.objects.filter(unit=at.second).update(area_km2=10)
    at.draft(EventKind.REWEIGH, measure="area").give(at.a, at.first).give(at.a, at.second)
    apply_reorganisation(at.one, actor=None)
    assert [row[0] for row in shares()] == [750_000, 250_000, 1_000_000]
    assert [row[2] for row in shares()] == [428_571, 1_000_000, 571_429]


def test_shares_of_a_unit_of_another_level_need_no_sizes(at):
    """Nothing is read back from communes to their former district, so nobody's people need be counted for it."""
    district = make_place("Huyện Con Cuông", level="district", under=at.at.place).pk
    at.draft(EventKind.MERGE)
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(district, new_unit_id=one).give(district, new_unit_id=two)
    at.give(at.a, new_unit_id=one).give(at.b, new_unit_id=one)
    apply_reorganisation(at.one, actor=None)
    first, second = (NewUnit.objects.get(pk=pk).unit_id for pk in (one, two))
    back = list(Lineage.objects.exclude(predecessor=district).values_list("pk", "back_weight"))

    at.draft(EventKind.REWEIGH, measure="population")
    at.give(district, first, weight=600_000).give(district, second, weight=400_000)
    apply_reorganisation(at.one, actor=None)

    passed = Lineage.objects.filter(predecessor=district).order_by("pk")
    assert [(row.weight, row.back_weight) for row in passed] == [(600_000, None), (400_000, None)]
    assert (
        list(Lineage.objects.exclude(predecessor=district).values_list("pk", "back_weight")) == back
    )
    assert sizes_asked(read_draft(at.one)) == []


def _none(at):
    return ["Dự thảo chưa có đơn vị nào để thay tỷ trọng. Đồng chí vui lòng chọn đơn vị cũ."]


def _another(at):
    at.give(at.a, at.c)
    return [
        "Ngày 01/07/2026 Xã Môn Sơn không chuyển gì sang Xã Châu Khê. Đồng chí vui lòng bỏ dòng ấy.",
        "Xã Môn Sơn còn chuyển sang Xã Một, Xã Hai. Đồng chí vui lòng nhập tỷ trọng cho mọi đơn vị nhận.",
    ]


def _nobody(at):
    at.give(at.c, at.first)
    return ["Ngày 01/07/2026 Xã Châu Khê không chuyển gì sang Xã Một. Đồng chí vui lòng bỏ dòng ấy."]  # fmt: skip


def _the_same(at):
    at.give(at.a, at.first).give(at.a, at.second)
    return ["Tỷ trọng mới giống hệt tỷ trọng đang có. Đồng chí vui lòng sửa, hoặc bỏ dự thảo."]


def _not_whole(at):
    at.give(at.a, at.first, weight=1).give(at.a, at.second, weight=2)
    return ["Tỷ trọng của Xã Môn Sơn cộng lại là 0,000003, đáng lẽ 1,000. Đồng chí vui lòng sửa cho đủ."]  # fmt: skip


def _unknown(at):
    at.one.measure = "area"
    at.one.save()
    at.give(at.a, at.first, weight=1).give(at.a, at.second)
    return ["Chưa biết diện tích của Xã Môn Sơn, Xã Con Cuông. Đồng chí vui lòng nhập diện tích, hoặc chọn cách quy đổi khác."]  # fmt: skip


def _no_measure(at):
    at.one.measure = "given"
    at.one.save()
    at.give(at.a, at.first, weight=1).give(at.a, at.second)
    return ["Chưa chọn cách quy đổi giữa Xã Môn Sơn, Xã Con Cuông. Đồng chí vui lòng chọn quy đổi theo dân số, số hộ, diện tích hoặc chia đều."]  # fmt: skip


def _outside(at):
    other = make_place("Tỉnh Hà Tĩnh", level="province", under=at.at.country)
    at.one.scope = other
    at.one.save()
    at.give(at.a, at.first, weight=1).give(at.a, at.second)
    told = "{} không thuộc địa bàn của lần sắp xếp này. Đồng chí vui lòng chọn địa bàn rộng hơn, hoặc bỏ đơn vị ấy."  # fmt: skip
    return [told.format(name) for name in ("Xã Một", "Xã Hai")]


def _levels_apart(at):
    village = make_place("Thôn Một", level="village", under=at.at.communes[2])
    heading = at.one
    at.draft(EventKind.DISSOLVE).give(village.pk, at.c)
    apply_reorganisation(at.one, actor=None)
    at.one = heading
    at.give(village.pk, at.c)
    return ["Tỷ trọng mới giống hệt tỷ trọng đang có. Đồng chí vui lòng sửa, hoặc bỏ dự thảo."]


@pytest.mark.parametrize(
    "build",
    [
        _none,
        _another,
        _nobody,
        _the_same,
        _not_whole,
        _unknown,
        _no_measure,
        _outside,
        _levels_apart,
    ],
)
def test_weights_that_are_wrong_are_refused_with_their_sentence(divided, build):
    divided.draft(EventKind.REWEIGH, measure="equal")
    told = build(divided)
    assert divided.faults() == told


def test_the_whole_register_and_its_hash_are_printed(at, capsys):
    call_command("register", "export", "--hash")
    assert capsys.readouterr().out.strip() == register_hash()
    call_command("register", "export")
    assert '"organisations.reach": [' in capsys.readouterr().out


def test_a_draft_has_nothing_built_on_it(at):
    at.draft(EventKind.RENAME, on=date(2026, 8, 1))
    assert what_builds_on(at.one) == []
