"""Defining a form and opening its months: what stands afterwards, and that a refusal leaves no trace."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, OutboxEvent
from danvan.foundation.periods import Period
from danvan.law.services import load_calendar
from danvan.organisations.enums import Level
from danvan.organisations.models import Reach, UnitVersion
from danvan.reporting.enums import ItemKind
from danvan.reporting.models import Form, FormItem, FormSection, Obligation
from danvan.reporting.selectors import form_on, questions_of
from danvan.reporting.services import NewItem, NewSection, open_period
from tests.factories.province import Province, make_place
from tests.reporting.months import NOVEMBER, OCTOBER, SINCE, Month, indicators, make_form, sections

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    """Its own for each test: others of this module found other provinces."""
    return Month()


def test_a_form_has_its_sections_and_items_in_order():
    province = Province()
    known = indicators()

    form = make_form(province, source_symbol="05-HD/BDVTU")

    questions = questions_of(form.pk, on=NOVEMBER.last)
    assert (form.number, form.valid_from, form.valid_to) == (1, SINCE, None)
    assert [(part.position, part.title, part.may_be_nil) for part in questions.sections] == [
        (1, "Tiếp xúc, đối thoại", True),
        (2, "Ý kiến của Nhân dân", True),
        (3, "Mô hình", False),
    ]
    assert [one.code for one in questions.by_code.values() if one.computed] == ["cong", "ty-le"]
    persons = questions.by_code["nguoi"]
    assert (persons.part_of, persons.unit_label, persons.indicator_id) == (
        "luot",
        "người",
        known["DV-03"].pk,
    )
    assert AuditEntry.objects.filter(action="reporting.define_form").count() == 1


def test_a_new_version_ends_the_one_before():
    province = Province()
    indicators()
    first = make_form(province)

    second = make_form(province, valid_from=date(2026, 7, 1), name="Báo cáo mới")

    first.refresh_from_db()
    assert (first.number, first.valid_to) == (1, date(2026, 7, 1))
    assert (second.number, second.valid_to) == (2, None)
    assert form_on("BM-02", province.place.pk, date(2026, 6, 30)) == first
    assert form_on("BM-02", province.place.pk, date(2026, 7, 1)) == second
    assert form_on("BM-03", province.place.pk, date(2026, 7, 1)) is None


ITEM = NewItem("a", "Câu hỏi", "DV-01")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": " "}, "Đồng chí vui lòng đặt mã biểu mẫu."),
        ({"name": " "}, "Đồng chí vui lòng đặt tên biểu mẫu."),
        ({"level": "ward"}, "Đồng chí vui lòng chọn cấp báo cáo."),
        ({"due_day": 29}, "Hạn gửi phải là một ngày từ 1 đến 28 của tháng sau."),
        ({"sections": []}, "Biểu mẫu cần ít nhất một mục."),
        ({"sections": [NewSection(" ", [ITEM])]}, "Mục 1 chưa có tên."),
        ({"sections": [NewSection("A", [])]}, "Mục 1 chưa có câu hỏi nào."),
        (
            {"sections": [NewSection("A", [ITEM, NewItem("a", "B", "DV-02")])]},
            "Mã “a” dùng cho hai câu hỏi.",
        ),
        (
            {"sections": [NewSection("A", [ITEM, NewItem("b", "B", "DV-01")])]},
            "Chỉ số “DV-01” được hỏi hai lần.",
        ),
        ({"sections": [NewSection("A", [NewItem("a", " ", "DV-01")])]}, "Câu hỏi mã “a” chưa có lời."),
        (
            {"sections": [NewSection("A", [NewItem("a", "A", "XX")])]},
            "Không có chỉ số mã “XX” vào ngày biểu bắt đầu.",
        ),
        (
            {"sections": [NewSection("A", [NewItem("a", "A", "DV-01", part_of="b"), NewItem("b", "B", kind=ItemKind.TEXT)])]},
            "“A” phải là một phần của một câu hỏi số khác.",
        ),
        (
            {"sections": [NewSection("A", [NewItem("a", "A", "DV-01", part_of="a")])]},
            "“A” phải là một phần của một câu hỏi số khác.",
        ),
    ],
)  # fmt: skip
def test_a_faulty_form_is_refused_whole(changes, said):
    province = Province()
    indicators()

    with pytest.raises(RuleError) as refused:
        make_form(province, **changes)

    assert [fault.message for fault in refused.value.faults] == [said]
    assert (Form.objects.count(), FormSection.objects.count(), FormItem.objects.count()) == (
        0,
        0,
        0,
    )


def test_a_form_is_asked_at_a_place():
    province = Province()
    indicators()

    with pytest.raises(RuleError, match="Biểu mẫu được đặt cho một địa bàn"):
        make_form(province, unit=province.front)


def test_a_version_cannot_begin_before_the_last_one():
    province = Province()
    indicators()
    form = make_form(province)

    with pytest.raises(RuleError, match="Phiên bản mới phải bắt đầu sau ngày"):
        make_form(province, valid_from=SINCE)

    form.refresh_from_db()
    assert form.valid_to is None


def test_opening_a_month_freezes_who_owes_it_and_by_when(month):
    owed = list(Obligation.objects.order_by("unit_id"))

    assert [one.unit_id for one in owed] == [place.pk for place in month.province.communes]
    assert {one.due_on for one in owed} == {date(2026, 12, 5)}
    assert {one.standing for one in owed} == {"due"}
    assert OutboxEvent.objects.get(name="reporting.period_opened").body == {
        "form_id": month.form.pk,
        "first": "2026-11-01",
    }


def test_opening_again_changes_nothing_even_after_a_merger(month):
    before = list(Obligation.objects.values())
    gone = month.province.communes[2]
    ended = date(2026, 11, 20)
    UnitVersion.objects.filter(unit=gone).update(valid_to=ended)
    Reach.objects.filter(unit=gone).update(valid_to=ended)
    make_place("Xã Mới", under=month.province.place, founded=ended)

    again = open_period(month.form, NOVEMBER, actor=None)

    assert [one.pk for one in again] == [one.pk for one in month.owed]
    assert list(Obligation.objects.values()) == before
    assert OutboxEvent.objects.filter(name="reporting.period_opened").count() == 1


def test_who_owes_is_who_stands_on_the_last_day_of_the_month(month):
    late = make_place("Xã Mới", under=month.province.place, founded=date(2026, 10, 31))
    make_place("Xã Sau", under=month.province.place, founded=date(2026, 11, 1))

    owed = open_period(month.form, OCTOBER, actor=None)

    assert {one.unit_id for one in owed} == {p.pk for p in (*month.province.communes, late)}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2026-Q3", "Biểu này báo cáo theo tháng. Đồng chí vui lòng chọn một tháng."),
        ("2027-01", "Chưa đến tháng 1/2027 nên chưa mở kỳ báo cáo được."),
        ("2025-12", "Biểu này áp dụng từ ngày 01/01/2026, sau tháng 12/2025."),
        ("2026-07", "Biểu này hết áp dụng từ ngày 15/07/2026, trước khi hết tháng 7/2026."),
    ],
)
def test_a_month_outside_the_form_is_not_opened(code, said):
    province = Province()
    indicators()
    form = make_form(province)
    make_form(province, valid_from=date(2026, 7, 15))

    with pytest.raises(RuleError) as refused:
        open_period(form, Period.parse(code), actor=None)

    assert refused.value.message == said
    assert not Obligation.objects.exists()


def test_a_month_that_nobody_owes_is_not_opened():
    province = Province()
    indicators()
    form = make_form(province, level=Level.VILLAGE)

    with pytest.raises(RuleError, match="Vào ngày 30/11/2026 không có đơn vị"):
        open_period(form, NOVEMBER, actor=None)


@pytest.mark.parametrize(("moves", "due"), [(False, date(2026, 12, 5)), (True, date(2026, 12, 7))])
def test_a_due_day_on_a_saturday_moves_only_where_the_form_says_so(moves, due):
    load_calendar([2026])
    province = Province()
    indicators()
    form = make_form(province, due_moves=moves)

    owed = open_period(form, NOVEMBER, actor=None)

    assert {one.due_on for one in owed} == {due}


def test_a_form_may_be_of_a_single_section():
    province = Province()
    indicators()

    form = make_form(province, sections=sections()[:1])

    assert [one.code for one in questions_of(form.pk, on=NOVEMBER.last).by_code.values()] == [
        "doi-thoai",
        "luot",
        "nguoi",
    ]


def test_the_obligations_of_a_december_are_due_in_the_next_year(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    month = Month()

    owed = open_period(month.form, Period.parse("2026-12"), actor=None)

    assert {one.due_on for one in owed} == {date(2027, 1, 5)}


def test_a_month_is_never_owed_by_two_versions(month):
    """November is open under the first version: a second one that begins within it would ask for it again."""
    before = list(Form.objects.values())

    with pytest.raises(RuleError, match=r"Kỳ tháng 11/2026 đã mở .* sau ngày 30/11/2026"):
        make_form(month.province, valid_from=date(2026, 11, 1))

    assert list(Form.objects.values()) == before
    assert make_form(month.province, valid_from=date(2026, 12, 1)).number == 2
