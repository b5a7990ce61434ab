"""Which of the units that a document addresses something is for: ticked, all of them, or others by name."""

from collections.abc import Sequence
from typing import Any

from django import forms

from danvan.commitments.fields import UnitLinesField
from danvan.foundation import clock
from danvan.foundation.refusals import RefusableForm
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import units_on
from danvan.vietnamese.numbers import format_number

FEW = 20  # units that are looked through one by one


class UnitsForm(RefusableForm):
    """A form that names units; `addressed` are those offered to be ticked."""

    units = forms.TypedMultipleChoiceField(
        label="Đơn vị",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Có đơn vị không thuộc danh sách này."},
    )
    groups = forms.MultipleChoiceField(
        label="Chọn cả nhóm",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Mọi đơn vị của nhóm; không cần đánh dấu từng đơn vị.",
        error_messages={"invalid_choice": "Có nhóm không thuộc danh sách này."},
    )
    everyone = forms.BooleanField(label="Tất cả đơn vị trong danh sách", required=False)
    others = UnitLinesField(label="Đơn vị khác", help_text="Mỗi dòng một đơn vị, không cần dấu.")

    def __init__(self, *args: Any, addressed: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self._offered = list(addressed)
        self._of: dict[str, list[tuple[int, str]]] = {}
        if len(self._offered) > FEW:
            self._of = _by_kind(self._offered)
        fields["units"].choices = list(self._of.items()) or self._offered
        if len(self._of) > 1:
            fields["groups"].choices = [
                (kind, f"{kind} ({format_number(len(some))})") for kind, some in self._of.items()
            ]
        else:
            del fields["groups"]
        if not addressed:
            del fields["everyone"]

    @property
    def many(self) -> bool:
        """Whether more are offered than are looked through one by one: they stand folded, by kind."""
        return len(self._offered) > FEW

    def unit_ids(self) -> tuple[int, ...]:
        """Those ticked, or all that were offered, and those written."""
        said = self.cleaned_data
        ticked = list(said["units"])
        for kind in said.get("groups", ()):
            ticked += [pk for pk, _ in self._of[kind]]
        if said.get("everyone"):
            ticked = [pk for pk, _ in self._offered]
        return tuple(dict.fromkeys([*ticked, *said["others"]]))


def _by_kind(offered: Sequence[tuple[int, str]]) -> dict[str, list[tuple[int, str]]]:
    """The units by what they are, in the order of the list. One query."""
    there = units_on([pk for pk, _ in offered], clock.today())
    found: dict[str, list[tuple[int, str]]] = {}
    for pk, name in offered:
        unit = there.get(pk)
        label = "Đơn vị đã kết thúc hoạt động"
        if unit is not None:
            label = str(Level(unit.level).label if unit.is_place else Kind(unit.kind).label)
        found.setdefault(label, []).append((pk, name))
    return found
