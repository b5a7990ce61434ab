"""A figure as it was known at a moment beside what it is now, with whose values changed it, and why."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from danvan.desk.numbers.gathering import WHOLE, share_text
from danvan.desk.numbers.sheet import readable
from danvan.desk.numbers.wording import figure_text, number_url, part_text
from danvan.desk.readings import DOC, code_of
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators.selectors import Moved, PartSince, Since, changed_since, indicators_on
from danvan.organisations.selectors import KNOWN_FROM, last_names
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.reporting.selectors import SOURCE, SentWith, WhySent, sent_with, why_sent
from danvan.vietnamese.dates import format_date, parse_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion, Value

DAYS_BACK = 7  # offered; whoever asks may write another day
FROM = "tu"  # the name of the moment in the address
SHOWN = 200  # of one indicator on the page; a sheet has all


@dataclass(frozen=True, slots=True)
class Line:
    """One value that was given otherwise. `report_url` is empty where there is no report that the reader may open."""

    unit: str
    month: str
    old: str
    new: str
    difference: str
    share: str
    by: str
    at: datetime | None
    act: str
    why: str
    decided_by: str
    report_url: str
    figure_url: str


@dataclass(frozen=True, slots=True)
class PartChanged:
    """One plain indicator: its figures and the lines that moved them."""

    part: PartSince
    then: str
    now: str
    difference: str
    total: str
    lines: list[Line]

    @property
    def shown(self) -> list[Line]:
        """The lines that the page has room for."""
        return self.lines[:SHOWN]


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure held against itself at a moment, as one reader may read it."""

    version: "IndicatorVersion"
    unit_id: int
    unit: str
    period: Period
    reading: Reading
    since: Since
    parts: list[PartChanged]

    @property
    def then(self) -> str:
        """What was known."""
        return figure_text(self.version, self.since.then)

    @property
    def now(self) -> str:
        """What is known now."""
        return figure_text(self.version, self.since.now)

    @property
    def difference(self) -> str:
        """By how much it moved."""
        return signed(self.version, self.since.difference)

    @property
    def count(self) -> int:
        """How many values were given otherwise."""
        return len(self.since.moved)

    @property
    def units(self) -> int:
        """How many units gave them."""
        return len({one.unit_id for one in self.since.moved})

    @property
    def figure_url(self) -> str:
        """Where the figure of now opens."""
        return number_url(
            self.version.indicator.code, self.unit_id, self.period, reading=self.reading
        )


def moment_asked(text: str | None) -> tuple[datetime, str]:
    """The moment in the address: the end of a day, or an instant as a page of ours writes it; a week ago where there
    is none. And a sentence where it is no such moment.
    """
    today = clock.today()
    offered = _end_of(today - timedelta(days=DAYS_BACK))
    said = (text or "").strip()
    if not said:
        return offered, ""
    try:
        at = datetime.fromisoformat(said) if "T" in said else _end_of(parse_date(said))
        at = timezone.make_aware(at) if timezone.is_naive(at) else at
        day = timezone.localdate(at)
    except (ValueError, OverflowError) as wrong:
        words = str(wrong) if "T" not in said else "Đồng chí vui lòng ghi ngày dạng ngày/tháng/năm."
        return offered, words
    if not KNOWN_FROM <= day <= today:
        words = f"Đồng chí vui lòng chọn một ngày từ {format_date(KNOWN_FROM)} đến {format_date(today)}."
        return offered, words
    return at, ""


def changes_url(
    code: str, unit_id: int, period: Period, reading: Reading = THEN, since: datetime | None = None
) -> str:
    """The page that tells what changed in a figure since a moment."""
    asked: dict[str, str | int] = {"chi_so": code, "don_vi": unit_id, "ky": period.code}
    if said := code_of(reading):
        asked[DOC] = said
    if since is not None:
        asked[FROM] = since.isoformat()
    return f"{reverse('desk:number-changes')}?{urlencode(asked)}"


def read_changes(
    user: "User", code: str, unit_id: int, period: Period, *, moment: datetime, reading: Reading
) -> Changed | None:
    """What changed in a figure as `user` may read it; None where it is out of reach or nobody measures it.

    Queries do not grow with the values.
    """
    day = min(clock.today(), period.last)
    version = next((one for one in indicators_on(day) if one.indicator.code == code), None)
    place_id = readable(user, unit_id)
    if version is None or place_id is None:
        return None
    since = changed_since(version.indicator_id, place_id, period, moment=moment, reading=reading)
    moved = since.moved
    sources = {one.new.source_id for one in moved if one.new and one.new.source_kind == SOURCE} - {
        None
    }
    ids = sorted(pk for pk in sources if pk is not None)
    told = _Told(
        names=last_names({place_id, *(one.unit_id for one in moved)}, clock.today()),
        sent=sent_with(user, ids),
        why=why_sent(ids),
        reading=reading,
    )
    return Changed(
        version=version,
        unit_id=place_id,
        unit=told.names.get(place_id, ""),
        period=period,
        reading=reading,
        since=since,
        parts=[_part(one, told) for one in since.parts],
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lines say of units and reports."""

    names: dict[int, str]
    sent: dict[int, SentWith]
    why: dict[int, WhySent]
    reading: Reading

    def line(self, moved: Moved, version: "IndicatorVersion") -> Line:
        """One value that changed."""
        new = moved.new
        source = new.source_id if new and new.source_kind == SOURCE else None
        sent, why = self.sent.get(source or 0), self.why.get(source or 0)
        month = Period.starting(moved.first, Every.MONTH)
        decision = why.decision if why else None
        return Line(
            unit=self.names.get(moved.unit_id, ""),
            month=month.label,
            old=_value_text(moved.old, version, "chưa gửi"),
            new=_value_text(new, version, "không còn tính vào kỳ"),
            difference=signed(version, moved.difference),
            share="" if moved.share == WHOLE else share_text(moved.share),
            by=str(new.entered_by) if new and new.entered_by else "",
            at=new.entered_at if new else None,
            act=why.label if why else _without_report(moved),
            why=decision.words if decision else "",
            decided_by=str(decision.by) if decision and decision.by else "",
            report_url=_report_url(sent) if sent else "",
            figure_url=number_url(version.indicator.code, moved.unit_id, month),
        )


def _without_report(moved: Moved) -> str:
    if moved.new is None:
        return "Có số của tháng sau thay"
    return "Nhập từ nguồn khác, thay bản trước" if moved.new.vintage > 1 else "Nhập từ nguồn khác"


def _report_url(sent: SentWith) -> str:
    """The difference of the vintages where there are two, else the report."""
    if sent.vintage == 1:
        return reverse("reporting:report", args=[sent.obligation_id])
    page = reverse("reporting:differences", args=[sent.obligation_id])
    return f"{page}?{urlencode({'den': sent.vintage})}"


def _part(part: PartSince, told: _Told) -> PartChanged:
    version = part.version
    gap = None
    if part.then.exact is not None and part.now.exact is not None:
        gap = (part.now.amount or Decimal(0)) - (part.then.amount or Decimal(0))
    return PartChanged(
        part=part,
        then=figure_text(version, part.then),
        now=figure_text(version, part.now),
        difference=signed(version, gap),
        total=signed(version, part.total) if part.adds_up else "",
        lines=[told.line(one, version) for one in part.moved],
    )


def signed(version: "IndicatorVersion", amount: Decimal | None) -> str:
    """A difference with its sign; a dash where it is not known."""
    if amount is None:
        return "–"
    whole = amount == amount.to_integral_value() or version.places
    text = format_number(amount, version.places) if whole else part_text(amount)
    return f"+{text}" if amount > 0 else text


def _value_text(value: "Value | None", version: "IndicatorVersion", absent: str) -> str:
    if value is None:
        return absent
    if value.step is not None:
        return value.step.name
    if value.amount is None:
        return "không có số liệu"
    return format_number(value.amount, version.places)


def _end_of(day: date) -> datetime:
    """The last moment of a day in Viet Nam."""
    return timezone.make_aware(datetime.combine(day, time.max))
