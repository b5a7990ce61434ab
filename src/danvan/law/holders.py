"""Where modules above register the clocks they hold, and the parameters whose change they must hear of."""

from danvan.law.holding import ClockHolder, ClockMoved, holder_of, register, watch

__all__ = ["ClockHolder", "ClockMoved", "holder_of", "register", "watch"]
