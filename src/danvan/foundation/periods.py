"""Calendar periods as people write them: a year, a half-year, a quarter, a month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Every(StrEnum):
    """How often something is due."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


MONTHS = {Every.YEAR: 12, Every.HALF: 6, Every.QUARTER: 3, Every.MONTH: 1}
_CODE = re.compile(r"(\d{4})(?:-(?:(H)([12])|(Q)([1-4])|(\d{2})))?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `first` up to but not including `end`."""

    first: date
    end: date
    every: Every

    @classmethod
    def starting(cls, first: date, every: Every) -> Period:
        """The period of this kind that begins on `first` (the first day of a month)."""
        months = first.year * 12 + first.month - 1 + MONTHS[every]
        return cls(first, date(months // 12, months % 12 + 1, 1), every)

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read `2026`, `2026-H1`, `2026-Q3` or `2026-07`. Raises ValueError on anything else."""
        found = _CODE.match(code.strip())
        if not found or not 1900 <= int(found[1]) <= 2200:
            raise ValueError(
                f"“{code}” không phải là một kỳ; viết 2026, 2026-H1, 2026-Q3 hoặc 2026-07."
            )
        year = int(found[1])
        if found[2]:
            return cls.starting(date(year, 6 * int(found[3]) - 5, 1), Every.HALF)
        if found[4]:
            return cls.starting(date(year, 3 * int(found[5]) - 2, 1), Every.QUARTER)
        if found[6]:
            if not 1 <= int(found[6]) <= 12:
                raise ValueError(f"“{code}” không có tháng {found[6]}; tháng viết từ 01 đến 12.")
            return cls.starting(date(year, int(found[6]), 1), Every.MONTH)
        return cls.starting(date(year, 1, 1), Every.YEAR)

    @classmethod
    def containing(cls, day: date, every: Every) -> Period:
        """The period of this kind that holds `day`."""
        span = MONTHS[every]
        return cls.starting(date(day.year, (day.month - 1) // span * span + 1, 1), every)

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.end - timedelta(days=1)

    @property
    def code(self) -> str:
        """`2026`, `2026-H1`, `2026-Q3` or `2026-07`."""
        part = {
            Every.YEAR: "",
            Every.HALF: f"-H{(self.first.month + 5) // 6}",
            Every.QUARTER: f"-Q{(self.first.month + 2) // 3}",
            Every.MONTH: f"-{self.first.month:02}",
        }
        return f"{self.first.year}{part[self.every]}"

    @property
    def label(self) -> str:
        """As people say it: năm 2026, 6 tháng đầu năm 2026, quý III/2026, tháng 7/2026."""
        year = self.first.year
        if self.every is Every.YEAR:
            return f"năm {year}"
        if self.every is Every.HALF:
            return f"6 tháng {'đầu' if self.first.month == 1 else 'cuối'} năm {year}"
        if self.every is Every.QUARTER:
            return f"quý {('I', 'II', 'III', 'IV')[self.first.month // 3]}/{year}"
        return f"tháng {self.first.month}/{year}"

    def parts(self, every: Every) -> list[Period]:
        """The smaller periods of this kind inside it, in order; itself where it is no larger."""
        if MONTHS[every] >= MONTHS[self.every]:
            return [self]
        found, first = [], self.first
        while first < self.end:
            part = Period.starting(first, every)
            found.append(part)
            first = part.end
        return found

    def until(self, day: date) -> Period:
        """The period so far: up to and with `day`, never beyond its own end."""
        return Period(self.first, min(self.end, day + timedelta(days=1)), self.every)

    @classmethod
    def spanning(cls, parts: Sequence[Period]) -> Period:
        """One span over parts that follow one another, of which there is at least one."""
        return cls(parts[0].first, parts[-1].end, parts[0].every)

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end

    def __str__(self) -> str:
        return self.label
