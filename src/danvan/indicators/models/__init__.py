"""Targets, and indicators with their versions, values and the live roll-up cube."""

from danvan.indicators.models.breakdowns import Breakdown, BreakdownOption
from danvan.indicators.models.measures import (
    CubeCell,
    DirtyKey,
    Indicator,
    IndicatorQuerySet,
    IndicatorVersion,
    ScaleStep,
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
    "IndicatorQuerySet",
    "IndicatorVersion",
    "ScaleStep",
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
