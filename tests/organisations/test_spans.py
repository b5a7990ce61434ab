from datetime import date

from danvan.organisations.enums import Kind
from danvan.organisations.models import Unit, UnitVersion
from danvan.organisations.selectors import every_unit, find_units
from danvan.organisations.selectors.days import identities
from danvan.organisations.selectors.spans import (
    codes_held,
    ids_among,
    lives_of,
    organisations_in,
    spans_at,
    spans_named,
    spans_of,
)
from danvan.organisations.services import found_organisation
from tests.organisations.conftest import BEFORE, SINCE

FROM = date(2008, 8, 1)


def test_spans_tell_what_a_unit_was_and_when(short):
    lasting = short.new("00006")
    assert [(s.name, s.level, s.valid_from, s.valid_to) for s in spans_of([lasting])] == [
        ("Xã Sáu", "commune", FROM, SINCE),
        ("Xã Sáu", "commune", SINCE, None),
    ]
    first, second = spans_of([lasting])
    assert [first.holds_on(BEFORE), first.holds_on(SINCE), second.holds_on(SINCE)] == [
        True, False, True,
    ]  # fmt: skip


def test_spans_of_a_place_are_those_of_its_organisations(short):
    front = found_organisation(short.new("00001"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    assert [span.unit_id for span in spans_at([short.new("00001")])] == [front]


def test_spans_by_a_folded_name_are_of_every_unit_that_bore_it(short):
    assert {span.unit_id for span in spans_named(["xa mot"])} == {
        short.old("00001"), short.new("00001"),
    }  # fmt: skip


def test_a_code_tells_all_who_carried_it(short):
    held = codes_held(["00001", "0001"])
    assert [(one.unit_id, one.valid_from, one.valid_to) for one in held] == [
        (short.old("00001"), FROM, SINCE),
        (short.new("00001"), SINCE, None),
    ]
    assert [one.holds_on(BEFORE) for one in held] == [True, False]
    assert codes_held(["00001"], system="edoc") == []


def test_lives_and_identities_leave_out_what_is_not_there(short):
    old = short.old("00001")
    assert list(lives_of([old, 999_999])) == list(identities([old, 999_999])) == [old]
    life = lives_of([old])[old]
    assert (life.sort, life.founded_on, life.ended_on) == ("place", FROM, SINCE)


def test_ids_and_organisations_within_a_set_of_units(short):
    front = found_organisation(short.new("00001"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    mine = Unit.objects.filter(pk__in=[front, short.new("00001")]).values("pk")
    assert ids_among([front, short.new("00002")], mine) == {front}
    assert organisations_in(mine, limit=5) == [front]
    assert organisations_in(mine, limit=0) == []


def test_every_unit_is_no_condition_until_it_is_narrowed(short):
    rows = UnitVersion.objects.filter(unit_id__in=every_unit())
    assert rows.count() == UnitVersion.objects.count()
    assert "IN (SELECT" not in str(rows.query)
    one = UnitVersion.objects.filter(unit_id__in=every_unit().filter(pk=short.country))
    assert [row.unit_id for row in one] == [short.country]
    found = [row.name for row in find_units("xa mot", on=SINCE, within=every_unit())]
    assert found == ["Xã Một"]
