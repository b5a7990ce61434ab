"""What a target's evaluation says, on records made one by one."""

from datetime import date

import pytest

from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity, withdraw_activity
from danvan.foundation.periods import Period
from danvan.indicators import selectors
from danvan.indicators.enums import Comparator, Quality, Standing
from danvan.indicators.services import create_target
from danvan.organisations.enums import Kind, Level
from tests.factories.province import Province, make_grant, make_organisation, make_place

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)


@pytest.fixture
def province():
    return Province()


def make_target(province, *, rules=((f"activities.{ActivityKind.SUPERVISION}", 2),), **changes):
    given = {
        "unit": province.place,
        "title": "Ít nhất 02 nội dung giám sát",
        "quality": Quality.COUNTED,
        "population_kind": Kind.FRONT_COMMITTEE,
        "population_levels": [Level.COMMUNE],
        "every": "year",
        "rules": rules,
        "valid_from": date(2021, 11, 19),
        "actor": None,
    }
    return create_target(**{**given, **changes})


def did(unit, day, quantity=1, kind=ActivityKind.SUPERVISION):
    return record_activity(
        unit=unit,
        kind=kind,
        title="Giám sát đường liên bản",
        held_on=day,
        quantity=quantity,
        actor=None,
    )


def pks(*units):
    return [unit.pk for unit in units]


def test_a_yearly_target_counts_quantities_of_its_own_year(province):
    first, second, third = province.fronts
    did(first, date(2026, 3, 1), 2)
    did(second, date(2026, 1, 1))
    did(second, date(2026, 12, 31))
    did(third, date(2026, 5, 5))
    did(third, date(2025, 12, 31), 5)

    found = selectors.evaluate(make_target(province), YEAR)

    assert found.population == sorted(pks(*province.fronts))
    assert (found.met, found.missing) == (pks(first, second), pks(third))
    assert (found.numerator, found.denominator, found.standing) == (2, 3, Standing.AT_RISK)
    assert found.per_rule == {first.pk: [2], second.pk: [2], third.pk: [1]}
    assert found.lacking == {third.pk: [selectors.Lack(0, YEAR, 1, 2)]}
    assert (found.as_of, found.ended, found.standing_label) == (
        YEAR.last,
        False,
        "Nguy cơ không đạt",
    )


def test_all_rules_must_hold(province):
    both = (
        (f"activities.{ActivityKind.SUPERVISION}", 1),
        (f"activities.{ActivityKind.DIALOGUE}", 1),
    )
    first, second, third = province.fronts
    did(first, date(2026, 3, 1))
    did(first, date(2026, 4, 1), kind=ActivityKind.DIALOGUE)
    did(second, date(2026, 3, 1))
    did(third, date(2026, 4, 1), kind=ActivityKind.DIALOGUE)

    found = selectors.evaluate(make_target(province, rules=both), YEAR)

    assert found.met == pks(first)
    assert found.per_rule == {first.pk: [1, 1], second.pk: [1, 0], third.pk: [0, 1]}
    assert [lack.rule for lack in found.lacking[second.pk]] == [1]
    assert [lack.rule for lack in found.lacking[third.pk]] == [0]


def test_a_monthly_target_wants_every_month_that_is_over(province, settings):
    settings.DANVAN_TODAY = date(2026, 4, 15)
    first, second, third = province.fronts
    for month in (1, 2, 3):
        did(first, date(2026, month, 28))
        did(second, date(2026, month, 1))
    did(third, date(2026, 1, 5), 9)
    target = make_target(province, every="month", rules=(("activities.supervision", 1),))

    found = selectors.evaluate(target, YEAR)

    assert (found.met, found.missing) == (pks(first, second), pks(third))
    assert [lack.part.code for lack in found.lacking[third.pk]] == ["2026-02", "2026-03"]
    assert [part.code for part in found.parts] == ["2026-01", "2026-02", "2026-03"]
    assert found.standing == Standing.AT_RISK
    assert found.as_of == date(2026, 4, 15)


def test_a_monthly_target_fulfilled_so_far_is_on_course_and_not_reached(province, settings):
    settings.DANVAN_TODAY = date(2026, 2, 10)
    for front in province.fronts:
        did(front, date(2026, 1, 3))
    target = make_target(province, every="month", rules=(("activities.supervision", 1),))

    assert selectors.evaluate(target, YEAR).standing == Standing.ON_COURSE


def test_the_population_is_that_of_the_dated_day(province, settings):
    gone = make_organisation(province.communes[0], name="Mặt trận cũ", ended=date(2026, 7, 1))
    commune = make_place("Xã Mới", under=province.place, founded=date(2026, 7, 1))
    new = make_organisation(commune, founded=date(2026, 7, 1))
    target = make_target(province)

    last_year = selectors.evaluate(target, Period.parse("2025"))
    assert last_year.population == sorted(pks(*province.fronts, gone))
    assert (last_year.ended, last_year.standing_label) == (True, "Không đạt")
    assert selectors.evaluate(target, YEAR).population == sorted(pks(*province.fronts, new))
    early = selectors.evaluate(target, YEAR, on=date(2026, 6, 30))
    assert (early.population, early.as_of) == (
        sorted(pks(*province.fronts, gone)),
        date(2026, 6, 30),
    )


def test_reading_on_an_earlier_day_leaves_out_what_came_later(province):
    target = make_target(province)
    did(province.fronts[0], date(2026, 5, 1))
    did(province.fronts[0], date(2026, 9, 1))

    assert selectors.evaluate(target, YEAR, on=date(2026, 8, 31)).numerator == 0
    assert selectors.evaluate(target, YEAR, on=date(2026, 9, 1)).numerator == 1


def test_what_was_withdrawn_counts_no_more(province):
    target = make_target(province)
    record = did(province.fronts[0], date(2026, 5, 1), 2)
    assert selectors.evaluate(target, YEAR).numerator == 1

    withdraw_activity(record, why="Ghi nhầm", actor=None)

    assert selectors.evaluate(target, YEAR).numerator == 0


def test_a_qualitative_target_has_no_number(province):
    target = make_target(
        province, quality=Quality.QUALITATIVE, rules=(), title="Giám sát thường xuyên"
    )

    found = selectors.evaluate(target, YEAR)

    assert (found.counted, found.standing) == (False, Standing.NOT_ASSESSABLE)
    assert (found.numerator, found.denominator, found.met, found.missing) == (0, 0, [], [])
    assert found.population == sorted(pks(*province.fronts))


def test_a_qualitative_target_may_ask_nobody_in_particular(province):
    target = make_target(
        province, quality=Quality.QUALITATIVE, rules=(), population_kind="", population_levels=[]
    )
    assert selectors.evaluate(target, YEAR).population == []


@pytest.mark.parametrize(
    ("today", "period", "valid_to", "standing"),
    [
        (date(2026, 12, 31), "2027", None, Standing.NOT_ASSESSABLE),  # not begun
        (date(2026, 12, 31), "2020", None, Standing.NOT_ASSESSABLE),  # before its validity
        (date(2026, 12, 31), "2026", date(2026, 7, 1), Standing.NOT_ASSESSABLE),  # ended before
        (date(2026, 12, 31), "2025", date(2026, 7, 1), Standing.AT_RISK),
        (date(2026, 12, 31), "2025", date(2026, 1, 1), Standing.AT_RISK),
    ],
)
def test_only_parts_in_force_on_their_last_day_are_asked_for(
    province, settings, today, period, valid_to, standing
):
    settings.DANVAN_TODAY = today
    found = selectors.evaluate(make_target(province, valid_to=valid_to), Period.parse(period))
    assert (found.standing, found.numerator, found.denominator) == (standing, 0, 3)
    assert sorted(found.missing) == found.population


def test_nobody_to_count_is_not_assessable(province):
    found = selectors.evaluate(
        make_target(province, population_kind=Kind.VETERANS_ASSOCIATION), YEAR
    )
    assert (found.denominator, found.standing) == (0, Standing.NOT_ASSESSABLE)


@pytest.mark.parametrize(
    ("share", "comparator", "met", "standing"),
    [
        (None, Comparator.AT_LEAST, 3, Standing.REACHED),
        (None, Comparator.AT_LEAST, 2, Standing.AT_RISK),
        ((100, 100), Comparator.AT_LEAST, 3, Standing.REACHED),
        ((2, 3), Comparator.AT_LEAST, 2, Standing.REACHED),
        ((2, 3), Comparator.MORE_THAN, 2, Standing.AT_RISK),
        ((2, 3), Comparator.MORE_THAN, 3, Standing.REACHED),
        ((667, 1000), Comparator.AT_LEAST, 2, Standing.AT_RISK),
        ((666, 1000), Comparator.AT_LEAST, 2, Standing.REACHED),
    ],
)
def test_the_share_is_compared_exactly(province, share, comparator, met, standing):
    for front in province.fronts[:met]:
        did(front, date(2026, 5, 5), 2)
    target = make_target(province, share=share, comparator=comparator)
    assert selectors.evaluate(target, YEAR).standing == standing


def test_a_smaller_period_is_read_as_the_targets_own_so_far(province):
    did(province.fronts[0], date(2026, 2, 1))
    did(province.fronts[0], date(2026, 8, 1))
    did(province.fronts[1], date(2026, 11, 1), 2)
    found = selectors.evaluate(make_target(province), Period.parse("2026-Q3"))
    assert (found.as_of, found.met) == (date(2026, 9, 30), pks(province.fronts[0]))
    assert found.ended is False


def test_the_records_behind_are_exactly_those_counted(province, settings):
    settings.DANVAN_TODAY = date(2026, 3, 10)
    front = province.fronts[0]
    january = did(front, date(2026, 1, 31))
    did(front, date(2026, 3, 1))
    target = make_target(province, every="month", rules=(("activities.supervision", 1),))

    behind = selectors.records_behind(target, front.pk, YEAR)

    assert [(rule.counter, rule.minimum) for rule in behind] == [("activities.supervision", 1)]
    assert [record.pk for record in behind[0].records] == [january.pk]
    assert selectors.records_behind(target, front.pk, Period.parse("2027"))[0].records == []


def test_a_reader_of_one_commune_reads_the_part_of_that_commune(province):
    did(province.fronts[0], date(2026, 5, 1), 2)
    target = make_target(province)
    leader = make_grant(province.place, "leader")
    (whole,) = selectors.evaluations_for(leader, [target], YEAR)
    assert (whole.whole, whole.evaluation.numerator, whole.evaluation.denominator) == (True, 1, 3)
    for place, numerator in ((0, 1), (1, 0)):
        user = make_grant(province.communes[place], "commune_officer")
        (part,) = selectors.evaluations_for(user, [target], YEAR)
        assert part.evaluation.population == pks(province.fronts[place])
        found = part.evaluation
        assert (part.whole, found.numerator, found.denominator) == (False, numerator, 1)


@pytest.mark.parametrize("how_many", [1, 3])
def test_many_targets_and_units_cost_the_same_queries(django_assert_num_queries, how_many):
    province = Province(communes=how_many)
    for _ in range(how_many):
        make_target(province, every="month")
    targets = list(selectors.targets_on(province.place.pk, date(2026, 1, 1)))
    with django_assert_num_queries(3):
        found = selectors.evaluate_all(targets, YEAR)
    assert [len(one.population) for one in found] == [how_many] * how_many
