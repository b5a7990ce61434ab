"""The words of the vault: where a denunciation is, who may read it, which clocks run, what is written down of it."""

from django.db import models


class VaultState(models.TextChoices):
    """Where a denunciation is."""

    RECEIVED = "received", "Chờ xử lý ban đầu"
    REVIEWING = "reviewing", "Xem xét tố cáo tiếp"
    ACCEPTED = "accepted", "Đã thụ lý"
    VERIFYING = "verifying", "Đang xác minh"
    SUSPENDED = "suspended", "Tạm đình chỉ"
    CONCLUDED = "concluded", "Đã kết luận"
    ACTED = "acted", "Đã xử lý kết luận"
    DONE = "done", "Đã xong"
    TRANSFERRED = "transferred", "Đã chuyển"
    REFUSED = "refused", "Không thụ lý"
    FILED = "filed", "Không xử lý"
    TERMINATED = "terminated", "Đình chỉ"
    WITHDRAWN = "withdrawn", "Đã rút"
    SETTLED = "settled", "Không giải quyết lại"


SHUT = (
    VaultState.DONE, VaultState.TRANSFERRED, VaultState.REFUSED, VaultState.FILED, VaultState.TERMINATED,
    VaultState.WITHDRAWN, VaultState.SETTLED,
)  # fmt: skip


class Part(models.TextChoices):
    """As what a named person reads one denunciation."""

    INTAKE = "intake", "Người tiếp nhận"
    RESOLVER = "resolver", "Người giải quyết"
    VERIFIER = "verifier", "Người được giao xác minh"
    PROTECTION = "protection", "Cơ quan bảo vệ người tố cáo"


class Purpose(models.TextChoices):
    """What a denunciation is read for."""

    CLASSIFY = "classify", "Kiểm tra điều kiện, xử lý ban đầu"
    CONTACT = "contact", "Liên hệ, làm việc với người tố cáo"
    VERIFY = "verify", "Xác minh nội dung"
    RESOLVE = "resolve", "Kết luận, xử lý"
    SEND = "send", "Gửi thông báo, kết luận"
    PROTECT = "protect", "Bảo vệ người tố cáo"
    REGISTER = "register", "In, xuất sổ theo dõi"


class VaultOutcome(models.TextChoices):
    """What the conclusion says of what was denounced."""

    NONE = "", "Chưa có"
    RIGHT = "right", "Đúng"
    PARTLY = "partly", "Đúng một phần"
    WRONG = "wrong", "Sai"


class Renewal(models.TextChoices):
    """Why somebody denounces again, to the superior."""

    NONE = "", "Tố cáo lần đầu"
    CONCLUDED = "concluded", "Tố cáo tiếp: đã có kết luận"
    OVERDUE = "overdue", "Tố cáo tiếp: quá hạn chưa giải quyết"


class ReviewResult(models.TextChoices):
    """What the superior comes to on a renewed denunciation."""

    SETTLED = "settled", "Không giải quyết lại: việc giải quyết trước đúng pháp luật"
    COMPETENCE = "competence", "Chuyển đúng thẩm quyền"
    AGAIN = "again", "Giải quyết lại"


class NotTaken(models.TextChoices):
    """Why a denunciation is not accepted, or not dealt with at all."""

    NONE = "", "Không"
    TC01 = "TC01", "Nội dung, hình thức không đủ theo luật"
    TC02 = "TC02", "Không có năng lực hành vi mà không có người đại diện"
    TC03 = "TC03", "Không có cơ sở xác định người vi phạm, hành vi vi phạm"
    TC04 = "TC04", "Việc đã giải quyết, không có tình tiết mới"
    KX01 = "KX01", "Không rõ họ tên, địa chỉ người tố cáo"
    KX02 = "KX02", "Mạo danh, họ tên không thật"
    KX03 = "KX03", "Không đúng hình thức tố cáo"
    KX04 = "KX04", "Đã gửi đồng thời cơ quan có thẩm quyền"
    KX05 = "KX05", "Đã được hướng dẫn về cùng nội dung"


REFUSED_FOR = (NotTaken.TC01, NotTaken.TC02, NotTaken.TC03, NotTaken.TC04)
FILED_FOR = (NotTaken.KX01, NotTaken.KX02, NotTaken.KX03, NotTaken.KX04, NotTaken.KX05)


class Stillness(models.TextChoices):
    """Why a denunciation stands still for a while."""

    RESULT = "result", "Chờ kết quả giải quyết của cơ quan khác"
    EXPERT = "expert", "Cần giám định bổ sung, giám định lại"


class Ending(models.TextChoices):
    """Why a denunciation ends without a conclusion."""

    WITHDRAWN = "withdrawn", "Người tố cáo rút toàn bộ nội dung"
    DEATH = "death", "Người bị tố cáo là cá nhân đã chết"
    JUDGMENT = "judgment", "Đã có bản án, quyết định có hiệu lực"


class GoingOn(models.TextChoices):
    """Why it is dealt with although the denouncer took it back."""

    NONE = "", "Không, rút theo đơn"
    BREACH = "breach", "Có dấu hiệu vi phạm pháp luật"
    FORCED = "forced", "Rút do bị đe dọa, mua chuộc"
    SLANDER = "slander", "Lợi dụng tố cáo để vu khống, xúc phạm"


class TakenBack(models.TextChoices):
    """In which form a denunciation was taken back."""

    PAPER = "02", "Đơn xin rút tố cáo (Mẫu 02)"
    MINUTES = "03", "Biên bản rút tố cáo (Mẫu 03)"


class Openness(models.TextChoices):
    """By which way a conclusion was made public."""

    MEETING = "meeting", "Công bố tại cuộc họp"
    POSTED = "posted", "Niêm yết tại trụ sở"
    SITE = "site", "Đăng cổng, trang thông tin điện tử"
    MEDIA = "media", "Thông báo trên phương tiện thông tin đại chúng"


class Sign(models.TextChoices):
    """What makes a denunciation complex; in writing in the file."""

    PLACES = "a", "Xác minh ở nhiều địa điểm"
    CONTENTS = "b", "Có nhiều nội dung"
    PEOPLE = "c", "Nhiều người tố cáo, liên quan nhiều người"
    FOREIGN = "d", "Có yếu tố nước ngoài, người ở nước ngoài"
    AGENCIES = "đ", "Liên quan nhiều cơ quan, tổ chức"
    OPINIONS = "e", "Các cơ quan còn ý kiến khác nhau"
    EVIDENCE = "g", "Tài liệu, chứng cứ mâu thuẫn, cần giám định, thẩm định"


class Guarding(models.TextChoices):
    """What a measure of protection guards."""

    SECRET = "secret", "Bí mật thông tin"
    WORK = "work", "Vị trí công tác, việc làm"
    LIFE = "life", "Tính mạng, sức khỏe, tài sản, danh dự, nhân phẩm"


class GuardingEnd(models.TextChoices):
    """Why a measure of protection ends."""

    NONE = "", "Đang áp dụng"
    CLOSED = "closed", "Đã kết luận, đình chỉ hoặc không thụ lý"
    DECIDED = "decided", "Có quyết định chấm dứt"
    DUTIES = "duties", "Người được bảo vệ cố ý vi phạm nghĩa vụ"


class VaultStepKind(models.TextChoices):
    """One line of the history inside the vault."""

    RECEIVED = "received", "Tiếp nhận"
    SEALED = "sealed", "Chuyển từ đơn thường vào vùng niêm phong"
    PLACES = "places", "Kiểm tra, xác minh ở nhiều nơi"
    TRANSFERRED = "transferred", "Chuyển cơ quan có thẩm quyền"
    REFUSED = "refused", "Thông báo không thụ lý"
    FILED = "filed", "Không xử lý"
    TOLD = "told", "Trả lời cơ quan chuyển đến"
    ACCEPTED = "accepted", "Thụ lý"
    NOTIFIED = "notified", "Thông báo việc thụ lý"
    ASSIGNED = "assigned", "Giao xác minh"
    MINUTED = "minuted", "Biên bản làm việc, giải trình"
    FOUND = "found", "Báo cáo kết quả xác minh"
    EXTENDED = "extended", "Gia hạn giải quyết"
    SUSPENDED = "suspended", "Tạm đình chỉ"
    RESUMED = "resumed", "Tiếp tục giải quyết"
    TERMINATED = "terminated", "Đình chỉ"
    NOTICED = "noticed", "Gửi quyết định"
    CONCLUDED = "concluded", "Kết luận nội dung"
    SENT = "sent", "Gửi kết luận"
    ACTED = "acted", "Xử lý kết luận"
    REPORTED = "reported", "Báo kết quả xử lý"
    PUBLISHED = "published", "Công khai"
    DONE = "done", "Kết thúc"
    WITHDRAWN = "withdrawn", "Rút tố cáo"
    PART_WITHDRAWN = "part_withdrawn", "Rút một phần"
    WENT_ON = "went_on", "Rút nhưng vẫn giải quyết"
    PROTECTION_ASKED = "asked_guard", "Yêu cầu bảo vệ"
    PROTECTED = "protected", "Áp dụng biện pháp bảo vệ"
    PROTECTION_ENDED = "guard_ended", "Chấm dứt bảo vệ"
    ASKED = "asked", "Yêu cầu báo cáo việc chậm giải quyết"
    ANSWERED = "answered", "Nhận báo cáo việc chậm giải quyết"
    REVIEWED = "reviewed", "Kết quả xem xét tố cáo tiếp"
    TASK = "task", "Giao việc"
    TASK_DONE = "task_done", "Việc đã xong"
    NAMED = "named", "Giao người được đọc"
    UNNAMED = "unnamed", "Thôi người được đọc"
    BARRED = "barred", "Ghi người, đơn vị bị tố cáo"
    FILE = "file", "Thêm tệp"
    PASSED_ON = "passed_on", "Chuyển đơn vị giải quyết khi sắp xếp"
    WAIVED = "waived", "Người tố cáo từ chối giữ bí mật bằng văn bản"


class ClockEvent(models.TextChoices):
    """What can happen to a clock of the vault."""

    PAUSE = "pause", "Tạm dừng"
    RESUME = "resume", "Chạy tiếp"
    EXTEND = "extend", "Gia hạn"
    CHANGE = "change", "Đổi thời hạn"
    END = "end", "Kết thúc"


SERIES = "TC"
KEY_PURPOSE = "vault"
# The clocks of a denunciation by name, and the row of the law that each runs by. No number stands in the code.
(INITIAL, PASS_ON, PRESS, RESOLVE, NOTIFY, NOTICE, SEND, ACT, REPORT, PUBLISH, REVIEW, ASK, ANSWER) = (
    "initial", "pass_on", "press", "resolve", "notify", "notice", "send", "act", "report", "publish", "review",
    "ask", "answer",
)  # fmt: skip
VAULT_CLOCKS: dict[str, str] = {
    INITIAL: "Xử lý ban đầu",
    PASS_ON: "Chuyển cơ quan có thẩm quyền",
    PRESS: "Trả lời cơ quan, báo chí chuyển đến",
    RESOLVE: "Giải quyết",
    NOTIFY: "Thông báo việc thụ lý",
    NOTICE: "Gửi quyết định tạm đình chỉ, đình chỉ",
    SEND: "Gửi kết luận",
    ACT: "Xử lý kết luận",
    REPORT: "Báo kết quả xử lý",
    PUBLISH: "Công khai kết luận",
    REVIEW: "Xem xét tố cáo tiếp",
    ASK: "Yêu cầu báo cáo việc chậm giải quyết",
    ANSWER: "Nhận báo cáo việc chậm giải quyết",
}
LAW_OF: dict[str, str] = {
    INITIAL: "denunciation.initial",
    PASS_ON: "denunciation.transfer",
    PRESS: "denunciation.reply_to_press",
    RESOLVE: "denunciation.resolve",
    NOTIFY: "denunciation.notify_accept",
    NOTICE: "denunciation.suspend.send",
    SEND: "denunciation.conclusion.send",
    ACT: "denunciation.act_on_conclusion",
    REPORT: "denunciation.report_action",
    PUBLISH: "denunciation.publicise",
    REVIEW: "denunciation.continued.review",
    ASK: "denunciation.overdue.superior_ask",
    ANSWER: "denunciation.overdue.report",
}
PLACES_KEY = "denunciation.initial.several_places"
COMPLEX, VERY_COMPLEX = "complex", "very_complex"
EXTEND_KEY = "denunciation.extend."
CRITERIA_OF = "denunciation.{}.criteria_min"
TIMES_OF = "denunciation.extend.{}.times"
FEW_KEY = "people.suppress.below"
