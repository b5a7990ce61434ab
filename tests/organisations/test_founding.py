from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import STANDING, Kind, Level
from danvan.organisations.models import Reach, Unit, UnitVersion
from danvan.organisations.selectors import (
    by_code,
    check_register,
    names_on,
    organisations_at,
    population,
    unit_on,
    units_under,
)
from danvan.organisations.services import (
    found_organisation,
    found_organisations,
    found_place,
    rebuild_reach,
)
from tests.organisations.conftest import SINCE, register_rows

LATER = date(2026, 1, 1)


def spans(unit):
    rows = UnitVersion.objects.filter(unit_id=unit).order_by("valid_from")
    return list(rows.values_list("name", "parent_id", "valid_from", "valid_to"))


def closure_is_right():
    return rebuild_reach() == (0, 0) and len(check_register().faults) == 1  # the counts are short


def test_a_commune_gets_every_kind_with_its_proper_name(short):
    commune = short.new("00001")
    made = found_organisations([commune], list(STANDING), actor=None, on=SINCE)
    assert [names_on(made, SINCE)[unit] for unit in made] == [
        "Đảng ủy xã Một",
        "Ban Xây dựng Đảng xã Một",
        "HĐND xã Một",
        "UBND xã Một",
        "Ủy ban MTTQ Việt Nam xã Một",
        "Công đoàn xã Một",
        "Hội Nông dân xã Một",
        "Hội LHPN xã Một",
        "Đoàn TNCS Hồ Chí Minh xã Một",
        "Hội CCB xã Một",
    ]
    assert closure_is_right()


def test_organisations_stand_in_the_line_of_the_level_above(short):
    province, commune = short.new("03"), short.new("00009")
    kinds = [Kind.ADVISORY_BOARD, Kind.FRONT_COMMITTEE, Kind.PARTY_COMMITTEE]
    # The order of places does not matter: larger levels are founded first.
    made = found_organisations([commune, province, short.country], kinds, actor=None, on=SINCE)
    by_name = {unit_on(unit, SINCE).name: unit_on(unit, SINCE) for unit in made}
    above = {name: unit.parent_id and names_on([unit.parent_id], SINCE)[unit.parent_id] for name, unit in by_name.items()}  # fmt: skip
    assert above == {
        "Ban Chấp hành Trung ương Đảng": None,
        "Ban Tuyên giáo và Dân vận Trung ương": "Ban Chấp hành Trung ương Đảng",
        "Ủy ban Trung ương MTTQ Việt Nam": None,
        "Tỉnh ủy Cẩm Thủy": "Ban Chấp hành Trung ương Đảng",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy Cẩm Thủy": "Ban Tuyên giáo và Dân vận Trung ương",
        "Ủy ban MTTQ Việt Nam tỉnh Cẩm Thủy": "Ủy ban Trung ương MTTQ Việt Nam",
        "Đảng ủy xã Chín": "Tỉnh ủy Cẩm Thủy",
        "Ban Xây dựng Đảng xã Chín": "Ban Tuyên giáo và Dân vận Tỉnh ủy Cẩm Thủy",
        "Ủy ban MTTQ Việt Nam xã Chín": "Ủy ban MTTQ Việt Nam tỉnh Cẩm Thủy",
    }
    assert by_name["Đảng ủy xã Chín"].place_id == commune
    assert closure_is_right()


def test_communes_founded_after_their_province_find_it(short):
    front = found_organisation(short.new("03"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    below = found_organisation(short.new("00009"), Kind.FRONT_COMMITTEE, actor=None, on=LATER)
    assert spans(below) == [("Ủy ban MTTQ Việt Nam xã Chín", front, LATER, None)]
    assert set(units_under([front], on=LATER, follows="line").values_list("unit_id", flat=True)) == {
        front, below,
    }  # fmt: skip
    assert closure_is_right()


def test_an_organisation_lives_as_long_as_its_place(short):
    day = date(2020, 1, 1)
    province = found_organisation(short.old("02"), Kind.FRONT_COMMITTEE, actor=None, on=day)
    district = found_organisation(short.old("002"), Kind.FRONT_COMMITTEE, actor=None, on=day)
    assert spans(district) == [
        ("Ủy ban MTTQ Việt Nam thành phố Hòa Bình", province, day, SINCE),
    ]
    assert Unit.objects.get(pk=district).ended_on == SINCE
    assert closure_is_right()


def test_an_organisation_of_a_lasting_commune_changes_its_superior_with_the_district_level(short):
    day, commune = date(2020, 1, 1), short.old("00006")
    places = [short.old("03"), short.old("004"), commune]
    province, district, own = found_organisations(
        places, [Kind.FRONT_COMMITTEE], actor=None, on=day
    )
    assert spans(own) == [
        ("Ủy ban MTTQ Việt Nam xã Sáu", district, day, SINCE),
        ("Ủy ban MTTQ Việt Nam xã Sáu", province, SINCE, None),
    ]
    assert closure_is_right()


def test_an_organisation_takes_the_name_its_place_has(short):
    place = short.new("03")
    turned = UnitVersion.objects.get(unit_id=place)
    UnitVersion.objects.create(
        unit_id=place, name="Thành phố Cẩm Thủy", folded="", lowered="", bare="", level="province",
        type_word="thành phố", parent_id=turned.parent_id, valid_from=LATER,
    )  # fmt: skip
    UnitVersion.objects.filter(pk=turned.pk).update(valid_to=LATER)
    committee = found_organisation(place, Kind.PARTY_COMMITTEE, actor=None, on=SINCE)
    assert spans(committee) == [
        ("Tỉnh ủy Cẩm Thủy", None, SINCE, LATER),
        ("Thành ủy Cẩm Thủy", None, LATER, None),
    ]
    assert closure_is_right()


def test_the_boards_for_mass_mobilisation_became_one_with_propaganda_in_2025(short):
    day = date(2024, 1, 1)
    board = found_organisation(short.old("03"), Kind.ADVISORY_BOARD, actor=None, on=day)
    assert spans(board) == [
        ("Ban Dân vận Tỉnh ủy Cẩm Thủy", None, day, date(2025, 3, 1)),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy Cẩm Thủy", None, date(2025, 3, 1), None),
    ]


def test_a_name_may_be_given(short):
    unit = found_organisation(
        short.new("01"), Kind.ADVISORY_BOARD, actor=None, on=SINCE, name="Ban Nội chính Tỉnh ủy"
    )
    assert names_on([unit], SINCE) == {unit: "Ban Nội chính Tỉnh ủy"}


def test_founding_is_recorded_once_with_ids(short):
    AuditEntry.objects.all().count()
    before = AuditEntry.objects.count()
    commune = short.new("00001")
    made = found_organisations([commune], [Kind.PEOPLES_COMMITTEE], actor=None, on=SINCE)
    entry = AuditEntry.objects.last()
    assert AuditEntry.objects.count() == before + 1
    assert entry.target == f"organisations.unit:{made[0]}"
    assert entry.details == {"places": [commune], "kinds": ["peoples_committee"], "count": 1}


@pytest.mark.parametrize(
    ("place", "kinds", "day", "words"),
    [
        ("old 00005", [Kind.FRONT_COMMITTEE], SINCE, "không tồn tại vào ngày 01/07/2025"),
        ("new 00004", [Kind.FRONT_COMMITTEE], date(2025, 6, 30), "không tồn tại vào ngày 30/06/2025"),
        ("new 00001", [Kind.FRONT_COMMITTEE], SINCE, "Xã Một đã có Ủy ban Mặt trận Tổ quốc"),
        ("country", [Kind.PEOPLES_COUNCIL], SINCE, "Hội đồng nhân dân không lập ở trung ương"),
        ("country", [Kind.PEOPLES_COMMITTEE], SINCE, "Ủy ban nhân dân không lập ở trung ương"),
    ],
)  # fmt: skip
def test_what_cannot_be_founded_is_refused_and_nothing_is_written(short, place, kinds, day, words):
    found_organisation(short.new("00001"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    where, _, code = place.partition(" ")
    unit = getattr(short, where) if where == "country" else getattr(short, where)(code)
    before, entries = register_rows(), AuditEntry.objects.count()
    with pytest.raises(RuleError) as refused:
        found_organisations([short.new("00009"), unit], kinds, actor=None, on=day)
    assert any(words in fault.message for fault in refused.value.faults)
    assert (register_rows(), AuditEntry.objects.count()) == (before, entries)


def test_every_fault_is_told_at_once(short):
    found_organisation(short.new("00001"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    places = [short.new("00001"), short.old("00005"), short.country, 999_999]
    with pytest.raises(RuleError) as refused:
        found_organisations(
            places, [Kind.FRONT_COMMITTEE, Kind.PEOPLES_COUNCIL], actor=None, on=SINCE
        )
    assert [fault.row for fault in refused.value.faults] == [1, 2, 3, 4]
    assert "4 điểm chưa đúng" in refused.value.message


def test_founding_nothing_is_nothing(short):
    before, entries = register_rows(), AuditEntry.objects.count()
    assert found_organisations([], [Kind.FRONT_COMMITTEE], actor=None, on=SINCE) == []
    assert (register_rows(), AuditEntry.objects.count()) == (before, entries)


def test_founding_in_many_places_costs_the_same_queries(short):
    def cost(places):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found_organisations(places, [Kind.WOMENS_UNION], actor=None, on=SINCE)
        return len(queries)

    one = cost([short.new("00001")])
    assert cost([short.new(code) for code in ("00002", "00003", "00004")]) == one


def test_the_population_counts_what_was_founded(short):
    communes = [short.new(code) for code in ("00001", "00002", "00099")]
    fronts = found_organisations(communes, [Kind.FRONT_COMMITTEE], actor=None, on=SINCE)
    province = found_organisation(short.new("01"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    kind, day = Kind.FRONT_COMMITTEE, LATER
    assert list(population(kind, [Level.COMMUNE], short.new("01"), on=day)) == sorted(fronts)
    # Under an organisation: the place where it stands.
    assert list(population(kind, [Level.COMMUNE], province, on=day)) == sorted(fronts)
    assert list(population(kind, [Level.COMMUNE], short.new("03"), on=day)) == []
    assert list(population(kind, [Level.COMMUNE], short.new("01"), on=date(2025, 6, 1))) == []
    places = population("", [Level.COMMUNE], short.new("01"), on=day)
    assert set(places) == {short.new(c) for c in ("00001", "00002", "00003", "00004", "00099")}
    assert list(organisations_at(communes[:1], kinds=[kind], on=day)) == fronts[:1]
    assert list(organisations_at(communes[:1], on=day)) == fronts[:1]


def test_a_place_is_founded_under_another(short):
    before = AuditEntry.objects.count()
    unit = found_place(
        "Thôn  Hoà Bình", type_word="Thôn", level="village", under=short.new("00001"), actor=None,
        on=LATER, code="0000101", decision="Nghị quyết 01/NQ-HĐND",
    )  # fmt: skip
    version = UnitVersion.objects.get(unit_id=unit)
    assert (version.name, version.folded, version.bare, version.type_word, version.decision) == (
        "Thôn  Hòa Bình", "thon hoa binh", "hoa binh", "thôn", "Nghị quyết 01/NQ-HĐND",
    )  # fmt: skip
    assert by_code("0000101", on=LATER).pk == unit
    assert set(Reach.objects.filter(unit_id=unit).values_list("top_id", flat=True)) == {
        short.country, short.new("01"), short.new("00001"), unit,
    }  # fmt: skip
    assert AuditEntry.objects.count() == before + 1
    assert closure_is_right()


def test_a_place_lives_as_long_as_the_one_above(short):
    day = date(2015, 5, 5)
    unit = found_place(
        "Thôn Một", type_word="thôn", level="village", under=short.old("00001"), actor=None, on=day
    )
    assert Unit.objects.get(pk=unit).ended_on == SINCE
    assert rebuild_reach() == (0, 0)


@pytest.mark.parametrize(
    ("under", "day", "code", "words"),
    [
        ("00005", LATER, "", "không tồn tại vào ngày 01/01/2026"),
        ("00001", LATER, "00001", "Mã 00001 đang thuộc về"),
        ("village", LATER, "", "không ở cấp trên"),
    ],
)
def test_a_place_that_cannot_stand_there_is_refused(short, under, day, code, words):
    if under == "village":
        above = found_place(
            "Thôn Một", type_word="thôn", level="village", under=short.new("00001"), actor=None, on=SINCE
        )  # fmt: skip
    else:
        above = short.old(under) if under == "00005" else short.new(under)
    before = register_rows()
    with pytest.raises(RuleError, match=words):
        found_place(
            "Thôn Hai",
            type_word="thôn",
            level="village",
            under=above,
            actor=None,
            on=day,
            code=code,
        )
    assert register_rows() == before
