from django import forms

from danvan.foundation.refusals import RefusableForm
from danvan.notifications.enums import Topic, Way


class NoticeFilter(forms.Form):
    """What the list is narrowed to; it stands in the address, so it stays."""

    loai = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Mọi loại"), *Topic.choices]
    )
    moi = forms.BooleanField(label="Chỉ thông báo chưa đọc", required=False)


class MailForm(RefusableForm):
    """Where and how a person wants messages by e-mail; the act checks both together."""

    way = forms.ChoiceField(
        label="Cách nhận thư", choices=Way.choices, widget=forms.RadioSelect, required=False
    )
    email = forms.CharField(
        label="Địa chỉ thư điện tử",
        required=False,
        max_length=254,
        help_text="Đồng chí nên dùng hộp thư công vụ.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
