"""Who of another unit had a hand in a report: it is written down with the report, by id and day."""

from typing import TYPE_CHECKING, Any

from danvan.accounts.selectors import grants_allowing
from danvan.foundation import clock
from danvan.organisations.selectors import units_on
from danvan.reporting.enums import How
from danvan.reporting.models import Obligation

if TYPE_CHECKING:
    from danvan.accounts.models import User


def noted(obligation: Obligation, actor: "User | None", how: How) -> list[dict[str, Any]]:
    """What is kept in the draft of who typed for the unit, with this act where it is one more: once each, the last day."""
    kept: list[dict[str, Any]] = obligation.draft.get("behalf", [])
    if actor is None or _is_of_the_unit(obligation, actor):
        return kept
    others = [one for one in kept if (one["by"], one["how"]) != (actor.pk, how)]
    return [*others, {"by": actor.pk, "on": clock.today().isoformat(), "how": str(how)}]


def _is_of_the_unit(obligation: Obligation, actor: "User") -> bool:
    """Whether somebody may enter reports by a grant at the unit itself, or at an organisation that stands in it."""
    own = {held.unit_id for held in grants_allowing(actor, "submissions.enter")}
    answering = {obligation.unit_id, obligation.answering_id}
    if own & answering:
        return True
    rows = units_on(own, clock.today()).values() if own else ()
    return any(row.place_id in answering for row in rows)
