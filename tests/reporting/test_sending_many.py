"""Reports that workbooks bring are sent together, and come out as if each had been sent alone."""

import pytest

from danvan.foundation import clock, events
from danvan.foundation.models import AuditEntry, OutboxEvent
from danvan.indicators.enums import Approval, MeasureKind
from danvan.indicators.models import DirtyKey, Indicator, Value
from danvan.indicators.services import define_indicator
from danvan.notifications.models import Notification
from danvan.organisations.enums import Level
from danvan.reporting.enums import Standing
from danvan.reporting.models import Obligation, Submission
from danvan.reporting.rules import between
from danvan.reporting.services import (
    NewItem,
    NewSection,
    add_draft_evidence,
    define_form,
    drop_sheets,
    open_period,
    read_drop,
    return_report,
    set_form_rules,
    submit_report,
)
from danvan.reporting.templating import template
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import GOOD, NOVEMBER, PNG, SINCE, TODAY, Month
from tests.reporting.workbooks import typed


class Sending:
    """A month, the workbook of each unit filled in, who may send for all and who approves."""

    def __init__(self):
        self.month = Month()
        self.books = [
            (f"{number}.xlsx", typed(template(one), GOOD))
            for number, one in enumerate(self.month.owed)
        ]
        place = self.month.province.place
        self.user = make_grant(place, "commune_officer")
        self.approver = make_grant(place, "specialist")


_sending = once(Sending, DANVAN_TODAY=TODAY)


@pytest.fixture
def sending(_sending, db, settings):
    settings.DANVAN_JOBS_INLINE = False
    return own(_sending)


def drop(sending, books=None, form=None):
    dropped = drop_sheets(
        form or sending.month.form, NOVEMBER, books or sending.books, actor=sending.user, sends=True
    )
    read_drop(dropped.pk)
    return [one.outcome for one in dropped.files.order_by("place")], dropped


def kept(owed):
    """All that a sent report leaves, but for whose it is and when."""
    row = Obligation.objects.get(pk=owed.pk)
    [sent] = Submission.objects.filter(obligation=owed)
    said = (sent.vintage, sent.words, sent.cited, sent.carried, sent.nil_sections, sent.reasons, sent.sent_by_id, sent.sent_on)  # fmt: skip
    where = (row.standing, row.turn, row.first_sent_on, row.draft, row.draft_saved_at, row.draft_by, row.changes, row.draft_number)  # fmt: skip
    values = Value.objects.filter(source_kind="reporting.submission", source_id=sent.pk)
    names = ("indicator_id", "vintage", "current", "amount", "origin", "level", "note", "entered_by_id")  # fmt: skip
    audited = AuditEntry.objects.get(
        action="reporting.submit", target=f"reporting.obligation:{owed.pk}"
    )
    told = (sorted(audited.details), audited.actor_id)
    return said, where, sorted(values.values_list(*names)), told


def test_a_report_sent_with_others_leaves_what_one_sent_alone_leaves(sending):
    first, second, third = sending.month.owed
    submit_report(first, answers=GOOD, actor=sending.user)

    assert drop(sending, sending.books[1:])[0] == ["sent", "sent"]

    assert kept(second) == kept(third) == kept(first)
    assert {one.behalf[0]["how"] for one in Submission.objects.exclude(obligation=first)} == {
        "sheet"
    }
    marked = DirtyKey.objects.filter(unit=sending.month.province.place).values("indicator")
    assert marked.distinct().count() == 7


def test_the_place_above_is_told_once_of_many_and_of_each_that_comes_again(
    sending, django_capture_on_commit_callbacks
):
    first, second, _ = sending.month.owed
    for one in (first, second):
        submit_report(one, answers=GOOD, actor=sending.user)
        return_report(one, words="Sai số người.", comments={}, actor=sending.approver)
    with django_capture_on_commit_callbacks(execute=True):
        outcomes, _ = drop(sending)

    assert outcomes == ["sent"] * 3
    told = Notification.objects.filter(user=sending.approver, key__startswith="reporting.sent")
    assert sorted(
        one.words.split(":")[-1].strip() for one in told if "gửi lại" not in one.words
    ) == ["đã có đơn vị gửi, chờ duyệt"]
    assert told.filter(words__contains="gửi lại").count() == 2
    assert Submission.objects.filter(vintage=2).count() == 2
    assert Value.objects.filter(vintage=2, current=True).count() == 14
    [event] = OutboxEvent.objects.filter(name="reporting.sent_together")
    Obligation.objects.filter(pk=first.pk).update(standing=Standing.DUE)
    before = Notification.objects.count()
    events.deliver(event.pk)
    assert Notification.objects.count() == before


def test_what_blocks_or_is_locked_goes_back_and_the_others_are_sent(sending):
    first, second, third = sending.month.owed
    set_form_rules(
        sending.month.form, [between("muc", "luot", most=9_000, blocks=True)], actor=None
    )
    Value.objects.create(
        indicator_id=Indicator.objects.get(code="DV-03").pk,
        unit_id=second.unit_id, first=NOVEMBER.first, vintage=1, amount=1, origin="entered",
        level=Approval.LOCKED, entered_at=clock.now(),
    )  # fmt: skip
    books = [
        (name, typed(template(one), GOOD | ({"luot": "9.001"} if one == first else {})))
        for (name, _), one in zip(sending.books, sending.month.owed, strict=True)
    ]

    outcomes, dropped = drop(sending, books)

    assert outcomes == ["refused", "refused", "sent"]
    told = [one.faults for one in dropped.files.order_by("place")]
    assert [fault["code"] for fault in told[0]] == ["luot"]
    assert [(fault["code"], "đã chốt" in fault["message"]) for fault in told[1]] == [
        ("nguoi", True)
    ]
    assert [one.obligation for one in Submission.objects.all()] == [third]
    assert Value.objects.current().filter(source_kind="reporting.submission").count() == 7


def test_files_kept_with_a_draft_go_with_the_report_that_a_workbook_sends(sending):
    first = sending.month.first
    add_draft_evidence(first, name="anh.png", content=PNG, actor=sending.user)

    drop(sending)

    sent = Submission.objects.get(obligation=first)
    assert [one.file_name for one in sent.evidence.all()] == ["anh.png"]
    assert sum(one.evidence.count() for one in Submission.objects.all()) == 1


def test_a_second_workbook_of_a_unit_is_read_after_what_came_of_the_first(sending):
    first = sending.month.first
    wrong = ("sai.xlsx", typed(template(first), {"luot": None}))

    outcomes, dropped = drop(sending, [wrong, sending.books[0], ("lai.xlsx", sending.books[0][1])])

    assert outcomes == ["refused", "sent", "refused"]
    assert "Tệp “0.xlsx” trong cùng lần gửi" in dropped.files.last().faults[0]["message"]


def test_a_form_that_asks_for_a_step_is_sent_unit_by_unit(sending):
    define_indicator(
        code="DV-20", name="Nếp sống", definition="Chọn bậc.", unit_label="bậc", kind=MeasureKind.QUALITATIVE,
        actor=None, valid_from=SINCE, steps=[("Tốt", "Không còn hủ tục."), ("Chưa tốt", "Còn hủ tục.")],
    )  # fmt: skip
    form = define_form(
        code="BM-20", name="Nếp sống", unit=sending.month.province.place, level=Level.COMMUNE, due_day=5,
        valid_from=SINCE, actor=None, sections=[NewSection("Nếp sống", [NewItem("nep", "Nếp sống", "DV-20")])],
    )  # fmt: skip
    one, two, *_ = open_period(form, NOVEMBER, actor=None)
    books = [
        ("1.xlsx", typed(template(one), {"nep": "Tốt", "nep--loi": "Đã bỏ tảo hôn."})),
        ("2.xlsx", typed(template(two), {"nep": "Tốt"})),
    ]

    outcomes, dropped = drop(sending, books, form)

    assert outcomes == ["sent", "refused"]
    assert [fault["code"] for fault in dropped.files.last().faults] == ["nep--loi"]
    assert Value.objects.get(source_kind="reporting.submission").step.name == "Tốt"
