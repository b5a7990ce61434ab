"""Words that stand behind a number, and what they make of it."""

import re
from decimal import Decimal

from danvan.reading.view import UPPER

_ONES: dict[str, Decimal] = {
    "trăm": Decimal(100), "nghìn": Decimal(1_000), "ngàn": Decimal(1_000), "vạn": Decimal(10_000),
    "triệu": Decimal(1_000_000), "tỷ": Decimal(1_000_000_000), "tỉ": Decimal(1_000_000_000),
}  # fmt: skip
# "chục triệu", "trăm nghìn", "nghìn tỷ": every pair that `SCALE` matches.
SCALES: dict[str, Decimal] = _ONES | {
    f"{word} {scale}": times * _ONES[scale]
    for word, times in {**_ONES, "chục": Decimal(10)}.items()
    if word in {"nghìn", "ngàn", "trăm", "chục"}
    for scale in ("tỷ", "tỉ", "triệu", "nghìn")
}
SCALE = r"(?:nghìn|ngàn|trăm|chục) (?:tỷ|tỉ|triệu|nghìn)|nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm(?= (?:triệu|nghìn))"
MONEY = r"việt nam đồng|đồng(?! (?:chí|bào|đội|nghiệp)(?!\w))|vnđ|vnd|usd|đô la mỹ|đô la|đ(?=[/ .,;)]|$)"
MEASURED = r"mét vuông|mét khối|ki-?lô-?mét|km2|m2|m3|km|ha|héc ta|hecta|tấn|tạ|kg|kwh|kw|mw|lít|mét|m(?=[ ,.;)/]|$)|sào|mẫu"
PER = r"(?: ?/ ?(?:năm|tháng|quý|người|hộ|ha|m2|khẩu|ngày|lượt|xã|thôn|đơn vị|vụ)){1,2}"

# Durations and ranks: a number in front of one of these is no figure.
TIME = re.compile(
    r" ?(?:ngày(?! công| người)|tháng|năm|giờ|phút|giây|tuần|quý|tuổi|thế kỷ|h\d{0,2}(?!\w)|g\d{0,2}(?!\w)"
    r"|buổi (?:sáng|chiều)|lần thứ|làm việc)(?!\w)"
)
_RANKED = (
    r"tổng đài|đầu số|đường dây nóng|khu phố|khóm|buôn|điều|khoản|điểm|mục|chương|phần|phụ lục|mẫu|biểu|bảng|hình|trang|bước|đợt|khóa|thứ|lần thứ|kỳ|lớp|bài|câu|quận|khu|tổ|ấp"
    r"|đội|phòng|tầng|lô|thửa|tờ|tuyến|đường|quốc lộ|tỉnh lộ|số nhà|ngõ|ngách|hẻm|cụm|khối|tổ dân phố|xóm|thôn|bản|ô|ca|hạng|cấp|nhóm"
    r"|loại|vòng|nhiệm kỳ|giai đoạn|tháng|quý|năm|ngày|nghị quyết|quyết định|chỉ thị|nghị định|thông tư|kết luận|kế hoạch|quy định|đề án"
    r"|chương trình|hướng dẫn|số hiệu|mã|đt|điện thoại|fax|hotline|tel|số tài khoản|biển|chuyên đề|chủ đề|covid|kỳ họp|kỳ họp thứ|phiên|phiên họp thứ"
)
# "quận 9", "Điều 55": the number is a name. A sign or a comparing word in between says otherwise.
RANKED_BEFORE = re.compile(rf"(?<!\w)(?:{_RANKED})(?: số)?[ :]*$")
# "ấp Kinh 2", "Trường Tiểu học Tân Hòa 2": the number ends a name; in the text with its capitals.
NAMED_BEFORE = re.compile(
    rf"(?<!\w)(?:[Ấấ]p|[Tt]hôn|[Bb]ản|[Xx]óm|[Kk]hóm|[Bb]uôn|[Kk]hu phố|[Kk]hối|[Tt]ổ dân phố|[Cc]ầu|[Tt]rường(?: (?:Tiểu học|Mầm non|Trung học cơ sở|THCS|Mẫu giáo))?)"
    rf"(?: [{UPPER}][^\W\d_]*){{1,3}} $"
)
# "thôn 7 kiến nghị": what the people of a place do, and nothing that is counted there.
PLACE_BEFORE = re.compile(r"(?<!\w)(?:ấp|thôn|bản|xóm|khối|tổ|khu) $")
SAYS_BEHIND = re.compile(r" (?:kiến nghị|đề xuất|phản ánh|đề nghị|yêu cầu)(?!\w)")
# "tổ chức 5 ...", "bản 5": these also end common verbs and nouns, so a counted noun after the number wins.
SOFT_RANKED = re.compile(
    r"(?<!\w)(?:phần|bước|lớp|bài|câu|khu|tổ|đội|phòng|lô|cụm|khối|xóm|thôn|bản|nhóm|loại|vòng|quý|biển|đường|kỳ|cấp|mục|chuyên đề|điểm"
    r"|chương trình|kế hoạch|quyết định|kết luận|quy định|hướng dẫn|đề án|mã|nghị quyết|chỉ thị|đợt|biểu|mẫu|giai đoạn|số)[ :]*$"
)
NUMBER_WORD_BEFORE = re.compile(r"(?<!\w)(?:số|mã số|số hiệu|biển số)[ :]*$")

# Nouns that are counted in this field of work, longest first in the pattern.
_COUNTED = """
đồng chí|đồng bào|lượt người|lượt công dân|lượt cán bộ|lượt đoàn|lượt hội viên|lượt ý kiến|lượt tải|lượt hộ|lượt đảng viên|lượt|người lao động|người dân|người dự|người
|cá nhân|tập thể|cán bộ|công chức|viên chức|đảng viên|hội viên|đoàn viên|đại biểu|học viên|dự bị|chính thức|thành viên|tuyên truyền viên|báo cáo viên|cử tri|học sinh
|sinh viên|công dân|ứng viên|trẻ em|phụ nữ|thanh niên|cựu chiến binh|nông dân|công nhân|lao động|nhân khẩu|khẩu|hộ gia đình|hộ dân|hộ nghèo|hộ cận nghèo
|hộ|gia đình|nhân dân|cuộc giám sát|cuộc kiểm tra|cuộc đối thoại|cuộc|hội nghị|hội thảo|hội thi|buổi|đợt|lớp|khóa|chuyên đề|chuyên mục|đoàn|tổ chức đảng
|tổ chức|nội dung|ý kiến|kiến nghị|đề xuất|phản ánh|đơn thư|đơn|vụ việc|vụ|việc|trường hợp|hồ sơ|văn bản|nghị quyết|chỉ thị|kết luận|quyết định|quy chế
|kế hoạch|chương trình|đề án|báo cáo|tin, bài|tin bài|tin|bài viết|bài|phóng sự|ấn phẩm|tài liệu|tờ rơi|cuốn|bản tin|bản|mô hình, điển hình|mô hình|điển hình
|công trình|phần việc|dự án|hạng mục|nhà|căn nhà|căn hộ|suất quà|suất|phần quà|quà|học bổng|con|cây|tuyến đường|tuyến|cầu|điểm cầu|điểm|địa phương|đơn vị
|cơ quan nhà nước|cơ quan|doanh nghiệp|hợp tác xã|trường|trạm|nhóm vấn đề|nhóm mục tiêu|nhóm việc|nhóm nhiệm vụ|nhóm|lĩnh vực|chỉ tiêu|tiêu chí|nhiệm vụ
|giải pháp|mục tiêu|phần|đảng bộ|chi bộ|chi hội|chi đoàn|cấp ủy|tỉnh, thành phố|tỉnh, thành|tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã, phường, thị trấn
|xã, phường|xã|phường|thôn|bản|làng|ấp|khu phố|khu dân cư|tổ dân phố|tổ tự quản|tổ|khối|xóm|sở, ngành|sở|ban, ngành|ban|ngành|phòng|câu lạc bộ|đội
|ngày công|công lao động|công|máy|tấm gương|gương|giấy chứng nhận|giấy khen|bằng khen|danh hiệu|dân tộc|tôn giáo|chức sắc|di tích|sản phẩm|mô-đun|lần
|phiếu|câu hỏi|thủ tục|dịch vụ|nền tảng|tài khoản|thành viên|trang|nhóm zalo|cụm|liên minh|tổ hợp tác|vị|mũi|lô|liều|khoản|hội|thửa|ghế|phòng học
"""
COUNTED = tuple(
    sorted({word.strip() for word in _COUNTED.replace("\n", "").split("|")}, key=len, reverse=True)
)
COUNTED_NOUN = re.compile(rf"(?:{'|'.join(map(re.escape, COUNTED))})(?!\w)")
# A word that cannot be what is counted.
STOP_NOUN = re.compile(
    r"(?:của|được|đã|cho|tại|và|với|trong|có|là|để|ở|từ|đến|theo|do|vào|về|bị|so|trở|nhưng|mà|thì|khi|nếu|vì|bằng|gồm|như|này|đó|kia"
    r"|nên|còn|lên|xuống|rồi|phải|sẽ|đang|nữa|hay|hoặc|tăng|giảm|đạt|chiếm|hơn|trên|dưới|gần|khoảng|so với|tham gia|thiếu|thừa)(?!\w)"
)
# Words behind a number that make it part of a phrase, not a count: chính quyền 2 cấp, 3 bước, tòa nhà 28 tầng.
UNCOUNTED = re.compile(r"(?:pha|bước|tầng|cấp|chiều|bên|mặt|khâu|mũi giáp công|trong một)(?!\w)")
# Counts of parts of the document itself.
STRUCTURE = frozenset(
    {
        "chỉ tiêu",
        "nhóm mục tiêu",
        "nhóm nhiệm vụ",
        "nhóm",
        "phần",
        "nhiệm vụ",
        "giải pháp",
        "mục tiêu",
        "tiêu chí",
    }
)
