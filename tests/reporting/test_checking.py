"""Answers held against the rules of their form: blocked, warned of and sent with a reason, kept as they were told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Level
from danvan.reporting.models import FormRule, Submission
from danvan.reporting.rules import Rule, between, same_in_form
from danvan.reporting.selectors import book_of, check_answers, pasts, rules_of, stops, with_reasons
from danvan.reporting.services import (
    NewItem,
    NewSection,
    define_form,
    open_period,
    set_form_rules,
    submit_report,
)
from tests.once import once, own
from tests.reporting.months import NOVEMBER, SINCE, TODAY, make_form, sections
from tests.reporting.ruled import FAR, RULES, SAID, USUAL, RuledMonth

pytestmark = pytest.mark.django_db
_month = once(RuledMonth, DANVAN_TODAY=TODAY)


@pytest.fixture
def month(db, _month):
    return own(_month)


def sent(month, answers=USUAL, **more):
    return submit_report(month.first, answers=answers, actor=None, **more)


def faults_of(broken):
    return [(fault.column, fault.message) for fault in broken.value.faults]


def test_an_answer_as_usual_is_sent_without_a_word(month):
    assert sent(month).reasons == {}


def test_what_blocks_is_not_sent_with_any_reason(month):
    with pytest.raises(RuleError) as broken:
        sent(month, USUAL | {"doi-thoai": "40"}, reasons={"nhieu-nhat": "Đúng thế."})

    assert faults_of(broken) == [
        ("doi-thoai", "Số này phải nhiều nhất 31, đang ghi 40. Đồng chí vui lòng xem lại.")
    ]


@pytest.mark.parametrize("reasons", [{}, {"bat-thuong": " 12 . "}, {"tang-giam": "Đúng."}])
def test_what_warns_asks_for_a_reason_in_words(month, reasons):
    with pytest.raises(RuleError) as broken:
        sent(month, FAR, reasons=reasons)

    [(code, said)] = faults_of(broken)
    assert code == "luot"
    assert said.startswith("Thường từ 88 đến 108, kỳ này 412.")
    assert "Nếu số đúng, đồng chí vui lòng ghi lý do." in said
    assert not Submission.objects.filter(obligation=month.first).exists()


def test_a_reason_is_kept_with_what_was_sent_and_counted(month):
    report = sent(month, FAR, reasons=SAID | {"tang-giam": "Không cần."})

    assert report.reasons == {
        "bat-thuong": {
            "items": ["luot"],
            "said": "Thường từ 88 đến 108, kỳ này 412.",
            "words": "Đối thoại chung ba bản, hai buổi.",
        }
    }
    assert AuditEntry.objects.filter(action="reporting.submit").last().details["warned"] == [
        "bat-thuong"
    ]


def test_the_same_answers_with_another_reason_are_another_vintage(month):
    first = sent(month, FAR, reasons=SAID, seen=0)

    assert sent(month, FAR, reasons=SAID, seen=0) == first
    with pytest.raises(RuleError, match="đã thay đổi"):
        sent(month, FAR, reasons={"bat-thuong": "Ghi nhầm kỳ trước."}, seen=0)


def test_a_unit_without_a_past_is_not_warned(month):
    other = month.owed[1]

    assert submit_report(other, answers=FAR, actor=None).reasons == {}


def test_nothing_warns_of_a_section_said_to_be_nil_but_what_blocks_does(month):
    assert sent(month, USUAL, nil_sections=[1]).reasons == {}
    set_form_rules(month.form, [between("it-nhat", "doi-thoai", least=1)], actor=None)
    with pytest.raises(RuleError) as broken:
        sent(month, USUAL, nil_sections=[1])
    assert [code for code, _ in faults_of(broken)] == ["doi-thoai"]


def test_a_whole_set_of_answers_is_checked_without_sending_it(month):
    book = book_of(month.form, NOVEMBER)
    before = pasts(book, NOVEMBER, [month.first.unit_id])[month.first.unit_id]

    found = check_answers(book, FAR | {"nguoi": "x", "y-kien": ""}, before=before)

    assert [(one.item, one.blocks, one.rule) for one in found] == [
        ("nguoi", True, ""),
        ("y-kien", True, ""),
        ("luot", False, "bat-thuong"),
    ]
    assert [fault.column for fault in stops(with_reasons(found, SAID))] == ["nguoi", "y-kien"]
    assert [one.rule for one in check_answers(book, FAR)] == []


def test_the_past_holds_last_month_the_year_and_the_same_month_a_year_before(month):
    book = book_of(month.form, NOVEMBER)

    past = pasts(book, NOVEMBER, [month.first.unit_id, month.owed[1].unit_id])

    mine, empty = past[month.first.unit_id], past[month.owed[1].unit_id]
    assert mine.previous["luot"] == 101
    assert mine.year["luot"] == sum(range(95, 102))
    assert mine.year["ty-dong"] == Decimal("8.75")
    assert mine.last_year["luot"] is None
    assert mine.history["luot"][:3] == [101, 100, 99]
    assert (empty.previous["luot"], empty.year["luot"]) == (None, None)


def test_january_has_no_year_before_it(month, settings):
    settings.DANVAN_TODAY = date(2027, 2, 3)
    january = NOVEMBER.parse("2027-01")
    book = book_of(month.form, january)

    past = pasts(book, january, [month.first.unit_id])[month.first.unit_id]

    assert past.year == {}
    assert past.previous["luot"] is None


def other_form(month, unit=None, code="DV-31"):
    """Another form of the province, or of another place, that asks how many people came, in its own way."""
    from danvan.indicators.services import define_indicator

    define_indicator(
        code=code, name="Lượt ở biểu kia", unit_label="lượt", kind="flow", actor=None,
        valid_from=SINCE, definition="Đếm.",
    )  # fmt: skip
    return define_form(
        code="BM-03", name="Biểu kia", unit=unit or month.province.place, level=Level.COMMUNE, due_day=5,
        valid_from=SINCE, sections=[NewSection("Một", [NewItem("kia", "Lượt", code)])], actor=None,
    )  # fmt: skip


def test_two_forms_of_one_month_are_held_against_each_other(month):
    form = other_form(month)
    set_form_rules(month.form, [same_in_form("khop", "luot", "BM-03", "kia")], actor=None)
    assert sent(month).reasons == {}

    [owed, *_] = open_period(form, NOVEMBER, actor=None)
    submit_report(owed, answers={"kia": "100"}, actor=None)
    assert sent(month).reasons == {}
    submit_report(owed, answers={"kia": "90"}, actor=None)
    with pytest.raises(RuleError) as broken:
        sent(month)
    assert faults_of(broken)[0][1].startswith("Số này (100) khác với biểu BM-03 cùng kỳ (90).")


def test_which_of_two_forms_of_one_code_is_meant_is_not_guessed(month):
    form = other_form(month)
    set_form_rules(month.form, [same_in_form("khop", "luot", "BM-03", "kia")], actor=None)
    [owed, *_] = open_period(form, NOVEMBER, actor=None)
    submit_report(owed, answers={"kia": "90"}, actor=None)
    with pytest.raises(RuleError):
        sent(month)

    above = other_form(month, unit=month.province.country, code="DV-32")
    [owed, *_] = open_period(above, NOVEMBER, actor=None)
    submit_report(owed, answers={"kia": "80"}, actor=None)

    assert sent(month).reasons == {}


def test_checking_costs_the_same_at_one_and_three_rules(month):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            sent(month)
        return len(queries)

    cost()
    three = cost()
    set_form_rules(month.form, RULES[1:2], actor=None)
    assert cost() == three


def test_who_sends_many_reports_reads_the_form_once_and_is_checked_as_strictly(month):
    book = book_of(month.form, NOVEMBER)
    sent(month)
    with CaptureQueriesContext(connection) as alone:
        sent(month)
    with CaptureQueriesContext(connection) as with_the_book:
        sent(month, book=book)
    with pytest.raises(RuleError) as broken:
        sent(month, FAR, book=book)

    assert len(alone) - len(with_the_book) == 3
    assert [code for code, _ in faults_of(broken)] == ["luot"]


@pytest.mark.parametrize("other", [{"form_id": 0}, {"first": date(2026, 10, 1)}])
def test_the_book_of_another_form_or_month_is_not_believed(month, other):
    book = replace(book_of(month.form, NOVEMBER), rules=(), **other)

    with pytest.raises(RuleError) as broken:
        sent(month, FAR, book=book)

    assert [code for code, _ in faults_of(broken)] == ["luot"]


def test_only_what_rules_look_back_at_is_looked_for(month):
    book = book_of(month.form, NOVEMBER)

    past = pasts(book, NOVEMBER, [month.first.unit_id], codes=book.looked_back_at)

    assert book.looked_back_at == {"luot", "nguoi"}
    assert set(past[month.first.unit_id].history) == {"luot", "nguoi"}


def test_many_units_pasts_cost_one_query(month):
    book = book_of(month.form, NOVEMBER)

    with CaptureQueriesContext(connection) as queries:
        pasts(book, NOVEMBER, [one.unit_id for one in month.owed])

    assert len(queries) == 1


def test_the_rules_are_told_with_the_form(month):
    rows = FormRule.objects.filter(rule_set__form=month.form)

    assert [(row.position, row.code, row.severity) for row in rows] == [
        (1, "nhieu-nhat", "blocks"),
        (2, "bat-thuong", "warns"),
        (3, "tang-giam", "warns"),
        (4, "hai-loai", "blocks"),
    ]
    assert str(rows[1]) == "Khác hẳn thường ngày"
    assert AuditEntry.objects.filter(action="reporting.set_form_rules").count() == 1


def test_a_form_is_defined_with_its_rules_and_a_new_version_has_its_own(month):
    again = make_form(month.province, valid_from=date(2026, 12, 1), rules=RULES[:1])

    assert again.number == 2
    assert [one.code for one in rules_of(again.pk)] == ["nhieu-nhat"]
    assert len(rules_of(month.form.pk)) == 4


def test_a_new_version_without_rules_of_its_own_keeps_those_whose_questions_are_still_asked(month):
    shorter = sections()
    shorter[0] = replace(shorter[0], items=shorter[0].items[:1])

    again = make_form(month.province, valid_from=date(2026, 12, 1), sections=shorter)

    assert [one.code for one in rules_of(again.pk)] == ["nhieu-nhat", "hai-loai"]


def rule(**changes):
    given = {"code": "mot", "name": "Một", "message": "Sai.", "tree": True, "items": ("luot",)}
    return Rule(**given | changes)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([rule(), rule()], "Mã “mot” dùng cho hai quy tắc."),
        ([rule(code="một")], "Mã gồm chữ không dấu"),
        ([rule(code="")], "Mã gồm chữ không dấu"),
        ([rule(name="")], "Đồng chí vui lòng đặt tên"),
        ([rule(message="")], "Đồng chí vui lòng viết lời nhắc"),
        ([rule(items=())], "Đồng chí vui lòng chọn ít nhất một câu hỏi"),
        ([rule(items=("la",))], "Biểu này không có câu hỏi mã “la”."),
        ([rule(tree=3)], "phải là một điều kiện đúng hoặc sai"),
        ([rule(tree={"<": [{"item": "ty-le"}, 3]})], "là tỷ lệ, chỉ có khi tổng hợp"),
        ([rule(tree={"<": [{"item": "cach-lam"}, 3]})], "trả lời bằng lời nên không kiểm tra"),
        ([rule(figures={"so": True})], "phải là một số"),
        ([rule(tree={"=": [{"of_form": ["BM-09", "x"]}, 1]})], "Không có biểu mã “BM-09”"),
        ([rule(code=f"mot-{one}") for one in range(61)], "nhiều nhất 60 quy tắc"),
    ],
)
def test_rules_that_cannot_be_are_refused_and_the_former_ones_stay(month, rules, said):
    with pytest.raises(RuleError) as broken:
        set_form_rules(month.form, rules, actor=None)

    assert said in broken.value.message
    assert len(rules_of(month.form.pk)) == 4


def test_items_worked_out_from_one_another_are_refused(month):
    from danvan.indicators.models import IndicatorVersion

    IndicatorVersion.objects.filter(indicator__code="DV-05").update(
        formula={"sum": ["DV-08", "DV-06"]}
    )

    with pytest.raises(RuleError, match="“Trả lời tại chỗ”, “Cộng hai loại” tính vòng quanh"):
        set_form_rules(month.form, [], actor=None)


def test_a_form_that_goes_on_elsewhere_takes_its_rules_along(month):
    from danvan.reporting.holders.forms import _copy_questions
    from danvan.reporting.models import Form

    copy = Form.objects.create(
        code="BM-22", name="Biểu", unit=month.province.place, level=Level.COMMUNE, due_day=5,
        valid_from=SINCE,
    )  # fmt: skip
    _copy_questions({month.form.pk: copy})

    assert rules_of(copy.pk) == rules_of(month.form.pk) != ()
