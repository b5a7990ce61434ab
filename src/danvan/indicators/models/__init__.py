"""Targets, and indicators with their versions, values and the live roll-up cube."""

from danvan.indicators.models.breakdowns import Breakdown, BreakdownOption
from danvan.indicators.models.measures import (
    CubeCell,
    DirtyKey,
    Indicator,
    IndicatorVersion,
    Value,
    ValueQuerySet,
)
from danvan.indicators.models.targets import (
    Target,
    TargetDivision,
    TargetMilestone,
    TargetQuerySet,
    TargetRefusal,
    TargetRule,
    TargetShare,
)

__all__ = [
    "Breakdown",
    "BreakdownOption",
    "CubeCell",
    "DirtyKey",
    "Indicator",
    "IndicatorVersion",
    "Target",
    "TargetDivision",
    "TargetMilestone",
    "TargetQuerySet",
    "TargetRefusal",
    "TargetRule",
    "TargetShare",
    "Value",
    "ValueQuerySet",
]
