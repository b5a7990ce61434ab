from django.db import models


class Kind(models.TextChoices):
    """What the people find in it."""

    NEWS = "news", "Tin"
    PLAIN = "plain", "Văn bản bằng lời dễ hiểu"
    DEED = "deed", "Việc chung, mô hình hay"
    RESULT = "result", "Kết quả người dân được hưởng"


class State(models.TextChoices):
    """Where it is: written, laid before whoever approves, read by everybody, taken down."""

    DRAFT = "draft", "Đang viết"
    SUBMITTED = "submitted", "Chờ duyệt"
    SHOWN = "shown", "Đang đăng"
    TAKEN_DOWN = "taken_down", "Đã gỡ"


NEXT: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.DRAFT, State.SHOWN}),
    State.SHOWN: frozenset({State.TAKEN_DOWN}),
    State.TAKEN_DOWN: frozenset({State.DRAFT}),
}
TONES: dict[str, str] = {
    State.DRAFT: "grey",
    State.SUBMITTED: "orange",
    State.SHOWN: "green",
    State.TAKEN_DOWN: "grey",
}


class Part(models.TextChoices):
    """What a picture shows."""

    MAIN = "main", "Ảnh của bài"
    BEFORE = "before", "Trước"
    AFTER = "after", "Sau"


class Speech(models.TextChoices):
    """In which language it can be listened to; the codes are those of ISO 639."""

    VIETNAMESE = "vi", "Tiếng Việt"
    TAI = "tai", "Tiếng Thái"
    HMONG = "hmn", "Tiếng Mông"
    KHMU = "kjg", "Tiếng Khơ Mú"
    TAY = "tyz", "Tiếng Tày"
    NUNG = "nut", "Tiếng Nùng"
    MUONG = "mtq", "Tiếng Mường"
    KHMER = "km", "Tiếng Khmer"
    CHAM = "cja", "Tiếng Chăm"
    EDE = "rad", "Tiếng Ê Đê"
    JARAI = "jra", "Tiếng Gia Rai"
    BAHNAR = "bdq", "Tiếng Ba Na"
    DAO = "ium", "Tiếng Dao"


class Read(models.TextChoices):
    """Which public pages are counted."""

    ARTICLE = "article", "Tin, bài"
    MATTER = "matter", "Ý kiến công khai"


VIEW, WRITE, APPROVE = "news.view", "news.write", "news.approve"
