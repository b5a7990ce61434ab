"""How alike texts are, without tones: words and pairs of words weighed by how rare they are, in arrays of one process."""

import math
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from danvan.vietnamese.text import fold

Array = np.ndarray[Any, Any]
WIDTH = (
    1 << 20
)  # places for words and pairs; two that share one cost a little precision, never recall
MOST_WORDS = 600  # of a longer text the beginning tells what it is about
COMMON = 0.3  # what stands in more than this share of all texts tells nothing apart
FEW = 200  # among fewer texts nothing is common yet
LEAST_TAIL = 256
_NO_ROWS, _NO_VALUES = np.empty(0, np.int32), np.empty(0, np.float32)
_LEAST_SQUARE = 1e-3  # of a text that says nothing but what the other says alone
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Features:
    """What a text is compared by: the places of its words and pairs, and how often each stands there."""

    columns: Array
    times: Array


def words_in(text: str) -> list[str]:
    """The words of a text without tones and case, as many as are compared."""
    return _WORD.findall(fold(text))[:MOST_WORDS]


def features_of(text: str) -> Features:
    """Words and pairs of neighbours, each as one of `WIDTH` places."""
    words = words_in(text)
    pairs = (f"{one} {two}" for one, two in pairwise(words))
    counted = Counter(zlib.crc32(one.encode()) % WIDTH for one in (*words, *pairs))
    columns = np.fromiter(counted, np.int32, len(counted))
    times = np.fromiter((min(one, 255) for one in counted.values()), np.uint8, len(counted))
    return Features(columns, times)


def weights_by(columns_of: Array, texts: int) -> Array:
    """How much each place weighs, from the number of texts that have it (`columns_of`).

    What no text has, as a mistyped word, weighs nothing: it would make a question unlike everything.
    """
    weights = np.log((1 + texts) / (1 + columns_of.astype(np.float32))) + 1
    weights[columns_of == 0] = 0
    if texts >= FEW:
        weights[columns_of > COMMON * texts] = 0
    return weights.astype(np.float32)


def weighed(features: Features, weights: Array) -> Array:
    """The features as a vector of length one; all zero where nothing weighs."""
    vector = (1 + np.log(features.times.astype(np.float32))) * weights[features.columns]
    length = math.sqrt(float(vector @ vector))
    return vector / length if length else vector


def alike(one: Features, others: Sequence[Features], weights: Array) -> list[float]:
    """How alike one text is to each of these: the cosine, from 0 to 1."""
    there = np.zeros(WIDTH, np.float32)
    there[one.columns] = weighed(one, weights)
    return [float(weighed(other, weights) @ there[other.columns]) for other in others]


class Scan:
    """Every text compared with the one that is asked about. Five bytes a word: about 0.9 kB for a page of a petition.

    What is new waits in a tail and is laid into the sorted columns when the tail has grown to a tenth.
    """

    def __init__(self) -> None:
        self.ids: Array = np.empty(0, np.int64)
        self.starts: Array = np.zeros(WIDTH + 1, np.int64)
        self.rows: Array = np.empty(0, np.int32)
        self.times: Array = np.empty(0, np.uint8)
        self.lengths: Array = np.empty(0, np.float32)
        self.weights: Array = weights_by(np.zeros(WIDTH, np.int64), 0)
        self.tail: list[tuple[int, Features]] = []

    def __len__(self) -> int:
        return len(self.ids) + len(self.tail)

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        kept = (self.ids, self.starts, self.rows, self.times, self.lengths, self.weights)
        return sum(one.nbytes for one in kept) + sum(
            one.columns.nbytes + one.times.nbytes for _, one in self.tail
        )

    def add(self, texts: Sequence[tuple[int, str]]) -> None:
        """Take these in, each under its id."""
        self.tail += [(pk, features_of(text)) for pk, text in texts]
        if len(self.tail) > max(LEAST_TAIL, len(self.ids) // 10):
            self._lay_in()

    def nearest(
        self, text: str, *, least: float, most: int, apart_from: int | None = None
    ) -> list[tuple[int, float]]:
        """The ids of the texts most alike, with how alike, the most alike first.

        `apart_from` is the text itself, where it was taken in: all is weighed as before it was, so that what only it says
        does not make it unlike the others.
        """
        asked = features_of(text)
        if self.tail and len(self.ids) < LEAST_TAIL:
            self._lay_in()
        weights = self.weights
        if apart_from is not None and (self.ids == apart_from).any():
            weights = self._weights_without(asked)
        scores = self._laid(asked, weights)
        chosen = np.flatnonzero(scores >= least)
        found = list(zip(self.ids[chosen].tolist(), scores[chosen].tolist(), strict=True))
        near = alike(asked, [one for _, one in self.tail], weights)
        found += [
            (pk, score) for (pk, _), score in zip(self.tail, near, strict=True) if score >= least
        ]
        found = [one for one in found if one[0] != apart_from]
        return sorted(found, key=lambda one: (-one[1], one[0]))[:most]

    def _weights_without(self, own: Features) -> Array:
        """The weights as they would be without a text that is laid in."""
        each = (self.starts[own.columns + 1] - self.starts[own.columns] - 1).clip(0)
        weights = self.weights.copy()
        weights[own.columns] = weights_by(
            each, len(self.ids)
        )  # as many as the others are weighed by
        return weights

    def _laid(self, asked: Features, weights: Array) -> Array:
        """The cosine of every text that is laid in, by these weights of what is asked."""
        number, vector = len(self.ids), weighed(asked, weights)
        rows: list[Array] = [_NO_ROWS]
        values: list[Array] = [_NO_VALUES]
        longer: list[Array] = [_NO_VALUES]
        for column, weight in zip(asked.columns.tolist(), vector.tolist(), strict=True):
            start, end = int(self.starts[column]), int(self.starts[column + 1])
            was, now = float(self.weights[column]), float(weights[column])
            if start < end and (weight or was != now):
                rows.append(self.rows[start:end])
                times = 1 + np.log(self.times[start:end].astype(np.float32))
                values.append(times * (weight * now))
                longer.append(times**2 * (now**2 - was**2))
        at = np.concatenate(rows)
        summed = np.bincount(at, weights=np.concatenate(values), minlength=number)
        if weights is self.weights:
            return summed / self.lengths
        more = np.bincount(at, weights=np.concatenate(longer), minlength=number)
        squares = self.lengths.astype(np.float64) ** 2 + more
        return summed / np.sqrt(np.where(squares > _LEAST_SQUARE, squares, 1))

    def _lay_in(self) -> None:
        """Put the tail into the columns and weigh all anew."""
        columns = np.repeat(np.arange(WIDTH, dtype=np.int32), np.diff(self.starts))
        first = len(self.ids)
        counts = [len(one.columns) for _, one in self.tail]
        new_rows = np.repeat(np.arange(first, first + len(counts), dtype=np.int32), counts)
        columns = np.concatenate([columns, *(one.columns for _, one in self.tail)])
        rows = np.concatenate([self.rows, new_rows])
        times = np.concatenate([self.times, *(one.times for _, one in self.tail)])
        order = np.argsort(columns, kind="stable")
        self.rows, self.times = rows[order], times[order]
        each = np.bincount(columns, minlength=WIDTH)
        self.starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(each)])
        self.ids = np.concatenate([self.ids, np.array([pk for pk, _ in self.tail], np.int64)])
        self.weights = weights_by(each, len(self.ids))
        squares = ((1 + np.log(times.astype(np.float32))) * self.weights[columns]) ** 2
        lengths = np.sqrt(np.bincount(rows, weights=squares, minlength=len(self.ids)))
        self.lengths = np.where(lengths > 0, lengths, 1).astype(np.float32)
        self.tail = []
