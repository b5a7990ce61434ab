"""What each kind of reorganisation does to units, organisations, codes and lineage; and all of it undone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.models import AuditEntry, OutboxEvent
from danvan.organisations.enums import EventKind, Kind, Manner, Rank
from danvan.organisations.models import (
    Appointment,
    Assignment,
    CommitteeTerm,
    Lineage,
    NewUnit,
    Officer,
    Post,
    UnitCode,
    UnitFlag,
    UnitLink,
    UnitMark,
    UnitSize,
    UnitVersion,
)
from danvan.organisations.selectors import canonical_register, check_plan, plan_of, unit_on
from danvan.organisations.services import apply_reorganisation, undo_reorganisation
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


def test_merged_communes_end_and_their_organisations_become_those_of_the_new_one(at):
    people(**{f"u{at.a}": 3_000, f"u{at.b}": 1_000})
    at.draft(EventKind.MERGE, measure="population")
    new = at.new(code="04099")
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    apply(at)
    unit = NewUnit.objects.get(pk=new).unit
    assert lineage() == [
        ("Xã Môn Sơn", "Xã Mới", 1_000_000, 750_000),
        ("Xã Con Cuông", "Xã Mới", 1_000_000, 250_000),
    ]
    assert (
        lineage(sort="organisation")[:2]
        == [
            ("Đảng ủy Xã Môn Sơn", "Đảng ủy xã Mới", 1_000_000, 750_000),
            ("Ủy ban MTTQ Việt Nam Xã Môn Sơn", "Ủy ban MTTQ Việt Nam xã Mới", 1_000_000, 750_000),
        ]
        or len(lineage(sort="organisation")) == 6
    )
    assert standing_in(unit) == [
        ("front_committee", "Ủy ban MTTQ Việt Nam xã Mới"),
        ("party_committee", "Đảng ủy xã Mới"),
        ("peoples_committee", "UBND xã Mới"),
    ]
    front = UnitVersion.objects.get(place=unit, kind=Kind.FRONT_COMMITTEE)
    assert front.parent_id == at.at.front.pk
    assert unit_on(at.a, BEFORE).name == "Xã Môn Sơn"
    assert unit_on(at.a, ON) is None
    codes = UnitCode.objects.filter(valid_to=ON).order_by("code").values_list("code", flat=True)
    assert list(codes) == ["04020", "04021"]
    assert UnitCode.objects.get(unit=unit).code == "04099"


def test_an_incorporating_commune_keeps_its_identity_and_its_organisations_take_over(at):
    people(**{f"u{at.a}": 1_000, f"u{at.b}": 3_000})
    village = make_place("Thôn Một", level="village", under=at.at.communes[0])
    at.draft(EventKind.INCORPORATE, measure="population").give(at.a, at.b)
    apply(at)
    assert lineage() == [
        ("Xã Môn Sơn", "Xã Con Cuông", 1_000_000, 250_000),
        ("Xã Con Cuông", "Xã Con Cuông", 1_000_000, 750_000),
    ]
    assert unit_on(village.pk, ON).parent_id == at.b
    assert unit_on(village.pk, BEFORE).parent_id == at.a
    assert len(lineage(sort="organisation")) == 6
    assert unit_on(at.at.fronts[0].pk, ON) is None


def test_a_kind_that_the_taker_lacks_is_founded_there(at):
    women = make_organisation(at.at.communes[0], Kind.WOMENS_UNION, name="Hội Phụ nữ")
    at.draft(EventKind.INCORPORATE).give(at.a, at.b)
    apply(at)
    made = UnitVersion.objects.get(place=at.b, kind=Kind.WOMENS_UNION)
    assert made.name == "Hội LHPN Xã Con Cuông"
    row = Lineage.objects.get(predecessor=women)
    assert (row.successor_id, row.weight, row.back_weight) == (made.unit_id, 1_000_000, 1_000_000)


def test_a_divided_commune_gives_by_area_and_its_villages_go_where_they_are_told(at):
    one, two = (
        make_place(name, level="village", under=at.at.communes[0])
        for name in ("Thôn Một", "Thôn Hai")
    )
    at.draft(EventKind.DIVIDE, measure="area")
    first, second = at.new("Xã Một", area_km2=30), at.new("Xã Hai", area_km2=10)
    at.give(at.a, new_unit_id=first).give(at.a, new_unit_id=second, heir=True)
    at.change(one.pk, parent_new_id=first).change(two.pk, parent_new_id=second)
    plan = plan_of(at.one)
    assert plan.heirs[at.a] == -second
    apply(at)
    assert lineage() == [
        ("Xã Môn Sơn", "Xã Một", 750_000, 1_000_000),
        ("Xã Môn Sơn", "Xã Hai", 250_000, 1_000_000),
    ]
    assert set(Lineage.objects.values_list("estimated", "measure")) == {(True, "area")}
    assert unit_on(unit_on(one.pk, ON).parent_id, ON).name == "Xã Một"
    assert unit_on(unit_on(two.pk, ON).parent_id, ON).name == "Xã Hai"


def test_what_is_split_off_leaves_the_rest_with_the_old_unit(at):
    UnitVersion.objects.filter(unit=at.a).update(area_km2=40)
    at.draft(EventKind.SPLIT_OFF, measure="area")
    new = at.new("Xã Một", area_km2=10)
    at.give(at.a, new_unit_id=new)
    apply(at)
    assert lineage() == [
        ("Xã Môn Sơn", "Xã Một", 250_000, 1_000_000),
        ("Xã Môn Sơn", "Xã Môn Sơn", 750_000, 1_000_000),
    ]
    assert len(standing_in(NewUnit.objects.get(pk=new).unit)) == 3
    assert len(lineage(sort="organisation")) == 6


def test_territory_passes_by_the_areas_after_it(at):
    people(**{f"u{at.a}": 1_000, f"u{at.b}": 1_000})
    UnitVersion.objects.filter(unit__in=(at.a, at.b)).update(area_km2=40)
    women = make_organisation(at.at.communes[0], Kind.WOMENS_UNION, name="Hội Phụ nữ")
    at.draft(EventKind.TERRITORY, measure="area").give(at.a, at.b)
    at.change(at.a, area_km2=30).change(at.b, area_km2=50)
    apply(at)
    assert lineage() == [
        ("Xã Môn Sơn", "Xã Con Cuông", 250_000, 200_000),
        ("Xã Môn Sơn", "Xã Môn Sơn", 750_000, 1_000_000),
        ("Xã Con Cuông", "Xã Con Cuông", 1_000_000, 800_000),
    ]
    assert not Lineage.objects.filter(predecessor=women).exists()


def test_the_rest_of_typed_shares_goes_to_those_left_open_by_their_sizes(at):
    at.draft(EventKind.DIVIDE, measure="equal")
    first, second, third = at.new("Xã Một"), at.new("Xã Hai"), at.new("Xã Ba")
    at.give(at.a, new_unit_id=first, weight=333_333)
    at.give(at.a, new_unit_id=second).give(at.a, new_unit_id=third)
    rows = [(row.weight, row.measure) for row in plan_of(at.one).passed if row.predecessor == at.a]
    assert rows == [(333_333, "given"), (333_334, "equal"), (333_333, "equal")]


def test_a_dissolved_organisation_passes_to_its_superior_which_leads_those_below_on(at):
    lower = at.at.fronts[0].pk
    board = make_organisation(at.at.place, Kind.ADVISORY_BOARD, name="Ban", above=at.at.committee)
    below = make_organisation(at.at.communes[0], Kind.ADVISORY_BOARD, name="Khối", above=board)
    at.draft(EventKind.DISSOLVE).give(board.pk, at.at.committee.pk)
    apply(at)
    assert lineage(sort="organisation") == [
        ("Ban", "Tỉnh ủy Nghệ An", 1_000_000, 1_000_000 // 2),
        ("Tỉnh ủy Nghệ An", "Tỉnh ủy Nghệ An", 1_000_000, 1_000_000 // 2),
    ]
    assert unit_on(below.pk, ON).parent_id == at.at.committees[0].pk
    assert unit_on(lower, ON).parent_id == at.at.front.pk


def test_weights_are_replaced_with_those_of_the_organisations(at):
    at.draft(EventKind.MERGE)
    new = at.new()
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    applied = apply_reorganisation(at.one, actor=None)
    unit = NewUnit.objects.get(pk=new).unit_id
    held = canonical_register()
    people(**{f"u{at.a}": 3_000, f"u{at.b}": 1_000})
    at.draft(EventKind.REWEIGH, measure="population").give(at.a, unit).give(at.b, unit)
    again = apply_reorganisation(at.one, actor=None)
    assert [row[2:] for row in lineage()] == [(1_000_000, 750_000), (1_000_000, 250_000)]
    assert {row[2:] for row in lineage(sort="organisation")} == {
        (1_000_000, 750_000), (1_000_000, 250_000),
    }  # fmt: skip
    assert not Lineage.objects.filter(estimated=True).exists()
    undo_reorganisation(again, why="Thử", actor=None)
    UnitSize.objects.all().delete()
    assert canonical_register() == held
    undo_reorganisation(applied, why="Thử", actor=None)


def test_the_register_closes_what_belonged_to_ended_units(at):
    unit, other = at.at.fronts[0], at.at.fronts[2]
    since = date(2025, 1, 1)
    post = Post.objects.create(unit=unit, title="Chủ tịch", rank=Rank.HEAD, valid_from=since)
    officer = Officer.objects.create(full_name="Vi Thị Hà")
    rows = [
        post,
        Appointment.objects.create(
            officer=officer, post=post, manner=Manner.FULL, decision="QĐ 1", valid_from=since
        ),
        Assignment.objects.create(unit=unit, officer=officer, field="Dân tộc", decision="QĐ", valid_from=since),
        UnitMark.objects.create(unit=unit, kind="symbol", text="MTTQ", decision="QĐ", valid_from=since),
        CommitteeTerm.objects.create(unit=at.at.committees[0], ordinal="XIX", name="2025 - 2030", valid_from=since),
        UnitFlag.objects.create(unit_id=at.a, kind="remote", decision="QĐ", valid_from=since),
        UnitLink.objects.create(unit=other, other=unit, kind="advises", valid_from=since),
    ]  # fmt: skip
    at.draft(EventKind.INCORPORATE).give(at.a, at.b)
    applied, before = apply(at)
    for row in rows:
        row.refresh_from_db()
        assert row.valid_to == ON
    assert rows[1].ended_why == "Đơn vị kết thúc theo NQ 1"
    undo_reorganisation(applied, why="Nhầm", actor=None)
    assert canonical_register() == before


@pytest.mark.parametrize("since", [ON, date(2026, 8, 1)])
def test_what_would_begin_when_its_unit_is_no_more_never_does_and_comes_back(at, since):
    unit, other = at.at.fronts[0], at.at.fronts[2]
    UnitMark.objects.create(unit=unit, kind="symbol", text="MTTQ", decision="QĐ", valid_from=since)
    CommitteeTerm.objects.create(unit=at.at.committees[0], ordinal="XIX", name="Kỳ", valid_from=since)  # fmt: skip
    UnitFlag.objects.create(unit_id=at.a, kind="remote", decision="QĐ", valid_from=since)
    UnitLink.objects.create(unit=other, other=unit, kind="advises", valid_from=since)
    at.draft(EventKind.INCORPORATE).give(at.a, at.b)
    applied, before = apply(at)
    for model in (UnitMark, CommitteeTerm, UnitFlag, UnitLink):
        assert not model.objects.exists()
    undo_reorganisation(applied, why="Nhầm", actor=None)
    assert canonical_register() == before


def test_applying_and_undoing_are_on_record_and_told(at):
    at.draft(EventKind.RENAME).change(at.c, name="Xã Khác")
    applied, _ = apply(at)
    undo_reorganisation(applied, why="Nhầm", actor=None)
    acts = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(acts)[-2:] == [
        "organisations.apply_reorganisation", "organisations.undo_reorganisation",
    ]  # fmt: skip
    assert list(OutboxEvent.objects.order_by("pk").values_list("name", flat=True)) == [
        "organisations.units_reorganised", "organisations.reorganisation_undone",
    ]  # fmt: skip


def test_events_of_one_day_follow_each_other_where_they_touch_different_rows(at):
    country = at.at.country
    other = make_place("Tỉnh Hà Tĩnh", level="province", under=country)
    start = canonical_register()
    at.draft(EventKind.MERGE, scope=country.pk)
    new = at.new("Tỉnh Nghệ Tĩnh", level="province", parent_id=country.pk, code="41")
    at.give(at.top, new_unit_id=new).give(other.pk, new_unit_id=new)
    provinces = apply_reorganisation(at.one, actor=None)
    top = NewUnit.objects.get(pk=new).unit_id
    middle = canonical_register()
    at.draft(EventKind.MERGE, scope=top)
    commune = at.new(parent_id=top)
    at.give(at.a, new_unit_id=commune).give(at.b, new_unit_id=commune)
    at.change(at.c, name="Xã Châu Khê Mới", code="04050")
    communes = apply_reorganisation(at.one, actor=None)
    assert unit_on(at.a, BEFORE).parent_id == at.top
    assert unit_on(at.a, ON) is None
    assert unit_on(at.c, ON).parent_id == top
    undo_reorganisation(communes, why="Thử", actor=None)
    assert canonical_register() == middle
    undo_reorganisation(provinces, why="Thử", actor=None)
    assert canonical_register() == start


@pytest.mark.parametrize("act", [plan_of, lambda one: check_plan(plan_of(one))])
def test_a_plan_costs_the_same_queries_for_few_and_for_many(db, act):
    def queries(communes):
        at = Workbench.__new__(Workbench)
        at.at = type("P", (), {})()
        country = make_place("Việt Nam", level="country")
        at.top = make_place("Tỉnh", level="province", under=country).pk
        at.draft(EventKind.MERGE)
        new = at.new()
        for number in range(communes):
            place = make_place(f"Xã {number}", under=type(country)(pk=at.top))
            make_organisation(place, Kind.WOMENS_UNION)
            at.give(place.pk, new_unit_id=new)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            act(at.one)
        return len(caught)

    assert queries(2) == queries(9)
