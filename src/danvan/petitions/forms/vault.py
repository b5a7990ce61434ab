"""The forms of the vault: taking a denunciation in, its moves, who reads it, work, protection."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.accounts.selectors import users_allowed, users_named
from danvan.commitments.fields import UnitField, look_up, meant
from danvan.foundation import clock
from danvan.foundation.fields import DayField, WholeField
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent
from danvan.petitions.enums import Channel, Language
from danvan.petitions.forms.receiving import tick, words
from danvan.petitions.models import Denunciation
from danvan.petitions.selectors.vault import units_of_door
from danvan.petitions.services import PersonDraft
from danvan.petitions.services.vault import CONDITIONS, AccusedDraft, DenunciationDraft
from danvan.petitions.vault_enums import (
    FILED_FOR,
    REFUSED_FOR,
    Ending,
    GoingOn,
    Guarding,
    GuardingEnd,
    Openness,
    Part,
    Purpose,
    Renewal,
    ReviewResult,
    Sign,
    Stillness,
    TakenBack,
    VaultOutcome,
)
from danvan.petitions.vault_moves import ENTER, VaultMove

if TYPE_CHECKING:
    from danvan.accounts.models import User

DAY = {"required": "Đồng chí vui lòng ghi ngày."}


def pick(label: str, choices: Any, missing: str) -> forms.ChoiceField:
    """One of a few, none chosen at first."""
    said = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, choices=[("", "Chọn"), *choices], error_messages=said)


def _codes(choices: Any) -> list[tuple[str, str]]:
    return [(one.value, f"{one.value}: {one.label}") for one in choices]


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
        names = _lines(self.cleaned_data.get("barred", ""))
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
        for line in _lines(self.cleaned_data["accused"]):
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
            requests=tuple(_lines(said["requests"])),
            accused=self.accused_drafts(),
            files=((scan.name, read_sent(scan)),) if scan else (),
            **{name: said[name] for name in plain},
            **self.shut_out(),
        )


class SealForm(AccusedFields):
    """Chuyển đơn thường vào vùng niêm phong: who is accused; everything else goes as it stands."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


# What a move asks for besides words, a paper and a day.
MORE: dict[str, dict[str, Any]] = {
    "accept": {
        name: lambda words=words: tick(words[:1].upper() + words[1:])
        for name, words in CONDITIONS.items()
    },
    "refuse": {"not_taken": lambda: pick("Lý do không thụ lý", _codes(REFUSED_FOR), "Đồng chí vui lòng chọn lý do không thụ lý.")},
    "file": {
        "not_taken": lambda: pick("Lý do không xử lý", _codes(FILED_FOR), "Đồng chí vui lòng chọn lý do không xử lý."),
        "inspected": lambda: tick("Rõ người vi phạm và có chứng cứ: chuyển thanh tra, kiểm tra"),
    },
    "assign": {"until": lambda: DayField(label="Hạn xác minh", error_messages=DAY)},
    "extend": {
        "signs": lambda: forms.MultipleChoiceField(
            label="Tiêu chí phức tạp", choices=Sign.choices, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Đồng chí vui lòng chọn tiêu chí phức tạp."},
        )
    },
    "suspend": {"ground": lambda: pick("Căn cứ", Stillness.choices, "Đồng chí vui lòng chọn căn cứ tạm đình chỉ.")},
    "terminate": {"ground": lambda: pick("Căn cứ", Ending.choices, "Đồng chí vui lòng chọn căn cứ đình chỉ.")},
    "conclude": {"outcome": lambda: pick("Kết luận", [one for one in VaultOutcome.choices if one[0]], "Đồng chí vui lòng chọn kết luận: đúng, đúng một phần hoặc sai.")},
    "publish": {"way": lambda: pick("Hình thức công khai", Openness.choices, "Đồng chí vui lòng chọn hình thức công khai.")},
    "withdraw": {
        "form": lambda: pick("Hình thức rút", TakenBack.choices, "Đồng chí vui lòng chọn hình thức rút tố cáo."),
        "going_on": lambda: forms.ChoiceField(label="Vẫn giải quyết", choices=GoingOn.choices, required=False),
    },
    "withdraw_part": {"form": lambda: pick("Hình thức rút", TakenBack.choices, "Đồng chí vui lòng chọn hình thức rút tố cáo.")},
    "review": {"result": lambda: pick("Kết quả xem xét", ReviewResult.choices, "Đồng chí vui lòng chọn kết quả xem xét.")},
}  # fmt: skip


class VaultActForm(RefusableForm):
    """The form of one move. `seen` is how the case stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, move: VaultMove, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.more = list(MORE.get(move.name, {}))
        for name, build in MORE.get(move.name, {}).items():
            self.fields[name] = build()
        if move.asks:
            label = move.asks[:1].upper() + move.asks[1:]
            self.fields["words"] = words(
                label, rows=5, missing=f"Đồng chí vui lòng ghi {move.asks}."
            )
        said = {"required": "Đồng chí vui lòng ghi số, ký hiệu văn bản."} if move.paper else {}
        self.fields["symbol"] = forms.CharField(
            label="Số, ký hiệu văn bản", max_length=80, required=move.paper, error_messages=said
        )
        self.fields["on"] = DayField(label="Ngày", error_messages=DAY)

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return {
            "words": said.get("words", ""), "symbol": said["symbol"], "on": said["on"], "seen": said["seen"],
            "said": {name: said[name] for name in self.more},
        }  # fmt: skip


class OpeningForm(RefusableForm):
    """Mở hồ sơ: what for."""

    purpose = pick("Mở để làm gì?", Purpose.choices, "Đồng chí vui lòng chọn mở hồ sơ để làm gì.")


class SideForm(RefusableForm):
    """A form of something beside the moves; people are offered by the unit of the case, or are those who read it."""

    among_readers: tuple[str, ...] = ("doer",)

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Denunciation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, User] = {}
        for name in ("user", "doer"):
            if name in self.fields:
                offered = (
                    [one.user for one in case.readers.select_related("user")]
                    if name in self.among_readers
                    else users_allowed(ENTER, case.unit_id)
                )
                self.people |= {str(one.pk): one for one in offered}
                field: Any = self.fields[name]
                field.choices = [("", "Chọn"), *((k, str(one)) for k, one in self.people.items())]

    def said(self) -> dict[str, Any]:
        """What was typed; people themselves instead of their keys."""
        said = dict(self.cleaned_data)
        for name in ("user", "doer"):
            if name in said:
                said[name] = self.people[said[name]]
        return said


NOBODY = "Đồng chí vui lòng chọn người."


class NameForm(SideForm):
    """Giao người được đọc."""

    user = pick("Người được đọc", (), NOBODY)
    part = pick("Vai", Part.choices, "Đồng chí vui lòng chọn vai của người được đọc.")
    until = DayField(label="Đến hết ngày", required=False)


class UnnameForm(SideForm):
    """Thôi người được đọc: whoever reads it, also from a unit that is above or ended."""

    among_readers = ("user",)
    user = pick("Người thôi đọc", (), NOBODY)
    part = pick("Vai", Part.choices, "Đồng chí vui lòng chọn vai của người được đọc.")


class TaskForm(SideForm):
    """Giao việc trong hồ sơ."""

    doer = pick("Người làm", (), NOBODY)
    words = words("Việc phải làm", rows=2, missing="Đồng chí vui lòng ghi việc phải làm.")
    due_on = DayField(label="Hạn", error_messages=DAY)


class TaskDoneForm(RefusableForm):
    """Ghi việc đã xong."""

    result = words("Kết quả", rows=2, missing="Đồng chí vui lòng ghi kết quả.")
    on = DayField(label="Ngày xong", error_messages=DAY)


class FileForm(SideForm):
    """Thêm tệp vào hồ sơ."""

    scan = forms.FileField(label="Tệp", error_messages={"required": "Đồng chí vui lòng chọn tệp."})

    def said(self) -> dict[str, Any]:
        """The name and the bytes."""
        scan = self.cleaned_data["scan"]
        return {
            "name": scan.name, "content": read_sent(scan), "seen": self.cleaned_data["seen"],
        }  # fmt: skip


class GuardForm(SideForm):
    """Ghi yêu cầu bảo vệ."""

    guards = pick("Bảo vệ", Guarding.choices, "Đồng chí vui lòng chọn bảo vệ điều gì.")
    words = words("Căn cứ yêu cầu", rows=2, missing="Đồng chí vui lòng ghi căn cứ yêu cầu bảo vệ.")
    on = DayField(label="Ngày yêu cầu", error_messages=DAY)


class GuardDecisionForm(RefusableForm):
    """Quyết định áp dụng biện pháp bảo vệ: its five fields."""

    on = DayField(label="Ngày quyết định", error_messages=DAY)
    grounds = words(
        "Căn cứ ra quyết định", rows=2, missing="Đồng chí vui lòng ghi căn cứ ra quyết định."
    )
    person = words(
        "Họ tên, địa chỉ người được bảo vệ",
        rows=2,
        missing="Đồng chí vui lòng ghi người được bảo vệ.",
    )
    measures = words(
        "Nội dung, biện pháp bảo vệ",
        rows=3,
        missing="Đồng chí vui lòng ghi nội dung, biện pháp bảo vệ.",
    )
    begins_on = DayField(label="Bắt đầu từ ngày", error_messages=DAY)
    symbol = forms.CharField(label="Số, ký hiệu quyết định", required=False, max_length=80)


class GuardEndForm(RefusableForm):
    """Chấm dứt bảo vệ."""

    on = DayField(label="Ngày chấm dứt", error_messages=DAY)
    end = pick(
        "Lý do",
        [one for one in GuardingEnd.choices if one[0]],
        "Đồng chí vui lòng chọn lý do chấm dứt.",
    )
    words = words("Ghi thêm", rows=2)


class DestroyForm(SideForm):
    """Hủy khóa của hồ sơ: the decision on it, and a tick that it is for ever."""

    symbol = forms.CharField(
        label="Số, ký hiệu quyết định hủy", max_length=80,
        error_messages={"required": "Đồng chí vui lòng ghi số, ký hiệu quyết định hủy."},
    )  # fmt: skip
    sure = forms.BooleanField(
        label="Tôi hiểu nội dung hồ sơ mất vĩnh viễn, không ai mở lại được",
        error_messages={"required": "Đồng chí vui lòng xác nhận."},
    )

    def said(self) -> dict[str, Any]:
        """The decision alone."""
        return {"symbol": self.cleaned_data["symbol"]}


class BarForm(AccusedFields):
    """Ghi thêm người, đơn vị bị tố cáo để họ không thấy hồ sơ."""

    accused = None  # type: ignore[assignment] # who is accused is sealed already
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Denunciation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def said(self) -> dict[str, Any]:
        """Who is shut out."""
        out = self.shut_out()
        return {
            "users": out["barred_users"],
            "units": out["barred_units"],
            "seen": self.cleaned_data["seen"],
        }


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]
