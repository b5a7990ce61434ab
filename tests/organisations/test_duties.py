"""The duty matrix: recorded all or not at all, its overlaps and gaps found, its past kept."""

from datetime import date, timedelta

import pytest

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import DutyRole, EventKind, Kind, Level, Measure
from danvan.organisations.models import Duty, DutyShare, Unit
from danvan.organisations.selectors.duties import (
    Matter,
    allowed_duties,
    duties_of,
    duty_matrix,
    spans_with_duties,
    symbols_of_duties,
)
from danvan.organisations.selectors.reaching import units_under
from danvan.organisations.services import (
    add_new_unit,
    apply_reorganisation,
    draft_reorganisation,
    set_passing,
)
from danvan.organisations.services.duties import (
    DutyEntry,
    DutySource,
    Share,
    edit_duty,
    end_duty,
    record_duties,
)
from tests.factories.province import Province

ON = date(2026, 1, 1)
LEAD = Share(DutyRole.LEAD, Kind.PARTY_COMMITTEE)
DO = Share(DutyRole.ORGANISE, Kind.PEOPLES_COMMITTEE, Level.COMMUNE)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return Province()


def entry(words="Đối thoại với nhân dân", shares=(LEAD, DO), symbol="04-QC/TU", **source):
    return DutyEntry(words, list(shares), DutySource(symbol, **source))


def record(province, *entries, on=ON, **more):
    return record_duties(province.place.pk, list(entries) or [entry()], on=on, actor=None, **more)


def merged(places, province):
    draft = draft_reorganisation(
        EventKind.MERGE, title="Nhập", scope_id=province.place.pk, effective_on=date(2026, 7, 1),
        decision="Nghị quyết 1", measure=Measure.EQUAL, actor=None,
    )  # fmt: skip
    new = add_new_unit(
        draft, name="Xã Trà Lân", type_word="xã", level=Level.COMMUNE, parent_id=province.place.pk, actor=None
    )  # fmt: skip
    for place in places:
        set_passing(draft, place.pk, new_unit_id=new.pk, actor=None)
    return apply_reorganisation(draft, actor=None).new_units.get().unit


def told(refused):
    return " ".join([refused.value.message, *(fault.message for fault in refused.value.faults)])


def test_a_duty_is_kept_with_its_clause_its_span_and_who_is_what_in_it(province):
    one = entry(
        clause="Điều 7", kind="documents.document", id=5, start=10, end=30, sentence="Đối thoại ..."
    )
    [pk] = record(province, one)
    duty = Duty.objects.get(pk=pk)
    assert (duty.words, duty.clause, duty.source_start, duty.source_end) == (
        "Đối thoại với nhân dân",
        "Điều 7",
        10,
        30,
    )
    assert [(s.role, s.kind, s.level) for s in duty.shares.all()] == [
        ("lead", "party_committee", ""), ("organise", "peoples_committee", "commune"),
    ]  # fmt: skip
    assert spans_with_duties("documents.document", 5) == {(10, 30)}
    assert symbols_of_duties(province.communes[0].pk, on=ON) == ["04-QC/TU"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": " "}, "ghi nội dung nhiệm vụ"),
        ({"words": "a" * 601}, "dài quá 600 ký tự"),
        ({"symbol": ""}, "ghi số, ký hiệu"),
        ({"shares": []}, "ít nhất một tổ chức"),
        ({"shares": [LEAD, LEAD]}, "được ghi hai lần"),
        ({"shares": [Share("", Kind.TRADE_UNION)]}, "chọn cả tổ chức và vai trò"),
        ({"shares": [Share(DutyRole.CORE)]}, "chọn cả tổ chức và vai trò"),
        ({"shares": [Share(DutyRole.CORE, Kind.TRADE_UNION, "moon")]}, "Cấp của tổ chức không đúng"),
    ],
)  # fmt: skip
def test_a_duty_that_says_too_little_is_refused_and_none_is_written(province, wrong, sentence):
    with pytest.raises(RuleError) as refused:
        record(province, entry(), entry(**wrong))
    assert sentence in told(refused)
    assert refused.value.faults[0].row == 2
    assert not Duty.objects.exists()


def test_every_fault_is_told_at_once(province):
    with pytest.raises(RuleError, match="Có 3 chỗ chưa đúng") as refused:
        record(province, entry(words=""), entry(symbol="", shares=[]))
    assert [fault.row for fault in refused.value.faults] == [1, 2, 2]


def test_nothing_chosen_and_a_place_or_days_that_are_not_are_refused(province):
    for more, sentence in (
        ({"on": date(2001, 1, 1)}, "không tồn tại vào ngày 01/01/2001"),
        ({"until": ON}, "phải sau ngày bắt đầu"),
    ):
        with pytest.raises(RuleError, match=sentence):
            record(province, **more)
    with pytest.raises(RuleError, match="chọn ít nhất một nhiệm vụ"):
        record_duties(province.place.pk, [], on=ON, actor=None)
    with pytest.raises(RuleError, match="không tồn tại"):
        record_duties(0, [entry()], on=ON, actor=None)


def test_one_clause_stands_once(province):
    one = entry(clause="Điều 7", kind="documents.document", id=5, start=10, end=30)
    record(province, one)
    with pytest.raises(RuleError, match="đã có trong ma trận"):
        record(province, one)
    two = entry(clause="Điều 8", kind="documents.document", id=5, start=40, end=50)
    with pytest.raises(RuleError) as refused:
        record(province, two, two)
    assert [fault.row for fault in refused.value.faults] == [2]


def test_an_organisation_by_name_must_stand_in_the_place(province):
    here, elsewhere, _ = province.fronts
    scope = province.communes[0].pk
    record_duties(scope, [entry(shares=[Share(DutyRole.CORE, unit_id=here.pk)])], on=ON, actor=None)
    one = entry(shares=[Share(DutyRole.CORE, unit_id=elsewhere.pk)])
    with pytest.raises(RuleError, match="không thuộc địa bàn áp dụng"):
        record_duties(scope, [one], on=ON, actor=None)
    [row] = duty_matrix(scope, on=ON).rows
    assert row.holders[0].name.startswith("Ủy ban MTTQ")
    assert row.holders[0].role_label == "Nòng cốt"


def test_overlaps_and_gaps_are_told(province):
    other = Share(DutyRole.LEAD, Kind.PEOPLES_COMMITTEE)
    low = Share(DutyRole.LEAD, Kind.PARTY_COMMITTEE, Level.COMMUNE)
    high = Share(DutyRole.LEAD, Kind.FRONT_COMMITTEE, Level.PROVINCE)
    record(
        province,
        entry("Hai nơi", [LEAD, other, DO]),
        entry("Hai cấp", [low, high, DO]),
        entry("Không ai đứng đầu", [Share(DutyRole.CORE, Kind.FRONT_COMMITTEE), Share(DutyRole.ADVISE, Kind.PEOPLES_COMMITTEE)]),
        entry("Nói hai lần", [LEAD, DO]),
        entry("Nói hai lần", [other, DO], symbol="05-QC/TU"),
        entry("Không có hội ấy", [LEAD, Share(DutyRole.CORE, Kind.VETERANS_ASSOCIATION)]),
        entry("Đủ", [LEAD, DO]),
    )  # fmt: skip
    found = duty_matrix(province.place.pk, on=ON)
    by_words = {}
    for row in found.rows:
        by_words.setdefault(row.duty.words, []).append([(m.kind, m.words) for m in row.matters])
    assert by_words["Hai nơi"] == [
        [("overlap", "Có nhiều nơi cùng lãnh đạo: Cấp ủy và Ủy ban nhân dân.")]
    ]
    assert by_words["Hai cấp"] == [[]]
    assert by_words["Không ai đứng đầu"] == [
        [("gap", "Nhiều nơi cùng làm mà chưa rõ nơi nào lãnh đạo hay tổ chức thực hiện.")]
    ]
    assert [rows[0][0] for rows in by_words["Nói hai lần"]] == ["overlap", "overlap"]
    assert by_words["Không có hội ấy"] == [
        [("gap", "Hội Cựu chiến binh không có tổ chức nào ở địa bàn này.")]
    ]
    assert by_words["Đủ"] == [[]]
    assert (found.overlaps, found.gaps) == (3, 2)
    assert found.idle == ()
    assert found.unfilled == (("05-QC/TU", DutyRole.ADVISE), ("05-QC/TU", DutyRole.CORE))


def test_kinds_that_stand_there_without_a_duty_are_told(province):
    record(province)
    found = duty_matrix(province.communes[0].pk, on=ON)
    assert found.idle == (Kind.FRONT_COMMITTEE,)
    assert duty_matrix(province.communes[0].pk, on=ON, words="doi thoai").idle == ()


def test_the_matrix_is_narrowed_by_words_and_document_and_read_on_its_day(province):
    record(province, entry("Đối thoại"), entry("Giám sát", symbol="05-QC/TU"))
    place = province.place.pk
    assert [r.duty.words for r in duty_matrix(place, on=ON, words="giam").rows] == ["Giám sát"]
    assert [r.duty.words for r in duty_matrix(place, on=ON, symbol="04-QC/TU").rows] == [
        "Đối thoại"
    ]
    assert duty_matrix(place, on=ON - timedelta(1)).rows == ()
    assert duty_matrix(province.country.pk, on=ON).rows == ()


def test_an_organisation_knows_its_duties_lead_first(province):
    record(province, entry("Tổ chức", [DO]), entry("Lãnh đạo", [LEAD]))
    government, committee = province.governments[0].pk, province.committees[0].pk
    assert [(d.words, h.role) for d, h in duties_of(government, on=ON)] == [("Tổ chức", "organise")]
    assert [(d.words, h.role) for d, h in duties_of(committee, on=ON)] == [("Lãnh đạo", "lead")]
    assert duties_of(province.place.pk, on=ON) == []


def test_a_duty_is_changed_and_ended_and_its_past_stays(province):
    [pk] = record(province)
    edit_duty(pk, words="Tiếp xúc, đối thoại", shares=[LEAD], actor=None)
    assert Duty.objects.get(pk=pk).words == "Tiếp xúc, đối thoại"
    assert DutyShare.objects.count() == 1
    with pytest.raises(RuleError, match="ghi nội dung"):
        edit_duty(pk, words="", shares=[LEAD], actor=None)
    with pytest.raises(RuleError, match="sau ngày đó"):
        end_duty(pk, on=ON, actor=None)
    end_duty(pk, on=date(2026, 6, 1), actor=None)
    with pytest.raises(RuleError, match="đã hết hiệu lực từ ngày 01/06/2026"):
        end_duty(pk, on=date(2026, 7, 1), actor=None)
    assert len(duty_matrix(province.place.pk, on=date(2026, 5, 31)).rows) == 1
    assert duty_matrix(province.place.pk, on=date(2026, 6, 1)).rows == ()


def test_only_duties_within_reach_may_be_changed(province):
    [pk] = record(province)
    assert [d.pk for d in allowed_duties(units_under([province.country.pk], on=ON))] == [pk]
    assert not allowed_duties(units_under([province.communes[0].pk], on=ON)).exists()


def test_the_matrix_costs_the_same_queries_with_one_duty_and_with_many(
    province, django_assert_num_queries
):
    named = entry("Có tên", [LEAD, Share(DutyRole.CORE, unit_id=province.fronts[0].pk)])
    record(province, named)
    with django_assert_num_queries(5):
        duty_matrix(province.place.pk, on=ON)
    record(province, *(entry(f"Việc {n}", [LEAD, Share(DutyRole.CORE, unit_id=province.fronts[n].pk)]) for n in range(3)))  # fmt: skip
    with django_assert_num_queries(5):
        duty_matrix(province.place.pk, on=ON)


def test_duties_of_a_unit_that_ended_bind_and_are_told_at_its_heir(province):
    old, front = province.communes[0], province.fronts[0]
    named = entry("Có tên", [LEAD, Share(DutyRole.CORE, unit_id=front.pk)])
    record_duties(old.pk, [named], on=ON, actor=None)
    new = merged(province.communes[:2], province)
    after = date(2026, 7, 1)
    [row] = duty_matrix(new.pk, on=after).rows
    assert row.matters == (
        Matter(
            "gap",
            "Ủy ban MTTQ Việt Nam Xã Môn Sơn đã kết thúc từ ngày 01/07/2026. Đồng chí vui lòng giao cho đơn vị kế tiếp.",
        ),
    )
    heir = Unit.objects.get(versions__place=new, versions__kind=Kind.FRONT_COMMITTEE)
    assert [(d.words, h.role) for d, h in duties_of(heir.pk, on=after)] == [("Có tên", "core")]
    assert duty_matrix(province.communes[2].pk, on=after).rows == ()
    assert duty_matrix(old.pk, on=ON).rows[0].matters == ()
