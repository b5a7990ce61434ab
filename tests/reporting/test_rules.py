"""Rules: trees that give the same everywhere, never fall over, and never turn red for want of a figure."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.reporting.rules import (
    Figures,
    Known,
    Past,
    Rule,
    Sort,
    adds_up,
    between,
    circle_in,
    evaluate,
    forms_in,
    items_in,
    judge,
    looks_back,
    months_back,
    part_of,
    same_in_form,
    steady,
    tree_faults,
    usual,
    written,
)

VECTORS = json.loads((Path(__file__).parent / "rule_vectors.json").read_text(encoding="utf-8"))
KNOWN = Known({"a", "b", "c", "part", "whole"}, {"BM-03": {"b"}})


def amount(text):
    return None if text is None else Decimal(text)


def amounts(texts):
    return {code: amount(text) for code, text in texts.items()}


def figures_of(given):
    return Figures(
        amounts(given.get("items", {})),
        Past(
            previous=amounts(given.get("previous", {})),
            last_year=amounts(given.get("last_year", {})),
            history={code: list(map(amount, row)) for code, row in given.get("history", {}).items()},
            forms={
                (form, code): amount(text)
                for form, said in given.get("forms", {}).items()
                for code, text in said.items()
            },
        ),
    )  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS, ids=[one["what"] for one in VECTORS])
def test_a_tree_gives_what_the_shared_vectors_say(vector):
    expected = vector["result"]
    meant = Sort.TRUTH if evaluates_to_truth(vector["tree"]) else Sort.NUMBER

    assert tree_faults(vector["tree"], KNOWN, meant=meant) == []
    found = evaluate(vector["tree"], figures_of(vector["figures"]))

    assert found == (Fraction(expected) if isinstance(expected, str) else expected)
    assert isinstance(found, bool) == isinstance(expected, bool)


def evaluates_to_truth(tree):
    conditions = {"<", "<=", ">", ">=", "=", "!=", "all", "any", "not"}
    return isinstance(tree, bool) or (isinstance(tree, dict) and bool(conditions & set(tree)))


codes = st.sampled_from(["a", "b", "c"])
leaves = st.one_of(
    st.integers(-1000, 1000),
    st.decimals(-100, 100, places=3).map(lambda one: f"{one:f}"),
    codes.map(lambda code: {"item": code}),
    codes.map(lambda code: {"previous": code}),
    codes.map(lambda code: {"same_period_last_year": code}),
    st.just({"of_form": ["BM-03", "b"]}),
    st.lists(codes, min_size=1, max_size=3).map(lambda found: {"sum": found}),
    st.tuples(st.sampled_from(["median", "spread"]), codes, st.integers(1, 4)).map(
        lambda one: {one[0]: [one[1], 4, one[2]]}
    ),
)


def grown(parts):
    """Numbers of numbers, with conditions of numbers between them."""
    pairs = st.tuples(parts, parts).map(list)
    return st.one_of(
        st.tuples(st.sampled_from(["+", "-", "x", "max", "min"]), pairs).map(lambda one: {one[0]: one[1]}),
        st.tuples(conditions_of(parts), parts, parts).map(lambda one: {"if": list(one)}),
    )  # fmt: skip


def conditions_of(numbers):
    compared = st.tuples(
        st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), st.tuples(numbers, numbers).map(list)
    ).map(lambda one: {one[0]: one[1]})
    plain = st.one_of(st.booleans(), compared)
    return st.one_of(
        plain,
        plain.map(lambda one: {"not": one}),
        st.tuples(st.sampled_from(["all", "any"]), st.lists(plain, min_size=1, max_size=3)).map(
            lambda one: {one[0]: one[1]}
        ),
    )


numbers = st.recursive(leaves, grown, max_leaves=6)
conditions = conditions_of(numbers)
figure = st.decimals(-50, 50, places=2)
whole = st.fixed_dictionaries(dict.fromkeys("abc", figure))
gaps = st.sets(st.sampled_from(["a", "b", "c"]))
past = st.fixed_dictionaries(
    {"history": st.fixed_dictionaries({code: st.lists(figure | st.none(), max_size=6) for code in "abc"})}
)  # fmt: skip


@given(st.one_of(conditions, numbers), whole, gaps, past)
def test_every_well_formed_tree_gives_a_result_that_no_missing_figure_could_change(
    tree, full, missing, before
):
    assert not [one for one in tree_faults(tree, KNOWN) if "phải là một điều kiện" not in one]
    partly = {code: None if code in missing else one for code, one in full.items()}

    def at(known):
        return evaluate(
            tree,
            Figures(known, Past(previous=known, last_year=known, **before,
                                forms={("BM-03", "b"): known["b"]})),
        )  # fmt: skip

    known, unknown = at(full), at(partly)
    assert unknown is None or unknown == known


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (3, "“3” phải là một điều kiện đúng hoặc sai"),
        ({"+": [1, 2]}, "Phép “+” cho một số"),
        ({"<": [True, 1]}, "“True” phải là một số hoặc một phép tính"),
        ({"<": [{"all": [True]}, 1]}, "Phép “all” cho đúng hoặc sai"),
        ({"<": ["nhiều", 1]}, "“nhiều” không phải là một số"),
        ({"<": [1.5, 1]}, "“1.5” không phải"),
        ({"<": [None, 1]}, "“None” không phải"),
        ({"<": [1], ">": [2]}, "Mỗi phần của quy tắc"),
        ({"divide": [1, 2]}, "Không có phép “divide”"),
        ({"<": [1, 2, 3]}, "Phép “<” cần danh sách đúng 2 phần"),
        ({"all": []}, "Phép “all” cần danh sách ít nhất 1 phần"),
        ({"<": [{"+": [1]}, 1]}, "Phép “+” cần danh sách ít nhất 2 phần"),
        ({"<": [{"item": "x"}, 1]}, "Biểu này không có câu hỏi số mã “x”"),
        ({"<": [{"item": ["a"]}, 1]}, "Biểu này không có câu hỏi số"),
        ({"<": [{"sum": []}, 1]}, "Phép “sum” cần danh sách mã"),
        ({"<": [{"sum": ["x"]}, 1]}, "mã “x”"),
        ({"<": [{"of_form": ["BM-03"]}, 1]}, "cần mã biểu và mã câu hỏi"),
        ({"<": [{"of_form": ["BM-99", "b"]}, 1]}, "Không có biểu mã “BM-99”"),
        ({"<": [{"of_form": ["BM-03", "z"]}, 1]}, "Biểu “BM-03” không có câu hỏi số mã “z”"),
        ({"<": [{"median": ["a", 3]}, 1]}, "số tháng nhìn lại"),
        ({"<": [{"median": ["a", 3, True]}, 1]}, "số tháng nhìn lại"),
        ({"<": [{"spread": ["a", 3, 9]}, 1]}, "nhìn lại từ 1 đến 24 tháng"),
        ({"if": [True, False]}, "Phép “if” cần đúng 3 phần"),
        ({"if": [1, True, 2]}, "phải là một điều kiện"),
        ({"not": 1}, "phải là một điều kiện"),
        ({"all": [True] * 300}, "Quy tắc dài quá 200 phần"),
    ],
)  # fmt: skip
def test_a_tree_that_is_none_is_refused_in_whole_sentences(tree, said):
    faults = tree_faults(tree, KNOWN)

    assert any(said in one for one in faults)
    assert all(one.endswith((".", '".')) for one in faults)


def test_a_tree_that_goes_too_deep_is_refused_however_deep_it_is():
    tree = True
    for _ in range(500):
        tree = {"not": tree}

    assert tree_faults(tree, KNOWN) == [
        "Quy tắc lồng sâu quá 12 tầng, đồng chí vui lòng viết gọn lại."
    ]


def test_a_tree_says_what_it_looks_at():
    tree = {
        "all": [
            {"<": [{"item": "a"}, {"median": ["a", 9, 4]}]},
            {"=": [{"sum": ["a", "b"]}, {"of_form": ["BM-03", "b"]}]},
        ]
    }

    assert items_in(tree) == ["a", "b"]
    assert months_back(tree) == 9
    assert looks_back(tree)
    assert not looks_back({"<": [{"item": "a"}, 1]})
    assert forms_in(tree) == [("BM-03", "b")]


def test_items_worked_out_from_one_another_are_found():
    assert circle_in({"a": ["b"], "b": ["c"], "c": ["b"], "d": []}) == ["b", "c"]
    assert circle_in({"a": ["b", "c"], "b": ["c"], "c": []}) == []


@pytest.mark.parametrize(
    ("rule", "answers", "before", "said"),
    [
        (between("k", "a", least=1, most=9), "40", [], "Số này phải từ 1 đến 9, đang ghi 40."),
        (between("k", "a", least="0.5"), "0", [], "Số này phải từ 0,5 trở lên, đang ghi 0."),
        (between("k", "a", most=Decimal("2.5")), "3", [], "Số này phải nhiều nhất 2,5, đang ghi 3."),
        (usual("k", "a", times=3), "40", [3, 4, 5, 6, 7, 9], "Thường từ 1 đến 10, kỳ này 40."),
        (usual("k", "a", times=3, slack=2), "40", [6] * 6, "Thường từ 4 đến 8, kỳ này 40."),
        (usual("k", "a", times=9), "40", [3, 4, 5, 6, 7, 9], "Thường từ 0 đến 19, kỳ này 40."),
        (steady("k", "a", percent=50), "40", [10, 12, 8, 10], "Thường từ 5 đến 15, kỳ này 40."),
        (steady("k", "a", percent=50), "1", [10, 12, 8, 10], "Thường từ 5 đến 15, kỳ này 1."),
    ],
)  # fmt: skip
def test_each_kind_of_rule_says_plainly_what_is_wrong(rule, answers, before, said):
    assert tree_faults(rule.tree, KNOWN) == []
    assert not any(tree_faults(one, KNOWN, meant=Sort.NUMBER) for one in rule.figures.values())

    [found] = judge(
        [rule],
        Figures({"a": Decimal(answers)}, Past(history={"a": [Decimal(one) for one in before]})),
    )

    assert found.message.startswith(said)
    assert (found.item, found.rule, found.blocks) == ("a", "k", rule.blocks)


def test_a_past_that_is_too_short_warns_of_nothing():
    answers = {"a": Decimal(40)}
    five, three = ([Decimal(3)] * many for many in (5, 3))

    assert judge([usual("k", "a", times=3)], Figures(answers, Past(history={"a": five}))) == []
    assert judge([steady("k", "a", percent=50)], Figures(answers, Past(history={"a": three}))) == []


def test_parts_and_other_forms_are_compared():
    answers = {"a": Decimal(9), "b": Decimal(6), "c": Decimal("2.50")}
    rules = [
        part_of("p", "a", "b", called="ý kiến"),
        adds_up("s", "a", ["b", "c"]),
        same_in_form("f", "a", "BM-03", "b"),
    ]

    found = judge(rules, Figures(answers, Past(forms={("BM-03", "b"): Decimal(8)})))

    assert [(one.rule, one.item, one.blocks) for one in found] == [
        ("p", "a", True), ("s", "a", True), ("f", "a", False),
    ]  # fmt: skip
    assert [one.message for one in found] == [
        "Số này (9) không thể lớn hơn ý kiến (6).",
        "Các phần cộng lại là 8,5, khác với 9 ghi ở đây.",
        "Số này (9) khác với biểu BM-03 cùng kỳ (8).",
    ]
    assert judge(rules, Figures({})) == []


def test_a_figure_of_the_message_that_is_not_known_is_said_to_be_unknown():
    rule = Rule(
        "k", "", "Kỳ trước {truoc}.", {"not": True}, ("a",), figures={"truoc": {"previous": "a"}}
    )

    assert judge([rule], Figures({}))[0].message == "Kỳ trước chưa có số liệu."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1234), "1.234"),
        (Fraction(100), "100"),
        (Fraction(-5, 2), "-2,5"),
        (Fraction(1, 3), "0,33"),
        (Fraction(-2, 3), "-0,67"),
        (Fraction(0), "0"),
        (Fraction(10**24, 7), "142.857.142.857.142.857.142.857,14"),
        (Fraction(-1, 300), "0"),
    ],
)
def test_figures_are_written_exactly_where_they_end(value, text):
    assert written(value) == text
