"""What the headings and labels of a sheet mean, with or without tones, numbers before them, notes behind them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from danvan.foundation.sheet import heading_key
from danvan.reporting.questions import Question, Questions
from danvan.vietnamese.text import fold

CODE, LABEL, UNIT = "Mã", "Nội dung", "Đơn vị tính"
BEFORE, COUNTED, ANSWER, NOTE = "Tháng trước", "Đếm từ hồ sơ", "Số liệu", "Ghi chú"
HEADINGS = (CODE, LABEL, UNIT, BEFORE, COUNTED, ANSWER, NOTE)
NO_CASES = "Không phát sinh thì ghi x"
ANSWERS = frozenset(
    {
        "so lieu", "ket qua", "ket qua thuc hien", "so luong", "tra loi", "thuc hien", "gia tri",
        "trong ky", "trong thang", "thang nay", "so lieu trong ky", "so lieu trong thang",
        "so lieu thang nay", "thuc hien trong ky", "thuc hien trong thang", "ket qua trong ky",
        "ket qua trong thang", "so thuc hien", "phat sinh trong ky",
    }
)  # fmt: skip
NOTES = frozenset({"ghi chu"})
_NUMBERED = re.compile(r"^(?:[-+*•–]+|\(?\d{1,2}(?:\.\d{1,2})*[.)]?|[a-z][.)]|[ivx]{1,5}[.)])\s+")
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")


def means_answer(text: str) -> bool:
    """Whether this is the heading of the column with the answers."""
    return bool(text) and heading_key(text) in ANSWERS


def means_note(text: str) -> bool:
    """Whether this is the heading of the column with notes."""
    return bool(text) and heading_key(text) in NOTES


@lru_cache(maxsize=4096)  # the workbooks of a month say the same words
def keys_of(text: str) -> tuple[str, ...]:
    """How a label may be written elsewhere: as it stands, without its number, without a note in brackets."""
    whole = " ".join(fold(text).split()).strip(" :.;*")
    unnumbered = _NUMBERED.sub("", whole)
    shorter = (whole, unnumbered, _BRACKETED.sub("", whole), _BRACKETED.sub("", unnumbered))
    return tuple(key for key in dict.fromkeys(one.strip(" :.;*") for one in shorter) if key)


class Labels:
    """The items and sections of a form by all that may name them in a sheet."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._codes = {code.casefold(): code for code in questions.by_code}
        self._labels: dict[str, list[str]] = {}
        for code, question in questions.by_code.items():
            for key in keys_of(question.label):
                self._labels.setdefault(key, []).append(code)
        self._sections: dict[str, int] = {}
        for part in questions.sections:
            self._sections |= dict.fromkeys(keys_of(part.title), part.position)
        self._numbered = {f"muc {part.position}": part.position for part in questions.sections}

    def by_code(self, texts: Iterable[str]) -> str | None:
        """The item whose code stands in one of these cells."""
        found = (self._codes.get(text.casefold()) for text in texts)
        return next((code for code in found if code), None)

    def by_label(self, texts: Iterable[str]) -> list[str]:
        """The items that one of these cells names: none, the one, or all that bear that name."""
        for text in texts:
            for key in keys_of(text):
                if key in self._labels:
                    return list(dict.fromkeys(self._labels[key]))
        return []

    def numbered(self, texts: Iterable[str]) -> int | None:
        """The section that one of these cells names by its number, as our templates do: Mục 2."""
        found = (self._numbered.get(key) for text in texts for key in keys_of(text))
        return next((position for position in found if position), None)

    def section(self, texts: Iterable[str]) -> int | None:
        """The section that one of these cells names by its title."""
        found = (self._sections.get(key) for text in texts for key in keys_of(text))
        return next((position for position in found if position), None)

    def within(self, codes: Iterable[str], section: int | None) -> list[str]:
        """Those of these items that belong to a section."""
        here = self._questions.codes_in(frozenset({section})) if section else frozenset()
        return [code for code in codes if code in here]

    def question(self, code: str) -> Question:
        """The item with this code."""
        return self._questions.by_code[code]
