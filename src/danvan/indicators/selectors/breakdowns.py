"""Reads of indicators that are broken down: their parts, and parts that are more than their whole."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval
from danvan.indicators.exact import decimal_of
from danvan.indicators.models import Indicator
from danvan.indicators.selectors.rolling import roll_up
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.numbers import format_number


@dataclass(frozen=True, slots=True)
class PartsAboveWhole:
    """The parts of one breakdown that one unit knows come to more than the whole it gave."""

    unit_id: int
    breakdown: str
    parts: Decimal
    whole: Decimal

    @property
    def words(self) -> str:
        """What is wrong, for whoever can mend it."""
        return (
            f"Chia theo {self.breakdown.lower()}: các phần cộng lại {format_number(self.parts)},"
            f" lớn hơn tổng {format_number(self.whole)}; đồng chí vui lòng kiểm tra lại."
        )


def parts_of(indicator_id: int) -> list[Indicator]:
    """The indicators that an indicator is broken down into, by breakdown and in the order of its options. One query."""
    found = Indicator.objects.filter(whole_id=indicator_id).select_related("option__breakdown")
    return list(found.order_by("option__breakdown__name", "option__position"))


def parts_by_code(codes: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """The parts of these indicators, by the code of the whole: the code of each and the name of its option. One query."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = Indicator.objects.filter(whole__code__in=codes).order_by("code")
    for whole, part, option in rows.values_list("whole__code", "code", "option__name"):
        found[whole].append((part, option))
    return dict(found)


def parts_above_whole(
    indicator_id: int,
    unit_ids: Collection[int],
    period: Period,
    *,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> list[PartsAboveWhole]:
    """Where known parts together are more than a known whole, unit by unit and breakdown by breakdown.

    A part that is not known counts as nothing: what is known must fit in already.
    """
    by_breakdown: dict[str, list[int]] = defaultdict(list)
    for part in parts_of(indicator_id):
        if part.option is not None:
            by_breakdown[part.option.breakdown.name].append(part.pk)
    ids = [indicator_id, *(pk for parts in by_breakdown.values() for pk in parts)]
    figures = roll_up(ids, unit_ids, period, level=level, reading=reading) if by_breakdown else {}
    found = []
    for unit in unit_ids if figures else ():
        whole = figures[indicator_id, unit].exact
        for name, parts in by_breakdown.items():
            known = [amount for pk in parts if (amount := figures[pk, unit].exact) is not None]
            total = sum(known, Fraction(0))
            if whole is not None and total > whole:
                found.append(PartsAboveWhole(unit, name, decimal_of(total), decimal_of(whole)))
    return found
