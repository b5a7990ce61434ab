from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.organisations.enums import STANDING, DutyRole, Kind, Level
from danvan.organisations.services.duties import Share

if TYPE_CHECKING:
    from danvan.organisations.models import Duty

LINES = 6  # organisations that may be named in one duty
CHOOSE = ("", "Chọn")
KINDS = [CHOOSE, *((kind.value, kind.label) for kind in STANDING)]
LEVELS = [
    ("", "Mọi cấp"),
    *((one.value, one.label) for one in Level if one not in (Level.VILLAGE, Level.DISTRICT)),
]
ROLE_CHOICES = [CHOOSE, *DutyRole.choices]


class MatrixFilter(forms.Form):
    """What of the matrix is looked at, and on which day."""

    q = forms.CharField(label="Nội dung, điều khoản", required=False, max_length=120)
    van_ban = forms.ChoiceField(label="Văn bản", required=False)
    xem = forms.ChoiceField(
        label="Chỉ xem",
        required=False,
        choices=[("", "Tất cả"), ("chong", "Chồng nhau"), ("trong", "Bỏ trống")],
    )
    ngay = DayField(label="Ngày", required=False)

    def __init__(self, asked: Any, *, symbols: Sequence[str], day: date) -> None:
        super().__init__(asked or None, initial={"ngay": day})
        chosen = asked.get("van_ban", "")
        known = [*symbols, *([chosen] if chosen and chosen not in symbols else [])]
        self.fields["van_ban"].choices = [("", "Tất cả"), *((one, one) for one in known)]  # type: ignore[attr-defined]


class DutyForm(RefusableForm):
    """One duty: its words and clause, and a line for each organisation in it."""

    words = forms.CharField(
        label="Nhiệm vụ", max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    symbol = forms.CharField(label="Số, ký hiệu văn bản", max_length=80)
    clause = forms.CharField(
        label="Điều, khoản, điểm",
        max_length=60,
        required=False,
        help_text="Ví dụ: Điều 7, khoản 1.",
    )
    on = DayField(label="Có hiệu lực từ ngày")
    until = DayField(label="Đến trước ngày", required=False)

    def __init__(self, asked: Any = None, *, duty: "Duty | None" = None, day: date) -> None:
        self.duty = duty
        start: dict[str, Any] = {"on": day}
        if duty is not None:
            start = {"words": duty.words}
            kinds = [one for one in duty.shares.all() if one.unit_id is None]
            for place, one in enumerate(kinds[:LINES]):
                start |= {f"kind_{place}": one.kind, f"level_{place}": one.level}
                start[f"role_{place}"] = one.role
        super().__init__(asked, initial=start)
        if duty is not None:
            for name in ("symbol", "clause", "on", "until"):
                del self.fields[name]
        for place in range(LINES):
            number = place + 1
            self.fields[f"kind_{place}"] = forms.ChoiceField(
                label=f"Tổ chức {number}", choices=KINDS, required=False
            )
            self.fields[f"level_{place}"] = forms.ChoiceField(
                label=f"Cấp của tổ chức {number}", choices=LEVELS, required=False
            )
            self.fields[f"role_{place}"] = forms.ChoiceField(
                label=f"Vai trò của tổ chức {number}", choices=ROLE_CHOICES, required=False
            )

    @property
    def plain(self) -> list[Any]:
        """The fields above the lines."""
        return [self[name] for name in self.fields if "_" not in name]

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        """The lines of organisations: kind, level, role."""
        return [
            (self[f"kind_{place}"], self[f"level_{place}"], self[f"role_{place}"])
            for place in range(LINES)
        ]

    @property
    def shares(self) -> list[Share]:
        """What the filled lines say; organisations named one by one stay as they are."""
        said = self.cleaned_data
        found = [
            Share(said[f"role_{place}"], said[f"kind_{place}"], said[f"level_{place}"])
            for place in range(LINES)
            if said[f"kind_{place}"] or said[f"role_{place}"]
        ]
        if self.duty is not None:
            kept = [one for one in self.duty.shares.all() if one.unit_id is not None]
            found += [Share(one.role, unit_id=one.unit_id) for one in kept]
        return found


class EndForm(RefusableForm):
    """From which day a duty holds no more."""

    on = DayField(label="Hết hiệu lực từ ngày")


class ChosenDuties(RefusableForm):
    """Which of the duties read from a document are taken over, from when, with which role each."""

    on = DayField(label="Có hiệu lực từ ngày")

    def __init__(self, asked: Any, *, proposals: Sequence[Any], day: date | None) -> None:
        super().__init__(asked, initial={"on": day})
        self.proposals = proposals
        for place, one in enumerate(proposals):
            self.fields[f"chon_{place}"] = forms.BooleanField(
                label=f"Ghi {one.clause or 'nhiệm vụ này'}", required=False
            )
            self.fields[f"role_{place}"] = forms.ChoiceField(
                label=f"Vai trò ở {one.clause or 'nhiệm vụ này'}", choices=DutyRole.choices,
                initial=one.role, required=False,
            )  # fmt: skip
            if not one.kinds:
                self.fields[f"kind_{place}"] = forms.ChoiceField(
                    label=f"Tổ chức ở {one.clause or 'nhiệm vụ này'}", choices=KINDS, required=False
                )

    @property
    def rows(self) -> list[tuple[Any, Any, Any, Any]]:
        """Each proposal with its tick, its role and (where the text names no known organisation) its kind."""
        return [
            (
                one,
                self[f"chon_{place}"],
                self[f"role_{place}"],
                self[f"kind_{place}"] if f"kind_{place}" in self.fields else None,
            )
            for place, one in enumerate(self.proposals)
        ]

    @property
    def chosen(self) -> list[tuple[Any, list[Share]]]:
        """The ticked proposals with who is what in each."""
        said, found = self.cleaned_data, []
        for place, one in enumerate(self.proposals):
            if said[f"chon_{place}"]:
                role = said[f"role_{place}"] or one.role
                kinds = one.kinds or [(said[f"kind_{place}"], "")]
                shares = [Share(role, kind, level) for kind, level in kinds if kind in Kind.values]
                found.append((one, shares))
        return found
