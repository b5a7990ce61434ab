"""How a duty that comes back comes back."""

from django.db import models


class Every(models.TextChoices):
    """After how long the next turn is due; the day is counted from the first one, so that 31/01 comes back to 31/03."""

    WEEK = "week", "Hằng tuần"
    MONTH = "month", "Hằng tháng"
    QUARTER = "quarter", "Hằng quý"
    HALF = "half", "Sáu tháng một lần"
    YEAR = "year", "Hằng năm"


MONTHS: dict[str, int] = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}


class SeriesStepKind(models.TextChoices):
    """What was decided about a series; turns that are in the ledger are never touched by it."""

    BEGUN = "begun", "Đặt việc định kỳ"
    CHANGED = "changed", "Đổi từ lượt sau"
    ENDED = "ended", "Thôi lặp lại"
    MISSED = "missed", "Lượt bị lỡ"  # its day was over before it could be made
    HALTED = "halted", "Chưa mở được lượt"
    HEADLESS = "headless", "Thôi giao lãnh đạo theo dõi"  # the post has ended
