from django.db import models


class Pillar(models.TextChoices):
    """What the law asks of a matter: that people know it, decide it, are asked about it, or watch over it."""

    KNOW = "know", "Dân biết"
    DECIDE = "decide", "Dân bàn, quyết định"
    COMMENT = "comment", "Dân tham gia ý kiến"
    WATCH = "watch", "Dân kiểm tra, giám sát"


class Posted(models.TextChoices):
    """How long a matter of a kind hangs at the office and in the villages."""

    NEVER = "", "Không bắt buộc niêm yết"
    DAYS = "days", "Niêm yết đủ số ngày liên tục"
    ALWAYS = "always", "Niêm yết thường xuyên"


class Channel(models.TextChoices):
    """Where the people find it."""

    OFFICE = "office", "Niêm yết tại trụ sở"
    VILLAGE = "village", "Niêm yết tại nhà văn hóa, điểm sinh hoạt cộng đồng"
    RADIO = "radio", "Loa truyền thanh"
    PORTAL = "portal", "Cổng, trang thông tin điện tử"
    HEAD = "head", "Trưởng thôn, tổ trưởng thông báo đến hộ"
    MEETING = "meeting", "Họp thôn, bản, tổ dân phố"


class Part(models.TextChoices):
    """What of a matter was published: the matter itself, or what came of it."""

    CONTENT = "content", "Nội dung, thông báo"
    RESULT = "result", "Kết quả"


class State(models.TextChoices):
    """Where a matter is."""

    DUE = "due", "Chưa công khai"
    SHOWN = "shown", "Đã công khai"
    AGAIN = "again", "Chưa đủ hộ, phải bàn lại"
    PASSED = "passed", "Được thông qua"
    REJECTED = "rejected", "Không được thông qua"
    COUNTED = "counted", "Đã tổng hợp ý kiến"
    ANSWERED = "answered", "Đã trả lời, giải trình"
    ENDED = "ended", "Đã kết thúc"
    WITHDRAWN = "withdrawn", "Đã rút"


# Where a matter may go from each state, by its pillar.
NEXT: dict[str, dict[str, frozenset[str]]] = {
    Pillar.KNOW: {
        State.DUE: frozenset({State.SHOWN, State.WITHDRAWN}),
        State.SHOWN: frozenset({State.ENDED}),
    },
    Pillar.DECIDE: {
        State.DUE: frozenset({State.SHOWN, State.WITHDRAWN}),
        State.SHOWN: frozenset({State.AGAIN, State.PASSED, State.REJECTED, State.WITHDRAWN}),
        State.AGAIN: frozenset({State.AGAIN, State.PASSED, State.REJECTED}),
        State.PASSED: frozenset({State.ENDED}),
        State.REJECTED: frozenset({State.ENDED}),
    },
    Pillar.COMMENT: {
        State.DUE: frozenset({State.SHOWN, State.WITHDRAWN}),
        State.SHOWN: frozenset({State.COUNTED, State.WITHDRAWN}),
        State.COUNTED: frozenset({State.ANSWERED}),
        State.ANSWERED: frozenset({State.ENDED}),
    },
    Pillar.WATCH: {
        State.DUE: frozenset({State.SHOWN, State.ANSWERED, State.WITHDRAWN}),
        State.SHOWN: frozenset({State.ANSWERED, State.WITHDRAWN}),
        State.ANSWERED: frozenset({State.ENDED}),
    },
}
OPEN = (
    State.DUE, State.SHOWN, State.AGAIN, State.PASSED, State.REJECTED, State.COUNTED, State.ANSWERED,
)  # fmt: skip
COMING_OUT = (
    State.PASSED,
    State.REJECTED,
    State.COUNTED,
    State.ANSWERED,
)  # has a result to publish
TONES: dict[str, str] = {
    State.DUE: "orange",
    State.SHOWN: "grey",
    State.AGAIN: "orange",
    State.PASSED: "green",
    State.REJECTED: "grey",
    State.COUNTED: "orange",
    State.ANSWERED: "green",
    State.ENDED: "green",
    State.WITHDRAWN: "grey",
}


class Form(models.TextChoices):
    """How people decide."""

    MEETING = "meeting", "Họp thôn, bản, tổ dân phố"
    BALLOT = "ballot", "Phiếu lấy ý kiến từng hộ"
    ONLINE = "online", "Biểu quyết trực tuyến"


class Outcome(models.TextChoices):
    """What a round comes to; counted, never typed."""

    PASSED = "passed", "Thông qua"
    REJECTED = "rejected", "Không thông qua"
    AGAIN = "again", "Chưa đủ hộ, phải bàn lại"


class Recogniser(models.TextChoices):
    """Who must recognise a decision before it has effect."""

    NOBODY = "", "Có hiệu lực khi biểu quyết"
    GOVERNMENT = "government", "Ủy ban nhân dân cấp xã công nhận"
    FRONT = "front", "Ủy ban MTTQ Việt Nam cấp xã công nhận"


class Recognition(models.TextChoices):
    """What the one who recognises said."""

    WAITING = "", "Chưa có"
    GIVEN = "given", "Công nhận"
    REFUSED = "refused", "Không công nhận"


class StepKind(models.TextChoices):
    """One line of a matter's history."""

    ENTERED = "entered", "Ghi việc"
    POSTED = "posted", "Công khai"
    EXTENDED = "extended", "Sửa ngày thôi niêm yết"
    VOTED = "voted", "Ghi kết quả biểu quyết"
    SENT = "sent", "Gửi quyết định của cộng đồng dân cư"
    RECOGNISED = "recognised", "Công nhận, không công nhận"
    COMMENTS = "comments", "Tổng hợp ý kiến"
    ANSWERED = "answered", "Trả lời, giải trình"
    ENDED = "ended", "Kết thúc"
    WITHDRAWN = "withdrawn", "Rút"
    MOVED = "moved", "Hạn đổi theo lịch"
    PASSED_ON = "passed_on", "Chuyển đơn vị"
    SHOWN = "shown", "Duyệt để đưa lên Cổng Nhân dân"


# The rows of the law that this work is held against. No number stands in the code.
POST_KEY = "democracy.post.min"
RADIO_KEY = "democracy.radio.min"
NOTICE_KEY = "democracy.meeting.notice"
CONSULT_KEY = "democracy.consult.min"
SEND_KEY = "democracy.decision.send"
RECOGNISE_KEY = "democracy.recognise"
QUORUM_KEY = "democracy.quorum"
VILLAGES_KEY = "democracy.pass.villages"
INITIATIVE_KEY = "democracy.initiative.households"
CONSENT_KEY = "democracy.initiative.valid"
SUBJECT = "grassroots.matter"  # whose clocks these are
# The clocks of a matter by name: until when it is published or answered, the decision sent, it recognised.
DUE, SEND, RECOGNISE = "due", "send", "recognise"
