"""Read a table out of a workbook as people keep it: titles above, headings in two rows, numbers as text.

Only the shape is read here; what the cells mean is judged by who asks.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Any, NoReturn, TypeVar

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical, fold

T = TypeVar("T")
MOST_ROWS = 5_000  # unless the reader asks for more
MOST_COLUMNS = 60
HEADINGS_WITHIN = 30  # rows from the top
ENOUGH = 3  # known headings that make a table
UNPACKED_MB = 80
MOST_PARTS = 2_000
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Za-z])\)?")
FORMULA = "Ô này là công thức. Đồng chí vui lòng chép rồi dán dạng giá trị (Paste Values)."
EMPTY_RUN = 500  # formatted but empty rows after which the table is over


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula: what it shows depends on the program that opens it."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: its number in the sheet, and its cells by field; empty cells are None."""

    number: int
    cells: Mapping[str, Any]

    def said(self, field: str, reader: Callable[[Any], T]) -> T | None:
        """What a cell says to `reader`; None where it is empty. ValueError in a sentence where it says nothing."""
        value = self.cells.get(field)
        if value is None:
            return None
        if isinstance(value, Formula):
            raise ValueError(FORMULA)
        return reader(value)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under the headings, the headings as written by field, and the headings nobody asked for."""

    rows: Sequence[Row]
    headings: Mapping[str, str]
    unused: Sequence[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What table is looked for: `subject` and `example` name it in refusals.

    `synonyms` maps a folded heading to the field it means; a table is recognised by at least three of
    them, `needed` fields must be there.
    """

    subject: str  # hoạt động
    example: str  # Mã đơn vị, Loại tổ chức, ...
    synonyms: Mapping[str, str]
    needed: Sequence[str]
    most_rows: int = MOST_ROWS


def read_table(content: bytes, *, name: str, wanted: Wanted) -> Table:
    """The one table in a workbook whose headings are known.

    RuleError with a whole sentence where the file cannot be read so.
    """
    files.inspect(content, name=name, allowed=files.SHEETS)
    check_package(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles and extensions
            return _read(content, wanted)
    except RuleError:
        raise
    except (InvalidFileException, KeyError, ValueError, TypeError, zipfile.BadZipFile, zlib.error, OSError,
            SyntaxError, AttributeError, IndexError) as broken:  # fmt: skip
        raise RuleError(
            "Không đọc được tệp Excel này. Đồng chí vui lòng mở bằng Excel, lưu lại dạng .xlsx rồi gửi."
        ) from broken


def check_package(content: bytes) -> None:
    """Refuse bombs and document type definitions before anything is unpacked for good."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > UNPACKED_MB * 1024 * 1024:
            _refuse(
                f"Tệp Excel này khi mở ra lớn hơn {UNPACKED_MB} MB nên không nhận. "
                "Đồng chí vui lòng chỉ để lại bảng cần nhập."
            )
        if any(_declares_type(package, part) for part in parts if part.filename.endswith(".xml")):
            _refuse("Tệp Excel có phần khai báo không an toàn nên không nhận.")


def _declares_type(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether an XML part has a DOCTYPE, where entities could be declared; Excel never writes one."""
    before = b""
    try:
        with package.open(part) as stream:
            while piece := stream.read(1 << 20):
                if b"<!DOCTYPE" in before + piece:
                    return True
                before = piece[-16:]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, zlib.error):
        _refuse(
            "Tệp Excel bị hỏng hoặc có mật khẩu. Đồng chí vui lòng lưu lại không mật khẩu rồi gửi."
        )
    return False


def _read(content: bytes, wanted: Wanted) -> Table:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        found = [
            (sheet.title, table)
            for sheet in book.worksheets
            if isinstance(sheet, ReadOnlyWorksheet)
            and sheet.sheet_state == "visible"
            and (table := _table_in(sheet, wanted)) is not None
        ]
    finally:
        book.close()
    if not found:
        _refuse(
            f"Không thấy bảng {wanted.subject} trong tệp. Đồng chí vui lòng giữ dòng tiêu đề như tệp mẫu "
            f"({wanted.example}, ...)."
        )
    if len(found) > 1:
        names = ", ".join(f"“{title}”" for title, _ in found)
        _refuse(
            f"Tệp có {len(found)} trang tính cùng có bảng {wanted.subject}: {names}. "
            "Đồng chí vui lòng chỉ để lại một trang."
        )
    table = found[0][1]
    if absent := [field for field in wanted.needed if field not in table.headings]:
        _refuse(f"Bảng thiếu cột: {', '.join(absent)}. Đồng chí vui lòng thêm cột rồi gửi lại.")
    return table


def _table_in(sheet: ReadOnlyWorksheet, wanted: Wanted) -> Table | None:
    synonyms = wanted.synonyms
    sheet.reset_dimensions()  # the stated size may be wrong; the rows themselves are not
    rows = _rows(sheet)
    head: Head | None = None
    above: Head = ([], {})
    for number, cells in rows:
        meant = _meanings(cells, synonyms)
        both = _in_two_rows(above, (cells, meant))
        if len(set(meant.values())) >= ENOUGH:
            head = (cells, meant)
        elif len(set(both[1].values())) >= ENOUGH:
            head = both
        if head:
            break
        above = (cells, meant)
        if number >= HEADINGS_WITHIN:
            return None
    if head is None:
        return None
    cells, meant = head
    texts = {place: _text(cell) for place, cell in enumerate(cells) if _text(cell)}
    first = next(rows, None)
    body: Iterator[tuple[int, list[Any]]] = rows
    if first is not None:
        below = _meanings(first[1], synonyms)
        if below and not _says_anything_else(first[1], below):
            meant = {**meant, **below}
            texts |= {place: _text(first[1][place]) for place in below}
        else:
            body = chain([first], rows)
    fields: dict[int, str] = {}
    for place in sorted(meant):
        if meant[place] not in fields.values():
            fields[place] = meant[place]
    return Table(
        rows=[
            Row(number, {field: cells[place] if place < len(cells) else None for place, field in fields.items()})
            for number, cells in _bounded(body, wanted.most_rows)
            if any(place < len(cells) and cells[place] is not None for place in fields)
        ],
        headings={field: texts[place] for place, field in fields.items()},
        unused=[text for place, text in texts.items() if place not in fields and fold(text) not in ("stt", "tt")],
    )  # fmt: skip


Head = tuple[
    list[Any], dict[int, str]
]  # the cells of the headings, and what those mean that are known


def _in_two_rows(above: Head, below: Head) -> Head:
    """Headings of which some stand under a merged one; nothing where the lower row is none of headings."""
    if not above[1] or not below[1] or _says_anything_else(*below):
        return [], {}
    cells = [*above[0], *(None for _ in below[0][len(above[0]) :])]
    for place in below[1]:
        cells[place] = below[0][place]
    return cells, {**above[1], **below[1]}


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows that hold something, with their numbers; the table is over after a long run of empty ones."""
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        cells = [_value(cell) for cell in row]
        if any(cell is not None for cell in cells):
            empty = 0
            yield number, cells
        elif (empty := empty + 1) >= EMPTY_RUN:
            return


def _bounded(rows: Iterator[tuple[int, list[Any]]], most: int) -> Iterator[tuple[int, list[Any]]]:
    for place, row in enumerate(_unnumbered(rows)):
        if place >= most:
            _refuse(
                f"Bảng có hơn {format_number(most)} dòng. Đồng chí vui lòng chia thành nhiều tệp."
            )
        yield row


def _unnumbered(rows: Iterator[tuple[int, list[Any]]]) -> Iterator[tuple[int, list[Any]]]:
    """The rows without the one under the headings that numbers the columns."""
    for place, row in enumerate(rows):
        if place or not _is_numbering(row[1]):
            yield row


def _value(cell: Any) -> Any:
    value = cell.value
    if cell.data_type == "f":
        return Formula(str(value))
    if isinstance(value, str):
        value = canonical(value).strip()
        return value or None
    return value


def _text(cell: Any) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _meanings(cells: Sequence[Any], synonyms: Mapping[str, str]) -> dict[int, str]:
    return {
        place: synonyms[heading]
        for place, cell in enumerate(cells)
        if (heading := heading_key(_text(cell))) in synonyms
    }


def _says_anything_else(cells: Sequence[Any], meant: Mapping[int, str]) -> bool:
    """Whether a row holds more than headings: then it is no second row of headings."""
    return any(cell is not None and place not in meant for place, cell in enumerate(cells))


def _is_numbering(cells: Sequence[Any]) -> bool:
    """Whether a row only numbers the columns: A, B, (1), (2), 3, ..."""
    marks = [str(cell) for cell in cells if cell is not None]
    return len(marks) >= 3 and all(_COLUMN_NUMBER.fullmatch(mark) for mark in marks)


def heading_key(text: str) -> str:
    """A heading without tones, notes in brackets, stars and final marks."""
    return fold(text.split("(")[0]).strip(" *:.")


def _refuse(sentence: str) -> NoReturn:
    raise RuleError(sentence)
