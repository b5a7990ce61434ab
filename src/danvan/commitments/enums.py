from django.db import models


class State(models.TextChoices):
    """Where a commitment is: the unit that leads moves it to claimed, whoever assigned it to verified."""

    ASSIGNED = "assigned", "Đã giao"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    CLAIMED = "claimed", "Đã báo xong"
    VERIFIED = "verified", "Đã kiểm tra"


# Where a commitment may go from each state. A claim that does not hold goes back to in progress.
NEXT: dict[str, frozenset[str]] = {
    State.ASSIGNED: frozenset({State.IN_PROGRESS, State.CLAIMED}),
    State.IN_PROGRESS: frozenset({State.CLAIMED}),
    State.CLAIMED: frozenset({State.VERIFIED, State.IN_PROGRESS}),
    State.VERIFIED: frozenset(),
}
# Nobody has said that these are done.
UNDONE = (State.ASSIGNED, State.IN_PROGRESS)


class StepKind(models.TextChoices):
    """What happened to a commitment: the lines of its timeline."""

    ASSIGNED = "assigned", "Giao việc"
    STARTED = "started", "Nhận việc"
    EVIDENCE = "evidence", "Thêm minh chứng"
    CLAIMED = "claimed", "Báo đã xong"
    VERIFIED = "verified", "Xác nhận sau kiểm tra"
    RETURNED = "returned", "Trả lại"
    EXTENSION_ASKED = "extension_asked", "Xin gia hạn"
    EXTENDED = "extended", "Cho gia hạn"
    EXTENSION_REFUSED = "extension_refused", "Không cho gia hạn"
    EXPLANATION_ASKED = "explanation_asked", "Yêu cầu giải trình"
    EXPLAINED = "explained", "Giải trình"


class Ruling(models.TextChoices):
    """What was decided about an extension that a unit asked for, or about an explanation it gave."""

    OPEN = "open", "Chờ quyết định"
    GRANTED = "granted", "Đồng ý"
    REFUSED = "refused", "Không đồng ý"
