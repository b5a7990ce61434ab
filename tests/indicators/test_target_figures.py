"""Targets of figures: what they need by now, what there is, and how that stands."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.periods import Period
from danvan.indicators.enums import (
    Aim,
    Bound,
    ChangeBy,
    Comparator,
    MeasureKind,
    OverTime,
    Standing,
)
from danvan.indicators.models import Target
from danvan.indicators.selectors import (
    Why,
    course_of,
    evaluate,
    evaluate_all,
    evaluations_for,
    mark_words,
    wanted_words,
)
from danvan.indicators.standing import on_path
from danvan.organisations.enums import Level
from tests.factories.province import Province, make_grant
from tests.indicators.figures import a_ratio, an_indicator, give
from tests.indicators.goals import a_goal, give_months
from tests.once import once, own

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")


class Measured:
    """A province with a flow, a stock and a ratio."""

    def __init__(self):
        self.province = Province()
        self.place, self.communes = self.province.place, self.province.communes
        self.flow = an_indicator("DV-01")
        self.stock = an_indicator("DV-02", kind=MeasureKind.STOCK, over_time=OverTime.LAST)
        self.whole = an_indicator("DV-03")
        self.ratio = a_ratio("DV-04", self.flow, self.whole)


_measured = once(Measured, DANVAN_TODAY=date(2026, 10, 15))


@pytest.fixture
def measured(_measured, settings):
    settings.DANVAN_TODAY = date(2026, 10, 15)
    return own(_measured)


def read(target, period=YEAR, **said):
    return evaluate(Target.objects.get(pk=target.pk), period, **said)


def test_a_threshold_of_what_happens_needs_its_part_of_the_year(measured):
    commune = measured.communes[0]
    give_months(commune, measured.flow, [7] * 8 + [6])
    target = a_goal(commune, measured.flow, goal=100)

    found = read(target)

    assert (found.mark.need, found.mark.have, found.mark.goal) == (75, 62, 100)
    assert (found.counted, found.judged, found.denominator) == (False, True, 0)
    assert found.standing == Standing.AT_RISK
    assert mark_words(found.mark) == "Đến 30/09/2026 cần ít nhất 75 cuộc, có 62 cuộc."


@pytest.mark.parametrize(
    ("day", "amounts", "standing"),
    [
        (date(2026, 1, 15), [], Standing.NOT_ASSESSABLE),  # no month is over
        (date(2026, 3, 31), [5, 5, 5], Standing.WATCHED),
        (date(2026, 3, 31), [10, 10, 10], Standing.ON_COURSE),
        (date(2026, 8, 15), [5] * 7, Standing.AT_RISK),  # the third quarter warns
        (date(2026, 8, 15), [20] * 6, Standing.REACHED),  # what has happened has happened
        (date(2026, 8, 15), ["-"] * 7, Standing.NOT_ASSESSABLE),
        (date(2026, 12, 31), [10] * 12, Standing.REACHED),
        (date(2027, 1, 1), [9] * 12, Standing.AT_RISK),
        (date(2027, 1, 1), [9] * 11, Standing.NOT_ASSESSABLE),  # a month is not known
        (date(2027, 1, 1), [9] * 11 + [None], Standing.NOT_ASSESSABLE),
    ],
)
def test_a_year_of_a_flow(measured, settings, day, amounts, standing):
    settings.DANVAN_TODAY = day
    commune = measured.communes[0]
    give_months(commune, measured.flow, amounts)

    assert read(a_goal(commune, measured.flow)).standing == standing


def test_a_missed_year_is_called_so_and_an_unknown_one_is_not(measured, settings):
    settings.DANVAN_TODAY = date(2027, 1, 5)
    first, second = measured.communes[:2]
    give_months(first, measured.flow, [9] * 12)
    give_months(second, measured.flow, [9] * 11)

    missed, unknown = (read(a_goal(one, measured.flow)) for one in (first, second))

    assert missed.standing_label == "Không đạt"
    assert (unknown.standing_label, unknown.mark.why) == ("Chưa đánh giá được", Why.GAPS)
    assert mark_words(unknown.mark) == (
        "Đến 31/12/2026 cần ít nhất 120 cuộc, có 99 cuộc; còn 1 số liệu tháng chưa có nên chưa đánh giá"
        " được."
    )


def test_a_limit_once_passed_stays_passed(measured):
    commune = measured.communes[0]
    give_months(commune, measured.flow, [4, 4, 4])

    over = read(a_goal(commune, measured.flow, bound=Bound.AT_MOST, goal=10))
    tight = read(a_goal(commune, measured.flow, bound=Bound.LESS_THAN, goal=40))
    within = read(a_goal(commune, measured.flow, bound=Bound.AT_MOST, goal=48))

    assert [one.standing for one in (over, tight, within)] == [
        Standing.AT_RISK, Standing.AT_RISK, Standing.ON_COURSE,
    ]  # fmt: skip
    assert (
        mark_words(tight.mark)
        == "Đến 30/09/2026 cần dưới 10 cuộc, có 12 cuộc; còn 6 số liệu tháng chưa có."
    )


def test_what_stands_has_to_hold_its_level(measured):
    commune = measured.communes[0]
    give_months(commune, measured.stock, [80, 85, 91])

    found = read(a_goal(commune, measured.stock, goal=90))
    strict = read(a_goal(commune, measured.stock, goal=91, bound=Bound.MORE_THAN))

    assert (found.standing, found.mark.have) == (Standing.ON_COURSE, 91)
    assert strict.standing == Standing.AT_RISK


def test_a_share_is_held_exactly(measured):
    commune = measured.communes[0]
    give(commune, "2026-01", {measured.flow: 1, measured.whole: 3})

    found = read(a_goal(commune, measured.ratio, goal="33.4"))

    assert found.standing == Standing.AT_RISK
    assert mark_words(found.mark) == "Đến 30/09/2026 cần ít nhất 33,4 %, có 33,3 %."


def test_a_reduction_is_held_against_its_base(measured):
    commune = measured.communes[0]
    give_months(commune, measured.flow, [10] * 12, year=2025)
    give_months(commune, measured.flow, [9] * 9)
    tenth = {"aim": Aim.CHANGE, "bound": Bound.AT_MOST, "change_by": ChangeBy.PERCENT, "goal": 10}

    found = read(a_goal(commune, measured.flow, **tenth))
    more = read(a_goal(commune, measured.flow, **tenth | {"goal": 20, "base_period": "2025"}))
    up = read(
        a_goal(
            commune,
            measured.flow,
            **tenth | {"bound": Bound.AT_LEAST, "change_by": ChangeBy.AMOUNT},
        )
    )

    assert (found.mark.base, found.mark.goal, found.mark.need, found.mark.have) == (
        120,
        108,
        81,
        81,
    )
    assert found.standing == Standing.ON_COURSE
    assert (more.mark.goal, more.standing) == (96, Standing.AT_RISK)
    assert (up.mark.goal, up.standing) == (130, Standing.AT_RISK)
    version = found.mark.version
    assert wanted_words(found.target, version) == "giảm ít nhất 10 % so với cùng kỳ năm trước"
    assert wanted_words(more.target, version) == "giảm ít nhất 20 % so với năm 2025"
    assert wanted_words(up.target, version) == "tăng ít nhất 10 cuộc so với cùng kỳ năm trước"


def test_a_share_that_is_to_fall_goes_straight_from_its_base(measured):
    commune = measured.communes[0]
    give(commune, "2025-12", {measured.flow: 20, measured.whole: 100})
    give(commune, "2026-06", {measured.flow: 18, measured.whole: 100})
    points = {"aim": Aim.CHANGE, "bound": Bound.AT_MOST, "change_by": ChangeBy.AMOUNT, "goal": 4}
    target = a_goal(commune, measured.ratio, **points)

    found = read(target, on=date(2026, 7, 1))

    assert found.mark.need == 20 - Fraction(4 * 181, 365)
    assert (found.mark.goal, found.mark.have, found.standing) == (16, 18, Standing.ON_COURSE)
    assert wanted_words(found.target, found.mark.version).startswith("giảm ít nhất 4 điểm % so")


@pytest.mark.parametrize("base", [[], [0] * 12, [10] * 11])
def test_without_a_whole_base_nothing_is_said(measured, base):
    commune = measured.communes[0]
    give_months(commune, measured.flow, base, year=2025)
    give_months(commune, measured.flow, [9] * 9)
    tenth = {"aim": Aim.CHANGE, "bound": Bound.AT_MOST, "change_by": ChangeBy.PERCENT, "goal": 10}

    found = read(a_goal(commune, measured.flow, **tenth))

    assert (found.standing, found.mark.why) == (Standing.NOT_ASSESSABLE, Why.NO_BASE)
    assert "kỳ gốc chưa đủ hoặc bằng 0" in mark_words(found.mark)


STONES = [
    (date(2025, 12, 31), Decimal(60)),
    (date(2026, 12, 31), Decimal(70)),
    (date(2028, 12, 31), Decimal(90)),
]


def needed(day):
    return on_path([(at, Fraction(amount)) for at, amount in STONES], day)


def path(unit, indicator, **said):
    asked = {"aim": Aim.PATH, "goal": None, "milestones": STONES}
    return a_goal(unit, indicator, **asked | said)


def test_a_path_of_what_stands_is_straight_between_its_milestones(measured):
    commune = measured.communes[0]
    give_months(commune, measured.stock, [61, 62, 63, 64, 65, 66, 67, 68])
    target = path(commune, measured.stock)

    found = read(target)

    assert found.mark.need == needed(date(2026, 9, 30))
    assert (found.mark.have, found.mark.goal, found.standing) == (68, 90, Standing.ON_COURSE)
    assert wanted_words(found.target, found.mark.version) == (
        "từ 60 cuộc ngày 31/12/2025 đến ít nhất 90 cuộc ngày 31/12/2028"
    )
    waiting = read(target, on=date(2026, 1, 20)).mark
    assert waiting.why == Why.NOT_BEGUN
    assert mark_words(waiting) == "Chưa hết tháng nào của kỳ nên chưa có gì để so."
    late = read(target, Period.parse("2027"), on=date(2027, 2, 1))
    assert (late.standing, late.mark.why) == (Standing.NOT_ASSESSABLE, Why.NO_FIGURE)
    assert mark_words(late.mark) == "Chưa có số liệu đến 31/01/2027 nên chưa đánh giá được."


def test_a_path_of_what_happens_is_added_up_from_where_it_began(measured, settings):
    commune = measured.communes[0]
    give_months(commune, measured.flow, [1] * 12)
    give_months(commune, measured.flow, [1, 1], year=2027)
    target = path(commune, measured.flow)

    found = read(target, Period.parse("2027"), on=date(2027, 3, 1))
    assert (found.mark.have, found.mark.until) == (74, date(2027, 2, 28))
    assert found.standing == Standing.ON_COURSE
    early = read(target, Period.parse("2026-Q1"))
    assert (early.mark.have, early.mark.until) == (63, date(2026, 3, 31))
    settings.DANVAN_TODAY = date(2029, 5, 1)
    end = read(target, Period.parse("2028"), on=date(2029, 5, 1))
    assert (end.mark.over, end.mark.need, end.ended) == (True, 90, True)
    assert end.standing == Standing.NOT_ASSESSABLE  # months of 2027 and 2028 are not known


def test_a_path_that_was_amended_is_read_as_it_stood(measured):
    commune = measured.communes[0]
    give_months(commune, measured.stock, [61, 62, 63, 64, 65, 66, 67, 68])
    target = path(commune, measured.stock, valid_to=date(2026, 7, 1))

    assert read(target).mark.until == date(2026, 6, 30)


def test_many_parts_stand_as_the_worst_of_them(measured):
    commune = measured.communes[0]
    give_months(commune, measured.flow, [4, 4, 4, 3, 3, 3, 4, 4, 4])
    quarterly = a_goal(commune, measured.flow, goal=10, every="quarter")
    kept = a_goal(commune, measured.flow, goal=9, every="quarter")

    found = read(quarterly)

    assert (found.mark.part.code, found.mark.have) == ("2026-Q2", 9)
    assert found.standing == Standing.AT_RISK
    assert read(kept).standing == Standing.ON_COURSE  # a quarter is still to come
    assert read(quarterly, Period.parse("2026-Q3")).standing == Standing.REACHED


def test_each_unit_of_a_population_is_held_and_the_unknown_are_not_missing(measured):
    first, second, third = measured.communes
    give_months(first, measured.flow, [10] * 9)
    give_months(second, measured.flow, [5] * 9)
    asked = {"population_levels": [Level.COMMUNE], "goal": 100}
    every = a_goal(measured.place, measured.flow, **asked)
    some = a_goal(measured.place, measured.flow, share=(1, 3), **asked)
    two = a_goal(measured.place, measured.flow, share=(2, 3), **asked)
    more = a_goal(
        measured.place, measured.flow, share=(2, 3), comparator=Comparator.MORE_THAN, **asked
    )

    found = read(every)

    assert (found.met, found.missing, found.unknown) == ([first.pk], [second.pk], [third.pk])
    assert (found.numerator, found.denominator, found.counted) == (1, 3, True)
    assert found.standing == Standing.AT_RISK
    assert found.mark is None
    assert read(some).standing == Standing.ON_COURSE
    assert read(two).standing == Standing.NOT_ASSESSABLE  # the third could be the second
    assert read(more).standing == Standing.AT_RISK
    assert read(every, on=date(2026, 1, 5)).standing == Standing.NOT_ASSESSABLE


def test_a_population_that_did_it_has_reached_it(measured, settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    for one in measured.communes:
        give_months(one, measured.flow, [10] * 12)
    asked = {"population_levels": [Level.COMMUNE], "goal": 100}

    assert read(a_goal(measured.place, measured.flow, **asked)).standing == Standing.REACHED
    watched = read(
        a_goal(measured.place, measured.flow, **asked | {"goal": 200}), on=date(2026, 3, 1)
    )
    assert watched.standing == Standing.WATCHED


def test_a_population_of_organisations_is_asked_its_own_figures(measured):
    province = measured.province
    give_months(province.fronts[0], measured.flow, [10] * 9)
    target = a_goal(
        measured.place, measured.flow, goal=100,
        population_levels=[Level.COMMUNE], population_kind="front_committee",
    )  # fmt: skip

    assert read(target).met == [province.fronts[0].pk]


def test_who_may_not_see_the_place_does_not_read_its_figure(measured):
    commune = measured.communes[0]
    give_months(commune, measured.flow, [10] * 9)
    target = a_goal(measured.place, measured.flow)
    officer = make_grant(commune, "commune_officer")
    leader = make_grant(measured.place, "leader")

    (part,), (whole,) = (evaluations_for(one, [target], YEAR) for one in (officer, leader))

    assert (part.whole, part.evaluation.mark, part.evaluation.standing) == (
        False, None, Standing.NOT_ASSESSABLE,
    )  # fmt: skip
    assert whole.whole


def test_the_course_tells_every_month(measured):
    commune = measured.communes[0]
    give_months(commune, measured.flow, [10, 20, "-", 10])
    target = a_goal(commune, measured.flow)
    mark = read(target).mark

    steps = course_of(target, mark)

    assert [one.need for one in steps] == [10 * number for number in range(1, 13)]
    assert [one.have for one in steps][:10] == [10, 30, 30, 40, 40, 40, 40, 40, 40, None]
    waiting = read(target, on=date(2026, 1, 5)).mark
    assert course_of(target, waiting) == []


def test_the_course_of_a_long_path_is_told_by_years(measured):
    commune = measured.communes[0]
    give_months(commune, measured.stock, [61, 62, 63])
    give_months(commune, measured.stock, [75], year=2026, first=12)
    target = path(commune, measured.stock)
    give_months(commune, measured.stock, [78], year=2027, first=12)
    mark = read(target, Period.parse("2027"), on=date(2027, 12, 31)).mark

    steps = course_of(target, mark)

    assert [(one.period.code, one.need, one.have) for one in steps] == [
        ("2026-12", 70, 75), ("2027-12", needed(date(2027, 12, 31)), 78), ("2028-12", 90, None),
    ]  # fmt: skip


def test_many_targets_of_figures_cost_the_same_queries(measured):
    give_months(measured.communes[0], measured.flow, [10] * 9)
    targets = [a_goal(one, measured.flow) for one in measured.communes]

    def cost(some):
        some = list(Target.objects.filter(pk__in=[one.pk for one in some]))
        with CaptureQueriesContext(connection) as found:
            evaluate_all(some, YEAR)
        return len(found)

    assert cost(targets[:1]) == cost(targets)
