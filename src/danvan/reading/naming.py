"""How names are built: places, organisations with what they are of, people. Each function reads what stands right at an offset."""

import re
from dataclasses import dataclass

from danvan.reading.doers import VERBS
from danvan.reading.name_words import (
    ABBREVIATIONS,
    BODIES,
    FIELDS,
    HONORIFICS,
    NAMED_ONLY,
    POST_LETTERS,
    POSTS,
    PROVINCES,
    SURNAMES,
    TIERS,
)
from danvan.reading.view import UPPER, View
from danvan.reading.words import letter_first, wording

_SYLLABLE = rf"[{UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?"
_RUN = re.compile(rf"{_SYLLABLE}(?: {_SYLLABLE}){{0,9}}")
_NUMBER = re.compile(r"(?:số )?\d{1,3}[A-Za-z]?(?![\d.,/%]*\d)(?!\w)")
_PROVINCE = re.compile(rf"(?:{PROVINCES})(?!\w)")
_SURNAME = re.compile(rf"(?:{SURNAMES})$", re.IGNORECASE)
_GIVEN = re.compile(
    r"(?:văn|thị|đình|hữu|đức|quang|minh|ngọc|xuân|thanh|mạnh|công|quốc|tiến|bá|duy|hồng|kim|trọng|viết|anh)$",
    re.IGNORECASE,
)
_CITY = frozenset({"thành phố", "tp.", "tp"})
_LONGEST_PLACE, _LONGEST_PERSON = 4, 6

_TYPES = "|".join(sorted((re.escape(word) for word in TIERS), key=len, reverse=True))
TYPE = wording(rf"(?<!\w)(?:(?:{_TYPES})(?= )|(?:tp|tx)\.(?=[^\W\d_]))")
_KIND = {f"b{at}": body for at, body in enumerate(BODIES)}
BODY = wording(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<b{at}>{body.words})" for at, body in enumerate(BODIES))
    + r")(?!\w)"
)
POST = wording(
    r"(?<!\w)(?:" + "|".join(f"(?P<{family}>{words})" for family, words in POSTS) + r")(?!\w)"
)
_LETTERS = sorted(POST_LETTERS, key=len, reverse=True)
POST_LETTERED = re.compile(rf"{letter_first(_LETTERS)}(?!\w)")
HONORIFIC = wording(rf"(?<!\w)(?:{HONORIFICS})(?!\w)")

# Words in small letters that are no part of a name.
_STOPS = (
    r"và|của|tại|về|với|đã|được|sẽ|là|có|do|để|cho|trong|từ|năm|theo|khi|này|cũng|đang|vừa|bị|nêu|nhấn mạnh|phát biểu|kết luận|yêu cầu|đề nghị|kiến nghị"
    r"|đề xuất|họp|ra|cùng|số|nhận|còn|gồm|trao|tặng|đến|ở|trên|hoặc|như|phải|cần|tiếp tục|chủ trì|chủ động|phối hợp|kịp thời|khẩn trương|nghiêm túc|sớm|nói|cho biết|biết|thông tin rằng|khẳng định|tham gia|liên quan|không|chưa|mới|lần|khóa|nhiệm kỳ|cấp|nơi|các|sáng|chiều|trưa|tối|hôm|ngày|sau|trước|qua|nay|vẫn|thì|mà|nhưng|nên|luôn|sẵn|đều|chỉ|rất|lại|gửi|tống|thực"
    rf"|tỉnh|thành|huyện|quận|thị|xã|phường|đặc|thôn|đồng|ông|bà|đảng ủy|ubnd|hđnd|mttq|trung ương|{VERBS}"
)
_STOP = re.compile(rf" (?:{_STOPS})(?!\w)")
# A name such as "Giáo dục và Đào tạo": capitals, each with at most one small syllable behind it.
_SHORT = "|".join(sorted(ABBREVIATIONS, key=len, reverse=True))
_PART = rf" (?!(?:{_SHORT}|[QPH](?=\.))(?!\w))(?:[{UPPER}]{{2,}}(?!\w)|{_SYLLABLE}(?:(?! (?:{_STOPS})(?!\w)) [^\W\d_A-Z]+(?!\w))?)"
_DOMAIN = re.compile(
    r"(?: (?:Xây dựng Đảng|Phục vụ hành chính công|Khoa học công nghệ|Cựu chiến binh)"
    rf"| [{UPPER}]{{2,}}(?:[-&][{UPPER}]{{2,}})+|{_PART}(?:{_PART}){{0,2}}(?:(?:,{_PART})* và{_PART}| -{_PART})?)"
)
_FIELD = re.compile(rf" (?:{FIELDS})(?!\w)")
_OWNER = re.compile(
    r"(?: của)? (?P<owner>(?:ban thường vụ |ban chấp hành |btv |thường trực )?(?:tỉnh ủy|thành ủy|huyện ủy|thị ủy|đảng ủy|đảng bộ|chi bộ|ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân"
    r"|(?:ubmttq|ủy ban mttq|ub mttq|ủy ban mặt trận tổ quốc|mttq|mặt trận tổ quốc)(?: việt nam)?|chính phủ|quốc hội|công an|đoàn thanh niên|hội [^\W\d_]+ [^\W\d_]+|sở [^\W\d_]+ [^\W\d_]+))(?!\w)"
)
_CENTRAL = re.compile(r" ?(?:Việt Nam )?Trung ương(?! ủy)(?: Đảng)?(?!\w)|(?<= )trung ương(?!\w)")
_MANY = "tỉnh|thành phố|thành|tp|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|thôn|bản|khu phố|khu"
_EACH = r"(?:các|mỗi|từng|toàn bộ|[1-9]\d?)"
_LEVEL = re.compile(
    rf"(?P<many> (?:{_EACH} )?(?:{_MANY})(?:(?: và|, và|,| -)? (?:{_MANY})(?!\w))+(?! ủy)| {_EACH} (?P<last>{_MANY}|cấp)(?! ủy)(?!\w))"
    rf"|(?: (?:của|cấp))? (?P<type>{_TYPES}|cơ sở)(?!\w)|(?: các cấp| cùng cấp| trực thuộc| liên quan| chức năng| có liên quan| có thẩm quyền)(?!\w)"
)
_VIET = re.compile(r" việt nam(?!\w)")
_WORD = re.compile(r"(?<![-&\w])[^\W\d_]+(?![-&\w])")
_TOKEN = re.compile(_SYLLABLE)
_GLUED = re.compile(r", | và ")
_SURNAME_GIVEN = re.compile(rf"(?:{SURNAMES}) (?:Văn|Thị) [{UPPER}]")
_HEADED = re.compile(r"(?:trưởng|giám đốc|chánh|bộ phận) $")
_ENOUGH = frozenset(
    {
        "ban chỉ đạo",
        "bcđ",
        "ủy ban bầu cử",
        "tổ bầu cử",
        "ban bầu cử",
        "ban tiếp công dân",
        "văn phòng chính phủ",
        "ban tổ chức",
        "ban quản lý",
        "tổ công tác",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place named: the word of its tier, its name, where it ends."""

    start: int
    end: int
    type_words: str
    name: str

    @property
    def tier(self) -> str:
        """province, district, commune or village; a city that is no province is one of the districts that were."""
        if self.type_words in _CITY and not _PROVINCE.match(self.name):
            return "district"
        return TIERS[self.type_words]

    @property
    def words(self) -> str:
        """As one writes it in full: thành phố Huế."""
        full = {"tp.": "thành phố", "tp": "thành phố", "tx.": "thị xã", "tdp": "tổ dân phố"}
        return f"{full.get(self.type_words, self.type_words)} {self.name}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation named: its kind, its words, what it is of, and what is left to ask."""

    start: int
    end: int
    kind: str
    words: str
    tier: str = ""
    place: str = ""
    asks: str = ""


def in_full(words: str) -> str:
    """The words with every abbreviation written out: UBND xã -> Ủy ban nhân dân xã."""
    return _WORD.sub(lambda one: ABBREVIATIONS.get(one[0], one[0]), words)


def said(view: View, start: int, end: int) -> str:
    """The words between the offsets in one line, without the marks around them."""
    return " ".join(view.text[start:end].split()).strip(" ,;:.()")


def person_at(view: View, at: int, *, announced: bool) -> int | None:
    """Where the name of a person ends that begins here; `announced`: the words before say that one comes."""
    tokens = _tokens(view, at, _LONGEST_PERSON)
    surname = bool(tokens) and bool(_SURNAME.match(tokens[0][0])) and len(tokens) > 1
    if not tokens or not (announced or surname) or _PROVINCE.match(view.text, at, tokens[-1].end()):
        return None
    return tokens[-1].end()


def place_at(view: View, at: int) -> Place | None:
    """The place whose word of tier stands right here with a name behind it: xã An Hòa."""
    kind = TYPE.match(view.low, at)
    if kind is None:
        return None
    begin = kind.end() + view.text.startswith(" ", kind.end())
    end = _place_name(view, begin, kind[0])
    return None if end is None else Place(at, end, kind[0], said(view, begin, end))


def next_place(view: View, at: int, like: Place) -> Place | None:
    """Another place of a list that names the tier once: các xã An Hòa, Bình Minh."""
    if TYPE.match(view.low, at) or _SURNAME_GIVEN.match(view.text, at):
        return None
    end = _place_name(view, at, like.type_words)
    return None if end is None else Place(at, end, like.type_words, said(view, at, end))


def _place_name(view: View, at: int, type_words: str) -> int | None:
    number = _NUMBER.match(view.text, at)
    if number:
        numbered = TIERS[type_words] == "village" or type_words in {"phường", "quận"}
        return number.end() if numbered else None
    province = _PROVINCE.match(view.text, at) if TIERS[type_words] == "province" else None
    if province:
        return province.end()
    tokens = _tokens(view, at, _LONGEST_PLACE + _LONGEST_PERSON)
    most = _before_person(tokens, type_words)
    return tokens[min(most, _LONGEST_PLACE) - 1].end() if most else None


def _before_person(tokens: list[re.Match[str]], type_words: str) -> int:
    """How many of these capitals stand before the name of a person; places are called by surnames too."""
    surnames = [at for at, token in enumerate(tokens) if _SURNAME.match(token[0])]
    given = [at for at in surnames if at + 1 < len(tokens) and _GIVEN.match(tokens[at + 1][0])]
    if 0 in given and (type_words in _CITY or tokens[1][0].lower() in {"văn", "thị"}):
        return 0
    if 0 in surnames and len(tokens) > 1 and type_words == "tỉnh":
        return 0  # every province is known by name
    later = (*given, *(at for at in surnames if len(tokens) - at > 2))
    return next((at for at in later if at), len(tokens))


def _tokens(view: View, at: int, most: int) -> list[re.Match[str]]:
    """The capitals that stand here one after another, up to the next post, organisation or word that is no name."""
    run = _RUN.match(view.text, at)
    found: list[re.Match[str]] = []
    for token in _TOKEN.finditer(view.text, at, run.end()) if run else ():
        begin = token.start()
        opens = (
            POST.match(view.low, begin) or _opens_body(view, begin) or TYPE.match(view.low, begin)
        )
        shouted = len(token[0]) > 1 and token[0].isupper() and _STOP.match(view.low, begin - 1)
        if opens or shouted or POST_LETTERED.match(view.text, begin) or token[0] in ABBREVIATIONS:
            break
        found.append(token)
        if len(found) == most:
            break
    return found


def _opens_body(view: View, at: int) -> bool:
    """Whether an organisation is named here; "Phòng", "Bộ" with nothing in capitals behind are names of people too."""
    head = BODY.match(view.low, at)
    if head is None or _KIND[head.lastgroup or ""].kind not in NAMED_ONLY:
        return head is not None
    return bool(_DOMAIN.match(view.text, head.end()) or _FIELD.match(view.low, head.end()))


def organisation_at(view: View, at: int) -> Organisation | None:
    """The organisation that is called right here, with all it is of: Ban Dân vận Tỉnh ủy Quảng Ninh."""
    head = BODY.match(view.low, at)
    if head is None:
        return None
    body = _KIND[head.lastgroup or ""]
    end = head.end()
    if body.kind in NAMED_ONLY:
        named = _domain(view, end)
        small = view.text[at].islower() and not _FIELD.match(view.low, end)
        if small and not _HEADED.search(view.low[max(0, at - 10) : at]):
            return None  # "phòng Quảng Nam" at the end of another name
        if named is None and not (_OWNER.match(view.low, end) or head[0] in _ENOUGH):
            return None
        end = named or end
    tier, asks, stood = body.tier, body.asks, body.kind
    for _ in range(2):
        owner = _OWNER.match(view.low, end)
        if owner is None:
            break
        end = owner.end()
        owned = BODY.search(view.low, owner.start("owner"), end)
        of = _KIND[owned.lastgroup or ""] if owned else body
        tier, asks, stood = of.tier or tier, of.asks or asks, of.kind
    viet = _VIET.match(view.low, end)
    end = viet.end() if viet else end
    central = _CENTRAL.match(view.text, end)
    if central:
        return Organisation(at, central.end(), body.kind, said(view, at, central.end()), "country")
    end, tier, place, settled = _whose(view, end, tier, stood)
    if body.kind in {"central", "ministry"}:
        tier = "country"
    if place or settled or tier == "country":
        asks = ""
    return Organisation(at, end, body.kind, said(view, at, end), tier, place, asks)


def _domain(view: View, at: int) -> int | None:
    """Where the field of work in the name ends: Giáo dục và Đào tạo; not the organisation that is named next."""
    field = _FIELD.match(view.low, at)
    if field and not view.text[at : field.end()].islower():
        return field.end()
    named = _DOMAIN.match(view.text, at)
    if named is None:
        return None
    end = named.end()
    for token in list(_TOKEN.finditer(view.text, at, end))[1:]:
        person = person_at(view, token.start(), announced=False)
        if person is not None and view.text.count(" ", token.start(), person) > 1:
            end = token.start() - 1
            break
    for glue in _GLUED.finditer(view.text, at, end):
        if BODY.match(view.low, glue.end()) or TYPE.match(view.low, glue.end()):
            return glue.start() if glue.start() > at else None
    return end


def _whose(view: View, at: int, tier: str, kind: str) -> tuple[int, str, str, bool]:
    """What an organisation is of: where that ends, its tier, the place, whether nothing is left to ask."""
    level = _LEVEL.match(view.low, at)
    if level and level["type"] is None:
        end = _names_after(view, level) if level["last"] else level.end()
        return end, "commune" if "xã" in (level["many"] or "") else tier, "", True
    if level and level["type"] == "cơ sở":
        return level.end(), "commune", "", True
    if level:
        named = place_at(view, level.start("type"))
        if named is not None:
            return named.end, named.tier, named.words, True
        return level.end(), TIERS[level["type"]], "", False
    if (
        kind in {"party_committee", "party_cell", "peoples_committee", "peoples_council"}
        and view.text[at : at + 1] == " "
    ):
        type_words = {"province": "tỉnh", "district": "huyện"}.get(tier, "xã")
        if view.low.endswith("thành ủy", 0, at):
            type_words = "thành phố"
        stop = _place_name(view, at + 1, type_words)
        if stop is not None:
            name = said(view, at + 1, stop)
            return stop, tier, f"{type_words} {name}" if tier else name, True
    return at, tier, "", False


def _names_after(view: View, level: re.Match[str]) -> int:
    """Where the names behind "các xã", "các quận" end."""
    first = place_at(view, level.start("last"))
    end = level.end()
    while first is not None:
        end = first.end
        glue = _GLUED.match(view.text, end)
        first = next_place(view, glue.end(), first) if glue else None
    return end
