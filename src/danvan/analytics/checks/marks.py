"""Targets of figures counted again: each figure from the values once more, each population from the register."""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from danvan.analytics.checks.counting import CountedAgain, gap, records_differ
from danvan.analytics.checks.gaps import Gap, Part, Sum, sum_of
from danvan.analytics.figures import Figure, Number
from danvan.analytics.mark_part import MARK
from danvan.indicators.facts import amounts_again
from danvan.indicators.selectors import Evaluation, Mark, evaluate_all, targets_of, values_behind
from danvan.organisations.selectors import population
from danvan.vietnamese.numbers import format_number


class MarksAgain(CountedAgain):
    """The targets of figures set for the place."""

    @cached_property
    def _found(self) -> dict[int, Evaluation]:
        one = self.summary
        targets = [target for target in targets_of(one.unit_id, one.period) if target.of_figure]
        found: list[Evaluation] = evaluate_all(
            targets, one.period, on=one.as_of, standing_on=one.reading.on
        )
        return {one.target.pk: one for one in found}

    def sums(self) -> list[Sum]:
        """Those who keep to it, those behind and those not known make up the population."""
        found = []
        for key, met in self.told.items():
            if not key.startswith(f"{MARK}:") or not key.endswith(":met"):
                continue
            others = [
                self.told.get(f"{key.removesuffix('met')}{one}") for one in ("missing", "unknown")
            ]
            parts = [Part(one.definition, one.numerator, one.href) for one in (met, *others) if one]
            found.append(
                sum_of(key, f"{met.definition}: đối tượng", met.denominator or 0, parts, met.href)
            )
        return found

    def population_of(self, figure: Figure) -> Number | None:
        """How many units of the register the target asks; of a share what it was divided by."""
        if figure.denominator is None:
            return None
        if figure.key.endswith(":have"):
            return figure.denominator
        target = self._found[_target(figure)].target
        day = self.summary.reading.on or self.summary.as_of
        levels = target.population_levels
        return len(population(target.population_kind, levels, target.unit_id, on=day))

    def unbacked(self, figure: Figure) -> list[Gap]:
        """The values behind are as many as told; when thorough, the figure is worked out from them once more."""
        found = self._found[_target(figure)]
        if not figure.key.endswith(":have"):
            if not self.thorough:
                return []
            wrong = [mark for mark in found.marks.values() if not self._agrees(mark)]
            words = f"{format_number(len(wrong))} đơn vị có số tính lại khác số đã đánh giá."
            return [gap(figure, words)] if wrong else []
        mark = found.mark
        assert mark is not None
        behind = values_behind(
            mark.version.indicator_id,
            mark.unit_id,
            mark.read or mark.part,
            reading=self.summary.reading,
        )
        if self.thorough and not self._agrees(mark):
            return [
                gap(figure, f"ghi {format_number(figure.numerator)}, tính lại từ số đã gửi khác.")
            ]
        return records_differ(figure, behind.filter(amount__isnull=False).count(), None)

    def _agrees(self, mark: Mark) -> bool:
        """Whether the values give the amount again; a formula is checked where its parts are told."""
        version, rolled, read = mark.version, mark.rolled, mark.read
        if rolled.amount is None or read is None or version.formula is not None:
            return True
        parts = {version.numerator_id: rolled.numerator, version.denominator_id: rolled.denominator}
        told: dict[int, Decimal | None] = {pk: one for pk, one in parts.items() if pk is not None}
        told = told or {version.indicator_id: rolled.amount}
        again = amounts_again(sorted(told), mark.unit_id, read, reading=self.summary.reading)
        return all(
            Fraction(one) == Fraction(again[pk])
            for pk, one in told.items()
            if one is not None and pk in again
        )


def _target(figure: Figure) -> int:
    return int(figure.key.split(":")[1])
