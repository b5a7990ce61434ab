"""What a directive asks of those addressed, and why a clause needs no task."""

from django import forms

from danvan.foundation.fields import DayField


class RollOutForm(forms.Form):
    """Whether whoever is addressed must have a document of its own, and by when."""

    asks_plan = forms.BooleanField(
        label="Nơi nhận phải ban hành kế hoạch hoặc văn bản triển khai của mình", required=False
    )
    plan_due_on = DayField(label="Hạn chung để ban hành", required=False)
    session_due_on = DayField(label="Hạn chung để tổ chức quán triệt", required=False)


class WaiverForm(forms.Form):
    """Why a clause needs no task."""

    reason = forms.CharField(label="Lý do không cần giao việc", max_length=300)


class QuestionForm(forms.Form):
    """A question to whoever issued a document."""

    words = forms.CharField(
        label="Câu hỏi gửi cơ quan ban hành",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """The answer, which every unit that was sent the document reads."""

    answer = forms.CharField(
        label="Trả lời", max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
