"""What the statistics and the following lists are asked for: the year of the present day, at or under which unit."""

from typing import Any

from django import forms

from danvan.commitments.forms.fields import FINDING
from danvan.commitments.forms.lists import years
from danvan.commitments.selectors import Meant, unit_meant
from danvan.foundation import clock

ANY = "moi"  # in the address: of any year


class UnitFilter(forms.Form):
    """Everything in the reader's reach, unless asked otherwise."""

    don_vi = forms.CharField(
        label="Đơn vị hoặc địa bàn",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={**FINDING, "data-typeahead-id": "don_vi_id"}),
    )
    don_vi_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = Meant()

    def clean_don_vi(self) -> str:
        """The words; the unit they mean is looked up at once."""
        words: str = self.cleaned_data["don_vi"].strip()
        if words:
            self.unit = unit_meant(words, on=clock.today(), picked=self.data.get("don_vi_id", ""))
            if self.unit.unit_id is None:
                few = "; ".join(name for _, name in self.unit.offers[:4])
                raise forms.ValidationError(
                    f"Có nhiều đơn vị như vậy: {few}. Đồng chí vui lòng gõ đủ tên."
                    if few
                    else "Không tìm thấy đơn vị này. Đồng chí vui lòng gõ lại tên."
                )
        return words


class StatisticsFilter(UnitFilter):
    """This year and everything in the reader's reach, unless asked otherwise."""

    nam = forms.ChoiceField(label="Năm đến hạn", required=False)
    field_order = ("nam", "don_vi", "don_vi_id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value or ANY, label) for value, label in years()]
        self.fields["nam"].choices = choices  # type: ignore[attr-defined]

    def clean_nam(self) -> int | None:
        """The year; this one where none is asked for, None for any."""
        said = self.cleaned_data["nam"] or str(clock.today().year)
        return None if said == ANY else int(said)
