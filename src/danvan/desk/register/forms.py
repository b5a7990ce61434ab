from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.organisations.enums import STANDING, FlagKind, LinkKind, MarkKind
from danvan.organisations.selectors import MERGED_ON
from danvan.organisations.selectors.differing import ORGANISATIONS, PLACES, SORTS
from danvan.vietnamese.dates import format_date, parse_date


class DayForm(forms.Form):
    """On which day the register is read; today where nothing is written."""

    ngay = forms.CharField(
        label="Ngày",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm"}),
    )

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__({"ngay": asked.get("ngay") or format_date(clock.today())})

    def clean_ngay(self) -> date:
        """The day itself."""
        try:
            return parse_date(self.cleaned_data["ngay"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class FlagFilter(forms.Form):
    """Which condition places are narrowed to."""

    vung = forms.ChoiceField(
        label="Vùng", required=False, choices=[("", "Tất cả"), *FlagKind.choices]
    )


class DifferenceForm(forms.Form):
    """Between which two days, and of what; the merger until today unless said."""

    tu = DayField(label="Từ ngày")
    den = DayField(label="Đến ngày")
    loai = forms.ChoiceField(label="Của", choices=[(PLACES, "Địa bàn"), (ORGANISATIONS, "Tổ chức")])
    muc = forms.ChoiceField(
        required=False, choices=[("", ""), *SORTS.items()], widget=forms.HiddenInput
    )

    def __init__(self, asked: Mapping[str, Any]) -> None:
        before = date.fromordinal(MERGED_ON.toordinal() - 1)
        super().__init__(
            {
                "tu": asked.get("tu") or format_date(before),
                "den": asked.get("den") or format_date(clock.today()),
                "loai": asked.get("loai") or PLACES,
                "muc": asked.get("muc", ""),
            }
        )

    def clean(self) -> None:
        """The first day comes before the last."""
        said = self.cleaned_data
        if said.get("tu") and said.get("den") and said["tu"] >= said["den"]:
            self.add_error("den", "Ngày sau phải sau ngày trước, đồng chí vui lòng xem lại.")


class VillagesForm(forms.Form):
    """The list of villages to bring in."""

    sheet = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx, nhiều nhất 20.000 dòng.",
        allow_empty_file=True,
        error_messages={"required": "Đồng chí vui lòng chọn tệp Excel."},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    counted_on = DayField(
        label="Số hộ, nhân khẩu tính đến ngày",
        error_messages={"required": "Đồng chí vui lòng ghi ngày đã tính số hộ, nhân khẩu."},
    )


class _Deciding(RefusableForm):
    """What every dated row of a unit has: from when, until when, by which decision."""

    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(
        label="Đến trước ngày", required=False, help_text="Để trống nếu chưa biết ngày kết thúc."
    )
    decision = forms.CharField(
        label="Văn bản quyết định",
        max_length=200,
        help_text="Số, ký hiệu, ngày, cơ quan ban hành.",
    )


class MarkForm(_Deciding):
    """A symbol or a seal."""

    kind = forms.ChoiceField(label="Loại", choices=MarkKind.choices)
    text = forms.CharField(
        label="Nội dung",
        max_length=120,
        help_text="Ký hiệu như trên văn bản, hoặc chữ trên con dấu.",
    )
    field_order = ["kind", "text", "decision", "valid_from", "valid_to"]


class TermForm(_Deciding):
    """A term of a Party committee."""

    ordinal = forms.CharField(label="Khóa", max_length=10, help_text="Số La Mã, ví dụ XIX.")
    name = forms.CharField(label="Nhiệm kỳ", max_length=40, help_text="Ví dụ 2025 - 2030.")
    field_order = ["ordinal", "name", "valid_from", "decision"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["valid_to"]  # the next congress ends it
        self.fields["valid_from"].label = "Từ ngày đại hội"
        self.fields["decision"].required = False


class FlagForm(_Deciding):
    """A condition of a place."""

    kind = forms.ChoiceField(label="Vùng", choices=FlagKind.choices)
    note = forms.CharField(
        label="Ghi chú", max_length=200, required=False, help_text="Ví dụ: khu vực III."
    )
    field_order = ["kind", "note", "decision", "valid_from", "valid_to"]


class LinkForm(_Deciding):
    """How this organisation stands to another one."""

    kind = forms.ChoiceField(label="Quan hệ", choices=LinkKind.choices)
    other = forms.CharField(
        label="Với tổ chức", max_length=200, help_text="Gõ tên, không cần dấu, rồi chọn."
    )
    other_id = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["kind", "other", "decision", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = "&".join(f"loai={kind.value}" for kind in STANDING)
        self.fields["decision"].required = False
        self.fields["other"].widget.attrs |= {
            "autocomplete": "off",
            "data-typeahead": f"{reverse('desk:find-units')}?{kinds}",
            "data-typeahead-id": "other_id",
        }


class EndForm(forms.Form):
    """On which day something that a unit carries ends."""

    on = DayField(label="Kết thúc từ ngày")

    def refuse(self, broken: RuleError) -> None:
        """Show every fault beside the day."""
        for fault in broken.faults:
            self.add_error("on", fault.message)
