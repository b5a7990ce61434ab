"""Everything that changes the law as the clocks read it, and the clocks. Each function is one act in one transaction."""

from danvan.law.clock_events import (
    Bounds,
    ChangeKind,
    End,
    Event,
    Extend,
    Pause,
    Resume,
    Start,
    Transfer,
)
from danvan.law.courses import Term
from danvan.law.parameter_file import ParameterRow
from danvan.law.services.by_law import end_clock_if_open, start_clock_by_law
from danvan.law.services.clocks import (
    Starting,
    calendar_in_force,
    change_kind_of_clock,
    end_clock,
    extend_clock,
    pause_clock,
    resume_clock,
    start_clock,
    start_clocks,
    transfer_clock,
)
from danvan.law.services.loading import (
    YEARS,
    Loaded,
    correct_calendar_day,
    load_calendar,
    load_parameters,
)
from danvan.law.services.many import add_to_clocks
from danvan.law.services.parameters import set_parameter

__all__ = [
    "YEARS",
    "Bounds",
    "ChangeKind",
    "End",
    "Event",
    "Extend",
    "Loaded",
    "ParameterRow",
    "Pause",
    "Resume",
    "Start",
    "Starting",
    "Term",
    "Transfer",
    "add_to_clocks",
    "calendar_in_force",
    "change_kind_of_clock",
    "correct_calendar_day",
    "end_clock",
    "end_clock_if_open",
    "extend_clock",
    "load_calendar",
    "load_parameters",
    "pause_clock",
    "resume_clock",
    "set_parameter",
    "start_clock",
    "start_clock_by_law",
    "start_clocks",
    "transfer_clock",
]
