"""What follows the units of a reorganisation: organisations, their names, superiors and codes, what lies below."""

from datetime import date

import pytest

from danvan.organisations.enums import EventKind, Kind
from danvan.organisations.models import (
    Lineage,
    NewUnit,
    UnitCode,
    UnitSize,
    UnitVersion,
)
from danvan.organisations.selectors import canonical_register, unit_on
from danvan.organisations.services import apply_reorganisation, undo_reorganisation
from danvan.organisations.services.reorganising import applying
from tests.factories.province import make_organisation, make_place
from tests.organisations.workbench import ON, Workbench

BEFORE = date(2026, 6, 30)


@pytest.fixture
def at(db):
    return Workbench()


def apply(at):
    """Apply the draft of the workbench; check that undoing would restore all, and apply it again."""
    before = canonical_register()
    applied = apply_reorganisation(at.one, actor=None)
    after = canonical_register()
    assert after != before
    return applied, before


def lineage(*, sort="place"):
    """The rows of lineage: (from, to, parts, parts backwards), by name around the day."""
    found = []
    for row in Lineage.objects.filter(predecessor__sort=sort).order_by("pk"):
        giver = unit_on(row.predecessor_id, BEFORE)
        taker = unit_on(row.successor_id, ON)
        found.append((giver.name, taker.name, row.weight, row.back_weight))
    return found


def people(**sizes):
    for unit, number in sizes.items():
        UnitSize.objects.create(
            unit_id=int(unit[1:]), counted_on=date(2026, 1, 1), population=number, source="Thống kê"
        )


def standing_in(place):
    rows = UnitVersion.objects.filter(place=place, valid_to=None).order_by("kind")
    return [(row.kind, row.name) for row in rows]


def test_an_organisation_that_no_taker_may_have_passes_to_its_superior(at):
    country, top = at.at.country, at.at.front
    zone = make_place("Đặc khu", level="province", under=country)
    council = make_organisation(zone, Kind.PEOPLES_COUNCIL, name="HĐND đặc khu", above=top)
    at.draft(EventKind.DISSOLVE, scope=country.pk).give(zone.pk, country.pk)
    apply(at)
    row = Lineage.objects.get(predecessor=council)
    assert (row.successor_id, row.weight, row.back_weight) == (top.pk, 1_000_000, 500_000)


def test_an_organisation_that_ends_when_its_place_is_renamed_keeps_its_last_name(at):
    front = at.at.fronts[0].pk
    at.draft(EventKind.DISSOLVE).give(front, at.at.front.pk).change(at.a, name="Phường Môn Sơn")
    apply(at)
    assert unit_on(front, ON) is None
    assert unit_on(front, BEFORE).name == "Ủy ban MTTQ Việt Nam Xã Môn Sơn"
    assert unit_on(at.at.committees[0].pk, ON).name == "Đảng ủy Phường Môn Sơn"


def test_two_new_codes_of_one_day_leave_the_last_and_come_back_one_by_one(at, monkeypatch):
    monkeypatch.setattr(applying, "MANY", 1)  # the database is told of its new size
    start = canonical_register()
    at.draft(EventKind.RENAME).change(at.a, code="04051")
    first = apply_reorganisation(at.one, actor=None)
    middle = canonical_register()
    at.draft(EventKind.RENAME).change(at.a, code="04052")
    second = apply_reorganisation(at.one, actor=None)
    codes = (
        UnitCode.objects.filter(unit=at.a).order_by("valid_from").values_list("code", "valid_to")
    )
    assert list(codes) == [("04020", ON), ("04052", None)]
    undo_reorganisation(second, why="Thử", actor=None)
    assert canonical_register() == middle
    undo_reorganisation(first, why="Thử", actor=None)
    assert canonical_register() == start


def test_organisations_follow_the_name_and_type_of_their_place(at):
    make_organisation(at.at.communes[0], Kind.TEAM, name="Tổ dân vận khéo")
    at.draft(EventKind.RENAME).change(at.a, name="Phường Môn Sơn", type_word="phường", code="04077")
    at.change(at.at.governments[0].pk, name="UBND phường")
    apply(at)
    assert [name for _, name in standing_in(at.a)] == [
        "Ủy ban MTTQ Việt Nam phường Môn Sơn", "Đảng ủy phường Môn Sơn", "UBND phường", "Tổ dân vận khéo",
    ]  # fmt: skip
    assert unit_on(at.at.fronts[0].pk, BEFORE).name == "Ủy ban MTTQ Việt Nam Xã Môn Sơn"
    codes = (
        UnitCode.objects.filter(unit=at.a).order_by("valid_from").values_list("code", "valid_to")
    )
    assert list(codes) == [("04020", ON), ("04077", None)]
    assert not Lineage.objects.exists()


def test_a_commune_that_moves_takes_its_organisations_to_the_superiors_there(at):
    country = at.at.country
    other = make_place("Tỉnh Hà Tĩnh", level="province", under=country)
    front = make_organisation(other, Kind.FRONT_COMMITTEE)
    at.draft(EventKind.MOVE, scope=country.pk).change(at.a, parent_id=other.pk)
    apply(at)
    assert unit_on(at.a, ON).parent_id == other.pk
    assert unit_on(at.at.fronts[0].pk, ON).parent_id == front.pk
    assert unit_on(at.at.committees[0].pk, ON).parent_id is None
    assert unit_on(at.at.fronts[1].pk, ON).parent_id == at.at.front.pk


def test_two_provinces_merge_with_everything_below(at):
    country = at.at.country
    other = make_place("Tỉnh Hà Tĩnh", level="province", under=country)
    make_organisation(other, Kind.FRONT_COMMITTEE)
    at.draft(EventKind.MERGE, scope=country.pk)
    new = at.new("Tỉnh Nghệ Tĩnh", level="province", parent_id=country.pk, code="41")
    at.give(at.top, new_unit_id=new).give(other.pk, new_unit_id=new)
    apply(at)
    unit = NewUnit.objects.get(pk=new).unit_id
    assert {unit_on(place, ON).parent_id for place in (at.a, at.b, at.c)} == {unit}
    front = UnitVersion.objects.get(place_id=unit, kind=Kind.FRONT_COMMITTEE).unit_id
    assert {unit_on(one.pk, ON).parent_id for one in at.at.fronts} == {front}


def test_a_body_set_up_for_a_task_goes_on_in_the_place_that_takes_over(at):
    team = make_organisation(at.at.communes[0], Kind.TEAM, name="Tổ công tác", above=at.at.committees[0])  # fmt: skip
    new = at.draft(EventKind.MERGE).new()
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    apply(at)
    place = NewUnit.objects.get(pk=new).unit_id
    there = unit_on(team.pk, ON)
    assert there.place_id == place
    assert unit_on(there.parent_id, ON).name == "Đảng ủy xã Mới"


def test_an_organisation_of_the_draft_takes_over_in_the_new_place(at):
    new = at.draft(EventKind.MERGE).new()
    named = at.new("Mặt trận xã Mới", kind=Kind.FRONT_COMMITTEE, place_new_id=new)
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    apply(at)
    unit = NewUnit.objects.get(pk=named).unit_id
    assert unit_on(unit, ON).name == "Mặt trận xã Mới"
    assert Lineage.objects.filter(successor=unit).count() == 2
