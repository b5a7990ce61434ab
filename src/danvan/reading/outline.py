"""The clauses of a document: the paragraphs that say something to do, each with the heading it stands under."""

import re
from dataclasses import dataclass

from danvan.reading.gazetteer import Gazetteer
from danvan.reading.head import read_head
from danvan.reading.layout import find_sentences
from danvan.reading.view import View

_FOOT = re.compile(r" *(?:t/m|tm\.|k/t|kt\.|tl\.|nơi nhận)(?=[ .:\n]|$)")
_GROUND = re.compile(r" *[-+*•]? *(?:căn cứ|xét đề nghị|theo đề nghị|kính gửi)\b")
_BACKWARD = -1
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph of the body; `heading` is the span it stands under, `backward` says that it tells what was."""

    start: int
    end: int
    heading: tuple[int, int] | None
    backward: bool


def find_clauses(text: str) -> list[Clause]:
    """Every clause in order, in offsets of `text` as given: no head, no foot, no heading, no ground it is issued on."""
    view = View(text)
    begun = read_head(view, Gazetteer()).end
    found: list[Clause] = []
    held = -1
    for one in find_sentences(view.text, view.low):
        if one.start < begun:
            continue
        if _FOOT.match(view.low, one.start):
            break
        if one.is_heading:
            continue
        start, end = view.span(one.start, one.end)
        if one.paragraph == held:
            found[-1] = Clause(found[-1].start, end, found[-1].heading, found[-1].backward)
            continue
        if _GROUND.match(view.low, one.start) or _is_short(view.text[one.start : one.end]):
            continue
        held = one.paragraph
        under = view.span(*one.heading) if one.heading else None
        found.append(Clause(start, end, under, one.mood == _BACKWARD))
    return found


def _is_short(words: str) -> bool:
    """A line in capitals, or of a few words: a title that is not numbered, a signature."""
    return words.isupper() or len(words.split()) < _FEWEST_WORDS
