"""Which words make a number a target and which make it a result: a table of named cues with weights.

Mixing the two is the worst error, so each proposal names the cues that decided. Weights were set on
texts of communes, provinces and the press; a plus pulls towards a target, a minus towards a result.
"""

import re
from dataclasses import dataclass

from danvan.reading.words import Wording, wording


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording, how hard it pulls and how it is named to the reader."""

    name: str
    weight: float
    pattern: Wording
    label: str


def _cue(name: str, weight: float, pattern: str, label: str) -> Cue:
    return Cue(name, weight, wording(rf"(?<!\w)(?:{pattern})(?!\w)"), label)


CUES: tuple[Cue, ...] = (
    _cue("strive", 3.0, r"phấn đấu|đặt mục tiêu|quyết tâm|mục tiêu đến|phải đạt|cần đạt", "phấn đấu"),
    _cue("goal", 2.0, r"mục tiêu|chỉ tiêu (?=về|đến|là|giao|:|nhiệm kỳ)", "mục tiêu"),
    _cue("floor", 2.0, r"ít nhất|tối thiểu|không dưới|không ít hơn|trở lên|không thấp hơn", "ít nhất, trở lên"),
    _cue("yearly", 1.0, r"(?:hằng|hàng|mỗi|từng) (?:năm|quý|tháng)|định kỳ", "hằng năm, hằng tháng"),
    _cue("ensure", 1.0, r"bảo đảm|đảm bảo|cần|phải|duy trì|giữ vững|nâng (?:lên|tỷ lệ)", "bảo đảm, phải"),
    _cue("must", 3.0, r"phải (?:được|đạt|bảo đảm|hoàn thành|trả lời|giải quyết|tổ chức|thực hiện)", "phải"),
    _cue("will", 1.5, r"sẽ|đề ra|giao chỉ tiêu|nhiệm vụ (?:năm|trọng tâm|(?:0?[369]|\d) tháng cuối năm)|phương hướng|dự kiến(?= (?:năm|quý|tháng|trong|đến|tổ chức))", "sẽ, đề ra"),
    _cue("done", -3.0, r"đã|vừa|mới được", "đã"),
    _cue("compared", -3.0, r"so với (?:cùng kỳ|năm|khóa|dự kiến|đầu|nhiệm kỳ|giai đoạn|trước|kế hoạch)|cùng kỳ|(?:nhiều|ít|cao|thấp) hơn (?:năm|cùng kỳ)"
         r"|(?:đạt|bằng|vượt) (?:trên |gần |hơn )?[\d.,]+ ?% (?:kế hoạch|chỉ tiêu|nghị quyết|so)|vượt chỉ tiêu|vượt kế hoạch|hoàn thành chỉ tiêu", "so với kỳ trước, kế hoạch"),
    _cue("so_far", -3.0, r"hiện có|hiện nay|đến nay|tính đến|từ đầu năm|vừa qua|năm qua|trong kỳ|qua \d+ năm|sau \d+ năm|cả năm|(?:6|9|3|06|09) tháng đầu năm(?! tới)", "đến nay, trong kỳ"),
    _cue("result", -1.5, r"kết quả|ước (?:đạt|thực hiện|tính)|trong đó|khen thưởng|ghi nhận|công bố|kết luận thanh tra", "kết quả, trong đó"),
    _cue("got", -2.0, r"(?:tổ chức|huy động|vận động|thành lập|xây dựng|ban hành|kiểm tra|mở|hòa giải|kết nạp|giải quyết|xử lý|tiếp nhận|phát|trao|hỗ trợ|tặng|lập|đóng góp|tuyên truyền|làm|ký) được", "làm được"),
    _cue("handled", -1.0, r"tiếp nhận|thụ lý|(?<!được )(?<!thời gian )(?<!thời hạn )giải quyết|kỷ luật|khiển trách|phát hiện|thu hồi|hiến|ủng hộ|trao tặng|tặng|phát biểu|trúng cử|nộp|bị", "việc đã diễn ra"),
)  # fmt: skip
# Right before a number, in the same part between commas: this number was reached, whatever stands elsewhere in the sentence.
REACHED = re.compile(
    r"(?<!\w)(?:(?:thực hiện|đạt|làm|tổ chức|hoàn thành|giải quyết|vận động|xây dựng) được|thực tế (?:đạt|có|thực hiện|tổ chức)?|kết quả(?: đạt| thực hiện)?|mới (?:chỉ )?(?:tổ chức|thực hiện|đạt|có|hoàn thành|giải quyết|xây dựng|được)"
    r"|đã (?:tổ chức|thực hiện|đạt|có|hoàn thành|giải quyết|xây dựng|vận động|ban hành))(?: được)?(?: là)?(?: trên| hơn| gần| khoảng)? $"
)
# Neither `REACHED` nor `ASKED_OF` is longer: nothing further in front of the number is looked at.
REACHED_WITHIN = 80
# What is still to come, also in a report: its mood does not count here.
TO_COME = wording(
    r"(?<!\w)(?:phấn đấu|sẽ|dự kiến(?= (?:năm|quý|tháng|trong|đến|tổ chức))|(?:nhiệm vụ|phương hướng|chỉ tiêu|mục tiêu)[^;:\n]{0,60}:)(?!\w)"
)
# How many are asked to do something is no target: "yêu cầu 02 chi bộ kiểm điểm".
ASKED_OF = re.compile(
    r"(?<!\w)(?:yêu cầu|đề nghị|kiến nghị|phân công)(?: (?:các|cả|với|đối với))? $"
)
COUNTED_GOAL = re.compile(r"\d[\d.,]* (?:nhóm )?(?:mục tiêu|chỉ tiêu)")

NORMS: tuple[Cue, ...] = (
    _cue("fine", 1.0, r"mức phạt|phạt tiền|bị phạt|xử phạt (?:từ|vi phạm)", "mức phạt"),
    _cue("rate", 1.0, r"mức chi|định mức|mức hỗ trợ|mức thu|mức lương|mức đóng|mức khoán|không quá [\d.,]+ ?(?:đồng|triệu|nghìn)", "định mức"),
    _cue("grant", 1.0, r"hỗ trợ (?:không quá |tối đa |mức )?[\d.,]+ ?(?:nghìn |triệu |tỷ )?đồng ?/ ?(?:người|hộ|mô hình|tháng|năm|thôn|xã|suất|lớp|buổi)", "mức hỗ trợ"),
    _cue("vote", 1.0, r"(?:tổng số|của) (?:cử tri|hộ gia đình|đại biểu|thành viên|hộ|người được triệu tập)[^,;]{0,40}(?:tham dự|triệu tập|tán thành|đồng ý|tham gia|biểu quyết)"
         r"|không đạt (?:sự )?tín nhiệm|(?:số lượng )?cử tri (?:tham dự|dự)|(?:có|từ|trên|dưới) \d+ cử tri|tán thành", "ngưỡng theo luật"),
    _cue("condition", 1.0, r"(?:nơi nào|đối với (?:nơi|thôn|xã|trường hợp|địa bàn)|trường hợp|nếu|thôn) (?:mà |có )?(?:có )?(?:dưới|trên|từ|ít hơn|nhiều hơn)? ?\d+", "điều kiện áp dụng"),
)  # fmt: skip
DEADLINE = wording(r"(?<!\w)(?:trong thời hạn|chậm nhất|thời hạn|kể từ ngày)(?!\w)")
FUTURE_POINT = wording(
    r"(?<!\w)(?:đến|tới|trước|vào)(?: (?:hết|cuối|ngày|trước))*(?: (?:năm|tháng|quý|ngày))? ?(?:\d{1,2}[/.-]){0,2}(20\d\d)(?!\d)|(?<!\w)(?:đến|trong|hết|cuối) (?:cuối )?(?:nhiệm kỳ|giai đoạn)"
)


def cues_in(low: str, start: int, end: int) -> list[Cue]:
    """The cues that stand between the offsets, each once."""
    found = [cue for cue in CUES if cue.pattern.search(low, start, end)]
    if any(cue.name == "goal" for cue in found) and COUNTED_GOAL.search(low, start, end):
        found = [cue for cue in found if cue.name != "goal"]
    return found


def norm_in(low: str, start: int, end: int) -> Cue | None:
    """The wording that makes the numbers here a legal threshold or a spending norm, if any."""
    return next((cue for cue in NORMS if cue.pattern.search(low, start, end)), None)
