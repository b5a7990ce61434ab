"""Documents cited in a text by number and symbol, or by number alone."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from danvan.reading.dates import Day
from danvan.reading.doctypes import (
    LONGEST_FIRST,
    issuer_of_organ,
    key_of_symbol,
    key_of_words,
    organ_of_symbol,
)
from danvan.reading.gazetteer import Gazetteer
from danvan.reading.proposals import Citation
from danvan.reading.symbols import Symbol, find_symbols, symbol_key
from danvan.reading.view import View
from danvan.reading.words import wording

# What stands in front of a symbol: the kind of document, then "số" once or twice.
_TYPE_BEFORE = re.compile(
    # The nearest word for a kind is the document's: "chế độ báo cáo theo Quyết định số 5" cites a decision.
    rf"(?<!\w)({LONGEST_FIRST})(?:[ \n]+(?!(?:{LONGEST_FIRST})(?!\w))[^\W\d]{{1,12}}){{0,3}}?(?:[ \n:]+số[ :]*){{0,3}}[ \n:\"]*$"
)
_TYPE_NEAR = re.compile(rf"(?<!\w)({LONGEST_FIRST})(?!\w)")
_NUMBER_BEFORE = re.compile(r"(?<!\w)số[ :]*$")
_FORM_BEFORE = re.compile(r"(?<!\w)(?:mẫu|biểu|biểu mẫu|phụ lục|mã|mã hồ sơ|biển)(?: số)?[ :]*$")
_LAW_BEFORE = re.compile(r"(?<!\w)(bộ luật|luật|pháp lệnh)(?!\w)")
_TO_DATE = re.compile(
    r"[ \n,]*\(?(?:(?:được )?(?:ban hành|ký|công bố|thông qua)[ \n]+)?(?:ngày[ \n]+)?(?=\d)"
)
_ISSUER_THEN_DATE = re.compile(
    r"[ \n,]*(?:của|do)[ \n][^;()\n\d]{2,90}?,?[ \n](?:(?:ban hành|ký)[ \n]+)?ngày[ \n]+(?=\d)"
)
_ISSUER = re.compile(r"[ \n,)]*(?:của|do)[ \n]+((?:đồng chí[ \n]+)?[^\n;,.()\"\x1f]{2,100})")
_ISSUER_END = re.compile(
    r"[ \n](?:về|ban hành|quy định|hướng dẫn|triển khai|thực hiện|giữa|trong|để|cho|phê duyệt|sửa đổi|bổ sung|là|đã|được"
    r"|tại|ngày|ký|yêu cầu|giao|nêu|công bố|thông qua|khóa|nhiệm kỳ|nhằm|theo|đến|có|số|từ|với"
    rf"|và[ \n](?:{LONGEST_FIRST}|các|của))(?!\w)"
)
_SHORT = wording(
    r"(?<!\w)(?:(nghị quyết|chỉ thị|kết luận|thông báo kết luận|quyết định|quy chế|quy định|đề án|kế hoạch|hướng dẫn"
    r"|thông báo|nghị định|thông tư|thông tri|công văn|tờ trình|chương trình|báo cáo)[ \n]+số[ :]*(\d{1,4}[a-z]?)"
    r"|(nghị quyết|chỉ thị|kết luận|quyết định|quy định|nghị định|thông tư)[ \n]+(\d{1,4})"
    r"(?=[,.;:)]|[ \n](?:của|ngày|về|năm)\b|$)"
    r"|(nghị định|thông tư|quyết định|nghị quyết|thông tư liên tịch)(?:[ \n]+số)?[ :]+(\d{1,4}/(?:19[5-9]|20[0-4])\d))(?![\w%]| ?[-/] ?[\w]|[.,]\d)"
)
# "Quyết định số 217 và 218 của ...": the second number has the same kind.
_AND_SHORT = re.compile(
    r"(?: ?, ?| và )(?:số )?(\d{1,4}[a-z]?)(?=[,.;:)]|[ \n](?:của|ngày|và)\b|$)(?![.,/-]\d)"
)


def find_citations(
    view: View, days: list[Day], own: tuple[str, int | None], gazetteer: Gazetteer
) -> tuple[list[Citation], list[tuple[int, int]]]:
    """Citations in order (spans in the original text), and the view's spans that symbols take up.

    `own` is the document's own symbol and the view offset where it stands; neither is a citation.
    """
    symbols = find_symbols(view.text)
    starts = [day.start for day in days]
    found: list[Citation] = []
    taken: list[tuple[int, int]] = []
    own_key = symbol_key(own[0]) if own[0] else ""
    for at, symbol in enumerate(symbols):
        following = symbols[at + 1].start if at + 1 < len(symbols) else len(view.low)
        before = view.low[max(0, symbol.start - 60) : symbol.start]
        if _FORM_BEFORE.search(before):
            taken.append((symbol.start, symbol.end))
            continue
        previous = symbols[at - 1].end if at else 0
        kind = _kind_before(view, symbol, previous)
        if not (symbol.certain or kind[0] or _NUMBER_BEFORE.search(before)):
            continue
        taken.append((symbol.start, symbol.end))
        if own_key and symbol_key(symbol.symbol) == own_key:
            continue
        found.append(_citation(view, symbol, kind, following, (days, starts), gazetteer))
    found += _short_mentions(view, taken, (days, starts), found, own, gazetteer)
    found.sort(key=lambda citation: citation.start)
    return _merge_days(found), taken


def _kind_before(view: View, symbol: Symbol, previous: int) -> tuple[str, int]:
    """The words for the kind in front of the symbol and where they begin, else ("", start)."""
    floor = max(previous, symbol.start - 70)
    before = view.low[floor : symbol.start]
    direct = _TYPE_BEFORE.search(before)
    of_law = bool(re.search(r"/QH\d+$", symbol.symbol))
    if direct and not (of_law and "luật" in direct[1]):
        return direct[1], floor + direct.start()
    if of_law:
        floor = max(previous, symbol.start - 300)
        clause = re.split(r"[;\n]|\.\s", view.low[floor : symbol.start])[-1]
        laws = list(_LAW_BEFORE.finditer(clause))
        if laws:
            # "Luật sửa đổi ... Luật Khiếu nại số": the outermost law is the one that is numbered.
            amending = [law for law in laws if clause.startswith(" sửa đổi", law.end())]
            law = amending[-1] if amending else laws[-1]
            return law[1], symbol.start - len(clause) + law.start()
    if _NUMBER_BEFORE.search(before):
        clause = re.split(r"[;\n,]|\.\s", before)[-1]
        near = list(_TYPE_NEAR.finditer(clause))
        if near:
            return near[-1][1], symbol.start - len(clause) + near[-1].start()
    return "", symbol.start


def _day_at(days: tuple[list[Day], list[int]], offset: int) -> Day | None:
    at = bisect_left(days[1], offset)
    if at < len(days[1]) and days[1][at] == offset and days[0][at].exact == "day":
        return days[0][at]
    return None


def _day_after(
    view: View, end: int, following: int, days: tuple[list[Day], list[int]]
) -> Day | None:
    for pattern in (_TO_DATE, _ISSUER_THEN_DATE):
        lead = pattern.match(view.low, end, min(following, end + 170))
        if lead and not (pattern is _ISSUER_THEN_DATE and " về " in lead[0]):
            day = _day_at(days, lead.end())
            if day:
                return day
    return None


def _issuer_after(view: View, ends: tuple[int, ...], following: int, gazetteer: Gazetteer) -> str:
    for end in ends:
        named = _ISSUER.match(view.text, end, min(following, end + 140))
        if named:
            words = named[1]
            stop = _ISSUER_END.search(view.low, named.start(1), named.end(1))
            if stop:
                words = view.text[named.start(1) : stop.start()]
            words = " ".join(words.split()).strip(" -")
            if words:
                return gazetteer.unit_called(words) or words
    return ""


def _citation(
    view: View,
    symbol: Symbol,
    kind: tuple[str, int],
    following: int,
    days: tuple[list[Day], list[int]],
    gazetteer: Gazetteer,
) -> Citation:
    day = _day_after(view, symbol.end, following, days)
    ends = (day.end, symbol.end) if day else (symbol.end,)
    organ = organ_of_symbol(symbol.symbol)
    issuer = _issuer_after(view, ends, following, gazetteer) or issuer_of_organ(organ)
    why = ["tên loại"] * bool(kind[0]) + ["số ký hiệu"] + ["ngày"] * bool(day)
    confidence = 0.84 + 0.09 * bool(kind[0]) + 0.05 * bool(day) + 0.01 * symbol.certain
    start, end = view.span(symbol.start, symbol.end)
    surface = view.span(kind[1], day.end if day else symbol.end)
    return Citation(
        start=start, end=end, confidence=round(confidence, 2), rule="citation.symbol",
        reason=f"Vì: {' + '.join(why)}" + ("" if day else "; không có ngày"),
        symbol=symbol.symbol, as_written=view.raw[start:end],
        surface_start=surface[0], surface_end=surface[1],
        document_type=key_of_words(kind[0]) or key_of_symbol(symbol.symbol), type_words=kind[0],
        issued_on=day.first if day else None, issuer=issuer, issuer_code=organ,
    )  # fmt: skip


def _short_mentions(
    view: View,
    taken: list[tuple[int, int]],
    days: tuple[list[Day], list[int]],
    full: list[Citation],
    own: tuple[str, int | None],
    gazetteer: Gazetteer,
) -> list[Citation]:
    """ "Quyết định số 212 của Ban Bí thư": kept as incomplete, or led back to the full symbol of the same text."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for citation in full:
        number = symbol_key(re.split(r"[-/]", citation.symbol)[0])
        known[citation.document_type, number].add(citation.symbol)
    busy = {start for start, _ in taken}
    found = []
    for one in _short_places(view.low):
        number, place = view.low[one.place : one.end], one.place
        if place in busy or place == own[1] or (one.plain and not view.text[one.opens].isupper()):
            continue
        if one.plain and re.fullmatch(r"(?:19|20)\d\d", number):
            continue
        key = key_of_words(one.words)
        candidates = known.get((key, symbol_key(number)), set())
        symbol = next(iter(candidates)) if len(candidates) == 1 else number
        if (
            own[0]
            and symbol_key(re.split(r"[-/]", own[0])[0]) == symbol_key(number)
            and not candidates
        ):
            continue
        day = _day_after(view, one.end, len(view.low), days)
        start, end = view.span(place, one.end)
        surface = view.span(one.opens, day.end if day else one.end)
        ends = (day.end, one.end) if day else (one.end,)
        found.append(
            Citation(
                start=start,
                end=end,
                confidence=0.86 if candidates else 0.72,
                rule="citation.number",
                reason="Vì: tên loại + số, không có ký hiệu"
                + (f"; cùng văn bản ghi đủ {symbol}" if candidates else ""),
                symbol=symbol,
                as_written=view.raw[start:end],
                surface_start=surface[0],
                surface_end=surface[1],
                document_type=key,
                type_words=one.words,
                issued_on=day.first if day else None,
                issuer=_issuer_after(view, ends, len(view.low), gazetteer),
                short=True,
            )
        )
        taken.append((place, one.end))
    return found


@dataclass(frozen=True, slots=True)
class _Short:
    """A mention by number alone: the words for the kind, where they begin, the number's place."""

    words: str
    opens: int
    place: int
    end: int
    plain: bool  # no "số" in front of the number


def _short_places(low: str) -> Iterator[_Short]:
    for match in _SHORT.finditer(low):
        group = 2 if match[1] else 4 if match[3] else 6
        words = match[group - 1]
        yield _Short(words, match.start(), *match.span(group), plain=bool(match[3]))
        end = match.end()
        while match[1] and (more := _AND_SHORT.match(low, end)):
            yield _Short(words, more.start(1), *more.span(1), plain=False)
            end = more.end()


def _merge_days(citations: list[Citation]) -> list[Citation]:
    """A day told at one mention holds for the others, where the text gives only one."""
    told = defaultdict(set)
    for citation in citations:
        if citation.issued_on:
            told[symbol_key(citation.symbol)].add(citation.issued_on)
    merged = []
    for citation in citations:
        days = told.get(symbol_key(citation.symbol), set())
        if citation.issued_on is None and len(days) == 1:
            citation = replace(citation, issued_on=next(iter(days)), dated_elsewhere=True)
        merged.append(citation)
    return merged
