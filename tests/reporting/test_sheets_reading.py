"""What people make of a workbook before they hand it in, and what is read out of it."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.foundation.errors import RuleError
from danvan.reporting.answers import read_answers
from danvan.reporting.questions import Question, Questions
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical, looks_damaged, printable
from tests.reporting.workbooks import address_of, asked, changed, own, part, read, template, typed

WHOLE = st.integers(0, 10**14).map(Decimal)
BROKEN = st.integers(0, 10**10).map(lambda one: Decimal(one) / 100)
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), max_codepoint=0x1EFF), max_size=60
).map(lambda said: printable(canonical(said)).strip())


@settings(max_examples=25, deadline=None)
@given(
    numbers=st.fixed_dictionaries(
        {},
        optional={
            "doi-thoai": WHOLE,
            "luot": WHOLE,
            "nguoi": WHOLE,
            "ty-dong": BROKEN,
            "ty-le": st.integers(0, 1000).map(lambda one: Decimal(one) / 10),
        },
    ),
    words=WORDS.filter(lambda said: not looks_damaged(said)),
    nil=st.sets(st.sampled_from([1, 2])),
)
def test_whatever_is_answered_stands_in_the_template_and_is_read_back(numbers, words, nil):
    texts = {code: format_number(amount) for code, amount in numbers.items()} | {"cach-lam": words}
    questions = asked()
    said = read_answers(questions, texts, nil)

    found = read(template(texts, nil))

    assert found.faults == []
    again = read_answers(questions, found.answers, found.nil)
    assert (again.amounts, again.words) == (said.amounts, said.words)
    assert set(found.nil) == nil


def test_rows_may_be_moved_and_columns_and_titles_inserted():
    content = typed(template(), {"doi-thoai": 3, "luot": 120, "ty-dong": 1.25})

    def change(sheet):
        sheet.insert_cols(3)
        sheet.insert_rows(2)
        sheet["A2"] = "ĐẢNG ỦY XÃ MÔN SƠN"
        sheet.merge_cells("A2:D2")
        last = sheet.max_row + 1
        moved = next(row[0].row for row in sheet.iter_rows() if row[0].value == "doi-thoai")
        for cell in sheet[moved]:
            sheet.cell(last, cell.column).value, cell.value = cell.value, None

    found = read(changed(content, change))

    assert found.faults == []
    assert {code: text for code, text in found.answers.items() if text} == {
        "doi-thoai": "3",
        "luot": "120",
        "ty-dong": "1,25",
    }
    assert found.mark.unit_id == 7


@pytest.mark.parametrize(
    ("code", "written", "text"),
    [
        ("luot", "1.234", "1.234"),
        ("ty-dong", "12,5", "12,5"),
        ("luot", " 7 ", "7"),
        ("luot", "1 234", "1.234"),
        ("luot", "-", "0"),
        ("luot", "–", "0"),
        ("luot", "không", "0"),
        ("luot", "Không có số liệu", ""),
        ("luot", None, ""),
        ("luot", 12.0, "12"),
        ("luot", "12 lượt", "12"),
        ("ty-le", "54,6 %", "54,6"),
        ("ty-dong", 0.1 + 0.2, "0,3"),
        ("cach-lam", 12, "12"),
        ("cach-lam", date(2026, 11, 5), "05/11/2026"),
        ("cach-lam", "=Tổ tự quản", "=Tổ tự quản"),
    ],
)
def test_a_cell_is_read_as_people_write_it(code, written, text):
    def change(sheet):
        cell = sheet[address_of(template(), code)]
        cell.value = written
        if isinstance(written, str):
            cell.data_type = "s"

    found = read(changed(template(), change))

    assert (found.faults, found.answers[code]) == ([], text)


def test_a_percent_cell_is_a_figure_in_percent():
    def change(sheet):
        cell = sheet[address_of(template(), "ty-le")]
        cell.value, cell.number_format = 0.546, "0.0%"

    assert read(changed(template(), change)).answers["ty-le"] == "54,6"


@pytest.mark.parametrize(
    ("code", "written", "shape", "said"),
    [
        ("luot", "1,234.56", None, "Có phải đồng chí muốn nhập 1.234,56?"),
        ("luot", "1.5", None, "có thể hiểu hai cách"),
        ("luot", "nhiều", None, "không phải là một số"),
        ("luot", "12 cuộc", None, "không phải là một số"),
        ("luot", "#REF!", None, "báo lỗi #REF!"),
        ("cach-lam", "#DIV/0!", None, "báo lỗi #DIV/0!"),
        ("luot", "=1+1", None, "công thức chưa có kết quả"),
        ("luot", 0.5, "0%", "định dạng phần trăm (50 %) mà chỉ số tính bằng lượt"),
        ("luot", date(2026, 5, 1), "d/m", "đổi ô này thành ngày 01/05/2026"),
        ("luot", True, None, "TRUE/FALSE"),
    ],
)
def test_a_cell_that_says_no_figure_is_told_with_its_address(code, written, shape, said):
    def change(sheet):
        cell = sheet[address_of(template(), code)]
        cell.value = written
        if shape:
            cell.number_format = shape

    [fault] = read(changed(template(), change)).faults

    assert said in fault.message
    assert (fault.sheet, fault.address) == ("Báo cáo", address_of(template(), code))
    assert fault.code == code


def test_a_formula_counts_with_the_figure_that_excel_kept():
    address = address_of(template(), "luot")
    plain = typed(template(), {"luot": 41})
    with zipfile.ZipFile(BytesIO(plain)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b"<v>41</v>", b"<f>40+2</f><v>42</v>")
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)

    found = read(kept.getvalue())

    assert (found.answers["luot"], found.at("luot")) == ("42", ("Báo cáo", address))


def test_a_sheet_of_their_own_is_read_by_labels_under_merged_headings():
    content = own(
        [
            ["UBND XÃ MÔN SƠN"],
            ["BÁO CÁO CÔNG TÁC DÂN VẬN THÁNG 11"],
            [None],
            ["STT", "Chỉ tiêu", "ĐVT", "Kết quả", None, "Ghi chú"],
            [None, None, None, "Lũy kế", "Trong kỳ", None],
            ["I", "Tiếp xúc, đối thoại", None, None, None],
            [1, "1. So hoi nghi doi thoai", "cuộc", 20, 2, "hai bản"],
            [2, "Lượt người dự (lượt)", "lượt", 900, "1.234"],
            [3, "- Số người dự:", "người", 400, "-"],
            ["II", "Mô hình", None, None, "x"],
            [4, "Việc khác", "việc", 5, 6],
        ]
    )

    found = read(content)

    assert found.answers == {"doi-thoai": "2", "luot": "1.234", "nguoi": "0"}
    assert found.found["doi-thoai"].note == "hai bản"
    assert (found.mark, list(found.nil), found.faults) == (None, [2], [])
    assert found.absent == ["ty-dong", "ty-le", "cach-lam"]
    assert [(one.label, one.address) for one in found.strange] == [("Việc khác", "E11")]
    assert "UBND XÃ MÔN SƠN" in found.titles


def test_two_columns_that_both_may_be_meant_are_asked_about():
    content = own([["Nội dung", "Trong kỳ", "Kết quả"], ["Lượt người dự", 4, 5]])

    found = read(content)

    assert "2 cột đều có thể là số liệu của kỳ: “Trong kỳ” (B1), “Kết quả” (C1)" in (
        found.faults[0].message
    )
    assert found.answers == {}


def test_a_sheet_without_a_column_for_figures_is_asked_for_one():
    [fault] = read(own([["Nội dung"], ["Lượt người dự", 4]])).faults

    assert "không có cột “Số liệu”" in fault.message
    assert (fault.sheet, fault.address) == ("Thang 11", "")


def test_an_item_given_twice_and_a_row_that_says_two_things_are_faults():
    content = own(
        [
            ["Mã", "Nội dung", "Số liệu"],
            ["luot", "Lượt người dự", 4],
            [None, "Lượt người dự", 5],
            ["nguoi", "Số hội nghị đối thoại", None],
        ]
    )

    found = read(content)

    assert [(fault.address, fault.code) for fault in found.faults] == [
        ("C3", "luot"),
        ("C4", "nguoi"),
    ]
    assert "đã có ở ô C2" in found.faults[0].message
    assert "ghi mã “nguoi” nhưng nội dung là “Số hội nghị đối thoại”" in found.faults[1].message


def test_an_item_that_stands_on_two_sheets_is_told_with_both():
    content = own([["Nội dung", "Số liệu"], ["Lượt người dự", 4]])

    def change(sheet):
        other = sheet.parent.create_sheet("Trang hai")
        other.append(["Nội dung", "Số liệu"])
        other.append(["Lượt người dự", 4])

    [fault] = read(changed(content, change)).faults

    assert (fault.sheet, fault.address) == ("Trang hai", "B2")
    assert "Thang 11!B2" in fault.message


def test_a_label_that_two_items_bear_is_told_by_its_section_or_asked_for_a_code():
    questions = Questions.of(
        (
            part(1, "Xã", Question("a", "Số cuộc")),
            part(2, "Bản", Question("b", "Số cuộc")),
        )
    )
    rows = [["Nội dung", "Số liệu"], ["Xã"], ["Số cuộc", 1], ["Bản"], ["Số cuộc", 2]]

    assert read(own(rows), questions).answers == {"a": "1", "b": "2"}
    [fault] = read(own([rows[0], rows[2]]), questions).faults
    assert "ghi mã của nội dung (“a”, “b”)" in fault.message


def test_a_section_without_anything_that_holds_figures_says_two_things():
    content = typed(template(), {"Mục 1": "x", "luot": 4, "nguoi": 0})
    content = typed(content, {"Mục 2": "chưa rõ"})

    faults = read(content).faults

    assert [fault.code for fault in faults] == ["", "luot"]
    assert "Ô này ghi “chưa rõ”" in faults[0].message
    assert "tiếp xúc, đối thoại đã đánh dấu “Không phát sinh” ở ô" in faults[1].message


def test_a_section_that_must_be_answered_cannot_be_without_anything():
    def change(sheet):
        row = next(row for row in sheet.iter_rows() if row[0].value == "Mục 3")
        row[5].value = "x"

    [fault] = read(changed(template(), change)).faults

    assert "không đánh dấu “Không phát sinh” được" in fault.message


def test_a_mark_that_was_altered_is_refused():
    def change(sheet):
        sheet["A1"] = sheet["A1"].value[:-3] + "abc"

    with pytest.raises(RuleError, match="đã bị sửa hoặc không do phần mềm này lập"):
        read(changed(template(), change))


def test_templates_of_two_units_in_one_workbook_are_refused():
    def change(sheet):
        sheet["B1"] = sheet["A1"].value + "x"

    with pytest.raises(RuleError, match="mẫu của nhiều đơn vị"):
        read(changed(template(), change))


def test_a_workbook_of_something_else_is_refused():
    with pytest.raises(RuleError, match="Không thấy nội dung nào của biểu này"):
        read(own([["Họ tên", "Số liệu"], ["Nguyễn Thị Hạnh", 4]]))


def test_a_damaged_workbook_is_refused_in_a_sentence():
    with zipfile.ZipFile(BytesIO(template())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><broken"
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)

    with pytest.raises(RuleError, match="Không đọc được tệp Excel này"):
        read(kept.getvalue())
