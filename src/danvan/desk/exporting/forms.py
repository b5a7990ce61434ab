"""What somebody wants to have in a file: which figures, of which place, in which months, as what."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.accounts.selectors import units_granted
from danvan.desk.board.scope import number_in, scope_of
from danvan.desk.readings import reading_asked
from danvan.exchange.selectors.requests import Request
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval
from danvan.indicators.selectors import indicators_on, is_derived
from danvan.organisations.selectors import children

if TYPE_CHECKING:
    from danvan.accounts.models import User

ACTION = "board.view"
GIVEN, ROLLED = "da-gui", "tong-hop"
SDMX, CSV = "sdmx", "csv"
MOST_MONTHS = 60
MONTH = {"type": "month", "autocomplete": "off"}


class MonthField(forms.CharField):
    """A month as browsers write it, 2026-07."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 7, "widget": forms.TextInput(attrs=MONTH), **kwargs})

    def clean(self, value: Any) -> Period:
        """The month."""
        try:
            found = Period.parse(super().clean(value))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if found.every is not Every.MONTH:
            raise forms.ValidationError("Đồng chí vui lòng chọn một tháng, ví dụ 2026-07.")
        return found


class ExportForm(forms.Form):
    """The choices of the page; the places are those of the reader."""

    noi = forms.ChoiceField(label="Nơi")
    loai = forms.ChoiceField(
        label="Số nào",
        choices=[
            (GIVEN, "Số từng đơn vị đã gửi, theo tháng"),
            (ROLLED, "Số tổng hợp của nơi này và các địa bàn trực thuộc"),
        ],
    )
    tu = MonthField(label="Từ tháng")
    den = MonthField(label="Đến hết tháng")
    chu_ky = forms.ChoiceField(
        label="Kỳ của số tổng hợp",
        choices=[(Every.MONTH, "Tháng"), (Every.QUARTER, "Quý"), (Every.YEAR, "Năm")],
        required=False,
    )
    doc = forms.CharField(
        label="Cách đọc số tổng hợp",
        help_text="khi-do, hom-nay, hoặc một ngày như 30/06/2025",
        max_length=20,
        required=False,
    )
    muc = forms.ChoiceField(label="Mức duyệt", choices=Approval.choices, required=False)
    dang = forms.ChoiceField(
        label="Dạng tệp",
        choices=[(CSV, "CSV, mở bằng Excel"), (SDMX, "SDMX-CSV 2.0, cho phần mềm khác")],
    )
    chi_so = forms.MultipleChoiceField(
        label="Số liệu", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Không chọn là lấy tất cả.",
    )  # fmt: skip

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.versions = indicators_on(clock.today())
        scope = scope_of(user, action=ACTION)
        places = scope.choices if scope else []
        self._field("noi").choices = [(str(pk), name) for pk, name in places]
        self._field("chi_so").choices = [
            (one.indicator.code, f"{one.indicator.code} {one.name}") for one in self.versions
        ]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The months in their order, the reading, and a place that may be read as is asked."""
        said = super().clean() or {}
        first, last = said.get("tu"), said.get("den")
        if first and last:
            if last < first:
                self.add_error("den", "Tháng cuối phải từ tháng đầu trở đi.")
            elif len(Period(first.first, last.end, Every.YEAR).parts(Every.MONTH)) > MOST_MONTHS:
                self.add_error("den", f"Mỗi tệp nhiều nhất {MOST_MONTHS} tháng.")
        said["reading"], refused = reading_asked(said.get("doc"))
        if refused:
            self.add_error("doc", refused)
        if last and not self.errors and said["loai"] == ROLLED:
            self._clean_place(said, last.last)
        return said

    def _clean_place(self, said: dict[str, Any], until: Any) -> None:
        scope = scope_of(
            self.user, number_in(said["noi"]), action=ACTION, reading=said["reading"], until=until
        )
        if scope is None or not scope.whole:
            self.add_error("noi", "Đồng chí không xem được số tổng hợp của cả nơi này.")
            return
        below = children(scope.place_id, on=scope.day)
        said["unit_ids"] = [scope.place_id, *(branch.unit.id for branch in below)]

    def request(self) -> Request:
        """What is asked for, once it is known to be sound."""
        said, rolled = self.cleaned_data, self.cleaned_data["loai"] == ROLLED
        chosen = set(said["chi_so"])
        ids = [
            one.indicator_id
            for one in self.versions
            if (not chosen or one.indicator.code in chosen) and (rolled or not is_derived(one))
        ]
        return Request(
            indicator_ids=ids,
            months=Period(said["tu"].first, said["den"].end, Every.YEAR),
            under=None if rolled else number_in(said["noi"]),
            unit_ids=said.get("unit_ids", ()),
            rolled=rolled,
            every=Every(said["chu_ky"] or Every.MONTH),
            reading=said["reading"],
            level=int(said["muc"] or Approval.SENT),
            within=units_granted(self.user, ACTION),
        )
