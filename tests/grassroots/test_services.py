"""The acts: what each leaves behind, what the clock of the law says, and what is refused with nothing written."""

from datetime import date

import pytest

from danvan.grassroots.enums import Outcome, Pillar, State
from danvan.grassroots.models import Matter, MatterComment, MatterKind
from danvan.grassroots.selectors import checks_of
from danvan.grassroots.services import (
    Draft,
    add_comments,
    add_files,
    answer_comments,
    answer_matter,
    close_comments,
    end_matter,
    enter_matter,
    load_kinds,
    publish_matter,
    recognise_decision,
    record_round,
    send_decision,
    set_posting_end,
    withdraw_matter,
)
from danvan.law.models import LegalParameter
from danvan.law.parameter_file import ParameterRow
from danvan.law.selectors import clock_of
from danvan.law.services import set_parameter
from danvan.organisations.enums import Level
from tests.factories.province import make_grant, make_place
from tests.grassroots import matters
from tests.once import once, own
from tests.reporting.months import PNG

pytestmark = pytest.mark.django_db
_commune = once(matters.Commune, DANVAN_TODAY=matters.TODAY)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = matters.TODAY


@pytest.fixture
def commune(_commune):
    return own(_commune)


def words(matter):
    return {one.rule: one.word for one in checks_of(matter)}


def test_what_is_decided_is_due_to_be_published_in_working_days(commune):
    matter = matters.entered(commune.unit)
    held = clock_of("grassroots.matter", matter.pk)
    assert (held.due_on, held.parameter.key) == (date(2026, 10, 8), "democracy.publish")
    assert words(matter)["Công khai sau khi quyết định"] == "Quá hạn"
    matter = matters.published(matter, on=date(2026, 10, 8))
    assert (matter.state, matter.shown_on) == (State.SHOWN, date(2026, 10, 8))
    assert clock_of("grassroots.matter", matter.pk).ended_on == date(2026, 10, 8)
    assert words(matter)["Công khai sau khi quyết định"] == "Đúng hạn"
    late = matters.published(matters.entered(commune.unit), on=date(2026, 10, 9))
    assert words(late)["Công khai sau khi quyết định"] == "Chậm"


def test_it_ends_when_it_hung_long_enough_everywhere_and_a_file_shows_it(commune):
    matter = matters.published(
        matters.entered(commune.unit, "CK07"), until=date(2026, 10, 29), channels=["office"]
    )
    broken = matters.refused(end_matter, matter)
    told = [fault.message for fault in broken.faults]
    assert len(told) == 4
    assert "mới 29 ngày, phải đủ 30 ngày liên tục" in told[0]
    assert "điểm sinh hoạt cộng đồng: chưa ghi" in told[1]
    assert "Loa truyền thanh: chưa ghi" in told[2]
    assert "ảnh hoặc biên bản" in told[3]
    assert matters.fresh(matter).state == State.SHOWN
    set_posting_end(matter.postings.get(), until_on=date(2026, 10, 30), actor=None)
    matters.published(matter, channels=["village"])
    matters.published(matter, on=date(2026, 11, 19), channels=["radio"])
    matters.shown_in(matter)
    assert [one.message for one in matters.refused(end_matter, matter).faults] == [
        "Loa truyền thanh: đến nay 2 ngày, phải đủ 03 ngày liên tục."
    ]
    set_posting_end(matter.postings.last(), until_on=date(2026, 11, 21), actor=None)
    matter.postings.filter(channel="radio").update(from_on=date(2026, 11, 18))
    ended = end_matter(matter, actor=None)
    assert (ended.state, ended.ended_on) == (State.ENDED, matters.TODAY)
    assert "không sửa ngày" in str(
        matters.refused(set_posting_end, matter.postings.first(), until_on=matters.TODAY)
    )
    assert "không công khai thêm" in str(
        matters.refused(publish_matter, matter, channels=["office"], place="x", from_on=matters.TODAY)
    )  # fmt: skip


def test_what_hangs_always_asks_for_the_office_alone(commune):
    matter = matters.entered(commune.unit, "CK13")
    assert words(matter)["Niêm yết thường xuyên tại trụ sở"] == "Chưa có"
    matters.published(matter, channels=["office"])
    assert end_matter(matters.shown_in(matter), actor=None).state == State.ENDED


@pytest.mark.parametrize(
    ("change", "column", "sentence"),
    [
        ({"title": " "}, "title", "vui lòng ghi việc"),
        ({"title": "x" * 401}, "title", "dài quá 400"),
        ({"basis": "x" * 301}, "basis", "dài quá 300"),
        ({"kind_id": 0}, "kind", "chọn nội dung"),
        ({"began_on": date(2026, 11, 21)}, "began_on", "chưa đến"),
        ({"began_on": date(2022, 1, 1)}, "kind", "không có hiệu lực"),
        ({"unit_id": 0}, "unit", "Ủy ban nhân dân cấp xã"),
        ({"code": "QD04"}, "village", "từng thôn"),
        ({"village_id": -1}, "village", "không thuộc xã"),
    ],
)
def test_a_matter_that_cannot_be_is_refused(commune, change, column, sentence):
    said = {"unit_id": commune.unit.pk, "kind_id": matters.kind(change.pop("code", "CK02")).pk}
    said |= {"title": "Dự toán", "began_on": matters.BEGAN}
    broken = matters.refused(enter_matter, Draft(**{**said, **change}))
    assert any(one.column == column and sentence in one.message for one in broken.faults)
    assert not Matter.objects.exists()


def test_who_may_not_keep_it_and_a_law_that_is_not_loaded_are_told(commune):
    stranger = make_grant(commune.province.communes[1], "commune_officer")
    draft = Draft(
        unit_id=commune.unit.pk, kind_id=matters.kind("CK01").pk, title="Kế hoạch", began_on=matters.BEGAN,
    )  # fmt: skip
    assert "chưa có quyền" in str(matters.refused(enter_matter, draft, actor=stranger))
    LegalParameter.objects.filter(key="democracy.publish").delete()
    assert "danvan law load" in str(matters.refused(enter_matter, draft))


def test_publishing_refuses_what_cannot_be(commune):
    matter = matters.entered(commune.unit)
    broken = matters.refused(
        publish_matter, matter, channels=["radio", "tivi"], place="", from_on=date(2026, 9, 30),
        until_on=date(2026, 9, 1),
    )  # fmt: skip
    assert {one.column for one in broken.faults} == {"channels", "place", "from_on", "until_on"}
    assert "chưa đến" in str(
        matters.refused(publish_matter, matter, channels=["office"], place="x", from_on=date(2026, 12, 1))
    )  # fmt: skip
    assert "Có người vừa sửa" in str(
        matters.refused(
            publish_matter, matter, channels=["office"], place="x", from_on=matters.TODAY, seen=7
        )
    )
    assert not matter.postings.exists()


def test_a_village_decides_sends_and_is_recognised(commune):
    village = commune.villages[0]
    matter = matters.published(
        matters.entered(commune.unit, "QD04", village, title="Bầu trưởng bản")
    )
    matter = matters.voted(matter, matters.said(village, present=45, agreed=45, against=0))
    assert (matter.state, matter.outcome_on) == (State.AGAIN, None)
    assert words(matter)["Đủ hộ tham gia"] == "Chưa đủ, phải bàn lại"
    matter = matters.voted(
        matter, matters.said(village, present=80, agreed=46, against=30), form="ballot",
        on=date(2026, 10, 20), why="Cuộc họp không đủ hộ",
    )  # fmt: skip
    assert (matter.state, matter.outcome, matter.outcome_on) == (
        State.PASSED, Outcome.PASSED, date(2026, 10, 20),
    )  # fmt: skip
    assert clock_of("grassroots.matter", matter.pk, "send").due_on == date(2026, 10, 27)
    told = [one.message for one in matters.refused(end_matter, matter).faults]
    assert len(told) == 4
    send_decision(matter, on=date(2026, 10, 22), actor=None)
    assert "gửi ngày 22/10/2026 rồi" in str(
        matters.refused(send_decision, matter, on=matters.TODAY)
    )
    assert clock_of("grassroots.matter", matter.pk, "recognise").due_on == date(2026, 10, 29)
    broken = matters.refused(recognise_decision, matter, answer="", on=date(2026, 10, 1), words="")
    assert {one.column for one in broken.faults} == {"answer", "on", "words"}
    recognise_decision(matter, answer="given", on=date(2026, 10, 30), words="QĐ 15", actor=None)
    assert "ghi rồi" in str(
        matters.refused(recognise_decision, matter, answer="given", on=matters.TODAY, words="x")
    )
    assert words(matters.fresh(matter))["Ủy ban nhân dân cấp xã công nhận"] == "Chậm"
    matters.published(matter, on=date(2026, 11, 2))
    assert {one.part for one in matter.postings.all()} == {"content", "result"}
    assert end_matter(matters.shown_in(matter), actor=None).state == State.ENDED


def test_a_day_before_the_law_was_corrected_is_written_down_after(commune):
    village = commune.villages[0]
    matter = matters.published(matters.entered(commune.unit, "QD04", village))
    counts = matters.said(village, present=80, agreed=70, against=5)
    matter = matters.voted(matter, counts, on=date(2026, 11, 2))
    law = LegalParameter.objects.get(key="democracy.decision.send")
    fields = {name: getattr(law, name) for name in ("key", "title", "denominator", "unit", "scope")}
    row = ParameterRow(
        **fields, numerator=7, valid_from=law.valid_from, valid_to=None, citation="Luật mới",
        confidence="S", line=0,
    )  # fmt: skip
    set_parameter(row, end_former=False, actor=None, passed_agreed=True)
    matter = send_decision(matter, on=date(2026, 11, 5), actor=None)
    held = clock_of("grassroots.matter", matter.pk, "send")
    assert (matter.sent_on, held.ended_on) == (date(2026, 11, 5), matters.TODAY)
    assert words(matters.fresh(matter))["Gửi quyết định cho UBND và MTTQ cấp xã"] == "Đúng hạn"


def test_a_commune_decides_by_its_villages_and_the_rest_is_asked_again(commune):
    matter = matters.published(matters.entered(commune.unit, "QD01", title="Góp làm đường"))
    one, two, three = commune.villages
    matter = matters.voted(
        matter, matters.said(one, agreed=60), matters.said(two, present=20, agreed=20, against=0)
    )
    assert matter.state == State.AGAIN
    matter = matters.voted(matter, matters.said(three, agreed=59), on=date(2026, 10, 15))
    assert matter.state == State.AGAIN
    matter = matters.voted(matter, matters.said(two, agreed=61), on=date(2026, 10, 18))
    assert (matter.state, matter.rounds.count()) == (State.PASSED, 3)
    assert words(matter)["Thông báo trước cho Nhân dân"] == "Đủ ngày"
    assert "Chỉ ghi biểu quyết" in str(
        matters.refused(record_round, matter, form="meeting", held_on=matters.TODAY, counts=[])
    )


def test_what_is_rejected_ends_without_being_sent(commune):
    village = commune.villages[0]
    matter = matters.published(
        matters.entered(commune.unit, "QD06", village, title="Quy ước vệ sinh")
    )
    matter = matters.voted(matter, matters.said(village, agreed=45, against=35), form="online")
    assert (matter.state, matter.outcome) == (State.REJECTED, Outcome.REJECTED)
    assert "Chỉ gửi" in str(matters.refused(send_decision, matter, on=matters.TODAY))
    assert "Chỉ ghi công nhận" in str(
        matters.refused(recognise_decision, matter, answer="given", on=matters.TODAY, words="x")
    )
    assert end_matter(matters.shown_in(matter), actor=None).state == State.ENDED


@pytest.mark.parametrize(
    ("code", "form", "counts", "column"),
    [
        ("QD04", "ballot", [{}], "form"),
        ("QD04", "online", [{}], "form"),
        ("QD04", "hands", [{}], "form"),
        ("QD04", "meeting", [], "counts"),
        ("QD04", "meeting", [{"households": 0}], "village_0"),
        ("QD04", "meeting", [{"present": 91}], "village_0"),
        ("QD04", "meeting", [{"agreed": 75}], "village_0"),
        ("QD04", "meeting", [{"against": -1}], "village_0"),
        ("QD04", "meeting", [{}, {}], "counts"),
        ("QD01", "meeting", [{"elsewhere": True}], "counts"),
    ],
)
def test_counts_that_cannot_be_are_refused(commune, code, form, counts, column):
    village = commune.villages[0]
    far = make_place("Bản Xa", level=Level.VILLAGE, under=commune.province.communes[1])
    matter = matters.published(
        matters.entered(commune.unit, code, village if code == "QD04" else None, title="Việc")
    )
    rows = [matters.said(far if one.pop("elsewhere", False) else village, **one) for one in counts]
    broken = matters.refused(
        record_round, matter, form=form, held_on=matter.began_on, counts=rows, why="x" * 10
    )
    assert column.replace("_0", f"_{village.pk}") in {one.column for one in broken.faults}
    assert (matter.rounds.count(), matters.fresh(matter).state) == (0, State.SHOWN)


def test_comments_are_counted_answered_and_explained(commune):
    matter = matters.published(
        matters.entered(commune.unit, "YK02", title="Kế hoạch sử dụng đất"), on=date(2026, 10, 5)
    )
    bad = matters.refused(add_comments, matter, gist="", number=0, topic_id=-1)
    assert {"gist", "number"} <= {one.column for one in bad.faults}
    first = add_comments(matter, gist="Giữ đất chợ", number=120, actor=None)
    assert words(matter)["Thời gian lấy ý kiến"] == "46 ngày"
    close_comments(matter, on=date(2026, 10, 20), actor=None)
    assert words(matters.fresh(matter))["Thời gian lấy ý kiến"] == "15 ngày"
    assert "trước khi tổng hợp xong" in str(
        matters.refused(add_comments, matter, gist="x", number=1)
    )
    broken = matters.refused(answer_matter, matter, on=date(2026, 10, 19), answer="", differs=True)
    assert [one.column for one in broken.faults] == ["answer", "on", "answer"]
    broken = matters.refused(answer_comments, first, taken_up=121, answer="")
    assert {one.column for one in broken.faults} == {"taken_up", "answer"}
    answer_comments(first, taken_up=100, answer="Giữ nguyên khu chợ", actor=None)
    answer_matter(matter, on=date(2026, 11, 2), answer="Vì ...", differs=True, actor=None)
    matter = matters.fresh(matter)
    assert (matter.state, matter.differs, matter.counted_on) == (
        State.ANSWERED, True, date(2026, 10, 20),
    )  # fmt: skip
    assert "Trả lời ghi trước" in str(
        matters.refused(answer_comments, first, taken_up=0, answer="x")
    )
    assert words(matter)["Thời gian lấy ý kiến"] == "15 ngày"
    assert words(matter)["Giải trình vì sao khác ý kiến đa số"] == "Có"
    matters.published(matter, on=date(2026, 11, 3))
    assert end_matter(matters.shown_in(matter), actor=None).state == State.ENDED


def test_who_watches_over_is_answered_by_a_day(commune):
    matter = matters.entered(commune.unit, "GS01", title="Kiến nghị về thu quỹ")
    assert clock_of("grassroots.matter", matter.pk).due_on == date(2026, 10, 16)
    assert words(matter)["Trả lời kiến nghị"] == "Quá hạn"
    assert "vui lòng ghi trả lời" in str(
        matters.refused(answer_matter, matter, on=matters.TODAY, answer=" ")
    )
    answer_matter(matter, on=date(2026, 10, 15), answer="Đã hoàn trả", actor=None)
    assert words(matters.fresh(matter))["Trả lời kiến nghị"] == "Đúng hạn"
    assert "đã trả lời rồi" in str(
        matters.refused(answer_matter, matter, on=matters.TODAY, answer="x")
    )
    meeting = matters.published(matters.entered(commune.unit, "GS03", title="Hội nghị cuối năm"))
    answer_matter(meeting, on=date(2026, 10, 4), answer="Đã họp", actor=None)
    assert words(matters.fresh(meeting))["Thông báo trước cho Nhân dân"] == "Chậm"


def test_one_written_in_error_is_withdrawn_with_the_reason(commune):
    matter = matters.entered(commune.unit)
    assert "lý do rút" in str(matters.refused(withdraw_matter, matter, why=" "))
    withdraw_matter(matter, why="Ghi hai lần", actor=None)
    matter = matters.fresh(matter)
    assert (matter.state, matter.steps.last().words) == (State.WITHDRAWN, "Ghi hai lần")
    assert clock_of("grassroots.matter", matter.pk).ended_on == matters.TODAY
    assert checks_of(matter) == []
    assert "đã rút" in str(matters.refused(add_files, matter, evidence=[("a.png", PNG)]))
    assert "chưa kết thúc được" in str(matters.refused(end_matter, matter))
    assert "không rút được" in str(matters.refused(withdraw_matter, matter, why="x"))


def test_without_rows_of_the_law_checks_say_so_and_block_nothing(commune):
    village = commune.villages[0]
    posted = matters.published(matters.entered(commune.unit, "CK02"))
    deciding = matters.published(matters.entered(commune.unit, "QD06", village, title="Vệ sinh"))
    asking = matters.published(matters.entered(commune.unit, "YK01", title="Kế hoạch"))
    keys = [
        "democracy.post.min",
        "democracy.quorum",
        "democracy.meeting.notice",
        "democracy.consult.min",
    ]
    LegalParameter.objects.filter(key__in=keys).delete()
    deciding = matters.voted(deciding, matters.said(village, present=10, agreed=10, against=0))
    assert deciding.state == State.REJECTED
    assert words(posted)["Niêm yết tại trụ sở"] == "Đã có"
    assert words(deciding)["Thông báo trước cho Nhân dân"] == "Chưa nạp tham số để đối chiếu"
    assert {one.note for one in checks_of(asking)} >= {"Chưa nạp tham số để đối chiếu"}


def test_checks_tell_what_was_not_told_and_not_begun(commune):
    asking = matters.entered(commune.unit, "YK01", title="Kế hoạch")
    assert words(asking)["Thời gian lấy ý kiến"] == "Chưa công khai dự thảo"
    meeting = matters.entered(commune.unit, "GS03", title="Hội nghị")
    answer_matter(meeting, on=matters.TODAY, answer="Đã họp", actor=None)
    assert words(matters.fresh(meeting))["Thông báo trước cho Nhân dân"] == "Không có"


def test_kinds_are_loaded_once_and_a_changed_row_again(commune, tmp_path):
    assert load_kinds() == 0
    assert MatterKind.objects.filter(pillar=Pillar.KNOW).count() == 14
    MatterKind.objects.filter(code="CK01").update(title="Khác")
    assert load_kinds() == 1
    broken = tmp_path / "kinds.tsv"
    head = "code\tpillar\ttitle\tposted\tradio\tterm\tpass_key\tcommune_wide\tmeeting_only\tonline\trecogniser\tvalid_from\tvalid_to\tcitation\tconfidence"
    good = "A\tknow\tT\tdays\t\t\t\t\t\t\t\t2023-07-01\t\tLuật\tS"
    rows = [
        "A\tknow",
        f"{'B' * 9}\tall\t\tnever\ty\t\t\t\t\t\t\t2023-07-01\t2023-07-01\tLuật\tS",
        "C\tdecide\tT\t\t\t\t\t\t\t\t\t2023-7-1\t\tLuật\tS",
        good,
        good,
    ]
    broken.write_text("\n".join([head, *rows]), encoding="utf-8")
    told = matters.refused(load_kinds, path=broken)
    assert [one.row for one in told.faults] == [2, 3, 3, 3, 3, 3, 3, 4, 4, 6]
    broken.write_text("khác\n", encoding="utf-8")
    assert "Dòng đầu" in str(matters.refused(load_kinds, path=broken))
    broken.write_bytes(b"\xff\xfe\xfa")
    assert "UTF-8" in str(matters.refused(load_kinds, path=broken))


def test_answers_to_comments_may_come_before_the_end_of_asking(commune):
    matter = matters.published(matters.entered(commune.unit, "YK01", title="Kế hoạch"))
    comment = add_comments(matter, gist="Thêm đường", number=3, actor=None)
    answer_comments(comment, taken_up=3, answer="Tiếp thu", actor=None)
    assert MatterComment.objects.get().taken_up == 3
