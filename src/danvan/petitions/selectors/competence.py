"""Who is competent for a second complaint: the unit above the one that settled the first, by the register of the day."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import units_granted
from danvan.organisations.enums import Kind as Organisation
from danvan.organisations.enums import Level
from danvan.organisations.selectors import (
    last_names,
    organisations_at,
    successors_on,
    unit_on,
    units_on,
)
from danvan.petitions.enums import Kind
from danvan.petitions.models import Petition
from danvan.petitions.moves import RECEIVE
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

NONE_ABOVE = (
    "Sổ đơn vị chưa có cấp trên trực tiếp của nơi giải quyết lần đầu. Đồng chí vui lòng hướng dẫn người khiếu nại gửi đơn đến "
    "người có thẩm quyền giải quyết lần hai."
)


def units_above(petition: Petition, on: date) -> dict[int, str]:
    """The units to which a second complaint goes on a day, with their names; none where the register has none.

    That is the one above in the line of who settled the first (LKN Đ17-21), else the people's committee of the place above:
    of its own place, where it is no people's committee itself. What took over from a unit that ended stands for it.
    """
    settled_on = petition.decided_on or petition.accepted_on or petition.received_on
    unit_id = petition.unit_on(settled_on)
    unit = unit_on(unit_id, on) or unit_on(unit_id, settled_on)
    if unit is None:
        return {}
    if not unit.is_place and unit.parent_id is not None:
        return _standing([unit.parent_id], on)
    place_id = unit.place_id
    if unit.is_place or unit.kind == Organisation.PEOPLES_COMMITTEE:
        place = unit if unit.is_place else unit_on(unit.place_id or 0, settled_on)
        place_id = place.parent_id if place else None
    places = _standing([place_id or 0], on)
    committees = organisations_at(places, kinds=[Organisation.PEOPLES_COMMITTEE], on=on)
    below = {pk for pk, one in units_on(places, on).items() if one.level != Level.COUNTRY}
    return _standing(committees or below, on)  # above a province decide ministers: no unit here


def first_round_for(user: "User", number: str, on: date) -> Petition | None:
    """The first complaint of that number, where `user` receives petitions for who settles the second; nobody else learns of it.

    Who receives for the unit above need not be allowed to read what stands below: who sent it names its number.
    """
    found = Petition.objects.filter(number=number, kind=Kind.COMPLAINT, round=1)
    petition = found.not_against(user).select_related("paper").first()
    if petition is None:
        return None
    above = units_above(petition, on)
    mine = units_granted(user, RECEIVE).filter(unit_id__in=above)
    return petition if mine.exists() else None


def not_above(petition: Petition, on: date) -> str:
    """Why another unit than these takes no second complaint, in a sentence that says which does."""
    names = sorted(units_above(petition, on).values(), key=sort_key)
    if not names:
        return NONE_ABOVE
    return (
        f"Lần hai do cấp trên trực tiếp của nơi giải quyết lần đầu giải quyết: {'; '.join(names)}. Đồng chí vui lòng chọn đơn "
        "vị này."
    )


def _standing(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """Those that stand on a day, and what took over from the others, with their names."""
    asked = set(unit_ids)
    standing = set(units_on(asked, on))
    for ended in asked - standing:
        heirs = [one.id for one in successors_on(ended, on)]
        standing |= set(units_on(heirs, on))
    return last_names(standing, on)
