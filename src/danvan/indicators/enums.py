from django.db import models

from danvan.foundation.periods import Every

EVERY_LABELS = {
    Every.YEAR: "Mỗi năm",
    Every.HALF: "Mỗi nửa năm",
    Every.QUARTER: "Mỗi quý",
    Every.MONTH: "Mỗi tháng",
}


class Quality(models.TextChoices):
    """Whether a target is counted from records, or judged from evidence and narrative."""

    COUNTED = "counted", "Đếm từ hồ sơ"
    QUALITATIVE = "qualitative", "Định tính"


class Comparator(models.TextChoices):
    """How the share of the population that fulfils the rules is held against the required share."""

    AT_LEAST = "ge", "≥"
    MORE_THAN = "gt", ">"


class Standing(models.TextChoices):
    """Where a target stands on a day: the order is the order on every page (worst first)."""

    AT_RISK = "at_risk", "Nguy cơ không đạt"
    WATCHED = "watched", "Đang theo dõi"
    ON_COURSE = "on_course", "Dự kiến đạt"
    REACHED = "reached", "Đã đạt"
    NOT_ASSESSABLE = "not_assessable", "Chưa đánh giá được"
