import itertools
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.organisations.apportion import MILLION, parts_per_million
from danvan.organisations.closure import FOREVER, CycleError, Edge, Reached, closure, cut, merged
from danvan.organisations.naming import bare_name, searchable, within_sentence
from danvan.organisations.selectors import find_units
from danvan.organisations.selectors.finding import folded_words
from danvan.organisations.services import found_place
from danvan.vietnamese.text import fold

ORIGIN = date(2020, 1, 1)
DAYS = 12

shares = st.lists(
    st.one_of(
        st.integers(1, 10**9),
        st.decimals("0.0001", 10**6, places=4),
        st.fractions(min_value=Fraction(1, 10**6), max_value=10**6),
    ),
    min_size=1,
    max_size=40,
)


@given(shares)
def test_shares_sum_to_exactly_a_million_and_none_is_off_by_a_whole_part(given_shares):
    parts = parts_per_million(given_shares)
    assert sum(parts) == MILLION
    whole = sum(map(Fraction, given_shares))
    for part, share in zip(parts, given_shares, strict=True):
        assert abs(part - Fraction(share) * MILLION / whole) < 1


@given(shares)
def test_a_larger_share_never_gets_less(given_shares):
    pairs = sorted(zip(map(Fraction, given_shares), parts_per_million(given_shares), strict=True))
    for (small, less), (large, more) in itertools.pairwise(pairs):
        assert small == large or less <= more


@pytest.mark.parametrize("wrong", [[], [0], [1, -1], [2, 0]])
def test_shares_must_be_positive(wrong):
    with pytest.raises(ValueError, match="positive"):
        parts_per_million(wrong)


def _day(number):
    return ORIGIN + timedelta(days=number)


@st.composite
def forests(draw):
    """Units with lives cut into stretches, each under an earlier unit or under none: never a cycle."""
    edges = {}
    for unit in range(draw(st.integers(1, 9))):
        cuts = sorted(draw(st.sets(st.integers(0, DAYS), min_size=2, max_size=4)))
        edges[unit] = [
            Edge(draw(st.one_of(st.none(), st.integers(0, unit - 1))) if unit else None, _day(a), _day(b))
            for a, b in itertools.pairwise(cuts)
        ]  # fmt: skip
    return edges


def _above_on(unit, edges, day):
    """By brute force: everything at or above a unit on one day."""
    found = set()
    while unit is not None:
        edge = next((e for e in edges.get(unit, ()) if e.start <= day < e.end), None)
        if edge is None:
            # What is above counts only while the edge to it stands, whether or not it has rows itself.
            return found | {unit} if found else found
        found.add(unit)
        unit = edge.above
    return found


@given(forests())
def test_the_closure_is_what_walking_up_on_every_day_gives(edges):
    reached = closure(edges)
    for number in range(-1, DAYS + 1):
        day = _day(number)
        got = {(r.top, r.unit) for r in reached if r.start <= day < r.end}
        want = {(top, unit) for unit in edges for top in _above_on(unit, edges, day)}
        assert got == want


@given(forests())
def test_rows_of_one_pair_neither_touch_nor_overlap(edges):
    spans = {}
    for row in closure(edges):
        spans.setdefault((row.top, row.unit), []).append((row.start, row.end))
    for periods in spans.values():
        periods.sort()
        assert all(start < end for start, end in periods)
        assert all(a[1] < b[0] for a, b in itertools.pairwise(periods))


def test_two_units_may_change_places_over_time_but_not_stand_below_each_other():
    first, later, end = _day(0), _day(5), _day(9)
    turned = {
        1: [Edge(None, first, later), Edge(2, later, end)],
        2: [Edge(1, first, later), Edge(None, later, end)],
    }
    assert closure(turned) == {
        Reached(1, 1, first, end),
        Reached(2, 2, first, end),
        Reached(1, 2, first, later),
        Reached(2, 1, later, end),
    }
    with pytest.raises(CycleError, match="unit 1 stands below itself"):
        closure({1: [Edge(2, first, end)], 2: [Edge(1, later, FOREVER)]})


intervals = st.lists(
    st.tuples(st.integers(0, DAYS), st.integers(1, DAYS)).map(lambda p: (_day(p[0]), _day(p[0] + p[1]))),
    max_size=8,
)  # fmt: skip


@given(intervals)
def test_merging_keeps_the_days(periods):
    days = {_day(n) for n in range(2 * DAYS + 1)}

    def covered(spans):
        return {day for day in days if any(a <= day < b for a, b in spans)}

    assert covered(merged(periods)) == covered(periods)


@given(intervals, st.integers(0, DAYS), st.integers(1, DAYS))
def test_cutting_keeps_the_days_within(periods, start, length):
    life = (_day(start), _day(start + length))
    for period in periods:
        for number in range(2 * DAYS + 1):
            day = _day(number)
            inside = any(a <= day < b for a, b in cut(period, life))
            assert inside == (period[0] <= day < period[1] and life[0] <= day < life[1])


VOWELS = "aăâeêioôơuưyáàảãạấầẩẫậếềểễệốồổỗộớờởỡợúùủũụứừửữựíìỉĩịýỳ"
syllables = st.tuples(
    st.sampled_from(["", "b", "c", "đ", "gi", "kh", "m", "ngh", "ph", "qu", "t", "th", "tr", "v", "x"]),
    st.sampled_from(list(VOWELS)),
    st.sampled_from(["", "c", "m", "n", "ng", "nh", "t"]),
).map("".join)  # fmt: skip
plain_names = st.lists(syllables, min_size=1, max_size=4).map(lambda parts: " ".join(parts).title())


@given(plain_names, st.sampled_from(["xã", "phường", "thị trấn", "đặc khu", "tỉnh", "thành phố"]))
def test_a_name_keeps_its_parts(bare, type_word):
    name = f"{type_word.capitalize()} {bare}"
    assert bare_name(name, type_word) == bare
    assert within_sentence(name, type_word) == f"{type_word} {bare}"
    columns = searchable(name, bare=bare)
    assert columns["folded"] == fold(name)
    assert columns["bare"] == fold(bare)


@given(st.text(max_size=30))
def test_what_is_looked_for_is_folded_whatever_people_type(typed):
    words = folded_words(typed)
    assert words == fold(words)
    assert words == " ".join(words.split())


@pytest.mark.django_db
@given(plain_names, st.data())
def test_a_unit_is_found_by_any_beginning_of_any_word_with_or_without_tones(bare, data):
    from django.db import transaction

    with transaction.atomic():
        name = f"Xã {bare}"
        unit = found_place(name, type_word="xã", level="commune", under=None, actor=None, on=ORIGIN)
        words = name.split()
        start = data.draw(st.integers(0, len(words) - 1))
        tail = " ".join(words[start:])
        typed = tail[: data.draw(st.integers(1, len(tail)))].strip()
        as_typed = data.draw(st.sampled_from([typed, fold(typed), typed.upper()]))
        # A lone short type word ("t", "x.") is spelt out, so the search looks for something else.
        if folded_words(as_typed) == fold(as_typed):
            assert [row.id for row in find_units(as_typed, on=ORIGIN)] == [unit]
        transaction.set_rollback(True)
