from django.db import models


class Direction(models.TextChoices):
    """Which register a document stands in; a text that was only brought to be read stands in neither."""

    INCOMING = "incoming", "Văn bản đến"
    OUTGOING = "outgoing", "Văn bản đi"
    READING = "reading", "Văn bản đưa vào đọc"


# The registers as law has them; numbers are left free, entries printed and sent in these alone.
REGISTERS = (Direction.INCOMING, Direction.OUTGOING)


class DocumentType(models.TextChoices):
    """Kinds of documents of the Party, the State and the Front. Never derived from a symbol alone."""

    RESOLUTION = "resolution", "Nghị quyết"
    DIRECTIVE = "directive", "Chỉ thị"
    DECISION = "decision", "Quyết định"
    CONCLUSION = "conclusion", "Kết luận"
    CONCLUSION_NOTICE = "conclusion_notice", "Thông báo kết luận"
    NOTICE = "notice", "Thông báo"
    REGULATION = "regulation", "Quy chế"
    RULE = "rule", "Quy định"
    SCHEME = "scheme", "Đề án"
    PLAN = "plan", "Kế hoạch"
    PROGRAMME = "programme", "Chương trình"
    COORDINATION_PROGRAMME = "coordination_programme", "Chương trình phối hợp"
    COORDINATION_REGULATION = "coordination_regulation", "Quy chế phối hợp"
    ORIENTATION_DOCUMENT = "orientation_document", "Văn bản định hướng hoạt động"
    GUIDANCE = "guidance", "Hướng dẫn"
    REPORT = "report", "Báo cáo"
    SUBMISSION = "submission", "Tờ trình"
    OFFICIAL_LETTER = "official_letter", "Công văn"
    MINUTES = "minutes", "Biên bản"
    DECREE = "decree", "Nghị định"
    CIRCULAR = "circular", "Thông tư"
    LAW = "law", "Luật"
    OTHER = "other", "Văn bản khác"


# Types that stand until they are replaced: one issued in an earlier year is still there.
STANDING_TYPES = (
    DocumentType.REGULATION,
    DocumentType.RULE,
    DocumentType.COORDINATION_REGULATION,
    DocumentType.COORDINATION_PROGRAMME,
)


class Secrecy(models.TextChoices):
    """State-secret marks. A marked document is refused; only the allowed stub is kept."""

    NONE = "", "Không mật"
    SECRET = "secret", "Mật"
    TOP_SECRET = "top_secret", "Tối mật"
    ABSOLUTE_SECRET = "absolute_secret", "Tuyệt mật"


class Stage(models.TextChoices):
    """Where a document is between its arrival and the end of its review."""

    READING = "reading", "Đang đọc"
    UNREADABLE = "unreadable", "Không đọc được"
    TO_REVIEW = "to_review", "Chờ kiểm lại"
    REVIEWED = "reviewed", "Đã kiểm lại"
    FILED = "filed", "Đã vào sổ"


# Where a document may go from each stage.
NEXT: dict[str, frozenset[str]] = {
    Stage.FILED: frozenset({Stage.READING}),
    # a reading that was lost with its worker is begun anew
    Stage.READING: frozenset({Stage.TO_REVIEW, Stage.UNREADABLE, Stage.READING}),
    Stage.UNREADABLE: frozenset({Stage.READING}),
    Stage.TO_REVIEW: frozenset({Stage.REVIEWED, Stage.READING}),
    Stage.REVIEWED: frozenset({Stage.TO_REVIEW}),
}


class ProposalKind(models.TextChoices):
    """What the reading engine proposes."""

    CITATION = "citation", "Văn bản viện dẫn"
    TARGET = "target", "Chỉ tiêu"
    FIGURE = "figure", "Số liệu"
    TASK = "task", "Nhiệm vụ, yêu cầu"
    ACTIVITY = "activity", "Hoạt động"


class Verdict(models.TextChoices):
    """What a person decided about a proposal."""

    OPEN = "open", "Chờ xem"
    ACCEPTED = "accepted", "Đã nhận"
    CORRECTED = "corrected", "Đã sửa"
    REJECTED = "rejected", "Đã bỏ"


# A proposal this sure may be accepted together with the others that are.
SURE = 90


class Priority(models.IntegerChoices):
    """How urgent a document is (Nghị định 30/2020/NĐ-CP, phụ lục VI: 0 to 3)."""

    NORMAL = 0, "Thường"
    URGENT = 1, "Khẩn"
    VERY_URGENT = 2, "Thượng khẩn"
    EXPRESS = 3, "Hỏa tốc"


class RelationKind(models.TextChoices):
    """What one document does to another. "Cites" is the least that a confirmed citation says."""

    CITES = "cites", "Viện dẫn"
    BASED_ON = "based_on", "Căn cứ"
    IMPLEMENTS = "implements", "Triển khai, thực hiện"
    ANSWERS = "answers", "Trả lời"
    REPLACES = "replaces", "Thay thế"
    AMENDS = "amends", "Sửa đổi, bổ sung"
    PROMULGATES = "promulgates", "Ban hành kèm theo"
    REVIEWS = "reviews", "Sơ kết, tổng kết"


class SessionWay(models.TextChoices):
    """How those invited to a dissemination session come together."""

    IN_PERSON = "in_person", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    MIXED = "mixed", "Trực tiếp và trực tuyến"


class SessionState(models.TextChoices):
    """Where a dissemination session stands."""

    PLANNED = "planned", "Dự kiến"
    HELD = "held", "Đã tổ chức"
    CANCELLED = "cancelled", "Đã hủy"


class ReviewKind(models.TextChoices):
    """Which review of the carrying out of a directive is due."""

    INTERIM = "interim", "Sơ kết"
    FINAL = "final", "Tổng kết"
