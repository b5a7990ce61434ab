"""What the pages of citizen reception are asked for: a month, the rows of the register, an identity."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.foundation.periods import Every, Period
from danvan.foundation.refusals import RefusableForm
from danvan.petitions.enums import Opening
from danvan.petitions.selectors.reception import RECEPTION_MEASURES, RegisterAsked, planning_units

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST = 366


class MonthForm(forms.Form):
    """Of which month, and of which unit, the schedule is."""

    thang = forms.ChoiceField(label="Tháng", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thang"].choices = [("", "Tháng này"), *months()]  # type: ignore[attr-defined]

    def month(self) -> Period:
        """The month asked for, else this one."""
        code = self.cleaned_data["thang"] if self.is_valid() else ""
        return Period.parse(code) if code else Period.containing(clock.today(), Every.MONTH)


def months() -> list[tuple[str, str]]:
    """The months that pages offer: from three ahead back to twenty-four ago."""
    found, one = [], Period.containing(clock.today(), Every.MONTH)
    for _ in range(3):
        one = Period.containing(one.end, Every.MONTH)
    for _ in range(28):
        found.append((one.code, one.label))
        one = Period.containing(one.first - timedelta(days=1), Every.MONTH)
    return found


class RegisterFilter(forms.Form):
    """Which rows of the register: a month, or from a day to a day; of all units or one."""

    q = forms.CharField(label="Nội dung, số đơn", required=False, max_length=100)
    thang = forms.ChoiceField(label="Tháng", required=False)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)
    don_vi = forms.TypedChoiceField(label="Đơn vị", required=False, coerce=int, empty_value=None)
    # the number of a periodic table that was opened: which, of which unit
    chi_tieu = forms.ChoiceField(
        required=False, choices=[("", ""), *((one, one) for one in RECEPTION_MEASURES)], widget=forms.HiddenInput
    )  # fmt: skip
    duoi = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    rieng = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = planning_units(user, on=clock.today(), action="petitions.view")
        self.fields["thang"].choices = [("", "Tháng này"), *months()]  # type: ignore[attr-defined]
        self.fields["don_vi"].choices = [("", "Tất cả"), *units]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """The two days in their order, and not further apart than a year."""
        first, last = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if first and last and last < first:
            self.add_error("den", "“Đến ngày” phải từ “Từ ngày” trở đi, đồng chí vui lòng xem lại.")
        elif first and last and (last - first).days > LONGEST:
            self.add_error(
                "den", "Sổ xem tối đa một năm mỗi lần, đồng chí vui lòng chọn ít ngày hơn."
            )

    def asked(self) -> RegisterAsked | None:
        """What is asked for; None where it cannot be understood."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        code = said["thang"]
        month = Period.parse(code) if code else Period.containing(clock.today(), Every.MONTH)
        first, last = month.first, month.end - timedelta(days=1)
        if said["tu"] or said["den"]:
            first = said["tu"] or max(said["den"].replace(day=1), said["den"] - timedelta(LONGEST))
            last = said["den"] or first + timedelta(days=LONGEST)
        return RegisterAsked(
            first, last, said["don_vi"], said["q"].strip(), said["chi_tieu"], said["duoi"], said["rieng"]
        )  # fmt: skip


class OpenRegisterForm(RefusableForm):
    """Mở danh tính các dòng đang xem: what for."""

    purpose = forms.ChoiceField(
        label="Mở để làm gì?", choices=[("", "Chọn lý do"), *Opening.choices],
        error_messages={"required": "Đồng chí vui lòng chọn mở danh tính để làm gì."},
    )  # fmt: skip
