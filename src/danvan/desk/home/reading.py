"""What the home page says, put together from the selectors of the modules below."""

from dataclasses import dataclass, field
from typing import Any

from danvan.accounts.selectors import actions_of


@dataclass(frozen=True, slots=True)
class Tile:
    """One count that waits for somebody, and the list it opens."""

    label: str
    count: int
    url: str
    note: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Home:
    """The counts, and the first rows of each list behind them."""

    tiles: list[Tile] = field(default_factory=list)


def read_home(user: Any) -> Home:
    """What waits for this reader today."""
    actions_of(user)
    return Home()
