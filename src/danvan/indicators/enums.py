from django.db import models

from danvan.foundation.periods import Every

EVERY_LABELS = {
    Every.YEAR: "Mỗi năm",
    Every.HALF: "Mỗi nửa năm",
    Every.QUARTER: "Mỗi quý",
    Every.MONTH: "Mỗi tháng",
}


class Quality(models.TextChoices):
    """Whether a target is counted from records, judged from evidence and narrative, or held against a figure."""

    COUNTED = "counted", "Đếm từ hồ sơ"
    QUALITATIVE = "qualitative", "Định tính"
    FIGURE = "figure", "Theo số liệu báo cáo"


class Comparator(models.TextChoices):
    """How the share of the population that fulfils the rules is held against the required share."""

    AT_LEAST = "ge", "≥"
    MORE_THAN = "gt", ">"


class Aim(models.TextChoices):
    """What a target wants of a figure: a level, a change against a base period, or a path between days."""

    THRESHOLD = "threshold", "Đạt một mức"
    CHANGE = "change", "Tăng hoặc giảm so với kỳ gốc"
    PATH = "path", "Theo lộ trình, từ mức đầu đến mức cuối"


class Bound(models.TextChoices):
    """On which side of its goal a figure has to be. Of a change: up by so much, or down by so much."""

    AT_LEAST = "ge", "≥"
    MORE_THAN = "gt", ">"
    AT_MOST = "le", "≤"
    LESS_THAN = "lt", "<"

    @property
    def upward(self) -> bool:
        """More is better."""
        return self in (Bound.AT_LEAST, Bound.MORE_THAN)


class ChangeBy(models.TextChoices):
    """How a change against the base is stated."""

    PERCENT = "percent", "phần trăm của số kỳ gốc"
    AMOUNT = "amount", "số tuyệt đối (điểm, nếu là tỷ lệ)"


class Standing(models.TextChoices):
    """Where a target stands on a day: the order is the order on every page (worst first)."""

    AT_RISK = "at_risk", "Nguy cơ không đạt"
    WATCHED = "watched", "Đang theo dõi"
    ON_COURSE = "on_course", "Dự kiến đạt"
    REACHED = "reached", "Đã đạt"
    NOT_ASSESSABLE = "not_assessable", "Chưa đánh giá được"


class MeasureKind(models.TextChoices):
    """What an indicator measures: what happened in a period, what stands at its end, a part of a whole, or people.

    `FLOW` counts each time (lượt), `PERSONS` each human being once (người). `QUALITATIVE` measures nothing: it is
    answered by a step of a scale, with words and evidence.
    """

    FLOW = "flow", "Phát sinh trong kỳ"
    STOCK = "stock", "Tại thời điểm cuối kỳ"
    RATIO = "ratio", "Tỷ lệ"
    PERSONS = "persons", "Số người, mỗi người một lần"
    QUALITATIVE = "quality", "Định tính, theo bậc"


class OverTime(models.TextChoices):
    """How the months of a longer period make one figure. Months in which nothing is known are passed over.

    DHIS2's LAST is `LATEST`, its LAST_IN_PERIOD is `LAST`.
    """

    SUM = "sum", "Cộng các tháng"
    LAST = "last", "Lấy tháng cuối"  # the last month of the period with a known amount
    LATEST = "latest", "Lấy số mới nhất, kể cả trước kỳ"
    FIRST = "first", "Lấy tháng đầu"
    AVERAGE = "average", "Trung bình các tháng"
    LEAST = "min", "Tháng thấp nhất"
    MOST = "max", "Tháng cao nhất"
    COUNT = "count", "Đếm số tháng có số liệu"
    NONE = "none", "Không tổng hợp, chỉ có theo tháng"


class OverTree(models.TextChoices):
    """How the amounts of the units at or under a place make its figure in one month."""

    SUM = "sum", "Cộng các đơn vị"
    AVERAGE = "average", "Trung bình các đơn vị"
    LEAST = "min", "Đơn vị thấp nhất"
    MOST = "max", "Đơn vị cao nhất"
    COUNT = "count", "Đếm số đơn vị có số liệu"
    NONE = "none", "Không tổng hợp, chỉ có của từng đơn vị"


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
    """How far up a value has been approved: PASSED is by every place on its way, ACCEPTED by who asked."""

    SENT = 1, "Đơn vị đã gửi"
    PASSED = 2, "Đã duyệt qua từng cấp"
    ACCEPTED = 3, "Đã chấp nhận"
    LOCKED = 4, "Đã chốt"
