"""Which numbers of growing periods may be told so that no subtraction, across rows, columns or periods, gives a small one.

Plain functions: a period is a total with its parts; what was told of the earlier ones stands and is taken into account.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Parts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one period: its total and the parts that stand beside it; neither where nothing was told."""

    total: int | None = None
    parts: Mapping[str, int | None] | None = None

    @property
    def known(self) -> dict[frozenset[str], int]:
        """Every sum of parts that a reader can work out: of those told one by one, and of the hidden ones together."""
        if self.total is None or self.parts is None:
            return {}
        atoms = {
            frozenset({name}): number for name, number in self.parts.items() if number is not None
        }
        if hidden := frozenset(self.parts) - frozenset().union(*atoms):
            atoms[hidden] = self.total - sum(atoms.values())
        return dict(_unions(atoms))


def _unions(atoms: Mapping[frozenset[str], int]) -> Iterator[tuple[frozenset[str], int]]:
    for size in range(1, len(atoms) + 1):
        for some in combinations(atoms.items(), size):
            yield (
                frozenset().union(*(names for names, _ in some)),
                sum(number for _, number in some),
            )


def tell(parts: Parts, before: Sequence[Told], least: int) -> Told:
    """As much of a period as may be told after `before`: the most parts, of those the greatest; nothing where not even the total."""
    total = sum(parts.values())
    names = sorted(parts, key=lambda name: (-parts[name], name))
    for size in range(len(names), -1, -1):
        for shown in combinations(names, size):
            one = Told(total, {name: parts[name] if name in shown else None for name in parts})
            if len(parts) - size != 1 and _is_safe(one, before, least):
                return one
    return Told()


def _is_safe(one: Told, before: Iterable[Told], least: int) -> bool:
    """Whether nothing that can be worked out from it, alone or less what was told earlier, is a small number; zero is one."""
    known = one.known
    if any(number < least for number in known.values()):
        return False
    return not any(
        names >= earlier and abs(number - held) < least
        for told in before
        for earlier, held in told.known.items()
        for names, number in known.items()
    )
