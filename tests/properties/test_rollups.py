"""On random trees, reports, corrections and approvals, every figure is what plain SQL and a count by hand say."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.exact import joined, parted
from danvan.indicators.models import CubeCell, DirtyKey
from danvan.indicators.selectors import check_cube, roll_up, values_behind
from danvan.indicators.services import (
    Entry,
    raise_level,
    rebuild_cube,
    recompute_dirty,
    record_values,
)
from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Reach
from tests.examples import at_most
from tests.factories.province import Province, make_place
from tests.indicators.figures import a_ratio, an_indicator

MONTHS = [Period.starting(date(2026, number, 1), Every.MONTH) for number in range(9, 13)]
PERIODS = [MONTHS[1], Period.parse("2026-Q4"), Period.parse("2026")]
amounts = st.one_of(
    st.none(),
    st.integers(-20, 20).map(Decimal),
    st.decimals(min_value=-999_999_999, max_value=999_999_999, places=6),
    st.integers(-(10**15) + 1, 10**15 - 1).map(Decimal),
)
reports = st.lists(
    st.tuples(
        st.integers(0, 4),  # which unit
        st.integers(0, 1),  # which indicator
        st.integers(0, 3),  # which month
        amounts,
        st.sampled_from(list(Approval)),
        st.booleans(),  # the worker comes by afterwards
    ),
    max_size=30,
)


def as_day(said):
    return said if isinstance(said, date) else date.fromisoformat(said)


class RollUps(TestCase):
    @settings(max_examples=at_most(25))
    @given(
        rows=reports,
        moved=st.one_of(st.none(), st.integers(0, 121)),
        raised=st.lists(st.tuples(st.integers(0, 29), st.sampled_from(list(Approval))), max_size=4),
        limit=st.sampled_from([1, 3, 5000]),
    )
    def test_every_figure_is_the_sum_of_its_values(self, rows, moved, raised, limit):
        province = Province()
        other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=province.country)
        units = [*province.communes, province.fronts[0], province.place]
        flow, stock = an_indicator("DV-01"), an_indicator("DV-02", kind=MeasureKind.STOCK)
        share = a_ratio("DV-03", flow, stock)
        both = an_indicator("DV-04", formula={"difference": ["DV-01", "DV-02"]})
        if moved is not None:
            day = MONTHS[0].first + timedelta(days=moved)
            mine = Reach.objects.filter(unit=units[2], top=province.place, follows=Follows.PLACE)
            mine.update(valid_to=day)
            Reach.objects.create(top=other, unit=units[2], follows=Follows.PLACE, valid_from=day)

        given = {}
        for number, (who, what, when, amount, level, swept) in enumerate(rows):
            entry = Entry((flow, stock)[what].pk, amount, Origin.ENTERED)
            if before := given.get(
                (who, what, when)
            ):  # what is locked is opened before it is replaced
                raise_level("r", before, Approval.SENT, actor=None)
            given[who, what, when] = [number]
            record_values(
                units[who].pk, MONTHS[when], [entry], actor=None, level=level,
                source_kind="r", source_id=number,
            )  # fmt: skip
            if swept:
                recompute_dirty(limit=limit)
        for number, level in raised:
            raise_level("r", [number], level, actor=None)
        while recompute_dirty(limit=limit):
            pass

        assert not DirtyKey.objects.exists()
        assert check_cube() == []
        self.held_against_sql()
        tops = [province.country, province.place, other, *units[:4]]
        self.held_against_values(flow, stock, tops)
        self.derived(flow, stock, share, both, tops)
        before = sorted(
            CubeCell.objects.values_list("indicator", "unit", "first", "level", "whole")
        )
        CubeCell.objects.all().delete()
        rebuild_cube()
        again = CubeCell.objects.values_list("indicator", "unit", "first", "level", "whole")
        assert sorted(again, key=str) == sorted(before, key=str)

    def held_against_sql(self):
        """Each cell against plain SQL, with the amounts as text so that no float adds them."""
        wanted = {}
        for level in Approval:
            for indicator, top, first, amount in self.stood(level):
                wanted.setdefault((indicator, top, first, level.value), []).append(amount)
        held = {
            (cell.indicator_id, cell.unit_id, cell.first, cell.level): cell
            for cell in CubeCell.objects.all()
        }
        assert set(held) == set(wanted)
        for key, given_amounts in wanted.items():
            known = [one for one in given_amounts if one is not None]
            assert held[key].amount == (sum(known) if known else None)
            assert (held[key].units, held[key].asked) == (len(known), len(given_amounts))

    def stood(self, level):
        """The current values at a level or above, each with every top it stood under as its month ended."""
        with connection.cursor() as cursor:
            cursor.execute(
                """
                select v.indicator_id, r.top_id, v.first, cast(v.amount as text), r.valid_from, r.valid_to
                from indicators_value v
                join organisations_reach r on r.unit_id = v.unit_id and r.follows = 'place'
                join organisations_unitversion u on u.unit_id = r.top_id and u.kind = ''
                 and u.level in ('country', 'province')
                where v.current and v.level >= %s
                """,
                [level.value],
            )
            for indicator, top, first, amount, since, until in cursor.fetchall():
                month = Period.starting(as_day(first), Every.MONTH)
                if as_day(since) <= month.last and (until is None or month.last < as_day(until)):
                    yield indicator, top, month.first, None if amount is None else Decimal(amount)

    def held_against_values(self, flow, stock, tops):
        for period in PERIODS:
            for level in (Approval.SENT, Approval.ACCEPTED):
                found = roll_up([flow.pk, stock.pk], [top.pk for top in tops], period, level=level)
                for (indicator, unit), figure in found.items():
                    values = list(values_behind(indicator, unit, period, level))
                    known = [value.amount for value in values if value.amount is not None]
                    assert figure.amount == (sum(known) if known else None)
                    assert figure.gaps == len(values) - len(known)

    def derived(self, flow, stock, share, both, tops):
        for period in PERIODS:
            found = roll_up(
                [flow.pk, stock.pk, share.pk, both.pk], [top.pk for top in tops], period
            )
            for top in tops:
                part, whole = (found[one.pk, top.pk].amount for one in (flow, stock))
                ratio, difference = (found[one.pk, top.pk] for one in (share, both))
                assert (ratio.numerator, ratio.denominator) == (part, whole)
                assert ratio.amount == (part * 100 / whole if part is not None and whole else None)
                known = part is not None and whole is not None
                assert difference.amount == (part - whole if known else None)

    @given(st.integers(-(10**18), 10**18), st.integers(-(10**12), 10**12))
    def test_two_integers_are_the_decimal(self, whole, millionths):
        amount = joined(whole, millionths)
        assert amount == Decimal(whole) + Decimal(millionths) / 1_000_000
        again = parted(amount)
        assert joined(*again) == amount
        assert abs(again[1]) < 1_000_000
        assert again[0] * again[1] >= 0
