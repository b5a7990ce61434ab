"""Blocks of texts that are probably alike, for more texts than are compared one by one: 256 bytes a text.

The smallest of many random hashes over runs of five letters are equal as often as the runs are shared; texts of which one
group of three is equal stand in one block. Who finds a block still compares its texts.
"""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from danvan.petitions.selectors.likeness import WIDTH, Features, features_of, weights_by, words_in

Array = np.ndarray[Any, Any]
GROUPS, EACH = 32, 3
RUN = 5
LEAST_TAIL = 256
_drawn = np.random.default_rng(20260701)
_TIMES = _drawn.integers(1, 1 << 63, GROUPS * EACH, np.uint64) * np.uint64(2) + np.uint64(1)
_PLUS = _drawn.integers(0, 1 << 63, GROUPS * EACH, np.uint64)
_MIX = _drawn.integers(1, 1 << 63, EACH, np.uint64) * np.uint64(2) + np.uint64(1)


def signature_of(text: str) -> Array:
    """One number for each group of the smallest hashes over the runs of five letters, words parted by one space."""
    plain = " ".join(words_in(text)).encode()
    runs = {plain[at : at + RUN] for at in range(max(len(plain) - RUN + 1, 1))}
    hashes = np.fromiter((zlib.crc32(one) for one in runs), np.uint64, len(runs))
    smallest = ((hashes[:, None] * _TIMES + _PLUS) >> np.uint64(32)).min(axis=0)
    mixed = (smallest.reshape(GROUPS, EACH) * _MIX).sum(axis=1, dtype=np.uint64)
    groups: Array = (mixed >> np.uint64(32)).astype(np.uint32)
    return groups


class Blocks:
    """Texts by the groups of their signatures, and how many texts have each word, so that whoever compares can weigh."""

    def __init__(self) -> None:
        self.ids: Array = np.empty(0, np.int64)
        self.sorted: Array = np.empty((GROUPS, 0), np.uint32)
        self.order: Array = np.empty((GROUPS, 0), np.int32)
        self.each: Array = np.zeros(WIDTH, np.int32)
        self.tail: list[tuple[int, Array]] = []

    def __len__(self) -> int:
        return len(self.ids) + len(self.tail)

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        kept = (self.ids, self.sorted, self.order, self.each)
        return sum(one.nbytes for one in kept) + sum(one.nbytes for _, one in self.tail)

    @property
    def weights(self) -> Array:
        """How much each word weighs."""
        return weights_by(self.each, len(self))

    def weights_without(self, own: Features) -> Array:
        """The same as they would be without a text that was taken in."""
        each = self.each.copy()
        each[own.columns] = (each[own.columns] - 1).clip(0)
        return weights_by(each, len(self))

    def add(self, texts: Sequence[tuple[int, str]]) -> None:
        """Take these in, each under its id."""
        for pk, text in texts:
            self.tail.append((pk, signature_of(text)))
            self.each[features_of(text).columns] += 1
        if len(self.tail) > max(LEAST_TAIL, len(self.ids) // 10):
            self._lay_in()

    def near(self, text: str, *, most: int) -> list[int]:
        """The ids of the texts that share a block with this one, those that share most blocks first."""
        asked = signature_of(text)
        shared: dict[int, int] = {}
        for group in range(GROUPS):
            first, last = (
                int(np.searchsorted(self.sorted[group], asked[group], side=side))
                for side in ("left", "right")
            )
            for row in self.order[group, first:last].tolist():
                pk = int(self.ids[row])
                shared[pk] = shared.get(pk, 0) + 1
        for pk, signature in self.tail:
            if equal := int((signature == asked).sum()):
                shared[pk] = equal
        return sorted(shared, key=lambda pk: (-shared[pk], pk))[:most]

    def _lay_in(self) -> None:
        new = np.stack([one for _, one in self.tail], axis=1)
        signatures = np.empty_like(self.sorted)
        np.put_along_axis(signatures, self.order, self.sorted, axis=1)
        signatures = np.concatenate([signatures, new], axis=1)
        self.order = np.argsort(signatures, axis=1, kind="stable").astype(np.int32)
        self.sorted = np.take_along_axis(signatures, self.order, axis=1)
        self.ids = np.concatenate([self.ids, np.array([pk for pk, _ in self.tail], np.int64)])
        self.tail = []
