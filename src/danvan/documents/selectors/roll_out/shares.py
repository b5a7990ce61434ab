"""Whether the units below put the targets of a document into plans of their own, or said why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.indicators.selectors import Answer, Cascade, cascades_of
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.indicators.models import Target

NAMED = 5  # so many silent units are named; the page of the target has them all


@dataclass(frozen=True, slots=True)
class Coverage:
    """One target: how many units cover their share, gave a reason, are silent; all noughts where it was not divided."""

    target: "Target"
    divided: bool
    covers: int = 0
    refused: int = 0
    silent: int = 0
    silent_names: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        """How many silent units are not named."""
        return self.silent - len(self.silent_names)


def coverage_of(targets: Sequence["Target"], *, on: date) -> dict[int, Coverage]:
    """The coverage of each of these targets, by its id; a constant number of queries."""
    cascades = cascades_of(targets, on=on)
    silent = {
        pk: [line.unit_id for line in cascade.answering(Answer.SILENT)][:NAMED]
        for pk, cascade in cascades.items()
    }
    names = last_names({unit for units in silent.values() for unit in units}, on)
    return {
        one.pk: _coverage(one, cascades.get(one.pk), [names[pk] for pk in silent.get(one.pk, ())])
        for one in targets
    }


def _coverage(target: "Target", cascade: Cascade | None, names: list[str]) -> Coverage:
    if cascade is None:
        return Coverage(target, divided=False)
    covers, refused, silent = (len(cascade.answering(one)) for one in Answer)
    return Coverage(
        target,
        divided=True,
        covers=covers,
        refused=refused,
        silent=silent,
        silent_names=tuple(names),
    )
