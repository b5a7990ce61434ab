from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.organisations.enums import Kind
from danvan.organisations.models import Lineage, Unit, UnitVersion
from danvan.organisations.naming import other_spellings
from danvan.organisations.selectors import find_nearest, find_units
from danvan.organisations.selectors.finding import folded_words
from danvan.organisations.services import found_organisations, found_place, refresh_reach
from tests.organisations.conftest import BEFORE, SINCE

DAY = date(2026, 1, 1)


def names(words, **narrowed):
    return [row.name for row in find_units(words, on=narrowed.pop("on", DAY), **narrowed)]


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("Con Cuông", "con cuong"),
        ("  xã   CON CUÔNG ", "xa con cuong"),
        ("TP. Vinh", "thanh pho vinh"),
        ("tp Vinh", "thanh pho vinh"),
        ("TP.Vinh", "thanh pho vinh"),
        ("p. Trà Lân", "phuong tra lan"),
        ("t.t Trà Lân", "tinh t tra lan"),
        ("Con Cuông, Nghệ An", "con cuong nghe an"),
        ("p", "p"),
        ("A.B", "a.b"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_what_people_type_is_read_as_names_are_stored(typed, looked_for):
    assert folded_words(typed) == looked_for


def test_a_name_is_found_by_its_words_without_tones_or_type(short):
    assert names("mot") == names("XÃ MỘT") == names("xa mo") == ["Xã Một"]
    assert names("binh") == ["Tỉnh Bình Hòa", "Tỉnh An Bình", "Thành phố Hòa Bình"]
    assert names("không có") == names("") == []


def test_the_spelling_with_its_tones_comes_first(db):
    country = found_place(
        "Việt Nam", type_word="", level="country", under=None, actor=None, on=BEFORE
    )
    for name in ("Xã Hoa Lư", "Xã Hòa Lu", "Xã Hoa Lu Thượng", "Xã Đông Hoa Lư"):
        found_place(name, type_word="xã", level="commune", under=country, actor=None, on=BEFORE)
    assert names("Hoa Lư") == ["Xã Hoa Lư", "Xã Hòa Lu", "Xã Hoa Lu Thượng", "Xã Đông Hoa Lư"]
    assert names("hòa lu")[0] == "Xã Hòa Lu"
    assert names("xã Hòa Lu") == ["Xã Hòa Lu", "Xã Hoa Lư", "Xã Hoa Lu Thượng"]


def test_an_ended_unit_is_found_with_those_who_took_over(short):
    (row,) = find_units("xa hai", on=DAY, levels=["commune"], limit=1)
    new = find_units("xa hai moi", on=DAY)[0]
    assert (row.name, row.context, row.ended_on) == ("Xã Hai", "Huyện Ba Vì, Tỉnh An Bình", SINCE)
    assert row.successors == ((short.new("00001"), "Xã Một"), (new.id, "Xã Hai Mới"))
    assert (new.context, new.ended_on, new.successors) == ("Tỉnh An Bình", None, ())


def test_before_the_merger_the_old_unit_lives_and_the_new_one_is_unknown(short):
    assert names("hai", on=BEFORE) == ["Xã Hai"]
    assert find_units("xa hai", on=BEFORE)[0].ended_on is None
    assert names("cam", on=BEFORE) == ["Huyện Cẩm", "Tỉnh Cẩm Thủy"]


def test_a_unit_found_by_a_former_name_shows_the_present_one(short):
    version = UnitVersion.objects.get(unit_id=short.new("00009"))
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=DAY)
    version.pk, version.valid_from = None, DAY
    version.name, version.lowered, version.folded, version.bare = (
        "Phường Chín", "phường chín", "phuong chin", "chin",
    )  # fmt: skip
    version.save()
    assert names("xa chin") == names("chin") == ["Phường Chín"]
    assert find_units("xa chin", on=DAY)[0].ended_on is None


def test_a_search_may_be_narrowed_by_level_and_kind(short):
    found_organisations(
        [short.new("00001")], [Kind.FRONT_COMMITTEE, Kind.PEOPLES_COMMITTEE], actor=None, on=SINCE
    )
    assert names("mot") == ["Xã Một", "Ủy ban MTTQ Việt Nam xã Một", "UBND xã Một"]
    assert names("mot", kinds=[""]) == ["Xã Một"]
    assert names("mot", kinds=[Kind.FRONT_COMMITTEE]) == ["Ủy ban MTTQ Việt Nam xã Một"]
    assert names("ubnd mot") == ["UBND xã Một"]
    assert find_units("ubnd mot", on=DAY)[0].context == "Xã Một, Tỉnh An Bình"
    assert names("mot", levels=["province"]) == []
    assert names("cam", levels=["province"]) == ["Tỉnh Cẩm Thủy"]


def test_a_search_keeps_within_the_units_it_is_given_and_what_passed_to_them(short):
    mine = Unit.objects.filter(pk=short.new("00001")).values("pk")
    assert names("mot", within=mine) == ["Xã Một"]
    assert names("bay", within=mine) == []
    (row,) = find_units("xa hai", on=DAY, within=mine)
    assert (row.name, row.successors) == ("Xã Hai", ((short.new("00001"), "Xã Một"),))


def test_what_is_near_to_who_looks_comes_first_then_their_province_then_all_others(db):
    def place(name, level, under):
        word = {"country": "", "province": "tỉnh", "commune": "xã"}[level]
        return found_place(name, type_word=word, level=level, under=under, actor=None, on=BEFORE)

    country = place("Việt Nam", "country", None)
    near, far = place("Tỉnh Bắc", "province", country), place("Tỉnh An", "province", country)
    place("Xã Hưng Lộc", "commune", far)
    other = place("Xã Hưng Lộc Mới", "commune", near)
    mine = place("Xã Cửa Hưng Lộc", "commune", near)
    found_organisations([mine], [Kind.PEOPLES_COMMITTEE], actor=None, on=BEFORE)
    (office,) = (row.id for row in find_units("hung loc", on=DAY, kinds=[Kind.PEOPLES_COMMITTEE]))

    def nearest(units, words="hung loc", **more):
        rows = find_nearest(words, units=units, on=DAY, kinds=[""], **more)
        return [row.name for row in rows]

    assert names("hung loc", kinds=[""])[0] == "Xã Hưng Lộc"
    own = ["Xã Cửa Hưng Lộc", "Xã Hưng Lộc Mới", "Xã Hưng Lộc"]
    assert nearest([mine]) == nearest([office]) == own
    assert nearest([other]) == ["Xã Hưng Lộc Mới", "Xã Cửa Hưng Lộc", "Xã Hưng Lộc"]
    assert nearest([near]) == ["Xã Hưng Lộc Mới", "Xã Cửa Hưng Lộc", "Xã Hưng Lộc"]
    assert nearest([mine], limit=2) == own[:2]
    assert nearest([country]) == nearest([]) == names("hung loc", kinds=[""])
    with CaptureQueriesContext(connection) as few:
        nearest([mine])
    with CaptureQueriesContext(connection) as many:
        nearest([mine, office, other])
    assert len(few) == len(many)


def _next_merger(short):
    """Later n2 goes into n1, and n1 with n4 becomes a new commune: two generations after the first merger."""
    first, second = date(2025, 9, 1), date(2025, 10, 1)
    n1, n2, n4 = short.new("00001"), short.new("00002"), short.new("00004")
    last = found_place(
        "Xã Chung", type_word="xã", level="commune", under=short.new("01"), actor=None, on=second
    )
    rows = [
        (n2, n1, 1_000_000, first), (n1, n1, 1_000_000, first),
        (n1, last, 1_000_000, second), (n4, last, 1_000_000, second),
    ]  # fmt: skip
    for before, after, weight, day in rows:
        Lineage.objects.create(
            predecessor_id=before, successor_id=after, weight=weight, measure="whole",
            back_weight=500_000, estimated=False, happened_on=day,
        )  # fmt: skip
        if before != after:
            Unit.objects.filter(pk=before).update(ended_on=day)
            UnitVersion.objects.filter(unit_id=before, valid_to=None).update(valid_to=day)
    refresh_reach([n1, n2, n4, last])
    return last


def test_an_ended_unit_shows_who_stands_today_through_every_generation(short):
    last = _next_merger(short)
    for typed in ("xa hai", "xa nam", "xã một"):
        rows = [row for row in find_units(typed, on=DAY) if row.level == "commune"]
        assert {row.successors for row in rows} == {((last, "Xã Chung"),)}
    district = next(row for row in find_units("huyen ba vi", on=DAY))
    assert district.successors == ((last, "Xã Chung"), (short.new("00003"), "Phường Ba"))
    eve = date(2025, 9, 30)
    assert find_units("xa hai", on=eve)[0].successors == ((short.new("00001"), "Xã Một"),)


def test_whoever_is_kept_to_a_unit_finds_what_passed_to_it_through_others(short):
    mine = [_next_merger(short)]
    row = next(row for row in find_units("xa hai", on=DAY, within=mine) if row.name == "Xã Hai")
    assert row.successors == ((mine[0], "Xã Chung"),)
    assert names("bay", within=mine) == []


def test_what_passed_to_others_only_is_not_offered_to_whoever_holds_its_place(short):
    mine = Unit.objects.filter(pk=short.new("01")).values("pk")
    assert names("xa hai", within=mine) == []
    assert names("binh hoa", within=mine) == ["Tỉnh Bình Hòa"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("00001", [("Xã Một", "00001", None)]),
        ("00008", [("Xã Tám", "00008", SINCE)]),
        ("99", [("Đặc khu Đảo Xa", "00099", None)]),
        ("0099", [("Đặc khu Đảo Xa", "00099", None)]),
        ("2", [("Xã Hai Mới", "00002", None), ("Tỉnh Bình Hòa", "02", SINCE), ("Thành phố Hòa Bình", "002", SINCE)]),
        ("01", [("Tỉnh An Bình", "01", None), ("Xã Một", "00001", None), ("Huyện Ba Vì", "001", SINCE)]),
        ("123456", []),
        ("１２", []),
    ],
)  # fmt: skip
def test_a_code_is_found_as_typed_first_and_with_the_zeros_it_lost(short, typed, found):
    rows = [(row.name, row.code, row.ended_on) for row in find_units(typed, on=DAY)]
    assert rows == found


def test_an_old_code_shows_who_took_over(short):
    (row,) = find_units("00008", on=DAY)
    assert row.successors == ((short.new("00007"), "Xã Bảy"), (short.new("00009"), "Xã Chín"))


def test_digits_are_looked_for_in_names_too(db):
    country = found_place("Việt Nam", type_word="", level="country", under=None, actor=None, on=BEFORE)  # fmt: skip
    for name, code in (("Phường Hà Giang 1", "00691"), ("Phường Hà Giang 2", "00694"), ("Phường 5", "26794"), ("Xã Xa", "00005")):  # fmt: skip
        word = name.split()[0]
        found_place(name, type_word=word, level="commune", under=country, actor=None, on=BEFORE, code=code)  # fmt: skip
    assert names("ha giang 1") == ["Phường Hà Giang 1"]
    assert names("5") == ["Phường 5", "Xã Xa"]
    assert names("5", limit=1) == ["Xã Xa"]


def test_finding_costs_the_same_queries_for_one_answer_and_for_many(short):
    def cost(words):
        with CaptureQueriesContext(connection) as queries:
            found = find_units(words, on=DAY, limit=4)
        return len(found), len(queries)

    few, some, many = cost("xa hai"), cost("binh"), cost("xa")
    assert few[0] < some[0] < many[0] == 4
    assert few[1] == some[1]
    assert many[1] == some[1] - 1  # enough names begin so: no later word is looked for


@pytest.mark.parametrize("words", ["đ" * 70_000, "a" * 70_000 + " ", "% _ \\"])
def test_words_of_any_length_are_looked_for(short, words):
    assert find_units(words, on=DAY) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ủy ban nhân dân xã con", ["ubnd xa con"]),
        ("UBND", ["uy ban nhan dan"]),
        ("ubmttq", []),
        ("ủy ban mttq xã x", ["uy ban mat tran to quoc viet nam xa x", "uy ban mat tran to quoc xa x", "uy ban mttq viet nam xa x"]),
        ("xa con cuong", []),
    ],
)  # fmt: skip
def test_what_a_register_may_say_instead(typed, found):
    assert sorted(other_spellings(folded_words(typed))) == sorted(found)


def test_an_organisation_is_found_by_its_full_name_and_by_the_short_one(short):
    found_organisations(
        [short.new("00001")], [Kind.FRONT_COMMITTEE, Kind.PEOPLES_COMMITTEE], actor=None, on=SINCE
    )
    assert names("uy ban nhan dan xa mot") == names("ubnd xã một") == ["UBND xã Một"]
    front = ["Ủy ban MTTQ Việt Nam xã Một"]
    assert names("ủy ban mặt trận tổ quốc xã một") == names("ủy ban mttq xã một") == front
