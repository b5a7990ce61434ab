"""How much of a term is still to run, from which day: what pauses take out and extensions add."""

from dataclasses import dataclass, replace
from datetime import date

from danvan.law.enums import DURATIONS, Measure
from danvan.law.errors import ClockRefused, NotADuration
from danvan.law.terms import DAY, Working, count_working, next_working, nominal

LONGEST = {
    Measure.DAYS: 36_500,
    Measure.WORKING_DAYS: 26_000,
    Measure.MONTHS: 1_200,
    Measure.YEARS: 100,
}
LABELS = {
    Measure.DAYS: "ngày",
    Measure.WORKING_DAYS: "ngày làm việc",
    Measure.MONTHS: "tháng",
    Measure.YEARS: "năm",
}


@dataclass(frozen=True, slots=True)
class Leg:
    """So many days, working days or months. Days may be owed: below none after a pause late in the term."""

    n: int
    counted: str

    def end(self, day: date, working: Working) -> date:
        """Where it ends, counted from `day`, before days off are looked at."""
        if self.counted == Measure.WORKING_DAYS:
            return count_working(day, self.n, working) if self.n > 0 else day
        return nominal(day, self.n, self.counted)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a rule states it: 07 ngày làm việc, 30 ngày, 02 tháng."""

    n: int
    counted: str

    def __post_init__(self) -> None:
        measure, back = DURATIONS.get(self.counted, ("", True))
        if back:
            raise NotADuration(
                "Đồng hồ chỉ đếm ngày, ngày làm việc, tháng hoặc năm sau một sự kiện. Đồng chí vui lòng"
                " chọn đơn vị khác."
            )
        if not 1 <= self.n <= LONGEST[Measure(measure)]:
            raise NotADuration(
                f"Thời hạn phải từ 01 đến {LONGEST[Measure(measure)]} {LABELS[Measure(measure)]}. Đồng"
                " chí vui lòng kiểm tra lại."
            )

    def __str__(self) -> str:
        return f"{self.n:02} {LABELS[Measure(DURATIONS[self.counted][0])]}"

    def leg(self) -> Leg:
        """As it is counted: a year is twelve months."""
        measure = DURATIONS[self.counted][0]
        if measure == Measure.YEARS:
            return Leg(12 * self.n, Measure.MONTHS)
        return Leg(self.n, measure)


@dataclass(frozen=True, slots=True)
class Course:
    """What is still to be counted after `anchor`, leg by leg. `fixed` is an end that a document names instead.

    `floor`: the day of the last resuming; nothing ends before it.
    """

    anchor: date
    legs: tuple[Leg, ...]
    fixed: date | None = None
    floor: date | None = None

    def end(self, working: Working) -> date:
        """Where it ends before days off are looked at."""
        if self.fixed is not None:
            return self.fixed
        day = self.anchor
        for leg in self.legs:
            day = leg.end(day, working)
        return day

    def due(self, working: Working) -> date:
        """The last day. A day that a document names stays as it was named; every other rolls off a day off."""
        if self.fixed is not None:
            return self.fixed
        end = self.end(working)
        return next_working(max(end, self.floor) if self.floor else end, working)

    def held(self, on: date, until: date, working: Working) -> "Course":
        """The same course after a pause; one that began after the end, or took no day, changes nothing."""
        if until <= on or on > self.due(working):
            return self
        if self.fixed is not None:
            return Course(until, (Leg((self.fixed - on).days, Measure.DAYS),), floor=until)
        place, day = 0, self.anchor
        while place + 1 < len(self.legs) and (end := self.legs[place].end(day, working)) <= on:
            place, day = place + 1, end
        leg = self.legs[place]
        rest = _rest(leg, day, on, leg.end(day, working), working)
        return Course(until, (rest, *self.legs[place + 1 :]), floor=until)

    def longer(self, more: Term | None, until: date | None) -> "Course":
        """The same course with more time, or with the day that a document names."""
        if until is not None:
            return replace(self, fixed=until)
        if more is None:
            raise ClockRefused("Đồng chí vui lòng ghi số ngày được thêm hoặc hạn mới.")
        leg = more.leg()
        if self.fixed is not None:
            return Course(self.fixed, (leg,), floor=self.floor)
        tail = self.legs[-1]
        if tail.counted == leg.counted:
            return replace(self, legs=(*self.legs[:-1], Leg(tail.n + leg.n, leg.counted)))
        kept = replace(tail, n=max(tail.n, 0))
        return replace(self, legs=(*self.legs[:-1], kept, leg))


def _rest(leg: Leg, day: date, on: date, end: date, working: Working) -> Leg:
    """What of a leg that runs from `day` to `end` is left after `on`; of months, the days."""
    if leg.counted == Measure.WORKING_DAYS:
        return Leg(leg.n - worked_between(day, on, working), leg.counted)
    return Leg((end - on).days, Measure.DAYS)


def worked_between(after: date, last: date, working: Working) -> int:
    """Working days after one day up to and with another."""
    return sum(working(after + k * DAY) for k in range(1, (last - after).days + 1))
