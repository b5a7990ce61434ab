"""Words name figures: filled in as they are now, found again after somebody wrote in them, frozen with what is sent."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from danvan.foundation.errors import RuleError
from danvan.indicators.enums import MeasureKind
from danvan.indicators.services import define_indicator
from danvan.reporting.enums import Timing
from danvan.reporting.models import FormItem, Submission
from danvan.reporting.narrating import (
    MOST_WRITTEN_IN,
    Figure,
    Nameable,
    found_again,
    from_sent,
    names_in,
    pattern_faults,
    told,
)
from danvan.reporting.selectors import report_of, sheet_of
from danvan.reporting.services import (
    NewItem,
    accept_report,
    drop_sheets,
    hand_in_sheet,
    open_period,
    read_drop,
    return_report,
    save_draft,
    submit_report,
)
from danvan.reporting.templating import template
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import GOOD, NOVEMBER, SINCE, TODAY, make_form
from tests.reporting.paths import held
from tests.reporting.told import PATTERN, Told, told_sections

pytestmark = pytest.mark.django_db
_sheet = once(Told, DANVAN_TODAY=TODAY)
FIGURES = {
    ("dv-01", Timing.NOW): Figure("12", "Hội nghị", "DV-01", "2026-11"),
    ("dv-02", Timing.NOW): Figure("1.412", "Lượt dự", "DV-02", "2026-11"),
    ("dv-02", Timing.YEAR): Figure("…", "Lượt dự", "DV-02", "2026"),
}
SHORT = "Trong kỳ có [DV-01] hội nghị, [DV-02] lượt; lũy kế [DV-02|lũy kế] lượt."


@pytest.fixture
def sheet(_sheet, db):
    return own(_sheet)


def cell_of(obligation, code="loi", **more):
    obligation.refresh_from_db()
    found = sheet_of(obligation, **more)
    return next(one for part in found.sections for one in part.cells if one.question.code == code)


def text_of(obligation, code="loi"):
    return cell_of(obligation, code).text


def test_words_are_filled_with_what_is_known_and_say_what_is_not():
    one = told(SHORT, FIGURES)

    assert one.text == "Trong kỳ có 12 hội nghị, 1.412 lượt; lũy kế … lượt."
    assert one.remarks == ("Chưa có số lũy kế từ đầu năm của “Lượt dự” nên trong lời để “…”.",)
    assert [one.text[each.start : each.end] for each in one.cited] == ["12", "1.412", "…"]


@pytest.mark.parametrize(
    ("written", "raw"),
    [
        ("Trong kỳ có 12 hội nghị, 1.412 lượt; lũy kế … lượt.", SHORT),
        ("Tháng này xã tổ chức 12 hội nghị, 1.412 lượt; lũy kế … lượt.", SHORT.replace("Trong kỳ có", "Tháng này xã tổ chức")),
        ("Trong kỳ có 15 hội nghị, 1.412 lượt; lũy kế … lượt.", SHORT.replace("[DV-01]", "[DV-01==15]")),
        ("Trong kỳ có 12 hội nghị, 1.412 lượt; lũy kế 3.000 lượt.", SHORT.replace("|lũy kế]", "|lũy kế==3.000]")),
        ("Trong kỳ có 12 hội nghị, 1.412 lượt.", "Trong kỳ có [DV-01] hội nghị, [DV-02] lượt."),
        ("Trong kỳ có [DV-02] hội nghị, 1.412 lượt; lũy kế … lượt.", SHORT.replace("[DV-01]", "[DV-02]")),
        ("Cả xã nuôi 12 con bò.", "Cả xã nuôi 12 con bò."),
        ("", ""),
    ],
)  # fmt: skip
def test_figures_are_found_again_in_words_that_somebody_wrote_in(written, raw):
    assert found_again(told(SHORT, FIGURES).marked, written) == raw


def test_words_written_over_are_told_until_they_agree():
    over = "Có [DV-01==15] hội nghị."
    now = {("dv-01", Timing.NOW): Figure("15", "Hội nghị", "DV-01", "2026-11")}

    assert told(over, FIGURES).text == "Có 15 hội nghị."
    assert told(over, FIGURES).differing == (
        "Trong lời ghi 15, còn số trong kỳ của “Hội nghị” là 12. Đồng chí vui lòng sửa cho khớp.",
    )
    assert (told(over, now).differing, told(over, now).raw) == ((), "Có [DV-01] hội nghị.")
    unknown = {("dv-01", Timing.NOW): Figure("…", "Hội nghị", "DV-01", "2026-11")}
    assert "chưa có" in told(over, unknown).differing[0]


def test_what_a_page_showed_of_words_written_over_comes_back_as_it_was():
    over = told("Có [DV-01==15] hội nghị.", FIGURES)

    assert found_again(over.marked, "Có 15 hội nghị.") == "Có [DV-01==15] hội nghị."
    assert found_again(over.marked, "Xã có 15 hội nghị.") == "Xã có [DV-01==15] hội nghị."
    assert found_again(over.marked, "Xã có 12 hội nghị.") == "Xã có [DV-01==12] hội nghị."
    assert found_again(over.marked, "Xã có … hội nghị.") == "Xã có [DV-01] hội nghị."


def test_brackets_that_name_no_figure_are_words():
    raw = "Xem [phụ lục] và [DV-01|năm kia], [DV-99]."

    assert told(raw, FIGURES).text == raw
    assert [one.timing for one in names_in("[A|luỹ kế]") if not isinstance(one, str)] == ["luy ke"]


def test_words_written_all_anew_are_not_compared_for_long():
    long = " ".join(["chữ"] * (MOST_WRITTEN_IN + 1))

    assert found_again("[DV-01=12] hội nghị", long) == long


def test_words_that_were_sent_name_their_figures_again():
    one = told(SHORT.replace("[DV-01]", "[DV-01==15]"), FIGURES)

    assert from_sent(one.text, [each.kept() for each in one.cited]) == one.raw


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("[DV-77] cuộc", "[DV-77], không phải mã chỉ số hay mã câu hỏi số nào"),
        ("[DV-01|quý] cuộc", "sau dấu gạch đứng chỉ ghi “trong kỳ”, “lũy kế”, “kỳ trước”, “cùng kỳ”"),
        ("[DV-01=5] cuộc", "có dấu “=”"),
        ("[DV-01 cuộc", "chưa đóng"),
        ("[DAN|lũy kế] người", "“Dân số” là số tại thời điểm nên không có lũy kế"),
        ("[TL|lũy kế] %", "“Tỷ lệ” do máy tính ra nên không có lũy kế"),
    ],
)  # fmt: skip
def test_a_pattern_that_names_what_there_is_not_is_refused(pattern, said):
    known = {
        "dv-01": Nameable("Hội nghị"),
        "dan": Nameable("Dân số", summed=False),
        "tl": Nameable("Tỷ lệ", derived=True),
    }
    assert [said in one for one in pattern_faults(pattern, known)] == [True]
    assert pattern_faults("[dv-01], [DV-01|luỹ kế], [TL|cùng kỳ]", known) == []


def test_a_form_with_such_a_pattern_is_not_defined(sheet):
    with pytest.raises(RuleError, match="không phải mã chỉ số") as broken:
        make_form(sheet.province, code="BM-77", sections=told_sections("Có [DV-77] cuộc."))

    assert broken.value.faults[0].column == "loi"
    assert not FormItem.objects.filter(section__form__code="BM-77").exists()


def test_the_sentence_stands_ready_with_what_is_typed_now(sheet):
    assert text_of(sheet.first).startswith("Trong kỳ đã tổ chức 0 hội nghị với … lượt người;")
    save_draft(sheet.first, {"doi-thoai": "3", "luot": "120"}, actor=None)
    assert text_of(sheet.first) == (
        "Trong kỳ đã tổ chức 3 hội nghị với 120 lượt người; lũy kế từ đầu năm … lượt,"
        " cùng kỳ năm trước … lượt."
    )


def test_what_was_sent_before_is_in_the_sum_of_the_year(sheet):
    submit_report(sheet.october[0], answers=GOOD | {"luot": "305", "nguoi": "9"}, actor=None)

    save_draft(sheet.first, {"doi-thoai": "3", "luot": "120"}, actor=None)

    assert "lũy kế từ đầu năm 425 lượt" in text_of(sheet.first)


def test_words_around_stay_and_figures_go_on_following(sheet):
    mine = "Xã đã tổ chức [DV-01] hội nghị, [DV-03|kỳ trước] người tháng trước."
    save_draft(sheet.first, {"doi-thoai": "3", "loi": mine}, actor=None)
    assert text_of(sheet.first) == "Xã đã tổ chức 3 hội nghị, … người tháng trước."

    save_draft(sheet.first, {"doi-thoai": "4", "loi": mine}, actor=None)

    assert text_of(sheet.first) == "Xã đã tổ chức 4 hội nghị, … người tháng trước."


def test_words_that_somebody_emptied_stay_empty(sheet):
    save_draft(sheet.first, {"loi": ""}, actor=None)

    assert text_of(sheet.first) == ""


ELSEWHERE = (
    "[DV-01] cuộc, [DV-02] lượt, [DV-02|kỳ trước] và [DV-02|lũy kế], [DV-09], [ty-le|kỳ trước], [DV-08],"
    " [DV-08|kỳ trước], [DV-09|cùng kỳ], [DV-01|lũy kế]"
)


def test_figures_of_other_indicators_and_worked_out_ones_are_told(sheet):
    _, opinions, last = told_sections(ELSEWHERE)
    words = replace(last, items=[one for one in last.items if one.code == "loi"])
    form = make_form(sheet.province, code="BM-78", sections=[opinions, words])
    submit_report(sheet.october[0], answers=GOOD | {"luot": "305", "nguoi": "9"}, actor=None)
    held(sheet, quantity=2)
    owed, *_ = open_period(form, NOVEMBER, actor=None)

    submit_report(
        owed,
        answers={"y-kien": "9", "tai-cho": "6", "chuyen": "3", "loi": ELSEWHERE},
        actor=None,
    )

    assert owed.submissions.get().words["loi"] == (
        "2 cuộc, … lượt, 305 và …, 66,7 %, 66,7 %, 9, 9, …, 3"
    )


def test_no_sum_of_the_year_is_told_of_what_does_not_add_up(sheet):
    save_draft(sheet.first, {"loi": "[DV-08|lũy kế] và [ty-le|lũy kế]"}, actor=None)

    cell = cell_of(sheet.first)

    assert cell.text == "… và …"
    assert all("không cộng dồn theo tháng" in one for one in cell.told.remarks)


def test_what_is_sent_is_frozen_with_what_its_figures_are(sheet):
    submit_report(sheet.first, answers=GOOD | {"doi-thoai": "3", "loi": PATTERN}, actor=None)

    sent = Submission.objects.get()
    assert sent.words["loi"].startswith("Trong kỳ đã tổ chức 3 hội nghị với 1.412 lượt người;")
    [first, second, year, last] = sent.cited["loi"]
    assert (first["indicator"], first["period"]) == ("DV-01", "2026-11")
    assert sent.words["loi"][second["start"] : second["end"]] == "1.412"
    assert (year["timing"], year["period"], last["period"]) == ("luy ke", "2026", "2025-11")


def test_a_correction_is_in_the_new_words_and_the_old_ones_stay(sheet):
    specialist = make_grant(sheet.province.place, "specialist")
    submit_report(sheet.first, answers=GOOD | {"doi-thoai": "3", "loi": PATTERN}, actor=None)
    accept_report(sheet.first, actor=specialist)
    return_report(sheet.first, words="Số cuộc?", comments={}, actor=specialist)
    again = cell_of(sheet.first)
    save_draft(sheet.first, GOOD | {"doi-thoai": "5", "loi": again.raw}, actor=None)
    submit_report(sheet.first, answers=GOOD | {"doi-thoai": "5", "loi": cell_of(sheet.first).raw}, actor=None)  # fmt: skip

    old, new = Submission.objects.order_by("vintage")
    assert "tổ chức 3 hội nghị" in old.words["loi"]
    assert "tổ chức 5 hội nghị" in new.words["loi"]


def test_a_report_shows_where_each_figure_of_its_words_opens(sheet):
    specialist = make_grant(sheet.province.place, "specialist")
    words = "Tổ chức [DV-01==9] cuộc, [DV-02] lượt, cùng kỳ [DV-02|cùng kỳ]."
    submit_report(sheet.first, answers=GOOD | {"loi": words}, actor=None)

    found = report_of(specialist, sheet.first)

    [cell] = [one for part in found.sections for one in part.cells if one.question.code == "loi"]
    pieces = cell.pieces
    assert [one.text for one in pieces] == ["Tổ chức ", "9", " cuộc, ", "1.412", " lượt, cùng kỳ ", "…", "."]  # fmt: skip
    assert (pieces[1].shown, pieces[3].shown, pieces[5].url) == ("1", "", "")
    unit = sheet.province.communes[0].pk
    assert pieces[3].url == f"/so/?chi_so=DV-02&don_vi={unit}&ky=2026-11"


def test_what_a_new_form_asks_for_first_adds_up_from_this_month_on(sheet):
    flow = {"kind": MeasureKind.FLOW, "actor": None, "valid_from": SINCE}
    define_indicator(code="MOI", name="Số việc mới", unit_label="việc", definition="Đếm.", **flow)
    _, _, last = told_sections("Lũy kế [MOI|lũy kế] việc, [DV-02|lũy kế] lượt.")
    items = [
        NewItem("moi", "Số việc mới", "MOI"),
        NewItem("luot", "Lượt dự", "DV-02"),
        *(one for one in last.items if one.code == "loi"),
    ]
    form = make_form(
        sheet.province,
        code="BM-80",
        sections=[replace(last, items=items)],
        valid_from=NOVEMBER.first,
    )
    owed, *_ = open_period(form, NOVEMBER, actor=None)
    said = {"moi": "12", "luot": "5", "loi": "Lũy kế [MOI|lũy kế] việc, [DV-02|lũy kế] lượt."}
    save_draft(owed, said, actor=None)

    assert text_of(owed) == "Lũy kế 12 việc, … lượt."


def test_words_that_came_without_names_are_held_against_the_pattern(sheet):
    typed = "Trong kỳ đã tổ chức 1 hội nghị với 1.500 lượt người; lũy kế từ đầu năm … lượt, cùng kỳ năm trước … lượt."
    submit_report(sheet.first, answers=GOOD | {"loi": typed}, actor=None)

    cited = Submission.objects.get().cited["loi"]
    assert [one["shown"] for one in cited] == ["", "1.412", "", ""]


def test_the_same_button_pressed_twice_sends_words_with_figures_once(sheet):
    answers = GOOD | {"loi": PATTERN}
    submit_report(sheet.first, answers=answers, actor=None, seen=0)
    submit_report(sheet.first, answers=answers, actor=None, seen=0)

    assert Submission.objects.count() == 1


def test_what_stands_at_an_end_has_no_sum_of_the_year_whoever_writes_it(sheet):
    flow = {"kind": MeasureKind.STOCK, "actor": None, "valid_from": SINCE, "definition": "Đếm."}
    define_indicator(code="DAN", name="Dân số", unit_label="người", **flow)
    _, _, last = told_sections("Có [DAN] người.")
    items = [NewItem("dan", "Dân số", "DAN"), *(one for one in last.items if one.code == "loi")]
    form = make_form(sheet.province, code="BM-79", sections=[replace(last, items=items)])
    owed, *_ = open_period(form, NOVEMBER, actor=None)
    save_draft(owed, {"dan": "5.000", "loi": "Có [DAN] người, [DAN|lũy kế], [DV-99]."}, actor=None)

    cell = cell_of(owed)

    assert cell.text == "Có 5.000 người, …, [DV-99]."
    assert cell.told.remarks == (
        "“Dân số” là số tại thời điểm nên không có lũy kế. Trong lời để “…”.",
    )


def test_a_workbook_brings_its_sentence_back_with_figures_that_follow(sheet):
    save_draft(sheet.first, GOOD, actor=None)
    sheet.first.refresh_from_db()
    book = load_workbook(BytesIO(template(sheet.first)))
    rows = {row[0].value: row for row in book.active.iter_rows(min_row=7)}
    said = rows["loi"][5].value
    assert "với 1.412 lượt người" in said
    rows["luot"][5].value = 1500
    rows["loi"][5].value = said.replace("Trong kỳ", "Tháng này xã")
    kept = BytesIO()
    book.save(kept)

    file = hand_in_sheet(sheet.first, name="bao-cao.xlsx", content=kept.getvalue(), actor=None)

    assert file.faults == []
    assert text_of(sheet.first).startswith(
        "Tháng này xã đã tổ chức 1 hội nghị với 1.500 lượt người;"
    )


def test_a_workbook_sent_for_a_unit_brings_its_sentence_too(sheet):
    book = load_workbook(BytesIO(template(sheet.first)))
    rows = {row[0].value: row for row in book.active.iter_rows(min_row=7)}
    for code, text in GOOD.items():
        rows[code][5].value = text
    kept = BytesIO()
    book.save(kept)
    officer = make_grant(sheet.province.place, "commune_officer")

    drop = drop_sheets(
        sheet.form, NOVEMBER, [("a.xlsx", kept.getvalue())], sends=True, actor=officer
    )
    read_drop.call(drop.pk)

    assert drop.files.get().faults == []
    sent = Submission.objects.get()
    assert "tổ chức 1 hội nghị với 1.412 lượt người" in sent.words["loi"]
    assert [one["how"] for one in sent.behalf] == ["sheet"]
