from django.db import models


class State(models.TextChoices):
    """Where a commitment is: the unit that leads moves it to claimed, whoever assigned it to verified."""

    ASSIGNED = "assigned", "Đã giao"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    CLAIMED = "claimed", "Đã báo xong"
    VERIFIED = "verified", "Đã kiểm tra"
    WITHDRAWN = "withdrawn", "Đã rút"  # given by mistake: its number stays explained


# Where a commitment may go from each state. A claim that does not hold goes back to in progress.
NEXT: dict[str, frozenset[str]] = {
    State.ASSIGNED: frozenset({State.IN_PROGRESS, State.CLAIMED, State.WITHDRAWN}),
    State.IN_PROGRESS: frozenset({State.CLAIMED}),
    State.CLAIMED: frozenset({State.VERIFIED, State.IN_PROGRESS}),
    State.VERIFIED: frozenset(),
    State.WITHDRAWN: frozenset(),
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
    REMINDED = "reminded", "Nhắc việc"
    WITHDRAWN = "withdrawn", "Rút việc giao nhầm"
    PASSED = "passed", "Chuyển đơn vị"


class ExplanationStepKind(models.TextChoices):
    """What happened to an explanation: nothing that was said in it is overwritten."""

    ASKED = "asked", "Yêu cầu giải trình"
    ANSWERED = "answered", "Giải trình"
    TAKEN = "taken", "Tiếp nhận giải trình"
    SENT_BACK = "sent_back", "Yêu cầu giải trình lại"
    PASSED = "passed", "Chuyển đơn vị"


# The icon of each line of a timeline, and the lines that stand in red.
ICONS: dict[str, str] = {
    StepKind.ASSIGNED: "send",
    StepKind.STARTED: "check",
    StepKind.EVIDENCE: "paperclip",
    StepKind.CLAIMED: "flag-check",
    StepKind.VERIFIED: "eye-check",
    StepKind.RETURNED: "refresh",
    StepKind.EXTENSION_ASKED: "calendar-question",
    StepKind.EXTENDED: "calendar-plus",
    StepKind.EXTENSION_REFUSED: "calendar-x",
    StepKind.EXPLANATION_ASKED: "message-exclamation",
    StepKind.EXPLAINED: "message",
    StepKind.REMINDED: "bell",
    StepKind.WITHDRAWN: "ban",
    StepKind.PASSED: "arrows-exchange",
    ExplanationStepKind.ASKED: "message-exclamation",
    ExplanationStepKind.ANSWERED: "message",
    ExplanationStepKind.TAKEN: "circle-check",
    ExplanationStepKind.SENT_BACK: "refresh",
}
UNWELCOME = (StepKind.RETURNED, StepKind.EXTENSION_REFUSED, StepKind.EXPLANATION_ASKED)


class Ruling(models.TextChoices):
    """What was decided about an extension that a unit asked for, or about an explanation it gave."""

    OPEN = "open", "Chờ quyết định"
    GRANTED = "granted", "Đồng ý"
    REFUSED = "refused", "Không đồng ý"
