"""Who of another unit had a hand in a report: it is written down with the report, by id and day."""

from typing import TYPE_CHECKING, Any

from danvan.accounts.selectors import grants_allowing
from danvan.foundation import clock
from danvan.organisations.selectors import units_on
from danvan.reporting.enums import How
from danvan.reporting.models import Obligation

if TYPE_CHECKING:
    from danvan.accounts.models import User


class Hand:
    """Somebody who enters reports, and where this is of the unit itself: asked once by who takes many reports."""

    def __init__(self, actor: "User | None") -> None:
        self.actor = actor
        self._at: set[int | None] = set()
        if actor is not None:
            own = {held.unit_id for held in grants_allowing(actor, "submissions.enter")}
            rows = units_on(own, clock.today()).values() if own else ()
            self._at |= own
            self._at |= {row.place_id for row in rows}

    def is_of(self, obligation: Obligation) -> bool:
        """Whether a grant holds at the unit itself, or at an organisation that stands in it."""
        return not self._at.isdisjoint({obligation.unit_id, obligation.answering_id})

    def noted(self, obligation: Obligation, how: How) -> list[dict[str, Any]]:
        """Who typed for the unit, as the draft keeps it, with this act where it is one more: once each, the last day."""
        kept: list[dict[str, Any]] = obligation.draft.get("behalf", [])
        if self.actor is None or self.is_of(obligation):
            return kept
        others = [one for one in kept if (one["by"], one["how"]) != (self.actor.pk, how)]
        return [*others, {"by": self.actor.pk, "on": clock.today().isoformat(), "how": str(how)}]
