"""Completing and correcting proposals: only what the text leaves unsaid is asked, everything may be put right."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms

from danvan.documents.bodies import (
    ActivityBody,
    Body,
    CitationBody,
    Condition,
    FigureBody,
    Group,
    TargetBody,
    TaskBody,
)
from danvan.documents.enums import DocumentType
from danvan.documents.forms.activities import ActivityForm, AskActivityForm
from danvan.documents.forms.fields import FigureField, ShareField
from danvan.documents.forms.tasks import AskTaskForm, TaskForm
from danvan.documents.gaps import QUESTIONS
from danvan.documents.wording import EVERY
from danvan.foundation.fields import DayField
from danvan.indicators import counters
from danvan.indicators.enums import Comparator, Quality
from danvan.organisations.enums import Kind, Level

CHOOSE = ("", "Chọn…")
NOT_COUNTED = "qualitative"
LEVELS = [choice for choice in Level.choices if choice[0] != Level.VILLAGE]
MOST_CONDITIONS = 6
READ_FROM_TEXT = [(one.value, one.label) for one in (Quality.COUNTED, Quality.QUALITATIVE)]


def counter_choices() -> list[tuple[str, str]]:
    """Everything that is counted, by label."""
    return [(counter.key, counter.label) for counter in counters.all_counters()]


class AskForm(forms.Form):
    """Only the parts that the text leaves unsaid, one question each."""

    def __init__(self, body: Body, missing: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body, self.missing = body, missing
        for part in missing:
            self._ask(part)

    def _ask(self, part: str) -> None:
        fields: dict[str, forms.Field] = {
            "kind": forms.ChoiceField(choices=[CHOOSE, *Kind.choices]),
            "levels": forms.MultipleChoiceField(
                choices=LEVELS, widget=forms.CheckboxSelectMultiple
            ),
            "every": forms.ChoiceField(choices=[CHOOSE, *EVERY.items()]),
            "valid_from": DayField(),
            "value": FigureField(),
        }
        if part == "conditions":
            self._ask_conditions()
            return
        field = fields.get(part) or forms.CharField(max_length=80 if part == "symbol" else 400)
        field.label = QUESTIONS[part]
        self.fields[part] = field

    def _ask_conditions(self) -> None:
        """A counter and a minimum for each condition that lacks them; one of each where none is stated."""
        assert isinstance(self.body, TargetBody)
        conditions = self.body.conditions or (Condition(),)
        for place, one in enumerate(conditions):
            if not one.counter:
                said = f"“{one.words}” đếm bằng hồ sơ nào?" if one.words else "Đếm bằng hồ sơ nào?"
                self.fields[f"counter_{place}"] = forms.ChoiceField(
                    label=said,
                    choices=[
                        CHOOSE,
                        (NOT_COUNTED, "Không đếm được, đánh giá theo minh chứng"),
                        *counter_choices(),
                    ],
                )
            if not one.minimum:
                self.fields[f"minimum_{place}"] = forms.IntegerField(
                    label="Ít nhất bao nhiêu?", min_value=1, max_value=1_000_000, required=False
                )

    def completed(self) -> dict[str, Any]:
        """The answers by part, as `services.accept_proposal` takes them."""
        given = dict(self.cleaned_data)
        pairs = []
        for place in range(MOST_CONDITIONS * 4):
            counter = given.pop(f"counter_{place}", "")
            minimum = given.pop(f"minimum_{place}", None)
            if counter == NOT_COUNTED:
                given["quality"] = Quality.QUALITATIVE.value
            pairs.append((counter, minimum))
        if "conditions" in self.missing:
            given["conditions"] = pairs[: max(1, len(getattr(self.body, "conditions", ())))]
        return given


class TargetForm(forms.Form):
    """A target, every part of it."""

    title = forms.CharField(
        label="Chỉ tiêu", max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    quality = forms.ChoiceField(
        label="Cách đánh giá", choices=READ_FROM_TEXT, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label="Loại tổ chức phải thực hiện",
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    levels = forms.MultipleChoiceField(
        label="Ở cấp nào", choices=LEVELS, widget=forms.CheckboxSelectMultiple, required=False
    )
    share = ShareField(label="Tỷ lệ đơn vị cần đạt (để trống: tất cả)", required=False)
    comparator = forms.ChoiceField(label="So với tỷ lệ", choices=Comparator.choices)
    every = forms.ChoiceField(label="Bao lâu tính một lần", choices=[CHOOSE, *EVERY.items()])
    valid_from = DayField(label="Tính từ ngày")
    last_day = DayField(label="Đến hết ngày", required=False)
    followed_by = forms.TypedChoiceField(
        label="Ai theo dõi", required=False, coerce=int, empty_value=None
    )
    measured_by = forms.CharField(label="Nguồn số liệu", max_length=300, required=False)
    evidence = forms.CharField(label="Minh chứng", max_length=300, required=False)

    def __init__(
        self, body: TargetBody, *args: Any, followers: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _target_initial(body))
        super().__init__(*args, **kwargs)
        self.body = body
        who: Any = self.fields["followed_by"]
        who.choices = [("", "Chưa rõ"), *followers]
        for place in range(min(MOST_CONDITIONS, len(body.conditions) + 1)):
            words = body.conditions[place].words if place < len(body.conditions) else ""
            self.fields[f"counter_{place}"] = forms.ChoiceField(
                label=f"Điều kiện {place + 1}: đếm {f'“{words}”' if words else 'cái gì'}",
                choices=[("", "Không dùng"), *counter_choices()],
                required=False,
            )
            self.fields[f"minimum_{place}"] = forms.IntegerField(
                label=f"Điều kiện {place + 1}: ít nhất",
                min_value=1,
                max_value=1_000_000,
                required=False,
            )
        conditions = [name for name in self.fields if name.startswith(("counter_", "minimum_"))]
        self.order_fields(["title", "quality", "kinds", "levels", *conditions, "share"])

    def conditions(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The conditions as pairs of fields: what is counted, and how many at least."""
        places = [name.removeprefix("counter_") for name in self.fields if "counter_" in name]
        return [(self[f"counter_{place}"], self[f"minimum_{place}"]) for place in places]

    def corrected(self) -> dict[str, Any]:
        """The whole body, as `services.correct_proposal` takes it."""
        given = self.cleaned_data
        counted = given["quality"] == Quality.COUNTED
        words = {group.kind: group.words for group in self.body.groups}
        body = TargetBody(
            title=" ".join(given["title"].split()),
            quality=given["quality"],
            groups=tuple(
                Group(kind=kind, levels=tuple(given["levels"]), words=words.get(kind, ""))
                for kind in given["kinds"]
            ),
            every=given["every"],
            conditions=self._conditions() if counted else (),
            share=given["share"],
            comparator=given["comparator"],
            valid_from=given["valid_from"],
            valid_to=given["last_day"] + timedelta(days=1) if given["last_day"] else None,
            measured_by=given["measured_by"],
            evidence=given["evidence"],
            followed_by=given["followed_by"],
            sentence=self.body.sentence,
            stated=self.body.stated,
            note=self.body.note,
        )
        return body.as_json()

    def _conditions(self) -> tuple[Condition, ...]:
        stated, found = self.body.conditions, []
        for place in range(len(self.conditions())):
            counter = self.cleaned_data[f"counter_{place}"]
            if counter:
                words = stated[place].words if place < len(stated) else ""
                minimum = self.cleaned_data[f"minimum_{place}"]
                found.append(Condition(counter=counter, minimum=minimum, words=words))
        return tuple(found)


def _target_initial(body: TargetBody) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "title": body.title,
        "quality": body.quality,
        "kinds": [group.kind for group in body.groups if group.kind],
        "levels": sorted({level for group in body.groups for level in group.levels}),
        "share": body.share,
        "comparator": body.comparator,
        "every": body.every,
        "valid_from": body.valid_from,
        "last_day": body.valid_to - timedelta(days=1) if body.valid_to else None,
        "followed_by": body.followed_by,
        "measured_by": body.measured_by,
        "evidence": body.evidence,
    }
    for place, one in enumerate(body.conditions[:MOST_CONDITIONS]):
        initial |= {f"counter_{place}": one.counter, f"minimum_{place}": one.minimum}
    return initial


class CitationForm(forms.Form):
    """A cited document."""

    symbol = forms.CharField(label="Số, ký hiệu", max_length=80, required=False)
    name = forms.CharField(label="Tên văn bản", max_length=300, required=False)
    document_type = forms.ChoiceField(
        label="Loại văn bản", choices=[("", "Chưa rõ"), *DocumentType.choices], required=False
    )
    issuer_name = forms.CharField(label="Cơ quan ban hành", max_length=200, required=False)
    issued_on = DayField(label="Ngày ban hành", required=False)

    def __init__(self, body: CitationBody, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(body, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)

    def corrected(self) -> dict[str, Any]:
        """The whole body."""
        return CitationBody(**self.cleaned_data).as_json()


class FigureForm(forms.Form):
    """A stated figure."""

    label = forms.CharField(label="Nội dung", max_length=400)
    value = FigureField(label="Con số", required=False)
    unit_label = forms.CharField(label="Đơn vị tính", max_length=60, required=False)
    numerator = FigureField(label="Tử số", required=False)
    denominator = FigureField(label="Mẫu số", required=False)
    period_words = forms.CharField(label="Kỳ", max_length=120, required=False)

    def __init__(self, body: FigureBody, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(body, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        self.body = body

    def corrected(self) -> dict[str, Any]:
        """The whole body; what the form does not show stays as read, a range gives way to one number."""
        shown = self.base_fields.keys()
        kept = {name: one for name, one in self.body.as_json().items() if name not in shown}
        if self.cleaned_data["value"] is not None:
            kept |= {"low": None, "high": None}
        return {**FigureBody(**self.cleaned_data).as_json(), **kept}


def ask_form(
    body: Body, missing: Sequence[str], *args: Any, register_id: int, **kwargs: Any
) -> AskForm | AskTaskForm | AskActivityForm:
    """The form that asks for what a proposal lacks. `register_id` is the unit whose register it stands in."""
    if isinstance(body, TaskBody):
        return AskTaskForm(body, missing, *args, register_id=register_id, **kwargs)
    if isinstance(body, ActivityBody):
        return AskActivityForm(body, missing, *args, register_id=register_id, **kwargs)
    return AskForm(body, missing, *args, **kwargs)


def correction_form(
    body: Body, *args: Any, register_id: int, followers: Sequence[tuple[int, str]] = ()
) -> TargetForm | CitationForm | FigureForm | TaskForm | ActivityForm:
    """The form that fits a proposal."""
    if isinstance(body, TargetBody):
        return TargetForm(body, *args, followers=followers)
    if isinstance(body, TaskBody):
        return TaskForm(body, *args, register_id=register_id)
    if isinstance(body, ActivityBody):
        return ActivityForm(body, *args, register_id=register_id)
    return FigureForm(body, *args) if isinstance(body, FigureBody) else CitationForm(body, *args)
