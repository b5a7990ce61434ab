"""What many units gave in many months: current amounts only, unknown ones as unknown, in one query."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.indicators.selectors.giving import amounts_given
from danvan.reporting.services import submit_report
from tests.reporting.months import GOOD, TODAY, Month

pytestmark = pytest.mark.django_db


def test_the_newest_vintages_of_the_months_between_are_read_in_one_query(db, settings):
    settings.DANVAN_TODAY = TODAY
    month = Month()
    submit_report(month.owed[0], answers=GOOD | {"ty-dong": ""}, actor=None)
    submit_report(month.owed[0], answers=GOOD | {"luot": "500", "ty-dong": ""}, actor=None)
    submit_report(month.owed[1], answers=GOOD, actor=None)
    first, second = (one.unit_id for one in month.owed[:2])
    visits, money = month.indicators["DV-02"].pk, month.indicators["DV-07"].pk
    november, december = date(2026, 11, 1), date(2026, 12, 1)

    with CaptureQueriesContext(connection) as queries:
        found = amounts_given([visits, money], [first, second], since=november, until=december)

    assert len(queries) == 1
    assert found[first, visits] == {november: 500}
    assert found[first, money] == {november: None}
    assert found[second, visits] == {november: 1412}
    assert amounts_given([visits], [first], since=december, until=date(2027, 1, 1)) == {}
