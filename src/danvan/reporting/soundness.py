"""Why rules cannot hold for a form, rule by rule in whole sentences: what is no rule, and what is never judged."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from danvan.indicators.selectors.definitions import codes_in
from danvan.reporting.questions import Question, Questions
from danvan.reporting.rules.checks import Labels
from danvan.reporting.rules.contradicting import contradictions
from danvan.reporting.rules.evaluating import evaluate
from danvan.reporting.rules.figures import Figures
from danvan.reporting.rules.judging import Rule
from danvan.reporting.rules.kinds import implied_rules
from danvan.reporting.rules.saying import FIGURES
from danvan.reporting.rules.trees import Known, Sort, items_before, questions_in, tree_faults

MOST_RULES = 60
LONGEST_MESSAGE, LONGEST_NAME, LONGEST_CODE = 300, 100, 30
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Ground:
    """What the rules of a form stand on: its questions, and the numbers asked by other forms with their words."""

    questions: Questions
    elsewhere: Mapping[str, Labels] = field(default_factory=dict)

    @cached_property
    def labels(self) -> dict[str, str]:
        """The words of each question."""
        return {code: one.label for code, one in self.questions.by_code.items()}

    @cached_property
    def unfit(self) -> dict[str, str]:
        """The questions that no rule can be judged by, each with the reason."""
        typed = {one.indicator_code for one in self.questions.by_code.values() if one.typed}
        found = {code: _why_unfit(one, typed) for code, one in self.questions.by_code.items()}
        return {code: why for code, why in found.items() if why}

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The questions that a rule may look at, with their words."""
        return {code: label for code, label in self.labels.items() if code not in self.unfit}

    @cached_property
    def typed(self) -> dict[str, str]:
        """Those of them that units type, so that there are figures of before."""
        return {c: label for c, label in self.numbers.items() if self.questions.by_code[c].typed}

    @cached_property
    def known(self) -> Known:
        """What a tree may name; what is unfit is told in its own words."""
        return Known(set(self.numbers) | set(self.unfit), self.elsewhere)


def faults_of_rules(rules: Sequence[Rule], ground: Ground) -> list[list[str]]:
    """What is wrong with each rule, in order; nothing where it can be used."""
    codes: set[str] = set()
    found = []
    for rule in rules:
        found.append(list(dict.fromkeys([*_head_faults(rule, codes, ground), *_fit(rule, ground)])))
        codes.add(rule.code)
    if not any(found):
        for place, sentence in _contradicting(rules, ground):
            found[place].append(sentence)
    return found


def faults_of_rule(rule: Rule, ground: Ground) -> list[str]:
    """What is wrong with one rule by itself."""
    return [*_head_faults(rule, set(), ground), *_fit(rule, ground)]


def _why_unfit(question: Question, typed: set[str]) -> str:
    if not question.number:
        return f"Câu “{question.label}” trả lời bằng lời nên không kiểm tra bằng số được."
    if question.computed and question.formula is None:
        return (
            f"Câu “{question.label}” là tỷ lệ, chỉ có khi tổng hợp. Đồng chí vui lòng kiểm tra tử số và"
            " mẫu số của tỷ lệ ấy."
        )
    if question.computed and not set(codes_in(question.formula)) <= typed:
        return f"Câu “{question.label}” tính từ số ngoài biểu này nên không có số để kiểm tra."
    return ""


def _head_faults(rule: Rule, codes: set[str], ground: Ground) -> Iterator[str]:
    code = rule.code.replace("-", "").replace("_", "")
    if not (code.isascii() and code.isalnum() and len(rule.code) <= LONGEST_CODE):
        yield f"Mã gồm chữ không dấu, số và gạch nối, nhiều nhất {LONGEST_CODE} ký tự."
    elif rule.code in codes:
        yield f"Mã “{rule.code}” dùng cho hai quy tắc."
    if not rule.name.strip() or len(rule.name) > LONGEST_NAME:
        yield f"Đồng chí vui lòng đặt tên, nhiều nhất {LONGEST_NAME} ký tự."
    if not rule.message.strip() or len(rule.message) > LONGEST_MESSAGE:
        yield f"Đồng chí vui lòng viết lời nhắc, nhiều nhất {LONGEST_MESSAGE} ký tự."
    yield from _brace_faults(rule)
    if not rule.items:
        yield "Đồng chí vui lòng chọn ít nhất một câu hỏi mà quy tắc kiểm tra."
    for item in rule.items:
        if item not in ground.questions.by_code:
            yield f"Biểu này không có câu hỏi mã “{item}”."


def _brace_faults(rule: Rule) -> Iterator[str]:
    """A brace that no figure fills would be read as it is by whoever is reminded."""
    unknown = [name for name in _BRACES.findall(rule.message) if name not in rule.figures]
    if unknown:
        may = ", ".join(f"{{{name}}} ({FIGURES.get(name, name)})" for name in rule.figures)
        use = f"Kiểm tra này có: {may}." if may else "Kiểm tra này không có số nào để ghi vào lời."
        yield f"Lời nhắc ghi {{{unknown[0]}}} mà không có số nào tên như vậy. {use}"


def _fit(rule: Rule, ground: Ground) -> Iterator[str]:
    faults = list(tree_faults(rule.tree, ground.known))
    for tree in rule.figures.values():
        faults += tree_faults(tree, ground.known, meant=Sort.NUMBER)
    yield from faults
    if faults:
        return
    trees = (rule.tree, *rule.figures.values())
    named = {*rule.items, *(code for tree in trees for code in questions_in(tree))}
    yield from (why for code, why in ground.unfit.items() if code in named)
    for code in items_before(rule.tree):
        if code in ground.numbers and code not in ground.typed:
            yield (
                f"Câu “{ground.labels[code]}” do máy tính nên không lưu số các kỳ trước để so. Đồng chí vui lòng"
                " chọn câu do đơn vị nhập."
            )
    if (always := evaluate(rule.tree, Figures({}))) is not None:
        yield (
            "Kiểm tra này luôn đúng, số nào cũng qua. Đồng chí vui lòng sửa hoặc bỏ."
            if always
            else "Kiểm tra này luôn sai, không số nào qua được. Đồng chí vui lòng sửa hoặc bỏ."
        )


def _contradicting(rules: Sequence[Rule], ground: Ground) -> Iterator[tuple[int, str]]:
    """What is told beside the last rule of each contradiction."""
    implied = implied_rules(ground.questions)
    for places in contradictions([*rules, *implied]):
        own = [place for place in places if place < len(rules)]
        if not own:
            continue
        others = [f"“{rules[place].name}”" for place in own[:-1]]
        if len(own) < len(places):
            others.append("điều đã đặt ở câu hỏi (là một phần của câu khác)")
        told = (
            f"Kiểm tra này trái với {' và '.join(others)}: không có số nào thỏa mãn tất cả."
            if others
            else "Không có số nào thỏa mãn kiểm tra này."
        )
        yield own[-1], f"{told} Đồng chí vui lòng sửa hoặc bỏ."
