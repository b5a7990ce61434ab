"""The shapes of what a proposal holds: as the engine read it, and as a person completed or corrected it.

Stored as JSON in `Proposal.body` and `Proposal.correction`. An empty value is a part the text does not
state; `missing` names the parts a person must give before the proposal may be accepted.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Self

from danvan.documents.enums import ProposalKind
from danvan.indicators.enums import Comparator, Quality
from danvan.vietnamese.text import canonical


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _decimal(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def cut(text: str, most: int) -> str:
    """One line of at most so many characters, cut between words."""
    line = " ".join(canonical(text).split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


@dataclass(frozen=True, slots=True)
class _Body:
    """What all bodies share."""

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column: days and figures as text."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(_Body):
    """One population of a target: a kind of organisation at some levels, and the words for it."""

    kind: str = ""
    levels: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(_Body):
    """One condition of a target: at least `minimum` of what `counter` counts. `words` as the text has it."""

    counter: str = ""
    minimum: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetBody(_Body):
    """A target as read: who must do what, how often, how many of them, from when to when.

    `share` is (numerator, denominator) of the population; None means all of it. `valid_to` is the first day
    it no longer holds. `sentence` is the span of the sentence around it; `stated` keeps a value in a unit
    that no record counts (60 triệu đồng).
    """

    title: str = ""
    quality: str = Quality.COUNTED
    groups: tuple[Group, ...] = ()
    every: str = ""
    conditions: tuple[Condition, ...] = ()
    share: tuple[int, int] | None = None
    comparator: str = Comparator.AT_LEAST
    valid_from: date | None = None
    valid_to: date | None = None
    measured_by: str = ""
    evidence: str = ""
    followed_by: int | None = None
    sentence: tuple[int, int] | None = None
    stated: str = ""
    note: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from its JSON."""
        share, sentence = stored.get("share"), stored.get("sentence")
        return cls(
            title=stored.get("title", ""),
            quality=stored.get("quality", Quality.COUNTED),
            groups=tuple(
                Group(
                    kind=one.get("kind", ""),
                    levels=tuple(one.get("levels", ())),
                    words=one.get("words", ""),
                )
                for one in stored.get("groups", ())
            ),
            every=stored.get("every", ""),
            conditions=tuple(Condition(**one) for one in stored.get("conditions", ())),
            share=(share[0], share[1]) if share else None,
            comparator=stored.get("comparator", Comparator.AT_LEAST),
            valid_from=_day(stored.get("valid_from")),
            valid_to=_day(stored.get("valid_to")),
            measured_by=stored.get("measured_by", ""),
            evidence=stored.get("evidence", ""),
            followed_by=stored.get("followed_by"),
            sentence=(sentence[0], sentence[1]) if sentence else None,
            stated=stored.get("stated", ""),
            note=stored.get("note", ""),
        )

    @property
    def counted(self) -> bool:
        """Whether records are counted for it; else it is judged from evidence."""
        return self.quality == Quality.COUNTED

    def missing(self) -> tuple[str, ...]:
        """Parts to be asked for: title, kind, levels, conditions, every, valid_from."""
        whole = {
            "title": bool(self.title),
            "kind": not self.counted or bool(self.groups and all(g.kind for g in self.groups)),
            "levels": not self.counted or bool(self.groups and all(g.levels for g in self.groups)),
            "conditions": not self.counted
            or bool(self.conditions and all(c.counter and c.minimum for c in self.conditions)),
            "every": bool(self.every),
            "valid_from": self.valid_from is not None,
        }
        return tuple(part for part, given in whole.items() if not given)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationBody(_Body):
    """A document that the text cites: by symbol, or a law by its name alone."""

    symbol: str = ""
    name: str = ""
    document_type: str = ""
    issuer_name: str = ""
    issued_on: date | None = None
    note: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from its JSON."""
        return cls(**{**stored, "issued_on": _day(stored.get("issued_on"))})

    def missing(self) -> tuple[str, ...]:
        """A citation needs a symbol or a name; its day may stay unknown."""
        return () if self.symbol or self.name else ("symbol",)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBody(_Body):
    """A figure the text states. A range has `low` and `high`; an unknown denominator stays None."""

    label: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit_label: str = ""
    qualifier: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    percent: Decimal | None = None
    period_from: date | None = None
    period_to: date | None = None
    period_words: str = ""
    note: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from its JSON."""
        figures = ("value", "low", "high", "numerator", "denominator", "percent")
        read = {name: _decimal(stored.get(name)) for name in figures}
        days = {name: _day(stored.get(name)) for name in ("period_from", "period_to")}
        return cls(**{**stored, **read, **days})

    def missing(self) -> tuple[str, ...]:
        """A figure needs what it is about and a number."""
        known = {
            "label": bool(self.label),
            "value": any(one is not None for one in (self.value, self.low, self.high)),
        }
        return tuple(part for part, given in known.items() if not given)


PLACE = "place"  # the kind of a doer that is the place itself: "các xã, phường"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doer(_Body):
    """Who leads or supports a task: one unit, or all units of a kind at some levels; else only words."""

    words: str = ""
    unit_id: int | None = None
    kind: str = ""
    levels: tuple[str, ...] = ()
    place: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from its JSON."""
        return cls(**{**stored, "levels": tuple(stored.get("levels", ()))})

    @property
    def group(self) -> bool:
        """Whether all units of a kind at some levels are meant."""
        return self.unit_id is None and bool(self.kind and self.levels) and not self.place

    @property
    def known(self) -> bool:
        """Whether the register can tell who it is."""
        return self.unit_id is not None or self.group


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskBody(_Body):
    """A task as read: who leads and supports, what is to be done by when, and what comes of it.

    `due_words` is how the text says it; `regular` is "thường xuyên", without a last day. `sentence` is the
    span of the sentence around it. `topic_id` is what a person filed it under. Where a person counts the day from that
    of assigning, it stands as a term or as the key of a parameter of the law, `term_words` saying which; `late` is why
    a day that has gone by is written down only now. What a person made a duty that comes back says in `recurs` after
    how long; `due_on` is then the day of its first turn.
    """

    title: str = ""
    leads: tuple[Doer, ...] = ()
    supports: tuple[Doer, ...] = ()
    due_on: date | None = None
    due_words: str = ""
    regular: bool = False
    every: str = ""
    product: str = ""
    proof: str = ""
    sentence: tuple[int, int] | None = None
    note: str = ""
    topic_id: int | None = None
    term_n: int | None = None
    term_counted: str = ""
    term_key: str = ""
    term_words: str = ""
    late: str = ""
    recurs: str = ""
    recurs_until: date | None = None
    recurs_ahead: int | None = None

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from its JSON."""
        sentence = stored.get("sentence")
        doers = {
            name: tuple(Doer.of(one) for one in stored.get(name, ()))
            for name in ("leads", "supports")
        }
        rest = {
            "due_on": _day(stored.get("due_on")),
            "recurs_until": _day(stored.get("recurs_until")),
            "sentence": tuple(sentence) if sentence else None,
        }
        return cls(**{**stored, **doers, **rest})

    def missing(self) -> tuple[str, ...]:
        """Parts to be asked for: task (its title), lead, due, product."""
        whole = {
            "task": bool(self.title),
            "lead": bool(self.leads) and all(one.known for one in self.leads),
            "due": self.due_on is not None or self.regular or bool(self.term_words),
            "product": bool(self.product),
        }
        return tuple(part for part, given in whole.items() if not given)


ACTIVITIES = "activities."  # before the kind of an activity in the key of what counts it


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityBody(_Body):
    """An activity as read: what was done on which day, who led it, together with whom, where, with how many.

    `kind` is what counts it (`activities.<kind>`); a number that is not stated stays None. `sentence` is the span of
    the sentence around it.
    """

    kind: str = ""
    title: str = ""
    lead: Doer = Doer()
    held_on: date | None = None
    place: str = ""
    quantity: int = 1
    attendance: int | None = None
    persons: int | None = None
    opinions: int | None = None
    supports: tuple[Doer, ...] = ()
    sentence: tuple[int, int] | None = None
    note: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from its JSON."""
        sentence = stored.get("sentence")
        rest = {
            "lead": Doer.of(stored.get("lead", {})),
            "supports": tuple(Doer.of(one) for one in stored.get("supports", ())),
            "held_on": _day(stored.get("held_on")),
            "sentence": tuple(sentence) if sentence else None,
        }
        return cls(**{**stored, **rest})

    @property
    def counter(self) -> str:
        """The key of what counts activities of its kind."""
        return f"{ACTIVITIES}{self.kind}"

    def missing(self) -> tuple[str, ...]:
        """Parts to be asked for: activity_kind, activity (its title), led_by, held_on."""
        whole = {
            "activity_kind": bool(self.kind),
            "activity": bool(self.title),
            "led_by": self.lead.unit_id is not None,
            "held_on": self.held_on is not None,
        }
        return tuple(part for part, given in whole.items() if not given)


Body = TargetBody | CitationBody | FigureBody | TaskBody | ActivityBody
_SHAPES: dict[str, type[Body]] = {
    ProposalKind.TASK: TaskBody,
    ProposalKind.ACTIVITY: ActivityBody,
    ProposalKind.TARGET: TargetBody,
    ProposalKind.CITATION: CitationBody,
    ProposalKind.FIGURE: FigureBody,
}


def body_of(kind: str, stored: Mapping[str, Any]) -> Body:
    """The body of a proposal of this kind, read from its JSON."""
    return _SHAPES[kind].of(stored)
