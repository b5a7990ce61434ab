"""What people ask in a letter, one by one: what stands in a list behind a word of asking, and what a sentence asks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from danvan.reading.proposals import Request

MOST, LONGEST = 20, 600  # requests of one letter; letters of one
_WRAPPED = re.compile(r"(?<=[^\s.:;!?])[ \t]*\n(?![ \t]*\w{1,2}\s*[.)/])(?=[ \t]*(\w))")
# A word of asking that names a paper or tells of former ones asks nothing here.
_PAPER = ("đơn", "theo", "đã", "từng", "lần", "được", "bản", "thư", "chưa", "không")
_THINGS = ("các", "những", "nhiều", "ý kiến", "việc", "về", "dung", "lời", "sự")


def _not_behind(words: Sequence[str]) -> str:
    return "".join(rf"(?<!{one} )" for one in words)


_OPENS_LIST = re.compile(
    rf"(?<!\w){_not_behind(_PAPER)}(?:đề nghị|kiến nghị|yêu cầu|đề xuất|nguyện vọng|mong muốn|mong)(?!\w)(?:[^.!?\n]|(?<=TP)\.){{0,200}}?(?:\s*:?\s*\n+\s*|\s*:\s*)"
    r"(?=(?:1\s*[.)/:]|a\s*[.)]|[-+•*–])\s*[^\s\d])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:(?:^|(?<=\n))[ \t]*|(?<=[.;:,])[ \t]+)(\d{1,2})\s*[.)/:]\s*(?=[^\s\d])")
_LETTER = re.compile(r"(?:(?:^|(?<=\n))[ \t]*|(?<=[.;:,])[ \t]+)([a-eđg-i])\s*[.)]\s*(?=\S)")
_DASH = re.compile(r"(?:^|(?<=\n))[ \t]*[-+•*–][ \t]*(?=\S)")
_LETTERS = "abcdeđghi"
# With what a letter ends behind the last thing it asks.
_ENDS = re.compile(
    r"(?:(?<=[.;!\n])|^)\s*(?:(?:tôi|chúng tôi|gia đình|em|cháu)[^.\n]{0,20} )?(?:rất mong|kính mong|mong|xin|trân trọng|chân thành|cảm ơn|kính (?:đơn|thư|chào)|người (?:viết|làm|gửi)|tôi cam đoan|nơi nhận)(?!\w)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"(?<!\w){_not_behind((*_PAPER, *_THINGS))}(?:(?:kính |xin |rất )?(?:đề nghị|kiến nghị|yêu cầu|mong)|xin)(?!\w)"
    r"(?! (?:(?:được )?(?:rất |hết sức )?(?:chân thành|trân trọng|cảm ơn|cám ơn|trình bày|báo cáo|phản ánh|cam đoan|chịu|hứa|gửi|kính|lỗi|phép|nêu|kể)))"
    r"[^\n.!?;]{10,}",
    re.IGNORECASE,
)
_ONLY_OPENS = re.compile(r"(?:(?:như )?sau(?: đây)?|dưới đây)?\s*:\s*$|(?:như sau|sau đây)\s*$")
# What hopes for an answer alone is no matter of its own.
_HOPES = re.compile(
    r"(?:kính |rất )?(?:mong|xin) (?:sớm )?(?:nhận )?được (?:sự )?(?:quan tâm|trả lời|phúc đáp|hồi âm)[^,]{0,60}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """Some of the text, and the words of what it asks."""

    start: int
    end: int
    words: str


def requests_asked(text: str, official: Sequence[Request]) -> tuple[str, ...]:
    """What the words ask, in their order and each once: the items of lists, what reads like an official request
    (`official`, as `reading` finds them in this text), and what a sentence asks in plain words.
    """
    text = _WRAPPED.sub(lambda one: one[0].replace("\n", " ") if one[1].islower() else one[0], text)
    found: list[_Said] = []
    lists: list[tuple[int, int]] = []
    at = 0
    while (opens := _OPENS_LIST.search(text, at)) is not None:
        items = _items(text, opens.end())
        at = items[-1].end if items else opens.end()
        if items:
            found += items
            lists.append((opens.start(), at))
    taken = list(lists)
    for one in official:
        if _free(one.start, one.end, lists):
            found.append(_Said(one.start, one.end, one.what))
            taken.append((one.start, one.end))
    for asks in _ASKS.finditer(text):
        if _free(asks.start(), asks.end(), taken) and not _ONLY_OPENS.search(asks[0]):
            found.append(_Said(asks.start(), asks.end(), asks[0]))
    plain = [one for one in sorted(found, key=lambda one: one.start) if one.words.strip()]
    asking = [one for one in plain if not _HOPES.fullmatch(one.words.strip())] or plain
    return tuple(dict.fromkeys(_clean(one.words) for one in asking))[:MOST]


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


def _clean(words: str) -> str:
    words = " ".join(words.split()).rstrip(" .;,:")[:LONGEST]
    return words[:1].upper() + words[1:]


def _items(text: str, at: int) -> list[_Said]:
    """The items of the list that begins here."""
    marks = list(_marks(text, at))
    found = []
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        end = after.start() if after else len(text)
        blank = text.find("\n\n", mark.end(), end)
        if blank >= 0 and after is None:
            end = blank
        if over := _ENDS.search(text, mark.end() + 1, end):
            end = over.start()
        if after is None:
            end = _line_end(text, mark.end(), end)
        if text[mark.end() : end].strip():
            found.append(_Said(mark.start(), end, text[mark.end() : end]))
    return found


def _line_end(text: str, start: int, end: int) -> int:
    """Behind the last item stands whatever comes next in the letter."""
    line = text.find("\n", start, end)
    return line if line >= 0 else end


def _marks(text: str, at: int) -> Iterator[re.Match[str]]:
    """The marks of the items: figures or letters as long as each follows the last, dashes as long as lines begin with one."""
    if _DASH.match(text, at):
        while (dash := _DASH.match(text, at)) is not None:
            yield dash
            line = text.find("\n", dash.end())
            if line < 0:
                return
            at = line + 1
        return
    first, at = text[at], len(text[:at].rstrip())
    pattern, marks = (_NUMBER, [str(one) for one in range(1, MOST + 1)])
    if first in "aA":
        pattern, marks = _LETTER, list(_LETTERS)
    for wanted in marks:
        mark = next((one for one in pattern.finditer(text, at) if one[1] == wanted), None)
        if mark is None:
            return
        yield mark
        at = mark.end()
