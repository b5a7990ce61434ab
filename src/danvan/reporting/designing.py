"""The sections and questions of a form being written, as plain values: added, changed, moved and dropped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self, TypeVar

from danvan.foundation.errors import Fault, RuleError
from danvan.reporting.enums import ItemKind
from danvan.reporting.rules import Rule
from danvan.vietnamese.text import canonical, fold

T = TypeVar("T")
C = TypeVar("C", bound="Content")
NO_LETTER = re.compile(r"[^a-z0-9]+")
MOST_SECTIONS, MOST_ITEMS = 30, 200  # what a month's report can be read with
LONGEST_CODE = 30
GONE = "Mục hoặc câu này không còn trong bản soạn. Đồng chí vui lòng mở lại trang rồi làm tiếp."
NEEDS_ONE = "Câu hỏi số cần một chỉ số. Đồng chí vui lòng chọn."


@dataclass(frozen=True, slots=True)
class NewItem:
    """One question of a form to be. `indicator_code` for a number; `part_of` is the code of another item.

    `divided`: the items that are part of this one together make it up, with no rest. `kinds`: of units that are asked,
    all where there are none. `row` and `column` are its cell in the table of its section, counted from 0. Of words:
    the `pattern` they begin with (see `narrating`), and whether those of the month before are offered (`carried`).
    """

    code: str
    label: str
    indicator_code: str = ""
    kind: str = ItemKind.NUMBER
    help: str = ""
    required: bool = True
    part_of: str = ""
    divided: bool = False
    kinds: Sequence[str] = ()
    row: int | None = None
    column: int | None = None
    pattern: str = ""
    carried: bool = False

    @property
    def in_cell(self) -> bool:
        """Whether it stands in the table of its section."""
        return self.row is not None


@dataclass(frozen=True, slots=True)
class NewSection:
    """A titled part of a form to be; `may_be_nil` offers "Không phát sinh" for all of it.

    `kinds`: of units that are asked, all where there are none. A table has labels of its `rows` and `columns`.
    """

    title: str
    items: Sequence[NewItem]
    may_be_nil: bool = True
    kinds: Sequence[str] = ()
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All sections in order, and the rules. Sections and questions are named by their places, counted from 0."""

    sections: tuple[NewSection, ...] = ()
    rules: tuple[Rule, ...] = ()

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """From what a draft keeps."""
        return cls(
            tuple(
                NewSection(
                    **_fixed(one)
                    | {"items": tuple(NewItem(**_fixed(item)) for item in one["items"])}
                )
                for one in kept.get("sections", ())
            ),
            tuple(Rule(**one | {"items": tuple(one["items"])}) for one in kept.get("rules", ())),
        )

    def kept(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            "sections": [asdict(one) for one in self.sections],
            "rules": [asdict(one) for one in self.rules],
        }

    def with_rules(self, rules: Sequence[Rule]) -> Self:
        """With these rules in place of those it had."""
        return replace(self, rules=tuple(rules))

    @property
    def items(self) -> list[NewItem]:
        """Every question in order."""
        return [item for section in self.sections for item in section.items]

    def with_section(
        self, title: str, *, may_be_nil: bool = True, kinds: Sequence[str] = ()
    ) -> Self:
        """One more section, at the end. RuleError where it has no title or there are too many."""
        if len(self.sections) >= MOST_SECTIONS:
            raise RuleError(f"Một biểu có nhiều nhất {MOST_SECTIONS} mục.")
        made = NewSection(_titled(title), (), may_be_nil, tuple(kinds))
        return replace(self, sections=(*self.sections, made))

    def with_section_changed(
        self, place: int, title: str, *, may_be_nil: bool, kinds: Sequence[str] = ()
    ) -> Self:
        """A section with another title, with or without "Không phát sinh", or for other kinds of units."""
        held, kinds = self.section(place), tuple(kinds)
        changed = replace(held, title=_titled(title), may_be_nil=may_be_nil, kinds=kinds)
        return _put(self, place, changed)

    def with_only(self, place: int, section: NewSection, gone: set[str]) -> Self:
        """Another section in a place; what was part of a question that is `gone` is part of nothing."""
        return _without_parts(_put(self, place, section), gone)

    def with_section_moved(self, place: int, by: int) -> Self:
        """A section one place up (`by` -1) or down (1); at the edge it stays."""
        self.section(place)
        return replace(self, sections=_moved(self.sections, place, by))

    def without_section(self, place: int) -> Self:
        """Without a section and its questions; what was part of one of them is part of nothing."""
        gone = {item.code for item in self.section(place).items}
        left = (*self.sections[:place], *self.sections[place + 1 :])
        return _without_parts(replace(self, sections=left), gone)

    def with_item(self, section: int, item: NewItem) -> Self:
        """One more question at the end of a section; it is given a code where it has none."""
        if len(self.items) >= MOST_ITEMS:
            raise RuleError(f"Một biểu có nhiều nhất {MOST_ITEMS} câu hỏi.")
        held = self.section(section)
        item = replace(item, code=item.code or self._code_for(item))
        self._refuse(item, besides=None)
        return _put(self, section, replace(held, items=(*held.items, _clean(item))))

    def with_item_changed(self, section: int, place: int, item: NewItem) -> Self:
        """A question asked otherwise. It keeps its code, so that its answers go on from one version to the next."""
        held = self.section(section)
        before = self._item(section, place)
        item = replace(item, code=before.code, row=before.row, column=before.column)
        self._refuse(item, besides=before.code)
        items = (*held.items[:place], _clean(item), *held.items[place + 1 :])
        return _put(self, section, replace(held, items=items))

    def with_item_moved(self, section: int, place: int, by: int) -> Self:
        """A question one place up or down within its section; past its edge into the section beside it."""
        held, item = self.section(section), self._item(section, place)
        beside = section + by
        if item.in_cell:  # it stands where its row and column are
            return self
        near = held.items[place + by] if 0 <= place + by < len(held.items) else None
        if near is not None and not near.in_cell:
            return _put(self, section, replace(held, items=_moved(held.items, place, by)))
        if not 0 <= beside < len(self.sections):
            return self
        left = replace(held, items=(*held.items[:place], *held.items[place + 1 :]))
        other = self.sections[beside].items
        cells = tuple(one for one in other if one.in_cell)
        into = (*other, item) if by < 0 else (*cells, item, *other[len(cells) :])
        taken = replace(self.sections[beside], items=into)
        return _put(_put(self, section, left), beside, taken)

    def without_item(self, section: int, place: int) -> Self:
        """Without a question; what was part of it is part of nothing."""
        held, item = self.section(section), self._item(section, place)
        items = (*held.items[:place], *held.items[place + 1 :])
        return _without_parts(_put(self, section, replace(held, items=items)), {item.code})

    def section(self, place: int) -> NewSection:
        """The section at a place; RuleError where there is none."""
        if not 0 <= place < len(self.sections):
            raise RuleError(GONE)
        return self.sections[place]

    def _item(self, section: int, place: int) -> NewItem:
        items = self.section(section).items
        if not 0 <= place < len(items):
            raise RuleError(GONE)
        return items[place]

    def _code_for(self, item: NewItem) -> str:
        """A code out of the indicator's or the words, that no other question has."""
        letters = NO_LETTER.sub("-", fold(item.indicator_code or item.label))
        wanted = letters[: LONGEST_CODE - 4].strip("-") or "cau"
        taken, code, number = {one.code for one in self.items}, wanted, 1
        while code in taken:
            number += 1
            code = f"{wanted}-{number}"
        return code

    def _refuse(self, item: NewItem, *, besides: str | None) -> None:
        """RuleError with every fault of a question among the others."""
        others = [one for one in self.items if one.code != besides]
        faults = []
        if not item.label.strip():
            faults.append(Fault("Đồng chí vui lòng ghi câu hỏi.", column="label"))
        if item.kind == ItemKind.NUMBER and not item.indicator_code:
            faults.append(Fault(NEEDS_ONE, column="indicator_code"))
        asked = [one.label for one in others if one.indicator_code == item.indicator_code != ""]
        if asked:
            faults.append(
                Fault(f"Chỉ số này đã được hỏi ở câu “{asked[0]}”.", column="indicator_code")
            )
        if item.in_cell and item.kind != ItemKind.NUMBER:
            faults.append(Fault("Ô của bảng phải hỏi một số.", column="kind"))
        numbers = {one.code for one in others if one.kind == ItemKind.NUMBER}
        if item.part_of and (item.kind != ItemKind.NUMBER or item.part_of not in numbers):
            faults.append(
                Fault(
                    "Chỉ một câu hỏi số mới là một phần của một câu hỏi số khác.", column="part_of"
                )
            )
        elif item.part_of and self._leads_back(item, others):
            faults.append(
                Fault(
                    "Hai câu không thể là một phần của nhau. Đồng chí vui lòng chọn câu khác.",
                    column="part_of",
                )
            )
        if faults:
            raise RuleError(" ".join(fault.message for fault in faults), faults=faults)

    def _leads_back(self, item: NewItem, others: list[NewItem]) -> bool:
        above = {one.code: one.part_of for one in others}
        at, met = item.part_of, {item.code}
        while at:
            if at in met:
                return True
            met.add(at)
            at = above.get(at, "")
        return False


def _fixed(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept with lists as the tuples they were."""
    return {name: tuple(said) if isinstance(said, list) else said for name, said in kept.items()}


def _put(content: C, place: int, section: NewSection) -> C:
    sections = (*content.sections[:place], section, *content.sections[place + 1 :])
    return replace(content, sections=sections)


def _without_parts(content: C, gone: set[str]) -> C:
    """What was part of a question that is gone is part of nothing."""
    return replace(
        content,
        sections=tuple(
            replace(
                section,
                items=tuple(
                    replace(item, part_of="") if item.part_of in gone else item
                    for item in section.items
                ),
            )
            for section in content.sections
        ),
    )


def _titled(title: str) -> str:
    title = canonical(title).strip()
    if not title:
        raise RuleError(
            "Đồng chí vui lòng đặt tên mục.",
            faults=[Fault("Đồng chí vui lòng đặt tên mục.", column="title")],
        )
    return title


def _clean(item: NewItem) -> NewItem:
    return replace(
        item,
        label=canonical(item.label).strip(),
        help=canonical(item.help).strip(),
        pattern=canonical(item.pattern).replace("\r\n", "\n").strip(),
    )


def _moved(rows: Sequence[T], place: int, by: int) -> tuple[T, ...]:
    to, held = place + by, list(rows)
    if not 0 <= to < len(rows):
        return tuple(held)
    held[place], held[to] = held[to], held[place]
    return tuple(held)
