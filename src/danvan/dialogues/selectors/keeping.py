"""Which rules each host kept in a year: told in time, concluded in time, led by its head. Unknown is not counted."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from danvan.dialogues.enums import ISSUE, NOTICE, Led
from danvan.dialogues.models import Dialogue
from danvan.law.selectors import last_days


@dataclass(slots=True)
class Share:
    """How many kept a rule, of those of which it is known."""

    kept: int = 0
    known: int = 0

    def count(self, *, kept: bool | None) -> None:
        """One more; None is not known and counts nowhere."""
        if kept is not None:
            self.known += 1
            self.kept += kept


@dataclass(slots=True)
class Keeping:
    """What one host kept."""

    noticed: Share = field(default_factory=Share)
    issued: Share = field(default_factory=Share)
    led: Share = field(default_factory=Share)


def keeping_of(held: Collection[Dialogue], *, on: date) -> dict[int, Keeping]:
    """By host on the day of the dialogue. The same few queries for any number of dialogues."""
    days = {one.held_on for one in held}
    told_by, issued_by = last_days(NOTICE, days), last_days(ISSUE, days)
    found: defaultdict[int, Keeping] = defaultdict(Keeping)
    for one in held:
        line = found[one.host_on(one.held_on)]
        line.noticed.count(kept=told_in_time(one, told_by.get(one.held_on)))
        line.issued.count(kept=issued_in_time(one, issued_by.get(one.held_on), on=on))
        line.led.count(kept=one.led == Led.HEAD if one.led else None)
    return dict(found)


def told_in_time(one: Dialogue, last: date | None) -> bool | None:
    """Whether the people were told in time; None where no row of the law says when."""
    if last is None:
        return None
    return one.noticed_on is not None and one.noticed_on <= last


def issued_in_time(one: Dialogue, last: date | None, *, on: date) -> bool | None:
    """Whether the notice of conclusions came in time; None while it may still come, or where no row says when."""
    if last is None or (one.concluded_on is None and on <= last):
        return None
    return one.concluded_on is not None and one.concluded_on <= last
