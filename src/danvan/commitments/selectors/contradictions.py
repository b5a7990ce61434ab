"""Two who ask the same unit for things that do not go together, side by side for a person to judge. Nothing is decided here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from danvan.commitments.programme_enums import EntryKind
from danvan.commitments.selectors.programme_checks import at_once
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.commitments.models import Commitment
    from danvan.commitments.selectors.calendar import Item

# How much of their words two titles have in common to be shown as one subject: a choice of ours, no rule.
ALIKE = (6, 10)
FEWEST = 3  # words that say anything of a subject


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two items from two givers, and in words why they stand side by side."""

    left: "Item"
    right: "Item"
    why: str

    @property
    def sides(self) -> tuple["Item", "Item"]:
        """Both, in the order of the calendar."""
        return self.left, self.right

    def touches(self, first: date, last: date) -> bool:
        """Whether one of the two falls into these days."""
        return any(one.first <= last and one.last >= first for one in (self.left, self.right))


def contradictions_of(items: Sequence["Item"]) -> list[Contradiction]:
    """Every pair that two different units ask of one unit and that does not go together: other due days for one subject, or one time for two things."""
    work = [one for one in items if one.commitment is not None]
    entries = [
        one for one in items if one.entry is not None and one.entry.kind != EntryKind.DEADLINE
    ]
    return [*_due_days(work), *_days(entries)]


def _due_days(work: Sequence["Item"]) -> Iterator[Contradiction]:
    words = {id(one): words_of(one.title) for one in work}
    for one, two in combinations(work, 2):
        left, right = one.commitment, two.commitment
        if left is None or right is None or one.unit_id == two.unit_id or one.first == two.first:
            continue
        if not one.concerns & two.concerns or not _overlap(left, right):
            continue
        if left.topic_id is not None and left.topic_id == right.topic_id:
            subject = "cùng lĩnh vực"
        elif alike(words[id(one)], words[id(two)]):
            subject = "nội dung gần giống nhau"
        else:
            continue
        days = f"hạn {format_date(one.first)} và {format_date(two.first)}"
        yield Contradiction(one, two, f"Hai nơi giao, {subject}, {days}.")


def _days(entries: Sequence["Item"]) -> Iterator[Contradiction]:
    for one, two in combinations(entries, 2):
        left, right = one.entry, two.entry
        if left is None or right is None or one.unit_id == two.unit_id:
            continue
        if not one.concerns & two.concerns or not at_once(left, right):
            continue
        day = format_date(max(one.first, two.first))
        yield Contradiction(one, two, f"Hai nơi cùng có việc ngày {day}, trùng thời gian.")


def _overlap(one: "Commitment", two: "Commitment") -> bool:
    """Whether both run at some time."""
    return bool(one.assigned_on <= two.ordered_by and two.assigned_on <= one.ordered_by)


def words_of(title: str) -> frozenset[str]:
    """The words of a title, tones aside; figures count."""
    return frozenset("".join(x if x.isalnum() else " " for x in fold(title)).split())


def alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two titles have so many words in common that they may be of one subject."""
    if min(len(one), len(two)) < FEWEST:
        return False
    share, of = ALIKE
    return len(one & two) * of >= len(one | two) * share
