"""A figure that is an estimate is marked at entry, kept with its value, and told wherever it is read."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from danvan.indicators.enums import Origin
from danvan.indicators.models import Value
from danvan.reporting import exports
from danvan.reporting.selectors import report_of, sheet_of
from danvan.reporting.services import hand_in_sheet, save_draft, submit_report
from danvan.reporting.sheets.cells import RawCell, is_estimate, without_estimate
from danvan.reporting.templating import template
from tests.factories.province import make_grant
from tests.reporting.months import GOOD, NOVEMBER
from tests.reporting.paths import at, boxes, text_of

pytestmark = pytest.mark.django_db
ABOUT = {"luot": Origin.ESTIMATED}


def origins():
    return dict(Value.objects.current().values_list("indicator__code", "origin"))


def cell_of(obligation, code="luot"):
    obligation.refresh_from_db()
    cells = [one for part in sheet_of(obligation).sections for one in part.cells]
    return next(one for one in cells if one.question.code == code)


def test_a_tick_beside_the_box_keeps_the_figure_as_an_estimate(month, officer, client):
    page = text_of(client.get(at("entry", month)))
    assert 'name="u-luot" value="1">' in page
    client.post(at("entry", month), boxes(**{"u-luot": "1"}))
    assert cell_of(month.first).estimated
    assert 'name="u-luot" value="1" checked>' in text_of(client.get(at("entry", month)))
    review = text_of(client.get(at("review", month)))
    assert '<input type="hidden" name="u-luot" value="1">' in review
    assert "1.412 lượt <b>(ước)</b>" in review

    client.post(at("review", month), boxes(seen="0", **{"u-luot": "1"}))

    assert origins()["DV-02"] == Origin.ESTIMATED
    assert origins()["DV-03"] == Origin.ENTERED
    page = text_of(client.get(at("report", month)))
    assert "1 số ước" in page
    assert "(ước)" in page


def test_a_draft_saved_elsewhere_keeps_its_marks(month):
    save_draft(month.first, {"luot": "7"}, estimated=["luot"], actor=None)
    save_draft(month.first, {"luot": "8"}, actor=None)
    assert cell_of(month.first).estimated

    save_draft(month.first, {"luot": "8"}, estimated=[], actor=None)

    assert not cell_of(month.first).estimated


def test_a_report_that_is_sent_again_begins_with_its_marks(month):
    submit_report(month.first, answers=GOOD, origins=ABOUT, actor=None)

    assert cell_of(month.first).estimated
    assert not cell_of(month.first, "nguoi").estimated


def test_nothing_is_estimated_of_what_is_not_known_or_did_not_happen(month):
    answers = {code: text for code, text in GOOD.items() if code != "ty-dong"}
    submit_report(
        month.first,
        answers=answers,
        nil_sections=[1],
        origins=ABOUT | {"ty-dong": Origin.ESTIMATED},
        actor=None,
    )

    assert Origin.ESTIMATED not in origins().values()


def test_an_estimate_taken_back_is_a_new_vintage(month):
    submit_report(month.first, answers=GOOD, origins=ABOUT, actor=None, seen=0)
    again = submit_report(month.first, answers=GOOD, actor=None, seen=1)

    assert again.vintage == 2
    assert origins()["DV-02"] == Origin.ENTERED


def test_who_unticks_a_box_that_somebody_ticked_meanwhile_is_told(month, officer, client):
    save_draft(month.first, {"luot": "7"}, estimated=["luot"], actor=None)

    answer = client.post(
        at("entry", month), boxes({"luot": "7"}, **{"ban-nhap": "0", "trang": "x"})
    )

    assert answer.status_code == 422
    assert "bản vừa lưu đánh dấu ước" in text_of(answer)


def test_excel_says_so_both_ways(month):
    save_draft(month.first, GOOD, estimated=["luot"], actor=None)
    month.first.refresh_from_db()
    book = load_workbook(BytesIO(template(month.first)))
    page = book.active
    rows = {row[0].value: row for row in page.iter_rows(min_row=7)}
    assert rows["luot"][6].value == "ước"
    rows["luot"][6].value = None
    rows["nguoi"][6].value = "Ước, chưa chốt"
    rows["y-kien"][5].value = "ước 9"
    kept = BytesIO()
    book.save(kept)

    file = hand_in_sheet(month.first, name="bao-cao.xlsx", content=kept.getvalue(), actor=None)

    assert file.faults == []
    month.first.refresh_from_db()
    assert month.first.draft["estimated"] == ["nguoi", "y-kien"]
    assert month.first.draft["answers"]["y-kien"] == "9"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ước 120", ("120", True)), ("Ước tính 1.200", ("1.200", True)), ("~ 12,5", ("12,5", True)),
        ("khoảng 30", ("30", True)), ("120 (ước)", ("120", True)), ("120", ("120", False)), ("ước", ("ước", False)),
    ],
)  # fmt: skip
def test_estimates_are_read_as_people_write_them(text, read):
    assert without_estimate(text) == read


@pytest.mark.parametrize(
    ("note", "said"),
    [("ước", True), ("Số ước tính", True), ("ước, theo báo cáo nhanh", True), ("đã chốt", False), ("", False)],
)  # fmt: skip
def test_the_note_beside_says_so_too(note, said):
    assert is_estimate(RawCell(12, "F7", "Báo cáo"), note) is said


def test_reports_as_excel_name_their_estimates(month):
    submit_report(month.first, answers=GOOD, origins=ABOUT, actor=None)
    specialist = make_grant(month.province.place, "specialist")
    one = load_workbook(BytesIO(exports.report_sheet(report_of(specialist, month.first)))).active
    all_ = load_workbook(BytesIO(exports.period_sheet(month.form, NOVEMBER))).active

    assert any("Ước" in [cell.value for cell in row] for row in one.iter_rows())
    assert any("Lượt người dự" in [cell.value for cell in row] for row in all_.iter_rows())
