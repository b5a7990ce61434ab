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


class MeasureKind(models.TextChoices):
    """What an indicator measures: what happened in a period, what stands at its end, or a part of a whole."""

    FLOW = "flow", "Phát sinh trong kỳ"
    STOCK = "stock", "Tại thời điểm cuối kỳ"
    RATIO = "ratio", "Tỷ lệ"


class OverTime(models.TextChoices):
    """How the months of a longer period make one figure: summed, or the last one known."""

    SUM = "sum", "Cộng các tháng"
    LAST = "last", "Lấy tháng cuối"


class AcrossBreak(models.TextChoices):
    """What becomes of a value of which only a part belongs to a unit in the reading asked for."""

    SHARE = "share", "Chia theo tỷ trọng, cộng lại"
    WHOLE = "whole", "Chỉ cộng trọn vẹn; không chia được thì để trống"


class Origin(models.TextChoices):
    """Where a value comes from."""

    ENTERED = "entered", "Nhập"
    COUNTED = "counted", "Đếm từ hồ sơ"
    COMPUTED = "computed", "Tính từ số khác"
    ESTIMATED = "estimated", "Ước"


class Approval(models.IntegerChoices):
    """How far up a value has been approved."""

    SENT = 1, "Đơn vị đã gửi"
    ACCEPTED = 2, "Cấp tỉnh đã duyệt"
    LOCKED = 3, "Đã chốt"
