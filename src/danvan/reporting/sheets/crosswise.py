"""Tables of a form as they stand in a sheet: a line with the columns' names, below it a line for each row.

A cell is found by the names of its row and column, wherever these stand. Where two tables have the same names, the
title of the section above says which is meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from danvan.reporting.questions import Question, Questions, QuestionSection
from danvan.reporting.sheets.cells import RawCell
from danvan.reporting.sheets.grids import Grid
from danvan.reporting.sheets.headings import Labels, keys_of

ENOUGH = 2  # names of columns in one line that make it the head of a table


@dataclass(frozen=True, slots=True)
class Crossing:
    """One question where its row and column cross; `cell` is None where nothing stands there."""

    question: Question
    address: str
    cell: RawCell | None


@dataclass(slots=True)
class Crosswise:
    """What of a sheet belongs to tables: their cells, the lines they take, lines with figures that are no row."""

    crossings: list[Crossing] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    strange: list[tuple[str, RawCell]] = field(default_factory=list)
    unclear: list[tuple[str, RawCell]] = field(default_factory=list)  # rows that two tables have
    doubled: list[tuple[str, RawCell, str]] = field(
        default_factory=list
    )  # columns named twice in a line, and where


def crosswise(grid: Grid, questions: Questions, labels: Labels) -> Crosswise:
    """The tables of a form in a sheet."""
    forms = [_Form(part) for part in questions.sections if part.rows]
    forms = [form for form in forms if form.questions]
    found = Crosswise()
    section: int | None = None
    heads: list[_Head] = []
    for row in sorted(grid.rows) if forms else ():
        texts = {at: cell.text for at, cell in sorted(grid.rows[row].items()) if cell.text}
        here = labels.numbered(texts.values()) or labels.section(texts.values())
        if here is not None and here != section:
            section, heads = here, []
        if begun := _heads(forms, texts, section):
            heads = begun
            found.lines.add(row)
        elif twice := _named_twice(forms, texts, section):
            heads = []
            found.lines.add(row)
            found.doubled += [
                (texts[at], grid.rows[row][at], f"{get_column_letter(before)}{row}")
                for before, at in twice
            ]
        elif heads:
            _read_line(found, grid, row, heads, texts, labels)
    return found


class _Form:
    """A table of the form, by the names of its rows and columns."""

    def __init__(self, part: QuestionSection) -> None:
        self.position = part.position
        self.questions = {(one.row, one.column): one for one in part.questions if one.in_cell}
        asked_rows = {row for row, _ in self.questions}
        asked_columns = {column for _, column in self.questions}
        self.rows = _by_name(part.rows, asked_rows)
        self.columns = _by_name(part.columns, asked_columns)
        self.enough = min(ENOUGH, len(asked_columns))


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the columns of a table stand in the sheet."""

    form: _Form
    columns: dict[int, int]  # of the sheet: of the table


def _by_name(names: Iterable[str], asked: set[int | None]) -> dict[str, int]:
    """Which of the rows or columns a name means; a short form that two of them share means neither."""
    exact: dict[str, int] = {}
    short: dict[str, set[int]] = {}
    for place, name in enumerate(names):
        if place in asked:
            first, *others = keys_of(name) or ("",)
            exact.setdefault(first, place)
            for key in others:
                short.setdefault(key, set()).add(place)
    return {key: min(those) for key, those in short.items() if len(those) == 1} | exact


def _meant(names: dict[str, int], text: str) -> int | None:
    return next((names[key] for key in keys_of(text) if key in names), None)


def _heads(forms: list[_Form], texts: dict[int, str], section: int | None) -> list[_Head]:
    """The tables whose columns are named in a line: that of the section, else all that it may be."""
    found = []
    for form in forms:
        columns = {
            at: place
            for at, text in texts.items()
            if (place := _meant(form.columns, text)) is not None
        }
        if len(set(columns.values())) >= form.enough and len(columns) == len(set(columns.values())):
            found.append(_Head(form, columns))
    here = [head for head in found if head.form.position == section]
    if here:
        return here
    most = max((len(head.columns) for head in found), default=0)
    return [head for head in found if len(head.columns) == most]


def _named_twice(
    forms: list[_Form], texts: dict[int, str], section: int | None
) -> list[tuple[int, int]]:
    """Columns of the table of a section that a line names more than once: where first, and where again."""
    for form in forms:
        first: dict[int, int] = {}
        twice = []
        for at, text in texts.items():
            place = _meant(form.columns, text)
            if place is not None and first.setdefault(place, at) != at:
                twice.append((first[place], at))
        if twice and form.position == section and len(first) >= form.enough:
            return twice
    return []


def _read_line(
    found: Crosswise,
    grid: Grid,
    row: int,
    heads: list[_Head],
    texts: dict[int, str],
    labels: Labels,
) -> None:
    named = []
    for head in heads:
        outside = [text for at, text in texts.items() if at not in head.columns]
        places = [place for text in outside if (place := _meant(head.form.rows, text)) is not None]
        if places:
            named.append((head, places[0]))
    if len(named) == 1:
        head, place = named[0]
        found.lines.add(row)
        for at, column in head.columns.items():
            question = head.form.questions.get((place, column))
            if question is not None and not question.computed:
                address = f"{get_column_letter(at)}{row}"
                found.crossings.append(Crossing(question, address, grid.at(row, at)))
        return
    if labels.by_code(texts.values()) or labels.by_label(texts.values()):
        return
    figures = [
        cell for at in heads[0].columns if (cell := grid.at(row, at)) is not None and _counts(cell)
    ]
    title = next((text for at, text in texts.items() if at not in heads[0].columns), "")
    if figures and title:
        found.lines.add(row)
        (found.unclear if named else found.strange).append((title, figures[0]))


def _counts(cell: RawCell) -> bool:
    return isinstance(cell.value, int | float) or cell.text[:1].isdigit() or cell.error
