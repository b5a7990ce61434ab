r"""Patterns that begin with words, looked for only where one of these words stands: most sentences hold none of them.

`wording(r"(?<!\w)(?:phấn đấu|sẽ)(?!\w)")` finds what `re.compile` of the same finds, in every text. In a `Words`
(`View.low` is one) it is many times faster: which words a match can begin with is worked out from the pattern
itself, so whoever adds a rule writes the pattern and nothing more.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib import import_module
from typing import Any

# The parser that `re` itself compiles with: nothing else knows for certain what a pattern may begin with.
_parse = import_module("re._parser").parse
_WORD = re.compile(r"\w+")
_MOST_BEGINNINGS = 400
# How a beginning goes on: with more letters of the word, with the end of it, or with what nobody knows.
_OPEN, _WHOLE, _CUT = "open", "whole", "cut"
_NOT_BEHIND_A_WORD = str(_parse(r"(?<!\w)").data)

Beginning = tuple[str, str]


class Words(str):
    """A text that knows where each of its words begins. Slices of it are plain texts."""

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for one in _WORD.finditer(self):
            found[one[0]].append(one.start())
        return found

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._places)

    @cached_property
    def _sought(self) -> dict["Wording", "array[int]"]:
        return {}

    def places(self, wording: "Wording") -> Sequence[int] | None:
        """Where a match of this wording may begin, in order; None where its words tell nothing."""
        known = self._sought.get(wording)
        if known is None and wording.beginnings is not None:
            words = {word for one in wording.beginnings for word in self._beginning(one)}
            known = array("q", sorted(place for word in words for place in self._places[word]))
            self._sought[wording] = known
        return known

    def _beginning(self, beginning: Beginning) -> Iterator[str]:
        """The words of this text that begin so."""
        letters, how = beginning
        if how == _WHOLE:
            if letters in self._places:
                yield letters
            return
        at = bisect_left(self._vocabulary, letters)
        while at < len(self._vocabulary) and self._vocabulary[at].startswith(letters):
            yield self._vocabulary[at]
            at += 1


class Wording:
    """A pattern with the methods of `re.Pattern` that rules use."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.compiled = re.compile(pattern)
        self.match = self.compiled.match
        self.fullmatch = self.compiled.fullmatch

    @cached_property
    def beginnings(self) -> frozenset[Beginning] | None:
        """The beginnings of the words that every match begins with; None where it may begin in other ways."""
        return beginnings_of(self.pattern)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match between the offsets."""
        end = len(text) if end is None else end
        places = text.places(self) if isinstance(text, Words) else None
        if places is None:
            return self.compiled.search(text, start, end)
        at = bisect_left(places, start)
        while at < len(places) and places[at] < end:
            if found := self.match(text, places[at], end):
                return found
            at += 1
        return None

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Every match between the offsets, none overlapping another."""
        end = len(text) if end is None else end
        if isinstance(text, Words) and text.places(self) is not None:
            while found := self.search(text, start, end):
                yield found
                start = found.end()
        else:
            yield from self.compiled.finditer(text, start, end)


def wording(pattern: str) -> Wording:
    """The pattern, to be looked for by the words it begins with."""
    return Wording(pattern)


def letter_first(words: Iterable[str]) -> str:
    r"""A pattern that is the same as `(?<!\w)(?:one|another)`, for texts that are no `Words`.

    Its first letter stands in front of what may not stand before it: `re` skips to the next such letter then, and
    else tries every place of the text. Each of the words begins with a letter or a digit as such.
    """
    return "(?:" + "|".join(rf"{one[0]}(?<!\w{one[0]}){one[1:]}" for one in words) + ")"


@cache
def beginnings_of(pattern: str) -> frozenset[Beginning] | None:
    """The letters, with how they go on, that every match of this pattern begins with; None where nothing tells."""
    parsed = _parse(pattern)
    found = None if parsed.state.flags & re.IGNORECASE else _guarded(parsed.data)
    if not found or len(found) > _MOST_BEGINNINGS or any(not letters for letters, _ in found):
        return None
    # A whole word is looked up, whatever else goes on is looked for by its first letters.
    return frozenset((letters, _WHOLE if how == _WHOLE else _CUT) for letters, how in found)


def _guarded(items: Sequence[Any]) -> set[Beginning] | None:
    r"""The beginnings of what stands behind a (?<!\w); None where a match may begin without it."""
    if not items:
        return None
    name, value = str(items[0][0]), items[0][1]
    if str([items[0]]) == _NOT_BEHIND_A_WORD:
        return _after({("", _OPEN)}, items[1:])
    if name == "SUBPATTERN" and not (value[1] or value[2]):
        inner = _guarded(value[3].data)
        return None if inner is None else _after(inner, items[1:])
    if name == "BRANCH":
        found: set[Beginning] = set()
        for branch in value[1]:
            one = _guarded(branch.data)
            if one is None:
                return None
            found |= one
        return _after(found, items[1:])
    return None


def _after(begun: set[Beginning], items: Sequence[Any]) -> set[Beginning]:
    """The beginnings with what these items of a pattern add to them."""
    for operator, value in items:
        still = {letters for letters, how in begun if how == _OPEN}
        if not still or len(begun) > _MOST_BEGINNINGS:
            break
        added = _added(str(operator), value)
        begun = {one for one in begun if one[1] != _OPEN}
        begun |= {(letters + more, how) for letters in still for more, how in added}
    return begun


def _added(operator: str, value: Any) -> set[Beginning]:
    """What one item of a pattern adds to the beginning of a word."""
    if operator == "LITERAL":
        letter = chr(value)
        return {(letter, _OPEN) if _WORD.match(letter) else ("", _WHOLE)}
    if operator in {"ASSERT", "ASSERT_NOT", "AT"}:
        return {("", _OPEN)}  # these take no letter; what they forbid only leaves fewer places
    if operator == "BRANCH":
        return {one for branch in value[1] for one in _after({("", _OPEN)}, branch.data)}
    if operator == "SUBPATTERN":
        return {("", _CUT)} if value[1] or value[2] else _after({("", _OPEN)}, value[3].data)
    if operator == "IN" and all(str(one[0]) == "LITERAL" for one in value):
        return {one for _, code in value for one in _added("LITERAL", code)}
    if operator in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, repeated = value
        once = _after({("", _OPEN)}, repeated.data)
        if most > 1:
            once = {(letters, _CUT if how == _OPEN else how) for letters, how in once}
        return once | ({("", _OPEN)} if least == 0 else set())
    return {("", _CUT)}
