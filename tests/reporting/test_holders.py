"""Reports, months and forms follow their units; what was owed stays owed by who owed it, and all comes back."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.models import Value
from danvan.notifications.models import Notification
from danvan.organisations.enums import Level
from danvan.organisations.holders import Passage, holder_named
from danvan.organisations.models import Reach, Unit, UnitVersion
from danvan.organisations.selectors import units_under
from danvan.reporting.enums import Standing
from danvan.reporting.facts import completeness
from danvan.reporting.models import Form, FormItem, Obligation, Submission
from danvan.reporting.selectors import (
    allowed_forms,
    allowed_obligations,
    due_for,
    form_on,
    late_reports,
    obligations_at_hand,
    standing_of_period,
)
from danvan.reporting.services import (
    accept_report,
    add_draft_evidence,
    lock_period,
    open_period,
    reopen_report,
    return_report,
    save_draft,
    submit_report,
)
from tests.factories.merging import Merger, exported
from tests.factories.province import make_grant, make_place, make_user
from tests.notifications.hearing import deliver_all
from tests.reporting.months import GOOD, NOVEMBER, PNG

KEYS = ["reporting.forms", "reporting.months", "reporting.obligations"]
DECEMBER = Period.parse("2026-12")
AFTER, WITHIN = date(2026, 12, 1), date(2026, 11, 10)


@pytest.fixture
def merger(month):
    """The first two communes merge on the day after the month."""
    return Merger(month.province, AFTER)


@pytest.fixture
def early(month):
    """They merge within the month that is open, as a back-dated decision says."""
    return Merger(month.province, WITHIN)


def taker(merger, role="commune_officer"):
    return make_grant(merger.place, role, valid_from=merger.on)


def owed_by():
    return dict(Obligation.objects.filter(first=NOVEMBER.first).values_list("unit_id", "bearer_id"))


def test_the_heir_answers_for_reports_that_are_not_accepted(month, merger):
    submit_report(month.owed[1], answers=GOOD, actor=None)
    merger.found()
    moved = merger.hand_over(*KEYS)
    first, second, third = month.province.communes
    assert owed_by() == {first.pk: merger.place.pk, second.pk: merger.place.pk, third.pk: None}
    assert [one.title for one in moved] == [
        "Báo cáo công tác dân vận tháng 11/2026 của Xã Môn Sơn",
        "Báo cáo công tác dân vận tháng 11/2026 của Xã Con Cuông",
    ]


def test_an_accepted_report_stays_and_one_sent_back_later_is_the_heirs_to_mend(month, merger):
    one = month.owed[0]
    submit_report(one, answers=GOOD, actor=None)
    accept_report(one, actor=None)
    lock_period(month.form, NOVEMBER, actor=None)
    merger.found().hand_over(*KEYS)
    one.refresh_from_db()
    assert one.bearer_id is None
    reopen_report(one, words="Sai số", actor=None)
    one.refresh_from_db()
    assert one.bearer_id == merger.place.pk
    officer = taker(merger)
    assert one in due_for(officer, date(2026, 12, 3))
    officer.grants.all().delete()
    merger.take_back(*KEYS)
    one.refresh_from_db()
    assert (one.bearer_id, one.standing) == (None, Standing.RETURNED)


def test_the_heirs_officer_sees_drafts_and_sends_it_for_the_unit_that_owed_it(month, merger):
    merger.found()
    officer = taker(merger)
    assert list(due_for(officer, date(2026, 12, 3))) == []
    merger.hand_over(*KEYS)
    one = month.first
    assert list(due_for(officer, date(2026, 12, 3))) == month.owed[:2]
    assert one in obligations_at_hand(officer)
    save_draft(one, {"luot": "5"}, actor=officer)
    submit_report(one, answers=GOOD, actor=officer)
    assert set(Value.objects.values_list("unit_id", "first")) == {
        (month.province.communes[0].pk, NOVEMBER.first)
    }
    assert not allowed_obligations(officer, "submissions.approve").exists()


def test_completeness_counts_it_once_under_the_unit_that_owed_it(month, merger):
    submit_report(month.owed[2], answers=GOOD, actor=None)
    province = month.province.place
    within = units_under([province.pk], on=NOVEMBER.last)
    before = completeness(within, NOVEMBER), standing_of_period(month.form, NOVEMBER)
    merger.found().hand_over(*KEYS)
    within = units_under([province.pk], on=NOVEMBER.last)
    assert (completeness(within, NOVEMBER), standing_of_period(month.form, NOVEMBER)) == before
    submit_report(month.first, answers=GOOD, actor=None)
    figures = completeness(within, NOVEMBER)
    assert (figures.owed, figures.sent) == (3, 2)
    assert completeness([merger.place.pk], NOVEMBER).owed == 0


def test_who_is_late_is_the_unit_that_answers_now(month, merger):
    merger.found().hand_over(*KEYS)
    within = units_under([month.province.place.pk], on=date(2026, 12, 20))
    late = late_reports(within, date(2026, 12, 20))
    assert {one.unit_id: one.count for one in late} == {
        merger.place.pk: 2,
        month.province.communes[2].pk: 1,
    }


def test_a_month_opened_later_is_asked_of_those_that_stand_on_its_last_day(month, merger):
    merger.found().hand_over(*KEYS)
    owed = open_period(month.form, DECEMBER, actor=None)
    assert {one.unit_id for one in owed} == {merger.place.pk, month.province.communes[2].pk}


def test_undone_at_once_every_report_month_and_form_is_as_it_was(month, merger):
    save_draft(month.first, {"luot": "5"}, actor=None)
    submit_report(month.owed[1], answers=GOOD, actor=None)
    before = exported(*KEYS)
    merger.found().hand_over(*KEYS)
    assert exported(*KEYS) != before
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_undone_after_the_heir_sent_the_report_is_still_the_former_units(month, merger):
    merger.found().hand_over(*KEYS)
    submit_report(month.first, answers=GOOD, actor=taker(merger))
    for key in reversed(KEYS):
        holder_named(key).take_back(merger.moved[key], merger.passage, actor=None)
    month.first.refresh_from_db()
    assert (month.first.bearer_id, month.first.standing) == (None, Standing.SENT)
    assert Submission.objects.count() == 1


def test_a_report_is_passed_on_to_another_successor_and_on_at_the_next_merger(month, merger):
    merger.found().hand_over(*KEYS)
    key, third = KEYS[2], month.province.communes[2]
    passed = holder_named(key).pass_on(merger.moved[key][0], third.pk, actor=None)
    assert owed_by()[month.first.unit_id] == third.pk
    with pytest.raises(RuleError, match="nay thuộc Xã Châu Khê"):
        holder_named(key).pass_on(merger.moved[key][0], merger.place.pk, actor=None)
    assert passed.taker == third.pk
    assert holder_named(key).count_open({third.pk, merger.place.pk}, AFTER) == {
        third.pk: 2,
        merger.place.pk: 1,
    }


def test_a_month_open_and_empty_is_asked_of_the_founded_unit_instead(month, early):
    before = exported(*KEYS)
    early.found()
    moved = early.hand_over(*KEYS)
    assert owed_by() == {early.place.pk: None, month.province.communes[2].pk: None}
    assert [one.waits for one in moved] == [False, False, False]
    assert moved[0].title == (
        "Báo cáo công tác dân vận tháng 11/2026 của Xã Môn Sơn: không phải gửi nữa"
    )
    new = Obligation.objects.get(unit=early.place)
    assert (new.due_on, new.standing) == (month.first.due_on, Standing.DUE)
    early.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_a_report_sent_for_a_month_that_its_unit_did_not_see_end_stands_in_the_way(month, early):
    submit_report(month.first, answers=GOOD, actor=None)
    save_draft(month.owed[1], {"luot": "5"}, actor=None)
    early.found()
    before = exported(*KEYS)
    faults = holder_named(KEYS[1]).faults(early.passage)
    assert [fault.message for fault in faults] == [
        (
            "Xã Môn Sơn đã gửi báo cáo công tác dân vận tháng 11/2026, trong khi đơn vị kết thúc từ "
            "10/11/2026. Đồng chí vui lòng chọn ngày có hiệu lực sau tháng đó."
        ),
        (
            "Xã Con Cuông đã nhập dở báo cáo công tác dân vận tháng 11/2026, trong khi đơn vị kết thúc từ "
            "10/11/2026. Đồng chí vui lòng đề nghị đơn vị xóa nội dung đã nhập rồi áp dụng lại."
        ),
    ]
    with pytest.raises(RuleError, match="Xã Môn Sơn đã gửi"):
        early.hand_over(KEYS[1])
    assert exported(*KEYS) == before


def test_a_draft_that_was_emptied_stands_in_nobodys_way_and_a_file_does(month, early):
    save_draft(month.first, {"luot": " "}, actor=make_user())
    early.found()
    holder = holder_named(KEYS[1])
    assert holder.faults(early.passage) == []
    before = exported(*KEYS)
    early.hand_over(*KEYS)
    early.take_back(*KEYS)
    assert exported(*KEYS) == before
    add_draft_evidence(month.owed[1], name="anh.png", content=PNG, actor=None)
    early.found()
    assert len(holder.faults(early.passage)) == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (True, "Xã Chi Khê đã gửi báo cáo công tác dân vận tháng 11/2026 nên không hoàn tác được"),
        (False, "Xã Chi Khê đã nhập dở báo cáo công tác dân vận tháng 11/2026 nên không hoàn tác"),
    ],
)
def test_what_the_founded_unit_sent_or_typed_keeps_it_from_being_undone(month, early, sent, words):
    early.found().hand_over(*KEYS)
    new = Obligation.objects.get(unit=early.place)
    if sent:
        submit_report(new, answers=GOOD, actor=None)
    else:
        save_draft(new, {"luot": "5"}, actor=None)
    before = exported(*KEYS)
    with pytest.raises(RuleError, match=words):
        holder_named(KEYS[1]).take_back(early.moved[KEYS[1]], early.passage, actor=None)
    assert exported(*KEYS) == before


def test_a_month_opened_since_is_asked_of_the_former_units_when_undone(month, merger):
    merger.found().hand_over(*KEYS)
    open_period(month.form, DECEMBER, actor=None)
    merger.take_back(*KEYS)
    owed = Obligation.objects.filter(first=DECEMBER.first).values_list("unit_id", flat=True)
    assert set(owed) == {one.pk for one in month.province.communes}


def merge_province(month, on=AFTER):
    """The province of the month becomes a new one on a day; its communes move under it."""
    merger = Merger(month.province, on)
    old = month.province.place
    Unit.objects.filter(pk=old.pk).update(ended_on=on)
    UnitVersion.objects.filter(unit=old).update(valid_to=on)
    Reach.objects.filter(top=old).update(valid_to=on)
    new = make_place(
        "Tỉnh Lam Hồng", level=Level.PROVINCE, under=month.province.country, founded=on
    )
    for commune in month.province.communes:
        Reach.objects.create(top=new, unit=commune, follows="place", valid_from=on)
    merger.place = new
    merger.passage = Passage(
        number="SX-2026-015",
        title="Hợp nhất tỉnh",
        on=on,
        heirs={old.pk: new.pk},
        ended=frozenset({old.pk}),
        founded=frozenset({new.pk}),
    )
    return merger


def items(form):
    return list(
        FormItem.objects.filter(section__form=form)
        .order_by("section__position", "position")
        .values_list("section__title", "code", "label", "indicator_id", "divided", "part_of__code")
    )


def test_a_form_goes_on_at_the_heir_with_the_same_questions(month):
    merger = merge_province(month)
    merger.hand_over(*KEYS)
    new = form_on("BM-02", merger.place.pk, AFTER)
    month.form.refresh_from_db()
    assert (month.form.valid_to, new.valid_from, new.number) == (AFTER, AFTER, 1)
    assert items(new) == items(month.form)
    assert len(items(new)) == 10
    owed = open_period(new, DECEMBER, actor=None)
    assert {one.unit_id for one in owed} == {one.pk for one in month.province.communes}
    with pytest.raises(RuleError, match="hết áp dụng"):
        open_period(month.form, DECEMBER, actor=None)


def test_what_was_asked_before_is_approved_by_the_heir(month):
    submit_report(month.first, answers=GOOD, actor=None)
    merger = merge_province(month)
    merger.hand_over(*KEYS)
    specialist = taker(merger, "specialist")
    assert month.first in allowed_obligations(specialist, "submissions.approve")
    assert month.form in allowed_forms(specialist, "submissions.view")
    return_report(month.first, words="Sai", comments={}, actor=specialist)
    deliver_all()
    assert Notification.objects.filter(user=specialist).exists()


def test_months_that_are_open_stay_with_the_former_form(month):
    merger = merge_province(month, WITHIN)
    merger.hand_over(*KEYS)
    assert form_on("BM-02", merger.place.pk, NOVEMBER.last) is None
    new = Form.objects.get(unit=merger.place)
    assert new.valid_from == AFTER
    assert Obligation.objects.filter(form=month.form).count() == 3


def test_forms_come_back_exactly(month):
    before = exported(*KEYS)
    merger = merge_province(month)
    merger.hand_over(*KEYS)
    open_period(Form.objects.get(unit=merger.place), DECEMBER, actor=None)
    for key in reversed(KEYS):
        holder_named(key).take_back(merger.moved[key], merger.passage, actor=None)
    assert exported(*KEYS) == before
    assert holder_named(KEYS[0]).count_rows({merger.place.pk}) == {}


def test_a_report_sent_in_the_heirs_form_keeps_it_from_being_undone(month):
    merger = merge_province(month)
    merger.hand_over(*KEYS)
    owed = open_period(Form.objects.get(unit=merger.place), DECEMBER, actor=None)
    submit_report(owed[0], answers=GOOD, actor=None)
    with pytest.raises(RuleError, match="Xã Môn Sơn đã gửi"):
        holder_named(KEYS[0]).take_back(merger.moved[KEYS[0]], merger.passage, actor=None)


def test_a_heir_that_asks_such_a_form_already_gets_no_second_one(month):
    merger = merge_province(month)
    Form.objects.create(
        code="BM-02", number=1, name="Báo cáo", unit=merger.place, level=Level.COMMUNE, due_day=5,
        valid_from=AFTER,
    )  # fmt: skip
    before = exported(*KEYS)
    merger.hand_over(*KEYS)
    assert Form.objects.filter(unit=merger.place).count() == 1
    for key in reversed(KEYS):
        holder_named(key).take_back(merger.moved[key], merger.passage, actor=None)
    assert exported(*KEYS) == before


def test_a_form_is_passed_on_unless_the_other_asks_it_already(month):
    merger = merge_province(month)
    [moved] = merger.hand_over(KEYS[0])
    other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=month.province.country)
    holder = holder_named(KEYS[0])
    passed = holder.pass_on(moved, other.pk, actor=None)
    assert form_on("BM-02", other.pk, AFTER).pk == moved.after["form"]
    with pytest.raises(RuleError, match="nay thuộc Tỉnh Hà Tĩnh"):
        holder.pass_on(moved, merger.place.pk, actor=None)
    Form.objects.create(
        code="BM-02", number=1, name="Báo cáo", unit=merger.place, level=Level.COMMUNE, due_day=5,
        valid_from=AFTER,
    )  # fmt: skip
    with pytest.raises(RuleError, match="Tỉnh Lam Hồng đã có biểu mẫu mã “BM-02”"):
        holder.pass_on(passed, merger.place.pk, actor=None)
    with pytest.raises(RuleError, match="nay thuộc"):
        holder.take_back([moved], merger.passage, actor=None)
    assert holder.count_open({month.province.place.pk}, date(2026, 11, 1)) == {
        month.province.place.pk: 1
    }


def test_many_reports_pass_with_as_many_queries_as_few(
    db, month, merger, django_assert_max_num_queries
):
    for number in range(1, 10):
        open_period(month.form, Period.starting(date(2026, number, 1), Every.MONTH), actor=None)
    merger.found()
    with django_assert_max_num_queries(24):
        assert len(merger.hand_over(*KEYS)) == 20
    with django_assert_max_num_queries(24):
        for key in reversed(KEYS):
            holder_named(key).take_back(merger.moved[key], merger.passage, actor=None)
