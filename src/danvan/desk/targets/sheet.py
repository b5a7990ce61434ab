"""One target opened: its definition, its population, and every unit with what it did and what it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
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
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators import counters
from danvan.indicators.selectors import Evaluation, evaluations_for, records_behind
from danvan.organisations.selectors import last_names, population, units_on
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.organisations.selectors.spans import lives_of
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Target

NAMED = 5  # ended units named one by one


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the population: its count of each rule, and what it lacks."""

    unit_id: int
    name: str
    counts: list[tuple[int, bool]]  # (count, this rule is fulfilled)
    lacks: list[str]
    before: str = ""  # whose records count for it too: "Xã Môn Sơn, Xã Con Cuông"
    rebased: bool = False  # of a divided one it had only the largest part

    @property
    def met(self) -> bool:
        """Fulfils every rule."""
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Ended:
    """Units that a target asked as its period began and that have ended; `lost` those whose records count for nobody."""

    names: list[str]
    doc: str  # the reading that still asks them
    lost: list[str]
    divided: bool = False

    @property
    def sentence(self) -> str:
        """For whom their records count now."""
        if len(self.lost) == len(self.names):
            return "Không có đơn vị kế tiếp cùng loại, cùng cấp nên hồ sơ của các đơn vị này không tính cho đơn vị nào."
        told = "Hồ sơ của các đơn vị này được tính cho đơn vị kế tiếp"
        if self.lost:
            told += f", trừ {_few(self.lost)} không có đơn vị kế tiếp cùng loại, cùng cấp"
        if self.divided:
            told += "; hồ sơ của đơn vị bị chia tính trọn cho đơn vị nhận phần lớn nhất (quy đổi)"
        return f"{told}."

    @property
    def named(self) -> str:
        """The first few of them."""
        return _few(self.names)


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
    reading: Reading = THEN
    ended: Ended | None = None

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
    lines: list[tuple[RecordLine, str]]  # with the unit that made it, where that is another

    @property
    def hidden(self) -> int:
        """How many records the reader may not open."""
        return sum(not line.readable for line, _ in self.lines)


def read_sheet(
    user: "User", target: "Target", period: Period, *, words: str = "", reading: Reading = THEN
) -> Sheet:
    """The target as `user` may read it; `words` keep the units whose names hold them."""
    (seen,) = evaluations_for(user, [target], period, standing_on=reading.on)
    found = seen.evaluation
    names = last_names([*found.population, target.unit_id], found.population_day)
    asked = units_on(found.population, found.population_day)
    wanted = fold(words)
    units = [pk for pk in found.population if wanted in fold(names.get(pk, ""))]
    kin = last_names(
        {one for units in found.before.values() for one in units}, found.population_day
    )
    lines = [_line(found, pk, names.get(pk, ""), kin) for pk in units] if found.counted else []
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
        reading=reading,
        ended=_ended(found) if seen.whole else None,
    )


def _ended(found: Evaluation) -> Ended | None:
    """Whom the target asked on the first day of the period and who is gone on the day of the population."""
    target, first = found.target, max(found.period.first, found.target.valid_from)
    if not target.population_kind or first >= found.population_day:
        return None
    kind, levels = target.population_kind, target.population_levels
    before = set(population(kind, levels, target.unit_id, on=first)) - set(found.population)
    lives = lives_of(before)
    gone = {
        pk: day
        for pk, one in lives.items()
        if (day := one.ended_on) and day <= found.population_day
    }
    if not gone:
        return None
    names = last_names(gone, first)
    lost = gone.keys() - set(found.counted_units)
    return Ended(
        sorted(names.values(), key=sort_key),
        Reading(min(gone.values()) - timedelta(days=1)).code,
        sorted((names[pk] for pk in lost), key=sort_key),
        bool(found.divided),
    )


def _few(names: Sequence[str]) -> str:
    """The first few of the names, and how many more."""
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED])
    return f"{shown} và {format_number(more)} đơn vị khác" if more > 0 else shown


def read_unit(
    user: "User", target: "Target", period: Period, unit_id: int, *, reading: Reading = THEN
) -> list[RuleSheet]:
    """The records behind each rule of one unit and of those whose records count for it, with the files the reader may open."""
    behind = records_behind(target, unit_id, period, standing_on=reading.on)
    records = [record for rule in behind for record in rule.records]
    others = {record.unit_id for record in records} - {unit_id}
    names = last_names(others, clock.today()) if others else {}
    lines = ((line, names.get(line.record.unit_id, "")) for line in record_lines(user, records))
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


def _line(found: Evaluation, unit_id: int, name: str, kin: dict[int, str]) -> UnitLine:
    lacks = found.lacking.get(unit_id, [])
    short = {lack.rule for lack in lacks}
    counts = [(count, place not in short) for place, count in enumerate(found.per_rule[unit_id])]
    words = lacks_in_words(found.target, lacks)
    if not found.parts:
        words = ["chưa đến kỳ"]
    before = [kin[one] for one in found.before.get(unit_id, ())]
    return UnitLine(
        unit_id, name, counts, words, _few(sorted(before, key=sort_key)), unit_id in found.divided
    )


def _rule(counter: str, minimum: int) -> tuple[str, str, str]:
    known = counters.named(counter)
    return known.label, rule_words(counter, minimum), known.definition
