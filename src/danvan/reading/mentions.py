"""Mentions of one document merged, what this text does to each, how long it holds, and what contradicts itself."""

import re
from collections import defaultdict
from collections.abc import Sequence

from danvan.reading.dates import Day
from danvan.reading.doctypes import issuers_of_organ
from danvan.reading.proposals import (
    Citation,
    Head,
    Mentioned,
    NamedLaw,
    Note,
    Period,
    Relation,
    Span,
)
from danvan.reading.relations import Ties
from danvan.reading.symbols import symbol_key
from danvan.reading.view import View
from danvan.reading.words import wording
from danvan.vietnamese.text import fold

_DRAFT = re.compile(r"dự thảo(?: lần (?:thứ )?\w+)?[ :\"]*$")
_IN_FORCE = wording(
    r"(?<!\w)này(?:[ \n]+\(?[^.;\n\d]{0,40}?)? (?:có hiệu lực(?: thi hành)?|được áp dụng|áp dụng)(?: thi hành)? (?:từ|kể từ) (?:ngày )?(?P<sign>ký(?: ban hành)?|ban hành|(?:được )?thông qua)?"
)
_EXPIRES = wording(
    r"(?<!\w)này[^.;\n\d]{0,80}?(?:hết hiệu lực|có hiệu lực(?: thi hành)? đến)(?: thi hành)?(?: hết)?(?: từ| kể từ| vào)?(?: ngày)? (?=\d)"
)
_TO = re.compile(r"[ ,]{1,3}(?:đến|và hết hiệu lực(?: từ| kể từ)?)(?: hết)?(?: ngày)? (?=\d)")
# Part of a symbol -> who may stand behind it. Said otherwise beside the symbol, one of the two is wrong.
_ISSUED_BY: dict[str, str] = {
    "tw": r"trung ương|bộ chính trị|ban bí thư",
    "tu": r"tỉnh ủy|thành ủy|đảng bộ (?:tỉnh|thành phố)|ban thường vụ|ban chấp hành",
    "ubnd": r"ủy ban nhân dân|ubnd|chính quyền",
    "hđnd": r"hội đồng nhân dân|hđnd",
    "cp": r"chính phủ",
    "ttg": r"thủ tướng",
    "qh": r"quốc hội",
    "ubtvqh": r"ủy ban thường vụ quốc hội|ubtvqh",
    "mttq": r"mặt trận|mttq",
    "mttw": r"mặt trận|mttq|mttw",
}
_BODIES = {key: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for key, words in _ISSUED_BY.items()}


def merge_mentions(
    view: View, citations: Sequence[Citation], named: Sequence[NamedLaw]
) -> list[Mentioned]:
    """One entry a document, in the order of its first mention."""
    groups: dict[str, list[Citation | NamedLaw]] = defaultdict(list)
    every: list[Citation | NamedLaw] = [*citations, *named]
    for one in sorted(every, key=lambda mention: mention.start):
        groups[_key(one)].append(one)
    return [_merged(view, group) for group in groups.values()]


def _key(one: Citation | NamedLaw) -> str:
    if one.symbol:
        # A bare number is one document only together with its kind.
        bare = isinstance(one, Citation) and one.short and one.symbol.isdigit()
        return f"{one.document_type if bare else ''}|{symbol_key(one.symbol)}"
    return f"{one.standing}|{fold(one.name)}|{one.dated}" if isinstance(one, NamedLaw) else ""


def _merged(view: View, group: list[Citation | NamedLaw]) -> Mentioned:
    surest = max(group, key=lambda one: one.confidence)
    cited = [one for one in group if isinstance(one, Citation)]
    names = [one.name for one in group if isinstance(one, NamedLaw)]
    days = {one.issued_on for one in cited if one.issued_on}
    issuers = next(
        (found for one in cited if len(found := issuers_of_organ(one.issuer_code)) > 1), ()
    )
    told = tuple(dict.fromkeys(one.issuer for one in cited if one.issuer))[:1]
    standing = next(
        (one.standing for one in group if isinstance(one, NamedLaw) and one.standing), ""
    )
    if not standing and all(_is_draft(view, one) for one in group):
        standing = "draft"
    first = group[0]
    return Mentioned(
        start=first.start, end=first.end, confidence=surest.confidence, rule=surest.rule, reason=surest.reason,
        symbol=surest.symbol, name=names[0] if names else "",
        document_type=next((one.document_type for one in group if one.document_type), ""),
        issued_on=days.pop() if len(days) == 1 else None,
        issuers=issuers or told, standing=standing,
        mentions=tuple(Span(one.start, one.end) for one in group),
    )  # fmt: skip


def _is_draft(view: View, one: Citation | NamedLaw) -> bool:
    start = one.surface_start if isinstance(one, Citation) else one.start
    return bool(_DRAFT.search(view.raw[max(0, start - 40) : start].lower())) or fold(
        view.raw[start : start + 12]
    ).startswith("du thao")


def find_relations(
    view: View,
    citations: Sequence[Citation],
    named: Sequence[NamedLaw],
    documents: Sequence[Mentioned],
) -> list[Relation]:
    """What this text does to each document it names: the first thing said of it, "cites" where nothing more is."""
    mentions = [
        *((Span(one.start, one.end), (one.surface_start, one.surface_end)) for one in citations),
        *((Span(one.start, one.end), (one.start, one.end)) for one in named),
    ]
    ties = Ties(view.raw, (span for _, span in mentions))
    places = {mention: at for at, one in enumerate(documents) for mention in one.mentions}
    found: dict[int, Relation] = {}
    for mention, span in mentions:
        at = places[mention]
        tie = ties.of(span)
        if tie and (at not in found or found[at].kind == "cites"):
            found[at] = Relation(tie.start, tie.end, tie.kind, at, tie.words)
        elif at not in found:
            words = " ".join(view.raw[span[0] : span[1]].split())
            found[at] = Relation(*span, "cites", at, words)
    return sorted(found.values(), key=lambda one: (one.start, one.document))


def find_in_force(view: View, days: Sequence[Day], head: Head) -> Period | None:
    """From when and until when the text says that it holds: "Quyết định này có hiệu lực từ ngày …"."""
    first = last = None
    words: list[str] = []
    starts = {day.start: day for day in days if day.exact == "day"}
    for match in _IN_FORCE.finditer(view.low):
        day = starts.get(match.end())
        if not (match["sign"] or day):
            continue
        first = day.first if day else head.issued_on
        end = day.end if day else match.end()
        until = _TO.match(view.low, end)
        close = starts.get(until.end()) if until else None
        last = close.last if close else None
        words.append(view.text[match.start() : close.end if close else end])
        break
    for match in _EXPIRES.finditer(view.low):
        day = starts.get(match.end())
        if day and last is None:
            last = day.last
            words.append(view.text[match.start() : day.end])
    return Period(" ".join("; ".join(words).split()), first, last) if words else None


def issuer_notes(citations: Sequence[Citation]) -> list[Note]:
    """Where the words beside a symbol name a body that its code excludes: "46-CT/TW của Tỉnh ủy"."""
    notes = []
    for one in citations:
        codes = [re.sub(r"\d+$", "", part.lower()) for part in one.issuer_code.split("-")]
        known = [code for code in codes if code in _BODIES]
        words = one.issuer.lower()
        if not known or any(_BODIES[code].search(words) for code in known):
            continue
        if any(body.search(words) for body in _BODIES.values()):
            notes.append(
                Note(
                    one.start,
                    one.end,
                    "issuer",
                    f"{one.symbol} mang ký hiệu “{one.issuer_code}” nhưng văn bản ghi của {one.issuer}. "
                    "Đồng chí vui lòng kiểm tra lại số ký hiệu hoặc cơ quan ban hành.",
                )
            )
    return notes
