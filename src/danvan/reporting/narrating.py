"""Words with figures in them, as "[DV-02|lũy kế] hội nghị": named, filled in, and found again after somebody wrote.

What is kept of words that are not sent names each figure in square brackets: a code of an indicator or of a question
of the form, a bar and the time it is of. What somebody wrote in its place stands behind "==". What a page showed of it
stands behind "=", so that it is found again in the words that come back.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Self

from danvan.reporting.enums import Timing
from danvan.vietnamese.text import canonical, fold

UNKNOWN = "…"
MOST_WRITTEN_IN = 3_000  # words and signs that are compared; more were written anew
BRACKET = re.compile(
    r"\[([^\[\]|=\n]{1,60})(?:\|([^\[\]|=\n]{0,30}))?(?:(==?)([^\[\]\n]{0,60}))?\]"
)
_PIECE = re.compile(r"\[[^\[\]\n]*\]|…|\d+(?:[.,]\d+)*(?:[ \u00a0]?%)?|[^\W\d_]+|[^\w\s]|_")
_NUMBER = re.compile(r"…|\d+(?:[.,]\d+)*(?:[ \u00a0]?%)?")
Key = tuple[str, Timing]


@dataclass(frozen=True, slots=True)
class Named:
    """A figure named in words; `written` is what somebody wrote in its place, `showed` what a page showed of it."""

    code: str
    timing: Timing
    written: str = ""
    showed: str = ""

    @property
    def key(self) -> Key:
        """What it is looked up by."""
        return self.code.casefold(), self.timing

    def __str__(self) -> str:
        timing = "" if self.timing == Timing.NOW else f"|{self.timing.label}"
        tail = f"=={self.written}" if self.written else f"={self.showed}" if self.showed else ""
        return f"[{self.code}{timing}{tail}]"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that words may name: its text now ("…" where it is not known), of what, and of which period."""

    text: str
    label: str
    indicator: str
    period: str
    item: str = ""  # the question of the form, where it is one
    why: str = ""  # why it can never be known

    @property
    def known(self) -> bool:
        """Whether it is known."""
        return self.text != UNKNOWN


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure in words that are sent: where it stands in them and what it is. `shown` is the figure itself where
    something else is written in its place."""

    start: int
    end: int
    code: str
    timing: str
    indicator: str
    period: str
    label: str
    shown: str = ""

    def kept(self) -> dict[str, Any]:
        """As a submission keeps it."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """From what a submission keeps."""
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class Told:
    """Words with their figures filled in, and what is to be said of these."""

    raw: str
    text: str
    marked: str
    cited: tuple[Cited, ...] = ()
    remarks: tuple[str, ...] = ()  # what is not known
    differing: tuple[str, ...] = ()  # what somebody wrote over


def names_in(raw: str) -> Iterator[str | Named]:
    """The words in order, literal or a figure; what is in brackets and names no time is literal."""
    at = 0
    for found in BRACKET.finditer(raw):
        timing = timing_of(found[2])
        if timing is None:
            continue
        yield raw[at : found.start()]
        tail = (found[4] or "").strip()
        yield Named(
            found[1].strip(),
            timing,
            written=tail if found[3] == "==" else "",
            showed=tail if found[3] == "=" else "",
        )
        at = found.end()
    yield raw[at:]


def timing_of(words: str | None) -> Timing | None:
    """The time that stands behind the bar; of nothing the month itself, None where it is none of them."""
    said = " ".join(fold(words or "").split())
    return next((one for one in Timing if said == one.value), None) if said else Timing.NOW


def keys_in(texts: Iterable[str]) -> set[Key]:
    """The figures that some words name."""
    return {one.key for raw in texts for one in names_in(raw) if isinstance(one, Named)}


def told(raw: str, figures: Mapping[Key, Figure]) -> Told:
    """The words with the figures of now; what names no figure stays as it is written."""
    text, marked, kept = "", "", ""
    cited, remarks, differing = [], [], []
    for one in names_in(raw):
        figure = figures.get(one.key) if isinstance(one, Named) else None
        if not isinstance(one, Named) or figure is None:
            text, marked, kept = (done + str(one) for done in (text, marked, kept))
            continue
        own = one.written if one.written not in ("", UNKNOWN, figure.text) else ""
        shown = own or figure.text
        cited.append(
            Cited(
                len(text),
                len(text) + len(shown),
                one.code,
                one.timing,
                figure.indicator,
                figure.period,
                figure.label,
                figure.text if own else "",
            )
        )
        if own:
            differing.append(_differs(one.timing, figure, own))
        elif not figure.known:
            remarks.append(_unknown(one.timing, figure))
        text += shown
        kept += str(replace(one, written=own, showed=""))
        marked += str(replace(one, written=own, showed="" if own else figure.text))
    return Told(
        kept,
        text,
        marked,
        tuple(cited),
        tuple(dict.fromkeys(remarks)),
        tuple(dict.fromkeys(differing)),
    )


def _differs(timing: Timing, figure: Figure, own: str) -> str:
    is_now = f"là {figure.text}" if figure.known else "chưa có"
    return (
        f"Trong lời ghi {own}, còn {timing.words} của “{figure.label}” {is_now}."
        " Đồng chí vui lòng sửa cho khớp."
    )


def _unknown(timing: Timing, figure: Figure) -> str:
    if figure.why:
        return f"{figure.why} Trong lời để “{UNKNOWN}”."
    return f"Chưa có {timing.words} của “{figure.label}” nên trong lời để “{UNKNOWN}”."


def settled(raw: str, pattern: str, figures: Mapping[Key, Figure]) -> str:
    """The words naming their figures: those that name none are held against the pattern that they may have come from."""
    if not pattern or keys_in([raw]) & figures.keys():
        return raw
    return found_again(told(pattern, figures).marked, raw)


def from_sent(words: str, cited: Iterable[Mapping[str, Any]]) -> str:
    """Words that were sent, naming their figures again."""
    raw, at = "", 0
    for kept in cited:
        one = Cited.read(kept)
        own = words[one.start : one.end] if one.shown else ""
        raw += words[at : one.start] + str(Named(one.code, Timing(one.timing), written=own))
        at = one.end
    return raw + words[at:]


def found_again(marked: str, text: str) -> str:
    """The words that somebody made of what a page showed (`marked`), naming the figures that still stand in them.

    A number in a figure's place is kept as written over it. What cannot be found again is words like any other.
    """
    text = text.replace("\r\n", "\n")
    before = list(names_in(marked))
    theirs = [one for one in before if isinstance(one, Named)]
    if "".join(one if isinstance(one, str) else _stood(one) for one in before) == text:
        return "".join(
            str(one if isinstance(one, str) else replace(one, showed="")) for one in before
        )
    was: list[tuple[str, int | None]] = []
    for one in before:
        if isinstance(one, Named):
            was.append((_stood(one), sum(place is not None for _, place in was)))
        else:
            was += [(piece[0], None) for piece in _PIECE.finditer(one)]
    found = list(_PIECE.finditer(text))
    places = _places([piece for piece, _ in was], [piece[0] for piece in found])
    raw, at = "", 0
    for index, ((_, number), place) in enumerate(zip(was, places, strict=True)):
        if number is None or place is None or not _stands_beside(places, index):
            continue
        match, named = found[place], theirs[number]
        written = match[0]
        if not _NUMBER.fullmatch(written) and written != _stood(named):
            continue
        same = written in (_stood(named), UNKNOWN)
        own = named.written if same and written != UNKNOWN else "" if same else written
        raw += text[at : match.start()] + str(replace(named, written=own, showed=""))
        at = match.end()
    return raw + text[at:]


def _stood(one: Named) -> str:
    """What stood in the words for a figure."""
    return one.written or one.showed


def _places(was: list[str], now: list[str]) -> list[int | None]:
    """Where each piece stands now: where it is the same, or alone was replaced by as many others."""
    found: list[int | None] = [None] * len(was)
    head = 0
    while head < min(len(was), len(now)) and was[head] == now[head]:
        found[head] = head
        head += 1
    tail = 0
    while tail < min(len(was), len(now)) - head and was[-1 - tail] == now[-1 - tail]:
        found[len(was) - 1 - tail] = len(now) - 1 - tail
        tail += 1
    left, right = was[head : len(was) - tail], now[head : len(now) - tail]
    if len(left) > MOST_WRITTEN_IN or len(right) > MOST_WRITTEN_IN:
        return found
    for sort, a0, a1, b0, b1 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if sort == "equal":
            for step in range(a1 - a0):
                found[head + a0 + step] = head + b0 + step
        elif sort == "replace":
            numbers = [place for place in range(a0, a1) if _NUMBER.fullmatch(left[place])]
            others = [place for place in range(b0, b1) if _NUMBER.fullmatch(right[place])]
            if len(numbers) == len(others):
                for here, there in zip(numbers, others, strict=True):
                    found[head + here] = head + there
    return found


def _stands_beside(places: list[int | None], index: int) -> bool:
    """Whether a word beside it is still beside it: a number alone in other words is no figure of ours."""
    place = places[index]
    assert place is not None
    before, after = (places[index - 1] if index else None), (places[index + 1 :] or [None])[0]
    return place - 1 == before or place + 1 == after or len(places) == 1


@dataclass(frozen=True, slots=True)
class Nameable:
    """What a pattern may name: an indicator, or a question of the form, and of which times it has a figure."""

    label: str
    summed: bool = True  # what happened in each month adds up over the year
    derived: bool = False


def pattern_faults(pattern: str, known: Mapping[str, Nameable]) -> list[str]:
    """What is wrong with the figures that a pattern names, in whole sentences. `known` is by code, case folded."""
    found = []
    for bracket in BRACKET.finditer(canonical(pattern)):
        code, timing = bracket[1].strip(), timing_of(bracket[2])
        named = known.get(code.casefold())
        if bracket[3]:
            found.append(
                f"Trong câu mẫu, {bracket[0]} có dấu “=”. Đồng chí vui lòng bỏ phần sau mã."
            )
        elif named is None:
            found.append(
                f"Câu mẫu nhắc đến [{code}], không phải mã chỉ số hay mã câu hỏi số nào."
                " Đồng chí vui lòng chọn lại trong danh sách."
            )
        elif timing is None:
            times = ", ".join(f"“{one.label}”" for one in Timing)
            found.append(
                f"Câu mẫu nhắc đến [{code}|{bracket[2]}]; sau dấu gạch đứng chỉ ghi {times}."
            )
        elif timing == Timing.YEAR and (named.derived or not named.summed):
            kind = "do máy tính ra" if named.derived else "là số tại thời điểm"
            found.append(
                f"“{named.label}” {kind} nên không có lũy kế. Đồng chí vui lòng chọn số trong kỳ hoặc cùng kỳ."
            )
    if pattern.count("[") != pattern.count("]"):
        found.append("Câu mẫu có dấu ngoặc vuông chưa đóng. Đồng chí vui lòng viết như [DV-02].")
    return list(dict.fromkeys(found))
