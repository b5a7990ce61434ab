"""What people type about work programmes and plans of a year."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.commitments.fields import UnitLinesField
from danvan.commitments.forms.fields import ActForm, WordsField
from danvan.commitments.models import WorkProgramme
from danvan.commitments.programme_enums import EntryKind
from danvan.commitments.selectors import numbered
from danvan.commitments.selectors.chairs import chairs_offered
from danvan.commitments.selectors.programmes import keeping_units
from danvan.commitments.services.programme_entries import EntryPlan, entry_faults
from danvan.commitments.services.programme_rows import stale_faults
from danvan.commitments.services.programmes import PlanOfYear, issuing_faults
from danvan.foundation import clock
from danvan.foundation.errors import Fault
from danvan.foundation.fields import DayField, HourField
from danvan.foundation.periods import Every, Period
from danvan.foundation.uploads import read_sent

if TYPE_CHECKING:
    from danvan.accounts.models import User

BACK, AHEAD = 2, 12  # months offered


def months_around(day: date, back: int = BACK, ahead: int = AHEAD) -> list[Period]:
    """The months around a day, the earliest first."""
    first = day.year * 12 + day.month - 1
    return [
        Period.starting(date(number // 12, number % 12 + 1, 1), Every.MONTH)
        for number in range(first - back, first + ahead + 1)
    ]


def _own_unit(form: forms.Form, user: "User") -> None:
    """Offer the units whose papers `user` keeps."""
    units = [(str(pk), name) for pk, name in keeping_units(user, on=clock.today())]
    choices = units if len(units) == 1 else [("", "Chọn đơn vị"), *units]
    form.fields["unit"].choices = choices  # type: ignore[attr-defined]


class UnitChoice(forms.ChoiceField):
    """One of the reader's own units."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {
            "required": "Đồng chí vui lòng chọn đơn vị.",
            "invalid_choice": "Đồng chí chưa có quyền lập chương trình, kế hoạch cho đơn vị này.",
        }
        super().__init__(label="Đơn vị", error_messages=errors, **kwargs)


class MakeForm(ActForm):
    """Lập chương trình tháng."""

    unit = UnitChoice()
    month = forms.ChoiceField(
        label="Tháng", error_messages={"invalid_choice": "Đồng chí vui lòng chọn tháng."}
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _own_unit(self, user)
        months = months_around(clock.today())
        self.fields["month"].choices = [(one.code, one.label.capitalize()) for one in months]  # type: ignore[attr-defined]
        self.fields["month"].initial = months[BACK + 1].code


class EntryForm(ActForm):
    """One line of a programme."""

    kind = forms.ChoiceField(
        label="Loại",
        choices=[("", "Chọn loại"), *EntryKind.choices],
        error_messages={"required": "Đồng chí vui lòng chọn loại."},
    )
    starts_on = DayField(label="Ngày", error_messages={"required": "Đồng chí vui lòng ghi ngày."})
    ends_on = DayField(label="Đến ngày", required=False)
    starts_at = HourField(label="Từ giờ", required=False, max_length=16)
    ends_at = HourField(label="Đến giờ", required=False, max_length=16)
    content = WordsField(label="Nội dung", rows=2, missing="Đồng chí vui lòng ghi nội dung.")
    chair = forms.CharField(
        label="Chủ trì",
        required=False,
        widget=forms.TextInput(attrs={"list": "chu-tri", "autocomplete": "off"}),
        help_text="Chức danh hoặc họ tên; trùng với đúng một người của đơn vị thì người đó được báo.",
    )
    place = forms.CharField(label="Địa điểm", required=False)
    parties = UnitLinesField(label="Thành phần", help_text="Mỗi dòng một đơn vị, không cần dấu.")
    source = forms.CharField(
        label="Theo văn bản", required=False, help_text="Số, ký hiệu, ví dụ: 12-KH/ĐU."
    )
    commitment = forms.CharField(
        label="Việc phải làm số", required=False, max_length=20, help_text="Ví dụ: CK-2026-0417."
    )
    followed = forms.BooleanField(label="Tôi theo dõi mục này", required=False)
    reason = forms.CharField(label="Lý do điều chỉnh", required=False)

    def __init__(self, *args: Any, user: "User", programme: WorkProgramme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.chairs = chairs_offered(programme.unit_id, on=clock.today())
        if not programme.issued:
            del self.fields["reason"]

    def clean_commitment(self) -> int | None:
        """The commitment of this number, where the reader may see it."""
        number = self.cleaned_data["commitment"].strip()
        if not number:
            return None
        found = numbered(self._user, number)
        if found is None:
            raise forms.ValidationError(
                f"Không tìm thấy việc số {number} trong phạm vi của đồng chí."
            )
        return found.pk

    def plan(self) -> EntryPlan:
        """What was typed, ready to be written down."""
        names = ("starts_on", "ends_on", "starts_at", "ends_at", "kind", "content", "chair", "place", "source", "followed")  # fmt: skip
        said = {name: self.cleaned_data[name] for name in names}
        return EntryPlan(
            party_ids=self.cleaned_data["parties"],
            commitment_id=self.cleaned_data["commitment"],
            **said,
        )

    def faults_beside(self, programme: WorkProgramme) -> list[Fault]:
        """What the service would find in what is sound, where the form itself has faults; of days only with the first day."""
        said = self.cleaned_data
        days = {"starts_on": said.get("starts_on"), "ends_on": said.get("ends_on")}
        if days["starts_on"] is None or "ends_on" in self.errors:
            days = {"starts_on": Period.parse(programme.month).first, "ends_on": None}
        names = ("starts_at", "ends_at", "kind", "content", "chair", "place", "source")
        words = {name: said[name] for name in names if said.get(name)}
        plan = EntryPlan(
            **{"kind": "", "content": "", **days, **words},
            party_ids=said.get("parties") or (),
            commitment_id=said.get("commitment"),
        )
        stale = stale_faults(programme, said.get("seen"))
        return [*stale, *entry_faults(programme, plan, said.get("reason", ""))]


class DropForm(ActForm):
    """Bỏ, hủy một mục."""

    reason = forms.CharField(label="Lý do hủy", required=False)


class IssueForm(ActForm):
    """Ban hành."""

    symbol = forms.CharField(
        label="Số, ký hiệu",
        help_text="Ví dụ: 12-CTr/ĐU.",
        error_messages={"required": "Đồng chí vui lòng ghi số, ký hiệu."},
    )
    on = DayField(
        label="Ngày ban hành",
        error_messages={"required": "Đồng chí vui lòng ghi ngày ban hành."},
    )
    signer = forms.CharField(
        label="Người ký",
        required=False,
        help_text="Để trống thì lấy người đứng đầu vào ngày đó theo Sổ đơn vị.",
    )
    signer_title = forms.CharField(label="Chức vụ", required=False)
    reason = WordsField(label="Vì sao vẫn ban hành", rows=2)

    def faults_beside(self, programme: WorkProgramme) -> list[Fault]:
        """What the service would find in what is sound, where the form itself has faults."""
        said = self.cleaned_data
        words = {
            name: said.get(name, "") for name in ("symbol", "signer", "signer_title", "reason")
        }
        stale = stale_faults(programme, said.get("seen"))
        if programme.issued:
            return stale
        return [*stale, *issuing_faults(programme, on=said.get("on"), **words)]


class PlanForm(ActForm):
    """Ghi kế hoạch năm đã ban hành."""

    unit = UnitChoice()
    year = forms.IntegerField(
        label="Năm",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        error_messages={
            "required": "Đồng chí vui lòng ghi năm.",
            "invalid": "Đồng chí vui lòng ghi năm, ví dụ 2027.",
        },
    )
    symbol = forms.CharField(
        label="Số, ký hiệu", error_messages={"required": "Đồng chí vui lòng ghi số, ký hiệu."}
    )
    issued_on = DayField(
        label="Ngày ban hành",
        error_messages={"required": "Đồng chí vui lòng ghi ngày ban hành."},
    )
    title = WordsField(label="Trích yếu", rows=2, missing="Đồng chí vui lòng ghi trích yếu.")
    file = forms.FileField(label="Tệp kế hoạch", required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _own_unit(self, user)

    def plan(self) -> PlanOfYear:
        """What was typed, ready to be written down."""
        said, file = self.cleaned_data, self.cleaned_data["file"]
        return PlanOfYear(
            unit_id=int(said["unit"]),
            year=said["year"],
            symbol=said["symbol"],
            issued_on=said["issued_on"],
            title=said["title"],
            file=(file.name, read_sent(file)) if file else None,
        )


class ProgrammeFilter(forms.Form):
    """Which programmes are listed."""

    thang = forms.ChoiceField(label="Tháng", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = months_around(clock.today(), back=12, ahead=2)[::-1]
        offered = [("", "Mọi tháng"), *((one.code, one.label.capitalize()) for one in months)]
        self.fields["thang"].choices = offered  # type: ignore[attr-defined]


class PlanFilter(forms.Form):
    """Of which year, and whether issued or not."""

    nam = forms.ChoiceField(label="Năm", required=False)
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Tất cả"), ("chua", "Chưa ban hành"), ("da", "Đã ban hành")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = clock.today().year
        years = [(str(year), f"Năm {year}") for year in range(this + 1, this - 5, -1)]
        self.fields["nam"].choices = years  # type: ignore[attr-defined]
        self.fields["nam"].initial = str(this)

    def year(self) -> int:
        """The year asked for, else this one."""
        return int((self.is_valid() and self.cleaned_data["nam"]) or clock.today().year)

    def state(self) -> str:
        """Issued, not issued, or either."""
        return str(self.cleaned_data["tinh_trang"]) if self.is_valid() else ""
