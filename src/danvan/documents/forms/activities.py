"""Completing and correcting an activity that a text tells of."""

from collections.abc import Sequence
from typing import Any

from django import forms

from danvan.documents.bodies import ACTIVITIES, ActivityBody, Doer
from danvan.documents.forms.tasks import MOST_SUPPORTS, WHO_HELP, NamesUnits
from danvan.documents.gaps import QUESTIONS
from danvan.foundation import clock
from danvan.foundation.fields import DayField, WholeField
from danvan.indicators import counters
from danvan.organisations.selectors import last_names

WHO = "Đồng chí vui lòng chọn đơn vị chủ trì hoạt động này."


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of activities, as their counters call them."""
    return [
        (one.key.removeprefix(ACTIVITIES), one.label)
        for one in counters.all_counters()
        if one.key.startswith(ACTIVITIES)
    ]


class NamesWhoLed(NamesUnits):
    """A form that names who led an activity."""

    act, nowhere = "activities.record", "; hoạt động của nơi khác thì bỏ mục này"


class AskActivityForm(NamesWhoLed):
    """Only the parts of an activity that the text leaves unsaid."""

    def __init__(
        self,
        body: ActivityBody,
        missing: Sequence[str],
        *args: Any,
        register_id: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.body, self.missing, self.register_id = body, missing, register_id
        if "activity_kind" in missing:
            choices = [("", "Chọn…"), *kind_choices()]
            self.fields["activity_kind"] = forms.ChoiceField(
                label=QUESTIONS["activity_kind"], choices=choices
            )
        if "activity" in missing:
            self.fields["activity"] = forms.CharField(label=QUESTIONS["activity"], max_length=400)
        if "led_by" in missing:
            said = body.lead.words
            label = f"“{said}” là đơn vị nào trong sổ?" if said else QUESTIONS["led_by"]
            self.add_unit("led_by", label, required=False, help_text=WHO_HELP)
            self.fields["led_by"].needed_when = "cần có"  # type: ignore[attr-defined]
        if "held_on" in missing:
            self.fields["held_on"] = DayField(label=QUESTIONS["held_on"])

    def clean(self) -> dict[str, Any]:
        """One unit led it."""
        given = super().clean() or {}
        if "led_by" in self.missing and "led_by" not in self.errors:
            given["led_by"] = self.unit_in("led_by")
            if not given["led_by"] and "led_by" not in self.errors:
                self.add_error("led_by", WHO)
        return given

    def completed(self) -> dict[str, Any]:
        """The answers by part, as `services.accept_proposal` takes them."""
        return dict(self.cleaned_data)


class ActivityForm(NamesWhoLed):
    """An activity, every part of it."""

    kind = forms.ChoiceField(label="Loại hoạt động")
    title = forms.CharField(
        label="Nội dung", max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    held_on = DayField(label="Ngày thực hiện")
    place = forms.CharField(label="Địa điểm", max_length=200, required=False)
    quantity = WholeField(label="Số lượng (để trống là 1)", required=False)
    attendance = WholeField(label="Lượt người dự", required=False)
    persons = WholeField(label="Số người", required=False)
    opinions = WholeField(label="Lượt ý kiến", required=False)

    def __init__(self, body: ActivityBody, *args: Any, register_id: int, **kwargs: Any) -> None:
        shown = (
            "kind",
            "title",
            "held_on",
            "place",
            "quantity",
            "attendance",
            "persons",
            "opinions",
        )
        kwargs.setdefault("initial", {name: getattr(body, name) for name in shown})
        super().__init__(*args, **kwargs)
        self.body, self.register_id = body, register_id
        kind: Any = self.fields["kind"]
        kind.choices = [("", "Chọn…"), *kind_choices()]
        self.add_unit("lead", "Đơn vị chủ trì", required=False, help_text=WHO_HELP)
        helpers = [one for one in body.supports if one.unit_id is not None]
        known = [one.unit_id for one in (body.lead, *helpers) if one.unit_id]
        names = last_names(known, clock.today()) if known else {}
        self.initial["lead"] = names.get(body.lead.unit_id or 0, body.lead.words)
        self.add_units("support", "Đơn vị phối hợp", MOST_SUPPORTS, helpers, names)
        supports = [name for name in self.fields if name.startswith("support_")]
        self.order_fields(["kind", "title", "lead", *supports, *shown[2:]])

    def clean(self) -> dict[str, Any]:
        """One unit led it."""
        given = super().clean() or {}
        self.lead_id = None if "lead" in self.errors else self.unit_in("lead")
        if self.lead_id is None and "lead" not in self.errors:
            self.add_error("lead", WHO)
        self.units = self.units_in("support_")
        return given

    def corrected(self) -> dict[str, Any]:
        """The whole body, as `services.correct_proposal` takes it."""
        given = self.cleaned_data
        body = ActivityBody(
            kind=given["kind"],
            title=" ".join(given["title"].split()),
            lead=self._lead(),
            held_on=given["held_on"],
            place=" ".join(given["place"].split()),
            quantity=1 if given["quantity"] is None else given["quantity"],
            attendance=given["attendance"],
            persons=given["persons"],
            opinions=given["opinions"],
            supports=tuple(
                one
                for one in self.named("support_", self.body.supports)
                if one.unit_id != self.lead_id
            ),
            sentence=self.body.sentence,
            note=self.body.note,
        )
        return body.as_json()

    def _lead(self) -> Doer:
        """As the text names it, where it is still that unit."""
        if self.lead_id == self.body.lead.unit_id:
            return self.body.lead
        return Doer(words=self.cleaned_data["lead"], unit_id=self.lead_id)
