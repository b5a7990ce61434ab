"""What a person covers of a text before everybody reads it: the places that are proposed, those that were chosen, what then stands.

A part is one text by a short name (`title`, `c12`); offsets point into it as given, `end` is exclusive.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from danvan.reading.redacting import PrivateKind, PrivateSpan, known_spans, private_spans, redact

AROUND = 40  # letters shown on each side of a place
_VALUE = re.compile(r"([a-z]{1,12}\d{0,12}):(\d{1,6}):(\d{1,6}):([a-z]{1,12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """What an officer covers: spans of each part, and words that are covered wherever they stand."""

    spans: Mapping[str, Sequence[PrivateSpan]] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Iterable[str], words: tuple[str, ...] = ()) -> Self:
        """As a page sent it: `part:start:end:kind` of each ticked place; what is no such value is left out."""
        spans: dict[str, list[PrivateSpan]] = {}
        for value in values:
            if found := _VALUE.fullmatch(value):
                part, start, end, kind = found.groups()
                known = PrivateKind(kind) if kind in set(PrivateKind) else PrivateKind.KNOWN
                spans.setdefault(part, []).append(PrivateSpan(int(start), int(end), known))
        return cls(spans=spans, words=words)

    def covered(self, text: str, part: str) -> list[PrivateSpan]:
        """What is covered in one part, in order and without overlap: of two that overlap the whole stretch."""
        inside = [one for one in self.spans.get(part, ()) if 0 <= one.start < one.end <= len(text)]
        joined: list[PrivateSpan] = []
        for one in sorted(
            [*inside, *known_spans(text, self.words)], key=lambda span: (span.start, -span.end)
        ):
            last = joined[-1] if joined else None
            if last is None or one.start >= last.end:
                joined.append(one)
            elif one.end > last.end:
                joined[-1] = PrivateSpan(last.start, one.end, PrivateKind.KNOWN)
        return joined

    def told(self, text: str, part: str) -> tuple[str, list[list[int | str]]]:
        """One part as everybody reads it, and the spans as a row keeps them."""
        spans = self.covered(text, part)
        return redact(text, spans), kept_spans(spans)

    def strays(self, texts: Mapping[str, str]) -> list[str]:
        """The parts of which a span fits no text."""
        return [
            part
            for part, spans in self.spans.items()
            if part not in texts
            or any(not 0 <= one.start < one.end <= len(texts[part]) for one in spans)
        ]

    def unseen(self, texts: Mapping[str, str]) -> list[str]:
        """The words to be covered that stand nowhere."""
        return [
            words
            for words in self.words
            if not any(known_spans(text, [words]) for text in texts.values())
        ]


@dataclass(frozen=True, slots=True)
class Marked:
    """One place that is proposed to be covered: its words with what stands around them, and why."""

    span: PrivateSpan
    value: str  # as a form sends it back
    before: str
    words: str
    after: str
    why: str
    covered: bool
    sender: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """One part of the words with the places that are proposed, and as everybody would read it."""

    part: str
    label: str
    text: str
    pieces: list[tuple[str, Marked | None]]
    marks: list[Marked]
    shown: str


def kept_spans(spans: Iterable[PrivateSpan]) -> list[list[int | str]]:
    """Spans as a row keeps them."""
    return [[one.start, one.end, str(one.kind)] for one in spans]


def spans_kept(kept: Iterable[tuple[int, int, str]], text: str) -> list[PrivateSpan]:
    """Spans of a row that still lie within the text."""
    return [PrivateSpan(a, b, PrivateKind(kind)) for a, b, kind in kept if b <= len(text)]


def propose(
    part: str, label: str, text: str, *, before: Iterable[PrivateSpan] = (), known: Collection[str] = (),
    chosen: Collection[str] | None = None, more: Collection[str] = (),
) -> Proposed:  # fmt: skip
    """One part with every place that may tell who somebody is. `before`: what was covered when it was confirmed before; `known`:
    what the record holds of people, always covered; `chosen`: the values that stayed ticked, None where the page is opened anew,
    then everything proposed is ticked; `more`: words that the officer covers besides.
    """
    taken, spans = bytearray(len(text)), []
    for one in [*private_spans(text, known=known), *before, *known_spans(text, more)]:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            spans.append(one)
    marks = [
        _marked(part, text, one, known, chosen, more)
        for one in sorted(spans, key=lambda span: span.start)
    ]
    pieces: list[tuple[str, Marked | None]] = []
    last = 0
    for mark in marks:
        pieces += [(text[last : mark.span.start], None), (mark.words, mark)]
        last = mark.span.end
    pieces.append((text[last:], None))
    shown = redact(text, [mark.span for mark in marks if mark.covered])
    return Proposed(part, label, text, [one for one in pieces if one[0]], marks, shown)


def _marked(
    part: str, text: str, one: PrivateSpan, known: Collection[str], chosen: Collection[str] | None, more: Collection[str]
) -> Marked:  # fmt: skip
    value, words = f"{part}:{one.start}:{one.end}:{one.kind}", text[one.start : one.end]
    sender = bool(known_spans(words, known))
    ticked = chosen is None or value in chosen
    return Marked(
        span=one,
        value=value,
        before=text[max(one.start - AROUND, 0) : one.start],
        words=words,
        after=text[one.end : one.end + AROUND],
        why="Vì: có thể nhận ra người gửi" if sender else one.why,
        covered=sender or ticked or bool(known_spans(words, more)),
        sender=sender,
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that are let out or kept together: each by its part and label. `official`: the unit's own words, no citizen's."""

    key: str
    label: str
    official: bool
    texts: list[tuple[str, str, str]]  # part, label, text


@dataclass(frozen=True, slots=True)
class ProposedGroup:
    """A group with what is proposed to be covered in it; `shown`: ticked to be read by everybody."""

    key: str
    label: str
    official: bool
    shown: bool
    parts: list[Proposed]


def propose_groups(
    groups: Iterable[Group], decided: Mapping[str, Sequence[tuple[int, int, str]] | None], *, known: Collection[str] = (),
    chosen: Collection[str] | None = None, more: Collection[str] = (), wanted: Collection[str] | None = None,
) -> list[ProposedGroup]:  # fmt: skip
    """Groups as a page shows them. `decided`: by part the spans that were covered when it was let out, None where it was kept;
    of what nobody decided yet the unit's own words are ticked and a citizen's are not. `wanted`: the keys that stayed ticked.
    """
    found = []
    for group in groups:
        parts = [
            propose(
                part, label, text, before=spans_kept(decided.get(part) or (), text), known=known, chosen=chosen, more=more
            )
            for part, label, text in group.texts
        ]  # fmt: skip
        before = [decided[part] is not None for part, _, _ in group.texts if part in decided]
        shown = any(before) if before else group.official
        ticked = shown if wanted is None else group.key in wanted
        found.append(ProposedGroup(group.key, group.label, group.official, ticked, parts))
    return found


def as_proposed(groups: Iterable[ProposedGroup]) -> Covering:
    """What an officer confirms who changes nothing."""
    parts = [part for group in groups for part in group.parts]
    return Covering(spans={one.part: [mark.span for mark in one.marks] for one in parts})
