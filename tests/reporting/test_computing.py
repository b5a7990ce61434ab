"""Figures that nobody types: sums, differences and shares of other answers, and how they are told."""

from decimal import Decimal

import pytest

from danvan.reporting.computing import ELSEWHERE, Computed, computed
from danvan.reporting.questions import Question, Questions, QuestionSection

PLAIN = {
    code: Question(code, label, indicator_id=number, indicator_code=f"DV-0{number}")
    for number, (code, label) in enumerate(
        (("a", "Nhận"), ("b", "Trả lời"), ("c", "Chuyển")), start=1
    )
}
GIVEN = {"a": Decimal(9), "b": Decimal(6), "c": Decimal(2)}
TREE = {"difference": ["DV-01", {"sum": ["DV-02", "DV-03"]}]}


def told(amounts=GIVEN, **asked):
    extra = Question("x", "Tính", computed=True, indicator_id=9, **asked)
    part = QuestionSection(1, "Ý kiến", may_be_nil=True, questions=(*PLAIN.values(), extra))
    return computed(Questions.of((part,)), amounts)["x"]


@pytest.mark.parametrize(
    ("formula", "amount", "words"),
    [
        ({"sum": ["DV-02", "DV-03"]}, 8, "6 + 2 = 8"),
        (TREE, 1, "9 − (6 + 2) = 1"),
        ({"sum": [{"times": [1.5, "DV-02"]}, "DV-03"]}, 11, "(1,5 × 6) + 2 = 11"),
        ({"divide": ["DV-01", "DV-02"]}, Decimal("1.5"), "9 : 6 = 1,5"),
        ({"divide": ["DV-03", "DV-02"]}, Decimal(1) / 3, "2 : 6 = 0,33"),
        ("DV-02", 6, "6 = 6"),
        ({"sum": ["DV-02", "DV-77"]}, None, ELSEWHERE),
    ],
)
def test_a_formula_is_worked_out_and_told(formula, amount, words):
    assert told(formula=formula) == Computed(amount, words, unknown=amount is None)


def test_a_formula_with_a_part_missing_is_told_in_words():
    assert told({"a": Decimal(9)}, formula=TREE) == Computed(
        None, "Nhận − (Trả lời + Chuyển)", unknown=True
    )


@pytest.mark.parametrize(
    ("parts", "amounts", "words"),
    [
        ((2, 1), GIVEN, "6/9 = 66,7 %"),
        ((2, 1), {"b": Decimal(6)}, "Trả lời / Nhận"),
        ((2, 7), GIVEN, ELSEWHERE),
        ((None, 1), GIVEN, ELSEWHERE),
    ],
)
def test_a_share_is_told_with_its_parts(parts, amounts, words):
    share = told(amounts, numerator_id=parts[0], denominator_id=parts[1])

    assert share == Computed(None, words, unknown=words != "6/9 = 66,7 %")


def test_a_rate_that_is_no_percentage_is_told_by_its_parts():
    rate = told(numerator_id=2, denominator_id=1, percent=False)
    assert rate == Computed(None, "6 / 9")


def test_in_a_table_the_parts_that_are_missing_are_called_by_their_columns():
    row = {"row": 0}
    men = Question("nam", "Ngày hội: nam", indicator_id=1, indicator_code="NH.NAM", column=0, **row)
    women = Question("nu", "Ngày hội: nữ", indicator_id=2, indicator_code="NH.NU", column=1, **row)
    total = {"sum": ["NH.NAM", "NH.NU", "DV-01"]}
    both = Question("cong", "Cộng", computed=True, indicator_id=9, formula=total, column=2, **row)
    cells, columns = (men, women, both), ("Nam", "Nữ", "Cộng")
    table = QuestionSection(2, "Ngày hội", may_be_nil=True, questions=cells, rows=("Ngày hội",), columns=columns)  # fmt: skip
    above = QuestionSection(1, "Ý kiến", may_be_nil=True, questions=(PLAIN["a"],))

    assert computed(Questions.of((above, table)), {})["cong"].words == "Nam + Nữ + Nhận"
