"""What officers see of what waits and stands in public: within reach, by unit, at the same cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.petitions.models import PublicPetition
from danvan.petitions.selectors import (
    late_publications,
    moderation_lines,
    public_matters,
    publications_by_unit,
    publications_listed,
    published_petitions,
    waiting_publications,
)
from danvan.petitions.services import (
    bar_user,
    decline_publication,
)
from tests.once import once, own
from tests.petitions import papers
from tests.petitions.published import asked, shown

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def test_the_list_shows_what_waits_within_reach_and_nothing_against_the_reader(office):
    late, again = asked(office), shown(office)
    PublicPetition.objects.filter(pk=again.pk).update(
        again_on=papers.TODAY, due_on=date(2026, 11, 30)
    )
    against = asked(office)
    bar_user(against.petition, user=office.officer, actor=None)
    listed = publications_listed(office.officer, "waiting").order_by("due_on")
    assert [(one.row, one.late) for one in moderation_lines(listed)] == [
        (late, True),
        (again, False),
    ]
    assert (waiting_publications(office.officer), waiting_publications(office.stranger)) == (2, 0)
    assert list(publications_listed(office.officer, "shown")) == [again]


@pytest.mark.parametrize("which", ["public", "list"])
def test_a_list_costs_the_same_queries_at_one_and_three_rows(office, which):
    def read():
        with CaptureQueriesContext(connection) as seen:
            if which == "public":
                assert public_matters(published_petitions())
            else:
                assert moderation_lines(publications_listed(office.officer, "shown"))
        return len(seen)

    shown(office)
    one = read()
    shown(office), shown(office)
    assert read() == one


def test_each_unit_is_seen_with_what_is_late_and_what_was_not_made_public(office):
    late, open_one, gone = asked(office), shown(office), asked(office)
    decline_publication(gone, reason="Xúc phạm", actor=office.officer)
    against = asked(office)
    bar_user(against.petition, user=office.officer, actor=None)
    [line] = publications_by_unit(office.officer)
    assert (line.unit_id, line.waiting, line.late, line.shown, line.declined, line.taken_down) == (
        office.unit.pk, 1, 1, 1, 1, 0,
    )  # fmt: skip
    assert line.unit_name
    assert list(late_publications(office.officer)) == [late]
    assert list(publications_listed(office.officer, "shown", unit_id=office.unit.pk)) == [open_one]
    assert list(publications_listed(office.officer, "shown", unit_id=office.other.pk)) == []
    assert publications_by_unit(office.stranger) == []
