"""The table of a section being written: its rows and columns, and which indicator each cell asks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from danvan.foundation.errors import Fault, RuleError
from danvan.reporting.designing import MOST_ITEMS, Content, NewItem, NewSection
from danvan.vietnamese.text import canonical, fold

MOST_ROWS, MOST_COLUMNS = 30, 8  # what a page of 1366 px can show without sideways scrolling
LONGEST_NAME = 120
At = tuple[int, int]


def names_in(text: str) -> tuple[str, ...]:
    """The names of rows or columns as they are typed, one a line."""
    return tuple(name for line in text.splitlines() if (name := " ".join(canonical(line).split())))


def with_table(
    content: Content,
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    may_be_nil: bool = True,
    kinds: Sequence[str] = (),
) -> Content:
    """One more section, laid out as a table. RuleError with all that is wrong with its rows and columns."""
    _refuse_names(rows, columns)
    grown = content.with_section(title, may_be_nil=may_be_nil, kinds=kinds)
    *before, made = grown.sections
    return replace(
        grown, sections=(*before, replace(made, rows=tuple(rows), columns=tuple(columns)))
    )


def with_table_changed(
    content: Content,
    place: int,
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    may_be_nil: bool,
    kinds: Sequence[str] = (),
) -> Content:
    """A table with other rows or columns. What stays under its name, or takes one's place, keeps its cells."""
    content = content.with_section_changed(place, title, may_be_nil=may_be_nil, kinds=kinds)
    _refuse_names(rows, columns)
    held = content.sections[place]
    to_row, to_column = _kept(held.rows, rows), _kept(held.columns, columns)
    wanted: dict[At, NewItem] = {}
    for item in held.items:
        row, column = to_row.get(item.row), to_column.get(item.column)
        if row is not None and column is not None:
            wanted[row, column] = item
    laid = replace(held, rows=tuple(rows), columns=tuple(columns))
    return _with_cells(content, place, laid, wanted)


def with_cells(content: Content, place: int, codes: Mapping[At, str]) -> Content:
    """The cells of a table with the indicators that they ask; a cell without one asks nothing.

    A question keeps its code while its indicator stays in the table. RuleError with every fault, by row and column.
    """
    held = content.section(place)
    asked = {at: code for at, code in codes.items() if code}
    _refuse_cells(content, held, asked)
    here = {(item.row, item.column): item for item in held.items if item.in_cell}
    by_indicator = {item.indicator_code: item for item in here.values()}
    wanted = {}
    for at, code in sorted(asked.items()):
        known = by_indicator.get(code)
        wanted[at] = known or NewItem("", "", code)
    return _with_cells(content, place, held, wanted)


def _with_cells(
    content: Content, place: int, laid: NewSection, wanted: Mapping[At, NewItem]
) -> Content:
    """The section with these cells, row by row, before what stands beside its table."""
    before = content.sections[place]
    gone = {item.code for item in before.items if item.in_cell} - {
        item.code for item in wanted.values()
    }
    listed = tuple(item for item in before.items if not item.in_cell)
    grown = content.with_only(place, replace(laid, items=listed), gone)
    for (row, column), item in sorted(wanted.items(), key=lambda one: one[0]):
        label = (
            item.label if _is_named(item, before) else f"{laid.rows[row]}: {laid.columns[column]}"
        )
        alone = replace(item, label=label, row=row, column=column, part_of="")
        grown = grown.with_item(place, alone)
    cells = grown.sections[place].items[len(listed) :]
    part_of = {item.code: item.part_of for item in wanted.values() if item.part_of not in gone}
    joined = [replace(item, part_of=part_of.get(item.code, "")) for item in cells]
    return grown.with_only(place, replace(laid, items=(*joined, *listed)), gone)


def _is_named(item: NewItem, section: NewSection) -> bool:
    """Whether somebody has named it otherwise than by its row and column."""
    if item.row is None or item.column is None:
        return False
    return item.label != f"{section.rows[item.row]}: {section.columns[item.column]}"


def _kept(before: Sequence[str], after: Sequence[str]) -> dict[int | None, int]:
    """Where each row or column has gone: by its name, else, where there are as many as before, by its place."""
    names = {fold(name): place for place, name in enumerate(after)}
    found: dict[int | None, int] = {
        place: names[fold(name)] for place, name in enumerate(before) if fold(name) in names
    }
    if len(before) == len(after):
        taken = set(found.values())
        for place in range(len(before)):
            if place not in found and place not in taken:
                found[place] = place
    return found


def _refuse_names(rows: Sequence[str], columns: Sequence[str]) -> None:
    faults = [
        *_name_faults("rows", "dòng", rows, MOST_ROWS),
        *_name_faults("columns", "cột", columns, MOST_COLUMNS),
    ]
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)


def _name_faults(column: str, called: str, names: Sequence[str], most: int) -> list[Fault]:
    found = []
    if not names:
        found.append(f"Đồng chí vui lòng ghi tên các {called}, mỗi {called} một hàng.")
    if len(names) > most:
        found.append(f"Một bảng có nhiều nhất {most} {called}.")
    if any(len(name) > LONGEST_NAME for name in names):
        found.append(f"Tên {called} dài nhất {LONGEST_NAME} ký tự.")
    folded = [fold(name) for name in names]
    twice = next((name for name in names if folded.count(fold(name)) > 1), "")
    if twice:
        found.append(f"Có hai {called} tên “{twice}”. Đồng chí vui lòng đặt tên khác nhau.")
    return [Fault(message, column=column) for message in found]


def _refuse_cells(content: Content, held: NewSection, asked: Mapping[At, str]) -> None:
    others = {
        item.indicator_code: item.label
        for item in content.items
        if item.indicator_code and not (item.in_cell and item in held.items)
    }
    faults, seen = [], dict[str, At]()
    for (row, column), code in sorted(asked.items()):
        where = f"{row}-{column}"
        if not (0 <= row < len(held.rows) and 0 <= column < len(held.columns)):
            faults.append(Fault("Ô này nằm ngoài bảng. Đồng chí vui lòng mở lại trang."))
        elif code in others:
            message = f"Chỉ số {code} đã được hỏi ở câu “{others[code]}”."
            faults.append(Fault(message, column=where))
        elif code in seen:
            faults.append(Fault(f"Chỉ số {code} đã ở một ô khác của bảng.", column=where))
        seen[code] = row, column
    many = len([item for item in content.items if not (item.in_cell and item in held.items)])
    if many + len(asked) > MOST_ITEMS:
        faults.append(Fault(f"Một biểu có nhiều nhất {MOST_ITEMS} câu hỏi."))
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
