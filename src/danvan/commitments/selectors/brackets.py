"""The brackets by which open work is told to be late, or soon due: parameters of the house, and the conditions they make."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from danvan.law.selectors import find_parameters
from danvan.vietnamese.numbers import format_number

KEYS = ("clock.age.soon", "clock.age.first", "clock.age.second")
SOON, FIRST, SECOND, MORE = AGES = ("age_soon", "age_first", "age_second", "age_more")
# What a list says it is narrowed to, before the days are known.
LABELS = {
    SOON: "Sắp đến hạn",
    FIRST: "Quá hạn, khung thứ nhất",
    SECOND: "Quá hạn, khung thứ hai",
    MORE: "Quá hạn, khung thứ ba",
}


@dataclass(frozen=True, slots=True)
class Brackets:
    """Due within `soon` days; late up to `first` days, up to `second` days, and more."""

    soon: int
    first: int
    second: int

    def labels(self) -> dict[str, str]:
        """Each in words."""
        first, second = format_number(self.first), format_number(self.second)
        return {
            SOON: f"Đến hạn trong {format_number(self.soon)} ngày",
            FIRST: f"Quá hạn 1–{first} ngày",
            SECOND: f"Quá hạn {format_number(self.first + 1)}–{second} ngày",
            MORE: f"Quá hạn trên {second} ngày",
        }

    def conditions(self, on: date) -> dict[str, Q]:
        """What each holds, of commitments nobody has said to be done."""
        ends = [on - timedelta(days=days) for days in (self.first, self.second)]
        undone = Q(claimed_on=None)
        return {
            SOON: undone & Q(ordered_by__gte=on, ordered_by__lte=on + timedelta(days=self.soon)),
            FIRST: undone & Q(ordered_by__lt=on, ordered_by__gte=ends[0]),
            SECOND: undone & Q(ordered_by__lt=ends[0], ordered_by__gte=ends[1]),
            MORE: undone & Q(ordered_by__lt=ends[1]),
        }


def brackets_on(day: date) -> Brackets | None:
    """The brackets in force on a day; None where they are not set, or do not follow one another. One query."""
    rows = find_parameters(on=day).filter(key__in=KEYS)
    days = {row.key: row.numerator for row in rows}
    if set(days) != set(KEYS):
        return None
    soon, first, second = (days[key] for key in KEYS)
    return Brackets(soon, first, second) if 0 < first < second else None
