"""What a unit carries for a time: days in order, never two at once, and what held on a day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import FlagKind, Kind, LinkKind, MarkKind
from danvan.organisations.models import CommitteeTerm, Unit, UnitFlag, UnitLink, UnitMark
from danvan.organisations.selectors.standing import (
    flagged,
    flags_of,
    flags_on,
    links_of,
    marks_of,
    numbering_term,
    term_on,
    terms_of,
)
from danvan.organisations.services.standing import (
    begin_term,
    end_link,
    end_mark,
    link_units,
    lower_flag,
    raise_flag,
    record_mark,
)
from tests.factories.province import Province, make_organisation, make_place

pytestmark = pytest.mark.django_db

MAY, JULY, TODAY = date(2026, 5, 1), date(2026, 7, 1), date(2026, 12, 31)
DECISION = "Quyết định 12-QĐ/TU"


@pytest.fixture
def province():
    return Province()


def mark(unit, **given):
    said = {"kind": MarkKind.SYMBOL, "text": "TU", "decision": DECISION, "valid_from": MAY}
    return record_mark(unit.pk, **{**said, "actor": None, **given})


def term(unit, **given):
    said = {"ordinal": "XIX", "name": "2025 - 2030", "valid_from": MAY, "actor": None}
    return begin_term(unit.pk, **{**said, **given})


def flag(place, **given):
    said = {"kind": FlagKind.REMOTE, "decision": DECISION, "valid_from": MAY, "actor": None}
    return raise_flag(place.pk, **{**said, **given})


def link(unit, other, **given):
    said = {"kind": LinkKind.ADVISES, "valid_from": MAY, "actor": None}
    return link_units(unit.pk, other.pk, **{**said, **given})


def columns(refused):
    return [fault.column for fault in refused.value.faults]


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_symbol_holds_from_its_day_until_it_is_ended(province):
    one = mark(province.committee, text="  TU ")
    mark(province.committee, kind=MarkKind.SEAL, text="Tỉnh ủy Nghệ An")
    end_mark(one, on=JULY, actor=None)
    mark(province.committee, text="NATU", valid_from=JULY, valid_to=TODAY)
    told = [(one.text, one.valid_from, one.valid_to) for one in marks_of(province.committee.pk)]
    assert told == [
        ("Tỉnh ủy Nghệ An", MAY, None), ("NATU", JULY, TODAY), ("TU", MAY, JULY),
    ]  # fmt: skip
    assert acts() == [*["organisations.record_mark"] * 2, "organisations.end_mark", "organisations.record_mark"]  # fmt: skip


def test_units_may_share_a_symbol(province):
    for committee in province.committees:
        mark(committee, text="ĐU")
    held = [[one.text for one in marks_of(committee.pk)] for committee in province.committees]
    assert held == [["ĐU"]] * len(province.committees)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"text": " "}, ["text"]),
        ({"text": "x" * 121}, ["text"]),
        ({"decision": ""}, ["decision"]),
        ({"decision": "x" * 201}, ["decision"]),
        ({"kind": "stamp"}, ["kind"]),
        ({"valid_from": date(2019, 1, 1)}, ["valid_from"]),
        ({"valid_to": MAY}, ["valid_to"]),
        ({"kind": "", "text": "", "decision": "", "valid_to": MAY}, ["valid_to", "kind", "text", "decision"]),
    ],
)  # fmt: skip
def test_a_mark_is_refused_with_every_fault_at_once(province, given, wrong):
    with pytest.raises(RuleError) as refused:
        mark(province.committee, **given)
    assert columns(refused) == wrong
    assert not UnitMark.objects.exists()
    assert acts() == []


def test_two_symbols_at_once_are_refused_and_the_first_is_named(province):
    mark(province.committee, valid_from=JULY)
    with pytest.raises(RuleError, match="Từ 01/07/2026 chưa kết thúc đơn vị đã có “TU”"):
        mark(province.committee, text="NATU", valid_from=MAY)
    assert mark(province.committee, text="NATU", valid_from=MAY, valid_to=JULY).pk


def test_a_mark_does_not_outlive_its_unit(province):
    Unit.objects.filter(pk=province.front.pk).update(ended_on=JULY)
    with pytest.raises(RuleError) as refused:
        mark(province.front, valid_to=TODAY)
    assert columns(refused) == ["valid_to"]
    assert mark(province.front).valid_to is None


@pytest.mark.parametrize(
    ("on", "said"), [(MAY, "sau ngày bắt đầu 01/05/2026"), (JULY, "đã kết thúc ngày 01/07/2026")]
)
def test_a_mark_is_ended_once_and_after_it_began(province, on, said):
    one = mark(province.committee, valid_to=JULY)
    with pytest.raises(RuleError, match=said):
        end_mark(one, on=on, actor=None)
    one.refresh_from_db()
    assert one.valid_to == JULY
    assert end_mark(one, on=date(2026, 6, 1), actor=None).valid_to == date(2026, 6, 1)


def test_a_term_ends_the_one_before_it(province):
    term(province.committee)
    term(province.committee, ordinal="xx", name="2030 - 2035", valid_from=JULY, decision="NQ 1")
    pk = province.committee.pk
    held = [term_on([pk], day).get(pk) for day in (date(2026, 4, 30), MAY, JULY)]
    assert [str(one) for one in held] == ["None", "XIX (2025 - 2030)", "XX (2030 - 2035)"]
    assert list(terms_of(pk).values_list("ordinal", "valid_to")) == [("XX", None), ("XIX", JULY)]
    assert acts() == ["organisations.begin_term"] * 2


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"ordinal": ""}, ["ordinal"]),
        ({"ordinal": "mười"}, ["ordinal"]),
        ({"ordinal": "XIX"}, ["ordinal"]),
        ({"ordinal": "X" * 11}, ["ordinal"]),
        ({"name": ""}, ["name"]),
        ({"decision": "x" * 201}, ["decision"]),
        ({"valid_from": MAY}, ["valid_from"]),
        ({"valid_from": date(2019, 1, 1)}, ["valid_from", "valid_from"]),
    ],
)
def test_a_term_is_refused_with_every_fault_at_once(province, given, wrong):
    term(province.committee)
    with pytest.raises(RuleError) as refused:
        term(province.committee, **{"ordinal": "XX", "valid_from": JULY, **given})
    assert columns(refused) == wrong
    assert CommitteeTerm.objects.get().valid_to is None


def test_a_term_begins_after_one_that_has_its_end(province):
    CommitteeTerm.objects.filter(pk=term(province.committee).pk).update(valid_to=TODAY)
    with pytest.raises(RuleError, match="còn đến 31/12/2026"):
        term(province.committee, ordinal="XX", valid_from=JULY)
    assert term(province.committee, ordinal="XX", valid_from=TODAY).valid_from == TODAY
    assert CommitteeTerm.objects.get(ordinal="XIX").valid_to == TODAY


def test_only_a_party_committee_has_terms(province):
    with pytest.raises(RuleError, match="không phải cấp ủy"):
        term(province.front)


def test_an_advisory_board_numbers_by_the_term_of_its_committee(province):
    board = make_organisation(province.place, Kind.ADVISORY_BOARD)
    assert numbering_term(board.pk, MAY) is None
    one = term(province.committee)
    assert numbering_term(board.pk, MAY) == one
    assert numbering_term(province.committee.pk, MAY) == one
    assert numbering_term(province.front.pk, MAY) is None
    assert numbering_term(province.committees[0].pk, MAY) is None


def test_flags_of_places_hold_on_their_days(province):
    first, second = province.communes[:2]
    one = flag(first, note="khu vực III")
    flag(first, kind=FlagKind.BORDER)
    flag(second, kind=FlagKind.ISLAND, valid_to=JULY)
    lower_flag(one, on=JULY, actor=None)
    ids = [place.pk for place in province.communes]
    told = {
        day: {pk: [f.kind for f in found] for pk, found in flags_on(ids, day).items()}
        for day in (MAY, JULY)
    }
    assert told == {
        MAY: {first.pk: ["remote", "border"], second.pk: ["island"]},
        JULY: {first.pk: ["border"]},
    }
    assert [row["unit_id"] for row in flagged(FlagKind.REMOTE, MAY)] == [first.pk]
    assert flags_of(first.pk).count() == 2
    assert acts()[-1] == "organisations.lower_flag"


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"kind": "cold"}, ["kind"]),
        ({"decision": "", "kind": "border"}, ["decision"]),
        ({"note": "x" * 201, "kind": "island"}, ["note"]),
        ({"valid_from": JULY}, ["valid_from"]),
        ({"valid_from": date(2019, 1, 1), "valid_to": date(2019, 2, 1)}, ["valid_from"]),
    ],
)
def test_a_flag_is_refused_with_every_fault_at_once(province, given, wrong):
    flag(province.communes[0])
    with pytest.raises(RuleError) as refused:
        flag(province.communes[0], **given)
    assert columns(refused) == wrong
    assert UnitFlag.objects.count() == 1


def test_an_organisation_has_no_flag(province):
    with pytest.raises(RuleError, match="Chỉ địa bàn"):
        flag(province.front)


def test_links_are_seen_from_both_sides(province):
    board = make_organisation(province.place, Kind.ADVISORY_BOARD, name="Ban Dân vận")
    one = link(board, province.committee, decision=DECISION)
    link(board, province.front, kind=LinkKind.COORDINATES, valid_to=JULY)
    seen = {
        unit.pk: [(one.words, one.other_name, one.own) for one in links_of(unit.pk, MAY)]
        for unit in (board, province.committee, province.front)
    }
    assert seen == {
        board.pk: [
            ("Tham mưu cho", "Tỉnh ủy Nghệ An", True),
            ("Phối hợp với", "Ủy ban MTTQ Việt Nam Tỉnh Nghệ An", True),
        ],
        province.committee.pk: [("Được tham mưu bởi", "Ban Dân vận", False)],
        province.front.pk: [("Phối hợp với", "Ban Dân vận", False)],
    }
    end_link(one, on=JULY, actor=None)
    assert links_of(board.pk, JULY) == []
    assert len(links_of(board.pk)) == 2
    assert acts()[-1] == "organisations.end_link"


@pytest.mark.parametrize(
    ("ends", "given", "wrong"),
    [
        ("front front", {}, ["other"]),
        ("place front", {}, ["other"]),
        ("front committee", {"kind": "likes"}, ["kind"]),
        ("front committee", {"decision": "x" * 201}, ["decision"]),
        ("front committee", {"valid_from": date(2019, 1, 1)}, ["valid_from", "other"]),
        ("front committee", {"valid_to": MAY}, ["valid_to"]),
        ("front committee", {"kind": "coordinates"}, ["valid_from"]),
    ],
)
def test_a_link_is_refused_with_every_fault_at_once(province, ends, given, wrong):
    link(province.committee, province.front, kind=LinkKind.COORDINATES)
    unit, other = (getattr(province, end) for end in ends.split())
    with pytest.raises(RuleError) as refused:
        link(unit, other, **given)
    assert columns(refused) == wrong
    assert UnitLink.objects.count() == 1


def test_a_link_to_nobody_is_refused(province):
    with pytest.raises(RuleError, match="Không thấy đơn vị này"):
        link_units(province.front.pk, 999_999, kind=LinkKind.SERVES, valid_from=MAY, actor=None)


def test_what_many_units_carry_costs_what_one_does(province):
    def cost(places):
        with CaptureQueriesContext(connection) as queries:
            flags_on(places, MAY)
            term_on(places, MAY)
        return len(queries)

    extra = [make_place(f"Xã {n}", under=province.place) for n in range(3)]
    for place in extra:
        flag(place)
    assert cost([extra[0].pk]) == cost([place.pk for place in extra]) == 2
