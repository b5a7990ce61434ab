"""What a check says: how many were tried, and each that failed with its parts, its gap and whose report makes it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from danvan.analytics.figures import Number
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import lower_first

SHOWN = 6  # parts told one by one; the rest are told together


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a sum, with the page that opens it."""

    label: str
    number: Number
    href: str = ""

    @property
    def text(self) -> str:
        """Its number as written."""
        return format_number(self.number)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that does not agree: the figure, its parts where it has any, and where the gap comes from."""

    key: str  # of the figure
    title: str
    words: str
    parts: tuple[Part, ...] = ()
    told: Number | None = None
    href: str = ""
    whose: tuple[str, ...] = ()

    @property
    def total(self) -> Number:
        """What the parts make."""
        return added(part.number for part in self.parts)

    @property
    def difference(self) -> Number:
        """How far the figure is from its parts."""
        return apart(self.told or 0, self.total)

    @property
    def total_text(self) -> str:
        """What the parts make, as written."""
        return format_number(self.total)

    @property
    def told_text(self) -> str:
        """What the report says, as written."""
        return format_number(self.told or 0)

    @property
    def difference_text(self) -> str:
        """The difference, as written."""
        return format_number(self.difference)

    @property
    def sentence(self) -> str:
        """All of it in one sentence, for a list."""
        return " ".join([f"{self.title}: {self.words}", *(f"{one}." for one in self.whose)])


@dataclass(frozen=True, slots=True)
class Check:
    """One test over a summary: how many were tried, and what failed."""

    label: str
    tried: int
    failed: tuple[Gap, ...] = ()
    note: str = ""

    @property
    def passed(self) -> bool:
        """Nothing failed."""
        return not self.failed


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure and what its parts make, counted apart from it. The parts are named only where they are asked for."""

    key: str
    title: str
    told: Number
    total: Number
    name_parts: Callable[[], Sequence[Part]]
    href: str = ""

    @property
    def agrees(self) -> bool:
        """The parts make the figure."""
        return self.total == self.told

    def gap(self, whose: Sequence[str] = ()) -> Gap:
        """What is wrong, naming the parts."""
        parts = _shortened(self.name_parts())
        listed = " + ".join(f"{lower_first(part.label)} {part.text}" for part in parts)
        words = (
            f"{listed or 'không có phần nào'} = {format_number(self.total)}, báo cáo ghi "
            f"{format_number(self.told)}, chênh lệch {format_number(apart(self.told, self.total))}."
        )
        return Gap(self.key, self.title, words, parts, self.told, self.href, tuple(whose))


def apart(one: Number, other: Number) -> Number:
    """How far two numbers are from each other."""
    return one - other if one >= other else other - one


def added(numbers: Iterable[Number]) -> Number:
    """Their sum, exact."""
    total: Number = 0
    for number in numbers:
        total += number
    return total


def sum_of(key: str, title: str, told: Number, parts: Sequence[Part], href: str = "") -> Sum:
    """A sum whose few parts have their names already."""
    total = added(part.number for part in parts)
    return Sum(key, title, told, total, lambda: parts, href)


def _shortened(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The largest parts one by one, the rest together: a sum of 130 communes is not a list to read."""
    if len(parts) <= SHOWN + 1:
        return tuple(parts)
    largest = sorted(parts, key=lambda part: -part.number)
    rest = largest[SHOWN:]
    together = added(part.number for part in rest)
    return (*largest[:SHOWN], Part(f"{len(rest)} đơn vị khác", together))
