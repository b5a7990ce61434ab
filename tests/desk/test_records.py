"""The records behind a count, of whatever module: named where the reader may open them, else only counted."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.services import Assignment, assign_commitments, claim_done
from tests.factories.province import Province, make_grant
from tests.indicators.test_evaluate import make_target

pytestmark = pytest.mark.django_db
TITLE = "Làm đường bản Khe Rạn"


@pytest.mark.parametrize("place", ["province", "commune"])
def test_commitments_behind_a_target_are_named_to_who_may_read_them(client, settings, place):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    province = Province()
    target = make_target(province, rules=(("commitments.claimed", 1),))
    lead = province.fronts[0]
    [given] = assign_commitments(
        [Assignment(lead.pk, TITLE, "Biên bản", date(2026, 12, 31))],
        assigner=province.committee, actor=None, assigned_on=date(2026, 3, 3),
    )  # fmt: skip
    claim_done(given, result="Xong", actor=None, on=date(2026, 5, 5))
    reader = {"province": province.place, "commune": province.communes[0]}[place]
    client.force_login(make_grant(reader, "leader"))

    address = reverse("desk:target-unit", kwargs={"pk": target.pk, "unit": lead.pk})
    page = client.get(address, {"ky": "2026"}).content.decode()

    assert (TITLE in page, reverse("commitments:card", args=[given.pk]) in page) == (True, True)
