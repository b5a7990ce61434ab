"""What is refused of a target of figures, all at once; and the rule of standings, whatever the numbers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Aim, Bound, Quality
from danvan.indicators.models import Target, TargetMilestone
from danvan.indicators.selectors import course_of, evaluate
from danvan.indicators.services import create_target
from danvan.indicators.standing import ORDER, judge_figure, on_path
from tests.indicators.goals import a_goal, give_months
from tests.indicators.test_target_figures import Measured
from tests.once import once, own

pytestmark = pytest.mark.django_db

_measured = once(Measured, DANVAN_TODAY=date(2026, 10, 15))


@pytest.fixture
def measured(_measured, settings):
    settings.DANVAN_TODAY = date(2026, 10, 15)
    return own(_measured)


DAY = date(2026, 6, 30)
WRONG = [
    ({"indicator": None}, "chọn chỉ số để đo"),
    ({"bound": "?"}, "chọn cách so"),
    ({"aim": "?"}, "chọn yêu cầu"),
    ({"goal": None}, "ghi mức phải đạt"),
    ({"goal": Decimal("NaN")}, "ghi một con số"),
    ({"aim": Aim.CHANGE}, "theo phần trăm hay theo số tuyệt đối"),
    ({"aim": Aim.CHANGE, "goal": 0, "change_by": "amount"}, "phải lớn hơn 0"),
    (
        {"aim": Aim.CHANGE, "goal": 101, "change_by": "percent", "bound": "le"},
        "Không giảm được quá",
    ),
    (
        {"aim": Aim.CHANGE, "change_by": "percent", "base_period": "năm ngoái"},
        "Kỳ gốc: “năm ngoái”",
    ),
    ({"aim": Aim.CHANGE, "change_by": "percent", "base_period": "2025-Q1"}, "dài bằng chu kỳ"),
    ({"aim": Aim.PATH}, "ít nhất hai mốc"),
    ({"aim": Aim.PATH, "milestones": [(DAY, 1), (date(2026, 8, 5), 2)]}, "ngày cuối một tháng"),
    ({"aim": Aim.PATH, "milestones": [(DAY, 1), (DAY, 2)]}, "theo thứ tự ngày"),
    ({"aim": Aim.PATH, "milestones": [(DAY, 1), (date(2026, 7, 31), 1)]}, "Mức đầu bằng mức cuối"),
    ({"aim": Aim.PATH, "milestones": [(DAY, 2), (date(2026, 7, 31), 1)]}, "ngược với lộ trình"),
    ({"aim": Aim.PATH, "milestones": [(DAY, 2), (date(2026, 7, 31), 10**15)]}, "Số phải dưới"),
    ({"rules": [("activities.supervision", 1)]}, "không có điều kiện đếm"),
    ({"decision": "a" * 201}, "không quá 200 ký tự"),
]


@pytest.mark.parametrize(("said", "sentence"), WRONG)
def test_a_target_of_a_figure_that_is_wrong_is_refused(measured, said, sentence):
    if "milestones" in said:
        said = said | {"milestones": [(day, Decimal(amount)) for day, amount in said["milestones"]]}
    indicator = said.get("indicator", measured.flow)
    with pytest.raises(RuleError, match=sentence):
        a_goal(measured.place, indicator, **{k: v for k, v in said.items() if k != "indicator"})
    assert not Target.objects.exists()
    assert not TargetMilestone.objects.exists()


def test_all_faults_of_a_figure_are_told_at_once(measured):
    with pytest.raises(RuleError) as refused:
        create_target(
            unit=measured.place, title="", quality=Quality.FIGURE, every="year",
            valid_from=date(2026, 1, 1), actor=None,
        )  # fmt: skip
    assert [one.column for one in refused.value.faults] == [
        "title", "indicator", "bound", "aim", "goal",
    ]  # fmt: skip


LEVEL = st.fractions(min_value=-100, max_value=100)


@given(
    more=LEVEL, less=LEVEL, need=LEVEL, goal=LEVEL, bound=st.sampled_from(Bound),
    over=st.booleans(), late=st.booleans(), lasting=st.booleans(),
)  # fmt: skip
def test_more_achieved_is_never_a_worse_standing(
    more, less, need, goal, bound, over, late, lasting
):
    less, more = sorted((less, more), reverse=not bound.upward)
    asked = {"over": over, "late": late, "lasting": lasting}
    worse, better = (judge_figure(have, need, goal, bound, **asked) for have in (less, more))
    assert ORDER.index(worse) <= ORDER.index(better)


@tried(max_examples=40)
@given(
    stones=st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), LEVEL), min_size=1,
                    unique_by=lambda one: one[0]),
    day=st.dates(date(2019, 1, 1), date(2031, 1, 1)),
)  # fmt: skip
def test_a_path_passes_through_its_milestones_and_stays_between_them(stones, day):
    stones.sort()
    assert [on_path(stones, one) for one, _ in stones] == [amount for _, amount in stones]
    amounts = [amount for _, amount in stones]
    assert min(amounts) <= on_path(stones, day) <= max(amounts)


def test_the_course_of_a_level_is_flat(measured):
    commune = measured.communes[0]
    give_months(commune, measured.stock, [80, 85, 91])
    target = a_goal(commune, measured.stock, goal=90)

    steps = course_of(target, evaluate(target, Period.parse("2026")).mark)

    assert {one.need for one in steps} == {90}
    assert [one.have for one in steps][:4] == [80, 85, 91, 91]
