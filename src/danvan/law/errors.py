"""What the law module refuses."""

from danvan.foundation.errors import RuleError


class UnknownParameter(RuleError, LookupError):  # noqa: N818
    """No row of this key holds on the day asked."""


class NotADuration(RuleError, ValueError):  # noqa: N818
    """A value from which no day can be counted: people, shares, hours, a negative number."""


class ClockRefused(RuleError, ValueError):  # noqa: N818
    """An event that cannot have happened to a clock, or that the law does not allow."""
