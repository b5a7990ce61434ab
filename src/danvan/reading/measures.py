"""What a target asks for and of whom: phrases of this field, led back to a small vocabulary of keys.

The keys of measures are what other modules count; the keys of populations are kinds of organisation.
"""

import re

from danvan.reading.proposals import Population
from danvan.reading.words import wording

# Key -> what to call it. Documents leads each key to a counter.
MEASURES: dict[str, str] = {
    "working_session": "làm việc với Mặt trận Tổ quốc, tổ chức chính trị - xã hội",
    "orientation_document": "văn bản định hướng hoạt động",
    "coordination_regulation": "quy chế phối hợp",
    "coordination_evaluation": "đánh giá kết quả thực hiện quy chế phối hợp",
    "supervision": "giám sát",
    "social_criticism": "phản biện xã hội",
    "dialogue": "tiếp xúc, đối thoại với Nhân dân",
    "dialogue_in_programme": "đưa đối thoại vào chương trình công tác",
    "conclusion_review": "rà soát việc thực hiện kết luận",
    "dissemination": "quán triệt, tuyên truyền",
    "training": "tập huấn, bồi dưỡng",
    "inspection": "kiểm tra",
    "model_visit": "mô hình “Dân vận khéo”",
}
# First match of a stretch of text wins; longer and stricter phrases stand first.
PHRASES: tuple[tuple[str, str], ...] = (
    ("dialogue_in_programme", r"(?:đưa|có|bố trí|xếp|ghi)(?:(?! và )[^.;\d]){0,60}?đối thoại[^.;\d]{0,60}?(?:vào|trong)[^.;\d]{0,30}(?:chương trình|kế hoạch|lịch)(?: công tác| làm việc)?"),
    ("dialogue_in_programme", r"(?:chương trình|kế hoạch|lịch) công tác[^.;\d]{0,40}có[^.;\d]{0,40}đối thoại"),
    ("coordination_evaluation", r"(?:tổ chức |tiến hành )?(?:đánh giá|sơ kết|tổng kết|kiểm điểm)(?:(?! và )[^.;\d]){0,80}?quy chế(?: phối hợp)?"),
    ("coordination_evaluation", r"(?:tổ chức |tiến hành )?đánh giá (?:kết quả|việc|hiệu quả)(?: phối hợp| thực hiện| triển khai){0,3}(?=[.;,]|$| và| hằng| hàng| mỗi| ít nhất)"),
    ("coordination_regulation", r"quy chế phối hợp|(?:ký kết|ký|ban hành|xây dựng) quy chế"),
    ("orientation_document", r"(?:ban hành )?(?:các )?văn bản[^.;\d]{0,20}định hướng(?: hoạt động)?|định hướng hoạt động"),
    ("conclusion_review", r"(?:rà soát|kiểm tra|theo dõi|đôn đốc)[^.;\d]{0,60}kết luận(?:(?:(?! và )(?:[^.;,\d]|(?<=xúc),)){0,50}(?:đối thoại|tiếp dân|tiếp công dân))?"),
    ("social_criticism", r"(?:(?:nội dung|cuộc|hội nghị|chuyên đề|hoạt động|dự thảo) )?phản biện(?: xã hội)?"),
    ("supervision", r"(?:(?:nội dung|cuộc|chuyên đề|hoạt động|đoàn) )?giám sát(?: chuyên đề| xã hội)?"),
    ("working_session", r"(?:buổi |cuộc |lần )?làm việc (?=với|cùng|định kỳ|ít nhất|tối thiểu|và|,)|(?:buổi|cuộc) làm việc"),
    ("dialogue", r"(?:(?:cuộc|hội nghị|buổi|lần) )?(?:tiếp xúc,? ?(?:và )?)?đối thoại"),
    ("training", r"(?:(?:lớp|hội nghị|buổi|khóa|đợt) )?(?:tập huấn|bồi dưỡng)"),
    ("model_visit", r'(?:mô hình|điển hình)[^.;\d]{0,20}"?dân vận khéo"?'),
    ("dissemination", r"(?:(?:hội nghị|buổi|đợt) )?(?:quán triệt|tuyên truyền|phổ biến|học tập)"),
    ("inspection", r"(?:(?:cuộc|đợt|đoàn|lượt) )?kiểm tra"),
)  # fmt: skip
_MEASURE = wording(
    "|".join(f"(?P<m{at}>(?<!\\w){phrase}(?!\\w))" for at, (_, phrase) in enumerate(PHRASES))
)

_LEVEL_WORDS = (
    ("province", r"cấp tỉnh|tỉnh ủy|thành ủy|trực thuộc tỉnh"),
    ("district", r"cấp huyện|huyện ủy"),
    ("commune", r"cấp xã|cấp cơ sở|cơ sở|xã, phường|các xã|cấp phường"),
)
# Kind of organisation -> how it is called. An organisation that only stands beside the doer is not the doer.
KINDS: tuple[tuple[str, str], ...] = (
    ("party_committee", r"cấp ủy(?: đảng)?|ban thường vụ (?:đảng ủy|tỉnh ủy|cấp ủy)|đảng ủy|tỉnh ủy|thành ủy|huyện ủy|đảng bộ|ban chấp hành đảng bộ"),
    ("peoples_council", r"hội đồng nhân dân|hđnd"),
    ("peoples_committee", r"chính quyền|ủy ban nhân dân|ubnd"),
    ("front_committee", r"(?:ban thường trực )?(?:ủy ban )?(?:mặt trận tổ quốc|mttq|mặt trận)(?: việt nam)?|ubmttq"),
    ("trade_union", r"liên đoàn lao động|tổ chức công đoàn|công đoàn"),
    ("farmers_union", r"hội nông dân"),
    ("womens_union", r"hội liên hiệp phụ nữ|hội lhpn|hội phụ nữ"),
    ("youth_union", r"đoàn thanh niên(?: cộng sản(?: hồ chí minh)?)?|đoàn tncs(?: hồ chí minh)?|tỉnh đoàn"),
    ("veterans_association", r"hội cựu chiến binh|hội ccb"),
    ("organisations", r"(?:các )?tổ chức chính trị ?- ?xã hội|(?:các )?đoàn thể(?: chính trị ?- ?xã hội)?"),
)  # fmt: skip
SOCIO_POLITICAL = (
    "trade_union",
    "farmers_union",
    "womens_union",
    "youth_union",
    "veterans_association",
)
_KIND = wording("|".join(f"(?P<{key}>(?<!\\w)(?:{words})(?!\\w))" for key, words in KINDS))
_LEVELS = re.compile(
    r" ?(?:(?:việt nam|trong toàn tỉnh|trong tỉnh|trên địa bàn(?: tỉnh)?|trực thuộc|các cấp|các xã, phường(?:, thị trấn)?|từ tỉnh đến cơ sở|cùng cấp|cấp (?:tỉnh|huyện|xã|cơ sở|phường)|cơ sở"
    r"|xã, phường|xã|phường|tỉnh|huyện)(?: và cấp (?:xã|huyện|cơ sở)|, cấp (?:xã|huyện|cơ sở))*(?!\w) ?){1,4}"
)
_LEAD = re.compile(r" *(?:số |các |tổng số |mỗi |từng )*")
_GLUE = re.compile(r" ?(?:,|và|hoặc) ?")
_EVERY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("month", re.compile(r"(?<!\w)(?:hằng|hàng|mỗi|từng) tháng(?!\w)|(?<=\w)/tháng(?!\w)|(?:một|1|01) tháng(?: (?:một|1|01) lần)")),
    ("quarter", re.compile(r"(?<!\w)(?:hằng|hàng|mỗi|từng) quý(?!\w)|(?<=\w)/quý(?!\w)|(?:một|1|01|3|03|ba) (?:quý|tháng) (?:một|1|01) lần")),
    ("half", re.compile(r"(?<!\w)(?:(?:mỗi|hằng|hàng|định kỳ) (?:6|06|sáu) tháng|(?:6|06|sáu) tháng (?:một|1|01) lần|nửa năm)(?!\w)|/6 tháng")),
    ("year", re.compile(r"(?<!\w)(?:(?:hằng|hàng|mỗi|từng|một|trong một) năm|năm nào cũng)(?!\w)|(?<=\w)/(?:1 )?năm(?!\w)")),
)  # fmt: skip


def find_measures(low: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Measures named between two offsets, each key once, in order of the text."""
    found: list[tuple[str, int, int]] = []
    for match in _MEASURE.finditer(low, start, end):
        key = PHRASES[int((match.lastgroup or "m0")[1:])][0]
        if key not in {known for known, _, _ in found}:
            found.append((key, match.start(), match.end()))
    return found


def measure_words(key: str) -> str:
    """What a measure is called, or "" for a key that is none."""
    return MEASURES.get(key, "")


def find_every(low: str, start: int, end: int) -> str:
    """How often it is due: the shortest period named between the offsets, or ""."""
    return next((key for key, pattern in _EVERY if pattern.search(low, start, end)), "")


def population_at(
    view_text: str, low: str, at: int, end: int
) -> tuple[tuple[Population, ...], int]:
    """Organisations named right at `at` (a list of them counts as several), and where the list ends."""
    kinds: list[tuple[str, str]] = []
    place = at
    while place < end:
        gap = _LEAD.match(low, place, end)
        match = _KIND.match(low, gap.end() if gap else place, end)
        if not match:
            break
        key = match.lastgroup or ""
        words = view_text[match.start() : match.end()]
        kinds += [(one, words) for one in (SOCIO_POLITICAL if key == "organisations" else (key,))]
        levelled = _LEVELS.match(low, match.end(), end)
        place = levelled.end() if levelled else match.end()
        glue = _GLUE.match(low, place, end)
        if not glue or not _KIND.match(low, glue.end(), end):
            break
        place = glue.end()
    if not kinds:
        return (), at
    words = " ".join(view_text[at:place].split()).strip(" ,")
    levels = tuple(level for level, phrase in _LEVEL_WORDS if re.search(phrase, words.lower()))
    seen: dict[str, Population] = {}
    for kind, _ in kinds:
        seen.setdefault(kind, Population(words, kind, levels))
    return tuple(seen.values()), place


def population_before(view_text: str, low: str, start: int, end: int) -> tuple[Population, ...]:
    """The first organisations named between the offsets: who does what follows."""
    match = _KIND.search(low, start, end)
    return population_at(view_text, low, match.start(), end)[0] if match else ()
