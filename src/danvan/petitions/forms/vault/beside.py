"""The forms of what is done beside the moves: who reads, work, files, protection, who is shut out, the key."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model

from danvan.accounts.selectors import users_allowed, users_named
from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent
from danvan.petitions.forms.receiving import words
from danvan.petitions.forms.vault.entering import DAY, AccusedFields, pick
from danvan.petitions.models import Denunciation
from danvan.petitions.vault_enums import (
    Guarding,
    GuardingEnd,
    Part,
)
from danvan.petitions.vault_moves import ENTER
from danvan.vietnamese.text import canonical, fold

if TYPE_CHECKING:
    from danvan.accounts.models import User


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
    """Giao người được đọc: of the unit or above it from a list, of any other body by the exact sign-in name."""

    user = forms.ChoiceField(label="Người được đọc", required=False)
    user.needed_when = "chọn, hoặc ghi tên đăng nhập"  # type: ignore[attr-defined]
    elsewhere = forms.CharField(
        label="Hoặc tên đăng nhập của người ở cơ quan khác", required=False, max_length=150,
        help_text="Dành cho thanh tra, ủy ban kiểm tra, công an. Ghi đúng tên đăng nhập, phần mềm không gợi ý.",
    )  # fmt: skip
    elsewhere.needed_when = "khi không có trong danh sách"  # type: ignore[attr-defined]
    part = pick("Vai", Part.choices, "Đồng chí vui lòng chọn vai của người được đọc.")
    until = DayField(label="Đến hết ngày", required=False)

    def clean(self) -> None:
        """Whom the list or the words mean: exactly one person."""
        chosen, typed = (
            self.cleaned_data.get("user", ""),
            self.cleaned_data.get("elsewhere", "").strip(),
        )
        if bool(chosen) == bool(typed):
            self.add_error("user", "Đồng chí vui lòng chọn một người, hoặc ghi một tên đăng nhập.")
        elif typed:
            named = list(users_named([typed]).values())
            found = get_user_model().objects.filter(pk__in=named, is_active=True).first()
            if found is None:
                self.add_error(
                    "elsewhere", f"Không có tên đăng nhập “{typed}”, đồng chí vui lòng xem lại."
                )
            else:
                self.people[str(found.pk)] = found
                self.cleaned_data["user"] = str(found.pk)

    def said(self) -> dict[str, Any]:
        """Who, as what, until when."""
        said = super().said()
        del said["elsewhere"]
        return said


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
    """Hủy khóa của hồ sơ: the decision on it, and the words that it is meant, with the number of the case."""

    symbol = forms.CharField(
        label="Số, ký hiệu quyết định hủy", max_length=80,
        error_messages={"required": "Đồng chí vui lòng ghi số, ký hiệu quyết định hủy."},
    )  # fmt: skip
    meant = forms.CharField(
        label="Gõ để xác nhận", max_length=60,
        error_messages={"required": "Đồng chí vui lòng gõ câu xác nhận."},
    )  # fmt: skip

    def __init__(self, *args: Any, case: Denunciation, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.sentence = f"hủy vĩnh viễn {case.number}"
        self.fields["meant"].help_text = f"Gõ đúng: {self.sentence}"

    def clean_meant(self) -> str:
        """The sentence, whatever its letters and tones."""
        said = str(self.cleaned_data["meant"])
        if fold(canonical(said)).split() != fold(self.sentence).split():
            raise forms.ValidationError(
                f"Câu xác nhận chưa đúng. Đồng chí vui lòng gõ: {self.sentence}"
            )
        return said

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
