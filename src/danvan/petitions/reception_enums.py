"""The words of citizen reception: why a day is held, how it stands, why somebody is not received. Codes as the law has them."""

from django.db import models


class Ground(models.TextChoices):
    """Why a head receives citizens on a day: the fixed day of the schedule, or one of the grounds of the law at once."""

    PERIODIC = "periodic", "Định kỳ theo lịch"
    HOT = "hot", "Đột xuất: vụ việc gay gắt, phức tạp, kéo dài"
    MANY = "many", "Đột xuất: có nhiều người tham gia"
    AGENCIES = "agencies", "Đột xuất: liên quan trách nhiệm của nhiều cơ quan, ý kiến còn khác nhau"
    SERIOUS = (
        "serious",
        "Đột xuất: có thể gây hậu quả nghiêm trọng về tính mạng, tài sản, an ninh, trật tự",
    )


class DayState(models.TextChoices):
    """Where a day of reception is."""

    PLANNED = "planned", "Dự kiến"
    POSTED = "posted", "Đã niêm yết"
    HELD = "held", "Đã tiếp"
    CONCLUDED = "concluded", "Đã ra kết luận"
    CANCELLED = "cancelled", "Đã hủy"


# Where a day may go from each state. What was held is never cancelled; a day is concluded only where something was.
NEXT: dict[str, frozenset[str]] = {
    DayState.PLANNED: frozenset({DayState.POSTED, DayState.HELD, DayState.CANCELLED}),
    DayState.POSTED: frozenset({DayState.HELD, DayState.CANCELLED}),
    DayState.HELD: frozenset({DayState.CONCLUDED}),
    DayState.CONCLUDED: frozenset(),
    DayState.CANCELLED: frozenset(),
}
COMING = (DayState.PLANNED, DayState.POSTED)
TOOK_PLACE = (DayState.HELD, DayState.CONCLUDED)
DAY_TONES: dict[str, str] = {
    DayState.PLANNED: "grey",
    DayState.POSTED: "grey",
    DayState.HELD: "orange",
    DayState.CONCLUDED: "green",
    DayState.CANCELLED: "grey",
}


class Receiver(models.TextChoices):
    """Who received on a day of a head: the law lets nobody stand in, so that another counts for nothing."""

    HEAD = "head", "Người đứng đầu trực tiếp tiếp"
    OTHER = "other", "Người khác tiếp thay"


class DayStepKind(models.TextChoices):
    """One line of the history of a day."""

    PLANNED = "planned", "Lập lịch"
    POSTED = "posted", "Niêm yết lịch"
    POSTPONED = "postponed", "Lùi, đổi ngày tiếp"
    CANCELLED = "cancelled", "Hủy buổi tiếp"
    HELD = "held", "Ghi đã tiếp công dân"
    ONLINE = "online", "Ghi bước tiếp trực tuyến"
    CONCLUDED = "concluded", "Ra thông báo kết luận"
    PASSED_ON = "passed_on", "Chuyển đơn vị khi sắp xếp"


class Refusal(models.TextChoices):
    """Why somebody is not received: Luật Tiếp công dân Điều 9, Nghị định 154/2026 Điều 4 khoản 1."""

    NONE = "", "Không từ chối"
    L1 = (
        "9.1",
        "Say do dùng chất kích thích, mắc bệnh không điều khiển được hành vi (Luật Điều 9.1)",
    )
    L2 = "9.2", "Đe dọa, xúc phạm, vi phạm nội quy nơi tiếp (Luật Điều 9.2)"
    L3 = (
        "9.3",
        "Việc đã giải quyết đúng, đã được tiếp, giải thích mà vẫn cố tình kéo dài (Luật Điều 9.3)",
    )
    L4 = "9.4", "Trường hợp khác theo quy định (Luật Điều 9.4)"
    A = "4.1a", "Mang vũ khí, vật cấm (Nghị định Điều 4.1a)"
    B = "4.1b", "Không chấp hành kiểm tra an ninh (Nghị định Điều 4.1b)"
    C = "4.1c", "Tự ý ghi âm, ghi hình, phát trực tiếp (Nghị định Điều 4.1c)"
    D = "4.1d", "Kích động, lôi kéo, gây rối (Nghị định Điều 4.1d)"
    DD = "4.1đ", "Không có năng lực hành vi, không có người đại diện (Nghị định Điều 4.1đ)"
    E = "4.1e", "Không có giấy tờ chứng minh việc đại diện (Nghị định Điều 4.1e)"
    G = "4.1g", "Nội dung ngoài phạm vi tiếp công dân (Nghị định Điều 4.1g)"
    H = "4.1h", "Kiến nghị, phản ánh đã trả lời đúng, không có tình tiết mới (Nghị định Điều 4.1h)"
    I = "4.1i", "Đã có bản án, quyết định có hiệu lực của Tòa án (Nghị định Điều 4.1i)"  # noqa: E741
    K = "4.1k", "Đang được cơ quan khác thụ lý, giải quyết (Nghị định Điều 4.1k)"


WRITTEN = (Refusal.L3, Refusal.H)  # told on paper (Mẫu 01/TCD); the others by word of mouth


class Confirmed(models.TextChoices):
    """How whoever came confirmed what was taken down."""

    NONE = "", "Chưa xác nhận"
    SIGNED = "signed", "Ký tên"
    FINGERPRINT = "fingerprint", "Điểm chỉ"
    DIGITAL = "digital", "Ký số"
    ALOUD = "aloud", "Xác nhận bằng lời trước máy quay"


class MatterWay(models.TextChoices):
    """What became of one matter of a visit at once."""

    RECEIVED = "received", "Nhận đơn, ghi thành đơn thư"
    GUIDED = "guided", "Hướng dẫn đến nơi có thẩm quyền"
    ANSWERED = "answered", "Giải thích, trả lời tại chỗ"
    LATER = "later", "Hẹn ngày trả lời"
    REFUSED = "refused", "Từ chối tiếp"


VISIT = (
    "petitions.visit"  # whose clock a written refusal is, and what a code of a receipt stands for
)
CONCLUSION = "petitions.reception"  # what commitments name as their source
RECEIVED_ACTION, HANDLED_ACTION, SEEN_ACTION = (
    "petitions.receive",
    "petitions.handle",
    "petitions.view",
)
# The rows of the law that reception is held against. No number stands in the code.
POST_KEY = "reception.schedule.post_before"
HEAD_KEY = "reception.head.min"
CHAIRMAN_KEY = "reception.commune_chairman.min"
SECRETARY_KEY = "reception.party_secretary"
REFUSE_KEY = "reception.refusal.notice"
ONLINE_INVITE_KEY = "reception.online.invite_before"
ONLINE_TEST_KEY = "reception.online.test_before"
ONLINE_CONNECT_KEY = "reception.online.connect_before"
