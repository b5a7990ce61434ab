"""A unit hands in the workbook of its report: into the draft, or back with its faults marked."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.reporting.models import SheetFile
from danvan.reporting.services import hand_in_sheet, open_period, save_draft, submit_report
from danvan.reporting.sheets import mark_faults
from danvan.reporting.templating import template
from tests.factories.province import make_user
from tests.once import once, own
from tests.reporting.months import GOOD, OCTOBER, TODAY, Month, make_form, sections
from tests.reporting.workbooks import address_of, changed, typed
from tests.reporting.workbooks import own as own_sheet

_month = once(Month, DANVAN_TODAY=TODAY)


@pytest.fixture
def month(_month, db):
    return own(_month)


def as_typed(content, answers=GOOD):
    return typed(content, answers)


def test_a_template_filled_in_becomes_the_draft_and_nothing_is_sent(month):
    user = make_user()
    file = hand_in_sheet(
        month.first, name="a.xlsx", content=as_typed(template(month.first)), actor=user
    )

    owed = month.first
    owed.refresh_from_db()
    assert file.outcome == "drafted"
    assert owed.draft["answers"] == GOOD
    assert (owed.standing, owed.draft_by) == ("due", user)
    assert {one["code"]: one["shown"] for one in file.answers}["luot"] == "1.412"
    entry = AuditEntry.objects.get(target=f"reporting.sheetfile:{file.pk}")
    assert (entry.action, entry.actor) == ("reporting.read_sheet", user)


def test_three_planted_faults_come_back_at_their_cells_and_nothing_is_kept(month):
    blank = template(month.first)
    content = as_typed(blank, GOOD | {"doi-thoai": "1,234.56", "y-kien": "#REF!", "nguoi": "5000"})

    file = hand_in_sheet(month.first, name="a.xlsx", content=content, actor=None)

    found = {fault["address"]: fault["code"] for fault in file.faults}
    assert found == {address_of(blank, code): code for code in ("doi-thoai", "y-kien", "nguoi")}
    assert list(found.values()) == ["doi-thoai", "nguoi", "y-kien"]  # as the sheet is read
    month.first.refresh_from_db()
    assert (file.outcome, month.first.draft) == ("refused", {})

    marked = load_workbook(BytesIO(mark_faults(content, file.faults)))
    told = marked["Báo cáo"]
    assert "không thể lớn hơn" in told[address_of(blank, "nguoi")].comment.text
    assert [cell.value for cell in marked["Lỗi"][2]][1:3] == [
        "Báo cáo",
        address_of(blank, "doi-thoai"),
    ]
    assert marked["Lỗi"].max_row == 4


def test_a_workbook_that_was_marked_and_mended_is_taken(month):
    content = as_typed(template(month.first), GOOD | {"luot": "nhiều"})
    file = hand_in_sheet(month.first, name="a.xlsx", content=content, actor=None)
    marked = mark_faults(content, file.faults)

    again = hand_in_sheet(month.first, name="a.xlsx", content=as_typed(marked), actor=None)

    assert again.outcome == "drafted"
    cell = load_workbook(BytesIO(mark_faults(marked, [])))["Báo cáo"][address_of(marked, "luot")]
    assert cell.comment is None


def test_what_is_empty_in_the_workbook_stays_as_it_is_in_the_draft(month):
    save_draft(month.first, {"luot": "7", "nguoi": "3"}, nil_sections=[2], actor=None)
    content = own_sheet(
        [["Nội dung", "Số liệu"], ["Lượt người dự", 9], ["Số người dự", None], ["Việc lạ", 1], ["Ý kiến nhận được", 0]]
    )  # fmt: skip

    file = hand_in_sheet(month.first, name="a.xlsx", content=content, actor=None)

    month.first.refresh_from_db()
    assert month.first.draft == {"answers": {"luot": "9", "nguoi": "3"}, "nil": [2]}
    absent, stay, strange = file.remarks
    assert "Số hội nghị đối thoại" in absent
    assert stay == "Ô trống trong tệp, giữ số đã có trong bản nháp: Số người dự."
    assert "Việc lạ (Thang 11, ô B4)" in strange


def test_a_figure_in_a_section_takes_back_that_nothing_happened(month):
    save_draft(month.first, {}, nil_sections=[1, 2], actor=None)

    hand_in_sheet(
        month.first,
        name="a.xlsx",
        content=own_sheet([["Nội dung", "Số liệu"], ["Lượt người dự", 9]]),
        actor=None,
    )

    month.first.refresh_from_db()
    assert month.first.draft == {"answers": {"luot": "9"}, "nil": [2]}


def test_what_was_sent_is_what_a_returned_report_is_mended_from(month):
    submit_report(month.first, answers=GOOD, actor=None)

    hand_in_sheet(
        month.first,
        name="a.xlsx",
        content=own_sheet([["Nội dung", "Số liệu"], ["Số người dự", 9]]),
        actor=None,
    )

    month.first.refresh_from_db()
    assert month.first.draft["answers"] == GOOD | {"nguoi": "9"}


def test_a_template_of_another_unit_is_refused_with_both_names(month):
    with pytest.raises(RuleError) as refused:
        hand_in_sheet(month.owed[1], name="a.xlsx", content=template(month.first), actor=None)

    assert refused.value.message == (
        "Tệp này là mẫu biểu BM-02 phiên bản 1, tháng 11/2026 của Xã Môn Sơn; ở đây cần biểu BM-02 phiên bản 1, "
        "tháng 11/2026 của Xã Con Cuông. Đồng chí vui lòng tải đúng mẫu rồi nhập lại."
    )
    assert not SheetFile.objects.exists()


def test_a_template_of_another_month_or_version_is_refused(month):
    [october, *_] = open_period(month.form, OCTOBER, actor=None)
    with pytest.raises(RuleError, match="tháng 10/2026 của Xã Môn Sơn; ở đây cần"):
        hand_in_sheet(month.first, name="a.xlsx", content=template(october), actor=None)

    content = template(month.first)
    newer = make_form(month.province, valid_from=date(2026, 12, 1), sections=sections())
    month.first.form = newer
    month.first.save()
    with pytest.raises(RuleError, match=r"phiên bản 1, .* ở đây cần biểu BM-02 phiên bản 2"):
        hand_in_sheet(month.first, name="a.xlsx", content=content, actor=None)


def test_a_template_from_before_the_form_changed_is_refused(month):
    content = template(month.first)
    month.form.sections.get(position=1).items.filter(code="luot").update(label="Lượt người đến")

    with pytest.raises(RuleError, match="Biểu đã thay đổi sau khi tải tệp mẫu này"):
        hand_in_sheet(month.first, name="a.xlsx", content=content, actor=None)


def test_a_report_that_was_accepted_takes_no_workbook(month):
    month.first.standing = "accepted"
    month.first.save()

    with pytest.raises(RuleError, match="đã được duyệt"):
        hand_in_sheet(month.first, name="a.xlsx", content=template(month.first), actor=None)

    assert not SheetFile.objects.exists()


def test_a_damaged_workbook_cannot_be_marked():
    with pytest.raises(RuleError, match="không mở được"):
        mark_faults(b"PK", [])


def test_a_fault_in_a_merged_cell_is_marked_at_its_corner(month):
    def change(sheet):
        sheet.merge_cells("E9:F9")

    content = changed(template(month.first), change)
    fault = {"message": "Sai.", "sheet": "Báo cáo", "address": "F9", "label": "", "code": ""}

    marked = load_workbook(BytesIO(mark_faults(content, [fault, fault])))

    assert marked["Báo cáo"]["E9"].comment.text == "Sai.\nSai."
