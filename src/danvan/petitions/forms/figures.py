"""What the statistics of petitions are asked for: a period, the day it closes on, a kind, a unit with all below."""

from typing import Any

from django import forms

from danvan.commitments.fields import UnitField, look_up, meant
from danvan.foundation import clock
from danvan.petitions.enums import Kind
from danvan.petitions.selectors.figures import GROUPS, Wanted
from danvan.petitions.selectors.populations import MEASURES, Measure
from danvan.petitions.spans import YEARS, closing_day, codes_of, span_of
from danvan.vietnamese.numbers import format_number

TO_THE_END = "0"


class FiguresFilter(forms.Form):
    """This year, closed as the reports of the house are, and everything in the reader's reach, unless asked otherwise."""

    ky = forms.ChoiceField(label="Kỳ", required=False)
    chot = forms.ChoiceField(label="Chốt số liệu", required=False)
    loai = forms.ChoiceField(
        label="Loại đơn", required=False, choices=[("", "Tất cả"), *Kind.choices]
    )
    don_vi = UnitField("don_vi", label="Đơn vị hoặc địa bàn", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year, closes = clock.today().year, closing_day()
        choices = [(f"Năm {one}", codes_of(one)) for one in range(year, year - YEARS, -1)]
        self.fields["ky"].choices = choices  # type: ignore[attr-defined]
        days = [(TO_THE_END, "Ngày cuối tháng")]
        if closes:
            days.insert(0, (str(closes), f"Ngày {format_number(closes)} tháng cuối kỳ"))
        self.fields["chot"].choices = days  # type: ignore[attr-defined]
        self.initial = {"ky": str(year), "chot": str(closes), **self.initial}
        look_up(self, "don_vi")

    def clean(self) -> None:
        """The unit that the words mean."""
        self.unit_id = meant(self, "don_vi")

    def wanted(self) -> Wanted | None:
        """What is asked for; None where it cannot be understood (the faults stand by the fields)."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        code = said["ky"] or str(clock.today().year)
        closes = int(said["chot"]) if said["chot"] else closing_day()
        return Wanted(
            span=span_of(code, closes=closes), kind=said["loai"], unit_id=self.unit_id, unit=said["don_vi"].strip(),
            alone=self._alone(), topic_id=self._topic(), group=said.get("nhom", ""),
        )  # fmt: skip

    def _alone(self) -> bool:
        return False

    def _topic(self) -> int | None:
        return None


class RecordsFilter(FiguresFilter):
    """The same with the number that was opened: which measure, of which row."""

    chi_tieu = forms.ChoiceField(
        label="Chỉ tiêu",
        choices=[(one.key, one.label) for one in MEASURES.values()],
        required=False,
    )
    nhom = forms.ChoiceField(
        choices=[("", ""), *((one, one) for one in GROUPS)],
        required=False,
        widget=forms.HiddenInput,
    )
    rieng = forms.BooleanField(required=False, widget=forms.HiddenInput)
    linh_vuc = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    field_order = ("chi_tieu", "ky", "chot", "loai", "don_vi")

    @property
    def measure(self) -> Measure:
        """The measure that is listed; what was received where none was asked for."""
        return MEASURES[self.cleaned_data["chi_tieu"] or "received"]

    def _alone(self) -> bool:
        return bool(self.cleaned_data["rieng"]) and self.unit_id is not None

    def _topic(self) -> int | None:
        topic: int | None = self.cleaned_data["linh_vuc"]
        return topic
