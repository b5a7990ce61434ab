"""A table of a form in Excel: a grid people know, read back by the names of rows and columns, wherever they stand."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from danvan.reporting.enums import Outcome
from danvan.reporting.selectors import questions_for
from danvan.reporting.services import (
    NewItem,
    NewSection,
    drop_sheets,
    hand_in_sheet,
    open_period,
    save_draft,
    submit_report,
)
from danvan.reporting.services.sheets import read_drop
from danvan.reporting.sheets import read_sheet
from danvan.reporting.templating import template
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.laid import LaidMonth
from tests.reporting.months import NOVEMBER, OCTOBER, TODAY, make_form

pytestmark = pytest.mark.django_db
_laid = once(LaidMonth, DANVAN_TODAY=TODAY)


@pytest.fixture
def laid(_laid, db):
    return own(_laid)


def rows_of(content):
    sheet = load_workbook(BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def saved(book):
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def filled(content, **texts):
    """The template with figures at the crossings of rows and columns: hn_nam is Hội nghị, Nam."""
    book = load_workbook(BytesIO(content))
    sheet = book.active
    where = {"hn": "Hội nghị", "nh": "Ngày hội"}
    heads = {"cuoc": "Số cuộc (cuộc)", "nam": "Nam (người)", "nu": "Nữ (người)"}
    for name, text in texts.items():
        row, column = name.split("_")
        line = next(one[0].row for one in sheet.iter_rows() if one[1].value == where[row])
        head = next(
            cell for one in sheet.iter_rows() for cell in one if cell.value == heads[column]
        )
        sheet.cell(line, head.column).value = text
    return saved(book)


def own_sheet(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def read(laid, content, owed=None):
    return read_sheet(content, name="bao-cao.xlsx", questions=questions_for(owed or laid.rural))


def test_the_template_holds_the_table_as_people_draw_it(laid):
    owed = save_draft(laid.rural, {"hn-nam": "20"}, actor=None)

    rows = rows_of(template(owed))

    at = next(number for number, row in enumerate(rows) if row[1] == "Hội nghị")
    assert [row[1:6] for row in rows[at - 1 : at + 2]] == [
        ["Nội dung", "Số cuộc (cuộc)", "Nam (người)", "Nữ (người)", "Cộng người (người)"],
        ["Hội nghị", None, 20, None, "phần mềm tự tính"],
        ["Ngày hội", None, None, None, "phần mềm tự tính"],
    ]


def test_what_is_filled_in_the_template_comes_back_cell_by_cell(laid):
    found = read(laid, filled(template(laid.rural), hn_cuoc=3, hn_nam="20", nh_nu="1.200"))

    assert found.faults == []
    assert {code: text for code, text in found.answers.items() if text} == {
        "hn-cuoc": "3",
        "hn-nam": "20",
        "nh-nu": "1.200",
    }
    assert found.absent == []


def test_what_was_given_last_month_is_told_beside_a_cell(laid):
    form = make_form(laid.province, code="BM-06", sections=[
        NewSection("Hội nghị", [NewItem("cuoc", "Số cuộc", "HN-CUOC", row=0, column=0)], rows=["Hội nghị"], columns=["Số cuộc"])
    ], valid_from=OCTOBER.first)  # fmt: skip
    before = open_period(form, OCTOBER, actor=None)[0]
    submit_report(before, answers={"cuoc": "12"}, actor=None)

    sheet = load_workbook(BytesIO(template(laid.rural))).active

    told = [one.prompt for one in sheet.data_validations.dataValidation]
    assert told == ["Tháng trước: 12."]


def test_a_sheet_of_peoples_own_is_read_with_rows_and_columns_in_any_order(laid):
    content = own_sheet(
        ["XÃ MÔN SƠN"],
        ["TT", "Hoạt động trong tháng", "Nữ", "Nam", "Số cuộc"],
        [1, "1. Ngày hội", 120, 100, "-"],
        [2, "Hội nghị", "30", 20, 3],
        [3, "Hội thảo", 5, 5, 1],
    )

    found = read(laid, content)

    assert found.faults == []
    assert found.answers == {
        "hn-cuoc": "3",
        "hn-nam": "20",
        "hn-nu": "30",
        "nh-cuoc": "0",
        "nh-nam": "100",
        "nh-nu": "120",
    }
    assert [one.label for one in found.strange] == ["Hội thảo"]
    assert found.absent == ["hop"]


def test_every_fault_is_told_at_its_cell_and_nothing_goes_into_the_draft(laid):
    content = filled(template(laid.rural), hn_cuoc="ba", hn_nam=-2, nh_nu=1.5)

    file = hand_in_sheet(laid.rural, name="m.xlsx", content=content, actor=None)

    assert file.outcome == Outcome.REFUSED
    assert sorted((one["code"], bool(one["address"])) for one in file.faults) == [
        ("hn-cuoc", True),
        ("hn-nam", True),
        ("nh-nu", True),
    ]
    laid.rural.refresh_from_db()
    assert laid.rural.draft == {}


def test_a_row_that_stands_twice_is_told(laid):
    content = own_sheet(["Nội dung", "Số cuộc", "Nam"], ["Hội nghị", 1, 2], ["Hội nghị", 1, 2])

    assert [one.message for one in read(laid, content).faults] == [
        "Ô này của bảng đã có ở ô B2. Đồng chí vui lòng chỉ để lại một dòng.",
        "Ô này của bảng đã có ở ô C2. Đồng chí vui lòng chỉ để lại một dòng.",
    ]


def test_two_tables_with_the_same_names_are_told_apart_by_the_title_above(laid):
    form = make_form(laid.province, code="BM-07", valid_from=NOVEMBER.first, sections=[
        NewSection("Ở xã", [NewItem("a", "A", "HN.NAM", row=0, column=0), NewItem("b", "B", "HN.NU", row=0, column=1)], rows=["Họp"], columns=["Nam", "Nữ"]),
        NewSection("Ở thôn", [NewItem("c", "C", "NH.NAM", row=0, column=0), NewItem("d", "D", "NH.NU", row=0, column=1)], rows=["Họp"], columns=["Nam", "Nữ"]),
    ])  # fmt: skip
    owed = open_period(form, NOVEMBER, actor=None)[0]
    lines = ["Nội dung", "Nam", "Nữ"], ["Họp", 1, 2]

    clear = read(laid, own_sheet(["Ở thôn"], *lines, ["Ở xã"], lines[0], ["Họp", 3, 4]), owed)
    unclear = read(laid, own_sheet(*lines), owed)

    assert clear.answers == {"c": "1", "d": "2", "a": "3", "b": "4"}
    assert [one.message for one in unclear.faults] == [
        "Nhiều bảng của biểu có dòng “Họp”. Đồng chí vui lòng ghi tên mục ở dòng trên bảng."
    ]


def test_a_table_without_anything_is_said_so_beside_its_title(laid):
    book = load_workbook(BytesIO(template(laid.rural)))
    line = next(row[0].row for row in book.active.iter_rows() if row[0].value == "Mục 2")
    book.active.cell(line, 6).value = "x"

    file = hand_in_sheet(laid.rural, name="m.xlsx", content=saved(book), actor=None)

    assert file.outcome == Outcome.DRAFTED
    laid.rural.refresh_from_db()
    assert laid.rural.draft["nil"] == [2]


def test_a_form_of_nothing_but_a_table_is_read_and_said_to_be_nil(laid):
    form = make_form(laid.province, code="BM-08", valid_from=NOVEMBER.first, sections=[
        NewSection("Hội", [NewItem("a", "A", "HN.NAM", row=0, column=0)], rows=["Họp"], columns=["Nam"])
    ])  # fmt: skip
    owed = open_period(form, NOVEMBER, actor=None)[0]
    book = load_workbook(BytesIO(template(owed)))
    line = next(row[0].row for row in book.active.iter_rows() if row[0].value == "Mục 1")
    book.active.cell(line, 6).value = "x"

    assert read(laid, saved(book), owed).nil.keys() == {1}
    assert read(laid, own_sheet(["Nội dung", "Nam"], ["Họp", 7]), owed).answers == {"a": "7"}


def test_in_a_drop_each_unit_is_read_for_what_is_asked_of_its_kind(laid):
    files = [
        (f"{owed.pk}.xlsx", filled(template(owed), hn_nam=number))
        for number, owed in enumerate((laid.rural, laid.urban), start=5)
    ]
    own_words = own_sheet(["Xã Châu Khê"], ["Nội dung", "Số liệu"], ["Tổ dân phố tự quản", 9])
    files.append(("tu-lap.xlsx", own_words))
    by = make_grant(laid.province.place, "specialist")

    drop = drop_sheets(laid.form, NOVEMBER, files, actor=by)
    read_drop(drop.pk)

    assert [one.outcome for one in drop.files.order_by("place")] == [Outcome.DRAFTED] * 3
    third = laid.owed[laid.province.communes[2].pk]
    for one in (laid.rural, laid.urban, third):
        one.refresh_from_db()
    assert [one.draft["answers"] for one in (laid.rural, laid.urban, third)] == [
        {"hn-nam": "5"},
        {"hn-nam": "6"},
        {"to": "9"},
    ]


def test_a_template_of_one_kind_says_nothing_of_what_is_asked_of_others(laid):
    rural, urban = (rows_of(template(one)) for one in (laid.rural, laid.urban))

    assert not any("Đô thị" in row for row in rural)
    assert any("Đô thị" in row for row in urban)


def test_figures_of_a_drop_that_only_others_are_asked_are_told_and_left(laid):
    content = own_sheet(
        ["Xã Môn Sơn"],
        ["Nội dung", "Số liệu"],
        ["Cuộc họp đã dự", 4],
        ["Tổ dân phố tự quản", 9],
    )
    file = hand_in_sheet(laid.rural, name="m.xlsx", content=content, actor=None)

    assert file.outcome == Outcome.DRAFTED
    assert any("Tổ dân phố tự quản" in one and "không đọc" in one for one in file.remarks)
    laid.rural.refresh_from_db()
    assert laid.rural.draft["answers"] == {"hop": "4"}


def test_a_column_that_is_named_twice_is_told_and_not_guessed(laid):
    def doubled(content):
        book = load_workbook(BytesIO(content))
        head = next(
            cell for row in book.active.iter_rows() for cell in row if cell.value == "Nam (người)"
        )
        book.active.cell(head.row, head.column + 1).value = head.value
        return saved(book)

    found = read(laid, doubled(filled(template(laid.rural), hn_cuoc=1, hn_nam=20, hn_nu=30)))

    [fault] = [one for one in found.faults if one.label.startswith("Nam")]
    assert "đã có ở ô D" in fault.message
    assert fault.address.startswith("E")
    assert "hn-nam" not in found.answers
