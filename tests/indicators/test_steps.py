"""Steps counted: over the tree, over time, at each level of approval and in three readings; nothing is invented."""

from datetime import date

import pytest

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, MeasureKind
from danvan.indicators.selectors import (
    TORN,
    UNKNOWN,
    UNREPORTED,
    steps_by_month,
    steps_given,
    steps_in,
)
from danvan.indicators.services import redefine_indicator
from danvan.organisations.selectors.readings import THEN, Reading
from tests.desk.merged import TODAY, Merged
from tests.factories.province import Province
from tests.indicators.scales import JULY, SCALE, a_scale, give_steps
from tests.once import once, own

NAMES = [name for name, _ in SCALE]
PERIOD = Period.parse(JULY)
FIRST = date(2026, 7, 1)


def counts(indicator, place, period=PERIOD, **said):
    months = period.parts(Every.MONTH)
    found = steps_by_month(indicator.pk, [place.pk], months, **said)
    told = steps_in([found[place.pk, month.first] for month in months])
    return told and {
        **{step.name: count for step, count in told.steps},
        "unknown": told.unknown, "torn": told.torn, "unreported": told.unreported,
    }  # fmt: skip


@pytest.mark.django_db
class TestOverTheTree:
    def test_each_unit_stands_at_its_step_or_is_said_to_have_none(self):
        province, scale = Province(5), a_scale()
        first, second, third, fourth, fifth = province.communes
        give_steps(scale, JULY, {first: "Tốt", second: "Khá", third: "Khá", fourth: None})

        asked = {FIRST: [one.pk for one in province.communes]}
        assert counts(scale, province.place, asked=asked) == {
            "Tốt": 1, "Khá": 2, "Đạt": 0, "Chưa đạt": 0, "unknown": 1, "torn": 0, "unreported": 1,
        }  # fmt: skip
        assert counts(scale, first, asked=asked)["Tốt"] == 1
        assert counts(scale, fifth, asked=asked)["unreported"] == 1

    def test_it_opens_to_the_units_and_their_words(self):
        province, scale = Province(3), a_scale()
        first, second, third = province.communes
        give_steps(scale, JULY, {first: "Tốt", second: None})

        found = steps_given(scale.pk, [province.place.pk], [PERIOD], asked={FIRST: [third.pk]})
        told = [
            (one.unit_id, one.step and one.step.name, one.why, one.note)
            for one in found[province.place.pk, FIRST]
        ]
        assert told == [
            (first.pk, "Tốt", "", "Vì sao"),
            (second.pk, None, UNKNOWN, ""),
            (third.pk, None, UNREPORTED, ""),
        ]

    def test_what_is_below_the_level_asked_for_is_not_reported_yet(self):
        province, scale = Province(2), a_scale()
        first, second = province.communes
        give_steps(scale, JULY, {first: "Tốt"}, level=Approval.ACCEPTED)
        give_steps(scale, JULY, {second: "Khá"})

        found = counts(scale, province.place, level=Approval.ACCEPTED)
        assert (found["Tốt"], found["Khá"], found["unreported"]) == (1, 0, 1)

    def test_nothing_asked_is_nothing(self):
        province, scale = Province(1), a_scale()
        assert counts(scale, province.place) is None

    def test_queries_do_not_grow_with_units(self, django_assert_max_num_queries):
        province, scale = Province(4), a_scale()
        give_steps(scale, JULY, dict.fromkeys(province.communes, "Tốt"))
        places = [one.pk for one in [province.place, *province.communes]]
        for some in (places[:1], places):
            with django_assert_max_num_queries(6):
                steps_by_month(scale.pk, some, [PERIOD])


@pytest.mark.django_db
class TestOverTime:
    def test_a_quarter_is_told_by_the_last_month_in_which_a_step_is_known(self):
        province, scale = Province(2), a_scale()
        first, second = province.communes
        give_steps(scale, JULY, {first: "Chưa đạt", second: "Đạt"})
        give_steps(scale, "2026-08", {first: "Tốt"})
        give_steps(scale, "2026-09", {first: None, second: None})

        found = counts(scale, province.place, Period.parse("2026-Q3"))
        assert (found["Tốt"], found["Đạt"], found["unknown"]) == (1, 0, 0)

    def test_a_step_of_an_earlier_scale_is_told_by_its_own_name(self):
        province, scale = Province(2), a_scale()
        give_steps(scale, JULY, dict(zip(province.communes, ("Tốt", "Tốt"), strict=True)))
        redefine_indicator(
            scale, valid_from=FIRST, name="Mức", definition="Tự đánh giá.", unit_label="",
            kind=MeasureKind.QUALITATIVE, actor=None, steps=[("Đạt", "Đủ."), ("Không đạt", "Thiếu.")],
        )  # fmt: skip

        found = counts(scale, province.place)
        assert list(found)[:3] == ["Đạt", "Không đạt", "Tốt"]
        assert (found["Đạt"], found["Tốt"]) == (0, 2)


class Told:
    """What the four communes of the merged province answered in May; two of them became others since."""

    def __init__(self):
        self.merged, self.scale = Merged(), a_scale()
        answers = ("Tốt", "Khá", None)
        give_steps(self.scale, "2026-05", dict(zip(self.merged.old, answers, strict=True)))
        give_steps(self.scale, "2026-05", {self.merged.divided: "Đạt"})

    def counts(self, place, reading=THEN):
        found = counts(self.scale, place, Period.parse("2026-05"), reading=reading)
        return found and {name: count for name, count in found.items() if count}


_told = once(Told, DANVAN_TODAY=TODAY)


@pytest.fixture
def told(_told, db, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_told)


class TestThreeReadings:
    def test_as_it_was_then_each_stands_for_itself(self, told):
        whole = {"Tốt": 1, "Khá": 1, "Đạt": 1, "unknown": 1}
        assert told.counts(told.merged.province.place) == whole
        assert told.counts(told.merged.old[0]) == {"Tốt": 1}
        assert told.counts(told.merged.new) is None

    def test_read_today_the_heir_has_their_answers_and_none_is_invented(self, told):
        today = Reading(TODAY)
        assert told.counts(told.merged.new, today) == {"Tốt": 1, "Khá": 1, "unknown": 1}
        assert told.counts(told.merged.first, today) == {"torn": 1}
        assert told.counts(told.merged.second, today) == {"torn": 1}
        assert told.counts(told.merged.province.place, today) == told.counts(
            told.merged.province.place
        )

    def test_read_on_a_day_between_the_two_changes_what_came_later_is_whole(self, told):
        between = Reading(date(2026, 8, 1))
        assert told.counts(told.merged.new, between) == {"Tốt": 1, "Khá": 1, "unknown": 1}
        assert told.counts(told.merged.divided, between) == {"Đạt": 1}

    def test_a_torn_answer_opens_with_what_the_former_unit_said(self, told):
        month = Period.parse("2026-05")
        rows = steps_given(told.scale.pk, [told.merged.first.pk], [month], reading=Reading(TODAY))
        [row] = rows[told.merged.first.pk, month.first]
        assert (row.unit_id, row.step.name, row.why) == (told.merged.divided.pk, "Đạt", TORN)
