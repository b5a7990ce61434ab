"""On random values, months and readings across a merger, every way of summing is what a plain count by hand says."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import AcrossBreak, Approval, MeasureKind, OverTime, OverTree
from danvan.indicators.facts import amounts_again
from danvan.indicators.selectors import roll_up, series, values_behind
from danvan.indicators.services import recompute_dirty
from danvan.organisations.enums import Level
from danvan.organisations.models import Lineage
from danvan.organisations.selectors import Reading
from tests.examples import at_most
from tests.factories.province import make_place
from tests.indicators.figures import an_indicator, give

ON = date(2026, 11, 1)
MONTHS = [Period.starting(date(2026, number, 1), Every.MONTH) for number in (9, 10, 11, 12)]
PERIODS = [MONTHS[1], MONTHS[3], Period.parse("2026-Q4"), Period.parse("2026")]
READINGS = [Reading(), Reading(date(2026, 12, 31)), Reading(date(2026, 10, 15))]
STAY, OLD_A, OLD_B, NEW_C, NEW_D = range(5)  # A became C; B was divided between C and D
FORWARD = {OLD_A: {NEW_C: 1}, OLD_B: {NEW_C: Fraction(1, 4), NEW_D: Fraction(3, 4)}}
BACK = {NEW_C: {OLD_A: Fraction(3, 5), OLD_B: Fraction(2, 5)}, NEW_D: {OLD_B: 1}}
BEFORE, AFTER = {STAY, OLD_A, OLD_B}, {STAY, NEW_C, NEW_D}

rows = st.lists(
    st.tuples(
        st.sampled_from(["stay", "first", "second", "province"]),
        st.integers(0, 3),
        st.one_of(st.none(), st.integers(-9, 9), st.sampled_from(["0.5", "0.000001"])),
        st.sampled_from(list(Approval)),
    ),
    min_size=3,
    max_size=14,
    unique_by=lambda row: row[:2],
)


def unit_of(name, month):
    """Who gives in a month under this name: the units that stand then."""
    before = MONTHS[month].last < ON
    return {"stay": STAY, "first": OLD_A if before else NEW_C, "second": OLD_B if before else NEW_D,
            "province": "province"}[name]  # fmt: skip


def flow(origin, month, reading):
    """Where a value of a commune flows in a reading: {unit: share}."""
    before = MONTHS[month].last < ON
    if reading.on is None or origin == STAY or before == (reading.on < ON):
        return {origin: 1}
    return (FORWARD if before else BACK)[origin]


def by_hand(given_rows, unit, way, at_break, period, level, reading):
    """The figure as one would work it out with pencil and paper; None is not known."""
    over_time, over_tree = way
    months = []
    for number, month in enumerate(MONTHS):
        in_period = period.first <= month.first < period.end
        newest = over_time == OverTime.LATEST and month.first < period.end
        if not in_period and not newest:
            continue
        shares = []
        for name, when, amount, reached in given_rows:
            if when != number or reached < level or amount is None:
                continue
            origin = unit_of(name, when)
            into = {"province": 1} if origin == "province" else flow(origin, when, reading)
            share = 1 if unit == "province" else into.get(unit, 0)
            if not share or (share != 1 and at_break == AcrossBreak.WHOLE):
                continue
            if over_tree == OverTree.NONE and (origin != unit or share != 1):
                continue
            shares.append((Fraction(share), Fraction(amount)))
        if shares:
            months.append(of_units(over_tree, shares))
    return of_months(over_time, months, period)


def of_units(way, shares):
    amounts = [amount for _, amount in shares]
    weighed = sum(share * amount for share, amount in shares)
    return {
        OverTree.SUM: weighed, OverTree.AVERAGE: weighed / sum(share for share, _ in shares),
        OverTree.LEAST: min(amounts), OverTree.MOST: max(amounts),
        OverTree.COUNT: Fraction(len(amounts)), OverTree.NONE: amounts[0],
    }[way]  # fmt: skip


def of_months(way, months, period):
    if not months or (way == OverTime.NONE and period.every != Every.MONTH):
        return None
    return {
        OverTime.SUM: sum(months), OverTime.LAST: months[-1], OverTime.LATEST: months[-1],
        OverTime.FIRST: months[0], OverTime.AVERAGE: sum(months) / len(months),
        OverTime.LEAST: min(months), OverTime.MOST: max(months),
        OverTime.COUNT: Fraction(len(months)), OverTime.NONE: months[0],
    }[way]  # fmt: skip


class WaysOfSumming(TestCase):
    def setUp(self):
        country = make_place("Việt Nam", level=Level.COUNTRY)
        self.province = make_place("Tỉnh Nghệ An", level=Level.PROVINCE, under=country)
        names = {STAY: {}, OLD_A: {"ended": ON}, OLD_B: {"ended": ON}, NEW_C: {"founded": ON},
                 NEW_D: {"founded": ON}}  # fmt: skip
        self.units = {
            key: make_place(f"Xã {key}", under=self.province, **days) for key, days in names.items()
        }
        self.units["province"] = self.province
        for old, into in FORWARD.items():
            for new, share in into.items():
                Lineage.objects.create(
                    predecessor=self.units[old], successor=self.units[new], happened_on=ON,
                    weight=int(share * 1_000_000), back_weight=int(BACK[new][old] * 1_000_000),
                    measure="area", estimated=True,
                )  # fmt: skip

    @settings(max_examples=at_most(25))
    @given(
        given_rows=rows,
        times=st.lists(st.sampled_from(list(OverTime)), min_size=6, max_size=6),
        at_break=st.sampled_from(list(AcrossBreak)),
        level=st.sampled_from([Approval.SENT, Approval.ACCEPTED]),
        reading=st.sampled_from(READINGS),
        period=st.sampled_from(PERIODS),
    )
    def test_every_way_is_what_a_count_by_hand_says(
        self, given_rows, times, at_break, level, reading, period
    ):
        ways = list(zip(times, OverTree, strict=True))
        made = {
            an_indicator(f"DV-{number}", over_time=way[0], over_tree=way[1], at_break=at_break): way
            for number, way in enumerate(ways)
        }
        for name, when, amount, reached in given_rows:
            unit = self.units[unit_of(name, when)]
            give(unit, MONTHS[when].code, dict.fromkeys(made, amount), level=reached)
        while recompute_dirty():
            pass
        stood = BEFORE if reading.on == READINGS[2].on else AFTER
        asked = {*(stood if reading.on else BEFORE | AFTER), "province"}
        ids, pks = [one.pk for one in made], {self.units[key].pk: key for key in asked}
        found = roll_up(ids, pks, period, level=level, reading=reading)
        for one, way in made.items():
            for pk, key in pks.items():
                wanted = by_hand(given_rows, key, way, at_break, period, level, reading)
                assert found[one.pk, pk].exact == wanted, (way, key, period.code)
        for pk in (self.province.pk, next(iter(pks))):
            told = {one: figure for one in ids if (figure := found[one, pk].amount) is not None}
            assert amounts_again(ids, pk, period, level, reading) == told
            self.held_together(ids[0], pk, period, level, reading, found[ids[0], pk])
        line = series(ids[0], self.province.pk, PERIODS[:3], level, reading)
        assert [one.exact for one in line] == [
            by_hand(given_rows, "province", ways[0], at_break, each, level, reading)
            for each in PERIODS[:3]
        ]

    def held_together(self, indicator, pk, period, level, reading, figure):
        """What is known has values behind it, and what is not says why where any amount is known."""
        behind = values_behind(indicator, pk, period, level, reading)
        if figure.amount is not None:
            assert behind.filter(amount__isnull=False).exists()
            assert figure.why == ""
        assert figure.units <= figure.asked

    @settings(max_examples=10)
    @given(
        given_rows=rows, level=st.sampled_from(list(Approval)), reading=st.sampled_from(READINGS)
    )
    def test_what_the_parts_of_a_tree_have_is_what_the_whole_has(self, given_rows, level, reading):
        flow_, stock = an_indicator("DV-1"), an_indicator("DV-2", kind=MeasureKind.STOCK)
        for name, when, amount, reached in given_rows:
            if name != "province":
                unit = self.units[unit_of(name, when)]
                give(unit, MONTHS[when].code, {flow_: amount, stock: amount}, level=reached)
        while recompute_dirty():
            pass
        stood = BEFORE if reading.on == READINGS[2].on else AFTER
        keys = stood if reading.on else BEFORE | AFTER
        pks = [self.units[key].pk for key in keys]
        for period in PERIODS:
            found = roll_up(
                [flow_.pk, stock.pk], [*pks, self.province.pk], period, level=level, reading=reading
            )
            one = [flow_, stock] if period.every == Every.MONTH else [flow_]
            for indicator in one:
                known = [
                    exact for pk in pks if (exact := found[indicator.pk, pk].exact) is not None
                ]
                whole = found[indicator.pk, self.province.pk].exact
                assert whole == (sum(known) if known else None)
                assert whole is None or found[indicator.pk, self.province.pk].amount == Decimal(
                    whole.numerator
                ) / Decimal(whole.denominator)
