"""A form as it is filled in: its sections and questions, with what the indicators say on the month's day."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from danvan.reporting.applying import applies
from danvan.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale, as it is offered and answered."""

    id: int
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """One item of a form. `computed`: worked out from other answers, never typed.

    One that is answered by a step of a scale is words, of which only the names of its `steps` are taken.
    """

    code: str
    label: str
    help: str = ""
    number: bool = True
    required: bool = True
    part_of: str = ""  # code of the item it cannot exceed
    divided: bool = False  # its parts together make it up
    indicator_id: int = 0
    indicator_code: str = ""
    unit_label: str = ""
    places: int = 0
    computed: bool = False
    percent: bool = True  # of a ratio: told in percent
    formula: Any = None
    numerator_id: int | None = None
    denominator_id: int | None = None
    summed: bool = False  # what happened in each month adds up over the year
    kinds: tuple[str, ...] = ()  # of units that are asked; all where there are none
    row: int | None = None  # the cell of its section's table, counted from 0
    column: int | None = None
    pattern: str = ""  # of words: what they begin with, naming figures (see `narrating`)
    carried: bool = False  # of words: those of the month before are offered
    steps: tuple[Step, ...] = ()  # of a qualitative indicator, the best first

    @property
    def in_cell(self) -> bool:
        """Whether it stands in the table of its section."""
        return self.row is not None and self.column is not None

    @property
    def why(self) -> str:
        """The code of the question that asks why a step was chosen."""
        return f"{self.code}--loi"

    def step_named(self, words: str) -> Step | None:
        """The step that an answer names, however its marks and capitals are written."""
        wanted = fold(words).strip(" .")
        return next((one for one in self.steps if fold(one.name) == wanted), None)

    @property
    def typed(self) -> bool:
        """Whether it is a number that people give."""
        return self.number and not self.computed


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """A titled part of a form; `position` counts from 1. A table has the labels of its `rows` and `columns`."""

    position: int
    title: str
    may_be_nil: bool
    questions: tuple[Question, ...]
    kinds: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def asked_of(self, kind: str) -> "QuestionSection":
        """What of it is asked of units of one kind."""
        if not applies(self.kinds, kind):
            return replace(self, questions=())
        asked = tuple(one for one in self.questions if applies(one.kinds, kind))
        return self if len(asked) == len(self.questions) else replace(self, questions=asked)


@dataclass(frozen=True, slots=True)
class Questions:
    """The whole form, in order."""

    sections: tuple[QuestionSection, ...]
    by_code: dict[str, Question] = field(default_factory=dict)

    @classmethod
    def of(cls, sections: tuple[QuestionSection, ...]) -> "Questions":
        """The form made of these sections."""
        return cls(sections, {one.code: one for part in sections for one in part.questions})

    def asked_of(self, kind: str) -> "Questions":
        """What of the form is asked of units of one kind. A whole of which a part is not asked may leave a rest."""
        parts = [part.asked_of(kind) for part in self.sections]
        asked = {one.code for part in parts for one in part.questions}
        if len(asked) == len(self.by_code):
            return self
        torn = {one.part_of for code, one in self.by_code.items() if code not in asked}
        return Questions.of(tuple(_with_rest(part, torn) for part in parts if part.questions))

    @property
    def nil_positions(self) -> frozenset[int]:
        """The sections that may be said to be "không phát sinh"."""
        return frozenset(part.position for part in self.sections if part.may_be_nil)

    def codes_in(self, positions: frozenset[int]) -> frozenset[str]:
        """The items of these sections."""
        return frozenset(
            one.code
            for part in self.sections
            if part.position in positions
            for one in part.questions
        )


def _with_rest(part: QuestionSection, torn: Collection[str]) -> QuestionSection:
    """A section in which these items may leave a rest beside their parts."""
    if not any(one.code in torn for one in part.questions):
        return part
    return replace(
        part,
        questions=tuple(
            replace(one, divided=False) if one.code in torn else one for one in part.questions
        ),
    )
