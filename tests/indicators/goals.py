"""Targets of figures for the tests, in a small province."""

from datetime import date
from decimal import Decimal

from danvan.indicators.enums import Aim, Bound, Quality
from danvan.indicators.services import OfFigure, create_target
from tests.indicators.figures import give

FIRST = date(2026, 1, 1)


def a_goal(unit, indicator, *, aim=Aim.THRESHOLD, bound=Bound.AT_LEAST, goal=120, **said):
    """A yearly target of a figure, of the place itself unless levels are given."""
    asked = {
        name: said.pop(name) for name in ("change_by", "base_period", "milestones") if name in said
    }
    figure = OfFigure(indicator, aim, bound, None if goal is None else Decimal(str(goal)), **asked)
    given = {
        "unit": unit, "title": "Tổ chức đối thoại", "quality": Quality.FIGURE, "every": "year",
        "valid_from": FIRST, "actor": None, "figure": figure,
    }  # fmt: skip
    return create_target(**given | said)


def give_months(unit, indicator, amounts, *, year=2026, first=1):
    """One amount a month; None says not known, a dash that nothing was given."""
    for number, amount in enumerate(amounts, start=first):
        if amount != "-":
            give(unit, f"{year}-{number:02}", {indicator: amount})
