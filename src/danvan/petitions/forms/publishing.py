"""What an officer covers before everybody reads it, and why something is not or no longer public."""

import re
from typing import Any

from django import forms

from danvan.foundation.refusals import RefusableForm
from danvan.petitions.forms.receiving import words
from danvan.petitions.services import Covering
from danvan.reading.redacting import PrivateKind, PrivateSpan
from danvan.vietnamese.text import canonical

MOST_WORDS = 50  # lines of words to be covered besides
MOST_SPANS = 2_000
_SPAN = re.compile(r"(title|text|answer):(\d{1,6}):(\d{1,6}):([a-z]{1,12})")


class AgainForm(RefusableForm):
    """`seen` is how it stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return dict(self.cleaned_data)


class HideForm(AgainForm):
    """Why nobody reads it; whoever sent it may."""

    reason = words("Lý do", rows=3, missing="Đồng chí vui lòng ghi lý do, người gửi đọc được.")


class CoverForm(AgainForm):
    """The places that stay ticked, and words to be covered wherever they stand. `of` is how the petition stood."""

    of = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    words = forms.CharField(
        label="Che thêm",
        required=False,
        strip=True,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một cụm từ; đứng ở đâu cũng được che, không kể dấu và chữ hoa.",
        error_messages={"max_length": "Phần này dài quá, đồng chí vui lòng viết gọn lại."},
    )

    def chosen(self) -> list[str]:
        """The values that are ticked, whether or not the form is sound."""
        found = self.data.getlist("che") if hasattr(self.data, "getlist") else []
        return [one for one in found[:MOST_SPANS] if _SPAN.fullmatch(one)]

    def more(self) -> tuple[str, ...]:
        """The words to be covered besides."""
        lines = canonical(str(self.data.get("words", ""))[:4_000]).splitlines()
        return tuple(dict.fromkeys(one.strip() for one in lines[:MOST_WORDS] if one.strip()))

    def said(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        spans: dict[str, list[PrivateSpan]] = {}
        for value in self.chosen():
            part, start, end, kind = value.split(":")
            known = PrivateKind(kind) if kind in set(PrivateKind) else PrivateKind.KNOWN
            spans.setdefault(part, []).append(PrivateSpan(int(start), int(end), known))
        covering = Covering(spans=spans, words=self.more())
        return {
            "covering": covering,
            "seen": self.cleaned_data["seen"],
            "of": self.cleaned_data["of"],
        }
