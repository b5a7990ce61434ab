from django.db import models

from danvan.organisations.enums import Kind, Level


class DialogueKind(models.TextChoices):
    """Whose dialogue it is, and with whom. The dialogue about one complaint belongs to petitions."""

    PARTY_HEAD = "party_head", "Người đứng đầu cấp ủy với Nhân dân"
    GOVERNMENT = "government", "Ủy ban nhân dân với Nhân dân"
    THEMATIC = "thematic", "Đối thoại chuyên đề"
    AFFECTED = "affected", "Đối thoại với người chịu tác động"


# Who alone holds a kind; the others are any organisation's.
HOSTS: dict[str, str] = {
    DialogueKind.PARTY_HEAD: Kind.PARTY_COMMITTEE,
    DialogueKind.GOVERNMENT: Kind.PEOPLES_COMMITTEE,
}
# The row of the law that says how often a head holds one a year, by the kind and the level of the host.
YEARLY: dict[str, tuple[str, tuple[str, ...]]] = {
    Kind.PARTY_COMMITTEE: ("dialogue.party_head.min", (Level.PROVINCE, Level.COMMUNE)),
    Kind.PEOPLES_COMMITTEE: ("democracy.dialogue.min", (Level.COMMUNE,)),
}
NOTICE = "democracy.meeting.notice"  # how long before the people are told
ISSUE = "dialogue.conclusion.issue"  # how long after it the conclusions are out


class Shape(models.TextChoices):
    """How people meet."""

    MEETING = "meeting", "Hội nghị trực tiếp"
    FIELD = "field", "Tại hiện trường, nơi ở"
    ONLINE = "online", "Trực tuyến"


class State(models.TextChoices):
    """Where a dialogue is."""

    PLANNED = "planned", "Dự kiến"
    ANNOUNCED = "announced", "Đã thông báo"
    HELD = "held", "Đã đối thoại"
    CONCLUDED = "concluded", "Đã ra kết luận"
    CLOSED = "closed", "Đã khép lại"
    CANCELLED = "cancelled", "Đã hủy"


# Where a dialogue may go from each state. What was held is never cancelled.
NEXT: dict[str, frozenset[str]] = {
    State.PLANNED: frozenset({State.ANNOUNCED, State.HELD, State.CANCELLED}),
    State.ANNOUNCED: frozenset({State.HELD, State.CANCELLED}),
    State.HELD: frozenset({State.CONCLUDED}),
    State.CONCLUDED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
    State.CANCELLED: frozenset(),
}
COMING = (State.PLANNED, State.ANNOUNCED)
TOOK_PLACE = (State.HELD, State.CONCLUDED, State.CLOSED)
OPEN = (State.PLANNED, State.ANNOUNCED, State.HELD, State.CONCLUDED)
TONES: dict[str, str] = {
    State.PLANNED: "grey",
    State.ANNOUNCED: "grey",
    State.HELD: "orange",
    State.CONCLUDED: "orange",
    State.CLOSED: "green",
    State.CANCELLED: "grey",
}


class Heard(models.TextChoices):
    """When an opinion reached the dialogue."""

    BEFORE = "before", "Gửi trước"
    FLOOR = "floor", "Nêu tại hội nghị"


class Led(models.TextChoices):
    """Who led a dialogue that was held: its head, or somebody the head sent."""

    HEAD = "head", "Người đứng đầu trực tiếp chủ trì"
    DELEGATE = "delegate", "Ủy quyền người khác chủ trì"


class Way(models.TextChoices):
    """What becomes of an opinion: the third column of the minutes."""

    OPEN = "open", "Chưa có hướng xử lý"
    ANSWERED = "answered", "Trả lời tại chỗ"
    GIVEN = "given", "Giao đơn vị"
    ABOVE = "above", "Vượt thẩm quyền, chuyển cấp trên"


class Crowd(models.TextChoices):
    """Who came, counted and never listed."""

    RESIDENTS = "residents", "Nhân dân"
    FRONT = "front", "MTTQ, tổ chức chính trị - xã hội"
    VILLAGE = "village", "Cán bộ thôn, bản, tổ dân phố"
    OFFICIALS = "officials", "Cán bộ, công chức"
    OTHERS = "others", "Thành phần khác"


class Grade(models.TextChoices):
    """What participants said of the dialogue on paper; counted, never by person."""

    VERY_GOOD = "very_good", "Rất tốt"
    GOOD = "good", "Tốt"
    FAIR = "fair", "Đạt"
    POOR = "poor", "Chưa đạt"


class StepKind(models.TextChoices):
    """One line of a dialogue's history."""

    PLANNED = "planned", "Lập cuộc đối thoại"
    ANNOUNCED = "announced", "Thông báo, niêm yết"
    MOVED = "moved", "Đổi ngày"
    CANCELLED = "cancelled", "Hủy"
    HELD = "held", "Ghi kết quả đối thoại"
    CONCLUDED = "concluded", "Ra thông báo kết luận"
    CLOSED = "closed", "Khép lại"
    PASSED = "passed", "Chuyển đơn vị"
    OPENED = "opened", "Mở nhận câu hỏi"
    SHOWN = "shown", "Công khai trên Cổng Nhân dân"
