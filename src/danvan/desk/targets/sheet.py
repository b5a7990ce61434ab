"""One target opened: its definition, its population, and every unit with what it did and what it lacks."""

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from danvan.desk.records import RecordLine, record_lines
from danvan.desk.targets.sources import SourceLink, source_of
from danvan.desk.targets.wording import (
    State,
    asked_of,
    every_of,
    lacks_in_words,
    percentage_of,
    rule_words,
    share_words,
    state_of,
)
from danvan.foundation.periods import Period
from danvan.indicators import counters
from danvan.indicators.selectors import Evaluation, evaluations_for, records_behind
from danvan.organisations.selectors import names_on, units_on
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Target


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the population: its count of each rule, and what it lacks."""

    unit_id: int
    name: str
    counts: list[tuple[int, bool]]  # (count, this rule is fulfilled)
    lacks: list[str]

    @property
    def met(self) -> bool:
        """Fulfils every rule."""
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Sheet:
    """A target in a period, as one reader may read it."""

    target: "Target"
    evaluation: Evaluation
    whole: bool
    state: State
    place: str
    asked_of: str
    every: str
    share: str
    rules: list[tuple[str, str, str]]  # (label, words, definition)
    source: SourceLink | None
    lines: list[UnitLine]

    @property
    def percentage(self) -> str:
        """The share of the population, to stand beside its numerator and denominator."""
        return percentage_of(self.evaluation)

    @property
    def missing(self) -> list[UnitLine]:
        """Those that lack something, by name."""
        return [line for line in self.lines if not line.met]

    @property
    def met(self) -> list[UnitLine]:
        """Those that fulfil every rule, by name."""
        return [line for line in self.lines if line.met]


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """The records of one unit behind one rule."""

    label: str
    words: str
    count: int
    enough: bool
    lines: list[RecordLine]

    @property
    def hidden(self) -> int:
        """How many records the reader may not open."""
        return sum(not line.readable for line in self.lines)


def read_sheet(user: "User", target: "Target", period: Period, *, words: str = "") -> Sheet:
    """The target as `user` may read it; `words` keep the units whose names hold them."""
    (seen,) = evaluations_for(user, [target], period)
    found = seen.evaluation
    names = names_on([*found.population, target.unit_id], found.as_of)
    asked = units_on(found.population, found.as_of)
    wanted = fold(words)
    units = [pk for pk in found.population if wanted in fold(names.get(pk, ""))]
    lines = [_line(found, pk, names.get(pk, "")) for pk in units] if found.counted else []
    lines.sort(key=lambda line: (line.met, sort_key(line.name)))
    return Sheet(
        target=target,
        evaluation=found,
        whole=seen.whole,
        state=state_of(found),
        place=names.get(target.unit_id, ""),
        asked_of=asked_of(target, asked.values()),
        every=every_of(target),
        share=share_words(target),
        rules=[_rule(rule.counter, rule.minimum) for rule in target.rules.all()],
        source=source_of(user, target),
        lines=lines,
    )


def read_unit(user: "User", target: "Target", period: Period, unit_id: int) -> list[RuleSheet]:
    """The records of one unit behind each rule, with the files of those the reader may open."""
    behind = records_behind(target, unit_id, period)
    lines = iter(record_lines(user, [record for rule in behind for record in rule.records]))
    return [
        RuleSheet(
            counters.named(rule.counter).label,
            rule_words(rule.counter, rule.minimum),
            total := sum(record.quantity for record in rule.records),
            total >= rule.minimum,
            list(islice(lines, len(rule.records))),
        )
        for rule in behind
    ]


def _line(found: Evaluation, unit_id: int, name: str) -> UnitLine:
    lacks = found.lacking.get(unit_id, [])
    short = {lack.rule for lack in lacks}
    counts = [(count, place not in short) for place, count in enumerate(found.per_rule[unit_id])]
    words = lacks_in_words(found.target, lacks)
    if not found.parts:
        words = ["chưa đến kỳ"]
    return UnitLine(unit_id, name, counts, words)


def _rule(counter: str, minimum: int) -> tuple[str, str, str]:
    known = counters.named(counter)
    return known.label, rule_words(counter, minimum), known.definition
