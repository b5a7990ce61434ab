"""What people ask about their own data: its clocks, its acts, and that an erased person is gone for good."""

from datetime import date

import pytest

from danvan.foundation.errors import KeyDestroyed
from danvan.foundation.sealing import unseal
from danvan.law.parameter_file import ParameterRow
from danvan.law.selectors import clocks
from danvan.law.services import set_parameter
from danvan.petitions.data_papers import answer_paper
from danvan.petitions.holders import DataRequestClocks, DataRequestHolder
from danvan.petitions.jobs import erase_petitioners
from danvan.petitions.models import DataRequest, Paper, Petitioner
from danvan.petitions.reception_enums import MatterWay
from danvan.petitions.selectors import data_request_acts, data_request_told
from danvan.petitions.sender_marks import DOTS
from danvan.petitions.services import (
    DataAnswer,
    DataRequestDraft,
    PersonDraft,
    carry_out_data_request,
    extend_data_request,
    open_identity,
    receive_data_request,
    refuse_data_request,
    respond_to_data_request,
    withdraw_petition,
)
from tests.once import once, own
from tests.petitions import papers, receptions

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ON = date(2026, 11, 2)  # a Monday: two working days end on the 4th


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def asked(office, kind="erase", *, closed=True, draft=None, **more):
    petition = papers.received(
        office.unit, papers.matter("proposal", "Xây cầu", text="Tôi là Nam"), **more
    )
    if closed:
        withdraw_petition(petition, on=date(2026, 10, 20), actor=None)
    person = petition.paper.signatures.get().petitioner
    return papers.asked(petition, person, kind, on=ON, **(draft or {}))


def done(request, told=papers.DONE, **more):
    return carry_out_data_request(
        request, **{"told": told, "checked": True, "on": date(2026, 11, 9), "actor": None, **more}
    )


def fresh(request):
    return DataRequest.objects.get(pk=request.pk)


def running(request):
    held = clocks().filter(subject_kind="petitions.datarequest", subject_id=request.pk)
    return [(one.name, one.due_on) for one in held.order_by("pk")]


def test_a_request_has_its_two_clocks_by_the_law_of_its_day(office):
    request = asked(office, "limit")
    assert running(request) == [("respond", date(2026, 11, 4)), ("carry-out", date(2026, 11, 17))]
    respond_to_data_request(request, response="Đã nhận", on=date(2026, 11, 3), actor=None)
    extend_data_request(fresh(request), reason="Nhiều hồ sơ", on=date(2026, 11, 10), actor=None)
    assert running(request)[1] == ("carry-out", date(2026, 12, 2))
    again = papers.refused(extend_data_request, fresh(request), reason="Nữa", on=date(2026, 11, 12))
    assert "một lần" in again.message
    kept = DataAnswer(reason="Hồ sơ phải lưu", basis="Luật Lưu trữ Điều 15", symbol="12/TB-UBND")
    refuse_data_request(fresh(request), told=kept, on=date(2026, 11, 13), actor=None)
    ended = fresh(request)
    assert (ended.state, ended.reason, ended.basis, ended.symbol, ended.longer_why) == (
        "refused", "Hồ sơ phải lưu", "Luật Lưu trữ Điều 15", "12/TB-UBND", "Nhiều hồ sơ",
    )  # fmt: skip
    held = clocks().filter(subject_kind="petitions.datarequest", subject_id=request.pk)
    assert not held.filter(ended_on=None).exists()


def test_where_others_must_stop_too_the_term_is_theirs(office):
    request = asked(office, "limit", draft={"others": True})
    assert running(request)[1] == ("carry-out", date(2026, 11, 23))  # the 22nd is a Sunday
    assert not asked(office, "see", draft={"others": True}).others


@pytest.mark.parametrize("kind", ["see", "mend", "erase"])
def test_of_a_right_whose_term_is_not_loaded_nothing_is_computed_nor_extended(office, kind):
    request = asked(office, kind)
    assert running(request) == [("respond", date(2026, 11, 4))]
    told = data_request_told(office.officer, request).terms
    assert told == [("Phản hồi", "02 ngày làm việc từ 02/11/2026: 04/11/2026"), ("Thực hiện", "")]
    request = respond_to_data_request(request, response="Đã nhận", on=ON, actor=None)
    assert data_request_acts(office.officer, request) == ["carry-out", "refuse"]
    refused = papers.refused(extend_data_request, request, reason="Nhiều", on=ON)
    assert "Chưa có quy định được nạp" in refused.message


def test_a_loaded_term_runs_but_is_not_extended_without_a_row_for_that(office):
    row = ParameterRow(
        1, "data.subject.see", "Xem", 10, 1, "D", "", date(2026, 1, 1), None, "Thử", "N"
    )
    set_parameter(row, end_former=False, actor=None)
    request = asked(office, "see")
    assert running(request)[1] == ("carry-out", date(2026, 11, 12))
    request = respond_to_data_request(request, response="Đã nhận", on=ON, actor=None)
    assert data_request_acts(office.officer, request) == ["carry-out", "refuse"]
    assert "gia hạn" in papers.refused(extend_data_request, request, reason="Nhiều", on=ON).message


def test_before_the_law_no_day_is_computed(office, settings):
    settings.DANVAN_TODAY = date(2025, 12, 31)
    petition = papers.received(office.unit, on=date(2025, 12, 1))
    person = petition.paper.signatures.get().petitioner
    request = papers.asked(petition, person, "limit", on=date(2025, 12, 31))
    assert running(request) == []
    done(request, on=date(2025, 12, 31))
    assert fresh(request).state == "done"


def test_what_was_asked_done_and_answered_is_kept_and_printed(office):
    draft = {"asked_by": "proxy", "agent": "Lô Thị Sen", "agent_paper": "Ủy quyền 07/2026"}
    request = asked(office, "see", draft=draft)
    respond_to_data_request(request, response="Đã nhận, hẹn 09/11", on=ON, actor=None)
    half = DataAnswer(
        answer="Gửi bản sao đơn cho Lô Văn Nam.", measures="Đã sao đơn.", reason="Không đưa ý kiến nội bộ",
        basis="Luật Tiếp cận thông tin Điều 6", symbol="31/TB-UBND",
    )  # fmt: skip
    done(fresh(request), half, partly=True)
    kept = fresh(request)
    assert (kept.state, kept.wanted, kept.asked_by, kept.checked_on, kept.response, kept.answer) == (
        "partly", "Dữ liệu về tôi", "proxy", date(2026, 11, 9), "Đã nhận, hẹn 09/11", "Gửi bản sao đơn cho [họ tên].",
    )  # fmt: skip
    assert b"Sen" not in bytes(kept.agent)
    assert b"07/2026" not in bytes(kept.agent_paper)
    closed = answer_paper(data_request_told(office.officer, kept))
    assert "Nam" not in str(closed)
    assert "Sen" not in str(closed)
    open_identity(kept.petition.paper, purpose="subject", actor=office.officer)
    paper = answer_paper(data_request_told(office.officer, kept))
    assert paper.paragraphs == [
        "Kính gửi: Ông/Bà Lô Văn Nam.",
        (f"Ngày 02/11/2026, {office.unit.versions.get().name} nhận được yêu cầu số {kept.number} của Ông/Bà về dữ liệu cá nhân: "
        "xem, cung cấp dữ liệu của mình. Yêu cầu do ông (bà) Lô Thị Sen nộp thay, theo Ủy quyền 07/2026."),
        "Nội dung yêu cầu: Dữ liệu về tôi",
        "Kết quả: đã thực hiện một phần.",
        "Gửi bản sao đơn cho Lô Văn Nam.",
        "Việc đã làm: Đã sao đơn.",
        "Phần không thực hiện: Không đưa ý kiến nội bộ",
        "Căn cứ: Luật Tiếp cận thông tin Điều 6",
        "Nếu không đồng ý, Ông/Bà có quyền khiếu nại, khởi kiện theo quy định của pháp luật.",
    ]  # fmt: skip
    assert paper.grid.rows == [
        ["Họ tên", "Lô Văn Nam"], ["Địa chỉ", "Bản Xiềng"], ["Số giấy tờ tùy thân", "040090001234"],
        ["Điện thoại", "0912345678"], ["Thư điện tử", "không lưu"],
        [f"Đơn {kept.petition.number}", "Nhận ngày 01/10/2026: Xây cầu"],
    ]  # fmt: skip


def test_what_is_missing_of_an_answer_is_told_at_once_and_nothing_is_done(office):
    request = asked(office, "erase")
    refused = papers.refused(
        carry_out_data_request, request, told=DataAnswer(), partly=True, on=date(2026, 11, 9)
    )
    assert [fault.column for fault in refused.faults] == [
        "reason", "basis", "answer", "measures", "checked", "partly",
    ]  # fmt: skip
    refused = papers.refused(refuse_data_request, request, told=DataAnswer(), on=date(2026, 11, 9))
    assert [fault.column for fault in refused.faults] == ["reason", "basis"]
    kept = fresh(request)
    assert (kept.state, kept.checked_on, kept.answer) == ("received", None, "")
    assert Petitioner.objects.get(pk=request.petitioner_id).erased_on is None


def test_who_comes_for_somebody_is_named_with_their_paper(office):
    petition = papers.received(office.unit)
    person = petition.paper.signatures.get().petitioner
    draft = DataRequestDraft(kind="see", wanted="", asked_by="proxy")
    refused = papers.refused(receive_data_request, petition, person, draft=draft, on=ON)
    assert [fault.column for fault in refused.faults] == ["wanted", "agent", "agent_paper"]
    draft = DataRequestDraft(kind="see", wanted="Xem", asked_by="ai")
    refused = papers.refused(receive_data_request, petition, person, draft=draft, on=ON)
    assert [fault.column for fault in refused.faults] == ["asked_by"]
    assert not DataRequest.objects.exists()


def test_an_erased_person_cannot_be_read_any_more_and_what_the_office_did_stays(office):
    request = asked(office)
    paper, person = request.petition.paper, request.petitioner
    done(request)
    person = Petitioner.objects.select_related("key").get(pk=person.pk)
    with pytest.raises(KeyDestroyed):
        unseal(person.key, person.name, name="petitioner.name")
    assert (person.id_mark, bytes(person.name_mark), person.erased_on) == (None, b"", papers.TODAY)
    petition = papers.fresh(request.petition)
    assert (petition.title, petition.text, petition.state) == ("Xây cầu", "", "withdrawn")
    kept = fresh(request)
    assert (kept.wanted, bytes(kept.agent), kept.answer) == ("", b"", "Đã làm theo yêu cầu.")
    open_identity(paper, purpose="subject", actor=office.officer)
    printed = answer_paper(data_request_told(office.officer, kept))
    assert printed.paragraphs[0] == f"Kính gửi: {DOTS}."
    assert Paper.objects.get(pk=paper.pk).signatures.count() == 1
    shown = papers.refused(papers.asked, petition, person, on=ON)
    assert "đã được xóa" in shown.message


def test_the_same_number_is_another_person_after_erasing(office):
    request = asked(office)
    done(request)
    other = papers.received(office.unit).paper.signatures.get().petitioner
    assert other.pk != request.petitioner_id


def test_data_of_an_open_petition_is_not_erased(office):
    request = asked(office, closed=False)
    refused = papers.refused(done, request)
    assert request.petition.number in refused.message
    assert Petitioner.objects.get(pk=request.petitioner_id).erased_on is None


def test_a_paper_that_others_signed_too_keeps_its_words(office):
    both = (papers.NAM, PersonDraft(name="Vi Thị Hoa", id_number="040190005678"))
    petition = papers.received(
        office.unit, papers.matter("proposal", "Cầu", text="Chúng tôi"), persons=both, people=2
    )
    withdraw_petition(petition, on=date(2026, 10, 20), actor=None)
    first = petition.paper.signatures.first().petitioner
    request = papers.asked(petition, first, "erase", on=ON)
    done(request)
    assert papers.fresh(petition).text == "Chúng tôi"


def test_data_is_mended_and_found_by_its_new_number(office):
    request = asked(office, kind="mend")
    none = papers.refused(done, request)
    assert "dữ liệu đúng" in none.message
    right = PersonDraft(name="Lô Văn Năm", id_number="040090009999")
    told = DataAnswer(answer="Tên đúng là Lô Văn Năm.", measures="Đã sửa.")
    done(request, told, draft=right)
    assert fresh(request).answer == "Tên đúng là [họ tên]."
    person = Petitioner.objects.select_related("key").get(pk=request.petitioner_id)
    assert unseal(person.key, person.name, name="petitioner.name") == "Lô Văn Năm"
    found = papers.received(office.unit, persons=(right,)).paper.signatures.get().petitioner
    assert found.pk == person.pk


def test_a_number_of_somebody_else_is_refused(office):
    papers.received(office.unit, persons=(PersonDraft(name="Hoa", id_number="040190005678"),))
    request = asked(office, kind="mend")
    taken = PersonDraft(name="Nam", id_number="040190005678")
    refused = papers.refused(done, request, draft=taken)
    assert "người khác" in refused.message


def test_what_cannot_be_is_told_at_once(office):
    petition = papers.received(office.unit)
    stranger = (
        papers.received(office.unit, persons=(PersonDraft(name="Hoa"),))
        .paper.signatures.get()
        .petitioner
    )
    refused = papers.refused(
        papers.asked,
        petition,
        stranger,
        "x",
        on=date(2026, 12, 1),
        actor=office.stranger,
    )
    assert {fault.column for fault in refused.faults} == {"on", "kind", "petitioner"}
    request = asked(office)
    empty = papers.refused(respond_to_data_request, request, response=" ", on=ON)
    assert [fault.column for fault in empty.faults] == ["response"]
    respond_to_data_request(request, response="Đã nhận", on=ON, actor=None)
    again = papers.refused(respond_to_data_request, request, response="Lại", on=ON)
    assert "không ghi bước này" in again.message
    assert "vừa sửa" in papers.refused(done, request, seen=0).message


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


def test_who_came_to_a_reception_is_kept_as_long_though_nothing_became_a_petition(office, settings):
    heard = receptions.visited(
        office.unit, receptions.matter(way=MatterWay.ANSWERED, answer="Đã giải thích.")
    )
    [person] = [one.petitioner for one in heard.paper.signatures.all()]
    assert not heard.paper.petitions.exists()
    erase_petitioners()
    assert Petitioner.objects.get(pk=person.pk).erased_on is None
    settings.DANVAN_TODAY = date(2036, 11, 30)
    erase_petitioners()
    assert Petitioner.objects.get(pk=person.pk).erased_on == date(2036, 11, 30)


def test_who_asks_about_their_data_is_not_erased_before_they_are_answered(office, settings):
    request = asked(office, kind="see")
    settings.DANVAN_TODAY = date(2036, 11, 30)
    erase_petitioners()
    assert not Petitioner.objects.exclude(erased_on=None).exists()
    settings.DANVAN_TODAY = papers.TODAY
    done(request)
    settings.DANVAN_TODAY = date(2036, 11, 30)
    erase_petitioners()
    assert Petitioner.objects.get(pk=request.petitioner_id).erased_on is not None


def test_its_unit_and_its_clocks_know_it(office):
    request = asked(office)
    holder = DataRequestHolder()
    assert [holder.title(one) for one in holder.open_rows(papers.TODAY)] == [request.number]
    clocks_of = DataRequestClocks()
    assert clocks_of.titles([request.pk]) == {request.pk: request.number}
    clocks_of.moved([], actor=None)
    clocks_of.look_again(on=papers.TODAY)
