"""Giving work: what is written, what is refused with every fault at once, and that a refusal leaves no trace."""

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.commitments.enums import State, StepKind
from danvan.commitments.models import Commitment, CommitmentStep, CommitmentSupport
from danvan.commitments.selectors.clocks import clock_shown
from danvan.commitments.selectors.units import usual_unit
from danvan.commitments.services import (
    assign_commitments,
    remind_leads,
    start_commitment,
    withdraw_commitment,
    withdraw_commitments,
)
from danvan.commitments.services.assignments import Late
from danvan.foundation import search
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, NumberSeries, OutboxEvent
from danvan.indicators.services import Source
from danvan.organisations.enums import Kind, Rank
from danvan.organisations.models import Lineage, Unit
from danvan.organisations.services.officers import add_officer, appoint, found_post
from tests.commitments.conftest import TODAY
from tests.factories.province import make_grant, make_organisation, make_place

SOURCE = Source(
    kind="documents.document", id=7, start=10, end=42, sentence="Giao các xã …", symbol="04-NQ/TU"
)
ENDED = date(2026, 7, 1)


def traces():
    """Everything that an act of the ledger writes."""
    models = (Commitment, CommitmentStep, CommitmentSupport, AuditEntry, OutboxEvent)
    return [model.objects.count() for model in models] + [
        list(NumberSeries.objects.values_list("key", "last"))
    ]


def test_what_is_given_stands_with_its_source_its_days_and_its_first_step(ledger):
    one = ledger.assignment(support_ids=(ledger.support.pk,), proof="Ảnh")

    [found] = ledger.assign(one, actor=ledger.checker, source=SOURCE)

    row = Commitment.objects.get(pk=found.pk)
    assert (row.number, row.state, row.changes) == ("CK-2026-0001", State.ASSIGNED, 0)
    assert (row.lead, row.assigner, row.assigned_by) == (
        ledger.lead,
        ledger.assigner,
        ledger.checker,
    )
    assert (row.assigned_on, row.first_due_on, row.due_on) == (
        date(2026, 8, 14),
        date(2026, 12, 31),
        date(2026, 12, 31),
    )
    assert (row.source_kind, row.source_id, row.source_start, row.source_end, row.source_key) == (
        "documents.document",
        7,
        10,
        42,
        "4-nq/tu",
    )
    assert list(row.supports.values_list("unit_id", flat=True)) == [ledger.support.pk]
    [step] = row.steps.all()
    assert (step.kind, step.on, step.by) == (
        StepKind.ASSIGNED,
        date(2026, 8, 14),
        ledger.checker,
    )
    entry = AuditEntry.objects.get(action="commitments.assign")
    assert (entry.action, entry.details["ids"]) == ("commitments.assign", [row.pk])
    [event] = OutboxEvent.objects.all()
    assert (event.name, event.body) == ("commitments.assigned", {"commitment_ids": [row.pk]})
    assert list(search.find(Commitment.objects.all(), "khe ran")) == [row]


def test_one_act_gives_work_to_many_and_costs_the_same(ledger, django_assert_num_queries):
    leads = [*ledger.province.governments, *ledger.province.fronts]
    ledger.one()  # the series of the year begins
    with CaptureQueriesContext(connection) as one:
        ledger.one()
    with django_assert_num_queries(len(one)):
        found = ledger.assign(*(ledger.assignment(lead_id=lead.pk) for lead in leads))
    assert [row.number for row in found] == [f"CK-2026-{n:04}" for n in range(3, 9)]


def test_numbers_begin_anew_each_year_and_have_no_gaps_after_a_refusal(ledger):
    ledger.one()
    with pytest.raises(RuleError):
        ledger.one(product="")
    [old] = ledger.assign(assigned_on=date(2025, 7, 2))
    assert [ledger.one().number, old.number] == ["CK-2026-0002", "CK-2025-0001"]


def test_work_without_an_end_has_no_day(ledger):
    row = Commitment.objects.get(pk=ledger.one(due_on=None).pk)
    assert (row.first_due_on, row.due_on, row.ordered_by) == (None, None, date.max)


def faults_of(refused):
    return [(fault.row, fault.column) for fault in refused.value.faults]


REFUSED = [
    ({"title": " "}, "title", "nội dung việc"),
    ({"title": "a" * 401}, "title", "dài quá 400 ký tự"),
    ({"product": ""}, "product", "sản phẩm"),
    ({"product": "a" * 301}, "product", "dài quá 300 ký tự"),
    ({"proof": "a" * 301}, "proof", "dài quá 300 ký tự"),
    ({"lead_id": 999_999}, "lead", "chọn đơn vị chủ trì"),
    ({"support_ids": (999_999,)}, "supports", "không có đơn vị này"),
    ({"due_on": date(2026, 8, 13)}, "due_on", "trước ngày giao"),
    ({"due_on": date(2157, 1, 1)}, "due_on", "quá xa"),
]


@pytest.mark.parametrize(("changes", "column", "words"), REFUSED)
def test_what_is_missing_or_wrong_is_refused_and_leaves_no_trace(ledger, changes, column, words):
    before = traces()
    with pytest.raises(RuleError) as refused:
        ledger.one(**changes)
    assert faults_of(refused) == [(1, column)]
    assert words in refused.value.message
    assert traces() == before


def test_all_faults_of_all_rows_are_told_at_once(ledger):
    before = traces()
    with pytest.raises(RuleError) as refused:
        ledger.assign(
            ledger.assignment(title="", product=""),
            ledger.assignment(),
            ledger.assignment(due_on=date(2026, 1, 1), support_ids=(ledger.lead.pk,)),
        )
    assert faults_of(refused) == [(1, "title"), (1, "product"), (3, "supports"), (3, "due_on")]
    assert "4 lỗi" in refused.value.message
    assert traces() == before


def test_a_support_is_named_once_and_is_not_the_lead(ledger):
    twice = (ledger.support.pk, ledger.support.pk)
    with pytest.raises(RuleError, match="ghi hai lần"):
        ledger.one(support_ids=twice)
    with pytest.raises(RuleError, match="đã chủ trì"):
        ledger.one(support_ids=(ledger.lead.pk,))


def test_nothing_to_give_is_refused(ledger):
    with pytest.raises(RuleError, match="ít nhất một việc"):
        assign_commitments([], assigner=ledger.assigner, actor=None)


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 11, 21), "chưa đến"), (date(1900, 1, 1), "quá xa")]
)
def test_a_day_of_assignment_that_cannot_be_is_refused(ledger, day, words):
    before = traces()
    with pytest.raises(RuleError, match=words):
        ledger.assign(assigned_on=day)
    assert traces() == before


@pytest.mark.parametrize(
    ("role", "given"), [("specialist", True), ("leader", True), ("commune_officer", False)]
)
def test_only_who_may_assign_for_the_unit_assigns(ledger, role, given):
    actor = make_grant(ledger.assigner, role)
    if given:
        assert ledger.assign(actor=actor)[0].assigned_by == actor
        return
    before = traces()
    with pytest.raises(RuleError, match="chưa có quyền giao việc"):
        ledger.assign(actor=actor)
    assert traces() == before


def ended_commune(ledger, **more):
    """A commune that ended with its government, taken over by the first commune."""
    place = make_place("Xã Lục Dạ", under=ledger.province.place, ended=ENDED)
    gone = make_organisation(place, Kind.PEOPLES_COMMITTEE, ended=ENDED)
    Lineage.objects.create(
        predecessor=place,
        successor=ledger.province.communes[0],
        weight=1_000_000,
        measure="area",
        estimated=False,
        happened_on=ENDED,
        **more,
    )
    return gone


def test_a_lead_that_ended_is_refused_by_name_with_who_took_over(ledger):
    gone, before = ended_commune(ledger), traces()
    with pytest.raises(RuleError) as refused:
        ledger.one(lead_id=gone.pk)
    assert refused.value.message == (
        "Chưa giao được việc. Không giao được: Ủy ban nhân dân Xã Lục Dạ đã kết thúc từ ngày "
        "01/07/2026, nay thuộc Ủy ban nhân dân Xã Môn Sơn. Đồng chí vui lòng chọn đơn vị tiếp nhận."
    )
    assert traces() == before


def test_a_place_that_ended_names_its_own_heirs_and_one_without_heirs_says_so(ledger):
    gone = ended_commune(ledger)
    place = Unit.objects.get(versions__name="Xã Lục Dạ")
    with pytest.raises(RuleError, match="nay thuộc Xã Môn Sơn"):
        ledger.one(lead_id=place.pk)
    Lineage.objects.all().delete()
    with pytest.raises(RuleError, match="chưa ghi nhận đơn vị tiếp nhận"):
        ledger.one(lead_id=place.pk)
    with pytest.raises(RuleError, match="chưa ghi nhận đơn vị tiếp nhận"):
        ledger.one(lead_id=gone.pk)


def test_a_lead_or_support_not_yet_founded_is_refused(ledger):
    young = make_organisation(
        ledger.province.communes[1], Kind.FARMERS_UNION, founded=date(2026, 10, 1)
    )
    with pytest.raises(RuleError, match=r"chưa thành lập vào ngày 14/08/2026 \(có từ 01/10/2026\)"):
        ledger.one(lead_id=young.pk)
    with pytest.raises(RuleError, match="Đơn vị phối hợp không hợp lệ"):
        ledger.one(support_ids=(young.pk,))
    with pytest.raises(RuleError, match="Đơn vị giao việc không hợp lệ"):
        assign_commitments(
            [ledger.assignment()], assigner=young, actor=None, assigned_on=date(2026, 8, 14)
        )


def test_a_unit_that_ended_later_may_have_been_given_work_before(ledger):
    gone = ended_commune(ledger)
    [row] = ledger.assign(ledger.assignment(lead_id=gone.pk), assigned_on=date(2026, 6, 30))
    assert row.lead_id == gone.pk


def test_what_a_source_gave_is_taken_back_while_nobody_acted_on_it(ledger):
    [first, second] = ledger.assign(ledger.assignment(), ledger.assignment(), source=SOURCE)
    other = ledger.one()

    ids = [first.pk, second.pk, other.pk]
    taken = withdraw_commitments(SOURCE.kind, 7, ids, actor=ledger.checker)

    assert {row.pk for row in taken} == {first.pk, second.pk}
    states = dict(Commitment.objects.values_list("pk", "state"))
    assert states == {
        first.pk: State.WITHDRAWN,
        second.pk: State.WITHDRAWN,
        other.pk: State.ASSIGNED,
    }
    assert withdraw_commitments(SOURCE.kind, 7, ids, actor=None) == []
    assert ledger.one().number == "CK-2026-0004"


def test_what_a_unit_began_is_not_taken_back(ledger):
    [first, second] = ledger.assign(ledger.assignment(), ledger.assignment(), source=SOURCE)
    start_commitment(first, actor=ledger.officer)
    before = traces()
    with pytest.raises(RuleError, match="CK-2026-0001 nên không rút lại được"):
        withdraw_commitments(SOURCE.kind, 7, [first.pk, second.pk], actor=None)
    assert traces() == before


def test_work_given_by_mistake_is_withdrawn_with_the_reason(ledger):
    row = ledger.one()
    with pytest.raises(RuleError, match="lý do rút"):
        withdraw_commitment(row, words=" ", actor=ledger.checker)
    withdraw_commitment(row, words="Giao nhầm đơn vị", actor=ledger.checker, seen=0)
    row.refresh_from_db()
    assert (row.state, row.steps.last().words) == (State.WITHDRAWN, "Giao nhầm đơn vị")
    with pytest.raises(RuleError, match="Chỉ rút được việc mới giao"):
        withdraw_commitment(row, words="Lần nữa", actor=ledger.checker)


def test_leads_are_reminded_of_what_is_not_done(ledger):
    row, done = ledger.one(), ledger.one()
    withdraw_commitment(done, words="Nhầm", actor=None)
    assert remind_leads([row, done], actor=ledger.checker) == [row]
    row.refresh_from_db()
    assert (row.changes, row.steps.last().kind, row.steps.last().on) == (
        1,
        StepKind.REMINDED,
        TODAY,
    )
    event = OutboxEvent.objects.filter(name="commitments.reminded").get()
    assert event.body == {"commitment_ids": [row.pk], "by_id": ledger.checker.pk}
    with pytest.raises(RuleError, match="không cần nhắc"):
        remind_leads([done], actor=ledger.checker)


def test_a_promise_written_down_after_its_day_is_asked_about_and_stands_late_from_the_first(ledger):
    due = date(2026, 8, 3)
    one = ledger.assignment(due_on=due)
    given = {"assigner": ledger.assigner, "assigned_on": date(2026, 8, 14), "actor": None}
    with pytest.raises(RuleError, match="ghi vì sao nay mới ghi"):
        assign_commitments([one], late=Late(" "), **given)
    late = Late("Sổ cũ chuyển sang", date(2026, 8, 4))
    with pytest.raises(RuleError, match="trước ngày của văn bản nguồn 04/08/2026"):
        assign_commitments([one], late=late, **given)
    with pytest.raises(RuleError, match="quá xa"):
        assign_commitments([ledger.assignment(due_on=date(1929, 1, 1))], late=Late("Cũ"), **given)
    [found] = assign_commitments([one], late=Late("Sổ cũ chuyển sang", due), old=False, **given)
    assert (found.assigned_on, found.due_on, found.first_due_on) == (date(2026, 8, 14), due, due)
    assert list(Commitment.objects.all().overdue(TODAY)) == [found]
    words = found.steps.get().words
    assert "khi hạn 03/08/2026 đã qua. Lý do: Sổ cũ chuyển sang" in words
    shown = clock_shown(found)
    assert [step.due_on for step in shown.steps] == [due]
    assert found.warn_on is None


def test_the_form_takes_an_old_promise_with_its_tick_and_reason_only(ledger, client):
    client.force_login(ledger.leader)
    form = {
        "assigner": ledger.assigner.pk, "title": "Sửa cầu", "product": "Biên bản",
        "lead": "Ủy ban nhân dân Xã Môn Sơn", "assigned_on": "20/11/2026", "due_on": "02/11/2026",
        "source_on": "01/10/2026",
    }  # fmt: skip
    for bad in (
        {},
        {"old": "on"},
        {"old_reason": "Cũ"},
        {"old": "on", "old_reason": "Cũ", "source_on": "3/11/2026"},
    ):
        assert client.post("/viec-phai-lam/giao/", {**form, **bad}).status_code == 422
    good = {**form, "old": "on", "old_reason": "Hứa ở cuộc tiếp dân, nay mới ghi"}
    answer = client.post("/viec-phai-lam/giao/", good)
    assert answer.status_code == 302
    page = unescape(client.get(answer["Location"]).content.decode())
    for said in ("quá 18 ngày", "nay mới ghi", "Hạn tính từng bước"):
        assert said in page


def test_the_unit_in_whose_name_one_gives_is_that_of_the_post_else_of_the_last_time(ledger):
    province = ledger.province
    giver = make_grant(province.place, "leader")
    offered = [province.committee.pk, ledger.assigner.pk, province.front.pk]
    assert usual_unit(giver, offered, on=TODAY) is None
    given = [ledger.assignment()]
    assign_commitments(given, assigner=ledger.assigner, assigned_on=date(2026, 8, 14), actor=giver)
    assert usual_unit(giver, offered, on=TODAY) == ledger.assigner.pk
    post = found_post(
        province.committee, "Phó Bí thư", Rank.DEPUTY, on=date(2026, 1, 5), actor=None
    )
    officer = add_officer("Hoàng Thị Yến", user_id=giver.pk, actor=None)
    appoint(
        officer, post, manner="full", entry="appointed", decision="QĐ 1", on=date(2026, 1, 5), actor=None
    )  # fmt: skip
    assert usual_unit(giver, offered, on=TODAY) == province.committee.pk


def test_all_faults_of_giving_work_are_told_in_one_round(ledger, client):
    client.force_login(ledger.leader)
    typed = {
        "assigner": ledger.assigner.pk, "title": "", "lead": "không có", "product": "x" * 301,
        "proof": "y" * 301, "assigned_on": "20/11/2026", "due_on": "01/11/2026",
    }  # fmt: skip
    page = client.post("/viec-phai-lam/giao/", typed)
    assert set(page.context["form"].errors) == {"title", "lead", "product", "proof", "due_on"}
    page = client.post("/viec-phai-lam/giao/", {**typed, "every": "week", "ahead": "0"})
    assert set(page.context["form"].errors) == {
        "title", "lead", "product", "proof", "due_on", "ahead",
    }  # fmt: skip
    page = client.post("/viec-phai-lam/giao/", {**typed, "assigner": ""})
    assert "product" not in page.context["form"].errors  # nothing is known without who gives it
    assert not Commitment.objects.exists()
