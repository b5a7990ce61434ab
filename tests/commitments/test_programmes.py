"""Programmes of a month: written, minded, issued once, amended with a date and a reason; plans of a year."""

from datetime import date, time

import pytest
from django.urls import reverse

from danvan.commitments.models import ProgrammeEntry, WorkProgramme
from danvan.commitments.papers import programme_paper
from danvan.commitments.selectors.plans import plans_of_year
from danvan.commitments.selectors.programme_checks import clash_of
from danvan.commitments.selectors.programmes import (
    allowed_entries,
    allowed_programmes,
    deadlines_to_take_in,
    dialogue_in_programme,
    has_programme,
    keeping_units,
    programme_card,
    programme_lines,
)
from danvan.commitments.services.programme_entries import (
    EntryPlan,
    add_entry,
    change_entry,
    drop_entry,
    take_in_deadlines,
)
from danvan.commitments.services.programmes import (
    PlanOfYear,
    issue_programme,
    make_programme,
    record_yearly_plan,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.papers import to_docx
from danvan.law.models import LegalParameter
from danvan.law.services import load_calendar
from tests.factories.province import make_grant

TODAY = date(2026, 11, 20)
MONDAY = date(2026, 12, 7)


def refused(act, *args, **more):
    with pytest.raises(RuleError) as broken:
        act(*args, **{"actor": None, **more})
    return broken.value.message


def line(content="Họp Ban Thường vụ", day=MONDAY, kind="meeting", **more):
    return EntryPlan(starts_on=day, kind=kind, content=content, **more)


def issued(unit, *lines, month="2026-12", symbol="12-CTr/ĐU", reason="Đã cân nhắc"):
    programme = make_programme(unit.pk, month, actor=None)
    for one in lines or (line(),):
        add_entry(programme, one, actor=None)
    return issue_programme(programme, symbol=symbol, on=TODAY, reason=reason, actor=None)


@pytest.fixture
def committee(ledger):
    return ledger.province.committees[0]


@pytest.fixture
def officer(ledger):
    return ledger.officer


def parameter(key, number, citation="QĐ 11"):
    LegalParameter.objects.create(
        key=key, numerator=number, denominator=1, unit="per year", valid_from=date(2020, 1, 1),
        citation=citation, confidence="K", loaded_on=TODAY,
    )  # fmt: skip


def test_a_unit_makes_one_programme_a_month(committee, ledger):
    make_programme(committee.pk, "2026-12", actor=ledger.officer)

    assert "đã có chương trình" in refused(make_programme, committee.pk, "2026-12")
    assert "chọn tháng" in refused(make_programme, committee.pk, "2026-Q4")
    assert "chọn tháng" in refused(make_programme, committee.pk, "tháng chạp")
    assert "quá xa" in refused(make_programme, committee.pk, "2031-01")
    assert "tổ chức" in refused(make_programme, ledger.province.communes[0].pk, "2027-01")
    other = ledger.province.committees[1].pk
    assert "chưa có quyền" in refused(make_programme, other, "2026-12", actor=ledger.officer)


def test_every_fault_of_a_line_is_told_at_once(committee):
    programme = make_programme(committee.pk, "2026-12", actor=None)
    bad = EntryPlan(
        starts_on=date(2027, 2, 1), kind="x", content=" ", ends_at=time(8), place="đ" * 201,
        party_ids=(10**9,), commitment_id=10**9,
    )  # fmt: skip
    said = refused(add_entry, programme, bad)
    for words in ("không thuộc tháng 12/2026", "giờ bắt đầu", "chọn loại", "ghi nội dung", "Địa điểm dài quá", "không còn hoạt động", "Việc này không do"):  # fmt: skip
        assert words in said

    assert "phải sau" in refused(add_entry, programme, line(ends_on=date(2026, 12, 1)))
    assert "quá xa" in refused(add_entry, programme, line(ends_on=date(2028, 12, 1)))
    late = line(starts_at=time(9), ends_at=time(8))
    assert "Giờ kết thúc" in refused(add_entry, programme, late)
    assert not ProgrammeEntry.objects.exists()


def test_what_is_to_be_minded_is_told_and_issued_only_with_a_reason(committee, ledger):
    load_calendar([2026])
    parameter("dialogue.programme.min", 12)
    parameter("dialogue.party_head.min", 1)
    programme = make_programme(committee.pk, "2026-12", actor=None)
    assert "chưa có mục nào" in refused(issue_programme, programme, symbol="1", on=TODAY)
    hall = {"chair": "Bí thư Đảng ủy", "starts_at": time(8), "ends_at": time(10)}
    add_entry(programme, line(place="Hội trường xã", **hall), actor=None)
    add_entry(
        programme, line("Họp chi bộ", chair="Đ/c bí thư đảng ủy", starts_at=time(9)), actor=None
    )
    add_entry(programme, line("Thăm bản", day=date(2026, 12, 12), kind="visit"), actor=None)

    told = [one.sentence for one in programme_card(ledger.officer, programme).warnings]
    assert len(told) == 4
    for words in ("0 mục tiếp xúc, đối thoại; mỗi tháng cần ít nhất 1", "cả năm người đứng đầu", "ngày nghỉ 12/12/2026", "trùng người chủ trì (Bí thư Đảng ủy)"):  # fmt: skip
        assert any(words in one for one in told)
    said = refused(issue_programme, programme, symbol=" ", on=date(2026, 12, 1))
    for words in ("số, ký hiệu", "chưa đến", "vì sao vẫn ban hành"):
        assert words in said
    kept = issue_programme(
        programme, symbol="12-CTr/ĐU", on=TODAY, reason="Đối thoại đã lùi", actor=None
    )

    assert kept.warned == told
    assert kept.reason == "Đối thoại đã lùi"
    assert "đã ban hành số 12-CTr/ĐU" in refused(issue_programme, kept, symbol="13", on=TODAY)
    assert "Số, ký hiệu dài quá" in refused(issue_programme, make_programme(committee.pk, "2027-01", actor=None), symbol="1" * 81, on=TODAY)  # fmt: skip


def test_a_dialogue_in_the_programme_leaves_nothing_to_be_minded(committee, ledger):
    load_calendar([2026])
    parameter("dialogue.programme.min", 12)
    parameter("dialogue.party_head.min", 1)
    programme = make_programme(committee.pk, "2026-12", actor=None)
    add_entry(programme, line("Đối thoại", kind="dialogue"), actor=None)

    assert programme_card(ledger.officer, programme).warnings == []
    assert dialogue_in_programme([committee.pk], MONDAY) is None
    issue_programme(programme, symbol="12-CTr/ĐU", on=TODAY, actor=None)
    assert dialogue_in_programme([committee.pk], MONDAY).symbol == "12-CTr/ĐU"
    assert has_programme([committee.pk], MONDAY)
    assert dialogue_in_programme([committee.pk], date(2026, 12, 8)) is None


def test_bodies_of_one_place_clash_too_and_due_days_never_do(committee, ledger):
    hall = {"place": "Hội trường xã"}
    issued(ledger.province.governments[0], line("Họp Ủy ban", **hall))
    programme = make_programme(committee.pk, "2026-12", actor=None)
    add_entry(programme, line("Họp Đảng ủy", **hall), actor=None)
    add_entry(programme, line("Họp lại", day=date(2026, 12, 8), **hall), actor=None)

    [told] = programme_card(ledger.officer, programme).warnings
    assert (
        "“Họp Đảng ủy” và “Họp Ủy ban” trùng địa điểm (Hội trường xã) ngày 07/12/2026"
        in told.sentence
    )
    one = ProgrammeEntry(
        content="x" * 90, kind="deadline", starts_on=MONDAY, ends_on=MONDAY, place_key="a"
    )
    assert clash_of(one, one) is None


def test_an_issued_programme_changes_by_dated_amendments_alone(committee, ledger):
    programme = issued(committee, line(), line("Kiểm tra bản", kind="inspection"))
    first, second = programme.entries.all()
    frozen = programme.as_issued

    assert "lý do" in refused(add_entry, programme, line("Thêm"))
    assert "dài quá" in refused(drop_entry, second, reason="x" * 601)
    change_entry(
        first,
        line("Họp mở rộng", starts_at=time(8), source="3-GM"),
        reason="Đổi thành phần",
        actor=ledger.officer,
    )
    add_entry(programme, line("Thêm", kind="dialogue"), reason="Bổ sung", actor=ledger.officer)
    drop_entry(second, reason="Trùng lịch", actor=ledger.officer)

    card = programme_card(ledger.officer, WorkProgramme.objects.get(pk=programme.pk))
    assert card.programme.as_issued == frozen
    assert [one.kind for one in card.amendments] == ["changed", "added", "cancelled"]
    assert "Họp Ban Thường vụ" in card.amendments[0].before
    assert "08:00 · Họp mở rộng (3-GM)" in card.amendments[0].after
    assert [one.entry.content for one in card.lines] == ["Thêm", "Họp mở rộng"]
    assert [one.entry.content for one in card.cancelled] == ["Kiểm tra bản"]
    assert ProgrammeEntry.objects.get(pk=first.pk).revision == 1
    assert "không còn trong chương trình" in refused(change_entry, second, line(), reason="a")
    paper = programme_paper(card)
    assert paper.grid.rows == frozen
    assert "Lý do: Trùng lịch." in paper.after[-1]
    assert "trước đó" in paper.after[1]
    assert to_docx(paper)[:2] == b"PK"


def test_a_draft_changes_freely_and_two_at_once_do_not_both_win(committee, officer):
    programme = make_programme(committee.pk, "2026-12", actor=officer)
    entry = add_entry(programme, line(followed=True, party_ids=(committee.pk,)), actor=officer)
    assert entry.officer == officer

    assert "vừa sửa" in refused(change_entry, entry, line(), seen=0)
    change_entry(entry, line("Họp khác"), actor=officer, seen=1)
    kept = ProgrammeEntry.objects.get()
    assert (kept.content, kept.officer, kept.parties.count(), kept.revision) == (
        "Họp khác",
        None,
        0,
        0,
    )
    drop_entry(kept, actor=officer)
    assert not ProgrammeEntry.objects.exists()
    assert "chưa có mục nào" in programme_card(officer, programme).warnings[0].sentence
    assert programme_paper(programme_card(officer, programme)).paragraphs


def test_due_days_of_the_unit_go_into_the_draft_once(ledger):
    given = ledger.one()
    programme = make_programme(ledger.lead.pk, "2026-12", actor=None)
    assert deadlines_to_take_in(programme) == [given]

    assert "chọn ít nhất một" in refused(take_in_deadlines, programme, set())
    [entry] = take_in_deadlines(programme, {given.pk}, actor=None)
    assert (entry.starts_on, entry.commitment) == (given.due_on, given)
    assert deadlines_to_take_in(programme) == []
    issue_programme(programme, symbol="1-CTr/UBND", on=TODAY, reason="Đủ", actor=None)
    assert "đã ban hành" in refused(take_in_deadlines, programme, {given.pk})


def test_a_programme_holds_only_so_many_lines(committee, monkeypatch):
    monkeypatch.setattr("danvan.commitments.services.programme_entries.MOST_ENTRIES", 1)
    programme = make_programme(committee.pk, "2026-12", actor=None)
    add_entry(programme, line(), actor=None)
    assert "quá nhiều mục" in refused(add_entry, programme, line())


def test_drafts_are_read_by_who_keeps_them_and_lines_by_who_takes_part(committee, ledger):
    front = make_grant(ledger.province.fronts[1], "commune_officer")
    draft = make_programme(committee.pk, "2026-12", actor=None)
    add_entry(draft, line(party_ids=(ledger.province.fronts[1].pk,)), actor=None)
    releaser = make_grant(committee, "clerk")

    assert list(allowed_programmes(ledger.officer, "commitments.view")) == [draft]
    assert not allowed_programmes(releaser, "commitments.view")
    assert not allowed_entries(front, "commitments.view")
    issue_programme(draft, symbol="12-CTr/ĐU", on=TODAY, reason="Đủ", actor=None)
    assert not allowed_programmes(front, "commitments.view")
    assert allowed_entries(front, "commitments.view").count() == 1
    assert [pk for pk, _ in keeping_units(front, on=TODAY)] == [ledger.province.fronts[1].pk]
    [told] = programme_lines([draft])
    assert (told.entries, told.dialogues, told.period.label) == (1, 0, "tháng 12/2026")


def test_the_province_sees_who_issued_a_plan_and_who_has_not(ledger, committee):
    plan = {"unit_id": committee.pk, "year": 2026, "symbol": "5-KH/ĐU", "issued_on": TODAY, "title": "Kế hoạch công tác dân vận"}  # fmt: skip
    record_yearly_plan(PlanOfYear(**plan, file=("ke-hoach.txt", "Kế hoạch".encode())), actor=None)

    lines = plans_of_year(ledger.leader, 2026, on=TODAY)
    assert len(lines) == 11  # nine in the communes, the Front and the committee of the province
    assert [one.unit_id for one in lines if one.plans] == [committee.pk]
    assert lines[-1].plans[0].symbol == "5-KH/ĐU"
    assert "đã ghi" in refused(record_yearly_plan, PlanOfYear(**plan))
    bad = plan | {"year": 2050, "symbol": "", "title": "", "issued_on": date(2030, 1, 1)}
    said = refused(record_yearly_plan, PlanOfYear(**bad))
    for words in ("Năm của kế hoạch", "số, ký hiệu", "trích yếu", "chưa đến"):
        assert words in said
    place = PlanOfYear(**plan | {"unit_id": ledger.province.communes[0].pk})
    assert "tổ chức đang hoạt động" in refused(record_yearly_plan, place)
    other = PlanOfYear(**plan | {"unit_id": ledger.province.committees[1].pk})
    assert "chưa có quyền" in refused(record_yearly_plan, other, actor=ledger.officer)


def test_every_fault_of_a_line_is_told_in_one_round(client, committee, officer):
    programme = make_programme(committee.pk, "2026-12", actor=None)
    client.force_login(officer)
    page = client.post(
        reverse("commitments:add-entry", args=[programme.pk]),
        {"starts_on": "", "kind": "", "content": "", "starts_at": "10:00", "ends_at": "09:00", "place": "x" * 201},
    )  # fmt: skip
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"starts_on", "kind", "content", "ends_at", "place"}
    assert not programme.entries.exists()
