from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from danvan.foundation.audit import AuditEntry
from danvan.foundation.errors import RuleError
from danvan.organisations.models import Unit, UnitSize
from danvan.organisations.services import import_sizes

HEADINGS = ["Mã đơn vị", "Tên đơn vị", "Dân số", "Số hộ", "Tính đến ngày"]
DAY = date(2026, 4, 1)
EVE = date(2025, 4, 1)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 6, 30)


def book(*rows, headings=HEADINGS):
    made = Workbook()
    sheet = made.active
    for row in (["DÂN SỐ CÁC XÃ"], headings, *rows):
        sheet.append(row)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def bring(*rows, **given):
    return import_sizes(book(*rows), name="dan-so.xlsx", source="Cục Thống kê", actor=None, **given)


def refused(*rows, **given):
    with pytest.raises(RuleError) as fault:
        bring(*rows, **given)
    assert UnitSize.objects.count() == 0
    return [(one.row, one.column, one.message) for one in fault.value.faults]


def test_old_and_new_units_are_meant_by_their_codes_on_the_days_given(short):
    count = bring(
        ["00001", "Một", "1.200", 300, "01/04/2026"],
        ["00001", "Xã Một", 800, "-", EVE],
        ["01", None, None, 90_000, DAY],
        ["Tổng cộng", None, 2_000, 90_300, None],
    )
    assert count == 3
    rows = UnitSize.objects.values_list(
        "unit_id", "counted_on", "population", "households", "source"
    )
    assert set(rows) == {
        (short.new("00001"), DAY, 1_200, 300, "Cục Thống kê"),
        (short.old("00001"), EVE, 800, None, "Cục Thống kê"),
        (short.new("01"), DAY, None, 90_000, "Cục Thống kê"),
    }
    acts = [entry.action for entry in AuditEntry.objects.filter(action__contains="sizes")]
    assert acts == ["organisations.record_sizes"] * 2


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ([99, "", 5, 1, DAY], "Mã đơn vị", "Mã 99 thiếu số 0 ở đầu: có lẽ là 00099 (Đặc khu Đảo Xa). Đồng chí vui lòng định dạng cột mã là văn bản rồi sửa trong tệp."),
        ([1.0, "", 5, 1, DAY], "Mã đơn vị", "Mã 1 thiếu số 0 ở đầu: có lẽ là 01 (Tỉnh An Bình) hoặc 00001 (Xã Một). Đồng chí vui lòng định dạng cột mã là văn bản rồi sửa trong tệp."),
        (["54321", "", 5, 1, DAY], "Mã đơn vị", "Không có đơn vị nào mang mã 54321. Đồng chí vui lòng tra lại trong Sổ đơn vị."),
        (["00005", "", 5, 1, DAY], "Mã đơn vị", "Ngày 01/04/2026 không có đơn vị nào mang mã 00005; Xã Năm mang mã ấy đến trước ngày 01/07/2025. Đồng chí vui lòng xem lại ngày và mã."),
        (["00099", "", 5, 1, EVE], "Mã đơn vị", "Ngày 01/04/2025 không có đơn vị nào mang mã 00099; Đặc khu Đảo Xa mang mã ấy từ ngày 01/07/2025. Đồng chí vui lòng xem lại ngày và mã."),
        (["xã Một", "", 5, 1, DAY], "Mã đơn vị", "“xã Một” không phải mã đơn vị; mã có 2 chữ số (tỉnh), 3 (huyện cũ) hoặc 5 (xã), ví dụ 04021."),
        ([None, "Xã Một", 5, 1, DAY], "Mã đơn vị", "Đồng chí vui lòng ghi mã đơn vị."),
        (["00001", "Xã Hai", 5, 1, DAY], "Tên đơn vị", "Mã 00001 ngày 01/04/2026 là Xã Một, không phải “Xã Hai”. Đồng chí vui lòng xem lại mã và tên."),
        (["00001", "", None, "không rõ", DAY], "Dân số", "Đồng chí vui lòng ghi dân số hoặc số hộ."),
        (["00001", "", 0, 1, DAY], "Dân số", "Đồng chí vui lòng ghi một số lớn hơn 0."),
        (["00001", "", 5, 7, DAY], "Dân số", "Số dân ít hơn số hộ: có lẽ hai cột đổi chỗ. Đồng chí vui lòng xem lại."),
        (["00001", "", 5, 1.5, DAY], "Số hộ", "“1,5” phải là số nguyên."),
        (["00001", "", "=1+1", 1, DAY], "Dân số", "Ô này là công thức. Đồng chí vui lòng chép rồi dán dạng giá trị (Paste Values)."),
        (["00001", "", 5, 1, None], "Tính đến ngày", "Đồng chí vui lòng ghi số liệu tính đến ngày nào."),
        (["00001", "", 5, 1, date(2026, 7, 1)], "Tính đến ngày", "Ngày 01/07/2026 chưa đến. Đồng chí vui lòng xem lại ngày."),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_row_and_column(short, row, column, sentence):
    assert refused(["01", "", 9, 3, DAY], row) == [(4, column, sentence)]


def test_a_code_that_a_program_wrote_as_a_broken_number_is_told_as_the_whole_one(short):
    kept = BytesIO()
    with ZipFile(BytesIO(book([1, "", 5, 1, DAY]))) as made, ZipFile(kept, "w") as changed:
        for name in made.namelist():
            text = made.read(name)
            changed.writestr(
                name, text.replace(b"<v>1</v>", b"<v>1.0</v>", 1) if "sheet1" in name else text
            )
    with pytest.raises(RuleError) as fault:
        import_sizes(kept.getvalue(), name="dan-so.xlsx", source="Cục Thống kê", actor=None)
    assert "Mã 1 thiếu số 0 ở đầu" in fault.value.faults[0].message


def test_all_faults_of_all_rows_are_told_at_once(short):
    found = refused(
        ["00001", "", 5, 1, DAY],
        ["00001", "", 6, 1, "01/04/2026"],
        [None, "Xã Hai", None, None, "31/02/2026"],
    )
    assert [(row, column) for row, column, _ in found] == [
        (4, "Mã đơn vị"), (5, "Tính đến ngày"), (5, "Mã đơn vị"), (5, "Dân số"),
    ]  # fmt: skip
    assert "đã có ở dòng 3" in found[0][2]


def test_a_place_outside_the_reach_is_refused(short):
    mine = Unit.objects.filter(pk=short.new("00002")).values("pk")
    assert bring(["00002", "", 5, 1, DAY], within=mine) == 1
    UnitSize.objects.all().delete()
    found = refused(["00001", "", 5, 1, DAY], within=mine)
    assert [message for _, _, message in found] == [
        "Xã Một ngoài phạm vi đồng chí được sửa sổ đơn vị."
    ]


def test_an_empty_list_is_refused(short):
    with pytest.raises(RuleError, match="chưa có dòng nào"):
        bring()


def test_the_command_records_a_list_and_tells_faults_by_row(short, tmp_path, capsys):
    file = tmp_path / "dan-so.xlsx"
    file.write_bytes(book(["00001", "", 5, 1, DAY]))
    call_command("register", "sizes", file, source="Cục Thống kê")
    assert "Đã ghi dân số, số hộ của 1 dòng." in capsys.readouterr().out
    file.write_bytes(book([1, "", 5, 1, DAY]))
    with pytest.raises(CommandError, match="Dòng 3, cột Mã đơn vị: Mã 1 thiếu số 0"):
        call_command("register", "sizes", file, source="Cục Thống kê")
    with pytest.raises(CommandError, match="Không có tệp"):
        call_command("register", "sizes", tmp_path / "khong-co.xlsx", source="x")
