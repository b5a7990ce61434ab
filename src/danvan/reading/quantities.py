"""Numbers in a text, with their units, comparing words, fractions and ranges; dates, symbols and ranks left out."""

import re
from dataclasses import dataclass
from decimal import Decimal

from danvan.reading.dates import blank, looks_like_day_and_month
from danvan.reading.number_words import find_number_words, without_doubles
from danvan.reading.units import (
    COUNTED_NOUN,
    MEASURED,
    MONEY,
    NAMED_BEFORE,
    NUMBER_WORD_BEFORE,
    PER,
    PLACE_BEFORE,
    RANKED_BEFORE,
    SAYS_BEHIND,
    SCALE,
    SCALES,
    SOFT_RANKED,
    STOP_NOUN,
    TIME,
)

# What may stand behind the first digit of a number. A pattern that begins with that digit is found fast: `re` skips to it.
_FURTHER = r"(?:\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d{0,2}(?: \d{3}){1,3}(?!\d)(?:,\d+)?|\d*(?:[.,]\d+)?)"
_DIGITS = rf"\d{_FURTHER}"
_NUMBER = re.compile(rf"(?P<value>\d(?<![\w.,]\d){_FURTHER})(?![.,]?\d)")
_SECOND = re.compile(rf"(?P<value>{_DIGITS})(?![.,]?\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PERCENT = re.compile(rf" ?(?:điểm ?(?:%|phần trăm)|%|phần trăm)(?:{PER})?")
_SCALED = re.compile(rf" ?(?P<scale>{SCALE})(?!\w)(?: (?P<money>{MONEY})(?!\w))?(?P<per>{PER})?")
_PLAIN_MONEY = re.compile(rf" ?(?:{MONEY})(?!\w)(?:{PER})?")
_MEASURED = re.compile(rf" ?(?:{MEASURED})(?!\w)(?:{PER})?")
_LOOSE_SQUARE = re.compile(r" ?k?m [23](?= (?:đất|rừng|mặt|sàn))")
_MINOR = re.compile(
    rf" ?(?P<value>\d{{1,3}}) (?P<scale>triệu|nghìn|ngàn)(?!\w)(?: (?P<money>{MONEY})(?!\w))?"
)
_WORD = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r" [^\W\d_]{2,}")
_PHONE = re.compile(r"(?:\+(?<![\w.]\+)84|0(?<![\w.]0))\d(?:[ .-]?\d){7,9}(?!\d)")
_CLOCK = re.compile(
    r"\d(?:(?<![\w.,]\d)\d? ?(?:giờ|h|g)(?: ?\d{2})?(?: phút)?(?!\w)|(?<![\w.,:]\d)\d?:\d{2}(?![\d:]))"
)
_LIST_MARK = re.compile(
    r"^[ *#>-]*(?:\(?\d{1,2}[.)](?!\d)|(?:\d{1,2}\.){1,4}\d{1,2}\.?(?= )|\(\d{1,2}\)|[a-zđ]\d?\)|điều \d+[.:]?)",
    re.MULTILINE,
)
_INLINE_MARK = re.compile(r"\((?<=[ ;:]\()\d{1,2}\)(?= )")

# Words in front of a number -> key of the comparator.
_BEFORE: tuple[tuple[str, str], ...] = (
    (
        "ge",
        r"(?:ít nhất|tối thiểu|không dưới|không ít hơn|không thấp hơn)(?: là| phải có| có| được| đạt| từ)?|≥|>=|đạt và vượt",
    ),
    (
        "le",
        r"(?:không quá|tối đa|không vượt quá|không lớn hơn|nhiều nhất|dưới mức|xuống còn dưới)(?: là)?|≤|<=",
    ),
    ("gt", r"(?:trên|hơn|vượt)(?: mức)?|lớn hơn|>|quá"),
    ("lt", r"(?:dưới|còn dưới|ít hơn|nhỏ hơn|thấp hơn)|<"),
    ("approx_lt", r"gần|xấp xỉ|ngót|suýt soát"),
    (
        "approx",
        r"trên dưới|(?:ước )?khoảng|chừng|ước(?: tính| đạt| khoảng)?|độ|tầm|~|ước khoảng trên",
    ),
)
_COMPARING = re.compile(
    "(?:" + "|".join(f"(?P<{key}>(?<!\\w)(?:{words}))" for key, words in _BEFORE) + r")[ ]*$"
)
_LAST_WORDS = (
    "nhất", "thiểu", "dưới", "hơn", "thấp hơn", "là", "có", "được", "đạt", "từ", "≥", ">", "=", "vượt", "quá", "đa",
    "mức", "≤", "trên", "<", "gần", "xỉ", "ngót", "soát", "khoảng", "chừng", "ước", "tính", "độ", "tầm", "~",
)  # fmt: skip
_FROM = re.compile(r"(?<!\w)(?:từ|đạt từ) $")
_UP = re.compile(r"(?:[^\n;.,0-9]{0,60}?) ?(?:trở lên|lên trên)(?!\w)")
_FROM_UP = re.compile(r"(?:[^\n;.0-9]{0,80}?) ?(?:trở lên|lên trên)(?!\w)")
_DOWN = re.compile(r"(?:[^\n;.,0-9]{0,40}?) ?trở xuống(?!\w)")
_RANGE = re.compile(r" ?%?(?: ?(?:đến|tới) ?| ?- ?)(?=\d)")
_LED_TO = re.compile(rf" (?:lên|xuống(?: còn)?|còn) (?:{_DIGITS})(?![.,]?\d)")
_DIRECTION = re.compile(
    r"(?<!\w)(?:(?P<increase>tăng|nâng|cao hơn|nhiều hơn|vượt)|(?P<decrease>giảm|hạ|ít hơn|thiếu|rút ngắn|thấp hơn))(?!\w)[^,;.:\d]{0,60}$"
)
_MOST_IN_NAME, _MOST_DIGITS, _GAPS = 2, 18, frozenset(" \n")
_MOVES = ("tăng", "nâng", "hơn", "vượt", "giảm", "hạ", "thiếu", "rút")
_SPACES = re.compile(r" *(?:(?:tổng )?số )?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the view. `kind` is percent, money, measured, counted, bare or time.

    `number` is where its digits begin; `value` stands as written, `amount` with its scale worked in.
    A fraction carries `numerator` and `denominator`, a range `low` and `high` and no value; `percent`
    is the percentage written beside a fraction; `behind` is where the unit ends ("trở lên" may stand later).
    """

    start: int
    end: int
    number: int
    value: Decimal | None
    unit: str
    kind: str
    comparator: str = "eq"
    direction: str = ""
    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    percent: Decimal | None = None
    behind: int = 0


def to_decimal(written: str) -> Decimal:
    """Read `1.234,5`, `1 234` or `97.5` (a point before one, two or four digits is a decimal point)."""
    text = written.replace(" ", "")
    if text.isdigit():
        return Decimal(text)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def find_quantities(
    low: str, hidden: list[tuple[int, int]], cased: str | None = None
) -> list[Quantity]:
    """Every number that counts or measures something; `hidden` spans (dates, symbols, periods) are passed over.

    `cased` is the same text with its capitals: they tell a name that ends in a number.
    """
    low = without_doubles(low)
    marks = [
        match.span()
        for pattern in (_PHONE, _CLOCK, _LIST_MARK, _INLINE_MARK)
        for match in pattern.finditer(low)
    ]
    text = blank(low, hidden + marks)
    found: list[Quantity] = []
    at = 0
    while match := _NUMBER.search(text, at):
        if cased and _ends_name(cased, text, match.start(), match.end()):
            at = match.end()
            continue
        quantity, at = _read(text, match)
        if quantity is not None:
            found.append(quantity)
    worded = [one for place in find_number_words(text) if (one := _worded(text, *place))]
    return sorted([*found, *worded], key=lambda one: one.number) if worded else found


def _worded(text: str, start: int, end: int, value: Decimal) -> Quantity | None:
    """A number in words, where a counted noun stands behind it and no rank before it."""
    before = text[max(0, start - 40) : start]
    comparator, first = _comparator(before, start)
    after, unit, kind, scale = _unit(text, end)
    if kind != "counted" or scale != 1 or RANKED_BEFORE.search(before):
        return None
    gap = _SPACES.match(text, end)
    if not COUNTED_NOUN.match(text, gap.end() if gap else end):
        return None
    return Quantity(first, after, start, value, unit, kind, comparator, amount=value, behind=after)


def _read(text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
    start, end = match.span()
    if len(match["value"]) > _MOST_DIGITS or _in_a_row(text, start, end):
        return None, end
    before = text[max(0, start - 40) : start]
    comparator, first = _comparator(before, start)
    value = to_decimal(match["value"])
    if fraction := _fraction(text, match, before, (comparator, first), value):
        return fraction
    if spread := _spread(text, match, first):
        return spread
    after, unit, kind, scale = _unit(text, end)
    if kind == "bare" and (led := _LED_TO.match(text, end)):
        # "từ 30 lên 42 hộ": the first number counts what the second one counts.
        _, unit, kind, scale = _unit(text, led.end())
    if kind == "time" or _is_rank(text, before, comparator, kind, end):
        return None, max(end, after)
    if scale > 1 and (minor := _MINOR.match(text, after)):
        part = to_decimal(minor["value"]) * SCALES[minor["scale"]] / scale
        value, after = value + part, minor.end()
        unit = f"{unit} {minor['money']}" if minor["money"] and not unit.endswith("đồng") else unit
    comparator, first, after, behind = _with_tail(text, before, (comparator, first), start, after)
    piece = text[max(0, first - 70) : first]
    moves = any(word in piece for word in _MOVES)
    direction = _DIRECTION.search(piece) if moves else None
    way = ("increase" if direction["increase"] else "decrease") if direction else ""
    return Quantity(
        first, after, start, value, unit, kind, comparator, way, value * scale, behind=behind
    ), behind


def _ends_name(cased: str, low: str, start: int, end: int) -> bool:
    """Whether the number is the end of a name: `ấp Kinh 2`, or of a place of which people say something: `thôn 7 kiến nghị`."""
    if cased[start - 1 : start] != " " or end - start > _MOST_IN_NAME:
        return False
    before = cased[max(0, start - 60) : start]
    if before[:-1].rpartition(" ")[2][:1].isupper() and NAMED_BEFORE.search(before):
        return True
    return bool(PLACE_BEFORE.search(low, max(0, start - 10), start) and SAYS_BEHIND.match(low, end))


def _in_a_row(text: str, start: int, end: int) -> bool:
    """Whether numbers stand right before and right behind: a column of bare numbers, of which nothing can be said."""
    return (
        text[end : end + 1] in _GAPS
        and text[end + 1 : end + 2].isdigit()
        and text[max(0, start - 1) : start] in _GAPS
        and text[max(0, start - 2) : max(0, start - 1)].isdigit()
    )


def _comparator(before: str, start: int) -> tuple[str, int]:
    # Looking for one of sixty wordings at every number is dear; each ends in one of a few words.
    found = _COMPARING.search(before) if before.rstrip(" ").endswith(_LAST_WORDS) else None
    if not found:
        return "eq", start
    return found.lastgroup or "eq", start - len(before) + found.start()


def _with_tail(
    text: str, before: str, front: tuple[str, int], start: int, after: int
) -> tuple[str, int, int, int]:
    """`từ 25 đảng viên trở lên`: the words on both sides belong to the figure. Also where the unit ends."""
    comparator, first = front
    lead = _FROM.search(before) if before.endswith("từ ") else None
    near = text[after : after + 110]
    if "trở" not in near and "lên trên" not in near:
        return comparator, first, after, after
    for pattern, key in ((_FROM_UP if lead else _UP, "ge"), (_DOWN, "le")):
        tail = pattern.match(text, after)
        if tail:
            first = start - len(before) + lead.start() if lead else first
            close = tail.end() - after <= len(" trở xuống")
            return key, first, tail.end(), tail.end() if close else after
    return comparator, first, after, after


def _unit(text: str, end: int) -> tuple[int, str, str, Decimal]:
    """Where the unit ends, its words, its kind and the scale in it."""
    one = Decimal(1)
    if found := _PERCENT.match(text, end):
        return found.end(), " ".join(found[0].split()), "percent", one
    if found := _SCALED.match(text, end):
        scale = SCALES[found["scale"]]
        if (
            found["money"]
            or found["per"]
            or (found["scale"] in {"tỷ", "tỉ", "triệu"} and not _noun(text, found.end()))
        ):
            return found.end(), found[0].strip(), "money", scale
        noun = _noun(text, found.end())
        last = noun or found.end()
        return last, " ".join(text[end:last].split()), "counted" if noun else "money", scale
    for pattern, kind in (
        (_PLAIN_MONEY, "money"),
        (_LOOSE_SQUARE, "measured"),
        (_MEASURED, "measured"),
    ):
        if found := pattern.match(text, end):
            unit = found[0].strip()
            return (
                found.end(),
                unit.replace(" ", "") if pattern is _LOOSE_SQUARE else unit,
                kind,
                one,
            )
    if found := TIME.match(text, end):
        return found.end(), found[0].strip(), "time", one
    noun = _noun(text, end)
    if noun:
        return noun, " ".join(text[end:noun].split()), "counted", one
    return end, "", "bare", one


def _noun(text: str, at: int) -> int:
    """Where the counted noun behind a number ends, 0 if none stands there."""
    gap = _SPACES.match(text, at)
    begin = gap.end() if gap else at
    if known := COUNTED_NOUN.match(text, begin):
        return known.end()
    word = _WORD.match(text, begin)
    if not word or len(word[0]) < 2 or STOP_NOUN.match(text, begin):
        return 0
    second = _NEXT_WORD.match(text, word.end())
    return second.end() if second and not STOP_NOUN.match(text, second.start() + 1) else word.end()


def _is_rank(text: str, before: str, comparator: str, kind: str, end: int) -> bool:
    """Whether the number is a name: Điều 55, quận 9, khóa 14, Mẫu số 03."""
    if comparator != "eq" or kind in {"percent", "money", "measured"}:
        return False
    if kind == "bare" and NUMBER_WORD_BEFORE.search(before):
        return True
    if not before.rstrip(" :")[-1:].isalpha() or not RANKED_BEFORE.search(before):
        return False
    gap = _SPACES.match(text, end)
    counted = COUNTED_NOUN.match(text, gap.end() if gap else end)
    return not (counted and SOFT_RANKED.search(before))


_SLASH = re.compile(r" ?/ ?")
_OF_TOTAL = re.compile(r" ?(?:trong|trên)(?: tổng)? số ")
_MOMENT = re.compile(
    r"(?<!\w)(?:ngày|sáng|chiều|tối|từ|đến|hôm|trước|sau|thứ \w+|nhật|lúc|và|dịp|lễ)[ ,(]*$|\d ?- ?$"
)


def _fraction(
    text: str, match: re.Match[str], before: str, front: tuple[str, int], part: Decimal
) -> tuple[Quantity | None, int] | None:
    """`16/18 sở`, `38 trong tổng số 204 dự án`; `7/8` alone is a day, `866 lượt/964 lượt người` a pair."""
    start, end = match.span()
    slash = _SLASH.match(text, end) or _same_unit(text, end)
    link = slash or _OF_TOTAL.match(text, end)
    second = _SECOND.match(text, link.end()) if link else None
    if not link or not second:
        return None
    after, unit, kind, _ = _unit(text, second.end())
    if slash and looks_like_day_and_month(text, start, second.end()):
        gap = _SPACES.match(text, second.end())
        counted = COUNTED_NOUN.match(text, gap.end() if gap else second.end())
        if _MOMENT.search(before) or not (
            counted or kind == "percent" or text.startswith(" =", second.end())
        ):
            return None, second.end()
    if kind == "time" or (slash and kind in {"money", "measured", "percent"} and unit != "%"):
        return None, max(after, second.end())
    whole = to_decimal(second["value"])
    end = second.end() if kind in {"percent", "bare"} else after
    comparator, first = front
    unit = "" if kind == "percent" else unit
    if _people_pair(text, start, unit, part, whole):
        pair = Quantity(first, match.end(), start, part, "lượt", "counted", comparator, amount=part)
        return pair, link.end()
    return Quantity(
        first,
        end,
        start,
        part,
        unit,
        "fraction",
        comparator,
        amount=part,
        numerator=part,
        denominator=whole,
    ), end


def _same_unit(text: str, end: int) -> re.Match[str] | None:
    """`1.012 vụ/1.130 vụ`: the slash between a part and its whole that bear the same unit; other units are a pair."""
    first = COUNTED_NOUN.match(text, end + 1) if text[end : end + 1] == " " else None
    slash = _SLASH.match(text, first.end()) if first else None
    second = _SECOND.match(text, slash.end()) if slash else None
    if first is None or second is None or not text.startswith(f" {first[0]}", second.end()):
        return None
    other = COUNTED_NOUN.match(text, second.end() + 1)
    return slash if other and other[0] == first[0] else None


def _people_pair(text: str, start: int, unit: str, part: Decimal, whole: Decimal) -> bool:
    """`161/201 người` beside `259 lượt công dân/316 người`: visits and people, not a part of a whole."""
    near = text[max(0, start - 160) : start]
    return (
        unit.startswith(("người", "lượt người"))
        and part <= whole
        and bool(re.search(r"\d lượt[^/;.\n]{0,20}/ ?\d", near))
    )


def _spread(text: str, match: re.Match[str], first: int) -> tuple[Quantity | None, int] | None:
    """`từ 60 đến 70%`, `5 - 7 mô hình`: two bounds, no single value."""
    link = _RANGE.match(text, match.end())
    second = _SECOND.match(text, link.end()) if link else None
    if not link or not second:
        return None
    after, unit, kind, _ = _unit(text, second.end())
    low, high = to_decimal(match["value"]), to_decimal(second["value"])
    if kind in {"time", "bare"} or low >= high:
        return None
    lead = _FROM.search(text[max(0, match.start() - 10) : match.start()])
    start = match.start() - (len(lead[0]) if lead else 0)
    return Quantity(
        min(start, first),
        after,
        match.start(),
        None,
        unit,
        kind,
        "eq",
        low=low,
        high=high,
        amount=None,
    ), after
