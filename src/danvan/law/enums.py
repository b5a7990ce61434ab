from django.db import models


class Measure(models.TextChoices):
    """What the value of a legal parameter counts. Deadlines are counted in `DURATIONS` only."""

    DAYS = "D", "ngày"
    WORKING_DAYS = "WD", "ngày làm việc"
    MONTHS = "M", "tháng"
    YEARS = "Y", "năm"
    DAYS_AFTER = "D after", "ngày sau đó"
    DAYS_RUNNING = "D consecutive", "ngày liên tục"
    DAYS_BEFORE = "D before", "ngày trước đó"
    WORKING_DAYS_BEFORE = "WD before", "ngày làm việc trước đó"
    HOURS = "h", "giờ"
    HOURS_BEFORE = "h before", "giờ trước đó"
    DAYS_A_MONTH = "days/month", "ngày mỗi tháng"
    DAYS_A_WEEK = "days/week", "ngày mỗi tuần"
    TIMES_A_YEAR = "per year", "lần mỗi năm"
    QUARTER = "quarter", "quý"
    PERSONS = "persons", "người"
    HOUSEHOLDS = "households", "hộ"
    OF_SEVEN = "of 7", "trong 7 tiêu chí"
    TIMES = "times", "lần"
    TELEPHONE = "telephone", "(số điện thoại)"
    SHARE_OF_HOUSEHOLDS = "share of households (at least)", "số hộ trở lên"
    SHARE_OF_ALL_HOUSEHOLDS = "share of all households (at least)", "tổng số hộ trở lên"
    SHARE_OF_VILLAGES = "share of villages (at least)", "tổng số thôn, tổ dân phố trở lên"
    SHARE_OF_TERM = "share of term", "thời hạn đã qua"
    MORE_THAN_SHARE_OF_ALL = "share of all households (more than)", "tổng số hộ (phải trên mức này)"


# The measures that a deadline can be counted in: what is counted, and whether it runs back from the event.
DURATIONS: dict[str, tuple[str, bool]] = {
    Measure.DAYS: (Measure.DAYS, False),
    Measure.DAYS_AFTER: (Measure.DAYS, False),
    Measure.DAYS_RUNNING: (Measure.DAYS, False),
    Measure.WORKING_DAYS: (Measure.WORKING_DAYS, False),
    Measure.MONTHS: (Measure.MONTHS, False),
    Measure.YEARS: (Measure.YEARS, False),
    Measure.DAYS_BEFORE: (Measure.DAYS, True),
    Measure.WORKING_DAYS_BEFORE: (Measure.WORKING_DAYS, True),
}


# What whoever gives something the day of which has gone by ticks, and says why it is written down only now.
OLD = "Ghi việc cũ, hạn đã qua"


class Confidence(models.TextChoices):
    """How a row came to be known. Nothing here replaces the legal officer's confirmation."""

    READ = "S", "Đã đọc văn bản"
    READ_BEFORE_136 = "S(pre-136)", "Đã đọc, trước sửa đổi"
    NEWS = "N", "Theo báo chí, tài liệu dẫn lại"
    KNOWN = "K", "Theo hiểu biết, chưa đọc lại"


MEANING: dict[str, str] = {
    Confidence.READ: "Con số đọc từ chính văn bản.",
    Confidence.READ_BEFORE_136: (
        "Con số đọc từ văn bản trước khi Luật 136/2025/QH15 sửa đổi; cần đối chiếu với luật mới."
    ),
    Confidence.NEWS: "Con số lấy từ báo chí hoặc tài liệu dẫn lại; chưa đọc được toàn văn.",
    Confidence.KNOWN: "Con số theo hiểu biết nghiệp vụ; chưa đối chiếu với văn bản.",
}


class EventKind(models.TextChoices):
    """What can happen to a clock."""

    START = "start", "Bắt đầu"
    PAUSE = "pause", "Tạm dừng"
    RESUME = "resume", "Chạy tiếp"
    TRANSFER = "transfer", "Chuyển đơn vị"
    EXTEND = "extend", "Gia hạn"
    CHANGE = "change", "Đổi loại việc"
    END = "end", "Kết thúc"


class ClockState(models.TextChoices):
    """What a clock is on a day."""

    RUNNING = "running", "đang chạy"
    PAUSED = "paused", "tạm dừng"
    OVERDUE = "overdue", "quá hạn"
    ENDED = "ended", "đã kết thúc"


class Mark(models.TextChoices):
    """What a clock warns of."""

    HALF = "half", "nửa thời hạn"
    MOST = "most", "gần hết thời hạn"
    BEFORE = "before", "sắp đến hạn"
    DUE = "due", "đến hạn"
    SILENCE = "silence", "chưa có trả lời"
    # After the due day: told to the next level up, and to the one above it.
    ESCALATED = "escalated", "quá hạn, báo nơi giao"
    ESCALATED_HIGHER = "higher", "quá hạn, báo cấp trên"
