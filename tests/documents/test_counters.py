from datetime import date

import pytest
from django.urls import reverse

from danvan.documents.enums import STANDING_TYPES, Direction, DocumentType
from danvan.documents.models import Document
from danvan.documents.services import register_issued_document
from danvan.foundation.periods import Period
from danvan.indicators import counters
from tests.documents.papers import Paper
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")


def test_every_document_type_has_a_counter():
    issued = {f"documents.issued.{kind}" for kind in DocumentType}
    assert issued | {f"documents.held.{kind}" for kind in STANDING_TYPES} == {
        counter.key
        for counter in counters.all_counters()
        if counter.key.startswith(("documents.issued.", "documents.held."))
    }


def issue(unit, day, kind=DocumentType.ORIENTATION_DOCUMENT, **given):
    return register_issued_document(
        unit=unit, document_type=kind, abstract="Định hướng", issued_on=day, actor=None, **given
    )


@pytest.fixture
def papers(province):
    one, two, three = province.fronts
    with_file = issue(one, date(2026, 2, 3), symbol="1/HD", content=Paper().as_txt(), name="a.txt")
    kept = [with_file, issue(one, date(2026, 12, 31)), issue(two, date(2026, 1, 1))]
    issue(one, date(2025, 12, 31))  # the year before
    issue(one, date(2026, 5, 5), DocumentType.PLAN)  # of another type
    DocumentFactory(  # came in, was not issued
        unit=three, document_type=DocumentType.ORIENTATION_DOCUMENT, issued_on=date(2026, 3, 3)
    )
    return kept


def test_issued_documents_are_counted_by_unit_and_day(province, papers, django_assert_num_queries):
    counter = counters.named("documents.issued.orientation_document")
    ids = [unit.pk for unit in province.fronts]
    one, two, _ = ids
    with django_assert_num_queries(1):
        assert counter.count(ids, YEAR) == {one: 2, two: 1}
    with django_assert_num_queries(1):
        quarters = YEAR.parts("quarter")
        assert counter.tally(ids, quarters) == {
            (one, quarters[0]): 1, (one, quarters[3]): 1, (two, quarters[0]): 1,
        }  # fmt: skip
    assert counter.tally(ids, []) == {}
    assert counter.count([two], YEAR) == {two: 1}


def test_the_records_behind_a_count_are_those_counted(province, papers, django_assert_num_queries):
    counter = counters.named("documents.issued.orientation_document")
    with django_assert_num_queries(1):
        records = counter.records([unit.pk for unit in province.fronts], YEAR)
    assert {record.pk for record in records} == {document.pk for document in papers}
    assert counter.how_many_records([unit.pk for unit in province.fronts], YEAR) == len(records)
    sums = {}
    for record in records:
        sums[record.unit_id] = sums.get(record.unit_id, 0) + record.quantity
    assert sums == counter.count([unit.pk for unit in province.fronts], YEAR)
    [first] = [record for record in records if record.pk == papers[0].pk]
    assert (first.title, first.day, first.has_evidence) == (
        "1/HD Định hướng",
        date(2026, 2, 3),
        True,
    )
    assert first.url == reverse("documents:card", args=[first.pk])
    assert not any(record.has_evidence for record in records if record.pk != first.pk)


def test_moving_one_document_moves_exactly_its_count(province, papers):
    counter = counters.named("documents.issued.orientation_document")
    ids = [unit.pk for unit in province.fronts]
    before = counter.count(ids, YEAR)
    Document.objects.filter(pk=papers[0].pk).update(direction=Direction.INCOMING)
    assert counter.count(ids, YEAR) == {**before, ids[0]: 1}


def test_a_regulation_of_an_earlier_year_is_still_held(province, django_assert_num_queries):
    one, two, three = province.fronts  # the third has none
    kind = DocumentType.COORDINATION_REGULATION
    old, new = issue(one, date(2024, 6, 1), kind), issue(two, date(2026, 6, 30), kind)
    counter = counters.named("documents.held.coordination_regulation")
    ids = [one.pk, two.pk, three.pk]

    with django_assert_num_queries(1):
        assert counter.count(ids, YEAR) == {one.pk: 1, two.pk: 1}
    first, second = YEAR.parts("half")
    assert counter.tally(ids, [first, second]) == {
        (one.pk, first): 1, (one.pk, second): 1, (two.pk, first): 1, (two.pk, second): 1,
    }  # fmt: skip
    assert [record.pk for record in counter.records(ids, YEAR)] == [old.pk, new.pk]
    assert counter.tally(ids, []) == {}
