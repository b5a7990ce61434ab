"""Nhật ký công việc: one's own, taken from the record where that has it, shown to the head line by line, never a score."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.activities.services import record_activity
from danvan.commitments.models import WorkEntry
from danvan.commitments.selectors import month_text, work_of, work_offered, work_shown
from danvan.commitments.services import (
    Found,
    Raised,
    Work,
    answer_follow_up,
    follow_up,
    raise_difficulty,
    start_commitment,
    take_work,
    write_work,
)
from danvan.dialogues.services import Plan as DialoguePlan
from danvan.dialogues.services import announce_dialogue, plan_dialogue, record_held
from danvan.documents.services import SessionOutcome, SessionPlan, plan_session, record_session
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.grassroots.models import MatterKind
from danvan.grassroots.services import Draft, enter_matter, load_kinds
from tests.commitments.conftest import TODAY
from tests.commitments.test_pages import as_, said, text  # noqa: F401
from tests.documents.directed import directive_of
from tests.factories.province import make_grant, make_user

NOVEMBER = Period.parse("2026-11")


def test_acts_on_record_are_offered_once_each_and_never_typed_again(ledger):
    row = ledger.one()
    start_commitment(row, actor=ledger.officer)
    act = follow_up([row], kind="watch", found=Found("Đã xem"), actor=ledger.checker)
    answer_follow_up(act.parts.get(), answer="Đã rõ", actor=ledger.officer)
    raise_difficulty(
        Raised("Thiếu kinh phí"), unit_id=ledger.province.fronts[0].pk, actor=ledger.officer
    )
    offers = work_offered(ledger.officer, NOVEMBER)
    assert sorted(one.words for one in offers) == [
        f"Nhận việc: việc {row.number}, {row.title}",
        "Nêu khó khăn, vướng mắc: Thiếu kinh phí",
        f"Trả lời: việc {row.number}, {row.title}",
    ]
    [watched] = work_offered(ledger.checker, NOVEMBER)
    assert watched.words == f"Theo dõi 1 việc: {row.number}"
    taken = take_work({offers[0].key, "lạ:1"}, NOVEMBER, actor=ledger.officer)
    assert (len(taken), len(work_offered(ledger.officer, NOVEMBER))) == (1, 2)
    with pytest.raises(RuleError, match="đã có trong nhật ký"):
        take_work({offers[0].key}, NOVEMBER, actor=ledger.officer)
    with pytest.raises(RuleError, match="đã có trong nhật ký"):
        take_work({watched.key}, NOVEMBER, actor=ledger.officer)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (Work(TODAY, " "), "đã làm việc gì"),
        (Work(TODAY, "x" * 601), "dài quá"),
        (Work(TODAY, "Họp", duty="x" * 201), "dài quá"),
        (Work(date(2026, 11, 21), "Họp"), "chưa đến"),
        (Work(TODAY, "Họp", commitment_id=1), "Không tìm thấy"),
    ],
)
def test_what_cannot_be_is_refused(db, work, words):
    with pytest.raises(RuleError, match=words):
        write_work(work, actor=make_user())
    assert WorkEntry.objects.count() == 0


def test_the_month_as_text(ledger):
    row = ledger.one()
    write_work(Work(TODAY, "Họp bản", "Chương trình tháng 11", row.pk), actor=ledger.officer)
    write_work(Work(date(2026, 11, 3), "Xem hiện trường"), actor=ledger.officer)
    write_work(Work(TODAY, f"Xong việc {row.number}", "", row.pk), actor=ledger.officer)
    told = month_text("Lô Văn Thắng", NOVEMBER, work_of(ledger.officer, NOVEMBER))
    assert told.split("\n") == [
        "NHẬT KÝ CÔNG VIỆC THÁNG 11/2026", "Đồng chí Lô Văn Thắng", "",
        "Ngày 03/11/2026", "- Xem hiện trường", "",
        "Ngày 20/11/2026", f"- Họp bản (Chương trình tháng 11; việc {row.number})",
        f"- Xong việc {row.number}",
    ]  # fmt: skip
    assert month_text("A", NOVEMBER, []).endswith("Chưa ghi việc nào.")


def test_a_head_reads_only_what_people_of_their_own_unit_show(as_, ledger):  # noqa: F811
    head = make_grant(ledger.province.communes[0], "leader")
    write_work(Work(TODAY, "Cho đọc", shown=True), actor=ledger.officer)
    write_work(Work(TODAY, "Của riêng"), actor=ledger.officer)
    assert [one.words for one in work_shown(head, NOVEMBER)] == ["Cho đọc"]
    # The province's leader reaches the commune, but is not the head there.
    assert list(work_shown(ledger.leader, NOVEMBER)) == []
    page = text(as_(head).get(reverse("commitments:work-shown")))
    assert ("Cho đọc" in page, "Của riêng" in page) == (True, False)


def test_the_pages_of_a_log(as_, ledger):  # noqa: F811
    row = ledger.one()
    start_commitment(row, actor=ledger.officer)
    client = as_(ledger.officer)
    log = reverse("commitments:work-log")
    assert "Phần mềm đã ghi" in text(client.get(log))
    for asked in ("2026-10", "2026", "lạ", "2027-01"):
        assert client.get(log, {"thang": asked}).status_code == 200
    refused = client.post(log, {"on": "", "words": "", "number": "CK-1"})
    assert (refused.status_code, "Không tìm thấy việc" in text(refused)) == (422, True)
    sent = {"on": "20/11/2026", "words": "Họp bản", "number": row.number}
    assert "Đã ghi vào nhật ký" in said(client.post(log, sent, follow=True))
    [offer] = work_offered(ledger.officer, NOVEMBER)
    take = reverse("commitments:take-work") + "?thang=2026-11"
    assert "chưa chọn việc nào" in said(client.post(take, follow=True))
    taken = client.post(take, {"chon": [offer.key], "shown": "on"}, follow=True)
    assert "Đã đưa 1 việc" in said(taken)
    one = WorkEntry.objects.get(act_id=None)
    show = reverse("commitments:show-work", args=[one.pk])
    assert "Lãnh đạo đơn vị đọc được" in said(client.post(show, {"hien": "1"}, follow=True))
    assert "chỉ mình đồng chí" in said(client.post(show, follow=True))
    assert "Họp bản" in text(client.get(reverse("commitments:work-text")))
    drop = reverse("commitments:drop-work", args=[one.pk])
    assert as_(ledger.checker).post(drop).status_code == 404
    assert "Đã bỏ" in said(as_(ledger.officer).post(drop, follow=True))
    assert WorkEntry.objects.count() == 1


def test_what_other_modules_have_on_record_is_offered_too(ledger):
    province, officer = ledger.province, ledger.officer
    row = {"unit": province.committees[0], "kind": "dialogue", "title": "Đối thoại bản Hòa Sơn"}
    record_activity(**row, held_on=date(2026, 11, 3), actor=officer)
    record_activity(**row, held_on=date(2026, 10, 3), actor=officer)
    record_activity(**row, held_on=date(2026, 11, 4), actor=None)
    plan = {
        "unit_id": province.committees[0].pk, "kind": "party_head", "subject": "Cầu treo", "place": "Nhà văn hóa",
        "held_on": date(2026, 11, 14), "head_name": "Kha Thị Hồng Nhung", "head_title": "Bí thư",
    }  # fmt: skip
    talk = plan_dialogue(DialoguePlan(**plan), actor=None)
    announce_dialogue(talk, on=date(2026, 11, 4), where="Trụ sở", actor=officer)
    record_held(talk, attendance={"residents": 15}, households=None, actor=officer)
    load_kinds()
    draft = Draft(
        unit_id=province.governments[0].pk, kind_id=MatterKind.objects.get(code="YK02").pk, title="Kế hoạch đất",
        began_on=date(2026, 10, 1),
    )  # fmt: skip
    matter = enter_matter(draft, actor=officer)
    letter = directive_of(province)
    session = plan_session(
        letter,
        SessionPlan(
            held_by_id=province.committees[0].pk, on=TODAY, way="online", audience="Đảng viên",
            unit_ids=[province.committees[0].pk],
        ),
        actor=officer,
    )  # fmt: skip
    record_session(session, SessionOutcome(on=TODAY), actor=officer)
    told = {(one.on, one.words) for one in work_offered(officer, NOVEMBER)}
    assert told == {
        (date(2026, 11, 3), "Tiếp xúc, đối thoại với Nhân dân: Đối thoại bản Hòa Sơn"),
        (TODAY, f"Thông báo, niêm yết: {talk.number} Cầu treo"),
        (date(2026, 11, 14), f"Ghi kết quả đối thoại: {talk.number} Cầu treo"),
        (TODAY, f"Ghi việc: {matter.number} Kế hoạch đất"),
        (TODAY, f"Tổ chức hội nghị quán triệt {letter}"),
    }
    keys = {one.key for one in work_offered(officer, NOVEMBER)}
    assert len(take_work(keys, NOVEMBER, actor=officer)) == 5
    assert work_offered(officer, NOVEMBER) == []
