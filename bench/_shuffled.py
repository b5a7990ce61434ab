"""An annotated text with every number, symbol, day, place and name replaced at random, and the annotation with it.

Years all move by the same step and days get another day of their month, so that what is before and after stays so;
numbers keep how many digits they have; one symbol, place or name is replaced by the same one wherever it stands.
What is no figure but an order stays: marks of lists, "Điều 5", "6 tháng", hours.
"""

import copy
import random
import re
from bisect import bisect_right
from typing import Any

from bench._scoring import Annotated

_UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA, 2))
_WORD = rf"[{_UPPER}][^\W\d_]*"
_DAY = re.compile(
    r"(?<![\d/])(?P<d>\d{1,2})(?P<a>\s?[/.-]\s?)(?P<m>\d{1,2})(?P<b>\s?[/.-]\s?)(?P<y>\d{4})(?!\d)"
    r"|(?P<d2>\d{1,2})(?P<a2>\s+tháng\s+)(?P<m2>\d{1,2})(?P<b2>,?\s+năm\s+)(?P<y2>\d{4})(?!\d)"
)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d.]?\d|/(?:QH|UBTVQH))")
_TOKEN = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)")
# What a number is part of when it orders or tells the hour.
_ORDER = re.compile(
    r"(?:^|\n)[ \t*(]*$|(?:điều|khoản|điểm|mục|chương|phần|lần thứ|thứ|khóa|tháng|quý|ngày|đợt|vòng|bước|hội nghị lần) $|\.\d{0,2}\.?$",
    re.IGNORECASE,
)
_OVER = re.compile(r"\d+ ?/ ?$")
_AFTER_UNIT = re.compile(r"[a-zà-ỹ]{2,}/$")  # 866 lượt/964 lượt người
_CLOCK = re.compile(r"\s?(?:giờ|h\d|tháng|ngày|năm|phút|/[A-ZĐ])")
_PLACE = re.compile(
    rf"(?:xã|phường|tỉnh|huyện|thành phố|thôn|bản|thị trấn|quận|thị xã|XÃ|PHƯỜNG|TỈNH|HUYỆN)\s((?:{_WORD})(?:\s{_WORD}){{0,2}})"
)
_PERSON = re.compile(
    rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c)\s((?:{_WORD})(?:\s{_WORD}){{1,3}})|(?:^|\n)[ \t]*({_WORD}(?:[ ]{_WORD}){{1,3}})[ \t]*(?=\n|$)"
)
_SYLLABLES = ["An", "Bình", "Cẩm", "Đại", "Đông", "Giang", "Hà", "Hòa", "Khánh", "Lâm", "Lộc", "Mỹ", "Ninh", "Phú", "Phong", "Quảng", "Sơn", "Tân", "Thanh", "Thịnh", "Trung", "Vân", "Xuân", "Yên"]  # fmt: skip
_FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý"]  # fmt: skip
_KEPT = frozenset({"Trung ương", "Việt Nam", "Mặt trận", "Nhân dân"})
Edit = tuple[int, int, str]


class _Dice:
    """The draws of one seed, each thing drawn once and then kept."""

    def __init__(self, seed: int, name: str) -> None:
        self.dice = random.Random(f"{seed} {name}")
        self.step = self.dice.choice([-4, -3, -2, -1, 1, 2])
        self._kept: dict[str, str] = {}

    def year(self, written: str) -> str:
        return str(int(written) + self.step)

    def day(self, written: str) -> str:
        new = str(self.dice.randint(1, 28)) if written not in self._kept else self._kept[written]
        return new.zfill(len(written)) if written.startswith("0") or len(new) > 1 else new

    def once(self, kind: str, written: str, new: str) -> str:
        return self._kept.setdefault(f"{kind}|{written.casefold()}", new)

    def number(self, written: str) -> str:
        """Another number with as many digits; a hundred becomes two digits, so that percentages stay percentages."""
        if written == "100":
            return str(self.dice.randint(60, 99))
        digits = [
            str(self.dice.randint(1 if first else 0, 9)) if sign.isdigit() else sign
            for sign, first in zip(
                written, [True, *(sign != "0" for sign in written[:-1])], strict=True
            )
        ]
        if written.startswith("0"):
            digits[0] = "0"
            digits[-1] = str(self.dice.randint(2, 9))
        elif len(digits) == 1:
            digits[0] = str(self.dice.randint(2, 9))
        if "," in written:
            digits[-1] = str(self.dice.randint(1, 9))
        return "".join(digits)

    def place(self) -> str:
        return " ".join(self.dice.sample(_SYLLABLES, 2))

    def person(self, words: int) -> str:
        return " ".join([self.dice.choice(_FAMILIES), *self.dice.sample(_SYLLABLES, words - 1)])


def shuffled(text: Annotated, seed: int) -> Annotated:
    """The text and its annotation with everything replaced that a reading must not know by heart."""
    dice = _Dice(seed, text.name)
    gold = copy.deepcopy(text.gold)
    edits: dict[int, Edit] = {}
    _symbols(text.body, gold, dice, edits)
    _days(text.body, gold, dice, edits)
    _names(text.body, dice, edits)
    _numbers(text.body, gold, dice, edits)
    ordered = sorted(edits.values())
    gold["replaced"] = len(ordered)
    return Annotated(text.name, _worked_in(text.body, ordered), _moved(gold, ordered))


def _free(edits: dict[int, Edit], start: int, end: int) -> bool:
    return not any(first < end and start < last for first, last, _ in edits.values())


def _symbols(body: str, gold: dict[str, Any], dice: _Dice, edits: dict[int, Edit]) -> None:
    own = gold.get("own_document") or {}
    for one in gold["citations"]:
        norm = one.get("symbol_norm") or one["symbol"]
        found = re.search(r"\d+", body[one["start"] : one["end"]])
        number = re.match(r"\d+", norm)
        if not found or not number:
            continue
        new = dice.once("symbol", norm, dice.number(number[0].lstrip("0") or "1"))
        start = one["start"] + found.start()
        written = new.zfill(len(found[0])) if found[0].startswith("0") else new
        edits[start] = (start, start + len(found[0]), written)
        one["symbol_norm"] = re.sub(r"^\d+", written if norm.startswith(found[0]) else new, norm)
    symbol = own.get("symbol") or ""
    at = body.find(symbol) if symbol else -1
    if at >= 0 and (number := re.match(r"\d+", symbol)):
        new = dice.once("symbol", symbol, dice.number(number[0].lstrip("0") or "1"))
        if _free(edits, at, at + len(number[0])):
            edits[at] = (at, at + len(number[0]), new)


def _days(body: str, gold: dict[str, Any], dice: _Dice, edits: dict[int, Edit]) -> None:
    moved: dict[str, str] = {}
    for found in _DAY.finditer(body):
        day, month, year = (
            found["d"] or found["d2"],
            found["m"] or found["m2"],
            found["y"] or found["y2"],
        )
        iso = f"{year}-{int(month):02}-{int(day):02}"
        if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31) or not _free(edits, *found.span()):
            continue
        new = moved.setdefault(
            iso, f"{dice.year(year)}-{int(month):02}-{dice.dice.randint(1, 28):02}"
        )
        at = found.start("d") if found["d"] else found.start("d2")
        written = new[8:] if day.startswith("0") else str(int(new[8:]))
        edits[at] = (at, at + len(day), written)
        at = found.start("y") if found["y"] else found.start("y2")
        edits[at] = (at, at + 4, new[:4])
    for found in _YEAR.finditer(body):
        if _free(edits, *found.span()):
            edits[found.start()] = (*found.span(), dice.year(found[0]))
    for one in gold["citations"]:
        day = one.get("date") or ""
        if day:
            one["date"] = moved.get(day, str(int(day[:4]) + dice.step) + day[4:])
        norm = one.get("symbol_norm") or one["symbol"]
        if _symbol_year_moved(body, one):
            one["symbol_norm"] = re.sub(
                r"(?<=/)((?:19|20)\d\d)(?=/)", lambda year: dice.year(year[0]), norm
            )


def _symbol_year_moved(body: str, one: dict[str, Any]) -> bool:
    found = re.search(r"(?:19|20)\d{2}", body[one["start"] + 1 : one["end"]])
    return bool(found and _YEAR.match(body, one["start"] + 1 + found.start()))


def _names(body: str, dice: _Dice, edits: dict[int, Edit]) -> None:
    known: dict[str, str] = {}
    for found in _PLACE.finditer(body):
        name = found[1]
        if name not in _KEPT and not name.isupper():
            known.setdefault(name, dice.place())
    for found in _PERSON.finditer(body):
        name = found[1] or found[2]
        if name not in _KEPT and len(name.split()) > 1 and not name.isupper():
            known.setdefault(name, dice.person(len(name.split())))
    for name in sorted(known, key=len, reverse=True):
        for written, new in ((name, known[name]), (name.upper(), known[name].upper())):
            for found in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", body):
                if _free(edits, *found.span()):
                    edits[found.start()] = (*found.span(), new)


def _numbers(body: str, gold: dict[str, Any], dice: _Dice, edits: dict[int, Edit]) -> None:
    told = [one for part in ("targets", "statistics") for one in gold[part]]
    for found in _TOKEN.finditer(body):
        start, end = found.span()
        before = body[max(0, start - 24) : start]
        if not _free(edits, start, end) or _ORDER.search(before) or _CLOCK.match(body, end):
            continue
        if (
            re.search(r"[^\W\d_][-/]$|[^\W_]$|\d[-.]$", before) and not _AFTER_UNIT.search(before)
        ) or re.match(r"[-/]\s?[A-ZĐ]|\w*/\d{4}", body[end : end + 8]):
            continue  # part of a symbol, a code or an address
        owners = [one for one in told if one["start"] <= start and end <= one["end"]]
        values = [one for one in owners if one.get("value") is not None]
        if any(isinstance(one["value"], list) for one in values):
            continue  # a range stays: both its ends would have to keep their order
        if any(
            _read(found[0]) != float(one["value"]) and not _another(body, one, found[0])
            for one in values
        ):
            continue
        new = dice.number(found[0])
        whole = _OVER.search(before)
        part = edits.get(start - len(whole[0])) if whole else None
        if part and _read(new) < _read(part[2]):
            new = part[2]  # a part is no more than its whole
        for one in values:
            if _read(found[0]) == float(one["value"]) and "moved" not in one:
                one["value"], one["moved"] = _read(new), True
        edits[start] = (start, end, new)


def _another(body: str, one: dict[str, Any], token: str) -> bool:
    """Whether the annotated words hold a number of their own beside this one: 58,9% (66/112 thôn)."""
    surface = body[one["start"] : one["end"]]
    return any(
        _read(found[0]) == float(one["value"])
        for found in _TOKEN.finditer(surface)
        if found[0] != token
    )


def _read(written: str) -> float:
    return float(written.replace(".", "").replace(",", "."))


def _worked_in(body: str, edits: list[Edit]) -> str:
    pieces, at = [], 0
    for start, end, words in edits:
        pieces += [body[at:start], words]
        at = end
    return "".join([*pieces, body[at:]])


def _moved(gold: dict[str, Any], edits: list[Edit]) -> dict[str, Any]:
    """Every offset of the annotation, as far as the edits before it moved it."""
    ends = [end for _, end, _ in edits]
    shifts = [0]
    for start, end, words in edits:
        shifts.append(shifts[-1] + len(words) - (end - start))

    def place(offset: int) -> int:
        # What ends where an edit ends takes the edit's new length; so does what begins there.
        at = bisect_right(ends, offset)
        return offset + shifts[at]

    for part in gold.values():
        for one in part if isinstance(part, list) else []:
            if isinstance(one, dict) and "start" in one:
                one["start"], one["end"] = place(one["start"]), place(one["end"])
    return gold
