"""Many workbooks of a month in one drop: each into its unit's draft, or sent for it, or back with its faults."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation import jobs
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.reporting.models import Obligation, SheetDrop, SheetFile, Submission
from danvan.reporting.selectors.sheets import progress_of
from danvan.reporting.services import (
    drop_sheets,
    dropping,
    open_period,
    read_drop,
    save_draft,
    sheets,
    submit_report,
)
from danvan.reporting.sheets import unpacking
from danvan.reporting.templating import month_csv, template, templates
from tests.factories.province import make_grant, make_place, make_user
from tests.once import once, own
from tests.reporting.months import GOOD, NOVEMBER, OCTOBER, TODAY, Month
from tests.reporting.workbooks import own as own_sheet
from tests.reporting.workbooks import typed


class Filled:
    """A month, and the workbook of each unit filled in."""

    def __init__(self):
        self.month = Month()
        self.books = [
            (f"{number}.xlsx", typed(template(one), GOOD))
            for number, one in enumerate(self.month.owed)
        ]


_filled = once(Filled, DANVAN_TODAY=TODAY)


@pytest.fixture
def filled(_filled, db, settings):
    settings.DANVAN_JOBS_INLINE = False
    return own(_filled)


def drop(filled, books=None, actor=None, **more):
    return drop_sheets(
        filled.month.form, NOVEMBER, books or filled.books, actor=actor or make_user(), **more
    )


def outcomes(dropped):
    return [(one.outcome, one.obligation_id) for one in dropped.files.order_by("place")]


def zipped(books):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in books:
            package.writestr(name, content)
    return kept.getvalue()


def test_each_workbook_of_a_package_goes_to_the_draft_of_its_unit(filled):
    books = [("thang 11/", b""), ("__MACOSX/._0.xlsx", b"x"), *filled.books]
    dropped = drop(filled, [("thang-11.zip", zipped(books))])
    assert progress_of(dropped).read == 0

    jobs.run_all()

    assert outcomes(dropped) == [("drafted", one.pk) for one in filled.month.owed]
    assert [one.draft["answers"] for one in Obligation.objects.all()] == [GOOD] * 3
    dropped.refresh_from_db()
    assert dropped.ended_at is not None
    assert not Submission.objects.exists()
    assert AuditEntry.objects.filter(action="reporting.read_sheet").count() == 3


def test_who_may_send_for_the_units_may_have_them_sent_and_it_is_recorded(filled):
    user = make_grant(filled.month.province.place, "commune_officer")
    dropped = drop(filled, actor=user, sends=True)

    read_drop(dropped.pk)

    assert [one[0] for one in outcomes(dropped)] == ["sent"] * 3
    assert {one.sent_by for one in Submission.objects.all()} == {user}
    acts = AuditEntry.objects.filter(target__startswith="reporting.sheetfile:")
    assert [one.action for one in acts] == ["reporting.submit_for_unit"] * 3


def test_who_may_not_send_for_a_unit_leaves_it_a_draft(filled):
    user = make_grant(filled.month.province.communes[0], "commune_officer")
    dropped = drop(filled, actor=user, sends=True)

    read_drop(dropped.pk)

    assert [one[0] for one in outcomes(dropped)] == ["sent", "drafted", "drafted"]
    assert "chưa có quyền gửi thay" in dropped.files.last().remarks[-1]


def test_a_workbook_that_cannot_be_sent_goes_back_with_what_is_missing(filled):
    user = make_grant(filled.month.province.place, "commune_officer")
    [name, content] = filled.books[0]
    dropped = drop(filled, [(name, typed(content, {"luot": None, "nguoi": None}))], actor=user, sends=True)  # fmt: skip

    read_drop(dropped.pk)

    file = dropped.files.get()
    assert file.outcome == "refused"
    assert {fault["code"] for fault in file.faults} == {"luot", "nguoi"}
    assert all(fault["address"].startswith("F") for fault in file.faults)
    assert not Submission.objects.exists()


def test_a_drop_that_was_killed_goes_on_and_doubles_nothing(filled, monkeypatch):
    user = make_grant(filled.month.province.place, "commune_officer")
    dropped = drop(filled, actor=user, sends=True)
    read, seen = dropping.read_member, []

    def killed_at_the_second(package, place):
        seen.append(place)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return read(package, place)

    monkeypatch.setattr(dropping, "read_member", killed_at_the_second)
    monkeypatch.setattr(sheets, "TOGETHER", 1)
    with pytest.raises(KeyboardInterrupt):
        read_drop(dropped.pk)
    assert [one[0] for one in outcomes(dropped)] == ["sent", "waiting", "waiting"]

    read_drop(dropped.pk)
    read_drop(dropped.pk)

    assert [one[0] for one in outcomes(dropped)] == ["sent"] * 3
    assert Submission.objects.count() == 3
    assert AuditEntry.objects.filter(target__startswith="reporting.sheetfile:").count() == 3


def test_of_two_workers_on_one_drop_each_workbook_is_taken_once(filled, monkeypatch):
    dropped = drop(filled)
    read, seen = dropping.read_member, []

    def another_was_quicker(package, place):
        if not seen:
            seen.append(place)
            read_drop(dropped.pk)
        return read(package, place)

    monkeypatch.setattr(dropping, "read_member", another_was_quicker)
    read_drop(dropped.pk)

    assert [one[0] for one in outcomes(dropped)] == ["drafted"] * 3
    assert AuditEntry.objects.filter(target__startswith="reporting.sheetfile:").count() == 3


def test_workbooks_without_our_mark_are_known_by_code_or_name(filled):
    rows = [["Nội dung", "Số liệu"], ["Lượt người dự", 9]]
    books = [
        ("bao-cao-04020.xlsx", own_sheet(rows)),
        ("b.xlsx", own_sheet([["UBND XÃ CON CUÔNG"], *rows])),
        ("c.xlsx", own_sheet(rows)),
        ("04020-04021.xlsx", own_sheet(rows)),
    ]
    dropped = drop(filled, books)

    read_drop(dropped.pk)

    first, second, _ = filled.month.owed
    assert outcomes(dropped) == [
        ("drafted", first.pk),
        ("drafted", second.pk),
        ("refused", None),
        ("refused", None),
    ]
    assert "Không rõ tệp này là của đơn vị nào" in dropped.files.get(place=2).faults[0]["message"]


def test_what_stands_already_is_not_written_over(filled):
    first, second, third = filled.month.owed
    save_draft(first, {"luot": "5"}, actor=make_user())
    submit_report(second, answers=GOOD, actor=None)
    dropped = drop(filled, [*filled.books, ("lai.xlsx", filled.books[2][1])])

    read_drop(dropped.pk)

    assert outcomes(dropped) == [
        ("refused", first.pk),
        ("refused", second.pk),
        ("drafted", third.pk),
        ("refused", third.pk),
    ]
    said = [one.faults[0]["message"] if one.faults else "" for one in dropped.files.all()]
    assert "Đơn vị đang nhập báo cáo này" in said[0]
    assert "Đơn vị đã gửi báo cáo này: phần mềm đã gửi bản 1" in said[1]
    assert "Tệp “2.xlsx” trong cùng lần gửi" in said[3]
    first.refresh_from_db()
    assert first.draft["answers"] == {"luot": "5"}


def test_templates_of_another_month_or_of_a_unit_that_owes_nothing_are_refused(filled):
    october = open_period(filled.month.form, OCTOBER, actor=None)[0]
    stranger = make_place("Xã Lạ", under=filled.month.province.place)
    other = filled.month.first
    other.unit = stranger
    books = [("a.xlsx", template(october)), ("b.xlsx", template(other)), ("c.docx", b"khong phai")]
    dropped = drop(filled, books)

    read_drop(dropped.pk)

    said = [one.faults[0]["message"] for one in dropped.files.all()]
    assert "Tệp này là mẫu biểu BM-02 phiên bản 1, tháng 10/2026; lần này cần" in said[0]
    assert "Tệp này là mẫu của Xã Lạ" in said[1]
    assert "không dùng được ở đây" in said[2]
    assert progress_of(dropped).refused == 3


def test_a_workbook_with_a_fault_changes_nothing(filled):
    name, content = filled.books[0]
    dropped = drop(filled, [(name, typed(content, {"luot": "nhiều"}))])

    read_drop(dropped.pk)

    assert outcomes(dropped) == [("refused", filled.month.first.pk)]
    assert not Obligation.objects.filter(draft_saved_at__isnull=False).exists()


def test_a_month_that_is_not_open_and_a_drop_of_nothing_are_refused(filled):
    with pytest.raises(RuleError, match="chưa mở nên chưa nhận tệp"):
        drop_sheets(filled.month.form, OCTOBER, filled.books, actor=None)
    with pytest.raises(RuleError, match="chọn tệp Excel"):
        drop_sheets(filled.month.form, NOVEMBER, [], actor=None)
    assert not SheetDrop.objects.exists()


def locked_zip(books):
    """A package whose members are marked as locked by a password."""
    content = bytearray(zipped(books))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("package", "said"),
    [
        (lambda _: b"PK khong phai", "không phải tệp nén"),
        (lambda _: zipped([("trong/", b"")]), "không có tệp Excel nào"),
        (lambda _: zipped([("a.xlsx", b"0" * 21_000_000)]), "bung ra lớn hơn"),
        (lambda _: zipped([("a.xlsx", bytes(range(256)) * 24_000)]), "lớn hơn 5 MB"),
        (locked_zip, "đặt mật khẩu"),
    ],
)
def test_a_package_that_would_choke_a_reader_is_refused(filled, package, said):
    with pytest.raises(RuleError, match=said):
        drop(filled, [("goi.zip", package(filled.books))])

    assert not SheetFile.objects.exists()


def test_more_workbooks_than_may_be_are_refused(filled, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_SHEETS", 2)

    with pytest.raises(RuleError, match="có 3 tệp, nhiều hơn 2"):
        drop(filled)


def test_packages_and_workbooks_may_be_handed_in_together(filled):
    books = [("hai.zip", zipped(filled.books[:2])), filled.books[2]]

    dropped = drop(filled, books)

    assert [one.name for one in dropped.files.all()] == ["0.xlsx", "1.xlsx", "2.xlsx"]


def test_a_member_that_is_damaged_is_told_for_that_workbook_alone(filled):
    content = bytearray(zipped(filled.books[:2]))
    at = content.index(b"PK\x03\x04") + 60
    content[at : at + 40] = b"\0" * 40

    dropped = drop(filled, [("goi.zip", bytes(content))])
    read_drop(dropped.pk)

    assert [one[0] for one in outcomes(dropped)] == ["refused", "drafted"]
    assert "hỏng trong gói nén" in dropped.files.get(place=0).faults[0]["message"]


def test_the_templates_of_all_units_come_in_one_package(filled):
    content = b"".join(templates(filled.month.form, NOVEMBER))

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.namelist() == [
            "04020-xa-mon-son.xlsx",
            "04021-xa-con-cuong.xlsx",
            "04022-xa-chau-khe.xlsx",
        ]
    dropped = drop(filled, [("mau.zip", content)])
    assert dropped.files.count() == 3


def test_thirty_workbooks_of_people_s_own_go_to_thirty_drafts(filled):
    """Nine in ten are sound; one in ten is not, and says why."""
    province, rows = filled.month.province.place, [["Nội dung", "Số liệu"]]
    for number in range(30):
        make_place(f"Xã số {number}", under=province, code=f"170{number:02}")
    october = open_period(filled.month.form, OCTOBER, actor=None)
    books = [
        (f"170{number:02}.xlsx", own_sheet([*rows, ["Lượt người dự", "ba" if number % 10 == 9 else number]]))
        for number in range(30)
    ]  # fmt: skip
    dropped = drop_sheets(filled.month.form, OCTOBER, books, actor=make_user())

    read_drop(dropped.pk)

    progress = progress_of(dropped)
    assert (progress.total, progress.drafted, progress.refused) == (30, 27, 3)
    drafted = Obligation.objects.filter(pk__in=[one.pk for one in october]).exclude(draft={})
    assert sorted(int(one.draft["answers"]["luot"]) for one in drafted) == [
        number for number in range(30) if number % 10 != 9
    ]
    kept = AuditEntry.objects.filter(target__startswith="reporting.sheetfile:")
    assert kept.values("target").distinct().count() == kept.count() == 30


def test_each_further_workbook_costs_the_same_queries(filled):
    costs = []
    for many in (1, 2, 3):
        Obligation.objects.update(draft={}, draft_saved_at=None)
        dropped = drop(filled, filled.books[:many])
        with CaptureQueriesContext(connection) as queries:
            read_drop(dropped.pk)
        costs.append(len(queries))

    assert costs[1] - costs[0] == costs[2] - costs[1] <= 14


def test_what_was_sent_for_a_month_is_written_as_csv(filled):
    submit_report(filled.month.first, answers=GOOD | {"cach-lam": "=Tổ tự quản"}, actor=None)

    content = month_csv(filled.month.form, NOVEMBER)

    lines = content.decode("utf-8-sig").split("\r\n")
    assert content.startswith(b"\xef\xbb\xbfM")
    assert lines[0].startswith("Mã đơn vị;Đơn vị;Kỳ;Mã chỉ tiêu;Nội dung")
    assert lines[2] == ("04020;Xã Môn Sơn;2026-11;luot;Lượt người dự;lượt;1412;Nhập;1;03/12/2026")
    assert any(";1,25;" in line for line in lines)
    assert any(";'=Tổ tự quản;" in line for line in lines)
    assert len(lines) == 10
