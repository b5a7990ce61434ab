"""Replacing the weights of what passed on a day by better ones: no unit changes, lineage rows do."""

from danvan.organisations.selectors.reorganising_ground import Drafted
from danvan.organisations.selectors.reorganising_plan import Plan


def plan_reweighing(draft: Drafted) -> Plan:
    """The plan of a draft that replaces weights."""
    raise NotImplementedError
