"""Where modules above register the clocks they hold."""

from danvan.law.holding import ClockHolder, ClockMoved, holder_of, register

__all__ = ["ClockHolder", "ClockMoved", "holder_of", "register"]
