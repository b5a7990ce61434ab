from django.db import models


class Kind(models.TextChoices):
    """What the law takes a matter for. A denunciation is none of these: it has a model of its own in the vault."""

    COMPLAINT = "complaint", "Khiếu nại"
    PROPOSAL = "proposal", "Kiến nghị"
    FEEDBACK = "feedback", "Phản ánh"


# What the number of each kind begins with.
PREFIX: dict[str, str] = {Kind.COMPLAINT: "KN", Kind.PROPOSAL: "KG", Kind.FEEDBACK: "PA"}
ANSWERED_KINDS = (Kind.PROPOSAL, Kind.FEEDBACK)  # they end in an answer, not in a decision


class Channel(models.TextChoices):
    """By which way a paper came in."""

    RECEPTION = "reception", "Nộp khi tiếp công dân"
    POST = "post", "Qua bưu chính"
    BOX = "box", "Hòm thư"
    PHONE = "phone", "Điện thoại"
    EMAIL = "email", "Thư điện tử"
    PORTAL = "portal", "Cổng, trang thông tin điện tử"
    PAGE = "page", "Góp ý dưới trang"
    FORWARDED = "forwarded", "Cơ quan khác chuyển đến"
    DEPUTY = "deputy", "Đại biểu dân cử, Mặt trận chuyển đến"
    PRESS = "press", "Báo chí"


# Of these the law asks that whoever sent the paper on is told what came of it.
SENT_ON = (Channel.FORWARDED, Channel.DEPUTY, Channel.PRESS)


class Language(models.TextChoices):
    """In which language it was said or written; the codes are those of ISO 639."""

    VIETNAMESE = "vi", "Tiếng Việt"
    HMONG = "hmn", "Tiếng Mông"
    TAI = "tai", "Tiếng Thái"
    TAY = "tyz", "Tiếng Tày"
    NUNG = "nut", "Tiếng Nùng"
    MUONG = "mtq", "Tiếng Mường"
    KHMER = "km", "Tiếng Khmer"
    CHAM = "cja", "Tiếng Chăm"
    EDE = "rad", "Tiếng Ê Đê"
    JARAI = "jra", "Tiếng Gia Rai"
    BAHNAR = "bdq", "Tiếng Ba Na"
    DAO = "ium", "Tiếng Dao"
    OTHER = "mis", "Tiếng khác"


class State(models.TextChoices):
    """Where a petition is."""

    RECEIVED = "received", "Chờ phân loại"
    AWAITED = "awaited", "Chờ cơ quan ngoài hệ thống trả kết quả"
    ACCEPTED = "accepted", "Đã thụ lý"
    VERIFYING = "verifying", "Đang xác minh"
    DIALOGUE = "dialogue", "Đối thoại"
    SUSPENDED = "suspended", "Tạm đình chỉ"
    DECIDED = "decided", "Đã ra quyết định"
    SENT = "sent", "Đã gửi quyết định"
    ENFORCING = "enforcing", "Đang thi hành"
    ANSWERED = "answered", "Đã trả lời"
    GUIDED = "guided", "Đã hướng dẫn"
    FILED = "filed", "Lưu đơn"
    REFUSED = "refused", "Không thụ lý"
    TERMINATED = "terminated", "Đình chỉ"
    WITHDRAWN = "withdrawn", "Đã rút"
    APPEALED = "appealed", "Chuyển sang giải quyết lần hai"
    DONE = "done", "Đã xong"


CLOSED = (
    State.GUIDED, State.FILED, State.REFUSED, State.TERMINATED, State.WITHDRAWN, State.APPEALED, State.DONE,
)  # fmt: skip
OPEN = tuple(one for one in State if one not in CLOSED)
WORKED = (State.ACCEPTED, State.VERIFYING, State.DIALOGUE)  # time for settling runs
TONES: dict[str, str] = {
    State.RECEIVED: "orange",
    State.AWAITED: "grey",
    State.ACCEPTED: "orange",
    State.VERIFYING: "orange",
    State.DIALOGUE: "orange",
    State.SUSPENDED: "grey",
    State.DECIDED: "orange",
    State.SENT: "orange",
    State.ENFORCING: "orange",
    State.ANSWERED: "green",
    State.DONE: "green",
}


class Outcome(models.TextChoices):
    """What the petition came to: one of the four things that are never mixed (outcome, answer, satisfaction, verified)."""

    NONE = "", "Chưa có"
    RIGHT = "right", "Đúng"
    PARTLY = "partly", "Đúng một phần"
    WRONG = "wrong", "Sai"
    UPHELD = "upheld", "Công nhận quyết định lần đầu"
    CHANGED = "changed", "Hủy, sửa quyết định lần đầu"
    RESOLVED = "resolved", "Đã giải quyết theo đề nghị"
    EXPLAINED = "explained", "Đã giải thích, không giải quyết theo đề nghị"
    NOTED = "noted", "Ghi nhận để nghiên cứu"


# Which outcomes fit a kind and a round.
OUTCOMES: dict[tuple[str, int], tuple[Outcome, ...]] = {
    (Kind.COMPLAINT, 1): (Outcome.RIGHT, Outcome.PARTLY, Outcome.WRONG),
    (Kind.COMPLAINT, 2): (Outcome.UPHELD, Outcome.CHANGED),
    (Kind.PROPOSAL, 1): (Outcome.RESOLVED, Outcome.EXPLAINED, Outcome.NOTED),
    (Kind.FEEDBACK, 1): (Outcome.RESOLVED, Outcome.EXPLAINED, Outcome.NOTED),
}


class Satisfaction(models.TextChoices):
    """What whoever asked says of the answer."""

    NONE = "", "Chưa hỏi"
    YES = "yes", "Hài lòng"
    PARTLY = "partly", "Hài lòng một phần"
    NO = "no", "Chưa hài lòng"


class Closing(models.TextChoices):
    """Why a petition is not dealt with any further, by the codes the law knows."""

    NONE = "", "Không"
    KN01 = "KN01", "Quyết định nội bộ, văn bản quy phạm hoặc thuộc bí mật nhà nước"
    KN02 = "KN02", "Không liên quan trực tiếp đến quyền, lợi ích của người khiếu nại"
    KN03 = "KN03", "Không có năng lực hành vi mà không có người đại diện hợp pháp"
    KN04 = "KN04", "Người đại diện không hợp pháp"
    KN05 = "KN05", "Đơn không có chữ ký hoặc điểm chỉ"
    KN06 = "KN06", "Quá thời hiệu mà không có lý do chính đáng"
    KN07 = "KN07", "Đã có quyết định giải quyết lần hai"
    KN08 = "KN08", "Có văn bản đình chỉ mà quá hạn vẫn không khiếu nại tiếp"
    KN09 = "KN09", "Tòa án đã thụ lý hoặc đã có bản án, quyết định"
    TL01 = "TL01", "Đã trả lời đúng bằng văn bản, không có tình tiết mới"
    TL02 = "TL02", "Ngoài phạm vi tiếp nhận: tranh chấp dân sự, đơn xin, việc khác"
    LD01 = "LD01", "Thiếu họ tên, địa chỉ, ngày hoặc chữ ký"
    LD02 = "LD02", "Đã được hướng dẫn một lần về cùng nội dung"
    LD03 = "LD03", "Gửi nhiều nơi, trong đó có nơi có thẩm quyền"
    LD04 = "LD04", "Lời lẽ vu khống, thóa mạ"
    LD05 = "LD05", "Rách, tẩy xóa, không đọc được"
    LD06 = "LD06", "Đơn không tên, không có chứng cứ"
    LD07 = "LD07", "Trùng với đơn đã nhận"
    HD01 = "HD01", "Không thuộc thẩm quyền, đã hướng dẫn đến đúng nơi"


REFUSALS: dict[str, tuple[Closing, ...]] = {
    Kind.COMPLAINT: (
        Closing.KN01, Closing.KN02, Closing.KN03, Closing.KN04, Closing.KN05, Closing.KN06, Closing.KN07,
        Closing.KN08, Closing.KN09,
    ),
    Kind.PROPOSAL: (Closing.TL01, Closing.TL02),
    Kind.FEEDBACK: (Closing.TL01, Closing.TL02),
}  # fmt: skip
FILINGS = (
    Closing.LD01, Closing.LD02, Closing.LD03, Closing.LD04, Closing.LD05, Closing.LD06, Closing.LD07,
)  # fmt: skip


class Complexity(models.TextChoices):
    """What makes a complaint complex; at least as many as the law asks for stand in writing in the file."""

    PLACES = "a", "Phải xác minh từ hai nơi trở lên"
    CONTENTS = "b", "Có từ hai nội dung trở lên"
    PEOPLE = "c", "Nhiều người khiếu nại hoặc liên quan lợi ích của nhiều người"
    FOREIGN = "d", "Có yếu tố nước ngoài"
    AGENCIES = "đ", "Thuộc trách nhiệm của nhiều cơ quan"
    OPINIONS = "e", "Các cơ quan còn ý kiến khác nhau"
    EVIDENCE = "g", "Chứng cứ mâu thuẫn, phải giám định hoặc thẩm tra thêm"


class SuspensionGround(models.TextChoices):
    """Why a complaint may stand still for a while."""

    FORCE = "force", "Bất khả kháng hoặc trở ngại khách quan"
    RESULT = "result", "Chờ kết quả của cơ quan khác về việc có liên quan"


class TerminationGround(models.TextChoices):
    """Why a complaint ends without a decision; one that is taken back has an act of its own."""

    DEATH = "death", "Người khiếu nại chết, không có người kế thừa quyền"
    DISSOLVED = "dissolved", "Tổ chức giải thể, không có tổ chức kế thừa"


class Finding(models.TextChoices):
    """How the result of verifying stands beside what is asked."""

    NONE = "", "Chưa có"
    AGREES = "agrees", "Kết quả xác minh đúng như yêu cầu"
    DIFFERS = "differs", "Kết quả xác minh khác yêu cầu"


class Publication(models.TextChoices):
    """By which way a decision was made public."""

    NONE = "", "Chưa công khai"
    MEETING = "meeting", "Công bố tại cuộc họp"
    POSTED = "posted", "Niêm yết tại trụ sở, nơi tiếp công dân"
    MEDIA = "media", "Thông báo trên phương tiện thông tin đại chúng, trang thông tin"


class AnswerChannel(models.TextChoices):
    """By which way the answer went to whoever asked."""

    PAPER = "paper", "Văn bản"
    EMAIL = "email", "Thư điện tử"
    PHONE = "phone", "Điện thoại, có ghi lại"
    PERSON = "person", "Trực tiếp, có biên bản"
    CODE = "code", "Trang theo dõi bằng mã"


class PersonKind(models.TextChoices):
    """Who petitions."""

    PERSON = "person", "Cá nhân"
    ORGANISATION = "organisation", "Cơ quan, tổ chức"


class Opening(models.TextChoices):
    """What an identity is opened for; kept with who opened it and when."""

    CLASSIFY = "classify", "Kiểm tra điều kiện, phân loại đơn"
    CONTACT = "contact", "Liên hệ, mời làm việc"
    VERIFY = "verify", "Xác minh nội dung"
    DIALOGUE = "dialogue", "Mời đối thoại"
    SEND = "send", "Gửi thông báo, quyết định, trả lời"
    SUBJECT = "subject", "Theo yêu cầu của chính người gửi"


class StepKind(models.TextChoices):
    """One line of a petition's history."""

    RECEIVED = "received", "Tiếp nhận"
    SPLIT = "split", "Tách đơn"
    RECLASSIFIED = "reclassified", "Phân loại lại"
    TRANSFERRED = "transferred", "Chuyển đơn"
    REPORTED = "reported", "Nơi nhận báo kết quả"
    GUIDED = "guided", "Hướng dẫn"
    FILED = "filed", "Lưu đơn"
    REFUSED = "refused", "Thông báo không thụ lý"
    ACCEPTED = "accepted", "Thụ lý"
    MORE_TIME = "more_time", "Báo cần thêm thời gian"
    ASSIGNED = "assigned", "Giao xác minh"
    FOUND = "found", "Báo cáo kết quả xác minh"
    COMPLEX = "complex", "Ghi là vụ việc phức tạp"
    INVITED = "invited", "Mời đối thoại"
    HELD = "held", "Đối thoại"
    SUSPENDED = "suspended", "Tạm đình chỉ"
    RESUMED = "resumed", "Tiếp tục giải quyết"
    TERMINATED = "terminated", "Đình chỉ"
    WITHDRAWN = "withdrawn", "Rút đơn"
    PART_WITHDRAWN = "part_withdrawn", "Rút một phần"
    REQUESTED = "requested", "Ghi yêu cầu"
    REPLIED = "replied", "Trả lời từng yêu cầu"
    DECIDED = "decided", "Ra quyết định giải quyết"
    SENT = "sent", "Gửi quyết định"
    PUBLISHED = "published", "Công khai quyết định"
    ENFORCING = "enforcing", "Thi hành"
    APPEALED = "appealed", "Khiếu nại lần hai"
    ANSWERED = "answered", "Trả lời người gửi"
    RATED = "rated", "Người gửi đánh giá"
    DISPUTED = "disputed", "Người gửi không đồng ý"
    VERIFIED = "verified", "Kiểm tra đã làm xong"
    DONE = "done", "Kết thúc"
    JOINED = "joined", "Gộp vào nhóm"
    PARTED = "parted", "Tách khỏi nhóm"
    MOVED = "moved", "Hạn đổi theo lịch, theo luật"
    PASSED_ON = "passed_on", "Chuyển đơn vị khi sắp xếp"
    GROUP = "group", "Ghi người đại diện"
    REPORTED_BACK = "reported_back", "Báo nơi chuyển đơn"
    NOTICED = "noticed", "Gửi văn bản thông báo"
    GIVEN = "given", "Giao việc"
    BARRED = "barred", "Ghi người bị khiếu nại"
    KEPT = "kept", "Thêm tệp vào hồ sơ"
    SHOWN = "shown", "Công khai trên Cổng Nhân dân"
    UNSHOWN = "unshown", "Gỡ khỏi Cổng Nhân dân"
    DECLINED = "declined", "Không công khai trên Cổng Nhân dân"
    ADDED = "added", "Người gửi bổ sung"


SUBJECT = "petitions.petition"  # whose clocks these are
REQUEST_SOURCE = "petitions.request"  # what commitments name as their source
# The clocks of a petition by name.
CLASSIFY, REPLY, MORE, IDLE, SETTLE, SEND, NOTICE, RELAY, TELL = (
    "classify", "reply", "more", "idle", "settle", "send", "notice", "relay", "tell",
)  # fmt: skip
CLOCKS: dict[str, str] = {
    CLASSIFY: "Thụ lý hoặc từ chối",
    REPLY: "Trả lời người gửi về việc tiếp nhận",
    MORE: "Hạn mới đã báo người gửi",
    IDLE: "Quá hạn xử lý đơn, xem xét trách nhiệm",
    SETTLE: "Giải quyết",
    SEND: "Gửi quyết định",
    NOTICE: "Gửi văn bản thông báo",
    RELAY: "Báo kết quả cho nơi chuyển đơn",
    TELL: "Báo kết quả nơi khác giải quyết cho người gửi đã yêu cầu",
}


def base_of(name: str) -> str:
    """What a clock of this name is for: a further one for the same has a number behind it (notice.2)."""
    return name.partition(".")[0]


# The rows of the law that petitions are held against. No number stands in the code.
ACCEPT_KEY = "complaint.accept"
REPLY_KEY = "petition.citizen_reply"
IDLE_KEY = "petition.idle.sanction"
DISCIPLINARY_KEY = "complaint.disciplinary.normal"
# What a disciplinary decision asks for differs from any other; no row of these is held yet, and the page says so.
DISCIPLINARY_FILING_KEY = "complaint.disciplinary.filing_limit"
DISCIPLINARY_APPEAL_KEY = "complaint.disciplinary.r2.file"
DISCIPLINARY_EFFECTIVE_KEY = "complaint.disciplinary.effective_after"
SUSPEND_KEY = "complaint.suspend.send"
REFUSAL_KEY = "reception.refusal.notice"
RELAY_KEY = "petition.transferred.result_report"
TELL_KEY = "petition.relay_to_citizen"
INVITE_KEY = "complaint.dialogue.invite_before"
FILING_KEY = "complaint.filing_limit"
CRITERIA_KEY = "complaint.complex.criteria_min"
APPEAL_KEY = "complaint.r2.file"
EFFECTIVE_KEY = "complaint.effective_after"
GROUP_KEY = "reception.group.threshold"
FEW_TO_KEY = "reception.group.few_to"
FEW_LEAST_KEY = "reception.group.reps_5_10"
FEW_KEY = "reception.group.reps_5_10.max"
MANY_KEY = "reception.group.reps_over10.max"
