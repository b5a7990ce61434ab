"""What lists of dialogues are asked for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from danvan.dialogues.enums import DialogueKind, State
from danvan.dialogues.forms.fields import UnitField, look_up, meant
from danvan.dialogues.selectors import Asked
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.topics.fields import TopicField

YEARS_BACK = 3


def years(today: date) -> list[Period]:
    """The years that lists offer, the next one first."""
    return [
        Period.starting(date(year, 1, 1), Every.YEAR)
        for year in range(today.year + 1, today.year - YEARS_BACK, -1)
    ]


class DialogueFilter(forms.Form):
    """What a list of dialogues is asked for; it stands in the address, so it stays."""

    q = forms.CharField(label="Số, nội dung, địa điểm", required=False, max_length=100)
    loai = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Tất cả"), *DialogueKind.choices]
    )
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Tất cả"), *State.choices]
    )
    nam = forms.ChoiceField(label="Năm", required=False)
    linh_vuc = TopicField()
    don_vi = UnitField("don_vi", label="Đơn vị hoặc địa bàn", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [  # type: ignore[attr-defined]
            ("", "Tất cả"),
            *((one.code, one.label) for one in years(clock.today())),
        ]
        look_up(self, "don_vi")

    def clean(self) -> None:
        """The unit that the words mean."""
        self.unit_id = meant(self, "don_vi")

    def asked(self) -> Asked | None:
        """What is asked for; None where it cannot be understood (the faults stand by the fields)."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        return Asked(
            words=said["q"],
            kind=said["loai"],
            state=said["tinh_trang"],
            period=Period.parse(said["nam"]) if said["nam"] else None,
            unit_id=self.unit_id,
            topic_id=said["linh_vuc"],
        )


class YearForm(forms.Form):
    """Which year the table of hosts is of."""

    nam = forms.ChoiceField(label="Năm", required=False)

    def __init__(self, data: "Mapping[str, Any] | None" = None, **kwargs: Any) -> None:
        this = Period.containing(clock.today(), Every.YEAR).code
        asked = (
            None
            if data is None
            else {**{name: data[name] for name in data}, "nam": data.get("nam") or this}
        )
        super().__init__(asked, **{"initial": {"nam": this}, **kwargs})
        self.fields["nam"].choices = [(one.code, one.label) for one in years(clock.today())]  # type: ignore[attr-defined]

    def year(self) -> Period:
        """The year asked for, else this one."""
        code = self.cleaned_data["nam"] if self.is_valid() else ""
        return Period.parse(code) if code else Period.containing(clock.today(), Every.YEAR)


class OpinionFilter(YearForm):
    """Of which year opinions are counted, and about which topic they are listed."""

    linh_vuc = TopicField()
