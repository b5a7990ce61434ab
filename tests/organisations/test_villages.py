"""Lists of villages as people keep them: what is understood, and everything that is refused, row by row."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.foundation.sheet import Row
from danvan.organisations.edges import recomputed_reach, stored_reach
from danvan.organisations.enums import Follows, Level
from danvan.organisations.hamlets import full_name, type_in, village_key
from danvan.organisations.models import Unit, UnitCode, UnitSize, UnitVersion
from danvan.organisations.services import found_place
from danvan.organisations.services.villages import import_villages, read_villages
from danvan.organisations.services.villages.reading import Reading
from tests.organisations.conftest import SINCE, register_rows

pytestmark = pytest.mark.django_db

AS_A_CELL = datetime(2026, 1, 2)  # noqa: DTZ001 - as openpyxl reads one
TODAY, COUNTED = date(2026, 12, 31), date(2026, 12, 1)
HEAD = [
    "STT",
    "Mã xã",
    "Tên xã",
    "Tên thôn",
    "Loại hình",
    "Số hộ",
    "Nhân khẩu",
    "Quyết định",
    "Từ ngày",
]
FIELDS = [
    "stt",
    "code",
    "commune",
    "name",
    "type_word",
    "households",
    "population",
    "decision",
    "since",
]


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = TODAY


def line(**changes):
    fields = {"code": "00001", "name": "Thôn Đoài", **changes}
    return [fields.get(field) for field in FIELDS]


def book(*rows, head=None, above=()):
    made = openpyxl.Workbook()
    for row in (*above, HEAD if head is None else head, *rows):
        made.active.append(row)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def bring(short, content, *, top=None, **more):
    unit = Unit.objects.get(pk=top or short.country)
    return import_villages(
        content, **{"name": "thon.xlsx", "top": unit, "counted_on": COUNTED, "actor": None, **more}
    )


def refusal(short, *rows, **more):
    before = register_rows()
    with pytest.raises(RuleError) as refused:
        bring(short, book(*rows), **more)
    assert register_rows() == before
    assert not UnitSize.objects.exists()
    assert not AuditEntry.objects.filter(action="organisations.import_villages").exists()
    return [(fault.row, fault.column, fault.message) for fault in refused.value.faults]


def villages():
    found = UnitVersion.objects.filter(level=Level.VILLAGE).order_by("unit_id")
    return list(found.values_list("name", "type_word"))


def test_a_sheet_as_people_have_it_is_brought_in_whole(short):
    done = bring(
        short,
        book(
            ["1", "(2)", "(3)", "(4)", None, None, None, None, None],
            [1, "00001", "Một", "Đoài", "Thôn", "1.234", 4000.0, "QĐ 1/QĐ-UBND", "01/08/2025"],
            [2, None, None, 3, "TDP", 40, "-", None, None],
            [3, "'00002", "Xã Hai Mới", "Bản Cá", None, None, None, None, AS_A_CELL],
            ["Tổng cộng", None, None, None, None, 1274, 4000, None, None],
            above=(["DANH SÁCH THÔN, TỔ DÂN PHỐ"], [], ["Kèm theo Công văn số 12"]),
        ),
    )
    assert (done.count, done.communes, list(done.unused_columns)) == (3, 2, [])
    assert villages() == [
        ("Thôn Đoài", "thôn"),
        ("Tổ dân phố 3", "tổ dân phố"),
        ("Bản Cá", "bản"),
    ]
    lives = Unit.objects.filter(pk__in=done.unit_ids).order_by("pk").values_list("founded_on", "ended_on")  # fmt: skip
    assert list(lives) == [
        (date(2025, 8, 1), None), (SINCE, None), (date(2026, 1, 2), None),
    ]  # fmt: skip
    versions = UnitVersion.objects.filter(unit_id__in=done.unit_ids).order_by("unit_id")
    assert list(versions.values_list("parent_id", "decision", "start_known", "bare")) == [
        (short.new("00001"), "QĐ 1/QĐ-UBND", True, "doai"),
        (short.new("00001"), "", False, "3"),
        (short.new("00002"), "", True, "ca"),
    ]
    sizes = UnitSize.objects.order_by("unit_id")
    assert list(sizes.values_list("households", "population", "counted_on", "source")) == [
        (1234, 4000, COUNTED, "Danh sách thon.xlsx"),
        (40, None, COUNTED, "Danh sách thon.xlsx"),
    ]
    entry = AuditEntry.objects.get(action="organisations.import_villages")
    assert entry.details == {"count": 3, "communes": 2}
    stored, wanted = stored_reach(), recomputed_reach()
    assert stored[Follows.PLACE] == wanted[Follows.PLACE]


def test_a_commune_brings_in_its_own_without_codes(short):
    one = short.new("00006")  # stood before the merger under another parent
    done = bring(short, book(["Thôn 1", 5], ["Thôn 2", 6], head=["Tên thôn", "Số hộ", "Nhân khẩu"]), top=one)  # fmt: skip
    assert done.count == 2
    assert set(UnitVersion.objects.filter(level=Level.VILLAGE).values_list("parent_id", flat=True)) == {one}  # fmt: skip
    assert stored_reach()[Follows.PLACE] == recomputed_reach()[Follows.PLACE]


def test_headings_under_a_merged_one_are_read_where_neither_row_is_enough(short):
    one = short.new("00006")
    head = ["STT", "Tên thôn, bản", "Thông tin", None, "Ghi chú"]
    rows = [None, None, "Số hộ", "Nhân khẩu"], [1, "Bản Thái Sơn", "120", "1.480", "x"]
    done = bring(short, book(*rows, head=head, above=(["DANH SÁCH THÔN, BẢN"],)), top=one)
    assert (done.count, list(done.unused_columns)) == (1, ["Ghi chú"])
    assert list(UnitSize.objects.values_list("households", "population")) == [(120, 1480)]


def test_every_fault_of_every_row_is_told_at_once(short):
    faults = refusal(
        short,
        line(code="99999"),
        line(code=1),
        line(code="00008"),
        line(code="01"),
        line(code="ab"),
        line(code="00002", commune="Xã Chín"),
        line(code="00004", name="Thôn Ma"),
        line(name=None),
        line(name="Đông"),
        line(name="Đông", type_word="Phường"),
        line(name="Bản 3", type_word="Thôn"),
        line(name="Thôn " + "x" * 130),
        line(name="=1+1"),
        line(households="nhiều"),
        line(households=5.5, name="Thôn B"),
        line(households=-1, name="Thôn C"),
        line(households=True, name="Thôn D"),
        line(households=40, population=20, name="Thôn E"),
        line(since=45000, name="Thôn F"),
        line(since="31/02/2026", name="Thôn G"),
        line(since="01/01/2025", name="Thôn H"),
        line(since="01/01/2027", name="Thôn I"),
        line(decision="x" * 201, name="Thôn K"),
        line(code=None, commune="Xã Không Có"),
        line(code=None, commune="Xã Tám"),
    )  # fmt: skip
    told = {}
    for row, column, message in faults:
        told.setdefault(row - 1, []).append((column, message))
    one = "Mã xã"
    assert told == {
        1: [(one, "Không có xã nào mang mã 99999. Đồng chí vui lòng tra lại trong Sổ đơn vị.")],
        2: [(one, "Mã 1 thiếu số 0 ở đầu: có lẽ là 00001 (Xã Một). Đồng chí vui lòng định dạng cột mã là văn bản rồi sửa trong tệp.")],
        3: [(one, "Mã 00008 là mã cũ của Xã Tám, kết thúc ngày 01/07/2025; nay là Xã Bảy (00007), Xã Chín (00009). Đồng chí vui lòng ghi mã hiện nay.")],
        4: [(one, "Mã 01 là Tỉnh An Bình, không phải xã, phường. Đồng chí vui lòng ghi mã xã, gồm 5 chữ số.")],
        5: [(one, "“ab” không phải mã xã; mã gồm 5 chữ số, ví dụ 04021.")],
        6: [("Tên xã", "Mã 00002 nay là Xã Hai Mới, không phải “Xã Chín”. Đồng chí vui lòng xem lại mã và tên.")],
        8: [("Tên thôn", "Đồng chí vui lòng ghi tên thôn, tổ dân phố.")],
        9: [("Loại hình", "Chưa rõ “Đông” là thôn, bản hay tổ dân phố. Đồng chí vui lòng ghi loại hình.")],
        10: [("Loại hình", "Không có loại hình “Phường”. Đồng chí vui lòng ghi một trong các loại: tổ dân phố, thôn, bản, xóm, khóm, ấp, buôn, làng, ...")],
        11: [("Loại hình", "Cột loại hình ghi “Thôn” nhưng tên là “Bản 3”. Đồng chí vui lòng xem lại.")],
        12: [("Tên thôn", "Tên thôn dài quá 120 ký tự, đồng chí vui lòng rút gọn.")],
        13: [("Tên thôn", "Ô này là công thức. Đồng chí vui lòng chép rồi dán dạng giá trị (Paste Values).")],
        14: [("Số hộ", "“nhiều” không phải là một số. Đồng chí vui lòng viết như 1.234.")],
        15: [("Số hộ", "“5,5” phải là số nguyên.")],
        16: [("Số hộ", "“-1” không thể là số hộ, số khẩu của một thôn. Đồng chí vui lòng xem lại.")],
        17: [("Số hộ", "Ô này phải là một số, ví dụ 1.234.")],
        18: [("Nhân khẩu", "Có 20 nhân khẩu mà 40 hộ: có lẽ hai cột đổi chỗ. Đồng chí vui lòng xem lại.")],
        19: [("Từ ngày", "“45000” là số, không phải ngày. Đồng chí vui lòng ghi ngày dạng 05/03/2026.")],
        20: [("Từ ngày", told[20][0][1])],
        21: [("Từ ngày", "Xã Một có từ 01/07/2025, sau ngày 01/01/2025. Nếu thôn có từ trước, đồng chí để trống ô này.")],
        22: [("Từ ngày", "Ngày 01/01/2027 chưa tới. Thôn lập sau hôm nay do mục Sắp xếp đơn vị ghi.")],
        23: [("Quyết định", "Văn bản quyết định dài quá 200 ký tự, đồng chí vui lòng rút gọn.")],
        24: [("Tên xã", "Không thấy “Xã Không Có” ở Việt Nam. Đồng chí vui lòng ghi mã xã.")],
        25: [("Tên xã", "Xã Tám, kết thúc ngày 01/07/2025; nay là Xã Bảy (00007), Xã Chín (00009). Đồng chí vui lòng ghi tên và mã hiện nay.")],
    }  # fmt: skip
    assert "31/02/2026" in told[20][0][1]


def test_a_code_that_another_commune_bears_now_says_what_the_old_one_became(short):
    [(_, column, message)] = refusal(short, line(code="00004", commune="Phường Bốn Cũ"))
    assert (column, message) == (
        "Tên xã",
        "Mã 00004 nay là Phường Bốn, không phải “Phường Bốn Cũ”. Đồng chí vui lòng xem lại mã và tên.",
    )
    [(_, column, message)] = refusal(short, line(code="00002", commune="Xã Hai"))
    assert (column, message) == (
        "Tên xã",
        "Mã 00002 nay là Xã Hai Mới, không phải “Xã Hai”. Xã Hai mang mã ấy trước đây, kết thúc ngày 01/07/2025; nay là Xã Một (00001), Xã Hai Mới (00002). Đồng chí vui lòng ghi tên và mã hiện nay.",
    )


def test_a_commune_that_was_recoded_is_told_its_present_code(short):
    code = UnitCode.objects.get(unit_id=short.new("00007"), valid_to=None)
    UnitCode.objects.filter(pk=code.pk).update(valid_to=date(2026, 1, 1))
    UnitCode.objects.create(unit_id=code.unit_id, system="gso", code="00077", valid_from=date(2026, 1, 1))  # fmt: skip
    [(_, _, message)] = refusal(short, line(code="00007"))
    assert message == (
        "Mã 00007 là mã cũ của Xã Bảy, nay mang mã 00077. Đồng chí vui lòng ghi mã hiện nay."
    )


def test_a_village_that_is_there_twice_is_refused(short):
    bring(short, book(line(name="Thôn Đoài"), line(name="Thôn 3"), line(name="Thôn Đồng")))
    assert UnitVersion.objects.filter(level=Level.VILLAGE).count() == 3
    UnitSize.objects.all().delete()
    with pytest.raises(RuleError) as refused:
        bring(
            short,
            book(
                line(name="thôn đoài"),
                line(name="Bản Đoài"),
                line(name="Thôn số 03"),
                line(name="Tổ dân phố 3"),  # two numbers of two types are two
                line(name="Thôn Đông"),
                line(name="Thôn  Đông"),
                line(name="Thôn Đoài", code="00002"),
            ),
        )
    assert [(fault.row, fault.column, fault.message) for fault in refused.value.faults] == [
        (2, "Tên thôn", "Thôn Đoài đã có trong sổ. Đồng chí vui lòng bỏ dòng này."),
        (3, "Tên thôn", "Dòng này trùng dòng 2: Thôn đoài."),
        (4, "Tên thôn", "Thôn 3 đã có trong sổ. Đồng chí vui lòng bỏ dòng này."),
        (7, "Tên thôn", "Dòng này trùng dòng 6: Thôn Đông."),
    ]
    with pytest.raises(RuleError, match="1 lỗi") as refused:
        bring(short, book(line(name="Bản Đoài")))
    assert refused.value.faults[0].column == "Loại hình"
    assert "Trong sổ đã có Thôn Đoài" in refused.value.faults[0].message


def test_a_list_keeps_to_the_place_and_to_the_units_its_writer_may_change(short):
    [(_, _, message)] = refusal(short, line(code="00006"), top=short.new("01"))
    assert "Xã Sáu (00006) không thuộc Tỉnh An Bình" in message
    mine = Unit.objects.filter(pk=short.new("00001")).values("pk")
    [(row, _, message)] = refusal(short, line(), line(code="00002"), within=mine)
    assert (row, message) == (3, "Xã Hai Mới (00002) ngoài phạm vi đồng chí được sửa sổ đơn vị.")
    [(_, _, message)] = refusal(short, line(code=None), top=short.new("01"))
    assert message == "Đồng chí vui lòng ghi mã xã."


def test_communes_of_one_name_are_told_apart_by_code(short):
    found_place("Xã Một", type_word="xã", level=Level.COMMUNE, under=short.new("03"), on=SINCE, code="00050", actor=None)  # fmt: skip
    [(_, _, message)] = refusal(short, line(code=None, commune="Xã Một"))
    assert "Có 2 xã cùng tên “Xã Một”" in message
    assert "(00050)" in message
    assert bring(short, book(line(code=None, commune="một")), top=short.new("01")).count == 1


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: book(), "Bảng chưa có dòng nào"),
        (lambda: book(head=["Họ tên", "Ngày sinh"]), "Không thấy bảng thôn, tổ dân phố"),
        (lambda: book(head=["Mã xã", "Tên xã", "Số hộ"]), "Bảng thiếu cột"),
        (lambda: b"not a workbook", "xlsx"),
    ],
)
def test_a_file_without_such_a_list_is_refused(short, make, said):
    with pytest.raises(RuleError, match=said):
        bring(short, make())
    assert villages() == []


def test_sizes_of_a_day_to_come_and_a_place_that_is_gone_are_refused(short):
    with pytest.raises(RuleError, match="chưa tới"):
        bring(short, book(line()), counted_on=date(2027, 1, 1))
    with pytest.raises(RuleError, match="không còn hoạt động"):
        bring(short, book(line()), top=short.old("00008"))


def test_reading_alone_writes_nothing(short):
    before = register_rows()
    read = read_villages(book(line(), line(code="9")), name="thon.xlsx", top=Unit.objects.get(pk=short.country))  # fmt: skip
    assert (len(read.rows), len(read.villages), len(read.faults)) == (2, 1, 1)
    assert register_rows() == before


def test_a_list_costs_the_same_queries_whatever_its_length(short):
    def cost(first, rows):
        content = book(*(line(name=f"Thôn {number}") for number in range(first, first + rows)))
        with CaptureQueriesContext(connection) as queries:
            bring(short, content)
        return len(queries)

    assert cost(1, 1) == cost(10, 3)


def test_thousands_of_villages_are_written_in_bulk(short):
    codes = ["00001", "00002", "00003", "00004", "00006", "00007", "00009", "00099"]
    rows = (line(code=codes[n % 8], name=f"Thôn {n}", households=100) for n in range(2_000))
    content = book(*rows)
    with CaptureQueriesContext(connection) as queries:
        assert bring(short, content).count == 2_000
    assert UnitSize.objects.count() == 2_000
    assert len(queries) < 200  # batches, not rows


def test_cells_that_lost_their_form_are_read_or_told(short):
    done = bring(
        short,
        book(
            line(name=3.0, type_word="Thôn", since="-"),
            line(name=AS_A_CELL, type_word="Thôn", since=AS_A_CELL),
        ),
    )
    assert [name for name, _ in villages()] == ["Thôn 3", "Thôn 02/01/2026"]
    assert done.count == 2
    with pytest.raises(RuleError) as refused:
        bring(short, book(line(code=12345.0), line(name="Th«n §oµi"), line(code="Tổng cộng")))
    assert [(one.row, one.column) for one in refused.value.faults] == [
        (2, "Mã xã"),
        (3, "Tên thôn"),
    ]
    cells = {"code": 12345.0, "name": 3.0, "type_word": "Thôn", "since": SINCE}
    read = Reading(Row(2, cells))  # as some programs write whole numbers and days
    assert (read.code, read.name, read.since, read.faults) == ("12345", "Thôn 3", SINCE, [])


@pytest.mark.parametrize(
    ("name", "word", "full", "key"),
    [
        ("TDP số 03", "tổ dân phố", "Tổ dân phố số 03", "3"),
        ("Tổ dân phố 3", "tổ dân phố", "Tổ dân phố 3", "3"),
        ("tổ 5", "tổ", "Tổ 5", "5"),
        ("Làng Chanh", "làng", "Làng Chanh", "chanh"),
        ("Buôn", "", "", ""),
        ("Thôn 000", "thôn", "Thôn 000", "0"),
    ],
)
def test_what_a_village_is_called(name, word, full, key):
    assert type_in(name) == word
    if word:
        assert full_name(name, word) == full
        assert village_key(full, word) == key
