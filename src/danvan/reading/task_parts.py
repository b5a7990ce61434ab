"""The parts of a task that may stand anywhere in it: by when, what comes of it, what shows that it is done."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from danvan.reading.dates import Day, day_of
from danvan.reading.layout import between
from danvan.reading.measures import find_every
from danvan.reading.periods import Stretch
from danvan.reading.view import View

_CUE = re.compile(
    r"(?:(?:[,;(] ?)?(?:và )?(?:(?:phải |cần )?(?:hoàn thành|xong|kết thúc|thời gian(?: hoàn thành)?:?|thời hạn:?|hạn:?|tiến độ:?)(?: việc này)?[ :]+)?)"
    r"(?P<cue>(?:chậm nhất(?: là)?|trước|trong|đến|hết|cuối|vào|xong|hoàn thành|thời hạn|hạn|tiến độ|thời gian(?: hoàn thành)?|xong trước|muộn nhất)(?: (?:hết|cuối|là|trước|đến|vào|trong))*:?)"
    r" (?:ngày |dịp |thời điểm |khoảng )?$"
)
_BEFORE = re.compile(r"(?<!\w)trước(?! hết)(?:(?: (?:ngày))?)$")
_RELATIVE = re.compile(
    r"(?:(?:chậm nhất|muộn nhất) (?:là )?)?(?:(?:trong )?(?:thời hạn|vòng|thời gian)|sau|chậm nhất|muộn nhất)(?: là| không quá| tối đa)? (?:\d{1,3}|[a-zà-ỹ]{2,6})(?: \([^)]{1,12}\))?"
    r" (?:ngày|tháng|tuần|giờ)(?: làm việc)?(?:,? (?:kể )?từ (?:khi|ngày|thời điểm) [^,;.]{2,60})?"
    r"|ngay sau (?:khi )?[^,;.]{3,60}|(?:chậm nhất |trước |vào )?(?:trước )?ngày \d{1,2} (?:hằng|hàng|của) (?:tháng|quý|năm)"
    r"|trước ngày \d{1,2} ?[/-] ?\d{1,2}(?: (?:hằng|hàng) năm)?(?![/\d-])"
)
# A day without its year: the first such day from the document's own day on.
_DAY_ALONE = re.compile(
    r"(?<!\w)(?:trước|chậm nhất|muộn nhất|trong|đến|vào|hết|hạn|xong)(?: (?:là|hết|trước|vào|đến|trong))* "
    r"(?:ngày (?P<day>\d{1,2})(?: ?[/-] ?| tháng )(?P<month>\d{1,2})(?! ?[/.-] ?\d| ?\d|,? năm \d)|(?P<day2>\d{1,2})/(?P<month2>\d{1,2})(?= ?(?:[,;.)\n]|$)))(?! (?:hằng|hàng|mỗi) năm)"
)
_LONG_PAST = timedelta(days=180)
_CLOCK_BEFORE = re.compile(r"(?<!\w)\d{1,2} ?(?:giờ|h|g)(?: ?\d{2})?(?: phút)?,? (?=ngày $|$)")
_QUARTER_ALONE = re.compile(
    r"(?:trong |hết |cuối |đầu |trước )(?:quý (?:iv|iii|ii|i|[1-4])|tháng \d{1,2}|năm nay|nhiệm kỳ)(?! ?[/.-] ?\d| năm|\w)"
)
_REGULAR = re.compile(
    r"(?<!\w)(?:thường xuyên|liên tục|hằng ngày|hàng ngày|hằng tuần|hàng tuần)(?!\w)"
)
_AGAIN = re.compile(
    r"(?<!\w)(?:định kỳ )?(?:(?:hằng|hàng|mỗi) (?:tháng|quý|năm)|(?:mỗi |hằng |hàng )?(?:06|6|sáu) tháng(?: một lần)?(?! đầu| cuối| kể)|định kỳ)(?!\w)"
)
_PRODUCTS = (
    "báo cáo kết quả|báo cáo|kế hoạch|tờ trình|biên bản|mô hình|nghị quyết|quy chế|hướng dẫn|chương trình hành động|chương trình"
    "|đề án|công văn|danh sách|danh mục|quyết định|thông báo|chuyên đề|tài liệu|hồ sơ|phương án|dự thảo|quy định|chỉ thị|phụ lục|sổ theo dõi|bảng tổng hợp"
)
_PRODUCING = re.compile(
    rf"(?<!\w)(?:xây dựng|ban hành|lập|trình|soạn thảo|hoàn thiện|hoàn thành|gửi|ký kết|ký|nhân rộng|thành lập|ra mắt|biên soạn|có)"
    rf"(?: (?:và|hoặc)? ?(?:xây dựng|ban hành|triển khai|tổ chức thực hiện|trình|gửi|ký))?(?: (?:các|một|01|02|\d{{1,2}}|dự thảo|bản))* (?P<what>{_PRODUCTS})(?!\w)"
)
_REPORT = re.compile(r"(?<!\w)(?P<what>báo cáo(?: kết quả| bằng văn bản)?)(?!\w)")
_SAID_PRODUCT = re.compile(
    r"(?<!\w)(?:sản phẩm(?: là| gồm)?|kết quả|sản phẩm đầu ra|sản phẩm, kết quả) ?[:：] ?(?P<what>[^.;\n]{3,200})"
)
_SAID_PROOF = re.compile(
    r"(?:, ?|\()?(?<!\w)(?:minh chứng(?: là| gồm)? ?:? ?|(?:gửi )?kèm(?: theo)? )(?P<what>(?!theo)[^.;,\n()]{3,160})"
    r"|(?:, ?|\()?(?<!\w)(?:có |gửi )(?P<which>[^.;,\n()]{3,80}) (?:gửi )?kèm(?: theo)?(?=[.;,\n()]|$)"
)
_NOT_PRODUCED = re.compile(r"(?:theo|thực hiện|của|triển khai|căn cứ|tại|về) (?:các |nội dung )?$")


@dataclass(frozen=True, slots=True)
class Due:
    """By when: the day where the calendar tells one, the words always; `spans` are where they stand.

    `yearless`: the text leaves the year to the document's own day.
    """

    on: date | None
    words: str
    regular: bool = False
    every: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    yearless: bool = False


def find_due(
    view: View,
    days: list[Day],
    stretches: list[Stretch],
    start: int,
    end: int,
    issued_on: date | None = None,
) -> Due | None:
    """The last day worded between the offsets, else what is said instead of a day, else None.

    A day without a year is the first one from `issued_on` on, the document's own day.
    """
    named = _named(view, days, start, end) + _named_periods(view, stretches, start, end)
    if named:
        named.sort()
        at, stop, on = named[-1]
        return Due(on, _said(view, at, stop), spans=tuple((a, b) for a, b, _ in named))
    if issued_on and (alone := _alone(view, start, end, issued_on)):
        return alone
    told = _RELATIVE.search(view.low, start, end) or _QUARTER_ALONE.search(view.low, start, end)
    again = _AGAIN.search(view.low, start, end)
    if told:
        words = _said(view, *told.span())
        every = find_every(view.low, start, end)
        monthly = bool(re.search(r"(?:hằng|hàng) (?:tháng|quý|năm)$", words.lower()))
        return Due(None, words, monthly, every if monthly else "", (told.span(),))
    every = find_every(view.low, start, end)
    regular = _REGULAR.search(view.low, start, end)
    if again:
        return Due(None, _said(view, *again.span()), regular=True, every=every)
    return Due(None, _said(view, *regular.span()), regular=True) if regular else None


def _alone(view: View, start: int, end: int, issued_on: date) -> Due | None:
    """`trước ngày 10/9`: of the document's year, or of the next where that day is long past; just past, nobody knows."""
    found = _DAY_ALONE.search(view.low, start, end)
    if found is None:
        return None
    day, month = int(found["day"] or found["day2"]), int(found["month"] or found["month2"])
    on = day_of(issued_on.year, month, day)
    if on and issued_on - on > _LONG_PAST:
        on = day_of(issued_on.year + 1, month, day)
    if on is None or on < issued_on:
        return None
    return Due(on, _said(view, *found.span()), spans=(found.span(),), yearless=True)


def labelled_due(
    view: View, days: list[Day], stretches: list[Stretch], start: int, end: int
) -> Due | None:
    """What a label says of the time: the last day named behind it, else as `find_due`."""
    told = [day.last for day in between(days, start, end)]
    told += [
        one.last
        for one in between(stretches, start, end)
        if one.last and re.search(r"\d{4}", view.low[one.start : one.end])
    ]
    words = _said(view, start, end)
    if told:
        return Due(max(told), words)
    found = find_due(view, days, stretches, start, end)
    return (
        Due(None, words, bool(found and found.regular), found.every if found else "")
        if words
        else None
    )


def _named(view: View, days: list[Day], start: int, end: int) -> list[tuple[int, int, date]]:
    found = []
    for day in between(days, start, end):
        cue = _cue(view.low, start, day.start)
        if cue is None:
            continue
        before = day.exact != "day" and bool(_BEFORE.search(view.low[cue[0] : cue[1]].rstrip()))
        on = day.first - timedelta(days=1) if before else day.last
        found.append((cue[0], day.end, on))
    return found


def _named_periods(
    view: View, stretches: list[Stretch], start: int, end: int
) -> list[tuple[int, int, date]]:
    found = []
    for one in between(stretches, start, end):
        words = view.low[one.start : one.end]
        if one.rule not in {"quarter", "half", "months"} or one.last is None or one.first is None:
            continue
        cue = _cue(view.low, start, one.start)
        if cue is None or not re.search(r"\d{4}", words):
            continue
        before = bool(_BEFORE.search(view.low[cue[0] : cue[1]].rstrip()))
        found.append((cue[0], one.end, one.first - timedelta(days=1) if before else one.last))
    return found


def _cue(low: str, start: int, at: int) -> tuple[int, int] | None:
    """Where the words stand that make what follows a last day: "hoàn thành trước ngày "."""
    lead = low[max(start, at - 60) : at]
    bare = re.sub(r"(?<!\w)(?:tháng|năm|quý) $", "", lead)
    if "g" in bare or "h" in bare:
        bare = _CLOCK_BEFORE.sub("", bare)  # "trước 17 giờ 00 ngày 30/9"
    cue = _CUE.search(bare)
    if cue is None:
        return None
    begin = at - len(lead)
    return begin + cue.start(), begin + cue.end("cue")


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stand in the text, and the stretches that are said for them alone."""

    words: str = ""
    spans: tuple[tuple[int, int], ...] = ()


def product_of(view: View, start: int, end: int) -> Part:
    """What comes of it, in the words of the text: as said ("sản phẩm: ..."), else what is made."""
    said = _SAID_PRODUCT.search(view.low, start, end)
    if said:
        return Part(_said(view, *said.span("what")), (said.span(),))
    found: list[str] = []
    for match in _PRODUCING.finditer(view.low, start, end):
        words = _said(view, *match.span("what"))
        if words.lower() not in {one.lower() for one in found}:
            found.append(words)
    for match in _REPORT.finditer(view.low, start, end):
        before = view.low[max(start, match.start() - 24) : match.start()]
        known = any(one.lower().startswith("báo cáo") for one in found)
        if not known and not _NOT_PRODUCED.search(before):
            found.append(_said(view, *match.span("what")))
    told = "; ".join(found)
    return Part(told[:1].upper() + told[1:])


def said_product(view: View, start: int, end: int) -> str:
    """The product where it is told by name ("Sản phẩm: ..."), else ""."""
    said = _SAID_PRODUCT.search(view.low, start, end)
    return _said(view, *said.span("what")) if said else ""


def proof_of(view: View, start: int, end: int) -> Part:
    """What shows that it is done, where the text says so."""
    said = _SAID_PROOF.search(view.low, start, end)
    if said is None:
        return Part()
    return Part(_said(view, *said.span("what" if said["what"] else "which")), (said.span(),))


def without(text: str, start: int, end: int, holes: list[tuple[int, int]]) -> str:
    """The words between the offsets with these stretches left out, in one line."""
    parts, at = [], start
    for first, last in sorted(holes):
        if last <= at or first >= end:
            continue
        parts.append(text[at : max(at, first)])
        at = last
    parts.append(text[at:end])
    told = " ".join(" ".join(part.strip(" ,;:") for part in parts if part.strip(" ,;:()")).split())
    return told.strip(" ,;:.-")


def _said(view: View, start: int, end: int) -> str:
    return " ".join(view.text[start:end].split()).strip(" ,;:(")
