"""How a text says things stand: results, shortcomings, causes, lessons, by the section or by the words of a sentence."""

import re
from dataclasses import dataclass

from danvan.reading.directing import NUMBERING, Directed
from danvan.reading.doctypes import OF_LAW
from danvan.reading.layout import Sentence
from danvan.reading.proposals import Statement
from danvan.reading.view import View
from danvan.reading.words import wording


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of assessment: the headings it stands under, the words of a sentence that tell it, and their reasons."""

    key: str
    heading: str
    words: str
    heading_reason: str
    words_reason: str


# The first that fits a heading wins: "Nguyên nhân của hạn chế" is about causes.
KINDS: tuple[Kind, ...] = (
    Kind(
        "cause", r"nguyên nhân", r"nguyên nhân(?: chủ quan| khách quan| chính| chủ yếu)?(?: của [^.;,]{2,60})? (?:là|do)",
        "mục “Nguyên nhân”", "“nguyên nhân là”, “là do”",
    ),
    Kind(
        "lesson", r"bài học|kinh nghiệm rút ra|rút ra kinh nghiệm", r"bài học(?: kinh nghiệm)?(?: rút ra| sâu sắc| lớn)? (?:là|rút ra)|rút ra (?:một số |những )?(?:bài học|kinh nghiệm)",
        "mục “Bài học kinh nghiệm”", "“bài học rút ra”",
    ),
    Kind(
        "shortcoming", r"hạn chế|tồn tại|khuyết điểm|khó khăn|vướng mắc|yếu kém|bất cập|chưa (?:làm được|đạt)",
        r"(?:vẫn |cũng |còn |vẫn còn )(?:có |nhiều |một số |bộc lộ |những )*(?:hạn chế|tồn tại|khó khăn|bất cập|lúng túng|chậm|thiếu|yếu|hình thức|lỏng lẻo|né tránh)|chưa (?:được (?:quan tâm|chú trọng|duy trì|thường xuyên|phát huy|tốt|thực hiện|triển khai|khắc phục|đầy đủ|đồng bộ|nâng|làm|đổi mới)|cao|tốt|đều|đồng đều|kịp thời|thường xuyên|chặt chẽ|sâu|sát|đầy đủ|hiệu quả|rõ|nghiêm|quyết liệt|thực sự|đáp ứng|đi vào|phát huy|quan tâm|chủ động|mạnh|toàn diện|bảo đảm|đảm bảo|phù hợp)",
        "mục “Hạn chế, tồn tại”", "“chưa …”, “còn hạn chế”",
    ),
    Kind(
        "result", r"kết quả|ưu điểm|thành tích|những việc đã làm|mặt được|tình hình thực hiện",
        r"đạt (?:được )?(?:nhiều |những |một số )?(?:kết quả|tiến bộ|thành tích)(?: tích cực| quan trọng| nổi bật| khá| tốt| toàn diện)?|(?:được|ngày càng) (?:nâng lên|nâng cao|củng cố|cải thiện|mở rộng)|có (?:nhiều |những )?(?:chuyển biến|tiến bộ|đổi mới)",
        "mục “Kết quả, ưu điểm”", "“đạt kết quả”, “được nâng lên”",
    ),
)  # fmt: skip
_HEADING = {one.key: re.compile(rf"(?<!\w)(?:{one.heading})(?!\w)") for one in KINDS}
_WORDS = {one.key: wording(rf"(?<!\w)(?:{one.words})(?!\w)") for one in KINDS}
_ANY = wording("|".join(one.pattern for one in _WORDS.values()))
_LABEL = re.compile(r"[^:.\n]{3,80}: ?(?=\S)")
# What these words close: a section that says what is to come.
_OTHER = wording(
    r"(?<!\w)(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp|phương hướng|kiến nghị|đề xuất|tổ chức thực hiện|mục đích|yêu cầu|kết luận|quan điểm)(?!\w)"
)
# What is to be overcome, and what would be, is no shortcoming told.
_NOT_TOLD = wording(
    r"(?<!\w)(?:khắc phục|giải quyết|tháo gỡ|nếu|trường hợp|nơi nào|không được|phải|cần|nhằm|để|sẽ|phấn đấu|tiếp tục|chấn chỉnh|hạn chế (?=tối đa|thấp nhất|việc|tình trạng))(?!\w)"
)
# What the words of a sentence must be about, and who speaks where it is somebody's own story.
_SUBJECT = wording(
    r"(?<!\w)(?:công tác|việc|chất lượng|một số|phong trào|hoạt động|phối hợp|tiến độ|nhận thức|năng lực|hiệu quả|cấp ủy|chính quyền|cán bộ|đơn vị|địa phương|quy chế|ngành|mô hình|tỷ lệ|ý thức|nguyên nhân|bài học|đời sống|kết quả|lãnh đạo|chỉ đạo|tuyên truyền|kiểm tra|giám sát)(?!\w)"
)
_STORY = wording(r"(?<!\w)(?:tôi|mình|bà|ông|chị|anh|em|cô|chú|bé|hắn)(?!\w)|\"")
# "Kết quả:" in a plan names a product; a result is told.
_TOLD = re.compile(
    r"(?<!\w)(?:đã|đạt|tăng|giảm|hoàn thành|được (?:nâng|củng|mở|tổ chức|triển khai|quan tâm|thực hiện|duy trì|đẩy|phát|giữ|bảo đảm)|nâng lên|có hiệu quả|nhiều|hiệu quả|tốt|cơ bản|ổn định|kịp thời|chuyển biến|tích cực|nghiêm túc|thường xuyên|tổng số|trong kỳ|toàn (?:tỉnh|xã|huyện|phường)|so với|thực hiện (?:tốt|nghiêm))(?!\w)|\d[\d.,]* ?(?:%|cuộc|lượt|vụ|đơn|mô hình|hộ|buổi|hội nghị|người|lớp|công trình|tỷ|triệu)"
)
_GIVES = re.compile(r"(?:giao|đề nghị|yêu cầu|kiến nghị|báo cáo|gửi|chuyển)(?!\w)")
_SURE_HEADING, _SURE_LABEL, _SURE_WORDS = 0.8, 0.8, 0.6
_FEWEST_WORDS, _LONGEST, _MOST_LABEL = 4, 600, 10


def find_assessments(
    view: View, sentences: list[Sentence], directed: list[Directed], ground: tuple[str, int]
) -> list[Statement]:
    """Every assessment in order; `ground` is the type of the document and where its head ends."""
    document_type, head_end = ground
    if document_type in OF_LAW:
        return []
    headings: dict[tuple[int, int], str | None] = {}
    found: list[Statement] = []
    at = 0
    for one in sentences:
        while at < len(directed) and directed[at].end <= one.start:
            at += 1
        said = at < len(directed) and directed[at].begin < one.end
        if one.start < head_end or said or one.is_heading:
            continue
        told = _told(view, one, headings)
        if told is not None:
            found += _statement(view, one, *told)
    return found


def _told(
    view: View, one: Sentence, headings: dict[tuple[int, int], str | None]
) -> tuple[str, str, int] | None:
    """The kind, the rule's last word and where the words begin."""
    begin = NUMBERING.match(view.low, one.start, one.end)
    at = begin.end() if begin else one.start
    label = _LABEL.match(view.low, at, one.end)
    short = label is not None and len(label[0].split()) <= _MOST_LABEL
    kind = _kind(view.low[at : label.end()]) if label and short else None
    if label and kind:
        told = kind != "result" or bool(_TOLD.search(view.low, label.end(), one.end))
        return (kind, "label", label.end()) if told else None
    above = ""
    for span in one.path:
        if span not in headings:
            headings[span] = None if _goes_on(view.low, span[1]) else _kind(view.low[slice(*span)])
        own = headings[span]
        above = above if own is None else own
    if above:
        tells = _TOLD.search(view.low, at, one.end) and not _GIVES.match(view.low, at)
        told = above != "result" or bool(tells)
        return (above, "section", at) if told else None
    if one.mood > 0 or view.text[one.end - 1] == "?" or not _ANY.search(view.low, at, one.end):
        return None
    if _STORY.search(view.low, at, one.end) or not _SUBJECT.search(view.low, at, one.end):
        return None
    kind = next((key for key, words in _WORDS.items() if words.search(view.low, at, one.end)), None)
    to_come = kind != "lesson" and _NOT_TOLD.search(view.low, at, one.end)
    return None if kind is None or to_come else (kind, "words", at)


def _goes_on(low: str, at: int) -> bool:
    """Whether the line goes on behind its label: then the label is of this line alone."""
    return bool(low[at : at + 40].split("\n", 1)[0].strip(" .:*"))


def _kind(words: str) -> str | None:
    """What a heading is about; "" for one that closes an assessment, None where it says nothing of it."""
    first = _OTHER.search(words)
    kind = next((key for key, heading in _HEADING.items() if heading.search(words)), None)
    if kind is None:
        return "" if first else None
    place = _HEADING[kind].search(words)
    return "" if first and place and first.start() < place.start() else kind


def _statement(view: View, one: Sentence, kind: str, how: str, at: int) -> list[Statement]:
    end = at + len(view.text[at : one.end].rstrip(" .;,:*"))
    words = " ".join(view.text[at:end].split())
    if len(words.split()) < _FEWEST_WORDS:
        return []
    table = next(row for row in KINDS if row.key == kind)
    sure = {"section": _SURE_HEADING, "label": _SURE_LABEL}.get(how, _SURE_WORDS)
    reason = table.words_reason if how == "words" else table.heading_reason
    return [
        Statement(
            *view.span(at, end), sure, f"assessment.{how}", f"Vì: {reason}", kind=kind,
            words=words[:1].upper() + words[1:_LONGEST],
        )
    ]  # fmt: skip
