"""Form fields as people here write: days as dd/mm/yyyy; several files in one box."""

from datetime import date, time
from typing import Any

from django import forms

from danvan.vietnamese.dates import format_date, parse_date
from danvan.vietnamese.numbers import meanings, parse_number

YEARS = range(1900, 2201)  # those that periods know
MOST_FILES = 10
LONGEST = 12  # figures and points of a count
NOT_WHOLE = "Đồng chí vui lòng nhập một số nguyên, ví dụ 40 hoặc 1.234."


class DayField(forms.CharField):
    """A day, written 05/03/2026; the reason why not is the reader's own sentence."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "placeholder": "ngày/tháng/năm", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**{"max_length": 40, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return format_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The day itself; None where none was written."""
        written = super().clean(value)
        try:
            day = parse_date(written) if written else None
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if day and day.year not in YEARS:
            raise forms.ValidationError(
                f"Ngày {format_date(day)} quá xa, đồng chí vui lòng xem lại năm."
            )
        return day


class HourField(forms.CharField):
    """An hour as people write it: 8h, 8 giờ 30, 08:00, 14g30."""

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        """The time; None where nothing was written."""
        text = super().clean(value).lower().replace("phút", "").replace("giờ", ":")
        for mark in ("h", "g", "."):
            text = text.replace(mark, ":")
        if not text:
            return None
        hour, _, minute = text.partition(":")
        try:
            return time(int(hour), int(minute or 0))
        except ValueError:
            raise forms.ValidationError("Đồng chí vui lòng ghi giờ, ví dụ 08:00.") from None


class WholeField(forms.CharField):
    """A whole number as people write it (1.234); empty is none."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(**{"required": False, "widget": forms.TextInput(attrs=attrs), **kwargs})

    def to_python(self, value: Any) -> Any:
        """The number, or None where nothing was written."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            number = parse_number(text)
        except ValueError as wrong:
            meant = meanings(text)  # what is written in the English manner is asked about
            raise forms.ValidationError(str(wrong) if meant else NOT_WHOLE) from wrong
        if len(text) > LONGEST or number != int(number):
            raise forms.ValidationError(NOT_WHOLE)
        return int(number)


class SeveralFilesInput(forms.FileInput):
    """One box that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """The files chosen, at most ten unless said; what each may be, the file store decides."""

    widget = SeveralFilesInput

    def __init__(self, *, most: int = MOST_FILES, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        """The uploaded files."""
        files = [file for file in (value or []) if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"])
        if len(files) > self.most:
            raise forms.ValidationError(f"Mỗi lần gửi nhiều nhất {self.most} tệp.")
        return files


class OfferedField(forms.ChoiceField):
    """A choice that means something only after others were made: hidden, and kept, until it is offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.HiddenInput, **kwargs})

    def offer(self) -> None:
        """Show it from now on."""
        self.widget = forms.Select()
        self.widget.choices = self.choices

    def valid_value(self, value: Any) -> bool:
        """What an old address says is no fault: whoever asks takes it for the first choice."""
        return True
