"""What the law asks of every module that keeps clocks. The law never imports the modules; they register themselves.

`ClockHolder.moved` is called inside the transaction of the change of the calendar, so that the module's own
copy of the day is right with it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """One clock whose days changed because the calendar or the law did."""

    clock_id: int
    subject_id: int
    name: str
    old_due_on: date
    new_due_on: date
    original_due_on: date
    reason: str


class ClockHolder(Protocol):
    """The matters of one kind that a module runs clocks for. `kind` names it for good; `label` is plural words."""

    kind: str
    label: str

    def titles(self, subject_ids: Collection[int]) -> Mapping[int, str]:
        """What to call each matter in a list: its number and title, never a person. One query."""

    def moved(self, moves: Sequence[ClockMoved], *, actor: Any) -> None:
        """Take the new days over, and tell whoever works on the matters."""

    def look_again(self, *, on: date) -> None:
        """Find out anew, on a day, when its open clocks warn: the calendar or a rule of warning changed. Nothing to do where no day
        of a warning is kept beside the clock.
        """
        return


_holders: dict[str, ClockHolder] = {}
_watchers: dict[str, dict[str, Callable[[], None]]] = defaultdict(dict)


def register(holder: ClockHolder) -> None:
    """Make a holder known under its kind. Registering the same kind again replaces it."""
    _holders[holder.kind] = holder


def look_again(*, on: date) -> None:
    """Have every module find out anew when its clocks warn; inside the transaction of the change."""
    for holder in _holders.values():
        holder.look_again(on=on)


def holder_of(kind: str) -> ClockHolder | None:
    """The holder of this kind of matter; None where no module registered one."""
    return _holders.get(kind)


def watch(keys: Collection[str], changed: Callable[[], None]) -> None:
    """Have a function called inside the transaction in which a parameter of one of these keys changes."""
    for key in keys:
        _watchers[key][f"{changed.__module__}.{changed.__qualname__}"] = changed


def tell_watchers(keys: Collection[str]) -> None:
    """Call whoever watches one of these keys, each once."""
    for changed in {name: one for key in keys for name, one in _watchers[key].items()}.values():
        changed()
