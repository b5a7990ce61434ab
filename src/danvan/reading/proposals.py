"""What the reading engine hands back: proposals, each with its span, how sure it is and why.

Every `start` and `end` counts characters of the text as it was given (Python str offsets, end exclusive).
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal(Span):
    """One thing read: where it stands, how sure the engine is (0 to 1), the rule that fired and why."""

    confidence: float
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Period:
    """A period as the text words it; `first` and `last` are days, None where the text leaves it open."""

    words: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The document's own block: who issued it, number, day, type, abstract, signer, marks.

    Nothing is invented: what the paper leaves blank stays empty. `document_type` is a key such as
    `resolution`; `secrecy` is "", `secret`, `top_secret` or `absolute_secret`; `urgency` is "",
    `urgent`, `very_urgent` or `express`.
    """

    issuer_lines: tuple[str, ...] = ()
    issuer: str = ""
    issuer_unit: str = ""
    number: str = ""
    symbol: str = ""
    symbol_start: int | None = None
    symbol_end: int | None = None
    place: str = ""
    issued_on: date | None = None
    document_type: str = ""
    type_words: str = ""
    abstract: str = ""
    signer: str = ""
    signer_position: str = ""
    secrecy: str = ""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Citation(Proposal):
    """One mention of another document; the span is the symbol, `surface_*` from the type word to the date.

    `symbol` is normalised; `as_written` what stands there. `short` marks a mention by number alone;
    where the same text gives the full symbol, `symbol` is that one. `dated_elsewhere` says that the day
    stands at another mention of the same document.
    """

    symbol: str
    as_written: str
    surface_start: int
    surface_end: int
    document_type: str = ""
    type_words: str = ""
    issued_on: date | None = None
    dated_elsewhere: bool = False
    issuer: str = ""
    issuer_code: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class NamedLaw(Proposal):
    """A document cited by its name alone: a law, a congress resolution, one that is asked for.

    `symbol` only where the list of laws knows it; `standing` as in `Mentioned`.
    """

    name: str
    symbol: str = ""
    dated: str = ""
    document_type: str = "law"
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Mentioned(Proposal):
    """A document that the text names, all its mentions in one; the span is that of the first.

    `issuers` are those of a joint document; `standing` is "draft" (a draft is spoken of), "requested" (somebody
    is to hand it in) or "". `issued_on` only where all mentions that tell a day tell the same.
    """

    symbol: str
    name: str
    document_type: str
    issued_on: date | None
    issuers: tuple[str, ...]
    standing: str
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Relation(Span):
    """What this text does to a document it names (`document`: index in `Reading.documents`).

    `kind` is replaces, amends, promulgates, continues, implements, reviews, answers, based_on or cites; the
    span and the `words` are those that say so.
    """

    kind: str
    document: int
    words: str


@dataclass(frozen=True, slots=True)
class Population:
    """Who a target speaks about: the words, and the key of the kind of organisation where they name one.

    `levels` holds `province`, `district`, `commune`; empty means all levels or none stated.
    """

    words: str
    kind: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing each member of the population must do: a measure's key (or ""), the words, how often."""

    measure: str
    words: str
    minimum: int
    every: str = ""


@dataclass(frozen=True, slots=True)
class Target(Proposal):
    """Something to be reached. `value` None means qualitative or a range (`low`, `high`).

    `comparator` is a key: eq, ge, gt, le, lt, approx. `value` stands as written in `unit` (60 triệu đồng is
    60, `amount` 60,000,000). `share` (numerator, denominator) is the part of the population that must fulfil
    every condition. `every` is year, half, quarter, month or "".
    """

    sentence: Span
    title: str
    comparator: str = "eq"
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    amount: Decimal | None = None
    direction: str = ""
    populations: tuple[Population, ...] = ()
    conditions: tuple[Condition, ...] = ()
    share: tuple[Decimal, Decimal] | None = None
    share_stated: bool = False
    every: str = ""
    due_on: date | None = None
    period: Period | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    qualitative: bool = False


@dataclass(frozen=True, slots=True)
class Figure(Proposal):
    """A figure the text states as a fact. An unknown denominator stays None; `subject` is what it is about."""

    sentence: Span
    label: str
    comparator: str = "eq"
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    amount: Decimal | None = None
    direction: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    percent: Decimal | None = None
    period: Period | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Doer:
    """Who leads or supports a task: the words, and as much as they tell.

    `unit` is the register's name where the gazetteer knows it; `kind` the key of the kind of organisation
    ("place" for a place itself); `levels` as in `Population`; `place` the one place it is of (xã Con Cuông),
    empty where all of these levels are meant.
    """

    words: str
    unit: str = ""
    kind: str = ""
    levels: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Task(Proposal):
    """Something that somebody is told to do.

    `due_on` is the last day of what is named (a day, month, quarter, year); `due_words` how the text says it,
    also where that is no day of the calendar ("trong thời hạn 30 ngày"). `regular` is "thường xuyên" or again
    and again (`every`: year, half, quarter, month or ""). `product` and `proof` only where the text names them.
    """

    sentence: Span
    title: str
    leads: tuple[Doer, ...] = ()
    supports: tuple[Doer, ...] = ()
    due_on: date | None = None
    due_words: str = ""
    regular: bool = False
    every: str = ""
    product: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Happening(Proposal):
    """One activity that the text reports as done on one day; `measure` is a key of `MEASURES`.

    `persons`, `attendance` (lượt người) and `opinions` as stated, None where the text does not say or only about;
    `supports` are those it was done together with; `title` is "" where its words tell too little. People who are named are in none of its parts.
    """

    sentence: Span
    title: str
    measure: str
    held_on: date
    lead: Doer
    place: str = ""
    quantity: int = 1
    attendance: int | None = None
    persons: int | None = None
    opinions: int | None = None
    supports: tuple[Doer, ...] = ()


@dataclass(frozen=True, slots=True)
class Part(Span):
    """A part of the document with all that stands in it.

    `kind` is annex, part, chapter, section, subsection, article, heading (I., A.), clause (1.), deep (1.1),
    point (a), item (-) or subitem (+); `number` as written, `parent` the index of the part it stands in, -1
    for none, `depth` how many it stands in.
    """

    kind: str
    number: str
    title: str
    depth: int
    parent: int


@dataclass(frozen=True, slots=True)
class Table(Span):
    """A table: its rows with the span of each cell; the first `headings` rows hold the columns' headings."""

    rows: tuple[tuple[Span, ...], ...]
    headings: int


@dataclass(frozen=True, slots=True)
class Request(Proposal):
    """Something that is asked of somebody, by the text or by somebody whose words it tells.

    `addressees` are whom it is asked of, `addressee` the same in one line; `carried` says where they stand:
    "" right here, `before` (an earlier part of the paragraph), `heading`, `letter` ("Kính gửi"). `requester` as
    the text names it, "" where it is whoever issued the text. `due_on` and `due_words` as in `Task`.
    """

    sentence: Span
    what: str
    addressees: tuple[str, ...] = ()
    addressee: str = ""
    carried: str = ""
    requester: str = ""
    due_on: date | None = None
    due_words: str = ""


@dataclass(frozen=True, slots=True)
class Statement(Proposal):
    """What a text says of how things stand, or what a head concluded.

    `kind` is `conclusion`, `result`, `shortcoming`, `cause` or `lesson`; `by` who concluded, as named.
    """

    kind: str
    words: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A post in full; `shared` says that its organisation is told by the post beside it."""

    position: str
    family: str
    organisation: str = ""
    place: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Person(Proposal):
    """Somebody named in an official role, or a post without a name (`name` ""); `also` is where they stand again."""

    name: str
    honorific: str = ""
    posts: tuple[Post, ...] = ()
    also: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationNamed(Proposal):
    """An organisation, once for all its mentions. `name` writes abbreviations out; `asks` what is left to ask of it.

    `tier` is country, province, district, commune or ""; `unit` the register's name where the gazetteer knows it.
    """

    words: str
    name: str
    kind: str = ""
    tier: str = ""
    place: str = ""
    unit: str = ""
    asks: str = ""
    also: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceNamed(Proposal):
    """A place, once for all its mentions; `tier` is province, district, commune or village."""

    name: str
    tier: str
    unit: str = ""
    also: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Note(Span):
    """Something a person should look at: the text contradicts itself. Never corrected silently."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one text, each list in the order of the text."""

    head: Head = field(default_factory=Head)
    validity: Period | None = None
    citations: tuple[Citation, ...] = ()
    named_laws: tuple[NamedLaw, ...] = ()
    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    tasks: tuple[Task, ...] = ()
    happenings: tuple[Happening, ...] = ()
    requests: tuple[Request, ...] = ()
    conclusions: tuple[Statement, ...] = ()
    assessments: tuple[Statement, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[OrganisationNamed, ...] = ()
    places: tuple[PlaceNamed, ...] = ()
    notes: tuple[Note, ...] = ()
    parts: tuple[Part, ...] = ()
    documents: tuple[Mentioned, ...] = ()
    relations: tuple[Relation, ...] = ()
    in_force: Period | None = None
    norms: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


class ReadingError(Exception):
    """A file that cannot be read; the message is a whole Vietnamese sentence."""
