"""The trend of one indicator, month by month: a chart and the table it is drawn from."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import Truncator

from danvan.desk.board.chart import Chart, Point, draw
from danvan.desk.numbers.wording import (
    big_text,
    figure_text,
    figure_words,
    is_ratio,
    number_url,
    original_text,
)
from danvan.desk.readings import broken_before
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.selectors import Finality, Rolled, finality, indicators_on, series
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.desk.board.scope import Scope
    from danvan.indicators.models import IndicatorVersion
    from danvan.organisations.selectors.breaks import Break

NAME = 44  # letters of the name of a break in the drawing
LONGEST, SHORTEST = 24, 18  # months shown; the older ones only where something is known of them


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the series: the figure, its parts, and how final it is."""

    period: Period
    rolled: Rolled
    text: str
    nature: str
    tone: str
    url: str
    share: str  # of a ratio, to stand beside its parts
    broke: "Break | None" = None  # the change of units that came before this month's figure
    original: str = ""  # of a re-based figure: what the units gave before the break

    @property
    def rebased(self) -> bool:
        """Whether it was brought over from other units by shares."""
        return self.rolled.rebased


@dataclass(frozen=True, slots=True)
class Trend:
    """A series as drawn and as a table, the same numbers in both."""

    version: "IndicatorVersion"
    months: list[Month]
    chart: Chart
    summary: str
    tones: frozenset[str]

    @property
    def ratio(self) -> bool:
        """Whether each figure has a numerator and a denominator."""
        return is_ratio(self.version)

    @property
    def rebased(self) -> bool:
        """Whether any month was brought over from other units by shares."""
        return any(month.rebased for month in self.months)

    @property
    def latest(self) -> list[Month]:
        """The last twelve months, as in the table of an indicator's card."""
        return self.months[-12:]

    @property
    def width(self) -> int:
        """How many columns its table has."""
        return (6 if self.ratio else 4) + self.rebased


def measured_on(day: date) -> list["IndicatorVersion"]:
    """What may be chosen, shares first: they compare units of any size."""
    found = [one for one in indicators_on(day) if one.kind != MeasureKind.QUALITATIVE]
    return sorted(found, key=lambda one: (not is_ratio(one), one.indicator.code))


def chosen(versions: list["IndicatorVersion"], code: str) -> "IndicatorVersion | None":
    """The one asked for, else the first."""
    return next((one for one in versions if one.indicator.code == code), None) or next(
        iter(versions), None
    )


def read_trend(scope: "Scope", version: "IndicatorVersion", until: date) -> Trend:
    """The months up to `until` of one indicator at the place of the board. Queries do not grow with months.

    As it was then the series breaks where the units under the place changed; read on a day it is one series, in
    which re-based months are marked.
    """
    months, reading = _months(until), scope.reading
    figures = series(version.indicator_id, scope.place_id, months, reading=reading)
    final = finality(version.indicator_id, scope.place_id, months, reading=reading)
    known = next((number for number, one in enumerate(figures) if one.asked), len(months))
    last = len(months) if figures[-1].asked else len(months) - 1
    first = min(known, last - SHORTEST)
    broke = broken_before(scope.place_id, months[known:last], reading)
    found = []
    for month, rolled in zip(months[first:last], figures[first:last], strict=True):
        nature, tone = _nature(final.get(month.first))
        found.append(
            Month(
                period=month,
                rolled=rolled,
                text=figure_text(version, rolled),
                share=big_text(version, rolled),
                nature=f"{nature}, quy đổi" if rolled.rebased else nature,
                tone="rebased" if rolled.rebased else tone,
                url=number_url(version.indicator.code, scope.place_id, month, reading=reading),
                broke=broke.get(month.first),
                original=original_text(version, rolled),
            )
        )
    return Trend(version, found, _drawn(version, found), _summary(version, found), _tones(found))


def _months(until: date) -> list[Period]:
    months = [Period.containing(until, Every.MONTH)]
    while len(months) < LONGEST:
        before = date.fromordinal(months[-1].first.toordinal() - 1)
        months.append(Period.containing(before, Every.MONTH))
    return months[::-1]


def _nature(final: Finality | None) -> tuple[str, str]:
    """How final a month is: it is called by the lowest level that any of its values stands at."""
    if final is None or not final.given:
        return "chưa có số liệu", "none"
    if final.estimated:
        return "có số ước", "estimated"
    if final.locked == final.given:
        return "đã chốt", "sure"
    if final.accepted == final.given:
        return "đã duyệt", "sure"
    return "đã gửi, chưa duyệt đủ", "open"


def _drawn(version: "IndicatorVersion", months: list[Month]) -> Chart:
    points = []
    for month in months:
        amount = month.rolled.amount
        words = f"{month.period.label}: {figure_words(version, month.rolled)}, {month.nature}"
        value = None if amount is None else float(amount)
        points.append(Point(_month_words(month.period), value, words, month.tone))
    ratio = is_ratio(version)
    return draw(
        points,
        suffix=" %" if ratio else "",
        top=100 if ratio else None,
        breaks=[
            (
                number,
                f"{format_date(month.broke.day)}: {Truncator(month.broke.title).chars(NAME)}",
                format_date(month.broke.day),
            )
            for number, month in enumerate(months)
            if month.broke
        ],
    )


def _month_words(period: Period) -> str:
    return f"{period.first:%m/%Y}"


def _summary(version: "IndicatorVersion", months: list[Month]) -> str:
    """What the chart shows, for whoever does not see it."""
    known = [month for month in months if month.rolled.asked]
    if not known:
        return f"{version.name}: chưa có số liệu."
    ends = " đến ".join(
        f"{big_text(version, month.rolled)} {month.period.label}" for month in (known[0], known[-1])
    )
    days = [format_date(month.broke.day) for month in months if month.broke]
    tail = f"; chuỗi đứt ngày {', '.join(days)}" if days else ""
    if any(month.rebased for month in months):
        tail += "; có tháng quy đổi"
    return f"{version.name}: từ {ends}{tail}."


def _tones(months: list[Month]) -> frozenset[str]:
    return frozenset(month.tone for month in months)
