r"""A wording finds in a text that knows its words what the plain pattern finds in it, whatever the pattern."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import danvan.reading
from danvan.reading.view import View
from danvan.reading.words import Wording, Words, beginnings_of, letter_first, wording
from tests.reading.resolutions import make_resolution


def _wordings() -> list[Wording]:
    """Every wording of the tables and rules of the engine."""
    found: dict[str, Wording] = {}
    for module in iter_modules(danvan.reading.__path__):
        for value in vars(import_module(f"danvan.reading.{module.name}")).values():
            several = value.values() if isinstance(value, dict) else value
            inside = several if isinstance(several, tuple | type({}.values())) else (value,)
            for one in inside:
                pattern = getattr(one, "pattern", None)
                for single in (one, pattern):
                    if isinstance(single, Wording):
                        found[single.pattern] = single
    return list(found.values())


WORDINGS = _wordings()
TEXTS = [make_resolution(seed).text for seed in range(3)]


def spans(found):
    return [(one.span(), one.groupdict(), one.lastgroup) for one in found]


def assert_same(one: Wording, text: str, start: int = 0, end: int | None = None) -> None:
    stop = len(text) if end is None else end
    known = Words(text)
    assert spans(one.finditer(known, start, end)) == spans(one.compiled.finditer(text, start, stop))
    first = one.compiled.search(text, start, stop)
    assert spans(filter(None, [one.search(known, start, end)])) == spans(filter(None, [first]))


def test_the_rules_of_the_engine_are_looked_for_by_their_words():
    told = [one.pattern for one in WORDINGS if one.beginnings is None]
    assert len(WORDINGS) > 40
    assert len(told) <= 3, told  # these are looked for like any pattern


@pytest.mark.parametrize("one", WORDINGS, ids=lambda one: one.pattern[:40])
def test_a_wording_finds_what_its_pattern_finds(one):
    for text in TEXTS:
        low = text.lower()
        assert_same(one, low)
        assert_same(one, low, 7, len(low) // 2)


@given(st.data())
@settings(max_examples=150)
def test_a_wording_finds_whatever_its_pattern_can_match(data):
    one = data.draw(st.sampled_from(WORDINGS))
    match = data.draw(st.from_regex(one.compiled, fullmatch=True))
    around = st.sampled_from(["", " ", "a", "_", "7", "đã ", " sẽ", ", ", "\n", "́", ".", '"'])
    text = data.draw(around) + match + data.draw(around) + match + data.draw(around)
    cut = data.draw(st.integers(0, len(text)))
    assert_same(one, text)
    assert_same(one, text, 0, cut)
    assert_same(one, text, cut)


@pytest.mark.parametrize(
    ("pattern", "beginnings"),
    [
        (r"(?<!\w)(?:phấn đấu|sẽ)(?!\w)", {("phấn", "whole"), ("sẽ", "cut")}),
        (r"(?<!\w)(?:ban )?thường vụ", {("ban", "whole"), ("thường", "whole")}),
        (r"(?<!\w)qu[yý]?\d", {("qu", "cut"), ("quy", "cut"), ("quý", "cut")}),
        (r"(?<!\w)(?:ab){1,2}", {("ab", "cut")}),
        (r"(?P<one>(?<!\w)xã)|(?<!\w)thôn", {("xã", "cut"), ("thôn", "cut")}),
        (r"(?<!\w)tp\.", {("tp", "whole")}),
        (r"(?<!\w)(xã) \1", {("xã", "whole")}),
        (r"(?<!\w)x(?i:Ã)", {("x", "cut")}),
        (r"(?<!\w)[xn]ã ", {("xã", "whole"), ("nã", "whole")}),
        (r"(?<!\w)\d", None),
        (r"(?<!\w)\"xã", None),
        (r"(?<!\w)(?:xã|)", None),
        (r"(?<!\w)(?:xã)?", None),
        (r"xã", None),
        (r"(?<!\w)xã|thôn", None),
        (r"(?:xã)(?<!\w)", None),
        (r"(?i)(?<!\w)xã", None),
        (r"", None),
        (r"(?<!\w)" + "[abcdefgh]" * 4, None),
    ],
)
def test_which_words_a_match_begins_with_is_told_by_the_pattern(pattern, beginnings):
    assert beginnings_of(pattern) == (None if beginnings is None else frozenset(beginnings))


def test_a_pattern_that_tells_no_words_and_a_plain_text_are_searched_as_ever():
    number, word = wording(r"(?<!\w)\d+"), wording(r"(?<!\w)xã")
    assert [one[0] for one in number.finditer(Words("5 xã, 12 thôn"))] == ["5", "12"]
    assert number.search(Words("xã 7"))[0] == "7"
    assert [one.start() for one in word.finditer("xã, thị xã")] == [0, 8]
    assert word.search("thị xã").start() == 4
    assert word.search(Words("thị trấn")) is None


def test_a_pattern_that_begins_with_its_letters_finds_what_the_usual_one_finds():
    words = ("được", "đã", "xã", "xã hội")
    usual = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")
    other = re.compile(rf"{letter_first(words)}(?!\w)")
    text = "xã, được xã hội đã_ thịxã đã đượcxã xã"
    assert spans(other.finditer(text)) == spans(usual.finditer(text))


def test_the_lower_case_of_a_view_knows_its_words():
    low = View("Phấn đấu 5 xã, 2 thị xã").low
    assert low == "phấn đấu 5 xã, 2 thị xã"
    assert list(low.places(wording(r"(?<!\w)xã"))) == [11, 21]
