"""What a person decided of the words of a record, and what is said where a page does not fit them."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from danvan.foundation import public_words
from danvan.foundation.covering import CoverForm, cover_faults
from danvan.foundation.models import PublicWords, SearchText
from danvan.foundation.public_words import Place, decide_words

pytestmark = pytest.mark.django_db
ONE, TWO = Place("things.thing", 1, "title"), Place("things.thing", 2, "title")


def test_words_are_read_and_found_only_while_a_person_lets_them(settings):
    settings.DANVAN_TODAY = "2026-11-20"
    decide_words(ONE, words="Cầu [họ tên] đã xong", spans=[[4, 9, "name"]], actor=None)
    decide_words(TWO, words=None, spans=[[1, 2, "name"]], actor=None)
    assert public_words.shown_words("things.thing", [1, 2]) == {
        (1, "title"): "Cầu [họ tên] đã xong"
    }
    assert [one["subject_id"] for one in public_words.shown_ids("things.thing", "title")] == [1]
    assert public_words.decided_ids("things.thing", "title").count() == 2
    assert public_words.found_ids("things.thing", "title", "cau da xong", most=5) == [1]
    assert public_words.found_ids("things.thing", "place", "cau", most=5) == []
    decide_words(ONE, words=None, actor=None)
    assert public_words.shown_words("things.thing", [1, 2]) == {}
    assert not SearchText.objects.exists()
    assert [(str(one), one.words, one.spans) for one in PublicWords.objects.order_by("pk")] == [
        ("things.thing:1:title", "", []), ("things.thing:2:title", "", []),
    ]  # fmt: skip


def test_words_that_nobody_reads_are_not_kept():
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicWords.objects.create(
            subject="x", subject_id=1, part="y", shown=False, words="lộ", decided_on="2026-11-20"
        )


def test_what_was_decided_costs_one_query_a_kind_of_record():
    for one in (ONE, TWO, Place("things.other", 1, "place")):
        decide_words(one, words="a", actor=None)
    with CaptureQueriesContext(connection) as spent:
        found = public_words.decided_words([ONE, TWO, Place("things.other", 1, "place")])
    assert (len(spent), len(found), found[ONE].words) == (2, 3, "a")


def test_a_page_sends_ticked_places_what_is_shown_and_more_words():
    form = CoverForm(QueryDict("che=a:1:2:name&che=b&hien=c1&words=chợ%0A%0A chợ %0Acầu&seen=3"))
    assert form.is_valid()
    assert form.cleaned_data["seen"] == 3
    assert (form.chosen(), form.wanted()) == (["a:1:2:name", "b"], ["c1"])
    assert form.more() == ("chợ", "cầu")
    assert CoverForm().chosen() == []


def test_each_fault_of_a_cover_says_what_to_do():
    told = cover_faults(["title"], ["cột điện"])
    assert [one.column for one in told] == ["title", "words"]
    assert "tải lại trang" in told[0].message
    assert "“cột điện”" in told[1].message
