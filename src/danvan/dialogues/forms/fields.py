"""Fields as they are written on the pages of dialogues."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from danvan.commitments.selectors import Meant, unit_meant
from danvan.foundation import clock


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


def meant(form: forms.Form, name: str) -> int | None:
    """The id of the unit typed; a fault beside the field where it is none or several."""
    words = form.cleaned_data.get(name, "").strip()
    if not words:
        return None
    found: Meant = unit_meant(words, on=clock.today(), picked=form.data.get(f"{name}_id", ""))
    if found.unit_id is None:
        few = "; ".join(label for _, label in found.offers[:4])
        form.add_error(
            name,
            f"Có nhiều đơn vị như vậy: {few}. Đồng chí vui lòng gõ đủ tên."
            if few
            else "Không tìm thấy đơn vị này trong Sổ đơn vị. Đồng chí vui lòng gõ lại tên.",
        )
    return found.unit_id
