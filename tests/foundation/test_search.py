import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.foundation import search
from danvan.foundation.models import JobSchedule, NumberSeries, SearchText
from danvan.vietnamese.text import fold
from tests.foundation.things import an_object

pytestmark = pytest.mark.django_db

TEXTS = {
    1: "Nghị quyết về công tác dân vận của Đảng bộ tỉnh",
    2: "Bắn đạn. Vấn đề khác",
    3: "Xoá đói giảm nghèo ở xã Điện Biên",
    4: "Kế hoạch 12/NQ-HĐND ngày 05/03/2026 về đất đai",
    5: "Đường điện thôn Ƀuôn M’gar, ខ្មែរ",
    6: "vận động nhân dân",
    7: "nhà văn hóa ꨌꩌ rộng 120 m²",
}


@pytest.fixture
def things():
    for number, text in TEXTS.items():
        search.index(an_object(number), text)
    return NumberSeries.objects.all()


def found(queryset, words, **more):
    return sorted(
        queryset_last
        for queryset_last in search.find(queryset, words, **more).values_list("last", flat=True)
    )


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        # Marks typed: the exact phrase, then what it may also mean when a page is not full.
        ("dân vận", [1, 2, 6]),
        ("DÂN  VẬN", [1, 2, 6]),
        ("dan van", [1, 2, 6]),
        ("nghị quyết", [1]),
        ("nghi quyet", [1]),
        ("quyết nghị", [1]),
        # Tone placement, đ, decomposed text, punctuation.
        ("xóa đói", [3]),
        ("xoá đói", [3]),
        ("dien bien", [3]),
        ("điện", [3, 5]),
        ("dien", [3, 5]),
        ("xo\u0301a đo\u0301i", [3]),
        ("12/NQ-HĐND", [4]),
        ("12 nq hdnd", [4]),
        ("05/03/2026", [4]),
        ("m'gar", [5]),
        ("Buon", [5]),
        ("ꨌꩌ", [7]),
        ("120 m2", [7]),
        ("120 m²", [7]),
        ("ខ្មែរ", [5]),
        # Nothing holds all the words.
        ("dân quân", []),
        ("xyz", []),
        ('"', [1, 2, 3, 4, 5, 6, 7]),
        ("", [1, 2, 3, 4, 5, 6, 7]),
        ('dân" OR "điện', []),
        ("dân & ! : * ( ) vận", [1, 2, 6]),
        ("near(dân vận, 3)", []),
    ],
)
def test_words_find_what_holds_them(things, words, numbers):
    assert found(things, words) == numbers


def test_exact_marks_come_first(things):
    rows = search.find(things, "dân vận").order_by("search_tier", "last")
    assert [(row.last, row.search_tier) for row in rows] == [(1, 0), (2, 1), (6, 2)]


def test_without_words_every_row_is_of_one_tier(things):
    rows = search.find(things, " ").order_by("search_tier", "-last")
    assert [row.last for row in rows][:2] == [7, 6]


def test_a_tier_that_fills_the_page_is_not_widened(things):
    assert found(things, "dân vận", enough=1) == [1]
    assert found(things, "dan van", enough=2) == [1, 2]
    assert found(things, "dan van", enough=3) == [1, 2, 6]


def test_search_is_held_within_the_rows_that_may_be_seen(things):
    assert found(things.filter(last__gt=1), "dân vận") == [2, 6]
    search.index(JobSchedule.objects.create(job="dân", due_at="2026-01-01T00:00Z"), "dân vận")
    assert found(things, "dân vận") == [1, 2, 6]
    assert search.find(JobSchedule.objects.all(), "dân vận").count() == 1


def test_at_most_three_queries_a_tier_are_asked(things, django_assert_max_num_queries, monkeypatch):
    with django_assert_max_num_queries(7):
        list(search.find(things, "dân vận"))
    monkeypatch.setattr(search, "FIRST", 1)
    with django_assert_max_num_queries(10):
        list(search.find(things, "dân vận"))


@pytest.mark.parametrize(
    ("enough", "counted_to", "least", "numbers"),
    [
        (2, 1000, 2, [1, 2]),  # the first texts fill a page: the others are met on the way
        (25, 1000, None, [1, 2, 6]),  # they do not: all are looked for
        (3, 2, 3, [1, 2, 6]),  # and are too many to count, some of them of a better tier
    ],
)
def test_what_very_many_texts_hold_is_found_whole(
    things, monkeypatch, enough, counted_to, least, numbers
):
    monkeypatch.setattr(search, "FIRST", 2)
    monkeypatch.setattr(search, "COUNTED_TO", counted_to)
    looked = search.look(things, "dan van", enough=enough, at_once=things.filter(last__gt=0))
    assert sorted(one.last for one in looked.rows) == numbers
    assert looked.least == least
    assert set(search.find(things.filter(last__gt=1), "dan van", enough=1)) < set(things)


def test_changed_words_replace_the_old_and_forgotten_ones_are_gone(things):
    thing = things.get(last=1)
    search.index(thing, "Chương trình hành động")
    assert found(things, "nghị quyết") == []
    assert found(things, "hành động") == [1]
    before = SearchText.objects.get(object_id=thing.pk)
    search.index(thing, "Chương trình hành động")
    assert SearchText.objects.get(object_id=thing.pk) == before
    search.forget(thing)
    search.forget(thing)
    assert found(things, "hành động") == []
    assert not SearchText.objects.filter(object_id=thing.pk).exists()


def test_an_object_without_words_is_found_by_nothing(things):
    search.index(things.get(last=1), " - ")
    assert found(things, "nghị quyết") == []


def test_a_very_long_text_is_found_to_its_end_and_across_its_parts():
    thing = an_object()
    words = [f"chữ{number}" for number in range(2 * search.WORDS_A_PART)]
    search.index(thing, " ".join(words))
    rows = NumberSeries.objects.all()
    edge = search.WORDS_A_PART
    for phrase in (words[0:3], words[edge - 4 : edge + 4], words[-3:]):
        assert found(rows, " ".join(phrase)) == [1]
    assert SearchText.objects.count() == 3
    search.index(thing, "ngắn")
    assert SearchText.objects.count() == 1


def test_many_new_objects_are_made_findable_at_once(django_assert_num_queries):
    things = [an_object(number) for number in TEXTS]
    with django_assert_num_queries(1):
        search.index_many((thing, TEXTS[thing.last]) for thing in things)
    assert found(NumberSeries.objects.all(), "dân vận") == [1, 2, 6]


def test_more_words_than_anybody_types_are_cut():
    search.index(an_object(), "dân vận " * 40)
    assert found(NumberSeries.objects.all(), "dân vận " * 100) == [1]


LETTERS = "aáàăắâấbdđeêếghioôơớuưứyAĐƯ ƀŏĕčខ្មែរꨌ0123456789²m/-.,'\"()*:!&|\u00a0\u0301\u0323"


class FoundAgainTest(TestCase):
    @given(st.text(max_size=40), st.text(max_size=10))
    @settings(max_examples=60, deadline=None)
    def test_no_text_and_no_words_break_the_search(self, text, words):
        thing, _ = NumberSeries.objects.get_or_create(key="any")
        search.index(thing, text)
        assert set(search.find(NumberSeries.objects.all(), words)) <= {thing}

    @given(st.text(st.sampled_from(LETTERS), max_size=40))
    @settings(max_examples=60, deadline=None)
    def test_any_text_is_found_by_its_own_words(self, text):
        thing, _ = NumberSeries.objects.get_or_create(key="any")
        search.index(thing, text)
        for words in (text, text.upper(), fold(text)):
            if words.lower() in (text.lower(), fold(text)):
                assert thing in search.find(NumberSeries.objects.all(), words)
