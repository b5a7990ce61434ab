"""Checks as a page sets them: made into rules, read back from them, said in words, refused where none can be judged."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.reporting.questions import Question, Questions, QuestionSection
from danvan.reporting.rules import Figures, Past, Rule, between, judge, steady, tree_faults, usual
from danvan.reporting.rules.checks import Check, CheckKind, check_of, rule_of, shortest
from danvan.reporting.rules.contradicting import contradictions
from danvan.reporting.rules.saying import check_said, said
from danvan.reporting.soundness import Ground, faults_of_rules

LABELS = {"a": "Số cuộc", "b": "Lượt người", "c": "Số người", "d": "Ý kiến"}
FORMS = {"BM-03": {"kia": "Lượt tiếp dân"}}
CODES = st.sampled_from("abcd")
NUMBERS = st.decimals(0, 999_999, places=2).map(shortest)
WORDS = st.sampled_from(["", "Đồng chí vui lòng xem lại."])


@st.composite
def checks(draw):
    """Any check that a page lets through."""
    kind, item = draw(st.sampled_from(CheckKind)), draw(CODES)
    plain = Check(
        kind, item, blocks=draw(st.booleans()), name=draw(st.sampled_from(["", "Tên riêng"])), message=draw(WORDS)
    )  # fmt: skip
    others = sorted(set("abcd") - {item})
    needed = draw(st.integers(1, 12))
    back = {
        "slack": draw(NUMBERS),
        "least_months": needed,
        "months": draw(st.integers(needed, 24)),
    }
    if kind is CheckKind.BETWEEN:
        low, high = sorted([draw(NUMBERS), draw(NUMBERS)])
        which = draw(st.sampled_from([(low, high), (low, None), (None, high)]))
        return replace(plain, least=which[0], most=which[1])
    if kind is CheckKind.PART_OF:
        return replace(plain, other=draw(st.sampled_from(others)))
    if kind is CheckKind.ADDS_UP:
        parts = draw(st.lists(st.sampled_from(others), min_size=1, unique=True))
        return replace(plain, parts=tuple(parts))
    if kind is CheckKind.SAME_IN_FORM:
        return replace(plain, form="BM-03", other="kia")
    if kind is CheckKind.STEADY:
        return replace(plain, percent=draw(NUMBERS), **back)
    return replace(plain, times=draw(NUMBERS), **back)


@settings(max_examples=200, deadline=None)
@given(checks())
def test_a_check_made_on_the_page_is_read_back_as_it_was_typed(check):
    rule = rule_of(check, "ma", LABELS)

    assert check_of(rule, LABELS) == check
    assert tree_faults(rule.tree, Ground(questions(), FORMS).known) == []
    assert check_said(check, LABELS, FORMS).endswith(".")


AMOUNTS = st.one_of(st.none(), st.integers(0, 200).map(Decimal))


@settings(max_examples=200, deadline=None)
@given(
    checks(),
    st.fixed_dictionaries(dict.fromkeys("abcd", AMOUNTS)),
    st.lists(AMOUNTS, max_size=24),
    AMOUNTS,
)
def test_a_check_judges_as_its_kind_says(check, items, months, elsewhere):
    past = Past(history={check.item: months}, forms={("BM-03", "kia"): elsewhere})

    found = judge([rule_of(check, "ma", LABELS)], Figures(items, past))

    assert [one.rule for one in found] == (
        ["ma"] if broken(check, items, months, elsewhere) else []
    )


def broken(check, items, months, elsewhere):
    """Whether the figures break a check, counted anew from what its boxes say."""
    here, kind = items[check.item], check.kind
    if kind is CheckKind.BETWEEN:
        low = check.least is not None and here is not None and here < check.least
        return low or (check.most is not None and here is not None and here > check.most)
    if kind is CheckKind.PART_OF:
        other = items[check.other]
        return None not in (here, other) and here > other
    if kind is CheckKind.ADDS_UP:
        parts = [items[code] for code in check.parts]
        return None not in (here, *parts) and sum(parts) != here
    if kind is CheckKind.SAME_IN_FORM:
        return None not in (here, elsewhere) and here != elsewhere
    known = [Fraction(one) for one in months[: check.months] if one is not None]
    if here is None or len(known) < check.least_months:
        return False
    middle = half(known)
    usually = half([abs(one - middle) for one in known])
    away = (
        middle * Fraction(check.percent) / 100
        if kind is CheckKind.STEADY
        else usually * Fraction(check.times)
    )
    return abs(Fraction(here) - middle) > max(away, Fraction(check.slack))


def half(numbers):
    ordered = sorted(numbers)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return (low + high) / 2


@pytest.mark.parametrize(
    "rule",
    [
        between("k", "a", least="1.50", most=60),
        steady("s", "a", percent="12.50", slack="3.0"),
        usual("u", "a", times=Decimal("2.5"), months=24, least_months=3),
    ],
)
def test_a_stored_rule_of_a_standard_kind_is_read_however_its_numbers_were_written(rule):
    check = check_of(rule, LABELS)

    again = rule_of(check, rule.code, LABELS)
    assert (again.message, again.items, again.blocks) == (rule.message, rule.items, rule.blocks)
    assert check_of(again, LABELS) == check


@pytest.mark.parametrize(
    "tree",
    [
        {"any": [{">": [{"item": "a"}, 0]}, {"=": [{"item": "b"}, 0]}]},
        {"all": [{">=": [{"item": "a"}, 1]}, {"<=": [{"item": "b"}, 9]}]},
        {"all": [{">=": [{"item": "a"}, {"item": "b"}]}]},
        {"all": [{"<=": [{"item": "a"}, True]}]},
        {"all": [{">=": [{"item": "a"}, 0]}, {"<=": [{"item": "a"}, {"+": [1, 2]}]}]},
        {"all": [{">=": [{"item": "a"}, 0]}, {"<=": [{"item": "a"}, {"+": [
            {"median": ["a", 12, 4]}, {"max": [{"x": ["x", "y"]}, 0]}]}]}]},
        {"<=": [{"item": "a"}, {"previous": "a"}]},
        {"<": [{"item": "a"}, {"item": "b"}]},
    ],
)  # fmt: skip
def test_what_the_page_did_not_make_is_not_taken_for_one_of_its_kinds(tree):
    assert check_of(Rule("k", "Tên", "Lời", tree, ("a",)), LABELS) is None


def test_a_rule_told_beside_another_question_is_not_of_the_standard_kind():
    assert check_of(replace(between("k", "a", most=3), items=("b",)), LABELS) is None
    assert check_of(replace(between("k", "a", most=3), figures={}), LABELS) is None


def test_a_check_without_a_name_is_called_by_its_kind_and_question():
    long = {"a": "Một câu hỏi rất dài " * 10}

    rule = rule_of(Check(CheckKind.BETWEEN, "a", most=3), "k", LABELS)
    longer = rule_of(Check(CheckKind.BETWEEN, "a", most=3), "k", long)

    assert rule.name == "Trong khoảng: số cuộc"
    assert (len(longer.name), longer.name[-1]) == (100, "…")


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (Check(CheckKind.BETWEEN, "a", least=1, most=Decimal("1234.5")), "“Số cuộc” từ 1 đến 1.234,5."),
        (Check(CheckKind.BETWEEN, "a", least=1), "“Số cuộc” từ 1 trở lên."),
        (Check(CheckKind.BETWEEN, "a", most=60), "“Số cuộc” nhiều nhất 60."),
        (Check(CheckKind.PART_OF, "c", other="b"), "“Số người” không lớn hơn “Lượt người”."),
        (Check(CheckKind.ADDS_UP, "d", parts=("a", "b")), "“Số cuộc”, “Lượt người” cộng lại bằng “Ý kiến”."),
        (Check(CheckKind.SAME_IN_FORM, "a", form="BM-03", other="kia"),
         "“Số cuộc” bằng “Lượt tiếp dân” ở biểu BM-03 cùng kỳ."),
        (Check(CheckKind.STEADY, "a", percent=50, slack=3, least_months=4),
         ("“Số cuộc” tăng, giảm không quá 50 % so với mức giữa của 12 tháng trước, hoặc lệch không quá 3"
         " (khi đã có ít nhất 4 tháng).")),
        (Check(CheckKind.USUAL, "a", times=5, least_months=6),
         ("“Số cuộc” không cách mức giữa của 12 tháng trước quá 5 lần mức dao động thường thấy"
         " (khi đã có ít nhất 6 tháng).")),
    ],
)  # fmt: skip
def test_each_kind_is_said_in_one_sentence(check, words):
    assert check_said(check, LABELS, FORMS) == words


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"any": [{">": [{"item": "a"}, 0]}, {"=": [{"item": "b"}, 0]}]},
         "“Số cuộc” lớn hơn 0 hoặc “Lượt người” bằng 0"),
        ({"not": {"all": [True, False]}}, "không phải (luôn đúng và luôn sai)"),
        ({"if": [{"<": [{"previous": "a"}, "1.5"]}, True, {"!=": [{"same_period_last_year": "x"}, 2]}]},
         "nếu “Số cuộc” của tháng trước nhỏ hơn 1,5 thì luôn đúng, nếu không thì “x” của cùng kỳ năm trước khác 2"),
        ({"<=": [{"+": [{"item": "a"}, {"x": [2, {"item": "b"}]}]}, {"-": [{"sum": ["c", "d"]}, 1]}]},
         "(“Số cuộc” cộng (2 nhân “Lượt người”)) không lớn hơn (tổng của “Số người”, “Ý kiến” trừ 1)"),
        ({">=": [{"max": [{"item": "a"}, 1]}, {"min": [{"of_form": ["BM-03", "kia"]}, 1]}]},
         "(số lớn nhất trong: “Số cuộc”; 1) không nhỏ hơn (số nhỏ nhất trong: “Lượt tiếp dân” ở biểu BM-03; 1)"),
        ({"=": [{"median": ["a", 12, 4]}, {"spread": ["a", 6, 4]}]},
         "mức giữa của “Số cuộc” trong 12 tháng trước bằng mức dao động thường thấy của “Số cuộc” trong 6 tháng trước"),
    ],
)  # fmt: skip
def test_any_tree_is_said_in_words(tree, words):
    assert said(tree, LABELS, FORMS) == words


def compare(word, a, b):
    return Rule(f"{word}{a}{b}", f"{a} {word} {b}", "Lời.", {word: [term(a), term(b)]}, ("a",))


def term(said_):
    return {"item": said_} if isinstance(said_, str) else said_


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([compare(">=", "a", "b"), compare("<", "a", "b")], [(0, 1)]),
        ([compare(">=", "a", "b"), compare("<=", "a", "b")], []),
        ([compare("<", "a", "b"), compare("<", "b", "c"), compare("<", "c", "a")], [(0, 1, 2)]),
        ([between("k", "a", least=9, most=3)], [(0,)]),
        ([compare("<", "a", 0)], [(0,)]),
        ([compare("<=", "a", 0)], []),
        ([compare("=", "a", 5), compare(">", "b", 4), compare("=", "a", 4)], [(0, 2)]),
        ([compare("<", "a", "a"), compare(">", "b", "b")], [(0,), (1,)]),
        ([rule_of(Check(CheckKind.ADDS_UP, "a", parts=("b", "c")), "t", {}), compare(">", "b", "a")], [(0, 1)]),
        ([Rule("n", "N", "L", {"any": [{"<": [{"item": "a"}, 0]}]}, ("a",))], []),
        ([compare("<", 1, 2), compare("!=", "a", "a"), Rule("t", "T", "L", tree=True, items=("a",))], []),
        ([Rule("n", "N", "L", {"<": [{"item": "a"}, {"max": [1, 2]}]}, ("a",)), compare(">", "a", 5)], []),
    ],
)  # fmt: skip
def test_rules_that_no_figures_satisfy_together_are_found(rules, found):
    assert contradictions(rules) == found


VALUES = st.integers(0, 3)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.builds(compare, st.sampled_from(["<", "<=", ">", ">=", "="]), st.sampled_from("abc"),
                  st.one_of(st.sampled_from("abc"), VALUES)),
        max_size=5,
    ),
    st.fixed_dictionaries({code: VALUES.map(Decimal) for code in "abc"}),
)  # fmt: skip
def test_rules_that_some_figures_satisfy_are_never_said_to_contradict(rules, items):
    if not judge(rules, Figures(items)):
        assert contradictions(rules) == []


def questions():
    """Numbers, words, a share, a sum that the form makes, and one made of numbers from elsewhere."""
    return Questions.of(
        (
            QuestionSection(
                1,
                "Một",
                may_be_nil=True,
                questions=(
                    *(
                        Question(code, label, indicator_id=number, indicator_code=code.upper())
                        for number, (code, label) in enumerate(LABELS.items(), start=1)
                    ),
                    Question("loi", "Cách làm", number=False),
                    Question("phan", "Phần", part_of="a", indicator_id=7, indicator_code="P"),
                    Question("ty-le", "Tỷ lệ", computed=True, indicator_code="T"),
                    Question(
                        "cong",
                        "Cộng",
                        computed=True,
                        formula={"sum": ["A", "B"]},
                        indicator_code="S",
                    ),
                    Question(
                        "ngoai",
                        "Ngoài",
                        computed=True,
                        formula={"sum": ["A", "Z"]},
                        indicator_code="N",
                    ),
                ),
            ),
        )
    )


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ([between("k", "loi", most=3)], "trả lời bằng lời"),
        ([between("k", "ty-le", most=3)], "là tỷ lệ"),
        ([between("k", "ngoai", most=3)], "tính từ số ngoài biểu này"),
        ([between("k", "mat", most=3)], "không có câu hỏi mã “mat”"),
        ([steady("k", "cong", percent=5)], "do máy tính nên không lưu số các kỳ trước"),
        ([replace(between("k", "a", most=3), tree={"any": [True, {"<": [{"item": "a"}, 1]}]})], "luôn đúng"),
        ([replace(between("k", "a", most=3), tree={"<": [2, 1]})], "luôn sai"),
        ([between("k", "a", least=9, most=3)], "Không có số nào thỏa mãn"),
        ([between("k", "a", least=9), between("l", "a", most=3)], "trái với “Trong khoảng”"),
        ([compare(">", "phan", "a")], "điều đã đặt ở câu hỏi"),
        ([replace(between("k", "a", most=3), message="Quá {tong}.")], "Kiểm tra này có: {so} (số đang ghi)"),
        ([Rule("k", "T", "Lời {so}", {"<": [{"item": "a"}, 1]}, ("a",))], "không có số nào để ghi vào lời"),
    ],
)  # fmt: skip
def test_a_check_that_can_never_be_judged_is_told_in_a_sentence(rules, sentence):
    told = faults_of_rules(
        [replace(one, code=f"q{number}") for number, one in enumerate(rules)],
        Ground(questions(), FORMS),
    )

    assert [bool(one) for one in told] == [False] * (len(rules) - 1) + [True]
    assert sentence in " ".join(told[-1])


def test_what_contradicts_only_itself_through_the_form_is_not_laid_on_rules():
    assert faults_of_rules([between("k", "cong", most=3)], Ground(questions(), FORMS)) == [[]]
