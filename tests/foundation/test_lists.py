import base64
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models.functions import Length
from django.http import QueryDict
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.foundation import lists
from danvan.foundation.lists import page_of
from danvan.foundation.models import Delivery, NumberSeries, OutboxEvent
from danvan.foundation.periods import Every

pytestmark = pytest.mark.django_db


def series(*lasts):
    rows = [NumberSeries(key=f"k{number:03}", last=last) for number, last in enumerate(lasts)]
    NumberSeries.objects.bulk_create(rows)
    return NumberSeries.objects.all()


def walk(queryset, order, *, size, limit=200, by_index=False):
    """Every page forwards, and every page backwards from the last one."""
    pages, address = [], ""
    while len(pages) < limit:
        page = page_of(queryset, QueryDict(address), order=order, size=size, by_index=by_index)
        pages.append(page)
        if not page.has_next:
            break
        address = page.next_url_params
    back, page = [pages[-1]], pages[-1]
    while page.has_previous and len(back) < limit:
        params = QueryDict(page.previous_url_params)
        page = page_of(queryset, params, order=order, size=size, by_index=by_index)
        back.insert(0, page)
    return pages, back


@pytest.mark.parametrize("by_index", [False, True])
def test_pages_follow_each_other_and_lead_back(by_index):
    rows = series(*range(7))
    pages, back = walk(rows, ("-last",), size=3, by_index=by_index)
    assert [[row.last for row in page] for page in pages] == [[6, 5, 4], [3, 2, 1], [0]]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [[row.last for row in page.rows] for page in back] == [[6, 5, 4], [3, 2, 1], [0]]
    assert (pages[0].has_previous, pages[-1].has_next) == (False, False)
    assert [page.count_label for page in pages] == ["7", "7", "7"]
    assert pages[1].first_url_params == ""


def test_an_address_keeps_the_filters_of_the_list():
    rows = series(*range(4))
    params = QueryDict("q=hòa+bình&cap=xa&cap=tinh")
    first = page_of(rows, params, order=("last",), size=2)
    read = parse_qs(first.next_url_params)
    assert (read["q"], read["cap"]) == (["hòa bình"], ["xa", "tinh"])
    second = page_of(rows, QueryDict(first.next_url_params), order=("last",), size=2)
    assert [row.last for row in second] == [2, 3]
    assert parse_qs(second.first_url_params) == {"q": ["hòa bình"], "cap": ["xa", "tinh"]}
    assert lists.AFTER not in second.previous_url_params.split("&")[0]
    assert page_of(rows, {"q": "a"}, order=("last",), size=2).next_url_params.startswith("q=a&")


def test_the_count_is_exact_up_to_a_thousand():
    rows = series(*range(1000))
    exact = page_of(rows, {}, order=("pk",))
    assert (exact.count, exact.count_label, len(exact)) == (1000, "1.000", 25)
    NumberSeries.objects.create(key="more")
    beyond = page_of(rows.all(), {}, order=("pk",))
    assert (beyond.count, beyond.count_label) == (None, "hơn 1.000")


def test_rows_that_are_sooner_counted_spare_counting_the_rest(django_assert_num_queries):
    rows = series(*range(1002))
    few = rows.filter(last__lt=9)
    for some, queries in ((few, 3), (rows, 2), (None, 2)):
        with django_assert_num_queries(queries):
            page = page_of(rows.all(), {}, order=("pk",), surely=lambda some=some: some)
        assert page.count_label == "hơn 1.000"
    with django_assert_num_queries(2):  # one page holds them all
        assert page_of(few, {}, order=("pk",), surely=lambda: few).count == 9


def test_what_is_too_much_to_count_is_told_roundly_and_counted_where_it_fits_a_page(
    django_assert_num_queries,
):
    rows, order = series(*range(30)), ("key",)
    for least, label in ((26, "hơn 20"), (152, "hơn 100"), (1001, "hơn 1.000")):
        with django_assert_num_queries(1):
            page = page_of(rows, {}, order=order, least=least)
        assert (page.count, page.count_label) == (None, label)
    assert page_of(rows, {}, order=order, least=26, size=30).count == 30


def test_an_empty_list_has_one_empty_page():
    page = page_of(NumberSeries.objects.all(), {}, order=("key",))
    assert (page.rows, page.count_label, page.has_next, page.has_previous) == (
        [],
        "0",
        False,
        False,
    )


@pytest.mark.parametrize(
    "mark",
    [
        "???",
        "abc",
        base64.urlsafe_b64encode(b"[1]").decode(),
        base64.urlsafe_b64encode(json.dumps(["x", "y"]).encode()).decode(),
        base64.urlsafe_b64encode(b'{"a": 1}').decode(),
        "đường",
    ],
)
def test_a_place_that_does_not_fit_shows_the_first_page(mark):
    rows = series(*range(4))
    for word in (lists.AFTER, lists.BEFORE):
        page = page_of(rows, {word: mark}, order=("last",), size=2)
        assert [row.last for row in page] == [0, 1]
        assert not page.has_previous


def test_rows_that_are_gone_leave_an_empty_page_with_a_way_back():
    rows = series(*range(4))
    first = page_of(rows, {}, order=("last",), size=2)
    NumberSeries.objects.filter(last__gt=1).delete()
    page = page_of(rows.all(), QueryDict(first.next_url_params + "&q=a"), order=("last",), size=2)
    assert (page.rows, page.has_next, page.has_previous) == ([], False, False)
    assert page.first_url_params == "q=a"


def test_every_page_costs_two_queries(django_assert_num_queries):
    rows = series(*range(30))
    first = page_of(rows, {}, order=("last",), size=5)
    with django_assert_num_queries(2):
        page_of(rows, QueryDict(first.next_url_params), order=("last",), size=5)


def test_rows_without_a_value_stand_last_in_both_directions():
    event = OutboxEvent.objects.create(name="x", body={}, at=datetime(2026, 1, 1, tzinfo=UTC))
    instants = [datetime(2026, 1, day, 1, 2, 3, 456789, tzinfo=UTC) for day in (1, 2, 3)]
    for number, due in enumerate([None, *instants, None]):
        Delivery.objects.create(event=event, subscriber=f"s{number}", due_at=due)
    for order, expected in (
        (("due_at",), ["s1", "s2", "s3", "s0", "s4"]),
        (("-due_at", "-pk"), ["s3", "s2", "s1", "s4", "s0"]),
    ):
        for size in (1, 2, 3):
            pages, back = walk(Delivery.objects.all(), order, size=size)
            assert [row.subscriber for page in pages for row in page] == expected
            assert [row.subscriber for page in back for row in page] == expected


def test_the_order_may_reach_over_foreign_keys_and_be_computed():
    day = datetime(2026, 1, 1, tzinfo=UTC)
    for name in ("bb", "a", "ccc"):
        event = OutboxEvent.objects.create(name=name, body={}, at=day)
        for subscriber in ("x", "y"):
            Delivery.objects.create(event=event, subscriber=subscriber)
    rows = Delivery.objects.select_related("event").annotate(size=Length("event__name"))
    for order, expected in (
        (("event__name", "-subscriber"), ["a:y", "a:x", "bb:y", "bb:x", "ccc:y", "ccc:x"]),
        (("-size", "subscriber"), ["ccc:x", "ccc:y", "bb:x", "bb:y", "a:x", "a:y"]),
        (("event", "subscriber"), ["bb:x", "bb:y", "a:x", "a:y", "ccc:x", "ccc:y"]),
        (("event__pk", "subscriber"), ["bb:x", "bb:y", "a:x", "a:y", "ccc:x", "ccc:y"]),
    ):
        pages, back = walk(rows, order, size=2)
        for seen in (pages, back):
            named = [f"{row.event.name}:{row.subscriber}" for page in seen for row in page]
            assert named == expected


def test_a_list_of_plain_values_is_paged_too():
    rows = series(3, 1, 2).values("pk", "key", "last")
    pages, _ = walk(rows, ("last",), size=2)
    assert [row["last"] for page in pages for row in page] == [1, 2, 3]


def test_primary_keys_that_are_no_numbers_are_paged_too():
    for _ in range(5):
        DBTaskResult.objects.create(
            task_path="x",
            args_kwargs={},
            backend_name="default",
            run_after=datetime(2026, 1, 1, tzinfo=UTC),
        )
    pages, back = walk(DBTaskResult.objects.all(), ("status",), size=2)
    everything = sorted(DBTaskResult.objects.values_list("pk", flat=True))
    assert sorted(row.pk for page in pages for row in page) == everything
    assert sorted(row.pk for page in back for row in page) == everything


def test_an_order_that_is_no_column_is_a_mistake_of_ours():
    with pytest.raises(FieldDoesNotExist):
        page_of(OutboxEvent.objects.all(), {}, order=("deliveries",))


def test_a_missing_object_on_the_way_to_a_column_is_no_value():
    assert lists._value(Delivery(event=None), "event__name") is None


@pytest.mark.parametrize(
    ("value", "plain"),
    [(date(2026, 3, 5), "2026-03-05"), (Decimal("1.50"), "1.50"), (Every.YEAR, "year"), (7, 7)],
)
def test_keys_are_written_without_loss(value, plain):
    assert lists._plain(value) == plain


class EveryRowOnceTest(TestCase):
    @given(
        lasts=st.lists(st.integers(0, 3), max_size=25),
        falling=st.tuples(st.booleans(), st.booleans()),
        size=st.integers(1, 6),
    )
    @settings(max_examples=60, deadline=None)
    def test_the_pages_of_a_list_hold_each_row_once(self, lasts, falling, size):
        rows = series(*lasts)
        order = ("-last" if falling[0] else "last", "-key" if falling[1] else "key")
        expected = sorted(rows, key=lambda row: row.key, reverse=falling[1])
        expected.sort(key=lambda row: row.last, reverse=falling[0])
        pages, back = walk(rows, order, size=size)
        assert [row.pk for page in pages for row in page] == [row.pk for row in expected]
        assert [row.pk for page in back for row in page] == [row.pk for row in expected]
        assert all(len(page) == size for page in pages[:-1])

    @given(st.lists(st.none() | st.datetimes(timezones=st.just(UTC)), max_size=12), st.booleans())
    @settings(max_examples=40, deadline=None)
    def test_instants_and_missing_values_are_covered_once_too(self, instants, falling):
        event = OutboxEvent.objects.create(name="x", body={}, at=datetime(2026, 1, 1, tzinfo=UTC))
        Delivery.objects.bulk_create(
            Delivery(event=event, subscriber=f"{number}", due_at=due)
            for number, due in enumerate(instants)
        )
        rows = event.deliveries.all()
        pages, back = walk(rows, ("-due_at" if falling else "due_at",), size=2)
        everything = sorted(rows.values_list("pk", flat=True))
        for seen in (pages, back):
            assert sorted(row.pk for page in seen for row in page) == everything
