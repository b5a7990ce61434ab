"""Where modules above register what they can count; see `counting` for the shapes."""

from danvan.indicators.counting import (
    CountedRecord,
    Counter,
    all_counters,
    named,
    register,
    tally_by,
)
from danvan.indicators.counting_rows import CountedRow, Found, counter_of_rows

__all__ = [
    "CountedRecord",
    "CountedRow",
    "Counter",
    "Found",
    "all_counters",
    "counter_of_rows",
    "named",
    "register",
    "tally_by",
]
