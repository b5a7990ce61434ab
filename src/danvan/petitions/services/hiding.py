"""Who sent a paper, taken out of the words of its matters: those are read by many, who sent it by few."""

import re
from collections.abc import Callable, Iterable

from danvan.petitions.services.identities import PersonDraft
from danvan.vietnamese.text import canonical

HIDDEN = "(người gửi)"
WHOLE_NAME = 2  # words; a name of one is a word of any text
SHORTEST = 9  # figures of a number of a telephone or a paper
APART = r"[\s.\-]*"  # between the figures of a number


def hiding(persons: Iterable[PersonDraft]) -> Callable[[str], str]:
    """What writes words again with every name, telephone, paper and address of mail of these senders hidden."""
    parts = [one for person in persons for one in _parts(person)]
    if not parts:
        return canonical
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
    return lambda words: pattern.sub(HIDDEN, canonical(words))


def _parts(person: PersonDraft) -> list[str]:
    name = canonical(person.name).split()
    found = [r"\s+".join(map(re.escape, name))] if len(name) >= WHOLE_NAME else []
    phone = re.sub(r"\D", "", person.phone)
    if len(phone) >= SHORTEST:
        rest = re.sub(r"^(84|0)", "", phone)  # +84 912… and 0912… are one number
        found.append(rf"(?:\+?84|0){APART}{APART.join(rest)}")
    number = re.sub(r"\W", "", person.id_number)
    if len(number) >= SHORTEST - 1:
        found.append(APART.join(map(re.escape, number)))
    if person.email.strip():
        found.append(re.escape(canonical(person.email).strip()))
    return found
