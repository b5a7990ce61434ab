"""Trees and checks in Vietnamese words: the one place that says them."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from danvan.reporting.rules.checks import Check, CheckKind, Labels
from danvan.reporting.rules.figures import written
from danvan.reporting.rules.trees import COMPARING, JOINING

COMPARED = {
    "<": "nhỏ hơn",
    "<=": "không lớn hơn",
    ">": "lớn hơn",
    ">=": "không nhỏ hơn",
    "=": "bằng",
    "!=": "khác",
}
COUNTED = {"+": " cộng ", "-": " trừ ", "x": " nhân "}
CHOSEN = {"max": "số lớn nhất trong", "min": "số nhỏ nhất trong"}
FROM = {
    "item": "{}",
    "previous": "{} của tháng trước",
    "same_period_last_year": "{} của cùng kỳ năm trước",
}
# What stands for the braces of a message, by the name of the figure.
FIGURES = {
    "so": "số đang ghi",
    "tu": "số nhỏ nhất được ghi",
    "den": "số lớn nhất được ghi",
    "tong": "số ở câu kia",
    "cong": "các câu cộng lại",
    "kia": "số ở biểu kia",
}
Forms = Mapping[str, Labels]


def said(tree: Any, labels: Labels, forms: Forms | None = None) -> str:
    """What a tree asks or counts, in words. A code that is not known is said as it is."""
    return _Saying(labels, forms or {}).of(tree)


def check_said(check: Check, labels: Labels, forms: Forms | None = None) -> str:
    """What a check of a standard kind asks, in one sentence."""
    here, there = _Saying(labels, forms or {}), _numbered
    item = here.item(check.item)
    near = f", hoặc lệch không quá {there(check.slack)}" if check.slack else ""
    middle = f"mức giữa của {check.months} tháng trước"
    needs = f" (khi đã có ít nhất {check.least_months} tháng)"
    tells: dict[CheckKind, Callable[[], str]] = {
        CheckKind.BETWEEN: lambda: f"{item} {_bounds(check)}",
        CheckKind.PART_OF: lambda: f"{item} không lớn hơn {here.item(check.other)}",
        CheckKind.ADDS_UP: lambda: f"{here.list(check.parts)} cộng lại bằng {item}",
        CheckKind.SAME_IN_FORM: lambda: (
            f"{item} bằng {here.elsewhere(check.form, check.other)} cùng kỳ"
        ),
        CheckKind.STEADY: lambda: (
            f"{item} tăng, giảm không quá {there(check.percent)} % so với {middle}{near}{needs}"
        ),
        CheckKind.USUAL: lambda: (
            f"{item} không cách {middle} quá {there(check.times)} lần mức dao động thường thấy{near}{needs}"
        ),
    }
    return f"{tells[check.kind]()}."


def _bounds(check: Check) -> str:
    if check.least is None:
        return f"nhiều nhất {_numbered(check.most or 0)}"
    if check.most is None:
        return f"từ {_numbered(check.least)} trở lên"
    return f"từ {_numbered(check.least)} đến {_numbered(check.most)}"


def _numbered(number: Any) -> str:
    return written(Fraction(number))


class _Saying:
    """One tree being said, with the words of its questions."""

    def __init__(self, labels: Labels, forms: Forms) -> None:
        self._labels, self._forms = labels, forms

    def item(self, code: str) -> str:
        return f"“{self._labels.get(code, code)}”"

    def elsewhere(self, form: str, code: str) -> str:
        return f"“{self._forms.get(form, {}).get(code, code)}” ở biểu {form}"

    def list(self, codes: Any) -> str:
        return ", ".join(self.item(code) for code in codes)

    def of(self, tree: Any) -> str:
        if isinstance(tree, bool):
            return "luôn đúng" if tree else "luôn sai"
        if isinstance(tree, int | str):
            return _numbered(tree)
        [(word, under)] = tree.items()
        if word in COMPARING:
            return f"{self._inside(under[0])} {COMPARED[word]} {self._inside(under[1])}"
        if word in JOINING:
            return (" và " if word == "all" else " hoặc ").join(map(self._inside, under))
        if word == "not":
            return f"không phải {self._inside(under)}"
        if word == "if":
            condition, when_true, when_false = map(self._inside, under)
            return f"nếu {condition} thì {when_true}, nếu không thì {when_false}"
        if word in COUNTED:
            return COUNTED[word].join(map(self._inside, under))
        if word in CHOSEN:
            return f"{CHOSEN[word]}: {'; '.join(map(self.of, under))}"
        return self._figure(word, under)

    def _figure(self, word: str, under: Any) -> str:
        if word == "sum":
            return f"tổng của {self.list(under)}"
        if word == "of_form":
            return self.elsewhere(*under)
        if word in {"median", "spread"}:
            code, months, _ = under
            called = "mức giữa" if word == "median" else "mức dao động thường thấy"
            return f"{called} của {self.item(code)} trong {months} tháng trước"
        return FROM[word].format(self.item(under))

    def _inside(self, tree: Any) -> str:
        """A part; in brackets where it is made of parts itself."""
        words = self.of(tree)
        joined = isinstance(tree, dict) and next(iter(tree)) in {
            *JOINING, *COUNTED, *CHOSEN, "not", "if",
        }  # fmt: skip
        return f"({words})" if joined else words
