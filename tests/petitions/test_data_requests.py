"""What people ask about their own data: its clocks, its acts, and that an erased person is gone for good."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from danvan.foundation.errors import KeyDestroyed
from danvan.foundation.sealing import unseal
from danvan.law.selectors import clocks
from danvan.petitions.holders import DataRequestClocks, DataRequestHolder
from danvan.petitions.jobs import erase_petitioners
from danvan.petitions.models import DataRequest, Paper, Petitioner
from danvan.petitions.services import (
    PersonDraft,
    carry_out_data_request,
    extend_data_request,
    receive_data_request,
    refuse_data_request,
    respond_to_data_request,
    withdraw_petition,
)
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ON = date(2026, 11, 2)  # a Monday: two working days end on the 4th


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def asked(office, kind="erase", *, closed=True, **more):
    petition = papers.received(
        office.unit, papers.matter("proposal", "Xây cầu", text="Tôi là Nam"), **more
    )
    if closed:
        withdraw_petition(petition, on=date(2026, 10, 20), actor=None)
    person = petition.paper.signatures.get().petitioner
    return receive_data_request(petition, person, kind=kind, on=ON, actor=None)


def fresh(request):
    return DataRequest.objects.get(pk=request.pk)


def test_a_request_has_its_two_clocks_by_the_law_of_its_day(office):
    request = asked(office)
    held = (
        clocks().filter(subject_kind="petitions.datarequest", subject_id=request.pk).order_by("pk")
    )
    assert [(one.name, one.due_on) for one in held] == [
        ("respond", date(2026, 11, 4)), ("carry-out", date(2026, 11, 17)),
    ]  # fmt: skip
    respond_to_data_request(request, on=date(2026, 11, 3), actor=None)
    extend_data_request(fresh(request), reason="Nhiều hồ sơ", on=date(2026, 11, 10), actor=None)
    assert held.get(name="carry-out").due_on == date(2026, 12, 2)
    again = papers.refused(extend_data_request, fresh(request), reason="Nữa", on=date(2026, 11, 12))
    assert "một lần" in again.message
    refuse_data_request(
        fresh(request), reason="Hồ sơ phải lưu theo luật", on=date(2026, 11, 13), actor=None
    )
    assert fresh(request).state == "refused"
    assert not held.filter(ended_on=None).exists()


def test_before_the_law_no_day_is_computed(office, settings):
    settings.DANVAN_TODAY = date(2025, 12, 31)
    petition = papers.received(office.unit, on=date(2025, 12, 1))
    person = petition.paper.signatures.get().petitioner
    request = receive_data_request(petition, person, kind="see", on=date(2025, 12, 31), actor=None)
    assert not clocks().filter(subject_kind="petitions.datarequest", subject_id=request.pk).exists()
    carry_out_data_request(request, on=date(2025, 12, 31), actor=None)
    assert fresh(request).state == "done"


def test_an_erased_person_cannot_be_read_any_more_and_what_the_office_did_stays(office):
    request = asked(office)
    paper, person = request.petition.paper, request.petitioner
    carry_out_data_request(request, on=date(2026, 11, 9), actor=None)
    person = Petitioner.objects.select_related("key").get(pk=person.pk)
    with pytest.raises(KeyDestroyed):
        unseal(person.key, person.name, name="petitioner.name")
    assert (person.id_mark, bytes(person.name_mark), person.erased_on) == (None, b"", papers.TODAY)
    petition = papers.fresh(request.petition)
    assert (petition.title, petition.text, petition.state) == ("Xây cầu", "", "withdrawn")
    assert Paper.objects.get(pk=paper.pk).signatures.count() == 1
    shown = papers.refused(receive_data_request, petition, person, kind="see", on=ON)
    assert "đã được xóa" in shown.message


def test_the_same_number_is_another_person_after_erasing(office):
    request = asked(office)
    carry_out_data_request(request, on=date(2026, 11, 9), actor=None)
    other = papers.received(office.unit).paper.signatures.get().petitioner
    assert other.pk != request.petitioner_id


def test_data_of_an_open_petition_is_not_erased(office):
    request = asked(office, closed=False)
    refused = papers.refused(carry_out_data_request, request, on=date(2026, 11, 9))
    assert request.petition.number in refused.message
    assert Petitioner.objects.get(pk=request.petitioner_id).erased_on is None


def test_a_paper_that_others_signed_too_keeps_its_words(office):
    both = (papers.NAM, PersonDraft(name="Vi Thị Hoa", id_number="040190005678"))
    petition = papers.received(
        office.unit, papers.matter("proposal", "Cầu", text="Chúng tôi"), persons=both, people=2
    )
    withdraw_petition(petition, on=date(2026, 10, 20), actor=None)
    first = petition.paper.signatures.first().petitioner
    request = receive_data_request(petition, first, kind="erase", on=ON, actor=None)
    carry_out_data_request(request, on=date(2026, 11, 9), actor=None)
    assert papers.fresh(petition).text == "Chúng tôi"


def test_data_is_mended_and_found_by_its_new_number(office):
    request = asked(office, kind="mend")
    none = papers.refused(carry_out_data_request, request, on=date(2026, 11, 9))
    assert "dữ liệu đúng" in none.message
    right = PersonDraft(name="Lô Văn Năm", id_number="040090009999")
    carry_out_data_request(request, on=date(2026, 11, 9), draft=right, actor=None)
    person = Petitioner.objects.select_related("key").get(pk=request.petitioner_id)
    assert unseal(person.key, person.name, name="petitioner.name") == "Lô Văn Năm"
    found = papers.received(office.unit, persons=(right,)).paper.signatures.get().petitioner
    assert found.pk == person.pk


def test_a_number_of_somebody_else_is_refused(office):
    papers.received(office.unit, persons=(PersonDraft(name="Hoa", id_number="040190005678"),))
    request = asked(office, kind="mend")
    taken = PersonDraft(name="Nam", id_number="040190005678")
    refused = papers.refused(carry_out_data_request, request, on=date(2026, 11, 9), draft=taken)
    assert "người khác" in refused.message


def test_what_cannot_be_is_told_at_once(office):
    petition = papers.received(office.unit)
    stranger = (
        papers.received(office.unit, persons=(PersonDraft(name="Hoa"),))
        .paper.signatures.get()
        .petitioner
    )
    refused = papers.refused(
        receive_data_request,
        petition,
        stranger,
        kind="x",
        on=date(2026, 12, 1),
        actor=office.stranger,
    )
    assert {fault.column for fault in refused.faults} == {"on", "kind", "petitioner"}
    request = asked(office)
    respond_to_data_request(request, on=ON, actor=None)
    assert "không ghi bước này" in papers.refused(respond_to_data_request, request, on=ON).message
    assert (
        "vừa sửa" in papers.refused(refuse_data_request, request, reason="x", on=ON, seen=0).message
    )


def test_who_petitioned_long_ago_is_erased_by_the_daily_job(office, settings):
    old = papers.received(office.unit, on=date(2026, 1, 5))
    withdraw_petition(old, symbol="Đơn rút", on=date(2026, 1, 6), actor=None)
    papers.received(office.unit, persons=(PersonDraft(name="Hoa"),))
    settings.DANVAN_TODAY = date(2036, 1, 1)
    erase_petitioners()
    assert not Petitioner.objects.exclude(erased_on=None).exists()
    settings.DANVAN_TODAY = date(2036, 2, 1)
    settings.DANVAN_KEEP_PETITIONERS_YEARS = 0
    erase_petitioners()
    assert not Petitioner.objects.exclude(erased_on=None).exists()
    settings.DANVAN_KEEP_PETITIONERS_YEARS = 10
    erase_petitioners()
    erased = Petitioner.objects.exclude(erased_on=None)
    assert [one.pk for one in erased] == [old.paper.signatures.get().petitioner_id]


def test_its_unit_and_its_clocks_know_it(office):
    request = asked(office)
    holder = DataRequestHolder()
    assert [holder.title(one) for one in holder.open_rows(papers.TODAY)] == [request.number]
    clocks_of = DataRequestClocks()
    assert clocks_of.titles([request.pk]) == {request.pk: request.number}
    clocks_of.moved([], actor=None)
    clocks_of.look_again(on=papers.TODAY)


def test_the_pages_take_a_request_through(office):
    client = Client()
    client.force_login(office.officer)
    petition = papers.received(office.unit)
    ask = reverse("petitions:ask-about-data", args=[petition.pk])
    person = petition.paper.signatures.get().petitioner_id
    assert client.post(ask, {"petitioner": person, "kind": ""}).status_code == 422
    sent = client.post(ask, {"petitioner": person, "kind": "mend", "on": "02/11/2026"})
    request = DataRequest.objects.get()
    assert sent.url == reverse("petitions:data-request", args=[request.pk])
    assert request.number in client.get(reverse("petitions:data-requests")).content.decode()
    for slug, data in (
        ("respond", {"on": "03/11/2026"}),
        ("extend", {"on": "04/11/2026", "reason": "Nhiều hồ sơ"}),
        ("carry-out", {"on": "05/11/2026", "name": "Lô Văn Năm"}),
    ):
        path = reverse("petitions:data-request-act", args=[request.pk, slug])
        assert client.get(path).status_code == 200
        assert client.post(path, {}).status_code == 422
        assert client.post(path, data).status_code == 302
        assert client.get(sent.url).status_code == 200
    assert fresh(request).state == "done"
    assert (
        client.get(reverse("petitions:data-request-act", args=[request.pk, "khong"])).status_code
        == 404
    )
    client.force_login(office.stranger)
    assert client.get(sent.url).status_code == 404
