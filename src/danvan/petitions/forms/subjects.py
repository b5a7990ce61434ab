"""What people ask about their own data: taken in, answered, carried out, put off or refused."""

from typing import Any

from django import forms

from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.petitions.enums import DataRequestKind
from danvan.petitions.forms.receiving import words
from danvan.petitions.models import Petition, Petitioner
from danvan.petitions.services import PersonDraft

NO_DAY = "Đồng chí vui lòng ghi ngày."


class AskForm(RefusableForm):
    """Which of those behind a petition asks, and what."""

    petitioner = forms.ChoiceField(
        label="Ai yêu cầu",
        error_messages={
            "required": "Đồng chí vui lòng chọn người yêu cầu.",
            "invalid_choice": "Người này không đứng tên đơn, đồng chí vui lòng chọn lại.",
        },
    )
    kind = forms.ChoiceField(
        label="Yêu cầu gì",
        choices=[("", "Chọn"), *DataRequestKind.choices],
        error_messages={"required": "Đồng chí vui lòng chọn yêu cầu."},
    )
    on = DayField(label="Ngày nhận yêu cầu", error_messages={"required": NO_DAY})

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = petition.paper.signatures.select_related("petitioner").order_by("pk")
        self.people: dict[str, Petitioner] = {
            str(one.petitioner_id): one.petitioner for one in rows
        }
        labels = [
            (key, f"Người thứ {number} đứng tên đơn")
            for number, key in enumerate(self.people, start=1)
        ]
        found: Any = self.fields["petitioner"]
        found.choices = labels if len(labels) == 1 else [("", "Chọn"), *labels]

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return {
            "petitioner": self.people[said["petitioner"]],
            "kind": said["kind"],
            "on": said["on"],
        }


class DayForm(RefusableForm):
    """The day of an act; `seen` is how it stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    on = DayField(label="Ngày", error_messages={"required": NO_DAY})

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return dict(self.cleaned_data)


class ReasonForm(DayForm):
    """With the reason that whoever asked is told."""

    reason = words("Lý do", rows=3, missing="Đồng chí vui lòng ghi lý do.")


class MendForm(DayForm):
    """The data as it is right."""

    name = forms.CharField(
        label="Họ tên", max_length=120, error_messages={"required": "Đồng chí vui lòng ghi họ tên."}
    )
    address = forms.CharField(label="Địa chỉ", required=False, max_length=300)
    id_number = forms.CharField(label="Số căn cước, hộ chiếu", required=False, max_length=20)
    phone = forms.CharField(label="Điện thoại", required=False, max_length=20)
    email = forms.CharField(label="Thư điện tử", required=False, max_length=120)

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        said = dict(self.cleaned_data)
        head = {name: said.pop(name) for name in ("seen", "on")}
        return {**head, "draft": PersonDraft(**said)}
