"""What is wrong with how a form is laid out: whom its parts are asked of, and the cells of its tables."""

from collections import Counter
from collections.abc import Iterable, Sequence

from danvan.foundation.errors import Fault
from danvan.organisations.enums import Kind
from danvan.reporting.applying import applies, kinds_told
from danvan.reporting.designing import NewItem, NewSection
from danvan.reporting.enums import ItemKind

LONGEST_KIND = 40


def kind_faults(kinds: Sequence[str], sections: Sequence[NewSection]) -> Iterable[Fault]:
    """Parts that are asked of nobody, and kinds of units that are asked nothing."""
    for kind in dict.fromkeys([*kinds, *(one for part in sections for one in part.kinds)]):
        if not 0 < len(kind.strip()) <= LONGEST_KIND or kind != kind.lower():
            yield Fault(f"Không có loại đơn vị “{kind}”.", column="kinds")
    for section in sections:
        if stray := _stray(section.kinds, kinds):
            told = kinds_told(stray)
            yield Fault(
                f"Mục “{section.title}” hỏi {told}, nhưng biểu không gửi cho đơn vị ấy.",
                column="kinds",
            )
            continue
        for item in section.items:
            within = section.kinds or kinds
            if stray := _stray(item.kinds, within):
                yield Fault(
                    f"Câu “{item.label}” hỏi {kinds_told(stray)}, nhưng mục “{section.title}” hoặc biểu không hỏi"
                    " đơn vị ấy.",
                    column=item.code,
                )
    for kind in kinds:
        if sections and not any(
            _asks(section, item, kind) for section in sections for item in section.items
        ):
            yield Fault(f"Biểu gửi cho {kinds_told([kind])} nhưng không có câu nào hỏi.", column="kinds")  # fmt: skip


def laying_faults(sections: Sequence[NewSection]) -> Iterable[Fault]:
    """Tables without rows or columns, rows and columns that ask nothing, cells that are no cells."""
    for section in sections:
        if bool(section.rows) != bool(section.columns):
            yield Fault(f"Bảng “{section.title}” cần cả dòng và cột.", column="rows")
        elif section.rows:
            yield from _table_faults(section)
        elif any(item.in_cell for item in section.items):
            yield Fault(f"Mục “{section.title}” không phải là bảng.", column="rows")


def _table_faults(section: NewSection) -> Iterable[Fault]:
    cells = [item for item in section.items if item.in_cell]
    for item in cells:
        inside = 0 <= (item.row or 0) < len(section.rows) and item.column is not None
        if not inside or not 0 <= (item.column or 0) < len(section.columns):
            yield Fault(f"Câu “{item.label}” nằm ngoài bảng.", column=item.code)
        if item.kind != ItemKind.NUMBER:
            yield Fault(f"Ô “{item.label}” của bảng phải hỏi một số.", column=item.code)
    for (row, column), many in Counter((one.row, one.column) for one in cells).items():
        if many > 1:
            yield Fault(
                f"Bảng “{section.title}”: dòng {(row or 0) + 1}, cột {(column or 0) + 1} có {many} câu hỏi.",
                column="rows",
            )
    asked = {item.row for item in cells}, {item.column for item in cells}
    for called, labels, found in zip(
        ("dòng", "cột"), (section.rows, section.columns), asked, strict=True
    ):
        for place, label in enumerate(labels):
            if place not in found:
                yield Fault(
                    f"Bảng “{section.title}”: {called} “{label}” chưa có ô nào hỏi.", column="rows"
                )


def _stray(kinds: Sequence[str], within: Sequence[str]) -> list[str]:
    """Those of the kinds that are not asked at all; without a choice places are, whatever their type."""
    if within:
        return [kind for kind in kinds if kind not in within]
    return [kind for kind in kinds if kind in Kind.values]


def _asks(section: NewSection, item: NewItem, kind: str) -> bool:
    return applies(section.kinds, kind) and applies(item.kinds, kind)
