"""Which unit of the register a uid means on a day."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from danvan.exchange.counterparts import SYSTEM, Counterparts
from danvan.organisations.selectors.spans import CodeHeld, codes_held


@dataclass(frozen=True, slots=True)
class UnitsMeant:
    """Who carried what stands for each uid, and when. A code passes from unit to unit as the register changes."""

    holders: dict[str, list[CodeHeld]]

    def on(self, uid: str, day: date) -> int | None:
        """The unit meant by a uid on a day."""
        held = [one.unit_id for one in self.holders.get(uid, ()) if one.holds_on(day)]
        return held[-1] if held else None

    def last(self, uid: str) -> int | None:
        """The unit meant by a uid at last."""
        held = self.holders.get(uid)
        return held[-1].unit_id if held else None


def units_meant(uids: Collection[str], table: Counterparts) -> UnitsMeant:
    """Who is meant by these uids: by the table where it names them, else by their own code. Two queries."""
    ours = {uid: table.units[uid] for uid in uids if uid in table.units}
    by_code: dict[str, list[CodeHeld]] = defaultdict(list)
    for one in codes_held(set(ours.values())):
        by_code[one.code].append(one)
    found: dict[str, list[CodeHeld]] = {uid: by_code[code] for uid, code in ours.items()}
    for one in codes_held([uid for uid in uids if uid not in ours], system=SYSTEM):
        found.setdefault(one.code, []).append(one)
    return UnitsMeant(found)
