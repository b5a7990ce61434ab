"""The brackets by which open work is told to be late, or soon due: parameters of the house, and the conditions they make."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q

from danvan.law.selectors import find_parameters
from danvan.vietnamese.numbers import format_number

KEYS = ("clock.age.soon", "clock.age.first", "clock.age.second", "clock.age.third")
# The late ones are kept by the statistics too, in columns of these names.
LATE = FIRST, SECOND, THIRD, MORE = ("late_week", "late_month", "late_quarter", "late_more")
SOON = "age_soon"
AGES = (SOON, *LATE)
# What a list says it is narrowed to, before the days are known.
LABELS = {
    SOON: "Sắp đến hạn",
    FIRST: "Quá hạn, khung thứ nhất",
    SECOND: "Quá hạn, khung thứ hai",
    THIRD: "Quá hạn, khung thứ ba",
    MORE: "Quá hạn, khung thứ tư",
}


@dataclass(frozen=True, slots=True)
class Brackets:
    """Due within `soon` days; late up to `first` days, up to `second`, up to `third`, and more."""

    soon: int
    first: int
    second: int
    third: int

    def labels(self) -> dict[str, str]:
        """Each in words."""
        first, second, third = (format_number(n) for n in (self.first, self.second, self.third))
        return {
            SOON: f"Đến hạn trong {format_number(self.soon)} ngày",
            FIRST: f"Quá hạn 1–{first} ngày",
            SECOND: f"Quá hạn {format_number(self.first + 1)}–{second} ngày",
            THIRD: f"Quá hạn {format_number(self.second + 1)}–{third} ngày",
            MORE: f"Quá hạn trên {third} ngày",
        }

    def conditions(self, on: date) -> dict[str, Q]:
        """What each holds, of commitments that are not done: by the day by which these are ordered."""
        soon = Q(ordered_by__gte=on, ordered_by__lte=on + timedelta(days=self.soon))
        return {SOON: Q(claimed_on=None) & soon, **self.late(on, "ordered_by")}

    def late(self, on: date, day: str = "due_on") -> dict[str, Q]:
        """What each late one holds, of commitments nobody has said to be done."""
        undone = Q(claimed_on=None)
        ends = [on, *(on - timedelta(days=days) for days in (self.first, self.second, self.third))]
        between = [
            undone & Q(**{f"{day}__lt": end, f"{day}__gte": start}) for end, start in pairwise(ends)
        ]
        return dict(zip(LATE, [*between, undone & Q(**{f"{day}__lt": ends[-1]})], strict=True))


def brackets_on(day: date) -> Brackets | None:
    """The brackets in force on a day; None where they are not set, or do not follow one another. One query."""
    rows = find_parameters(on=day).filter(key__in=KEYS)
    days = {row.key: row.numerator for row in rows}
    if set(days) != set(KEYS):
        return None
    found = Brackets(*(days[key] for key in KEYS))
    return found if 0 < found.first < found.second < found.third else None
