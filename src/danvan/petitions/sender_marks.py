"""The marks that stand for a sender in the words of a paper: written where many read, read back where it goes to the sender."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from danvan.foundation.papers import Paper
from danvan.reading.redacting import COVER, PrivateKind

DOTS = "................................"
# Never longer than what it stands for, where a whole mark would make a line too long to be kept.
SHORT = {
    PrivateKind.NAME: "[…]", PrivateKind.PHONE: "[số]", PrivateKind.IDENTITY: "[số]", PrivateKind.EMAIL: "[thư]",
}  # fmt: skip
PARTS = {
    PrivateKind.NAME: "name", PrivateKind.PHONE: "phone", PrivateKind.IDENTITY: "id_number", PrivateKind.EMAIL: "email",
}  # fmt: skip
# What is said where nobody can tell which of several senders is meant.
SOMEBODY = {
    PrivateKind.NAME: "người đứng đơn", PrivateKind.PHONE: "số điện thoại ghi trong đơn",
    PrivateKind.IDENTITY: "số giấy tờ ghi trong đơn", PrivateKind.EMAIL: "thư điện tử ghi trong đơn",
}  # fmt: skip
_KINDS = {COVER[kind][1:-1]: kind for kind in PARTS} | {"…": PrivateKind.NAME}
PLAIN = frozenset(_KINDS) - {"…"}  # the marks that may bear a place
_MARK = re.compile(rf"\[({'|'.join(_KINDS)})(?: (\d+))?\]|\[(?:số|thư)\]")


class Sender(Protocol):
    """What tells who sent a paper."""

    @property
    def name(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def id_number(self) -> str: ...
    @property
    def email(self) -> str: ...


def mark_for(kind: PrivateKind, place: int | None = None) -> str:
    """The mark of one thing; of one sender among several with their place behind the paper, from 1."""
    mark = COVER[kind]
    return f"{mark[:-1]} {place}]" if place else mark


def numbered(words: str) -> str:
    """The words of a paper that had one sender, now that it has several: its marks are those of the first."""
    return _MARK.sub(
        lambda found: (
            mark_for(_KINDS[found[1]], 1) if found[1] in PLAIN and not found[2] else found[0]
        ),
        words,
    )


def read_back(words: str, senders: Sequence[Sender]) -> str:
    """The words with the senders in place of their marks; dots to be filled in where they are not open to the reader."""

    def said(found: "re.Match[str]") -> str:
        if not senders:
            return DOTS
        kind = _KINDS.get(found[1] or "")
        if kind is None:
            return "thông tin ghi trong đơn"
        place = int(found[2] or 1) if found[2] or len(senders) == 1 else 0
        one = senders[place - 1] if 0 < place <= len(senders) else None
        return (getattr(one, PARTS[kind]) if one else "") or SOMEBODY[kind]

    return _MARK.sub(said, words)


def paper_to(paper: Paper, senders: Sequence[Sender]) -> Paper:
    """The paper as it goes out, with its senders in place of their marks."""
    return replace(
        paper,
        subject=read_back(paper.subject, senders),
        paragraphs=[read_back(line, senders) for line in paper.paragraphs],
        grid=replace(
            paper.grid,
            rows=[[read_back(cell, senders) for cell in row] for row in paper.grid.rows],
        ),
    )
