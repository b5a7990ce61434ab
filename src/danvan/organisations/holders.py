"""Where modules above register the rows they keep for units; see `holding` for the shapes."""

from danvan.organisations.holding import (
    Holder,
    Moved,
    Passage,
    all_holders,
    holder_named,
    register,
)

__all__ = ["Holder", "Moved", "Passage", "all_holders", "holder_named", "register"]
