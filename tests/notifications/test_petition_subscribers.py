"""Petitions are told by their numbers to who works on them, to the head where it weighs, never to whom they are against."""

from datetime import date, timedelta

import pytest

from danvan.foundation import clock
from danvan.law.services import correct_calendar_day
from danvan.notifications.enums import Topic
from danvan.notifications.models import Letter, Notification, Reminder
from danvan.notifications.services import forget, remind_due, remind_idle
from danvan.petitions.enums import Kind
from danvan.petitions.models import Petition
from danvan.petitions.services import (
    accept_petition,
    ask_to_publish,
    bar_user,
    split_petition,
    transfer_petition,
)
from danvan.petitions.services.vault import seal_petition
from tests.notifications.hearing import deliver_all, heard, told
from tests.once import once, own
from tests.petitions import cases, papers

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 20)
OFFICER, HEAD, STRANGER = "canbo", "chutich", "xakhac"


class Near(papers.Office):
    """The office, where the other commune has a head too."""

    def __init__(self):
        super().__init__()
        papers.member("chutichkhac", self.other, "leader")


_office = once(Near, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = date(2026, 10, 9)
    return own(_office)


def at(settings, day):
    settings.DANVAN_TODAY = day


def named(rows):
    return sorted((who, words) for who, words, _ in rows)


def test_a_new_paper_is_told_by_number_to_who_works_there_but_not_to_who_wrote_it_down(office):
    one = papers.received(office.unit, actor=office.officer)
    assert heard() == [(HEAD, f"Đơn mới {one.number}, hạn 12/10/2026", f"/don-thu/{one.pk}/")]
    assert Notification.objects.get().topic == Topic.PETITION
    assert one.title not in str(told())


def test_several_matters_of_one_paper_are_one_notice(office):
    papers.paper(office.unit, papers.matter(), papers.matter(Kind.FEEDBACK, "Đường"))
    words = "2 đơn mới từ một lần nhận: KN-2026-0001, PA-2026-0001"
    assert heard() == [(OFFICER, words, "/don-thu/"), (HEAD, words, "/don-thu/")]


def test_what_was_split_off_is_told_to_who_works_there_but_not_to_who_split_it(office):
    one = papers.received(office.unit, people=7)
    heard()
    drafts = [papers.matter(Kind.FEEDBACK, "Loa rè"), papers.matter(title="Bồi thường")]
    first, second = split_petition(one, drafts, actor=office.officer)
    said = f"Đơn {one.number} tách thành {first.number}, {second.number}"
    assert heard() == [(HEAD, said, "/don-thu/")]
    [last] = split_petition(papers.fresh(one), [papers.matter(Kind.PROPOSAL, "Cầu")], actor=None)
    words, page = f"Đơn {one.number} tách thành {last.number}", f"/don-thu/{last.pk}/"
    assert heard() == [(OFFICER, words, page), (HEAD, words, page)]


def test_what_was_split_off_one_that_left_for_the_vault_is_told_without_it(office, settings):
    settings.DANVAN_TODAY = papers.TODAY
    one = papers.received(office.unit)
    heard()
    [made] = split_petition(one, [papers.matter(title="Bồi thường")], actor=office.officer)
    left = cases.left(one)
    seal_petition(papers.fresh(one), accused=[cases.ACCUSED], actor=office.officer, left=left)
    heard()
    assert [(who, words) for who, words, _ in told()] == [(HEAD, f"Đơn mới {made.number}")]


@pytest.mark.parametrize(("people", "alarmed"), [(4, False), (5, True), (12, True)])
def test_the_head_is_alarmed_of_a_crowd(office, people, alarmed):
    one = papers.received(office.unit, people=people)
    said = f"Đơn đông người: {people} người, {one.number}. Đồng chí vui lòng xem và chỉ đạo"
    assert [who for who, words, _ in heard() if words == said] == [HEAD] * alarmed


def test_whom_it_is_against_is_told_nothing_of_it(office, settings):
    one = papers.received(office.unit, papers.matter(Kind.FEEDBACK), people=7)
    bar_user(one, user=office.head, actor=None)
    accept_petition(papers.fresh(papers.received(office.unit)), on=date(2026, 10, 9), actor=None)
    told_now = heard()
    assert {who for who, words, _ in told_now if one.number in words} == {OFFICER}
    at(settings, date(2026, 10, 14))
    remind_due()
    at(settings, date(2026, 11, 14))
    remind_idle()
    assert {who for who, words, _ in told()[len(told_now) :] if one.number in words} == {OFFICER}


def test_what_came_over_is_told_there_each_time_it_comes(office):
    one = papers.received(office.unit, papers.matter(Kind.FEEDBACK))
    heard()
    there = {
        "to_unit_id": office.other.pk,
        "reason": "Xã bạn",
        "on": date(2026, 10, 9),
        "actor": None,
    }
    transfer_petition(one, **there)
    words = f"Đơn {one.number} được chuyển đến, hạn 23/10/2026"
    assert named(heard()) == [("chutichkhac", words), (STRANGER, words)]
    transfer_petition(papers.fresh(one), **{**there, "to_unit_id": office.unit.pk})
    transfer_petition(papers.fresh(one), **there)
    # where it is no more when it is told, nobody is told of it
    assert {who for who, _ in named(heard())} == {"chutichkhac", STRANGER}


def test_who_decides_is_told_that_it_is_dealt_with(office):
    one = papers.received(office.unit)
    heard()
    accept_petition(one, on=papers.ACCEPTED, actor=office.officer)
    said = f"Đã thụ lý đơn {one.number}, hạn 09/11/2026"
    assert heard() == [(HEAD, said, f"/don-thu/{one.pk}/")]


def test_that_the_calendar_moved_days_is_told_in_one_notice(office):
    first = papers.received(office.unit, on=date(2026, 10, 8))
    heard()
    correct = {"working": False, "reason": "Lũ", "citation": "Công văn 12", "actor": None}
    correct_calendar_day(date(2026, 10, 14), **correct)
    said = f"Lịch hoặc quy định thay đổi, đơn {first.number}, hạn 20/10/2026"
    assert named(heard()) == [(OFFICER, said), (HEAD, said)]
    papers.received(office.unit, on=date(2026, 10, 8))
    heard()
    correct_calendar_day(date(2026, 10, 15), **correct)
    assert {words for _, words in named(heard())} == {
        "Lịch hoặc quy định thay đổi, 2 đơn có hạn mới"
    }


def test_before_and_after_its_day_a_petition_is_reminded_of_once(office, settings):
    one = papers.received(office.unit)  # to be accepted until 12/10
    heard()
    assert (remind_due(), remind_due()) == (1, 0)
    first = len(told())
    unit = "Ủy ban nhân dân Xã Môn Sơn"
    said = (
        f"Sắp đến hạn (còn 3 ngày, hạn 12/10/2026): Thụ lý hoặc từ chối: đơn {one.number}. {unit}"
    )
    assert {words for _, words, _ in told() if words.startswith("Sắp")} == {said}
    at(settings, date(2026, 10, 13))
    remind_due()
    said = f"Quá hạn (quá 1 ngày, hạn 12/10/2026): Thụ lý hoặc từ chối: đơn {one.number}. {unit}"
    assert (OFFICER, said, f"/don-thu/{one.pk}/") in told()[first:]


def test_a_petition_nobody_deals_with_rings_red_at_each_mark_of_its_clock(office, settings):
    one = papers.received(office.unit)  # 45 days from 01/10 end on Sunday, 15/11: on the 16th
    rung = {}
    for day in [date(2026, 10, 31), *(date(2026, 11, number) for number in range(1, 24))]:
        at(settings, day)
        before = len(told())
        remind_idle()
        remind_idle()
        for who, words, _ in told()[before:]:
            rung[day] = (who, words)
    said = (
        f"Cảnh báo đỏ: đơn {one.number} nhận ngày 01/10/2026 chưa được xử lý; quá 16/11/2026 thì xem xét trách nhiệm "
        "(Nghị định 154/2026/NĐ-CP Điều 41)"
    )
    assert set(rung.values()) == {(HEAD, said)}
    assert max(rung) == date(2026, 11, 16)
    assert len(rung) == 3


def test_what_is_dealt_with_rings_no_more(office, settings):
    one = papers.received(office.unit)
    accept_petition(one, on=papers.ACCEPTED, actor=None)
    at(settings, date(2026, 11, 16))
    assert remind_idle() == 0


def test_what_was_told_of_a_petition_that_went_into_the_vault_is_told_no_more(office):
    stays = papers.received(office.unit)
    gone = papers.received(office.unit)
    deliver_all()
    remind_due()
    assert Reminder.objects.filter(object_id=gone.pk).exists()
    now = clock.now()
    body = f"Kính gửi\n\nĐƠN (2)\n- Đơn mới {stays.number}\n  https://x/1\n- Đơn mới {gone.number}\n  https://x/2\n\nHết\n"
    Letter.objects.create(
        user=office.head, key="notice:1", subject=f"Dân Vận Số: Đơn mới {gone.number}", body=body,
        written_at=now, due_at=now,
    )  # fmt: skip
    number, pk = gone.number, gone.pk
    seal_petition(gone, accused=[cases.ACCUSED], actor=office.officer)
    deliver_all()
    assert not any(number in words or f"/{pk}/" in url for _, words, url in told())
    assert any(stays.number in words for _, words, _ in told())
    assert not Reminder.objects.filter(object_id=pk).exists()
    letter = Letter.objects.get()
    assert letter.subject == "Dân Vận Số"
    assert letter.body == f"Kính gửi\n\nĐƠN (2)\n- Đơn mới {stays.number}\n  https://x/1\n\nHết\n"


def test_what_waits_to_be_public_is_reminded_of_by_its_day_to_who_looks_through_it(
    office, settings
):
    settings.DANVAN_PUBLISH_DAYS = 10
    wish = papers.matter(Kind.FEEDBACK, "Đèn đường", wants_public=True)
    one, against = (papers.received(office.unit, wish) for _ in range(2))
    rows = [ask_to_publish(each, on=papers.RECEIVED, actor=None) for each in (one, against)]
    bar_user(against, user=office.officer, actor=None)
    at(settings, rows[0].due_on + timedelta(days=1))
    Petition.objects.update(due_on=None)
    assert remind_due() == 2
    assert remind_due() == 0
    said = f"Quá hạn (quá 1 ngày, hạn 11/10/2026): Duyệt công khai đơn {one.number}. "
    [(_, words, url)] = [each for each in told() if each[0] == OFFICER]
    assert words.startswith(said)
    assert url == f"/don-thu/cong-khai/{rows[0].pk}/"
    assert {who for who, words, _ in told() if "2 việc đã quá hạn" in words} == {HEAD}
    seal_petition(one, accused=[cases.ACCUSED], actor=office.officer)
    deliver_all()
    assert not [each for each in told() if each[0] == OFFICER and one.number in each[1]]
    assert set(Reminder.objects.values_list("object_id", flat=True)) == {against.pk}


def test_a_longer_number_and_what_is_told_later_are_not_taken_back(office):
    now = clock.now()
    for key, words, at in (
        ("a", "2 đơn: KN-2026-1000, PA-2026-0001", now),
        ("b", "2 đơn: KN-2026-10001, PA-2026-0001", now),
        ("c", "2 đơn: KN-2026-1000, PA-2026-0002", now + timedelta(seconds=1)),
    ):
        Notification.objects.create(
            user=office.head,
            key=key,
            topic=Topic.PETITION,
            words=words,
            url="/don-thu/",
            told_at=at,
        )
    forget(words="KN-2026-1000", page="/don-thu/5/", things=[("x", 5)], until=now)
    assert sorted(Notification.objects.values_list("key", flat=True)) == ["b", "c"]
