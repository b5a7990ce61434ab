"""Sheets as people keep them: what is understood, and everything that is refused, at once and row by row."""

import unicodedata
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from danvan.activities.exports import blank_sheet
from danvan.activities.models import Activity
from danvan.activities.services import (
    import_activities,
    importing,
    record_activity,
    withdraw_activity,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Kind, Level
from tests.factories.province import Province, make_grant, make_organisation, make_place

pytestmark = pytest.mark.django_db

HEAD = ["STT", "Mã đơn vị", "Tên đơn vị", "Loại tổ chức", "Loại hoạt động", "Nội dung", "Ngày",
        "Địa điểm", "Số lượng", "Lượt người dự", "Số người", "Lượt ý kiến", "Ghi chú"]  # fmt: skip
COLUMNS = ["stt", "code", "unit", "organisation", "kind", "title", "held_on",
           "place", "quantity", "attendance", "persons", "opinions", "summary"]  # fmt: skip

AT_NOON = datetime(2026, 6, 1, 12)  # noqa: DTZ001 - as openpyxl reads a cell


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)


@pytest.fixture
def province():
    return Province()


def line(**changes):
    fields = {
        "code": "04020",
        "organisation": "Mặt trận",
        "kind": "Giám sát",
        "title": "Giám sát thu đóng góp",
        "held_on": "12/05/2026",
        **changes,
    }
    return [fields.get(column) for column in COLUMNS]


def book(*rows, head=None, above=(), sheets=()):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Tháng 5"
    for row in (*above, HEAD if head is None else head, *rows):
        sheet.append(row)
    for title, state, lines in sheets:
        other = made.create_sheet(title)
        other.sheet_state = state
        for row in lines:
            other.append(row)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def bring_in(content, *, actor=None, name="hoat-dong.xlsx"):
    return import_activities(content, name=name, actor=actor)


def refusal(content, **more):
    with pytest.raises(RuleError) as refused:
        bring_in(content, **more)
    assert not Activity.objects.exists()
    assert not AuditEntry.objects.exists()
    return refused.value


def faults(content, **more):
    return [(fault.row, fault.column, fault.message) for fault in refusal(content, **more).faults]


def test_a_sheet_as_people_keep_it_is_understood(province):
    nfd = unicodedata.normalize("NFD", "Phản biện dự thảo thu phí chợ")
    officer = make_grant(province.place, "specialist")
    content = book(
        line(stt=1, title="Giám sát thu\u00a0đóng góp", quantity="2", attendance="1.234", persons=900, opinions="-"),
        line(stt=2, code=None, unit="Xã Con Cuông", organisation="UBND", kind="kiểm tra",
             title="Kiểm tra cải cách hành chính", held_on=AT_NOON, quantity=None),
        [None] * 13,
        line(stt=3, code=None, unit=unicodedata.normalize("NFD", "Ủy ban MTTQ Việt Nam xã Châu Khê"),
             organisation=None, kind="Phản biện xã hội", title=nfd, held_on="1.7.2026", place="Nhà văn hóa"),
        line(stt=5, unit="Ủy ban MTTQ Việt Nam Xã Môn Sơn", organisation=None, code=4020.0 and "04020",
             title="Theo tên tổ chức", attendance=12.0, place=AT_NOON),
        line(stt=4, unit="Môn Sơn", organisation="Đảng ủy", kind="dialogue" and "Đối thoại",
             title="Đối thoại với nông dân", held_on=date(2026, 8, 2), summary="Đủ hồ sơ"),
        [None, "Tổng cộng", None, None, None, None, None, None, 5],
        above=[["TỈNH ỦY NGHỆ AN"], [None, None, "BẢNG TỔNG HỢP HOẠT ĐỘNG THÁNG 5"], []],
        sheets=[("Ẩn", "hidden", [HEAD, line(title="Không được đọc")])],
    )  # fmt: skip

    done = bring_in(content, actor=officer)

    assert (done.count, list(done.unused_columns)) == (5, [])
    rows = {activity.title: activity for activity in Activity.objects.all()}
    first = rows["Giám sát thu đóng góp"]
    assert (first.unit, first.quantity, first.attendance, first.persons, first.opinions) == (
        province.fronts[0], 2, 1234, 900, 0)  # fmt: skip
    second = rows["Kiểm tra cải cách hành chính"]
    assert (second.unit, second.quantity, second.held_on) == (
        province.governments[1],
        1,
        date(2026, 6, 1),
    )
    third = rows["Phản biện dự thảo thu phí chợ"]
    assert (third.unit, third.kind, third.held_on) == (
        province.fronts[2],
        "social_criticism",
        date(2026, 7, 1),
    )
    assert rows["Đối thoại với nông dân"].unit == province.committees[0]
    fourth = rows["Theo tên tổ chức"]
    assert (fourth.unit, fourth.attendance, fourth.place) == (province.fronts[0], 12, "01/06/2026")
    entry = AuditEntry.objects.get()
    assert entry.details == {"ids": sorted(activity.pk for activity in rows.values())}


def test_a_code_kept_as_a_number_is_read_as_its_digits():
    assert (
        importing._code(4020.0)
        == importing._code(4020)
        == importing._code(" 4020 ".strip())
        == "4020"
    )


def test_headings_in_two_rows_and_a_row_of_column_numbers(province):
    top = [
        "STT",
        "Đơn vị",
        "Loại tổ chức",
        "Loại",
        "Nội dung hoạt động",
        "Thời gian",
        "Số người tham gia",
        None,
        "Tỷ lệ",
    ]
    low = [None, None, None, None, None, None, "Lượt", "Người", None]
    numbers = ["A", "B", "C", "(1)", "(2)", "(3)", 4, 5, 6]
    row = [1, "xã Môn Sơn", "MTTQ", "Tập huấn", "Tập huấn cán bộ", "5-6-2026", "120", "60", "x"]
    done = bring_in(book(low, numbers, row, head=top))
    activity = Activity.objects.get()
    assert (activity.attendance, activity.persons, activity.unit) == (120, 60, province.fronts[0])
    assert list(done.unused_columns) == ["Tỷ lệ"]


def test_the_blank_sheet_can_be_filled_and_read_back(province):
    blank = openpyxl.load_workbook(BytesIO(blank_sheet()))
    sheet = blank["Hoạt động"]
    for place, value in enumerate(line()[1:], start=1):
        sheet.cell(2, place, value)
    kept = BytesIO()
    blank.save(kept)
    assert bring_in(kept.getvalue()).count == 1


def test_all_faults_are_told_at_once_row_by_row(province):
    make_organisation(province.communes[1], Kind.FRONT_COMMITTEE, name="Mặt trận thứ hai")
    rows = [
        line(code=4020),
        line(code="99999"),
        line(code="4 xã"),
        line(kind="Ăn sáng", held_on="31/02/2026"),
        line(held_on=46000, quantity="1,5", attendance="1,234.5"),
        line(held_on=None, title=None, kind=None),
        line(organisation="Hội chơi chim"),
        line(organisation="Hội Nông dân"),
        line(code=None, unit=None),
        line(code=None, unit="Xã Không Có"),
        line(code=None, unit="Xã Môn Sơn", organisation=None),
        line(code=None, unit="Xã Môn Sơn", organisation="Cựu chiến binh"),
        line(unit="Xã Con Cuông"),
        line(organisation=None),
        line(code="04021"),
        line(held_on="01/01/2027"),
        line(attendance=5, persons=9),
        line(quantity="-"),
        line(title="=1+1"),
        line(held_on=date(2019, 1, 1)),
        line(title="Tập huấn ?ối tho?i v?i Nh?n d?n"),
        line(quantity=True, attendance=AT_NOON),
    ]
    for number, row in enumerate(rows):
        row[5] = row[5] and row[5].replace("thu đóng góp", f"việc thứ {number}")

    found = faults(book(*rows))

    assert [(row, column) for row, column, _ in found] == [
        (2, "Mã đơn vị"), (3, "Mã đơn vị"), (4, "Mã đơn vị"),
        (5, "Loại hoạt động"), (5, "Ngày"),
        (6, "Ngày"), (6, "Số lượng"), (6, "Lượt người dự"),
        (7, "Loại hoạt động"), (7, "Nội dung"), (7, "Ngày"),
        (8, "Loại tổ chức"), (9, "Loại tổ chức"), (10, "Mã đơn vị"), (11, "Tên đơn vị"),
        (12, "Loại tổ chức"), (13, "Loại tổ chức"), (14, "Tên đơn vị"), (15, "Loại tổ chức"),
        (16, "Loại tổ chức"), (17, "Ngày"), (18, "Số người"), (19, "Số lượng"), (20, "Nội dung"),
        (21, "Mã đơn vị"), (22, "Nội dung"), (23, "Số lượng"), (23, "Lượt người dự"),
    ]  # fmt: skip
    said = {(row, column): message for row, column, message in found}
    assert said[2, "Mã đơn vị"].startswith("Mã 4020 thiếu số 0 ở đầu? Có phải 04020 (Xã Môn Sơn)?")
    assert "Không có đơn vị mang mã 99999" in said[3, "Mã đơn vị"]
    assert "không có Hội Nông dân" in said[9, "Loại tổ chức"]
    assert "Mã 04020 là Xã Môn Sơn" in said[14, "Tên đơn vị"]
    assert "2 đơn vị cùng tên" in said[16, "Loại tổ chức"]
    assert "công thức" in said[20, "Nội dung"]
    assert "không có hiệu lực" in said[21, "Mã đơn vị"]


def test_the_heading_is_named_as_the_sheet_writes_it(province):
    head = ["TT", "Mã xã (*)", "Đơn vị", "Khối", "Loại", "Trích yếu", "Thời gian"]
    assert [column for _, column, _ in faults(book(line(code="x", kind="y")[:7], head=head))] == [
        "Mã xã (*)",
        "Loại",
    ]


def test_a_row_that_repeats_another_or_what_stands_recorded_is_refused(province):
    again = line(title="GIÁM SÁT  thu đóng góp", quantity=7)
    (row, column, message), = faults(book(line(), again))  # fmt: skip
    assert (row, column) == (3, "Nội dung")
    assert "trùng dòng 2" in message
    known = record_activity(
        unit=province.fronts[0], kind="supervision", title="Giám sát thu đóng góp",
        held_on=date(2026, 5, 12), actor=None,
    )  # fmt: skip
    with pytest.raises(RuleError) as refused:
        bring_in(book(line()))
    assert f"số {known.pk}" in refused.value.faults[0].message
    withdraw_activity(known, why="Ghi nhầm", actor=None)
    assert bring_in(book(line())).count == 1
    with pytest.raises(RuleError):
        bring_in(book(line()))
    assert Activity.objects.standing().count() == 1


def test_one_bad_row_keeps_all_out_also_when_a_row_is_out_of_reach(province):
    officer = make_grant(province.communes[0], "commune_officer")
    (row, column, message), = faults(book(line(), line(code="04021")), actor=officer)  # fmt: skip
    assert (row, column) == (3, "Mã đơn vị")
    assert "ngoài phạm vi" in message


def test_of_two_units_with_one_name_the_writers_own_is_meant(province):
    other = make_place("Tỉnh Thanh Hóa", level=Level.PROVINCE, under=province.country, code="38")
    twin = make_organisation(make_place("Xã Môn Sơn", under=other))
    row = line(code=None, unit="Ủy ban MTTQ Việt Nam Xã Môn Sơn", organisation=None)
    ((_, column, message),) = faults(book(row))
    assert (column, "2 đơn vị cùng tên" in message) == ("Tên đơn vị", True)
    officer = make_grant(twin, "commune_officer")
    assert bring_in(book(row), actor=officer).activities[0].unit_id == twin.pk


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: b"", "trống"),
        (lambda: b"khong phai excel", ""),
        (lambda: book(), "chưa có dòng"),
        (lambda: book(head=["a", "b"]), "Không thấy bảng"),
        (
            lambda: book(line(), head=["STT", "Mã đơn vị", "Tên đơn vị", "Loại tổ chức"]),
            "thiếu cột",
        ),
        (lambda: book(line(), sheets=[("Tháng 6", "visible", [HEAD, line()])]), "2 trang tính"),
        (lambda: book(*[line(title=f"Việc {n}") for n in range(5001)]), "hơn 5.000 dòng"),
        (lambda: book(*[["x"] for _ in range(40)], head=["y"]), "Không thấy bảng"),
        (lambda: spoilt(book(line()), "xl/vbaProject.bin", b"macro"), "macro"),
        (lambda: spoilt(book(line()), "xl/media/x.bin", b"0" * (81 << 20)), "quá lớn"),
        (
            lambda: spoilt(book(line()), "xl/evil.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
            "không an toàn",
        ),
        (lambda: spoilt(book(line()), "xl/workbook.xml", b"<broken", replace=True), ""),
        (lambda: book(line())[:900], ""),
        (
            lambda: spoilt(book(line()), "xl/worksheets/sheet1.xml", b"<a", replace=True),
            "Không đọc được",
        ),
        (lambda: spoilt_bytes(book(line())), ""),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_with_a_sentence(province, content, says):
    message = refusal(content()).message
    assert says in message
    assert message.endswith(".")


def spoilt(content, name, inside, *, replace=False):
    kept = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if not (replace and part.filename == name):
                new.writestr(part, old.read(part))
        new.writestr(name, inside)
    return kept.getvalue()


def spoilt_bytes(content):
    """One byte of the compressed sheet turned over: its checksum no longer fits."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        at = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def test_more_parts_than_excel_writes_are_refused_before_they_are_opened(province, monkeypatch):
    monkeypatch.setattr("danvan.foundation.sheet.MOST_PARTS", 3)
    assert "80 MB" in refusal(book(line())).message


def test_rows_far_below_the_table_belong_to_it_no_more(province):
    assert bring_in(book(line(), *[[None] * 13] * 600, line(title="Xa"))).count == 1


@pytest.mark.parametrize("rows", [1, 40])
def test_any_number_of_rows_costs_the_same_queries(province, django_assert_num_queries, rows):
    content = book(*[line(title=f"Việc {n}", code=f"0402{n % 3}") for n in range(rows)])
    actor = make_grant(province.place, "specialist")
    with django_assert_num_queries(21):
        assert bring_in(content, actor=actor).count == rows


@pytest.mark.parametrize("number", ["1E999", "-1E999", "NaN"])
@pytest.mark.parametrize("field", ["quantity", "attendance", "held_on", "code"])
def test_a_cell_whose_number_has_no_end_is_a_fault_of_its_row(province, field, number):
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(book(line(**{field: 987654})))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(made, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part.replace(b"<v>987654</v>", f"<v>{number}</v>".encode()))

    with pytest.raises(RuleError):
        bring_in(made.getvalue())

    assert not Activity.objects.exists()
