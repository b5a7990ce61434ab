"""The one exit of the vault for figures: nothing it prints gives a number under the threshold, by subtraction neither."""

from datetime import date
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from danvan.foundation.errors import RuleError
from danvan.law.models import LegalParameter
from danvan.petitions.models import Denunciation
from danvan.petitions.selectors.vault import vault_totals
from danvan.petitions.selectors.vault.totals import told
from tests.once import once, own
from tests.petitions import cases

LEAST = 10
parts = st.lists(st.integers(0, 30), min_size=3, max_size=3)
periods = st.lists(parts, min_size=1, max_size=4).map(
    lambda rows: [
        dict(zip("abc", (sum(one[k] for one in rows[: n + 1]) for k in range(3)), strict=True))
        for n in range(len(rows))
    ]
)


def cells(found, upto):
    return {one.label: one.shown for one in told("t", found[:upto], LEAST)}


@given(periods)
def test_no_cell_is_small_and_none_is_left_by_subtraction(found):
    for upto in range(1, len(found) + 1):
        shown = cells(found, upto)
        true = {**found[upto - 1], "t": sum(found[upto - 1].values())}
        assert all(
            number is None or (number == true[name] >= LEAST) for name, number in shown.items()
        )
        hidden = [name for name in "abc" if shown[name] is None]
        if shown["t"] is not None:
            # what is not told of the whole is spread over two parts or more, and is no small number itself
            rest = true["t"] - sum(shown[name] or 0 for name in "abc")
            assert not hidden or (len(hidden) > 1 and rest >= LEAST) or len(hidden) == 3
        else:
            assert len(hidden) == 3


@given(periods)
def test_two_periods_never_differ_by_a_small_number(found):
    rows = [cells(found, upto) for upto in range(1, len(found) + 1)]
    for name in (*"abc", "t"):
        told_ones = [row[name] for row in rows if row[name] is not None]
        assert all(abs(later - sooner) >= LEAST for sooner, later in pairwise(told_ones))


def test_without_a_threshold_nothing_is_told():
    assert {one.shown for one in told("t", [{"a": 50, "b": 60}], None)} == {None}


_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(db, settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def many(vault, number, **columns):
    """Rows of so many cases that came in in the first quarter; their words are not looked at."""
    first = cases.entered(vault)
    start = Denunciation.objects.count()
    plain = {
        "received_on": date(2026, 2, 2),
        "key": first.key,
        "unit": vault.unit,
        "entered_at": first.entered_at,
    }
    Denunciation.objects.bulk_create(
        Denunciation(
            number=f"X{start + n}",
            denouncer=b"",
            accused=b"",
            content=b"",
            requests=b"",
            **plain,
            **columns,
        )
        for n in range(number)
    )


def test_totals_of_a_province_for_whole_quarters(vault):
    many(vault, 14, accepted_on=date(2026, 3, 2), state="accepted")
    many(vault, 12)
    many(vault, 11, state="filed", closed_on=date(2026, 3, 3))
    found = vault_totals(vault.province.place.pk, 2026, 1)
    assert [one.words for one in found.cells] == ["37", "14", "11", "12"]
    assert [one.words for one in found.concluded] == ["dưới 10"] * 4
    out = StringIO()
    call_command("vault", "totals", str(vault.province.place.pk), "2026", "1", stdout=out)
    assert "Tố cáo tiếp nhận trong kỳ: 37" in out.getvalue()


def test_a_small_cell_takes_the_next_one_with_it(vault):
    many(vault, 14, accepted_on=date(2026, 3, 2), state="accepted")
    many(vault, 12)
    found = vault_totals(vault.province.place.pk, 2026, 1)
    assert [one.words for one in found.cells] == [
        "26", "14", "dưới 10", "không hiện để không suy ra số nhỏ",
    ]  # fmt: skip


@pytest.mark.parametrize(("year", "quarters"), [(2026, 4), (2026, 0), (2026, 5), (1900, 1)])
def test_no_other_period_is_told(vault, year, quarters):
    with pytest.raises(RuleError):
        vault_totals(vault.province.place.pk, year, quarters)


def test_nothing_smaller_than_a_province_is_told(vault):
    with pytest.raises(CommandError, match="theo tỉnh"):
        call_command("vault", "totals", str(vault.unit.pk), "2026", "1")


def test_a_law_file_without_the_threshold_tells_nothing(vault):
    LegalParameter.objects.filter(key="people.suppress.below").delete()
    found = vault_totals(vault.province.place.pk, 2026, 1)
    assert {one.shown for one in (*found.cells, *found.concluded)} == {None}
