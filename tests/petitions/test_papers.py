"""The papers of a petition: filled from its record, the name only while it is open, what is unknown left to be written."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from danvan.organisations.selectors import last_names
from danvan.petitions import papers as printed
from danvan.petitions.selectors import card_of
from danvan.petitions.services import (
    accept_petition,
    answer_petition,
    decide_petition,
    file_petition,
    guide_petition,
    hand_out_petition,
    hold_dialogue,
    invite_to_dialogue,
    open_identity,
    refuse_petition,
    resume_petition,
    send_decision,
    suspend_petition,
    terminate_petition,
    transfer_petition,
)
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ON = date(2026, 10, 12)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def made(office, petition, *, opened=True, who=None):
    who = who or office.officer
    if opened:
        open_identity(petition.paper, purpose="send", actor=who)
    return card_of(who, papers.fresh(petition))


def words(paper):
    cells = [cell for row in paper.grid.rows for cell in row]
    return "\n".join([paper.title, paper.subject, *paper.paragraphs, *cells])


def offered(card):
    return [slug for slug, _ in printed.papers_of(card)]


def test_the_name_stands_in_a_paper_only_while_it_is_open(office):
    petition = papers.accepted(office.unit)
    closed = printed.make_paper("thong-bao-thu-ly", made(office, petition, opened=False))
    assert "Lô Văn Nam" not in words(closed)
    assert printed.DOTS in words(closed)
    opened = printed.make_paper("thong-bao-thu-ly", made(office, petition))
    assert "Ông/Bà Lô Văn Nam" in words(opened)
    assert "09/11/2026" in words(opened)  # thirty days, the last a Saturday
    assert opened.place_and_day == "Môn Sơn, ngày 08 tháng 10 năm 2026"


def test_a_complaint_gives_reason_for_its_papers_as_it_goes(office):
    petition = papers.verifying(office, finding="differs")
    invite_to_dialogue(petition, on=ON, held_on=date(2026, 10, 19), place="Trụ sở", actor=None)
    suspend_petition(
        papers.fresh(petition),
        ground="result",
        words="Chờ giám định",
        symbol="1/QĐ",
        on=ON,
        actor=None,
    )
    resume_petition(papers.fresh(petition), symbol="2/QĐ", on=date(2026, 10, 15), actor=None)
    hold_dialogue(
        papers.fresh(petition), held_on=date(2026, 10, 19), words="Đã thống nhất", actor=None
    )
    petition = papers.replied(papers.fresh(petition), on=date(2026, 10, 20))
    decide_petition(
        petition, outcome="partly", symbol="3/QĐ-UBND", on=date(2026, 10, 21), actor=None
    )
    send_decision(papers.fresh(petition), on=date(2026, 10, 22), actor=None)
    card = made(office, petition)
    assert offered(card) == [
        "thong-bao-thu-ly",
        "giay-moi",
        "tam-dinh-chi",
        "tiep-tuc",
        "quyet-dinh",
    ]
    decision = printed.make_paper("quyet-dinh", card)
    assert decision.symbol == "3/QĐ-UBND"
    for part in (
        "Đã thống nhất",
        "Đo lại đúng 214 m2.",
        "đúng một phần",
        "khiếu nại lần hai đến hết ngày",
    ):
        assert part in words(decision)
    assert "Trụ sở" in words(printed.make_paper("giay-moi", card))
    assert "Chờ giám định" in words(printed.make_paper("tam-dinh-chi", card))
    assert "15/10/2026" in words(printed.make_paper("tiep-tuc", card))


@pytest.mark.parametrize(
    ("kind", "act", "more", "slug", "part"),
    [
        ("complaint", refuse_petition, {"closing": "KN02", "why": "Không liên quan"}, "thong-bao-khong-thu-ly", "Không liên quan"),
        ("complaint", file_petition, {"closing": "LD05"}, "thong-bao-khong-thu-ly", "không đọc được"),
        ("complaint", guide_petition, {"where": "Tòa án khu vực"}, "phieu-huong-dan", "Tòa án khu vực"),
        ("proposal", hand_out_petition, {"where": "Công ty điện", "reason": "Thuộc ngành điện"}, "phieu-chuyen", "Công ty điện"),
    ],
)  # fmt: skip
def test_each_way_out_has_its_paper(office, kind, act, more, slug, part):
    petition = papers.received(office.unit, papers.matter(kind, "Việc"))
    act(petition, on=ON, actor=None, **more)
    card = made(office, petition)
    assert offered(card) == [slug]
    assert part in words(printed.make_paper(slug, card))


def test_a_transfer_slip_names_where_it_went_and_why(office):
    petition = papers.received(office.unit, papers.matter("proposal", "Sửa đường"))
    transfer_petition(
        petition, to_unit_id=office.other.pk, on=ON, reason="Thuộc xã bạn.", actor=None
    )
    slip = printed.make_paper("phieu-chuyen", made(office, petition, who=office.stranger))
    assert "Xã Con Cuông" in words(slip)
    assert "Thuộc xã bạn." in words(slip)
    assert "Thuộc xã bạn.." not in words(slip)


def test_an_ended_complaint_has_its_ruling(office):
    petition = papers.verifying(office)
    terminate_petition(petition, ground="death", symbol="5/QĐ", on=ON, actor=None)
    ruling = printed.make_paper("dinh-chi", made(office, petition))
    assert (ruling.symbol, "không có người kế thừa" in words(ruling)) == ("5/QĐ", True)


def test_an_answer_is_drafted_from_its_requests_and_says_what_one_may_do(office):
    petition = papers.accepted(
        office.unit, papers.matter("proposal", "Xây cầu", requests=("Xây cầu", "Làm đường"))
    )
    assert printed.draft_answer(petition) == ""
    papers.replied(petition)
    draft = printed.draft_answer(petition)
    assert "Về yêu cầu “Làm đường”: Đo lại đúng 214 m2." in draft
    assert printed.guidance(petition) in draft
    answer_petition(
        papers.fresh(petition), text=draft, channel="paper", outcome="resolved", on=ON, actor=None
    )
    answer = printed.make_paper("tra-loi", made(office, petition))
    assert words(answer).count(printed.guidance(petition)) == 1


def test_a_notice_bears_its_number_or_room_for_one_and_no_star_of_the_party(office):
    petition = papers.received(office.unit)
    accept_petition(petition, symbol="12/TB-UBND", on=papers.ACCEPTED, actor=None)
    notice = printed.make_paper("thong-bao-thu-ly", made(office, petition))
    assert notice.under_issuer == ["Số: 12/TB-UBND"]
    petition = papers.accepted(office.unit)
    notice = printed.make_paper("thong-bao-thu-ly", made(office, petition))
    assert notice.under_issuer == ["Số: ........"]


def test_guidance_is_added_to_an_answer_that_lacks_it(office):
    petition = papers.replied(papers.accepted(office.unit, papers.matter("proposal", "Xây cầu")))
    answer_petition(
        petition, text="Đã xây.", channel="paper", outcome="resolved", on=ON, actor=None
    )
    answer = printed.make_paper("tra-loi", made(office, petition))
    assert words(answer).count(printed.guidance(petition)) == 1


def test_the_second_round_points_to_the_court(office):
    petition = papers.accepted(office.unit)
    petition.round = 2
    assert "khởi kiện" in printed.guidance(petition)
    assert "lần hai" not in printed.guidance(petition)


def test_many_are_named_by_the_first_and_their_number(office):
    petition = papers.received(office.unit, people=4)
    accept_petition(petition, on=papers.ACCEPTED, actor=None)
    assert "Lô Văn Nam và 3 người khác" in words(
        printed.make_paper("thong-bao-thu-ly", made(office, petition))
    )


def test_pages_print_what_there_is_and_nothing_else(office):
    petition = papers.accepted(office.unit)
    client = Client()
    client.force_login(office.officer)
    path = reverse("petitions:paper", args=[petition.pk, "thong-bao-thu-ly"])
    shown = client.get(path)
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store, private")
    assert "đang niêm phong" in shown.content.decode()
    word = client.get(reverse("petitions:paper-docx", args=[petition.pk, "thong-bao-thu-ly"]))
    assert b"".join(word)[:2] == b"PK" if word.streaming else word.content[:2] == b"PK"
    assert client.get(reverse("petitions:paper", args=[petition.pk, "tra-loi"])).status_code == 404
    client.force_login(office.stranger)
    assert client.get(path).status_code == 404


def test_a_slip_is_of_who_passed_it_on_and_a_notice_has_the_day_of_who_deals_with_it(office):
    petition = papers.accepted(office.unit, papers.matter("proposal", "Sửa đường"))
    transfer_petition(
        petition,
        to_unit_id=office.other.pk,
        on=ON,
        reason="Thuộc xã bạn",
        symbol="7/PC",
        actor=None,
    )
    slip = printed.make_paper("phieu-chuyen", made(office, petition, who=office.stranger))
    assert (slip.issuer, slip.symbol) == (last_names([office.unit.pk], ON)[office.unit.pk], "7/PC")
    accept_petition(papers.fresh(petition), on=date(2026, 10, 19), actor=None)
    notice = printed.make_paper("thong-bao-thu-ly", made(office, petition, who=office.stranger))
    assert "Thời hạn giải quyết đến hết ngày 18/11/2026" in words(notice)
    hand_out_petition(
        papers.fresh(petition),
        where="Điện lực",
        reason="Lưới điện",
        on=date(2026, 10, 20),
        actor=None,
    )
    out = printed.make_paper("phieu-chuyen", made(office, petition, who=office.stranger))
    assert "Kính gửi: Điện lực." in out.paragraphs
    assert "Lý do chuyển: Lưới điện." in out.paragraphs
    assert "ngày 20 tháng 10 năm 2026" in out.place_and_day


def test_why_it_is_not_dealt_with_stands_once(office):
    petition = papers.received(office.unit)
    refuse_petition(petition, closing="KN02", why="Đất của người khác", on=ON, actor=None)
    said = words(printed.make_paper("thong-bao-khong-thu-ly", made(office, petition)))
    assert said.count("Không liên quan trực tiếp") == 1
    assert "Đất của người khác." in said
