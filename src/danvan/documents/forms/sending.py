"""Sending a document to many units, entering one that was sent, taking it back, relating it to another."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.documents import selectors
from danvan.documents.enums import RelationKind
from danvan.documents.forms.intake import number_field
from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import find_units, last_names

if TYPE_CHECKING:
    from danvan.documents.models import Document

# A group of everybody is never chosen one by one: more ticks than this are a slip.
MOST_CHOSEN = 1_000
FOUND = 12


class SendForm(forms.Form):
    """To whom a document is sent: units found by name and ticked, or a whole group."""

    units = forms.MultipleChoiceField(
        label="Nơi nhận đã chọn", required=False, widget=forms.CheckboxSelectMultiple
    )
    group = forms.ChoiceField(label="Gửi cho cả nhóm trong địa bàn", required=False)
    q = forms.CharField(label="Tìm nơi nhận", required=False, max_length=200)

    def __init__(self, document: "Document", data: Any = None) -> None:
        super().__init__(data)
        self.document = document
        chosen = self._chosen(data)
        names = last_names(chosen, clock.today())
        fields: Any = self.fields
        fields["units"].choices = [(str(pk), names[pk]) for pk in chosen if pk in names]
        fields["group"].choices = [
            ("", "Không gửi theo nhóm"),
            *((key, group[0]) for key, group in selectors.GROUPS.items()),
        ]

    def _chosen(self, data: Any) -> list[int]:
        """What was ticked, and what was just picked from the type-ahead."""
        written = [*data.getlist("units"), data.get("them", "")] if data else []
        known = [one for one in written if one.isascii() and one.isdigit() and len(one) < 19]
        return list(dict.fromkeys(int(one) for one in known))[:MOST_CHOSEN]

    def ticked(self) -> list[tuple[int, str]]:
        """The units chosen so far, with their names."""
        field: Any = self.fields["units"]
        return [(int(pk), name) for pk, name in field.choices]

    def found(self) -> list[Any]:
        """Units that the words may mean and that are not chosen yet: the way without a script."""
        chosen = {pk for pk, _ in self.ticked()}
        words = str(self.data.get("q", "")).strip()
        if not words or self.data.get("them"):
            return []
        rows = find_units(words, on=clock.today(), kinds=Kind.values, limit=FOUND)
        return [one for one in rows if one.id not in chosen and one.id != self.document.unit_id]

    def unit_ids(self) -> list[int]:
        """Everyone it goes to: those ticked and those of the group."""
        group = selectors.group_of(self.document, self.cleaned_data["group"])
        return list(dict.fromkeys([*(int(pk) for pk in self.cleaned_data["units"]), *group]))


class ReceiveForm(forms.Form):
    """What the recipient's register adds when it enters a document that was sent."""

    received_on = DayField(label="Ngày đến")
    register_number = number_field("Số đến")
    kept_by = forms.CharField(label="Đơn vị hoặc người nhận", max_length=200, required=False)
    due_on = DayField(label="Hạn xử lý", required=False)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)


class RecallForm(forms.Form):
    """Why a document is taken back."""

    reason = forms.CharField(label="Lý do thu hồi", max_length=300)


class RelationForm(forms.Form):
    """What a document does to another, stated by hand."""

    kind = forms.ChoiceField(label="Văn bản này", choices=RelationKind.choices)
    symbol = forms.CharField(label="Số, ký hiệu của văn bản kia", max_length=80)
    issued_on = DayField(label="Ngày ban hành của văn bản kia", required=False)
