"""What the joint calendar is asked for; it stands in the address."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.accounts.selectors import units_granted
from danvan.commitments.forms.fields import FINDING
from danvan.commitments.programme_enums import Side
from danvan.commitments.selectors import unit_meant
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.selectors.calendar import Item

ALL, MINE, UNIT, LINE, PLACE = "", "cua-toi", "don-vi", "nganh-doc", "dia-ban"
PARTS = {
    ALL: "Tất cả",
    MINE: "Của tôi",
    UNIT: "Của đơn vị",
    LINE: "Ngành dọc giao",
    PLACE: "Địa bàn, nơi khác giao",
}
SIDES: dict[str, tuple[str, ...]] = {
    UNIT: (Side.OWN,),
    LINE: (Side.LINE,),
    PLACE: (Side.PLACE, Side.OTHER),
}


class CalendarForm(forms.Form):
    """Whose calendar, which month, which part."""

    don_vi = forms.CharField(
        label="Lịch của đơn vị",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={**FINDING, "data-typeahead-id": "don_vi_id"}),
        help_text="Để trống là các đơn vị của đồng chí.",
    )
    don_vi_id = forms.CharField(required=False, widget=forms.HiddenInput)
    thang = forms.CharField(required=False, widget=forms.HiddenInput)
    phan = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.unit_id: int | None = None
        self.unit_name = ""

    def clean_don_vi(self) -> str:
        """The words; the unit they mean must be one whose work the reader may see."""
        words: str = self.cleaned_data["don_vi"].strip()
        if not words:
            return words
        found = unit_meant(words, on=clock.today(), picked=self.data.get("don_vi_id", ""))
        if found.unit_id is None:
            few = "; ".join(name for _, name in found.offers[:4])
            raise forms.ValidationError(
                f"Có nhiều đơn vị như vậy: {few}. Đồng chí vui lòng gõ đủ tên."
                if few
                else "Không tìm thấy đơn vị này. Đồng chí vui lòng gõ lại tên."
            )
        granted = units_granted(self._user, "commitments.view")
        if not granted.filter(unit_id=found.unit_id).exists():
            raise forms.ValidationError("Đơn vị này ngoài phạm vi của đồng chí.")
        self.unit_id, self.unit_name = found.unit_id, found.name
        return words

    def month(self) -> Period:
        """The month asked for, else this one."""
        try:
            found = Period.parse(self.data.get("thang", ""))
        except ValueError:
            found = None
        if found is None or found.every is not Every.MONTH:
            return Period.containing(clock.today(), Every.MONTH)
        return found

    def part(self) -> str:
        """The part asked for; an unknown one is everything."""
        part = str(self.data.get("phan", ""))
        return part if part in PARTS else ALL

    def keeps(self, item: "Item") -> bool:
        """Whether an item is of the part asked for."""
        part = self.part()
        if part == MINE:
            return item.mine
        return part == ALL or item.side in SIDES[part]


def month_beside(period: Period, months: int) -> str:
    """The code of a month before or after; empty beyond the years that periods know."""
    number = period.first.year * 12 + period.first.month - 1 + months
    if not 1900 * 12 <= number < 2200 * 12:
        return ""
    return Period.starting(date(number // 12, number % 12 + 1, 1), Every.MONTH).code
