"""A figure that opens: its value, and all that is needed to count it again."""

from dataclasses import dataclass, field
from datetime import date

from danvan.vietnamese.numbers import format_number, format_share


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    `denominator` is None for a plain count. `records` is how many records stand behind it, `href` the
    page that lists them. `definition` says what was counted, `population` among whom, `day` as of when.
    """

    key: str
    numerator: int
    denominator: int | None
    unit_label: str
    definition: str
    population: str
    day: date
    records: int | None
    href: str
    note: str = ""

    @property
    def text(self) -> str:
        """As printed: `1.046 cuộc`, or `71/130 (54,6 %)` for a part of a population."""
        if self.denominator is None:
            return f"{format_number(self.numerator)} {self.unit_label}".strip()
        ratio = f"{format_number(self.numerator)}/{format_number(self.denominator)}"
        if self.denominator == 0:
            return f"{ratio} {self.unit_label}".strip()
        share = format_share(self.numerator, self.denominator).split("=")[-1].strip()
        return f"{ratio} {self.unit_label} ({share})".replace("  ", " ")


Run = str | Figure


@dataclass(slots=True)
class Paragraph:
    """One paragraph: plain words and figures in their order."""

    runs: list[Run]

    @property
    def figures(self) -> list[Figure]:
        """The figures it holds, in order."""
        return [run for run in self.runs if isinstance(run, Figure)]


@dataclass(slots=True)
class Section:
    """A headed part of a report."""

    heading: str
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table of a report: a title, column heads, and rows of words and figures."""

    title: str
    heads: list[str]
    rows: list[list[Run]] = field(default_factory=list)
