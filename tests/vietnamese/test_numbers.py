import re
from decimal import Decimal

import pytest

from danvan.vietnamese.numbers import (
    Amount,
    format_number,
    format_share,
    meanings,
    parse_amount,
    parse_in,
    parse_number,
)


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0, None, "0"),
        (1234, None, "1.234"),
        (1234567, None, "1.234.567"),
        (-1234567, None, "-1.234.567"),
        (1234.56, None, "1.234,56"),
        (Decimal("1234.50"), None, "1.234,50"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("2.345"), 2, "2,35"),
        (2, 1, "2,0"),
        (Decimal("-0.4"), 0, "0"),
        (999.95, 1, "1.000,0"),
    ],
)
def test_figures_are_written_with_a_point_and_a_comma(value, places, written):
    assert format_number(value, places) == written


def test_what_is_no_figure_is_not_written():
    with pytest.raises(ValueError, match="số hữu hạn"):
        format_number(Decimal("NaN"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234", "1234"),
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234\u202f567", "1234567"),
        ("1.234.567", "1234567"),
        (" 0,5 ", "0.5"),
        ("-12", "-12"),
        ("−12,5", "-12.5"),
        ("+7", "7"),
        ("0012", "12"),
    ],
)
def test_figures_are_read_as_people_write_them(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "vui lòng nhập một số"),
        ("1,234.56", "muốn nhập 1.234,56?"),
        ("1,234,567", "muốn nhập 1.234.567?"),
        ("1.5", "vui lòng viết 1,5"),
        ("12.3456", "vui lòng viết 12,3456"),
        ("mười hai", "không phải là một số"),
        ("1.23.456", "không phải là một số"),
        ("1.234 567", "không phải là một số"),
        ("1,5,", "không phải là một số"),
        ("٣", "không phải là một số"),
        ("9" * 5_000, "dài quá 60 chữ số"),
    ],
)
def test_a_doubtful_figure_is_asked_about(text, told):
    with pytest.raises(ValueError, match="ồng chí") as refused:
        parse_number(text)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4,5 tỷ đồng", "4500000000", "đồng"),
        ("4,5 tỉ", "4500000000", ""),
        ("137 triệu", "137000000", ""),
        ("2 tỷ 300 triệu đồng", "2300000000", "đồng"),
        ("5 nghìn tỷ", "5000000000000", ""),
        ("12 ngàn lượt", "12000", "lượt"),
        ("3.330 m2", "3330", "m2"),
        ("54,6 %", "54.6", "%"),
        ("54,6%", "54.6", "%"),
        ("130", "130", ""),
        ("-1,5 triệu", "-1500000", ""),
    ],
)
def test_amounts_are_read_with_their_words(text, value, unit):
    assert parse_amount(text) == Amount(Decimal(value), unit)


@pytest.mark.parametrize("text", ["", "đồng", "triệu đồng", "2 tỷ 300 người"])
def test_words_without_one_figure_are_no_amount(text):
    with pytest.raises(ValueError, match="không phải là một số lượng"):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1.234,5", "tỷ đồng", "1234.5"),
        ("4 tỷ", "tỷ đồng", "4"),
        ("4,5 tỷ đồng", "triệu đồng", "4500"),
        ("137 triệu", "đồng", "137000000"),
        ("137 triệu đồng", "tỷ đồng", "0.137"),
        ("2 tỷ 300 triệu", "Triệu đồng", "2300"),
        ("1,5 tỷ đồng", "tỷ đồng", "1.5"),
        ("4.000.000.000 đồng", "tỷ đồng", "4"),
        ("12 lượt", "lượt", "12"),
        ("2 nghìn", "lượt", "2000"),
        ("3.330 m2", "m2", "3330"),
        ("54,6 %", "%", "54.6"),
    ],
)
def test_a_figure_is_read_in_the_unit_that_is_asked_for(text, unit, value):
    assert parse_in(text, unit) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3.330 m2", "ha"), ("12 người", "lượt"), ("12 lượt", ""), ("4 tỷ người", "tỷ đồng"),
        ("nhiều", "lượt"), ("tỷ", "tỷ đồng"), ("", "tỷ đồng"), ("1,234.56", "lượt"), ("5 tỷ đồng", "tỷ"),
    ],
)  # fmt: skip
def test_a_figure_of_another_unit_is_asked_about(text, unit):
    with pytest.raises(ValueError, match="Đồng chí"):
        parse_in(text, unit)


def test_an_amount_in_foreign_writing_is_asked_about():
    with pytest.raises(ValueError, match=r"1\.234,56"):
        parse_amount("1,234.56 triệu")


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (71, 130, "71/130 = 54,6 %"),
        (130, 130, "130/130 = 100,0 %"),
        (0, 130, "0/130 = 0,0 %"),
        (1999, 2000, "1.999/2.000 = 99,9 %"),
        (1, 3000, "1/3.000 = 0,1 %"),
        (150, 100, "150/100 = 150,0 %"),
        (12, None, "12/chưa rõ tổng số"),
        (0, 0, "0/0 (không tính được tỷ lệ)"),
    ],
)
def test_a_share_shows_both_its_figures(part, whole, written):
    assert format_share(part, whole) == written


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,234.56", ["1234.56"]),
        ("1,234,567", ["1234567"]),
        ("1.5", ["1.5", "1500"]),
        ("1.2345", ["1.2345"]),
        ("1,234", ["1234", "1.234"]),
        ("1.234", []),
        ("12", []),
        ("nhiều", []),
    ],
)
def test_what_can_be_read_in_two_ways_says_which(text, meant):
    assert meanings(text) == [Decimal(one) for one in meant]


def test_the_example_of_a_refusal_is_a_whole_number_where_one_is_asked_for():
    for text, words in (("nhiều", "viết như {}."), ("", "một số, ví dụ {}.")):
        for whole, example in ((True, "1.234"), (False, "1.234,56")):
            with pytest.raises(ValueError, match=re.escape(words.format(example))):
                parse_number(text, whole=whole)
            with pytest.raises(ValueError, match=re.escape(words.format(example))):
                parse_in(text, "người", whole=whole)
