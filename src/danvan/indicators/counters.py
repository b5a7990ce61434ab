"""Where modules above register what they can count; see `counting` for the shapes."""

from danvan.indicators.counting import (
    CountedRecord,
    Counter,
    all_counters,
    named,
    register,
    tally_by,
)

__all__ = ["CountedRecord", "Counter", "all_counters", "named", "register", "tally_by"]
