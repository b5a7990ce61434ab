"""One dialogue with all that its page and its papers show."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from danvan.accounts.selectors import reaches
from danvan.commitments.enums import UNDONE
from danvan.commitments.enums import State as Work
from danvan.commitments.selectors import commitments_by_source, in_their_place, own_units
from danvan.commitments.selectors.series import SeriesLine, series_lines, series_of_turns
from danvan.dialogues.enums import Crowd, State, Way
from danvan.dialogues.models import Dialogue, DialogueConclusion, DialogueOpinion, DialogueStep
from danvan.dialogues.selectors.few import Tallied, tallied
from danvan.dialogues.selectors.reading import SOURCE, carried_again
from danvan.dialogues.selectors.rules import Check, checks_of
from danvan.foundation import clock
from danvan.organisations.selectors import last_names, names_on
from danvan.reading.layout import find_sentences
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment

STAGES = ("Thông báo", "Nhận câu hỏi", "Đối thoại", "Kết luận thành việc", "Theo dõi, trả lời")
ASKING = 1  # the stage that a dialogue may go without: nobody opened it to questions
# How many stages are behind in each state.
BEHIND: dict[str, int] = {
    State.PLANNED: 0,
    State.ANNOUNCED: 1,
    State.HELD: 3,
    State.CONCLUDED: 4,
    State.CLOSED: 5,
    State.CANCELLED: 0,
}


# Who has this has nothing to do for a conclusion.
NOBODYS = (Work.DECLINED, Work.SUPERSEDED, Work.WITHDRAWN)
OPEN_AGAIN = (*UNDONE, Work.CLAIMED)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the head's text; `number` is that of the conclusion it is, 0 for what is none yet."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Loose:
    """A sentence that is not made a conclusion."""

    start: int
    words: str


@dataclass(frozen=True, slots=True)
class Given:
    """One commitment beside its conclusion: who leads, the facts of each party, and of which series it is a turn."""

    commitment: "Commitment"
    lead: str
    series_id: int | None = None


@dataclass(frozen=True, slots=True)
class ConclusionLine:
    """One conclusion by its number in the text, with what was given for it, and of what comes back the series."""

    number: int
    row: DialogueConclusion
    given: list[Given]
    again: list[SeriesLine] = field(default_factory=list)

    @property
    def owned(self) -> bool:
        """Whether somebody carries it out."""
        return bool(self.again) or any(one.commitment.state not in NOBODYS for one in self.given)

    @property
    def once(self) -> list[Given]:
        """What was given for it, without the turns of what stands beside it as a series."""
        listed = {line.series.pk for line in self.again}
        return [one for one in self.given if one.series_id not in listed]

    @property
    def leads(self) -> list[str]:
        """Who carries it out, each once."""
        leads = [*(line.lead for line in self.again), *(one.lead for one in self.given)]
        return list(dict.fromkeys(leads))


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """One row of the table of the minutes. It never holds a name."""

    row: DialogueOpinion
    unit_name: str
    conclusion: ConclusionLine | None

    @property
    def due(self) -> list[Any]:
        """The days by which it is to be settled: of the unit it was given to, or of the commitments."""
        if self.row.due_on is not None or self.conclusion is None:
            return [self.row.due_on] if self.row.due_on else []
        given = [one.commitment for one in self.conclusion.given]
        days = {one.due_on for one in given if one.due_on and one.state != Work.SUPERSEDED}
        coming = (line.series.next_on for line in self.conclusion.again)
        return sorted(days or {day for day in coming if day})


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way as shown."""

    label: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What the page of one dialogue and its papers show."""

    dialogue: Dialogue
    unit_name: str
    co_host_name: str
    attendance: list[tuple[str, int]]
    ratings: Tallied | None
    opinions: list[OpinionLine]
    conclusions: list[ConclusionLine]
    pieces: list[Piece]
    loose: list[Loose]
    no_work: list[Loose]
    checks: list[Check]
    steps: list[DialogueStep]
    may_hold: bool
    handles: bool

    @property
    def day_has_come(self) -> bool:
        """Whether what came of it may be written down yet."""
        return self.dialogue.held_on <= clock.today()

    @property
    def people(self) -> int:
        """How many came in all."""
        return sum(number for _, number in self.attendance)

    @property
    def unowned(self) -> list[ConclusionLine]:
        """The conclusions that nobody owns."""
        return [one for one in self.conclusions if not one.owned]

    @property
    def again(self) -> list["Commitment"]:
        """Of a dialogue that is closed: the work that is open again, because somebody said that it is not done.

        Turns of what comes back are open until their day, and open again only where somebody said so.
        """
        if self.dialogue.state != State.CLOSED:
            return []
        given = {one.commitment.pk: one for line in self.conclusions for one in line.given}
        return [
            one.commitment
            for one in given.values()
            if one.commitment.state in OPEN_AGAIN
            and (one.commitment.disputed_on or (one.commitment.due_on and one.series_id is None))
        ]

    @property
    def stages(self) -> list[Stage]:
        """The way of a dialogue, and where this one stands."""
        behind = BEHIND[self.dialogue.state] - bool(self.again)
        ended = self.dialogue.state == State.CANCELLED
        return [
            Stage(
                label,
                place < behind and (place != ASKING or self.dialogue.asks_until is not None),
                place == behind and not ended,
            )
            for place, label in enumerate(STAGES)
        ]

    @property
    def sum_words(self) -> str:
        """The opinions by what became of them: 21 = 12 trả lời tại chỗ + 7 giao đơn vị + 2 chuyển cấp trên."""
        labels = {
            Way.ANSWERED: "trả lời tại chỗ",
            Way.GIVEN: "giao đơn vị",
            Way.ABOVE: "chuyển cấp trên",
            Way.OPEN: "chưa có hướng xử lý",
        }
        numbers = {way: sum(one.row.way == way for one in self.opinions) for way in labels}
        parts = [f"{format_number(n)} {labels[way]}" for way, n in numbers.items() if n]
        return f"{format_number(len(self.opinions))} = {' + '.join(parts)}" if parts else ""


def card_of(user: "User", dialogue: Dialogue) -> Card:
    """What the page of one dialogue shows; a fixed number of queries.

    `handles`: the reader is of the host unit itself and may hold dialogues there; only they read names.
    """
    conclusions = list(dialogue.conclusions.order_by("start"))
    opinions = list(dialogue.opinions.order_by("place"))
    given = _given_for(conclusions)
    again = _again_for(conclusions)
    turns = series_of_turns(one.pk for some in given.values() for one in some)
    units = {dialogue.unit_id, *(one.unit_id for one in opinions if one.unit_id)}
    names = names_on(units | {dialogue.co_host_id or 0}, dialogue.held_on)
    now = last_names(
        {*units, *(one.lead_id for some in given.values() for one in some)}, clock.today()
    )
    lines = [
        ConclusionLine(
            number,
            row,
            [
                Given(one, now.get(one.lead_id, ""), turns.get(one.pk))
                for one in given.get(row.pk, ())
            ],
            again.get(row.pk, []),
        )
        for number, row in enumerate(conclusions, start=1)
    ]
    by_id = {one.row.pk: one for one in lines}
    may_hold = reaches(user, "dialogues.hold", dialogue.unit_id)
    rated = dict(dialogue.ratings.values_list("grade", "number"))
    return Card(
        dialogue=dialogue,
        unit_name=names.get(dialogue.unit_id) or now.get(dialogue.unit_id, ""),
        co_host_name=names.get(dialogue.co_host_id or 0, ""),
        attendance=[(Crowd(one.crowd).label, one.number) for one in dialogue.attendance.all()],
        ratings=tallied(rated, on=clock.today()) if rated else None,
        opinions=[
            OpinionLine(one, now.get(one.unit_id or 0, ""), by_id.get(one.conclusion_id or 0))
            for one in opinions
        ],
        conclusions=lines,
        pieces=_pieces(dialogue.conclusion, lines),
        loose=undecided(dialogue, conclusions),
        no_work=said_no_work(dialogue),
        checks=checks_of(dialogue, opinions, unowned=sum(not one.owned for one in lines)),
        steps=list(dialogue.steps.select_related("by")),
        may_hold=may_hold,
        handles=may_hold and dialogue.unit_id in own_units(user),
    )


def _given_for(conclusions: Iterable[DialogueConclusion]) -> dict[int, list["Commitment"]]:
    """What was given for each conclusion, and after what was superseded the commitment in its place."""
    rows = list(commitments_by_source(SOURCE, [one.pk for one in conclusions]))
    now = in_their_place(rows)
    found: dict[int, list[Commitment]] = {}
    for one in rows:
        here = found.setdefault(one.source_id or 0, [])
        here += [row for row in dict.fromkeys((one, now[one.pk])) if row not in here]
    return found


def _again_for(conclusions: Iterable[DialogueConclusion]) -> dict[int, list[SeriesLine]]:
    """What comes back of each conclusion, with its turns."""
    found = carried_again([one.pk for one in conclusions])
    every = [one for some in found.values() for one in some]
    if not every:
        return {}
    lines = {line.series.pk: line for line in series_lines(every, on=clock.today())}
    return {pk: [lines[one.pk] for one in some] for pk, some in found.items()}


def _pieces(text: str, lines: Iterable[ConclusionLine]) -> list[Piece]:
    """The text cut where a conclusion begins and ends; together the pieces are the text."""
    found, at = [], 0
    for one in lines:
        found += [
            Piece(text[at : one.row.start], 0),
            Piece(text[one.row.start : one.row.end], one.number),
        ]
        at = one.row.end
    return [piece for piece in [*found, Piece(text[at:], 0)] if piece.words]


def sentences_of(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of the head's text, in order, without blanks at their ends."""
    low = text.lower()
    found = find_sentences(text, low if len(low) == len(text) else text)
    spans = []
    for one in found:
        words = text[one.start : one.end]
        start = one.start + len(words) - len(words.lstrip())
        if words.strip():
            spans.append((start, start + len(words.strip())))
    return spans


def undecided(dialogue: Dialogue, conclusions: Iterable[DialogueConclusion]) -> list[Loose]:
    """The sentences that are neither taken as work nor said to be none; what only leads in (“tôi kết luận:”) is neither."""
    return [
        one
        for one in loose_sentences(dialogue.conclusion, conclusions)
        if one.start not in dialogue.no_work and not one.words.endswith(":")
    ]


def said_no_work(dialogue: Dialogue) -> list[Loose]:
    """The sentences of which somebody said that they are no work."""
    every = loose_sentences(dialogue.conclusion, ())
    return [one for one in every if one.start in dialogue.no_work]


def loose_sentences(text: str, conclusions: Iterable[DialogueConclusion]) -> list[Loose]:
    """The sentences of the text that touch no conclusion."""
    taken = [(one.start, one.end) for one in conclusions]
    return [
        Loose(start, text[start:end])
        for start, end in sentences_of(text)
        if not any(start < last and first < end for first, last in taken)
    ]
