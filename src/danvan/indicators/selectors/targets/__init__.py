"""Reads of targets: which there are, how each stands, what stands behind, and how they are divided."""

from danvan.indicators.selectors.targets.cascade import (
    Answer,
    Cascade,
    CascadeLine,
    cascade_of,
    cascades_of,
    is_divisible,
)
from danvan.indicators.selectors.targets.counted import (
    evaluate,
    evaluate_all,
    evaluations_for,
    records_behind,
)
from danvan.indicators.selectors.targets.course import Step, course_of
from danvan.indicators.selectors.targets.finding import (
    allowed_targets,
    targets_for_units,
    targets_from,
    targets_in,
    targets_of,
    targets_on,
    version_of,
    versions_of,
)
from danvan.indicators.selectors.targets.given import (
    ShareUnanswered,
    ToldDivision,
    ToldShare,
    division_told,
    shares_unanswered,
)
from danvan.indicators.selectors.targets.marks import Mark, Why
from danvan.indicators.selectors.targets.said import amount_words, mark_words, wanted_words
from danvan.indicators.selectors.targets.shapes import Evaluation, Lack, RuleRecords, Seen

__all__ = [
    "Answer",
    "Cascade",
    "CascadeLine",
    "Evaluation",
    "Lack",
    "Mark",
    "RuleRecords",
    "Seen",
    "ShareUnanswered",
    "Step",
    "ToldDivision",
    "ToldShare",
    "Why",
    "allowed_targets",
    "amount_words",
    "cascade_of",
    "cascades_of",
    "course_of",
    "division_told",
    "evaluate",
    "evaluate_all",
    "evaluations_for",
    "is_divisible",
    "mark_words",
    "records_behind",
    "shares_unanswered",
    "targets_for_units",
    "targets_from",
    "targets_in",
    "targets_of",
    "targets_on",
    "version_of",
    "versions_of",
    "wanted_words",
]
