"""One key for the many spellings of a document's symbol and of its issuer."""

import re

from danvan.vietnamese.text import fold

_NUMBER_WORD = re.compile(r"^so\s*:?\s*(?=[0-9])")
_SPACE_AT_SIGN = re.compile(r"\s*([-/])\s*")
_ZEROS = re.compile(r"^0+(?=[0-9])")
_SYMBOL = re.compile(r"^[0-9]+[a-z]?\s*[-/]")
_OWN_NUMBER = re.compile(r"^\s*(?:[Ss]ố\s*:?\s*)?([0-9]+[a-zđ]?)\s*[-–/]")


def symbol_key(symbol: str) -> str:
    """What `Số: 05 - NQ/TU`, `5-NQ/TU` and `05–NQ/TU` have in common: `5-nq/tu`. For matching only."""
    key = _NUMBER_WORD.sub("", fold(symbol).strip(" ."))
    return _ZEROS.sub("", _SPACE_AT_SIGN.sub(r"\1", key))


def issuer_key(name: str) -> str:
    """The issuer's name folded, for matching only."""
    return fold(name).strip(" .,")


def number_of(symbol: str) -> str:
    """The number at the front of a symbol as written, `05` or `274a`; empty where there is none."""
    found = _OWN_NUMBER.match(symbol)
    return found[1] if found else ""


def looks_like_symbol(words: str) -> bool:
    """Whether what a person typed into a search box is the beginning of a symbol."""
    return bool(_SYMBOL.match(_NUMBER_WORD.sub("", fold(words))))
