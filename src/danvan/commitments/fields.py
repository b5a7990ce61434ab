"""The fields in which any form asks for one unit, for units one a line, and whether work comes back."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from danvan.commitments.selectors import Meant, unit_meant
from danvan.commitments.series_enums import Every
from danvan.commitments.services import Rule
from danvan.foundation import clock
from danvan.foundation.fields import DayField, WholeField
from danvan.law.fields import DueFields
from danvan.vietnamese.numbers import format_number

MOST_UNITS = 200  # looked up of one box
MOST_LETTERS = 60  # of a line that a refusal names
UNSAID_RULE = (
    "Đồng chí đã ghi ngày kết thúc hoặc số ngày mở trước nhưng chưa chọn lặp lại thế nào. "
    "Đồng chí vui lòng chọn, hoặc để trống cả ba."
)
ONLY_A_DAY = (
    "Việc định kỳ lấy ngày hết hạn của lượt đầu để tính các lượt sau. Đồng chí vui lòng ghi ngày ở “Hạn là ngày” "
    "và bỏ thời hạn, quy định, làm thường xuyên."
)
CHOICES = [("", "Không lặp lại"), *Every.choices]


class UnitField(forms.CharField):
    """A unit by its name, typed without tones; the one picked from the offers is kept beside it."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "data-typeahead-id": f"{name}_id"}
        super().__init__(max_length=300, widget=forms.TextInput(attrs=attrs), **kwargs)


def look_up(form: forms.Form, name: str, **asked: str) -> None:
    """Offer units as the name is typed, and keep which was picked."""
    query = f"?{urlencode(asked)}" if asked else ""
    form.fields[name].widget.attrs["data-typeahead"] = f"{reverse('desk:find-units')}{query}"
    form.fields[f"{name}_id"] = forms.CharField(required=False, widget=forms.HiddenInput)


def meant(form: forms.Form, name: str, *, near: Collection[int] = ()) -> int | None:
    """The id of the unit typed; a fault beside the field where it is none or several, those `near` to these units first."""
    words = form.cleaned_data.get(name, "").strip()
    if not words:
        return None
    found: Meant = unit_meant(
        words, on=clock.today(), picked=form.data.get(f"{name}_id", ""), near=near
    )
    if found.unit_id is None:
        few = "; ".join(label for _, label in found.offers[:4])
        form.add_error(
            name,
            f"Có nhiều đơn vị như vậy: {few}. Đồng chí vui lòng gõ đủ tên."
            if few
            else "Không tìm thấy đơn vị này trong Sổ đơn vị. Đồng chí vui lòng gõ lại tên.",
        )
    return found.unit_id


class UnitLinesField(forms.CharField):
    """Units written one a line: their ids, each once, however often and under whatever name it was written.

    Every line that names no unit or several is told, and that there are too many lines. `known` are names that were
    put there by the form itself, with the ids that they stand for.
    """

    def __init__(self, *, rows: int = 2, missing: str = "", **kwargs: Any) -> None:
        self.known: Mapping[str, int] = {}
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows}),
            required=bool(missing),
            error_messages={"required": missing},
            **kwargs,
        )

    def clean(self, value: Any) -> tuple[int, ...]:
        """The ids of the units."""
        written = (line.strip() for line in super().clean(value).splitlines())
        lines = list(dict.fromkeys(line for line in written if line))
        found = {line: self._unit(line) for line in lines[:MOST_UNITS]}
        faults = [
            f"Chưa rõ “{_short(line)}” là đơn vị nào. Đồng chí vui lòng ghi đủ tên, ví dụ kèm tên xã."
            for line, pk in found.items()
            if pk is None
        ]
        if len(lines) > MOST_UNITS:
            faults.append(
                f"Đã ghi {format_number(len(lines))} đơn vị; mỗi lần ghi nhiều nhất {format_number(MOST_UNITS)} đơn vị. "
                "Đồng chí vui lòng chia làm nhiều lần."
            )
        if faults:
            raise forms.ValidationError(faults)
        return tuple(dict.fromkeys(pk for pk in found.values() if pk is not None))

    def _unit(self, line: str) -> int | None:
        return self.known.get(line) or unit_meant(line, on=clock.today()).unit_id


def _short(line: str) -> str:
    return line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 1]}…"


def every_field(**changes: Any) -> forms.ChoiceField:
    """After how long it comes back."""
    return forms.ChoiceField(
        **{
            "label": "Lặp lại",
            "choices": CHOICES,
            "required": False,
            "help_text": "Mỗi lượt là một việc riêng trong sổ; hạn của lượt đầu ghi ở “Hạn là ngày”.",
            "error_messages": {"invalid_choice": "Đồng chí vui lòng chọn một cách lặp trong danh sách."},
            **changes,
        }
    )  # fmt: skip


class RuleFields(forms.Form):
    """After how long it comes back, until when, how long before its day a turn is opened."""

    every = every_field()
    until = DayField(
        label="Lặp đến hết ngày", required=False, help_text="Để trống thì lặp đến khi thôi."
    )
    ahead = WholeField(
        label="Mở mỗi lượt trước hạn (ngày)",
        required=False,
        help_text="Để trống thì theo cài đặt, không sớm hơn hạn của lượt trước.",
    )

    def rule(self) -> Rule:
        """As services take it; what is not sound yet is left out."""
        said = self.cleaned_data
        return Rule(said.get("every", ""), said.get("due_on"), said.get("until"), said.get("ahead"))


class RecurringDueFields(RuleFields, DueFields):
    """Until when, once or again and again."""

    def clean(self) -> dict[str, Any]:
        """A rule goes with the day of its first turn, and with nothing else."""
        said = super().clean()
        if said.get("every"):
            if any(said.get(name) for name in ("term_n", "term_key", self.endless)):
                self.errors.pop("due_on", None)  # one sentence is enough
                self.add_error("every", ONLY_A_DAY)
        elif said.get("until") or said.get("ahead") is not None:
            self.add_error("every", UNSAID_RULE)
        return said

    def unsaid(self) -> str:
        """A rule needs the day of its first turn."""
        first = "Đồng chí vui lòng ghi ngày hết hạn của lượt đầu."
        return first if self.cleaned_data.get("every") else super().unsaid()
