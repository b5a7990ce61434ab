"""Fields as they are written here, and forms that show every fault of a refused act in its place."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy

from danvan.foundation.errors import RuleError
from danvan.foundation.uploads import read_sent
from danvan.vietnamese.dates import format_date, parse_date

MOST_FILES = 10
FINDING = {"autocomplete": "off", "data-typeahead": reverse_lazy("desk:find-units")}


class DayField(forms.CharField):
    """A day, written 05/03/2026."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return format_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The day itself; None where none was written."""
        written = super().clean(value)
        try:
            return parse_date(written) if written else None
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class SeveralFilesInput(forms.FileInput):
    """One box that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """The files chosen, at most ten; what each may be, the file store decides."""

    widget = SeveralFilesInput

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        """The uploaded files."""
        files = [file for file in (value or []) if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"])
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Mỗi lần gửi nhiều nhất {MOST_FILES} tệp.")
        return files


class WordsField(forms.CharField):
    """Some lines of text; what must be there says its own sentence."""

    def __init__(self, *, missing: str = "", rows: int = 3, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows}),
            required=bool(missing),
            error_messages={"required": missing},
            **kwargs,
        )


class ActForm(forms.Form):
    """A form of one act. `seen` is how the commitment stood when the page was opened."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def refuse(self, broken: RuleError) -> None:
        """Show every fault of a refused act beside its field; what has no field stands above."""
        if not broken.faults:
            self.add_error(None, broken.message)
        for message, column in dict.fromkeys(
            (fault.message, fault.column) for fault in broken.faults
        ):
            self.add_error(column if column in self.fields else None, message)

    def uploads(self) -> list[tuple[str, bytes]]:
        """The evidence chosen, as (name, bytes)."""
        return [(file.name, read_sent(file)) for file in self.cleaned_data["evidence"]]
