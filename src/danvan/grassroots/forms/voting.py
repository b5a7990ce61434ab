"""The form of one round: for each village its households, and how many took part, agreed, did not agree."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField

from danvan.foundation.fields import DayField, WholeField
from danvan.grassroots.enums import Form
from danvan.grassroots.forms.acts import ActForm
from danvan.grassroots.services import VillageCount

if TYPE_CHECKING:
    from danvan.organisations.selectors.villages import VillageOnDay

PARTS = (
    ("households", "Tổng số hộ"),
    ("present", "Số hộ tham gia"),
    ("agreed", "Tán thành"),
    ("against", "Không tán thành"),
)


class VoteForm(ActForm):
    """Kết quả biểu quyết: counts by village; the outcome is not asked, it is computed."""

    form = forms.ChoiceField(
        label="Hình thức",
        choices=Form.choices,
        error_messages={"required": "Đồng chí vui lòng chọn hình thức."},
    )
    held_on = DayField(label="Ngày", error_messages={"required": "Đồng chí vui lòng ghi ngày."})
    why = forms.CharField(label="Lý do chọn hình thức", required=False, max_length=300)

    def __init__(self, *args: Any, villages: "list[VillageOnDay]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = villages
        for one in villages:
            for part, label in PARTS:
                first = one.households if part == "households" else None
                self.fields[f"{part}_{one.id}"] = WholeField(label=label, initial=first)

    def clean(self) -> None:
        """A village of which anything but its households was written must be written whole."""
        for one in self.villages:
            said = self._said(one.id)
            if any(said[part] is not None for part, _ in PARTS[1:]):
                for part, label in PARTS:
                    if said[part] is None and f"{part}_{one.id}" not in self.errors:
                        self.add_error(
                            f"{part}_{one.id}", f"Đồng chí vui lòng ghi {label.lower()}."
                        )

    def counts(self) -> list[VillageCount]:
        """What was written, by village; a village with nothing written was not asked."""
        found = []
        for one in self.villages:
            said = self._said(one.id)
            if all(value is not None for value in said.values()):
                found.append(VillageCount(village_id=one.id, **said))
        return found

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        kept = {name: self.cleaned_data[name] for name in ("form", "held_on", "why", "seen")}
        return {**kept, "counts": self.counts()}

    def rows(self) -> list[tuple[str, list[BoundField]]]:
        """The fields of each village, by its name."""
        return [
            (one.name, [self[f"{part}_{one.id}"] for part, _ in PARTS]) for one in self.villages
        ]

    def refuse(self, broken: Any) -> None:
        """A fault of a village stands beside its first field."""
        for fault in broken.faults:
            first = fault.column.replace("village_", "agreed_")
            self.add_error(first if first in self.fields else None, fault.message)
        if not broken.faults:
            self.add_error(None, broken.message)

    def _said(self, village_id: int) -> dict[str, Any]:
        return {part: self.cleaned_data.get(f"{part}_{village_id}") for part, _ in PARTS}
