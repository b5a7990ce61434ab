"""Somebody who holds every printing of the totals of the vault and works out what follows from them."""

from fractions import Fraction
from itertools import combinations

LEAST = 10
NAMES = "abc"


class Adversary:
    """Who holds every printing of every period and solves all that is linear in them."""

    def __init__(self, printed):
        self.places = {
            (t, name): n
            for n, (t, name) in enumerate((t, name) for t in range(len(printed)) for name in NAMES)
        }
        self.rows = []
        for t, told in enumerate(printed):
            if told.total is not None:
                self.learn({(t, name): 1 for name in NAMES}, told.total)
            for name, number in (told.parts or {}).items():
                if number is not None:
                    self.learn({(t, name): 1}, number)

    def reduced(self, wanted, value):
        row = [Fraction(0)] * len(self.places)
        for place, factor in wanted.items():
            row[self.places[place]] += factor
        value = Fraction(value)
        for pivot, known, number in self.rows:
            if factor := row[pivot]:
                row = [a - factor * b for a, b in zip(row, known, strict=True)]
                value -= factor * number
        return row, value

    def learn(self, wanted, value):
        row, value = self.reduced(wanted, value)
        pivot = next((n for n, one in enumerate(row) if one), None)
        if pivot is not None:
            scale = row[pivot]
            self.rows.append((pivot, [one / scale for one in row], value / scale))

    def works_out(self, wanted):
        """The number that follows from what was printed; None where more than one would fit."""
        row, value = self.reduced(wanted, 0)
        return None if any(row) else -value


def some():
    return [frozenset(one) for size in (1, 2, 3) for one in combinations(NAMES, size)]


def questions(periods):
    """Every count that could be a small one: parts together in a period, and by how many these grew since an earlier one."""
    for t in range(len(periods)):
        for names in some():
            here = dict.fromkeys([(t, name) for name in names], 1)
            yield here
            for before in range(t):
                for fewer in (one for one in some() if one <= names):
                    yield {**here, **dict.fromkeys([(before, name) for name in fewer], -1)}


def small_ones(periods, printed):
    adversary = Adversary(printed)
    found = [adversary.works_out(one) for one in questions(periods)]
    return [one for one in found if one is not None and abs(one) < LEAST]
