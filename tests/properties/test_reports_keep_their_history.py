"""Whatever is done to reports in whatever order: the first day stays, vintages have no gap, one value is current."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.foundation.errors import RuleError
from danvan.indicators.models import Value
from danvan.organisations.selectors import every_unit
from danvan.reporting.enums import Standing
from danvan.reporting.facts import completeness
from danvan.reporting.models import Obligation
from danvan.reporting.selectors import standing_of_period
from danvan.reporting.services import (
    accept_report,
    accept_reports,
    lock_period,
    open_period,
    reopen_report,
    return_report,
    save_draft,
    submit_report,
)
from tests.examples import at_most
from tests.reporting.months import GOOD, NOVEMBER, TODAY, Month

ACTS = {
    "send": lambda month, one: submit_report(one, answers=GOOD, actor=None),
    "send badly": lambda month, one: submit_report(one, answers={"luot": "x"}, actor=None),
    "draft": lambda month, one: save_draft(one, {"luot": "x"}, actor=None),
    "accept": lambda month, one: accept_report(one, actor=None),
    "accept all": lambda month, one: accept_reports(month.owed, actor=None),
    "return": lambda month, one: return_report(one, words="Sai", comments={}, actor=None),
    "lock": lambda month, one: lock_period(month.form, NOVEMBER, actor=None),
    "reopen": lambda month, one: reopen_report(one, words="Sai", actor=None),
    "open": lambda month, one: open_period(month.form, NOVEMBER, actor=None),
}
LEVEL = {Standing.SENT: 1, Standing.RETURNED: 1, Standing.ACCEPTED: 3, Standing.LOCKED: 4}


class AnySequenceOfActs(TestCase):
    @pytest.fixture(autouse=True)
    def day(self, settings):
        settings.DANVAN_TODAY = TODAY

    @settings(max_examples=at_most(15), suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 1)), max_size=12))
    def test_any_sequence_of_acts_keeps_the_history_whole(self, acts):
        month = Month(2)
        first_days = {}
        for name, which in acts:
            try:
                ACTS[name](month, month.owed[which])
            except RuleError:
                continue
            for one in Obligation.objects.exclude(first_sent_on=None):
                first_days.setdefault(one.pk, one.first_sent_on)

        for one in Obligation.objects.all():
            assert one.first_sent_on == first_days.get(one.pk)
            vintages = list(one.submissions.values_list("vintage", flat=True))
            assert vintages == list(range(1, len(vintages) + 1))
            values = Value.objects.filter(unit_id=one.unit_id)
            current = values.filter(current=True)
            ids = list(current.values_list("indicator_id", flat=True))
            assert len(ids) == len(set(ids)) == (7 if vintages else 0)
            assert values.count() == 7 * len(vintages)
            if vintages:
                newest = one.submissions.latest("vintage").pk
                assert set(current.values_list("source_id", "level")) == {
                    (newest, LEVEL[one.standing])
                }
        whole = completeness(every_unit(), NOVEMBER)
        assert whole.on_time <= whole.sent <= whole.owed == 2
        standing = standing_of_period(month.form, NOVEMBER)
        assert standing.sent + len(standing.missing) == standing.owed
