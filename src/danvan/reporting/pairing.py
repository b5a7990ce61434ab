"""The questions beside a table in rows: a count of visits (lượt) and of the persons (người) in it stand side by side."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from danvan.reporting.questions import Question

T = TypeVar("T")


def paired(
    questions: Iterable[Question], draw: Callable[[Question], T]
) -> tuple[tuple[T, ...], ...]:
    """What is drawn of each question that stands in no table, row by row."""
    rows: list[tuple[Question, ...]] = []
    for question in questions:
        last = rows[-1] if rows else ()
        if question.in_cell:
            continue
        if len(last) == 1 and _belong_together(last[0], question):
            rows[-1] = (last[0], question)
        else:
            rows.append((question,))
    return tuple(tuple(draw(one) for one in row) for row in rows)


def _belong_together(first: Question, second: Question) -> bool:
    visits, persons = first.unit_label.startswith("lượt"), second.unit_label.startswith("người")
    return first.typed and second.typed and visits and persons and second.part_of == first.code
