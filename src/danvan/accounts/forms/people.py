from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy

from danvan.accounts.models import Grant, User
from danvan.accounts.roles import LABELS, PARTS
from danvan.accounts.selectors import colleagues, roles_given_by, units_granted
from danvan.foundation import clock
from danvan.foundation.refusals import RefusableForm
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import (
    UnitRow,
    find_units,
    last_names,
    unit_on,
    units_under,
)
from danvan.vietnamese.text import fold

NO_DAY = {"invalid": "Đồng chí vui lòng ghi ngày dạng ngày/tháng/năm, ví dụ 31/12/2026."}


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day written dd/mm/yyyy."""
    widget = forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm"})
    return forms.DateField(label=label, error_messages=NO_DAY, widget=widget, **options)


class PeopleFilter(forms.Form):
    """Words of a name, a sign-in name or a position; and whether blocked people are shown."""

    q = forms.CharField(label="Tên, tên đăng nhập hoặc chức vụ", required=False, max_length=120)
    khoa = forms.BooleanField(label="Cả tài khoản đã khóa", required=False)


class NewUserForm(RefusableForm):
    """A person to be made."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ không dấu, chữ số, dấu chấm hoặc gạch nối, ví dụ nguyen.van.an.",
    )
    position = forms.CharField(label="Chức vụ", required=False, max_length=200)
    email = forms.EmailField(label="Thư điện tử", required=False)


class UnitChoice(RefusableForm):
    """A unit by what people type. With a script the suggestion brings its id; without one, or where several
    units fit, the form comes back with them to choose from."""

    unit = forms.CharField(
        label="Đơn vị",
        max_length=200,
        help_text="Gõ tên đơn vị, không cần dấu.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-typeahead-id": "unit_id"}),
    )
    unit_id = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )
    pick = forms.IntegerField(required=False, widget=forms.HiddenInput)

    rows: list[UnitRow]

    def units(self) -> Any:
        """Ids of the units that may be chosen."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Find the one unit that is meant, or offer those it may be.

        The id counts only while the name beside it is still that unit's: without a script, what was
        typed over it would otherwise mean the old unit.
        """
        said = super().clean() or {}
        self.rows = []
        words, chosen = said.get("unit", ""), said.get("unit_id")
        if not words:
            return said
        names = last_names([chosen], clock.today()) if chosen is not None else {}
        if chosen is not None and fold(names.get(chosen, "")) == fold(words):
            return said
        found = find_units(words, on=clock.today(), within=self.units(), limit=9)
        for fits in (
            [row for row in found if row.id == said.get("pick")],
            [row for row in found if fold(row.name) == fold(words)],
        ):
            found = fits if len(fits) == 1 and len(found) > 1 else found
        if len(found) == 1:
            said["unit_id"] = found[0].id
        elif found:
            self.rows = found
            self.add_error("unit", "Có nhiều đơn vị khớp. Đồng chí vui lòng chọn một.")
        else:
            self.add_error(
                "unit",
                "Không có đơn vị nào khớp trong phạm vi của đồng chí. Đồng chí vui lòng gõ lại.",
            )
        return said


class GrantForm(UnitChoice):
    """A role for a person at a unit, for a period."""

    role = forms.ChoiceField(label="Vai trò")
    alone = forms.BooleanField(
        label="Chỉ đơn vị này, không gồm đơn vị cấp dưới (với tổ chức)", required=False
    )
    valid_from = day_field("Từ ngày")
    valid_to = day_field(
        "Đến trước ngày", required=False, help_text="Để trống nếu chưa định ngày kết thúc."
    )

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.giver = giver
        given = roles_given_by(giver)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", "Chọn vai trò"),
            *((role, label) for role, label in LABELS.items() if role in given),
        ]
        self.fields["unit"].widget.attrs["data-typeahead"] = reverse_lazy("accounts:units")
        self.order_fields(["role", "unit", "alone", "valid_from", "valid_to"])

    def units(self) -> Any:
        """Where the giver may grant."""
        return units_granted(self.giver, "accounts.grant")

    def asked(self) -> dict[str, Any]:
        """What the service is asked for."""
        said = self.cleaned_data
        unit = unit_on(said["unit_id"], said["valid_from"])
        alone = said["alone"] and unit is not None and not unit.is_place
        return {
            "unit_id": said["unit_id"],
            "role": said["role"],
            "valid_from": said["valid_from"],
            "valid_to": said["valid_to"],
            "follows": Follows.PLACE if alone else "",
        }


class EndForm(RefusableForm):
    """From which day a grant no longer holds."""

    on = day_field("Kết thúc từ ngày")


class LendForm(UnitChoice):
    """To whom one lends a role, where and until when."""

    to = forms.CharField(
        label="Tên đăng nhập của người nhận",
        max_length=60,
        widget=forms.TextInput(attrs={"list": "dong-nghiep", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Ủy quyền việc gì")
    valid_from = day_field("Từ ngày")
    valid_to = day_field("Đến trước ngày", help_text="Hết ngày liền trước thì tự thôi.")
    source_symbol = forms.CharField(
        label="Văn bản ủy quyền",
        max_length=80,
        help_text="Ký hiệu và ngày, ví dụ 12-QĐ/ĐU ngày 30/11/2026.",
    )
    reason = forms.CharField(label="Lý do", max_length=300, help_text="Ví dụ: đi học, đi công tác.")

    def __init__(self, *args: Any, grant: Grant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grant = grant
        whole = (grant.role, f"Cả vai trò {grant.role_label}")
        parts = [(one, f"Chỉ việc: {LABELS[one]}") for one in PARTS.get(grant.role, ())]
        self.fields["role"].choices = [whole, *parts]  # type: ignore[attr-defined]
        if not parts:
            self.fields["role"].widget = forms.HiddenInput()
            self.fields["role"].initial = grant.role
            self.fields["role"].required = False
        self.people = list(colleagues(grant.user)[:50])
        self.order_fields(
            ["to", "role", "unit", "valid_from", "valid_to", "source_symbol", "reason"]
        )

    def units(self) -> Any:
        """What the lent role reaches."""
        return units_under([self.grant.unit_id], on=clock.today(), follows=self.grant.follows)

    def clean_to(self) -> User:
        """The person meant."""
        found = User.objects.filter(username=self.cleaned_data["to"].strip().lower()).first()
        if found is None:
            raise forms.ValidationError(
                "Không có tên đăng nhập này. Đồng chí vui lòng hỏi lại người nhận."
            )
        return found

    def asked(self) -> dict[str, Any]:
        """What the service is asked for."""
        return {
            name: self.cleaned_data[name]
            for name in (
                "to",
                "unit_id",
                "role",
                "valid_from",
                "valid_to",
                "source_symbol",
                "reason",
            )
        }


def today_first() -> dict[str, date]:
    """What a new period starts with."""
    return {"valid_from": clock.today()}
