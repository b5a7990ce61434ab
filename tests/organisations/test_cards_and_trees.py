from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import STANDING, Kind
from danvan.organisations.models import Unit
from danvan.organisations.selectors import (
    bare_place_of,
    by_code,
    card,
    census,
    children,
    codes_on,
    every_unit,
    last_names,
    memberships,
    names_on,
    path_to,
    place_of,
    places_among,
    roots,
    top_unit,
    unit_on,
    units_on,
    units_under,
)
from danvan.organisations.services import found_organisation, found_organisations
from tests.organisations.conftest import BEFORE, SINCE

DAY = date(2026, 1, 1)
FROM = date(2008, 8, 1)


def test_a_card_tells_a_new_commune_and_where_it_came_from(short):
    found = card(short.new("00001"), on=DAY)
    front = found_organisation(short.new("00001"), Kind.FRONT_COMMITTEE, actor=None, on=DAY)
    assert (found.name, found.is_place, found.founded_on, found.ended_on) == (
        "Xã Một",
        True,
        SINCE,
        None,
    )
    assert [(s.name, s.parent_name, s.area_km2, s.valid_from, s.valid_to) for s in found.spans] == [
        ("Xã Một", "Tỉnh An Bình", Decimal(30), SINCE, None)
    ]
    assert [(c.system, c.code, c.valid_from, c.valid_to) for c in found.codes] == [
        ("gso", "00001", SINCE, None)
    ]
    assert [
        (k.name, k.level, k.context, k.code, k.weight, k.measure_label, k.estimated, k.share_text)
        for k in found.predecessors
    ] == [
        ("Huyện Ba Vì", "district", "Tỉnh An Bình", "001", 533_334, "chia đều theo số xã", True, "53,3\u00a0%"),
        ("Xã Một", "commune", "Huyện Ba Vì", "00001", 1_000_000, "trọn vẹn", False, "trọn vẹn"),
        ("Xã Hai", "commune", "Huyện Ba Vì", "00002", 600_000, "diện tích đơn vị mới", True, "60,0\u00a0%"),
    ]  # fmt: skip
    assert (found.successors, found.organisations) == ((), ())
    assert [one.id for one in card(short.new("00001"), on=DAY).organisations] == [front]


def test_a_card_of_an_ended_unit_tells_who_took_over(short):
    found = card(short.old("002"), on=DAY)
    assert (found.name, found.now, found.ended_on) == ("Thành phố Hòa Bình", None, SINCE)
    assert found.spans[0].start_known is False
    assert [(kin.name, kin.weight, kin.decision) for kin in found.successors] == [
        ("Phường Bốn", 750_000, "Nghị quyết 203/2025/QH15"),
        ("Phường Ba", 250_000, "Nghị quyết 203/2025/QH15"),
    ]


def test_a_successor_that_was_there_before_is_told_as_it_was_on_the_day(short):
    kin = {one.name: one.context for one in card(short.old("004"), on=DAY).successors}
    assert kin == dict.fromkeys(("Xã Bảy", "Xã Sáu", "Xã Chín"), "Tỉnh Cẩm Thủy")


def test_a_card_on_another_day_says_what_the_unit_was_then(short):
    lasting = short.new("00006")
    assert card(lasting, on=BEFORE).now.parent_id == short.old("004")
    assert card(lasting, on=DAY).now.parent_id == short.new("03")
    assert [s.parent_name for s in card(lasting, on=DAY).spans] == ["Huyện Cẩm", "Tỉnh Cẩm Thủy"]
    assert card(short.new("00001"), on=BEFORE).now is None
    assert card(999_999, on=DAY) is None


def test_a_small_share_is_told_as_such(short):
    from dataclasses import replace

    kin = card(short.new("00001"), on=DAY).predecessors[0]
    assert replace(kin, weight=400).share_text == "dưới 0,1\u00a0%"


def test_a_card_of_an_organisation_tells_its_place_and_superior(short):
    above = found_organisation(short.new("03"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    front = found_organisation(short.new("00009"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    found = card(front, on=DAY)
    assert found.is_place is False
    (span,) = found.spans
    assert (span.place_name, span.parent_id, span.parent_name) == (
        "Xã Chín", above, "Ủy ban MTTQ Việt Nam tỉnh Cẩm Thủy",
    )  # fmt: skip


def test_a_card_costs_the_same_queries_with_one_relation_and_with_many(short):
    def cost(unit):
        with CaptureQueriesContext(connection) as queries:
            card(unit, on=DAY)
        return len(queries)

    one = cost(short.new("00002"))
    found_organisations([short.new("00001")], list(STANDING), actor=None, on=SINCE)
    assert cost(short.new("00001")) == one


def test_the_tree_of_a_day_has_codes_counts_and_vietnamese_order(short):
    found_organisations(
        [short.new("00001"), short.new("01")], [Kind.FRONT_COMMITTEE], actor=None, on=SINCE
    )
    rows = [
        (b.unit.name, b.code, b.census.districts, b.census.communes, b.census.organisations)
        for b in children(short.country, on=DAY)
    ]
    assert rows == [("Tỉnh An Bình", "01", 0, 5, 2), ("Tỉnh Cẩm Thủy", "03", 0, 3, 0)]
    before = [
        (b.unit.name, b.census.districts, b.census.communes)
        for b in children(short.country, on=BEFORE)
    ]
    assert before == [("Tỉnh An Bình", 1, 3), ("Tỉnh Bình Hòa", 2, 2), ("Tỉnh Cẩm Thủy", 1, 3)]
    assert [b.unit.name for b in children(short.new("01"), on=DAY)] == [
        "Phường Ba", "Phường Bốn", "Đặc khu Đảo Xa", "Xã Hai Mới", "Xã Một",
    ]  # fmt: skip
    assert children(short.new("00001"), on=DAY) == []


def test_counting_below_a_place(short):
    found = census(short.country, on=BEFORE)
    assert (found.provinces, found.districts, found.communes, found.organisations) == (3, 4, 8, 0)


def test_the_way_down_to_a_unit_on_a_day(short):
    lasting = short.new("00006")
    assert [u.name for u in path_to(lasting, on=BEFORE)] == [
        "Việt Nam",
        "Tỉnh Cẩm Thủy",
        "Huyện Cẩm",
    ]
    assert [u.name for u in path_to(lasting, on=DAY)] == ["Việt Nam", "Tỉnh Cẩm Thủy"]


def test_places_among_units_are_choices_with_larger_levels_first(short):
    units = Unit.objects.filter(pk__in=units_under([short.new("03")], on=DAY)).values("pk")
    found_organisation(short.new("03"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    names = ["Tỉnh Cẩm Thủy", "Xã Bảy", "Xã Chín", "Xã Sáu"]
    assert [name for _, name in places_among(units, on=DAY)] == names
    assert places_among(units, on=DAY)[0] == (short.new("03"), "Tỉnh Cẩm Thủy")
    assert places_among(units) == places_among(units, on=DAY)


def test_what_a_unit_was_on_a_day(short):
    old, new = short.old("00003"), short.new("00003")
    assert unit_on(old, DAY) is None
    assert unit_on(old, BEFORE).type_word == "thị trấn"
    assert unit_on(new, SINCE).name == "Phường Ba"
    assert set(units_on([old, new], DAY)) == {new}
    assert names_on([old, new], DAY) == {new: "Phường Ba"}
    assert last_names([old, new], DAY) == {old: "Thị trấn Ba", new: "Phường Ba"}
    assert last_names([new], BEFORE) == {new: "Phường Ba"}
    assert codes_on([old, new], DAY) == {new: "00003"}


def test_a_code_belongs_to_the_unit_of_the_day(short):
    assert by_code("00005", on=BEFORE).pk == short.old("00005")
    assert by_code("00005", on=DAY) is None
    assert by_code("00005", on=BEFORE, system="edoc") is None


def test_the_place_of_a_unit(short):
    place = short.new("00001")
    front = found_organisation(place, Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    assert place_of(place, DAY) == place_of(front, DAY) == place
    assert place_of(front, BEFORE) is None


def test_a_paper_names_the_place_of_a_unit_without_its_type_word(short):
    place, country = short.new("00001"), short.country
    front = found_organisation(place, Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    version = unit_on(place, DAY)
    assert f"{version.type_word.capitalize()} {bare_place_of(front, DAY)}" == version.name
    assert bare_place_of(place, DAY) == bare_place_of(front, DAY) != ""
    assert bare_place_of(country, DAY) == "Việt Nam"
    assert bare_place_of(front, BEFORE) == ""


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("", DAY, "Việt Nam"),
        ("03", DAY, "Tỉnh Cẩm Thủy"),
        ("02", BEFORE, "Tỉnh Bình Hòa"),
    ],
)
def test_the_top_unit_is_a_setting(short, settings, code, day, name):
    settings.DANVAN_TOP_UNIT = code
    assert top_unit(on=day).name == name


@pytest.mark.parametrize(("code", "words"), [("", "còn trống"), ("40", "mã “40”")])
def test_an_empty_register_says_what_to_do(db, settings, code, words):
    settings.DANVAN_TOP_UNIT = code
    with pytest.raises(RuleError, match=words):
        top_unit()


def test_the_roots_are_the_country_and_the_top_unit(short, settings):
    assert [row["unit_id"] for row in roots(on=DAY)] == [short.country]
    settings.DANVAN_TOP_UNIT = "03"
    assert {row["unit_id"] for row in roots(on=DAY)} == {short.country, short.new("03")}
    assert every_unit().count() == Unit.objects.count()


def test_units_below_by_place_and_by_line(short):
    province, commune = short.new("03"), short.new("00009")
    above, front = found_organisations(
        [province, commune], [Kind.FRONT_COMMITTEE], actor=None, on=SINCE
    )

    def below(top, **how):
        return set(units_under([top], on=DAY, **how).values_list("unit_id", flat=True))

    assert below(commune) == below(commune, follows="place") == {commune, front}
    assert below(above, follows="line") == {above, front}
    assert below(above, follows="place") == {above}
    assert below(above) == {above, front}
    assert below(commune, follows="line") == set()


def test_the_populations_an_organisation_belongs_to(short):
    front = found_organisation(short.new("00009"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    rows = memberships(Unit.objects.filter(pk=front).values("pk"), on=DAY)
    assert {(row.top_id, row.kind, row.level) for row in rows} == {
        (top, Kind.FRONT_COMMITTEE, "commune")
        for top in (short.country, short.new("03"), short.new("00009"), front)
    }
