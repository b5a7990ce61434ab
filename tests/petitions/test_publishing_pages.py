"""What the pages by which officers let people read a matter show and take in."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from danvan.petitions.models import PublicPetition
from danvan.petitions.services import ask_to_publish
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
TEXT = "Tôi là Lô Văn Nam, gọi 0912345678. Bác sĩ Hà Văn Tý biết.\n<script>alert(1)</script>"


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


@pytest.fixture
def row(office):
    petition = papers.received(office.unit, papers.matter("feedback", "Đèn đường hỏng", text=TEXT))
    # as it stands where it was received before senders were hidden in the words of their paper
    type(petition).objects.filter(pk=petition.pk).update(text=TEXT)
    return ask_to_publish(petition, on=papers.RECEIVED, actor=None)


def page(user, name, *args, data=None):
    client = Client()
    client.force_login(user)
    path = reverse(f"petitions:{name}", args=args)
    return client.get(path) if data is None else client.post(path, data)


def ticked(answer):
    return re.findall(r'name="che" value="([^"]+)" checked', answer.content.decode())


def test_late_ones_stand_first_and_open_to_their_words_with_the_places_marked(office, row):
    listed = page(office.officer, "publications").content.decode()
    assert "Quá hạn 11/10/2026" in listed
    assert "Duyệt công khai (1)" in page(office.officer, "list").content.decode()
    shown = page(office.officer, "publication", row.pk)
    assert len(ticked(shown)) == 3
    assert "<script>alert" not in shown.content.decode()
    assert "Vì: có thể nhận ra người gửi" in shown.content.decode()


def test_tried_out_with_more_words_then_confirmed(office, row):
    kept = [one for one in ticked(page(office.officer, "publication", row.pk)) if "name" not in one]
    tried = page(
        office.officer, "publication", row.pk, data={"che": kept, "words": "trạm", "xem-thu": "1"}
    )
    assert tried.status_code == 200
    assert "Người dân sẽ đọc" in tried.content.decode()
    refused = page(office.officer, "publication", row.pk, data={"che": kept, "words": "trạm"})
    assert refused.status_code == 422
    assert "Không thấy “trạm”" in refused.content.decode()
    whole = ticked(page(office.officer, "publication", row.pk))
    done = page(
        office.officer,
        "publication",
        row.pk,
        data={"che": [*whole, "wrong", "text:1:2:what"], "words": "biết"},
    )
    assert done.url == reverse("petitions:publications")
    row.refresh_from_db()
    assert row.text == (
        "T[đã che]i là [họ tên], gọi [số điện thoại]. Bác sĩ [họ tên] [đã che].\n<script>alert(1)</script>"
    )
    assert "Công khai bản mới" in page(office.officer, "publication", row.pk).content.decode()


def test_taken_down_with_a_reason_and_brought_back(office, row):
    assert (
        page(office.officer, "publication-act", row.pk, "khong", data={"reason": ""}).status_code
        == 422
    )
    page(office.officer, "publication-act", row.pk, "khong", data={"reason": "Không rõ nơi nào"})
    shown = page(office.officer, "publication", row.pk).content.decode()
    assert "Không rõ nơi nào" in shown
    assert "Đưa về chờ duyệt" in shown
    listed = Client()
    listed.force_login(office.officer)
    path = reverse("petitions:publications")
    assert "Không rõ nơi nào" in listed.get(path, {"xem": "declined"}).content.decode()
    assert page(office.officer, "publication-act", row.pk, "duyet-lai").status_code == 200
    page(office.officer, "publication-act", row.pk, "duyet-lai", data={"seen": ""})
    row.refresh_from_db()
    assert row.state == "waiting"
    assert page(office.officer, "publication-act", row.pk, "gi").status_code == 404


def test_an_officer_notes_what_the_sender_wishes_on_the_card_of_proposals_only(office):
    petition = papers.received(office.unit, papers.matter("proposal", "Xây cầu"))
    assert "Người gửi muốn công khai" in page(office.officer, "card", petition.pk).content.decode()
    made = page(office.officer, "ask-to-publish", petition.pk, data={})
    row = PublicPetition.objects.get(petition=petition)
    assert made.url == reverse("petitions:publication", args=[row.pk])
    assert "Duyệt công khai" in page(office.officer, "card", petition.pk).content.decode()
    complaint = papers.received(office.unit)
    assert page(office.officer, "ask-to-publish", complaint.pk, data={}).status_code == 404
    assert (
        "Người gửi muốn công khai"
        not in page(office.officer, "card", complaint.pk).content.decode()
    )


def test_what_is_late_stands_on_the_desks_of_who_looks_through_it_and_of_the_leaders(office, row):
    client = Client()
    client.force_login(office.officer)
    home = client.get(reverse("desk:home")).content.decode()
    assert reverse("petitions:publication", args=[row.pk]) in home
    client.force_login(office.chief)
    [line] = [
        one
        for one in client.get(reverse("desk:board")).context["board"].decisions.lines
        if one.word == "Quá hạn duyệt"
    ]
    assert line.title == "1 ý kiến quá hạn duyệt công khai ở 1 đơn vị"
    units = client.get(line.url)
    assert [(one.waiting, one.late) for one in units.context["units"]] == [(1, 1)]
    opens = re.findall(r'href="(\?xem=[^"]+don_vi[^"]+)"', units.content.decode())
    late = client.get(reverse("petitions:publications") + opens[1].replace("&amp;", "&"))
    assert [one.row for one in late.context["lines"]] == [row]
    assert "Đang xem của" in late.content.decode()
    none = client.get(reverse("petitions:publications"), {"xem": "qua-han", "don_vi": "x²"})
    assert none.status_code == 200


def test_what_sounds_as_a_denunciation_is_not_shown_unless_an_officer_says_that_it_is_none(office):
    words = "Tôi tố cáo ông trưởng thôn nhận tiền của dân."
    petition = papers.received(office.unit, papers.matter("feedback", "Thu tiền", text=words))
    row = ask_to_publish(petition, on=papers.RECEIVED, actor=None)
    first = page(office.officer, "publication", row.pk).content.decode()
    assert reverse("vault:move-in", args=[petition.pk]) in first
    refused = page(office.officer, "publication", row.pk, data={"words": ""})
    assert refused.status_code == 422
    assert "plain" in refused.context["form"].errors
    assert PublicPetition.objects.get(pk=row.pk).state == "waiting"
    page(office.officer, "publication", row.pk, data={"words": "", "plain": "on"})
    assert PublicPetition.objects.get(pk=row.pk).state == "shown"


def test_of_other_words_nobody_is_asked_whether_they_denounce(office, row):
    shown = page(office.officer, "publication", row.pk).content.decode()
    assert 'name="plain"' not in shown
