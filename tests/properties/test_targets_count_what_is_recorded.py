"""On random registers and records, a target's evaluation is what a plain count by hand and plain SQL say."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.activities.enums import ActivityKind
from danvan.activities.models import Activity
from danvan.activities.services import Draft, record_activities
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Comparator, Quality, Standing
from danvan.indicators.selectors import evaluate, records_behind
from danvan.indicators.services import create_target
from danvan.organisations.enums import Kind, Level
from tests.examples import at_most
from tests.factories.province import Province, make_organisation

KINDS = [ActivityKind.SUPERVISION, ActivityKind.SOCIAL_CRITICISM, ActivityKind.DIALOGUE]
FIRST = date(2025, 1, 1)
records = st.lists(
    st.tuples(
        st.integers(0, 5),  # which unit
        st.sampled_from(KINDS),
        st.integers(0, 729),  # days after FIRST
        st.integers(1, 3),  # quantity
        st.booleans(),  # withdrawn
    ),
    max_size=60,
)
rules = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(1, 4)),
    min_size=1,
    max_size=3,
    unique_by=lambda r: r[0],
)


def by_hand(units, rows, wanted, every, year, day):
    """Who fulfils every rule in every part of the year that is over by `day`, counted one by one."""
    months = {Every.YEAR: 12, Every.HALF: 6, Every.QUARTER: 3, Every.MONTH: 1}[every]
    spans = []
    for start in range(1, 13, months):
        first = date(year, start, 1)
        after = date(year + (start + months - 1) // 12, (start + months - 1) % 12 + 1, 1)
        spans.append((first, after))
    over = [span for span in spans if span[1] - timedelta(days=1) <= day]
    running = [(first, day + timedelta(days=1)) for first, after in spans if first <= day < after]
    counted = over or running
    met = []
    for unit in units:
        kept = all(
            sum(
                q
                for u, k, d, q, gone in rows
                if u == unit and k == kind and a <= d < b and not gone
            )
            >= least
            for kind, least in wanted
            for a, b in counted
        )
        if kept and counted:
            met.append(unit)
    return met


class TargetsCountWhatIsRecorded(TestCase):
    @settings(max_examples=at_most(60))
    @given(
        rows=records,
        wanted=rules,
        every=st.sampled_from(list(Every)),
        year=st.sampled_from([2025, 2026]),
        day=st.integers(0, 729),
        share=st.sampled_from([None, (1, 2), (2, 3), (99, 100)]),
        strict=st.booleans(),
        ended=st.integers(300, 729),
    )
    def test_evaluate_is_the_count_by_hand(
        self, rows, wanted, every, year, day, share, strict, ended
    ):
        day, ended_on = FIRST + timedelta(days=day), FIRST + timedelta(days=ended)
        province = Province()
        gone = make_organisation(province.communes[0], name="Mặt trận cũ", ended=ended_on)
        units = [*province.fronts, gone, province.committees[0], province.front]
        standing = units[:3] + [gone] * (min(day, date(year, 12, 31)) < ended_on)
        said = [
            (units[who].pk, kind, FIRST + timedelta(days=n), quantity, withdrawn)
            for who, kind, n, quantity, withdrawn in rows
            if units[who] != gone or FIRST + timedelta(days=n) < ended_on
        ]
        self.record(said)
        period = Period.parse(str(year))
        target = create_target(
            unit=province.place, title="Chỉ tiêu", quality=Quality.COUNTED, every=every, actor=None,
            population_kind=Kind.FRONT_COMMITTEE, population_levels=[Level.COMMUNE],
            rules=[(f"activities.{kind}", least) for kind, least in wanted], share=share,
            comparator=Comparator.MORE_THAN if strict and share else Comparator.AT_LEAST,
            valid_from=FIRST,
        )  # fmt: skip

        found = evaluate(target, period, on=day)

        met = by_hand([unit.pk for unit in standing], said, wanted, every, year, day)
        assert found.population == sorted(unit.pk for unit in standing)
        assert sorted(found.met) == sorted(met)
        assert sorted(found.missing) == sorted(set(found.population) - set(met))
        assert (found.numerator, found.denominator) == (len(met), len(standing))
        if found.parts:
            assert set(found.lacking) == set(found.missing)
        numerator, denominator = share or (1, 1)
        ratio = len(met) * denominator - len(standing) * numerator
        enough = ratio > 0 if target.comparator == Comparator.MORE_THAN else ratio >= 0
        good = found.standing in (Standing.REACHED, Standing.ON_COURSE)
        if found.parts and enough:
            assert good
        if found.standing == Standing.REACHED:
            assert enough
        for unit in found.population:
            behind = records_behind(target, unit, period, on=day)
            assert [sum(r.quantity for r in rule.records) for rule in behind] == found.per_rule[
                unit
            ]
        if every == Every.YEAR and found.parts:
            assert sorted(found.missing) == self.missing_by_sql(standing, wanted, year, day)

    def record(self, said):
        drafts = [
            Draft(unit_id=unit, kind=kind, title="Việc", held_on=day, quantity=quantity)
            for unit, kind, day, quantity, _ in said
        ]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clock, "today", lambda: date(2026, 12, 31))
            made = record_activities(drafts, actor=None)
        withdrawn = [one.pk for one, row in zip(made, said, strict=True) if row[4]]
        Activity.objects.filter(pk__in=withdrawn).update(
            withdrawn_at=clock.now(), withdrawn_why="Nhầm"
        )

    def missing_by_sql(self, standing, wanted, year, day):
        missing = set()
        with connection.cursor() as cursor:
            for kind, least in wanted:
                cursor.execute(
                    """
                    select v.unit_id from organisations_unitversion v
                    left join activities_activity a on a.unit_id = v.unit_id and a.kind = %s
                      and a.held_on between %s and %s and a.withdrawn_at is null
                    where v.kind = 'front_committee' and v.level = 'commune'
                      and v.valid_from <= %s and (v.valid_to is null or v.valid_to > %s)
                    group by v.unit_id having coalesce(sum(a.quantity), 0) < %s
                    """,
                    [
                        kind,
                        date(year, 1, 1),
                        min(day, date(year, 12, 31)),
                        *[min(day, date(year, 12, 31))] * 2,
                        least,
                    ],
                )
                missing |= {row[0] for row in cursor.fetchall()}
        return sorted(missing & {unit.pk for unit in standing})
