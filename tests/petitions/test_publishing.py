"""What becomes public of proposals and feedback: who asked, what a person confirmed, what is never shown."""

from datetime import date

import pytest

from danvan.petitions.models import PublicPetition
from danvan.petitions.selectors import public_matter, public_matters, published_petitions
from danvan.petitions.services import ask_to_publish
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ASKED = date(2026, 10, 2)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def asked(office, *matters, **more):
    matters = matters or (papers.matter("feedback", "Đèn đường hỏng"),)
    petition = papers.received(office.unit, *matters, **more)
    return ask_to_publish(petition, on=ASKED, actor=None)


def test_who_asks_is_noted_once_with_the_day_by_which_a_person_looks(office, settings):
    settings.DANVAN_PUBLISH_DAYS = 10
    row = asked(office)
    again = ask_to_publish(row.petition, on=papers.TODAY, actor=None)
    assert (row.state, row.asked_on, row.due_on) == ("waiting", ASKED, date(2026, 10, 12))
    assert again == row
    assert again.due_on == row.due_on
    assert (row.waits, row.late(date(2026, 10, 12)), row.late(date(2026, 10, 13))) == (
        True,
        False,
        True,
    )
    assert list(published_petitions()) == []


def test_a_complaint_is_never_made_public(office):
    petition = papers.received(office.unit)
    told = papers.refused(ask_to_publish, petition, on=ASKED)
    assert "khiếu nại, tố cáo thì không" in told.message
    assert not PublicPetition.objects.exists()


def test_what_was_shown_before_it_became_a_complaint_is_shown_no_longer(office):
    row = shown(asked(office))
    assert [one.title for one in public_matters(published_petitions())] == ["Đèn đường hỏng"]
    type(row.petition).objects.update(kind="complaint")
    assert public_matter(row.number) is None


def shown(row, number="YK-2026-0001"):
    row.state, row.number, row.shown_on, row.title = (
        "shown",
        number,
        papers.TODAY,
        row.petition.title,
    )
    row.save()
    return row
