"""Where modules above register the rows they keep for units; see `holding` for the shapes, `moving` for ready ones."""

from danvan.organisations.holding import (
    Holder,
    Moved,
    Passage,
    all_holders,
    holder_named,
    register,
)
from danvan.organisations.moving import (
    BATCH,
    FieldHolder,
    HistoryHolder,
    StayingRows,
    by_many,
    counted,
    moved_since,
    plain,
    tell,
)

__all__ = [
    "BATCH",
    "FieldHolder",
    "HistoryHolder",
    "Holder",
    "Moved",
    "Passage",
    "StayingRows",
    "all_holders",
    "by_many",
    "counted",
    "holder_named",
    "moved_since",
    "plain",
    "register",
    "tell",
]
