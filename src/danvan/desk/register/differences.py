"""The page of what became different between two days: how many of each, and one list a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from danvan.foundation.lists import Page, page_of
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.differing import (
    ORDER,
    SORTS,
    Between,
    Counted,
    Difference,
    between,
    count_differences,
    describe_differences,
    differing,
)


@dataclass(frozen=True, slots=True)
class Differences:
    """What was asked for, how many differ in each way, and one page of one way."""

    asked: Between
    under_id: int | None
    name: str
    counts: tuple[Counted, ...]
    sort: str
    page: Page
    rows: tuple[Difference, ...]

    @property
    def label(self) -> str:
        """The list that is shown, in words."""
        return SORTS[self.sort]


def read_differences(
    said: Mapping[str, Any], under_id: int | None, params: Mapping[str, Any]
) -> Differences | None:
    """The page for two days; None where there is no such unit. The list is the first that has something unless said."""
    name = "Cả nước"
    if under_id is not None:
        name = last_names([under_id], said["den"]).get(under_id, "")
        if not name:
            return None
    asked = between(said["tu"], said["den"], under_id=under_id, of=said["loai"])
    counts = count_differences(asked)
    first = next((one.sort for one in counts if one.total), counts[0].sort)
    sort = said["muc"] or first
    page = page_of(differing(sort, asked), params, order=ORDER[:-1], size=50, never_null=("rank",))
    rows = describe_differences(list(page.rows), sort, asked)
    return Differences(asked, under_id, name, tuple(counts), sort, page, tuple(rows))
