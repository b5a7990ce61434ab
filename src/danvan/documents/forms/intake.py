"""Entering documents into a register, and narrowing its list."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse, reverse_lazy

from danvan.documents import selectors
from danvan.documents.bodies import cut
from danvan.documents.enums import DocumentType, Secrecy, Stage
from danvan.documents.forms.fields import DayField
from danvan.documents.intake import OpenedFile
from danvan.documents.selectors import RegisterFilter
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

CHOOSE = ("", "Chọn…")


def recent_periods() -> list[tuple[str, str]]:
    """The periods a list offers: this year and the last, the quarters and months gone by of this year."""
    today = clock.today()
    year = Period.containing(today, Every.YEAR)
    last = Period.parse(str(today.year - 1))
    parts = [
        part
        for every in (Every.QUARTER, Every.MONTH)
        for part in year.parts(every)
        if part.first <= today
    ]
    return [
        (one.code, one.label[0].upper() + one.label[1:]) for one in (year, last, *reversed(parts))
    ]


class RegisterFilterForm(forms.Form):
    """What a list of documents is narrowed to."""

    q = forms.CharField(
        label="Tìm theo chữ hoặc số, ký hiệu",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "không cần dấu"}),
    )
    loai = forms.ChoiceField(
        label="Loại văn bản", required=False, choices=[("", "Tất cả"), *DocumentType.choices]
    )
    giai_doan = forms.ChoiceField(
        label="Giai đoạn", required=False, choices=[("", "Tất cả"), *Stage.choices]
    )
    ky = forms.ChoiceField(label="Kỳ", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = [("", "Mọi lúc"), *recent_periods()]
        self.fields["ky"].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> RegisterFilter:
        """What a selector understands; parts that make no sense are left out."""
        self.is_valid()
        given = self.cleaned_data
        return RegisterFilter(
            words=given.get("q", ""),
            document_type=given.get("loai", ""),
            stage=given.get("giai_doan", ""),
            period=Period.parse(given["ky"]) if given.get("ky") else None,
        )


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
        help_text="Word (.docx), PDF có lớp chữ, hoặc .txt.",
        allow_empty_file=True,  # refused by the rules, in our own words
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt", **READ_WHEN_CHOSEN}),
    )


class UnitForm(forms.Form):
    """In whose register it is entered."""

    unit = forms.ChoiceField(label="Sổ của cơ quan")

    def __init__(self, user: "User", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field: Any = self.fields["unit"]
        field.valid_value = lambda value: True  # whose register it may be is asked of the grants
        known = [(str(pk), name) for pk, name in selectors.kept_registers(user)]
        field.choices = known if len(known) == 1 else [CHOOSE, *known]
        own = selectors.own_register(user)
        if own and not self.initial.get("unit"):
            self.initial["unit"] = str(own)
        finder = reverse("desk:find-units")
        field.widget.attrs["data-typeahead"] = f"{finder}?viec=documents.register"

    def clean_unit(self) -> "Unit":
        """The organisation, where the person may write in its registers."""
        written = self.cleaned_data["unit"]
        known = written.isascii() and written.isdigit() and len(written) < 19
        unit = selectors.register_named(self.user, int(written)) if known else None
        if unit is None:
            raise forms.ValidationError(
                "Cơ quan này ngoài phạm vi đồng chí được vào sổ văn bản. Đồng chí vui lòng chọn lại."
            )
        return unit


class IncomingForm(UnitForm, FileForm):
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
    exchange_id = forms.CharField(
        label="Mã định danh văn bản trên trục liên thông", max_length=120, required=False
    )
    field_order = (
        "secrecy", "file", "unit", "symbol", "document_type", "issuer_name", "issued_on", "signer",
        "abstract", "received_on", "exchange_id",
    )  # fmt: skip

    def read_parts(self) -> list[forms.BoundField]:
        """The fields that are filled in from the file."""
        return [self[name] for name in self.field_order[3:]]


def as_read(opened: OpenedFile) -> dict[str, Any]:
    """What the head of a file says, as the first values of the fields."""
    head = opened.head
    issuer = selectors.known_issuer(head.issuer, head.issued_on or clock.today())
    return {
        "symbol": head.symbol,
        "document_type": head.document_type,
        "issuer_name": issuer.name if issuer else head.issuer,
        "issued_on": head.issued_on,
        "signer": head.signer,
        "abstract": cut(head.abstract, 600),
        "received_on": clock.today(),
    }


class IssuedForm(UnitForm):
    """A document that the unit itself issued."""

    secrecy = FileForm.base_fields["secrecy"]
    document_type = forms.ChoiceField(label="Loại văn bản", choices=[CHOOSE, *DocumentType.choices])
    symbol = forms.CharField(label="Số, ký hiệu", max_length=80, required=False)
    issued_on = DayField(label="Ngày ban hành")
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    abstract = forms.CharField(
        label="Trích yếu", max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        allow_empty_file=True,
        help_text="Word (.docx), PDF có lớp chữ, hoặc .txt.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt"}),
    )
    field_order = (
        "secrecy", "unit", "symbol", "document_type", "issued_on", "signer", "abstract", "file",
    )  # fmt: skip


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


def show_faults(form: forms.Form, refused: RuleError) -> None:
    """Put each fault of a refusal beside its field; what has no field goes to the top of the form."""
    placed = False
    for fault in refused.faults:
        column = fault.column if fault.column in form.fields else None
        form.add_error(column, fault.message)
        placed = True
    if not placed:
        form.add_error(None, refused.message)
