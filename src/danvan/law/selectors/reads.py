"""Reads of the law: what a parameter was on a day, whether a day is worked, when a term ends."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from danvan.law.clock_words import term_words
from danvan.law.enums import DURATIONS, Measure
from danvan.law.errors import NotADuration, UnknownParameter
from danvan.law.models import CalendarDay, CalendarVersion, LegalParameter
from danvan.law.terms import due, nominal
from danvan.law.tracing import DayRead, trace
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import fold

FIRST_YEAR, LAST_YEAR, LONGEST = 1900, 2200, 40_000
OF_CLOCKS = "clock."  # how clocks themselves are kept


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day to act, how it was counted in words (`trace` in full, `words` in one line), and what it was counted with.

    `estimated`: the count passed days that no published plan covers, so the day may still move.
    `parameter` is the row of the law it came from, where it came from one.
    """

    due_on: date
    trace: str
    calendar_version: int
    words: str = ""
    estimated: bool = False
    parameter: LegalParameter | None = None


@dataclass(slots=True)
class Calendar:
    """The calendar as it stood in one version; each year is read once, when it is first asked for."""

    version: int
    _years: dict[int, dict[date, DayRead]] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)

    def read(self, day: date) -> DayRead:
        """The day as the calendar has it; days without a row follow the week."""
        self.asked.add(day.year)
        named = self.year(day.year).get(day)
        return named or DayRead(day, day.weekday() < 5)

    def works(self, day: date) -> bool:
        """Whether the day is worked."""
        return self.read(day).working

    def with_days(self, changed: Iterable[DayRead]) -> "Calendar":
        """The same calendar, were these days otherwise: to foresee what a change would move."""
        other = Calendar(self.version, {year: dict(days) for year, days in self._years.items()})
        for one in changed:
            self.year(one.day.year)
            other._years.setdefault(one.day.year, dict(self._years[one.day.year]))[one.day] = one
        return other

    def year(self, year: int) -> dict[date, DayRead]:
        """The named days of one year; none where it was never loaded."""
        if year not in self._years:
            rows = CalendarDay.objects.filter(
                Q(replaced_in=None) | Q(replaced_in__number__gt=self.version),
                made_in__number__lte=self.version,
                day__range=(date(year, 1, 1), date(year, 12, 31)),
            ).order_by("day")
            told = rows.values_list("day", "working", "reason", "estimated")
            self._years[year] = {one[0]: DayRead(*one) for one in told}
        return self._years[year]

    def unknown_years(self) -> list[int]:
        """Years that were asked about without a loaded calendar."""
        return sorted(year for year in self.asked if not self.year(year))

    def estimated_years(self) -> list[int]:
        """Years that were asked about whose plan is not published."""
        return sorted(
            year for year in self.asked if any(one.estimated for one in self.year(year).values())
        )


def calendar_on(day: date | None = None) -> Calendar:
    """The calendar as it stands, or as it stood at the end of `day`."""
    versions = CalendarVersion.objects.all()
    if day is not None:
        end = timezone.make_aware(datetime.combine(day, time.max))
        versions = versions.filter(made_at__lte=end)
    return Calendar(versions.aggregate(last=Max("number"))["last"] or 0)


def is_covered(year: int) -> bool:
    """Whether the calendar of a year was loaded."""
    return CalendarDay.objects.filter(
        replaced_in=None, corrected=False, day__range=(date(year, 1, 1), date(year, 12, 31))
    ).exists()


def is_working(day: date, *, on: date | None = None) -> bool:
    """Whether offices work on `day`, by the calendar as it stands or as it stood `on` a day."""
    return calendar_on(on).works(day)


def deadline(start: date, n: int, unit: str, *, on: date | None = None) -> Deadline:
    """The last day of a term of `n` days (D), working days (WD), months (M) or years (Y) after `start`.

    The day of the event itself is not counted; a term that ends on a day off ends with the next working
    day. `D before` and `WD before` count back from an event to the latest day to act. `on` counts by the
    calendar as it stood then. Raises NotADuration for what is no term. Source: Bộ luật Dân sự 2015
    Điều 147, 148.
    """
    if unit not in DURATIONS:
        label = dict(Measure.choices).get(unit, unit)
        raise NotADuration(
            f"“{label}” không phải đơn vị của một thời hạn, nên không tính ra ngày được. Đồng chí vui"
            " lòng dùng ngày, ngày làm việc, tháng hoặc năm."
        )
    if not 0 <= n <= LONGEST or not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise NotADuration(
            f"Thời hạn phải từ 0 đến {LONGEST} và tính từ một ngày của các năm {FIRST_YEAR} đến"
            f" {LAST_YEAR}. Đồng chí vui lòng kiểm tra lại."
        )
    counted, back = DURATIONS[unit]
    if (counted == Measure.YEARS and n > LAST_YEAR) or (counted == Measure.MONTHS and n > 12 * 500):
        raise NotADuration("Thời hạn dài quá 500 năm. Đồng chí vui lòng kiểm tra lại.")
    calendar = calendar_on(on)
    last = due(start, n, counted, calendar.works, back=back)
    told = trace(start, n, counted, last, calendar.read, back=back)
    end = last if counted == Measure.WORKING_DAYS else nominal(start, n, counted, back=back)
    unknown, estimated = calendar.unknown_years(), calendar.estimated_years()
    return Deadline(
        due_on=last,
        trace=told + _doubt(unknown, estimated),
        calendar_version=calendar.version,
        words=term_words(start, n, counted, last, end, calendar.works, back=back),
        estimated=bool(unknown or estimated),
    )


def _doubt(unknown: list[int], estimated: list[int]) -> str:
    parts = []
    if estimated:
        parts.append(f"lịch nghỉ năm {_years(estimated)} là dự kiến")
    if unknown:
        parts.append(f"chưa có lịch nghỉ năm {_years(unknown)}, tạm tính theo Thứ Bảy, Chủ nhật")
    return f" ({'; '.join(parts)})" if parts else ""


def _years(years: list[int]) -> str:
    return ", ".join(map(str, years))


def parameter(key: str, *, on: date) -> LegalParameter:
    """The row of a legal parameter in force on one day. Raises UnknownParameter."""
    found = current_parameters().filter(_in_force(on), key=key).first()
    if found is None:
        raise UnknownParameter(
            f"Chưa có tham số pháp luật “{key}” có hiệu lực ngày {format_date(on)}. Đồng chí vui lòng"
            " đề nghị người vận hành nạp lại bằng lệnh danvan law load."
        )
    return found


def parameters(keys: Collection[str], *, on: date) -> dict[str, LegalParameter]:
    """The rows of these parameters in force on one day; what has none is left out. One query."""
    rows = current_parameters().filter(_in_force(on), key__in=keys)
    return {one.key: one for one in rows}


def deadline_by(key: str, start: date, *, on: date | None = None) -> Deadline:
    """The deadline that a legal parameter sets for an event on `start`, by the law in force on that day.

    Raises UnknownParameter, or NotADuration where the parameter is a number of something else.
    """
    row = parameter(key, on=start)
    if row.denominator != 1:
        raise NotADuration(
            f"Tham số “{row.title}” là một tỷ lệ, không phải thời hạn. Đồng chí vui lòng chọn tham"
            " số khác."
        )
    found = deadline(start, row.numerator, row.unit, on=on)
    return Deadline(
        due_on=found.due_on,
        trace=f"{found.trace}. Căn cứ: {row.citation}",
        calendar_version=found.calendar_version,
        words=found.words,
        estimated=found.estimated,
        parameter=row,
    )


def current_parameters() -> QuerySet[LegalParameter]:
    """Every row that was not replaced, in force or not."""
    return LegalParameter.objects.filter(replaced_on=None)


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def find_parameters(words: str = "", *, on: date | None = None) -> QuerySet[LegalParameter]:
    """Rows whose key, title, scope or citation hold every one of `words`, tones aside; in force `on` a day."""
    found = current_parameters()
    if on is not None:
        found = found.filter(_in_force(on))
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    return found


def telephones(prefix: str, *, on: date) -> list[LegalParameter]:
    """Telephone numbers whose key begins so, in force on a day, in the order of their keys: `numerator` is the number."""
    rows = current_parameters().filter(
        _in_force(on), key__startswith=prefix, unit=Measure.TELEPHONE
    )
    return list(rows.order_by("key"))


def every_parameter() -> QuerySet[LegalParameter]:
    """Every row there ever was, replaced ones too."""
    return LegalParameter.objects.all()


def history_of(key: str) -> QuerySet[LegalParameter]:
    """Every row there ever was of one key, replaced ones too, newest law first."""
    return LegalParameter.objects.filter(key=key).order_by("-valid_from", "-pk")


def duration_parameters(*, on: date) -> QuerySet[LegalParameter]:
    """Rows in force on a day that a deadline can be counted from."""
    return find_parameters(on=on).filter(unit__in=list(DURATIONS), denominator=1).order_by("title")


def term_choices(*, on: date) -> list[tuple[str, str]]:
    """The numbers of the law that a day can be counted from, after an event: key and words. One query."""
    forward = [key for key, (_, back) in DURATIONS.items() if not back]
    rows = duration_parameters(on=on).filter(unit__in=forward).exclude(key__startswith=OF_CLOCKS)
    return [(one.key, f"{one.title}: {one.value} ({one.citation})") for one in rows]


def calendar_days(year: int) -> QuerySet[CalendarDay]:
    """The named days of a year as the calendar stands."""
    return CalendarDay.objects.filter(
        replaced_in=None, day__range=(date(year, 1, 1), date(year, 12, 31))
    ).select_related("made_in")


def calendar_years() -> list[int]:
    """Years that have a calendar, in order."""
    days = CalendarDay.objects.filter(replaced_in=None, corrected=False)
    return sorted({day.year for day in days.dates("day", "year")})


def versions(limit: int = 20) -> Iterable[CalendarVersion]:
    """The last versions of the calendar, newest first, with how many deadlines each moved (`moved`)."""
    return CalendarVersion.objects.annotate(moved=Count("moves")).order_by("-number")[:limit]
