"""Forms that set, amend, end, divide and answer targets."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.indicators import counters
from danvan.indicators.enums import EVERY_LABELS, Aim, Bound, ChangeBy, Comparator, Quality
from danvan.indicators.selectors import tidy
from danvan.indicators.services import OfFigure
from danvan.organisations.enums import STANDING, Level
from danvan.vietnamese.dates import format_date, parse_date
from danvan.vietnamese.numbers import format_number, parse_number

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion, Target

RULES = 3  # conditions that may be set by hand
MILESTONES = 12
CHOOSE = ("", "Chọn")
LEVELS = [(one.value, one.label) for one in Level if one not in (Level.VILLAGE, Level.DISTRICT)]
EVERY = [(key.value, label) for key, label in EVERY_LABELS.items()]
KINDS = [("", "Chính các địa bàn"), *((kind.value, kind.label) for kind in STANDING)]


class AmountField(forms.CharField):
    """A figure as it is written here, 1.234,56; the reason why not is the reader's own sentence."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**{"max_length": 40, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return format_number(tidy(value)) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """The figure itself; None where none was written."""
        return _number(super().clean(value))


class MilestonesField(forms.CharField):
    """A path, a line for each milestone: the day, a blank, the amount."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{format_date(day)} {format_number(tidy(one))}" for day, one in value)

    def clean(self, value: Any) -> Any:
        """(day, amount) of each line."""
        lines = [
            line.split(maxsplit=1) for line in super().clean(value).splitlines() if line.strip()
        ]
        if len(lines) > MILESTONES:
            raise forms.ValidationError(f"Lộ trình ghi nhiều nhất {MILESTONES} mốc.")
        found = []
        for line in lines:
            if len(line) != 2:
                raise forms.ValidationError(
                    f"“{line[0]}”: đồng chí vui lòng ghi mỗi dòng một ngày rồi một số, ví dụ 31/12/2026 70."
                )
            try:
                found.append((parse_date(line[0]), parse_number(line[1])))
            except ValueError as wrong:
                raise forms.ValidationError(str(wrong)) from wrong
        return found


class TargetForm(RefusableForm):
    """A target set by hand: counted from records, held against a figure, or judged from evidence."""

    unit = forms.TypedChoiceField(label="Địa bàn", coerce=int)
    title = forms.CharField(
        label="Tên chỉ tiêu", max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    quality = forms.ChoiceField(
        label="Cách đánh giá", choices=Quality.choices, widget=forms.RadioSelect
    )
    every = forms.ChoiceField(label="Chu kỳ", choices=EVERY)
    valid_from = DayField(label="Có hiệu lực từ ngày")
    valid_to = DayField(label="Đến trước ngày", required=False)
    decision = forms.CharField(label="Văn bản giao", required=False, max_length=200)
    indicator = forms.ChoiceField(
        label="Chỉ số để đo", required=False,
        help_text="Chỉ tiêu định tính chọn chỉ số có thang bậc, hoặc để trống.",
    )  # fmt: skip
    aim = forms.ChoiceField(label="Yêu cầu", required=False, choices=[CHOOSE, *Aim.choices])
    bound = forms.ChoiceField(
        label="So với mức", required=False, choices=Bound.choices, initial=Bound.AT_LEAST,
        help_text="Tăng thì chọn ≥, giảm hoặc giới hạn thì chọn ≤.",
    )  # fmt: skip
    goal = AmountField(label="Mức phải đạt, hoặc mức tăng giảm", required=False)
    change_by = forms.ChoiceField(
        label="Tăng, giảm theo", required=False, choices=[CHOOSE, *ChangeBy.choices]
    )
    base_period = forms.CharField(
        label="Kỳ gốc", required=False, max_length=7,
        help_text="Viết 2025 hoặc 2025-Q3. Để trống là cùng kỳ năm trước.",
    )  # fmt: skip
    milestones = MilestonesField(
        label="Các mốc của lộ trình", required=False, max_length=1000,
        help_text="Mỗi dòng một mốc, ngày cuối tháng rồi số: 31/12/2025 60. Dòng đầu là mức đã có.",
    )  # fmt: skip
    population_kind = forms.ChoiceField(label="Ai phải thực hiện", required=False, choices=KINDS)
    population_levels = forms.MultipleChoiceField(
        label="Ở các cấp", required=False, choices=LEVELS, widget=forms.CheckboxSelectMultiple,
        help_text="Chỉ tiêu theo số liệu của chính địa bàn thì để trống.",
    )  # fmt: skip
    share = forms.CharField(
        label="Tỷ lệ đơn vị phải đạt", required=False, max_length=20,
        help_text="Ví dụ 80/100. Để trống là tất cả.",
    )  # fmt: skip
    comparator = forms.ChoiceField(label="So với tỷ lệ", choices=Comparator.choices)
    covers = forms.ChoiceField(label="Cụ thể hóa chỉ tiêu của cấp trên", required=False)
    measured_by = forms.CharField(label="Nguồn số liệu", required=False, max_length=300)
    evidence = forms.CharField(label="Minh chứng", required=False, max_length=300)

    def __init__(
        self,
        asked: Any = None,
        *,
        places: Sequence[tuple[int, str]],
        versions: Sequence["IndicatorVersion"],
        above: Sequence["Target"],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(asked, initial=initial)
        self._versions = {str(one.indicator_id): one for one in versions}
        self._above = {str(one.pk): one for one in above}
        self._choose("unit", list(places))
        self._choose("indicator", [CHOOSE, *((pk, one.name) for pk, one in self._versions.items())])
        self._choose(
            "covers", [("", "Không"), *((pk, one.title) for pk, one in self._above.items())]
        )
        counted = [CHOOSE, *((one.key, one.label) for one in counters.all_counters())]
        for place in range(RULES):
            self.fields[f"counter_{place}"] = forms.ChoiceField(
                label=f"Điều kiện {place + 1}", choices=counted, required=False
            )
            self.fields[f"minimum_{place}"] = forms.IntegerField(
                label="Ít nhất", required=False, min_value=1, max_value=1_000_000
            )

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields under their headings; what is asked is the reader's to choose."""
        named = {
            "Chỉ tiêu": ["unit", "title", "quality", "every", "on", "valid_from", "valid_to", "decision", "covers"],
            "Theo số liệu báo cáo": [
                "indicator", "aim", "bound", "goal", "change_by", "base_period", "milestones",
            ],
            "Đếm từ hồ sơ": [name for name in self.fields if name.startswith(("counter_", "minimum_"))],
            "Đối tượng": ["population_kind", "population_levels", "share", "comparator"],
            "Đánh giá": ["measured_by", "evidence"],
        }  # fmt: skip
        return [
            (words, [self[name] for name in names if name in self.fields])
            for words, names in named.items()
        ]

    def clean_share(self) -> tuple[int, int] | None:
        """(numerator, denominator) of `80/100`."""
        said = self.cleaned_data["share"].replace(" ", "")
        if not said:
            return None
        numerator, slash, denominator = said.partition("/")
        if not (slash and numerator.isdecimal() and denominator.isdecimal()):
            raise forms.ValidationError("Đồng chí vui lòng viết tỷ lệ như 80/100.")
        return int(numerator), int(denominator)

    @property
    def said(self) -> dict[str, Any]:
        """What is set, as the service takes it, but for the place and the first day."""
        told = dict(self.cleaned_data)
        version = self._versions.get(told["indicator"])
        figure = OfFigure(
            version.indicator if version else None, told["aim"], told["bound"], told["goal"],
            told["change_by"], told["base_period"].strip(), told["milestones"],
        )  # fmt: skip
        rules = [
            (told[f"counter_{place}"], told[f"minimum_{place}"] or 0)
            for place in range(RULES)
            if told[f"counter_{place}"]
        ]
        kept = ("title", "quality", "every", "valid_to", "population_kind", "population_levels",
                "share", "comparator", "measured_by", "evidence", "decision")  # fmt: skip
        return {
            **{name: told[name] for name in kept},
            "figure": None if told["quality"] == Quality.COUNTED else figure,
            "rules": rules,
            "covers": self._above.get(told["covers"]),
        }


class AmendForm(TargetForm):
    """What a target says from a day on, by a document; its place stays."""

    on = DayField(label="Sửa đổi từ ngày")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["unit"], self.fields["valid_from"]
        self.fields["decision"].required = True
        self.fields["decision"].label = "Văn bản sửa đổi"


class EndForm(RefusableForm):
    """From which day a target holds no more."""

    on = DayField(label="Hết hiệu lực từ ngày")


class DivideForm(RefusableForm):
    """The shares of the places below and the reserve, from a day on."""

    valid_from = DayField(label="Phân bổ từ ngày")
    decision = forms.CharField(label="Văn bản giao", required=False, max_length=200)
    reserve = AmountField(label="Dự phòng", required=False, help_text="Để trống là 0.")

    def __init__(
        self, asked: Any, *, below: Sequence[tuple[int, str]], given: dict[int, Decimal], day: date
    ) -> None:
        super().__init__(asked, initial={"valid_from": day})
        self.below = below
        for pk, name in below:
            self.fields[f"phan_{pk}"] = AmountField(
                label=name, required=False, initial=given.get(pk)
            )

    @property
    def lines(self) -> list[Any]:
        """A field for each place."""
        return [self[f"phan_{pk}"] for pk, _ in self.below]

    @property
    def shares(self) -> list[tuple[int, Decimal]]:
        """The shares that are written; an empty line gives nothing."""
        told = ((pk, self.cleaned_data[f"phan_{pk}"]) for pk, _ in self.below)
        return [(pk, amount) for pk, amount in told if amount is not None]


class RefusalForm(RefusableForm):
    """Why a unit does not take its share."""

    reason = forms.CharField(
        label="Lý do không nhận", max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )


def _number(written: str) -> Decimal | None:
    if not written:
        return None
    try:
        return parse_number(written)
    except ValueError as wrong:
        raise forms.ValidationError(str(wrong)) from wrong
