"""A target divided among the places below: shares, a reserve, answers; and what a merger does to them."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.foundation.periods import Period
from danvan.indicators.enums import Aim, Bound, ChangeBy, Quality, Standing
from danvan.indicators.models import Target, TargetDivision, TargetRefusal
from danvan.indicators.selectors import (
    allowed_targets,
    cascade_of,
    evaluate,
    versions_of,
)
from danvan.indicators.selectors.targets import Answer
from danvan.indicators.services import (
    amend_target,
    cover_share,
    create_target,
    decline_share,
    divide_target,
    end_target,
    remove_target,
)
from danvan.indicators.services.targets import Source
from tests.factories.province import Province, make_grant
from tests.indicators.figures import a_ratio, an_indicator
from tests.indicators.goals import a_goal, give_months
from tests.once import once, own

pytestmark = pytest.mark.django_db
NOW = date(2026, 3, 10)


class Measured:
    """A province with a target of 100 to divide."""

    def __init__(self):
        self.province = Province()
        self.place, self.communes = self.province.place, self.province.communes
        self.flow = an_indicator("DV-01")
        self.target = a_goal(self.place, self.flow, goal=100)


_measured = once(Measured, DANVAN_TODAY=NOW)


@pytest.fixture
def measured(_measured, settings):
    settings.DANVAN_TODAY = NOW
    return own(_measured)


def parts(communes, *amounts):
    return [(one.pk, Decimal(amount)) for one, amount in zip(communes, amounts, strict=False)]


def divide(measured, *amounts, reserve="0", **said):
    given = {"reserve": Decimal(reserve), "actor": None} | said
    return divide_target(measured.target, parts(measured.communes, *amounts), **given)


def test_shares_and_the_reserve_make_the_whole(measured):
    division = divide(measured, "40", "30.5", "24.5", reserve="5", decision="Kế hoạch 12-KH/TU")

    cascade = cascade_of(measured.target, on=NOW)

    assert (division.valid_from, division.decision) == (NOW, "Kế hoạch 12-KH/TU")
    assert [(one.unit_id, one.amount) for one in cascade.lines] == parts(
        measured.communes, "40", "30.5", "24.5"
    )
    assert (cascade.total, cascade.lost) == (100, [])
    assert {one.answer for one in cascade.lines} == {Answer.SILENT}
    assert AuditEntry.objects.filter(action="targets.divide").count() == 1
    assert cascade_of(measured.target, on=date(2026, 3, 9)) is None


def test_a_later_division_replaces_an_earlier_one_from_its_day(measured, settings):
    divide(measured, "50", "50")
    later = date(2026, 4, 1)
    divide(measured, "20", "30", "40", reserve="10", valid_from=later)

    before, after = (cascade_of(measured.target, on=day) for day in (NOW, later))

    assert [one.amount for one in before.lines] == [50, 50]
    assert [one.amount for one in after.lines] == [20, 30, 40]
    assert TargetDivision.objects.count() == 2
    with pytest.raises(RuleError, match="đã được phân bổ từ ngày 01/04/2026"):
        divide(measured, "100", valid_from=later)


def test_every_fault_of_a_division_is_told_at_once(measured):
    first, second = measured.communes[:2]
    wrong = [
        (first.pk, Decimal(-1)),
        (second.pk, Decimal("1.1234567")),
        (second.pk, Decimal(3)),
        (measured.place.pk, Decimal(3)),
    ]
    with pytest.raises(RuleError) as refused:
        divide_target(
            measured.target, wrong, reserve=Decimal(-1), actor=None,
            valid_from=date(2025, 12, 1), decision="a" * 201,
        )  # fmt: skip
    assert [(one.column, one.row) for one in refused.value.faults] == [
        ("valid_from", None), ("shares", 1), ("shares", 2), ("shares", 3), ("shares", 4),
        ("reserve", None), ("decision", None),
    ]  # fmt: skip
    assert not TargetDivision.objects.exists()


@pytest.mark.parametrize(
    ("amounts", "reserve", "sentence"),
    [
        ((), "100", "giao phần cho ít nhất một đơn vị"),
        (("40", "30"), "0", "cộng lại là 70, thiếu 30 so với mức 100"),
        (("40", "60"), "0.000001", "thừa 0,000001"),
    ],
)
def test_what_does_not_make_the_whole_is_refused(measured, amounts, reserve, sentence):
    with pytest.raises(RuleError, match=sentence):
        divide(measured, *amounts, reserve=reserve)
    assert not TargetDivision.objects.exists()


def test_only_what_adds_up_is_divided(measured):
    whole = an_indicator("DV-03")
    ratio = a_ratio("DV-04", measured.flow, whole)
    percent = {"aim": Aim.CHANGE, "change_by": ChangeBy.PERCENT, "bound": Bound.AT_MOST}
    stones = [(date(2025, 12, 31), Decimal(1)), (date(2027, 12, 31), Decimal(2))]
    qualitative = create_target(
        unit=measured.place, title="Làm tốt", quality=Quality.QUALITATIVE, every="year",
        valid_from=date(2026, 1, 1), actor=None,
    )  # fmt: skip
    for target in (
        a_goal(measured.place, ratio, goal=90),
        a_goal(measured.place, measured.flow, **percent, goal=10),
        a_goal(measured.place, measured.flow, aim=Aim.PATH, milestones=stones),
        a_goal(measured.place, measured.flow, population_levels=["commune"]),
        qualitative,
    ):
        with pytest.raises(RuleError, match="Chỉ phân bổ được chỉ tiêu có mức cộng được"):
            divide_target(target, [], reserve=Decimal(0), actor=None)
    amount = a_goal(
        measured.place, measured.flow, **percent | {"change_by": ChangeBy.AMOUNT, "goal": 3}
    )
    divide_target(amount, parts(measured.communes, "1", "2"), reserve=Decimal(0), actor=None)
    child = cover_share(amount, measured.communes[0].pk, actor=None)
    assert (child.aim, child.change_by, child.goal) == (Aim.CHANGE, ChangeBy.AMOUNT, 1)


def test_each_unit_covers_its_share_or_says_why_not(measured, settings):
    first, second, third = measured.communes
    divide(measured, "40", "30", "30")
    child = cover_share(measured.target, first.pk, actor=None)
    decline_share(measured.target, second.pk, reason=" Chưa có nguồn lực. ", actor=None)

    cascade = cascade_of(measured.target, on=NOW)

    assert [one.answer for one in cascade.lines] == [Answer.COVERS, Answer.REFUSED, Answer.SILENT]
    assert cascade.line_of(first.pk).covering == child
    assert cascade.line_of(second.pk).refusal.reason == "Chưa có nguồn lực."
    assert [one.unit_id for one in cascade.answering(Answer.SILENT)] == [third.pk]
    assert (child.unit, child.goal, child.covers) == (first, 40, measured.target)
    assert child.valid_from == date(2026, 1, 1)
    assert cascade.line_of(measured.place.pk) is None
    give_months(first, measured.flow, [20, 20])
    assert evaluate(child, Period.parse("2026")).standing == Standing.REACHED

    cover_share(measured.target, second.pk, actor=None)
    kept = cascade_of(measured.target, on=NOW).line_of(second.pk)
    assert (kept.answer, kept.refusal.reason) == (Answer.COVERS, "Chưa có nguồn lực.")


def test_an_answer_out_of_place_is_refused(measured, settings):
    first, second, third = measured.communes
    divide(measured, "40", "60")
    cover_share(measured.target, first.pk, actor=None)

    for act, unit, sentence in (
        (cover_share, first, "đã đưa chỉ tiêu “.+” vào kế hoạch"),
        (cover_share, third, "không được giao phần nào"),
        (lambda *one, actor: decline_share(*one, reason="x", actor=actor), first, "đã đưa chỉ tiêu"),
        (lambda *one, actor: decline_share(*one, reason=" ", actor=actor), third,
         "ghi lý do không nhận phần của chỉ tiêu “.+”. Hôm nay đơn vị này không được giao"),
        (lambda *one, actor: decline_share(*one, reason="x" * 601, actor=actor), second, "600 ký tự"),
    ):  # fmt: skip
        with pytest.raises(RuleError, match=sentence):
            act(measured.target, unit.pk, actor=None)
    settings.DANVAN_TODAY = date(2026, 5, 5)
    end_target(measured.target, on=date(2026, 5, 1), actor=None)
    with pytest.raises(RuleError, match="đã hết hiệu lực từ ngày 01/05/2026"):
        cover_share(measured.target, second.pk, actor=None)
    assert not TargetRefusal.objects.exists()


def test_only_a_target_of_a_place_above_is_covered(measured):
    with pytest.raises(RuleError, match="phải là của địa bàn cấp trên"):
        a_goal(measured.place, measured.flow, covers=a_goal(measured.communes[0], measured.flow))


def test_who_has_a_share_sees_the_target(measured):
    officer = make_grant(measured.communes[0], "commune_officer")
    assert not allowed_targets(officer, "targets.view").exists()
    divide(measured, "100")
    assert list(allowed_targets(officer, "targets.view")) == [measured.target]
    assert not allowed_targets(officer, "targets.manage").exists()


def test_an_amendment_is_a_version_of_its_own(measured):
    divide(measured, "40", "60")
    child = cover_share(measured.target, measured.communes[0].pk, actor=None)
    on = date(2026, 7, 1)
    figure = a_goal(measured.place, measured.flow, goal=1)  # only to borrow its shape

    amended = amend_target(measured.target, on=on, decision="Công văn 5", actor=None, title="Mới")

    old = Target.objects.get(pk=measured.target.pk)
    assert (old.valid_to, old.title) == (on, "Tổ chức đối thoại")
    assert (amended.valid_from, amended.title, amended.goal) == (on, "Mới", 100)
    assert (amended.first_version, amended.decision) == (old, "Công văn 5")
    assert [one.pk for one in versions_of(old)] == [old.pk, amended.pk]
    assert [one.pk for one in versions_of(amended)] == [old.pk, amended.pk]
    assert cascade_of(amended, on=on) is None
    divide_target(
        amended, parts(measured.communes, "10", "90"), reserve=Decimal(0), actor=None, valid_from=on
    )
    cascade = cascade_of(amended, on=on)
    assert [one.covering for one in cascade.lines] == [child, None]
    again = amend_target(amended, on=date(2026, 8, 1), decision="Công văn 6", actor=None)
    assert again.first_version == old
    assert AuditEntry.objects.filter(action="targets.amend").count() == 2
    assert figure.first_version is None


def test_every_kind_of_target_is_amended_whole(measured):
    counted = create_target(
        unit=measured.place, title="Giám sát", quality=Quality.COUNTED, every="year",
        population_kind="front_committee", population_levels=["commune"], share=(2, 3),
        rules=[("activities.supervision", 2)], valid_from=date(2026, 1, 1), actor=None,
    )  # fmt: skip
    stones = [(date(2025, 12, 31), Decimal(1)), (date(2027, 12, 31), Decimal(2))]
    path = a_goal(measured.place, measured.flow, aim=Aim.PATH, goal=None, milestones=stones)

    more = amend_target(
        counted, on=date(2026, 6, 1), decision="CV 1", actor=None,
        rules=[("activities.supervision", 3)],
    )  # fmt: skip
    same = amend_target(path, on=date(2026, 6, 1), decision="CV 1", actor=None)

    assert [(one.counter, one.minimum) for one in more.rules.all()] == [
        ("activities.supervision", 3)
    ]
    assert more.share == (2, 3)
    assert [(one.day, one.amount) for one in same.milestones.all()] == stones


@pytest.mark.parametrize(
    ("on", "decision", "sentence"),
    [
        (date(2026, 7, 1), " ", "ghi văn bản sửa đổi"),
        (date(2026, 1, 1), "CV 1", "sau ngày bắt đầu 01/01/2026"),
        (date(2026, 12, 1), "CV 1", "hết hiệu lực từ ngày 01/12/2026"),
        (date(2026, 7, 1), "CV 1", "ghi tên chỉ tiêu"),
    ],
)
def test_an_amendment_that_is_wrong_changes_nothing(measured, on, decision, sentence):
    end_target(measured.target, on=date(2026, 12, 1), actor=None)
    title = "" if "tên" in sentence else "Mới"
    with pytest.raises(RuleError, match=sentence):
        amend_target(measured.target, on=on, decision=decision, actor=None, title=title)
    assert Target.objects.count() == 1
    assert Target.objects.get().valid_to == date(2026, 12, 1)


def test_a_target_that_others_build_on_is_not_taken_away(measured):
    target = a_goal(measured.place, measured.flow, goal=100, source=Source("documents.document", 1))
    divide_target(target, parts(measured.communes, "100"), reserve=Decimal(0), actor=None)
    with pytest.raises(RuleError, match="đã được sửa đổi, phân bổ"):
        remove_target(target, actor=None)
    assert Target.objects.filter(pk=target.pk).exists()
