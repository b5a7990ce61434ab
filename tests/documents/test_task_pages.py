"""Completing, correcting and showing tasks on their pages."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.commitments.selectors.clocks import clock_shown
from danvan.documents.bodies import Doer, TaskBody
from danvan.documents.selectors import card_of, proposal_rows
from danvan.documents.services import (
    accept_proposal,
)
from danvan.documents.wording import due_text
from danvan.organisations.enums import Kind
from tests.documents.acts import enter, task
from tests.documents.papers import Paper, body
from tests.factories.province import make_organisation, make_place

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 31)


TASKS = (
    "Ban Thường vụ Tỉnh ủy ban hành Nghị quyết với các nội dung sau:",
    "IV. Tổ chức thực hiện",
    (
        "1. Giao Đảng ủy các xã, phường chủ trì, phối hợp với Ủy ban Mặt trận Tổ quốc tỉnh xây dựng kế hoạch "
        "thực hiện, hoàn thành trước ngày 31/3/2027."
    ),
    "2. UBND xã Con Cuông rà soát danh sách hộ dân vùng sạt lở; xong trong quý II/2027.",
    "3. Yêu cầu Đảng ủy xã Lạng Khê báo cáo kết quả trong thời hạn 30 ngày.",
)


# Pages.


def test_the_reading_page_asks_for_the_missing_parts_and_shows_what_was_given(office, province):
    document = enter(province, content=Paper(body=TASKS).as_docx())
    second = document.proposals.filter(kind="task")[1]
    address = reverse("documents:review", args=[document.pk])
    page = body(office.get(address, {"nhom": "nhiem-vu", "muc": second.pk}))
    assert "Xong việc thì có sản phẩm gì?" in page
    assert "UBND" in page
    decide = reverse("documents:decide", args=[second.pk])
    refused = office.post(decide, {"viec": "nhan"})
    assert (refused.status_code, Commitment.objects.count()) == (422, 0)
    office.post(decide, {"viec": "nhan", f"{second.pk}-product": "Danh sách hộ"})
    given = Commitment.objects.get()
    assert (given.lead, given.product) == (province.governments[1], "Danh sách hộ")
    page = body(office.get(address, {"nhom": "nhiem-vu"}))
    assert given.number in page
    assert given.number in body(office.get(reverse("documents:card", args=[document.pk])))


ANSWERS = [
    ({"lead": "con cuong front"}, 422, "Không có đơn vị nào khớp"),
    ({"lead": "con cuong"}, 422, "Có nhiều đơn vị khớp"),
    ({"lead": "Ủy ban nhân dân Xã Con Cuông"}, 302, ""),
    ({"lead": "uy ban nhan dan xa con"}, 302, ""),
    ({}, 422, "chọn một đơn vị, hoặc chọn nhóm"),
    ({"group": "party_committee:commune"}, 302, ""),
]


@pytest.mark.parametrize(("given", "status", "said"), ANSWERS)
def test_a_lead_is_named_by_what_is_typed_without_a_script(office, empty, given, status, said):
    proposal = task(empty, leads=[{"words": "Công an xã"}])
    answers = {f"{proposal.pk}-{name}": value for name, value in given.items()}
    page = office.post(reverse("documents:decide", args=[proposal.pk]), {"viec": "nhan", **answers})
    assert page.status_code == status
    assert said in body(page)
    assert Commitment.objects.exists() == (status == 302)


def test_the_suggested_id_counts_only_beside_its_own_name(office, empty, province):
    proposal = task(empty, leads=[])
    decide = reverse("documents:decide", args=[proposal.pk])
    mine = {f"{proposal.pk}-lead_id": str(province.fronts[2].pk)}
    typed = {f"{proposal.pk}-lead": "Ủy ban MTTQ Việt Nam Xã Châu Khê"}
    office.post(decide, {"viec": "nhan", **mine, **typed})
    assert Commitment.objects.get().lead == province.fronts[2]
    other = task(empty, start=60, leads=[])
    mine = {f"{other.pk}-lead_id": str(province.fronts[2].pk)}
    typed = {f"{other.pk}-lead": "Ủy ban nhân dân Xã Con Cuông"}
    office.post(reverse("documents:decide", args=[other.pk]), {"viec": "nhan", **mine, **typed})
    assert Commitment.objects.latest("pk").lead == province.governments[1]


WRONG_DAYS = [
    ({"due": "31/2/2027"}, "31/2/2027"),
    ({}, "ghi ngày, hoặc đánh dấu"),
]


@pytest.mark.parametrize(("given", "said"), WRONG_DAYS)
def test_a_day_is_asked_for_until_it_is_one(office, empty, given, said):
    proposal = task(empty, due_on=None)
    answers = {f"{proposal.pk}-{name}": value for name, value in given.items()}
    page = office.post(reverse("documents:decide", args=[proposal.pk]), {"viec": "nhan", **answers})
    assert page.status_code == 422
    assert said in body(page)


def corrected(**changes):
    plain = {
        "title": "Việc đã sửa", "lead_0": "", "kinds": [], "levels": [], "due_on": "31/03/2027",
        "product": "Báo cáo", "proof": "",
    }  # fmt: skip
    return plain | changes


CORRECTIONS = [
    (corrected(), "chọn đơn vị chủ trì"),
    (corrected(kinds=["front_committee"]), "chọn cấp của nhóm"),
    (
        corrected(lead_0="Ủy ban nhân dân Xã Con Cuông", due_on=""),
        "ghi hạn, thời hạn hoặc quy định",
    ),
    (corrected(lead_0="Ủy ban nhân dân Xã Con Cuông", regular="on"), "chỉ chọn một"),
    (corrected(lead_0="Ủy ban nhân dân Xã Con Cuông", term_n="bảy", due_on=""), "ghi số nguyên"),
    (corrected(lead_0="Ủy ban nhân dân Xã Con Cuông", due_on="01/10/2026"), "vì sao nay mới ghi"),
    (corrected(lead_0="xa la"), "Không có đơn vị nào khớp"),
]


@pytest.mark.parametrize(("given", "said"), CORRECTIONS)
def test_a_correction_that_lacks_a_part_says_so(office, empty, given, said):
    proposal = task(empty)
    page = office.post(reverse("documents:correct", args=[proposal.pk]), given)
    assert (page.status_code, said in body(page), Commitment.objects.count()) == (422, True, 0)


def test_a_task_is_corrected_on_its_page(office, empty, province):
    supports = [
        {"words": "UBND các xã", "kind": "peoples_committee", "levels": ["commune"]},
        {"words": "Mặt trận tỉnh", "unit_id": province.front.pk},
    ]
    proposal = task(empty, supports=supports)
    page = body(office.get(reverse("documents:correct", args=[proposal.pk])))
    assert "UBND các xã" in page
    given = corrected(
        lead_0="Ủy ban nhân dân Xã Con Cuông", lead_1="", support_0="Đảng ủy Xã Con Cuông",
        kept=["0"], kinds=["front_committee"], levels=["commune"], due_on="", regular="on",
    )  # fmt: skip
    office.post(reverse("documents:correct", args=[proposal.pk]), given)
    made = Commitment.objects.order_by("pk")
    assert [one.lead for one in made] == [province.governments[1], *province.fronts]
    assert {one.due_on for one in made} == {None}
    assert set(made[0].supports.values_list("unit_id", flat=True)) >= {province.committees[1].pk}
    proposal.refresh_from_db()
    assert (proposal.verdict, proposal.correction["title"]) == ("corrected", "Việc đã sửa")


@pytest.mark.parametrize(
    ("given", "due_on", "told"),
    [
        ({"term_n": "30", "term_counted": "D"}, None, "30 ngày, tính từ ngày giao"),
        (
            {"due_on": "01/10/2026", "old": "on", "old_reason": "Nay mới ghi sổ"},
            date(2026, 10, 1),
            "01/10/2026",
        ),
    ],
)
def test_a_task_is_given_by_a_term_or_late_with_its_reason(office, empty, given, due_on, told):
    proposal = task(empty)
    typed = corrected(lead_0="Ủy ban nhân dân Xã Con Cuông", **{"due_on": "", **given})
    office.post(reverse("documents:correct", args=[proposal.pk]), typed)
    made = Commitment.objects.get()
    proposal.refresh_from_db()
    assert due_text(TaskBody.of(proposal.correction)) == told
    if due_on:
        assert (made.due_on, made.steps.get().words[-14:]) == (due_on, "Nay mới ghi sổ")
    else:
        assert clock_shown(made).words.startswith("30 ngày từ")


def test_the_correction_shows_who_leads(office, empty, province):
    lead = {"words": "Đảng ủy xã Môn Sơn", "unit_id": province.committees[0].pk}
    proposal = task(empty, leads=[lead])
    page = body(office.get(reverse("documents:correct", args=[proposal.pk])))
    assert 'value="Đảng ủy Xã Môn Sơn"' in page
    office.post(
        reverse("documents:correct", args=[proposal.pk]), corrected(lead_0="Đảng ủy Xã Môn Sơn")
    )
    proposal.refresh_from_db()
    assert TaskBody.of(proposal.correction).leads == (Doer.of(lead),)


def test_many_commitments_of_one_task_are_told_in_a_line(empty, province, reviewer):
    for number in range(3):
        make_organisation(make_place(f"Xã {number}", under=province.place), Kind.PARTY_COMMITTEE)
    accept_proposal(task(empty), actor=None)
    [row] = proposal_rows(empty, kind="task")
    assert (len(row.given), len(row.given_first), row.given_more) == (6, 3, 3)
    assert row.given[0].number == "CK-2026-0001"
    assert len(card_of(reviewer, empty).given) == 6


@pytest.mark.parametrize("times", [1, 3])
def test_the_reading_page_costs_the_same_queries_however_many_tasks(
    office, empty, province, django_assert_num_queries, times
):
    lead = {"words": "UBND xã Môn Sơn", "unit_id": province.governments[0].pk}
    for place in range(times):
        accept_proposal(task(empty, start=10 + 30 * place, leads=[lead]), actor=None)
        task(empty, start=200 + 30 * place, leads=[lead])
    address = reverse("documents:review", args=[empty.pk])
    with django_assert_num_queries(11):
        assert office.get(address, {"nhom": "nhiem-vu"}).status_code == 200
