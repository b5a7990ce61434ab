"""How much of what is costly is tried on either database: said in one place."""

import os
from collections.abc import Sequence
from typing import Any

SOAKED = 10_000  # random trees and sequences of events in a long run


def examples(number):
    """So many; in a long run (soak) 10,000; on PostgreSQL a tenth of them.

    What these properties hold is the same on either database, and each act in them is tried on both by other tests.
    """
    if os.environ.get("HYPOTHESIS_PROFILE") == "soak":
        return SOAKED
    return max(number // 10, 10) if on_postgresql() else number


def at_most(number: int) -> int:
    """So many, and ten of them on PostgreSQL, of what takes half a second and more an example, in a long run too."""
    return min(number, 10) if on_postgresql() else number


def once_is_enough(cases: Sequence[Any]) -> Sequence[Any]:
    """All the cases; on PostgreSQL the first alone, where they differ by what no database has a part in."""
    return cases[:1] if on_postgresql() else cases


def on_postgresql() -> bool:
    """Whether this is PostgreSQL's turn."""
    return os.environ.get("DANVAN_DATABASE", "").startswith("postgresql")
