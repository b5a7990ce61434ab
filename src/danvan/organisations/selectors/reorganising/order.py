"""What builds on an applied reorganisation, and in which order they are undone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from danvan.organisations.enums import EventKind, EventState
from danvan.organisations.holding import Passage
from danvan.organisations.models import JournalRow, Reorganisation

TRACE = "organisations.reorganisation"  # the journal's row on the reorganisation itself


@dataclass(frozen=True, slots=True)
class Trace:
    """What an application touched: kept as the first row of its journal.

    `written`: units with rows of their own in it; `leant_on`: those that stood above them before; `named`: those
    that stand above them since. `freed` and `taken` are codes and seats (place, kind), as text.
    """

    written: frozenset[int] = frozenset()
    ended: frozenset[int] = frozenset()
    founded: frozenset[int] = frozenset()
    leant_on: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()
    freed: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    heirs: dict[int, int] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        sets = {name: sorted(getattr(self, name)) for name in SETS}
        return sets | {"heirs": {str(giver): taker for giver, taker in self.heirs.items()}}

    def passage(self, row: Reorganisation) -> Passage:
        """What holders are told of it."""
        return Passage(
            number=row.number,
            title=row.title,
            on=row.effective_on,
            heirs=self.heirs,
            ended=self.ended,
            founded=self.founded,
            moved=self.moved,
        )

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Trace":
        """From what is stored."""
        heirs = {int(giver): taker for giver, taker in stored["heirs"].items()}
        return cls(**{name: frozenset(stored[name]) for name in SETS}, heirs=heirs)


SETS = ("written", "ended", "founded", "leant_on", "named", "moved", "freed", "taken")


def traces(reorganisation_ids: Iterable[int]) -> dict[int, Trace]:
    """What each of these applied reorganisations touched. One query."""
    rows = JournalRow.objects.filter(reorganisation_id__in=list(reorganisation_ids), table=TRACE)
    return {pk: Trace.read(after or {}) for pk, after in rows.values_list("reorganisation_id", "after")}  # fmt: skip


def what_builds_on(reorganisation: Reorganisation) -> list[Reorganisation]:
    """The later applications that must be undone before this one can be, newest first. Two queries.

    Not only those that touch its units, but also those that build on these in turn.
    """
    if reorganisation.applied_order is None:
        return []
    later = list(
        Reorganisation.objects.filter(
            state=EventState.APPLIED, applied_order__gt=reorganisation.applied_order
        ).order_by("applied_order")
    )
    if not later:
        return []
    known = traces([reorganisation.pk, *(one.pk for one in later)])
    below = [reorganisation]
    for one in later:
        if any(_builds(known[base.pk], known[one.pk], base.kind) for base in below):
            below.append(one)
    return below[:0:-1]


def order_of_undoing(reorganisation: Reorganisation) -> list[Reorganisation]:
    """Everything that is to be undone so that this one is, in the order in which it can be."""
    return [*what_builds_on(reorganisation), reorganisation]


def _builds(base: Trace, later: Trace, kind: str) -> bool:
    """Whether the later one could not have happened, or would not hold, without the base."""
    return bool(
        base.written & later.written
        or base.founded & later.named
        or base.leant_on & later.ended
        or base.freed & later.taken
        or (kind == EventKind.RELEVEL and base.written & later.named)
    )
