import pytest

from danvan.reading.doctypes import issuer_of_organ, key_of_symbol, organ_of_symbol
from danvan.reading.symbols import find_blank_number, find_symbols, normalise, symbol_key
from danvan.reading.view import View


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("số 368/NQ-HĐND", "368/NQ-HĐND"),
        ("số 17/2014/QĐ-UBND.", "17/2014/QĐ-UBND"),
        ("125/UBND-NC", "125/UBND-NC"),
        ("136/2025/QH15;", "136/2025/QH15"),
        ("04-NQ/TU", "04-NQ/TU"),
        ("290 -QĐ/TW", "290-QĐ/TW"),
        ("46 – CT / TW", "46-CT/TW"),
        ("11-QĐi/TW", "11-QĐi/TW"),
        ("23/TTr-MTTW-BTT", "23/TTr-MTTW-BTT"),
        ("403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN", "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN"),
        ("02/2025/NQLT/UBTVQH15-CP- ĐCTUBTWMTTQVN", "02/2025/NQLT/UBTVQH15-CP-ĐCTUBTWMTTQVN"),
        ("07-CTr/BDVTU-BCSĐ UBND ngày", "07-CTr/BDVTU-BCSĐ UBND"),
        ("21/2025/TT - BNV", "21/2025/TT-BNV"),
        ("66.22/2026/NQ-CP", "66.22/2026/NQ-CP"),
        ("12a/QÐ-UBND", "12a/QĐ-UBND"),
        ("số368/NQ-HĐND", "368/NQ-HĐND"),
        ("31\u00a0-\u00a0KH/ĐU", "31-KH/ĐU"),
    ],
)
def test_every_grammar_of_symbols_is_read(written, symbol):
    (found,) = find_symbols(View(written).text)
    assert found.symbol == symbol
    assert found.certain


@pytest.mark.parametrize(
    "written", ["16/20 xã", "15/3/2026 - TP Vinh", "866 lượt/964 người", "06-KH_ban", "2021-2025"]
)
def test_what_looks_like_a_symbol_is_none(written):
    assert find_symbols(written) == []


@pytest.mark.parametrize("line", ["Số:      /KH-MTTQ-BTT", "Số      -KH/BCĐ", "Số: ..../QĐ-UBND"])
def test_a_blank_number_is_seen_as_blank(line):
    assert find_blank_number(f"UBND XÃ\n{line}\n") is not None
    assert find_symbols(line) == []


def test_keys_of_two_spellings_agree():
    assert symbol_key("Số: 05 – NQ/TU") == symbol_key("5-NQ/TU")
    assert symbol_key("02/2025/NQLT/UBTVQH15-CP") == symbol_key("2/2025/NQLT-UBTVQH15-CP")
    assert normalise(" 46 - CT/TW. ") == "46-CT/TW"


@pytest.mark.parametrize(
    ("symbol", "key", "organ", "issuer"),
    [
        ("46-CT/TW", "directive", "TW", "Trung ương"),
        ("10/2022/QH15", "law", "QH15", "Quốc hội"),
        ("125/UBND-NC", "official_letter", "UBND-NC", "Ủy ban nhân dân"),
        ("155/2026/NĐ-CP", "decree", "CP", "Chính phủ"),
        ("16/KH-MTTQ-BTT", "plan", "MTTQ-BTT", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        ("62", "", "", ""),
    ],
)
def test_a_symbol_tells_its_kind_and_organ(symbol, key, organ, issuer):
    assert key_of_symbol(symbol) == key
    assert organ_of_symbol(symbol) == organ
    assert issuer_of_organ(organ) == issuer
