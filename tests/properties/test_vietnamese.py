"""What must hold for every text, number and day, not only for those we thought of."""

import unicodedata
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from danvan.vietnamese.collation import name_key, sort_key
from danvan.vietnamese.dates import format_date, parse_date
from danvan.vietnamese.numbers import format_number, format_share, parse_number
from danvan.vietnamese.text import canonical, fold, looks_damaged

LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
)
vietnamese = st.text(
    st.sampled_from(
        LETTERS + LETTERS.upper() + " -–\u00a0\u0301\u0323\u0302\u0306'’ƀŏĕčÐ1290.\u200b"
    )
)
anything = st.text() | vietnamese
LONG_DAYS = st.dates()


@given(anything)
def test_the_canonical_form_is_a_fixed_point(text):
    once = canonical(text)
    assert canonical(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(anything)
def test_composed_and_decomposed_text_have_one_canonical_form(text):
    composed, loose = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert canonical(composed) == canonical(loose)


@given(anything)
def test_folding_is_a_fixed_point(text):
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_composed_and_decomposed_text_fold_alike(text):
    composed, loose = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(loose)


@given(vietnamese)
def test_the_canonical_form_is_found_by_the_same_words(text):
    assert fold(canonical(text)) == fold(text)


@given(vietnamese)
def test_nothing_vietnamese_survives_folding(text):
    assert not set(fold(text)) & set("đăâêôơưàảãáạ\u0301\u0323")


@given(st.lists(vietnamese, max_size=8))
def test_the_order_is_total_and_does_not_depend_on_the_start(texts):
    for key in (sort_key, name_key):
        backwards = texts[::-1]
        assert sorted(texts, key=key) == sorted(backwards, key=key)


@given(vietnamese, vietnamese)
def test_only_equal_texts_stand_in_the_same_place(one, other):
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15
    )
)
def test_a_figure_is_read_back_as_it_was_written(value):
    assert parse_number(format_number(value)) == value


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_whole_only_where_it_is_whole(part, whole):
    percent = format_share(part, whole).split(" = ")[1].removesuffix(" %")
    assert (percent == "0,0") == (part == 0)
    if part < whole:
        assert parse_number(percent) < 100
    assert abs(parse_number(percent) - Decimal(100 * part) / whole) <= Decimal("0.1")


@given(LONG_DAYS)
def test_a_day_is_read_back_as_it_was_written(day: date):
    assert parse_date(format_date(day)) == day


@given(anything)
def test_reading_refuses_with_a_sentence_or_reads(text):
    for read in (parse_number, parse_date):
        try:
            read(text)
        except ValueError as refused:
            told = str(refused)
        else:
            told = "Đồng chí vui lòng"
        assert "ồng chí vui lòng" in told


@given(anything)
def test_looking_for_damage_never_fails(text):
    told = looks_damaged(text)
    assert told is None or told.endswith(".")
