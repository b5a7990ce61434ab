"""The first page of a draft: what it does, when, by what decision, and by what shares are worked out."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import cached_property

from danvan.accounts.selectors import grants_allowing, may, reaches, units_granted
from danvan.desk.reorganise.forms.fields import ACTION, unit_box, unit_meant, whole_number
from danvan.documents.selectors import RegisterFilter, allowed_documents, incoming, issued
from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.organisations.enums import EventKind, EventState, Measure
from danvan.organisations.selectors import last_names, place_of, units_on
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Reorganisation

DOCUMENT = "documents.document"
MOST_DOCUMENTS = 9
# By what shares can be worked out where nobody gives them.
MEASURES = [
    (Measure.POPULATION.value, "Dân số"),
    (Measure.HOUSEHOLDS.value, "Số hộ"),
    (Measure.AREA.value, "Diện tích (ước)"),
    (Measure.EQUAL.value, "Chia đều (ước)"),
]


class ListFilter(forms.Form):
    """What the list of reorganisations is narrowed to."""

    q = forms.CharField(
        label="Đơn vị, văn bản, số",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "không cần dấu"}),
    )
    loai = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Mọi loại"), *EventKind.choices]
    )
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Mọi tình trạng"), *EventState.choices]
    )


class DraftForm(RefusableForm):
    """Title, day, decision, measure; and for a new draft its kind and the place it is for."""

    kind = forms.ChoiceField(
        label="Loại sắp xếp",
        choices=EventKind.choices,
        error_messages={"required": "Đồng chí vui lòng chọn một loại sắp xếp."},
    )
    title = forms.CharField(
        label="Tên",
        max_length=300,
        help_text="Ví dụ: Nhập ba đơn vị thành xã Con Cuông.",
        error_messages={"required": "Đồng chí vui lòng đặt tên cho lần sắp xếp này."},
    )
    effective_on = DayField(
        label="Có hiệu lực từ ngày",
        error_messages={"required": "Đồng chí vui lòng ghi ngày có hiệu lực theo quyết định."},
    )
    decision = forms.CharField(
        label="Văn bản quyết định",
        max_length=200,
        help_text="Số, ký hiệu, ngày và cơ quan ban hành.",
        error_messages={"required": "Đồng chí vui lòng ghi văn bản quyết định việc sắp xếp."},
    )
    document = forms.CharField(
        label="Văn bản đó trong sổ văn bản",
        required=False,
        max_length=300,
        help_text="Gõ số ký hiệu hoặc vài chữ của trích yếu.",
    )
    measure = forms.ChoiceField(
        label="Quy đổi theo",
        choices=MEASURES,
        initial=Measure.POPULATION,
        help_text="Dùng khi tỷ trọng không ghi trong quyết định. Đơn vị chưa biết dân số vẫn là “chưa biết”.",
    )

    def __init__(
        self, user: "User", *args: Any, draft: "Reorganisation | None" = None, **kwargs: Any
    ) -> None:
        self.user, self.draft = user, draft
        kwargs.setdefault("initial", self._initial(draft))
        super().__init__(*args, **kwargs)
        if draft is not None:
            del self.fields["kind"]
        else:
            self.fields["scope"] = unit_box(
                "scope", "Trong địa bàn", on=clock.today(), required=True
            )
            self.fields[
                "scope"
            ].help_text = "Quản trị của địa bàn này cùng xem và sửa được dự thảo."
        if draft is None and may(user, "documents.view"):
            attrs = {
                "autocomplete": "off",
                "data-typeahead": reverse_lazy("desk:reorganise-documents"),
                "data-typeahead-id": "document_id",
            }
            self.fields["document"].widget.attrs.update(attrs)
        else:
            del self.fields["document"]

    def _initial(self, draft: "Reorganisation | None") -> dict[str, Any]:
        if draft is None:
            return {"scope": self.own_place[1]}
        return {
            "title": draft.title,
            "effective_on": draft.effective_on,
            "decision": draft.decision,
            "measure": draft.measure,
        }

    @cached_property
    def own_place(self) -> tuple[int | None, str]:
        """The place that the reader's first grant of this right begins at."""
        today = clock.today()
        for held in grants_allowing(self.user, ACTION):
            place = place_of(held.unit_id, today)
            if place and reaches(self.user, ACTION, place):
                return place, last_names([place], today).get(place, "")
        return None, ""

    def clean(self) -> dict[str, Any]:
        """Find the place and the document that are meant."""
        said = super().clean() or {}
        if said.get("scope"):
            said["scope_id"] = self._scope(said["scope"])
        if said.get("document"):
            said["source_id"] = self._document(said["document"])
        return said

    def _scope(self, words: str) -> int | None:
        within = units_granted(self.user, ACTION)
        pk, name = self.own_place
        if pk and fold(name) == fold(words):
            return pk
        picked = self.data.get("scope_id")
        found = unit_meant(words, on=clock.today(), picked=picked, within=within)
        unit = units_on([found.id], clock.today()).get(found.id) if found.id else None
        if unit is None:
            self.add_error("scope", found.sentence)
        elif not unit.is_place or not reaches(self.user, ACTION, unit.id):
            self.add_error(
                "scope",
                "Đồng chí vui lòng chọn một địa bàn (tỉnh, xã …) trong phạm vi của mình.",
            )
        return found.id

    def _document(self, words: str) -> int | None:
        picked = whole_number(self.data.get("document_id"))
        if picked and fold(document_named(self.user, picked)) == fold(words):
            return picked
        found = documents_meant(self.user, words)
        whole = [(pk, name) for pk, name in found if fold(name) == fold(words)]
        fits = whole if len(whole) == 1 else found
        if len(fits) == 1:
            return fits[0][0]
        told = "; ".join(name for _, name in fits)
        self.add_error(
            "document",
            f"Có nhiều văn bản khớp: {told}. Đồng chí vui lòng ghi rõ số ký hiệu."
            if fits
            else "Không có văn bản nào như vậy trong các sổ đồng chí được xem. Đồng chí có thể để trống.",
        )
        return None

    def told(self) -> dict[str, Any]:
        """What the services are told."""
        said = self.cleaned_data
        told = {
            "title": " ".join(said["title"].split()),
            "effective_on": said["effective_on"],
            "decision": " ".join(said["decision"].split()),
            "measure": said["measure"],
        }
        source = said.get("source_id")
        return told if self.draft else told | {"source": (DOCUMENT, source) if source else None}


def documents_meant(user: "User", words: str) -> list[tuple[int, str]]:
    """The registered documents that words mean, with what they are called: a few, the latest first."""
    asked = RegisterFilter(words=words)
    found = [
        (one.issued_on or date.min, one.pk, _called(one))
        for listed in (incoming, issued)
        for one in listed(user, asked).order_by("-issued_on", "-pk")[:MOST_DOCUMENTS]
    ]
    return [(pk, name) for _, pk, name in sorted(found, reverse=True)[:MOST_DOCUMENTS]]


def document_named(user: "User", document_id: int | None) -> str:
    """What a registered document is called; empty where the reader may not read it."""
    if document_id is None:
        return ""
    found = allowed_documents(user, "documents.view").filter(pk=document_id).first()
    return _called(found) if found else ""


def _called(document: Any) -> str:
    return ": ".join(part for part in (document.symbol, document.abstract) if part)[:300]


def eve_of(draft: "Reorganisation") -> date:
    """The last day before a reorganisation: on which the units it starts from must stand."""
    return draft.effective_on - timedelta(days=1)


__all__ = [
    "MEASURES",
    "DraftForm",
    "ListFilter",
    "document_named",
    "documents_meant",
    "eve_of",
]
