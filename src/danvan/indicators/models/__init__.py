"""Targets, and indicators with their versions, values and the live roll-up cube."""

from danvan.indicators.models.measures import (
    CubeCell,
    DirtyKey,
    Indicator,
    IndicatorVersion,
    Value,
    ValueQuerySet,
)
from danvan.indicators.models.targets import Target, TargetQuerySet, TargetRule

__all__ = [
    "CubeCell",
    "DirtyKey",
    "Indicator",
    "IndicatorVersion",
    "Target",
    "TargetQuerySet",
    "TargetRule",
    "Value",
    "ValueQuerySet",
]
