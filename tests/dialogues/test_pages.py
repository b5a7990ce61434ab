"""The pages of dialogues: what they show, to whom, and that a refused act keeps what was typed."""

import re
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.urls import reverse

from danvan.commitments.models import FollowCode
from danvan.commitments.selectors import clock_told, commitments_by_source
from danvan.dialogues.enums import State
from danvan.dialogues.models import Dialogue, DialogueConclusion
from danvan.dialogues.selectors import question_numbers
from danvan.dialogues.selectors.reading import SOURCE
from danvan.dialogues.services import (
    cancel_dialogue,
    close_dialogue,
    record_ratings,
    settle_opinion,
)
from danvan.law.services import load_calendar, load_parameters
from danvan.organisations.enums import Follows
from tests.dialogues import talks
from tests.factories.province import Province, make_grant
from tests.once import once, own

pytestmark = pytest.mark.django_db
NAME = "Vi Thị Mai"


def _build():
    load_parameters()
    load_calendar([2026])
    return Province()


_province = once(_build, DANVAN_TODAY=talks.TODAY)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = talks.TODAY


@pytest.fixture
def province(_province):
    return own(_province)


@pytest.fixture
def unit(province):
    return province.committees[0]


@pytest.fixture
def officer(province, client):
    user = make_grant(province.communes[0], "commune_officer")
    client.force_login(user)
    return user


def page(client, name, *args, **asked):
    return client.get(reverse(f"dialogues:{name}", args=args), asked)


def shown(client, name, *args, **asked):
    response = page(client, name, *args, **asked)
    assert response.status_code == 200
    return response.content.decode()


def sent(client, url_name, *args, **typed):
    return client.post(reverse(f"dialogues:{url_name}", args=args), typed)


def test_a_dialogue_goes_from_plan_to_notice_in_the_browsers_forms(client, province, unit, officer):
    response = sent(
        client, "plan", unit=unit.pk, kind="party_head", subject="Rác thải", held_on="14/11/2026",
        starts_at="8h30", place="Nhà văn hóa", shape="meeting", head_name="Kha Nhung",
        co_host="Ủy ban MTTQ Việt Nam Xã Môn Sơn",
    )  # fmt: skip
    one = Dialogue.objects.get()
    assert response.url == reverse("dialogues:card", args=[one.pk])
    assert (f"{one.starts_at:%H:%M}", one.co_host_id) == ("08:30", province.fronts[0].pk)
    steps = [
        ("do-announce", {"on": "04/11/2026", "where": "Trụ sở"}),
        ("do-opinion", {"content": "Đường hỏng", "heard": "before", "name": NAME}),
        ("do-held", {"residents": "1.050", "households": "400"}),
        ("do-rate", {"very_good": "30"}),
        ("do-write", {"text": talks.TEXT}),
    ]
    for name, typed in steps:
        assert sent(client, name, one.pk, **typed).status_code == 302, name
    one.refresh_from_db()
    start = talks.sentences_of(one.conclusion)[1][0]
    assert sent(client, "take-sentence", one.pk, start=start).status_code == 302
    other = talks.sentences_of(one.conclusion)[2][0]
    for name, word in (("no-work", "Chọn lại"), ("take-up-again", "Thêm việc"), ("no-work", "Chọn lại")):  # fmt: skip
        assert sent(client, name, one.pk, start=other).status_code == 302
        assert word in client.get(reverse("dialogues:card", args=[one.pk])).content.decode()
    assert sent(client, "no-work", one.pk, start=other).status_code == 422
    found = DialogueConclusion.objects.get()
    typed = {"title": "Sửa cầu", "product": "Biên bản", "term_n": "20", "term_counted": "WD"}
    for bad in (
        {"no_end": "on"},
        {"term_n": ""},
        {"term_n": "x"},
        {"due_on": "01/10/2026", "term_n": ""},
    ):
        assert sent(
            client, "own", one.pk, found.pk, lead="Ủy ban nhân dân Xã Môn Sơn", **{**typed, **bad}
        ).status_code == 422  # fmt: skip
    wrong = sent(client, "own", one.pk, found.pk, lead="xa mon", **typed)
    assert wrong.status_code == 422
    assert "Có nhiều đơn vị như vậy" in wrong.content.decode()
    assert (
        sent(
            client, "own", one.pk, found.pk, lead="Ủy ban nhân dân Xã Môn Sơn", **typed
        ).status_code
        == 302
    )
    given = commitments_by_source(SOURCE, [found.pk]).get()
    assert clock_told(given).held.words.startswith("20 ngày làm việc từ")
    opinion = one.opinions.get()
    assert (
        sent(client, "settle", one.pk, opinion.pk, way="given", conclusion=found.pk).status_code
        == 302
    )
    assert sent(client, "do-none_above", one.pk).status_code == 302
    assert sent(client, "do-issue", one.pk, on="20/11/2026").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.notice.issued_on) == (State.CONCLUDED, talks.TODAY)
    assert sent(client, "do-close", one.pk).status_code == 422


def test_a_plan_that_cannot_be_keeps_what_was_typed(client, officer):
    response = sent(client, "plan", subject="Rác thải", starts_at="trưa", co_host="không có đâu")
    text = response.content.decode()
    assert response.status_code == 422
    for said in ("Rác thải", "ví dụ 08:00", "Không tìm thấy đơn vị này", "chọn loại đối thoại"):
        assert said in text
    assert not Dialogue.objects.exists()


def test_the_card_says_what_is_due_and_what_nobody_owns(client, province, unit, officer):
    one = talks.written(unit)
    talks.said(one)
    found = talks.taken(one)
    text = shown(client, "card", one.pk)
    for said in (
        "1 kết luận chưa có đơn vị chủ trì",
        "Đủ ngày",
        "Câu chưa thành việc",
        "Còn 1 ý kiến",
    ):
        assert said in text
    talks.owned(found, province.governments[0])
    text = shown(client, "card", one.pk)
    assert "chưa có đơn vị chủ trì" not in text
    assert "Kiểm tra: chưa" in text
    assert "Mã theo dõi" in text


def test_every_state_has_its_page(client, province, unit, officer):
    lead = province.governments[0]
    cancelled = cancel_dialogue(talks.planned(unit), why="Mưa lũ", actor=None)
    assert "Mưa lũ" in shown(client, "card", cancelled.pk)
    late = talks.planned(unit, held_on=date(2026, 11, 21))
    assert "Quá hạn" in shown(client, "card", late.pk)
    one = talks.written(unit)
    talks.owned(talks.taken(one), lead, due_on=None)
    talks.decided(one)
    settle_opinion(talks.said(one), way="above", above="Sở Xây dựng", actor=None)
    record_ratings(one, grades={"very_good": 3}, actor=None)
    assert "1 ý kiến chuyển cấp trên" in shown(client, "card", one.pk)
    assert sent(client, "do-issue", one.pk, on="20/11/2026").status_code == 302
    close_dialogue(one, actor=None)
    text = shown(client, "card", one.pk)
    assert "Dưới 10 phiếu nên chưa hiện" in text
    assert "3/3" not in text
    assert "Khép lại cuộc đối thoại" not in text


def test_a_refused_act_shows_why_and_an_odd_button_does_no_harm(client, unit, officer):
    one = talks.announced(unit)
    refused = sent(client, "do-held", one.pk, residents="12,5")
    assert refused.status_code == 422
    assert "số nguyên" in refused.content.decode()
    assert "lý do hủy" in sent(client, "do-cancel", one.pk).content.decode()
    assert "số" in sent(client, "do-held", one.pk, residents="một").content.decode()
    assert sent(client, "do-move", one.pk, to="1/12/2026", why="Mưa").status_code == 302
    assert sent(client, "take-sentence", one.pk, start="²").status_code == 422
    held = talks.written(unit)
    found = talks.taken(held)
    assert sent(client, "put-back", held.pk, found.pk).status_code == 302
    assert not DialogueConclusion.objects.exists()
    bare = sent(client, "do-issue", held.pk, on="")
    missing = bare.content.decode()
    assert bare.status_code == 422
    assert all(words in missing for words in ("chưa giao cho ai", "vượt thẩm quyền", "vui lòng ghi ngày"))  # fmt: skip


def test_a_name_is_read_by_the_handler_of_the_host_alone(client, province, unit, officer):
    one = talks.held(unit)
    opinion = talks.said(one, name=NAME)
    for name in ("card", "minutes", "list"):
        assert NAME not in shown(client, name, *([one.pk] if name != "list" else []))
    assert NAME in shown(client, "settle", one.pk, opinion.pk)
    client.force_login(make_grant(province.place, "specialist"))
    text = shown(client, "settle", one.pk, opinion.pk)
    assert NAME not in text
    assert "chỉ người xử lý của đơn vị chủ trì" in text
    nameless = talks.said(one)
    assert "Không ghi tên" in shown(client, "settle", one.pk, nameless.pk)


def words_in(response):
    document = docx.Document(BytesIO(b"".join(response)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in document.paragraphs), *cells]


def test_minutes_end_in_the_table_and_hold_no_name(client, province, unit, officer):
    one = talks.written(
        unit, basis="Quy định 11-QĐi/TW", shape_why="Gần dân", co_host_id=province.fronts[0].pk
    )
    first, second, third = (talks.said(one, f"Ý kiến {n}", name=NAME) for n in "abc")
    talks.said(one, "Chưa rõ")
    talks.answered(first)
    found = talks.taken(one)
    talks.owned(found, province.governments[0])
    settle_opinion(second, way="given", conclusion=found, actor=None)
    settle_opinion(third, way="above", above="Sở Xây dựng", actor=None)
    words = "\n".join(words_in(page(client, "minutes-docx", one.pk)))
    for said in ("BIÊN BẢN", "ĐẢNG CỘNG SẢN VIỆT NAM", "Có mặt 186 người", "từ 164 hộ", "Sở Xây dựng", "31/12/2026",
                 "Ủy ban nhân dân Xã Môn Sơn", "Kết luận của người đứng đầu:", "Gần dân"):  # fmt: skip
        assert said in words
    assert NAME not in words
    assert "Biên bản" in shown(client, "minutes", one.pk)


def test_the_notice_says_who_does_what_by_when(client, province, officer):
    government = province.governments[0]
    one = talks.written(government, kind="government", head_title="", head_name="")
    talks.owned(talks.taken(one), government)
    talks.owned(talks.taken(one, 2), government, due_on=None)
    talks.note_none_above(one, actor=None)
    assert "Dự thảo" in shown(client, "card", one.pk)
    draft = "\n".join(words_in(page(client, "notice-docx", one.pk)))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in draft
    assert "Thường xuyên" in draft
    talks.decided(one)
    one = talks.issue_conclusions(one, on=talks.TODAY, actor=None)
    assert "ngày 20 tháng 11 năm 2026" in shown(client, "notice", one.pk)


def test_there_is_no_paper_of_what_was_not_held(client, unit, officer):
    one = talks.announced(unit)
    assert page(client, "minutes", one.pk).status_code == 404


def test_the_list_filters_pages_and_is_a_sheet(client, province, unit, officer):
    written = talks.written(unit)
    talks.said(written)
    talks.taken(written)
    talks.planned(unit, subject="Đất đai", held_on=date(2026, 12, 1), kind="thematic")
    talks.planned(province.committees[1], subject="Của xã khác")
    text = shown(client, "list")
    assert "1 chưa có chủ trì" in text
    assert "Của xã khác" not in text
    assert "Cầu treo" not in shown(client, "list", q="dat dai")
    assert "Đất đai" not in shown(client, "list", loai="party_head")
    assert "Đất đai" not in shown(client, "list", tinh_trang="held", nam="2026")
    assert "Đất đai" in shown(client, "list", don_vi="Xã Môn Sơn")
    assert page(client, "list", don_vi="xã").status_code == 422
    assert "Chưa có cuộc đối thoại nào" in shown(client, "list", q="khongco")
    book = openpyxl.load_workbook(BytesIO(b"".join(page(client, "list-sheet"))))
    rows = list(book.active.values)
    assert [row[4] for row in rows[2:]] == ["Đất đai", "Cầu treo, rác thải"]
    assert rows[3][7:] == (1, 1, 0, 1)
    assert page(client, "list-sheet", nam="x").status_code == 302


def test_a_list_costs_the_same_however_long(client, unit, officer, django_assert_max_num_queries):
    talks.written(unit)
    shown(client, "list")
    for _ in range(3):
        talks.taken(talks.written(unit))
    with django_assert_max_num_queries(20):
        shown(client, "list")


def test_each_host_is_held_against_what_its_head_owes(client, province, unit, officer):
    talks.held(unit)
    talks.planned(province.governments[0], kind="government", held_on=date(2026, 12, 1))
    text = shown(client, "hosts")
    assert "1/2 đơn vị đủ số cuộc" in text
    assert "Thiếu 1 cuộc" in text
    assert "0/2 đơn vị đủ số cuộc" in shown(client, "hosts", nam="2025")
    book = openpyxl.load_workbook(BytesIO(b"".join(page(client, "hosts-sheet", nam="2026"))))
    assert list(book.active.values)[2][2:6] == (0, 1, 1, 1)


def test_a_conclusion_leads_to_its_dialogue(client, province, unit, officer):
    found = talks.taken(talks.written(unit))
    response = page(client, "of-conclusion", found.pk)
    assert response.url.endswith(f"#kl-{found.pk}")
    client.force_login(make_grant(province.communes[1], "commune_officer"))
    assert page(client, "of-conclusion", found.pk).status_code == 404


def test_a_province_looks_for_the_host_by_name(client, province, unit, settings):
    boss = make_grant(province.country, "specialist", follows=Follows.PLACE)
    client.force_login(boss)
    from danvan.dialogues.selectors import reading

    few, reading.FEW = reading.FEW, 1
    try:
        assert "data-typeahead" in shown(client, "plan")
        typed = {
            "unit": "Đảng ủy Xã Môn Sơn", "kind": "party_head", "subject": "x", "held_on": "1/12/2026",
            "place": "y", "shape": "meeting",
        }  # fmt: skip
        assert sent(client, "plan", **typed).status_code == 302
    finally:
        reading.FEW = few
    assert Dialogue.objects.get().unit_id == unit.pk


def test_officers_sort_what_was_sent_and_only_the_host_unit_reads_names(
    client, province, unit, officer
):
    taking = talks.taking(unit)
    (one, _), (two, _) = talks.sent(taking, name="Vi Thị Mai"), talks.sent(taking, "Rác chợ?")
    at = reverse("dialogues:questions", args=[taking.pk])
    page = client.get(at).content.decode()
    assert "Rác chợ?" in page
    assert "2" in page
    refused = client.post(at, {"act": "group"})
    assert refused.status_code == 422
    assert "chọn ít nhất một câu hỏi" in refused.content.decode()
    wrong = client.post(at, {"act": "aside", "questions": [one.pk]})
    assert wrong.status_code == 422
    assert "ghi lý do" in wrong.content.decode()
    assert client.post(at, {"act": "group", "questions": [one.pk]}).status_code == 302
    client.post(at, {"act": "aside", "questions": [two.pk], "why": "Đã trả lời"})
    assert question_numbers(taking) == {"list": 1, "aside": 1}
    row = taking.opinions.get()
    other = talks.said(taking, heard="before")
    act = reverse("dialogues:question-act", args=[taking.pk, row.pk])
    client.post(act, {"viec": "xuong"})
    assert taking.opinions.order_by("place").first() == other
    client.post(act, {"viec": "lạ"})
    assert "sau khi đối thoại" in client.post(act, {"viec": "da-neu"}, follow=True).content.decode()
    assert "Đã trả lời" in client.get(at, {"loai": "khong"}).content.decode()
    assert "Cầu treo" in client.get(at, {"loai": "da-xep"}).content.decode()


def test_the_sheets_to_print_hold_the_address_and_the_codes_once(client, unit, officer):
    taking = talks.taking(unit)
    card = client.get(reverse("dialogues:card", args=[taking.pk])).content.decode()
    door = client.get(reverse("dialogues:door", args=[taking.pk])).content.decode()
    assert f"/theo-doi/doi-thoai/{taking.number}/" in door
    assert reverse("dialogues:door", args=[taking.pk]) in card
    at = reverse("dialogues:slips", args=[taking.pk])
    assert client.get(at).status_code == 200
    for bad in ("", "0", "101", "ba"):
        assert client.post(at, {"number": bad}).status_code == 422
    sheet = client.post(at, {"number": "4"})
    assert sheet["Cache-Control"].startswith("max-age=0")
    assert sheet.content.decode().count("phieu-ma") == 4
    assert FollowCode.objects.count() == 4
    page, word = sheet.content.decode(), reverse("dialogues:slips-docx", args=[taking.pk])
    [signed] = re.findall(r'name="to_phieu" value="([^"]+)"', page)
    codes = re.findall(r'class="phieu-ma">([^<]+)<', page)
    taken = client.post(word, {"to_phieu": signed})
    assert "no-store" in taken["Cache-Control"]
    paper = docx.Document(BytesIO(taken.content))
    rows = [row.cells[1].text for row in paper.tables[0].rows]
    assert [one for one in codes if not any(f"Mã: {one}" in row for row in rows)] == []
    assert (len(rows), len(paper.inline_shapes)) == (4, 4)
    assert "/theo-doi/ rồi gõ mã" in rows[0]
    assert FollowCode.objects.count() == 4
    other = talks.taking(unit)
    for forged, at_all in ((signed + "x", taking), ("", taking), (signed, other)):
        wrong = reverse("dialogues:slips-docx", args=[at_all.pk])
        refused = client.post(wrong, {"to_phieu": forged}, follow=True)
        assert "vui lòng lập tờ phiếu mới" in refused.content.decode()
    opened = client.post(
        reverse("dialogues:do-open_questions", args=[taking.pk]), {"until": "26/11/2026"}
    )
    assert opened.status_code == 302
    taking.refresh_from_db()
    assert taking.asks_until == date(2026, 11, 26)
