from datetime import date
from typing import Any

from django import forms

from danvan.foundation import clock
from danvan.law.enums import Confidence, Measure
from danvan.law.selectors import DayRead, duration_parameters
from danvan.law.services import ParameterRow

NO_DAY = {"invalid": "Đồng chí vui lòng ghi ngày dạng ngày/tháng/năm, ví dụ 20/11/2026."}


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day written dd/mm/yyyy."""
    widget = forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm"})
    return forms.DateField(label=label, error_messages=NO_DAY, widget=widget, **options)


class ParameterFilter(forms.Form):
    """Words to look for, and the day on which the law is read; without a day, whenever it held."""

    q = forms.CharField(label="Nội dung hoặc căn cứ", required=False, max_length=120)
    ngay = day_field("Có hiệu lực ngày", required=False)


class DeadlineForm(forms.Form):
    """A term to count: one that the law sets, or a number of days, months or years of one's own."""

    start = day_field(
        "Tính từ ngày", help_text="Ngày xảy ra việc; ngày này không tính vào thời hạn."
    )
    key = forms.ChoiceField(label="Thời hạn theo pháp luật", required=False)
    n = forms.IntegerField(
        label="Hoặc tự ghi số",
        required=False,
        min_value=0,
        error_messages={"invalid": "Đồng chí vui lòng ghi một số nguyên."},
    )
    unit = forms.ChoiceField(
        label="Đơn vị",
        required=False,
        choices=[
            (one.value, one.label)
            for one in (
                Measure.WORKING_DAYS,
                Measure.DAYS,
                Measure.MONTHS,
                Measure.YEARS,
                Measure.WORKING_DAYS_BEFORE,
                Measure.DAYS_BEFORE,
            )
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = duration_parameters(on=clock.today())
        choices = [(row.key, f"{row.title}: {row.value}") for row in rows]
        self.fields["key"].choices = [("", "Không chọn"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One term is asked for, not none and not two."""
        said = super().clean() or {}
        if self.errors:
            return said
        chosen, own = bool(said.get("key")), said.get("n") is not None
        if chosen == own:
            raise forms.ValidationError(
                "Đồng chí vui lòng chọn một thời hạn theo pháp luật hoặc tự ghi số, không cả hai."
            )
        if own and not said.get("unit"):
            raise forms.ValidationError("Đồng chí vui lòng chọn đơn vị của thời hạn.")
        return said


class DayCorrection(forms.Form):
    """What a notice says of one day."""

    day = day_field("Ngày")
    working = forms.TypedChoiceField(
        label="Ngày này là",
        choices=[("0", "Ngày nghỉ"), ("1", "Ngày làm việc")],
        coerce=lambda said: said == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Lý do", max_length=120)
    citation = forms.CharField(
        label="Văn bản làm căn cứ",
        max_length=200,
        help_text="Số, ký hiệu, ngày và cơ quan ban hành thông báo.",
    )

    def read(self) -> DayRead:
        """The day as the calendar would then have it."""
        said = self.cleaned_data
        return DayRead(said["day"], said["working"], said["reason"])


class ParameterForm(forms.Form):
    """One row of the law: a new period of its key, or the row that begins on the same day corrected."""

    title = forms.CharField(label="Nội dung", max_length=200)
    numerator = forms.IntegerField(label="Số", min_value=0, max_value=1_000_000)
    denominator = forms.IntegerField(
        label="Mẫu số",
        min_value=1,
        max_value=1_000_000,
        help_text="Để 1, trừ khi là một tỷ lệ (50 trên 100).",
    )
    unit = forms.ChoiceField(label="Đơn vị tính", choices=Measure.choices)
    scope = forms.CharField(label="Phạm vi", max_length=120, required=False)
    valid_from = day_field(
        "Có hiệu lực từ ngày",
        help_text="Giữ nguyên ngày để sửa dòng này; ghi ngày khác để thêm một mức mới.",
    )
    valid_to = day_field(
        "Hết hiệu lực từ ngày", required=False, help_text="Ngày đầu tiên không còn áp dụng."
    )
    citation = forms.CharField(
        label="Căn cứ",
        max_length=200,
        help_text="Số, ký hiệu văn bản, điều, khoản.",
    )
    confidence = forms.ChoiceField(label="Mức chắc chắn", choices=Confidence.choices)
    end_former = forms.BooleanField(
        label="Dòng đang có hiệu lực kết thúc khi dòng mới bắt đầu", required=False
    )

    def read(self, key: str) -> ParameterRow:
        """The row as the table would then have it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "end_former"}
        return ParameterRow(line=0, key=key, **said)


def first_values(row: Any) -> dict[str, Any]:
    """A row as the form shows it first."""
    return {name: getattr(row, name) for name in ParameterForm.base_fields if name != "end_former"}


def year_of(day: Any) -> int:
    """The year of a correction, this one while nothing readable is asked."""
    return day.year if isinstance(day, date) else clock.today().year
