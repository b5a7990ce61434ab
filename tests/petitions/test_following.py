"""What whoever petitioned reads by their code and may say: no name, no officer's note; once "not yet", as often as they like a grade."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.commitments.services import Assignment
from danvan.petitions.enums import State
from danvan.petitions.models import PublicPetition
from danvan.petitions.selectors import petition_behind, publication_of
from danvan.petitions.selectors.following import PLAIN
from danvan.petitions.selectors.zalo_words import words_for_sender
from danvan.petitions.services import (
    answer_petition,
    ask_to_publish,
    dispute_by_code,
    file_petition,
    give_code,
    give_work,
    guide_petition,
    hand_out_petition,
    rate_by_code,
    report_result,
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


def coded(petition):
    return give_code(petition, actor=None).code


def answered(office):
    petition = papers.replied(
        papers.accepted(office.unit, papers.matter("proposal", "Xây cầu treo"))
    )
    answer_petition(
        petition,
        text="Đã đưa vào kế hoạch 2027.",
        channel="code",
        outcome="resolved",
        on=ON,
        actor=None,
    )
    return papers.fresh(petition)


def opened(code, data=None):
    path = reverse("portal:follow")
    return (
        Client().get(path, {"ma": code})
        if data is None
        else Client().post(path, {"ma": code, **data})
    )


def test_every_state_has_plain_words():
    assert set(PLAIN) == set(State)


def test_a_code_opens_the_petition_and_only_the_last_one_does(office):
    petition = papers.received(office.unit, papers.matter("proposal", "Xây cầu treo"))
    first, second = coded(petition), coded(papers.fresh(petition))
    assert petition_behind(first) is None
    told = petition_behind(second)
    assert (told.petition.pk, told.standing, told.due_on) == (
        petition.pk,
        PLAIN["received"],
        date(2026, 10, 15),
    )
    shown = opened(second).content.decode()
    assert "Xây cầu treo" in shown
    assert "Lô Văn Nam" not in shown
    assert opened(first).status_code == 422


def test_the_holder_rates_and_disputes_once_and_is_told_why_not_more(office):
    petition = answered(office)
    code = coded(petition)
    assert "Đã đưa vào kế hoạch 2027." in opened(code).content.decode()
    assert opened(code, {"hai_long": "partly"}).status_code == 200
    assert papers.fresh(petition).satisfaction == "partly"
    lines = petition.steps.count()
    assert opened(code, {"hai_long": "partly"}).status_code == 200
    assert petition.steps.count() == lines  # said again: nothing new
    assert opened(code, {"khong_dong_y": "1", "vi_sao": " "}).status_code == 422
    long = opened(code, {"khong_dong_y": "1", "vi_sao": "a" * 501})
    assert (long.status_code, "bà con vui lòng viết gọn lại" in long.content.decode()) == (
        422,
        True,
    )
    sent = opened(code, {"khong_dong_y": "1", "vi_sao": "Chưa rõ năm nào làm"})
    assert (sent.status_code, papers.fresh(petition).state) == (200, "accepted")
    lines = petition.steps.count()
    twice = opened(code, {"khong_dong_y": "1", "vi_sao": " Chưa rõ năm nào làm"})
    assert (twice.status_code, petition.steps.count()) == (200, lines)
    again = opened(code, {"khong_dong_y": "1", "vi_sao": "Nữa"})
    assert again.status_code == 422
    assert "một lần" in again.content.decode()


def test_what_cannot_be_said_is_refused_in_a_sentence(office):
    petition = papers.received(office.unit)
    code = coded(petition)
    assert "lần hai" in papers.refused(lambda actor: dispute_by_code(code, why="x")).message
    assert (
        "đánh giá" in papers.refused(lambda actor: rate_by_code(code, satisfaction="yes")).message
    )
    assert "Mã này" in papers.refused(lambda actor: rate_by_code("7K4", satisfaction="yes")).message
    done = coded(answered(office))
    assert "một mức" in papers.refused(lambda actor: rate_by_code(done, satisfaction="")).message
    waiting = coded(papers.accepted(office.unit, papers.matter("feedback", "Đèn hỏng")))
    assert (
        "Khi đơn vị trả lời"
        in papers.refused(lambda actor: dispute_by_code(waiting, why="x")).message
    )


def test_work_given_from_it_stands_behind_its_code(office):
    petition = papers.accepted(office.unit, papers.matter("proposal", "Sửa đường"))
    code = coded(petition)
    work = Assignment(office.unit.pk, "Sửa đường bản Xiềng", "Đường sửa xong", date(2026, 12, 20))
    give_work(petition.requests.get(), work, actor=None)
    assert "Sửa đường bản Xiềng" in opened(code).content.decode()


def test_a_dispute_opens_the_work_again_that_was_said_to_be_done(office):
    petition = papers.accepted(office.unit, papers.matter("proposal", "Sửa đường"))
    code = coded(petition)
    done, undone = (
        Assignment(office.unit.pk, f"Sửa đường {name}", "Đường sửa xong", date(2026, 12, 20))
        for name in ("trên", "dưới")
    )
    for work in (done, undone):
        give_work(petition.requests.get(), work, actor=None)
    first, second = Commitment.objects.order_by("pk")
    Commitment.objects.filter(pk=first.pk).update(
        state="claimed", claimed_on=ON, claimed_by=office.officer, claimed_unit=office.unit
    )
    petition = papers.replied(papers.fresh(petition))
    answer_petition(
        petition, text="Đã sửa.", channel="code", outcome="resolved", on=ON, actor=office.head
    )
    dispute_by_code(code, why="Mới đổ đá, chưa lu")
    first.refresh_from_db()
    assert (first.state, first.claimed_on) == ("in_progress", None)
    assert first.disputed_on == papers.TODAY
    second.refresh_from_db()
    assert second.disputed_on is None
    told = petition_behind(code)
    assert told.standing == PLAIN["accepted"]
    assert [one.words for one in told.steps] == [
        "Người gửi chưa đồng ý, đang xem xét lại",
        "Đã trả lời người gửi",
        "Đã nhận giải quyết",
        "Đã nhận",
    ]
    assert "Từ lúc hỏi đến nay" in opened(code).content.decode()


def test_who_was_guided_reads_where_and_who_was_filed_reads_why(office):
    guided = papers.received(office.unit)
    guide_petition(guided, where="Tòa án khu vực 1", on=ON, actor=None)
    assert petition_behind(coded(guided)).why_closed == "Bà con gửi đến: Tòa án khu vực 1."
    filed = papers.received(office.unit)
    file_petition(filed, closing="LD05", on=ON, actor=None)
    assert petition_behind(coded(filed)).why_closed == "Rách, tẩy xóa, không đọc được."


def test_an_officer_prints_the_code_once_and_nobody_keeps_the_page(office):
    petition = papers.received(office.unit)
    client = Client()
    client.force_login(office.officer)
    path = reverse("petitions:give-code", args=[petition.pk])
    made = client.post(path)
    assert (made.status_code, made["Cache-Control"]) == (200, "no-store, private")
    assert made.context["slip"].code in made.content.decode()
    assert client.get(path).status_code == 405
    client.force_login(office.stranger)
    assert client.post(path).status_code == 404


def test_words_for_zalo_tell_the_number_and_how_it_stands_and_nothing_of_what_it_is_about(office):
    petition = papers.accepted(office.unit, papers.matter("complaint", "Đo lại đất nhà ông Nam"))
    client = Client()
    client.force_login(office.officer)
    page = client.get(reverse("petitions:zalo", args=[petition.pk]))
    text = page.context["text"]
    for words in (
        petition.number,
        "01/10/2026",
        "đã nhận giải quyết",
        "Giải quyết, trả lời: chậm nhất ngày",
    ):
        assert words in text
    assert "/theo-doi/" in text
    for secret in ("Nam", "đất", "0912"):
        assert secret not in text
    done = papers.received(office.other)
    file_petition(done, closing="LD05", on=ON, actor=None)
    assert "chậm nhất" not in words_for_sender(papers.fresh(done), address="/theo-doi/")
    client.force_login(office.stranger)
    assert client.get(reverse("petitions:zalo", args=[petition.pk])).status_code == 404


def test_who_sent_it_stops_it_from_being_public_from_the_page_of_the_code(office):
    petition = papers.received(office.unit, papers.matter("feedback", "Đèn đường hỏng"))
    code = coded(petition)
    assert "Không công khai nữa" not in opened(code).content.decode()
    row = ask_to_publish(papers.fresh(petition), on=papers.RECEIVED, actor=None)
    assert "Không công khai nữa" in opened(code).content.decode()
    done = opened(code, {"thoi_cong_khai": "1"})
    assert done.status_code == 200
    assert "bà con không muốn công khai nữa" in done.content.decode()
    assert "Lời của bà con không lên Cổng Nhân dân" in done.content.decode()  # it never stood there
    assert publication_of(row.petition).state == "declined"
    again = opened(code).content.decode()
    assert "<dd>Bà con không muốn công khai nữa</dd>" in again
    assert "Người gửi không muốn" not in again
    assert "thoi_cong_khai" not in again


def test_whose_words_stood_in_public_is_told_that_they_are_gone_from_there(office):
    petition = papers.received(office.unit, papers.matter("feedback", "Đèn đường hỏng"))
    code = coded(petition)
    row = ask_to_publish(papers.fresh(petition), on=papers.RECEIVED, actor=None)
    assert "không lên Cổng Nhân dân" in opened(code).content.decode()
    PublicPetition.objects.filter(pk=row.pk).update(
        state="shown", number="YK-2026-0001", shown_on=papers.TODAY, title="Đèn"
    )
    assert "rời Cổng Nhân dân ngay" in opened(code).content.decode()
    done = opened(code, {"thoi_cong_khai": "1"}).content.decode()
    assert "Lời của bà con không còn trên Cổng Nhân dân" in done
    assert publication_of(row.petition).state == "taken_down"


def test_the_day_of_the_notice_is_not_that_of_the_answer(office, settings):
    settings.DANVAN_TODAY = papers.RECEIVED
    petition = papers.received(office.unit, papers.matter("proposal", "Xây cầu treo"))
    code = coded(petition)
    told = petition_behind(code)
    day = date(2026, 10, 15)
    assert (told.notice_due_on, told.answer_due_on, told.late) == (day, None, False)
    page = opened(code).content.decode()
    assert "<dt>Báo đã nhận</dt><dd>chậm nhất ngày <b>15/10/2026</b>" in page
    assert "<b>Đã nhận giải quyết</b><small>báo chậm nhất ngày 15/10/2026</small>" in page
    assert "<b>Trả lời</b><small>chưa</small>" in page
    settings.DANVAN_TODAY = papers.TODAY
    taken = coded(papers.accepted(office.unit, papers.matter("proposal", "Sửa chợ")))
    told = petition_behind(taken)
    assert (told.notice_due_on, told.answer_due_on) == (None, told.due_on)
    assert (
        f"<b>Trả lời</b><small>hạn {told.due_on:%d/%m/%Y}</small>" in opened(taken).content.decode()
    )


def test_who_holds_the_code_is_told_that_it_is_late_and_by_how_much(office, settings):
    petition = papers.accepted(office.unit, papers.matter("proposal", "Sửa chợ"))
    code, due = coded(petition), papers.fresh(petition).due_on
    settings.DANVAN_TODAY = due
    assert "chậm" not in petition_behind(code).told
    settings.DANVAN_TODAY = due + timedelta(days=3)
    told = petition_behind(code)
    assert (told.told, told.tone) == ("Đã nhận giải quyết, chậm 3 ngày", "late")
    page = opened(code).content.decode()
    assert 'class="pt-state is-late">Đã nhận giải quyết, chậm 3 ngày' in page
    assert "<b>quá hạn 3 ngày</b>" in page
    day = settings.DANVAN_TODAY
    answer_petition(papers.replied(papers.fresh(petition), on=day), text="Đã sửa.", channel="code", outcome="resolved", on=day, actor=None)  # fmt: skip
    told = petition_behind(code)
    assert (told.told, told.tone, told.days_late) == ("Đã trả lời, chậm hạn", "late", 0)


def test_what_a_body_outside_reported_is_a_step_that_whoever_asked_reads(office):
    petition = papers.received(office.unit, papers.matter("feedback", "Điện yếu"))
    hand_out_petition(petition, where="Điện lực", reason="Lưới", on=ON, actor=None)
    code = coded(papers.fresh(petition))
    report_result(
        papers.fresh(petition), text="Đã thay máy.", channel="code", outcome="resolved", on=ON, actor=None
    )  # fmt: skip
    told = petition_behind(code)
    assert (told.steps[0].words, told.steps[0].answers) == (
        "Nơi nhận đã báo kết quả, đã trả lời người gửi", True,
    )  # fmt: skip
