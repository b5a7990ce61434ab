"""Tables: the row's heading is what its numbers are about, the column's heading says what they count and when."""

from io import BytesIO

import docx
import fpdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from danvan.reading import as_json, extract, read
from danvan.reading.pdf_tables import Run, with_tables

RESULTS = (
    "BÁO CÁO\nBảng số liệu:\nTT\tĐơn vị\tSố buổi\tTỷ lệ (%)\tNăm 2025 (hộ)\n1\tXã An Hòa\t12\t95,5\t1.200\n"
    "2\tXã Bình Minh\t5\t80\t300\n\tTổng\t18\t\t1.500\nHết bảng.\n"
)


def test_a_number_of_a_table_is_about_its_row():
    reading = read(RESULTS)
    told = [
        (one.subject, one.label, str(one.value), one.unit, one.period.words if one.period else "")
        for one in reading.figures
    ]
    assert told == [
        ("Xã An Hòa", "Xã An Hòa: Số buổi", "12", "buổi", ""),
        ("Xã An Hòa", "Xã An Hòa: Tỷ lệ (%)", "95.5", "%", ""),
        ("Xã An Hòa", "Xã An Hòa: Năm 2025 (hộ)", "1200", "hộ", "Năm 2025"),
        ("Xã Bình Minh", "Xã Bình Minh: Số buổi", "5", "buổi", ""),
        ("Xã Bình Minh", "Xã Bình Minh: Tỷ lệ (%)", "80", "%", ""),
        ("Xã Bình Minh", "Xã Bình Minh: Năm 2025 (hộ)", "300", "hộ", "Năm 2025"),
        ("Tổng", "Tổng: Số buổi", "18", "buổi", ""),
        ("Tổng", "Tổng: Năm 2025 (hộ)", "1500", "hộ", "Năm 2025"),
    ]
    assert [RESULTS[one.start : one.end] for one in reading.figures][:3] == ["12", "95,5", "1.200"]


def test_rows_and_cells_bear_their_spans():
    (table,) = read(RESULTS).tables
    cells = [[RESULTS[cell.start : cell.end] for cell in row] for row in table.rows]
    assert cells[0] == ["TT", "Đơn vị", "Số buổi", "Tỷ lệ (%)", "Năm 2025 (hộ)"]
    assert cells[3] == ["", "Tổng", "18", "", "1.500"]
    assert table.headings == 1
    assert RESULTS[table.start : table.end].startswith("TT\t")
    assert as_json(read(RESULTS))["tables"][0]["headings"] == 1


def test_a_total_that_its_rows_do_not_give_is_told():
    told = [note.sentence for note in read(RESULTS).notes]
    assert told == [
        "Số buổi: các hàng cộng lại 17, hàng tổng ghi 18. Đồng chí vui lòng kiểm tra lại với nơi gửi."
    ]
    above = "BÁO CÁO\nXã\tSố hộ\tGhi chú\nTổng số\t9\t\nXã A\t4\t1\nXã B\t6\t2\n"
    assert [note.sentence[:30] for note in read(above).notes] == ["Số hộ: các hàng cộng lại 10, h"]
    bare = "BÁO CÁO\nXã A\t4\nXã B\t6\nTổng\t9\n"
    assert [note.sentence[:30] for note in read(bare).notes] == ["cột 2: các hàng cộng lại 10, h"]


def test_levels_to_be_reached_and_results_of_one_table_are_kept_apart():
    text = (
        "KẾ HOẠCH\nChỉ tiêu\tĐVT\tKế hoạch 2026\tThực hiện 2025\n"
        "Hộ nghèo\t%\t2,5\t3\nTổ dân vận\ttổ\t12\t10 tổ\n"
    )
    reading = read(text)
    assert [(one.title, str(one.value), one.unit, one.period.words) for one in reading.targets] == [
        ("Hộ nghèo: Kế hoạch 2026", "2.5", "%", "2026"),
        ("Tổ dân vận: Kế hoạch 2026", "12", "tổ", "2026"),
    ]
    assert [(one.label, str(one.value), one.unit) for one in reading.figures] == [
        ("Hộ nghèo: Thực hiện 2025", "3", "%"),
        ("Tổ dân vận: Thực hiện 2025", "10", "tổ"),
    ]


def test_the_unit_may_stand_before_the_heading_of_the_row():
    reading = read(
        "BÁO CÁO\nTT\tĐVT\tNội dung\tKết quả\n1\thộ\tHộ hiến đất\t9\n2\tm2\tĐất hiến\t700\n"
    )
    assert [(one.subject, str(one.value), one.unit) for one in reading.figures] == [
        ("Hộ hiến đất", "9", "hộ"),
        ("Đất hiến", "700", "m2"),
    ]


def test_years_as_headings_are_no_figures():
    reading = read("BÁO CÁO\nNội dung\t2024\t2025\nĐối thoại\t3\t5\n")
    assert [(str(one.value), one.period.words) for one in reading.figures] == [
        ("3", "2024"),
        ("5", "2025"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\nc\td\n",
        "một hàng\t5\n",
        "1\t2\n3\t4\n",
        "BÁO CÁO\nTên\tĐiện thoại\nÔng A\t0912345678\nÔng B\t0912345679\n",
        "\t\n\t\n",
    ],
)
def test_what_is_no_table_of_figures_gives_none(text):
    assert read(text).figures == ()


def test_a_text_that_ends_in_an_empty_cell_has_its_table_all_the_same():
    (table,) = read("Xã A\t5\t\nXã B\t6\t").tables
    last = table.rows[-1][-1]
    assert (last.start, last.end) == (15, 15)


def as_bytes(document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled(document, rows: list[list[str]]):
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
            cell.width = Cm(3)
    return table


def test_a_table_of_a_word_file_is_read_with_the_heading_of_each_row():
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    filled(
        document, [["Nội dung", "Số cuộc"], ["Đối thoại với\nNhân dân", "12"], ["Giám sát", "5"]]
    )
    text = extract(as_bytes(document), "docx").text
    assert text.split("\n")[1:] == [
        "Nội dung\tSố cuộc",
        "Đối thoại với Nhân dân\t12",
        "Giám sát\t5",
    ]
    assert [(one.label, str(one.value)) for one in read(text).figures] == [
        ("Đối thoại với Nhân dân: Số cuộc", "12"),
        ("Giám sát: Số cuộc", "5"),
    ]


def test_rows_and_cells_in_controls_are_read_as_others():
    document = docx.Document()
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    held = f"<w:sdt><w:sdtContent>{cell.format('Xã A')}</w:sdtContent></w:sdt>{cell.format('7')}"
    row = f"<w:sdt><w:sdtContent><w:tr>{held}</w:tr></w:sdtContent></w:sdt>"
    plain = f"<w:tr>{cell.format('Xã B')}{cell.format('8')}</w:tr>"
    document.element.body.insert(0, parse_xml(f"<w:tbl {nsdecls('w')}>{row}{plain}</w:tbl>"))
    assert extract(as_bytes(document), "docx").text.split("\n") == ["Xã A\t7", "Xã B\t8"]


def test_cells_over_several_columns_and_tables_in_tables_keep_their_place():
    document = docx.Document()
    table = filled(document, [["", "", ""], ["Xã A", "1", "2"], ["Xã B", "3", "4"]])
    table.rows[0].cells[0].text = "Đơn vị"
    table.rows[0].cells[1].merge(table.rows[0].cells[2]).text = "Số cuộc"
    outer = document.add_table(rows=1, cols=1)
    outer.rows[0].cells[0].text = "Ngoài"
    inner = outer.rows[0].cells[0].add_table(rows=1, cols=1)
    inner.rows[0].cells[0].text = "Trong"
    text = extract(as_bytes(document), "docx").text
    assert text.split("\n")[:3] == ["Đơn vị\tSố cuộc\t", "Xã A\t1\t2", "Xã B\t3\t4"]
    assert text.count("Trong") == 1


def pdf(before: str, rows: list[tuple[str, ...]], after: str) -> bytes:
    made = fpdf.FPDF()
    made.set_font("helvetica", size=12)
    made.add_page()
    made.cell(0, 8, before, new_x="LMARGIN", new_y="NEXT")
    with made.table() as table:
        for words in rows:
            row = table.row()
            for cell in words:
                row.cell(cell)
    made.cell(0, 8, after, new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def test_a_table_of_a_pdf_is_read_row_by_row_though_its_cells_are_wrapped():
    rows = [
        ("TT", "Don vi", "So buoi", "Ty le (%)"),
        ("1", "Xa An Hoa", "12", "95,5"),
        ("2", "Xa Binh Minh va mot ten that la dai", "5", "80"),
        ("", "Tong", "17", ""),
    ]
    text = extract(pdf("Bang so lieu", rows, "Dong cuoi sau bang"), "pdf").text
    assert text.split("\n") == [
        "Bang so lieu",
        *("\t".join(cells) for cells in rows),
        "Dong cuoi sau bang",
    ]
    assert [(one.subject, str(one.value)) for one in read(f"BAO CAO\n{text}").figures] == [
        ("Xa An Hoa", "12"),
        ("Xa An Hoa", "95.5"),
        ("Xa Binh Minh va mot ten that la dai", "5"),
        ("Xa Binh Minh va mot ten that la dai", "80"),
        ("Tong", "17"),
    ]


def run(words: str, line: int, left: float, right: float) -> Run:
    return Run(words, line, left, 100.0 - 20 * line, right, 110.0 - 20 * line)


def test_lines_that_only_look_like_columns_stay_as_they_are():
    lines = ["a b c", "d rat dai", "e f g"]
    one_row = [run("a", 0, 0, 10), run("b", 0, 50, 60), run("c", 0, 100, 110)]
    assert with_tables(lines, one_row) == lines
    crossing = [*one_row, run("d rat dai", 1, 0, 80), run("e", 2, 0, 10), run("f", 2, 50, 60), run("g", 2, 100, 110)]  # fmt: skip
    assert with_tables(lines, crossing) == lines
    far = [*one_row, Run("e", 1, 0, -500, 10, -490), Run("f", 1, 50, -500, 60, -490), Run("g", 1, 100, -500, 110, -490)]  # fmt: skip
    assert with_tables(lines, far) == lines
    same_column = [*one_row, run("e", 1, 0, 4), run("f", 1, 30, 45), run("g", 1, 48, 60)]
    assert with_tables(lines, same_column)[:2] == ["a b c", "d rat dai"]


def test_runs_without_a_gap_are_one_cell():
    lines = ["Xa An 1 2", "Xa B 3 4"]
    runs = [
        run("Xa", 0, 0, 10), run("An", 0, 12, 22), run("1", 0, 60, 65), run("2", 0, 100, 105),
        run("Xa B", 1, 0, 22), run("3", 1, 60, 65), run("4", 1, 100, 105),
    ]  # fmt: skip
    assert with_tables(lines, runs) == ["Xa An\t1\t2", "Xa B\t3\t4"]
