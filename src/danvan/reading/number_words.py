"""Numbers written in words, where they can be nothing else: "hai mươi lăm lớp", "một trăm hai mươi buổi", "mở hai lớp".

"năm" (five, year), "một" (one, a) and "ba" alone are left to a person, except behind "ít nhất" and its like; so is every word that no counted noun follows.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from danvan.reading.words import letter_first

DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
_UNIT = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín"
_LAST = "một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|tám|chín"
_TENS = rf"(?:(?:{_UNIT}) mươi|mười)(?: (?:{_LAST}))?"
_HUNDREDS = rf" trăm(?: (?:linh|lẻ) (?:{_UNIT})| {_TENS})?"
_LARGE = rf"(?:(?:{_UNIT}){_HUNDREDS}|{_TENS})"
# Every beginning of `_LARGE` with what may follow it.
_BEGUN = [
    *(rf"{unit}(?:{_HUNDREDS}| mươi(?: (?:{_LAST}))?)" for unit in _UNIT.split("|")),
    rf"mười(?: (?:{_LAST}))?",
]
_COMPOUND = re.compile(rf"{letter_first(_BEGUN)}(?= [^\W\d_])")
# One word counts only right behind a verb of doing or having, and before what is counted here.
_SINGLE = re.compile(
    letter_first(("được", "tổ chức", "có", "gồm", "thành lập", "mở", "ban hành", "ra mắt"))
    + r" (?P<one>hai|bốn|sáu|bảy|tám|chín)"
    r"(?= (?:hộ|thôn|xã|phường|buổi|cuộc|lớp|mô hình|hội nghị|đợt|chuyên đề|văn bản|câu lạc bộ|công trình|kế hoạch)(?!\w))"
)
# "ít nhất một lần", "không quá hai lần": behind a comparing word even "một" and "ba" are numbers.
_COMPARED = re.compile(
    letter_first(("ít nhất", "tối thiểu", "không ít hơn", "không dưới", "không quá", "tối đa"))
    + r"(?: là| có| được| phải có)? (?P<one>một|hai|ba|bốn|năm|sáu|bảy|tám|chín)"
    r"(?= (?:lần|hộ|thôn|xã|phường|buổi|cuộc|lớp|mô hình|hội nghị|đợt|chuyên đề|nội dung|văn bản|câu lạc bộ|công trình|việc|phần việc)(?!\w))"
)
# "04 (bốn) xã", "ba (03) phường": the same number twice.
_AFTER_DIGITS = re.compile(rf"(?<=\d) \((?:{_LARGE}|{_LAST}|năm|không)\)(?= [^\W\d_])")
_BEFORE_DIGITS = re.compile(
    rf"{letter_first([*_BEGUN, *_LAST.split('|'), 'năm'])} \((?P<digits>\d{{1,3}})\)(?= [^\W\d_])"
)


def value_of(words: str) -> int:
    """What number words of one to three places say."""
    total = 0
    for word in words.split():
        if word == "trăm":
            total *= 100
        elif word == "mươi":
            total += 9 * (total % 10)
        elif word == "mười":
            total += 10
        else:
            total += DIGITS.get(word, 0)
    return total


def find_number_words(low: str) -> Iterator[tuple[int, int, Decimal]]:
    """Where a number stands in words, and what it is."""
    for match in _COMPOUND.finditer(low):
        yield *match.span(), Decimal(value_of(match[0]))
    for match in _SINGLE.finditer(low):
        yield *match.span("one"), Decimal(DIGITS[match["one"]])
    for match in _COMPARED.finditer(low):
        yield *match.span("one"), Decimal(DIGITS[match["one"]])


def without_doubles(low: str) -> str:
    """The text without the words that only repeat the digits beside them; offsets stay."""
    low = _AFTER_DIGITS.sub(lambda found: " " * len(found[0]), low)
    return _BEFORE_DIGITS.sub(
        lambda found: f"{' ' * (len(found[0]) - len(found['digits']) - 1)}{found['digits']} ", low
    )
