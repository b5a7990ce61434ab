"""What the calendar starts from: the `holidays` library, mended and given its basis by our own files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import holidays

from danvan.law.parameter_file import HERE, lines_of

LAST_BASIS = "Quy tắc của Bộ luật Lao động; chưa có thông báo chính thức cho năm này"


@dataclass(frozen=True, slots=True)
class Seed:
    """One day as the calendar starts with it."""

    day: date
    working: bool
    reason: str
    citation: str
    estimated: bool


def published_years() -> dict[int, str]:
    """Years whose plan is published, with its basis."""
    rows = (line.split("\t") for _, line in lines_of(HERE / "calendar_years.tsv")[1:])
    return {int(year): citation for year, citation in rows}


def seeds(years: Iterable[int]) -> list[Seed]:
    """The named days of these years, in order. Days of a year without a published plan are estimates."""
    wanted = sorted(set(years))
    published = published_years()
    found: dict[date, Seed] = {}
    for day, working, reason in _library(wanted):
        basis = published.get(day.year)
        found[day] = Seed(day, working, reason, basis or LAST_BASIS, basis is None)
    for _, line in lines_of(HERE / "calendar.tsv")[1:]:
        first, worked, reason, citation = line.split("\t")
        day = date.fromisoformat(first)
        if day.year in wanted:
            found[day] = Seed(day, worked == "1", reason, citation, day.year not in published)
    return [found[day] for day in sorted(found)]


def _library(years: list[int]) -> Iterator[tuple[date, bool, str]]:
    known = holidays.country_holidays("VN", language="vi", years=[*years, *(y + 1 for y in years)])
    for day, name in known.items():
        if day.year in years:
            yield day, False, _reason(name)
    for day in known.weekend_workdays:
        if day.year in years:
            swapped = [off for off, name in known.items() if f"{day:%d/%m/%Y}" in name]
            yield day, True, f"Làm bù cho ngày {swapped[0]:%d/%m/%Y}" if swapped else "Làm bù"


def _reason(name: str) -> str:
    # The library counts the days of Tết by a rule that is a day off in short months; the dates are right.
    if ("Tết" in name and "Dương" not in name) or name.startswith("Mùng"):
        return "Tết Nguyên đán"
    return name[:120]
