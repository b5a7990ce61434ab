"""Accepting, returning, locking, opening again: from each standing what becomes of it, and what is refused."""

from decimal import Decimal

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, OutboxEvent
from danvan.indicators.enums import Approval
from danvan.indicators.models import DirtyKey, Value
from danvan.reporting.models import Decision, Obligation, Submission
from danvan.reporting.services import (
    accept_report,
    accept_reports,
    lock_period,
    reopen_report,
    return_report,
    submit_report,
)
from tests.factories.rivals import meanwhile
from tests.reporting.months import GOOD, NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db


def submit(month, who):
    submit_report(month.first, answers=GOOD, actor=who)


def accept(month, who):
    accept_report(month.first, actor=who)


def accept_in_bulk(month, who):
    accept_reports([month.first], actor=who)


def send_back(month, who):
    return_report(month.first, words="Xem lại số lượt.", comments={"luot": "Gấp bốn."}, actor=who)


def lock(month, who):
    lock_period(month.form, NOVEMBER, actor=who)


def reopen(month, who):
    reopen_report(month.first, words="Xã gửi nhầm.", actor=who)


WAYS = {
    "due": (),
    "sent": (submit,),
    "returned": (submit, send_back),
    "accepted": (submit, accept),
    "locked": (submit, accept, lock),
}
NO = "refused"
# act: what becomes of a report that is due, sent, returned, accepted, locked
OUTCOMES = {
    submit: ("sent", "sent", "sent", NO, NO),
    accept: (NO, "accepted", NO, NO, NO),
    accept_in_bulk: (NO, "accepted", NO, NO, NO),
    send_back: (NO, "returned", NO, "returned", NO),
    lock: (NO, NO, NO, "locked", NO),
    reopen: (NO, NO, NO, NO, "returned"),
}
LEVELS = {"sent": 1, "returned": 1, "accepted": 3, "locked": 4}
TABLE = [
    (act, standing, outcome)
    for act, outcomes in OUTCOMES.items()
    for standing, outcome in zip(WAYS, outcomes, strict=True)
]


def everything():
    models = (Obligation, Submission, Decision, Value, AuditEntry, OutboxEvent, DirtyKey)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize(("act", "standing", "outcome"), TABLE)
def test_each_act_from_each_standing(month, specialist, act, standing, outcome):
    for step in WAYS[standing]:
        step(month, specialist)
    month.first.refresh_from_db()
    assert month.first.standing == standing
    before, changes = everything(), month.first.changes

    if outcome == NO:
        with pytest.raises(RuleError) as refused:
            act(month, specialist)
        assert refused.value.message.endswith(".")
        assert everything() == before
        return
    act(month, specialist)

    month.first.refresh_from_db()
    assert (month.first.standing, month.first.changes) == (outcome, changes + 1)
    assert set(Value.objects.filter(current=True).values_list("level", flat=True)) == {
        LEVELS[outcome]
    }


def test_what_was_accepted_counts_as_accepted_and_is_told(month, specialist):
    submit(month, None)

    accept(month, specialist)

    decision = Decision.objects.get()
    assert (decision.standing, decision.by, decision.words, decision.comments) == (
        "accepted",
        specialist,
        "",
        {},
    )
    assert OutboxEvent.objects.get(name="reporting.decided").body == {
        "obligation_id": month.first.pk,
        "standing": "accepted",
    }
    assert AuditEntry.objects.get(action="reporting.accept").actor == specialist


def test_a_return_keeps_its_reasons_item_by_item_and_lowers_the_level(month, specialist):
    submit(month, None)
    accept(month, specialist)

    return_report(
        month.first, words=" Xem lại. ", comments={"luot": " Gấp bốn. ", "nguoi": " "}, actor=specialist
    )  # fmt: skip

    decision = Decision.objects.latest("pk")
    assert (decision.words, decision.comments) == ("Xem lại.", {"luot": "Gấp bốn."})
    assert set(Value.objects.values_list("level", flat=True)) == {Approval.SENT}
    assert AuditEntry.objects.get(action="reporting.return").details == {
        "unit_id": month.first.unit_id,
        "items": ["luot"],
    }


@pytest.mark.parametrize(
    ("words", "comments", "columns"),
    [
        ("", {}, ["words"]),
        ("  ", {"luot": " "}, ["words"]),
        ("x" * 601, {}, ["words"]),
        ("Sai", {"luot": "x" * 301, "la": "x"}, ["luot", "la"]),
    ],
)
def test_a_return_without_a_fitting_reason_is_refused(month, specialist, words, comments, columns):
    submit(month, None)
    before = everything()

    with pytest.raises(RuleError) as refused:
        return_report(month.first, words=words, comments=comments, actor=specialist)

    assert [fault.column for fault in refused.value.faults] == columns
    assert everything() == before


@pytest.mark.parametrize(
    "second",
    [
        lambda one: accept_report(one, actor=None, seen=1),
        lambda one: return_report(one, words="Sai", comments={}, actor=None, seen=1),
    ],
)
def test_of_two_who_decide_at_once_the_second_is_told_who_was_first(month, specialist, second):
    submit(month, None)
    accept_report(month.first, actor=specialist, seen=1)
    before = everything()

    with pytest.raises(RuleError, match="đồng chí Nguyễn Thị Hạnh đã duyệt lúc"):
        second(month.first)

    assert everything() == before


def test_a_report_sent_again_meanwhile_is_not_accepted_unread(month, specialist):
    submit(month, None)
    submit(month, None)

    with pytest.raises(RuleError, match="phần mềm đã gửi bản 2 lúc"):
        accept_report(month.first, actor=specialist, seen=1)


@pytest.mark.parametrize(("steps", "said"), [((submit, accept, lock), "đã chốt số liệu lúc"), ((submit, send_back), "đã trả lại lúc")])  # fmt: skip
def test_whoever_comes_later_is_told_what_was_done(month, specialist, steps, said):
    for step in steps:
        step(month, specialist)

    with pytest.raises(RuleError, match=said):
        reopen_report(month.first, words="Sai", actor=specialist, seen=1)


def test_many_are_accepted_in_one_act(month, specialist):
    for one in month.owed:
        submit_report(one, answers=GOOD, actor=None)

    done = accept_reports(month.owed, actor=specialist, seen={one.pk: 1 for one in month.owed})

    assert [(one.standing, one.changes) for one in done] == [("accepted", 2)] * 3
    assert set(Obligation.objects.values_list("standing", "changes")) == {("accepted", 2)}
    assert set(Value.objects.values_list("level", flat=True)) == {Approval.ACCEPTED}
    assert Decision.objects.count() == 3
    assert AuditEntry.objects.get(action="reporting.accept_many").details == {
        "ids": [one.pk for one in month.owed]
    }


def test_many_are_refused_together_and_each_by_name(month, specialist):
    submit_report(month.owed[0], answers=GOOD, actor=None)
    before = everything()

    with pytest.raises(RuleError) as refused:
        accept_reports(month.owed, actor=specialist)

    assert refused.value.message == "Có 2 báo cáo chưa duyệt được nên chưa duyệt bản nào."
    assert [fault.message for fault in refused.value.faults] == [
        f"{name}: Đơn vị chưa gửi báo cáo này. Đồng chí duyệt được sau khi đơn vị gửi."
        for name in ("Xã Con Cuông", "Xã Châu Khê")
    ]
    assert everything() == before
    with pytest.raises(RuleError, match="chọn ít nhất một báo cáo"):
        accept_reports([], actor=specialist)


def test_locking_takes_the_accepted_and_leaves_the_missing_open(month, specialist):
    submit_report(month.owed[0], answers=GOOD, actor=None)
    accept_report(month.owed[0], actor=specialist)

    assert lock_period(month.form, NOVEMBER, actor=specialist) == 1

    assert list(Obligation.objects.order_by("pk").values_list("standing", flat=True)) == [
        "locked",
        "due",
        "due",
    ]
    assert OutboxEvent.objects.get(name="reporting.period_locked").body == {
        "form_id": month.form.pk,
        "first": "2026-11-01",
    }
    submit_report(month.owed[1], answers=GOOD, actor=None)
    accept_report(month.owed[1], actor=specialist)
    assert lock_period(month.form, NOVEMBER, actor=specialist) == 1


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (NOVEMBER, "Còn 1 báo cáo chờ duyệt của tháng 11/2026. Đồng chí vui lòng duyệt hoặc trả lại hết rồi chốt."),
        (OCTOBER, "Không có báo cáo nào đã duyệt của tháng 10/2026 để chốt."),
    ],
)  # fmt: skip
def test_a_month_is_not_locked_while_something_waits_or_nothing_is_accepted(
    month, specialist, period, said
):
    submit(month, None)
    before = everything()

    with pytest.raises(RuleError) as refused:
        lock_period(month.form, period, actor=specialist)

    assert refused.value.message == said
    assert everything() == before


def test_a_report_opened_again_is_sent_again_as_the_next_vintage(month, specialist):
    for step in (submit, accept, lock, reopen):
        step(month, specialist)

    sent = submit_report(month.first, answers=GOOD | {"luot": "500"}, actor=None)

    values = Value.objects.filter(current=True, indicator=month.indicators["DV-02"])
    assert (sent.vintage, values.get().amount, values.get().level) == (2, Decimal(500), 1)


def test_the_cost_of_accepting_grows_only_with_its_events(
    month, specialist, django_assert_max_num_queries
):
    for one in month.owed:
        submit_report(one, answers=GOOD, actor=None)

    with django_assert_max_num_queries(40):
        accept_reports(month.owed, actor=specialist)


def test_a_report_that_comes_while_the_month_is_locked_keeps_it_open(month, specialist):
    for one in month.owed[:2]:
        submit_report(one, answers=GOOD, actor=None)
    accept_reports(month.owed[:2], actor=specialist)
    late = month.owed[2]

    with (
        meanwhile("reporting_obligation", lambda: submit_report(late, answers=GOOD, actor=None)),
        pytest.raises(RuleError, match="Còn 1 báo cáo chờ duyệt"),
    ):
        lock_period(month.form, NOVEMBER, actor=specialist)

    standings = Obligation.objects.order_by("pk").values_list("standing", flat=True)
    # here the late report was sent in our own transaction, so it goes back with it
    assert list(standings) == ["accepted", "accepted", "due"]


def test_a_report_that_is_returned_while_the_month_is_locked_stays_returned(month, specialist):
    for one in month.owed:
        submit_report(one, answers=GOOD, actor=None)
    accept_reports(month.owed, actor=specialist)

    with meanwhile("reporting_obligation", lambda: send_back(month, specialist)):
        done = lock_period(month.form, NOVEMBER, actor=specialist)

    assert done == 2
    standings = Obligation.objects.order_by("pk").values_list("standing", flat=True)
    assert list(standings) == ["returned", "locked", "locked"]
    levels = Value.objects.filter(current=True, unit_id=month.first.unit_id)
    assert set(levels.values_list("level", flat=True)) == {Approval.SENT}
