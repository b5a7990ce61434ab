"""The form of one line of a log of work."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.commitments.forms.fields import ActForm, WordsField
from danvan.commitments.selectors import numbered
from danvan.commitments.services import Work
from danvan.foundation import clock
from danvan.foundation.fields import DayField

if TYPE_CHECKING:
    from danvan.accounts.models import User


class WorkForm(ActForm):
    """Ghi nhật ký công việc."""

    on = DayField(label="Ngày", error_messages={"required": "Đồng chí vui lòng ghi ngày làm việc."})
    words = WordsField(label="Việc đã làm", missing="Đồng chí vui lòng ghi đã làm việc gì.")
    duty = forms.CharField(label="Nhiệm vụ, chương trình", required=False, max_length=200)
    number = forms.CharField(
        label="Số của việc", required=False, max_length=20, help_text="Ví dụ: CK-2026-0417."
    )
    shown = forms.BooleanField(label="Cho lãnh đạo đơn vị đọc", required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        first = {"on": clock.today()}
        super().__init__(*args, **{**kwargs, "initial": {**first, **kwargs.get("initial", {})}})
        self._user = user

    def clean_number(self) -> int | None:
        """The id of the commitment."""
        words = self.cleaned_data["number"].strip()
        found = numbered(self._user, words) if words else None
        if words and found is None:
            raise forms.ValidationError(
                "Không tìm thấy việc có số này. Đồng chí vui lòng xem lại số."
            )
        return found.pk if found else None

    def work(self) -> Work:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return Work(said["on"], said["words"], said["duty"], said["number"], said["shown"])
