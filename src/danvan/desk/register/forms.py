from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from danvan.foundation import clock
from danvan.vietnamese.dates import format_date, parse_date


class DayForm(forms.Form):
    """On which day the register is read; today where nothing is written."""

    ngay = forms.CharField(
        label="Ngày",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}),
    )

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__({"ngay": asked.get("ngay") or format_date(clock.today())})

    def clean_ngay(self) -> date:
        """The day itself."""
        try:
            return parse_date(self.cleaned_data["ngay"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
