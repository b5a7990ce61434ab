"""What a list of petitions is asked for; it stands in the address, so it stays."""

from datetime import date

from django import forms

from danvan.commitments.fields import UnitField, look_up, meant
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.petitions.enums import Kind
from danvan.petitions.selectors import ALL, TABS, Asked
from danvan.topics.fields import TopicField

YEARS_BACK = 5


class PetitionFilter(forms.Form):
    """Words, kind, year, topic, unit; the tab stands beside them in the address."""

    q = forms.CharField(label="Số, tóm tắt, nội dung", required=False, max_length=100)
    loai = forms.ChoiceField(
        label="Loại đơn", required=False, choices=[("", "Tất cả"), *Kind.choices]
    )
    nam = forms.ChoiceField(label="Năm nhận", required=False)
    linh_vuc = TopicField()
    don_vi = UnitField("don_vi", label="Đơn vị hoặc địa bàn", required=False)
    o = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        year = clock.today().year
        periods = [
            Period.starting(date(one, 1, 1), Every.YEAR)
            for one in range(year, year - YEARS_BACK, -1)
        ]
        self.fields["nam"].choices = [("", "Tất cả"), *((one.code, one.label) for one in periods)]  # type: ignore[attr-defined]
        look_up(self, "don_vi")

    @property
    def tab(self) -> str:
        """Which tab is open; all where none of them was asked for."""
        asked = str(self.data.get("o", ""))
        return asked if asked in TABS else ALL

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
            tab=self.tab,
            kind=said["loai"],
            period=Period.parse(said["nam"]) if said["nam"] else None,
            unit_id=self.unit_id,
            topic_id=said["linh_vuc"],
        )
