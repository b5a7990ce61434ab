"""The reading engine as this module uses it: its proposals as rows of ours, its keys as our counters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from danvan import reading
from danvan.documents.bodies import (
    Body,
    CitationBody,
    Condition,
    FigureBody,
    Group,
    TargetBody,
    cut,
)
from danvan.documents.enums import DocumentType, ProposalKind
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Comparator, Quality
from danvan.organisations.enums import Kind, Level
from danvan.reading import proposals as read_as
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import fold

# Measures that are documents a unit issues; every other one is an activity.
ISSUED = (DocumentType.ORIENTATION_DOCUMENT, DocumentType.COORDINATION_REGULATION)
SIGNS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "khoảng "}


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
    return f"documents.issued.{measure}" if measure in ISSUED else f"activities.{measure}"


def propose(text: str, *, issued_on: date | None = None) -> list[Draft]:
    """What the engine proposes from a text, in its order. ReadingError where it cannot be read.

    `issued_on` is the day of the document: a target holds from it where the text names no period.
    """
    read = reading.read(text)
    notes = [(note.start, note.end, note.sentence) for note in read.notes]
    drafts = [
        *(_citation(one) for one in read.citations),
        *(_named_law(one) for one in read.named_laws),
        *(_target(one, read.validity, issued_on or read.head.issued_on) for one in read.targets),
        *(_figure(one, notes) for one in read.figures),
    ]
    # Two rules may find the same span: the surer one stays.
    best: dict[tuple[str, int, int], Draft] = {}
    for draft in sorted(drafts, key=lambda one: one.confidence):
        if draft.end > draft.start:
            best[draft.kind, draft.start, draft.end] = draft
    return sorted(best.values(), key=lambda one: (one.start, one.end))


def _draft(kind: str, start: int, end: int, found: read_as.Proposal, body: Body) -> Draft:
    sure = max(0, min(100, round(found.confidence * 100)))
    return Draft(kind, start, end, body, sure, found.rule[:80], found.reason[:300])


def _citation(found: read_as.Citation) -> Draft:
    body = CitationBody(
        symbol=found.symbol[:80],
        document_type=found.document_type if found.document_type in DocumentType.values else "",
        issuer_name=found.issuer[:200],
        issued_on=found.issued_on,
    )
    return _draft(ProposalKind.CITATION, found.surface_start, found.surface_end, found, body)


def _named_law(found: read_as.NamedLaw) -> Draft:
    body = CitationBody(
        symbol=found.symbol[:80], name=found.name[:300], document_type=DocumentType.LAW
    )
    return _draft(ProposalKind.CITATION, found.start, found.end, found, body)


def _target(
    found: read_as.Target, validity: read_as.Period | None, issued_on: date | None
) -> Draft:
    spans = [span for span in (found.period, validity) if span is not None]
    first = next((span.first for span in spans if span.first), issued_on)
    last = found.due_on or next((span.last for span in spans if span.last), None)
    body = TargetBody(
        title=cut(found.title, 400),
        quality=Quality.QUALITATIVE if found.qualitative else Quality.COUNTED,
        groups=tuple(_group(one) for one in found.populations),
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


def _group(found: read_as.Population) -> Group:
    levels = [level for level in found.levels if level in Level.values]
    if not levels and "cac cap" in fold(found.words):
        levels = [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]
    return Group(
        kind=found.kind if found.kind in Kind.values else "",
        levels=tuple(str(level) for level in levels),
        words=found.words,
    )


def _every(found: read_as.Target) -> str:
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


def _stated(found: read_as.Target | read_as.Figure) -> str:
    """The level as the text has it, for a person to read: ≥ 60 triệu đồng."""
    if found.value is not None:
        number = format_number(found.value)
    elif found.low is not None and found.high is not None:
        number = f"{format_number(found.low)}–{format_number(found.high)}"
    else:
        return ""
    return f"{SIGNS.get(found.comparator, '')}{number} {found.unit}".strip()


def _figure(found: read_as.Figure, notes: Iterable[tuple[int, int, str]]) -> Draft:
    period = found.period
    body = FigureBody(
        label=cut(found.label, 400),
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
