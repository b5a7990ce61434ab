"""How a document is built: parts, chapters, sections, articles, clauses, points; headings and lists of plans. A tree with spans."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from danvan.reading.article_chain import Candidate, own_articles
from danvan.reading.layout import lines
from danvan.reading.proposals import Part
from danvan.reading.view import View

_ROMAN = r"[IVXL]{1,7}"
_MARKS = r"[ *#_>]{0,12}"
# Rank (a smaller one holds a larger one) of each kind; the order in which a line is tried.
RANKS = {
    "annex": 0, "part": 1, "chapter": 2, "section": 3, "subsection": 4, "article": 5, "heading": 6,
    "clause": 7, "deep": 8, "point": 9, "item": 10, "subitem": 11,
}  # fmt: skip
_TITLED = r"(?![ ]+(?:Chương|Phần|Điều|Mục|Luật|Nghị|Quyết|Thông|Phụ)(?!\w))(?=[ *_]*(?:$|[.:,]|\n|[ ]+[-*_ ]*[A-ZĐÀ-ỸÁ\"]))"
_OPENS = re.compile(
    rf"{_MARKS}(?:(?P<annex>(?:PHỤ LỤC|Phụ lục|MẪU SỐ|Mẫu số|PHỤ BIỂU)(?:[ ]+(?:số[ ]+)?(?:{_ROMAN}|\d{{1,3}}[a-zđ]?))?){_TITLED}"
    rf"|(?P<part>(?:PHẦN|Phần)(?:[ ]+(?:THỨ|thứ))?[ ]+(?:{_ROMAN}|\d{{1,2}}|[A-ZĐ](?=[ .:*]|$)|(?:NHẤT|HAI|BA|TƯ|NĂM|SÁU|BẢY|TÁM|CHÍN|MƯỜI|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\w))){_TITLED}"
    rf"|(?P<chapter>(?:CHƯƠNG|Chương)[ ]+(?:{_ROMAN}|\d{{1,2}}|[A-ZĐÌ]{{1,4}}(?=[ ]*$))[a-z]?){_TITLED}"
    rf"|(?P<subsection>(?:TIỂU MỤC|Tiểu mục)[ ]+\d{{1,2}}){_TITLED}"
    rf"|(?P<section>(?:MỤC|Mục)[ ]+(?:\d{{1,2}}[a-z]?|{_ROMAN})){_TITLED}"
    rf"|(?P<heading>(?:{_ROMAN}|[A-ZĐ](?=\.[ ]))[.)])(?=[ *_]*[\w\"(])"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,4})\.?(?=[ ])"
    r"|(?P<clause>\d{1,3}[a-zđ]?[.)])(?!\d)"
    r"|(?P<point>[a-zđ]{1,2}\d?[).])(?=[ *_]*[\w\"(])"
    r"|(?P<item>[-–•](?=[ ]*[^\W_]))"
    r"|(?P<subitem>\+(?=[ ]*[^\W_])))",
    re.MULTILINE,
)
_ARTICLE = re.compile(
    r"(?P<mark>^[ *#_>]{0,12}|(?<=[^\s\"(]))(?:Điều|ĐIỀU)[ ]{0,2}(?P<number>\d{1,3})(?P<letter>[a-zđ]?)(?P<stop>[ ]?[.:]|(?=[ ]*$)|(?=[ ][A-ZĐÀ-Ỹ]))(?!\d{1,3}\.[A-ZĐ]{2})",
    re.MULTILINE,
)
# The codified law numbers its articles by topic and source: Điều 18.4.LQ.1.
_CODED = re.compile(
    r"(?:^[ *#_>]{0,12}|(?<=[^\s\"(]))Điều (?P<number>\d{1,2}(?:\.\d{1,2})\.[A-ZĐ]{2}(?:\.\d{1,3}[a-zđ]?){1,3})\.",
    re.MULTILINE,
)
_ORDER = "abcdđeghiklmnopqrstuvxy"
_CITED = {"article": "Điều", "clause": "khoản", "point": "điểm"}
_TITLE, _TITLE_LINES, _HEADING_WORDS, _GAP = 300, 4, 40, 3
_NUMBERED = re.compile(rf"\d{{1,3}}[a-zđ]?|{_ROMAN}")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a part begins and its own number ends."""

    start: int
    end: int
    kind: str
    number: str


def find_parts(view: View) -> list[Part]:
    """Every part of the document in the order of the text; `parent` is the index of the one it stands in, -1 for none."""
    text = view.text
    every = lines(text)
    heads = _in_order(sorted([*_articles(text), *_others(text, every)], key=lambda one: one.start))
    found: list[Part] = []
    opened: list[tuple[int, int]] = []  # rank and index of the parts that are still open
    ends: list[int] = [len(text.rstrip())] * len(heads)
    for at, head in enumerate(heads):
        rank = RANKS[head.kind]
        while opened and opened[-1][0] >= rank:
            ends[opened.pop()[1]] = head.start
        parent = opened[-1][1] if opened else -1
        found.append(
            Part(
                head.start,
                head.end,
                head.kind,
                head.number,
                _title(text, head),
                len(opened),
                parent,
            )
        )
        opened.append((rank, at))
    return [_closed(view, part, end) for part, end in zip(found, ends, strict=True)]


def where(parts: Sequence[Part], offset: int) -> str:
    """Where an offset of the text stands, as one cites it: "điểm a khoản 2 Điều 5"; "" outside of every article."""
    at = bisect_right(parts, offset, key=lambda part: part.start) - 1
    while at >= 0 and parts[at].end <= offset:
        at = parts[at].parent
    told: list[str] = []
    while at >= 0:
        part = parts[at]
        if part.kind in _CITED:
            told.append(f"{_CITED[part.kind]} {part.number}")
        if part.kind == "article":
            return " ".join(told)
        at = part.parent
    return ""


def _closed(view: View, part: Part, end: int) -> Part:
    """The part with its span in the text as given, without the space behind it."""
    piece = view.text[part.start : end]
    start, last = view.span(part.start, part.start + max(1, len(piece.rstrip())))
    return replace(part, start=start, end=last)


def _articles(text: str) -> Iterator[_Head]:
    seen: set[str] = set()
    for coded in _CODED.finditer(text):
        if coded["number"] not in seen:
            seen.add(coded["number"])
            yield _Head(_first_letter(text, coded), coded.end(), "article", coded["number"])
    candidates = [
        Candidate(match.end("mark"), match.end(), int(match["number"]), match["letter"])
        for match in _ARTICLE.finditer(text)
    ]
    for one in own_articles(candidates):
        yield _Head(one.start, one.end, "article", f"{one.number}{one.letter}")


def _first_letter(text: str, match: re.Match[str]) -> int:
    found = _LETTERS.search(text, match.start(), match.end())
    return found.start() if found else match.start()


def _others(text: str, every: list[tuple[int, int]]) -> Iterator[_Head]:
    for start, end in every:
        match = _OPENS.match(text, start, end)
        if not match:
            continue
        kind = match.lastgroup or "item"
        words = match[kind].strip()
        if kind == "annex" and len(text[start:end].split()) > _HEADING_WORDS:
            continue
        number = "" if kind in {"item", "subitem"} else words.rstrip(".)").split()[-1]
        if kind == "annex" and not _NUMBERED.fullmatch(number):
            number = ""
        yield _Head(match.start(kind), match.end(), kind, number)


def _in_order(heads: list[_Head]) -> list[_Head]:
    """Leave out numbers that do not go on from the one before: "15." at the front of a wrapped line."""
    kept: list[_Head] = []
    last: dict[int, int] = {}  # rank -> the number that stood there last, under what is open now
    for head in heads:
        rank = RANKS[head.kind]
        value = _value(head)
        before = last.get(rank)
        begun = RANKS["article"] in last and before is None
        # "15. of the old statute" at the front of a wrapped line neither goes on nor begins anything.
        if value is not None and (
            (value != 1 and before is not None and not 0 <= value - before <= _GAP)
            or (begun and value > _GAP)
        ):
            continue
        for inner in [one for one in last if one > rank]:
            del last[inner]
        last[rank] = value if value is not None else 0
        kept.append(head)
    return kept


def _value(head: _Head) -> int | None:
    """What a clause or a point counts as, None for what is not counted here."""
    if head.kind == "clause":
        return int(re.sub(r"\D", "", head.number))
    if head.kind == "point" and head.number[0] in _ORDER:
        return _ORDER.index(head.number[0]) + 1
    return None


def _title(text: str, head: _Head) -> str:
    """The words behind the number, and the lines in capitals below it where the title stands there."""
    end = text.find("\n", head.end)
    end = end if end >= 0 else len(text)
    rest = _bare(text[head.end : end])
    if head.kind in {"item", "subitem"}:
        return ""
    if RANKS[head.kind] > RANKS["article"]:
        short = len(rest.split()) <= _HEADING_WORDS and not rest.endswith((";", ","))
        return rest[:_TITLE] if short else ""
    below = end + 1
    for _ in range(_TITLE_LINES):
        close = text.find("\n", below)
        close = close if close >= 0 else len(text)
        line = _bare(text[below:close])
        if (not line and below < len(text) and not rest) or (
            line and line.isupper() and RANKS[head.kind] < RANKS["article"]
        ):
            rest = f"{rest} {line}".strip()
            below = close + 1
            continue
        break
    return rest[:_TITLE]


def _bare(words: str) -> str:
    return " ".join(re.sub(r"[*#_]", " ", words).split()).strip(" .:-")
