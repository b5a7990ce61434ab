"""Documents cited by name: laws, resolutions of congresses and of the Central Committee's meetings; asked for and not yet written ones."""

import re
from bisect import bisect_left
from datetime import date

from danvan.reading.doctypes import LONGEST_FIRST, key_of_words
from danvan.reading.gazetteer import Gazetteer
from danvan.reading.proposals import Citation, NamedLaw
from danvan.reading.view import UPPER, View
from danvan.reading.words import letter_first, wording

_LAW_KIND = "Luật|Bộ luật|Pháp lệnh|luật"
_LAW_WORDS = rf" (?=sửa đổi|[{UPPER}])[^\n;.()\"\d]{{2,160}}"
_LAW_NAME = re.compile(
    letter_first(
        [
            rf"các (?:{_LAW_KIND}){_LAW_WORDS}",
            *(kind + _LAW_WORDS for kind in _LAW_KIND.split("|")),
            r"Hiến pháp(?!\w)",
        ]
    )
)
_LAW_DATED = re.compile(r",? (?:ngày \d{1,2}(?:/\d{1,2}/| tháng \d{1,2} năm )\d{4}|năm \d{4})")
_LAW_STOP = re.compile(
    r" (?:ngày|năm|(?<!một )số|và (?:các|Luật|Nghị|Bộ)|về|được|quy định|do|của Quốc|theo|để|là|đã|có|trong|thì)(?!\w)|, (?:Luật|Nghị|Bộ|Pháp)"
)
_ORDINAL = r"(?:thứ )?(?:[ivxl]{1,6}|\d{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: (?:một|hai|ba|bốn|lăm))?)"
# Nghị quyết Đại hội XIV của Đảng; Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XVII; Nghị quyết Trung ương 8 khóa XIII.
_CONGRESS = re.compile(
    rf"(?<!\w)(?:các )?(nghị quyết|văn kiện|kết luận)(?: (?:của )?(?:đại hội(?: đại biểu(?: toàn quốc)?)?(?: (?:lần )?{_ORDINAL}(?!\w))?"
    rf"(?: (?:của )?(?:đảng(?: bộ)?(?: (?:tỉnh|thành phố|huyện|thị xã|xã|phường|đặc khu|các cơ quan)(?: (?-i:[{UPPER}])[^\W\d_]*){{0,4}})?|mttq|mặt trận tổ quốc)(?: việt nam)?)?"
    rf"|hội nghị (?:lần )?{_ORDINAL}(?:,)? (?:của )?ban chấp hành (?:trung ương|đảng bộ)(?: đảng)?|trung ương(?: \d{{1,2}}|,| lần| (?=\(?khóa)){{1,2}}(?: (?:lần )?{_ORDINAL})?)"
    rf"(?:,? ?\(?(?:lần )?(?:thứ|khóa) {_ORDINAL}\)?)?(?:,? ?\(?nhiệm kỳ \d{{4}} ?- ?\d{{4}}\)?)?)(?!\w)",
    re.IGNORECASE,
)
_TELLING = re.compile(r"đại hội|trung ương|ban chấp hành", re.IGNORECASE)
_ASKED = wording(
    rf"(?<!\w)(?:gửi|cung cấp|nộp|bổ sung|hoàn thiện)(?: cho [^,.;\n]{{2,60}}?)? (?P<draft>dự thảo )?(?P<kind>{LONGEST_FIRST})(?!\w)(?P<rest>[^.;,\n\d]{{0,110}})"
)
_ASKING = re.compile(r"(?<!\w)(?:đề nghị|yêu cầu|giao|kính đề nghị|phải|có trách nhiệm)(?!\w)")
_ASKED_ENDS = re.compile(
    r" về (?=[A-ZĐ])| (?:cho|trước|trong|đến|để|chậm nhất|theo|định kỳ|bằng|qua|và|hằng|số)(?!\w)"
)
_LEAD = 160


class _Surfaces:
    """Whether an offset stands inside the surface of a citation."""

    def __init__(self, citations: list[Citation]) -> None:
        self._spans = sorted((one.surface_start, one.surface_end) for one in citations)
        self._starts = [start for start, _ in self._spans]

    def hold(self, offset: int) -> bool:
        at = bisect_left(self._starts, offset + 1) - 1
        return at >= 0 and offset < self._spans[at][1]


def find_named_laws(
    view: View,
    taken: list[tuple[int, int]],
    citations: list[Citation],
    gazetteer: Gazetteer,
    on: date | None = None,
) -> list[NamedLaw]:
    """Laws cited by name without a number of their own; `on` is the day of the text, where it is known."""
    found: list[NamedLaw] = []
    within = _Surfaces(citations)
    numbered = sorted(start for start, _ in taken)
    place = 0
    while match := _LAW_NAME.search(view.text, place):
        stop = _LAW_STOP.search(view.text, match.start() + 5, match.end())
        end = stop.start() if stop else match.end()
        name = view.text[match.start() : end].rstrip(" ,-")
        end = place = match.start() + len(name)
        at = bisect_left(numbered, end)
        if at < len(numbered) and numbered[at] <= end + 5:
            continue
        dated = _LAW_DATED.match(view.text, end)
        end = dated.end() if dated else end
        start, last = view.span(match.start(), end)
        if within.hold(start):
            continue
        year = int(dated[0][-4:]) if dated else None
        symbol = gazetteer.law_called(name, year=year, on=on)
        found.append(
            NamedLaw(
                start=start,
                end=last,
                confidence=0.8,
                rule="citation.law_name",
                reason="Vì: tên luật, không có số"
                + (f"; danh mục luật ghi số {symbol}" if symbol else ""),
                name=" ".join(name.split()),
                symbol=symbol,
                dated=dated[0].strip(" ,") if dated else "",
            )
        )
    return found


def find_congress_resolutions(
    view: View, taken: list[tuple[int, int]], citations: list[Citation]
) -> list[NamedLaw]:
    """Resolutions that go by the congress or the meeting that passed them."""
    within = _Surfaces(citations)
    numbered = sorted(start for start, _ in taken)
    found = []
    for match in _CONGRESS.finditer(view.text):
        start, end = view.span(*match.span())
        at = bisect_left(numbered, match.end())
        followed = at < len(numbered) and numbered[at] <= match.end() + 5
        if followed or within.hold(start) or not _TELLING.search(match[0]):
            continue
        found.append(
            NamedLaw(
                start=start,
                end=end,
                confidence=0.78,
                rule="citation.congress",
                reason="Vì: nghị quyết gọi theo đại hội, hội nghị; không có số",
                name=" ".join(match[0].split()),
                document_type="resolution",
            )
        )
    return found


def find_asked(view: View, taken: list[tuple[int, int]]) -> list[NamedLaw]:
    """Documents that somebody is asked to hand in: "đề nghị … gửi báo cáo kết quả …"."""
    numbered = sorted(start for start, _ in taken)
    found = []
    for match in _ASKED.finditer(view.low):
        lead = view.low[max(0, match.start() - _LEAD) : match.start()]
        sentence = re.split(r"[.;\n]", lead)[-1]
        if not _ASKING.search(sentence):
            continue
        stop = _ASKED_ENDS.search(view.text, match.start("rest"), match.end("rest"))
        begin = match.start("draft") if match["draft"] else match.start("kind")
        end = stop.start() if stop else match.end("rest")
        end = begin + len(view.text[begin:end].rstrip(' -"('))
        at = bisect_left(numbered, match.end("kind"))
        if at < len(numbered) and numbered[at] <= end + 5:
            continue
        start, last = view.span(begin, end)
        found.append(
            NamedLaw(
                start=start,
                end=last,
                confidence=0.66,
                rule="citation.asked",
                reason="Vì: văn bản được yêu cầu gửi, chưa có số",
                name=" ".join(view.text[begin:end].split()),
                document_type=key_of_words(match["kind"]),
                standing="requested",
            )
        )
    return found
