"""Everything that changes targets, indicators, values and the cube. Each function is one act in one transaction."""

from danvan.indicators.services.amending import amend_target
from danvan.indicators.services.breakdowns import (
    add_option,
    break_down_indicator,
    define_breakdown,
)
from danvan.indicators.services.cube import forget_cells, rebuild_cube, recompute_dirty, sum_again
from danvan.indicators.services.defining import define_indicator, redefine_indicator
from danvan.indicators.services.dividing import cover_share, decline_share, divide_target
from danvan.indicators.services.ending import end_indicator
from danvan.indicators.services.measures import (
    Entry,
    amount_fault,
    raise_level,
    record_values,
)
from danvan.indicators.services.targets import (
    OfFigure,
    Source,
    create_target,
    end_target,
    remove_target,
)

__all__ = [
    "Entry",
    "OfFigure",
    "Source",
    "add_option",
    "amend_target",
    "amount_fault",
    "break_down_indicator",
    "cover_share",
    "create_target",
    "decline_share",
    "define_breakdown",
    "define_indicator",
    "divide_target",
    "end_indicator",
    "end_target",
    "forget_cells",
    "raise_level",
    "rebuild_cube",
    "recompute_dirty",
    "record_values",
    "redefine_indicator",
    "remove_target",
    "sum_again",
]
