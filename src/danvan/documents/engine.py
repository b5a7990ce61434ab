"""The reading engine as this module uses it: its proposals as rows of ours, its keys as our counters."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from danvan import reading
from danvan.documents.bodies import (
    ACTIVITIES,
    PLACE,
    ActivityBody,
    Body,
    CitationBody,
    Condition,
    Doer,
    FigureBody,
    Group,
    TargetBody,
    TaskBody,
    cut,
)
from danvan.documents.enums import DocumentType, ProposalKind
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Comparator, Quality
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import MERGED_ON
from danvan.reading.head import read_head
from danvan.reading.view import View
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import fold

# Measures that are documents: issued anew in each period, or held. Every other one is an activity.
DOCUMENTS = {
    DocumentType.ORIENTATION_DOCUMENT: "documents.issued.orientation_document",
    DocumentType.COORDINATION_REGULATION: "documents.held.coordination_regulation",
}
# Of a longer text only the beginning and the end are looked at for its head.
HEAD_AND_FOOT = 40_000
DUE_LEAD = (
    r"[,;]?\s*(?:(?:và )?(?:phải )?(?:hoàn thành|xong)\s+)?"  # what leads to "trước ngày 31/3"
)
SIGNS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "khoảng ", "approx_lt": "gần "}


@dataclass(frozen=True, slots=True)
class Draft:
    """One proposal before it is a row."""

    kind: str
    start: int
    end: int
    body: Body
    confidence: int
    rule: str
    reason: str


def counter_of(measure: str) -> str:
    """The counter behind a measure of the engine; empty where the measure is not known."""
    if not measure:
        return ""
    document = next((key for kind, key in DOCUMENTS.items() if kind == measure), "")
    return document or f"{ACTIVITIES}{measure}"


def head_of(text: str) -> reading.Head:
    """What the head of a document says, and who signed at its foot; quick also for a long text."""
    if len(text) > HEAD_AND_FOOT:
        text = f"{text[: HEAD_AND_FOOT // 2]}\n{text[-HEAD_AND_FOOT // 2 :]}"
    return read_head(View(text), reading.Gazetteer()).head


def propose(text: str, *, issued_on: date | None = None) -> list[Draft]:
    """What the engine proposes from a text, in its order. ReadingError where it cannot be read.

    `issued_on` is the day of the document: a target holds from it where the text names no period.
    """
    read = reading.read(text)
    notes = [(note.start, note.end, note.sentence) for note in read.notes]
    drafts = [
        *(_citation(one) for one in read.citations),
        *(_named_law(one) for one in read.named_laws),
        *_targets(read, text, issued_on or read.head.issued_on),
        *(_figure(one, notes) for one in read.figures),
        *(_task(one, issued_on or read.head.issued_on) for one in read.tasks),
        *_requests(read, issued_on or read.head.issued_on),
        *_activities(read, issued_on or read.head.issued_on),
    ]
    # Two rules may find the same span: the surer one stays.
    best: dict[tuple[str, int, int], Draft] = {}
    for draft in sorted(drafts, key=lambda one: one.confidence):
        if draft.end > draft.start:
            best[draft.kind, draft.start, draft.end] = draft
    return sorted(best.values(), key=lambda one: (one.start, one.end))


def _draft(kind: str, start: int, end: int, found: reading.Proposal, body: Body) -> Draft:
    sure = max(0, min(100, round(found.confidence * 100)))
    return Draft(
        kind, start, end, body, sure, found.rule[:80], cut(found.reason.removeprefix("Vì: "), 300)
    )


def _citation(found: reading.Citation) -> Draft:
    body = CitationBody(
        symbol=found.symbol[:80],
        document_type=found.document_type if found.document_type in DocumentType.values else "",
        issuer_name=found.issuer[:200],
        issued_on=found.issued_on,
    )
    return _draft(ProposalKind.CITATION, found.surface_start, found.surface_end, found, body)


def _named_law(found: reading.NamedLaw) -> Draft:
    body = CitationBody(
        symbol=found.symbol[:80],
        name=found.name[:300],
        document_type=found.document_type if found.document_type in DocumentType.values else "",
    )
    return _draft(ProposalKind.CITATION, found.start, found.end, found, body)


def _targets(read: reading.Reading, text: str, issued_on: date | None) -> list[Draft]:
    """The targets, each over its part of the sentence: several in one sentence share it out between them."""
    by_sentence: dict[tuple[int, int], list[reading.Target]] = {}
    for found in read.targets:
        by_sentence.setdefault((found.sentence.start, found.sentence.end), []).append(found)
    drafts = []
    for (start, end), several in by_sentence.items():
        several.sort(key=lambda one: (one.start, one.end))
        begins = [min(start, several[0].start), *(one.start for one in several[1:])]
        ends = [*begins[1:], max(end, several[-1].end)]
        titles = [one.title for one in several]
        for found, first, last in zip(several, begins, ends, strict=True):
            draft = _target(found, read.validity, issued_on, alone=titles.count(found.title) == 1)
            piece = text[first:last]
            first += len(piece) - len(piece.lstrip())
            last -= len(piece) - len(piece.rstrip(" \t\r\n,;"))
            drafts.append(replace(draft, start=first, end=max(first + 1, last)))
    return drafts


def _target(
    found: reading.Target, validity: reading.Period | None, issued_on: date | None, *, alone: bool
) -> Draft:
    spans = [span for span in (found.period, validity) if span is not None]
    # A target asks nothing of the time before its document, even where the period named began earlier.
    days = [day for day in (*[span.first for span in spans if span.first][:1], issued_on) if day]
    first = max(days, default=None)
    last = found.due_on or next((span.last for span in spans if span.last), None)
    body = TargetBody(
        title=_title(found, alone=alone),
        quality=Quality.QUALITATIVE if found.qualitative else Quality.COUNTED,
        groups=tuple(_group(one, first or issued_on) for one in found.populations),
        every=_every(found),
        conditions=()
        if found.qualitative
        else tuple(
            Condition(counter=counter_of(one.measure), minimum=one.minimum, words=one.words)
            for one in found.conditions
        ),
        share=_share(found.share) if found.share_stated else None,
        comparator=Comparator.MORE_THAN
        if found.comparator == "gt" and found.share_stated
        else Comparator.AT_LEAST,
        valid_from=first,
        valid_to=last + timedelta(days=1) if last and (not first or last >= first) else None,
        sentence=(found.sentence.start, found.sentence.end),
        stated=_stated(found),
    )
    return _draft(ProposalKind.TARGET, found.start, found.end, found, body)


def _title(found: reading.Target, *, alone: bool) -> str:
    """The title, a capital first; where others of the sentence bear the same, with what this one asks for."""
    title = cut(found.title, 300)
    words = "; ".join(one.words for one in found.conditions)
    if not alone and words:
        title = f"{title} ({cut(words, 90)})"
    return title[:1].upper() + title[1:]


def _group(found: reading.Population, day: date | None) -> Group:
    return Group(
        kind=found.kind if found.kind in Kind.values else "",
        levels=_levels(found.levels, found.words, day),
        words=found.words,
    )


def _levels(named: Iterable[str], words: str, day: date | None) -> tuple[str, ...]:
    """The levels that are named; for "các cấp" those there were on the day: the district ended on 30/06/2025."""
    levels = [level for level in named if level in Level.values]
    if not levels and "cac cap" in fold(words):
        levels = [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]
        if day is None or day >= MERGED_ON:
            levels.remove(Level.DISTRICT)
    return tuple(str(level) for level in levels)


def _task(found: reading.Task, day: date | None) -> Draft:
    body = TaskBody(
        title=cut(found.title, 400),
        leads=tuple(_doer(one, day) for one in found.leads),
        supports=tuple(_doer(one, day) for one in found.supports),
        due_on=found.due_on,
        due_words=cut(found.due_words, 120),
        regular=found.regular,
        every=found.every,
        product=cut(found.product, 300),
        proof=cut(found.proof, 300),
        sentence=(found.sentence.start, found.sentence.end),
    )
    return _draft(ProposalKind.TASK, found.start, found.end, found, body)


def _requests(read: reading.Reading, day: date | None) -> list[Draft]:
    """What is asked of somebody, where no task covers it already: whoever is asked leads."""
    starts = [one.start for one in read.tasks]  # in the order of the text
    reach = list(accumulate((one.end for one in read.tasks), max))
    drafts = []
    for found in read.requests:
        before = bisect_left(starts, found.end)
        if not before or reach[before - 1] <= found.start:
            drafts.append(_request(found, day))
    return drafts


def _request(found: reading.Request, day: date | None) -> Draft:
    leads = dict.fromkeys(one for words in found.addressees for one in reading.doers_of(words))
    what = found.what
    if found.due_words:
        what = " ".join(re.sub(DUE_LEAD + re.escape(found.due_words), "", what, count=1).split())
    body = TaskBody(
        title=cut(what.strip(" ,;.") or found.what, 400),
        leads=tuple(_doer(one, day) for one in leads),
        due_on=found.due_on,
        due_words=cut(found.due_words, 120),
        sentence=(found.sentence.start, found.sentence.end),
        note=cut(f"Người nêu: {found.requester}", 200) if found.requester else "",
    )
    return _draft(ProposalKind.TASK, found.start, found.end, found, body)


def _activities(read: reading.Reading, issued_on: date | None) -> list[Draft]:
    """What the text tells was done by its own day, or by today: what is dated later has not been done yet."""
    latest = min(day for day in (issued_on, clock.today()) if day)
    return [_activity(one) for one in read.happenings if one.held_on <= latest]


def _activity(found: reading.Happening) -> Draft:
    body = ActivityBody(
        kind=found.measure,
        title=cut(found.title, 400),
        lead=_doer(found.lead, found.held_on),
        held_on=found.held_on,
        place=cut(found.place, 200),
        quantity=found.quantity,
        attendance=found.attendance,
        persons=found.persons,
        opinions=found.opinions,
        supports=tuple(_doer(one, found.held_on) for one in found.supports),
        sentence=(found.sentence.start, found.sentence.end),
    )
    return _draft(ProposalKind.ACTIVITY, found.start, found.end, found, body)


def _doer(found: reading.Doer, day: date | None) -> Doer:
    known = found.kind == PLACE or found.kind in Kind.values
    return Doer(
        words=cut(found.unit or found.words, 200),
        kind=found.kind if known else "",
        levels=_levels(found.levels, found.words, day),
        place=found.place,
    )


def _every(found: reading.Target) -> str:
    """How often it is due: as stated, or the length of the one calendar period it names."""
    stated = {found.every} if found.every else {one.every for one in found.conditions if one.every}
    if len(stated) == 1:
        return stated.pop()
    span = found.period
    if not stated and span and span.first and span.last:
        for every in Every:
            period = Period.containing(span.first, every)
            if (period.first, period.last) == (span.first, span.last):
                return every.value
    return ""


def _share(stated: tuple[Decimal, Decimal] | None) -> tuple[int, int] | None:
    """The share in whole numbers: 85,5/100 is 855/1000. All of the population is stored as none."""
    if stated is None or stated[1] <= 0:
        return None
    numerator, denominator = stated
    if numerator == denominator:
        return None
    scale = 10 ** max(_places(numerator), _places(denominator))
    whole = Fraction(numerator) / Fraction(denominator)
    if not 0 < whole <= 1:
        return None
    return int(numerator * scale), int(denominator * scale)


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _stated(found: reading.Target | reading.Figure) -> str:
    """The level as the text has it, for a person to read: ≥ 60 triệu đồng."""
    if found.value is not None:
        number = format_number(found.value)
    elif found.low is not None and found.high is not None:
        number = f"{format_number(found.low)}–{format_number(found.high)}"
    else:
        return ""
    return f"{SIGNS.get(found.comparator, '')}{number} {found.unit}".strip()


def _figure(found: reading.Figure, notes: Iterable[tuple[int, int, str]]) -> Draft:
    period = found.period
    body = FigureBody(
        label=cut(found.label.rstrip(" .,;:"), 400),
        value=found.value,
        low=found.low,
        high=found.high,
        unit_label=found.unit[:60],
        qualifier=found.comparator if found.comparator != "eq" else "",
        numerator=found.numerator,
        denominator=found.denominator,
        percent=found.percent,
        period_from=period.first if period else None,
        period_to=period.last if period else None,
        period_words=period.words if period else "",
        note=" ".join(
            sentence for start, end, sentence in notes if start < found.end and found.start < end
        ),
    )
    return _draft(ProposalKind.FIGURE, found.start, found.end, found, body)
