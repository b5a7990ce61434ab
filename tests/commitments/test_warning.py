"""What a commitment's clock tells of, once each, and the silence of a lead."""

from datetime import date, timedelta

import pytest

from danvan.commitments.models import Commitment, DueWarning
from danvan.commitments.selectors import Asked, Tab, card_of, lines_of, listed
from danvan.commitments.services import (
    claim_done,
    remind_leads,
    set_head,
    start_commitment,
    warn_due,
)
from danvan.law.services import (
    ParameterRow,
    correct_calendar_day,
    load_calendar,
    set_parameter,
)
from danvan.notifications.models import Notification
from tests.commitments.conftest import TODAY
from tests.commitments.test_clocks import RULES, accepted, extend, in_term
from tests.commitments.test_ties import Headed
from tests.factories.law import make_parameters
from tests.factories.province import make_grant, make_user
from tests.notifications.hearing import deliver_all, told

MARKS = ["half", "most", "before", "due", "escalated", "higher"]


@pytest.fixture
def calendar(db):
    load_calendar([2026, 2027])


def test_each_mark_is_told_once_to_those_whose_matter_it_is(ledger, calendar, settings):
    make_parameters(*RULES)
    ledger.assigner = ledger.province.committees[0]
    make_grant(ledger.assigner, "leader", user=make_user("Bí thư xã"))
    row = in_term(ledger, 15, support_ids=(ledger.other.pk,))  # due 14/12
    deliver_all()
    Notification.objects.all().delete()
    heard = {}
    for day in range(40):
        settings.DANVAN_TODAY = TODAY + timedelta(days=day)
        assert warn_due() <= 1
        assert warn_due() == 0
        deliver_all()
        for who, words, _ in told():
            heard.setdefault((who, words.split(" (")[0]), settings.DANVAN_TODAY)
    title = "hạn 14/12/2026"
    assert heard == {
        ("Lô Văn Thắng", "Đã qua nửa thời hạn"): date(2026, 12, 3),
        ("Lô Văn Thắng", "Gần hết thời hạn"): date(2026, 12, 9),
        ("Lô Văn Thắng", "Sắp đến hạn"): date(2026, 12, 10),
        ("Lô Văn Thắng", "Đến hạn"): date(2026, 12, 14),
        ("Bí thư xã", "Việc đã giao bị quá hạn"): date(2026, 12, 15),
        ("Nguyễn Hải Yến", "Việc cấp dưới giao bị quá hạn"): date(2026, 12, 21),
    }
    assert all(title in words for _, words, _ in told())
    assert DueWarning.objects.count() == 6
    card = card_of(ledger.officer, row, on=TODAY)
    assert [one.mark for one in card.clock.warnings] == MARKS


def test_what_is_claimed_or_risked_is_warned_of_no_more(ledger, calendar, settings):
    make_parameters(*RULES)
    claimed, risked = in_term(ledger), in_term(ledger)
    claim_done(claimed, result="Xong", actor=ledger.officer)
    accepted(ledger, risked, date(2026, 11, 25))
    for day in range(40):
        settings.DANVAN_TODAY = TODAY + timedelta(days=day)
        assert warn_due() == 0


def test_work_of_long_ago_is_not_warned_of_anew(ledger, settings):
    make_parameters(*RULES)
    row, other = ledger.one(due_on=date(2026, 10, 30)), ledger.one(due_on=date(2026, 11, 20))
    assert (row.warn_on, other.warn_on) == (None, TODAY)
    assert warn_due() == 1
    assert DueWarning.objects.get().mark == "due"


def test_shares_of_a_term_are_told_once_though_the_day_moved_since(ledger, calendar, settings):
    make_parameters(*RULES)
    row = in_term(ledger, 10, "D")  # half on 25/11
    settings.DANVAN_TODAY = date(2026, 11, 25)
    assert warn_due() == 1
    extend(row, date(2027, 1, 29), ledger.checker)
    for day in range(60):
        settings.DANVAN_TODAY = date(2026, 11, 25) + timedelta(days=day)
        warn_due()
    assert list(DueWarning.objects.values_list("mark", flat=True)) == ["half", "most"]


def test_a_worker_that_dies_before_the_delivery_has_it_told_once_by_the_next(ledger, settings):
    make_parameters(*RULES)
    ledger.one(due_on=TODAY)
    deliver_all()
    Notification.objects.all().delete()
    assert warn_due() == 1  # committed; its worker dies here
    assert told() == []
    assert warn_due() == 0
    deliver_all()
    deliver_all()
    assert [who for who, _, _ in told()] == ["Lô Văn Thắng"]


def test_silence_is_counted_from_the_last_act_of_the_lead(ledger):
    make_parameters("clock.silence")

    def silent():
        found = listed(ledger.leader, Asked(tab=Tab.SILENT), on=TODAY).order_by("pk")
        return [(line.commitment.pk, line.silent) for line in lines_of(list(found), on=TODAY)]

    row, fresh = ledger.one(), in_term(ledger)
    assert silent() == [(row.pk, 98)]
    assert card_of(ledger.leader, row, on=TODAY).silent == 98
    remind_leads([row], actor=ledger.checker)
    assert silent() == [(row.pk, 98)]
    row.refresh_from_db()
    start_commitment(row, actor=ledger.officer)
    assert silent() == []
    row.refresh_from_db()
    assert row.heard_on == TODAY
    Commitment.objects.update(heard_on=TODAY - timedelta(days=15))
    assert silent() == [(row.pk, 15), (fresh.pk, 15)]
    accepted(ledger, fresh, date(2026, 12, 1))
    assert silent() == [(row.pk, 15)]


def test_after_a_gap_each_audience_is_told_of_the_last_mark(ledger, calendar, settings):
    make_parameters(*RULES)
    row = in_term(ledger, 15)  # due 14/12
    settings.DANVAN_TODAY = date(2026, 12, 16)
    assert (warn_due(), warn_due()) == (1, 0)
    assert sorted(row.warnings.values_list("mark", flat=True)) == ["due", "escalated"]
    settings.DANVAN_TODAY = date(2026, 12, 21)
    assert (warn_due(), row.warnings.last().mark) == (1, "higher")


def test_a_corrected_calendar_and_another_rule_lose_no_mark(ledger, calendar, settings):
    make_parameters(*RULES)
    row = ledger.one(due_on=date(2026, 12, 31))  # named: it does not move
    Commitment.objects.filter(pk=row.pk).update(warn_on=date(2026, 12, 29))
    settings.DANVAN_TODAY = date(2026, 12, 25)
    correct_calendar_day(
        date(2026, 12, 29), working=False, reason="Nghỉ bù", citation="CV 1", actor=None
    )
    warn_due()
    row.refresh_from_db()
    assert row.warn_on == date(2026, 12, 28)  # two working days before, and no more the 29th
    rule = ParameterRow(
        key="clock.warn.before", title="Nhắc trước hạn", numerator=5, denominator=1, unit="WD before",
        scope="", valid_from=date(2020, 1, 1), valid_to=None, citation="Nội quy", confidence="K", line=0,
    )  # fmt: skip
    set_parameter(rule, end_former=False, actor=None)
    assert (warn_due(), warn_due()) == (1, 0)
    assert row.warnings.last().mark == "before"


def test_where_no_rule_is_loaded_nothing_is_silent_and_nothing_warned_of(ledger):
    row = ledger.one()
    assert card_of(ledger.leader, row, on=TODAY).silent is None
    assert not listed(ledger.leader, Asked(tab=Tab.SILENT), on=TODAY).exists()
    assert (row.warn_on, warn_due()) == (None, 0)


def test_whoever_supervises_it_is_told_beside_the_lead(db):
    make_parameters(*RULES)
    headed = Headed()
    headed.job = headed.one(due_on=TODAY)
    set_head(headed.job, post_id=headed.post.pk, actor=headed.leader)
    deliver_all()
    Notification.objects.all().delete()
    assert warn_due() == 1
    deliver_all()
    assert sorted(who for who, _, _ in told()) == ["Lô Văn Thắng", "Vi Văn An"]
