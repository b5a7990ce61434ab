"""To whom a denunciation goes that is sent without an account, and what its sender is told of it: how it stands, nothing else."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.accounts.selectors import holders_at, users_allowed
from danvan.commitments.selectors import digest_of_code
from danvan.foundation import clock
from danvan.organisations.enums import Level
from danvan.organisations.selectors import organisations_at, path_to, top_unit, unit_on, units_on
from danvan.petitions.models import Denunciation
from danvan.petitions.models.vault import units_over
from danvan.petitions.selectors.sending import OFFICES
from danvan.petitions.selectors.vault.receipts import receipt_mark
from danvan.petitions.vault_enums import SHUT, VaultState
from danvan.petitions.vault_moves import ENTER
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_READERS = 5
WAITING = (VaultState.RECEIVED, VaultState.REVIEWING)
# Whom to turn to in person or by post, by the level of the place that this installation serves.
INSPECTORS: dict[str, str] = {
    Level.COUNTRY: "Thanh tra Chính phủ, Ủy ban Kiểm tra Trung ương",
    Level.PROVINCE: (
        "Thanh tra tỉnh, Ủy ban Kiểm tra Tỉnh ủy; tố cáo lãnh đạo cấp tỉnh thì đến Thanh tra Chính phủ, Ủy ban Kiểm tra Trung ương"
    ),
}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class VaultOffice:
    """The office that takes a denunciation in, and the people there who read it first."""

    unit_id: int
    readers: tuple[int, ...]
    named: tuple[
        int, ...
    ] = ()  # officers whom the letter names: nobody reads what is said of themselves


@dataclass(frozen=True, slots=True)
class CaseTold:
    """How a letter stands, in words that tell neither what it says nor about whom; `shared` where its code may open more."""

    received_on: date
    standing: str
    look: str
    shared: bool = False


def vault_office(accused_place: int | None, *, words: str = "") -> VaultOffice | None:
    """The nearest office above the place of the accused with somebody who may take a denunciation in and is not shut out.

    An officer whom `words` name in full is no reader either. Without readers where nobody may; None for what is no place of
    this installation.
    """
    today, top = clock.today(), top_unit().id
    place = unit_on(accused_place, today) if accused_place is not None else None
    if accused_place is not None and (place is None or not place.is_place):
        return None
    above = [one.id for one in reversed(path_to(accused_place or top, on=today))]
    if accused_place is not None and top not in above:
        return None
    near = above if accused_place is not None else [top, *above]
    found = units_on(organisations_at(near, kinds=OFFICES, on=today), today)
    order = [str(one) for one in OFFICES]
    held, said = holders_at(found, ENTER), _spaced(words)
    named: set[int] = set()
    for pk in sorted(
        held, key=lambda pk: (near.index(found[pk].place_id or 0), order.index(found[pk].kind))
    ):
        people = _over(pk, held[pk], accused_place)
        named |= {one.pk for one in people if _is_named(one.full_name, said)}
        if readers := tuple(one.pk for one in people if one.pk not in named)[:MOST_READERS]:
            return VaultOffice(pk, readers, tuple(sorted(named)))
    return VaultOffice(top, (), tuple(sorted(named)))


def nobody_reads() -> bool:
    """Whether no letter of any place could be read by anybody here: what a page says before one is written."""
    office = vault_office(None)
    return top_unit().level != Level.COUNTRY and not (office and office.readers)


def where_else() -> str:
    """Where a denunciation is taken in on paper: the office over everything here, and who inspects it."""
    today, top = clock.today(), top_unit()
    found = units_on(organisations_at([top.id], kinds=OFFICES, on=today), today)
    order = [str(one) for one in OFFICES]
    offices = [one.name for one in sorted(found.values(), key=lambda one: order.index(one.kind))]
    inspectors = INSPECTORS.get(top.level, INSPECTORS[Level.PROVINCE])
    return " hoặc ".join([*offices[:1], inspectors])


def letters_told(typed: str) -> list[CaseTold]:
    """How each letter behind a code stands, in the order in which they came in; none where the code opens none. One query."""
    digest = digest_of_code(typed)
    if not digest:
        return []
    behind = Q(code=digest) | Q(receipt=receipt_mark(digest))
    rows = Denunciation.objects.filter(behind).order_by("received_on", "pk")
    return [_told(one, shared=one.code != digest) for one in rows]


def _told(case: Denunciation, *, shared: bool) -> CaseTold:
    if case.state in SHUT or case.closed_on is not None:
        return CaseTold(case.received_on, "Đã xem xét xong", "good", shared)
    if case.state in WAITING:
        return CaseTold(case.received_on, "Đã nhận, đang xem xét", "watch", shared)
    return CaseTold(case.received_on, "Đang giải quyết", "watch", shared)


def is_sealed_code(digest: str) -> bool:
    """Whether the code of this digest is of a letter in the vault, sent there or moved there."""
    return Denunciation.objects.filter(code=digest).exists()


def _over(unit_id: int, people: list[int], accused_place: int | None) -> list["User"]:
    """Those of them who hold no right at or below the place of the accused."""
    users = [one for one in users_allowed(ENTER, unit_id) if one.pk in people]
    return [one for one in users if accused_place not in units_over(one)]


def _is_named(full_name: str, said: str) -> bool:
    name = _spaced(full_name)
    return len(name.split()) > 1 and name in said


def _spaced(words: str) -> str:
    """The words without tones and marks between them, each with a space on both sides."""
    return f" {' '.join(_WORD.findall(fold(words)))} "
