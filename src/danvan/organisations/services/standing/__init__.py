"""What a unit carries for a time: symbols and seals, terms of its committee, conditions, links."""

from danvan.organisations.services.standing.flags import lower_flag, raise_flag
from danvan.organisations.services.standing.links import end_link, link_units
from danvan.organisations.services.standing.marks import end_mark, record_mark
from danvan.organisations.services.standing.terms import begin_term

__all__ = [
    "begin_term",
    "end_link",
    "end_mark",
    "link_units",
    "lower_flag",
    "raise_flag",
    "record_mark",
]
