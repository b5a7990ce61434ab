"""What several forms of this module ask alike: which commune, which kind of the law, which village."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.foundation import clock
from danvan.foundation.refusals import RefusableForm
from danvan.grassroots.selectors import keeping_units, villages_of_unit

if TYPE_CHECKING:
    from danvan.accounts.models import User


def unit_field(denied: str = "Đồng chí chưa có quyền ghi cho xã này.") -> forms.TypedChoiceField:
    """Whose it is; `denied` is said where the writer may not write for it."""
    return forms.TypedChoiceField(
        label="Ủy ban nhân dân cấp xã",
        coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn xã.",
            "invalid_choice": denied,
        },
    )


def kind_field() -> forms.TypedChoiceField:
    """Which kind of the law it is."""
    return forms.TypedChoiceField(
        label="Nội dung theo luật",
        coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn nội dung theo luật.",
            "invalid_choice": "Nội dung này không có trong danh mục đang có hiệu lực.",
        },
    )


def village_field(missing: str = "") -> forms.TypedChoiceField:
    """Which village it is of; without `missing` it may be of the whole commune."""
    return forms.TypedChoiceField(
        label="Thôn, bản, tổ dân phố",
        required=bool(missing),
        coerce=int,
        empty_value=None,
        error_messages={
            "required": missing,
            "invalid_choice": "Thôn này không thuộc xã đã chọn, đồng chí vui lòng chọn lại.",
        },
    )


def offer(form: forms.Form, name: str, choices: Sequence[Any], *, none: str = "") -> None:
    """Let a field choose among these; `none` stands first where nothing is chosen yet."""
    field: Any = form.fields[name]
    field.choices = [("", none), *choices] if none else choices


def offer_units(form: forms.Form, user: "User", *, on: date) -> list[tuple[int, str]]:
    """Let the form choose among the communes that the writer keeps; one alone is chosen."""
    units = keeping_units(user, on=on)
    offer(form, "unit", units, none="" if len(units) == 1 else "Chọn xã")
    return units


class VillageForm(RefusableForm):
    """A form of one commune and of its villages: which are offered hangs on the commune that was chosen."""

    whole = "Chọn thôn, tổ dân phố"  # what stands where no village is chosen

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        units = offer_units(self, user, on=today)
        chosen = self.data.get("unit") or self.initial.get("unit")
        self.unit_id = units[0][0] if len(units) == 1 else one_of(chosen, {pk for pk, _ in units})
        villages = villages_of_unit(self.unit_id, on=today) if self.unit_id else []
        self.no_villages = bool(self.unit_id) and not villages
        offer(self, "village", [(one.id, one.name) for one in villages], none=self.whole)


def one_of(written: Any, known: set[int]) -> int | None:
    """The id that was written, where it is one of these."""
    text = str(written or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 and int(text) in known else None  # fmt: skip
