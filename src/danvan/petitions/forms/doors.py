"""A file that a paper comes in by, a file of the case, which petitions are put together, the answer to all of them."""

from typing import Any

from django import forms

from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent
from danvan.petitions.enums import OUTCOMES, AnswerChannel, Kind
from danvan.petitions.forms.receiving import words
from danvan.petitions.models import Petition

NO_FILE = "Đồng chí vui lòng chọn tệp."
WHY_NONE = "Chỉ ghi khi phần mềm báo tệp giống ảnh giấy tờ tùy thân mà thực ra không phải."


class FileForm(RefusableForm):
    """One file; why it is none of an identity card, where it looked like one."""

    file = forms.FileField(label="Tệp", error_messages={"required": NO_FILE})
    not_identity = forms.CharField(
        label="Vì sao tệp này không phải ảnh giấy tờ tùy thân",
        required=False,
        max_length=300,
        help_text=WHY_NONE,
    )

    def sent(self) -> dict[str, Any]:
        """What was sent, as the services take it."""
        file = self.cleaned_data["file"]
        return {
            "content": read_sent(file),
            "name": file.name or "",
            "not_identity": self.cleaned_data["not_identity"],
        }


class DoorForm(FileForm):
    """An e-mail file or a scan, and for which unit."""

    file = forms.FileField(
        label="Tệp thư điện tử (.eml) hoặc bản quét (PDF, ảnh, Word)",
        error_messages={"required": NO_FILE},
    )
    unit = forms.TypedChoiceField(
        label="Đơn vị nhận",
        coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn đơn vị nhận.",
            "invalid_choice": "Đồng chí chưa có quyền nhận đơn cho đơn vị này, vui lòng chọn đơn vị khác.",
        },
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: Any = self.fields["unit"]
        found.choices = units if len(units) == 1 else [("", "Chọn đơn vị"), *units]


class ClusterForm(RefusableForm):
    """Which of those that say the same are put together with a petition, and about what."""

    title = forms.CharField(
        label="Nhóm đơn về việc gì",
        max_length=300,
        error_messages={"required": "Đồng chí vui lòng ghi nhóm đơn về việc gì."},
    )
    petitions = forms.MultipleChoiceField(
        label="Gộp cùng các đơn",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Đồng chí vui lòng chọn đơn để gộp.",
            "invalid_choice": "Đơn này không còn gộp được, đồng chí vui lòng mở lại trang.",
        },
    )

    def __init__(self, *args: Any, similar: list[Petition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: Any = self.fields["petitions"]
        found.choices = [(str(one.pk), f"{one.number}: {one.title}") for one in similar]

    def ids(self) -> list[int]:
        """The petitions that were chosen."""
        return [int(one) for one in self.cleaned_data["petitions"]]


class RepeatedForm(RefusableForm):
    """Of which petition of the same sender this one says the same again."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    original = forms.CharField(
        label="Trùng với đơn số",
        max_length=20,
        help_text="Số của đơn nhận trước của cùng người gửi, ví dụ KG-2026-0011.",
        error_messages={"required": "Đồng chí vui lòng ghi số của đơn nhận trước."},
    )
    on = DayField(label="Ngày lưu", error_messages={"required": "Đồng chí vui lòng ghi ngày."})


class PartForm(RefusableForm):
    """Why a petition leaves its cluster; `seen` is how it stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    why = words(
        "Vì sao tách khỏi nhóm", rows=3, missing="Đồng chí vui lòng ghi vì sao tách khỏi nhóm."
    )


class ClusterAnswerForm(RefusableForm):
    """One answer for all who asked the same."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    text = words(
        "Nội dung trả lời chung", rows=8, missing="Đồng chí vui lòng ghi nội dung trả lời."
    )
    outcome = forms.ChoiceField(
        label="Kết quả",
        choices=[("", "Chọn"), *((one.value, one.label) for one in OUTCOMES[Kind.PROPOSAL, 1])],
        error_messages={"required": "Đồng chí vui lòng chọn kết quả."},
    )
    channel = forms.ChoiceField(
        label="Trả lời bằng cách nào",
        choices=[("", "Chọn"), *AnswerChannel.choices],
        error_messages={"required": "Đồng chí vui lòng chọn trả lời bằng cách nào."},
    )
    on = DayField(label="Ngày trả lời", error_messages={"required": "Đồng chí vui lòng ghi ngày."})
