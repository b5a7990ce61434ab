"""Things done: a sentence that tells of one activity on one day, who led it, where, before how many people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from danvan.reading.dates import Day
from danvan.reading.doctypes import FORWARD, OF_LAW
from danvan.reading.doers import Named, doers_at
from danvan.reading.layout import NUMBERING, Sentence, index_at
from danvan.reading.measures import MEASURES, find_measures
from danvan.reading.number_words import DIGITS
from danvan.reading.proposals import Doer, Happening, Span
from danvan.reading.tasks import Ground
from danvan.reading.view import UPPER, View
from danvan.reading.words import wording

# Measures that are papers, not something that is done on a day.
_PAPERS = frozenset({"orientation_document", "coordination_regulation"})
_MOST = 10  # of one kind on one day; more is a sum over days
_FEWEST_WORDS, _LONGEST_TITLE, _LONGEST_PLACE, _WITH_WITHIN = 3, 300, 160, 240

_ON = re.compile(r"(?<!\w)(?:ngày|sáng|trưa|chiều|tối|hôm) $|\($")
_NOT_ON = re.compile(
    r"(?<!\w)(?:trước|đến|tới|hết|từ|sau|qua|quá|hạn|là|ký|ban hành|kỷ niệm|lập|nghị quyết|quyết định|kế hoạch|công văn|chỉ thị|thông báo|kết luận|hướng dẫn"
    r"|báo cáo|luật|nghị định|tờ trình|quy chế|quy định|chương trình|đề án|giấy mời|thư mời|sinh)(?: (?:ngày|sáng|chiều|tối))* $"
)
_OF_SYMBOL = re.compile(r"[,;]? ?\(?(?:ban hành |ký )?(?:ngày )?")
_PLANNED = wording(
    r"(?<!\w)(?:sẽ|dự kiến|dự định|chuẩn bị|sắp|chưa|không (?:tổ chức|tiến hành)|yêu cầu|đề nghị|giao (?:cho|nhiệm vụ|việc)|phân công|phải|hoãn|hủy|lùi|theo kế hoạch,|trân trọng kính mời|kính mời|mời)(?!\w)"
)
_SUMMED = wording(
    r"(?<!\w)(?:trong (?:năm|quý|tháng|kỳ|nhiệm kỳ|giai đoạn|\d{1,2} (?:tháng|năm))|(?:cả|toàn) năm|(?:năm|thời gian) qua|từ (?:đầu|năm|ngày|tháng)|đến nay|tính đến|lũy kế|tổng cộng"
    r"|\d{1,2} (?:tháng|năm) (?:đầu|cuối|qua)|(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần)|định kỳ)(?!\w)"
)
_NUMBERING = re.compile(NUMBERING)
_COMMA = re.compile(r"[,)] (?=\S)")
_MOST_COMMAS = 6
_GAP = re.compile(
    r"[ ,]*(?:(?:đã|vừa|mới|cũng|tiếp tục|trực tiếp|chủ động|kịp thời|long trọng|trang trọng|chủ trì)[ ,]+)*"
)
_DONE = re.compile(r"(?<!\w)(?:đã|vừa)(?!\w)")
_DONE_LAST = re.compile(r" (?:đã|vừa)$")
_WITH = re.compile(r"(?:phối hợp )?(?:với|cùng)(?: với)? |phối hợp ")
_HELD = wording(
    r"(?<!\w)(?:tổ chức|tiến hành|mở|khai mạc|chủ trì|thực hiện|triển khai)(?: thành công| thực hiện| tổ chức)? "
)
_COUNT = re.compile(r"(?:(?P<n>\d{1,3}|một|hai|ba|bốn|năm) )?")
_NOUNS = re.compile(
    r"(?:(?:hội nghị|cuộc|buổi|lớp|đợt|khóa|chương trình|diễn đàn|chuyên đề|nội dung|phiên|lễ|trực tiếp|trực tuyến|triển khai,|thông tin,) )*"
)
_N = r"(?<![\w.,/%])(?P<n>\d{1,3}(?:\.\d{3})+|\d{1,7})"
_ABOUT = re.compile(r"(?<!\w)(?:khoảng|gần|trên|hơn|chừng|ước)(?: tính)? $")
_PEOPLE = r"(?:người|đại biểu|học viên|hội viên|đảng viên|đoàn viên|cán bộ|cử tri|công dân|tuyên truyền viên)"
_TURNS = re.compile(rf"{_N} lượt {_PEOPLE}(?!\w)")
_PERSONS = re.compile(rf"{_N} {_PEOPLE}(?!\w)")
_OPINIONS = re.compile(rf"{_N} (?:lượt )?(?:ý kiến|lượt phát biểu)(?!\w)")
_OF_OTHERS = re.compile(r"(?<!\w)(?:của|từ|do) $")
_OF_THEM = re.compile(r"(?<!\w)(?:trong đó|gồm|bao gồm)(?!\w)")
_GOES_ON = re.compile(
    r"(?:(?:hội nghị|cuộc|buổi|lớp|chương trình)[^.;:\n\d]{0,40}? (?:có|thu hút|tiếp nhận|ghi nhận|đã)|tham (?:dự|gia)|dự|tại|có|đã có)(?!\w)"
)
_PLACE = re.compile(r"(?<!\w)(?:tại|ở) (?=\S)")
_NO_PLACE = re.compile(
    r"(?:đây|đó|buổi|hội nghị|cuộc|kỳ họp|phiên|quyết định|kế hoạch|nghị quyết|công văn|chỉ thị|điều|khoản|lớp|chương trình)(?!\w)"
)
_PLACE_ENDS = re.compile(r"[,;.(:\n]| (?=(?:với|có|cho|đã|do|nhằm|để|về|theo|vào|thu hút)(?!\w))")
_PERSON = re.compile(
    rf"(?:giữa |của |do |với |cùng )?(?:các )?(?<!\w)(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ụ|[Ll]inh mục|[Hh]òa thượng|[Tt]hượng tọa)(?: \w+){{0,3}}? [{UPPER}]"
)
_TITLE_ENDS = re.compile(
    r"[;.:(\n]|, (?!(?:quán triệt|tuyên truyền|phổ biến|học tập|triển khai|bồi dưỡng|đối thoại|phản biện)(?!\w))"
    r"| (?=(?:có|với|cho|gồm) (?:sự |gần |trên |hơn |khoảng )?(?:\d|tham|dự)|thu hút |tại |(?:vào )?(?:ngày|sáng|chiều|tối) \d|nhằm |do đồng chí)"
)


@dataclass(frozen=True, slots=True)
class _Act:
    """What was done, in offsets of the view: `at` and `end` of the words of its measure."""

    measure: str
    at: int
    end: int
    done: bool
    held: bool
    quantity: int
    supports: tuple[Doer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many came, and spoke; None where that is not stated, or only about."""

    attendance: int | None
    persons: int | None
    opinions: int | None


_UNTOLD = _Counts(None, None, None)


def find_happenings(
    ground: Ground,
    sentences: Sequence[Sentence],
    taken: Sequence[tuple[int, int]],
    issued_on: date | None,
) -> list[Happening]:
    """Every activity that one sentence reports with its day, in order of the text.

    `taken` are the symbols of cited documents: a day behind one is the document's own. Never a plan, nor a day after
    `issued_on`, nor a sum over a period, nor what no measure of the vocabulary names.
    """
    if ground.document_type in OF_LAW:
        return []
    days = _free_days(ground.view.low, ground.days, taken)
    found: list[Happening] = []
    at = 0
    for place, sentence in enumerate(sentences):
        while at < len(days) and days[at].start < sentence.start:
            at += 1
        here = at
        while at < len(days) and days[at].end <= sentence.end:
            at += 1
        if at - here != 1 or sentence.start < ground.head_end or sentence.mood > 0:
            continue
        day = days[here]
        if issued_on is not None and day.first > issued_on:
            continue
        one = _of_sentence(ground, sentence, day)
        if one is not None:
            follows = sentences[place + 1] if place + 1 < len(sentences) else None
            further = at < len(days) and follows is not None and days[at].start < follows.end
            found.append(one if further else _gone_on(ground.view, one, sentence, follows))
    return found


def _free_days(low: str, days: Sequence[Day], taken: Sequence[tuple[int, int]]) -> list[Day]:
    """The full days that are not the day of a document named right before them."""
    ends = sorted(end for _, end in taken)
    free = []
    for day in days:
        symbol = index_at(ends, day.start)
        behind = symbol >= 0 and _OF_SYMBOL.fullmatch(low, ends[symbol], day.start)
        if day.exact == "day" and not behind:
            free.append(day)
    return free


def _of_sentence(ground: Ground, sentence: Sentence, day: Day) -> Happening | None:
    view, (start, end) = ground.view, (sentence.start, sentence.end)
    before = view.low[max(start, day.start - 40) : day.start]
    if not _ON.search(before) or _NOT_ON.search(before):
        return None
    if _PLANNED.search(view.low, start, end) or _SUMMED.search(view.low, start, end):
        return None
    for front in _fronts(view, start, end, day):
        named = _before_done(doers_at(view, front, end, ground.known), view)
        act = _act(view, named.end, end, ground) if named else None
        if named is None or act is None:
            continue
        unsure = ground.document_type in FORWARD or not act.held
        if act.quantity > _MOST or (unsure and not act.done):
            return None
        return _happening(view, sentence, day, named, act)
    return None


def _fronts(view: View, start: int, end: int, day: Day) -> list[int]:
    """Where who led it may stand: at the front, right behind the day, behind a comma."""
    begin = _NUMBERING.match(view.low, start, end)
    fronts = [begin.end() if begin else start, day.end + 1]
    fronts += [comma.end() for comma in _COMMA.finditer(view.low, start, end)][:_MOST_COMMAS]
    return sorted({one for one in fronts if one < end})


def _before_done(named: Named | None, view: View) -> Named | None:
    """`Công an xã đã tổ chức`: a name without a known form runs up to the verb, past the word that says done."""
    over = _DONE_LAST.search(view.low, named.end - 5, named.end) if named else None
    if named is None or over is None:
        return named
    last = replace(named.doers[-1], words=named.doers[-1].words[: -len(over[0])])
    return Named((*named.doers[:-1], last), over.start())


def _act(view: View, at: int, end: int, ground: Ground) -> _Act | None:
    """What the organisation that ends at `at` did: right behind it, or behind whom it did it together with."""
    low = view.low
    gap = _GAP.match(low, at, end)
    place = gap.end() if gap else at
    done = bool(_DONE.search(low, at, place))
    together = _WITH.match(low, place, end)
    if not together:
        held = _HELD.match(low, place, end)
        return _measured(low, held.end() if held else place, end, done=done, held=bool(held))
    for held in _HELD.finditer(low, together.end(), min(end, together.end() + _WITH_WITHIN)):
        act = _measured(low, held.end(), end, done=done, held=True)
        if act is not None:
            again = bool(_DONE.search(low, together.end(), held.start()))
            beside = _before_done(doers_at(view, together.end(), held.start(), ground.known), view)
            return replace(act, done=done or again, supports=beside.doers if beside else ())
    return None


def _measured(low: str, at: int, end: int, *, done: bool, held: bool) -> _Act | None:
    count = _COUNT.match(low, at, end)
    word = count["n"] if count else None
    place = count.end() if count else at
    measures = find_measures(low, place, min(end, place + 120))
    if not measures or measures[0][0] in _PAPERS:
        return None
    measure, first, last = measures[0]
    if not _NOUNS.fullmatch(low, place, first):
        return None
    quantity = 1 if word is None else DIGITS.get(word) or int(word)
    return _Act(measure, place, last, done, held, quantity) if quantity else None


def _happening(view: View, sentence: Sentence, day: Day, named: Named, act: _Act) -> Happening:
    start = sentence.start
    end = start + len(view.text[start : sentence.end].rstrip(" .;,\n"))
    title = _title(view, act, end)
    place = _place(view, start, end)
    lead = named.doers[0]
    counts = _counts(view.low, act.end, end)
    sure = 0.6 + 0.16 * act.done + 0.1 * act.held + 0.06 * bool(lead.kind) + 0.03 * bool(place)
    sure += 0.02 * (counts != _UNTOLD)
    names = [
        *(["“đã”"] if act.done else []), f"ngày {day.first:%d/%m/%Y}", "cơ quan làm", f"“{MEASURES[act.measure]}”",
    ]  # fmt: skip
    rule = "happening.told" if act.done else "happening.dated"
    return Happening(
        *view.span(start, end), round(min(0.97, sure), 2), rule,
        f"Vì: {' + '.join(names)}", sentence=Span(*view.span(sentence.start, sentence.end)), title=title,
        measure=act.measure, held_on=day.first, lead=lead, place=place, quantity=act.quantity,
        attendance=counts.attendance, persons=counts.persons, opinions=counts.opinions, supports=act.supports,
    )  # fmt: skip


def _title(view: View, act: _Act, end: int) -> str:
    """The words of what was done, a capital first, no person named; "" where they tell too little."""
    stops = [end, *(one.start() for one in (_TITLE_ENDS.search(view.low, act.end, end), _PERSON.search(view.text, act.at, end)) if one)]  # fmt: skip
    words = " ".join(view.text[act.at : min(stops)].split()).strip(' ,"')
    if len(words.split()) < _FEWEST_WORDS:
        return ""
    return words[:1].upper() + words[1:_LONGEST_TITLE]


def _place(view: View, start: int, end: int) -> str:
    """Where it was, "" where the text does not say; a person's house is not kept."""
    for found in _PLACE.finditer(view.low, start, end):
        if _NO_PLACE.match(view.low, found.end(), end):
            continue
        stop = _PLACE_ENDS.search(view.low, found.end(), end)
        last = stop.start() if stop else end
        if _PERSON.search(view.text, found.end(), last):
            return ""
        words = " ".join(view.text[found.end() : last].split())
        return words[:1].upper() + words[1:_LONGEST_PLACE]
    return ""


def _counts(low: str, start: int, end: int) -> _Counts:
    """How many came and spoke, as stated: an approximation or several groups of people stay unknown."""
    part = _OF_THEM.search(low, start, end)
    stop = part.start() if part else end
    attendance = _only(low, _TURNS, start, stop)
    persons = _only(low, _PERSONS, start, stop)
    if attendance is not None and (persons or 0) > attendance:
        persons = None
    return _Counts(attendance, persons, _only(low, _OPINIONS, start, stop))


def _only(low: str, pattern: re.Pattern[str], start: int, end: int) -> int | None:
    found = [
        one
        for one in pattern.finditer(low, start, end)
        if not _OF_OTHERS.search(low, max(start, one.start() - 6), one.start())
    ]
    if len(found) != 1:
        return None
    if _ABOUT.search(low, max(start, found[0].start() - 12), found[0].start()):
        return None
    return int(found[0]["n"].replace(".", ""))


def _gone_on(view: View, one: Happening, told: Sentence, follows: Sentence | None) -> Happening:
    """With the counts that the next sentence of its paragraph tells: `Hội nghị có 168 người dự`."""
    if follows is None or follows.paragraph != told.paragraph:
        return one
    if not _GOES_ON.match(view.low, follows.start, follows.end):
        return one
    if _PLANNED.search(view.low, follows.start, follows.end) or _SUMMED.search(
        view.low, follows.start, follows.end
    ):
        return one
    more = _counts(view.low, follows.start, follows.end)
    longer = replace(
        one,
        attendance=more.attendance if one.attendance is None else one.attendance,
        persons=more.persons if one.persons is None else one.persons,
        opinions=more.opinions if one.opinions is None else one.opinions,
    )
    if longer == one:
        return one
    last = follows.start + len(view.text[follows.start : follows.end].rstrip(" .;,\n"))
    return replace(longer, end=view.span(follows.start, last)[1])
