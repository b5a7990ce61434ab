"""The order of a Vietnamese list.

Letters stand as in the alphabet: a ă â b c d đ e ê ... o ô ơ ... u ư ... y. Words are compared one after
the other, as dictionaries do: first their letters, then their tones in the order no tone, grave (huyền),
acute (sắc), hook (hỏi), tilde (ngã), dot (nặng). So "ba sinh" stands before "bà con". Numbers inside a
text stand by their size ("Xóm 2" before "Xóm 10"). Case and punctuation only break ties.
"""

import re
import unicodedata
from functools import lru_cache

from danvan.vietnamese.text import canonical

_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
# The shapes in the order of the alphabet; a breve and a stroke come before the circumflex (ă â; ŏ ô ơ).
_SHAPES = {"\u0306": "1", "\u030c": "1", "\u0302": "2", "\u031b": "3"}
_STROKES = {"đ": "d1", "ƀ": "b1"}
_PIECES = re.compile(r"[0-9]+|[^0-9]")
_WORDS = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f'’ʼ])*")


def sort_key(text: str) -> str:
    """A string whose plain order is the Vietnamese order of `text`; differs for any two different texts."""
    exact = canonical(text)
    words = " ".join(_word_key(word) for word in _WORDS.findall(exact.lower()))
    # The tab sorts below the space, so the exact spelling decides only between equals.
    return f"{words}\t{exact.swapcase()}\t{text}"


def name_key(full_name: str) -> str:
    """The order of people: by given name, then the middle names, then the family name."""
    family, *others = canonical(full_name).split() or [""]
    reordered = [*others[-1:], *others[:-1], family]
    return f"{sort_key(' '.join(reordered))}\t{full_name}"


@lru_cache(maxsize=8192)
def _word_key(word: str) -> str:
    letters, tones = [], []
    for piece in _PIECES.findall(word):
        if piece[0] in "0123456789":
            number = piece.lstrip("0")
            letters.append(f"{len(number):04}{number}")
            tones.append("0")
            continue
        letter, tone = _letter_key(piece)
        if letter:
            letters.append(letter)
            tones.append(tone)
        elif tones and tone != "0":
            tones[-1] = tone
    return f"{''.join(letters)}!{''.join(tones).rstrip('0')}"


def _letter_key(letter: str) -> tuple[str, str]:
    """The place of one letter in the alphabet, and of its tone; a bare mark has no place."""
    if letter in _STROKES:
        return _STROKES[letter], "0"
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if base in _TONES:
        return "", _TONES[base]
    if not base.isalnum():
        return "", "0"
    shape = next((_SHAPES[mark] for mark in marks if mark in _SHAPES), "0")
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
    return base + shape, tone
