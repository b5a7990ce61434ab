"""Acts on a reorganisation: which figures are previewed, applying, undoing, passing a matter on."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst

from danvan.foundation.periods import Every, Period
from danvan.foundation.refusals import RefusableForm
from danvan.indicators.enums import MeasureKind
from danvan.indicators.selectors import indicators_on

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion

MOST_FIGURES, MOST_PERIODS = 8, 4
FIRST_FIGURES = 2  # of each sort, where nothing is chosen


class FiguresForm(forms.Form):
    """Which indicators and periods the preview reads: a few, so that they can be read side by side."""

    so = forms.MultipleChoiceField(
        label=f"Số liệu (nhiều nhất {MOST_FIGURES})",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ky = forms.MultipleChoiceField(
        label=f"Kỳ (nhiều nhất {MOST_PERIODS})",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, on: date, today: date, data: Mapping[str, Any]) -> None:
        known = indicators_on(max(on, today))
        self.versions = {one.indicator.code: one for one in known}
        self.periods = {one.code: one for one in _periods(on, today)}
        asked = data if "so" in data or "ky" in data else None
        super().__init__(asked)
        fields: Any = self.fields
        fields["so"].choices = [(code, one.name) for code, one in self.versions.items()]
        fields["ky"].choices = [(code, capfirst(one.label)) for code, one in self.periods.items()]
        self.initial = {"so": _first(known), "ky": _around(self.periods, on)}

    def asked(self) -> tuple[list["IndicatorVersion"], list[Period]]:
        """What is to be read; the first few of each sort and the periods around the day where nothing was chosen."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        codes = said.get("so") or self.initial["so"]
        periods = said.get("ky") or self.initial["ky"]
        return (
            [self.versions[code] for code in codes[:MOST_FIGURES]],
            [self.periods[code] for code in periods[:MOST_PERIODS]],
        )

    @property
    def words(self) -> str:
        """What is read, in one line."""
        versions, periods = self.asked()
        return f"{len(versions)} số liệu, {', '.join(one.label for one in periods)}"


def _periods(on: date, today: date) -> list[Period]:
    """Half-years and quarters from two years before the day to now, and the months beside the day."""
    last = max(on + timedelta(days=183), min(today, on + timedelta(days=800)))
    years = range(on.year - 2, last.year + 1)
    found = [
        part
        for year in years
        for every in (Every.HALF, Every.QUARTER)
        for part in Period.starting(date(year, 1, 1), Every.YEAR).parts(every)
        if part.first <= last
    ]
    eve = on - timedelta(days=1)
    return [*found, Period.containing(eve, Every.MONTH), Period.containing(on, Every.MONTH)]


def _around(periods: Mapping[str, Period], on: date) -> list[str]:
    """The half-years before and from the day."""
    days = (on - timedelta(days=1), on)
    codes = [Period.containing(day, Every.HALF).code for day in days]
    return [code for code in dict.fromkeys(codes) if code in periods]


def _first(known: Sequence["IndicatorVersion"]) -> list[str]:
    """The first flows, stocks and ratios."""
    found: list[str] = []
    for kind in MeasureKind:
        of_kind = [one.indicator.code for one in known if one.kind == kind]
        found += of_kind[:FIRST_FIGURES]
    return found[:MOST_FIGURES]


class SeenForm(RefusableForm):
    """An act on what a page showed: `seen` counts the acts on it until then."""

    seen = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class ApplyForm(SeenForm):
    """Applying, said twice."""

    sure = forms.BooleanField(
        label="Tôi đã xem trước và duyệt áp dụng",
        error_messages={"required": "Đồng chí vui lòng đánh dấu vào ô này rồi áp dụng."},
    )


class UndoForm(SeenForm):
    """Undoing, with why."""

    why = forms.CharField(
        label="Lý do hoàn tác",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Đồng chí vui lòng ghi lý do hoàn tác."},
    )


class PassOnForm(RefusableForm):
    """Which other successor takes a matter over."""

    to = forms.TypedChoiceField(
        label="Chuyển cho",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị nhận."},
    )

    def __init__(self, others: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = others


class ChildrenForm(RefusableForm):
    """Where each unit below one that gives goes: to itself, to one that takes, or to a new one."""

    def __init__(
        self,
        children: Mapping[int, str],
        takers: Sequence[tuple[str, str]],
        same: str,
        known: Mapping[int, str],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.children, self.words = children, same
        super().__init__(data)
        for pk, name in children.items():
            choices = [("", same), *takers]
            self.fields[f"c_{pk}"] = forms.ChoiceField(label=name, required=False, choices=choices)
            self.initial[f"c_{pk}"] = known.get(pk, "")

    @property
    def rows(self) -> list[tuple[str, forms.BoundField]]:
        """Each child with its box."""
        return [(name, self[f"c_{pk}"]) for pk, name in self.children.items()]

    def told(self) -> dict[int, str]:
        """Where each child goes, as chosen."""
        return {pk: self.cleaned_data.get(f"c_{pk}", "") for pk in self.children}
