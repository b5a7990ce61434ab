import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.documents.symbols import issuer_key, looks_like_symbol, number_of, symbol_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("05-NQ/TU", "5-nq/tu"),
        ("5-NQ/TU", "5-nq/tu"),
        ("Số: 05 - NQ/TU", "5-nq/tu"),
        ("Số 05–NQ / TU.", "5-nq/tu"),
        ("05\u00a0-\u202fNQ/TU", "5-nq/tu"),
        ("30/2020/NĐ-CP", "30/2020/nd-cp"),
        ("30/2020/NÐ-CP", "30/2020/nd-cp"),
        ("274a/UBND-NC", "274a/ubnd-nc"),
        ("04-CTr/BDVTU-BCSĐ UBND", "4-ctr/bdvtu-bcsd ubnd"),
        ("", ""),
    ],
)
def test_the_spellings_of_one_symbol_have_one_key(written, key):
    assert symbol_key(written) == key


def test_kinds_that_differ_by_a_letter_stay_apart():
    assert symbol_key("11-QĐ/TW") != symbol_key("11-QĐi/TW")


@given(st.text(alphabet="0123456789-/ ĐđNQTUS:ố.–", max_size=20))
def test_a_key_is_its_own_key(written):
    assert symbol_key(symbol_key(written)) == symbol_key(written)


@pytest.mark.parametrize(
    ("symbol", "number"),
    [("05-NQ/TU", "05"), ("Số: 274a/UBND-NC", "274a"), ("/KH-MTTQ-BTT", ""), ("", "")],
)
def test_the_number_stands_at_the_front(symbol, number):
    assert number_of(symbol) == number


@pytest.mark.parametrize(
    ("words", "is_symbol"),
    [
        ("05-NQ", True),
        ("số 5 - NQ/TU", True),
        ("368/", True),
        ("đối thoại 2026", False),
        ("2026", False),
    ],
)
def test_what_is_typed_may_be_the_beginning_of_a_symbol(words, is_symbol):
    assert looks_like_symbol(words) is is_symbol


def test_an_issuer_is_one_however_it_is_set_in_capitals():
    assert issuer_key("TỈNH ỦY  NGHỆ AN,") == issuer_key("Tỉnh uỷ Nghệ An")
