"""The figures that a target gives to a report: who fulfils it, who does not, and by which rule."""

from danvan.analytics.figures import Figure
from danvan.analytics.links import link, said
from danvan.foundation.periods import Period
from danvan.indicators import counters
from danvan.indicators.selectors import Evaluation
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import lower_first

COMMON_NOUNS = (Kind.PARTY_COMMITTEE, Kind.ADVISORY_BOARD)  # written small within a sentence


class TargetFigures:
    """The figures that one evaluated target gives to a report."""

    def __init__(
        self, evaluation: Evaluation, place: str, levels: dict[int, str], reading: Reading = THEN
    ) -> None:
        """`levels` gives the level of every unit of the population on the day it is read."""
        self.evaluation, self._reading = evaluation, reading
        self._levels = {levels[unit] for unit in evaluation.population if unit in levels}
        self.target = evaluation.target
        self._place = place
        self._rules = list(self.target.rules.all())
        self._records = [self._behind(rule.counter) for rule in self._rules]

    def _behind(self, counter: str) -> int:
        """How many records stand behind the counts of one rule."""
        parts = self.evaluation.parts
        if not parts:
            return 0
        span = Period.spanning(parts)
        return counters.named(counter).how_many_records(self.evaluation.counted_units, span)

    @property
    def among(self) -> str:
        """Whom the target asks, at the levels that have any: `cấp ủy cấp tỉnh, cấp xã`."""
        levels = ", ".join(level.label.lower() for level in Level if level in self._levels)
        return f"{self._noun} {levels}".strip()

    @property
    def _noun(self) -> str:
        kind = Kind(self.target.population_kind)
        label = str(kind.label)
        return lower_first(label) if kind in COMMON_NOUNS else label

    @property
    def _population(self) -> str:
        day = format_date(self.evaluation.population_day)
        return (
            f"{self.evaluation.denominator} {self.among} thuộc {self._place}, theo sổ đơn vị ngày {day},"
            f" {self._reading.words}{self._before}"
        )

    @property
    def _before(self) -> str:
        """Whose records count for others, in words."""
        found = self.evaluation
        kin = len(found.counted_units) - len(found.population)
        if not kin:
            return ""
        told = f"; gồm hồ sơ của {kin} đơn vị không có trong ngày này, tính cho đơn vị kế tiếp hoặc trước đó"
        return (
            f"{told} (đơn vị bị chia: tính trọn cho phần lớn nhất, quy đổi)"
            if found.divided
            else told
        )

    def _definition(self, words: str) -> str:
        source = f" (nguồn: {self.target.source_symbol})" if self.target.source_symbol else ""
        return f"{words}{source}, {self.evaluation.period.label}"

    def _figure(self, key: str, number: int, words: str, records: int, *, at: str = "") -> Figure:
        return Figure(
            key=f"target:{self.target.pk}:{key}",
            numerator=number,
            denominator=self.evaluation.denominator if key != "missing" else None,
            unit_label=self._noun,
            definition=self._definition(words),
            population=self._population,
            day=self.evaluation.as_of,
            records=records,
            href=link(
                "desk:target",
                self.target.pk,
                at=at,
                ky=self.evaluation.period.code,
                **said(self._reading),
            ),
        )

    @property
    def met(self) -> Figure:
        """How many of the population fulfil every rule."""
        return self._figure("met", self.evaluation.numerator, self.target.title, sum(self._records))

    @property
    def missing(self) -> Figure:
        """How many do not."""
        lacking, words = len(self.evaluation.missing), f"Chưa đủ: {self.target.title}"
        return self._figure("missing", lacking, words, sum(self._records), at="#con-thieu")

    @property
    def by_rule(self) -> list[tuple[str, Figure]]:
        """For a target of several rules: how many fulfil each, with the rule in words."""
        if len(self._rules) < 2:
            return []
        found = []
        for place, rule in enumerate(self._rules):
            counter = counters.named(rule.counter)
            lacking = sum(
                any(lack.rule == place for lack in lacks)
                for lacks in self.evaluation.lacking.values()
            )
            words = f"{counter.label}, ít nhất {rule.minimum} {counter.unit_label}"
            number = self.evaluation.denominator - lacking if self.evaluation.parts else 0
            figure = self._figure(f"rule:{place}", number, words, self._records[place])
            found.append((counter.label, figure))
        return found
