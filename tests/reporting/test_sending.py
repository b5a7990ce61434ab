"""Keeping a draft, sending, sending again: what stands afterwards, and that a refusal leaves no trace."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, OutboxEvent
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.models import DirtyKey, Value
from danvan.reporting.models import DraftEvidence, Obligation, Submission, SubmissionEvidence
from danvan.reporting.services import (
    accept_report,
    add_draft_evidence,
    lock_period,
    remove_draft_evidence,
    return_report,
    save_draft,
    submit_report,
)
from tests.factories.province import make_grant
from tests.reporting.months import GOOD, NOVEMBER, NUMBERS, PNG, TODAY

pytestmark = pytest.mark.django_db


def send(month, officer, **changes):
    return submit_report(month.first, **{"answers": GOOD, "actor": officer} | changes)


def everything():
    """All that an act on a report may change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Obligation, Submission, SubmissionEvidence, DraftEvidence, Value, AuditEntry, OutboxEvent, DirtyKey)
    ]  # fmt: skip


def current(month):
    values = Value.objects.filter(current=True, unit=month.first.unit)
    codes = {one.pk: code for code, one in month.indicators.items()}
    return {codes[one.indicator_id]: one for one in values}


def test_a_report_sent_becomes_values_in_the_same_act(month, officer):
    sent = send(month, officer, origins={"doi-thoai": Origin.COUNTED}, evidence=[("anh.png", PNG)])

    month.first.refresh_from_db()
    assert (month.first.standing, month.first.first_sent_on, month.first.changes) == (
        "sent",
        TODAY,
        1,
    )
    assert (sent.vintage, sent.sent_by, sent.sent_on, sent.nil_sections) == (1, officer, TODAY, [])
    assert sent.words == {"cach-lam": GOOD["cach-lam"]}
    assert {
        code: (one.amount, one.origin, one.level, one.source_kind, one.source_id)
        for code, one in current(month).items()
    } == {
        code: (Decimal(amount), origin, Approval.SENT, "reporting.submission", sent.pk)
        for code, amount, origin in (
            ("DV-01", "1", "counted"),
            ("DV-02", "1412", "entered"),
            ("DV-03", "168", "entered"),
            ("DV-04", "9", "entered"),
            ("DV-05", "6", "entered"),
            ("DV-06", "3", "entered"),
            ("DV-07", "1.25", "entered"),
        )
    }
    assert [one.file_name for one in sent.evidence.all()] == ["anh.png"]
    assert AuditEntry.objects.get(action="reporting.submit").details == {
        "unit_id": month.first.unit_id,
        "submission_id": sent.pk,
        "vintage": 1,
    }
    assert OutboxEvent.objects.get(name="reporting.sent").body == {
        "obligation_id": month.first.pk,
        "vintage": 1,
    }


def test_sending_again_replaces_the_report_and_keeps_the_old_one(month, officer):
    first = send(month, officer, on=date(2026, 12, 1))

    second = send(month, officer, answers=GOOD | {"luot": "500"})

    month.first.refresh_from_db()
    assert [one.vintage for one in month.first.submissions.all()] == [1, 2]
    assert (month.first.first_sent_on, month.first.changes) == (date(2026, 12, 1), 2)
    assert current(month)["DV-02"].amount == 500
    assert {one.source_id for one in current(month).values()} == {second.pk}
    old = Value.objects.filter(source_id=first.pk)
    assert (old.count(), old.filter(current=True).count()) == (len(NUMBERS), 0)
    assert old.get(indicator=month.indicators["DV-02"]).amount == 1412


def test_a_section_without_anything_is_recorded_as_nought(month, officer):
    sent = send(month, officer, answers={k: GOOD[k] for k in NUMBERS[3:]}, nil_sections=[1])

    assert sent.nil_sections == [1]
    assert [
        (current(month)[code].amount, current(month)[code].note)
        for code in ("DV-01", "DV-02", "DV-03")
    ] == [(0, "Không phát sinh")] * 3


def test_what_is_not_known_is_recorded_as_asked(month, officer):
    send(month, officer, answers=GOOD | {"ty-dong": ""})

    assert current(month)["DV-07"].amount is None


def test_the_first_day_decides_whether_it_is_late(month, officer, settings):
    settings.DANVAN_TODAY = date(2026, 12, 9)

    send(month, officer)
    send(month, officer)

    month.first.refresh_from_db()
    assert month.first.first_sent_on == date(2026, 12, 9)
    assert month.first.first_sent_on > month.first.due_on


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answers": GOOD | {"luot": "nhiều", "nguoi": "-1"}}, "Báo cáo chưa gửi được, còn 2 chỗ cần sửa."),
        ({"answers": {}}, "Báo cáo chưa gửi được, còn 6 chỗ cần sửa."),
        ({"on": date(2026, 12, 4)}, "Báo cáo chưa gửi được, còn 1 chỗ cần sửa."),
        ({"on": date(2026, 10, 31)}, "Báo cáo chưa gửi được, còn 1 chỗ cần sửa."),
        ({"evidence": [("anh.png", PNG), ("tep.exe", b"MZ\x00\x01"), ("loi.txt", b"abc")]}, "Báo cáo chưa gửi được, còn 2 chỗ cần sửa."),
        ({"evidence": [(f"{n}.png", PNG) for n in range(11)]}, "Báo cáo chưa gửi được, còn 1 chỗ cần sửa."),
        ({"seen": 3}, "Báo cáo này đã thay đổi sau khi đồng chí mở trang: báo cáo chưa được gửi. Đồng chí vui lòng xem lại rồi quyết định."),
    ],
)  # fmt: skip
def test_a_report_that_is_refused_leaves_no_trace(month, officer, changes, said):
    before = everything()

    with pytest.raises(RuleError) as refused:
        send(month, officer, **changes)

    assert refused.value.message == said
    assert everything() == before


def test_a_report_is_not_sent_over_one_that_was_accepted_or_locked(month, officer):
    send(month, officer)
    accept_report(month.first, actor=None)
    with pytest.raises(RuleError, match="Báo cáo này đã được duyệt"):
        send(month, officer)

    lock_period(month.form, NOVEMBER, actor=None)
    before = everything()
    with pytest.raises(RuleError, match="đã chốt"):
        send(month, officer)
    with pytest.raises(RuleError, match="đã chốt"):
        save_draft(month.first, {"luot": "1"}, actor=officer)
    with pytest.raises(RuleError, match="đã chốt"):
        add_draft_evidence(month.first, name="anh.png", content=PNG, actor=officer)
    assert everything() == before


def test_the_same_report_sent_twice_at_once_is_one_report(month, officer):
    first = send(month, officer, seen=0)

    again = send(month, officer, seen=0)

    assert again == first
    assert Submission.objects.count() == 1
    assert OutboxEvent.objects.filter(name="reporting.sent").count() == 1


def test_another_report_sent_on_the_same_page_is_told_who_was_first(month, officer):
    send(month, officer, seen=0)
    other = make_grant(month.province.communes[0], "commune_officer")

    with pytest.raises(RuleError, match="Nguyễn Thị Hạnh đã gửi bản 1 lúc"):
        send(month, officer, answers=GOOD | {"luot": "500"}, seen=0)
    with pytest.raises(RuleError, match="Nguyễn Thị Hạnh đã gửi bản 1 lúc"):
        send(month, other, seen=0)
    assert Submission.objects.count() == 1


def test_a_draft_keeps_what_is_typed_faults_and_all(month, officer):
    save_draft(
        month.first, {"luot": "nhiều", "cach-lam": "x"}, nil_sections=[2, 1, 2], actor=officer
    )

    month.first.refresh_from_db()
    assert month.first.draft == {"answers": {"luot": "nhiều", "cach-lam": "x"}, "nil": [1, 2]}
    assert (month.first.draft_by, month.first.standing, month.first.changes) == (officer, "due", 0)
    assert month.first.draft_saved_at is not None


def test_a_draft_is_gone_once_it_was_sent_and_its_files_are_sent_with_it(month, officer):
    save_draft(month.first, GOOD, actor=officer)
    kept = add_draft_evidence(month.first, name="anh.png", content=PNG, actor=officer)

    sent = send(month, officer, evidence=[("anh nua.png", PNG)])

    month.first.refresh_from_db()
    assert (month.first.draft, month.first.draft_saved_at, month.first.draft_by) == ({}, None, None)
    assert [(one.file_id, one.file_name) for one in sent.evidence.all()] == [
        (kept.file_id, "anh.png")
    ]


def test_the_same_file_is_kept_once_and_may_be_left_out_again(month, officer):
    kept = add_draft_evidence(month.first, name="anh.png", content=PNG, actor=officer)
    again = add_draft_evidence(month.first, name="khac.png", content=PNG, actor=officer)
    assert (again.pk, DraftEvidence.objects.count()) == (kept.pk, 1)
    first = send(month, officer)

    remove_draft_evidence(kept, actor=officer)
    second = send(month, officer)

    assert [one.evidence.count() for one in (first, second)] == [1, 0]


def test_a_file_of_the_wrong_kind_is_not_kept(month, officer):
    before = everything()

    with pytest.raises(RuleError, match="không dùng được ở đây"):
        add_draft_evidence(month.first, name="loi.txt", content=b"abc", actor=officer)

    assert everything() == before


def test_no_more_than_ten_files_are_kept(month, officer):
    from io import BytesIO

    from PIL import Image

    def picture(shade):
        made = BytesIO()
        Image.new("RGB", (2, 2), (shade, 0, 0)).save(made, "PNG")
        return made.getvalue()

    for shade in range(10):
        add_draft_evidence(month.first, name=f"{shade}.png", content=picture(shade), actor=officer)
    with pytest.raises(RuleError, match="nhiều nhất 10 tệp"):
        add_draft_evidence(month.first, name="11.png", content=picture(99), actor=officer)

    assert DraftEvidence.objects.count() == 10


def test_a_returned_report_is_sent_again(month, officer):
    send(month, officer)
    return_report(month.first, words="Xem lại số lượt.", comments={}, actor=None)

    sent = send(month, officer)

    month.first.refresh_from_db()
    assert (sent.vintage, month.first.standing) == (2, "sent")
