"""Shares of a draft: what each unit passes to whom, who takes over what is open, how large the units are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from danvan.desk.reorganise.forms.fields import ShareField
from danvan.desk.reorganise.forms.starting import MEASURES
from danvan.foundation.errors import RuleError
from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.vietnamese.numbers import format_number, parse_number


@dataclass(frozen=True, slots=True)
class PassingRow:
    """One row of the page: what a unit passes to another. `pk` is that of its row in the draft."""

    pk: int
    giver: int
    giver_name: str
    taker_name: str
    weight: int | None
    heir: bool
    keeps: bool = False  # to itself


class SharesForm(RefusableForm):
    """A share for every row, one heir of every giver that ends, and the measure for what is left open."""

    measure = forms.ChoiceField(label="Quy đổi theo", choices=MEASURES)

    def __init__(
        self,
        rows: Sequence[PassingRow],
        measure: str,
        data: Mapping[str, Any] | None = None,
        *,
        heirs: Iterable[int] = (),
    ) -> None:
        self.rows = rows
        super().__init__(data, initial={"measure": measure})
        for row in rows:
            label = f"Phần {row.giver_name} chuyển sang {row.taker_name}"
            alone = sum(row.giver == one.giver for one in rows) == 1
            box = ShareField(label=label)
            box.widget.attrs["placeholder"] = "trọn vẹn" if alone else "tự tính"
            self.fields[f"w_{row.pk}"] = box
            self.initial[f"w_{row.pk}"] = row.weight
        for giver in heirs:
            own = [row for row in rows if row.giver == giver]
            name = f"heir_{giver}"
            self.fields[name] = forms.TypedChoiceField(
                label=f"Đơn vị nhận việc đang mở của {own[0].giver_name}",
                choices=[(row.pk, row.taker_name) for row in own],
                coerce=int,
                required=False,
                empty_value=None,
            )
            self.initial[name] = next((row.pk for row in own if row.heir), None)

    def share_of(self, row: PassingRow) -> forms.BoundField:
        """The box of a row's share."""
        return self[f"w_{row.pk}"]

    def heir_of(self, row: PassingRow) -> str:
        """The name of the radio buttons that a row's giver has; empty where it has none."""
        name = f"heir_{row.giver}"
        return name if name in self.fields else ""

    def chosen_heir(self, row: PassingRow) -> bool:
        """Whether the row is the one that takes over."""
        name = self.heir_of(row)
        return bool(name) and str(self[name].value()) == str(row.pk)

    def told(self) -> list[tuple[PassingRow, int | None, bool]]:
        """Each row with its share and whether it takes over, as typed."""
        said = self.cleaned_data
        return [
            (row, said.get(f"w_{row.pk}"), said.get(f"heir_{row.giver}") == row.pk)
            if self.heir_of(row)
            else (row, said.get(f"w_{row.pk}"), row.heir)
            for row in self.rows
        ]


class CountField(forms.CharField):
    """A whole number of people or households, written 9.860. Empty: nothing new is said."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "rg-share"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**{"max_length": 20, "required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return format_number(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """The number, or None."""
        written = super().clean(value).strip()
        if not written:
            return None
        try:
            number = parse_number(written, whole=True)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if number != number.to_integral_value() or number <= 0:
            raise forms.ValidationError("Đồng chí vui lòng ghi một số nguyên lớn hơn 0.")
        return int(number)


class SizesForm(RefusableForm):
    """How many people and households the units had on the eve, and who says so."""

    counted_on = DayField(label="Tính đến ngày")
    source = forms.CharField(
        label="Nguồn",
        max_length=200,
        help_text="Ví dụ: đề án sắp xếp, niên giám thống kê.",
        error_messages={"required": "Đồng chí vui lòng ghi nguồn của số dân, số hộ."},
    )

    def __init__(
        self,
        units: Mapping[int, str],
        known: Mapping[int, Any],
        eve: date,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.units = units
        super().__init__(data, initial={"counted_on": eve})
        for pk, name in units.items():
            for part, words in (("population", "Dân số"), ("households", "Số hộ")):
                self.fields[f"{part}_{pk}"] = CountField(label=f"{words} của {name}")
                self.initial[f"{part}_{pk}"] = getattr(known[pk], part)

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each unit with its two boxes."""
        return [
            (name, self[f"population_{pk}"], self[f"households_{pk}"])
            for pk, name in self.units.items()
        ]

    def told(self) -> list[tuple[int, int | None, int | None]]:
        """What was changed: unit, people, households."""
        found = []
        for pk in self.units:
            pair = [
                self.cleaned_data.get(name) if name in self.changed_data else None
                for name in (f"population_{pk}", f"households_{pk}")
            ]
            if any(pair):
                found.append((pk, pair[0], pair[1]))
        return found

    def refuse_sizes(self, broken: RuleError) -> None:
        """Show each fault beside the box of its unit."""
        for one in broken.faults:
            name = f"{one.column}_{one.row}" if one.row else one.column
            self.add_error(name if name in self.fields else None, one.message)
