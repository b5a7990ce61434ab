"""The forms by which a denunciation comes into the vault: typed straight in, or out of the ordinary register."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.accounts.selectors import users_named
from danvan.commitments.fields import UnitField, look_up, meant
from danvan.foundation import clock
from danvan.foundation.fields import DayField, WholeField
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent
from danvan.petitions.enums import Channel, Language
from danvan.petitions.forms.receiving import tick, words
from danvan.petitions.models import Petition
from danvan.petitions.selectors.vault import files_left, unit_of_door, units_of_door, words_left
from danvan.petitions.services import PersonDraft
from danvan.petitions.services.vault import AccusedDraft, DenunciationDraft, Left
from danvan.petitions.vault_enums import (
    Renewal,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User

DAY = {"required": "Đồng chí vui lòng ghi ngày."}


def pick(label: str, choices: Any, missing: str) -> forms.ChoiceField:
    """One of a few, none chosen at first."""
    said = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, choices=[("", "Chọn"), *choices], error_messages=said)


class AccusedFields(RefusableForm):
    """Who is accused: in words, and as far as this software knows them, so that they are shut out."""

    accused = words(
        "Người, cơ quan bị tố cáo", rows=2, missing="Đồng chí vui lòng ghi người hoặc cơ quan bị tố cáo.",
        help_text="Mỗi dòng một người: họ tên, chức vụ, cơ quan, cách nhau bằng dấu phẩy.",
    )  # fmt: skip
    barred = words(
        "Tên đăng nhập của người bị tố cáo trong phần mềm", rows=1,
        help_text="Nếu có, mỗi dòng một tên; những người này không thấy và không xử lý hồ sơ.",
    )  # fmt: skip
    barred_unit = UnitField(
        "barred_unit", label="Đơn vị bị tố cáo", required=False,
        help_text="Mọi người có quyền ở đơn vị này và cấp dưới đều không thấy hồ sơ.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look_up(self, "barred_unit")

    def clean(self) -> None:
        """The people and the unit that the words mean."""
        self.barred_unit_id = meant(self, "barred_unit")
        names = lines_of(self.cleaned_data.get("barred", ""))
        known = users_named(names)
        for name in names:
            if name not in known:
                self.add_error(
                    "barred", f"Không có tên đăng nhập “{name}”, đồng chí vui lòng xem lại."
                )
        self.barred_ids = tuple(sorted(known.values()))

    def shut_out(self) -> dict[str, Any]:
        """Who is shut out, as the services take it."""
        units = (self.barred_unit_id,) if self.barred_unit_id else ()
        return {"barred_users": self.barred_ids, "barred_units": units}

    def accused_drafts(self) -> tuple[AccusedDraft, ...]:
        """Who is accused, a line each."""
        found = []
        for line in lines_of(self.cleaned_data["accused"]):
            name, post, organisation = [*(one.strip() for one in line.split(",", 2)), "", ""][:3]
            found.append(AccusedDraft(name=name, post=post, organisation=organisation))
        return tuple(found)


class EntryForm(AccusedFields):
    """Nhận tố cáo: straight into the vault."""

    unit = forms.TypedChoiceField(
        label="Đơn vị nhận", coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn đơn vị nhận.",
            "invalid_choice": "Đồng chí chưa có quyền nhận tố cáo cho đơn vị này, vui lòng chọn đơn vị khác.",
        },
    )  # fmt: skip
    received_on = DayField(label="Ngày nhận", error_messages=DAY)
    channel = pick(
        "Tố cáo đến bằng cách nào",
        Channel.choices,
        "Đồng chí vui lòng chọn tố cáo đến bằng cách nào.",
    )
    language = forms.ChoiceField(label="Ngôn ngữ", choices=Language.choices)
    sender = forms.CharField(label="Nơi chuyển đến", required=False, max_length=200)
    spoken = tick("Ghi lại lời nói", "Người tố cáo trình bày trực tiếp hoặc gọi điện.")
    read_back = tick("Đã đọc lại cho người tố cáo nghe và ký, điểm chỉ")
    anonymous = tick("Tố cáo không ghi tên")
    name = forms.CharField(label="Họ tên người tố cáo", required=False, max_length=120)
    address = forms.CharField(label="Địa chỉ", required=False, max_length=300)
    id_number = forms.CharField(label="Số căn cước, hộ chiếu", required=False, max_length=20)
    phone = forms.CharField(label="Điện thoại", required=False, max_length=20)
    email = forms.CharField(label="Thư điện tử", required=False, max_length=120)
    people = WholeField(label="Số người")
    title = forms.CharField(
        label="Tóm tắt nội dung tố cáo", max_length=300,
        error_messages={"required": "Đồng chí vui lòng tóm tắt nội dung tố cáo."},
    )  # fmt: skip
    text = words("Nội dung", rows=8)
    requests = words("Yêu cầu", rows=2, help_text="Mỗi dòng một yêu cầu.")
    settled_by = forms.CharField(label="Cơ quan đã giải quyết", required=False, max_length=200)
    renewal = forms.ChoiceField(label="Lần tố cáo", choices=Renewal.choices, required=False)
    former_number = forms.CharField(
        label="Số hồ sơ lần trước, nếu biết", required=False, max_length=40
    )
    scan = forms.FileField(
        label="Bản quét đơn, biên bản", required=False,
        help_text="PDF, ảnh, Word; tên tệp và nội dung được niêm phong ngay.",
    )  # fmt: skip

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_of_door(user, on=clock.today())
        unit: Any = self.fields["unit"]
        unit.choices = units if len(units) == 1 else [("", "Chọn đơn vị"), *units]
        unit.initial = unit_of_door(user, [pk for pk, _ in units], on=clock.today())

    def draft(self) -> DenunciationDraft:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        parts = ("name", "address", "id_number", "phone", "email")
        named = any(said[part].strip() for part in parts)
        plain = (
            "received_on", "channel", "language", "sender", "spoken", "read_back", "anonymous", "title", "text",
            "settled_by", "renewal", "former_number",
        )  # fmt: skip
        scan = said["scan"]
        return DenunciationDraft(
            unit_id=said["unit"],
            people=1 if said["people"] is None else said["people"],
            persons=(PersonDraft(**{part: said[part] for part in parts}),) if named else (),
            requests=tuple(lines_of(said["requests"])),
            accused=self.accused_drafts(),
            files=((scan.name, read_sent(scan)),) if scan else (),
            **{name: said[name] for name in plain},
            **self.shut_out(),
        )


class SealForm(AccusedFields):
    """Chuyển đơn thường vào vùng niêm phong: who is accused, and of a mixed paper how each text that stays shall read."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts, files = words_left(petition), files_left(petition)
        for one in self.texts:
            self.fields[one.key] = forms.CharField(
                label=one.label, initial=one.words, required=False,
                widget=forms.Textarea(attrs={"rows": min(8, 1 + len(one.words) // 80)}),
            )  # fmt: skip
        if files:
            self.fields["files"] = forms.MultipleChoiceField(
                label="Tệp để lại ở sổ thường, không có nội dung tố cáo", required=False,
                choices=[(one.key, one.label) for one in files], widget=forms.CheckboxSelectMultiple,
                help_text="Tệp không đánh dấu được chuyển vào hồ sơ niêm phong.",
                error_messages={"invalid_choice": "Tệp này không còn ở đơn, đồng chí vui lòng mở lại trang."},
            )  # fmt: skip
        if self.texts or files:
            self.fields["cleared"] = forms.BooleanField(
                label="Tôi đã đọc hết phần để lại; không còn nội dung, người tố cáo, người bị tố cáo",
                required=False,
            )

    @property
    def mixed(self) -> bool:
        """Whether anything of the paper stays."""
        return "cleared" in self.fields

    @property
    def accusing(self) -> list[Any]:
        """The fields of who is accused."""
        return [self[name] for name in ("accused", "barred", "barred_unit")]

    @property
    def left_texts(self) -> list[tuple[str, Any]]:
        """Each text that stays as it reads now, with its field."""
        return [(one.words, self[one.key]) for one in self.texts]

    def left(self) -> Left:
        """What was said of what stays."""
        said = self.cleaned_data
        return Left(
            words={one.key: said[one.key] for one in self.texts},
            files=tuple(said.get("files", ())), cleared=said.get("cleared", False),
        )  # fmt: skip


def lines_of(text: str) -> list[str]:
    """What stands on each line, but for empty ones."""
    return [one.strip() for one in text.splitlines() if one.strip()]
