"""Pages of reports cost the same number of queries however much they show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.foundation.periods import Period
from danvan.reporting.models import Obligation
from danvan.reporting.services import return_report
from tests.factories.province import make_grant
from tests.reporting.paths import at, boxes, period_at, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "role", "where"),
    [
        ("home", "commune_officer", "place"),
        ("home", "commune_officer", "commune"),
        ("period", "specialist", "place"),
    ],
)
def test_lists_cost_the_same_at_one_and_three_rows(name, role, where, month, client):
    """A list at the province has a row for each unit, at the commune one for each month."""
    from danvan.reporting.services import open_period

    place = month.province.place if where == "place" else month.province.communes[0]
    client.force_login(make_grant(place, role))
    address = period_at(month) if name == "period" else reverse("reporting:home")
    for code in ("2026-10", "2026-09"):
        open_period(month.form, Period.parse(code), actor=None)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    cost()
    three = cost()
    keep = month.owed[0].pk
    Obligation.objects.exclude(pk=keep).delete()
    assert cost() == three


@pytest.mark.parametrize("name", ["entry", "report", "review", "paper"])
def test_a_report_costs_the_same_however_many_vintages_and_decisions_it_has(
    name, month, officer, client
):
    def cost():
        client.post(at("entry", month), boxes(viec="luu"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(name, month)).status_code == 200
        return len(queries)

    for _ in range(2):
        sent(month)
        return_report(month.first, words="Xem lại.", comments={}, actor=None)
    cost()
    few = cost()
    for _ in range(3):
        sent(month)
        return_report(month.first, words="Xem lại.", comments={"luot": "Sửa"}, actor=None)
    assert cost() == few
