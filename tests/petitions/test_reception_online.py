"""A visit by sound and picture: on an online day or an ordinary one, its steps seen, said in the register and on paper."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from danvan.petitions.models import VisitMatter
from danvan.petitions.reception_papers import (
    minutes_paper,
    notice_paper,
    receipt_paper,
    refusal_paper,
)
from danvan.petitions.register_columns import words
from danvan.petitions.selectors import reception as selectors
from danvan.petitions.services.reception import OnlineSteps, record_online, record_online_visit
from tests.once import once, own
from tests.petitions import papers, receptions

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
HEAD = {"unit": "UBND xã", "kind": "people_committee", "place": "Xã"}
STEPS = OnlineSteps(
    registered_on=date(2026, 11, 5), told_on=date(2026, 11, 9), told_how="Hẹn điểm cầu tại trụ sở xã",
    identity_checked=True, recording_asked=True, recorded_at="Máy chủ của tỉnh", read_back=True, confirmed="aloud",
)  # fmt: skip


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def joined(office, **more):
    return receptions.visited(office.unit, online=True, **more)


def told(visit):
    return [(one.rule, one.word) for one in selectors.online_checks_of(receptions.fresh(visit))]


def test_whoever_comes_on_an_online_day_comes_online_and_on_an_ordinary_day_who_is_said_to(office):
    day = receptions.held(office.unit, online=True)
    assert receptions.visited(office.unit, day_id=day.pk).online
    ordinary = receptions.held(office.unit, date(2026, 11, 17))
    on = {"day_id": ordinary.pk, "on": date(2026, 11, 17)}
    assert joined(office, **on).online
    assert not receptions.visited(office.unit, **on).online
    assert not receptions.visited(office.unit).online


def test_each_step_of_the_law_is_seen_until_it_is_taken(office):
    visit = joined(office)
    assert told(visit) == [
        ("Đăng ký tiếp trực tuyến", "Chưa ghi"),
        ("Hướng dẫn cách tham gia", "Chưa ghi, đã quá ngày"),
        ("Kiểm tra danh tính", "Chưa ghi"),
        ("Báo và hỏi về ghi âm, ghi hình", "Chưa ghi"),
        ("Ghi âm, ghi hình được lưu", "Chưa ghi"),
        ("Đọc lại biên bản, người tham gia xác nhận", "Chưa ghi"),
    ]
    record_online_visit(visit, steps=STEPS, actor=None)
    assert [word for _, word in told(visit)] == ["Có", "Đúng hạn", "Có", "Có", "Có", "Có"]
    late = OnlineSteps(told_on=date(2026, 11, 10))  # four working days before the 16th
    record_online_visit(receptions.fresh(visit), steps=late, actor=None)
    assert told(visit)[1] == ("Hướng dẫn cách tham gia", "Chậm")
    assert told(receptions.visited(office.unit)) == []


def test_on_an_online_day_what_is_done_once_for_all_is_seen_too(office):
    day = receptions.held(office.unit, online=True)
    record_online(
        day, invited_on=None, tested_on=date(2026, 11, 13), connected_at=None, camera_on=True, recorded_at="Máy chủ",
        actor=None,
    )  # fmt: skip
    visit = receptions.visited(office.unit, day_id=day.pk)
    assert told(visit)[2:4] == [
        ("Trực tuyến: thử kỹ thuật", "Đúng hạn"), ("Trực tuyến: kết nối các điểm", "Chưa ghi"),
    ]  # fmt: skip
    assert ("Ghi âm, ghi hình được lưu", "Có") in told(visit)


@pytest.mark.parametrize(
    ("steps", "columns"),
    [
        ({"registered_on": date(2026, 11, 17)}, ["registered_on"]),
        ({"registered_on": date(2026, 11, 9), "told_on": date(2026, 11, 6)}, ["told_on"]),
        ({"confirmed": "x"}, ["confirmed"]),
        ({"confirmed": "aloud"}, ["confirmed"]),
        ({"read_back": True}, ["confirmed"]),
        ({"told_how": "x" * 201, "recorded_at": "x" * 201}, ["told_how", "recorded_at"]),
    ],
)
def test_steps_that_cannot_be_are_refused_and_nothing_is_kept(office, steps, columns):
    visit = joined(office)
    broken = papers.refused(record_online_visit, visit, steps=OnlineSteps(**steps))
    assert [fault.column for fault in broken.faults] == columns
    assert receptions.fresh(visit).changes == visit.changes


def test_what_was_read_back_to_who_cannot_write_is_not_taken_away(office):
    visit = joined(office, spoken=True, read_back=True, confirmed="aloud")
    broken = papers.refused(record_online_visit, visit, steps=OnlineSteps())
    assert [fault.column for fault in broken.faults] == ["read_back"]


def test_a_visit_in_person_has_no_such_steps(office):
    visit = receptions.visited(office.unit)
    assert "trực tiếp" in papers.refused(record_online_visit, visit, steps=STEPS).message


def test_the_register_and_every_paper_say_that_it_was_online(office):
    visit = joined(office)
    record_online_visit(visit, steps=STEPS, actor=None)
    visit = receptions.fresh(visit)
    receptions.visited(office.unit)
    found = VisitMatter.objects.order_by("pk")
    online, person = [words(one)[-1] for one in selectors.register_rows(office.officer, found, list(found))]  # fmt: skip
    assert online.startswith("Tiếp trực tuyến. ")
    assert not person.startswith("Tiếp trực tuyến")
    made = minutes_paper(visit, visit.matters.all(), selectors.online_checks_of(visit), **HEAD)
    assert (made.title, made.subject) == ("BIÊN BẢN", "Tiếp công dân trực tuyến")
    assert made.paragraphs[0] == "Ngày 16/11/2026, UBND xã tiếp công dân trực tuyến."
    assert "Đăng ký tiếp trực tuyến: Ngày 05/11/2026." in made.paragraphs
    open_one = joined(office)
    lines = minutes_paper(open_one, (), selectors.online_checks_of(open_one), **HEAD).paragraphs
    assert not [one for one in lines if "Chưa ghi:" in one or "Chậm nhất" in one]
    assert made.paragraphs[-1] == (
        "Biên bản đã đọc lại cho người được tiếp nghe; xác nhận: xác nhận bằng lời trước máy quay."
    )
    assert made.grid.rows == [["1", "Đo lại diện tích thu hồi đất", "Nhận đơn, ghi thành đơn thư", ""]]  # fmt: skip
    on = papers.TODAY
    assert "đã tiếp trực tuyến ông" in refusal_paper(visit, on=on, **HEAD).paragraphs[0]
    receipt = receipt_paper(visit, (), code="1", where="x", **HEAD)
    assert "tại buổi tiếp công dân trực tuyến" in receipt.paragraphs[0]
    day = receptions.held(office.unit, date(2026, 11, 18), online=True)
    assert (
        "tiếp công dân trực tuyến ngày 18/11/2026" in notice_paper(day, (), on=on, **HEAD).subject
    )


def test_the_minutes_of_a_visit_in_person_do_not(office):
    visit = receptions.visited(office.unit, people=3, interpreter="Vi Thị Hoa")
    made = minutes_paper(visit, (), (), **HEAD)
    assert made.subject == "Tiếp công dân"
    assert made.paragraphs[2].endswith("(đoàn 3 người).")
    assert made.paragraphs[3:] == [
        "Người phiên dịch: Vi Thị Hoa.", "Biên bản chưa ghi đã đọc lại cho người được tiếp nghe.",
    ]  # fmt: skip


def test_the_pages_take_an_online_visit_through(office):
    client = Client()
    client.force_login(office.officer)
    day = receptions.held(office.unit, online=True)
    form = client.get(reverse("reception:record") + f"?buoi={day.pk}").context["form"]
    assert form.initial["online"]
    visit = receptions.visited(office.unit, day_id=day.pk)
    page = reverse("reception:visit", args=[visit.pk])
    assert "Lượt tiếp trực tuyến ngày" in client.get(page).content.decode()
    assert (
        "Tiếp trực tuyến" in client.get(reverse("reception:card", args=[day.pk])).content.decode()
    )
    steps = reverse("reception:joined", args=[visit.pk])
    typed = {"seen": visit.changes, "registered_on": "05/11/2026", "told_how": "Gọi điện"}
    refused = client.post(steps, {**typed, "read_back": "on"})
    assert refused.status_code == 422
    assert "Gọi điện" in refused.content.decode()
    assert client.post(steps, typed).url == page
    assert receptions.fresh(visit).registered_on == date(2026, 11, 5)
    stale = client.post(steps, typed)
    assert stale.status_code == 422
    assert "vừa sửa" in stale.content.decode()
    minutes = reverse("reception:minutes", args=[visit.pk])
    assert "Tiếp công dân trực tuyến" in client.get(minutes).content.decode()
    assert client.get(minutes + "?tai=word").content[:2] == b"PK"
