"""Tasks of a document: accepted, they are commitments of the units they concern, in the same act or not at all."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment, CommitmentStep
from danvan.commitments.services import start_commitment
from danvan.documents.bodies import Doer, TaskBody
from danvan.documents.enums import Verdict
from danvan.documents.errors import IncompleteError
from danvan.documents.models import Proposal
from danvan.documents.services import (
    Sweep,
    accept_all_sure,
    accept_proposal,
    correct_proposal,
    reject_proposal,
    reopen_proposal,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, NumberSeries
from danvan.foundation.numbering import last_number
from danvan.organisations.enums import Kind, Level
from tests.documents.acts import TASK, ended_committee, task
from tests.documents.papers import body
from tests.factories.province import make_grant, make_organisation, make_place
from tests.factories.rivals import meanwhile

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 31)


def state():
    """All that an acceptance writes."""
    return (
        list(Commitment.objects.order_by("pk").values_list("pk", "state")),
        CommitmentStep.objects.count(),
        last_number("commitments.2026"),
        sorted(Proposal.objects.values_list("pk", "verdict", "became_ids")),
        AuditEntry.objects.count(),
    )


# What is given.


def test_a_group_becomes_one_commitment_for_each_unit_that_stands_that_day(
    empty, province, reviewer
):
    accepted = accept_proposal(task(empty), actor=reviewer)
    given = list(Commitment.objects.order_by("pk"))
    assert (accepted.verdict, accepted.became_kind) == (Verdict.ACCEPTED, "commitments.commitment")
    assert accepted.became_ids == [one.pk for one in given]
    assert [one.lead for one in given] == province.committees
    for one in given:
        assert (one.title, one.product, one.due_on) == (
            TASK["title"],
            TASK["product"],
            date(2027, 3, 31),
        )
        assert (one.assigner, one.assigned_by, one.assigned_on) == (
            province.committee,
            reviewer,
            TODAY,
        )
        assert (one.source_kind, one.source_id) == ("documents.document", empty.pk)
        assert (one.source_start, one.source_end) == (10, 30)
        assert one.source_sentence == empty.text[0:40].strip()
        assert one.source_symbol == "07-NQ/TU"
    entry = AuditEntry.objects.get(action="documents.accept_proposal")
    assert entry.details["ids"] == accepted.became_ids


WHO = [
    ({"kind": "peoples_committee", "levels": ["commune"]}, lambda p: p.governments),
    ({"kind": "place", "levels": ["commune"]}, lambda p: p.communes),
    ({"kind": "front_committee", "levels": ["province", "commune"]}, lambda p: [p.front, *p.fronts]),
    ({"kind": "front_committee", "levels": ["province"]}, lambda p: [p.front]),
]  # fmt: skip


@pytest.mark.parametrize(("lead", "leads"), WHO)
def test_the_words_say_who_of_a_commune_leads(empty, province, lead, leads):
    accept_proposal(task(empty, leads=[{"words": "các xã, phường", **lead}]), actor=None)
    assert {one.lead_id for one in Commitment.objects.all()} == {u.pk for u in leads(province)}


def test_a_unit_named_leads_alone_and_regular_work_has_no_day(empty, province):
    lead = {"words": "UBND xã", "unit_id": province.governments[0].pk}
    accept_proposal(task(empty, leads=[lead], due_on=None, regular=True), actor=None)
    given = Commitment.objects.get()
    assert (given.lead, given.due_on) == (province.governments[0], None)


def test_units_named_twice_lead_once(empty, province):
    lead = {"words": "Đảng ủy xã Môn Sơn", "unit_id": province.committees[0].pk}
    accept_proposal(task(empty, leads=[lead, *TASK["leads"]]), actor=None)
    assert Commitment.objects.count() == 3


def test_a_group_that_supports_stands_beside_the_lead_of_its_own_place(empty, province):
    supports = [
        {"words": "UBND các xã, phường", "kind": "peoples_committee", "levels": ["commune"]},
        {"words": "Ủy ban MTTQ tỉnh", "unit_id": province.front.pk},
        {"words": "các cơ quan liên quan"},
    ]
    accept_proposal(task(empty, supports=supports), actor=None)
    beside = {
        one.lead_id: sorted(one.supports.values_list("unit_id", flat=True))
        for one in Commitment.objects.all()
    }
    assert beside == {
        lead.pk: sorted([government.pk, province.front.pk])
        for lead, government in zip(province.committees, province.governments, strict=True)
    }


def test_one_lead_is_supported_by_the_whole_group(empty, province):
    lead = {"words": "Mặt trận tỉnh", "unit_id": province.front.pk}
    supports = [{"words": "UBND các xã", "kind": "peoples_committee", "levels": ["commune"]}]
    accept_proposal(task(empty, leads=[lead], supports=supports), actor=None)
    units = Commitment.objects.get().supports.values_list("unit_id", flat=True)
    assert set(units) == {one.pk for one in province.governments}


# What is asked for, and completed.

ASKED = [
    ({"title": ""}, ("task",), {"task": "Rà soát hộ nghèo"}),
    ({"leads": []}, ("lead",), {"group": ("party_committee", "commune")}),
    ({"leads": [{"words": "Công an xã"}]}, ("lead",), {"group": ("peoples_committee", "commune")}),
    ({"due_on": None, "due_words": "trong thời hạn 30 ngày"}, ("due",), {"due": date(2027, 1, 30)}),
    ({"due_on": None}, ("due",), {"regular": True}),
    ({"product": ""}, ("product",), {"product": "Biên bản"}),
    (
        {"title": "", "leads": [], "due_on": None, "product": ""},
        ("task", "lead", "due", "product"),
        {"task": "Rà soát", "group": ("place", "commune"), "regular": True, "product": "Báo cáo"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given", "missing", "answers"), ASKED)
def test_what_the_text_leaves_unsaid_is_asked_for_and_never_invented(
    empty, given, missing, answers
):
    proposal = task(empty, **given)
    before = state()
    with pytest.raises(IncompleteError) as refused:
        accept_proposal(proposal, actor=None)
    assert (refused.value.missing, state()) == (missing, before)
    accepted = accept_proposal(proposal, actor=None, completed=answers)
    assert Commitment.objects.count() == 3
    assert TaskBody.of(accepted.correction).missing() == ()


def test_a_lead_that_is_known_stays_where_another_is_asked_for(empty, province):
    leads = [
        {"words": "Đảng ủy xã Môn Sơn", "unit_id": province.committees[0].pk},
        {"words": "Công an xã"},
    ]
    accepted = accept_proposal(
        task(empty, leads=leads), actor=None, completed={"lead": province.governments[0].pk}
    )
    assert TaskBody.of(accepted.correction).leads == (
        Doer(words="Đảng ủy xã Môn Sơn", unit_id=province.committees[0].pk),
        Doer(words="Công an xã", unit_id=province.governments[0].pk),
    )


def test_a_part_that_the_text_states_is_not_overwritten(empty):
    answers = {"product": "Khác", "due": date(2030, 1, 1), "task": "Khác", "group": ("place", "commune")}  # fmt: skip
    accept_proposal(task(empty), actor=None, completed=answers)
    given = Commitment.objects.first()
    assert (given.title, given.product, given.due_on.year) == (TASK["title"], "Báo cáo", 2027)


def test_a_correction_is_what_is_given(empty, province):
    proposal = task(empty)
    lead = {"words": "x", "unit_id": province.fronts[1].pk}
    correction = {**TASK, "title": "Việc đã sửa", "leads": [lead], "proof": "ảnh"}
    corrected = correct_proposal(proposal, actor=None, correction=correction)
    given = Commitment.objects.get()
    assert (corrected.verdict, given.title, given.lead) == (
        Verdict.CORRECTED,
        "Việc đã sửa",
        province.fronts[1],
    )
    assert given.proof == "ảnh"


# What is refused leaves no trace.


def elsewhere(province):
    place = make_place("Tỉnh Thanh Hóa", level=Level.PROVINCE, under=province.country, code="38")
    return make_organisation(place, Kind.FRONT_COMMITTEE)


REFUSED = [
    (lambda p: {"leads": [{"words": "Đảng ủy xã Lạng Khê", "unit_id": ended_committee(p).pk}]}, "đã kết thúc từ ngày 01/07/2025, nay thuộc Đảng ủy Xã Môn Sơn"),
    (lambda p: {"leads": [{"words": "Mặt trận", "unit_id": elsewhere(p).pk}]}, "không thuộc phạm vi của cơ quan giữ sổ"),
    (lambda p: {"leads": [{"words": "huyện ủy", "kind": "party_committee", "levels": ["district"]}]}, "Hôm nay không có đơn vị nào thuộc nhóm “huyện ủy”"),
    (lambda p: {"due_on": "2026-12-30"}, "Hạn 30/12/2026 trước ngày giao 31/12/2026"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "why"), REFUSED)
def test_a_refused_assignment_leaves_no_trace(empty, province, given, why):
    whole = task(empty, start=60)
    proposal = task(empty, **given(province))
    before = state()
    with pytest.raises(RuleError, match=why):
        accept_proposal(proposal, actor=None)
    assert state() == before
    # the next one gets the first number: none was used up
    accept_proposal(whole, actor=None)
    assert Commitment.objects.first().number == "CK-2026-0001"


@pytest.mark.parametrize(("given", "why"), REFUSED)
def test_the_refusal_reaches_the_user_in_the_same_act(office, empty, province, given, why):
    proposal = task(empty, **given(province))
    before = state()
    page = office.post(reverse("documents:decide", args=[proposal.pk]), {"viec": "nhan"})
    assert (page.status_code, why in body(page), state()) == (422, True, before)


def test_a_register_whose_organisation_has_ended_gives_nothing(empty, province, settings):
    proposal = task(empty)
    province.committee.versions.update(valid_to=date(2026, 12, 1))
    before = state()
    with pytest.raises(RuleError, match="không còn hoạt động"):
        accept_proposal(proposal, actor=None)
    assert state() == before


def test_who_may_review_but_not_give_work_there_is_refused(empty, province):
    stranger = make_grant(province.communes[0], "specialist")
    proposal = task(empty)
    before = state()
    with pytest.raises(RuleError, match="chưa có quyền giao việc"):
        accept_proposal(proposal, actor=stranger)
    assert state() == before


def test_who_accepts_what_another_has_just_accepted_is_told(empty):
    proposal = task(empty)
    with (
        meanwhile("documents_document", lambda: accept_proposal(proposal, actor=None)),
        pytest.raises(RuleError, match="đã nhận trước đó rồi"),
    ):
        accept_proposal(proposal, actor=None)


# Taken back.


def test_a_task_is_taken_back_while_nobody_has_begun(empty):
    proposal = task(empty)
    accept_proposal(proposal, actor=None)
    reopened = reopen_proposal(proposal, actor=None)
    assert (reopened.verdict, reopened.became_ids) == (Verdict.OPEN, [])
    assert set(Commitment.objects.values_list("state", flat=True)) == {"withdrawn"}
    accept_proposal(proposal, actor=None)
    assert Commitment.objects.exclude(state="withdrawn").count() == 3


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_task_that_was_begun_is_not_taken_back_and_the_units_are_named(empty, province, how_many):
    proposal = task(empty)
    accept_proposal(proposal, actor=None)
    for one in Commitment.objects.order_by("pk")[:how_many]:
        start_commitment(one, actor=None)
    before = state()
    with pytest.raises(RuleError, match=r"Đảng ủy Xã Môn Sơn.* đã bắt đầu làm việc này"):
        reopen_proposal(proposal, actor=None)
    assert state() == before


def test_a_refusal_names_five_units_and_counts_the_rest(empty, province):
    for number in range(3):
        place = make_place(f"Xã {number}", under=province.place)
        make_organisation(place, Kind.PARTY_COMMITTEE)
    proposal = task(empty)
    accept_proposal(proposal, actor=None)
    for one in Commitment.objects.all():
        start_commitment(one, actor=None)
    with pytest.raises(RuleError, match="và 1 đơn vị khác đã bắt đầu"):
        reopen_proposal(proposal, actor=None)


def test_a_rejected_task_gives_nothing(empty):
    assert reject_proposal(task(empty), actor=None).verdict == Verdict.REJECTED
    assert not Commitment.objects.exists()


# All that are sure.


def test_all_whole_sure_tasks_are_given_at_once(empty):
    task(empty)
    task(empty, start=60, product="")
    task(empty, start=90, confidence=80)
    assert accept_all_sure(empty, actor=None, kind="task") == Sweep(accepted=1, incomplete=1)
    assert Commitment.objects.count() == 3


def test_of_many_one_that_cannot_be_given_stays_open_and_says_why(office, empty, province):
    gone = ended_committee(province)
    task(empty)
    refused = task(empty, start=60, leads=[{"words": "Đảng ủy xã Lạng Khê", "unit_id": gone.pk}])
    task(empty, start=90)
    address = reverse("documents:accept-sure", args=[empty.pk])
    page = office.post(address, {"nhom": "nhiem-vu"}, follow=True)
    assert "Đã nhận 2 mục" in body(page)
    assert "nay thuộc Đảng ủy Xã Môn Sơn" in body(page)
    refused.refresh_from_db()
    assert (refused.verdict, refused.became_kind, refused.became_ids) == (Verdict.OPEN, "", [])
    numbers = list(Commitment.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [f"CK-2026-000{number}" for number in range(1, 7)]
    assert NumberSeries.objects.get(key="commitments.2026").last == 6
