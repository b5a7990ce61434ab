"""What happens to accounts, for the modules above. Ids, days and plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from danvan.foundation.events import Event


@dataclass(frozen=True, kw_only=True)
class AccountSecured(Event):
    """How somebody proves who they are was changed: `what` is a key of `enums.Secured`, `change` tells changes apart."""

    name: ClassVar[str] = "accounts.secured"
    user_id: int
    what: str
    change: str
    by_id: int | None
