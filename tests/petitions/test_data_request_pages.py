"""The pages on which a request about one's own data is taken in, answered and printed."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from danvan.petitions.models import DataRequest
from danvan.petitions.services import open_identity
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ASKED = {"kind": "see", "wanted": "Xem đơn", "asked_by": "self", "on": "02/11/2026"}
ANSWERED = {"measures": "Đã sao", "answer": "Gửi bản sao", "on": "05/11/2026"}


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


@pytest.fixture
def officer(office):
    client = Client()
    client.force_login(office.officer)
    return client


def person_of(petition):
    return petition.paper.signatures.get().petitioner


def page(request, name="data-request", **more):
    return reverse(f"petitions:{name}", kwargs={"pk": request.pk, **more})


def test_the_pages_take_a_request_through(office, officer):
    petition = papers.received(office.unit)
    ask = reverse("petitions:ask-about-data", args=[petition.pk])
    typed = {"petitioner": person_of(petition).pk, **ASKED, "kind": "limit"}
    assert officer.post(ask, {**typed, "kind": ""}).status_code == 422
    assert officer.post(ask, {**typed, "asked_by": "proxy"}).status_code == 422
    sent = officer.post(ask, typed)
    request = DataRequest.objects.get()
    assert sent.url == page(request)
    assert request.number in officer.get(reverse("petitions:data-requests")).content.decode()
    assert officer.get(page(request, "data-request-paper")).status_code == 404
    for slug, data in (
        ("respond", {"on": "03/11/2026", "response": "Đã nhận"}),
        ("extend", {"on": "04/11/2026", "reason": "Nhiều hồ sơ"}),
        ("carry-out", {**ANSWERED, "checked": "on"}),
    ):
        path = page(request, "data-request-act", slug=slug)
        assert officer.get(path).status_code == 200
        assert officer.post(path, {}).status_code == 422
        assert officer.post(path, data).status_code == 302
        assert officer.get(sent.url).status_code == 200
    request = DataRequest.objects.get()
    assert (request.state, request.answer) == ("done", "Gửi bản sao")
    assert officer.get(page(request, "data-request-act", slug="khong")).status_code == 404
    officer.force_login(office.stranger)
    assert officer.get(sent.url).status_code == 404


def test_each_term_stands_once_on_the_page_and_its_day_once_in_it(office, officer):
    petition = papers.received(office.unit)
    request = papers.asked(petition, person_of(petition), "limit", on=date(2026, 11, 2))
    shown = officer.get(page(request)).content.decode()
    assert shown.count("Hạn phản hồi") == 1
    assert shown.count("04/11/2026") == 1
    assert shown.count("17/11/2026") == 1
    other = papers.asked(petition, person_of(petition), "erase", on=date(2026, 11, 2))
    assert "Chưa có quy định được nạp, nên không tính." in officer.get(page(other)).content.decode()


def test_who_came_and_for_whom_is_read_while_the_identity_is_open(office, officer):
    petition = papers.received(office.unit)
    request = papers.asked(
        petition, person_of(petition), asked_by="guardian", agent="Lô Thị Sen", agent_paper="Khai sinh 9"
    )  # fmt: skip
    closed = officer.get(page(request)).content.decode()
    assert "Lô Thị Sen" not in closed
    assert "Họ tên và giấy đang niêm phong." in closed
    open_identity(petition.paper, purpose="subject", actor=office.officer)
    shown = officer.get(page(request)).content.decode()
    assert "Lô Thị Sen, Khai sinh 9" in shown
    assert "Lô Văn Nam" in shown


def test_what_is_not_done_is_told_with_what_it_rests_on_and_printed(office, officer):
    petition = papers.received(office.unit)
    request = papers.asked(petition, person_of(petition), checked=True)
    path = page(request, "data-request-act", slug="carry-out")
    assert "Đã đối chiếu giấy tờ" not in officer.get(path).content.decode()
    assert officer.post(path, {**ANSWERED, "partly": "on"}).status_code == 422
    sent = officer.post(path, {**ANSWERED, "partly": "on", "reason": "Sổ", "basis": "Điều 6"})
    assert sent.status_code == 302
    printed = officer.get(page(request, "data-request-paper"))
    assert "Phần không thực hiện: Sổ" in printed.content.decode()
    assert "no-store" in printed["Cache-Control"]
    assert officer.get(page(request, "data-request-docx")).content[:2] == b"PK"


def test_data_is_mended_and_a_refusal_recorded_by_their_forms(office, officer):
    petition = papers.received(office.unit)
    request = papers.asked(petition, person_of(petition), "mend")
    path = page(request, "data-request-act", slug="carry-out")
    assert officer.post(path, {**ANSWERED, "checked": "on"}).status_code == 422  # no name
    typed = {**ANSWERED, "checked": "on", "name": "Lô Văn Năm"}
    assert officer.post(path, typed).status_code == 302
    erase = papers.asked(petition, person_of(petition), "erase")
    shown = officer.get(page(erase, "data-request-act", slug="carry-out")).content.decode()
    assert "Chỉ thực hiện một phần" not in shown
    path = page(erase, "data-request-act", slug="refuse")
    assert officer.post(path, {"on": "05/11/2026", "reason": "Phải lưu"}).status_code == 422
    typed = {"on": "05/11/2026", "reason": "Phải lưu", "basis": "Luật Lưu trữ Điều 15"}
    assert officer.post(path, typed).status_code == 302
    erase.refresh_from_db()
    assert (erase.state, erase.basis) == ("refused", "Luật Lưu trữ Điều 15")
