"""Who keeps what a document may only tell of: the modules above say how it is made, found again and taken back."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Origin:
    """The stretch of a text that something was made of; `symbol` is how its document is called."""

    document_id: int
    start: int
    end: int
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing done, as a person took it from a text. None for a number that is not stated."""

    origin: Origin
    unit_id: int
    kind: str
    title: str
    held_on: date
    place: str = ""
    quantity: int = 1
    attendance: int | None = None
    persons: int | None = None
    opinions: int | None = None
    partner_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What a proposal became: how it is called, its page, and whether it was made of this very document."""

    id: int
    words: str
    url: str
    own: bool


@dataclass(frozen=True, slots=True)
class Maker:
    """How one kind of proposal becomes a record of another module.

    `make` gives the id of the record, of one that stands already where it is the same, and refuses in whole sentences.
    `take_back` withdraws those of these records that were made of this origin. `made` tells what became of a
    document's proposals, by id, in one query.
    """

    make: Callable[[Told, "User | None"], int]
    take_back: Callable[[Origin, Collection[int], "User | None"], None]
    made: Callable[[int, Collection[int]], dict[int, Made]]


_makers: dict[str, Maker] = {}


def register_maker(kind: str, maker: Maker) -> None:
    """Have accepted proposals of this kind made by this; called once, when the app of the maker starts."""
    _makers[kind] = maker


def maker_of(kind: str) -> Maker:
    """Who makes proposals of this kind."""
    return _makers[kind]
