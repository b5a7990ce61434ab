"""What an officer covers before everybody reads it, and why something is not or no longer public."""

from typing import Any

from django import forms

from danvan.foundation import covering as cover
from danvan.foundation.refusals import RefusableForm
from danvan.petitions.forms.receiving import words
from danvan.reading.covering import Covering


class AgainForm(RefusableForm):
    """`seen` is how it stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return dict(self.cleaned_data)


class HideForm(AgainForm):
    """Why nobody reads it; whoever sent it may."""

    reason = words("Lý do", rows=3, missing="Đồng chí vui lòng ghi lý do, người gửi đọc được.")


class CoverForm(cover.CoverForm):
    """The places that stay ticked, and words to be covered wherever they stand. `of` is how the petition stood."""

    of = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    plain = forms.BooleanField(
        label="Tôi đã đọc kỹ: đây không phải tố cáo, không nêu ai làm sai", required=False
    )

    def said(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        return {
            "covering": Covering.of(self.chosen(), self.more()),
            "seen": self.cleaned_data["seen"],
            "of": self.cleaned_data["of"],
            "plain": self.cleaned_data["plain"],
        }
