"""What was said to be done and is not: by which day it counts, what a new claim needs, and that a "not yet" stays."""

from datetime import date, timedelta

import pytest

from danvan.commitments.enums import State, StepKind
from danvan.commitments.models import Commitment, CommitmentTally, DueWarning
from danvan.commitments.selectors import card_of
from danvan.commitments.selectors.following import behind_code
from danvan.commitments.services import (
    accept_risk,
    agree_commitment,
    ask_extension,
    claim_done,
    close_commitment,
    confirm_done,
    dispute_commitment,
    extend_commitments,
    issue_follow_code,
    resume_commitment,
    return_commitment,
    rule_extension,
    say_not_yet,
    start_commitment,
    supersede_commitment,
    verify_commitment,
    warn_due,
    withdraw_commitment,
    withdraw_commitments,
)
from danvan.commitments.services.tallying import count_again
from danvan.foundation.errors import RuleError
from danvan.indicators.services import Source
from danvan.law.services import correct_calendar_day, load_calendar
from danvan.notifications.models import Notification
from tests.commitments.conftest import PICTURE, PNG, TODAY
from tests.commitments.test_acts import put
from tests.commitments.test_clocks import RULES
from tests.commitments.test_deciding import refused
from tests.factories.law import make_parameters
from tests.notifications.hearing import deliver_all, told

NOT_YET = "Còn khoảng 180 m qua khe chưa đổ."
OTHER = ("anh-khac.png", PNG + b"\x00")


def at(settings, *day):
    settings.DANVAN_TODAY = date(*day)


def told_of(row):
    return sorted(DueWarning.objects.filter(commitment=row).values_list("mark", flat=True))


def counted(value):
    count_again()
    whole = CommitmentTally.objects.filter(lead_id=0, part="lead")
    return sum(whole.values_list(value, flat=True))


def not_yet(ledger):
    """Found done, and whoever asked says "not yet" by their code."""
    row = put(ledger, State.VERIFIED)
    code = issue_follow_code([row], actor=ledger.leader, public_words={row.pk: "Đường vào bản"})
    say_not_yet(code, row, NOT_YET)
    row.refresh_from_db()
    return row, code


def test_a_not_yet_is_not_got_rid_of_by_another_in_its_place(ledger):
    row, code = not_yet(ledger)
    by, claimed, closed = ledger.one(), put(ledger, State.CLAIMED), put(ledger, State.CLOSED)
    whole = counted("disputed"), counted("asked")

    def supersede(reason="", other=by):
        return supersede_commitment(
            row, by=other, words="Gộp", public_reason=reason, actor=ledger.leader
        )

    refused(lambda: supersede(), "lý do này công khai")
    refused(lambda: supersede("Gọi 0912 345 678"), "Lý do")
    refused(lambda: supersede("Gộp", claimed), "đã báo xong")
    refused(lambda: supersede("Gộp", closed), "đã đóng")
    supersede("Làm cùng đường liên bản")
    by.refresh_from_db()
    assert (by.state, by.disputed_on, by.asked_on) == (State.ASSIGNED, TODAY, TODAY)
    assert by.steps.get(kind=StepKind.DISPUTED).words == f"Về việc {row.number}: {NOT_YET}"
    assert (counted("disputed"), counted("asked")) == whole == (1, 1)
    first, second = behind_code(code).followed
    assert (first.replaced_by, first.public_reason) == (by.pk, "Làm cùng đường liên bản")
    assert (second.pk, second.words, second.standing[0]) == (
        by.pk, "Đường vào bản", "Chưa xong, đang làm tiếp",
    )  # fmt: skip
    with pytest.raises(RuleError, match="không rút được"):
        withdraw_commitment(by, words="Nhầm", actor=ledger.leader)
    claim_done(by, result="Đã đổ hết", actor=ledger.officer)
    confirm_done(code, by)
    by.refresh_from_db()
    assert (by.agreed_on, by.disputed_on) == (TODAY, None)


def test_the_page_of_the_citizen_leads_to_the_replacement(ledger, client):
    row, code = not_yet(ledger)
    by = ledger.one()
    supersede_commitment(
        row, by=by, words="Gộp", public_reason="Làm cùng đường liên bản", actor=ledger.leader
    )
    page = client.post("/theo-doi/", {"ma": code}, follow=True).content.decode()
    assert "Vì sao thay bằng việc khác khi có người báo chưa xong" in page
    assert f'href="#v{by.pk}"' in page
    assert f'id="v{by.pk}"' in page


def test_what_is_opened_again_past_its_day_is_escalated_at_once_and_once(ledger, settings):
    load_calendar([2026, 2027])
    make_parameters(*RULES)
    row = ledger.one(due_on=date(2026, 12, 11))
    at(settings, 2026, 12, 10)
    warn_due()
    claim_done(row, result="Xong", actor=ledger.officer)
    verify_commitment(row, finding="Đạt", actor=ledger.checker)
    at(settings, 2027, 1, 20)
    assert warn_due() == 0
    dispute_commitment(row, code_id=7, words=NOT_YET)
    deliver_all()
    Notification.objects.all().delete()
    assert (warn_due(), warn_due()) == (1, 0)
    assert told_of(row) == ["before", "due", "escalated", "higher"]
    deliver_all()
    words = {words.split(" (")[0] for _, words, _ in told()}
    assert {"Đã quá hạn", "Việc đã giao bị quá hạn"} <= words


def test_old_work_that_is_sent_back_is_escalated_though_its_marks_were_before_its_writing(ledger):
    load_calendar([2026, 2027])
    make_parameters(*RULES)
    row = ledger.one(due_on=date(2026, 10, 30))
    claim_done(row, result="Xong", actor=ledger.officer)
    assert (warn_due(), told_of(row)) == (0, [])
    return_commitment(row, words="Thiếu", actor=ledger.checker)
    assert (warn_due(), warn_due()) == (1, 0)
    assert told_of(row) == ["due", "escalated", "higher"]


def test_a_claim_is_not_dated_before_it_was_sent_back(ledger, settings):
    row = ledger.one()
    claim_done(row, result="Xong", on=date(2026, 11, 10), actor=ledger.officer)
    return_commitment(row, words="Thiếu", actor=ledger.checker)
    at(settings, 2026, 11, 25)
    refused(
        lambda: claim_done(row, result="Xong", on=date(2026, 11, 19), actor=ledger.officer),
        r"làm tiếp từ ngày 20/11/2026 \(trả lại\)",
    )
    row = claim_done(row, result="Xong", on=TODAY, actor=ledger.officer)
    assert row.claimed_on == TODAY


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_day_in_time_named_after_the_due_day_counts_once_it_is_confirmed(
    ledger, client, confirmed
):
    due, said = date(2026, 11, 12), date(2026, 11, 10)
    row = claim_done(ledger.one(due_on=due), result="Xong", on=said, actor=ledger.officer)
    assert (row.claimed_on, row.steps.get(kind=StepKind.CLAIMED).on) == (TODAY, said)
    assert counted("in_time") == 0
    client.force_login(ledger.checker)
    page = client.get(f"/viec-phai-lam/{row.pk}/kiem-tra/").content.decode()
    assert "Xác nhận đã xong từ ngày 10/11/2026" in page
    assert "tính theo ngày báo" in client.get(f"/viec-phai-lam/{row.pk}/").content.decode()
    sent = {"finding": "Đạt", "on": "20/11/2026", "viec": "xac-nhan"}
    client.post(
        f"/viec-phai-lam/{row.pk}/kiem-tra/", sent | ({"day_confirmed": "on"} if confirmed else {})
    )
    row.refresh_from_db()
    assert (row.state, row.claimed_on) == (State.VERIFIED, said if confirmed else TODAY)
    assert counted("in_time") == int(confirmed)


def test_who_agreed_agreed_to_one_claim(ledger):
    row = ledger.one()
    code = issue_follow_code([row], actor=ledger.leader)
    claim_done(row, result="Xong", actor=ledger.officer)
    confirm_done(code, row)
    assert counted("agreed") == 1
    return_commitment(row, words="Thiếu", actor=ledger.checker)
    row.refresh_from_db()
    assert (row.agreed_on, counted("agreed")) == (None, 0)
    claim_done(row, result="Xong thật", actor=ledger.officer)
    row.refresh_from_db()
    assert (row.agreed_on, card_of(ledger.leader, row, on=TODAY).agreeing) == (None, 0)
    [shown] = behind_code(code).followed
    assert shown.own is None
    confirm_done(code, row)
    confirm_done(code, row)
    row.refresh_from_db()
    assert (row.agreed_on, counted("agreed")) == (TODAY, 1)
    assert card_of(ledger.leader, row, on=TODAY).agreeing == 1
    assert row.answers.count() == 2


def test_whoever_claimed_does_not_close(ledger):
    row = ledger.one()
    claim_done(row, result="Xong", actor=ledger.leader, instead=True)
    row = verify_commitment(row, finding="Đạt", actor=ledger.checker)
    assert "người khác" in card_of(ledger.leader, row, on=TODAY).why_not_close
    refused(lambda: close_commitment(row, actor=ledger.leader), "người báo xong việc này")
    assert close_commitment(row, actor=ledger.checker).state == State.CLOSED


def test_after_a_not_yet_a_claim_needs_evidence_that_was_not_there(ledger):
    row = ledger.one(proof="Ảnh mặt đường")
    claim_done(row, result="Xong", actor=ledger.officer, evidence=[PICTURE])
    dispute_commitment(row, code_id=7, words=NOT_YET)
    for files in ([], [PICTURE]):
        refused(
            lambda files=files: claim_done(
                row, result="Xong", actor=ledger.officer, evidence=files
            ),
            "minh chứng mới",
        )
    claim_done(row, result="Xong", actor=ledger.officer, evidence=[OTHER])
    return_commitment(row, words="Mờ", actor=ledger.checker)
    assert claim_done(row, result="Xong", actor=ledger.officer).state == State.CLAIMED


def test_an_accepted_risk_is_told_of_on_its_day_and_not_called_paused_after_it(ledger, settings):
    load_calendar([2026, 2027])
    make_parameters(*RULES)
    row = ledger.one()
    code = issue_follow_code([row], actor=ledger.leader)
    until = date(2026, 12, 1)
    accept_risk(row, until=until, reason="Chờ vốn", document="CV 1", actor=ledger.leader)
    deliver_all()
    Notification.objects.all().delete()
    for day in range((until - TODAY).days):
        settings.DANVAN_TODAY = TODAY + timedelta(days=day)
        warn_due()
    correct_calendar_day(
        date(2026, 12, 29), working=False, reason="Nghỉ bù", citation="CV 2", actor=None
    )
    settings.DANVAN_TODAY = until
    warn_due()
    correct_calendar_day(
        date(2026, 12, 30), working=False, reason="Nghỉ bù", citation="CV 3", actor=None
    )
    warn_due()
    deliver_all()
    words = sorted(
        (who, words) for who, words, _ in told() if words.startswith("Đã đến ngày 01/12/2026")
    )
    assert [who for who, _ in words] == ["Lê Thị Hoài An", "Lô Văn Thắng", "Nguyễn Hải Yến"]
    assert "đề nghị cho làm tiếp" in words[0][1]
    assert behind_code(code).followed[0].standing[0] == "Việc này đang tạm dừng"
    settings.DANVAN_TODAY = until + timedelta(days=1)
    assert behind_code(code).followed[0].standing == (
        "Đã hết ngày tạm dừng, chờ nơi giao xem lại", "late",
    )  # fmt: skip
    settings.DANVAN_TODAY = date(2027, 2, 1)
    assert (warn_due(), told_of(row)) == (0, [])
    resume_commitment(row, words="Có vốn", actor=ledger.leader)
    assert (warn_due(), told_of(row)) == (1, ["due", "escalated", "higher"])


@pytest.mark.parametrize("asked", [True, False])
def test_more_time_given_during_a_risk_has_the_work_go_on(ledger, asked):
    row = put(ledger, State.RISK_ACCEPTED)
    until = date(2027, 9, 30)
    if asked:
        extension = ask_extension(row, until=until, reason="Mưa", actor=ledger.officer)
        rule_extension(extension, granted=True, words="", document="CV 2", actor=ledger.leader)
    else:
        extend_commitments([row], until=until, words="Mưa", document="CV 2", actor=ledger.leader)
    row.refresh_from_db()
    assert (row.state, row.due_on) == (State.IN_PROGRESS, until)
    assert "30/09/2027 theo CV 2" in row.steps.get(kind=StepKind.RESUMED).words


def test_more_time_until_a_day_that_is_over_is_refused(ledger, settings):
    row = ledger.one(due_on=date(2026, 11, 10))

    def extend(until):
        return extend_commitments(
            [row], until=until, words="Mưa", document="CV 2", actor=ledger.leader
        )

    refused(lambda: extend(date(2026, 11, 19)), "Hạn mới 19/11/2026 đã qua")
    extension = ask_extension(row, until=date(2026, 11, 25), reason="Mưa", actor=ledger.officer)
    at(settings, 2026, 11, 26)
    with pytest.raises(RuleError, match="Hạn mới 25/11/2026 đã qua"):
        rule_extension(extension, granted=True, words="", document="CV 2", actor=ledger.leader)
    assert rule_extension(extension, granted=False, words="Muộn", actor=ledger.leader).ruling


def test_an_acceptance_is_undone_unless_the_lead_did_something(ledger):
    load_calendar([2026, 2027])
    source = Source(kind="documents.document", id=7)
    moved, begun = ledger.assign(
        ledger.assignment(due_on=date(2026, 12, 30)), ledger.assignment(), source=source
    )
    Commitment.objects.filter(pk=moved.pk).update(changes=3)
    start_commitment(begun, actor=ledger.officer)
    with pytest.raises(RuleError, match="đã bắt đầu làm"):
        withdraw_commitments("documents.document", 7, [moved.pk, begun.pk], actor=None)
    [one] = withdraw_commitments("documents.document", 7, [moved.pk], actor=None)
    assert one.state == State.WITHDRAWN


def test_agreeing_twice_to_one_claim_is_once(ledger):
    row = put(ledger, State.CLAIMED)
    for _ in range(2):
        agree_commitment(row, code_id=7)
    assert row.steps.filter(kind=StepKind.AGREED).count() == 1
