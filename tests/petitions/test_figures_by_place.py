"""Figures of petitions by what stands below a province, by kind and without a topic; each row opens as many as it counts."""

import pytest

from danvan.petitions.selectors.figures import (
    NO_TOPIC,
    Wanted,
    by_unit_below,
    figures,
    numbers_by,
    tops_below,
    wanted_petitions,
)
from danvan.petitions.selectors.populations import MEASURES
from danvan.petitions.spans import span_of
from tests.factories.province import make_grant
from tests.once import once, own
from tests.petitions import papers
from tests.topics.trees import grown

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def test_a_province_and_the_whole_country_are_told_by_what_stands_below(office):
    papers.received(office.unit, papers.matter("proposal", "Xây cầu"))
    papers.received(office.other)
    country = make_grant(office.province.country, "leader")
    for user, unit in ((office.chief, None), (country, None), (country, office.province.place.pk)):
        told = figures(user, Wanted(span_of("2026"), unit_id=unit), on=papers.TODAY)
        assert told.numbers["received"] == 2
        assert sum(row.numbers["received"] for row in told.units) == 2
        assert sum(row.numbers["received"] for row in told.topics) == 2


def test_they_are_narrowed_to_a_kind_and_to_what_has_no_topic(office):
    petition = papers.received(office.unit, papers.matter("proposal", "Xây cầu"))
    papers.received(office.unit)
    wanted = Wanted(span_of("2026"), kind="proposal", topic_id=NO_TOPIC)
    assert list(wanted_petitions(office.officer, wanted, on=papers.TODAY)) == [petition]


def test_many_units_are_told_by_the_places_below(office):
    papers.received(office.unit, papers.matter("proposal", "Xây cầu"))
    papers.received(office.other)
    wanted, country = Wanted(span_of("2026")), make_grant(office.province.country, "leader")
    found = wanted_petitions(country, wanted, on=papers.TODAY)
    numbers = numbers_by(found, wanted, MEASURES, by="unit_id")
    province = Wanted(span_of("2026"), unit_id=office.province.place.pk)
    assert tops_below(country, wanted, papers.TODAY) == [office.province.place.pk]
    assert set(tops_below(country, province, papers.TODAY)) == {
        one.pk for one in office.province.communes
    }
    assert set(tops_below(office.chief, wanted, papers.TODAY)) == {
        one.pk for one in office.province.communes
    }
    rows = by_unit_below(wanted, tops_below(country, province, papers.TODAY), numbers, papers.TODAY)
    assert sum(row.numbers["received"] for row in rows) == 2


def test_a_topic_counts_what_is_read_under_it(office):
    made = grown("Đất đai", "Đất đai › Bồi thường")
    papers.received(
        office.unit, papers.matter("proposal", "Bồi thường", topic_id=made["Bồi thường"].pk)
    )
    papers.received(office.unit)
    wanted = Wanted(span_of("2026"), topic_id=made["Đất đai"].pk)
    told = figures(office.officer, wanted, on=papers.TODAY)
    assert (told.numbers["received"], [row.name for row in told.topics]) == (1, ["Đất đai"])
