"""Organisations and places named in a text, each once with all its mentions, and what is left to ask of them."""

from dataclasses import replace
from typing import TypeVar

from danvan.reading.gazetteer import Gazetteer
from danvan.reading.naming import (
    BODY,
    TYPE,
    Organisation,
    Place,
    in_full,
    next_place,
    organisation_at,
    place_at,
    said,
)
from danvan.reading.proposals import OrganisationNamed, PlaceNamed, Span
from danvan.reading.view import View
from danvan.vietnamese.text import fold

_Named = TypeVar("_Named", OrganisationNamed, PlaceNamed)
_GLUES = (", ", " và ", "; ")
_MOST_LISTED, _MOST_AGAIN = 40, 200
_SURE = {
    "organisation.named": 0.85,
    "organisation.placed": 0.9,
    "organisation.shared": 0.75,
    "organisation.asks": 0.7,
    "organisation.known": 0.95,
}


def find_organisations(view: View, known: Gazetteer) -> list[OrganisationNamed]:
    """Every organisation by the words that the text has for it."""
    found: dict[str, OrganisationNamed] = {}
    tiers: dict[str, set[str]] = {}
    folded: dict[str, str] = {}
    for one, shared in _mentions(view):
        place = f"|{fold(one.place)}" if shared else ""
        if one.words not in folded:
            folded[one.words] = fold(in_full(one.words))
        key = folded[one.words] + place
        span = view.span(one.start, one.end)
        if key in found:
            found[key] = _once_more(found[key], span)
        else:
            found[key] = _organisation(one, span, known, shared=shared)
        if one.place:
            tiers.setdefault(one.tier, set()).add(one.place)
    return [_asking(one, tiers.get(one.tier, set())) for one in found.values()]


def _mentions(view: View) -> list[tuple[Organisation, bool]]:
    """Each mention; `HĐND, UBND tỉnh Nghệ An`: whether its place is told by the one behind it."""
    found: list[tuple[Organisation, bool]] = []
    for head in BODY.finditer(view.low):
        if found and head.start() < found[-1][0].end:
            continue
        one = organisation_at(view, head.start())
        if one is not None and (one.kind != "steering" or one.place or one.end > head.end()):
            found.append((one, False))
    for at in range(len(found) - 2, -1, -1):
        one, later = found[at][0], found[at + 1][0]
        joined = view.text[one.end : later.start] in _GLUES
        if joined and one.asks and later.place and one.tier in {"", later.tier}:
            found[at] = replace(one, place=later.place, tier=later.tier, asks=""), True
    return found


def _organisation(
    one: Organisation, span: tuple[int, int], known: Gazetteer, *, shared: bool
) -> OrganisationNamed:
    name = in_full(one.words)
    unit = known.unit_called(name) or known.unit_called(one.words)
    if unit:
        rule, reason = "organisation.known", "Vì: đúng tên một tổ chức trong danh bạ"
    elif shared:
        rule, reason = "organisation.shared", "Vì: địa phương đứng sau tổ chức cuối của danh sách"
    elif one.place:
        rule, reason = "organisation.placed", "Vì: tên loại tổ chức + tên địa phương"
    elif one.asks:
        rule, reason = "organisation.asks", "Vì: tên loại tổ chức, không kèm địa phương"
    else:
        rule, reason = "organisation.named", "Vì: tên riêng của tổ chức"
    asks = "" if unit else one.asks
    return OrganisationNamed(
        *span, _SURE[rule], rule, reason,
        words=one.words, name=name, kind=one.kind, tier=one.tier, place=one.place, unit=unit, asks=asks,
    )  # fmt: skip


def _asking(one: OrganisationNamed, places: set[str]) -> OrganisationNamed:
    """The question with the one place of this tier that the text has organisations of, where there is one."""
    if not one.asks or len(places) != 1 or not one.tier:
        return one
    return replace(one, asks=f"{one.asks} Có thể là của {next(iter(places))}.")


def _once_more(one: _Named, span: tuple[int, int]) -> _Named:
    if len(one.also) >= _MOST_AGAIN:
        return one
    return replace(one, also=(*one.also, Span(*span)))


def find_places(view: View, known: Gazetteer) -> list[PlaceNamed]:
    """Every place named with the word of its tier, alone or in a list: các xã An Hòa, Bình Minh."""
    found: dict[str, PlaceNamed] = {}
    at = 0
    for kind in TYPE.finditer(view.low):
        first = place_at(view, kind.start()) if kind.start() >= at else None
        if first is None:
            continue
        for one in _listed(view, first):
            at = one.end
            key = fold(one.words)
            span = view.span(one.start, one.end)
            if key in found:
                found[key] = _once_more(found[key], span)
            else:
                found[key] = _place(one, span, known, listed=one is not first)
    return list(found.values())


def _listed(view: View, first: Place) -> list[Place]:
    """The place and those that follow it without their word, where the word is of many ("các xã", "hai xã")."""
    before = said(view, max(0, first.start - 10), first.start).lower().rsplit(" ", 1)[-1]
    found = [first]
    if before not in _SEVERAL:
        return found
    while len(found) < _MOST_LISTED:
        at = found[-1].end
        glue = next((one for one in _GLUES if view.text.startswith(one, at)), None)
        following = next_place(view, at + len(glue), first) if glue else None
        if following is None:
            break
        found.append(following)
    return found


_SEVERAL = frozenset({"các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"} | {f"{n}" for n in range(2, 40)} | {f"0{n}" for n in range(2, 10)})  # fmt: skip


def _place(one: Place, span: tuple[int, int], known: Gazetteer, *, listed: bool) -> PlaceNamed:
    unit = known.unit_called(one.words)
    rule = "place.listed" if listed else "place.named"
    reason = (
        "Vì: trong danh sách sau “các xã”, “các phường”…"
        if listed
        else "Vì: từ chỉ cấp + tên riêng"
    )
    return PlaceNamed(
        *span, 0.95 if unit else 0.75 if listed else 0.85, rule, reason, name=one.words, tier=one.tier, unit=unit
    )  # fmt: skip
