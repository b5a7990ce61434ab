"""Choosing and narrowing a register, printing it, passing on many of its documents, leaving numbers free."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse

from danvan.documents import selectors
from danvan.documents.enums import REGISTERS, DocumentType, Stage
from danvan.documents.forms.intake import UnitForm
from danvan.documents.selectors import RegisterFilter
from danvan.documents.selectors.registers import DUE, HANDLED, OVERDUE
from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.foundation.periods import Every, Period
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.accounts.models import User

FIRST_YEAR = 2020  # registers are offered from here on; an earlier one is found by its days
ALL = ("", "Tất cả")


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


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(clock.today().year, FIRST_YEAR - 1, -1)]


def _id(written: str) -> int | None:
    known = written.isascii() and written.isdigit() and len(written) < 19
    return int(written) if known else None


def _let_choose_unit(field: Any, user: "User", chosen: str, action: str) -> None:
    """The registers near at hand as choices, and the one that is chosen; the others by type-ahead."""
    near = [(str(pk), name) for pk, name in selectors.near_registers(user, action)]
    pk = _id(chosen)
    if pk and chosen not in dict(near):
        near += [(chosen, name) for name in last_names([pk], clock.today()).values()]
    field.choices = [*field.choices, *near]
    field.valid_value = lambda value: True  # whose registers are shown is asked of the grants
    field.widget.attrs["data-typeahead"] = f"{reverse('desk:find-units')}?viec={action}"


class RegisterFilterForm(forms.Form):
    """What a list of documents is narrowed to. A register and a year show that register by number."""

    q = forms.CharField(
        label="Tìm theo chữ, số ký hiệu, số vào sổ",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "không cần dấu"}),
    )
    so = forms.ChoiceField(label="Sổ của", required=False, choices=[("", "Mọi sổ")])
    nam = forms.ChoiceField(label="Năm", required=False)
    loai = forms.ChoiceField(
        label="Loại văn bản", required=False, choices=[ALL, *DocumentType.choices]
    )
    ky = forms.ChoiceField(label="Kỳ", required=False)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)
    co_quan = forms.CharField(label="Cơ quan ban hành", required=False, max_length=100)
    xu_ly = forms.ChoiceField(
        label="Xử lý",
        required=False,
        choices=[ALL, (OVERDUE, "Quá hạn"), (DUE, "Còn trong hạn"), (HANDLED, "Đã xử lý xong")],
    )
    giai_doan = forms.ChoiceField(label="Giai đoạn", required=False, choices=[ALL, *Stage.choices])
    main = ("q", "so", "nam", "loai")

    def __init__(
        self, user: "User", *args: Any, without: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["ky"].choices = [("", "Mọi lúc"), *recent_periods()]
        fields["nam"].choices = [("", "Mọi năm"), *_years()]
        for name in without:
            del fields[name]
        if "so" in fields:
            _let_choose_unit(fields["so"], user, str(self.data.get("so", "")), "documents.view")

    def main_parts(self) -> list[forms.BoundField]:
        """What is asked for most."""
        return [self[name] for name in self.main if name in self.fields]

    def more_parts(self) -> list[forms.BoundField]:
        """What is asked for less."""
        return [self[name] for name in self.fields if name not in self.main]

    def more_is_open(self) -> bool:
        """Whether one of those is set or refused."""
        return any(part.data or part.errors for part in self.more_parts())

    def asked(self) -> RegisterFilter:
        """What a selector understands; parts that make no sense are left out."""
        self.is_valid()
        given = self.cleaned_data
        return RegisterFilter(
            words=given.get("q", ""),
            document_type=given.get("loai", ""),
            stage=given.get("giai_doan", ""),
            period=Period.parse(given["ky"]) if given.get("ky") else None,
            unit_id=_id(given.get("so", "")),
            year=int(given["nam"]) if given.get("nam") else None,
            since=given.get("tu"),
            until=given.get("den"),
            issuer=given.get("co_quan", ""),
            handling=given.get("xu_ly", ""),
        )


class PrintForm(forms.Form):
    """Which register is printed, and from which day or number to which."""

    so = forms.ChoiceField(label="Sổ của", choices=[("", "Chọn…")])
    nam = forms.ChoiceField(label="Năm")
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)
    tu_so = forms.IntegerField(label="Từ số", required=False, min_value=1, max_value=9_999_999)
    den_so = forms.IntegerField(label="Đến số", required=False, min_value=1, max_value=9_999_999)

    def __init__(self, user: "User", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: Any = self.fields
        fields["nam"].choices = _years()
        chosen = str(self.data.get("so", "") or self.initial.get("so", ""))
        _let_choose_unit(fields["so"], user, chosen, "documents.view")

    def clean(self) -> dict[str, Any]:
        """The register must be within reach, and a range must not run backwards."""
        given = super().clean() or {}
        unit_id = _id(given.get("so") or "")
        unit = selectors.register_named(self.user, unit_id, "documents.view") if unit_id else None
        if unit is None and "so" not in self.errors:
            self.add_error("so", "Sổ này ngoài phạm vi của đồng chí. Đồng chí vui lòng chọn lại.")
        for first, last in (("tu", "den"), ("tu_so", "den_so")):
            if given.get(first) and given.get(last) and given[last] < given[first]:
                self.add_error(last, "Đồng chí vui lòng ghi từ trước đến sau.")
        return given

    def asked(self) -> RegisterFilter:
        """One register within the range."""
        given = self.cleaned_data
        return RegisterFilter(
            unit_id=_id(given["so"]),
            year=int(given["nam"]),
            since=given.get("tu"),
            until=given.get("den"),
            numbers=(given.get("tu_so"), given.get("den_so")),
        )


class ForwardForm(forms.Form):
    """To whom many documents were passed on, and when."""

    kept_by = forms.CharField(label="Chuyển cho", max_length=200)
    forwarded_on = DayField(label="Ngày chuyển")


class FreeNumbersForm(UnitForm):
    """Numbers of a register that stay free, and why."""

    direction = forms.ChoiceField(label="Sổ", choices=[(one, one.label) for one in REGISTERS])
    year = forms.TypedChoiceField(label="Năm", coerce=int)
    document_type = forms.ChoiceField(
        label="Loại văn bản",
        required=False,
        choices=[("", "Không chọn"), *DocumentType.choices],
        help_text="Chỉ chọn với văn bản đi của Đảng đánh số theo nhiệm kỳ, từng loại một.",
    )
    first = forms.IntegerField(label="Từ số", min_value=1, max_value=9_999_999)
    last = forms.IntegerField(label="Đến số", min_value=1, max_value=9_999_999)
    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        help_text="Như: lấy số trước cho hội nghị; đã ghi trong sổ giấy từ đầu năm.",
    )

    def __init__(self, user: "User", *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        field: Any = self.fields["year"]
        field.choices = _years()
