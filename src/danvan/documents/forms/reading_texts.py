"""A text that is pasted or sent to be read, and its way into a register."""

from typing import Any

from django import forms

from danvan.commitments.selectors.units import usual_unit
from danvan.documents.enums import REGISTERS, Direction
from danvan.documents.forms.intake import FileForm, UnitForm, file_field, number_field
from danvan.documents.intake import OpenedFile, open_file, refuse_secret
from danvan.documents.selectors import usual_register
from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.foundation.uploads import read_sent

PASTED = "van-ban-dan.txt"  # what a text without a file is called


class ReadTextForm(UnitForm):
    """A text pasted or a file of it, whose it is, and what to call it."""

    action = "documents.review"
    secrecy = FileForm.base_fields["secrecy"]
    text = forms.CharField(
        label="Dán nội dung vào đây",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "autocomplete": "off"}),
        help_text="Biên bản, kết luận, nghị quyết, bài viết, báo cáo; dán cả phần đầu và nơi nhận nếu có.",
    )
    file = file_field("Hoặc chọn tệp")
    title = forms.CharField(
        label="Tên gọi",
        required=False,
        max_length=600,
        help_text="Để trống: lấy trích yếu, hoặc dòng đầu của văn bản.",
    )
    field_order = ("secrecy", "text", "file", "title", "unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.label = "Cơ quan đọc và theo dõi"
        fields: Any = self.fields
        fields["text"].needed_when = "hoặc chọn tệp bên dưới"
        fields["file"].needed_when = "khi không dán nội dung"
        if not self.initial.get("unit"):
            offered = [int(pk) for pk, _ in unit.choices if pk]
            usual = usual_unit(self.user, offered, on=clock.today())
            self.initial["unit"] = usual or usual_register(self.user, offered) or ""

    def clean(self) -> dict[str, Any]:
        """Either a text or a file, not both."""
        given = super().clean() or {}
        text, file = given.get("text", ""), given.get("file")
        if text.strip() and file:
            self.add_error(
                "file", "Đồng chí vui lòng chỉ dán nội dung hoặc chỉ chọn tệp, không cả hai."
            )
        elif not text.strip() and not file:
            self.add_error("text", "Đồng chí vui lòng dán nội dung văn bản, hoặc chọn một tệp.")
        return given

    def opened(self) -> OpenedFile:
        """What was sent, opened and kept nowhere. RuleError as for any file; SecretError before anything else is told."""
        given = self.cleaned_data
        refuse_secret(given["secrecy"])
        if given["file"]:
            return open_file(read_sent(given["file"]), name=given["file"].name)
        # A form sends its lines with two characters between them, which nobody typed.
        text = given["text"].replace("\r\n", "\n")
        return open_file(text.encode("utf-8", "replace"), name=PASTED)


class EnterForm(forms.Form):
    """In which register a text that was read is entered, on which day and with which number."""

    direction = forms.ChoiceField(
        label="Vào sổ",
        choices=[(one, one.label) for one in REGISTERS],
        initial=Direction.INCOMING,
        widget=forms.RadioSelect,
    )
    received_on = DayField(
        label="Ngày đến", required=False, help_text="Chỉ với văn bản đến. Để trống: hôm nay."
    )
    register_number = number_field("Số vào sổ")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received_on", clock.today())
