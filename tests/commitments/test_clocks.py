"""The law's clock of a commitment: begun with it, moved by each act, and never another day than the ledger's."""

from datetime import date, timedelta

import pytest

from danvan.commitments.enums import StepKind
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import (
    card_of,
    clock_told,
    commitments_that_differ,
)
from danvan.commitments.selectors.clocks import KIND, clock_shown
from danvan.commitments.services import (
    accept_risk,
    begin_missing_clocks,
    claim_done,
    close_commitment,
    decline_commitment,
    dispute_commitment,
    extend_commitments,
    give_on,
    note_askers,
    resume_commitment,
    supersede_commitment,
    verify_commitment,
    withdraw_commitment,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import OutboxEvent
from danvan.law.models import ClockEvent, ClockHeld
from danvan.law.services import (
    ParameterRow,
    Term,
    correct_calendar_day,
    load_calendar,
    set_parameter,
)
from tests.commitments.conftest import TODAY
from tests.factories.law import make_parameters
from tests.notifications.hearing import deliver_all, told

WORKED_OUT = "07 ngày làm việc từ 20/11/2026, trừ 21-22, 24, 28-29/11: 02/12/2026"
RULES = [
    "clock.warn.half", "clock.warn.most", "clock.warn.before", "clock.silence",
    "clock.escalate.first", "clock.escalate.second",
]  # fmt: skip


def days(row):
    row.refresh_from_db()
    return (row.first_due_on, row.due_on)


def clock(row):
    return ClockHeld.objects.get(subject_kind=KIND, subject_id=row.pk)


def kinds(row):
    return list(clock(row).events.values_list("kind", flat=True))


def in_term(ledger, n=7, counted="WD", **more):
    one = ledger.assignment(due_on=None, term=Term(n, counted), **more)
    return ledger.assign(one, assigned_on=TODAY)[0]


def extend(row, until, who):
    extend_commitments([row], until=until, words="Mưa", document="Công văn 112", actor=who)


@pytest.fixture
def calendar(db):
    load_calendar([2026, 2027])


def test_a_term_counts_from_the_day_of_assigning_and_says_how(ledger, calendar):
    row = in_term(ledger)
    assert days(row) == (date(2026, 12, 2),) * 2
    assert card_of(ledger.officer, row, on=TODAY).clock.words == WORKED_OUT
    assert clock(row).unit_id == ledger.lead.pk
    assert commitments_that_differ() == []


@pytest.mark.parametrize(
    ("term", "due"),
    [
        ((10, "D"), date(2026, 11, 30)),
        ((1, "M"), date(2026, 12, 21)),
        ((1, "WD"), date(2026, 11, 23)),
    ],
)
def test_days_months_and_working_days_end_where_the_law_says(ledger, calendar, term, due):
    assert days(in_term(ledger, *term))[1] == due


def test_a_parameter_of_the_law_gives_the_term_and_moves_it_when_it_changes(ledger, calendar):
    from danvan.law.services import load_parameters

    load_parameters()
    one = ledger.assignment(due_on=None, term_key="petition.citizen_reply")
    [row] = ledger.assign(one, assigned_on=TODAY)
    assert days(row)[1] == date(2026, 12, 7)
    changed = ParameterRow(
        key="petition.citizen_reply", title="Trả lời", numerator=5, denominator=1, unit="WD", scope="",
        valid_from=date(2014, 7, 1), valid_to=None, citation="Luật mới", confidence="S", line=0,
    )  # fmt: skip
    set_parameter(changed, end_former=False, actor=None)
    assert days(row) == (date(2026, 11, 30),) * 2
    step = row.steps.last()
    assert step.kind == StepKind.DUE_MOVED
    assert step.words.startswith("Từ 07/12/2026 sang 30/11/2026. Thay tham số")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"term": Term(7, "D")}, "chỉ ghi một"),
        ({"due_on": None, "term_key": "nobody.knows"}, "Chưa có tham số"),
        ({"due_on": None, "term_key": "clock.warn.half"}, "là một tỷ lệ"),
        ({"due_on": None, "term_key": "clock.warn.before"}, "sau một sự kiện"),
        ({"due_on": None, "term": Term(31, "Y")}, "quá xa"),
    ],
)
def test_a_term_that_cannot_be_counted_is_refused_whole(ledger, said, why):
    make_parameters("clock.warn.half", "clock.warn.before")
    with pytest.raises(RuleError, match=why) as refused:
        ledger.assign(ledger.assignment(), ledger.assignment(**said), assigned_on=TODAY)
    assert [fault.row for fault in refused.value.faults] == [2]
    assert not Commitment.objects.exists()
    assert not ClockHeld.objects.exists()


def test_a_named_day_says_so_and_what_has_no_end_has_no_clock(ledger):
    make_parameters(*RULES)
    row = ledger.one()
    card = card_of(ledger.officer, row, on=TODAY)
    assert card.clock.words == "hạn ấn định ngày 14/08/2026: 31/12/2026"
    endless = ledger.one(due_on=None)
    assert card_of(ledger.officer, endless, on=TODAY).clock.words == ""
    assert clock_told(endless) is None
    assert [one.words for one in clock_told(row).steps] == ["Bắt đầu: hạn ấn định 31/12/2026"]


def test_an_extension_is_an_event_and_keeps_the_first_day(ledger, calendar):
    row = in_term(ledger)
    extend(row, date(2026, 12, 12), ledger.checker)
    assert days(row) == (date(2026, 12, 2), date(2026, 12, 12))
    assert kinds(row) == ["start", "extend"]
    words = card_of(ledger.officer, row, on=TODAY).clock.words
    assert words.endswith("gia hạn đến 12/12/2026 (Công văn 112): 12/12/2026")


@pytest.mark.parametrize("act", ["verify", "withdraw", "supersede"])
def test_what_is_done_or_no_more_to_be_done_ends_its_clock(ledger, act):
    row, other = ledger.one(), ledger.one()
    if act == "verify":
        claim_done(row, result="Xong", on=date(2026, 11, 18), actor=ledger.officer)
        assert clock(row).ended_on is None
        row.refresh_from_db()
        verify_commitment(row, finding="Đạt", on=date(2026, 11, 19), actor=ledger.checker)
    elif act == "withdraw":
        withdraw_commitment(row, words="Nhầm", actor=ledger.leader)
    else:
        supersede_commitment(row, by=other, words="Gộp", actor=ledger.leader)
    row.refresh_from_db()
    assert clock(row).ended_on == (date(2026, 11, 19) if act == "verify" else TODAY)
    assert row.warn_on is None
    assert days(row) == (date(2026, 12, 31),) * 2


@pytest.mark.parametrize("without", [False, True])
def test_a_not_yet_opens_the_clock_again_with_the_day_that_was_promised(ledger, without):
    row = ledger.one()
    note_askers([row])
    row = claim_done(row, result="Xong", actor=ledger.officer)
    row = verify_commitment(row, finding="Đạt", actor=ledger.checker)
    row = close_commitment(row, actor=ledger.checker)
    if without:  # found done before the ledger had clocks
        Commitment.objects.filter(pk=row.pk).update(lead=ledger.other)
        ClockHeld.objects.update(subject_kind="tests.other")
    row = dispute_commitment(row, code_id=1, words="Còn 180 m")
    assert (clock(row).ended_on, *days(row)) == (None, date(2026, 12, 31), date(2026, 12, 31))
    assert kinds(row) == (["start"] if without else ["start", "end", "resume"])
    assert commitments_that_differ() == []


def test_who_takes_the_work_over_holds_its_clock_with_the_first_receipt(ledger):
    row = decline_commitment(ledger.one(), words="Không có máy", actor=ledger.officer)
    row = give_on(row, lead_id=ledger.other.pk, words="Gần hơn", actor=ledger.leader)
    held = clock(row)
    assert (held.unit_id, held.started_on, held.due_on) == (
        ledger.other.pk, date(2026, 8, 14), date(2026, 12, 31),
    )  # fmt: skip


def accepted(ledger, row, until):
    return accept_risk(row, until=until, reason="Chờ vốn", document="CV 1", actor=ledger.leader)


def test_an_accepted_risk_stops_the_clock_within_its_cap(ledger, settings):
    row = ledger.one()
    with pytest.raises(
        RuleError, match="Chỉ còn được chấp nhận rủi ro 180 ngày, đến hết 19/05/2027"
    ):
        accepted(ledger, row, date(2027, 5, 20))
    accepted(ledger, row, date(2027, 5, 19))
    assert days(row) == (date(2026, 12, 31), date(2027, 6, 29))
    assert card_of(ledger.officer, row, on=TODAY).clock.paused_on == TODAY
    settings.DANVAN_TODAY = TODAY + timedelta(days=10)
    resume_commitment(row, words="Có vốn", actor=ledger.leader)
    assert days(row) == (date(2026, 12, 31), date(2027, 1, 11))  # the 10th is a Sunday
    row.refresh_from_db()
    with pytest.raises(RuleError, match="chấp nhận rủi ro 170 ngày"):
        accepted(ledger, row, date(2027, 6, 30))
    accepted(ledger, row, date(2026, 12, 10))
    settings.DANVAN_TODAY = date(2026, 12, 20)  # the pause ran out by itself
    row.refresh_from_db()
    claim_done(row, result="Xong", actor=ledger.officer)
    assert kinds(row) == ["start", "pause", "resume", "pause"]
    assert commitments_that_differ() == []


def test_more_time_by_a_document_ends_a_pause_on_the_day_it_names(ledger):
    row = ledger.one()
    accepted(ledger, row, date(2026, 12, 20))
    row.refresh_from_db()
    extend(row, date(2027, 3, 1), ledger.checker)
    assert days(row) == (date(2026, 12, 31), date(2027, 3, 1))
    assert kinds(row) == ["start", "pause", "resume", "extend"]


def test_what_is_late_or_has_no_end_is_risked_without_a_pause(ledger):
    for row in (ledger.one(due_on=date(2026, 10, 31)), ledger.one(due_on=None)):
        before = days(row)
        accepted(ledger, row, date(2029, 1, 1))
        assert days(row) == before


def test_a_holiday_more_moves_open_days_and_says_why(ledger, calendar):
    row, done, named = in_term(ledger), in_term(ledger), ledger.one()
    claim_done(done, result="Xong", actor=ledger.officer)
    done.refresh_from_db()
    verify_commitment(done, finding="Đạt", actor=ledger.checker)
    said = {"reason": "Nghỉ bù", "citation": "Công văn 9", "working": False, "actor": ledger.leader}
    correct_calendar_day(date(2026, 11, 26), **said)
    assert days(row) == (date(2026, 12, 3),) * 2
    assert [days(one)[1] for one in (done, named)] == [date(2026, 12, 2), date(2026, 12, 31)]
    step = row.steps.last()
    assert (step.kind, step.words) == (
        StepKind.DUE_MOVED,
        "Từ 02/12/2026 sang 03/12/2026. Sửa ngày 26/11/2026: Nghỉ bù (Công văn 9)",
    )
    assert done.steps.last().kind == StepKind.VERIFIED
    deliver_all()
    assert [words for who, words, _ in told() if "hạn nay là 03/12/2026" in words] == [
        f"Lịch hoặc quy định thay đổi, hạn nay là 03/12/2026: {row.title}"
    ]
    assert commitments_that_differ() == []


def test_a_day_that_is_over_moves_only_where_somebody_agrees_to_the_list(
    ledger, calendar, settings
):
    row = in_term(ledger)
    settings.DANVAN_TODAY = date(2026, 12, 10)
    said = {"reason": "Nghỉ bù", "citation": "Công văn 9", "working": False, "actor": ledger.leader}
    with pytest.raises(RuleError, match="chuyển 1 hạn đã qua") as refused:
        correct_calendar_day(date(2026, 11, 26), **said)
    assert [fault.message for fault in refused.value.faults] == [
        f"{row.number}: {row.title}: 02/12/2026 → 03/12/2026"
    ]
    assert days(row)[1] == date(2026, 12, 2)
    correct_calendar_day(date(2026, 11, 26), passed_agreed=True, **said)
    assert days(row)[1] == date(2026, 12, 3)


def test_what_came_into_the_ledger_without_a_clock_gets_one_with_its_extensions(ledger):
    rows = [ledger.one() for _ in range(3)]
    extend(rows[0], date(2027, 1, 31), ledger.checker)
    Commitment.objects.filter(pk=rows[1].pk).update(due_on=date(2027, 2, 1))
    for one in rows[:2]:
        ClockHeld.objects.filter(subject_id=one.pk).update(subject_kind=f"tests.{one.pk}")
    assert len(commitments_that_differ()) == 2
    rows[1].refresh_from_db()
    assert clock_shown(rows[1]).words.endswith(": 01/02/2027")
    assert begin_missing_clocks() == 2
    assert begin_missing_clocks() == 0
    assert commitments_that_differ() == []
    assert days(rows[0]) == (date(2026, 12, 31), date(2027, 1, 31))
    assert days(rows[1]) == (date(2026, 12, 31), date(2027, 2, 1))
    assert kinds(rows[1]) == ["start", "extend"]


def test_thousands_given_in_one_act_cost_no_more_queries_than_one(
    ledger, django_assert_max_num_queries
):
    make_parameters(*RULES)
    many = [ledger.assignment(due_on=None, term=Term(30, "D")) for _ in range(300)]
    with django_assert_max_num_queries(60):
        ledger.assign(*many, assigned_on=TODAY)
    assert ClockEvent.objects.count() == 300
    assert OutboxEvent.objects.count() == 1
    assert Commitment.objects.exclude(warn_on=None).count() == 300


def form(ledger, **changes):
    return {
        "assigner": ledger.assigner.pk, "title": "Đổ bê tông", "product": "Biên bản",
        "lead": "Ủy ban nhân dân Xã Môn Sơn", "assigned_on": "20/11/2026", **changes,
    }  # fmt: skip


def test_a_term_is_typed_on_the_page_and_stands_on_the_card(client, ledger, calendar):
    client.force_login(ledger.checker)
    said = form(ledger, term_n="7", term_counted="WD")
    page = client.post("/viec-phai-lam/giao/", said, follow=True).content.decode()
    assert WORKED_OUT in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"term_n": "7", "term_counted": "WD", "due_on": "31/12/2026"}, "chỉ chọn một"),
        ({"term_n": "7", "term_counted": "WD", "no_end": "on"}, "chỉ chọn một"),
        ({"term_n": "bảy", "term_counted": "WD"}, "ghi số nguyên"),
        ({"term_n": "-7", "term_counted": "WD"}, "ghi số nguyên"),
        ({"term_n": "7", "term_counted": "h"}, "ghi số nguyên"),
        ({"term_n": "0", "term_counted": "D"}, "Thời hạn phải từ 01"),
        ({"term_n": "99999", "term_counted": "M"}, "Thời hạn phải từ 01"),
        ({"term_n": "1200", "term_counted": "M"}, "quá xa"),
        ({"term_key": "nobody.knows"}, "chọn một quy định trong danh sách"),
    ],
)
def test_a_term_that_cannot_be_comes_back_with_what_to_do(client, ledger, changes, words):
    client.force_login(ledger.checker)
    response = client.post("/viec-phai-lam/giao/", form(ledger, **changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Commitment.objects.exists()
