"""Steps that are counted: with those who stand at none they make up what was asked, at every place, level and reading."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval
from danvan.indicators.selectors import steps_by_month
from danvan.organisations.selectors.readings import THEN, Reading
from tests.examples import examples
from tests.factories.province import Province
from tests.indicators.scales import JULY, SCALE, a_scale, give_steps

NAMES = [name for name, _ in SCALE]
PERIOD = Period.parse(JULY)
FIRST = date(2026, 7, 1)


class StepsMakeUpWhatWasAsked(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province, cls.scale = Province(4), a_scale()

    @settings(max_examples=examples(12), deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([*NAMES, "unknown", "silent"]), st.sampled_from(list(Approval))
            ),
            min_size=4,
            max_size=4,
        )
    )
    def test_at_each_place_level_and_reading(self, answers):
        province, scale = self.province, self.scale
        for unit, (name, level) in zip(province.communes, answers, strict=True):
            if name != "silent":
                give_steps(scale, JULY, {unit: None if name == "unknown" else name}, level=level)
        asked = {FIRST: [one.pk for one in province.communes]}
        places = [province.place.pk, *(one.pk for one in province.communes)]

        for level in Approval:
            known = [name for name, reached in answers if name in NAMES and reached >= level]
            for reading in (THEN, Reading(date(2026, 9, 1))):
                found = steps_by_month(
                    scale.pk, places, [PERIOD], asked=asked, level=level, reading=reading
                )
                top, *below = (found[place, FIRST] for place in places)
                assert top.asked == 4 == sum(one.asked for one in below)
                assert {step.name: count for step, count in top.steps} == {
                    name: known.count(name) for name in NAMES
                }
                for number, (_, count) in enumerate(top.steps):
                    assert count == sum(one.steps[number][1] for one in below)
