"""The short way through a workbook that holds nothing but words and plain numbers, as a filled template does.

A third of the time that the whole reader takes. Whatever could be read in two ways (a formula, a date, a percent, a
fault of Excel, words in pieces, another writer's habits) is not read here: `plain_sheets` says None, and the whole
reader takes it. The tests hold both against each other.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import normpath
from xml.etree.ElementTree import Element, fromstring

from danvan.reporting.sheets.cells import RawCell

MOST_BYTES = 2 * 1024 * 1024  # of one part: more is streamed by the whole reader
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CELL, _VALUE, _INLINE, _TEXT = (f"{_MAIN}{name}" for name in ("c", "v", "is", "t"))
_BUILT_IN = frozenset({0, 1, 2, 3, 4, 37, 38, 39, 40, 49})  # Excel's own formats of numbers alone
_NUMBERS_ONLY = re.compile(r"[#0,. ?_()\-]+\Z")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?\Z")
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")

Rows = dict[int, dict[int, RawCell]]


class _NotPlainError(Exception):
    """The workbook holds what has to be read the long way."""


def plain_sheets(package: zipfile.ZipFile, most: tuple[int, int, int]) -> dict[str, Rows] | None:
    """The filled cells of the visible sheets by title; None where the whole reader has to look.

    `most` are the sheets, rows and columns that are looked at.
    """
    sheets, rows, columns = most
    try:
        parts = list(_sheets(package))[:sheets]
        words, numeric = _words(package), _numeric(package)
        return {
            title: _rows(_part(package, part), title, words, numeric, rows, columns)
            for title, part, shown in parts
            if shown
        }
    except (_NotPlainError, KeyError, IndexError, ValueError, SyntaxError):
        return None  # the whole reader says what is wrong with it, if anything


def _part(package: zipfile.ZipFile, name: str) -> Element:
    return fromstring(_read(package, name))  # noqa: S314 # without entities


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).file_size > MOST_BYTES:
        raise _NotPlainError
    content = package.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _NotPlainError
    return content


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str, bool]]:
    """The title, the part and whether it is shown of each sheet."""
    linked = {
        one.attrib["Id"]: one.attrib for one in _part(package, "xl/_rels/workbook.xml.rels").iter(_RELATION)
    }  # fmt: skip
    book = _part(package, "xl/workbook.xml").find(f"{_MAIN}sheets")
    titles = set()
    for one in book if book is not None else ():
        link = linked[one.attrib[_LINK]]
        title = one.attrib["name"]
        if not link["Type"].endswith("/worksheet") or title in titles:
            raise _NotPlainError
        titles.add(title)
        target = link["Target"]
        part = target[1:] if target.startswith("/") else normpath(f"xl/{target}")
        yield title, part, one.attrib.get("state", "visible") == "visible"
    if not titles:
        raise _NotPlainError


def _words(package: zipfile.ZipFile) -> list[str]:
    """The words that cells share, each in one piece."""
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    return [_in_one_piece(one) for one in _part(package, "xl/sharedStrings.xml")]


def _in_one_piece(words: Element) -> str:
    text = (words[0].text or "") if len(words) == 1 and words[0].tag == _TEXT else None
    if text is None or "_x" in text:  # letters that were spelt out
        raise _NotPlainError
    return text


def _numeric(package: zipfile.ZipFile) -> list[bool]:
    """Of each style of cells, whether a number in it is a number and nothing else."""
    return _numeric_in(_read(package, "xl/styles.xml"))


@lru_cache(maxsize=16)  # the workbooks of a month look the same
def _numeric_in(content: bytes) -> list[bool]:
    styles = fromstring(content)  # noqa: S314 # without entities
    formats = {
        int(one.attrib["numFmtId"]): bool(_NUMBERS_ONLY.match(one.attrib["formatCode"]))
        for one in styles.iter(f"{_MAIN}numFmt")
    }
    used = styles.find(f"{_MAIN}cellXfs")
    numbers = [int(one.attrib.get("numFmtId", 0)) for one in (used if used is not None else ())]
    return [formats.get(one, one in _BUILT_IN) for one in numbers]


def _rows(
    sheet: Element, title: str, words: list[str], numeric: list[bool], most: int, columns: int
) -> Rows:
    found: Rows = {}
    held = sheet.find(f"{_MAIN}sheetData")
    last = 0
    for line in held if held is not None else ():
        row = int(line.attrib["r"])
        if row <= last:
            raise _NotPlainError
        last = row
        if row > most:
            break
        cells = dict(_cells(line, row, title, words, numeric))
        kept = {at: cell for at, cell in cells.items() if at <= columns}
        if kept:
            found[row] = kept
    return found


def _cells(
    line: Element, row: int, title: str, words: list[str], numeric: list[bool]
) -> Iterator[tuple[int, RawCell]]:
    before = 0
    for cell in line:
        given: Mapping[str, str] = cell.attrib
        address = given["r"]
        at = _column(address, row)
        if at <= before or cell.tag != _CELL or len(cell) > 1:
            raise _NotPlainError
        before = at
        if not len(cell):
            continue
        value = _value(cell[0], given, words, numeric)
        if isinstance(value, str) and not value.strip():
            continue
        yield at, RawCell(value, address, title)


def _value(
    inner: Element, given: Mapping[str, str], words: list[str], numeric: list[bool]
) -> str | float:
    """What a cell holds: words, or a number in a format of numbers."""
    kind, text = given.get("t", "n"), inner.text
    if kind == "inlineStr" and inner.tag == _INLINE:
        return _in_one_piece(inner)
    if inner.tag == _VALUE and text:
        if kind == "s":
            return words[int(text)]
        if kind == "n" and _NUMBER.match(text) and numeric[int(given.get("s", 0))]:
            return float(text) if "." in text else int(text)
    raise _NotPlainError


_places: dict[str, int] = {}  # columns by their letters: there are not many


def _column(address: str, row: int) -> int:
    found = _ADDRESS.match(address)
    if found is None or int(found[2]) != row:
        raise _NotPlainError
    letters = found[1]
    if letters not in _places:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - ord("A") + 1
        _places[letters] = number
    return _places[letters]
