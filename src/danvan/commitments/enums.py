from django.db import models


class State(models.TextChoices):
    """Where a commitment is: its lead moves it to claimed, whoever assigned it to verified, then closed."""

    ASSIGNED = "assigned", "Đã giao"
    DECLINED = "declined", "Không nhận"  # the lead says why; whoever assigned it decides
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    CLAIMED = "claimed", "Đã báo xong"
    VERIFIED = "verified", "Đã kiểm tra"
    CLOSED = "closed", "Đã đóng"
    RISK_ACCEPTED = "risk_accepted", "Chấp nhận rủi ro"  # not done, on whose word, until when
    SUPERSEDED = "superseded", "Đã thay thế"
    WITHDRAWN = "withdrawn", "Đã rút"  # given by mistake: its number stays explained


class Party(models.TextChoices):
    """Who moves a commitment: three parties, none of which speaks for another."""

    LEAD = "commitments.perform", "Đơn vị chủ trì"
    CHECKER = "commitments.verify", "Người kiểm tra của đơn vị giao"
    ASSIGNER = "commitments.assign", "Đơn vị giao"
    ASKER = "asker", "Người hỏi"


LEAD, CHECKER = (Party.LEAD,), (Party.CHECKER,)
ASSIGNER, ASKER = (Party.ASSIGNER,), (Party.ASKER,)
# Where a commitment may go from each state, and on whose word. A claim that does not hold goes back to in
# progress: whoever checks it sends it back, or whoever asked says that it is not done yet.
NEXT: dict[str, dict[str, tuple[Party, ...]]] = {
    State.ASSIGNED: {
        State.IN_PROGRESS: LEAD,
        State.DECLINED: LEAD,
        State.CLAIMED: LEAD,
        State.RISK_ACCEPTED: ASSIGNER,
        State.SUPERSEDED: ASSIGNER,
        State.WITHDRAWN: ASSIGNER,
    },
    State.DECLINED: {
        State.ASSIGNED: ASSIGNER,
        State.RISK_ACCEPTED: ASSIGNER,
        State.SUPERSEDED: ASSIGNER,
        State.WITHDRAWN: ASSIGNER,
    },
    State.IN_PROGRESS: {
        State.CLAIMED: LEAD,
        State.RISK_ACCEPTED: ASSIGNER,
        State.SUPERSEDED: ASSIGNER,
    },
    State.CLAIMED: {State.VERIFIED: CHECKER, State.IN_PROGRESS: (Party.CHECKER, Party.ASKER)},
    State.VERIFIED: {State.CLOSED: CHECKER, State.IN_PROGRESS: ASKER},
    State.CLOSED: {State.IN_PROGRESS: ASKER},
    State.RISK_ACCEPTED: {State.IN_PROGRESS: ASSIGNER, State.CLAIMED: LEAD},
    State.SUPERSEDED: {},
    State.WITHDRAWN: {},
}
# Nobody has said that these are done, and they are still to be done: a risk that is accepted is late all the same.
UNDONE = (State.ASSIGNED, State.DECLINED, State.IN_PROGRESS, State.RISK_ACCEPTED)
# Found done: whether closed since or not.
FOUND_DONE = (State.VERIFIED, State.CLOSED)
# These stand in no figure of what was due: they were never to be done, or are counted as another.
UNCOUNTED = (State.WITHDRAWN, State.SUPERSEDED)


class Part(models.TextChoices):
    """By what the statistics of the ledger are told."""

    LEAD = "lead", "Đơn vị"
    TOPIC = "topic", "Lĩnh vực"
    SOURCE = "source", "Nguồn"
    MONTH = "month", "Tháng đến hạn"


# The counts that the statistics keep; what each counts is said in selectors/measures.py.
KEPT = (
    "counted", "claimed", "verified", "asked", "agreed", "disputed", "come", "in_time", "overdue",
    "late_week", "late_month", "late_quarter", "late_more", "extended",
)  # fmt: skip


class SourceKind(models.TextChoices):
    """What a commitment was taken from. Other modules may name further kinds."""

    DOCUMENT = "documents.document", "Văn bản"
    DIALOGUE = "dialogues.conclusion", "Kết luận đối thoại"
    INSPECTION = "inspection", "Kiến nghị kiểm tra, giám sát"
    CRITICISM = "criticism", "Ý kiến phản biện"
    CONSULTATION = "consultation", "Trả lời góp ý"
    PETITION = "petition", "Kiến nghị, phản ánh"
    REQUEST = "petitions.request", "Yêu cầu trong đơn thư"
    RECEPTION = "petitions.reception", "Kết luận tiếp công dân"
    PARENT = "commitments.commitment", "Chia từ việc khác"
    MANUAL = "", "Ghi tay"


class StepKind(models.TextChoices):
    """What happened to a commitment: the lines of its timeline."""

    ASSIGNED = "assigned", "Giao việc"
    STARTED = "started", "Nhận việc"
    EVIDENCE = "evidence", "Thêm minh chứng"
    CLAIMED = "claimed", "Báo đã xong"
    CLAIMED_FOR = "claimed_for", "Báo hộ đơn vị chủ trì"
    VERIFIED = "verified", "Xác nhận sau kiểm tra"
    RETURNED = "returned", "Trả lại"
    EXTENSION_ASKED = "extension_asked", "Xin gia hạn"
    EXTENDED = "extended", "Cho gia hạn"
    EXTENSION_REFUSED = "extension_refused", "Không cho gia hạn"
    EXPLANATION_ASKED = "explanation_asked", "Yêu cầu giải trình"
    EXPLAINED = "explained", "Giải trình"
    REMINDED = "reminded", "Đôn đốc"
    WITHDRAWN = "withdrawn", "Rút việc giao nhầm"
    PASSED = "passed", "Chuyển đơn vị"
    DECLINED = "declined", "Không nhận việc"
    CONFIRMED = "confirmed", "Giữ nguyên việc giao"
    GIVEN_ON = "given_on", "Giao đơn vị khác"
    AGREED = "agreed", "Người hỏi xác nhận đã xong"
    DISPUTED = "disputed", "Người hỏi trả lời chưa xong"
    CLOSED = "closed", "Đóng việc"
    RISK_ACCEPTED = "risk_accepted", "Chấp nhận rủi ro"
    RESUMED = "resumed", "Làm tiếp"
    SUPERSEDED = "superseded", "Thay bằng việc khác"
    FILED = "filed", "Phân lĩnh vực"
    WATCHED = "watched", "Theo dõi"
    INSPECTED = "inspected", "Kiểm tra việc thực hiện"
    SUPERVISED = "supervised", "Giám sát"
    REPLIED = "replied", "Trả lời"
    DIFFICULTY = "difficulty", "Nêu khó khăn, vướng mắc"
    DIFFICULTY_MET = "difficulty_met", "Trả lời khó khăn, vướng mắc"
    DUE_MOVED = "due_moved", "Hạn chuyển theo lịch"
    HEAD_SET = "head_set", "Giao lãnh đạo theo dõi"
    HEAD_PASSED = "head_passed", "Lãnh đạo theo dõi thay đổi"
    DIVIDED = "divided", "Chia việc cho đơn vị dưới"
    MEASURED = "measured", "Đo bằng chỉ số"
    CLAIMED_OVER = "claimed_over", "Báo xong khi còn vướng"


class FollowUpKind(models.TextChoices):
    """How whoever gave work follows it: four acts, each on record; none of them changes where the work stands."""

    WATCH = "watch", "Theo dõi"  # looked where it stands
    URGE = "urge", "Đôn đốc"  # told the lead to get on with it
    INSPECT = "inspect", "Kiểm tra"  # went through what was done
    SUPERVISE = "supervise", "Giám sát"  # watched how it is done, over a time


# The line that each of the four leaves on a timeline.
FOLLOWED: dict[str, StepKind] = {
    FollowUpKind.WATCH: StepKind.WATCHED,
    FollowUpKind.URGE: StepKind.REMINDED,
    FollowUpKind.INSPECT: StepKind.INSPECTED,
    FollowUpKind.SUPERVISE: StepKind.SUPERVISED,
}
_BY_THE_LEAD = (
    StepKind.STARTED,
    StepKind.EVIDENCE,
    StepKind.CLAIMED,
    StepKind.EXTENSION_ASKED,
    StepKind.EXPLAINED,
    StepKind.REPLIED,
    StepKind.DIFFICULTY,
    StepKind.DECLINED,
)
# What the lead does, and what puts the work into its hands anew: since the last of these it is silent.
HEARD = (
    *_BY_THE_LEAD,
    StepKind.RETURNED,
    StepKind.DISPUTED,
    StepKind.CONFIRMED,
    StepKind.GIVEN_ON,
    StepKind.RESUMED,
)
# What the unit that leads does with the work by itself: once one of these stands, it is not simply taken back.
LEAD_ACTS = (*_BY_THE_LEAD, StepKind.DIVIDED)
# These undo a claim: it goes on from their day, and what was agreed to holds no more.
HANDED_BACK = (StepKind.RETURNED, StepKind.DISPUTED)
# Only of these is silence told: what is declined or risked waits for whoever assigned it.
SPEAKING = (State.ASSIGNED, State.IN_PROGRESS)


class ExplanationStepKind(models.TextChoices):
    """What happened to an explanation: nothing that was said in it is overwritten."""

    ASKED = "asked", "Yêu cầu giải trình"
    ANSWERED = "answered", "Giải trình"
    TAKEN = "taken", "Tiếp nhận giải trình"
    SENT_BACK = "sent_back", "Yêu cầu giải trình lại"
    PASSED = "passed", "Chuyển đơn vị"


class SubjectKind(models.TextChoices):
    """What a difficulty is about; none where it is about no one thing."""

    COMMITMENT = "commitments.commitment", "Việc phải làm"
    TARGET = "indicators.target", "Chỉ tiêu"
    REPORT = "reporting.obligation", "Báo cáo"
    DOCUMENT = "documents.document", "Văn bản"


class DifficultyStepKind(models.TextChoices):
    """What happened to a difficulty on its way up and down."""

    RAISED = "raised", "Nêu khó khăn, vướng mắc"
    PASSED_UP = "passed_up", "Chuyển lên cấp trên"
    JOINED = "joined", "Gộp để trả lời một lần"
    ANSWERED = "answered", "Trả lời"


# The icon of each line of a timeline, and the lines that stand in red.
ICONS: dict[str, str] = {
    StepKind.ASSIGNED: "send",
    StepKind.STARTED: "check",
    StepKind.EVIDENCE: "paperclip",
    StepKind.CLAIMED: "flag-check",
    StepKind.CLAIMED_FOR: "flag-check",
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
    StepKind.DECLINED: "message-x",
    StepKind.CONFIRMED: "send",
    StepKind.GIVEN_ON: "arrows-exchange",
    StepKind.AGREED: "circle-check",
    StepKind.DISPUTED: "message-x",
    StepKind.CLOSED: "lock",
    StepKind.RISK_ACCEPTED: "alert-triangle",
    StepKind.RESUMED: "progress",
    StepKind.SUPERSEDED: "arrows-exchange",
    StepKind.FILED: "tag",
    StepKind.WATCHED: "eye",
    StepKind.INSPECTED: "clipboard-check",
    StepKind.SUPERVISED: "zoom-check",
    StepKind.REPLIED: "message",
    StepKind.DIFFICULTY: "help-circle",
    DifficultyStepKind.RAISED: "help-circle",
    StepKind.DIFFICULTY_MET: "message",
    DifficultyStepKind.PASSED_UP: "send",
    DifficultyStepKind.JOINED: "git-merge",
    StepKind.DUE_MOVED: "calendar",
    StepKind.HEAD_SET: "id-badge-2",
    StepKind.HEAD_PASSED: "id-badge-2",
    StepKind.DIVIDED: "arrows-split",
    StepKind.MEASURED: "target-arrow",
    StepKind.CLAIMED_OVER: "alert-triangle",
    ExplanationStepKind.ASKED: "message-exclamation",
    ExplanationStepKind.ANSWERED: "message",
    ExplanationStepKind.TAKEN: "circle-check",
    ExplanationStepKind.SENT_BACK: "refresh",
}
UNWELCOME = (
    StepKind.RETURNED,
    StepKind.EXTENSION_REFUSED,
    StepKind.EXPLANATION_ASKED,
    StepKind.DECLINED,
    StepKind.DISPUTED,
    StepKind.RISK_ACCEPTED,
    StepKind.CLAIMED_OVER,
)


class Ruling(models.TextChoices):
    """What was decided about an extension that a unit asked for, or about an explanation it gave."""

    OPEN = "open", "Chờ quyết định"
    GRANTED = "granted", "Đồng ý"
    REFUSED = "refused", "Không đồng ý"


class AskerWord(models.TextChoices):
    """What whoever asked says of what was done."""

    CONFIRMED = "confirmed", "Đã xong, đúng như đã hứa"
    NOT_YET = "not_yet", "Chưa xong"


class Tried(models.TextChoices):
    """What came of typing a code. A withdrawn one is as wrong as one that never was."""

    RIGHT = "right", "Đúng"
    MISTYPED = "mistyped", "Gõ nhầm"
    WRONG = "wrong", "Không có"
    EXPIRED = "expired", "Hết hạn"
    TOO_MANY = "too_many", "Thử quá nhiều lần"
