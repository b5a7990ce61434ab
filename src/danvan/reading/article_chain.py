"""Which of the lines that begin like an article are the document's own: the longest chain of rising numbers.

Quoted articles of another law ("Bổ sung Điều 19a"), references that a line break brought to the front of a
line ("Điều 9. Luật Tiếp công dân ...") and forms in the annex begin like articles too; they break the count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_LARGEST = 1_000
# A step of at most so many numbers is a scan that lost an article; a longer one must be worth it.
_SMALL_STEP = 3
_NEXT, _NEAR, _FAR = 10, 8, 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where an article may begin: its number and letter (19a: 19, "a")."""

    start: int
    end: int
    number: int
    letter: str


class _Best:
    """The best score of a chain that ends in a number up to n; both steps take log(n)."""

    def __init__(self) -> None:
        self._tree: list[tuple[int, int]] = [(0, -1)] * (_LARGEST + 1)

    def add(self, number: int, score: int, at: int) -> None:
        while number <= _LARGEST:
            if score > self._tree[number][0]:
                self._tree[number] = (score, at)
            number += number & -number

    def up_to(self, number: int) -> tuple[int, int]:
        best = (0, -1)
        while number > 0:
            if self._tree[number][0] > best[0]:
                best = self._tree[number]
            number -= number & -number
        return best


def own_articles(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The document's own articles in order; a decision and the regulation it promulgates are two chains."""
    found: list[Candidate] = []
    for run in _runs([one for one in candidates if 0 < one.number <= _LARGEST]):
        found += _chain(run)
    return found


def _runs(candidates: list[Candidate]) -> list[list[Candidate]]:
    """Cut where the count begins anew: an article 1 with an article 2 next."""
    runs: list[list[Candidate]] = [[]]
    for at, one in enumerate(candidates):
        following = candidates[at + 1].number if at + 1 < len(candidates) else 0
        anew = (one.number, following) == (1, 2)
        if anew and runs[-1]:
            runs.append([])
        runs[-1].append(one)
    return runs


def _chain(run: list[Candidate]) -> list[Candidate]:
    best = _Best()
    near: dict[int, tuple[int, int, str]] = {}  # number -> score, index, letter of the best chain
    before: list[int] = []
    top = (0, -1)
    for at, one in enumerate(run):
        far, previous = best.up_to(one.number - 1)
        score = far + _FAR if far else _NEXT
        for number in range(one.number - _SMALL_STEP, one.number + 1):
            known = near.get(number)
            if not known or (number == one.number and known[2] >= one.letter):
                continue
            worth = known[0] + (_NEXT if number >= one.number - 1 else _NEAR)
            if worth > score:
                score, previous = worth, known[1]
        before.append(previous)
        known = near.get(one.number)
        if known is None or score > known[0]:
            near[one.number] = (score, at, one.letter)
            best.add(one.number, score, at)
        if score > top[0]:
            top = (score, at)
    chain: list[Candidate] = []
    at = top[1]
    while at >= 0:
        chain.append(run[at])
        at = before[at]
    return chain[::-1]
