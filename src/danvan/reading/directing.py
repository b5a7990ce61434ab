"""Paragraphs and sections in which a head concludes or directs, with who it is; the conclusions in them."""

import re
from dataclasses import dataclass

from danvan.reading.asked import speaker_in
from danvan.reading.layout import Sentence, pieces
from danvan.reading.proposals import Statement
from danvan.reading.view import View

_NUMBERING = (
    r"[ *_#>+•-]*(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-zđ])[.)] *|\(\d{1,2}\) *)?[ *_]*"
)
NUMBERING = re.compile(_NUMBERING)
# A conclusion of inspectors, and the papers that are called conclusions, are no head's words at a meeting.
_NOT_SAID = (
    r"(?! (?:thanh tra|kiểm tra|giám sát|điều tra|kiểm toán|nội dung tố cáo|số \d|\d|này|đó|trên))"
)
_OCCASION = r"(?:(?: tại| về)? (?:hội nghị|cuộc họp|buổi làm việc|buổi đối thoại|phiên họp|kỳ họp|cuộc làm việc|buổi tiếp công dân|nội dung)[^,:.\n]{0,90})?"


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording that opens the words of a head: its rule, its pattern, why in Vietnamese, whether a conclusion follows.

    `anywhere`: it stands behind who speaks, not at the front of the sentence.
    """

    rule: str
    pattern: re.Pattern[str]
    reason: str
    concludes: bool
    reach: str  # `sentence`, `paragraph` or `section`: how far the words go
    anywhere: bool = False


def _cue(
    rule: str,
    pattern: str,
    reason: str,
    reach: str,
    *,
    concludes: bool = True,
    anywhere: bool = False,
) -> Cue:
    return Cue(rule, re.compile(pattern), f"Vì: {reason}", concludes, reach, anywhere)


CUES: tuple[Cue, ...] = (
    _cue("conclusion.label", rf"{_NUMBERING}(?:ý kiến |phát biểu |nội dung )?kết luận{_NOT_SAID}(?:,? chỉ đạo)?(?: (?:của|hội nghị|cuộc họp|buổi|phiên)[^:\n]{{0,140}})? ?: ?", "nhãn “Kết luận:”", "paragraph"),
    _cue("conclusion.head", rf"(?<=\w) (?:phát biểu |đã )?kết luận{_NOT_SAID}(?:,? chỉ đạo)?{_OCCASION}(?: như sau)? ?: ?", "“… kết luận:”", "paragraph", anywhere=True),
    _cue("conclusion.speech", rf"{_NUMBERING}(?:phát biểu )?(?:kết luận|chỉ đạo|kết luận,? chỉ đạo|bế mạc)(?: (?=tại|hội|cuộc|buổi|phiên|kỳ|về)){_NOT_SAID}?[^,:.\n]{{0,100}}, (?=[^.\n]{{3,160}}? (?:nhấn mạnh|yêu cầu|đề nghị|giao|chỉ đạo|biểu dương|ghi nhận|đánh giá|khẳng định|lưu ý|nêu))", "“Phát biểu kết luận hội nghị, …”", "paragraph"),
    _cue("conclusion.speech", rf"{_NUMBERING}(?:phát biểu )?kết luận, (?=[^.\n]{{3,160}}? (?:nhấn mạnh|yêu cầu|đề nghị|giao|chỉ đạo|biểu dương|ghi nhận|đánh giá|khẳng định|lưu ý|nêu))", "“Kết luận, đồng chí … yêu cầu”", "paragraph"),
    _cue("conclusion.given", rf"(?<=\w),? (?:đã )?kết luận{_NOT_SAID}{_OCCASION}(?:,| và)? (?=(?:giao|yêu cầu|đề nghị|thống nhất) )", "“… kết luận, giao …”", "sentence", anywhere=True),
    _cue("directing.speech", rf"{_NUMBERING}phát biểu(?: (?:tại|với|về|chỉ đạo|trong|nhân)[^,:.\n]{{0,100}})?, (?=[^.\n]{{3,200}}? (?:nhấn mạnh|yêu cầu|đề nghị|chỉ đạo|lưu ý|mong muốn)(?!\w))", "“Phát biểu tại …, đồng chí … yêu cầu”", "paragraph", concludes=False),
    _cue("directing.task", rf"{_NUMBERING}(?:(?:phương hướng|nhiệm vụ)(?:,? (?:và )?(?:phương hướng|nhiệm vụ|giải pháp))?(?: trọng tâm)?(?: (?:năm|quý|tháng|6 tháng|thời gian tới|công tác)[^:.\n]{{0,60}})?) ?: ?(?=\S)", "nhãn “Nhiệm vụ năm …:”", "paragraph", concludes=False),
    _cue("directing.order", r"(?<=\w) (?:đã )?(?:yêu cầu|đề nghị|chỉ đạo|nhấn mạnh|lưu ý)(?: một số nội dung| các nội dung)?(?: như)?(?: sau)? ?: ?", "“… yêu cầu:”, “… chỉ đạo:”", "paragraph", concludes=False, anywhere=True),
)  # fmt: skip
_SECTION = re.compile(
    rf"{_NUMBERING}(?:(?:ý kiến |phần |phát biểu )?kết luận{_NOT_SAID}(?: (?:của|hội nghị|cuộc họp|buổi|phiên|chỉ đạo)[^\n]{{0,140}})?[ :.*]*$|[^\n]{{3,160}}? (?:đã )?(?:có ý kiến )?kết luận(?:,? chỉ đạo)?(?: như sau)? ?:[ *]*$|(?:phát biểu )?kết luận{_NOT_SAID}[^\n]{{0,240}}:[ *]*$)"
)
_ANY = re.compile(
    r"kết luận|phát biểu|chỉ đạo|nhiệm vụ|phương hướng|yêu cầu|đề nghị|nhấn mạnh|lưu ý|bế mạc"
)
# Who heads: inspectors and the police "conclude" too, and not as a head at a meeting does.
_HEAD = re.compile(
    r"(?<!\w)(?:bí thư|chủ tịch|trưởng|giám đốc|đồng chí|đ/c|thường trực|(?:ban )?thường vụ|btv|lãnh đạo|tỉnh ủy|thành ủy|huyện ủy|thị ủy|đảng ủy|thủ tướng|bộ trưởng|thứ trưởng|chánh|chủ nhiệm)(?!\w)"
)
_SAYS = re.compile(
    r" (?:đã |cũng )?(?:nhấn mạnh|yêu cầu|đề nghị|giao|chỉ đạo|biểu dương|ghi nhận|đánh giá|khẳng định|lưu ý|nêu)(?!\w)"
)
_SURE = {"label": 0.8, "head": 0.8, "speech": 0.75, "given": 0.75, "section": 0.8}
_FEWEST_WORDS = 4
_LONGEST_SPEECH = 2500  # a press article in one line goes on to other things


@dataclass(frozen=True, slots=True)
class Directed:
    """Where somebody directs: `begin` where the words begin, up to `end`; who, by which cue."""

    begin: int
    end: int
    by: str
    cue: Cue


SECTION_CUE = Cue(
    "conclusion.section", _SECTION, "Vì: mục “Kết luận”", concludes=True, reach="section"
)


def find_directed(view: View, sentences: list[Sentence]) -> list[Directed]:
    """Every stretch in which somebody directs, in order; a stretch goes to the end of its paragraph at most."""
    found: list[Directed] = []
    headings: dict[tuple[int, int], str | None] = {}
    last = {one.paragraph: one.end for one in sentences}
    until = -1
    for one in sentences:
        if one.start < until:
            continue
        heading = _section_above(view, one, headings)
        opens = view.text[one.end - 1] != ":" and _ANY.search(view.low, one.start, one.end)
        told = _opened(view, one) if opens else None
        if told is None and heading is not None:
            found.append(Directed(one.start, one.end, heading, SECTION_CUE))
        if told is not None:
            begin, cue, by = told
            end = last[one.paragraph] if cue.reach == "paragraph" else one.end
            end = end if end - begin <= _LONGEST_SPEECH else one.end
            found.append(Directed(begin, end, by, cue))
            until = end
    return found


def _section_above(
    view: View, one: Sentence, headings: dict[tuple[int, int], str | None]
) -> str | None:
    """Whose conclusion the section is that the sentence stands in; None where it is none, or is the heading."""
    for span in one.path:
        if span not in headings:
            is_one = _SECTION.match(view.low, *span)
            headings[span] = speaker_in(view, *span) if is_one else None
        by = headings[span]
        if by is not None and not one.begins_in(span):
            return by
    return None


def _opened(view: View, one: Sentence) -> tuple[int, Cue, str] | None:
    """Where the words of a head begin in this sentence, by which cue, and whose they are."""
    for cue in CUES:
        find = cue.pattern.search if cue.anywhere else cue.pattern.match
        match = find(view.low, one.start, one.end)
        if match is None or match.end() >= one.end:
            continue
        if cue.rule.endswith(".speech"):
            says = _SAYS.search(view.low, match.end(), one.end)
            by = speaker_in(view, match.end(), says.start() if says else one.end)
            return match.end(), cue, by
        by = speaker_in(view, one.start, match.start() + 1 if cue.anywhere else match.end())
        if cue.anywhere and not _HEAD.search(by.lower()):
            continue
        return match.end(), cue, by
    return None


def find_conclusions(
    view: View, directed: list[Directed], sentences: list[Sentence]
) -> list[Statement]:
    """What heads concluded: each part between semicolons, sentence by sentence."""
    found: list[Statement] = []
    at = 0
    for stretch in directed:
        if not stretch.cue.concludes:
            continue
        while at < len(sentences) and sentences[at].end <= stretch.begin:
            at += 1
        place = at
        while place < len(sentences) and sentences[place].start < stretch.end:
            one = sentences[place]
            for start, end in pieces(view.text, max(one.start, stretch.begin), one.end):
                found += _conclusion(view, start, end, stretch)
            place += 1
    return found


def _conclusion(view: View, start: int, end: int, stretch: Directed) -> list[Statement]:
    begin = NUMBERING.match(view.low, start, end)
    start = begin.end() if begin else start
    end = start + len(view.text[start:end].rstrip(" .;,:*"))
    words = " ".join(view.text[start:end].split())
    if len(words.split()) < _FEWEST_WORDS:
        return []
    sure = _SURE[stretch.cue.rule.split(".")[1]] - 0.1 * (not stretch.by)
    return [
        Statement(
            *view.span(start, end), round(sure, 2), stretch.cue.rule, stretch.cue.reason,
            kind="conclusion", words=words[:1].upper() + words[1:600], by=stretch.by,
        )
    ]  # fmt: skip
