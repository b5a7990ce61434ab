"""Which kinds of units something is asked of, as kept and in words."""

from collections.abc import Collection, Iterable

from danvan.organisations.selectors.kinds import kind_label
from danvan.vietnamese.text import lower_first


def applies(kinds: Collection[str], kind: str) -> bool:
    """Whether what is meant for these kinds of units, all where there are none, is asked of units of one kind."""
    return not kinds or kind in kinds


def kinds_told(kinds: Iterable[str]) -> str:
    """The kinds in words, as they stand within a sentence: phường, đặc khu; empty for all."""
    return ", ".join(lower_first(kind_label(kind)) for kind in kinds)
