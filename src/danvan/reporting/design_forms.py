"""What people type when they write a form: its head, its sections, its questions, the day it begins."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.indicators.selectors import indicators_on
from danvan.organisations.enums import Level
from danvan.organisations.selectors import identities
from danvan.reporting.designing import NEEDS_ONE, Content, NewItem
from danvan.reporting.enums import ItemKind, Timing
from danvan.reporting.laying import names_in
from danvan.reporting.narrating import Named, pattern_faults
from danvan.reporting.selectors.designing import nameable, places_of_forms
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

REPORTING = (Level.PROVINCE, Level.COMMUNE, Level.VILLAGE)
NONE = [("", "Không là một phần của câu nào")]


class KindsForm(RefusableForm):
    """Something that may be asked of certain kinds of units only: those of the draft, all where none is ticked."""

    kinds = forms.MultipleChoiceField(
        label="Chỉ hỏi",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn loại nào là hỏi mọi đơn vị của biểu.",
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "kinds"])  # the last of all
        if kinds:
            self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]
        else:
            del self.fields["kinds"]


class HeadForm(KindsForm):
    """What a form is called, who owes it and by when."""

    kinds = forms.MultipleChoiceField(
        label="Chỉ gửi cho",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn loại nào là gửi cho mọi địa bàn của cấp báo cáo.",
    )

    name = forms.CharField(label="Tên biểu mẫu", max_length=300)
    level = forms.ChoiceField(
        label="Cấp báo cáo", choices=[(one.value, one.label) for one in REPORTING]
    )
    due_day = forms.IntegerField(
        label="Hạn gửi: ngày", min_value=1, max_value=28, help_text="Của tháng sau, từ 1 đến 28."
    )
    due_moves = forms.BooleanField(label="Hạn vào ngày nghỉ thì lùi", required=False)
    head_approves = forms.BooleanField(
        label="Lãnh đạo đơn vị duyệt trước khi gửi",
        required=False,
        help_text="Ngày lãnh đạo duyệt là ngày gửi.",
    )
    by_way = forms.BooleanField(
        label="Duyệt qua từng cấp",
        required=False,
        help_text="Mỗi cấp ở giữa duyệt lần lượt rồi mới đến nơi yêu cầu.",
    )
    source_symbol = forms.CharField(
        label="Căn cứ",
        max_length=80,
        required=False,
        help_text="Số, ký hiệu văn bản yêu cầu báo cáo.",
    )


class NewFormDraft(RefusableForm):
    """A form to be written from nothing."""

    unit = forms.ChoiceField(label="Đặt ở", help_text="Nơi nhận và duyệt báo cáo.")
    code = forms.CharField(label="Mã biểu", max_length=30, help_text="Ví dụ BM-02.")
    name = forms.CharField(label="Tên biểu mẫu", max_length=300)
    level = forms.ChoiceField(
        label="Cấp báo cáo",
        choices=[(one.value, one.label) for one in REPORTING],
        initial=Level.COMMUNE,
    )
    due_day = forms.IntegerField(
        label="Hạn gửi: ngày", min_value=1, max_value=28, initial=5, help_text="Của tháng sau."
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = places_of_forms(user, on=clock.today())  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, with the place itself."""
        place = int(self.cleaned_data["unit"])
        return {**self.cleaned_data, "unit": identities([place])[place]}


class SectionForm(KindsForm):
    """A section: its title, and whether all of it may be said to be nil."""

    title = forms.CharField(label="Tên mục", max_length=200)
    may_be_nil = forms.BooleanField(
        label="Cho báo “Không phát sinh” cả mục", required=False, initial=True
    )


class TableForm(SectionForm):
    """A section laid out as a table: the names of its rows and columns, one a line."""

    rows = forms.CharField(
        label="Các dòng",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng của bảng ghi một hàng, ví dụ: Hội nghị, Ngày hội.",
    )
    columns = forms.CharField(
        label="Các cột",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi cột ghi một hàng, ví dụ: Số cuộc, Nam, Nữ, Cộng.",
    )
    field_order = ("title", "rows", "columns", "may_be_nil", "kinds")

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, with the names of rows and columns as lists."""
        lists = {name: names_in(self.cleaned_data[name]) for name in ("rows", "columns")}
        return {**self.cleaned_data, **lists}


class ItemForm(KindsForm):
    """A question: a number for an indicator, or words."""

    label = forms.CharField(label="Câu hỏi", max_length=300)
    kind = forms.ChoiceField(label="Trả lời bằng", choices=ItemKind.choices)
    indicator_code = forms.ChoiceField(
        label="Chỉ số",
        error_messages={"required": NEEDS_ONE},
        help_text="Trả lời bằng số thì phải chọn. Số tính được từ chỉ số khác thì máy tính, đơn vị không phải nhập.",
    )
    help = forms.CharField(label="Hướng dẫn", max_length=400, required=False)
    part_of = forms.ChoiceField(label="Là một phần của câu", required=False)
    divided = forms.BooleanField(label="Các phần của câu này cộng lại bằng đúng nó", required=False)
    required = forms.BooleanField(label="Bắt buộc trả lời", required=False, initial=True)
    pattern = forms.CharField(
        label="Câu mẫu",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chỉ cho câu trả lời bằng lời. Số đặt trong ngoặc vuông, ví dụ: tổ chức [DV-02] hội nghị,"
        " lũy kế [DV-02|lũy kế], cùng kỳ [DV-02|cùng kỳ]. Chọn số ở dưới rồi bấm chèn.",
    )
    figure = forms.ChoiceField(label="Số để chèn", required=False)
    timing = forms.ChoiceField(label="Số của", choices=Timing.choices, required=False)
    carried = forms.BooleanField(label="Mang lời kỳ trước sang", required=False)

    def __init__(self, *args: Any, content: Content, besides: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(indicators_on(clock.today()), key=lambda one: one.indicator.code)
        others = [one for one in content.items if one.code != besides]
        self._nameable = nameable(others, known)
        # Words are for no indicator; where the browser asked for one, they could not be chosen at all.
        asked = (self.data if self.is_bound else self.initial).get("kind")
        self.fields["indicator_code"].required = asked != ItemKind.TEXT
        self.use_required_attribute = False
        self.fields["figure"].choices = [  # type: ignore[attr-defined]
            (one.indicator.code, f"{one.indicator.code}: {one.name}") for one in known
        ]
        self.fields["indicator_code"].choices = [("", "Chưa chọn")] + [  # type: ignore[attr-defined]
            (one.indicator.code, f"{one.indicator.code}: {one.name} ({one.unit_label})")
            for one in known
        ]
        self.fields["part_of"].choices = NONE + [  # type: ignore[attr-defined]
            (one.code, one.label)
            for one in content.items
            if one.kind == ItemKind.NUMBER and one.code != besides
        ]

    def clean_pattern(self) -> str:
        """The pattern; refused where it names what there is not."""
        pattern = canonical(self.cleaned_data["pattern"]).replace("\r\n", "\n")
        if self.cleaned_data.get("kind") != ItemKind.TEXT:
            return ""
        if faults := pattern_faults(pattern, self._nameable):
            raise forms.ValidationError(faults)
        return pattern

    @classmethod
    def with_figure(cls, posted: Mapping[str, str]) -> dict[str, Any]:
        """What was typed, with the figure that was chosen at the end of the pattern."""
        said: dict[str, Any] = {name: posted.get(name, "") for name in cls.base_fields}
        timing = said["timing"] if said["timing"] in Timing.values else Timing.NOW
        figure = f"{Named(said['figure'], Timing(timing))}" if said["figure"] else ""
        said["pattern"] = f"{said['pattern'].rstrip()} {figure}".strip()
        return said | {"kind": ItemKind.TEXT}

    @property
    def item(self) -> NewItem:
        """The question as it was typed; words are for no indicator and part of nothing."""
        said = dict(self.cleaned_data)
        del said["figure"], said["timing"]
        if said["kind"] == ItemKind.TEXT:
            said |= {"indicator_code": "", "part_of": "", "divided": False}
        else:
            said |= {"pattern": "", "carried": False}
        return NewItem(code="", **said | {"kinds": tuple(said.get("kinds", ()))})


class PublishForm(RefusableForm):
    """From which day a form is asked."""

    valid_from = DayField(
        label="Áp dụng từ ngày", help_text="Ngày đầu tháng: tháng ấy là kỳ đầu tiên phải gửi."
    )
