"""What lists of matters are asked for."""

from datetime import date
from typing import Any

from django import forms

from danvan.commitments.selectors import unit_meant
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.grassroots.enums import Pillar, State
from danvan.grassroots.selectors import Asked
from danvan.topics.fields import TopicField

YEARS_BACK = 3


def years(today: date) -> list[Period]:
    """The years that lists offer, this one first."""
    return [
        Period.starting(date(year, 1, 1), Every.YEAR)
        for year in range(today.year, today.year - YEARS_BACK, -1)
    ]


class MatterFilter(forms.Form):
    """What a list of matters is asked for; it stands in the address, so it stays."""

    q = forms.CharField(label="Số, việc, văn bản", required=False, max_length=100)
    nhom = forms.ChoiceField(
        label="Nhóm", required=False, choices=[("", "Tất cả"), *Pillar.choices]
    )
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Tất cả"), *State.choices]
    )
    nam = forms.ChoiceField(label="Năm", required=False)
    don_vi = forms.CharField(label="Xã, phường", required=False, max_length=300)
    qua_han = forms.BooleanField(label="Chỉ việc quá hạn", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [  # type: ignore[attr-defined]
            ("", "Tất cả"),
            *((one.code, one.label) for one in years(clock.today())),
        ]
        self.unit_id: int | None = None

    def clean_don_vi(self) -> str:
        """The unit that the words mean; an id from another page of ours is taken as it is."""
        words = str(self.cleaned_data["don_vi"]).strip()
        if not words:
            return words
        found = unit_meant(words, on=clock.today(), picked="")
        self.unit_id = found.unit_id
        if found.unit_id is None:
            few = "; ".join(label for _, label in found.offers[:4])
            raise forms.ValidationError(
                f"Có nhiều đơn vị như vậy: {few}. Đồng chí vui lòng gõ đủ tên."
                if few
                else "Không tìm thấy đơn vị này trong Sổ đơn vị. Đồng chí vui lòng gõ lại tên."
            )
        return words

    def asked(self) -> Asked | None:
        """What is asked for; None where it cannot be understood (the faults stand by the fields)."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        return Asked(
            words=said["q"],
            pillar=said["nhom"],
            state=said["tinh_trang"],
            period=Period.parse(said["nam"]) if said["nam"] else None,
            unit_id=self.unit_id,
            waiting=said["qua_han"],
        )


class YearForm(forms.Form):
    """Which year the table of communes is of."""

    nam = forms.ChoiceField(label="Năm", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [(one.code, one.label) for one in years(clock.today())]  # type: ignore[attr-defined]

    def year(self) -> Period:
        """The year asked for, else this one."""
        code = self.cleaned_data["nam"] if self.is_valid() else ""
        return Period.parse(code) if code else Period.containing(clock.today(), Every.YEAR)


class CommentFilter(forms.Form):
    """Under which topic comments are read."""

    linh_vuc = TopicField()
