"""The forms about those who asked: their codes, and what is shown to them."""

from typing import Any

from django import forms

from danvan.commitments.forms.fields import ActForm, WordsField
from danvan.commitments.models import Commitment
from danvan.foundation import clock
from danvan.foundation.fields import DayField

NOBODY = "Không ghi tên, số điện thoại, địa chỉ của ai: ai có mã cũng đọc được."


class IssueCodesForm(ActForm):
    """Cấp mã theo dõi: how many slips, and what whoever has one reads first."""

    number = forms.IntegerField(
        label="Số phiếu",
        initial=1,
        error_messages={"required": "Đồng chí vui lòng ghi số phiếu cần in."},
        help_text="Mỗi người hỏi một phiếu, mỗi phiếu một mã riêng.",
    )
    public_words = WordsField(
        label="Việc đã hứa, bằng lời công khai",
        rows=2,
        missing="Đồng chí vui lòng ghi việc này bằng lời mà người hỏi đọc được.",
        help_text=NOBODY,
    )
    asked = WordsField(label="Điều đã hỏi", rows=2, help_text=NOBODY)
    asked_on = DayField(label="Ngày hỏi", required=False)
    post = forms.CharField(
        label="Chức vụ người kết luận",
        required=False,
        help_text="Chỉ ghi chức vụ, ví dụ Bí thư Đảng ủy xã.",
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        first = {"public_words": commitment.title, "asked_on": clock.today()}
        super().__init__(*args, **{**kwargs, "initial": first})


class ShowPubliclyForm(ActForm):
    """Công khai: words, with or without a file of the evidence."""

    words = WordsField(
        label="Lời công khai",
        rows=3,
        missing="Đồng chí vui lòng ghi lời công khai: người dân đọc lời này, không đọc tên tệp.",
        help_text=NOBODY,
    )
    evidence = forms.TypedChoiceField(
        label="Kèm tệp minh chứng",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Đồng chí vui lòng xem lại: ảnh không rõ mặt người, tệp không có tên, chữ ký, số giấy tờ.",
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        files = [(one.pk, one.file_name) for one in commitment.evidence.all()]
        self.fields["evidence"].choices = [("", "Không kèm tệp"), *files]  # type: ignore[attr-defined]
