"""Reads of targets and of indicators: definitions, values, offers, roll-up, and the cube's own check."""

from danvan.indicators.selectors.behind import shares_behind, values_behind
from danvan.indicators.selectors.breakdowns import PartsAboveWhole, parts_above_whole, parts_of
from danvan.indicators.selectors.comparing import (
    Break,
    breaks_by_unit,
    breaks_in,
    comparable,
    ranked,
)
from danvan.indicators.selectors.cube import CellSum, check_cube, summed
from danvan.indicators.selectors.definitions import codes_in
from danvan.indicators.selectors.history import Corrected, Finality, corrections, finality
from danvan.indicators.selectors.measures import (
    Offer,
    indicators_by_code,
    indicators_on,
    is_derived,
    offers,
    records_offered,
    values_of,
    version_on,
    versions_for,
    vintages_of,
)
from danvan.indicators.selectors.rolled import Rolled
from danvan.indicators.selectors.rolling import roll_up, series
from danvan.indicators.selectors.targets import (
    Evaluation,
    Lack,
    RuleRecords,
    Seen,
    allowed_targets,
    evaluate,
    evaluate_all,
    evaluations_for,
    records_behind,
    targets_for_units,
    targets_from,
    targets_in,
    targets_of,
    targets_on,
)

__all__ = [
    "Break",
    "CellSum",
    "Corrected",
    "Evaluation",
    "Finality",
    "Lack",
    "Offer",
    "PartsAboveWhole",
    "Rolled",
    "RuleRecords",
    "Seen",
    "allowed_targets",
    "breaks_by_unit",
    "breaks_in",
    "check_cube",
    "codes_in",
    "comparable",
    "corrections",
    "evaluate",
    "evaluate_all",
    "evaluations_for",
    "finality",
    "indicators_by_code",
    "indicators_on",
    "is_derived",
    "offers",
    "parts_above_whole",
    "parts_of",
    "ranked",
    "records_behind",
    "records_offered",
    "roll_up",
    "series",
    "shares_behind",
    "summed",
    "targets_for_units",
    "targets_from",
    "targets_in",
    "targets_of",
    "targets_on",
    "values_behind",
    "values_of",
    "version_on",
    "versions_for",
    "vintages_of",
]
