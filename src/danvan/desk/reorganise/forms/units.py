"""Which units a draft is about: those that give, those that take, those to be founded, what a unit becomes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.accounts.selectors import units_granted
from danvan.desk.reorganise.forms.fields import ACTION, unit_box, unit_meant, whole_number
from danvan.desk.reorganise.forms.starting import eve_of
from danvan.desk.reorganise.shapes import MANY, SHAPES, Asked
from danvan.foundation.refusals import RefusableForm
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Reorganisation

TYPE_WORDS = (
    "Tỉnh", "Thành phố", "Huyện", "Quận", "Thị xã", "Xã", "Phường", "Thị trấn", "Đặc khu", "Thôn", "Bản", "Tổ dân phố",
)  # fmt: skip
LEVELS = [(one.value, one.label) for one in Level if one != Level.COUNTRY]
SORTS = [("", "Địa bàn"), *Kind.choices]
GIVES, TAKES, FOUNDS = "gives", "takes", "founds"
# Hidden boxes that say how many rows of each list the page has.
ROWS = {GIVES: "so_cu", TAKES: "so_nhan", FOUNDS: "so_moi"}


@dataclass(frozen=True, slots=True)
class NewRow:
    """One unit to be founded, as the page says it. `pk` is that of its row in the draft, if it has one."""

    name: str = ""
    type_word: str = ""
    level: str = ""
    kind: str = ""
    code: str = ""
    under: str = ""  # the name of the place above, or of where an organisation stands
    under_id: int | None = None
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The units of a draft: ids, rows to be founded, and of a unit that only changes what it becomes."""

    gives: list[int] = field(default_factory=list)
    takes: list[int] = field(default_factory=list)
    founds: list[NewRow] = field(default_factory=list)
    change: dict[str, Any] = field(default_factory=dict)


class UnitsForm(RefusableForm):
    """Rows of boxes, as many as the kind asks for and the reader adds; without a script too."""

    def __init__(
        self,
        user: "User",
        draft: "Reorganisation",
        chosen: Chosen,
        data: Mapping[str, Any] | None = None,
        *,
        more: str = "",
    ) -> None:
        self.user, self.draft, self.more = user, draft, more
        self.shape, self.eve = SHAPES[draft.kind], eve_of(draft)
        self.sent: Mapping[str, Any] = data or {}
        # Where only another row is asked for, what was typed is shown again and nothing is judged.
        super().__init__(None if more else data)
        names = last_names([*chosen.gives, *chosen.takes], self.eve)
        self.counts: dict[str, int] = {}
        self.ids: dict[str, int | None] = {}
        self._add_units(GIVES, self.shape.gives, chosen.gives, names)
        self._add_units(TAKES, self.shape.takes, chosen.takes, names)
        self._add_founds(self.shape.founds, chosen.founds)
        self._add_change(chosen.change)
        if self.sent:
            self.ids = {name: whole_number(self.sent.get(f"{name}_id")) for name in self.ids}
            self.initial.update({name: self.sent.get(name, "") for name in self.fields})

    def _rows(self, sort: str, asked: Asked, known: int) -> int:
        """How many rows there are: as many as are kept or needed, or as the page had, and one more where asked."""
        shown = whole_number(self.sent.get(ROWS[sort]))
        rows = shown or max(known, asked.least, asked.offered)
        return min(rows + (self.more == sort), asked.most, MANY)

    def _add_units(
        self, sort: str, asked: Asked | None, known: Sequence[int], names: Mapping[int, str]
    ) -> None:
        if asked is None:
            return
        self.counts[sort] = self._rows(sort, asked, len(known))
        for at in range(self.counts[sort]):
            label = asked.label if self.counts[sort] == 1 else f"{asked.label} {at + 1}"
            name = f"{sort}_{at}"
            self.fields[name] = unit_box(name, label, on=self.eve)
            self.ids[name] = known[at] if at < len(known) else None
            self.initial[name] = names.get(self.ids[name] or 0, "")

    def _add_founds(self, asked: Asked | None, known: Sequence[NewRow]) -> None:
        if asked is None:
            return
        self.counts[FOUNDS] = self._rows(FOUNDS, asked, len(known))
        self.rows_known: list[int | None] = []
        for at in range(self.counts[FOUNDS]):
            row = known[at] if at < len(known) else NewRow()
            for part, box in _new_boxes(f"{FOUNDS}_{at}", self).items():
                name = f"{FOUNDS}_{at}_{part}"
                self.fields[name] = box
                self.initial[name] = getattr(row, part)
            self.ids[f"{FOUNDS}_{at}_under"] = row.under_id
            self.rows_known.append(row.pk)

    def _add_change(self, known: Mapping[str, Any]) -> None:
        for part in self.shape.changes:
            self.fields[part] = _change_box(part, self)
            self.initial[part] = known.get(part, "")
            if part == "parent":
                self.ids[part] = known.get("parent_id")

    def hidden(self) -> list[tuple[str, int]]:
        """The hidden boxes: how many rows, which units the boxes hold, which new units are kept rows."""
        found = [(ROWS[sort], count) for sort, count in self.counts.items()]
        found += [(f"{name}_id", pk) for name, pk in self.ids.items() if pk is not None]
        for at in range(self.counts.get(FOUNDS, 0)):
            name = f"{FOUNDS}_{at}_pk"
            kept = whole_number(self.sent.get(name)) if self.sent else self.rows_known[at]
            found += [(name, kept)] if kept is not None else []
        return found

    def gives(self) -> list[forms.BoundField]:
        """The boxes of the units that give."""
        return [self[f"{GIVES}_{at}"] for at in range(self.counts.get(GIVES, 0))]

    def takes(self) -> list[forms.BoundField]:
        """The boxes of the units that take."""
        return [self[f"{TAKES}_{at}"] for at in range(self.counts.get(TAKES, 0))]

    def founds(self) -> list[dict[str, forms.BoundField]]:
        """The boxes of each unit to be founded, by what they hold."""
        return [
            {part: self[f"{FOUNDS}_{at}_{part}"] for part in NEW_PARTS}
            for at in range(self.counts.get(FOUNDS, 0))
        ]

    def change_boxes(self) -> list[forms.BoundField]:
        """The boxes of what the unit becomes."""
        return [self[part] for part in self.shape.changes]

    def may_add(self, sort: str) -> bool:
        """Whether another row of a list may be asked for."""
        asked = getattr(self.shape, sort)
        return asked is not None and self.counts[sort] < min(asked.most, MANY)

    def clean(self) -> dict[str, Any]:
        """Find every unit that was named; say of every list whether there are enough."""
        said = super().clean() or {}
        gives, takes = self._units(GIVES), self._units(TAKES)
        founds = self._founds()
        self._enough(GIVES, gives)
        self._enough(TAKES, takes)
        self._enough(FOUNDS, founds)
        if not self.errors and len(takes) + len(founds) < self.shape.least_takers:
            self.add_error(
                None,
                "Đồng chí vui lòng nêu ít nhất"
                f" {self.shape.least_takers} đơn vị nhận, mới lập hoặc đang có.",
            )
        for unit in set(gives) & set(takes):
            name = last_names([unit], self.eve).get(unit, "")
            self.add_error(None, f"{name} đứng ở cả hai bên. Đồng chí vui lòng bỏ ở một bên.")
        self.chosen = Chosen(gives, takes, founds, self._change())
        if self.shape.changes and not self.errors and not any(self.chosen.change.values()):
            self.add_error(None, "Đồng chí vui lòng ghi ít nhất một điều thay đổi.")
        return said

    def _meant(self, name: str) -> int | None:
        words = " ".join(str(self.cleaned_data.get(name, "")).split())
        if not words:
            return None
        within = units_granted(self.user, ACTION)
        found = unit_meant(words, on=self.eve, picked=self.ids.get(name), within=within)
        if found.id is None:
            self.add_error(name, found.sentence)
        return found.id

    def _units(self, sort: str) -> list[int]:
        found: list[int] = []
        for at in range(self.counts.get(sort, 0)):
            unit = self._meant(f"{sort}_{at}")
            if unit in found:
                self.add_error(f"{sort}_{at}", "Đơn vị này đã nêu ở trên.")
            elif unit is not None:
                found.append(unit)
        return found

    def _founds(self) -> list[NewRow]:
        found = []
        for at in range(self.counts.get(FOUNDS, 0)):
            name = f"{FOUNDS}_{at}"
            said = {
                part: str(self.cleaned_data.get(f"{name}_{part}") or "").strip()
                for part in NEW_PARTS
            }
            if not said["name"]:
                if any(said[part] for part in ("type_word", "code", "kind")):
                    self.add_error(f"{name}_name", "Đồng chí vui lòng ghi tên đơn vị mới.")
                continue
            kept = whole_number(self.data.get(f"{name}_pk"))
            found.append(NewRow(**said, under_id=self._meant(f"{name}_under"), pk=kept))
        return found

    def _change(self) -> dict[str, Any]:
        change = {part: self.cleaned_data.get(part) or "" for part in self.shape.changes}
        if "parent" in change:
            change["parent_id"] = self._meant("parent")
            change.pop("parent")
        return change

    def _enough(self, sort: str, found: Iterable[Any]) -> None:
        asked: Asked | None = getattr(self.shape, sort)
        if asked is None or len(list(found)) >= asked.least:
            return
        if any(name.startswith(f"{sort}_") for name in self.errors):
            return
        first = f"{sort}_0_name" if sort == FOUNDS else f"{sort}_0"
        many = f"ít nhất {asked.least} đơn vị" if asked.least > 1 else "đơn vị"
        self.add_error(first, f"Đồng chí vui lòng nêu {many}.")


NEW_PARTS = ("name", "type_word", "level", "kind", "code", "under")


def _new_boxes(name: str, form: UnitsForm) -> dict[str, forms.Field]:
    words = [("", "Không có"), *((one, one) for one in TYPE_WORDS)]
    under = unit_box(f"{name}_under", "Thuộc địa bàn", on=form.eve)
    alone = form.shape.gives is None  # nothing of before to be like
    under.help_text = "Ví dụ: Tỉnh Nghệ An." if alone else "Để trống: như các đơn vị cũ."
    same = "Theo loại hình" if alone else "Như đơn vị cũ"
    return {
        "name": forms.CharField(label="Tên đầy đủ", required=False, max_length=200),
        "type_word": forms.ChoiceField(label="Loại hình", required=False, choices=words),
        "level": forms.ChoiceField(label="Cấp", required=False, choices=[("", same), *LEVELS]),
        "kind": forms.ChoiceField(label="Là", required=False, choices=SORTS),
        "code": forms.CharField(label="Mã", required=False, max_length=20),
        "under": under,
    }


def _change_box(part: str, form: UnitsForm) -> forms.Field:
    same = "Để trống: như cũ."
    if part == "parent":
        return unit_box("parent", "Cấp trên mới", on=form.eve, required=True)
    if part == "level":
        return forms.ChoiceField(label="Cấp mới", required=False, choices=[("", "Như cũ"), *LEVELS])
    if part == "type_word":
        words = [("", "Như cũ"), *((one, one) for one in TYPE_WORDS)]
        return forms.ChoiceField(label="Loại hình mới", required=False, choices=words)
    label, most = ("Tên mới, đầy đủ", 200) if part == "name" else ("Mã mới", 20)
    return forms.CharField(label=label, required=False, max_length=most, help_text=same)
