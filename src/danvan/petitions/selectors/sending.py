"""Where what people send without an account goes, and whether its words rather denounce somebody."""

import re
from collections.abc import Sequence

from django.db.models import QuerySet

from danvan.accounts.selectors import holders_at
from danvan.foundation import clock
from danvan.foundation.sealing import unseal
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import (
    organisations_at,
    path_to,
    top_unit,
    tops_of,
    unit_on,
    units_on,
)
from danvan.petitions.enums import Channel
from danvan.petitions.models import Petition, Signature
from danvan.petitions.moves import HANDLE, RECEIVE

# Who is asked first at a place; the law has people petition the authority.
OFFICES = (Kind.PEOPLES_COMMITTEE, Kind.PARTY_COMMITTEE, Kind.FRONT_COMMITTEE)
_DENOUNCES = re.compile(
    r"(?<!\w)(?:tố cáo|tố giác|tham nhũng|tham ô|nhận hối lộ|đưa hối lộ|đòi hối lộ|ăn hối lộ|vòi vĩnh|vòi tiền|nhũng nhiễu|bao che)(?!\w)",
    re.IGNORECASE,
)


def sounds_like_denunciation(words: str) -> bool:
    """Whether words seem to say that somebody in office breaks the law: that belongs into the vault. A guess, never kept."""
    return _DENOUNCES.search(words) is not None


def office_for(place_id: int | None) -> int | None:
    """The unit that receives what is sent about a place today: the nearest office at or above it where somebody may receive
    petitions, else the place itself. None for what is no place today, or none of this installation.
    """
    near = _places_up(place_id)
    return next(iter(_offices(near)), near[0]) if near else None


def receiver_at(unit_id: int) -> int:
    """The unit that a petition goes to which is passed on to `unit_id`: an agency itself; of a place its office where
    somebody may receive petitions, else the place.
    """
    unit = unit_on(unit_id, clock.today())
    if unit is None or not unit.is_place:
        return unit_id
    return next(iter(_offices([unit_id])), unit_id)


def somebody_works_at(unit_id: int) -> bool:
    """Whether somebody at the very place of a unit may receive or handle petitions of it: those above it alone do not count."""
    today = clock.today()
    unit = unit_on(unit_id, today)
    if unit is None:
        return False
    line = [top for _, top, _, _ in tops_of([unit_id], on=today)]
    there = unit.id if unit.is_place else unit.place_id
    near = {pk for pk, one in units_on(line, today).items() if there in (pk, one.place_id)}
    return any(holders_at(near, action) for action in (RECEIVE, HANDLE))


def is_place_of_ours(place_id: int) -> bool:
    """Whether it is a place today, of this installation."""
    return bool(_places_up(place_id))


def _places_up(place_id: int | None) -> list[int]:
    """The place and those above it, itself first; the top where none is named. None of what is no place of ours today."""
    today = clock.today()
    top = top_unit(on=today).id
    place = unit_on(place_id or top, today)
    if place is None or not place.is_place:
        return []
    near = [place.id, *(one.id for one in reversed(path_to(place.id, on=today)))]
    return near if top in near else []


def _offices(near: Sequence[int]) -> list[int]:
    """The offices at these places of which somebody receives, by a right there or at the place; those of the first place first."""
    today = clock.today()
    found = units_on(organisations_at(near, kinds=OFFICES, on=today), today)
    held = holders_at([*found, *near], RECEIVE)
    order = [str(one) for one in OFFICES]
    return sorted(
        (pk for pk, one in found.items() if pk in held or one.place_id in held),
        key=lambda pk: (near.index(found[pk].place_id or 0), order.index(found[pk].kind)),
    )


def signed_at_the_portal(petition: Petition) -> QuerySet[Signature]:
    """Who sent it from the portal and left something of themselves."""
    return Signature.objects.filter(paper=petition.paper_id, paper__channel=Channel.PORTAL)


def left_an_address(petition: Petition) -> bool:
    """Whether somebody sent it from the portal and left an e-mail address to be told at. Nothing is opened."""
    return signed_at_the_portal(petition).exclude(petitioner__email=b"").exists()


def address_of_sender(petition: Petition) -> str:
    """The e-mail address that the sender left, opened for the letter that is being sent; empty where none is there any more."""
    signed = signed_at_the_portal(petition).exclude(petitioner__email=b"")
    for one in signed.select_related("petitioner__key"):
        return unseal(one.petitioner.key, one.petitioner.email, name="petitioner.email")
    return ""
