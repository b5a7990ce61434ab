"""The register between two days: what was founded, ended, renamed, moved, re-levelled and re-coded."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.organisations.enums import STANDING, Kind
from danvan.organisations.models import Unit, UnitCode, UnitVersion
from danvan.organisations.selectors import listing
from danvan.organisations.selectors.differing import (
    ENDED,
    FOUNDED,
    MOVED,
    ORDER,
    ORGANISATIONS,
    RECODED,
    RELEVELLED,
    RENAMED,
    SORTS,
    between,
    count_differences,
    describe_differences,
    differing,
)
from danvan.organisations.services import found_organisations
from danvan.organisations.services.villages import import_villages
from tests.organisations.conftest import BEFORE, SINCE
from tests.organisations.test_villages import book, line

pytestmark = pytest.mark.django_db

LATER, TODAY = date(2026, 5, 1), date(2026, 12, 31)


def told(sort, asked):
    rows = differing(sort, asked).order_by(*ORDER)
    return describe_differences(list(rows), sort, asked)


def names(sort, asked):
    return [(one.after or one.before).name for one in told(sort, asked)]


def counted(asked):
    return {one.sort: one.total for one in count_differences(asked)}


def succeed(unit, on, **changes):
    """A new version of a unit from a day."""
    version = UnitVersion.objects.get(unit_id=unit, valid_to=None)
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=on)
    for name, value in {"pk": None, "valid_from": on, **changes}.items():
        setattr(version, name, value)
    version.save()


def test_the_merger_is_told_for_the_whole_country(short):
    asked = between(BEFORE, SINCE)
    assert counted(asked) == {FOUNDED: 8, ENDED: 13, RENAMED: 0, MOVED: 1, RELEVELLED: 0, RECODED: 0}  # fmt: skip
    assert between(BEFORE, SINCE, under_id=short.country) == asked
    [ended] = [one for one in count_differences(asked) if one.sort == ENDED]
    assert ended.by_level == (("Cấp tỉnh", 2), ("Cấp huyện", 4), ("Cấp xã", 7))


def test_an_ended_unit_names_who_took_over_and_a_founded_one_whom_it_came_from(short):
    asked = between(BEFORE, SINCE)
    ended = {one.id: one for one in told(ENDED, asked)}
    gone = ended[short.old("00008")]
    assert (gone.before.name, gone.after, gone.since) == ("Xã Tám", None, SINCE)
    assert [name for _, name in gone.kin] == ["Xã Bảy", "Xã Chín"]
    assert (gone.code_before, gone.code_after, gone.above_before) == ("00008", "", "Huyện Cẩm")
    district = ended[short.old("004")]
    assert {name for _, name in district.kin} == {"Xã Sáu", "Xã Bảy", "Xã Chín"}
    new = {one.id: one for one in told(FOUNDED, asked)}[short.new("00001")]
    assert (new.before, new.after.name, new.above_after) == (None, "Xã Một", "Tỉnh An Bình")
    assert [name for _, name in new.kin] == ["Xã Một", "Xã Hai"]  # not the district


def test_a_unit_that_only_changed_its_superior_moved(short):
    [moved] = told(MOVED, between(BEFORE, SINCE))
    assert (moved.id, moved.above_before, moved.above_after) == (
        short.new("00006"), "Huyện Cẩm", "Tỉnh Cẩm Thủy",
    )  # fmt: skip
    assert (moved.since, moved.kin) == (SINCE, ())


def test_a_province_is_followed_to_what_it_came_from_and_became(short):
    new = between(BEFORE, SINCE, under_id=short.new("01"))
    assert names(ENDED, new) == [
        "Tỉnh An Bình", "Tỉnh Bình Hòa", "Huyện Ba Vì", "Huyện Đảo Xa", "Thành phố Hòa Bình",
        "Thị trấn Ba", "Phường Bốn", "Xã Hai", "Xã Một", "Xã Năm",
    ]  # fmt: skip
    assert counted(new)[FOUNDED] == 6
    old = between(BEFORE, SINCE, under_id=short.old("02"))
    assert counted(old)[ENDED] == 5
    assert counted(old)[FOUNDED] == 6
    other = between(BEFORE, SINCE, under_id=short.new("03"))
    assert names(FOUNDED, other) == ["Xã Bảy", "Xã Chín"]
    assert names(MOVED, other) == ["Xã Sáu"]


def test_a_change_of_name_type_and_code_is_told_once_each(short):
    one, two, three = (short.new(code) for code in ("00001", "00002", "00003"))
    succeed(one, LATER, name="Xã Mốt", bare="mot moi", decision="NQ 9")
    succeed(two, LATER, name="Phường Hai Mới", type_word="phường", decision="NQ 10")
    for unit, code, more in ((two, "00022", None), (three, "", None)):
        UnitCode.objects.filter(unit_id=unit).update(valid_to=LATER)
        if code:
            UnitCode.objects.create(unit_id=unit, system="gso", code=code, valid_from=LATER)
        assert more is None
    asked = between(SINCE, TODAY)
    assert counted(asked) == {FOUNDED: 0, ENDED: 0, RENAMED: 1, MOVED: 0, RELEVELLED: 1, RECODED: 2}  # fmt: skip
    [renamed], [relevelled] = told(RENAMED, asked), told(RELEVELLED, asked)
    assert (renamed.before.name, renamed.after.name, renamed.decision) == ("Xã Một", "Xã Mốt", "NQ 9")  # fmt: skip
    assert (relevelled.before.type_word, relevelled.after.type_word) == ("xã", "phường")
    assert {(one.code_before, one.code_after) for one in told(RECODED, asked)} == {
        ("00002", "00022"), ("00003", ""),
    }  # fmt: skip
    assert counted(between(SINCE, date(2026, 4, 30))) == dict.fromkeys(SORTS, 0)


def test_organisations_are_told_apart_from_places(short):
    places = [short.new("01"), short.new("00001")]
    found_organisations(places, [Kind.FRONT_COMMITTEE], actor=None, on=LATER)
    assert counted(between(SINCE, TODAY))[FOUNDED] == 0
    asked = between(SINCE, TODAY, under_id=short.new("01"), of=ORGANISATIONS)
    assert names(FOUNDED, asked) == [
        "Ủy ban MTTQ Việt Nam tỉnh An Bình", "Ủy ban MTTQ Việt Nam xã Một",
    ]  # fmt: skip
    assert told(FOUNDED, asked)[1].above_after == "Ủy ban MTTQ Việt Nam tỉnh An Bình"


def test_an_organisation_with_another_superior_moved(short):
    [top, front] = found_organisations(
        [short.new("01"), short.new("00001")], [Kind.FRONT_COMMITTEE], actor=None, on=SINCE
    )
    succeed(front, LATER, parent_id=None)
    [moved] = told(MOVED, between(SINCE, TODAY, of=ORGANISATIONS))
    assert (moved.before.parent_id, moved.after.parent_id) == (top, None)


def test_a_village_that_was_there_before_it_was_written_down_was_not_founded(short):
    rows = (line(), line(name="Thôn Mới", since="01/08/2025"))
    top = Unit.objects.get(pk=short.country)
    import_villages(book(*rows), name="a.xlsx", top=top, counted_on=SINCE, actor=None)
    assert names(FOUNDED, between(BEFORE, TODAY))[-1] == "Thôn Mới"
    assert counted(between(BEFORE, TODAY))[FOUNDED] == 8 + 1


def test_days_in_the_wrong_order_differ_in_nothing_that_was_founded(short):
    assert counted(between(SINCE, SINCE)) == dict.fromkeys(SORTS, 0)


def test_differences_cost_the_same_queries_for_few_and_for_many(short):
    def cost(under, sort):
        with CaptureQueriesContext(connection) as queries:
            asked = between(BEFORE, SINCE, under_id=under)
            count_differences(asked)
            assert told(sort, asked)
        return len(queries)

    few, many = short.new("03"), short.new("01")
    found_organisations([many], list(STANDING), actor=None, on=SINCE)
    assert cost(few, FOUNDED) == cost(many, FOUNDED)
    assert cost(few, ENDED) == cost(many, ENDED)


def test_the_list_of_a_day_names_what_it_points_to_however_long_it_is(short, monkeypatch):
    few = listing.register_on(short.country, BEFORE)
    monkeypatch.setattr(listing, "MOST_IDS", 3)
    many = listing.register_on(short.country, BEFORE)
    assert many.names == few.names
    assert many.names[short.old("00008")] == "Xã Tám"
    assert len(many.places) == 1 + 3 + 4 + 8
    assert {link.successor_id for link in many.lineage} >= {short.new("00009")}
