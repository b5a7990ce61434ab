"""Forms that define an indicator, give it a new meaning, end it, and break it down: plain words, no code of the machine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from danvan.desk.indicators.formulas import LINES, MINUS, PLUS, Term, formula_of, terms_of
from danvan.desk.targets.forms import AmountField
from danvan.foundation.errors import RuleError
from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.indicators import counters
from danvan.indicators.enums import AcrossBreak, MeasureKind, OverTime, OverTree
from danvan.indicators.selectors import WAYS

CODES = 500  # indicators that a box offers; any other is typed by its code
KINDS = list(MeasureKind.choices)
BY_ITSELF = ("", "Theo loại chỉ số")
LIST = {"list": "cac-chi-so", "autocomplete": "off", "spellcheck": "false"}
# Under which box a fault of the service stands, where the page has another box for it.
WHERE = {"formula": "code_0"}


class CodeField(forms.CharField):
    """The code of an indicator, chosen from what the box offers or typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"max_length": 30, "required": False, "widget": forms.TextInput(attrs=LIST), **kwargs}
        )

    def clean(self, value: Any) -> str:
        """As codes are kept."""
        return str(super().clean(value)).strip().upper()


class ScaleField(forms.CharField):
    """A scale, a line for each step, the best first: its name, a colon, what it means."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{name}: {meaning}" for name, meaning in value)

    def clean(self, value: Any) -> list[tuple[str, str]]:
        """(name, meaning) of each line."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        found = []
        for line in lines:
            name, _, meaning = line.partition(":")
            found.append((name.strip(), meaning.strip()))
        return found


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes under one heading, row by row; those that only some kinds need are folded."""

    words: str
    rows: list[list[Any]]
    folds: bool = False

    @property
    def open(self) -> bool:
        """Whether anything stands in one of its boxes, or is wrong there."""
        return any(is_filled(one) for row in self.rows for one in row)


def is_filled(box: Any) -> bool:
    """Whether anything stands in a box, or is wrong there."""
    return bool(box.value() or box.errors)


class CatalogueFilter(forms.Form):
    """What is looked for in the catalogue."""

    q = forms.CharField(
        label="Tìm", required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Tên, mã, định nghĩa"}),
    )  # fmt: skip
    loai = forms.ChoiceField(label="Loại", required=False, choices=[("", "Mọi loại"), *KINDS])
    cach = forms.ChoiceField(
        label="Cách có số", required=False, choices=[("", "Mọi cách"), *WAYS.items()]
    )
    chu_tri = forms.TypedChoiceField(label="Chủ trì", required=False, coerce=int, empty_value=None)
    het = forms.BooleanField(label="Cả chỉ số đã hết hiệu lực", required=False)

    def __init__(self, asked: Any, *, owners: Sequence[tuple[int, str]]) -> None:
        super().__init__(asked)
        self.fields["chu_tri"].choices = [("", "Mọi đơn vị"), *owners]  # type: ignore[attr-defined]


class DefinitionForm(RefusableForm):
    """What an indicator means from a day on."""

    name = forms.CharField(
        label="Tên chỉ số", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    definition = forms.CharField(
        label="Định nghĩa", max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tính cái gì, không tính cái gì.",
    )  # fmt: skip
    valid_from = DayField(label="Có hiệu lực từ ngày")
    source_symbol = forms.CharField(
        label="Văn bản căn cứ", required=False, max_length=80, help_text="Ví dụ 04-HD/BDVTU."
    )
    kind = forms.ChoiceField(label="Loại", choices=KINDS, widget=forms.RadioSelect)
    unit_label = forms.CharField(
        label="Đơn vị tính", required=False, max_length=60,
        help_text="Ví dụ cuộc, lượt, người. Tỷ lệ trên 100 và chỉ số định tính thì để trống được.",
    )  # fmt: skip
    places = forms.IntegerField(
        label="Số chữ số sau dấu phẩy", required=False, min_value=0, max_value=6,
        help_text="Để trống là số nguyên.",
    )  # fmt: skip
    over_time = forms.ChoiceField(
        label="Các tháng thành kỳ dài hơn", required=False, choices=[BY_ITSELF, *OverTime.choices]
    )
    over_tree = forms.ChoiceField(
        label="Các đơn vị thành cấp trên", required=False, choices=[BY_ITSELF, *OverTree.choices]
    )
    at_break = forms.ChoiceField(
        label="Khi sắp xếp đơn vị", choices=AcrossBreak.choices, initial=AcrossBreak.SHARE
    )
    counter = forms.ChoiceField(
        label="Đếm từ hồ sơ", required=False,
        help_text="Số đếm được sẽ điền sẵn trong báo cáo cho đơn vị; không chọn thì đơn vị nhập.",
    )  # fmt: skip
    numerator = CodeField(label="Tử số", help_text="Mã của chỉ số, ví dụ DV-05.")
    denominator = CodeField(label="Mẫu số")
    factor = forms.IntegerField(
        label="Tính trên", required=False, min_value=1, max_value=10**9,
        help_text="100 là phần trăm (để trống), 1.000 là phần nghìn.", localize=True,
    )  # fmt: skip
    annualised = forms.BooleanField(label="Quy ra một năm", required=False)
    divisor = CodeField(label="Tất cả chia cho")
    keeps = forms.BooleanField(label="Giữ công thức đang dùng", required=False, initial=True)
    steps = ScaleField(
        label="Thang bậc", required=False, max_length=5_000,
        help_text="Mỗi dòng một bậc, tốt nhất ghi trước, rồi dấu hai chấm và thế nào thì được bậc đó."
        " Ví dụ Tốt: cả bốn nội dung đều đạt.",
    )  # fmt: skip

    def __init__(self, asked: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(asked, initial=initial)
        counted = [(one.key, one.label) for one in counters.all_counters()]
        self.fields["counter"].choices = [("", "Không"), *counted]  # type: ignore[attr-defined]
        for place in range(LINES):
            self.fields[f"sign_{place}"] = forms.ChoiceField(
                label=f"Dấu {place + 1}", choices=[(PLUS, "cộng"), (MINUS, "trừ")], required=False
            )
            self.fields[f"code_{place}"] = CodeField(label=f"Chỉ số {place + 1}")
            self.fields[f"times_{place}"] = AmountField(label=f"Nhân {place + 1}", required=False)

    def refuse(self, broken: RuleError) -> None:
        """Faults of the formula stand at its first line."""
        moved = [replace(one, column=WHERE.get(one.column, one.column)) for one in broken.faults]
        super().refuse(RuleError(broken.message, faults=moved))

    @property
    def groups(self) -> list[Group]:
        """The boxes under their headings; what only some kinds need is folded until it is filled in."""
        always = (
            ("Chỉ số", [["code", "owner"], ["name"], ["definition"], ["valid_from", "source_symbol"]]),
            (
                "Loại và cách tổng hợp",
                [["kind"], ["unit_label", "places"], ["over_time", "over_tree"], ["at_break"]],
            ),
        )  # fmt: skip
        some = (
            ("Tỷ lệ: tử số, mẫu số", [["numerator", "denominator"], ["factor", "annualised"]]),
            ("Định tính: thang bậc", [["steps"]]),
            ("Đếm từ hồ sơ", [["counter"]]),
        )
        return [
            *(Group(words, self._rows(rows)) for words, rows in always),
            *(Group(words, self._rows(rows), folds=True) for words, rows in some),
        ]

    def _rows(self, rows: list[list[str]]) -> list[list[Any]]:
        found = [[self[name] for name in row if name in self.fields] for row in rows]
        return [row for row in found if row]

    @property
    def has_terms(self) -> bool:
        """Whether anything stands in the lines of the formula, or is wrong there."""
        return any(is_filled(code) for _, code, _ in self.terms) or is_filled(self["divisor"])

    @property
    def terms(self) -> list[tuple[Any, Any, Any]]:
        """The lines of the formula: sign, indicator, how many times."""
        return [
            (self[f"sign_{place}"], self[f"code_{place}"], self[f"times_{place}"])
            for place in range(LINES)
        ]

    def clean(self) -> dict[str, Any]:
        """What the lines of the formula say together."""
        said = super().clean() or {}
        terms = [
            Term(said.get(f"sign_{place}") or PLUS, code, said.get(f"times_{place}"))
            for place in range(LINES)
            if (code := said.get(f"code_{place}"))
        ]
        try:
            said["formula"] = formula_of(terms, said.get("divisor", ""))
        except ValueError as wrong:
            self.add_error("code_0", str(wrong))
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What is set, as the services take it."""
        told = self.cleaned_data
        kept = ("name", "definition", "valid_from", "source_symbol", "kind", "unit_label",
                "at_break", "counter", "annualised", "steps", "formula")  # fmt: skip
        return {
            **{name: told[name] for name in kept},
            "over_time": told["over_time"] or None,
            "over_tree": told["over_tree"] or None,
            "places": told["places"] or 0,
            "factor": told["factor"] or 100,
            "numerator": told["numerator"] or None,
            "denominator": told["denominator"] or None,
        }

    @property
    def strange(self) -> bool:
        """Whether the formula that stands cannot be shown in the lines of the page."""
        return self.initial.get("formula") is not None and terms_of(self.initial["formula"]) is None

    def told(self) -> dict[str, Any]:
        """What is set; a formula that the page cannot show stays, unless it was written anew or taken away."""
        said = self.said
        if self.strange and said["formula"] is None and self.cleaned_data["keeps"]:
            said["formula"] = self.initial["formula"]
        return said


class NewIndicatorForm(DefinitionForm):
    """An indicator that was never measured."""

    code = forms.CharField(
        label="Mã",
        max_length=30,
        help_text="Chữ in hoa không dấu và số, không dùng lại, ví dụ DV-02.",
    )
    owner = forms.TypedChoiceField(
        label="Đơn vị chủ trì", coerce=int, empty_value=None, required=False,
        help_text="Chịu trách nhiệm về định nghĩa; người của đơn vị này sửa được chỉ số.",
    )  # fmt: skip

    def __init__(
        self, asked: Any = None, *, owners: Sequence[tuple[Any, str]], **kwargs: Any
    ) -> None:
        super().__init__(asked, **kwargs)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]
        self.fields["owner"].required = all(pk != "" for pk, _ in owners)


class EndForm(RefusableForm):
    """From which day an indicator is measured no longer."""

    on = DayField(label="Hết hiệu lực từ ngày")


class BreakDownForm(RefusableForm):
    """By what an indicator is broken down, from a day on."""

    breakdown = forms.TypedChoiceField(label="Chia theo", coerce=int)
    valid_from = DayField(label="Từ ngày")
    computed = forms.BooleanField(
        label="Tổng được cộng từ các phần, không nhập riêng", required=False
    )

    def __init__(self, asked: Any, *, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(asked, **kwargs)
        self.fields["breakdown"].choices = list(choices)  # type: ignore[attr-defined]


class BreakdownForm(RefusableForm):
    """A new breakdown with its options, a line for each."""

    name = forms.CharField(label="Tên cách chia", max_length=100, help_text="Ví dụ Giới tính.")
    options = forms.CharField(
        label="Các phần", max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một phần: mã viết hoa, dấu cách, tên. Ví dụ NU Nữ.",
    )  # fmt: skip

    def refuse(self, broken: RuleError) -> None:
        """Faults of one line stand at the lines."""
        told = [
            replace(one, message=f"Dòng {one.row}: {one.message}", column="options")
            if one.row
            else one
            for one in broken.faults
        ]
        super().refuse(RuleError(broken.message, faults=told))

    def clean_options(self) -> list[tuple[str, str]]:
        """(code, name) of each line."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines()]
        told = [line.partition(" ") for line in lines if line]
        return [(code, name.strip()) for code, _, name in told]


class OptionForm(RefusableForm):
    """One more part of a breakdown, from a day on."""

    code = forms.CharField(label="Mã của phần", max_length=8)
    name = forms.CharField(label="Tên của phần", max_length=100)
    valid_from = DayField(label="Từ ngày")
