"""Papers that come in by a file, files of a case, and what says the same, on their pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from danvan.petitions.models import Cluster, HeldFile, Paper, PaperFile, Petition
from danvan.petitions.services import open_identity
from tests.once import once, own
from tests.petitions import papers
from tests.petitions.test_pages import SENT

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
MAIL = (
    "From: Lo Van Nam <nam@example.vn>\r\nSubject: Kien nghi xay cau\r\nDate: Mon, 16 Nov 2026 08:00:00 +0700\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\nKính gửi Ủy ban nhân dân xã.\r\nĐề nghị xã xây cầu treo bản Xiềng trước mùa mưa.\r\n"
)
CANARY = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def office(settings, _office, tmp_path):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


@pytest.fixture
def client(office):
    signed = Client()
    signed.force_login(office.officer)
    return signed


def txt(words="Biên bản làm việc", name="bien-ban.txt"):
    return SimpleUploadedFile(name, words if isinstance(words, bytes) else words.encode())


def test_a_letter_fills_the_form_and_is_received_with_its_file(client, office):
    door = reverse("petitions:receive-file")
    assert client.get(door).status_code == 200
    filled = client.post(
        door, {"unit": office.unit.pk, "file": SimpleUploadedFile("thu.eml", MAIL.encode())}
    )
    assert filled.status_code == 200
    form = filled.context["form"]
    assert (form.initial["channel"], form.initial["email"]) == ("email", "nam@example.vn")
    assert "cầu treo" in form.initial["text"]
    held = form.initial["held"]
    assert Paper.objects.count() == 0
    sent = SENT | {"unit": office.unit.pk, "held": held, "channel": "email"}
    assert client.post(reverse("petitions:receive"), sent).status_code == 302
    assert (PaperFile.objects.count(), HeldFile.objects.count()) == (len(held.split(",")), 0)


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("thu.msg", b"\xd0\xcf\x11\xe0rest", ".eml"),
        ("virus.txt", CANARY, "vi-rút"),
        ("trang.html", b"<script>alert(1)</script>", "Đồng chí vui lòng"),
        ("trong.pdf", b"", "trống"),
    ],
)
def test_a_file_that_may_not_be_kept_is_refused_in_a_sentence(client, office, name, content, part):
    file = SimpleUploadedFile(name, content)
    refused = client.post(reverse("petitions:receive-file"), {"unit": office.unit.pk, "file": file})
    assert refused.status_code == 422
    assert part in refused.content.decode()
    assert HeldFile.objects.count() == 0


def test_a_refused_file_takes_the_whole_paper_back(client, office):
    sent = SENT | {"unit": office.unit.pk, "evidence": [txt(CANARY)]}
    assert client.post(reverse("petitions:receive"), sent).status_code == 422
    assert (Paper.objects.count(), Petition.objects.count(), PaperFile.objects.count()) == (0, 0, 0)
    assert (
        client.post(
            reverse("petitions:receive"), SENT | {"unit": office.unit.pk, "evidence": [txt()]}
        ).status_code
        == 302
    )
    assert PaperFile.objects.count() == 1


def test_duplicates_are_looked_for_before_it_is_sent(client, office):
    papers.received(
        office.unit,
        papers.matter(
            "proposal",
            "Xây cầu treo bản Xiềng",
            text="Đề nghị xã xây cầu treo qua suối ở bản Xiềng.",
        ),
    )
    typed = SENT | {
        "unit": office.unit.pk,
        "tim_trung": "1",
        "text": "De nghi xa xay cau treo qua suoi o ban Xieng",
    }
    found = client.post(reverse("petitions:receive"), typed)
    assert found.status_code == 200
    assert "Có thể trùng" in found.content.decode()
    assert Petition.objects.count() == 1
    other = client.post(
        reverse("petitions:receive"),
        typed | {"title": "Đèn đường", "text": "Đèn đường thôn Hòa hỏng cả tháng nay"},
    )
    assert "Không thấy đơn nào gần giống" in other.content.decode()
    live = client.post(reverse("petitions:receive"), typed, headers={"HX-Request": "true"})
    assert "Có thể trùng" in live.content.decode()
    assert "<form" not in live.content.decode()


def test_petitions_that_say_the_same_are_put_together_and_answered_once(client, office):
    three = [
        papers.received(office.unit, papers.matter("feedback", "Đèn đường thôn Hòa hỏng"))
        for _ in range(3)
    ]
    path = reverse("petitions:similar", args=[three[0].pk])
    assert client.get(path).status_code == 200
    assert client.post(path, {"title": "Đèn"}).status_code == 422
    joined = client.post(path, {"title": "Đèn đường", "petitions": [three[1].pk]})
    cluster = Cluster.objects.get()
    assert joined.url == reverse("petitions:cluster", args=[cluster.pk])
    client.post(path, {"title": "Đèn đường", "petitions": [three[2].pk]})
    assert cluster.petitions.count() == 3
    client.post(reverse("petitions:accept-all", args=[cluster.pk]))
    answer = reverse("petitions:answer-all", args=[cluster.pk])
    assert client.post(answer, {"text": ""}).status_code == 422
    assert "trả lời từng yêu cầu" in client.get(joined.url).content.decode()
    reply = reverse("petitions:reply", args=[three[0].pk, 1])
    client.post(reply, {"reply": "Đã thay đèn", "basis": "Kế hoạch 12", "on": "20/11/2026"})
    ready = client.get(joined.url)
    assert "trả lời từng yêu cầu" not in ready.content.decode()
    assert "Đã thay đèn Căn cứ: Kế hoạch 12." in ready.context["form"]["text"].value()
    said = {
        "text": "Đã thay đèn ngày 19/11.",
        "outcome": "resolved",
        "channel": "code",
        "on": "20/11/2026",
    }
    assert client.post(answer, said).status_code == 302
    assert set(Petition.objects.values_list("state", flat=True)) == {"answered"}
    assert "Đã thay đèn" in client.get(joined.url).content.decode()
    client.force_login(office.stranger)
    assert client.get(joined.url).status_code == 404


def test_what_the_same_sender_sent_again_is_kept_with_the_first(client, office):
    first, again = (
        papers.received(office.unit, papers.matter("feedback", "Đèn đường thôn Hòa hỏng"))
        for _ in range(2)
    )
    look = client.get(reverse("petitions:similar", args=[again.pk])).content.decode()
    path = reverse("petitions:file-repeated", args=[again.pk])
    assert f"{path}?don={first.number}" in look
    page = client.get(path, {"don": first.number})
    assert page.context["form"]["original"].value() == first.number
    said = {"original": "PA-2026-9999", "on": "20/11/2026"}
    refused = client.post(path, said)
    assert (refused.status_code, "Không thấy đơn số PA-2026-9999" in refused.content.decode()) == (
        422,
        True,
    )
    assert "chính nó" in client.post(path, said | {"original": again.number}).content.decode()
    assert client.post(path, said | {"original": first.number.lower()}).status_code == 302
    again.refresh_from_db()
    assert (again.state, again.closing, again.dup_of) == ("filed", "LD07", first)
    client.force_login(office.stranger)
    assert client.get(path).status_code == 404


def test_a_file_of_the_case_opens_with_the_identity_only(client, office):
    petition = papers.received(office.unit)
    add = reverse("petitions:add-file", args=[petition.pk])
    assert client.get(add).status_code == 200
    assert client.post(add, {}).status_code == 422
    assert client.post(add, {"file": txt()}).status_code == 302
    file = petition.files.get()
    path = reverse("petitions:case-file", args=[petition.pk, file.pk, "vu-viec"])
    closed = client.get(path)
    assert closed.url == reverse("petitions:card", args=[petition.pk])
    assert "bien-ban.txt" not in client.get(closed.url).content.decode()
    open_identity(petition.paper, purpose="verify", actor=office.officer)
    opened = client.get(path)
    assert (opened.content, opened["Cache-Control"]) == (
        "Biên bản làm việc".encode(),
        "no-store, private",
    )
    assert "bien-ban.txt" in client.get(closed.url).content.decode()
    assert client.get(path.replace("vu-viec", "khac")).status_code == 404
    assert (
        client.get(reverse("petitions:case-file", args=[petition.pk, 10**9, "don"])).status_code
        == 404
    )
