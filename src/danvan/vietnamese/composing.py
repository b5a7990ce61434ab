"""Composed and decomposed spelling, in time that grows with the text: a run of marks is sorted by its square otherwise.

A letter bears two marks here, a copied one perhaps four; who sends a hundred thousand on one letter means no letter.
"""

import re
import sys
import unicodedata

MOST = 8  # marks that one letter keeps


def _marks() -> str:
    """Every character that is a mark on a letter, as the ranges of a pattern."""
    codes = [code for code in range(0x300, sys.maxunicode + 1) if unicodedata.combining(chr(code))]
    found, first = [], codes[0]
    for code, following in zip(codes, [*codes[1:], None], strict=True):
        if following != code + 1:
            found.append(f"{chr(first)}-{chr(code)}")
            first = following or code
    return "".join(found)


_RUN = re.compile(f"([{_marks()}]{{{MOST}}})[{_marks()}]+")
# All marks lie behind the Latin letters: where no run of such characters is so long, nothing is to be shortened.
_LONG = re.compile(f"[^\x00-\u02ff][^\x00-\u02ff]{{{MOST}}}")


def compose(text: str) -> str:
    """NFC, with at most eight marks on a letter."""
    return unicodedata.normalize("NFC", _short(text))


def decompose(text: str) -> str:
    """NFD, with at most eight marks on a letter."""
    return unicodedata.normalize("NFD", _short(text))


def _short(text: str) -> str:
    if text.isascii() or not _LONG.search(text):
        return text
    return _RUN.sub(r"\1", text)
