"""Reads of the register, always on a day. Nothing here writes."""

from danvan.organisations.known import KNOWN_FROM, MERGED_ON
from danvan.organisations.selectors.breaks import Break, breaks
from danvan.organisations.selectors.cards import (
    Card,
    CodeSpan,
    Kin,
    Span,
    card,
    predecessors,
    successors,
)
from danvan.organisations.selectors.checking import Checked, check_register
from danvan.organisations.selectors.days import (
    UnitOnDay,
    bare_place_of,
    by_code,
    codes_on,
    identities,
    in_force,
    last_names,
    names_on,
    organisations_at,
    place_of,
    places_below,
    top_unit,
    unit_on,
    units_on,
)
from danvan.organisations.selectors.disagreements import disagreements
from danvan.organisations.selectors.finding import UnitRow, find_units
from danvan.organisations.selectors.inheriting import (
    Relative,
    ended_before,
    predecessors_on,
    successors_on,
)
from danvan.organisations.selectors.nearest import find_nearest
from danvan.organisations.selectors.positions import Position, positions
from danvan.organisations.selectors.reaching import (
    every_unit,
    memberships,
    places_above,
    places_above_since,
    places_at,
    population,
    reached_by,
    roots,
    spans_under,
    tops_of,
    units_under,
)
from danvan.organisations.selectors.readings import (
    THEN,
    Reading,
    destinations,
    origins,
)
from danvan.organisations.selectors.reorganising.checks import check_plan
from danvan.organisations.selectors.reorganising.export import canonical_register, register_hash
from danvan.organisations.selectors.reorganising.order import order_of_undoing, what_builds_on
from danvan.organisations.selectors.reorganising.plan import Check, Plan
from danvan.organisations.selectors.reorganising.planning import plan_of
from danvan.organisations.selectors.trees import (
    Branch,
    Census,
    census,
    children,
    path_to,
    places_among,
)

__all__ = [
    "KNOWN_FROM",
    "MERGED_ON",
    "THEN",
    "Branch",
    "Break",
    "Card",
    "Census",
    "Check",
    "Checked",
    "CodeSpan",
    "Kin",
    "Plan",
    "Position",
    "Reading",
    "Relative",
    "Span",
    "UnitOnDay",
    "UnitRow",
    "bare_place_of",
    "breaks",
    "by_code",
    "canonical_register",
    "card",
    "census",
    "check_plan",
    "check_register",
    "children",
    "codes_on",
    "destinations",
    "disagreements",
    "ended_before",
    "every_unit",
    "find_nearest",
    "find_units",
    "identities",
    "in_force",
    "last_names",
    "memberships",
    "names_on",
    "order_of_undoing",
    "organisations_at",
    "origins",
    "path_to",
    "place_of",
    "places_above",
    "places_above_since",
    "places_among",
    "places_at",
    "places_below",
    "plan_of",
    "population",
    "positions",
    "predecessors",
    "predecessors_on",
    "reached_by",
    "register_hash",
    "roots",
    "spans_under",
    "successors",
    "successors_on",
    "top_unit",
    "tops_of",
    "unit_on",
    "units_on",
    "units_under",
    "what_builds_on",
]
