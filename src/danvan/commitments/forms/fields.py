"""Fields as they are written here, and forms that show every fault of a refused act in its place."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent

FINDING = {"autocomplete": "off", "data-typeahead": reverse_lazy("desk:find-units")}


class WordsField(forms.CharField):
    """Some lines of text; what must be there says its own sentence."""

    def __init__(self, *, missing: str = "", rows: int = 3, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows}),
            required=bool(missing),
            error_messages={"required": missing},
            **kwargs,
        )


class ActForm(RefusableForm):
    """A form of one act. `seen` is how the commitment stood when the page was opened."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def uploads(self) -> list[tuple[str, bytes]]:
        """The evidence chosen, as (name, bytes)."""
        return [(file.name, read_sent(file)) for file in self.cleaned_data["evidence"]]
