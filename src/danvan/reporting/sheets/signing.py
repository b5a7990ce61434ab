"""The hidden line of a template: which form, unit and month it was made for, signed so that nobody alters it."""

import hashlib
from dataclasses import dataclass

from django.core import signing

from danvan.reporting.questions import Question, Questions, QuestionSection

BEGINS = "danvan:"  # what the hidden cell begins with
SALT = "reporting.sheets"


class AlteredMarkError(ValueError):
    """The hidden line was changed, or was signed by another installation."""


@dataclass(frozen=True, slots=True)
class SheetMark:
    """What a template was made for. `digest` is of the form's questions as they were then."""

    code: str
    number: int
    unit_id: int
    month: str  # 2026-11
    digest: str


def sign_mark(mark: SheetMark) -> str:
    """The hidden line for a template."""
    said = [mark.code, mark.number, mark.unit_id, mark.month, mark.digest]
    return BEGINS + signing.Signer(salt=SALT).sign_object(said, compress=True)


def read_mark(text: str) -> SheetMark:
    """What a hidden line says; AlteredMarkError where its signature does not hold."""
    try:
        said = signing.Signer(salt=SALT).unsign_object(text.strip().removeprefix(BEGINS))
        return SheetMark(*said)
    except (signing.BadSignature, ValueError, TypeError) as wrong:
        raise AlteredMarkError(text) from wrong


def _cell(part: QuestionSection, one: Question) -> tuple[str, ...]:
    """The names of the row and column of an item that stands in a table."""
    if one.row is None or one.column is None:
        return ()
    return (part.rows[one.row], part.columns[one.column])


def digest_of(questions: Questions) -> str:
    """A form's questions in short: changes with any code, label, kind or order of them."""
    said = [
        (
            part.position, part.title, part.may_be_nil, one.code, one.label, one.number, one.computed,
            *_cell(part, one),
        )
        for part in questions.sections
        for one in part.questions
    ]  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
