"""Who sent a paper, taken out of the words of its matters: those are read by many, who sent it by few."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from danvan.petitions.sender_marks import SHORT, mark_for
from danvan.petitions.services.identities import PersonDraft
from danvan.reading.redacting import PrivateKind
from danvan.vietnamese.text import canonical

WHOLE_NAME = 2  # words; a name of one is a word of any text
SHORTEST = 9  # figures of a number of a telephone or a paper
APART = r"[\s.\-]*"  # between the figures of a number


class Hide(Protocol):
    """Writes words again without who sent them; where these would be longer than `most`, with the shortest marks."""

    def __call__(self, words: str, most: int | None = None) -> str: ...


def hiding(persons: Sequence[PersonDraft]) -> Hide:
    """What writes words again with every name, telephone, paper and address of mail of these senders hidden, by the
    marks that public words bear; those of several senders bear their places behind the paper.
    """
    places = places_of(persons)
    several = len(set(places)) > 1
    parts = [
        (kind, place if several else None, re.compile(rf"(?<!\w){one}(?!\w)", re.IGNORECASE))
        for place, person in zip(places, persons, strict=True)
        for kind, one in _parts(person)
    ]

    def hide(words: str, most: int | None = None) -> str:
        words = canonical(words)
        hidden = short = words
        for kind, place, pattern in parts:
            hidden = pattern.sub(mark_for(kind, place), hidden)
            short = pattern.sub(SHORT[kind], short)
        return hidden if most is None or len(hidden) <= most else short

    return hide


def places_of(persons: Sequence[PersonDraft]) -> list[int]:
    """At which place each stands behind the paper, from 1: who is written down twice by one number stands there once."""
    found: list[int] = []
    known: dict[str, int] = {}
    for person in persons:
        place = known.get(person.id_key) or max(found, default=0) + 1
        if person.id_key:
            known[person.id_key] = place
        found.append(place)
    return found


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
