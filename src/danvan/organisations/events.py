"""What the register tells the modules above it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from danvan.foundation.events import Event


@dataclass(frozen=True, kw_only=True)
class UnitsReorganised(Event):
    """A reorganisation was applied: from `on` the tree is another one."""

    name: ClassVar[str] = "organisations.units_reorganised"
    reorganisation_id: int
    on: date


@dataclass(frozen=True, kw_only=True)
class ReorganisationUndone(Event):
    """A reorganisation was undone: from `on` the tree is again what it was."""

    name: ClassVar[str] = "organisations.reorganisation_undone"
    reorganisation_id: int
    on: date
