"""A form as it is filled in: its sections and questions, with what the indicators say on the month's day."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """One item of a form. `computed`: worked out from other answers, never typed."""

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

    @property
    def typed(self) -> bool:
        """Whether it is a number that people give."""
        return self.number and not self.computed


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """A titled part of a form; `position` counts from 1."""

    position: int
    title: str
    may_be_nil: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """The whole form, in order."""

    sections: tuple[QuestionSection, ...]
    by_code: dict[str, Question] = field(default_factory=dict)

    @classmethod
    def of(cls, sections: tuple[QuestionSection, ...]) -> "Questions":
        """The form made of these sections."""
        return cls(sections, {one.code: one for part in sections for one in part.questions})

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
