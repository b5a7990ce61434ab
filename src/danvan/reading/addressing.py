"""Whom a text asks where the request itself names nobody: the headings above it, "Kính gửi"; and who writes."""

import re
from dataclasses import dataclass

from danvan.reading.asked import asked_at, speaker_in
from danvan.reading.directing import NUMBERING
from danvan.reading.layout import Sentence
from danvan.reading.naming import BODY, in_full, organisation_at
from danvan.reading.request_words import (
    ADDRESSED,
    ASK,
    LETTER,
    NOUN_BEFORE,
    REQUESTS_HEADING,
    TO,
)
from danvan.reading.view import View
from danvan.vietnamese.text import fold

_LETTER_WITHIN, _LONGEST_LETTER = 4000, 400


@dataclass(frozen=True, slots=True)
class Above:
    """What the headings above a sentence say: whether all below is asked, of whom, by whom."""

    asks: bool = False
    names: tuple[str, ...] = ()
    by: str = ""


class Headings:
    """What headings say of the requests below them, each read once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._told: dict[tuple[int, int], Above] = {}

    def above(self, one: Sentence) -> Above:
        """What those above this sentence say; of whom the nearest that names somebody."""
        told = Above()
        for span in one.path:
            own = self._of(span)
            asks = told.asks or (own.asks and not one.begins_in(span))
            told = Above(asks, own.names or told.names, own.by or told.by)
        return told if told.asks else Above()

    def opens_list(self, one: Sentence) -> bool:
        """Whether this is a heading that asks for what the list below it tells."""
        span = one.heading
        if span is None or not one.begins_in(span) or self._view.text[one.end - 1] != ":":
            return False
        return self._of(span).asks

    def _of(self, span: tuple[int, int]) -> Above:
        if span not in self._told:
            self._told[span] = self._read(span)
        return self._told[span]

    def _read(self, span: tuple[int, int]) -> Above:
        view, (start, end) = self._view, span
        words = view.low[start:end]
        told = bool(REQUESTS_HEADING.match(words))
        if words.rstrip(" *").endswith(":"):
            # "Ban Thường vụ yêu cầu các đảng ủy thực hiện các nội dung sau:"
            for verb in ASK.finditer(view.low, start, end):
                to = TO.match(view.low, verb.end(), end)
                asked = asked_at(view, to.end() if to else verb.end(), end)
                if asked is not None and not NOUN_BEFORE.search(
                    f" {view.low[start : verb.start()]}"
                ):
                    return Above(True, asked.names, speaker_in(view, start, verb.start()))  # noqa: FBT003
        for place in ADDRESSED.finditer(words):
            asked = asked_at(view, start + place.end(), end)
            if asked is not None:
                return Above(told, asked.names)
        return Above(told)


def letter_to(view: View) -> tuple[str, ...]:
    """Whom a letter is to: "Kính gửi: ..."."""
    found = LETTER.search(view.low, 0, _LETTER_WITHIN)
    if found is None:
        return ()
    end = min(len(view.low), found.end() + _LONGEST_LETTER)
    names: list[str] = []
    for line in re.finditer(r"[^\n]+", view.low[found.end() : end]):
        begin = NUMBERING.match(view.low, found.end() + line.start(), end)
        at = begin.end() if begin else found.end() + line.start()
        asked = asked_at(view, at, found.end() + line.end())
        if asked is None or view.low[asked.end : found.end() + line.end()].strip(" .;,"):
            break
        names += asked.names
    return tuple(dict.fromkeys(names))


def authors_of(
    view: View, head_end: int, issuer: str, sentences: list[Sentence]
) -> tuple[str, ...]:
    """Who writes, folded: the issuer, and the organisation that the first sentence is about."""
    named = [issuer] if issuer else []
    first = next((one for one in sentences if one.start >= head_end), None)
    heads = BODY.finditer(view.low, first.start, first.end) if first else ()
    organisation = next(
        (one for head in heads if (one := organisation_at(view, head.start()))), None
    )
    named += [organisation.words] if organisation else []
    return tuple(fold(in_full(name)) for name in named)
