"""Everything that forbids a reorganisation, found at once."""

from danvan.organisations.selectors.reorganising_planner import Planner


def find_faults(planner: Planner) -> None:
    """Note every fault of a resolved draft."""
