"""What the pages of citizen reception show and take in: the schedule, a day, a visit, the register and its five exits."""

from datetime import date

import pytest
from django.test import Client

from danvan.commitments.models import Commitment
from danvan.petitions.models import (
    ReceptionDay,
    ReceptionVisit,
)
from danvan.petitions.reception_enums import MatterWay
from danvan.petitions.services.reception import write_conclusion
from tests.once import once, own
from tests.petitions import papers, receptions
from tests.petitions.exits import page, person, words

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def sent(unit, **more):
    return {
        "unit": unit.pk, "held_on": "16/11/2026", "language": "vi", "name": "Vừ A Dua", "people": "1",
        "m1_kind": "proposal", "m1_title": "Sửa cầu treo", "m1_way": "received", **more,
    }  # fmt: skip


def test_days_are_planned_posted_and_printed_from_the_pages(office):
    bad = page(
        office.officer,
        "plan",
        data={"unit": office.unit.pk, "days": "31/02/2026, x", "ground": "periodic"},
    )
    assert bad.status_code == 422
    assert "ghi địa điểm" in bad.content.decode()
    data = {
        "unit": office.unit.pk,
        "days": "10/12/2026, 24/12/2026",
        "place": "Trụ sở",
        "ground": "periodic",
        "starts_at": "08:00",
    }
    made = page(office.officer, "plan", data=data)
    assert "Đã lập 2 buổi tiếp" in made.content.decode()
    assert "LỊCH TIẾP CÔNG DÂN" in made.content.decode()
    told = page(
        office.officer,
        "post-month",
        office.unit.pk,
        "2026-12",
        data={"on": "20/11/2026", "where": ""},
    )
    assert "niêm yết, công bố ở đâu" in told.content.decode()
    page(
        office.officer,
        "post-month",
        office.unit.pk,
        "2026-12",
        data={"on": "20/11/2026", "where": "Cổng"},
    )
    assert set(ReceptionDay.objects.values_list("state", flat=True)) == {"posted"}
    word = page(office.officer, "schedule", office.unit.pk, "2026-12", query="?tai=word")
    assert "10/12/2026" in words(word)
    for month in ("2026", "khong-co", "2026-11"):
        assert page(office.officer, "schedule", office.unit.pk, month).status_code == 404
    listed = page(office.officer, "list", query="?thang=2026-12").content.decode()
    assert "Đủ" in listed
    assert "Số ngày tiếp của người đứng đầu" in listed
    assert page(office.officer, "list", query="?thang=xx").status_code == 422


def test_each_act_of_a_day_is_done_from_its_page(office):
    day = receptions.planned(office.unit, receptions.DAY, online=True)
    refused = page(office.officer, "do-hold", day.pk, data={"received": "other"})
    assert refused.status_code == 422
    assert "ai đã tiếp thay" in refused.content.decode()
    for name, data, done in (
        ("do-post", {"on": "02/11/2026", "where": "Cổng"}, "Đã ghi niêm yết"),
        ("do-online", {"invited_on": "02/11/2026"}, "Đã ghi các bước"),
        ("do-hold", {"received": "head"}, "Đã ghi buổi tiếp"),
        ("do-write", {"text": "Giao Phòng Kinh tế đo lại đất. Cảm ơn bà con."}, "Đã ghi kết luận"),
    ):
        who = office.head if name == "do-write" else office.officer
        assert done in page(who, name, day.pk, data=data).content.decode(), name
    assert page(office.head, "sentence", day.pk, "khac", data={}).status_code == 404
    assert page(office.head, "sentence", day.pk, "tach", data={"start": "x"}).status_code == 422
    assert (
        "Đã tách"
        in page(office.head, "sentence", day.pk, "tach", data={"start": "0"}).content.decode()
    )
    start = day.conclusions.get().end + 1
    page(office.head, "sentence", day.pk, "khong-phai-viec", data={"start": str(start)})
    row = day.conclusions.get()
    assert page(office.head, "own", day.pk, row.pk).status_code == 200
    assert page(office.head, "own", day.pk, row.pk, data={}).status_code == 422
    [name] = [office.unit.versions.get().name] if hasattr(office.unit, "versions") else [""]
    data = {
        "title": "Đo lại đất",
        "lead": name,
        "lead_id": office.unit.pk,
        "product": "Biên bản",
        "due_on": "20/12/2026",
    }
    given = page(office.head, "own", day.pk, row.pk, data=data)
    assert "Đã giao việc" in given.content.decode()
    assert Commitment.objects.get().source_id == row.pk
    assert page(office.head, "put-back", day.pk, row.pk, data={}).status_code == 422
    assert "Buổi tiếp" in page(office.officer, "of-conclusion", row.pk).content.decode()
    assert "Đo lại đất" in words(page(office.officer, "notice", day.pk, query="?tai=word"))
    done = page(office.head, "do-issue", day.pk, data={"on": "20/11/2026"})
    assert "Đã ra thông báo" in done.content.decode()
    later = receptions.planned(office.unit, date(2026, 12, 10))
    assert page(office.officer, "notice", later.pk).status_code == 404
    moved = page(
        office.officer,
        "do-postpone",
        later.pk,
        data={"to": "15/12/2026", "why": "Họp", "on": "20/11/2026", "where": "Cổng"},
    )
    assert "Đã đổi ngày" in moved.content.decode()
    assert (
        "Đã hủy"
        in page(office.officer, "do-cancel", later.pk, data={"why": "Bão"}).content.decode()
    )


def test_a_sentence_taken_out_by_mistake_is_put_back(office):
    day = receptions.held(office.unit)
    write_conclusion(day, text="Giao đo lại đất.", actor=None)
    page(office.head, "sentence", day.pk, "tach", data={"start": "0"})
    assert (
        "Đã bỏ"
        in page(office.head, "put-back", day.pk, day.conclusions.get().pk, data={}).content.decode()
    )


def test_a_visit_is_written_down_with_its_matters_and_every_fault_beside_its_field(office):
    day = receptions.held(office.unit)
    assert "16/11/2026" in page(office.officer, "record", query=f"?buoi={day.pk}").content.decode()
    assert page(office.officer, "record", query="?buoi=x").status_code == 200
    bad = page(
        office.officer,
        "record",
        data=sent(office.unit, m1_title="", m1_way="", m2_title="B", name=""),
    )
    text = bad.content.decode()
    assert bad.status_code == 422
    assert "tóm tắt nội dung" in text
    assert "họ tên người đến" in text
    assert "Đồng chí vui lòng chọn cách xử lý" in text
    assert not ReceptionVisit.objects.exists()
    data = sent(
        office.unit, day=str(day.pk), people="6", others="Vừ A Tủa\nVừ Thị Mỷ", m2_kind="feedback", m2_title="Rác chợ",
        m2_way="guided", m2_guided_to="Ban quản lý chợ", m3_kind="proposal", m3_title="Đèn đường", m3_way="later",
        m3_answer_on="25/11/2026",
    )  # fmt: skip
    made = page(office.officer, "record", data=data)
    text = made.content.decode()
    assert "Đoàn đông người: 6 người" in text
    assert "Vừ A" not in text
    visit = ReceptionVisit.objects.get()
    assert visit.day == day
    assert visit.paper.signatures.filter(representative=True).count() == 3
    later = visit.matters.get(way="later")
    assert (
        "ghi đã trả lời thế nào"
        in page(
            office.officer, "answer", visit.pk, later.pk, data={"on": "20/11/2026"}
        ).content.decode()
    )
    assert (
        "Đã ghi trả lời"
        in page(
            office.officer, "answer", visit.pk, later.pk, data={"on": "20/11/2026", "answer": "Có"}
        ).content.decode()
    )
    once = page(office.officer, "receipt", visit.pk, data={})
    assert "GIẤY BIÊN NHẬN" in once.content.decode()
    kept = [once, page(office.officer, "visit", visit.pk), page(office.officer, "register")]
    kept += [page(office.officer, f"register-{one}") for one in ("print", "sheet", "docx")]
    assert {each["Cache-Control"] for each in kept} == {"no-store, private"}
    assert "Mã theo dõi" in once.content.decode()
    assert "Viết lại và in" in page(office.officer, "visit", visit.pk).content.decode()
    assert "Mã theo dõi" in page(office.officer, "receipt", visit.pk, data={}).content.decode()
    other = receptions.visited(office.unit)
    assert "Mã theo dõi" in words(page(office.officer, "receipt", other.pk, data={"tai": "word"}))


def test_one_more_matter_is_asked_for_without_losing_what_was_typed(office):
    data = sent(
        office.unit, m3_kind="feedback", m3_title="Rác chợ", m3_way="guided", m3_guided_to="Chợ"
    )
    more = page(office.officer, "record", data={**data, "matters": "3", "them": "1"})
    text = more.content.decode()
    assert (more.status_code, "Nội dung 4" in text, "Nội dung 5" in text) == (200, True, False)
    for kept in ("Rác chợ", 'name="matters" value="4"', data["name"]):
        assert kept in text, kept
    assert not ReceptionVisit.objects.exists()
    data |= {"matters": "4", "m4_kind": "feedback", "m4_title": "Đèn", "m4_way": "guided", "m4_guided_to": "Điện lực"}  # fmt: skip
    page(office.officer, "record", data=data)
    assert ReceptionVisit.objects.get().matters.filter(title="Đèn").exists()
    most = page(office.officer, "record", data={**data, "matters": "99", "them": "1"})
    text = most.content.decode()
    assert ("Nội dung 20" in text, "Nội dung 21" in text, "Thêm nội dung" in text) == (
        True,
        False,
        False,
    )
    assert page(office.officer, "record", data={"matters": "x", "them": "1"}).status_code == 200


def test_a_refusal_on_paper_is_printed_and_told(office):
    no = receptions.matter(way=MatterWay.REFUSED)
    visit = receptions.visited(office.unit, no, refusal="9.3", refusal_why="Kéo dài")
    assert "19/11/2026" in page(office.officer, "visit", visit.pk).content.decode()
    assert "Kéo dài" in page(office.officer, "refusal", visit.pk).content.decode()
    assert "Số: ........" in page(office.officer, "refusal", visit.pk).content.decode()
    assert (
        "ghi số"
        in page(
            office.officer, "refusal-told", visit.pk, data={"on": "20/11/2026"}
        ).content.decode()
    )
    told = page(
        office.officer, "refusal-told", visit.pk, data={"on": "20/11/2026", "symbol": "3/TB"}
    )
    assert "Đã gửi thông báo 3/TB" in told.content.decode()
    oral = receptions.visited(office.unit, no, refusal="9.1", refusal_why="Say")
    assert page(office.officer, "refusal", oral.pk).status_code == 404


def test_home_tells_what_waits_in_reception(office):
    receptions.planned(office.unit, date(2026, 11, 10))
    receptions.planned(office.unit, date(2026, 12, 1))
    receptions.planned(office.unit, date(2026, 11, 24), ground="hot", why="Cháy chợ")
    day = receptions.held(office.unit)
    write_conclusion(day, text="Giao đo lại đất.", actor=None)
    receptions.visited(
        office.unit, receptions.matter(way=MatterWay.REFUSED), refusal="9.3", refusal_why="A"
    )
    receptions.visited(
        office.unit, receptions.matter("Trả lời A", MatterWay.LATER, answer_on=date(2026, 11, 19))
    )
    client = Client()
    client.force_login(office.officer)
    text = client.get("/").content.decode()
    for part in (
        "Chưa ghi đã tiếp",
        "Niêm yết lịch",
        "Người đứng đầu tiếp công dân",
        "Chưa ra thông báo",
        "Thông báo từ chối",
        "Trả lời A",
    ):
        assert part in text, part


def test_the_page_behind_a_receipt_tells_each_matter_and_no_name(office):
    from danvan.petitions.services.reception import write_receipt

    visit = receptions.visited(office.unit, persons=(person(1),))
    _, slip = write_receipt(visit, actor=None)
    text = Client().get("/theo-doi/", {"ma": slip.code}).content.decode()
    assert "Chờ phân loại" in text
    assert "Vừ A Số" not in text


def test_the_schedule_names_the_instrument_below_the_table_once(office):
    shown = page(office.officer, "list").content.decode()
    assert shown.count("Luật 136/2025/QH15") == 1
    assert shown.count("chưa đọc được toàn văn") == 1
    assert "theo báo chí" not in shown
