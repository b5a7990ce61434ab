"""The grammar of number-and-symbol: 46-CT/TW, 17/2014/QĐ-UBND, 125/UBND-NC, 10/2022/QH15 and their spellings."""

import re
from dataclasses import dataclass
from functools import lru_cache

from danvan.reading.doctypes import CODES
from danvan.vietnamese.text import canonical

# A part of a symbol begins with a capital and holds at least one more: NQ, TTg, CTr, QĐi, QH15.
_PART = r"[A-ZĐ][a-zđ]{0,2}[A-ZĐ][A-Za-zĐđ]{0,24}\d{0,2}|[A-ZĐ](?:[a-zđ]|T[a-z])?[a-z]?(?=[ ]?[-/])|TTg|CTr|TTr|BTr|PTr"
_NUMBER = r"\d{0,4}(?:\.\d{1,3})?[a-zđ]?"  # behind its first digit
_H, _S, _X = r" {0,2}- {0,2}", r" {0,2}/ {0,2}", r" {0,2}[-/] {0,2}"
# "BCSĐ UBND": the one place where a space stands inside an organ code.
_INNER = r"(?:(?<=BCSĐ)|(?<=BCS)|(?<=ĐU)) (?=UBND|HĐND|TP|MTTQ)"
_TAIL = rf"(?:(?:{_X}|{_INNER})(?:{_PART})){{0,6}}"
_GLUED = "|".join(rf"(?<=\b{code}\d)" for code in ("NQ", "QĐ", "CT", "KH", "KL", "NĐ"))
_SYMBOL = re.compile(
    # The first digit comes first, what may stand before it behind it: `re` skips to the next digit then.
    rf"(?P<number>\d(?:(?<![\w/.,-]\d)|(?<=[Ss]ố\d)|(?<=[Ss]ố:\d)|{_GLUED}){_NUMBER})"
    rf"(?:{_S}(?P<year>(?:19|20)\d{{2}}){_S}(?:{_PART}){_TAIL}"
    rf"|{_S}(?:{_PART}){_TAIL}"
    rf"|{_H}(?:{_PART}){_S}(?:{_PART}){_TAIL})(?![\w])"
)
_BLANK = re.compile(rf"^[ *]*Số *:?[ .…_]*[-/] *(?:{_PART}){_TAIL}", re.MULTILINE)
_ORGANS = frozenset(
    [
        "TW",
        "TU",
        "ĐU",
        "HU",
        "CB",
        "CP",
        "TTg",
        "UBND",
        "UB",
        "HĐND",
        "UBTVQH",
        "MTTQ",
        "MTTW",
        "CĐ",
        "LĐLĐ",
        "HND",
        "HPN",
        "CCB",
        "STP",
        "SNV",
        "VP",
    ]
)


# Small letters, a hyphen or nothing where the slash belongs: 12/kh-ubnd, 12-NQ-TW, 15 NQ/TW. Only beside a word for the kind.
_CARELESS = re.compile(
    rf"(?P<number>\d(?<![\w/.,-]\d)\d{{0,4}}[a-zđ]?)(?P<year> ?/ ?(?:19|20)\d{{2}})?(?: ?[-/] ?| )(?P<code>{'|'.join(sorted(CODES, key=len, reverse=True))})"
    rf" ?[-/] ?(?P<organ>(?:{'|'.join(sorted(map(str.lower, _ORGANS), key=len, reverse=True))})(?:[-/ ]{{1,2}}(?:btt|mttq|tp|ubnd))?)(?![\w/-])",
    re.IGNORECASE,
)
_WRITTEN = {"ctr": "CTr", "ttr": "TTr", "ctrph": "CTrPH", "ttg": "TTg", "qđi": "QĐi"}
_PARTY = frozenset({"tw", "tu", "đu", "hu", "cb"})


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol at a span of the view, normalised."""

    start: int
    end: int
    symbol: str
    number: str
    certain: bool


def normalise(written: str) -> str:
    """One spelling of a symbol: `46 – CT/TW` is 46-CT/TW, Ð is Đ."""
    text = re.sub(r"[‐-―−－]", "-", canonical(written))
    text = re.sub(r"\s*([-/])\s*", r"\1", text)
    return re.sub(r"\s+", " ", text).strip(" .,;:")


@lru_cache(maxsize=4096)
def symbol_key(symbol: str) -> str:
    """What two mentions of one document share: case, zero-padding and the joint-resolution slash put aside."""
    key = normalise(symbol).lower().removeprefix("số").strip(" :")
    key = re.sub(r"^0+(?=\d)", "", key)
    return re.sub(r"(?<=nqlt)[-/]", "-", key)


def find_symbols(text: str) -> list[Symbol]:
    """Every symbol of the text (a view's `text`), in order. `certain` where a known type or organ stands in it."""
    found = []
    for match in _SYMBOL.finditer(text):
        symbol = normalise(match[0])
        parts = re.split(r"[-/ ]", symbol)[1:]
        named = any(part.lower() in CODES for part in parts) or any(
            re.sub(r"\d+$", "", part) in _ORGANS or re.fullmatch(r"QH\d+", part) for part in parts
        )
        found.append(Symbol(*match.span(), symbol, match["number"], named))
    ends = {one.end for one in found} | {one.start for one in found}
    careless = [
        Symbol(*match.span(), _tidy(match), match["number"], certain=False)
        for match in _CARELESS.finditer(text)
        if match.start() not in ends and match.end() not in ends
    ]
    return sorted([*found, *careless], key=lambda one: one.start) if careless else found


def _tidy(match: re.Match[str]) -> str:
    """A carelessly written symbol as the Party or the State writes it: 12-NQ/TW, 12/KH-UBND."""
    code, organ = match["code"].lower(), normalise(match["organ"].upper()).replace(" ", "-")
    code = _WRITTEN.get(code, code.upper())
    organ = "TTg" if organ == "TTG" else organ
    year = normalise(match["year"] or "")
    if organ.lower() in _PARTY:
        return f"{match['number']}{year}-{code}/{organ}"
    return f"{match['number']}{year}/{code}-{organ}"


def find_blank_number(text: str) -> re.Match[str] | None:
    """The document's own number line where the number is left blank: `Số:      /KH-MTTQ-BTT`."""
    return _BLANK.search(text)
