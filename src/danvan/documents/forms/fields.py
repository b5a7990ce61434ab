"""Fields as they are written here: days as dd/mm/yyyy, figures as 1.234,56, shares as 85 % or 2/3."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from danvan.documents.wording import share_text
from danvan.vietnamese.numbers import format_number, parse_number

_RATIO = re.compile(r"([0-9]{1,9})\s*/\s*([0-9]{1,9})")


class FigureField(forms.CharField):
    """A figure, written 1.234,56."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return format_number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """The figure itself; None where none was written."""
        written = super().clean(value)
        try:
            figure = parse_number(written) if written else None
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if figure is not None and abs(figure) >= Decimal(10) ** 18:
            raise forms.ValidationError("Số này lớn quá mức có thể, đồng chí vui lòng xem lại.")
        return figure


class ShareField(forms.CharField):
    """A part of a whole, written 85 %, 85,5 % or 2/3; (numerator, denominator)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40, widget=forms.TextInput(attrs={"placeholder": "85 % hoặc 2/3"}), **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """A percentage where it is one, else the two numbers."""
        if not isinstance(value, tuple | list):
            return value
        return share_text((value[0], value[1]))

    def clean(self, value: Any) -> Any:
        """The two numbers; None where none was written."""
        written = super().clean(value).strip()
        if not written:
            return None
        ratio = _RATIO.fullmatch(written)
        if ratio and int(ratio[2]):
            return int(ratio[1]), int(ratio[2])
        try:
            percent = parse_number(written.rstrip("% "))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        share = Fraction(percent) / 100
        return share.numerator, share.denominator
