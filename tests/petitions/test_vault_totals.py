"""The one exit of the vault for figures: nothing it prints gives a number under the threshold, by no subtraction of any printings."""

from datetime import UTC, date, datetime
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from danvan.foundation.errors import RuleError
from danvan.law.models import LegalParameter
from danvan.organisations.holding import Passage
from danvan.petitions import jobs
from danvan.petitions.models import Denunciation, VaultTold
from danvan.petitions.selectors.vault import vault_totals
from danvan.petitions.services.vault import tell_totals, tell_what_is_over
from danvan.petitions.services.vault.succeeding import refuse_unfounding, take_cases_back
from danvan.petitions.vault_suppressing import Told, tell
from tests.once import once, own
from tests.petitions import cases
from tests.petitions.adversary import LEAST, NAMES, small_ones

ONE = st.fixed_dictionaries({name: st.integers(0, 40) for name in NAMES})
# Periods of a year as they grow, with parts that may shrink too: what waited is accepted later.
PERIODS = st.lists(ONE, min_size=1, max_size=4)


def told_of(periods):
    """What is told of each, one after the other."""
    found = []
    for parts in periods:
        found.append(tell(parts, found, LEAST))
    return found


@given(PERIODS)
def test_an_adversary_with_all_printings_works_out_no_small_number(periods):
    printed = told_of(periods)
    assert small_ones(periods, printed) == []
    for parts, told in zip(periods, printed, strict=True):
        assert told.total in (None, sum(parts.values()))
        assert all(number in (None, parts[name]) for name, number in (told.parts or {}).items())


def test_the_adversary_is_one_who_finds_what_is_printed_carelessly():
    two = [{"a": 20, "b": 14, "c": 3}, {"a": 31, "b": 14, "c": 16}]
    plain = [Told(sum(one.values()), one) for one in two]
    assert {Fraction(3), Fraction(0)} <= set(small_ones(two, plain))
    alone = [Told(37, {"a": 20, "b": 14, "c": None})]
    assert small_ones(two[:1], alone) == [3]
    # 17 and 20 are no small numbers, but the other two parts together grew by three
    grown = [{"a": 20, "b": 15, "c": 15}, {"a": 37, "b": 17, "c": 16}]
    cut = [Told(sum(one.values()), {**one, "b": None, "c": None}) for one in grown]
    assert 3 in small_ones(grown, cut)
    assert small_ones(grown, told_of(grown)) == []


def test_as_much_is_told_as_may_be():
    assert told_of([{"a": 14, "b": 12, "c": 11}]) == [Told(37, {"a": 14, "b": 12, "c": 11})]
    assert told_of([{"a": 14, "b": 12, "c": 0}]) == [Told(26, {"a": 14, "b": None, "c": None})]
    assert told_of([{"a": 4, "b": 3, "c": 0}]) == [Told()]
    assert told_of([{"a": 30, "b": 3, "c": 3}]) == [Told(36, dict.fromkeys("abc"))]
    assert told_of([{"a": 14, "b": 12, "c": 11}] * 2)[1] == Told()


_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(db, settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def many(vault, number, *, written=date(2026, 2, 2), **columns):
    """Rows of so many cases that were written down on a day; their words are not looked at."""
    start = Denunciation.objects.count()
    key = (Denunciation.objects.first() or cases.entered(vault)).key
    plain = {"received_on": date(2026, 2, 2), "key": key, "unit": vault.unit}
    return Denunciation.objects.bulk_create(
        Denunciation(
            number=f"X{start + n}", denouncer=b"", accused=b"", content=b"", requests=b"",
            entered_at=datetime(written.year, written.month, written.day, 3, tzinfo=UTC), **{**plain, **columns},
        )
        for n in range(number)
    )  # fmt: skip


def words(found):
    return [one.words for one in found.cells]


def test_totals_of_a_province_for_whole_quarters(vault):
    many(vault, 14, accepted_on=date(2026, 3, 2), state="accepted")
    many(vault, 12)
    many(vault, 11, state="filed", closed_on=date(2026, 3, 3))
    place = vault.province.place.pk
    assert vault_totals(place, 2026, 1) is None
    out = StringIO()
    call_command("vault", "totals", str(place), "2026", "1", stdout=out)
    assert "Tố cáo ghi nhận trong kỳ: 37" in out.getvalue()
    assert "Công bố một lần, ngày 20/11/2026." in out.getvalue()
    found = vault_totals(place, 2026, 1)
    assert words(found) == ["37", "14", "11", "12", *["dưới 10"] * 4]
    assert found.cell("accepted").label == "Đã thụ lý"


def test_a_small_cell_takes_the_next_one_with_it_and_both_read_the_same(vault):
    many(vault, 14, accepted_on=date(2026, 3, 2), state="accepted")
    many(vault, 12)
    found = tell_totals(vault.province.place.pk, 2026, 1)
    assert words(found)[:4] == ["26", "14", "dưới 10 hoặc không hiện", "dưới 10 hoặc không hiện"]


def test_conclusions_count_by_the_day_they_were_written_down(vault):
    made = many(vault, 24, outcome="right", state="concluded", concluded_on=date(2026, 3, 30))
    for one in made:
        one.steps.create(
            kind="concluded", on=date(2026, 3, 30), at=datetime(2026, 4, 2, tzinfo=UTC), words=b""
        )
    place = vault.province.place.pk
    assert words(tell_totals(place, 2026, 1))[4:] == ["dưới 10"] * 4
    assert words(tell_totals(place, 2026, 2))[4] == "24"


def test_what_was_told_is_never_told_otherwise_and_late_entries_count_later(vault):
    place = vault.province.place.pk
    many(vault, 30)
    first = tell_totals(place, 2026, 1)
    assert words(first)[0] == "30"
    late = many(vault, 1, received_on=date(2026, 1, 5), written=date(2026, 6, 5))
    many(
        vault, 3, received_on=date(2026, 3, 1)
    )  # written down on a day of before, by whoever sets a clock back
    assert tell_totals(place, 2026, 1) == first
    half = tell_totals(place, 2026, 2)
    assert words(half)[0] == "không hiện để không suy ra số nhỏ"
    many(vault, 12, written=date(2026, 8, 1))
    nine = tell_totals(place, 2026, 3)
    assert words(nine)[0] == "46"
    assert VaultTold.objects.count() == 3
    assert late[0].received_on < date(2026, 3, 31)


def test_the_database_refuses_another_telling(vault):
    tell_totals(vault.province.place.pk, 2026, 1)
    [told] = VaultTold.objects.all()
    for act in (lambda: VaultTold.objects.update(cells=[]), told.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(RuleError):
        refuse_unfounding([vault.province.place.pk])


def test_the_job_tells_what_is_over_of_every_province_once(vault):
    many(vault, 30)
    jobs.tell_totals_of_the_vault()
    rows = VaultTold.objects.values_list("province", "year", "quarters")
    place = vault.province.place.pk
    assert list(rows) == [(place, 2025, n) for n in (1, 2, 3, 4)] + [
        (place, 2026, n) for n in (1, 2, 3)
    ]
    assert tell_what_is_over([place]) == 7
    assert VaultTold.objects.count() == 7


@pytest.mark.parametrize(("year", "quarters"), [(2026, 4), (2026, 0), (2026, 5), (1900, 1)])
def test_no_other_period_is_told(vault, year, quarters):
    for ask in (vault_totals, tell_totals):
        with pytest.raises(RuleError):
            ask(vault.province.place.pk, year, quarters)


def test_nothing_smaller_than_a_province_is_told(vault):
    with pytest.raises(CommandError, match="theo tỉnh"):
        call_command("vault", "totals", str(vault.unit.pk), "2026", "1")


def test_a_law_file_without_the_threshold_tells_nothing_and_leaves_it_to_be_told(vault):
    LegalParameter.objects.filter(key="people.suppress.below").delete()
    with pytest.raises(RuleError, match="mức tối thiểu"):
        tell_totals(vault.province.place.pk, 2026, 1)
    jobs.tell_totals_of_the_vault()
    assert not VaultTold.objects.exists()


def test_a_merger_is_not_undone_once_its_province_told_what_it_was_given(vault):
    place = vault.province.place.pk
    many(vault, 30)
    tell_totals(place, 2026, 1)
    merger = Passage("SX-1", "Hợp nhất", date(2026, 3, 1), heirs={place + 1: place})
    with pytest.raises(RuleError):
        take_cases_back(merger, actor=None)
    later = Passage("SX-2", "Hợp nhất", date(2030, 1, 1), heirs={place + 1: place})
    take_cases_back(later, actor=None)
