"""Entering documents into a register, and putting its entries right."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse, reverse_lazy

from danvan.documents import selectors, services
from danvan.documents.bodies import cut
from danvan.documents.enums import Direction, DocumentType, Priority, Secrecy
from danvan.documents.intake import OpenedFile
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.fields import DayField

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.documents.models import Document
    from danvan.organisations.models import Unit

CHOOSE = ("", "Chọn…")
FILE_KINDS = "Word (.docx), PDF có lớp chữ, hoặc .txt."


# With a script a file is read as soon as it is chosen; it stays chosen for the second step.
READ_WHEN_CHOSEN = {
    "hx-post": reverse_lazy("documents:register"),
    "hx-trigger": "change",
    "hx-target": "#truong",
    "hx-swap": "outerHTML",
    "hx-encoding": "multipart/form-data",
    "hx-vals": '{"viec": "doc"}',
}


class FileForm(forms.Form):
    """The first step of the register of incoming documents: its secrecy, then its file."""

    secrecy = forms.ChoiceField(
        label="Dấu chỉ độ mật trên văn bản",
        choices=[(choice.value, choice.label) for choice in Secrecy],
        required=False,
        widget=forms.RadioSelect,
        help_text="Văn bản có độ mật không được đưa lên phần mềm này.",
    )
    file = forms.FileField(
        label="Tệp văn bản",
        help_text=FILE_KINDS,
        allow_empty_file=True,  # refused by the rules, in our own words
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt", **READ_WHEN_CHOSEN}),
    )


class UnitForm(forms.Form):
    """In whose register it is entered, by whoever may do `action` there."""

    action = "documents.register"
    unit = forms.ChoiceField(label="Sổ của cơ quan")

    def __init__(self, user: "User", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field: Any = self.fields["unit"]
        field.valid_value = lambda value: True  # whose register it may be is asked of the grants
        known = [(str(pk), name) for pk, name in selectors.kept_registers(user, self.action)]
        field.choices = known if len(known) == 1 else [CHOOSE, *known]
        own = selectors.own_register(user, self.action)
        if own and not self.initial.get("unit"):
            self.initial["unit"] = str(own)
        finder = reverse("desk:find-units")
        field.widget.attrs["data-typeahead"] = f"{finder}?viec={self.action}"

    def clean_unit(self) -> "Unit":
        """The organisation, where the person may write in its registers."""
        written = self.cleaned_data["unit"]
        known = written.isascii() and written.isdigit() and len(written) < 19
        unit = selectors.register_named(self.user, int(written), self.action) if known else None
        if unit is None:
            raise forms.ValidationError(
                "Cơ quan này ngoài phạm vi đồng chí được vào sổ văn bản. Đồng chí vui lòng chọn lại."
            )
        return unit


def file_field(label: str, more: str = "") -> forms.FileField:
    """A file of a document, where there is one; `more` is said behind which kinds may be sent."""
    return forms.FileField(
        label=label,
        required=False,
        allow_empty_file=True,  # refused by the rules, in our own words
        help_text=f"{FILE_KINDS}{more}",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt"}),
    )


def number_field(label: str) -> forms.CharField:
    """The number in the register, which is given by itself as a rule."""
    return forms.CharField(
        label=label,
        max_length=12,
        required=False,
        help_text="Để trống: lấy số tiếp theo. Chèn sau một số: thêm chữ cái, như 274a.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ParticularsForm(forms.Form):
    """What a register says beside the columns that everybody fills in."""

    priority = forms.TypedChoiceField(
        label="Độ khẩn",
        choices=Priority.choices,
        coerce=int,
        required=False,
        empty_value=Priority.NORMAL.value,  # type: ignore[arg-type]  # what `coerce` gives
    )
    pages = forms.IntegerField(label="Số trang", required=False, min_value=1, max_value=32_000)
    signer_position = forms.CharField(label="Chức vụ người ký", max_length=100, required=False)
    kept_by = forms.CharField(label="Đơn vị hoặc người nhận", max_length=200, required=False)
    forwarded_on = DayField(label="Ngày chuyển", required=False)
    due_on = DayField(label="Hạn xử lý", required=False)
    exchange_id = forms.CharField(
        label="Mã định danh văn bản trên trục liên thông", max_length=120, required=False
    )
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)


class IncomingForm(UnitForm, FileForm, ParticularsForm):
    """The second step: the seven fields that the software read and a person confirms."""

    symbol = forms.CharField(label="Số, ký hiệu", max_length=80, required=False)
    document_type = forms.ChoiceField(label="Loại văn bản", choices=[CHOOSE, *DocumentType.choices])
    issuer_name = forms.CharField(label="Cơ quan ban hành", max_length=200)
    issued_on = DayField(label="Ngày ban hành", required=False)
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    abstract = forms.CharField(
        label="Trích yếu", max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    received_on = DayField(label="Ngày đến")
    register_number = number_field("Số đến")
    read_names = (
        "symbol", "document_type", "issuer_name", "issued_on", "signer", "abstract", "received_on",
    )  # fmt: skip
    more_names = (
        "priority", "due_on", "kept_by", "forwarded_on", "pages", "signer_position", "exchange_id",
        "note", "register_number",
    )  # fmt: skip

    def read_parts(self) -> list[forms.BoundField]:
        """The fields that are filled in from the file, in the order of the paper register."""
        return [self[name] for name in self.read_names]

    def more_parts(self) -> list[forms.BoundField]:
        """The fields that most documents leave as they are."""
        return [self[name] for name in self.more_names]

    def more_is_open(self) -> bool:
        """Whether one of those was filled in or is refused."""
        return any(self[name].errors or self.data.get(name) for name in self.more_names[1:])


def as_read(opened: OpenedFile) -> dict[str, Any]:
    """What the head of a file says, as the first values of the fields."""
    head = opened.head
    return {
        "symbol": head.symbol,
        "document_type": head.document_type,
        "issuer_name": selectors.issuer_called(head.issuer, head.issued_on or clock.today()),
        "issued_on": head.issued_on,
        "signer": head.signer,
        "abstract": cut(head.abstract, 600),
        "received_on": clock.today(),
    }


class IssuedForm(UnitForm, ParticularsForm):
    """A document that the unit itself issued."""

    secrecy = FileForm.base_fields["secrecy"]
    document_type = forms.ChoiceField(label="Loại văn bản", choices=[CHOOSE, *DocumentType.choices])
    symbol = forms.CharField(label="Số, ký hiệu", max_length=80, required=False)
    issued_on = DayField(label="Ngày ban hành")
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    abstract = forms.CharField(
        label="Trích yếu", max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    recipients = forms.CharField(label="Nơi nhận", max_length=1000, required=False)
    copies = forms.IntegerField(label="Số lượng bản", required=False, min_value=1, max_value=32_000)
    file = file_field("Tệp văn bản")
    register_number = number_field("Số thứ tự trong sổ")
    main_names = (
        "secrecy", "unit", "symbol", "document_type", "issued_on", "signer", "abstract", "recipients",
        "file",
    )  # fmt: skip
    more_names = (
        "signer_position", "copies", "pages", "priority", "due_on", "kept_by", "forwarded_on",
        "exchange_id", "note", "register_number",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept_by"].label = "Đơn vị, người nhận bản lưu"
        self.fields["due_on"].label = "Hạn nơi nhận xử lý"

    def main_parts(self) -> list[forms.BoundField]:
        """The fields that every document needs."""
        return [self[name] for name in self.main_names]

    more_parts = IncomingForm.more_parts
    more_is_open = IncomingForm.more_is_open


# What an entry does not have, by where it stands.
_GONE: dict[str, tuple[str, ...]] = {
    Direction.INCOMING: ("recipients", "copies"),
    Direction.OUTGOING: ("issuer_name", "received_on"),
    Direction.READING: ("recipients", "copies", "received_on"),
}


class AmendForm(ParticularsForm):
    """An entry of a register as it stands, to be put right. Its number is not asked for: it never changes."""

    symbol = forms.CharField(label="Số, ký hiệu", max_length=80, required=False)
    document_type = forms.ChoiceField(label="Loại văn bản", choices=DocumentType.choices)
    issuer_name = forms.CharField(label="Cơ quan ban hành", max_length=200)
    issued_on = DayField(label="Ngày ban hành", required=False)
    received_on = DayField(label="Ngày đến")
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    abstract = forms.CharField(
        label="Trích yếu", max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    recipients = forms.CharField(label="Nơi nhận", max_length=1000, required=False)
    copies = forms.IntegerField(label="Số lượng bản", required=False, min_value=1, max_value=32_000)
    file = file_field("Tệp văn bản", " Chỉ gắn được một lần.")
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    field_order = (
        "symbol", "document_type", "issuer_name", "issued_on", "received_on", "signer",
        "signer_position", "abstract", "recipients", "priority", "due_on", "kept_by", "forwarded_on",
        "copies", "pages", "exchange_id", "note", "file", "seen",
    )  # fmt: skip

    def __init__(self, document: "Document", *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {name: getattr(document, name, None) for name in self.base_fields}
        )
        kwargs["initial"] |= {"seen": services.entry_mark(document), "file": None}
        super().__init__(*args, **kwargs)
        for name in (*_GONE[document.direction], *(("file",) if document.file_id else ())):
            del self.fields[name]
        if document.direction == Direction.READING:
            self.fields["issuer_name"].required = False

    def changes(self) -> dict[str, Any]:
        """The columns as they were filled in."""
        aside = ("seen", "file")
        return {name: value for name, value in self.cleaned_data.items() if name not in aside}


class SecretForm(UnitForm):
    """All that may be noted of a secret document."""

    register_number = forms.IntegerField(
        label="Số đến (theo sổ mật giấy)", min_value=1, max_value=99_999
    )
    received_on = DayField(label="Ngày đến")
    issuer_name = forms.CharField(label="Cơ quan gửi", max_length=200, required=False)
    secrecy = forms.ChoiceField(
        label="Độ mật",
        choices=[(choice.value, choice.label) for choice in Secrecy if choice.value],
        widget=forms.RadioSelect,
    )


def focus_fault(form: forms.Form) -> None:
    """Put the cursor into the first field that is wrong: it may stand below what the screen shows."""
    wrong = (
        next((name for name in form.fields if name in form.errors), None) if form.errors else None
    )
    if wrong is not None:
        form.fields[wrong].widget.attrs["autofocus"] = True


def show_faults(form: forms.Form, refused: RuleError) -> None:
    """Put each fault of a refusal beside its field; what has no field goes to the top of the form."""
    placed = False
    for fault in refused.faults:
        column = fault.column if fault.column in form.fields else None
        form.add_error(column, fault.message)
        placed = True
    if not placed:
        form.add_error(None, refused.message)
