"""Every figure in every reading against a walk through the history of a register, unit by unit and event by event.

The walk (`registers.Register`) uses neither the closure nor the readings of the register.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import AcrossBreak, Approval, MeasureKind, Origin
from danvan.indicators.facts import sums_by_unit
from danvan.indicators.models import Value
from danvan.indicators.selectors import (
    Rolled,
    check_cube,
    corrections,
    finality,
    roll_up,
    series,
    shares_behind,
    values_behind,
)
from danvan.indicators.selectors.history import Finality
from danvan.indicators.services import rebuild_cube
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.organisations.services import rebuild_reach
from tests.examples import examples
from tests.indicators.figures import a_ratio, an_indicator
from tests.properties import registers
from tests.properties.registers import DAYS

pytestmark = pytest.mark.django_db
EXAMPLES = examples(100)
MONTHS = Period.parse("2020").parts(Every.MONTH)
PERIODS = [MONTHS[5], Period.parse("2020-Q2"), Period.parse("2020")]
AT = datetime(2021, 1, 1, tzinfo=UTC)
amounts = st.one_of(
    st.none(),
    st.integers(-20, 20).map(Decimal),
    st.decimals(min_value=-999_999_999, max_value=999_999_999, places=6),
)
values = st.lists(
    st.tuples(
        st.integers(0, 99),  # which unit of those that stood
        st.integers(0, 2),  # which indicator
        st.integers(0, 11),  # which month
        amounts,
        st.sampled_from(list(Approval)),
        st.booleans(),  # an estimate
    ),
    max_size=25,
    unique_by=lambda row: row[:3],
)
days = st.one_of(st.none(), st.integers(0, DAYS))


def in_months(number):
    """The days of a random register, a month apart: what has happened by day n is seen in month n."""
    return date(2020 + number // 12, number % 12 + 1, 10)


@dataclass
class World:
    """A register with values: `given` is {(indicator, unit key, month): (amount, level, estimated)}."""

    register: registers.Register
    given: dict
    flow: object
    stock: object
    whole: object

    def flowing(self, key, indicator, period, on, level):
        """By month what makes a figure: [(amount or None, share)] of every value that flows there."""
        found = {}
        for (what, unit, month), (amount, reached, _) in sorted(self.given.items()):
            if what != indicator.pk or MONTHS[month].first not in period or reached < level:
                continue
            to = month if on is None else on
            under = self.register.under(key, to)
            mapped = self.register.mapped(unit, month, to)
            share = sum(part for end, part in mapped.items() if end in under)
            if share:
                found.setdefault(month, []).append((amount, Fraction(share)))
        return found

    def estimates(self, key, indicator, period, on, level):
        """The months in which a known estimate flows there."""
        return {
            month
            for (what, unit, month), (amount, _, estimated) in self.given.items()
            if estimated and amount is not None and what == indicator.pk
            if self.given[what, unit, month][1] >= level and MONTHS[month].first in period
            if self.flows(key, unit, month, on)
        }

    def flows(self, key, unit, month, on):
        """Whether anything of what a unit gave in a month flows there."""
        to = month if on is None else on
        under, mapped = self.register.under(key, to), self.register.mapped(unit, month, to)
        return any(part for end, part in mapped.items() if end in under)

    def figure(self, key, indicator, period, on, level):
        """The figure as one adds it up by hand."""
        whole = indicator == self.whole
        months = []
        for month, rows in sorted(self.flowing(key, indicator, period, on, level).items()):
            known = [
                (Fraction(amount), share)
                for amount, share in rows
                if amount is not None and not (whole and share != 1)
            ]
            months.append((month, known, len(rows)))
        if indicator == self.stock:
            months = ([row for row in months if row[1]] or months)[-1:]
        known = [pair for _, pairs, _ in months for pair in pairs]
        rebased = any(share != 1 for _, share in known)
        estimates = self.estimates(key, indicator, period, on, level)
        return Rolled(
            amount=exact(sum(amount * share for amount, share in known)) if known else None,
            units=max((len(pairs) for _, pairs, _ in months), default=0),
            asked=max((asked for _, _, asked in months), default=0),
            months=sum(bool(pairs) for _, pairs, _ in months),
            gaps=sum(asked - len(pairs) for _, pairs, asked in months),
            rebased=rebased,
            estimated=any(month in estimates for month, pairs, _ in months if pairs),
            original=exact(sum(amount for amount, _ in known)) if rebased else None,
        )


def exact(fraction):
    """The decimal of a fraction of twos and fives, to its last digit."""
    fraction = Fraction(fraction)
    places = 0
    while 10**places % fraction.denominator:
        places += 1
    digits = fraction.numerator * 10**places // fraction.denominator
    return Decimal(f"{digits}E-{places}")


@contextmanager
def written(register, rows):
    """The register, its closure, three indicators, the values and the cube; all gone afterwards."""
    with (
        transaction.atomic(),
        mock.patch.object(registers, "day_of", in_months),
    ):
        register.write()
        rebuild_reach()
        world = World(
            register,
            {},
            flow=an_indicator("DV-01", valid_from=date(2020, 1, 1)),
            stock=an_indicator("DV-02", kind=MeasureKind.STOCK, valid_from=date(2020, 1, 1)),
            whole=an_indicator("DV-03", at_break=AcrossBreak.WHOLE, valid_from=date(2020, 1, 1)),
        )
        for who, what, month, amount, level, estimated in rows:
            stood = [key for key, one in register.units.items() if one.on(month) is not None]
            indicator = (world.flow, world.stock, world.whole)[what]
            key = (indicator.pk, stood[who % len(stood)], month)
            world.given[key] = (amount, level, estimated)
        Value.objects.bulk_create(
            Value(
                indicator_id=indicator, unit_id=register.ids[unit], first=MONTHS[month].first,
                amount=amount, level=level, entered_at=AT,
                origin=Origin.ESTIMATED if estimated else Origin.ENTERED,
            )
            for (indicator, unit, month), (amount, level, estimated) in world.given.items()
        )  # fmt: skip
        rebuild_cube()
        assert check_cube() == []
        yield world
        transaction.set_rollback(True)


def reading_of(on):
    return THEN if on is None else Reading(in_months(on))


@settings(max_examples=EXAMPLES)
@given(registers.registers(), values, days, st.sampled_from(list(Approval)))
def test_every_figure_is_what_a_walk_through_history_adds_up_to(register, rows, on, level):
    with written(register, rows) as world:
        plain = [world.flow, world.stock, world.whole]
        units, reading = list(register.ids.values()), reading_of(on)
        for period in PERIODS:
            found = roll_up([one.pk for one in plain], units, period, level=level, reading=reading)
            wanted = {
                (one.pk, pk): world.figure(key, one, period, on, level)
                for key, pk in register.ids.items()
                for one in plain
            }
            assert found == wanted


@settings(max_examples=EXAMPLES // 4)
@given(registers.registers(), values, days, st.integers(0, 99))
def test_every_number_opens(register, rows, on, which):
    """The values behind a figure, each by its share, are the figure; so are those a report is held against."""
    with written(register, rows) as world:
        key = sorted(register.ids)[which % len(register.ids)]
        unit, reading = register.ids[key], reading_of(on)
        for one in (world.flow, world.stock, world.whole):
            for period in PERIODS:
                figure = roll_up([one.pk], [unit], period, reading=reading)[one.pk, unit]
                behind = values_behind(one.pk, unit, period, reading=reading)
                shares = shares_behind(one.pk, unit, period, reading=reading)
                held = {row.pk: row.amount for row in behind}
                assert set(held) == set(shares)
                known = [pk for pk, amount in held.items() if amount is not None and shares[pk]]
                total = sum(Fraction(held[pk]) * shares[pk] for pk in known)
                assert figure.amount == (exact(total) if known else None)
                assert figure.gaps == len(held) - len(known)
                assert corrections(behind, shares).values == 0
                if one != world.stock:
                    by_unit = sums_by_unit([one.pk], unit, period, reading=reading)
                    told = by_unit.get(one.pk, {}).values()
                    assert sum(map(Fraction, told)) == total
                    assert len(told) == len(known)


@settings(max_examples=EXAMPLES)
@given(registers.registers(), values, days)
def test_leaves_sum_to_the_root_and_totals_are_conserved(register, rows, on):
    """What a unit gave itself and its children's figures are its own figure; the country has every value once."""
    with written(register, rows) as world:
        period, reading = PERIODS[2], reading_of(on)
        root = register.ids[0]
        everything = [
            Fraction(amount)
            for (what, *_), (amount, *_) in world.given.items()
            if what == world.flow.pk and amount is not None
        ]
        figure = roll_up([world.flow.pk], [root], period, reading=reading)[world.flow.pk, root]
        assert figure.amount == (exact(sum(everything)) if everything else None)
        assert not figure.rebased
        if on is None:
            for number, month in enumerate(MONTHS):
                self_and_children(world, month, number, None)
        else:
            self_and_children(world, period, on, on)


def self_and_children(world, period, day, on):
    register = world.register
    found = roll_up([world.flow.pk], list(register.ids.values()), period, reading=reading_of(on))
    by_key = {key: found[world.flow.pk, pk].amount for key, pk in register.ids.items()}
    own = {}
    for (what, unit, month), (amount, *_) in world.given.items():
        if what == world.flow.pk and amount is not None and MONTHS[month].first in period:
            for end, share in register.mapped(unit, month, day).items():
                own[end] = own.get(end, 0) + Fraction(amount) * share
    for key, one in register.units.items():
        if one.on(day) is not None:
            below = [
                other
                for other, unit in register.units.items()
                if unit.on(day) is not None and register.above(other, day) == key
            ]
            parts = [Fraction(by_key[other] or 0) for other in below]
            assert Fraction(by_key[key] or 0) == own.get(key, 0) + sum(parts)


@settings(max_examples=EXAMPLES // 4)
@given(registers.registers(), values, days)
def test_ratios_and_formulas_come_from_their_parts(register, rows, on):
    with written(register, rows) as world:
        share = a_ratio("DV-04", world.flow, world.stock, valid_from=date(2020, 1, 1))
        both = an_indicator(
            "DV-05", formula={"difference": ["DV-01", "DV-02"]}, valid_from=date(2020, 1, 1)
        )
        units = list(register.ids.values())
        for period in PERIODS:
            found = roll_up(
                [world.flow.pk, world.stock.pk, share.pk, both.pk], units, period,
                reading=reading_of(on),
            )  # fmt: skip
            for unit in units:
                part, whole = found[world.flow.pk, unit], found[world.stock.pk, unit]
                ratio, difference = found[share.pk, unit], found[both.pk, unit]
                rebased = part.rebased or whole.rebased
                assert (ratio.numerator, ratio.denominator) == (part.amount, whole.amount)
                assert ratio.amount == divided(part.amount, whole.amount)
                assert (ratio.rebased, difference.rebased) == (rebased, rebased)
                assert ratio.numerator_original == part.original
                assert ratio.denominator_original == whole.original
                before = divided(part.before, whole.before)
                assert ratio.original == (before if rebased else None)
                assert difference.amount == less(part.amount, whole.amount)
                assert difference.original == (less(part.before, whole.before) if rebased else None)


def divided(part, whole):
    if part is None or not whole:
        return None
    share = Fraction(part) * 100 / Fraction(whole)
    return Decimal(share.numerator) / Decimal(share.denominator)


def less(one, other):
    return None if one is None or other is None else exact(Fraction(one) - Fraction(other))


@settings(max_examples=EXAMPLES // 4)
@given(registers.registers(), values, days, st.integers(0, 99))
def test_a_series_and_how_final_it_is(register, rows, on, which):
    with written(register, rows) as world:
        key = sorted(register.ids)[which % len(register.ids)]
        unit = register.ids[key]
        told = series(world.flow.pk, unit, MONTHS, reading=reading_of(on))
        assert told == [world.figure(key, world.flow, month, on, Approval.SENT) for month in MONTHS]
        wanted = {}
        for (what, giver, month), (_, level, estimated) in world.given.items():
            to = month if on is None else on
            under = register.under(key, to)
            mapped = register.mapped(giver, month, to)
            if what == world.flow.pk and any(end in under for end in mapped):
                held = wanted.setdefault(MONTHS[month].first, [0, 0, 0, 0, False])
                for place, reached in enumerate(Approval):
                    held[place] += level >= reached
                held[4] = held[4] or estimated
        assert finality(world.flow.pk, unit, MONTHS, reading_of(on)) == {
            first: Finality(sent, accepted, locked, estimated=estimated)
            for first, (sent, _, accepted, locked, estimated) in wanted.items()
        }
