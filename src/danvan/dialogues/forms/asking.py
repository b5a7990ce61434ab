"""Forms about questions sent before a dialogue and about slips."""

from typing import Any

from django import forms

from danvan.dialogues.forms.acts import ActForm
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors import groups_of
from danvan.foundation.fields import DayField, WholeField
from danvan.foundation.refusals import RefusableForm


class OpenQuestionsForm(ActForm):
    """Mở nhận câu hỏi."""

    until = DayField(
        label="Nhận đến hết ngày",
        error_messages={"required": "Đồng chí vui lòng ghi nhận câu hỏi đến ngày nào."},
    )
    seats = WholeField(
        label="Số chỗ", help_text="Để trống thì nhận đăng ký dự không giới hạn số người."
    )


class SlipsForm(RefusableForm):
    """In phiếu theo dõi."""

    number = WholeField(label="Số phiếu", required=True, help_text="Mỗi người dự một phiếu.")


class QuestionsForm(RefusableForm):
    """Xếp các câu hỏi đã chọn: one opinion for all of them, or left out with a reason."""

    questions = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn ít nhất một câu hỏi.",
            "invalid_choice": "Có câu hỏi không còn ở đây, đồng chí vui lòng mở lại trang.",
        },
    )
    act = forms.ChoiceField(
        choices=[("group", "Xếp vào danh sách"), ("aside", "Không đưa vào")],
        error_messages={"required": "Đồng chí vui lòng chọn việc cần làm."},
    )
    opinion = forms.TypedChoiceField(
        label="Gộp vào ý kiến", required=False, coerce=int, empty_value=None
    )
    content = forms.CharField(
        label="Lời của ý kiến mới",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Để trống khi chỉ chọn một câu: lấy đúng lời người gửi.",
    )
    why = forms.CharField(
        label="Lý do không đưa vào",
        required=False,
        help_text="Người gửi đọc được lý do này khi gõ mã.",
    )

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = dialogue.questions.values_list("pk", flat=True)
        self.fields["questions"].choices = [(pk, pk) for pk in sent]  # type: ignore[attr-defined]
        self.fields["opinion"].choices = [  # type: ignore[attr-defined]
            ("", "Ý kiến mới"),
            *(
                (one.opinion.pk, f"{one.opinion.place}. {one.opinion.content[:90]}")
                for one in groups_of(dialogue)
            ),
        ]
