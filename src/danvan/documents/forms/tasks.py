"""Completing and correcting tasks: who leads and supports, by when, with what product."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from danvan.commitments.fields import RecurringDueFields
from danvan.documents.bodies import PLACE, Doer, TaskBody
from danvan.documents.gaps import QUESTIONS
from danvan.documents.wording import PLACES
from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import find_units, last_names, place_of, units_under
from danvan.topics.fields import TopicField
from danvan.topics.selectors import topic_said_in
from danvan.vietnamese.text import fold

MOST_LEADS, MOST_SUPPORTS = 4, 6
KINDS = [(PLACE, PLACES), *Kind.choices]
LEVELS = [(Level.COMMUNE.value, Level.COMMUNE.label), (Level.PROVINCE.value, Level.PROVINCE.label)]
# Who is most often told to do something: all of them at once.
GROUPS = [
    (f"{kind}:{Level.COMMUNE}", f"Tất cả: {label}, cấp xã")
    for kind, label in KINDS
    if kind != Kind.ADVISORY_BOARD
]
WHO_HELP = "Gõ tên đơn vị, không cần dấu, ví dụ: dang uy mon son."


class NamesUnits(forms.Form):
    """A form with units by what people type: with a script the suggestion brings the id, without one the name tells."""

    register_id: int
    units: dict[str, int | None]

    nowhere = "; việc của cấp trên hoặc nơi khác thì nêu ở mục Khó khăn, vướng mắc, hoặc bỏ mục này"
    act = "commitments.assign"  # what the units that are suggested may be chosen for

    def add_unit(self, name: str, label: str, *, required: bool, help_text: str = "") -> None:
        """A field for one unit; its id comes beside it under `<name>_id`."""
        query = urlencode({"viec": self.act})
        attrs = {
            "autocomplete": "off",
            "data-typeahead": f"{reverse('desk:find-units')}?{query}",
            "data-typeahead-id": f"{self.add_prefix(name)}_id",
        }
        self.fields[name] = forms.CharField(
            label=label,
            max_length=200,
            required=required,
            help_text=help_text,
            widget=forms.TextInput(attrs=attrs),
        )

    def add_units(
        self, name: str, label: str, most: int, known: Sequence[Doer], names: dict[int, str]
    ) -> None:
        """A field for each of these units, and one more."""
        for at in range(min(most, len(known) + 1)):
            more = "" if at == 0 else f" {at + 1}"
            self.add_unit(
                f"{name}_{at}",
                f"{label}{more}",
                required=False,
                help_text=WHO_HELP if not at else "",
            )
            if at < len(known):
                self.initial[f"{name}_{at}"] = names.get(known[at].unit_id or 0, known[at].words)

    def units_in(self, *prefixes: str) -> dict[str, int | None]:
        """The units that were typed into all fields of these names."""
        return {
            name: self.unit_in(name)
            for name in self.fields
            if name.startswith(prefixes) and name not in self.errors
        }

    def named(self, prefix: str, known: Sequence[Doer]) -> list[Doer]:
        """The units of these fields, each once, in the words of the text where it names them."""
        stated = {one.unit_id: one for one in known}
        ids = dict.fromkeys(pk for name, pk in self.units.items() if name.startswith(prefix) and pk)
        return [stated.get(pk) or Doer(words=self._typed(prefix, pk), unit_id=pk) for pk in ids]

    def _typed(self, prefix: str, unit_id: int) -> str:
        name = next(
            one for one, pk in self.units.items() if one.startswith(prefix) and pk == unit_id
        )
        return str(self.cleaned_data[name])

    def unit_in(self, name: str) -> int | None:
        """The unit that was typed into a field; None and an error where none or several fit."""
        words = self.cleaned_data.get(name, "")
        if not words:
            return None
        today = clock.today()
        picked = str(self.data.get(f"{self.add_prefix(name)}_id", ""))
        known = picked.isascii() and picked.isdigit() and len(picked) < 19
        # The id counts only while the name beside it is still that unit's.
        if known and fold(last_names([int(picked)], today).get(int(picked), "")) == fold(words):
            return int(picked)
        place_id = place_of(self.register_id, today)
        within = units_under([place_id] if place_id else [], on=today)
        found = find_units(words, on=today, within=within, limit=9)
        exact = [row for row in found if fold(row.name) == fold(words)]
        fits = exact if len(exact) == 1 else found
        if len(fits) == 1:
            return fits[0].id
        if fits:
            names = "; ".join(row.name for row in fits)
            self.add_error(name, f"Có nhiều đơn vị khớp: {names}. Đồng chí vui lòng ghi rõ tên.")
        else:
            self.add_error(
                name,
                f"Không có đơn vị nào khớp trong phạm vi của sổ này. Đồng chí vui lòng gõ lại{self.nowhere}.",
            )
        return None


class AskTaskForm(NamesUnits):
    """Only the parts of a task that the text leaves unsaid."""

    def __init__(
        self, body: TaskBody, missing: Sequence[str], *args: Any, register_id: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.body, self.missing, self.register_id = body, missing, register_id
        if "task" in missing:
            self.fields["task"] = forms.CharField(label=QUESTIONS["task"], max_length=400)
        if "lead" in missing:
            said = next((one.words for one in body.leads if not one.known), "")
            label = f"“{said}” là đơn vị nào trong sổ?" if said else QUESTIONS["lead"]
            self.add_unit("lead", label, required=False, help_text=WHO_HELP)
            self.fields["lead"].needed_when = "ghi một đơn vị, hoặc chọn nhóm bên dưới"  # type: ignore[attr-defined]
            self.fields["group"] = forms.ChoiceField(
                label="Hoặc giao cho nhiều đơn vị",
                choices=[("", "Chỉ một đơn vị nêu trên"), *GROUPS],
                required=False,
            )
            self.fields["group"].needed_when = "khi việc không của riêng một đơn vị"  # type: ignore[attr-defined]
        if "due" in missing:
            words = f" Văn bản ghi “{body.due_words}”." if body.due_words else ""
            self.fields["due"] = DayField(
                label=QUESTIONS["due"], required=False, help_text=words.strip()
            )
            self.fields["due"].needed_when = "ghi ngày, hoặc đánh dấu thường xuyên"  # type: ignore[attr-defined]
            self.fields["regular"] = forms.BooleanField(
                label="Thường xuyên, không có ngày cuối", required=False
            )
            self.fields["late"] = forms.CharField(
                label="Hạn đã qua: vì sao nay mới ghi", required=False, max_length=300
            )
            self.fields["late"].needed_when = "chỉ khi ngày ghi ở trên đã qua"  # type: ignore[attr-defined]
        if "product" in missing:
            self.fields["product"] = forms.CharField(
                label=QUESTIONS["product"],
                max_length=300,
                widget=forms.TextInput(attrs={"placeholder": "Ví dụ: báo cáo, biên bản, ảnh"}),
            )

    def clean(self) -> dict[str, Any]:
        """Exactly one lead or group; a day or "thường xuyên"."""
        given = super().clean() or {}
        if "lead" in self.missing and "lead" not in self.errors:
            given["lead"] = self.unit_in("lead")
            if not given["lead"] and not given.get("group") and "lead" not in self.errors:
                self.add_error(
                    "lead", "Đồng chí vui lòng chọn một đơn vị, hoặc chọn nhóm đơn vị bên dưới."
                )
        told = given.get("due") or given.get("regular") or "due" in self.errors
        if "due" in self.missing and not told:
            self.add_error(
                "due", "Đồng chí vui lòng ghi ngày, hoặc đánh dấu việc này là thường xuyên."
            )
        return given

    def completed(self) -> dict[str, Any]:
        """The answers by part, as `services.accept_proposal` takes them."""
        given = dict(self.cleaned_data)
        if given.get("group"):
            given["group"] = tuple(given["group"].split(":"))
        return given


class TaskForm(RecurringDueFields, NamesUnits):
    """A task, every part of it."""

    title = forms.CharField(
        label="Việc phải làm", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    kinds = forms.MultipleChoiceField(
        label="Hoặc mọi đơn vị thuộc loại",
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    levels = forms.MultipleChoiceField(
        label="Ở cấp nào", choices=LEVELS, widget=forms.CheckboxSelectMultiple, required=False
    )
    kept = forms.MultipleChoiceField(
        label="Phối hợp, như văn bản nêu", widget=forms.CheckboxSelectMultiple, required=False
    )
    endless = "regular"
    regular = forms.BooleanField(label="Thường xuyên, không có ngày cuối", required=False)
    product = forms.CharField(label="Sản phẩm", max_length=300)
    proof = forms.CharField(label="Minh chứng cần có", max_length=300, required=False)
    topic = TopicField()

    def __init__(self, body: TaskBody, *args: Any, register_id: int, **kwargs: Any) -> None:
        units = [one for one in body.leads if one.unit_id is not None]
        helpers = [one for one in body.supports if one.unit_id is not None]
        names = last_names(
            [one.unit_id for one in (*units, *helpers) if one.unit_id], clock.today()
        )
        kwargs.setdefault("initial", _initial(body))
        super().__init__(*args, **kwargs)
        self.body, self.register_id = body, register_id
        self.add_units("lead", "Đơn vị chủ trì", MOST_LEADS, units, names)
        self.add_units("support", "Đơn vị phối hợp", MOST_SUPPORTS, helpers, names)
        words = [(str(at), one.words) for at, one in enumerate(body.supports) if one.group]
        field: Any = self.fields["kept"]
        field.choices = words
        self.initial["kept"] = [at for at, _ in words]
        if not words:
            del self.fields["kept"]
        leads = [name for name in self.fields if name.startswith("lead_")]
        supports = [name for name in self.fields if name.startswith("support_")]
        del self.fields["no_end"]
        if body.regular and body.every:
            self.fields["every"].help_text = (
                f"Văn bản ghi “{body.due_words}”. Muốn mỗi kỳ là một việc riêng, đồng chí ghi hạn của lượt đầu ở "
                "“Hạn là ngày”, bỏ đánh dấu thường xuyên và chọn ở đây."
            )
        due = ["due_on", "term_n", "term_counted", "term_key", "regular", "old", "old_reason"]
        due += ["every", "until", "ahead"]
        rest = [*due, "product", "proof", "topic"]
        self.order_fields(["title", *leads, "kinds", "levels", *supports, "kept", *rest])

    def clean(self) -> dict[str, Any]:
        """Somebody leads, until a day or for good."""
        given = super().clean()
        self.units = self.units_in("lead_", "support_")
        named = any(pk for name, pk in self.units.items() if name.startswith("lead_"))
        grouped = bool(given.get("kinds")) and bool(given.get("levels"))
        if not named and not grouped and not any(one.startswith("lead_") for one in self.errors):
            self.add_error(
                "lead_0", "Đồng chí vui lòng chọn đơn vị chủ trì, hoặc chọn loại và cấp bên dưới."
            )
        if given.get("kinds") and not given.get("levels"):
            self.add_error("levels", "Đồng chí vui lòng chọn cấp của nhóm đơn vị này.")
        return given

    def corrected(self) -> dict[str, Any]:
        """The whole body, as `services.correct_proposal` takes it."""
        given, term = self.cleaned_data, self.cleaned_data["term_n"]
        body = TaskBody(
            title=" ".join(given["title"].split()),
            leads=(*self.named("lead_", self.body.leads), *self._groups()),
            supports=(*self.named("support_", self.body.supports), *self._kept()),
            due_on=None if given["regular"] else given["due_on"],
            due_words=self.body.due_words,
            regular=given["regular"],
            every=self.body.every if given["regular"] else "",
            product=" ".join(given["product"].split()),
            proof=" ".join(given["proof"].split()),
            sentence=self.body.sentence,
            note=self.body.note,
            topic_id=given["topic"],
            term_n=term.n if term else None,
            term_counted=term.counted if term else "",
            term_key=given["term_key"],
            term_words=str(term) if term else self._rule_words(),
            late=self.late_reason(),
            recurs=given["every"],
            recurs_until=given["until"],
            recurs_ahead=given["ahead"],
        )
        return body.as_json()

    def _rule_words(self) -> str:
        """The rule of the law that was chosen, as it was offered."""
        offered: Any = self.fields["term_key"]
        key: str = self.cleaned_data["term_key"]
        return str(dict(offered.choices)[key]) if key else ""

    def _groups(self) -> list[Doer]:
        levels = tuple(self.cleaned_data["levels"])
        stated = {one.kind: one.words for one in self.body.leads if one.group}
        labels = dict(KINDS)
        return [
            Doer(words=stated.get(kind, str(labels[kind])), kind=kind, levels=levels)
            for kind in self.cleaned_data["kinds"]
        ]

    def _kept(self) -> list[Doer]:
        chosen = set(self.cleaned_data.get("kept", ()))
        return [one for at, one in enumerate(self.body.supports) if str(at) in chosen]


def _initial(body: TaskBody) -> dict[str, Any]:
    groups = [one for one in body.leads if one.group]
    return {
        "title": body.title,
        "kinds": [one.kind for one in groups],
        "levels": sorted({level for one in groups for level in one.levels}),
        "due_on": body.due_on,
        "regular": body.regular,
        "term_n": body.term_n or "",
        "term_counted": body.term_counted,
        "term_key": body.term_key,
        "every": body.recurs,
        "until": body.recurs_until,
        "ahead": body.recurs_ahead,
        "old": bool(body.late),
        "old_reason": body.late,
        "product": body.product,
        "proof": body.proof,
        # What its words name is put before the reader, who may leave it or choose another.
        "topic": body.topic_id or topic_said_in(body.title, on=clock.today()),
    }
