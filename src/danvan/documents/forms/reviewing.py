"""What people type about the reviews of a directive."""

from datetime import date
from typing import Any

from django import forms

from danvan.documents.enums import ReviewKind
from danvan.documents.forms.units import UnitsForm
from danvan.documents.services import ReviewTerm, years_after
from danvan.foundation.fields import DayField

YEARS = (1, 2, 3, 5, 10)


class ReviewForm(UnitsForm):
    """Lịch sơ kết, tổng kết: which, after how long or by which day, who owes it."""

    kind = forms.ChoiceField(
        label="Loại",
        choices=[("", "Chọn loại"), *ReviewKind.choices],
        error_messages={"required": "Đồng chí vui lòng chọn sơ kết hoặc tổng kết."},
    )
    years = forms.TypedChoiceField(
        label="Sau ngày văn bản",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Ghi ngày cụ thể"), *((one, f"{one} năm") for one in YEARS)],
    )
    due_on = DayField(label="Hoặc ngày cụ thể", required=False, help_text="Ngày phải có báo cáo.")
    title = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=200,
        help_text="Để trống: lấy theo loại và số năm, ví dụ Sơ kết 1 năm thực hiện.",
    )

    def __init__(self, *args: Any, issued_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._issued_on = issued_on
        if issued_on is None:
            del self.fields["years"]

    def clean(self) -> dict[str, Any]:
        """One day, by years or as written."""
        said: dict[str, Any] = super().clean() or {}
        years, day = said.get("years"), said.get("due_on")
        if years and day:
            self.add_error("due_on", "Đồng chí chỉ chọn số năm, hoặc chỉ ghi ngày cụ thể.")
        elif not years and not day and "due_on" not in self.errors:
            self.add_error("due_on", "Đồng chí vui lòng chọn số năm hoặc ghi ngày cụ thể.")
        return said

    def term(self) -> ReviewTerm:
        """What was typed, ready to be written down."""
        said = self.cleaned_data
        years, day = said.get("years"), said["due_on"]
        if years and self._issued_on:
            day = years_after(self._issued_on, years)
        called = str(ReviewKind(said["kind"]).label)
        title = said["title"] or f"{called} {f'{years} năm ' if years else ''}thực hiện"
        return ReviewTerm(kind=said["kind"], title=title, due_on=day, unit_ids=self.unit_ids())
