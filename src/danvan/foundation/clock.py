"""The only place that asks what day it is, so tests, demonstrations and back-dated reports can move it.

Instants are UTC; days are those of Asia/Ho_Chi_Minh.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The day the product works on: DANVAN_TODAY where it is set, else the calendar's."""
    fixed: date | None = settings.DANVAN_TODAY
    return fixed or timezone.localdate()


def now() -> datetime:
    """The present instant, aware. On a fixed day it keeps the time of day of the real clock."""
    instant = timezone.now()
    fixed: date | None = settings.DANVAN_TODAY
    if fixed is None:
        return instant
    local = timezone.localtime(instant)
    return local.replace(year=fixed.year, month=fixed.month, day=fixed.day)


def machine() -> datetime:
    """The machine's own instant, for timers, leases and retries only: DANVAN_TODAY does not move it."""
    return timezone.now()
