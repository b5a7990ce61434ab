"""The codes that askers follow by: short, said over the phone and typed without confusion, kept only as a digest.

Thirteen marks and a check mark in four groups, `7K4-M92-CXTH-3RN5`: 59 bits, so that guessing finds none though a right code
is never refused (decision 15). Codes of ten marks, as they were given out first, are read as well. Of the letters only such stand in a code as no Vietnamese
keyboard turns into others (Telex makes one letter of DD, AA or AW, and ư of W), and as are not taken for another mark
or for another name when said. B, I, L, O, Q, S, U and Z are read as 8, 1, 1, 0, 0, 5, V and 2. 23 is prime, so the check
mark finds every wrong mark and every two that were exchanged.
"""

import hashlib
import hmac
import secrets

from django.conf import settings

from danvan.vietnamese.text import fold

MARKS = "0123456789CFGHJKMNPRTVX"
READ_AS = str.maketrans("BILOQSUZ", "811005V2")
LENGTH = 14
LENGTHS = (LENGTH, 10)
LONGEST_TYPED = 40  # more than any way of writing a code takes


def new_code(seed: str = "") -> str:
    """A code that nobody can guess, as it is printed; from the same seed always the same."""
    chance = int(digest_of(f"code {seed}"), 16) if seed else secrets.randbits(256)
    body = "".join(MARKS[chance // len(MARKS) ** place % len(MARKS)] for place in range(LENGTH - 1))
    return printed(body + check_mark(body))


def check_mark(body: str) -> str:
    """The mark behind the others that shows a slip of the finger."""
    total = sum(place * MARKS.index(mark) for place, mark in enumerate(body, start=1))
    return MARKS[total % len(MARKS)]


def printed(code: str) -> str:
    """In groups, as on the slip."""
    return "-".join(one for one in (code[:3], code[3:6], code[6:10], code[10:]) if one)


def read_code(typed: str) -> str:
    """The marks of a code as it was typed, whatever its case, spaces, hyphens or accents; empty where it is none."""
    if len(typed) > LONGEST_TYPED:
        return ""
    marks = "".join(one for one in fold(typed).upper() if one.isalnum()).translate(READ_AS)
    if len(marks) not in LENGTHS or set(marks) - set(MARKS):
        return ""
    return marks if check_mark(marks[:-1]) == marks[-1] else ""


def digest_of(said: str) -> str:
    """What is kept instead of a code or of an address: nobody without the pepper can tell which it is."""
    pepper = settings.DANVAN_CODE_PEPPER.encode()
    return hmac.new(pepper, said.encode(), hashlib.sha256).hexdigest()
