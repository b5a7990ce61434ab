"""What was changed from one text to another, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
LONGEST = 20_000  # letters; longer texts are told as one replaced by the other


class Kept(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand together and met the same fate."""

    kept: Kept
    words: str


def stretches(old: str, new: str) -> list[Stretch]:
    """The two texts as one: what stayed, what was taken out, what was put in, in reading order.

    The stretches that stayed or were taken out make the old text, those that stayed or were put in the new one. A
    space between two changed words is changed with them, so that whole phrases are told.
    """
    if max(len(old), len(new)) > LONGEST:
        return _replaced([], old, new)
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    found: list[Stretch] = []
    removed, added = "", ""
    match = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, other, until in match.get_opcodes():
        was, came = "".join(before[start:end]), "".join(after[other:until])
        if tag == "equal" and not (was.isspace() and (removed or added)):
            found = [*_replaced(found, removed, added), Stretch(Kept.SAME, was)]
            removed = added = ""
        else:
            removed, added = removed + was, added + came
    return _replaced(found, removed, added)


def _replaced(found: list[Stretch], removed: str, added: str) -> list[Stretch]:
    told = [*found]
    if removed:
        told.append(Stretch(Kept.REMOVED, removed))
    if added:
        told.append(Stretch(Kept.ADDED, added))
    return told
