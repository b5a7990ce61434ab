"""The pages of the ledger: what they show, what they send, what they refuse with the form still filled in."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.enums import Ruling, State
from danvan.commitments.models import Commitment, Explanation, Extension, FollowUp
from danvan.commitments.services import (
    add_evidence,
    ask_about,
    ask_extension,
    claim_done,
    start_commitment,
)
from danvan.foundation.files import path_of
from danvan.indicators.services import Source
from danvan.organisations.enums import Kind
from tests.commitments.conftest import PICTURE
from tests.commitments.test_assigning import traces
from tests.factories import DocumentFactory
from tests.factories.province import make_grant, make_organisation, make_place

NAME, CONTENT = PICTURE
LIST = "/viec-phai-lam/"


@pytest.fixture
def as_(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def url(name, *args):
    return reverse(f"commitments:{name}", args=args)


def text(response):
    return response.content.decode()


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_the_list_shows_the_late_first_with_both_days(as_, ledger):
    ledger.one(title="Việc còn hạn", due_on=date(2027, 2, 1))
    late = ledger.one(title="Việc chậm", due_on=date(2026, 11, 1))
    ask_extension(late, until=date(2026, 12, 24), reason="Mưa", actor=None)
    page = text(as_(ledger.leader).get(LIST))
    assert page.index("Việc chậm") < page.index("Việc còn hạn")
    for words in ("Quá hạn 19 ngày", "01/11/2026", "Xin gia hạn", "Ủy ban nhân dân Xã Môn Sơn"):
        assert words in page


def test_filters_stay_until_they_are_cleared(as_, ledger):
    ledger.one(title="Đổ bê tông")
    ledger.one(title="Họp dân", lead_id=ledger.other.pk)
    client = as_(ledger.leader)
    asked = {"q": "hop dan", "muc": "chua-xong", "la": "1"}
    assert len(client.get(LIST, asked).context["lines"]) == 1
    assert len(client.get(LIST).context["lines"]) == 1
    assert len(client.get(LIST, asked).context["lines"]) == 1
    assert len(client.get(LIST, {"bo-loc": "1"}).context["lines"]) == 2
    assert len(client.get(LIST, {"don_vi": "Xã Con Cuông"}).context["lines"]) == 1
    assert "Không có việc nào như vậy" in text(client.get(LIST, {"q": "không có"}))


def test_a_filter_that_cannot_be_understood_says_so(as_, ledger):
    client = as_(ledger.leader)
    few = client.get(LIST, {"don_vi": "Môn Sơn"})
    none = client.get(LIST, {"don_vi": "không đâu"})
    assert (few.status_code, none.status_code) == (422, 422)
    assert "Có nhiều đơn vị như vậy" in text(few)
    assert "Không tìm thấy đơn vị này" in text(none)
    for name in ("list-sheet", "list-print"):
        assert client.get(url(name), {"don_vi": "không đâu"}).status_code == 302
    assert client.get(LIST, {"muc": "la-lam"}).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_queries_at_any_length(as_, ledger, many):
    for _ in range(many):
        ledger.one()
    client = as_(ledger.leader)
    client.get(LIST)
    with CaptureQueriesContext(connection) as counted:
        client.get(LIST)
    assert len(counted) <= 18
    counts = LIST_COSTS.setdefault("list", len(counted))
    assert len(counted) == counts


LIST_COSTS: dict[str, int] = {}


def test_the_list_goes_out_as_excel_and_on_paper(as_, ledger, monkeypatch):
    row = ledger.one(title="=1+1", due_on=date(2026, 11, 1))
    ledger.one(due_on=None)
    client = as_(ledger.leader)
    sheet = openpyxl.load_workbook(BytesIO(client.get(url("list-sheet")).content)).active
    cells = [cell.value for cell in sheet[3]]
    assert cells[:2] == [row.number, "=1+1"]
    assert (cells[6].date(), cells[10]) == (date(2026, 11, 1), 19)
    assert sheet[4][6].value == "Thường xuyên"
    paper = text(client.get(url("list-print")))
    assert "Danh sách việc phải làm" in paper
    assert "Quá hạn 19 ngày" in paper
    monkeypatch.setattr("danvan.commitments.exports.MOST_ROWS", 1)
    monkeypatch.setattr("danvan.commitments.views.lists.MOST_PRINTED", 1)
    short = openpyxl.load_workbook(BytesIO(client.get(url("list-sheet")).content)).active
    assert "Chỉ gồm 1 dòng đầu" in short[2][0].value
    assert "Chỉ in 1 việc đầu" in text(client.get(url("list-print")))


def test_the_card_shows_the_source_sentence_and_leads_to_its_document(as_, ledger):
    source = Source(
        kind="documents.document", id=7, start=1, end=9, sentence="Giao xã", symbol="4-NQ"
    )
    [row] = ledger.assign(source=source)
    page = text(as_(ledger.officer).get(url("card", row.pk)))
    assert "/van-ban/7/" not in page  # there is no such document to open
    paper = DocumentFactory(unit=ledger.assigner)
    [row] = ledger.assign(source=replace(source, id=paper.pk))
    page = text(as_(ledger.officer).get(url("card", row.pk)))
    assert f'<a href="/van-ban/{paper.pk}/"><mark>“Giao xã”</mark></a>' in page
    [row] = ledger.assign(source=Source(kind="dialogues.request", id=7, sentence="Hứa"))
    assert "<mark>“Hứa”</mark></dd>" in text(as_(ledger.officer).get(url("card", row.pk)))


def test_the_page_of_a_source_that_is_not_there_is_left_out(ledger, monkeypatch):
    from danvan.commitments.views import page

    monkeypatch.setitem(page.SOURCE_PAGES, "documents.document", ("nobody:card",))
    [row] = ledger.assign(source=Source(kind="documents.document", id=7))
    assert page.source_url(ledger.officer, row) == ""


def test_evidence_is_sent_and_comes_back_as_it_was(as_, ledger):
    row = ledger.one()
    client = as_(ledger.officer)
    file = SimpleUploadedFile(NAME, CONTENT)
    response = client.post(
        url("add-evidence", row.pk), {"evidence": [file], "caption": "Km 0+400"}, follow=True
    )
    assert said(response) == "Đã thêm minh chứng."
    evidence = row.evidence.get()
    sent = client.get(url("evidence", row.pk, evidence.pk))
    assert b"".join(sent.streaming_content) == CONTENT
    path_of(evidence.file.sha256).unlink()
    assert client.get(url("evidence", row.pk, evidence.pk)).status_code == 404
    wrong = client.post(
        url("add-evidence", row.pk), {"evidence": [SimpleUploadedFile("a.txt", b"xong")]}
    )
    assert (wrong.status_code, row.evidence.count()) == (422, 1)
    assert "không dùng được ở đây" in text(wrong)
    assert "Đồng chí vui lòng chọn tệp" in text(client.post(url("add-evidence", row.pk)))
    many = [SimpleUploadedFile(f"{n}.png", CONTENT) for n in range(11)]
    assert "nhiều nhất 10 tệp" in text(client.post(url("add-evidence", row.pk), {"evidence": many}))


def assignment(ledger, **changes):
    return {
        "assigner": ledger.assigner.pk,
        "title": "Đổ bê tông",
        "lead": "Ủy ban nhân dân Xã Môn Sơn",
        "product": "Biên bản",
        "assigned_on": "20/11/2026",
        "due_on": "31/12/2026",
        **changes,
    }


def test_work_is_given_by_hand_to_one_and_to_several(as_, ledger):
    client = as_(ledger.checker)
    assert client.get(url("assign")).status_code == 200
    response = client.post(url("assign"), assignment(ledger), follow=True)
    row = Commitment.objects.get()
    assert response.redirect_chain == [(url("card", row.pk), 302)]
    assert (row.lead, row.assigned_by, row.due_on) == (
        ledger.lead,
        ledger.checker,
        date(2026, 12, 31),
    )
    others = "Ủy ban nhân dân Xã Con Cuông\n\nỦy ban nhân dân Xã Châu Khê"
    supports = "Ủy ban MTTQ Việt Nam Xã Môn Sơn"
    response = client.post(
        url("assign"), assignment(ledger, others=others, supports=supports), follow=True
    )
    assert said(response) == "Đã giao 3 việc."
    assert Commitment.objects.count() == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "nội dung việc phải làm"),
        ({"lead": ""}, "chọn đơn vị chủ trì"),
        ({"lead": "không đâu"}, "Không tìm thấy đơn vị này trong Sổ đơn vị"),
        ({"lead": "Môn Sơn"}, "Có nhiều đơn vị như vậy"),
        ({"lead": "Môn Sơn", "offer": "999"}, "Có nhiều đơn vị như vậy"),
        ({"others": "không đâu"}, "Chưa rõ “không đâu” là đơn vị nào"),
        ({"others": "x\n" * 201}, "Chưa rõ “x” là đơn vị nào"),  # once, however often
        ({"supports": "Ủy ban nhân dân Xã Môn Sơn"}, "đã chủ trì"),
        ({"assigner": "999"}, "không giao việc được thay mặt đơn vị này"),
        ({"due_on": ""}, "hoặc chọn làm thường xuyên"),
        ({"no_end": "on"}, "chỉ chọn một"),
        ({"due_on": "31/02/2027"}, "chỉ có 28 ngày"),
        ({"due_on": "01/01/2026"}, "trước ngày giao"),
    ],
)
def test_a_form_that_is_wrong_comes_back_filled_in_and_nothing_is_written(
    as_, ledger, changes, words
):
    client, before = as_(ledger.checker), traces()
    response = client.post(url("assign"), assignment(ledger, **changes))
    assert response.status_code == 422
    assert words in text(response)
    assert "Biên bản" in text(response)
    assert traces() == before


def test_a_lead_that_ended_is_refused_on_the_page_and_one_of_several_is_picked(as_, ledger):
    place = make_place("Xã Lục Dạ", under=ledger.province.place, ended=date(2026, 7, 1))
    make_organisation(place, Kind.PEOPLES_COMMITTEE, ended=date(2026, 7, 1))
    client = as_(ledger.checker)
    response = client.post(url("assign"), assignment(ledger, lead="Ủy ban nhân dân Xã Lục Dạ"))
    assert "đã kết thúc từ ngày 01/07/2026" in text(response)
    assert Commitment.objects.count() == 0
    picked = assignment(ledger, lead="Môn Sơn", offer=ledger.support.pk, due_on="", no_end="on")
    client.post(url("assign"), picked)
    row = Commitment.objects.get()
    assert (row.lead, row.due_on) == (ledger.support, None)


def test_the_unit_takes_up_claims_and_the_assigner_checks(as_, ledger):
    row = ledger.one(proof="Ảnh")
    client = as_(ledger.officer)
    response = client.post(url("start", row.pk), {"seen": "0"}, follow=True)
    assert said(response) == "Đã nhận việc."
    assert "Chỉ nhận được việc mới giao" in said(client.post(url("start", row.pk), follow=True))
    claim = {"result": "Đã đổ 1,2 km", "on": "19/11/2026", "seen": "1"}
    refused = client.post(url("claim", row.pk), claim)
    assert (refused.status_code, "cần minh chứng" in text(refused)) == (422, True)
    client.post(url("claim", row.pk), {**claim, "evidence": [SimpleUploadedFile(NAME, CONTENT)]})
    row.refresh_from_db()
    assert (row.state, row.claimed_on) == (State.CLAIMED, date(2026, 11, 19))
    assert "Đơn vị đã báo xong" in text(client.get(url("claim", row.pk)))
    client = as_(ledger.checker)
    client.post(url("check", row.pk), {"finding": "Còn 180 m", "viec": "tra-lai", "seen": "2"})
    row.refresh_from_db()
    assert row.state == State.IN_PROGRESS
    claim_done(row, result="Đủ", actor=ledger.officer)
    stale = client.post(
        url("check", row.pk),
        {"finding": "Đạt", "viec": "xac-nhan", "seen": "3", "on": "20/11/2026"},
    )
    assert "Lô Văn Thắng vừa báo đã xong" in text(stale)
    client.post(url("check", row.pk), {"finding": "Đạt", "viec": "xac-nhan"})
    row.refresh_from_db()
    assert (row.state, row.verified_by) == (State.VERIFIED, ledger.checker)


def test_more_time_is_asked_for_and_decided(as_, ledger):
    row = ledger.one()
    client = as_(ledger.officer)
    asked = {"until": "31/01/2027", "reason": "Mưa lũ"}
    client.post(url("ask-extension", row.pk), asked)
    assert "đang chờ quyết định" in text(client.get(url("ask-extension", row.pk)))
    client = as_(ledger.leader)
    assert "Quyết định gia hạn" in text(client.get(url("extend", row.pk)))
    refused = client.post(url("extend", row.pk), {"viec": "tu-choi"})
    assert "lý do không cho gia hạn" in text(refused)
    client.post(url("extend", row.pk), {"viec": "tu-choi", "words": "Còn thời gian"})
    assert Extension.objects.get().ruling == Ruling.REFUSED
    client.post(
        url("extend", row.pk),
        {"until": "28/02/2027", "words": "Theo Kết luận 12", "document": "KL 12"},
    )
    row.refresh_from_db()
    assert (row.first_due_on, row.due_on) == (date(2026, 12, 31), date(2027, 2, 28))
    page = text(client.get(url("card", row.pk)))
    assert "<s>31/12/2026</s>" in page
    as_(ledger.officer).post(url("ask-extension", row.pk), {**asked, "until": "31/03/2027"})
    without = as_(ledger.leader).post(url("extend", row.pk), {"viec": "dong-y"})
    assert "ghi văn bản quyết định gia hạn" in text(without)
    as_(ledger.leader).post(url("extend", row.pk), {"viec": "dong-y", "document": "KL 12"})
    row.refresh_from_db()
    assert row.due_on == date(2027, 3, 31)


def test_work_given_by_mistake_is_withdrawn(as_, ledger):
    row = ledger.one()
    client = as_(ledger.checker)
    assert client.post(url("withdraw", row.pk), {"words": ""}).status_code == 422
    client.post(url("withdraw", row.pk), {"words": "Giao nhầm"})
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert "Chỉ rút được việc mới giao" in text(client.get(url("withdraw", row.pk)))
    assert "Đã rút" in text(client.get(LIST, {"muc": "tat-ca"}))


def test_an_explanation_is_asked_answered_and_decided_in_one_place(as_, ledger):
    row = ledger.one(due_on=date(2026, 11, 1))
    client = as_(ledger.leader)
    asked = {"question": "Vì sao chậm", "due_on": "27/11/2026"}
    assert client.get(url("ask-explanation", row.pk)).status_code == 200
    client.post(url("ask-explanation", row.pk), asked)
    one = Explanation.objects.get()
    card = url("explanation", one.pk)
    assert "chưa giải trình" in text(client.post(url("rule-explanation", one.pk)))
    client = as_(ledger.officer)
    assert "Vì sao chậm" in text(client.get(card))
    assert client.post(url("answer", one.pk), {"answer": ""}).status_code == 422
    client.post(url("answer", one.pk), {"answer": "Mưa lũ"})
    assert "đã gửi giải trình" in text(client.post(url("answer", one.pk), {"answer": "Nữa"}))
    client = as_(ledger.leader)
    client.post(url("rule-explanation", one.pk), {"viec": "lai", "words": "Nêu thời hạn"})
    as_(ledger.officer).post(url("answer", one.pk), {"answer": "Xong trước 31/12"})
    as_(ledger.leader).post(url("rule-explanation", one.pk), {"viec": "tiep-nhan"})
    one.refresh_from_db()
    assert one.ruling == Ruling.GRANTED
    listed = text(client.get(url("explanations"), {"muc": "da-tiep-nhan"}))
    assert "Đã tiếp nhận" in listed
    assert "Xong trước 31/12" in text(client.get(card))
    assert "Giải trình" in text(client.get(url("card", row.pk)))


def test_many_rows_are_reminded_asked_and_extended_in_one_act(as_, ledger):
    rows = ledger.assign(
        ledger.assignment(due_on=date(2026, 11, 1)),
        ledger.assignment(due_on=date(2026, 11, 1), lead_id=ledger.other.pk),
    )
    client, ids, many = as_(ledger.leader), [row.pk for row in rows], url("many")
    here = f"{url('list')}?muc=qua-han&ben=giao"
    assert "Nhắc 2 đơn vị về 2 việc" in text(client.post(many, {"viec": "nhac", "chon": ids}))
    assert not FollowUp.objects.exists()
    sure = {"viec": "nhac", "chon": ids, "ve": here, "gui": 1}
    assert client.post(many, sure)["Location"] == here
    assert FollowUp.objects.get().parts.count() == 2
    assert "Đã nhắc 2 đơn vị về 2 việc" in said(client.get(here))
    assert client.post(many, {**sure, "ve": "//la.example/x"})["Location"] == url("list")
    form = client.post(many, {"viec": "giai-trinh", "chon": ids})
    assert (form.status_code, "Các việc đã chọn" in text(form)) == (200, True)
    sent = {"viec": "giai-trinh", "chon": ids, "gui": "1", "due_on": "27/11/2026"}
    assert "2 đơn vị giải trình" in said(client.post(many, sent, follow=True))
    again = client.post(many, sent)
    assert (again.status_code, "đã được yêu cầu giải trình" in text(again)) == (422, True)
    assert client.post(many, {**sent, "due_on": ""}).status_code == 422
    longer = {"viec": "gia-han", "chon": ids, "gui": "1", "until": "31/12/2026", "words": "Mưa",
              "document": "KL 12"}  # fmt: skip
    assert "Đã gia hạn 2 việc của 2 đơn vị" in said(client.post(many, longer, follow=True))
    assert set(Commitment.objects.values_list("first_due_on", "due_on")) == {
        (date(2026, 11, 1), date(2026, 12, 31))
    }
    assert client.post(many, {"viec": "lạ", "chon": ids}).status_code == 302


def test_an_act_on_many_needs_rows_and_only_ones_own(as_, ledger):
    row, before = ledger.one(), traces()
    client = as_(ledger.leader)
    assert "chưa chọn việc nào" in said(client.post(url("many"), {"viec": "nhac"}, follow=True))
    client = as_(make_grant(ledger.other, "specialist"))
    answer = client.post(url("many"), {"viec": "nhac", "chon": [row.pk]}, follow=True)
    assert "không do đơn vị của đồng chí giao" in said(answer)
    assert traces() == before
    claim_done(start_commitment(row, actor=None), result="Xong", actor=None)
    client = as_(ledger.leader)
    answer = client.post(url("many"), {"viec": "nhac", "chon": [row.pk], "gui": "1"})
    assert (answer.status_code, "không cần nhắc" in text(answer)) == (422, True)


def test_every_tab_and_state_is_shown(as_, ledger):
    row = ledger.one(due_on=date(2026, 11, 20))
    claimed = claim_done(ledger.one(), result="Xong", actor=ledger.officer)
    add_evidence(row, name=NAME, content=CONTENT, actor=ledger.officer)
    ask_about([row], question="", due_on=date(2026, 12, 1), actor=ledger.leader)
    client = as_(ledger.leader)
    assert "Hạn hôm nay" in text(client.get(LIST, {"muc": "sap-den-han"}))
    assert "Chờ kiểm tra" in text(client.get(LIST, {"muc": "cho-kiem-tra"}))
    page = text(client.get(url("card", claimed.pk)))
    assert "Kiểm tra" in page
    for one in (row, claimed):
        assert client.get(url("check", one.pk)).status_code == 200
    assert "Chờ đơn vị trả lời" in text(client.get(url("explanations")))
    assert "Không có giải trình nào" in text(client.get(url("explanations"), {"muc": "cho-y-kien"}))
    officer = as_(ledger.officer)
    assert "Báo xong" in text(officer.get(url("card", row.pk)))
    empty = as_(make_grant(ledger.province.communes[2], "commune_officer"))
    assert "Việc được giao cho đơn vị của đồng chí" in text(empty.get(LIST))
