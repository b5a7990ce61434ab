"""A composed summary as plain content that a database keeps, and back again, figure for figure."""

from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from danvan.analytics.figures import Figure, Number, Paragraph, Run, Section, Table
from danvan.analytics.summary import Summary
from danvan.foundation.periods import Period
from danvan.organisations.selectors.readings import THEN, Reading

HEAD = [
    "unit_id",
    "unit_name",
    "superior",
    "issuer",
    "subject",
    "place_and_day",
    "signing_line",
    "mark",
    "edition",
    "signer",
]


def freeze(summary: Summary) -> dict[str, Any]:
    """The summary as JSON can hold it: numbers as text, days in ISO form."""
    head = {name: getattr(summary, name) for name in HEAD}
    return head | {
        "period": summary.period.code,
        "as_of": summary.as_of.isoformat(),
        "read_on": summary.reading.on.isoformat() if summary.reading.on else None,
        "read_at": summary.read_at.isoformat() if summary.read_at else None,
        "sections": [
            {
                "heading": part.heading,
                "paragraphs": [[_packed(run) for run in p.runs] for p in part.paragraphs],
            }
            for part in summary.sections
        ],
        "tables": [
            {
                "title": table.title,
                "heads": table.heads,
                "rows": [[_packed(run) for run in row] for row in table.rows],
            }
            for table in summary.tables
        ],
    }


def thaw(content: dict[str, Any]) -> Summary:
    """The summary that was frozen."""
    return Summary(
        **{name: content[name] for name in HEAD},
        period=Period.parse(content["period"]),
        as_of=date.fromisoformat(content["as_of"]),
        reading=Reading(date.fromisoformat(day)) if (day := content.get("read_on")) else THEN,
        read_at=datetime.fromisoformat(at) if (at := content.get("read_at")) else None,
        sections=[
            Section(
                part["heading"],
                [Paragraph([_unpacked(run) for run in runs]) for runs in part["paragraphs"]],
            )
            for part in content["sections"]
        ],
        tables=[
            Table(
                table["title"],
                table["heads"],
                [[_unpacked(run) for run in row] for row in table["rows"]],
            )
            for table in content["tables"]
        ],
    )


def _packed(run: Run) -> Any:
    if not isinstance(run, Figure):
        return run
    plain = asdict(run)
    for name in ("numerator", "denominator"):
        plain[name] = None if plain[name] is None else str(plain[name])
    return plain | {"day": run.day.isoformat()}


def _unpacked(run: Any) -> Run:
    if isinstance(run, str):
        return run
    known = {field.name for field in fields(Figure)}
    plain = {name: value for name, value in run.items() if name in known}
    for name in ("numerator", "denominator"):
        plain[name] = _number(plain[name])
    return Figure(**plain | {"day": date.fromisoformat(plain["day"])})


def _number(text: str | None) -> Number | None:
    if text is None:
        return None
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)
