"""A figure that opens: its value, and all that is needed to count it again."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number, format_share

Number = int | Decimal
REBASED = "quy đổi"
ESTIMATES = "có số ước"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    `denominator` is None for a plain count. `records` is how many records stand behind it, `href` the
    page that lists them. `definition` says what was counted and in which version, `population` among
    whom and by which tree, `day` as of when, `approval` how far up it was approved, `vintage` which of
    several corrections it takes. `of` names the figure of which this one is a part ("trong đó"). `rebased` marks
    one brought over from other units by shares; `original` is what it was before, `shares` which shares and whose.
    `estimated` marks one with an estimate in it.
    """

    key: str
    numerator: Number
    denominator: Number | None
    unit_label: str
    definition: str
    population: str
    day: date
    records: int | None
    href: str
    note: str = ""
    approval: str = ""
    vintage: str = ""
    places: int = 0
    of: str = ""
    rebased: bool = False
    original: str = ""
    shares: str = ""
    estimated: bool = False

    @property
    def text(self) -> str:
        """As printed: `1.046 cuộc`, `71/130 (54,6 %)` for a part of a population, `46 cuộc (quy đổi)`, `9 cuộc (có số ước)`."""
        told = ((REBASED, self.rebased), (ESTIMATES, self.estimated))
        nature = ", ".join(words for words, holds in told if holds)
        return f"{self._plain} ({nature})" if nature else self._plain

    @property
    def _plain(self) -> str:
        number = format_number(self.numerator, self.places)
        if self.denominator is None:
            return f"{number} {self.unit_label}".strip()
        ratio = f"{number}/{format_number(self.denominator, self.places)}"
        if self.denominator == 0:
            return f"{ratio} {self.unit_label}".strip()
        share = format_share(self.numerator, self.denominator).split("=")[-1].strip()
        return f"{ratio} {self.unit_label} ({share})".replace("  ", " ")

    @property
    def printed(self) -> str:
        """The text as set on a page: the sign stays beside its number."""
        return self.text.replace(" %", "\u00a0%")

    @property
    def note_text(self) -> str:
        """Its note: definition, population, day, approval, vintage, parts, records."""
        parts = [f"{self.definition.rstrip('.')}."]
        if self.population:
            parts.append(f"Đối tượng: {self.population}.")
        parts.append(f"Tính đến ngày {format_date(self.day)}.")
        parts += [f"{words}." for words in (self.approval, self.vintage) if words]
        if self.denominator is not None:
            numerator, denominator = format_number(self.numerator), format_number(self.denominator)
            parts.append(f"Tử số {numerator}, mẫu số {denominator}.")
        if self.records is not None:
            parts.append(f"Số hồ sơ: {format_number(self.records)}.")
        if self.rebased:
            parts.append(f"Số {REBASED}; trước {REBASED}: {self.original}.")
        parts += [words for words in (self.shares, self.note) if words]
        return " ".join(parts)


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
