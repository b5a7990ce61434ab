"""What of a text tells who somebody is, proposed to be covered before it is shown in public: a person confirms each.

Missing one is worse than one too many, so a name is proposed wherever a surname begins it or a form of address stands before
it. `known` are names, numbers and addresses that the asker's record holds: they are found however they are spelled.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from danvan.reading.name_words import SURNAMES
from danvan.reading.view import UPPER
from danvan.vietnamese.composing import decompose

LEAST_KNOWN = 3  # letters: a shorter word of the record would cover half the text


class PrivateKind(StrEnum):
    """What a span tells of somebody."""

    NAME = "name"
    PHONE = "phone"
    IDENTITY = "identity"
    EMAIL = "email"
    HOME = "home"
    PLATE = "plate"
    ACCOUNT = "account"
    BIRTH = "birth"
    CHILD = "child"
    KNOWN = "known"


COVER: dict[PrivateKind, str] = {
    PrivateKind.NAME: "[họ tên]",
    PrivateKind.PHONE: "[số điện thoại]",
    PrivateKind.IDENTITY: "[số giấy tờ]",
    PrivateKind.EMAIL: "[thư điện tử]",
    PrivateKind.HOME: "[địa chỉ nhà]",
    PrivateKind.PLATE: "[biển số xe]",
    PrivateKind.ACCOUNT: "[số tài khoản]",
    PrivateKind.BIRTH: "[ngày sinh]",
    PrivateKind.CHILD: "[tuổi, trường lớp]",
    PrivateKind.KNOWN: "[đã che]",
}
WHY: dict[PrivateKind, str] = {
    PrivateKind.NAME: "Vì: có dạng họ tên người",
    PrivateKind.PHONE: "Vì: có dạng số điện thoại",
    PrivateKind.IDENTITY: "Vì: có dạng số căn cước, chứng minh nhân dân, hộ chiếu",
    PrivateKind.EMAIL: "Vì: có dạng địa chỉ thư điện tử",
    PrivateKind.HOME: "Vì: có dạng địa chỉ nhà",
    PrivateKind.PLATE: "Vì: có dạng biển số xe",
    PrivateKind.ACCOUNT: "Vì: có dạng số tài khoản",
    PrivateKind.BIRTH: "Vì: đứng sau chữ “sinh”",
    PrivateKind.CHILD: "Vì: có thể nhận ra một trẻ em",
    PrivateKind.KNOWN: "Vì: có trong hồ sơ người gửi hoặc cán bộ ghi thêm",
}


@dataclass(frozen=True, slots=True)
class PrivateSpan:
    """Where a text tells who somebody is; offsets point into the text as given, `end` is exclusive."""

    start: int
    end: int
    kind: PrivateKind

    @property
    def why(self) -> str:
        """Why it is proposed, in words."""
        return WHY[self.kind]


_WORD = rf"[{UPPER}][^\W\d_]*(?:-[{UPPER}][^\W\d_]*)?"
_MORE = rf"(?:[ \t]+{_WORD})"
_PLACE = re.compile(
    r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|thôn|bản|xóm|ấp|làng|buôn|tổ|khu|đường|phố|ngõ|cầu|chợ|sông|hồ|núi"
    r"|đảo|trường|công ty|bệnh viện|đình|chùa|đền|nghị quyết|luật)[ \t]+$",
    re.IGNORECASE,
)
# Surnames that begin too many other words for the engine to tell; here one too many does no harm.
_ALSO = "Vi|Lô|Lữ|Kha|Cụt|Moong|Xồng|Lang|Viêng|Hờ"
_SURNAMED = re.compile(rf"(?<!\w)(?:{SURNAMES}|{_ALSO})(?:[ \t]+(?:Văn|Thị))?{_MORE}{{1,4}}(?!\w)")
_ADDRESSED = re.compile(
    r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ụ|[Bb]ác|[Cc]hú|[Cc]ô|[Cc]háu|[Ee]m|[Vv]ợ|[Cc]hồng|[Đđ]ồng chí|[Đđ]/c|"
    rf"[Hh]ọ (?:và )?tên:?|[Tt]ên (?:tôi )?là:?|[Tt]ôi là:?)[ \t]+(?P<name>{_WORD}{_MORE}{{0,4}})(?!\w)"
)
_SHOUTED = re.compile(
    rf"(?<!\w)(?:{SURNAMES})(?:[ \t]+[{UPPER}]{{2,}}){{1,4}}(?!\w)", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?<![\d.])(?:(?:\+84|0)(?:[ .\-]?\d){8,10}|84\d{9})(?!\d|[.,]\d)"
    # said in words, figure by figure
    r"|(?<!\w)[Kk]hông(?:[ ,.\-]+(?:không|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)){8,10}(?!\w)"
)
_IDENTITY = re.compile(
    r"(?<![\d.,/])(?:\d{12}|\d{9}|\d{3}(?:[ .]\d{3}){2,3}(?=\D|$)|[A-Z]\d{7})(?![\d/]|[.,]\d)"
)
_ID_WORD = re.compile(
    r"(?:cccd|cmnd|cmtnd|căn cước|chứng minh|hộ chiếu|định danh)[^.\n]{0,40}$", re.IGNORECASE
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|[ ]?[(\[](?:at|a còng|@)[)\]][ ]?)[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}"
)
_HOME = re.compile(
    r"(?<!\w)[Ss]ố nhà[ \t]+[^\n,;.]{1,60}|(?<!\w)(?:[Nn]gõ|[Nn]gách|[Hh]ẻm|[Kk]iệt)[ \t]+\d+[\w/]*(?:[ \t]+[^\n,;.]{1,40})?"
)
_PLATE = re.compile(
    r"(?<!\w)\d{2}[A-Z][A-Z\d]?[ \-]?\d{3}[.]?\d{2}(?!\w)|(?<!\w)\d{2}[A-Z][A-Z\d]?[ \-]\d{4}(?!\w)"
)
_ACCOUNT = re.compile(
    r"(?<!\w)(?:[Tt]ài khoản|S?TK|[Ss]?tk)(?!\w)[^\d\n]{0,30}(?P<number>\d(?:[ .]?\d){5,18})(?!\d)"
)
# More figures in a row than any sum or area has that a person writes.
_LONG = re.compile(r"(?<![\w.,/])\d{10,19}(?![\w/]|[.,]\d|[ ]?(?:đồng|vnđ|đ)(?!\w))", re.IGNORECASE)
# Age, class and school of a child are as private as its name.
_CHILD = re.compile(r"(?<!\w)(?:[Cc]háu|(?<![Tt]rẻ )[Ee]m|[Bb]é|[Cc]on|[Hh]ọc sinh)(?!\w)")
_OF_CHILD = re.compile(
    r"(?<!\w)lớp \d{1,2}[A-ZĐ]?\d?(?!\w)(?:[ ,]+(?:của |ở )?[Tt]rường [^.,;\n]{1,60}?(?=[.,;\n]|[ ]bị[ ]|$))?"
    r"|(?<!\d)(?:[1-9]|1[0-7]) tuổi(?!\w)"
)
_SENTENCE = re.compile(r"[^.;\n]+")
_ODD_FIGURE = re.compile(r"(?![0-9])\d")
_BIRTH = re.compile(
    r"(?<!\w)[Ss]inh (?:ngày|năm|tháng)?[ \t]*:?[ \t]*(?P<day>\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|\d{4})(?!\d)"
)
# Whom everybody knows, and who is no private person.
_PUBLIC = re.compile(r"Hồ Chí Minh|Nguyễn Ái Quốc|Bà Rịa|Cô Tô|Bà Đen|Bà Triệu|Hai Bà Trưng")


def private_spans(text: str, *, known: Iterable[str] = ()) -> list[PrivateSpan]:
    """Every place of a text that tells who somebody is, in order and without overlap: of two the longer one stands."""
    text = _ODD_FIGURE.sub(lambda one: str(unicodedata.decimal(one[0])), text)  # as many letters
    found = sorted(_all(text, known), key=lambda one: (one.start - one.end, one.start))
    taken, kept = bytearray(len(text)), []
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def redact(text: str, spans: Iterable[PrivateSpan]) -> str:
    """The text with these spans covered by what they were."""
    parts, last = [], 0
    for one in sorted(spans, key=lambda span: span.start):
        parts += [text[last : one.start], COVER[one.kind]]
        last = one.end
    return "".join([*parts, text[last:]])


def known_spans(text: str, known: Iterable[str]) -> list[PrivateSpan]:
    """Every place where one of these words stands, tones, case, spaces, points and hyphens aside; in order, overlapping ones too.

    A word of fewer than three letters is found nowhere: it would cover half the text.
    """
    return sorted(_known(text, known), key=lambda one: (one.start, one.end))


def _all(text: str, known: Iterable[str]) -> Iterator[PrivateSpan]:
    yield from _names(text)
    yield from _children(text)
    for kind, pattern, group in (
        (PrivateKind.PHONE, _PHONE, 0),
        (PrivateKind.EMAIL, _EMAIL, 0),
        (PrivateKind.HOME, _HOME, 0),
        (PrivateKind.PLATE, _PLATE, 0),
        (PrivateKind.ACCOUNT, _ACCOUNT, "number"),
        (PrivateKind.BIRTH, _BIRTH, "day"),
    ):
        for match in pattern.finditer(text):
            yield PrivateSpan(*match.span(group), kind)
    for match in _IDENTITY.finditer(text):
        plain = len(match[0]) == 12 or match[0][0].isalpha()
        if plain or _ID_WORD.search(text[max(match.start() - 60, 0) : match.start()]):
            yield PrivateSpan(*match.span(), PrivateKind.IDENTITY)
    for match in _LONG.finditer(text):
        yield PrivateSpan(*match.span(), PrivateKind.ACCOUNT)
    yield from _known(text, known)


def _names(text: str) -> Iterator[PrivateSpan]:
    for pattern, group in ((_SURNAMED, 0), (_SHOUTED, 0), (_ADDRESSED, "name")):
        for match in pattern.finditer(text):
            start, end = match.span(group)
            # xã Anh Sơn: the word of address is part of a place
            place = match[0][0].isupper() and _PLACE.search(
                text[max(match.start() - 20, 0) : match.start()]
            )
            if place or _PUBLIC.search(match[0]) or _PLACE.search(text[max(start - 20, 0) : start]):
                continue
            if pattern is _SHOUTED and not match[0].isupper():
                continue
            yield PrivateSpan(start, end, PrivateKind.NAME)


def _children(text: str) -> Iterator[PrivateSpan]:
    """Age, class and school where they are said behind a word for a child, in the same sentence."""
    for sentence in _SENTENCE.finditer(text):
        if child := _CHILD.search(text, *sentence.span()):
            for match in _OF_CHILD.finditer(text, child.end(), sentence.end()):
                yield PrivateSpan(*match.span(), PrivateKind.CHILD)


def _known(text: str, known: Iterable[str]) -> Iterator[PrivateSpan]:
    """Where what the record holds stands, tones, case, spaces, points and hyphens aside."""
    letters, at = [], []
    for place, one in enumerate(text):
        for bare in _bare(one):
            letters.append(bare)
            at.append(place)
    folded = "".join(letters)
    for words in known:
        sought = "".join(_bare(one) for one in words)
        place = folded.find(sought) if len(sought) >= LEAST_KNOWN else -1
        while place >= 0:
            end = place + len(sought)
            if _whole(text, at[place], at[end - 1]):
                yield PrivateSpan(at[place], at[end - 1] + 1, PrivateKind.KNOWN)
            place = folded.find(sought, end)


def _bare(letters: str) -> str:
    """Letters and digits alone, small and without marks."""
    low = decompose(letters.lower().replace("đ", "d"))
    return "".join(one for one in low if one.isalnum())


def _whole(text: str, first: int, last: int) -> bool:
    """Whether no letter or digit stands right beside: a name inside another word is none."""
    before = text[first - 1] if first else " "
    after = text[last + 1] if last + 1 < len(text) else " "
    return not (before.isalnum() or after.isalnum())
