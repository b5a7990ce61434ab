from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.organisations.enums import Kind
from danvan.organisations.models import Unit
from danvan.organisations.selectors import find_units
from danvan.organisations.selectors.finding import folded_words
from danvan.organisations.services import found_organisations, found_place
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
    from danvan.organisations.models import UnitVersion

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
