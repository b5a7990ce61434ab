"""Forms of the board."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.foundation import clock

if TYPE_CHECKING:
    from danvan.desk.board.asking import Wanted

DAYS_TO_ANSWER = 7  # offered; whoever asks may write another day
NO_DAY = {
    "required": "Đồng chí vui lòng ghi ngày phải trả lời.",
    "invalid": "Đồng chí vui lòng ghi ngày dạng ngày/tháng/năm, ví dụ 20/11/2026.",
}


class AskForm(forms.Form):
    """By which day, and what the leader wants to know beyond the subject."""

    due_on = forms.DateField(
        label="Trả lời trước ngày",
        error_messages=NO_DAY,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm"}),
    )
    question = forms.CharField(
        label="Nội dung cần giải trình",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: nguyên nhân chậm, việc đã làm, ngày hoàn thành.",
    )

    def __init__(self, *args: Any, wanted: "Wanted", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = clock.today() + timedelta(days=DAYS_TO_ANSWER)
        self.wanted = wanted

    def clean(self) -> dict[str, Any]:
        """Nobody to ask is no act."""
        if not self.wanted.about:
            raise forms.ValidationError(
                "Không còn đơn vị nào chậm, nên không cần yêu cầu giải trình."
            )
        return super().clean() or {}
