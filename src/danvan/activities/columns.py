"""The columns of the import sheet: their headings, and the words people use for them and in them."""

from danvan.activities.enums import ActivityKind
from danvan.foundation.sheet import Wanted, heading_key
from danvan.organisations.enums import Kind
from danvan.vietnamese.text import fold

# field: (heading of our own template, other headings in use)
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "code": ("Mã đơn vị", ("mã xã", "mã địa bàn", "mã ĐVHC", "mã đơn vị hành chính", "mã tỉnh", "mã")),
    "unit": (
        "Tên đơn vị",
        ("đơn vị", "đơn vị chủ trì", "cơ quan chủ trì", "chủ trì", "tổ chức chủ trì", "xã, phường",
         "tên xã", "địa bàn"),
    ),
    "organisation": ("Loại tổ chức", ("tổ chức", "loại đơn vị", "loại cơ quan", "khối")),
    "kind": ("Loại hoạt động", ("loại", "loại hình", "hình thức", "hoạt động", "loại việc")),
    "title": (
        "Nội dung",
        ("nội dung hoạt động", "tên hoạt động", "tên nội dung", "trích yếu", "nội dung thực hiện"),
    ),
    "held_on": (
        "Ngày",
        ("ngày thực hiện", "ngày tổ chức", "ngày tháng", "ngày, tháng, năm", "ngày tháng năm",
         "thời gian", "thời gian tổ chức", "thời gian thực hiện"),
    ),
    "place": ("Địa điểm", ("nơi tổ chức", "địa điểm tổ chức", "nơi thực hiện")),
    "quantity": ("Số lượng", ("SL", "số nội dung", "số cuộc", "số buổi", "số lần", "số hội nghị", "số lớp")),
    "attendance": (
        "Lượt người dự",
        ("lượt người", "lượt", "số lượt", "số lượt người", "lượt người tham gia", "lượt người tham dự"),
    ),
    "persons": ("Số người", ("người", "số người dự", "số người tham gia", "số người tham dự")),
    "opinions": ("Lượt ý kiến", ("ý kiến", "số ý kiến", "số lượt ý kiến")),
    "summary": ("Ghi chú", ("kết quả", "ghi chú, kết quả", "kết quả, ghi chú", "tóm tắt")),
}  # fmt: skip
NEEDED = ("kind", "title", "held_on")
HEADINGS = {field: heading for field, (heading, _) in COLUMNS.items()}
SYNONYMS = {
    heading_key(word): field
    for field, (heading, others) in COLUMNS.items()
    for word in (heading, *others)
}
WANTED = Wanted(
    "hoạt động",
    "Mã đơn vị, Loại tổ chức, Loại hoạt động, Nội dung, Ngày",
    synonyms=SYNONYMS,
    needed=NEEDED,
)

_ORGANISATION_WORDS: dict[str, tuple[str, ...]] = {
    Kind.PARTY_COMMITTEE: ("đảng ủy", "cấp ủy", "tỉnh ủy", "thành ủy", "huyện ủy", "ban chấp hành đảng bộ"),
    Kind.ADVISORY_BOARD: ("ban tham mưu", "ban xây dựng đảng", "ban dân vận", "ban tuyên giáo và dân vận"),
    Kind.PEOPLES_COUNCIL: ("HĐND",),
    Kind.PEOPLES_COMMITTEE: ("UBND", "chính quyền"),
    Kind.FRONT_COMMITTEE: (
        "MTTQ", "UBMTTQ", "UB MTTQ", "ủy ban MTTQ", "mặt trận", "mặt trận tổ quốc", "MTTQ Việt Nam",
        "mặt trận tổ quốc Việt Nam", "ủy ban MTTQ Việt Nam", "ủy ban mặt trận tổ quốc Việt Nam",
    ),
    Kind.TRADE_UNION: ("liên đoàn lao động", "LĐLĐ"),
    Kind.FARMERS_UNION: ("nông dân", "HND"),
    Kind.WOMENS_UNION: ("hội phụ nữ", "phụ nữ", "hội LHPN", "LHPN"),
    Kind.YOUTH_UNION: ("đoàn TNCS Hồ Chí Minh", "đoàn TNCS", "thanh niên", "tỉnh đoàn", "đoàn xã"),
    Kind.VETERANS_ASSOCIATION: ("cựu chiến binh", "CCB", "hội CCB"),
}  # fmt: skip
_KIND_WORDS: dict[str, tuple[str, ...]] = {
    ActivityKind.WORKING_SESSION: ("làm việc với MTTQ", "buổi làm việc", "cấp ủy làm việc với MTTQ"),
    ActivityKind.COORDINATION_EVALUATION: ("đánh giá quy chế phối hợp", "đánh giá quy chế"),
    ActivityKind.SUPERVISION: ("giám sát",),
    ActivityKind.SOCIAL_CRITICISM: ("phản biện xã hội", "phản biện"),
    ActivityKind.DIALOGUE: ("đối thoại", "tiếp xúc, đối thoại", "tiếp xúc đối thoại"),
    ActivityKind.DIALOGUE_IN_PROGRAMME: ("đối thoại trong chương trình", "chương trình đối thoại"),
    ActivityKind.CONCLUSION_REVIEW: ("rà soát kết luận",),
    ActivityKind.DISSEMINATION: ("tuyên truyền", "quán triệt", "hội nghị quán triệt", "hội nghị tuyên truyền"),
    ActivityKind.TRAINING: ("tập huấn", "bồi dưỡng", "lớp tập huấn"),
    ActivityKind.INSPECTION: ("kiểm tra",),
    ActivityKind.MODEL_VISIT: ("dân vận khéo", "mô hình dân vận khéo", "mô hình"),
    ActivityKind.OTHER: ("khác",),
}  # fmt: skip


def _by_word(
    choices: type[Kind] | type[ActivityKind], words: dict[str, tuple[str, ...]]
) -> dict[str, str]:
    found = {fold(str(choice.label)): choice.value for choice in choices}
    for value, others in words.items():
        found |= {fold(word): str(value) for word in others}
    return found


ORGANISATION_KINDS = _by_word(Kind, _ORGANISATION_WORDS)
ACTIVITY_KINDS = _by_word(ActivityKind, _KIND_WORDS)
