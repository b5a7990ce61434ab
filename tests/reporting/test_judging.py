"""A question that is answered by a step of a scale: on the page, in Excel both ways, as a value that is no number."""

from io import BytesIO

import openpyxl
import pytest

from danvan.foundation.errors import RuleError
from danvan.indicators.models import Value
from danvan.reporting.enums import Outcome
from danvan.reporting.exports import period_sheet
from danvan.reporting.models import Submission
from danvan.reporting.selectors import questions_for, report_of, units_owing
from danvan.reporting.services import (
    NewItem,
    NewSection,
    hand_in_sheet,
    open_period,
    save_draft,
    submit_report,
)
from danvan.reporting.templating import month_csv, template
from tests.factories.province import Province, make_grant
from tests.indicators.figures import an_indicator
from tests.indicators.scales import a_scale, step_of
from tests.reporting.months import NOVEMBER, TODAY, make_form

pytestmark = pytest.mark.django_db
WHY = "muc--loi"
SAID = {"cuoc": "3", "muc": "Khá", WHY: "Ba nội dung làm tốt; còn thiếu tổ hòa giải."}


class Judged:
    def __init__(self):
        self.province = Province(2)
        self.scale = a_scale("DT-01")
        an_indicator("DV-01")
        items = [
            NewItem("cuoc", "Số cuộc", "DV-01"),
            NewItem("muc", "Chất lượng", "DT-01"),
        ]
        self.form = make_form(self.province, sections=[NewSection("Tuyên truyền", items)])
        self.owed = open_period(self.form, NOVEMBER, actor=None)
        self.officer = make_grant(self.province.communes[0], "commune_officer")

    @property
    def first(self):
        return self.owed[0]


@pytest.fixture
def month(settings):
    settings.DANVAN_TODAY = TODAY
    return Judged()


def values():
    found = Value.objects.current().order_by("indicator__code")
    return list(found.values_list("indicator__code", "amount", "step__name", "note"))


def refused(month, **said):
    with pytest.raises(RuleError) as broken:
        submit_report(month.first, answers=SAID | said, actor=None)
    assert not Submission.objects.exists()
    assert not Value.objects.exists()
    return [(fault.column, fault.message) for fault in broken.value.faults]


def test_it_asks_for_a_step_and_why(month):
    by_code = questions_for(month.first).by_code
    assert list(by_code) == ["cuoc", "muc", WHY]
    assert [one.name for one in by_code["muc"].steps] == ["Tốt", "Khá", "Đạt", "Chưa đạt"]
    assert (by_code["muc"].number, by_code["muc"].typed, by_code[WHY].number) == (
        False,
        False,
        False,
    )


def test_what_is_sent_is_a_step_with_its_words_and_no_number(month):
    sent = submit_report(month.first, answers=SAID, actor=None)

    assert [(code, step, note) for code, _, step, note in values()] == [
        ("DT-01", "Khá", SAID[WHY]), ("DV-01", None, ""),
    ]  # fmt: skip
    assert values()[0][1] is None
    assert sent.words == {"muc": "Khá", WHY: SAID[WHY]}


@pytest.mark.parametrize("written", ["kha", "KHÁ", " Khá. "])
def test_a_step_is_known_however_it_is_written(month, written):
    submit_report(month.first, answers=SAID | {"muc": written}, actor=None)
    assert values()[0][2] == "Khá"


@pytest.mark.parametrize("written", ["7", "Xuất sắc", "2", "Khá Tốt"])
def test_anything_else_is_refused_with_the_steps_there_are(month, written):
    assert refused(month, muc=written) == [
        ("muc", f"“{written}” không phải là một bậc, đồng chí vui lòng chọn một trong: Tốt; Khá; Đạt; Chưa đạt.")
    ]  # fmt: skip


def test_neither_the_step_nor_the_reason_may_be_left_out(month):
    found = refused(month, **{"muc": "", WHY: " "})
    assert [column for column, _ in found] == ["muc", WHY]
    assert found[0][1].startswith("Đồng chí vui lòng chọn bậc của “Chất lượng”: Tốt; Khá")


def test_a_long_reason_stands_whole_in_the_report_and_cut_beside_the_value(month):
    words = "Vì đã làm. " * 60
    sent = submit_report(month.first, answers=SAID | {WHY: words}, actor=None)
    note = values()[0][3]
    assert (len(note), note[-1]) == (300, "…")
    assert sent.words[WHY] == words.strip()


def test_a_section_without_anything_has_no_step(month):
    submit_report(month.first, answers={}, nil_sections=[1], actor=None)
    assert [one[1:] for one in values()] == [(None, None, "Không phát sinh"), (0, None, "Không phát sinh")]  # fmt: skip


def test_sent_again_it_is_a_new_vintage_and_the_same_button_twice_is_not(month):
    officer = month.officer
    first = submit_report(month.first, answers=SAID, seen=0, actor=officer)
    twin = submit_report(month.first, answers=SAID, seen=0, actor=officer)
    assert twin == first
    submit_report(month.first, answers=SAID | {"muc": "Tốt"}, seen=1, actor=officer)
    assert [one.step.name for one in Value.objects.filter(indicator=month.scale).order_by("pk")] == [
        "Khá", "Tốt",
    ]  # fmt: skip
    cells = report_of(officer, month.first).sections[0].cells
    assert [(cell.sent.words, cell.changed) for cell in cells[1:]] == [
        ("Tốt", True), (SAID[WHY], False),
    ]  # fmt: skip


def test_the_page_offers_the_steps_and_keeps_what_was_chosen(month, client):
    save_draft(month.first, {"muc": "Khá"}, actor=None)
    client.force_login(month.officer)
    told = client.get(f"/bieu-mau/{month.first.pk}/nhap/").content.decode()
    assert told.count('type="radio"') == 4
    assert 'value="Khá" checked' in told
    assert "Ba nội dung làm tốt." in told
    response = client.post(
        f"/bieu-mau/{month.first.pk}/nhap/", {f"a-{code}": text for code, text in SAID.items()}
    )
    assert response.status_code == 302
    look = client.get(f"/bieu-mau/{month.first.pk}/xem-lai/").content.decode()
    assert "Khá" in look


class TestExcel:
    def filled(self, month, **said):
        book = openpyxl.load_workbook(BytesIO(template(month.first)))
        page = book.active
        for row in page.iter_rows():
            code = row[0].value
            if code in SAID:
                row[5].value = (SAID | said)[code]
        kept = BytesIO()
        book.save(kept)
        return page, kept.getvalue()

    def test_the_template_offers_the_steps_as_a_list(self, month):
        page, _ = self.filled(month)
        [choice] = [one for one in page.data_validations.dataValidation if one.type == "list"]
        assert choice.formula1 == '"Tốt,Khá,Đạt,Chưa đạt"'

    def test_what_is_filled_in_comes_back(self, month):
        _, content = self.filled(month)
        file = hand_in_sheet(month.first, name="a.xlsx", content=content, actor=None)
        assert (file.outcome, file.faults) == (Outcome.DRAFTED, [])
        month.first.refresh_from_db()
        assert {code: month.first.draft["answers"][code] for code in SAID} == SAID

    def test_a_step_that_is_none_is_told_at_its_cell(self, month):
        _, content = self.filled(month, muc="Xuất sắc")
        file = hand_in_sheet(month.first, name="a.xlsx", content=content, actor=None)
        assert [(one["code"], one["message"][:30]) for one in file.faults] == [
            ("muc", "“Xuất sắc” không phải là một b"),
        ]

    def test_a_month_taken_away_names_the_steps(self, month):
        submit_report(month.first, answers=SAID, actor=None)
        page = openpyxl.load_workbook(BytesIO(period_sheet(month.form, NOVEMBER))).active
        rows = list(page.iter_rows(values_only=True))
        assert any("Khá" in row for row in rows)
        assert ";Khá;" in month_csv(month.form, NOVEMBER).decode("utf-8-sig")


def test_who_owes_it_is_known_by_the_form(month):
    owing = units_owing(month.scale.pk, [NOVEMBER.first])
    assert owing == {NOVEMBER.first: {one.pk for one in month.province.communes}}
    assert units_owing(an_indicator("DV-99").pk, [NOVEMBER.first]) == {}
    assert step_of(month.scale, "Khá")
