"""Targets counted again: the population from the register, and each rule part by part of the period."""

from functools import cached_property
from typing import TYPE_CHECKING

from danvan.analytics.checks.counting import CountedAgain, gap, records_differ
from danvan.analytics.checks.gaps import Gap, Part, Sum, sum_of
from danvan.analytics.figures import Figure, Number
from danvan.indicators import counters
from danvan.indicators.selectors import Evaluation, evaluate_all, targets_of
from danvan.organisations.selectors import population
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.indicators.models import Target


class TargetsAgain(CountedAgain):
    """The targets set for the place, each with its population and, when thorough, its rules counted again."""

    @cached_property
    def _targets(self) -> dict[int, "Target"]:
        found = targets_of(self.summary.unit_id, self.summary.period)
        return {target.pk: target for target in found if not target.of_figure}

    @cached_property
    def _asked(self) -> dict[int, Evaluation]:
        """In which parts of the period each target is counted, and whose records count for whom beside its own."""
        found: list[Evaluation] = evaluate_all(
            self._targets.values(),
            self.summary.period,
            on=self.summary.as_of,
            standing_on=self.summary.reading.on,
        )
        return {one.target.pk: one for one in found}

    @cached_property
    def _populations(self) -> dict[int, list[int]]:
        found: dict[tuple[object, ...], list[int]] = {}
        by_target = {}
        for pk, target in self._targets.items():
            kind, levels = target.population_kind, target.population_levels
            key = (kind, *levels, target.unit_id)
            if key not in found:
                day = self.summary.reading.on or self.summary.as_of
                asked = population(kind, levels, target.unit_id, on=day)
                found[key] = list(asked) if kind else []
            by_target[pk] = found[key]
        return by_target

    def sums(self) -> list[Sum]:
        """Those who fulfil a target and those who do not make up its population."""
        found = []
        for key, met in self.told.items():
            missing = self.told.get(f"{key.removesuffix('met')}missing")
            if key.startswith("target:") and key.endswith(":met") and missing:
                parts = (
                    Part("Thực hiện đủ", met.numerator, met.href),
                    Part("Còn thiếu", missing.numerator, missing.href),
                )
                title, asked = f"{met.definition}: đối tượng", met.denominator or 0
                found.append(sum_of(key, title, asked, parts, met.href))
        return found

    def within_wholes(self) -> tuple[int, list[Gap]]:
        """Whoever fulfils a target fulfils each of its rules: no rule has fewer."""
        tried, gaps = 0, []
        for key, one in self.told.items():
            if key.startswith("target:") and ":rule:" in key:
                tried += 1
                met = self.told[f"{key.split(':rule:')[0]}:met"]
                if met.numerator > one.numerator:
                    all_rules, this = format_number(met.numerator), format_number(one.numerator)
                    gaps.append(
                        gap(one, f"{all_rules} đơn vị đủ mọi điều kiện, riêng điều này chỉ {this}.")
                    )
        return tried, gaps

    def population_of(self, figure: Figure) -> Number | None:
        """How many units of the register the target asks on that day."""
        if figure.denominator is None:
            return None
        return len(self._populations[_target(figure)])

    def unbacked(self, figure: Figure) -> list[Gap]:
        """A count above nothing has records; when thorough, they are counted again and the figure with them."""
        if figure.key.endswith(":missing"):
            return []
        if not self.thorough:
            return super().unbacked(figure)
        target, place = self._targets[_target(figure)], figure.key.partition(":rule:")[2]
        rules = list(target.rules.all())
        met, records = set(self._populations[target.pk]), 0
        for rule in [rules[int(place)]] if place else rules:
            enough, behind = self._fulfilling(target, rule.counter, rule.minimum)
            met &= enough
            records += behind
        if len(met) != figure.numerator:
            told, there = format_number(figure.numerator), format_number(len(met))
            return [gap(figure, f"ghi {told}, đếm lại từ hồ sơ được {there}.")]
        return records_differ(figure, records, None)

    def _fulfilling(self, target: "Target", counter: str, minimum: int) -> tuple[set[int], int]:
        """Who has enough in every part of the period, and how many records stand behind."""
        units, asked = self._populations[target.pk], self._asked[target.pk]
        counter_of = counters.named(counter)
        enough, records = set(units) if asked.parts else set(), 0
        for part in asked.parts:
            counts = counter_of.count([*units, *asked.counted_units], part)
            enough &= {
                unit
                for unit in units
                if sum(counts.get(one, 0) for one in (unit, *asked.before.get(unit, ()))) >= minimum
            }
            records += counter_of.how_many_records(asked.counted_units, part)
        return enough, records


def _target(figure: Figure) -> int:
    return int(figure.key.split(":")[1])
