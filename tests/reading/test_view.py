import unicodedata

import pytest

from danvan.reading.view import View

MIXED = "Uỷ ban hoà giải số 46 – CT/TW, ÐẢNG, 5\u00a0%"


def test_a_composed_text_keeps_its_offsets():
    view = View(MIXED)
    assert view.text == "Ủy ban hòa giải số 46 - CT/TW, ĐẢNG, 5 %"
    assert len(view.low) == len(view.text) == len(MIXED)
    assert view.span(0, 6) == (0, 6)
    assert view.surface(0, 6) == "Uỷ ban"


def test_a_decomposed_text_is_seen_composed_and_led_back():
    loose = unicodedata.normalize("NFD", MIXED)
    view = View(loose)
    assert view.text == View(MIXED).text
    assert unicodedata.normalize("NFC", view.surface(0, 6)) == "Uỷ ban"
    assert view.span(0, len(view.text)) == (0, len(loose))


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u202e", "\u200d"])
def test_invisible_characters_are_passed_over(hidden):
    view = View(f"Số {hidden}12-NQ/TU")
    assert view.text == "Số 12-NQ/TU"
    assert view.span(3, 11) == (4, 12)


def test_a_letter_whose_small_form_is_longer_does_not_shift_the_offsets():
    view = View("İSTANBUL 5 hộ")
    assert len(view.low) == len(view.text)
    assert view.low.endswith("5 hộ")


def test_a_text_of_bare_marks_has_a_view():
    assert len(View("\u0301\u0323").low) == len(View("\u0301\u0323").text)


def test_letters_of_another_script_that_join_leave_the_other_lines_in_one_spelling():
    raw = "\u1100\u1161\nhoà giải 5 hộ"
    view = View(raw)
    assert view.text == "\u1100\u1161\nhòa giải 5 hộ"
    assert view.surface(3, 6) == "hoà"
