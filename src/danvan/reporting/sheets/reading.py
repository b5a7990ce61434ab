"""Read a report out of a workbook as people have it: ours with rows moved and columns inserted, or their own.

An item is found by its code, else by its label; a figure stands in the column headed "Số liệu" or the like.
Nothing is guessed: what could mean two things, and what is not found, is told cell by cell.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from danvan.foundation.errors import RuleError
from danvan.reporting.questions import Questions
from danvan.reporting.sheets import signing
from danvan.reporting.sheets.cells import RawCell, answer_in, is_estimate, says_nothing_happened
from danvan.reporting.sheets.crosswise import Crosswise, crosswise
from danvan.reporting.sheets.found import CellFault, Found, ReadSheet, Strange
from danvan.reporting.sheets.grids import Grid, grids_of
from danvan.reporting.sheets.headings import (
    HEADINGS,
    Labels,
    keys_of,
    means_answer,
    means_note,
)
from danvan.vietnamese.text import canonical, lower_first

MOST_TITLES = 60  # texts above the table, which may name the unit


def read_sheet(
    content: bytes, *, name: str, questions: Questions, labels: Labels | None = None
) -> ReadSheet:
    """What a workbook answers of a form. RuleError in a whole sentence where it is no report of it at all.

    `labels` are those of the questions, from who reads many workbooks.
    """
    grids = grids_of(content, name=name)
    read = ReadSheet()
    marks = {grid.title: _marks(grid) for grid in grids}
    read.mark = _mark_of(marks.values())
    labels = labels or Labels(questions)
    sheets = [_sheet_in(grid, questions, labels) for grid in grids]
    sheets = [one for one in sheets if one.asks]
    if read.mark is not None:
        sheets = [one for one in sheets if marks[one.grid.title]] or sheets
    if not sheets:
        raise RuleError(
            "Không thấy nội dung nào của biểu này trong tệp. Đồng chí vui lòng dùng tệp mẫu, "
            "hoặc giữ đúng mã hay tên nội dung."
        )
    for one in sheets:
        _read_crossings(read, one)
        if one.table is not None:
            _read_table(read, one.table, labels)
    read.absent = [
        code
        for code, question in questions.by_code.items()
        if not question.computed
        and code not in read.found
        and not any(fault.code == code for fault in read.faults)
    ]
    _refuse_figures_under_nil(read, questions)
    read.titles = [*read.titles, *(grid.title for grid in grids)][:MOST_TITLES]
    return read


@dataclass(slots=True)
class _Table:
    """A sheet with items of the form: which rows they stand in, and which columns answer. `taken` are not looked at."""

    grid: Grid
    first: int  # the first row that names an item
    taken: set[int]  # rows of what is laid out as a table
    answer: int = 0
    note: int = 0
    answers: list[RawCell] = field(default_factory=list)  # the headings of the answers' column

    def texts(self, row: int) -> list[str]:
        """What may name the item of a row, from the left."""
        cells = self.grid.rows[row]
        texts = [cells[at].text for at in sorted(cells) if at not in (self.answer, self.note)]
        return [text for text in texts if text and not text.startswith(signing.BEGINS)]


def _marks(grid: Grid) -> list[str]:
    return [
        cell.value
        for cells in grid.rows.values()
        for cell in cells.values()
        if isinstance(cell.value, str) and cell.value.startswith(signing.BEGINS)
    ]


def _mark_of(marked: Iterable[list[str]]) -> signing.SheetMark | None:
    marks = {mark for found in marked for mark in found}
    if len(marks) > 1:
        raise RuleError(
            "Tệp có mẫu của nhiều đơn vị hoặc nhiều kỳ. Đồng chí vui lòng để mỗi mẫu một tệp."
        )
    try:
        return signing.read_mark(marks.pop()) if marks else None
    except signing.AlteredMarkError:
        raise RuleError(
            "Dòng dấu của tệp mẫu đã bị sửa hoặc không do phần mềm này lập. "
            "Đồng chí vui lòng tải lại tệp mẫu rồi chép số liệu sang."
        ) from None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: what stands in it one below the other, and what stands crosswise."""

    grid: Grid
    table: _Table | None
    across: Crosswise

    @property
    def asks(self) -> bool:
        """Whether any item of the form is in it."""
        return self.table is not None or bool(
            self.across.crossings or self.across.unclear or self.across.doubled
        )


def _sheet_in(grid: Grid, questions: Questions, labels: Labels) -> _Sheet:
    across = crosswise(grid, questions, labels)
    return _Sheet(grid, _table_in(grid, labels, across), across)


def _table_in(grid: Grid, labels: Labels, across: Crosswise) -> _Table | None:
    """The list of a sheet; none where no row names an item, nor a section beside what stands crosswise."""
    rows = [row for row in sorted(grid.rows) if row not in across.lines]
    texts = {row: [cell.text for cell in grid.rows[row].values() if cell.text] for row in rows}
    first = next((row for row in rows if _names_item(labels, texts[row])), None)
    listed = first is not None
    if first is None and across.crossings:
        first = next((row for row in rows if labels.numbered(texts[row])), None)
    if first is None:
        return None
    table = _Table(grid, first, across.lines)
    for row in sorted((row for row in rows if row < first), reverse=True):
        cells = grid.rows[row]
        headed = [at for at in sorted(cells) if means_answer(cells[at].text)]
        if headed and not table.answers:
            table.answer, table.answers = headed[0], [cells[at] for at in headed]
        if not table.note:
            table.note = next((at for at in cells if means_note(cells[at].text)), 0)
    return table if listed or table.answers else None


def _names_item(labels: Labels, texts: list[str]) -> bool:
    return labels.by_code(texts) is not None or bool(labels.by_label(texts))


def _read_table(read: ReadSheet, table: _Table, labels: Labels) -> None:
    grid = table.grid
    read.titles += [
        cell.text for row in grid.rows if row < table.first for cell in grid.rows[row].values() if cell.text
    ]  # fmt: skip
    if len(table.answers) != 1:
        read.faults.append(_without_one_column(table))
        return
    section: int | None = None
    rows = {
        row: texts
        for row in sorted(grid.rows)
        if row not in table.taken and (texts := table.texts(row))
    }
    named_in = {row: (labels.by_code(texts), labels.by_label(texts)) for row, texts in rows.items()}
    naming = Counter(code for coded, named in named_in.values() for code in {coded, *named})
    for row, texts in rows.items():
        coded, named = named_in[row]
        here = labels.numbered(texts) or (None if coded else labels.section(texts))
        # Where a section bears the name of its one item, the row above is the section.
        again = len(named) == 1 and naming[named[0]] > 1 and here != section
        if coded is None and (not named or labels.numbered(texts) or (here and again)):
            section = here or section
            _read_other(read, table, row, here)
            continue
        code = _meant(read, table, row, labels, coded, named, section)
        if code is not None and not labels.question(code).computed:
            _read_item(read, table, row, labels, code)


def _without_one_column(table: _Table) -> CellFault:
    headed = table.answers
    if not headed:
        return CellFault(
            "Trang này không có cột “Số liệu”. Đồng chí vui lòng ghi “Số liệu” trên đầu cột cần nhập.",
            table.grid.title,
        )
    names = ", ".join(f"“{cell.text}” ({cell.address})" for cell in headed)
    return CellFault(
        f"Trang này có {len(headed)} cột đều có thể là số liệu của kỳ: {names}. "
        "Đồng chí vui lòng đặt tên “Số liệu” cho cột cần nhập và đổi tên các cột kia.",
        table.grid.title,
        headed[1].address,
    )


def _meant(
    read: ReadSheet,
    table: _Table,
    row: int,
    labels: Labels,
    coded: str | None,
    named: list[str],
    section: int | None,
) -> str | None:
    """The item that a row is about; a fault where it could be two."""
    if coded is not None:
        if named and coded not in named:
            other = labels.question(named[0]).label
            read.faults.append(
                _fault_at(table, row, coded, labels,
                    f"Dòng này ghi mã “{coded}” nhưng nội dung là “{other}”. Đồng chí vui lòng ghi lại cho khớp.")
            )  # fmt: skip
            return None
        return coded
    if len(named) == 1:
        return named[0]
    here = labels.within(named, section)
    if len(here) == 1:
        return here[0]
    codes = ", ".join(f"“{code}”" for code in named)
    read.faults.append(
        _fault_at(table, row, named[0], labels,
            f"Biểu có nhiều nội dung tên này. Đồng chí vui lòng ghi mã của nội dung ({codes}) vào cột “Mã”.")
    )  # fmt: skip
    return None


def _read_item(read: ReadSheet, table: _Table, row: int, labels: Labels, code: str) -> None:
    question = labels.question(code)
    address = _address(table, row)
    if code in read.found:
        before = read.found[code]
        where = (
            before.address
            if before.sheet == table.grid.title
            else f"{before.sheet}!{before.address}"
        )
        message = (
            f"Nội dung này đã có ở ô {where}. Đồng chí vui lòng chỉ để lại một dòng."
        )  # fmt: skip
        read.faults.append(_fault_at(table, row, code, labels, message))
        return
    cell = table.grid.at(row, table.answer)
    note = table.grid.at(row, table.note) if table.note else None
    text = ""
    try:
        text = answer_in(cell, question) if cell else ""
    except ValueError as wrong:
        read.faults.append(_fault_at(table, row, code, labels, str(wrong)))
    read.found[code] = Found(
        code=code,
        label=question.label,
        sheet=table.grid.title,
        address=address,
        shown=cell.shown if cell else "",
        text=text,
        note=(noted := canonical(note.shown).strip() if note else ""),
        estimated=question.number and cell is not None and is_estimate(cell, noted),
    )


def _read_crossings(read: ReadSheet, sheet: _Sheet) -> None:
    """What stands crosswise in a sheet."""
    title = sheet.grid.title
    for crossing in sheet.across.crossings:
        question, cell = crossing.question, crossing.cell
        here = (title, crossing.address, question.label, question.code)
        if question.code in read.found:
            before = read.found[question.code].address
            message = f"Ô này của bảng đã có ở ô {before}. Đồng chí vui lòng chỉ để lại một dòng."
            read.faults.append(CellFault(message, *here))
            continue
        text = ""
        try:
            text = answer_in(cell, question) if cell else ""
        except ValueError as wrong:
            read.faults.append(CellFault(str(wrong), *here))
        shown = cell.shown if cell else ""
        read.found[question.code] = Found(
            question.code, question.label, title, crossing.address, shown, text,
            estimated=cell is not None and is_estimate(cell, ""),
        )  # fmt: skip
    read.faults += [
        CellFault(
            f"Cột “{label}” của bảng đã có ở ô {before}. Đồng chí vui lòng chỉ để lại một cột.",
            title, cell.address, label,
        )
        for label, cell, before in sheet.across.doubled
    ]  # fmt: skip
    read.strange += [Strange(label, title, cell.address) for label, cell in sheet.across.strange]
    read.faults += [
        CellFault(
            f"Nhiều bảng của biểu có dòng “{label}”. Đồng chí vui lòng ghi tên mục ở dòng trên bảng.",
            title, cell.address, label,
        )
        for label, cell in sheet.across.unclear
    ]  # fmt: skip


def _read_other(read: ReadSheet, table: _Table, row: int, section: int | None) -> None:
    """A row that is no item: a section that may be said to have nothing, or one that is not of this form."""
    cell = table.grid.at(row, table.answer)
    if cell is None:
        return
    if section is not None:
        if says_nothing_happened(cell):
            read.nil.setdefault(section, (table.grid.title, cell.address))
        elif cell.text and not cell.text[:1].isdigit() and not means_answer(cell.text):
            message = f"Ô này ghi “{cell.text}”. Đồng chí chỉ ghi x khi cả mục không phát sinh; nếu không, xin để trống."
            read.faults.append(CellFault(message, table.grid.title, cell.address))
        return
    heading = row < table.first or any(cell.text == heading.text for heading in table.answers)
    numeric = isinstance(cell.value, int | float) or cell.text[:1].isdigit() or cell.error
    if numeric and not heading:
        label = max(table.texts(row), key=len)
        if keys_of(label) and label not in HEADINGS:
            read.strange.append(Strange(label, table.grid.title, cell.address))


def _refuse_figures_under_nil(read: ReadSheet, questions: Questions) -> None:
    """A section without anything that yet holds a figure says two things."""
    titles = {part.position: part for part in questions.sections}
    for position, (sheet, address) in read.nil.items():
        part = titles[position]
        if not part.may_be_nil:
            read.faults.append(
                CellFault(
                    "Mục này không đánh dấu “Không phát sinh” được. Đồng chí vui lòng ghi từng nội dung.",
                    sheet, address, part.title,
                )
            )  # fmt: skip
            continue
        for question in part.questions:
            one = read.found.get(question.code)
            if one is not None and one.text not in ("", "0"):
                read.faults.append(
                    CellFault(
                        f"Ô này ghi {one.shown}, nhưng {lower_first(part.title)} đã đánh dấu “Không phát sinh” "
                        f"ở ô {address}. Đồng chí vui lòng bỏ một trong hai.",
                        one.sheet, one.address, one.label, one.code,
                    )
                )  # fmt: skip


def _fault_at(table: _Table, row: int, code: str, labels: Labels, message: str) -> CellFault:
    label = labels.question(code).label
    return CellFault(message, table.grid.title, _address(table, row), label, code)


def _address(table: _Table, row: int) -> str:
    cell = table.grid.at(row, table.answer)
    if cell is not None:
        return cell.address
    return f"{table.answers[0].address.rstrip('0123456789')}{row}"
