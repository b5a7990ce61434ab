"""What people type when they set a check: its question, its boxes by kind, how strict it is, what it says."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from danvan.foundation.periods import Period
from danvan.foundation.refusals import RefusableForm
from danvan.reporting.enums import Severity
from danvan.reporting.rules.checks import (
    BOXES,
    FIRST_BLOCKS,
    NEEDED,
    Check,
    CheckKind,
    rule_of,
    shortest,
)
from danvan.reporting.rules.saying import FIGURES
from danvan.reporting.rules.trees import MOST_MONTHS
from danvan.reporting.soundness import LONGEST_MESSAGE, LONGEST_NAME, Ground
from danvan.vietnamese.numbers import format_number, parse_number

BETWEEN_CODES = "|"  # parts the form from the question in one choice
LARGEST, PLACES = Decimal(10) ** 15, 6
PERCENT_PLACES = 2
CHOOSE = [("", "Chưa chọn")]
ASKED = {
    "required": "Đồng chí vui lòng chọn.",
    "invalid_choice": "Đồng chí vui lòng chọn trong danh sách; lựa chọn vừa gửi không dùng được ở đây.",
}


class FigureField(forms.CharField):
    """A figure that is not below nought, written 1.234,56; the reason why not is the reader's own sentence."""

    def __init__(self, *, places: int = PLACES, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(**{"max_length": 30, "widget": forms.TextInput(attrs=attrs), **kwargs})
        self.places = places

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return format_number(value) if isinstance(value, int | Decimal) else value

    def clean(self, value: Any) -> Any:
        """The figure, None where none was written."""
        written = super().clean(value)
        if not written:
            return None
        try:
            figure = parse_number(written)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if figure < 0:
            raise forms.ValidationError("Số này không âm. Đồng chí vui lòng xem lại.")
        if figure >= LARGEST:
            raise forms.ValidationError("Số này quá lớn. Đồng chí vui lòng xem lại.")
        if figure != round(figure, self.places):
            raise forms.ValidationError(
                f"Đồng chí vui lòng ghi nhiều nhất {self.places} chữ số sau dấu phẩy."
            )
        return shortest(figure)


class CheckForm(RefusableForm):
    """One check of one kind. Which boxes there are depends on the kind."""

    item = forms.ChoiceField(
        label="Câu hỏi", help_text="Lời nhắc hiện ngay dưới câu này.", error_messages=ASKED
    )
    least = FigureField(label="Số nhỏ nhất", required=False)
    most = FigureField(label="Số lớn nhất", required=False)
    other = forms.ChoiceField(label="Không lớn hơn câu", error_messages=ASKED)
    parts = forms.MultipleChoiceField(
        label="Các câu cộng lại",
        widget=forms.CheckboxSelectMultiple,
        error_messages=ASKED,
    )
    elsewhere = forms.ChoiceField(label="Phải bằng câu ở biểu khác, cùng kỳ", error_messages=ASKED)
    percent = FigureField(
        label="Tăng, giảm nhiều nhất (%)",
        places=PERCENT_PLACES,
        help_text="So với mức giữa của các tháng trước.",
    )
    times = FigureField(
        label="Cách mức thường ngày nhiều nhất (lần)",
        help_text="So với mức dao động thường thấy của các tháng trước; 5 là đã rất lạ.",
    )
    slack = FigureField(
        label="Luôn chấp nhận độ lệch đến",
        required=False,
        help_text="Để số nhỏ tăng giảm một, hai không bị nhắc.",
    )
    months = forms.IntegerField(label="Nhìn lại (tháng)", min_value=1, max_value=MOST_MONTHS)
    least_months = forms.IntegerField(
        label="Chỉ xét khi có số liệu ít nhất (tháng)", min_value=1, max_value=MOST_MONTHS
    )
    severity = forms.ChoiceField(
        label="Khi không đạt",
        widget=forms.RadioSelect,
        error_messages=ASKED,
        choices=[
            (Severity.BLOCKS.value, "Phải sửa: chưa sửa thì chưa gửi được"),
            (Severity.WARNS.value, "Cảnh báo: ghi lý do thì gửi được"),
        ],
    )
    message = forms.CharField(label="Lời nhắc", max_length=LONGEST_MESSAGE, required=False)
    name = forms.CharField(
        label="Tên kiểm tra",
        max_length=LONGEST_NAME,
        required=False,
        help_text="Để trống thì lấy theo câu hỏi.",
    )

    def __init__(
        self, *args: Any, kind: CheckKind, ground: Ground, check: Check | None, **kwargs: Any
    ) -> None:
        self.kind, self.ground = kind, ground
        super().__init__(*args, **{"initial": _said(check) if check else _first(kind), **kwargs})
        for name in self._absent():
            del self.fields[name]
        numbers = ground.numbers if kind not in NEEDED else ground.typed
        self._offer("item", CHOOSE + list(numbers.items()))
        self._offer("other", CHOOSE + list(ground.numbers.items()))
        self._offer("parts", list(ground.numbers.items()))
        self._offer("elsewhere", CHOOSE + _elsewhere(ground))
        if kind is CheckKind.ADDS_UP:
            self.fields["item"].label = "Phải bằng câu"
        self.fields["message"].help_text = _help(check or _sample(kind), ground)

    def _absent(self) -> set[str]:
        boxes = {box for kind in BOXES.values() for box in kind} | {"elsewhere"}
        here = set(BOXES[self.kind])
        if self.kind is CheckKind.SAME_IN_FORM:
            here = {"elsewhere"}
        return (boxes - here) & set(self.fields)

    def _offer(self, name: str, choices: list[Any]) -> None:
        if name in self.fields:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What does not go together is told beside the box that can mend it."""
        said = super().clean() or {}
        if self.kind is CheckKind.BETWEEN:
            self._clean_range(said)
        if said.get("item") and said.get("item") == said.get("other"):
            self.add_error("other", "Đồng chí vui lòng chọn một câu khác.")
        if self.kind is CheckKind.ADDS_UP:
            self._clean_parts(said)
        if self.kind in NEEDED:
            self._clean_back(said)
        return said

    def _clean_range(self, said: dict[str, Any]) -> None:
        if "least" not in said or "most" not in said:
            return
        least, most = said["least"], said["most"]
        if least is None and most is None:
            self.add_error("least", "Đồng chí vui lòng ghi ít nhất một trong hai số.")
        elif most is None and least == 0:
            self.add_error(
                "least", "Số nhập vào không bao giờ âm, nên kiểm tra này không bắt được gì."
            )
        elif None not in (least, most) and least > most:
            self.add_error(
                "most",
                f"Số lớn nhất ({format_number(most)}) nhỏ hơn số nhỏ nhất ({format_number(least)})."
                " Đồng chí vui lòng xem lại.",
            )

    def _clean_parts(self, said: dict[str, Any]) -> None:
        parts = said.get("parts", [])
        if parts and said.get("item") in parts:
            self.add_error("parts", "Một câu không cộng vào chính nó. Đồng chí vui lòng bỏ chọn.")
        elif len(parts) == 1:
            self.add_error("parts", "Đồng chí vui lòng chọn ít nhất hai câu để cộng.")

    def _clean_back(self, said: dict[str, Any]) -> None:
        if said.get("months", 0) < said.get("least_months", 0):
            self.add_error(
                "least_months", f"Không đòi nhiều hơn {said.get('months', '')} tháng nhìn lại."
            )
        box = "percent" if self.kind is CheckKind.STEADY else "times"
        if said.get(box) == 0 and not said.get("slack"):
            self.add_error(
                box, "Ghi 0 thì mọi thay đổi đều bị nhắc. Đồng chí vui lòng ghi một số lớn hơn."
            )

    @property
    def check(self) -> Check:
        """The check as it was typed."""
        said = dict(self.cleaned_data)
        said["blocks"] = said.pop("severity") == Severity.BLOCKS
        if "elsewhere" in said:
            said["form"], _, said["other"] = said.pop("elsewhere").partition(BETWEEN_CODES)
        if "parts" in said:
            said["parts"] = tuple(said["parts"])
        if "slack" in said:
            said["slack"] = said["slack"] or 0
        return Check(self.kind, **said)


class SinceForm(forms.Form):
    """From which month on the rules of a published form are changed."""

    tu = forms.ChoiceField(label="Áp dụng từ tháng")

    def __init__(self, *args: Any, months: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tu"].choices = [(one.code, one.label) for one in months]  # type: ignore[attr-defined]


def _elsewhere(ground: Ground) -> list[Any]:
    return [
        (
            form,
            [(f"{form}{BETWEEN_CODES}{code}", f"{form}: {label}") for code, label in items.items()],
        )
        for form, items in ground.elsewhere.items()
    ]


def _said(check: Check) -> dict[str, Any]:
    """The boxes of a check as it stands."""
    boxes = {box: getattr(check, box) for box in BOXES[check.kind]}
    return {
        **boxes,
        "item": check.item,
        "elsewhere": f"{check.form}{BETWEEN_CODES}{check.other}",
        "severity": Severity.BLOCKS.value if check.blocks else Severity.WARNS.value,
        "message": check.message,
        "name": check.name,
    }


def _first(kind: CheckKind) -> dict[str, Any]:
    """What stands in the boxes of a check that is begun."""
    blocks = kind in FIRST_BLOCKS
    return {
        "severity": Severity.BLOCKS.value if blocks else Severity.WARNS.value,
        "months": 12,
        "least_months": NEEDED.get(kind),
    }


def _sample(kind: CheckKind) -> Check:
    return Check(kind, "", least=0, most=0, months=12, least_months=1, blocks=kind in FIRST_BLOCKS)


def _help(check: Check, ground: Ground) -> str:
    """What is written where the box is left empty, and what may stand in braces."""
    made = rule_of(Check(**{**_plain(check), "message": ""}), "", {**ground.labels, "": "câu kia"})
    named = "; ".join(f"{{{name}}} là {FIGURES[name]}" for name in made.figures)
    return f"Để trống thì phần mềm viết: “{made.message}” Khi nhắc, {named}."


def _plain(check: Check) -> dict[str, Any]:
    return {name: getattr(check, name) for name in Check.__slots__}


class TrialForm(forms.Form):
    """On the reports of how many months checks are tried."""

    thang = forms.ChoiceField(
        label="Báo cáo của",
        choices=[("3", "3 tháng gần đây"), ("6", "6 tháng gần đây"), ("12", "12 tháng gần đây"), ("24", "24 tháng gần đây")],
        initial="12",
    )  # fmt: skip

    def __init__(self, asked: Mapping[str, str]) -> None:
        super().__init__({"thang": asked.get("thang") or "12"})

    @property
    def months(self) -> int:
        """How many months; twelve unless chosen otherwise."""
        return int(self.cleaned_data["thang"]) if self.is_valid() else 12
