"""Names and posts as people write them: honorifics, abbreviations, several posts in one line. Plain Python.

`UVBTV, Trưởng ban` are two posts of one person; `Đ/c Nguyễn Văn A` is Nguyễn Văn A.
"""

import re
from dataclasses import dataclass

from danvan.organisations.enums import Kind, Manner, Rank
from danvan.vietnamese.text import canonical, fold

# Ông is a family name too: it is an honorific only before a common one.
_FAMILIES = (
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|lương|mai|trương"
)
_HONORIFIC = re.compile(
    r"^(?:(?:các\s+)?(?:đồng\s+chí|đ/c|đ\.c\.?|đc)(?:[.:]\s*|\s+)|bà\s+"
    rf"|ông\s+(?=(?:{_FAMILIES})\s)|(?:ts|ths|pgs|gs)\.\s*)(?=\S)",
    re.IGNORECASE,
)
_HONORIFICS = frozenset({"d/c", "dc", "dong chi", "cac dong chi", "cac d/c", "ba", "ong"})
# Written whole only where they stand alone as words; longer ones first.
_SHORT: tuple[tuple[str, str], ...] = (
    ("UVBTVTU", "Ủy viên Ban Thường vụ Tỉnh ủy"),
    ("UVBTVĐU", "Ủy viên Ban Thường vụ Đảng ủy"),
    ("UVTWĐ", "Ủy viên Trung ương Đảng"),
    ("UVBCHTW", "Ủy viên Ban Chấp hành Trung ương Đảng"),
    ("UVTW", "Ủy viên Trung ương Đảng"),
    ("UVBTV", "Ủy viên Ban Thường vụ"),
    ("UVBCH", "Ủy viên Ban Chấp hành"),
    ("UVTV", "Ủy viên Ban Thường vụ"),
    ("TVTU", "Ủy viên Ban Thường vụ Tỉnh ủy"),
    ("TVĐU", "Ủy viên Ban Thường vụ Đảng ủy"),
    ("TUV", "Tỉnh ủy viên"),
    ("ĐUV", "Đảng ủy viên"),
    ("PBTTT", "Phó Bí thư Thường trực"),
    ("PBT", "Phó Bí thư"),
    ("PCT", "Phó Chủ tịch"),
    ("PTB", "Phó Trưởng ban"),
    ("TB", "Trưởng ban"),
    ("BT", "Bí thư"),
    ("CT", "Chủ tịch"),
    ("UV", "Ủy viên"),
)
_EXPAND = re.compile(r"(?<!\w)(" + "|".join(short for short, _ in _SHORT) + r")(?!\w)")
_WHOLE = dict(_SHORT)
_SPLIT = re.compile(
    r"\s*(?:[,;\n]|\s[-–—]\s|(?<!\w)(?:đồng\s+thời\s+là|kiêm(?:\s+nhiệm)?)(?!\w))\s*", re.IGNORECASE
)
_ALSO = re.compile(r"(?<!\w)(?:đồng\s+thời\s+là|kiêm(?:\s+nhiệm)?)(?!\w)", re.IGNORECASE)
_ACTING = re.compile(r"^(?:quyền|q\.)\s+(?=\S)", re.IGNORECASE)
_IN_CHARGE = re.compile(r"^(?:phụ\s+trách|được\s+giao\s+phụ\s+trách)\s+(?=\S)", re.IGNORECASE)
_BODY = re.compile(r"(?:ban|khối)\s", re.IGNORECASE)
_NAME_AND_POSTS = re.compile(r"\s*(?:\s[-–—]\s|,|:)\s*")

# The first fitting line says which organisation of the place a post belongs to.
_HOMES: tuple[tuple[str, Kind], ...] = (
    (r"\b(?:mttq|mat tran)\b", Kind.FRONT_COMMITTEE),
    (r"\b(?:ldld|lien doan lao dong|cong doan)\b", Kind.TRADE_UNION),
    (r"\bhoi nong dan\b", Kind.FARMERS_UNION),
    (r"\bhoi (?:lhpn|lien hiep phu nu|phu nu)\b", Kind.WOMENS_UNION),
    (r"\bhoi (?:ccb|cuu chien binh)\b", Kind.VETERANS_ASSOCIATION),
    (r"\b(?:tinh doan|thanh doan|doan tncs|doan thanh nien|bi thu doan)\b", Kind.YOUTH_UNION),
    (r"\b(?:hdnd|hoi dong nhan dan)\b", Kind.PEOPLES_COUNCIL),
    (r"\b(?:ubnd|uy ban nhan dan)\b", Kind.PEOPLES_COMMITTEE),
    (
        r"\btruong (?:ban|khoi) (?:dan van|tuyen giao|xay dung dang)|\bkhoi dan van\b",
        Kind.ADVISORY_BOARD,
    ),
    (
        r"\bban thuong vu\b|\bban chap hanh\b|\bbi thu\b|\b(?:dang|tinh|thanh|huyen) uy vien\b|\buy vien trung uong dang\b",
        Kind.PARTY_COMMITTEE,
    ),
)
_CENTRAL = re.compile(r"\buy vien (?:ban chap hanh )?trung uong dang\b|\bbo chinh tri\b")


@dataclass(frozen=True, slots=True)
class Title:
    """One post of a line: its words, and how it is held where the words say so (else empty)."""

    words: str
    manner: str = ""

    @property
    def rank(self) -> str:
        """What the post is in its organisation, as its words say."""
        return rank_of(self.words)

    @property
    def home(self) -> str:
        """The kind of organisation it belongs to; empty where the words do not say."""
        folded = fold(self.words)
        return next((kind for words, kind in _HOMES if re.search(words, folded)), "")

    @property
    def central(self) -> bool:
        """Whether it is a post in the central committee, whatever place the person works in."""
        return bool(_CENTRAL.search(fold(self.words)))


def without_honorific(name: str) -> str:
    """The name alone: Nguyễn Văn A for Đ/c Nguyễn Văn A."""
    name = " ".join(canonical(name).split())
    while found := _HONORIFIC.match(name):
        name = name[found.end() :]
    name = name.strip(" .,;:-–—")
    return "" if fold(name) in _HONORIFICS else name


def expand(title: str) -> str:
    """A title with its abbreviations written out: Ủy viên Ban Thường vụ for UVBTV."""
    words = " ".join(canonical(title).split())
    words = _EXPAND.sub(lambda found: _WHOLE[found[1]], words)
    return words[:1].upper() + words[1:]


def rank_of(title: str) -> str:
    """Head, deputy, member or specialist, from the first words of a title."""
    folded = fold(title)
    if re.match(r"pho\b", folded):
        return Rank.DEPUTY
    if re.match(r"(?:bi thu|truong|chu tich|chu nhiem|giam doc|doan truong|to truong)\b", folded):
        return Rank.HEAD
    if re.match(r"(?:uy vien|thanh vien|(?:dang|tinh|thanh|huyen) uy vien)\b", folded):
        return Rank.MEMBER
    return Rank.SPECIALIST


def read_titles(written: str) -> list[Title]:
    """Every post in a line as people write it, in order, abbreviations written out.

    The main one is held fully: the first that is no mere membership, else the first. The others are concurrent.
    `quyền` and `phụ trách` say their own.
    """
    found: list[Title] = []
    said_also = False
    rest = canonical(written)
    for part, joint in _parts(rest):
        manner, words = _manner_of(part)
        if words:
            manner = manner or (Manner.CONCURRENT if said_also else "")
            found.append(Title(expand(words), manner))
        said_also = bool(_ALSO.search(joint))
    open_ones = [place for place, one in enumerate(found) if not one.manner]
    main = next(
        (p for p in open_ones if found[p].rank != Rank.MEMBER), open_ones[0] if open_ones else -1
    )
    return [
        Title(one.words, one.manner or (Manner.FULL if place == main else Manner.CONCURRENT))
        for place, one in enumerate(found)
    ]


def _parts(text: str) -> list[tuple[str, str]]:
    """The pieces of a line, each with the joint behind it."""
    pieces, at = [], 0
    for joint in _SPLIT.finditer(text):
        pieces.append((text[at : joint.start()].strip(), joint[0]))
        at = joint.end()
    return [*pieces, (text[at:].strip(), "")]


def _manner_of(part: str) -> tuple[str, str]:
    words = part.strip(" .")
    for pattern, manner in ((_ACTING, Manner.ACTING), (_IN_CHARGE, Manner.IN_CHARGE)):
        if found := pattern.match(words):
            rest = words[found.end() :]
            body = manner == Manner.IN_CHARGE and _BODY.match(rest)
            return manner, f"Trưởng {rest}" if body else rest
    return "", words


def read_people(written: str) -> list[tuple[str, str]]:
    """The people of a cell: (name, titles written behind the name). Several stand apart by semicolons or lines.

    `Các đ/c UVBTV: A; B` gives A and B the title that stands before them.
    """
    text = canonical(written)
    shared = ""
    head, colon, tail = text.partition(":")
    if colon and tail.strip() and _HONORIFIC.match(head.strip()):
        shared, text = without_honorific(head), tail
    found = []
    for piece in re.split(r"[;\n]", text):
        name, *posts = _NAME_AND_POSTS.split(without_honorific(piece), maxsplit=1)
        if name:
            own = posts[0] if posts else ""
            found.append((name.strip(), ", ".join(one for one in (shared, own) if one)))
    return found
