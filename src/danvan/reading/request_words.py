"""Words by which texts ask: rules as data, each with how sure it is at best and why."""

import re
from dataclasses import dataclass

from danvan.reading.doers import VERBS
from danvan.reading.words import wording

# Verbs that open what is asked, beside those that open tasks. In small letters: "Ban Tổ chức" names, "tổ chức" acts.
VERBS_ASKED = (
    r"phải|cần|nên|sớm|tiếp tục|chủ động|chủ trì|kịp thời|khẩn trương|nghiêm túc|thường xuyên|tích cực|phối hợp|đồng thời|trước mắt|cùng|(?:hằng|hàng|mỗi) (?:năm|tháng|quý)|định kỳ|không|hãy|quan tâm|xem xét|nhanh chóng|gấp rút|khẩn cấp|tuyệt đối|tự giác|tạm"
    r"|ưu tiên|có (?:cơ chế|chính sách|biện pháp|giải pháp|văn bản|hình thức|kế hoạch|ý kiến|phương án|lộ trình|hướng dẫn|trách nhiệm|tờ trình)|sửa đổi|điều chỉnh|đều|cho(?! đến| nên)|cấp(?! ủy| xã| tỉnh| huyện| cơ| trên| dưới)|đầu tư"
    r"|nâng cấp|nâng|mở rộng|quy định(?! số)|dành|tạo(?= điều kiện| mọi| thuận| việc| nguồn| sự)|gắn|coi trọng|lấy|xác định|tăng|giảm|rút ngắn|đổi mới|làm(?= tốt| rõ| việc| xong| nhanh| theo)|chăm lo|phân loại|lựa chọn|kết nối|giữ|đẩy nhanh|bảo vệ|ngăn chặn"
    r"|tuyển dụng|luân chuyển|thay thế|bãi bỏ|thu hồi|hoàn trả|chi trả|cắt giảm|tránh|đưa|kiểm điểm|nhắc nhở|gương mẫu|thẩm định|trả lời|tính|chọn|hủy|dừng|ngừng|xong|đoàn kết|thi đua|hưởng ứng|chung tay|ủng hộ|đồng lòng|điều tra|di dời|tháo gỡ|tháo dỡ"
    r"|chấp hành|chấp thuận|chấn chỉnh|kiềm chế|khôi phục|tôn trọng|lắng nghe|giải thích|giải trình|công bố|cử|chia sẻ|loại bỏ|nhờ|trực tiếp|rút|sử dụng|bám sát|cam kết|góp ý|tham gia|nộp|được(?= hỗ trợ| cấp| bố trí| đầu tư| xem xét| quan tâm| tạo| giải quyết| sửa)|xóa|đóng|đem|nhận|cách chức|bồi thường|trả lại|giữ gìn|phòng dịch"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """How sure a rule is where nothing speaks against it, and its reason in Vietnamese."""

    confidence: float
    reason: str


RULES: dict[str, Rule] = {
    "request.asked": Rule(0.85, "“đề nghị”, “kiến nghị”, “yêu cầu” + tên người, tổ chức được yêu cầu + việc"),
    "request.direct": Rule(0.75, "“đề nghị”, “kiến nghị”, “yêu cầu” ở đầu câu + việc"),
    "request.listed": Rule(0.75, "việc nêu trong mục “Kiến nghị, đề xuất”"),
    "request.directing": Rule(0.8, "trong lời kết luận, chỉ đạo: tên tổ chức + việc phải làm"),
    "request.given": Rule(0.8, "trong lời kết luận, chỉ đạo: “giao” + tên tổ chức + việc"),
    "request.carried": Rule(0.7, "việc nêu tiếp sau dấu chấm phẩy, cùng nơi được yêu cầu"),
    "request.conditional": Rule(0.5, "“… nào … thì” + việc phải làm"),
}  # fmt: skip

ASK = wording(
    r"(?<!\w)(?:trân trọng |kính |xin )?(?P<verb>đề nghị|kiến nghị|yêu cầu|đề xuất|kêu gọi|mong muốn|mong)(?!\w)"
)
GIVE = wording(
    r"(?<!\w)(?P<verb>giao(?: nhiệm vụ)?(?: cho)?|phân công|lưu ý|nhắc nhở|chỉ đạo)(?= |:)"
)
TO = re.compile(r"(?: (?:với|tới|đến|cho|đối với))?(?: ?[:-])? *")
# What stands behind a noun, a law's wording or a purpose: nobody asks anything there.
NOUN_BEFORE = re.compile(
    r"(?:theo|xét|các|những|mọi|một số|nhiều|số|lượt|ý kiến,|tố cáo,?|khiếu nại,?|phản ánh,?|nội dung|đơn|đơn thư|văn bản|bản|trả lời|giải quyết|xử lý|tiếp nhận|tổng hợp|nêu|mục đích,?|đáp ứng"
    r"|đúng|đạt|bị|không|chưa|quyền|việc|người|của|về|những|hồ sơ|phiếu|lời|giấy|căn cứ|với|là|đủ|phù hợp|rà soát|từng|mỗi|vấn đề|thư|trong|cho|mục đích -|cầu|mục đích và)(?: \d+)? $|(?<!thôn )(?<!khu )(?<!bản )(?<!ấp )(?<!khóm )(?<!phố )(?<!phường )(?<!quận )(?<![\d.,])\d[\d.,]* $"
)
POTENTIAL = re.compile(
    r"(?<!\w)(?:để|nhằm|nếu|khi|trường hợp|quyền|có thể|sẽ|được phép|phải|cần|chịu trách nhiệm|có trách nhiệm|nơi nào|hướng dẫn|tham mưu|tiếp tục)(?!\w)[^,;.:\n]{0,60}$"
)
NOUN_AFTER = re.compile(
    r" (?:của|này|đó|trên|nêu trên|được(?! hỗ trợ| cấp| bố trí| đầu tư| xem xét| quan tâm| tạo| giải quyết| sửa)|đã|là|và|nhiệm vụ|công việc|thực tiễn|chính đáng|hợp pháp|về việc|\d|trong|tại|từ|phát triển|đặt ra|chung|cụ thể|cao|mới|chuyên môn|kỹ thuật)(?!\w)"
)
TOLD = re.compile(r"(?<!\w)(?:đã|vừa|được) (?:[^\W\d_]+ ){0,2}$")
COUNTED = re.compile(
    r"\d[\d.]* (?:vụ|việc|nội dung|ý kiến|kiến nghị|trường hợp|đơn|văn bản|lượt|tập thể|cá nhân|cuộc)"
)
ACTION = re.compile(rf"(?:{VERBS_ASKED}|{VERBS})(?!\w)")
# With what a sentence may open before it asks.
OPENING = re.compile(
    r"(?:với|đối với|trước|về|trong|để|từ|qua|trên cơ sở|căn cứ|nhằm|thời gian tới|tại|sau|do|ngoài ra|bên cạnh đó|đồng thời|trước mắt|cụ thể|riêng|vì vậy|do đó|do vậy|theo đó)(?!\w)"
)
ADVERBS = re.compile(
    r"[ ,]*(?:(?:cũng|đã|tiếp tục|trân trọng|kính|xin|thống nhất|có|đồng thời|vừa|nhất trí|và|còn|nhấn mạnh,?|khẳng định,?|lưu ý,?|bày tỏ|phát biểu,?|nêu,?|đề xuất,?)[ ,]*)*"
)
SPEAKERS = re.compile(
    r"(?:(?:nhiều |một số |các |đa số |đại diện )*(?:cử tri|nhân dân|người dân|đại biểu|hội nghị|ý kiến|đoàn giám sát|đoàn kiểm tra|đoàn khảo sát|thanh tra|tổ công tác|công văn|thông báo|công điện|chỉ thị|kế hoạch|văn bản)[^,;.:\n]{0,60})"
)
# Headings under which everything is a request, and those that say of whom.
REQUESTS_HEADING = re.compile(
    r"[ *_#>+•-]*(?:(?:phần |mục )?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-zđ])[.):]? +)?[ *_]*(?:(?:những|một số|các|nội dung|phần|về) )*(?:kiến nghị|đề xuất|đề nghị)(?:(?:,| và| -) (?:kiến nghị|đề xuất|đề nghị|giải pháp|phương hướng))*"
    r"(?= (?:với|đối|gửi|của|về|cấp|một|đến|tới)|[ :.*]*$)"
)
ADDRESSED = re.compile(
    r"(?<!\w)(?:đối với|với|gửi|đến|tới)(?: các cơ quan)?:? (?=\S)|^[ *_#>+•-]*(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-zđ])[.)] +)?[ *_]*(?:(?:đề nghị|kiến nghị|yêu cầu) )?(?=\S)"
)
LETTER = re.compile(r"(?<!\w)kính gửi ?:? *")
CONDITIONAL = re.compile(
    r"(?:kiến nghị|ý kiến|nội dung|vấn đề|việc|đơn vị|địa phương|cơ quan|tổ chức|chi bộ|cấp ủy|nơi|xã|thôn|nhiệm vụ|chỉ tiêu|dự án|công trình|đơn thư|đơn|khó khăn|vướng mắc|hạn chế)"
    r" nào [^.;:\n]{2,160}? thì (?:phải |cần )?"
)
# A part of its own that only says by when the one before is to be done.
BY_WHEN = re.compile(
    r"(?:(?:và )?(?:phải |cần )?(?:hoàn thành|xong|thực hiện xong|thời gian|thời hạn)(?: việc này| hoàn thành)?:? )?(?:xong )?(?:trước|chậm nhất|trong|hạn|đến hết|muộn nhất)(?= )"
)
GOES_ON = re.compile(r"(?:đồng thời|bên cạnh đó|ngoài ra|cùng với đó|trước mắt)[, ]+")
