"""What indicators mean and what they are worked out from: ratios, formulas, and the plain ones at the bottom.

A formula is a tree: a code, {"sum": [...]} or {"difference": [...]} over codes and trees, {"times": [number, tree]}
or {"divide": [tree, tree]}.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from danvan.indicators.enums import MeasureKind
from danvan.indicators.exact import decimal_of
from danvan.indicators.models import Indicator, IndicatorVersion

SUM, DIFFERENCE, TIMES, DIVIDE = "sum", "difference", "times", "divide"
DEEPEST = 10  # brackets in brackets
LONGEST = 100  # parts of one sum
LARGEST_FACTOR = 10**9


def codes_in(formula: Any, deep: int = 0) -> list[str]:
    """The codes a formula names, in order, each once. Raises ValueError where it is no formula."""
    if isinstance(formula, str):
        return [formula]
    if not isinstance(formula, dict) or len(formula) != 1 or deep > DEEPEST:
        raise ValueError("not a formula")
    [(word, parts)] = formula.items()
    if not isinstance(parts, list) or not 2 <= len(parts) <= LONGEST:
        raise ValueError("a sum or difference has two parts or more")
    if word not in (SUM, DIFFERENCE) and (word not in (TIMES, DIVIDE) or len(parts) != 2):
        raise ValueError("not something that can be worked out")
    if word == TIMES:
        if not is_factor(parts[0]):
            raise ValueError("not a number")
        parts = parts[1:]
    return list(dict.fromkeys(code for part in parts for code in codes_in(part, deep + 1)))


def is_factor(said: Any) -> bool:
    """Whether something is a number that an amount may be multiplied by."""
    return type(said) in (int, float) and 0 < abs(said) <= LARGEST_FACTOR


def computed(formula: Any, amounts: Mapping[str, Decimal | None]) -> Decimal | None:
    """The formula's value; None where one of its parts is unknown, or divided by zero."""
    exact = {code: None if one is None else Fraction(one) for code, one in amounts.items()}
    found = worth(formula, exact)
    return None if found is None else decimal_of(found)


def worth(formula: Any, amounts: Mapping[str, Fraction | None]) -> Fraction | None:
    """`computed` without any rounding."""
    if isinstance(formula, str):
        return amounts[formula]
    [(word, parts)] = formula.items()
    if word == TIMES:
        one = worth(parts[1], amounts)
        return None if one is None else Fraction(str(parts[0])) * one  # 0.1 as it is written
    values = [worth(part, amounts) for part in parts]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    if word == DIVIDE:
        return known[0] / known[1] if known[1] else None
    rest = sum(known[1:], Fraction(0))
    return known[0] + rest if word == SUM else known[0] - rest


@dataclass(frozen=True, slots=True)
class Definitions:
    """Every version of some indicators and of all that they are worked out from."""

    versions: dict[int, list[IndicatorVersion]]
    ids: dict[str, int]

    @classmethod
    def of(cls, indicator_ids: Collection[int]) -> Self:
        """Read them: one query a storey of what is built on what, and one for the codes of formulas."""
        versions: dict[int, list[IndicatorVersion]] = defaultdict(list)
        ids: dict[str, int] = {}
        wanted = set(indicator_ids)
        while wanted:
            rows = list(IndicatorVersion.objects.filter(indicator_id__in=wanted).order_by("number"))
            for row in rows:
                versions[row.indicator_id].append(row)
            codes = {
                code for row in rows if row.formula is not None for code in codes_in(row.formula)
            }
            if codes - ids.keys():
                named = Indicator.objects.filter(code__in=codes)
                ids.update(named.values_list("code", "pk"))
            parts = {row.numerator_id for row in rows} | {row.denominator_id for row in rows}
            parts |= {ids[code] for code in codes}
            wanted = {part for part in parts if part is not None} - versions.keys()
        return cls(dict(versions), ids)

    def version(self, indicator_id: int, day: date) -> IndicatorVersion:
        """What an indicator means on a day: the version that holds, else the last before, else the first."""
        held = [one for one in self.versions[indicator_id] if one.valid_from <= day]
        return held[-1] if held else self.versions[indicator_id][0]

    def parts(self, version: IndicatorVersion) -> dict[str, int]:
        """The indicators that a formula names, by code."""
        return {code: self.ids[code] for code in codes_in(version.formula)}

    def leaves(self, indicator_ids: Collection[int], day: date) -> set[int]:
        """The indicators that these come down to on a day: those that are given and not worked out."""
        found: set[int] = set()
        for indicator_id in indicator_ids:
            version = self.version(indicator_id, day)
            if version.kind == MeasureKind.RATIO:
                parts = [version.numerator_id, version.denominator_id]
                found |= self.leaves([part for part in parts if part is not None], day)
            elif version.formula is not None:
                found |= self.leaves(self.parts(version).values(), day)
            else:
                found.add(indicator_id)
        return found
