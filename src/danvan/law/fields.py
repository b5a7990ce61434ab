"""The fields in which any form asks until when: a day, a term, the term of a rule, or no end; one of them."""

from typing import Any

from django import forms

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.fields import DayField
from danvan.law.courses import Term
from danvan.law.enums import OLD, Measure
from danvan.law.selectors import term_choices

COUNTED = [(one.value, one.label) for one in (Measure.WORKING_DAYS, Measure.DAYS, Measure.MONTHS)]
ONE_ONLY = (
    "Đồng chí vui lòng chỉ chọn một: ngày hết hạn, thời hạn, quy định, hoặc làm thường xuyên."
)
NONE = "Đồng chí vui lòng ghi hạn, thời hạn hoặc quy định để tính hạn, hoặc chọn làm thường xuyên."


class DueFields(forms.Form):
    """Until when something is to be done.

    `endless` is the field that says that there is no end; a form may have its own in the place of `no_end`.
    """

    endless = "no_end"

    due_on = DayField(label="Hạn là ngày", required=False)
    term_n = forms.CharField(
        label="Hoặc trong thời hạn",
        required=False,
        max_length=5,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Tính từ ngày giao, không kể ngày giao; hết hạn vào ngày nghỉ thì chuyển sang ngày làm việc.",
    )
    term_counted = forms.ChoiceField(label="Đơn vị tính", required=False, choices=COUNTED)
    term_key = forms.ChoiceField(
        label="Hoặc theo thời hạn mà quy định đã ghi",
        required=False,
        error_messages={"invalid_choice": "Đồng chí vui lòng chọn một quy định trong danh sách."},
    )
    no_end = forms.BooleanField(label="Làm thường xuyên, không có hạn", required=False)
    old = forms.BooleanField(
        label=OLD,
        required=False,
        help_text="Cho việc đã hứa từ trước, nay mới ghi vào sổ; việc quá hạn ngay từ đầu và diễn biến nói rõ điều đó.",
    )
    old_reason = forms.CharField(
        label="Vì sao nay mới ghi",
        required=False,
        max_length=300,
        help_text="Cần khi ghi sau ngày giao.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term_key"].choices = [("", "Không chọn"), *term_choices(on=clock.today())]  # type: ignore[attr-defined]

    def clean_term_n(self) -> Term | None:
        """The term in what it is counted; None where none is written."""
        written = self.cleaned_data["term_n"].strip()
        if not written:
            return None
        counted = self.data.get(self.add_prefix("term_counted"), "")
        if not (written.isascii() and written.isdigit()) or counted not in dict(COUNTED):
            raise forms.ValidationError(
                "Đồng chí vui lòng ghi số nguyên, ví dụ 7, và chọn đơn vị tính."
            )
        try:
            return Term(int(written), counted)
        except RuleError as refused:
            raise forms.ValidationError(refused.message) from refused

    def clean(self) -> dict[str, Any]:
        """A day, a term, the term of a rule, or no end: one of them."""
        said = super().clean() or self.cleaned_data
        chosen = [said.get(name) for name in ("due_on", "term_n", "term_key", self.endless)]
        if not self.errors.keys() & {"due_on", "term_n", "term_key"}:
            if sum(map(bool, chosen)) > 1:
                self.add_error("due_on", ONE_ONLY)
            elif not any(chosen):
                self.add_error("due_on", self.unsaid())
        return said

    def unsaid(self) -> str:
        """The sentence where nothing was chosen."""
        return NONE

    def late_reason(self) -> str:
        """Why it is written down only now, where that was ticked."""
        said = self.cleaned_data
        return str(said.get("old_reason", "")).strip() if said.get("old") else ""
