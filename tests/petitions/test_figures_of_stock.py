"""Whatever happened to petitions: what was there and what came is what ended and what is left."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from danvan.petitions.enums import Kind
from danvan.petitions.models import Petition
from danvan.petitions.selectors.figures import Wanted, figures
from danvan.petitions.spans import codes_of, span_of
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
TODAY = papers.TODAY
_office = once(papers.Office, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = TODAY
    return own(_office)


DAYS = st.integers(0, 330).map(lambda one: date(2026, 1, 1) + timedelta(days=one))


@st.composite
def fates(draw):
    """The days and the state of a petition as the services would leave them."""
    came = draw(DAYS)
    later = came + timedelta(days=draw(st.integers(0, 60)))
    end = later + timedelta(days=draw(st.integers(0, 60)))
    fate = draw(
        st.sampled_from(
            [
                "received",
                "accepted",
                "decided",
                "answered",
                "withdrawn",
                "filed",
                "guided",
                "appealed",
                "done",
            ]
        )
    )
    one = {"received_on": came, "at_unit_on": came, "state": fate, "kind": Kind.PROPOSAL}
    if fate not in ("received", "filed", "guided"):
        one["accepted_on"] = later
    if fate == "decided":
        one |= {"decided_on": end, "kind": Kind.COMPLAINT}
    if fate in ("answered", "done"):
        one |= {"answered_on": end, "answer": "Đã làm"}
    if fate in ("withdrawn", "filed", "guided", "appealed"):
        one["closed_on"] = end
    if fate == "done":
        one["closed_on"] = end + timedelta(days=draw(st.integers(0, 20)))
    return one


@given_settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    drawn=st.lists(fates(), min_size=1, max_size=8),
    code=st.sampled_from([code for code, _ in codes_of(2026)]),
    closes=st.sampled_from([0, 14]),
)
def test_what_was_there_and_came_is_what_ended_and_is_left(office, drawn, code, closes):
    Petition.objects.all().delete()
    sheet = papers.paper(office.unit)
    first = sheet.petitions.get()
    first.requests.all().delete()
    first.steps.all().delete()
    first.delete()
    for number, one in enumerate(drawn):
        Petition.objects.create(
            number=f"X-{number}", paper=sheet, unit=office.unit, title="x", **one
        )
    wanted = Wanted(span_of(code, closes=closes))
    n = figures(office.chief, wanted, on=TODAY).numbers
    assert n["opening"] + n["received"] == n["resolved"] + n["otherwise"] + n["closing"]
    for part, whole in (
        ("received_resolved", "received"),
        ("accepted_resolved", "accepted"),
        ("owed_resolved", "owed"),
        ("received_accepted", "received"),
    ):
        assert n[part] <= n[whole]
