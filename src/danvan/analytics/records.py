"""The records behind one figure of a report, one by one, where no other page lists exactly these."""

from dataclasses import dataclass
from datetime import date

from danvan.analytics.commitment_part import CommitmentPart
from danvan.analytics.commitment_part import fits as due_fits
from danvan.analytics.figures import Figure
from danvan.analytics.links import link
from danvan.analytics.report_part import ReportPart
from danvan.analytics.report_part import fits as owed_fits
from danvan.analytics.summary import compose_summary
from danvan.foundation.periods import Every, Period
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.dates import format_date


@dataclass(frozen=True, slots=True)
class Record:
    """One record: what it is, whose, in further words, and the page that opens it."""

    title: str
    unit: str
    words: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Records:
    """A figure with the records that it counts, under these heads."""

    figure: Figure
    heads: tuple[str, ...]
    rows: list[Record]


def records_of(unit_id: int, period: Period, key: str, reading: Reading = THEN) -> Records | None:
    """The records behind a figure of commitments or of monthly reports; None where it has no such list.

    RuleError where the report cannot be composed.
    """
    summary = compose_summary(unit_id, period, reading=reading)
    figure = next((one for one in summary.notes if one.key == key), None)
    part, _, rest = key.partition(":")
    if figure is None or part not in ("commitments", "reports"):
        return None
    place, day = summary.unit_name, summary.as_of
    if part == "commitments":
        heads = ("Hạn", "Báo xong", "Kiểm tra xong")
        due = CommitmentPart(unit_id, place, period, day, reading)
        return Records(figure, heads, _due(due, rest, day))
    heads = ("Tháng", "Hạn", "Gửi lần đầu")
    return Records(
        figure, heads, _owed(ReportPart(unit_id, place, period, day, reading), rest, day)
    )


def _due(part: CommitmentPart, what: str, day: date) -> list[Record]:
    rows = [row for row in part.rows() if due_fits(row, what, day)]
    names = last_names({row.lead_id for row in rows}, day)
    return [
        Record(
            f"{row.number}: {row.title}",
            names.get(row.lead_id, ""),
            (format_date(row.due_on), _day(row.claimed_on), _day(row.verified_on)),
            link("commitments:card", row.pk),
        )
        for row in rows
    ]


def _owed(part: ReportPart, rest: str, day: date) -> list[Record]:
    form_id, _, what = rest.partition(":")
    form = next(one for one in part.forms if one.pk == int(form_id))
    rows = [row for row in part.owed(form) if owed_fits(row, what)]
    names = last_names({row.unit_id for row in rows}, day)
    return [
        Record(
            form.name,
            names.get(row.unit_id, ""),
            (
                Period.starting(row.first, Every.MONTH).label,
                format_date(row.due_on),
                _day(row.sent_on),
            ),
            link("reporting:report", row.pk),
        )
        for row in rows
    ]


def _day(day: date | None) -> str:
    return format_date(day) if day else "chưa"
