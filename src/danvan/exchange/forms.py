"""Making a key for another system, and taking it back."""

from typing import Any

from django import forms

from danvan.commitments.fields import UnitField, look_up, meant
from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm


class KeyForm(RefusableForm):
    """For which system, at which unit, to do what, until when."""

    name = forms.CharField(
        label="Hệ thống được nối",
        max_length=120,
        help_text="Ví dụ: Cổng phản ánh hiện trường của tỉnh.",
        error_messages={"required": "Đồng chí vui lòng ghi tên hệ thống được nối."},
    )
    contact = forms.CharField(
        label="Đầu mối chịu trách nhiệm",
        max_length=200,
        help_text="Cơ quan, người và cách liên hệ khi khóa có sự cố.",
        error_messages={"required": "Đồng chí vui lòng ghi ai chịu trách nhiệm ở hệ thống đó."},
    )
    unit = UnitField(
        "unit",
        label="Đơn vị",
        help_text="Khóa chỉ gửi được việc ở địa bàn của đơn vị này và cấp dưới. Gõ tên, không cần dấu.",
        error_messages={"required": "Đồng chí vui lòng ghi đơn vị."},
    )
    reads = forms.BooleanField(
        label="Được đọc nhanh hơn mức chung",
        required=False,
        initial=True,
        help_text="Nội dung công khai thì không cần khóa cũng đọc được.",
    )
    sends = forms.BooleanField(
        label="Được gửi phản ánh, kiến nghị thay người dân dùng hệ thống đó", required=False
    )
    valid_to = DayField(
        label="Dùng được đến trước ngày",
        required=False,
        help_text="Để trống nếu chưa định ngày kết thúc; đến ngày ấy khóa tự thôi.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look_up(self, "unit")

    def clean(self) -> dict[str, Any]:
        """Find the unit that is meant."""
        said = super().clean() or {}
        said["unit_id"] = meant(self, "unit")
        return said

    def asked(self) -> dict[str, Any]:
        """What the service is asked for."""
        names = ("name", "contact", "unit_id", "reads", "sends", "valid_to")
        return {name: self.cleaned_data[name] for name in names}


class RevokeForm(RefusableForm):
    """Why a key is taken back."""

    reason = forms.CharField(
        label="Lý do thu hồi",
        max_length=300,
        help_text="Ví dụ: nghi lộ khóa; hệ thống kia ngừng dùng.",
        error_messages={"required": "Đồng chí vui lòng ghi lý do thu hồi."},
    )
