"""Whether the units of an act stood on its day; who did not is named, with the units that took over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from danvan.foundation import clock
from danvan.organisations.selectors import (
    last_names,
    names_on,
    organisations_at,
    successors,
)
from danvan.organisations.selectors.spans import UnitLife, lives_of, spans_of
from danvan.vietnamese.dates import format_date


@dataclass(frozen=True, slots=True)
class Standing:
    """The units an act names, as they stood on its day."""

    day: date
    lives: dict[int, UnitLife]
    names: dict[int, str]

    def knows(self, unit_id: int) -> bool:
        """Whether the register holds this unit at all."""
        return unit_id in self.lives

    def name(self, unit_id: int) -> str:
        """What to call the unit in a sentence."""
        return self.names.get(unit_id, "Đơn vị đã chọn")

    def absent(self, unit_id: int) -> str:
        """Why the unit cannot be named on the day, as a sentence; empty where it stood."""
        if not self.knows(unit_id):
            return "không có đơn vị này trong Sổ đơn vị. Đồng chí vui lòng chọn lại."
        life, name = self.lives[unit_id], self.name(unit_id)
        if self.day < life.founded_on:
            return (
                f"{name} chưa thành lập vào ngày {format_date(self.day)} "
                f"(có từ {format_date(life.founded_on)}). Đồng chí vui lòng chọn đơn vị khác."
            )
        if life.ended_on is None or self.day < life.ended_on:
            return ""
        heirs = heirs_of(unit_id, life.ended_on)
        now = (
            f"nay thuộc {', '.join(heirs)}. Đồng chí vui lòng chọn đơn vị tiếp nhận."
            if heirs
            else "chưa ghi nhận đơn vị tiếp nhận. Đồng chí vui lòng chọn đơn vị khác."
        )
        return f"{name} đã kết thúc từ ngày {format_date(life.ended_on)}, {now}"


def heirs_of(unit_id: int, ended_on: date) -> list[str]:
    """The names of the units that took over from one that ended: its own heirs, else those of its kind in
    the places that took over its place.
    """
    own = [kin.name for kin in successors(unit_id)]
    last = next((one for one in spans_of([unit_id]) if one.valid_to == ended_on), None)
    if own or last is None or last.place_id is None:
        return own
    places = [kin.id for kin in successors(last.place_id)] or [last.place_id]
    standing = organisations_at(places, kinds=[last.kind], on=ended_on)
    return list(names_on(standing, ended_on).values())


def standing_of(unit_ids: Collection[int], day: date) -> Standing:
    """The units as they stood on a day. Two queries."""
    return Standing(day, lives_of(unit_ids), last_names(unit_ids, min(day, clock.today())))


def heir_standing(unit_id: int, day: date) -> int:
    """The unit itself where it stands on the day, else the one that took over the larger share, and so on."""
    life = lives_of([unit_id]).get(unit_id)
    while life is not None and life.ended_on is not None and life.ended_on <= day:
        kin = successors(unit_id)
        if not kin:
            break
        unit_id = kin[0].id
        life = lives_of([unit_id]).get(unit_id)
    return unit_id
