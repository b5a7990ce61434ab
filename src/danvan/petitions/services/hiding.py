"""Who sent a paper, taken out of the words of its matters: those are read by many, who sent it by few."""

import re
from collections.abc import Callable, Iterable, Iterator

from danvan.petitions.services.identities import PersonDraft
from danvan.reading.redacting import COVER, PrivateKind
from danvan.vietnamese.text import canonical

WHOLE_NAME = 2  # words; a name of one is a word of any text
SHORTEST = 9  # figures of a number of a telephone or a paper
APART = r"[\s.\-]*"  # between the figures of a number


def hiding(persons: Iterable[PersonDraft]) -> Callable[[str], str]:
    """What writes words again with every name, telephone, paper and address of mail of these senders hidden, by the
    marks that public words bear.
    """
    parts = [
        (COVER[kind], re.compile(rf"(?<!\w){one}(?!\w)", re.IGNORECASE))
        for person in persons
        for kind, one in _parts(person)
    ]

    def hide(words: str) -> str:
        words = canonical(words)
        for mark, pattern in parts:
            words = pattern.sub(mark, words)
        return words

    return hide


def _parts(person: PersonDraft) -> Iterator[tuple[PrivateKind, str]]:
    name = canonical(person.name).split()
    if len(name) >= WHOLE_NAME:
        yield PrivateKind.NAME, r"\s+".join(map(re.escape, name))
    phone = re.sub(r"\D", "", person.phone)
    if len(phone) >= SHORTEST:
        rest = re.sub(r"^(84|0)", "", phone)  # +84 912… and 0912… are one number
        yield PrivateKind.PHONE, rf"(?:\+?84|0){APART}{APART.join(rest)}"
    number = re.sub(r"\W", "", person.id_number)
    if len(number) >= SHORTEST - 1:
        yield PrivateKind.IDENTITY, APART.join(map(re.escape, number))
    if person.email.strip():
        yield PrivateKind.EMAIL, re.escape(canonical(person.email).strip())
