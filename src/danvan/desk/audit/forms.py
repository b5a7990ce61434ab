from datetime import date

from django import forms

from danvan.desk.audit.reading import Asked
from danvan.desk.audit.wording import MODULES
from danvan.vietnamese.dates import parse_date


class AuditFilter(forms.Form):
    """What the log is narrowed to; it stands in the address, so it stays."""

    nguoi = forms.CharField(label="Người làm", required=False, max_length=100)
    muc = forms.ChoiceField(label="Mục", required=False, choices=[("", "Tất cả"), *MODULES.items()])
    ngay = forms.CharField(
        label="Ngày",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm"}),
    )

    def clean_ngay(self) -> date | None:
        """The day, or None where none is written."""
        text = self.cleaned_data["ngay"].strip()
        try:
            return parse_date(text) if text else None
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def asked(self) -> Asked | None:
        """What is asked for; None where it cannot be understood."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        return Asked(module=said["muc"], person=said["nguoi"], on=said["ngay"])


class ElevatedFilter(AuditFilter):
    """The same without the module: an elevated session is one thing."""

    muc = None  # type: ignore[assignment] # Django's way to leave a field out

    def asked(self) -> Asked | None:
        """What is asked for; None where it cannot be understood."""
        if not self.is_valid():
            return None
        return Asked(person=self.cleaned_data["nguoi"], on=self.cleaned_data["ngay"])
