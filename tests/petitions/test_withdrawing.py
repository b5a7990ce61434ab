"""What is taken back: by a paper; a complaint that was accepted by an order of the head too, which is owed to who complained."""

from datetime import date

import pytest
from django.test import Client

from danvan.law.selectors import clocks
from danvan.petitions import papers as printed
from danvan.petitions.enums import SUBJECT, State
from danvan.petitions.selectors import card_of
from danvan.petitions.services import (
    end_withdrawn_complaint,
    hand_out_petition,
    open_identity,
    send_notice,
    suspend_petition,
    withdraw_petition,
    withdraw_requests,
)
from danvan.petitions.services.withdrawing import SIGNED_PAPER
from danvan.petitions.templatetags.petitions import move_url
from tests.once import once, own
from tests.petitions import acts, papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ON = date(2026, 10, 12)
ENDED = {"paper": "Đơn rút ngày 12/10/2026", "symbol": "6/QĐ-UBND", "on": ON, "actor": None}


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def lines(petition):
    kinds = ("withdrawn", "terminated", "noticed")
    found = petition.steps.filter(kind__in=kinds).order_by("pk")
    return list(found.values_list("kind", "words", "symbol"))


def open_clocks(petition):
    held = clocks().filter(subject_kind=SUBJECT, subject_id=petition.pk, ended_on=None)
    return sorted(one.name for one in held)


def test_an_accepted_complaint_that_is_taken_back_ends_by_its_paper_and_an_order(office):
    petition = papers.verifying(office)
    broken = acts.untouched(withdraw_petition, petition, symbol="Đơn rút", on=ON)
    assert "“Đình chỉ vì người khiếu nại rút”" in broken.message
    end_withdrawn_complaint(petition, words="Đã thỏa thuận", **ENDED)
    petition = papers.fresh(petition)
    assert (petition.state, petition.closed_on) == (State.WITHDRAWN, ON)
    assert lines(petition) == [
        ("withdrawn", "Đã thỏa thuận", "Đơn rút ngày 12/10/2026"),
        ("terminated", "Người khiếu nại rút toàn bộ khiếu nại theo Đơn rút ngày 12/10/2026", "6/QĐ-UBND"),
    ]  # fmt: skip
    assert (open_clocks(petition), petition.due_on) == (["notice"], date(2026, 10, 15))
    send_notice(petition, on=ON, symbol="7/TB", actor=None)
    assert (open_clocks(petition), papers.fresh(petition).due_on) == ([], None)


def test_one_that_stands_still_may_be_taken_back_and_owes_both_notices(office):
    petition = papers.verifying(office)
    suspend_petition(petition, ground="force", words="Lũ", symbol="1/QĐ", on=ON, actor=None)
    end_withdrawn_complaint(papers.fresh(petition), **ENDED)
    assert open_clocks(petition) == ["notice", "notice.2"]


def test_neither_the_paper_nor_the_order_may_lack(office):
    petition = papers.verifying(office)
    lacking = {"paper": " ", "symbol": "", "on": date(2026, 10, 7)}
    broken = acts.untouched(end_withdrawn_complaint, petition, **lacking)
    assert acts.columns(broken) == [(None, "on"), (None, "paper"), (None, "symbol")]
    assert acts.columns(
        acts.untouched(end_withdrawn_complaint, petition, **{**lacking, "paper": "x" * 81})
    ) == [(None, "on"), (None, "paper"), (None, "symbol")]


@pytest.mark.parametrize("kind", ["proposal", "feedback"])
def test_what_ends_in_an_answer_needs_its_paper_once_it_is_dealt_with(office, kind):
    matter = papers.matter(kind, "Xây cầu")
    petition = papers.accepted(office.unit, matter)
    broken = acts.untouched(withdraw_petition, petition, on=ON)
    assert acts.columns(broken) == [(None, "symbol")]
    withdraw_petition(petition, symbol="Biên bản ngày 12/10/2026", on=ON, actor=None)
    assert papers.fresh(petition).state == State.WITHDRAWN
    early = papers.received(office.unit, matter)
    outside = papers.received(office.unit, matter)
    hand_out_petition(outside, where="Điện lực", reason="Lưới", on=ON, actor=None)
    for one in (early, outside):
        withdraw_petition(papers.fresh(one), on=ON, actor=None)
        assert lines(one) == [("withdrawn", "", "")]
        assert open_clocks(one) == []


def test_before_acceptance_a_complaint_is_taken_back_without_an_order(office):
    petition = papers.received(office.unit)
    assert "chưa dùng được" in acts.untouched(end_withdrawn_complaint, petition, **ENDED).message
    broken = acts.untouched(withdraw_petition, petition, on=ON)
    assert (acts.columns(broken), broken.message) == ([(None, "symbol")], SIGNED_PAPER)
    assert "biên bản" not in SIGNED_PAPER
    withdraw_petition(petition, symbol="Đơn rút ngày 12/10/2026", on=ON, actor=None)
    assert papers.fresh(petition).state == State.WITHDRAWN


def test_of_a_complaint_no_part_is_taken_back_without_a_signed_paper_and_the_whole_by_its_own_act(
    office,
):
    two = {"requests": ("Đo lại", "Trả tiền")}
    early, later = (
        papers.received(office.unit, papers.matter(**two)),
        papers.verifying(office, papers.matter(**two)),
    )
    for petition, whole in ((early, "Ghi rút đơn"), (later, "Đình chỉ vì người khiếu nại rút")):
        first, *_ = every = list(petition.requests.values_list("pk", flat=True))
        broken = acts.untouched(withdraw_requests, petition, request_ids=[first], on=ON)
        assert broken.message == SIGNED_PAPER
        broken = acts.untouched(
            withdraw_requests, petition, request_ids=every, symbol="Đơn rút", on=ON
        )
        assert f"đồng chí vui lòng dùng “{whole}”" in broken.message
    withdraw_requests(early, request_ids=[first - 2], symbol="Đơn rút", on=ON, actor=None)
    assert early.steps.last().symbol == "Đơn rút"


def test_the_form_asks_a_complaint_for_a_signed_paper_and_others_for_minutes_as_well(office):
    client = Client()
    client.force_login(office.officer)
    for kind, minutes in (("complaint", False), ("feedback", True)):
        petition = papers.received(office.unit, papers.matter(kind, "Cầu"))
        page = client.get(move_url("withdraw", petition.pk)).content.decode()
        assert ("biên bản ghi lời" in page, "chữ ký hoặc điểm chỉ" in page) == (
            minutes,
            not minutes,
        )


def test_the_order_and_the_minutes_of_taking_it_back_are_printed(office):
    petition = papers.verifying(office)
    end_withdrawn_complaint(petition, words="Đã thỏa thuận", **ENDED)
    open_identity(petition.paper, purpose="send", actor=office.officer)
    card = card_of(office.officer, papers.fresh(petition))
    assert {"dinh-chi", "bien-ban-rut"} <= set(dict(printed.papers_of(card)))
    order, minutes = (printed.make_paper(one, card) for one in ("dinh-chi", "bien-ban-rut"))
    assert (order.title, order.symbol) == ("QUYẾT ĐỊNH", "6/QĐ-UBND")
    assert any("rút toàn bộ khiếu nại theo Đơn rút" in line for line in order.paragraphs)
    said = "\n".join(minutes.paragraphs)
    for part in (
        "Lô Văn Nam",
        petition.number,
        "Căn cứ: Đơn rút ngày 12/10/2026.",
        "Đã thỏa thuận",
    ):
        assert part in said
    assert (minutes.left_signs[0], minutes.right_signs[0]) == ("NGƯỜI RÚT", "NGƯỜI GHI BIÊN BẢN")
    assert minutes.place_and_day == "Môn Sơn, ngày 12 tháng 10 năm 2026"


def test_the_head_alone_finds_the_order_and_writes_it_down(office):
    petition = papers.verifying(office)
    client = Client()
    path = move_url("end_withdrawn", petition.pk)
    client.force_login(office.officer)
    assert client.get(path).status_code in (302, 403)
    assert "Đình chỉ vì người khiếu nại rút" not in {
        one.move.label for one in card_of(office.officer, petition).moves
    }
    client.force_login(office.head)
    assert client.post(path, {"on": "12/10/2026"}).status_code == 422
    sent = {"paper": "Đơn rút", "symbol": "6/QĐ", "on": "12/10/2026"}
    assert client.post(path, sent).status_code == 302
    assert papers.fresh(petition).state == State.WITHDRAWN
