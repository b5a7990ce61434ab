"""Which of the units that a document addresses something is for: ticked, all of them, or others by name."""

from collections.abc import Sequence
from typing import Any

from django import forms

from danvan.commitments.selectors import unit_meant
from danvan.foundation import clock
from danvan.foundation.refusals import RefusableForm

MOST_LINES = 100  # units written into the box


class UnitsForm(RefusableForm):
    """A form that names units; `addressed` are those offered to be ticked."""

    units = forms.TypedMultipleChoiceField(
        label="Đơn vị",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Có đơn vị không thuộc danh sách này."},
    )
    everyone = forms.BooleanField(label="Tất cả đơn vị trong danh sách", required=False)
    others = forms.CharField(
        label="Đơn vị khác",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng một đơn vị, không cần dấu.",
    )

    def __init__(self, *args: Any, addressed: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["units"].choices = list(addressed)
        if not addressed:
            del fields["everyone"]

    def clean_others(self) -> list[int]:
        """The units written one a line."""
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Mỗi lần ghi nhiều nhất {MOST_LINES} đơn vị.")
        meant = {line: unit_meant(line, on=clock.today()).unit_id for line in lines}
        unknown = [
            f"Chưa rõ “{line[:60]}” là đơn vị nào. Đồng chí vui lòng ghi đủ tên, ví dụ kèm tên xã."
            for line, pk in meant.items()
            if pk is None
        ]
        if unknown:
            raise forms.ValidationError(unknown)
        return [pk for pk in meant.values() if pk is not None]

    def unit_ids(self) -> tuple[int, ...]:
        """Those ticked, or all that were offered, and those written."""
        said, field = self.cleaned_data, self.fields["units"]
        ticked = said["units"]
        if said.get("everyone"):
            ticked = [pk for pk, _ in field.choices]  # type: ignore[attr-defined]
        return tuple(dict.fromkeys([*ticked, *said["others"]]))
