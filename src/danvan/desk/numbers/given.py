"""What one unit gave: each value with its vintages, origin and report; the records and files behind it."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.urls import reverse

from danvan.desk.numbers.gathering import WHOLE, Contribution, gathered, share_text
from danvan.desk.numbers.wording import APPROVALS, ORIGINS, number_url, part_text
from danvan.desk.records import RecordLine, record_lines
from danvan.foundation.periods import Every, Period
from danvan.indicators import counters
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.selectors import records_offered, shares_behind, vintages_of
from danvan.organisations.selectors import last_names
from danvan.reporting.selectors import SOURCE, SentWith, sent_with
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.desk.numbers.sheet import Sheet
    from danvan.indicators.models import IndicatorVersion, Value

MOST = 200  # values or records shown; a unit of one commune has fewer in a year


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value as given. `sent` is the report it came with, None where there is none the reader may open."""

    value: "Value"
    month: Period
    unit: str
    text: str
    origin: str
    estimated: bool
    approval: str
    tone: str
    icon: str
    sent: SentWith | None
    report_url: str
    month_url: str
    share: Fraction = WHOLE  # of it that is in the figure
    counted: str = ""  # so much, where that is not all of it

    @property
    def share_text(self) -> str:
        """The share in words."""
        return share_text(self.share)

    @property
    def by(self) -> str:
        """Who entered it."""
        return str(self.value.entered_by) if self.value.entered_by else ""


@dataclass(frozen=True, slots=True)
class File:
    """A file behind the figure."""

    name: str
    url: str
    of: str  # the report or record it belongs to


@dataclass(frozen=True, slots=True)
class Given:
    """The values behind a figure of one unit, and what stands behind them."""

    lines: list[ValueLine]  # those that count, the latest month first
    older: list[ValueLine]  # the vintages before, of a single month
    counted: str  # what the records count; empty where nothing counts them
    records: list[RecordLine]
    files: list[File] = field(default_factory=list)
    origins: list[Contribution] = field(default_factory=list)  # where units were reorganised

    @property
    def quantity(self) -> int:
        """What the records add up to now."""
        return sum(line.record.quantity for line in self.records)

    @property
    def hidden(self) -> int:
        """How many records the reader may not open."""
        return sum(not line.readable for line in self.records)


def read_given(user: "User", sheet: "Sheet") -> Given:
    """The values, records and files behind a figure of one unit. Queries do not grow with any of them."""
    version, unit_id, period = sheet.version, sheet.unit.id, sheet.period
    shares = shares_behind(
        version.indicator_id, unit_id, period, level=sheet.level, reading=sheet.reading
    )
    values = list(
        sheet.behind.select_related("entered_by", "step").order_by("-first", "indicator_id")[:MOST]
    )
    older = _older(version, values, unit_id, period)
    reports = sent_with(user, _submissions([*values, *older]))
    names = last_names({one.unit_id for one in values}, sheet.as_of)
    lines = [
        _line(one, version, reports, names, sheet, shares.get(one.pk, WHOLE)) for one in values
    ]
    records = record_lines(user, _records(version, unit_id, period))
    return Given(
        lines=lines,
        older=[_line(one, version, reports, names, sheet) for one in older],
        counted=_counted(version),
        records=records,
        files=[*_sent_files(lines), *_record_files(records)],
        origins=gathered(sheet, [unit_id]).get(unit_id, []),
    )


def _older(
    version: "IndicatorVersion", values: list["Value"], unit_id: int, period: Period
) -> list["Value"]:
    """The vintages before the one that counts; told where the figure is one value of one month."""
    if (
        period.every != Every.MONTH
        or len(values) != 1
        or values[0].indicator_id != version.indicator_id
    ):
        return []
    return [
        one
        for one in vintages_of(version.indicator_id, values[0].unit_id, period)
        if not one.current
    ]


def _submissions(values: list["Value"]) -> set[int]:
    return {
        one.source_id for one in values if one.source_kind == SOURCE and one.source_id is not None
    }


def _line(
    value: "Value",
    version: "IndicatorVersion",
    reports: dict[int, SentWith],
    names: dict[int, str],
    sheet: "Sheet",
    share: Fraction = WHOLE,
) -> ValueLine:
    sent = reports.get(value.source_id or 0) if value.source_kind == SOURCE else None
    month = Period.containing(value.first, Every.MONTH)
    tone, icon = APPROVALS[Approval(value.level)]
    amount = value.amount
    return ValueLine(
        value=value,
        month=month,
        unit=names.get(value.unit_id, ""),
        text=_said(value, version),
        origin=ORIGINS[Origin(value.origin)],
        estimated=value.origin == Origin.ESTIMATED,
        approval=str(Approval(value.level).label),
        tone=tone,
        icon=icon,
        sent=sent,
        report_url=reverse("reporting:report", args=[sent.obligation_id]) if sent else "",
        month_url=number_url(version.indicator.code, value.unit_id, month, sheet.level),
        share=share,
        counted="" if amount is None or share == WHOLE else part_text(_part(amount, share)),
    )


def _said(value: "Value", version: "IndicatorVersion") -> str:
    """The amount, or the step of a scale."""
    if value.step is not None:
        return value.step.name
    return (
        "không có số liệu" if value.amount is None else format_number(value.amount, version.places)
    )


def _part(amount: Decimal, share: Fraction) -> Decimal:
    part = Fraction(amount) * share
    return Decimal(part.numerator) / Decimal(part.denominator)


def _counted(version: "IndicatorVersion") -> str:
    known = {counter.key: counter for counter in counters.all_counters()}
    return known[version.counter].definition if version.counter in known else ""


def _records(
    version: "IndicatorVersion", unit_id: int, period: Period
) -> list[counters.CountedRecord]:
    return records_offered(version.indicator_id, unit_id, period) if version.counter else []


def _sent_files(lines: list[ValueLine]) -> list[File]:
    """The files of the reports, each report once."""
    reports = {line.report_url: line for line in lines if line.sent}
    return [
        File(
            one.file_name,
            reverse("reporting:evidence", args=[line.sent.obligation_id, one.pk]),
            f"{line.sent.form_name} {line.month.label}",
        )
        for line in reports.values()
        if line.sent
        for one in line.sent.evidence
    ]


def _record_files(records: list[RecordLine]) -> list[File]:
    return [File(name, url, line.record.title) for line in records for name, url in line.files]
