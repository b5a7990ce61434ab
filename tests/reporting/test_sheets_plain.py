"""The short way through a plain workbook says what the long way says, and leaves alone what is not plain."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from danvan.reporting.sheets import grids
from danvan.reporting.sheets.plain import plain_sheets
from tests.reporting.workbooks import template

MOST = (30, 2_000, 60)
CELLS = (
    st.none()
    | st.integers(-(10**12), 10**12)
    | st.decimals(-(10**6), 10**6, places=3, allow_nan=False).map(float)
    | st.text(st.characters(min_codepoint=32, max_codepoint=0x1EFF), max_size=12)
)


def made(*rows, **sheets):
    """A workbook with a sheet of these rows, and others by their names."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title, others in sheets.items():
        page = book.create_sheet(title)
        for row in others:
            page.append(row)
    return book


def saved(book):
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def short(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return plain_sheets(package, MOST)


def both(content):
    """What either way says."""
    return grids._plain(content), list(grids._grids(content))


@settings(max_examples=15)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), st.lists(CELLS, max_size=3))
def test_both_ways_say_the_same_of_words_and_numbers(rows, others):
    plain, whole = both(saved(made(*rows, Khac=[others])))
    assert plain is None or plain == whole


def test_a_filled_template_is_read_the_short_way():
    plain, whole = both(template({"doi-thoai": "1.234", "ty-dong": "2,5", "cach-lam": "Họp dân"}))
    assert plain == whole
    [grid] = plain
    assert {cell.value for cells in grid.rows.values() for cell in cells.values()} >= {
        1234, 2.5, "Họp dân",
    }  # fmt: skip


def test_hidden_sheets_and_the_list_of_faults_are_passed_over():
    book = made(["a", 1], An=[["b", 2]], Lỗi=[["c", 3]])
    book["An"].sheet_state = "hidden"
    plain, whole = both(saved(book))
    assert plain == whole
    assert [grid.title for grid in plain] == ["Sheet"]


def test_what_lies_too_far_out_is_not_looked_at():
    book = made(["a", 1])
    book.active.cell(2_001, 1, "b")
    book.active.cell(1, 61, "c")
    plain, whole = both(saved(book))
    assert plain == whole == [grids.Grid("Sheet", plain[0].rows)]
    assert {row: list(cells) for row, cells in plain[0].rows.items()} == {1: [1, 2]}


def in_format(code, value=0.5):
    book = made(["a", value])
    book.active["B1"].number_format = code
    return saved(book)


def rich():
    bold = TextBlock(InlineFont(b=True), "đậm")
    return saved(made([CellRichText("Số ", bold)]))


def altered(part, old, new):
    """A plain workbook in which something stands that no writer of ours writes."""
    kept = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(saved(made(["a", 1], ["b", 2])))) as package,
        zipfile.ZipFile(kept, "w") as written,
    ):
        for name in package.namelist():
            content = package.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            written.writestr(name, content)
    return kept.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "content",
    [
        saved(made(["=1+1", 2])),
        saved(made([date(2026, 11, 1)])),
        saved(made([True])),
        saved(made(["#N/A"])),
        in_format("0%"),
        in_format("0.0%"),
        in_format("dd/mm/yyyy", 46_000),
        in_format('[Red]0" cuộc"'),
        rich(),
        altered(SHEET, b"<worksheet", b"<!DOCTYPE worksheet><worksheet"),
        altered(SHEET, b'r="B2"', b'r="B3"'),
        altered(SHEET, b'r="B2"', b'r="A2"'),
        altered(SHEET, b'<row r="2"', b'<row r="1"'),
        altered(SHEET, b'<row r="2"', b"<row"),
        altered(SHEET, b"<v>2</v>", b"<v>1E+2</v>"),
        altered(SHEET, b"<v>2</v>", b"<v>2</v><f>1+1</f>"),
        altered("xl/workbook.xml", b'name="Sheet"', b'other="Sheet"'),
        altered("xl/_rels/workbook.xml.rels", b"/worksheet", b"/chartsheet"),
        altered("xl/styles.xml", b"<styleSheet", b"<styleSheet<"),
    ],
)
def test_what_may_be_read_in_two_ways_is_left_to_the_whole_reader(content):
    assert short(content) is None


def test_a_part_too_large_to_be_held_is_left_to_the_whole_reader(monkeypatch):
    content = saved(made(["a", 1]))
    assert short(content) is not None
    monkeypatch.setattr("danvan.reporting.sheets.plain.MOST_BYTES", 100)
    assert short(content) is None


def test_a_workbook_of_several_sheets_written_again_is_still_read_the_same():
    book = load_workbook(BytesIO(template({"doi-thoai": "3"})))
    book.create_sheet("Ghi thêm").append(["Ghi chú", 4.25])
    plain, whole = both(saved(book))
    assert plain == whole
    assert [grid.title for grid in plain] == ["Báo cáo", "Ghi thêm"]
