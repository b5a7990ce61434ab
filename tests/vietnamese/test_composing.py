"""Composed and decomposed spelling: as Unicode says it, but for a letter with more marks than any letter has."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.reading import why_unreadable
from danvan.vietnamese.composing import MOST, compose, decompose
from danvan.vietnamese.text import canonical, fold


@given(st.text(max_size=40))
def test_whatever_people_write_is_composed_as_unicode_says(text):
    if max((len(run) for run in _runs(text)), default=0) <= MOST:
        assert compose(text) == unicodedata.normalize("NFC", text)
        assert decompose(text) == unicodedata.normalize("NFD", text)


def _runs(text):
    run = ""
    for one in text:
        run = run + one if unicodedata.combining(one) else ""
        yield run


@pytest.mark.parametrize("mark", ["\u0301", "\u0323", "\u064b"])
def test_a_letter_keeps_eight_marks_and_no_more(mark):
    assert decompose("b" + mark * 20) == "b" + mark * MOST
    assert canonical("b" + mark * 20) == canonical("b" + mark * MOST)


def test_a_hundred_thousand_marks_are_read_at_once():
    marks = "a" + "\u0301\u0323" * 150_000
    assert fold(marks) == "a"
    assert len(canonical(marks)) <= MOST
    assert why_unreadable(f"{marks} Kế hoạch số 5") is None
