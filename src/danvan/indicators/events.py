"""What happens to targets, for the modules above. Ids only."""

from dataclasses import dataclass
from typing import ClassVar

from danvan.foundation.events import Event


@dataclass(frozen=True, kw_only=True)
class TargetDivided(Event):
    """A target was divided among the places below, for the first time or anew."""

    name: ClassVar[str] = "indicators.target_divided"
    division_id: int
    by_id: int | None
