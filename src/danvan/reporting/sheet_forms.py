"""Where workbooks are handed in: one of a unit, or many of a month."""

from typing import Any

from django import forms

from danvan.foundation.fields import SeveralFilesField, SeveralFilesInput
from danvan.foundation.uploads import read_sent

MOST_AT_ONCE = 100  # single workbooks; more come packed


class SheetForm(forms.Form):
    """The workbook of one report."""

    sheet = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx: tệp mẫu hoặc tệp của đơn vị.",
        allow_empty_file=True,
        error_messages={"required": "Đồng chí vui lòng chọn tệp Excel."},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class DropForm(forms.Form):
    """Many workbooks of a month."""

    sheets = SeveralFilesField(
        label="Các tệp Excel, hoặc một tệp .zip",
        help_text=f"Nhiều nhất {MOST_AT_ONCE} tệp một lần; nhiều hơn thì nén thành .zip.",
        most=MOST_AT_ONCE,
        allow_empty_file=True,
        error_messages={"required": "Đồng chí vui lòng chọn tệp Excel hoặc một tệp .zip."},
        widget=SeveralFilesInput(attrs={"accept": ".xlsx,.zip"}),
    )
    gui = forms.BooleanField(
        label="Gửi thay các đơn vị mà tôi có quyền gửi", required=False, initial=False
    )

    def sent(self) -> list[tuple[str, bytes]]:
        """The files by name; RuleError where a workbook is larger than one may be."""
        found: list[Any] = self.cleaned_data["sheets"]
        return [(file.name, _bytes(file)) for file in found]


def _bytes(file: Any) -> bytes:
    """A package may weigh as much as a whole request."""
    packed = str(file.name).lower().endswith(".zip")
    return bytes(file.read()) if packed else read_sent(file)
