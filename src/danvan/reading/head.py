"""The document's own block: issuer, number and symbol, place and day, type, abstract, signer, marks."""

import re
from dataclasses import dataclass
from datetime import date

from danvan.reading.dates import day_of
from danvan.reading.doctypes import LONGEST_FIRST, key_of_symbol, key_of_words
from danvan.reading.gazetteer import Gazetteer
from danvan.reading.layout import lines
from danvan.reading.proposals import Head
from danvan.reading.symbols import find_blank_number, find_symbols
from danvan.reading.view import UPPER, View

_HEAD_LINES, _HEAD_SIZE = 45, 4000
_MOTTO = re.compile(
    r"\**(?:cộng h[oò]a xã hội chủ nghĩa việt nam|độc lập ?- ?tự do ?- ?hạnh phúc|đảng cộng sản việt nam|-{3,}|_{3,}|={3,})\**"
)
_NUMBER_LINE = re.compile(r"(?:^|(?<=[,;:.] )|(?<=  ))[ *]*Số *:? *(?=[\d./ …_-])")
_PLACE = re.compile(
    rf"(?<![\w/-])(?P<place>[{UPPER}][^\n,;:\d*/]{{1,38}}), ?ngày (?P<day>[\d ….]{{0,6}}) ?tháng (?P<month>[\d ….]{{0,6}}) ?năm (?P<year>\d{{4}})?"
)
_DAY_AFTER = re.compile(
    r",? {0,3}ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})"
)
_TYPE_LINE = re.compile(rf"[ *#]*(?:{LONGEST_FIRST.upper()})(?!\w)")
_LETTER_LINE = re.compile(r"[ *(]*(?:V/v|v/v|Về việc)[ :]+(.{5,})")
_BODY = re.compile(
    r"[ *#]*(?:căn cứ|thực hiện|thi hành|theo |kính gửi|xét |để |sau |ngày |i\.|phần thứ|điều 1|-{3,}|[-+•] |1\. )"
)
_OPENS_TEXT = re.compile(r"[ *#]*(?:kính gửi|căn cứ|chúng tôi|tôi (?:tên )?là|hôm nay)(?!\w)")
_BASES = re.compile(r"[ *#]*(?:căn cứ|kính gửi|xét |i\.|phần thứ|điều 1|1\. )")
_AUTHORITY = re.compile(r"(?<!\w)(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.|T/U|Q\.) ?[" + UPPER + "]")
_POSITION = re.compile(
    r"[ *]*(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.|Q\.)|[ *]*(?:PHÓ )?(?:BÍ THƯ|CHỦ TỊCH|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG THƯ KÝ"
    r"|BỘ TRƯỞNG|THỦ TƯỚNG|TRƯỞNG PHÒNG|TRƯỞNG ĐOÀN|ỦY VIÊN|TỔNG BÍ THƯ|THỦ TRƯỞNG)"
)
_NAME = re.compile(
    rf"[ *]*(?:(?:Đ/c|Ông|Bà|TS\.?|ThS\.?|GS\.?|PGS\.?) ){{0,3}}"
    rf"([{UPPER}][^\W\d_{UPPER}]{{0,7}}(?: [{UPPER}][^\W\d_{UPPER}]{{0,7}}){{1,5}})[ *.]*"
)
_NOT_A_NAME = re.compile(
    r"(?<!\w)(?:nơi nhận|như trên|lưu|ủy ban|hội đồng|đảng|ban|văn phòng|tỉnh|huyện|xã|phường|sở|đã ký)(?!\w)"
)
_SECRET = {"mật": "secret", "tối mật": "top_secret", "tuyệt mật": "absolute_secret"}
_URGENT = {
    "khẩn": "urgent", "thượng khẩn": "very_urgent", "hỏa tốc": "express", "hỏa tốc hẹn giờ": "express",
}  # fmt: skip
_SECRET_LINE = re.compile(
    r"(?:độ mật|mức độ mật|dấu mật|dấu chỉ độ mật|độ bảo mật)[ :]*(tuyệt mật|tối mật|mật)(?!\w)"
)
_SECRET_STAMP = re.compile(r"(?:^|  |(?<=/[A-ZĐ]{2} ))(TUYỆT MẬT|TỐI MẬT|MẬT)(?=$|  )")
_SEVERITY = ["", *_SECRET.values()]
_ORGAN = re.compile(
    r"(?:ỦY BAN|HỘI ĐỒNG|ĐẢNG ỦY|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|QUẬN ỦY|THỊ ỦY|CHI BỘ|ĐẢNG BỘ|BAN |SỞ |BỘ |HỘI |LIÊN |CÔNG ĐOÀN|ĐOÀN "
    r"|MẶT TRẬN|VĂN PHÒNG|THANH TRA|CÔNG AN|CHÍNH PHỦ|QUỐC HỘI|THỦ TƯỚNG|TRƯỜNG|TRUNG TÂM|BCĐ |UBND|HĐND)"
)
_STANDING = re.compile(r"BAN (?:THƯỜNG TRỰC|THƯỜNG VỤ|CHẤP HÀNH)$|THƯỜNG TRỰC$")


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """The head with the view offsets of the symbol and of the end of the block (0 where there is none)."""

    head: Head
    symbol_at: int | None
    end: int


def read_head(view: View, gazetteer: Gazetteer) -> HeadPlace:
    """Read the block at the top (and the signature at the foot); an empty head where the text has none."""
    every = lines(view.text)
    rows = [row for row in every[:_HEAD_LINES] if row[0] < _HEAD_SIZE]
    secrecy, urgency = _marks(view, every)
    title, symbol = _title_row(view, rows), _own_symbol(view, rows)
    blank = find_blank_number(view.text[: rows[-1][1]]) if rows and not symbol else None
    place, issued_on, placed_end = _place_and_day(view, rows, symbol[2] if symbol else 0)
    motto = any(_MOTTO.search(view.low, start, end) for start, end in rows[:12])
    if not (symbol or blank or motto or (issued_on and title is not None)):
        return HeadPlace(Head(secrecy=secrecy, urgency=urgency), None, 0)
    blank_end = blank.end() if blank else 0
    title_ends = rows[title][1] if title is not None else 0
    if placed_end and any(
        title_ends <= start < placed_end and _OPENS_TEXT.match(view.low, start) for start, _ in rows
    ):
        placed_end = (
            0  # the day stands at the foot of a letter or a petition: what is above it is no head
        )
    ends = [symbol[2] if symbol else 0, blank_end, placed_end]
    issuer_lines = _issuer_lines(view, rows, symbol[1] if symbol else blank_end or placed_end)
    issuer = _issuer(issuer_lines)
    words, abstract, title_end = _title(view, rows, title)
    signer, position = _signer(view)
    start, last = view.span(symbol[1], symbol[2]) if symbol else (None, None)
    key = key_of_words(words.lower())
    if not key:
        key = (
            "official_letter"
            if abstract
            else key_of_symbol(symbol[0] if symbol else f"1{blank[0].split()[-1]}" if blank else "")
        )
    head = Head(
        issuer_lines=issuer_lines, issuer=issuer, issuer_unit=gazetteer.unit_called(issuer),
        number=symbol[3] if symbol else "", symbol=symbol[0] if symbol else "",
        symbol_start=start, symbol_end=last, document_type=key, type_words=words, abstract=abstract,
        signer=signer, signer_position=position, secrecy=secrecy, urgency=urgency,
        place=place, issued_on=issued_on,
    )  # fmt: skip
    return HeadPlace(head, symbol[1] if symbol else None, max([*ends, title_end]))


def _marks(view: View, rows: list[tuple[int, int]]) -> tuple[str, str]:
    """State-secret and urgency stamps: a line of their own, `Độ mật: ...`, or beside the number."""
    urgency = secrecy = before = ""
    for start, end in rows:
        line = view.text[start:end].strip()
        stamp = _stamp(line)
        top = start < _HEAD_SIZE
        if top and stamp in _URGENT:
            urgency = urgency or _URGENT[stamp]
        found = ""
        if stamp in _SECRET:
            # "BẢO VỆ BÍ / MẬT NHÀ NƯỚC" broken over two lines is a title, no stamp.
            if (top or line.isupper()) and not before.endswith((" bí", " bảo")):
                found = _SECRET[stamp]
        elif top and len(line) < 140:
            found = _beside(line)
        secrecy = max(secrecy, found, key=_SEVERITY.index)
        before = f" {line.lower()}"
    return secrecy, urgency


def _stamp(line: str) -> str:
    """The words of a short line in lower case; letters set apart (M Ậ T) are closed up."""
    if len(line) > 40:
        return ""
    words = re.findall(r"\w+", line.lower())
    if words and all(len(word) == 1 for word in words):
        closed = "".join(words)
        return next((mark for mark in _SECRET if mark.replace(" ", "") == closed), closed)
    return " ".join(words)


def _beside(line: str) -> str:
    """A stamp told in the line: `Độ mật: Tối mật`, or set apart from the issuer or the number."""
    if named := _SECRET_LINE.search(line.lower()):
        return _SECRET[named[1]]
    stamp = _SECRET_STAMP.search(line)
    return _SECRET[stamp[1].lower()] if stamp else ""


def _own_symbol(view: View, rows: list[tuple[int, int]]) -> tuple[str, int, int, str] | None:
    for start, end in rows:
        line = view.text[start:end]
        lead = _NUMBER_LINE.search(line)
        if not lead:
            continue
        if re.search(rf"(?<!\w)(?:{LONGEST_FIRST})[ :]*$", line[: lead.start()].lower()):
            continue
        for symbol in find_symbols(line):
            if symbol.start == lead.end() or symbol.start == lead.end() - 1:
                return symbol.symbol, start + symbol.start, start + symbol.end, symbol.number
    return None


def _place_and_day(
    view: View, rows: list[tuple[int, int]], symbol_end: int
) -> tuple[str, date | None, int]:
    """Place, day and where they end; "" and None where the paper leaves them blank."""
    for start, end in rows:
        line = view.text[start:end]
        found = _PLACE.search(line)
        if found and (_before_place(line[: found.start()])):
            issued = _written_day(found["day"], found["month"], found["year"])
            return found["place"].strip(" *"), issued, start + found.end()
    if symbol_end:
        close = _DAY_AFTER.match(view.low, symbol_end)
        if close:
            return "", _written_day(close["day"], close["month"], close["year"]), close.end()
    return "", None, 0


def _before_place(words: str) -> bool:
    """Whether a place name may begin behind these words: nothing, the number, the motto or a gap."""
    rest = _MOTTO.sub("", words.lower()).strip(" *")
    return not rest or words.endswith("  ") or bool(re.search(r"(?<!\w)Số *:? *[\d ]", words))


def _written_day(day: str, month: str, year: str | None) -> date | None:
    day, month = day.strip(" .…"), month.strip(" .…")
    if day.isdigit() and month.isdigit() and year:
        return day_of(int(year), int(month), int(day))
    return None


def _title_row(view: View, rows: list[tuple[int, int]]) -> int | None:
    for at, (start, end) in enumerate(rows):
        found = _TYPE_LINE.match(view.text, start, end)
        if found:
            return at
    return None


def _title(view: View, rows: list[tuple[int, int]], at: int | None) -> tuple[str, str, int]:
    """The type's words, the abstract, and where they end."""
    if at is None:
        for start, end in rows:
            letter = _LETTER_LINE.match(view.text, start, end)
            if letter:
                return "", _clean(letter[1]), end
        return "", "", 0
    start, end = rows[at]
    found = _TYPE_LINE.match(view.text, start, end)
    words_end = found.end() if found else end
    parts = [view.text[words_end:end]]
    for first, last in rows[at + 1 : at + 7]:
        long_enough = sum(map(len, parts)) > 8
        opens = _BODY if "".join(parts).strip(" *:#") else _BASES
        if opens.match(view.low, first) or _NUMBER_LINE.match(view.text, first):
            break
        if long_enough and last - first > 260:
            break
        line = view.text[first:last].strip(" *_")
        told = "".join(parts).strip(" *:#_-")
        if told and line.isupper() and not told.isupper():
            break  # who resolves, not what it is about
        goes_on = line[:1].islower() or line.isupper() or line.lower().startswith("về ")
        if long_enough and (not goes_on or line.endswith((":", ";"))):
            break
        parts.append(view.text[first:last])
        end = last
        if re.search(r"[.]\s*$", view.text[first:last]):
            break
    words = re.sub(r"[ *#]+", " ", view.text[start:words_end]).strip()
    abstract = _clean(" ".join(parts))
    return words.capitalize(), abstract[:600], end


def _clean(words: str) -> str:
    return " ".join(re.sub(r"[*#_]|-{3,}", " ", words).split()).strip(" :-.")


def _issuer_lines(view: View, rows: list[tuple[int, int]], before: int) -> tuple[str, ...]:
    found = []
    for start, end in rows:
        if start >= before:
            break
        line = _MOTTO.sub(lambda motto: " " * len(motto[0]), view.low[start:end])
        kept = "".join(
            letter if mark != " " else " "
            for letter, mark in zip(view.text[start:end], line, strict=True)
        )
        for part in re.split(r" {3,}", kept.split("Số")[0]):
            words = " ".join(part.strip(" *-_").split())
            if (
                len(words) > 3
                and words.isupper()
                and not _TYPE_LINE.match(words)
                and words.lower() not in _SECRET | _URGENT
            ):
                found.append(words)
    return tuple(found[:5])


def _issuer(parts: tuple[str, ...]) -> str:
    """The body that issues: the last one named; its superior stands above it."""
    if not parts:
        return ""
    begins = [at for at, line in enumerate(parts) if _ORGAN.match(line)]
    at = begins[-1] if begins else 0
    if _STANDING.search(parts[-1]) and len(parts) > 1:
        others = [begin for begin in begins if begin < len(parts) - 1]
        owner = " ".join(parts[others[-1] if others else 0 : -1])
        return f"{parts[-1]} {owner}"
    return " ".join(parts[at:])


def _signer(view: View) -> tuple[str, str]:
    """Name and position under the text; "" where the paper does not show them."""
    offset = max(0, len(view.text) - 2500)
    rows = [view.text[offset + start : offset + end] for start, end in lines(view.text[offset:])][
        -40:
    ]
    at = next((n for n in range(len(rows) - 1, -1, -1) if _AUTHORITY.search(rows[n])), None)
    if at is None:
        at = next(
            (
                n
                for n in range(len(rows) - 1, -1, -1)
                if _POSITION.match(rows[n]) and rows[n].strip(" *").isupper()
            ),
            None,
        )
    if at is None:
        return "", ""
    positions = []
    for row in rows[at : at + 12]:
        words = row.strip(" *")
        if words.isupper() and len(words) > 4:
            positions.append(" ".join(words.split()))
            continue
        name = _NAME.fullmatch(row)
        if name and not _NOT_A_NAME.search(row.lower()):
            return name[1], ", ".join(positions)
    return "", ", ".join(positions)
