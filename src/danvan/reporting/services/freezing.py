"""Words as they are sent: with the figures of that moment, what each of these is, and whether they are last month's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from danvan.foundation.periods import Period
from danvan.reporting.answers import Answers
from danvan.reporting.models import Obligation
from danvan.reporting.narrating import keys_in
from danvan.reporting.rules import Past
from danvan.reporting.rules.figures import NOTHING
from danvan.reporting.selectors.carrying import last_words
from danvan.reporting.selectors.checking import Book, pasts
from danvan.reporting.selectors.filling import patterns_of
from danvan.reporting.selectors.narrating import Scene, narrated


@dataclass(frozen=True, slots=True)
class Frozen:
    """The words of a submission, by item code, with what it keeps beside them."""

    texts: dict[str, str] = field(default_factory=dict)
    cited: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    carried: dict[str, str] = field(default_factory=dict)


def looked_back(book: Book, period: Period, unit_id: int, read: Answers) -> Past:
    """What a unit gave before, as far as the rules or the words ask; no query where neither does."""
    return all_looked_back(book, period, {unit_id: read})[unit_id]


def all_looked_back(book: Book, period: Period, read: Mapping[int, Answers]) -> Mapping[int, Past]:
    """The same of many units, by id: as few queries as for one."""
    questions = book.questions
    words = [text for one in read.values() for text in one.words.values()]
    named = {name for name, _ in keys_in([*words, *patterns_of(questions).values()])}
    if not named and not book.looks_back:
        return dict.fromkeys(read, NOTHING)
    codes = book.looked_back_at | {
        code
        for code, one in questions.by_code.items()
        if named & {code.casefold(), one.indicator_code.casefold()}
    }
    return pasts(book, period, list(read), codes=codes)


def frozen(obligation: Obligation, scene: Scene, words: Mapping[str, str]) -> Frozen:
    """The words with their figures as they are now. Nothing of them follows the figures any more."""
    told = narrated(scene, words)
    last = last_words(obligation, scene.questions)
    carried = {}
    for code, one in told.items():
        pattern = scene.questions.by_code[code].pattern
        same = [old for old in last.get(code, ()) if old.is_kept(one.raw, pattern)]
        if same:
            carried[code] = same[0].month.code
    return Frozen(
        texts={code: one.text for code, one in told.items()},
        cited={
            code: [each.kept() for each in one.cited] for code, one in told.items() if one.cited
        },
        carried=carried,
    )
