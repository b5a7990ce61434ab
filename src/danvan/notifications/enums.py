from django.db import models


class Topic(models.TextChoices):
    """What a message is about; the order is that of a digest."""

    DUE = "due", "Hạn"
    COMMITMENT = "commitment", "Việc phải làm"
    PETITION = "petition", "Đơn thư"
    EXPLANATION = "explanation", "Giải trình"
    REPORT = "report", "Báo cáo, biểu mẫu"
    TARGET = "target", "Chỉ tiêu"
    DOCUMENT = "document", "Văn bản"
    SUMMARY = "summary", "Báo cáo tổng hợp"
    ACCOUNT = "account", "Tài khoản"


class Way(models.TextChoices):
    """How messages go out by e-mail."""

    AT_ONCE = "at_once", "Gửi ngay khi có thông báo"
    DIGEST = "digest", "Mỗi ngày một thư tổng hợp"
    NEVER = "never", "Không gửi thư"


class Warned(models.TextChoices):
    """What a reminder said of a day."""

    SOON = "soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn"


class Mailed(models.TextChoices):
    """Whether news goes by e-mail to somebody who holds a code."""

    NOT = "", "Không để lại địa chỉ"
    ASKED = "asked", "Chưa xác nhận"
    ON = "on", "Có tin thì báo"
    STOPPED = "stopped", "Thôi báo tin"
