"""What a directive asks of those addressed, and why a clause needs no task."""

from django import forms

from danvan.foundation.fields import DayField


class RollOutForm(forms.Form):
    """Whether whoever is addressed must have a document of its own, and by when."""

    asks_plan = forms.BooleanField(
        label="Nơi nhận phải ban hành kế hoạch hoặc văn bản triển khai của mình", required=False
    )
    plan_due_on = DayField(label="Hạn chung để ban hành", required=False)


class WaiverForm(forms.Form):
    """Why a clause needs no task."""

    reason = forms.CharField(label="Lý do không cần giao việc", max_length=300)
