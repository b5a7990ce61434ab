"""What was written the month before is offered with its month, taken over by one act, and told where it stays."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.reporting.models import Submission
from danvan.reporting.selectors import report_of, sheet_of
from danvan.reporting.selectors.carrying import last_words, with_last_words
from danvan.reporting.selectors.forms import questions_for
from danvan.reporting.services import open_period, save_draft, submit_report
from tests.factories.merging import Merger
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import GOOD, OCTOBER, TODAY, make_form
from tests.reporting.paths import at, boxes, text_of
from tests.reporting.told import PATTERN, Told, told_sections

pytestmark = pytest.mark.django_db
_sheet = once(Told, DANVAN_TODAY=TODAY)
HARD = "Đường vào bản Cò Phạt bị sạt lở."


@pytest.fixture
def sheet(_sheet, db):
    return own(_sheet)


@pytest.fixture
def october(sheet):
    """The first commune sent October's report with its difficulties."""
    return submit_report(sheet.october[0], answers=GOOD | {"kho-khan": HARD}, actor=None)


@pytest.fixture
def browser(sheet, client):
    client.force_login(make_grant(sheet.province.communes[0], "commune_officer"))
    return client


def hard(sheet):
    sheet.first.refresh_from_db()
    cells = [one for part in sheet_of(sheet.first).sections for one in part.cells]
    return next(one for one in cells if one.question.code == "kho-khan")


def test_nothing_is_written_before_somebody_takes_it_over(sheet, october):
    cell = hard(sheet)

    assert cell.text == ""
    assert [(one.origin, one.words) for one in cell.last] == [("tháng 10/2026", HARD)]
    assert cell.untouched
    assert cell.copied is None


def test_one_button_takes_it_over_without_a_script(sheet, october, browser):
    page = text_of(browser.get(at("entry", sheet)))
    chosen = f"kho-khan:{october.pk}"
    assert f'name="chep" value="{chosen}"' in page
    assert "Chép lời tháng 10/2026" in page

    answer = browser.post(at("entry", sheet), boxes({"luot": "7", "kho-khan": ""}, chep=chosen))

    assert answer.url == at("entry", sheet) + "#a-kho-khan"
    sheet.first.refresh_from_db()
    assert sheet.first.draft["answers"]["kho-khan"] == HARD
    assert sheet.first.draft["answers"]["luot"] == "7"
    page = text_of(browser.get(at("entry", sheet)))
    assert "Chép từ tháng 10/2026" in page
    assert f'value="{chosen}"' not in page


@pytest.mark.parametrize("chosen", ["kho-khan:999999", "loi", "", "kho-khan:x"])
def test_what_was_not_offered_is_not_taken_over(sheet, october, browser, chosen):
    answer = browser.post(at("entry", sheet), boxes({"luot": "7"}, chep=chosen))

    assert answer.status_code == 422
    assert "Không có lời kỳ trước như vậy" in text_of(answer)
    assert 'value="7"' in text_of(answer)
    sheet.first.refresh_from_db()
    assert sheet.first.draft == {}


def test_words_of_ones_own_are_not_written_over(sheet, october, browser):
    save_draft(sheet.first, {"kho-khan": "Mưa lũ."}, actor=None)

    page = text_of(browser.get(at("entry", sheet)))

    assert "Lời tháng 10/2026" in page
    assert 'name="chep"' not in page


def test_who_approves_sees_words_that_were_kept(sheet, october):
    submit_report(sheet.first, answers=GOOD | {"kho-khan": f" {HARD}\n"}, actor=None)
    specialist = make_grant(sheet.province.place, "specialist")

    assert Submission.objects.get(obligation=sheet.first).carried == {"kho-khan": "2026-10"}
    report = report_of(specialist, sheet.first)
    kept = [one.sent.carried for part in report.sections for one in part.cells if one.sent.carried]
    assert kept == ["tháng 10/2026"]


def test_the_report_page_says_so(sheet, october, client):
    submit_report(sheet.first, answers=GOOD | {"kho-khan": HARD}, actor=None)
    client.force_login(make_grant(sheet.province.place, "specialist"))

    assert "Giữ nguyên lời tháng 10/2026" in text_of(client.get(at("report", sheet)))


def test_words_that_were_changed_are_told_as_new(sheet, october):
    submit_report(sheet.first, answers=GOOD | {"kho-khan": HARD + " Đã sửa xong."}, actor=None)

    assert Submission.objects.get(obligation=sheet.first).carried == {}


def test_a_pattern_that_stays_as_it_is_is_not_told_as_kept_words(sheet):
    FormItemOfLoi.carry(sheet)
    submit_report(sheet.october[0], answers=GOOD | {"loi": PATTERN}, actor=None)
    submit_report(sheet.first, answers=GOOD | {"loi": PATTERN}, actor=None)

    assert Submission.objects.get(obligation=sheet.first).carried == {}


def test_words_taken_over_have_the_figures_of_this_month(sheet):
    FormItemOfLoi.carry(sheet)
    submit_report(
        sheet.october[0], answers=GOOD | {"luot": "300", "loi": "Đã đón [DV-02] lượt."}, actor=None
    )
    save_draft(sheet.first, {"luot": "400"}, actor=None)
    sheet.first.refresh_from_db()
    [offer] = last_words(sheet.first, questions_for(sheet.first))["loi"]
    answers = with_last_words(
        sheet.first, questions_for(sheet.first), {"luot": "400"}, f"loi:{offer.submission_id}"
    )
    save_draft(sheet.first, answers, actor=None)

    sheet.first.refresh_from_db()
    cells = [one for part in sheet_of(sheet.first).sections for one in part.cells]
    assert offer.words == "Đã đón 300 lượt."
    assert [one.text for one in cells if one.question.code == "loi"] == ["Đã đón 400 lượt."]


class FormItemOfLoi:
    """The question with a pattern, made to carry its words on too."""

    @staticmethod
    def carry(sheet):
        from danvan.reporting.models import FormItem

        FormItem.objects.filter(section__form=sheet.form, code="loi").update(carried=True)


def test_the_last_words_are_those_that_stand(sheet, october):
    submit_report(sheet.october[0], answers=GOOD | {"kho-khan": "Không có."}, actor=None)

    assert [one.words for one in hard(sheet).last] == ["Không có."]


def test_a_unit_that_took_over_is_offered_the_words_of_those_before(sheet, october):
    merger = Merger(sheet.province, date(2026, 12, 1))
    merger.found()
    merger.hand_over("reporting.forms", "reporting.months", "reporting.obligations")
    from danvan.foundation.periods import Period
    from danvan.reporting.models import Obligation

    submit_report(sheet.october[1], answers=GOOD | {"kho-khan": "Thiếu cán bộ."}, actor=None)
    open_period(sheet.form, Period.parse("2026-12"), actor=None)
    owed = Obligation.objects.get(unit=merger.place)

    offered = last_words(owed, questions_for(owed))["kho-khan"]

    assert [(one.origin, one.words) for one in offered] == [
        ("tháng 10/2026 của Xã Môn Sơn", HARD),
        ("tháng 10/2026 của Xã Con Cuông", "Thiếu cán bộ."),
    ]


def test_words_that_are_not_offered_are_refused(sheet):
    with pytest.raises(RuleError, match="Không có lời kỳ trước"):
        with_last_words(sheet.first, questions_for(sheet.first), {}, "kho-khan:1")


def test_a_form_that_carries_nothing_asks_nothing(sheet, django_assert_num_queries):
    from danvan.reporting.models import FormItem

    FormItem.objects.filter(section__form=sheet.form).update(carried=False)
    questions = questions_for(sheet.first)

    with django_assert_num_queries(0):
        assert last_words(sheet.first, questions) == {}


def test_what_was_written_to_another_place_that_asks_a_form_of_this_code_is_not_offered(sheet):
    centre = make_form(sheet.province, unit=sheet.province.country, sections=told_sections())
    owed = open_period(centre, OCTOBER, actor=None)[0]
    assert owed.unit_id == sheet.first.unit_id
    submit_report(owed, answers=GOOD | {"kho-khan": "Gửi Trung ương."}, actor=None)

    assert hard(sheet).last == ()
