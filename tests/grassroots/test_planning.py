"""The plan of publication: what it holds when made, what is refused, and what was published against it."""

from datetime import date

import pytest

from danvan.grassroots.models import MatterKind, PublicationItem, PublicationPlan
from danvan.grassroots.selectors import items_due, matters_for, plan_card_of, plans_of_year
from danvan.grassroots.services import (
    Draft,
    ItemDraft,
    PlanDraft,
    carry_out_item,
    drop_item,
    enter_planned,
    issue_plan,
    make_plan,
    set_item,
    withdraw_matter,
)
from danvan.law.models import LegalParameter
from danvan.organisations.holders import all_holders
from tests.factories.province import make_grant
from tests.grassroots import matters
from tests.once import once, own

pytestmark = pytest.mark.django_db
_commune = once(matters.Commune, DANVAN_TODAY=matters.TODAY)
YEAR_END = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = matters.TODAY


@pytest.fixture
def commune(_commune):
    return own(_commune)


def planned(commune, year=2026, doer="Văn phòng HĐND và UBND", by_on=YEAR_END):
    draft = PlanDraft(unit_id=commune.unit.pk, year=year, doer=doer, by_on=by_on)
    return make_plan(draft, actor=None)


def line(plan, code):
    return plan.items.select_related("plan", "kind", "matter").get(kind__code=code)


def drafted(**more):
    said = {
        "kind_id": matters.kind("CK02").pk,
        "title": "Dự toán",
        "channels": ["office", "village"],
    }
    return ItemDraft(**{**said, "days": 30, "doer": "Kế toán", "by_on": YEAR_END, **more})


def test_a_plan_begins_with_what_the_law_asks(commune):
    plan = planned(commune)
    assert plan.items.count() == 14
    budget, duties, aid, other = (line(plan, code) for code in ("CK02", "CK04", "CK07", "CK14"))
    assert (budget.channels, budget.days, budget.by_on) == (["office", "village"], 30, YEAR_END)
    assert (duties.channels, duties.days) == (["office"], None)
    assert aid.channels == ["office", "village", "radio"]
    assert (other.channels, other.days) == (["portal"], None)
    assert budget.channel_labels == (
        "Niêm yết tại trụ sở, Niêm yết tại nhà văn hóa, điểm sinh hoạt cộng đồng"
    )
    assert (str(plan), str(budget)) == ("Kế hoạch công khai năm 2026", f"{plan.pk}:{budget.title}")


def test_a_plan_of_the_next_year_takes_over_the_lines_of_this_one(commune):
    plan = planned(commune)
    set_item(plan, drafted(title="Dự toán quý II", by_on=date(2026, 4, 10)), item=line(plan, "CK02"), actor=None)  # fmt: skip
    drop_item(line(plan, "CK14"), actor=None)
    following = planned(commune, year=2027, doer="", by_on=None)
    budget = line(following, "CK02")
    assert (budget.title, budget.by_on, budget.doer) == ("Dự toán quý II", date(2027, 4, 10), "Kế toán")  # fmt: skip
    assert line(following, "CK01").by_on == date(2027, 12, 31)
    assert (line(following, "CK14").by_on, following.items.count()) == (None, 14)


@pytest.mark.parametrize(
    ("change", "column", "sentence"),
    [
        ({"unit_id": 0}, "unit", "Ủy ban nhân dân cấp xã"),
        ({"year": 2020}, "year", "từ 2025 đến 2027"),
        ({"by_on": date(2025, 1, 1)}, "by_on", "không thuộc năm 2026"),
        ({"doer": "x" * 201}, "doer", "dài quá 200"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(commune, change, column, sentence):
    said = {"unit_id": commune.unit.pk, "year": 2026}
    broken = matters.refused(make_plan, PlanDraft(**{**said, **change}))
    assert any(one.column == column and sentence in one.message for one in broken.faults)
    assert not PublicationPlan.objects.exists()


def test_a_second_plan_a_stranger_and_a_catalogue_not_loaded_are_refused(commune):
    planned(commune)
    draft = PlanDraft(unit_id=commune.unit.pk, year=2026)
    assert "đã có kế hoạch" in str(matters.refused(make_plan, draft))
    stranger = make_grant(commune.province.communes[1], "commune_officer")
    assert "chưa có quyền" in str(matters.refused(make_plan, draft, actor=stranger))
    PublicationPlan.objects.all().delete()
    MatterKind.objects.all().delete()
    assert "danvan grassroots load" in str(matters.refused(make_plan, draft))


def test_every_fault_of_a_line_is_told_at_once(commune):
    plan = planned(commune)
    broken = matters.refused(
        set_item, plan, drafted(title=" ", channels=["tivi"], days=0, doer="x" * 201, by_on=date(2027, 1, 1)),
    )  # fmt: skip
    assert {one.column for one in broken.faults} == {"title", "channels", "days", "doer", "by_on"}
    less = matters.refused(set_item, plan, drafted(channels=["office"], days=29))
    assert {one.column for one in less.faults} == {"channels", "days"}
    assert "ít nhất 30 ngày" in str(less)
    assert "chọn nội dung" in str(matters.refused(set_item, plan, drafted(kind_id=0)))
    fresh = PublicationPlan.objects.get(pk=plan.pk)
    stale = matters.refused(set_item, fresh, drafted(), seen=fresh.changes + 1)
    assert "vừa sửa" in str(stale)
    assert plan.items.count() == 14


def test_without_the_row_of_the_law_days_are_not_asked(commune):
    LegalParameter.objects.filter(key="democracy.post.min").delete()
    assert line(planned(commune), "CK02").days is None


def test_a_plan_is_issued_when_every_line_says_who_and_when(commune):
    plan = planned(commune, doer="", by_on=None)
    broken = matters.refused(issue_plan, plan, on=date(2026, 12, 1), symbol=" ")
    told = [one.message for one in broken.faults]
    assert len(told) == 2 + 14
    assert "chưa đến" in told[1]
    assert told[2].endswith("chưa ghi bộ phận phụ trách và ngày công khai, đồng chí vui lòng ghi thêm.")  # fmt: skip
    for one in plan.items.all():
        drop_item(one, actor=None)
    empty = matters.refused(issue_plan, plan, on=matters.TODAY, symbol="15/KH-UBND")
    assert "chưa có nội dung nào" in str(empty)
    set_item(plan, drafted(), actor=None)
    day = date(2026, 11, 2)
    wrong = matters.refused(issue_plan, plan, on=day, symbol="15", told_on=date(2026, 11, 1))
    assert [one.column for one in wrong.faults] == ["told_on"]
    issued = issue_plan(plan, on=day, symbol="15/KH-UBND", told_on=day, actor=None)
    assert (issued.issued_on, issued.symbol, issued.told_on) == (day, "15/KH-UBND", day)
    bare = matters.refused(set_item, issued, drafted(doer="", by_on=None))
    assert {one.column for one in bare.faults} == {"doer", "by_on"}


def test_what_was_published_stands_against_the_plan(commune):
    plan = planned(commune, by_on=date(2026, 11, 1))
    issue_plan(plan, on=matters.TODAY, symbol="15/KH-UBND", actor=None)
    officer = make_grant(commune.place, "commune_officer")
    assert items_due(officer).count() == 14
    draft = Draft(
        unit_id=commune.unit.pk, kind_id=matters.kind("CK02").pk, title="Dự toán", began_on=matters.BEGAN
    )  # fmt: skip
    budget = enter_planned(line(plan, "CK02"), draft, actor=None)
    matters.published(budget)
    late = matters.published(matters.entered(commune.unit, "CK01"), on=date(2026, 11, 5))
    beside = matters.published(matters.entered(commune.unit, "CK01", title="Kết quả"))
    carry_out_item(line(plan, "CK01"), late, actor=None)
    carry_out_item(line(plan, "CK06"), matters.entered(commune.unit, "CK06"), actor=None)
    card = plan_card_of(officer, plan)
    words = {one.item.kind.code: (one.tone, one.word) for one in card.lines}
    assert words["CK02"] == ("green", "Đã công khai 01/10/2026")
    assert words["CK01"] == ("orange", "Chậm, ngày 05/11/2026")
    assert words["CK06"] == words["CK03"] == ("red", "Quá hạn, chưa công khai")
    assert (card.published, card.late, card.may_keep, card.lacking) == (2, 12, True, [])
    assert card.beside == [beside]
    assert items_due(officer).count() == 12
    [own_line, *others] = sorted(
        plans_of_year(officer, 2026, on=matters.TODAY), key=lambda one: one.plan is None
    )
    assert (own_line.items, own_line.on_time, own_line.late, own_line.overdue) == (14, 1, 1, 12)
    assert all(one.plan is None for one in others)
    drop_item(line(plan, "CK14"), actor=None)
    assert [one.code for one in plan_card_of(officer, plan).lacking] == ["CK14"]


def test_a_line_is_carried_out_once_by_a_matter_of_its_kind_and_commune(commune):
    plan = planned(commune)
    budget = matters.entered(commune.unit, "CK02")
    fees = line(plan, "CK12")
    assert "chọn việc đã ghi" in str(matters.refused(carry_out_item, fees, None))
    assert "không phải nội dung CK12" in str(matters.refused(carry_out_item, fees, budget))
    assert list(matters_for(line(plan, "CK02"))) == [budget]
    carry_out_item(line(plan, "CK02"), budget, actor=None)
    assert list(matters_for(line(plan, "CK02"))) == []
    again = matters.entered(commune.unit, "CK02", title="Quyết toán")
    assert "rồi" in str(matters.refused(carry_out_item, line(plan, "CK02"), again))
    assert "không đổi mã" in str(
        matters.refused(
            set_item, plan, drafted(kind_id=matters.kind("CK01").pk), item=line(plan, "CK02")
        )
    )
    assert "không bỏ khỏi kế hoạch" in str(matters.refused(drop_item, line(plan, "CK02")))
    second = set_item(plan, drafted(title="Quyết toán"), actor=None)
    assert "nội dung khác" in str(matters.refused(carry_out_item, second, budget))
    withdraw_matter(budget, why="Ghi nhầm", actor=None)
    assert "đã rút" in str(matters.refused(carry_out_item, second, budget))
    assert line_of_withdrawn(plan).tone == "grey"
    taken = plan.items.get(title=line_of_withdrawn(plan).item.title, matter=budget)
    carry_out_item(taken, again, actor=None)
    assert PublicationItem.objects.get(pk=taken.pk).matter == again


def line_of_withdrawn(plan):
    """The line whose matter was withdrawn."""
    lines = plan_card_of(make_grant(plan.unit, "commune_officer"), plan).lines
    return next(one for one in lines if one.item.matter is not None)


def test_a_plan_of_a_year_that_is_not_over_passes_to_the_heir(commune):
    plan = planned(commune)
    [holder] = [one for one in all_holders() if one.key == "grassroots.plans"]
    assert holder.count_open([commune.unit.pk], matters.TODAY) == {commune.unit.pk: 1}
    assert holder.count_open([commune.unit.pk], date(2027, 1, 1)) == {}
    assert holder.title(plan) == "Kế hoạch công khai năm 2026"


def test_a_line_written_from_an_older_page_keeps_what_carried_it_out(commune):
    plan = planned(commune)
    older = line(plan, "CK02")
    matter = matters.entered(commune.unit, "CK02")
    seen = PublicationPlan.objects.get().changes
    carry_out_item(line(plan, "CK02"), matter, actor=None)
    assert "vừa sửa" in str(matters.refused(set_item, plan, drafted(), item=older, seen=seen))
    set_item(plan, drafted(title="Dự toán năm"), item=older, actor=None)
    assert (line(plan, "CK02").title, line(plan, "CK02").matter) == ("Dự toán năm", matter)


def test_a_line_that_was_dropped_meanwhile_does_not_come_back(commune):
    plan = planned(commune)
    gone = line(plan, "CK14")
    drop_item(gone, actor=None)
    stale = PublicationItem(pk=line(plan, "CK02").pk - 1000, plan=plan, kind=gone.kind)
    for act, args, more in (
        (set_item, (plan, drafted()), {"item": stale}),
        (drop_item, (stale,), {}),
        (carry_out_item, (stale, matters.entered(commune.unit, "CK14")), {}),
    ):
        assert "vừa được bỏ" in str(matters.refused(act, *args, **more))
    assert plan.items.count() == 13


def test_an_heir_sees_every_plan_that_passed_to_it(commune):
    plans = [planned(commune)]
    plans.append(
        PublicationPlan.objects.create(unit=commune.unit, year=2026, made_at=plans[0].made_at)
    )
    officer = make_grant(commune.place, "commune_officer")
    listed = plans_of_year(officer, 2026, on=matters.TODAY)
    own_lines = [one for one in listed if one.unit_id == commune.unit.pk]
    assert {one.plan: one.items for one in own_lines} == {plans[0]: 14, plans[1]: 0}


def test_a_matter_of_another_kind_is_not_written_down_for_a_line(commune):
    plan = planned(commune)
    draft = Draft(
        unit_id=commune.unit.pk, kind_id=matters.kind("CK01").pk, title="Khác", began_on=matters.BEGAN
    )  # fmt: skip
    broken = str(matters.refused(enter_planned, line(plan, "CK02"), draft))
    assert "nội dung CK02 của kế hoạch" in broken
    assert "DC-" not in broken  # no number that nobody was given
    assert line(plan, "CK02").matter is None


def test_what_hangs_always_has_no_days_and_a_plan_is_not_issued_years_before(commune):
    plan = planned(commune)
    always = drafted(kind_id=matters.kind("CK04").pk, channels=["office"], days=30)
    assert "niêm yết thường xuyên" in str(matters.refused(set_item, plan, always))
    early = matters.refused(issue_plan, plan, on=date(2016, 11, 2), symbol="15/KH-UBND")
    assert [one.column for one in early.faults] == ["on"]
    assert "từ ngày 01/01/2025" in str(early)
