from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst

from danvan.desk.readings import Switch
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.organisations.selectors.readings import Reading


def choosable_periods(today: date) -> list[Period]:
    """The year so far and the two before it, with their halves and quarters, the latest first."""
    years = [
        Period.starting(date(year, 1, 1), Every.YEAR)
        for year in range(today.year, today.year - 3, -1)
    ]
    found = []
    for year in years:
        parts = [*year.parts(Every.HALF), *year.parts(Every.QUARTER)]
        found += [year, *(part for part in parts if part.first <= today)]
    return found


class SummaryForm(forms.Form):
    """Which unit and which period a summary is asked for."""

    don_vi = forms.TypedChoiceField(
        label="Đơn vị",
        coerce=int,
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị.",
                        "invalid_choice": "Đồng chí không lập được báo cáo của đơn vị này; vui lòng chọn đơn vị trong danh sách."},
    )  # fmt: skip
    ky = forms.ChoiceField(
        label="Kỳ báo cáo",
        error_messages={"required": "Đồng chí vui lòng chọn kỳ báo cáo.",
                        "invalid_choice": "Kỳ này không có trong danh sách; vui lòng chọn một kỳ."},
    )  # fmt: skip

    doc = forms.ChoiceField(
        label="Đọc theo đơn vị",
        required=False,
        help_text="Số liệu cộng theo các đơn vị của tháng ấy, hay theo các đơn vị của một ngày.",
    )

    def __init__(
        self, *args: Any, places: list[tuple[int, str]], switch: Switch, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        unit, period, reading = self.fields["don_vi"], self.fields["ky"], self.fields["doc"]
        assert isinstance(reading, forms.ChoiceField)
        reading.choices = [(one.code, one.label) for one in switch.choices]
        reading.initial = switch.reading.code
        self.switch = switch
        assert isinstance(unit, forms.ChoiceField)
        assert isinstance(period, forms.ChoiceField)
        unit.choices = places
        period.choices = [
            (one.code, capfirst(one.label)) for one in choosable_periods(clock.today())
        ]

    def clean_doc(self) -> Reading:
        """The reading itself."""
        if self.switch.refused:
            raise forms.ValidationError(self.switch.refused)
        return self.switch.reading

    def clean_ky(self) -> Period:
        """The period itself."""
        return Period.parse(self.cleaned_data["ky"])
