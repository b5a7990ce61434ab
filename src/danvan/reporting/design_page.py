"""The page on which a form is written: what is typed there, what becomes of it, and how it is shown."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.foundation.refusals import carried_out
from danvan.organisations.enums import Kind
from danvan.reporting import services
from danvan.reporting.design_forms import (
    HeadForm,
    ItemForm,
    PublishForm,
    SectionForm,
    TableForm,
)
from danvan.reporting.design_tables import CellGrid
from danvan.reporting.designing import GONE, Content
from danvan.reporting.forms import whole
from danvan.reporting.laying import with_table, with_table_changed
from danvan.reporting.models import FormDraft
from danvan.reporting.selectors.designing import (
    kind_among,
    kinds_offered,
    kinds_within,
    lines_of,
    seen_lines,
)
from danvan.reporting.selectors.ruling import RuleLine, ground_of_draft, lines_of_rules

if TYPE_CHECKING:
    from danvan.accounts.models import User

STEPS = {"len": -1, "xuong": 1, "len-muc": -1, "xuong-muc": 1}
CELLS = ("o", "o-chia")
EDITING = {
    "sua-muc": "muc", "sua-bang": "muc", "sua-cau": "cau", "them-cau": "them", "o": "o", "o-chia": "o",
}  # fmt: skip
Change = Callable[[Content], Content]


class DesignPage:
    """One draft before one reader. `posted` is None where the page is only looked at."""

    def __init__(
        self,
        draft: FormDraft,
        user: "User",
        asked: Mapping[str, str],
        posted: Mapping[str, str] | None,
    ) -> None:
        self.draft, self._user, self._asked = draft, user, asked
        self._posted = posted or {}
        self.refused, self.done = "", ""
        self.content = Content.read(draft.content)
        self.act = self._posted.get("viec", "")
        self.section = whole((posted or asked).get("muc"))
        self.place = whole((posted or asked).get("cau"))
        self.kinds = kinds_offered(draft, on=clock.today())
        within = kinds_within(draft, self.kinds)
        self.seen_as = kind_among(within, asked.get("nhu", ""))
        self.head = HeadForm(self._typed("dau"), initial=_head(draft), kinds=self.kinds)
        self.publishing = PublishForm(
            self._typed("ban-hanh"),
            initial={"valid_from": Period.containing(clock.today(), Every.MONTH).end},
        )
        self.section_form = SectionForm(
            self._typed("them-muc", "sua-muc"), initial=self._section_said(), auto_id="muc_%s",
            kinds=within,
        )  # fmt: skip
        self.table_form = TableForm(
            self._typed("them-bang", "sua-bang"), initial=self._section_said(), auto_id="bang_%s",
            kinds=within,
        )  # fmt: skip
        self.within = within

    @cached_property
    def item_form(self) -> ItemForm:
        """The boxes of one question: read only where one is being written, for they offer every indicator."""
        return ItemForm(
            None if self.inserting else self._typed("them-cau", "sua-cau"),
            initial=ItemForm.with_figure(self._posted) if self.inserting else self._item_said(),
            content=self.content,
            besides=self._item_code(),
            auto_id="cau_%s",
            kinds=self.within,
        )

    @cached_property
    def grid(self) -> CellGrid:
        """The boxes for the cells of a table: read only where these are being written."""
        posted = self._posted if self.act in CELLS else None
        return CellGrid(self.content.section(self._at(self.section)), posted)

    def _typed(self, *acts: str) -> Mapping[str, str] | None:
        return self._posted if self.act in acts else None

    @property
    def inserting(self) -> bool:
        """Whether a figure is put into the pattern of the question being written: nothing is kept by that."""
        return "chen" in self._posted and self.act in ("them-cau", "sua-cau")

    def carry_out(self) -> str | None:
        """Do what was asked; gives where to go on, None where it was refused: the page says why."""
        if self.inserting:
            return None
        forms: dict[str, tuple[Any, Callable[[], Any]]] = {
            "dau": (self.head, self._change_head),
            "ban-hanh": (self.publishing, self._publish),
            "them-muc": (self.section_form, self._changed(self._add_section)),
            "sua-muc": (self.section_form, self._changed(self._change_section)),
            "them-bang": (self.table_form, self._changed(self._add_table)),
            "sua-bang": (self.table_form, self._changed(self._change_table)),
        }
        if self.act in ("them-cau", "sua-cau"):
            change = self._add_item if self.act == "them-cau" else self._change_item
            forms[self.act] = (self.item_form, self._changed(change))
        if self.act in forms:
            form, act = forms[self.act]
            if carried_out(form, act) is not None:
                return self._next()
            if self.act in ("sua-muc", "sua-bang", "them-cau", "sua-cau") and not self._there():
                self.refused = GONE  # what the page would show it beside
            return None
        try:
            if self.act == "bo-ban":
                services.drop_form_draft(self.draft, changes=self._changes, actor=self._user)
                self.done = "Đã bỏ bản soạn."
            elif self.act in CELLS:
                if self.act == "o-chia":
                    self.grid.fill()
                self._changed(lambda content: self.grid.change(content, self._at(self.section)))()
            else:
                self._changed(self._move)()
        except RuleError as broken:
            self.refused = broken.message
            return None
        return self._next()

    @property
    def _changes(self) -> int:
        number = whole(self._posted.get("ban"))
        return self.draft.changes if number is None else number

    def _next(self) -> str:
        if self.act in ("ban-hanh", "bo-ban"):
            return reverse("reporting:manage")
        at = reverse("reporting:design", args=[self.draft.pk])
        return f"{at}#muc-{self.section}" if self.section is not None else at

    def _changed(self, change: Change) -> Callable[[], FormDraft]:
        return partial(
            services.change_form_draft, self.draft, change, changes=self._changes, actor=self._user
        )

    def _change_head(self) -> FormDraft:
        said = self.head.cleaned_data
        if said["level"] != self.draft.level:  # its places have other types
            said["kinds"] = [kind for kind in said["kinds"] if kind in Kind.values]
        return services.change_draft_head(
            self.draft, **said, changes=self._changes, actor=self._user
        )

    def _publish(self) -> Any:
        form = services.publish_form_draft(
            self.draft,
            valid_from=self.publishing.cleaned_data["valid_from"],
            changes=self._changes,
            actor=self._user,
        )
        self.done = (
            f"Đã ban hành {form.code}, phiên bản {form.number}. Đồng chí mở kỳ đầu tiên tại đây."
        )
        return form

    def _add_section(self, content: Content) -> Content:
        return content.with_section(**self.section_form.cleaned_data)

    def _change_section(self, content: Content) -> Content:
        return content.with_section_changed(
            self._at(self.section), **self.section_form.cleaned_data
        )

    def _add_table(self, content: Content) -> Content:
        return with_table(content, **self.table_form.said)

    def _change_table(self, content: Content) -> Content:
        return with_table_changed(content, self._at(self.section), **self.table_form.said)

    def _add_item(self, content: Content) -> Content:
        return content.with_item(self._at(self.section), self.item_form.item)

    def _change_item(self, content: Content) -> Content:
        return content.with_item_changed(
            self._at(self.section), self._at(self.place), self.item_form.item
        )

    def _move(self, content: Content) -> Content:
        section, place = self._at(self.section), self._at(self.place)
        if self.act in ("len-muc", "xuong-muc"):
            return content.with_section_moved(section, STEPS[self.act])
        if self.act in ("len", "xuong"):
            return content.with_item_moved(section, place, STEPS[self.act])
        if self.act == "bo-muc":
            return content.without_section(section)
        if self.act == "bo":
            return content.without_item(section, place)
        raise RuleError("Không có việc nào như vậy ở trang này. Đồng chí vui lòng mở lại trang.")

    def _there(self) -> bool:
        """Whether the section, and the question, that the address names are in the draft."""
        sections = self.content.sections
        if self.section is None or self.section >= len(sections):
            return False
        return self.place is None or self.place < len(sections[self.section].items)

    @staticmethod
    def _at(place: int | None) -> int:
        return -1 if place is None else place

    def _section_said(self) -> dict[str, Any]:
        """The section being changed, as it is."""
        if self.place is None and self.section is not None and "them" not in self._asked:
            for line in self.content.sections[self.section : self.section + 1]:
                return {
                    "title": line.title, "may_be_nil": line.may_be_nil, "kinds": line.kinds,
                    "rows": "\n".join(line.rows), "columns": "\n".join(line.columns),
                }  # fmt: skip
        return {}

    def _item_said(self) -> dict[str, Any]:
        """The question being changed, as it is."""
        if self.section is None or self.place is None:
            return {}
        for section in self.content.sections[self.section : self.section + 1]:
            for item in section.items[self.place : self.place + 1]:
                return {
                    name: getattr(item, name)
                    for name in ("code", "label", "kind", "indicator_code", "help", "part_of", "divided", "required", "kinds", "pattern", "carried")
                }  # fmt: skip
        return {}

    def _item_code(self) -> str:
        return str(self._item_said().get("code", ""))

    @property
    def editing(self) -> str:
        """What is being changed or added: a section, a question, one more question; empty where nothing is."""
        if self._posted:
            return EDITING.get(self.act, "")
        if self.section is None or self.section >= len(self.content.sections):
            return ""
        if "them" in self._asked:
            return "them"
        if "o" in self._asked and self.content.sections[self.section].rows:
            return "o"
        return "muc" if self.place is None else "cau"

    def context(self) -> dict[str, Any]:
        """For the template."""
        lines = lines_of(self.content, on=clock.today())
        return {
            "design": self,
            "draft": self.draft,
            "sections": lines,
            "seen": seen_lines(lines, self.seen_as),
            "seen_as": self.seen_as,
            "within": self.within,
            "rules": self._rules(),
        }

    def _rules(self) -> list[RuleLine]:
        """The checks of the draft in words; nothing is read where there are none."""
        rules, today = self.content.rules, clock.today()
        if not rules:
            return []
        return lines_of_rules(rules, ground_of_draft(self.draft, self.content, on=today))

    @property
    def faulty(self) -> bool:
        """Whether something was refused."""
        forms = [self.head, self.publishing, self.section_form, self.table_form]
        if self.act in ("them-cau", "sua-cau"):
            forms.append(self.item_form)
        return bool(self.refused) or any(form.is_bound and form.errors for form in forms)


def _head(draft: FormDraft) -> dict[str, Any]:
    names = (
        "name",
        "level",
        "due_day",
        "due_moves",
        "head_approves",
        "by_way",
        "source_symbol",
        "kinds",
    )
    return {name: getattr(draft, name) for name in names}
