"""Rules about the answers of a form, as JSON trees that a phone can run too. Plain Python."""

from danvan.reporting.rules.evaluating import evaluate
from danvan.reporting.rules.figures import Figures, Past, written
from danvan.reporting.rules.judging import Finding, Rule, judge, told
from danvan.reporting.rules.kinds import (
    adds_up,
    between,
    implied_rules,
    part_of,
    same_in_form,
    steady,
    usual,
)
from danvan.reporting.rules.trees import (
    Known,
    Sort,
    circle_in,
    forms_in,
    items_before,
    items_in,
    looks_back,
    months_back,
    questions_in,
    tree_faults,
)

__all__ = [
    "Figures",
    "Finding",
    "Known",
    "Past",
    "Rule",
    "Sort",
    "adds_up",
    "between",
    "circle_in",
    "evaluate",
    "forms_in",
    "implied_rules",
    "items_before",
    "items_in",
    "judge",
    "looks_back",
    "months_back",
    "part_of",
    "questions_in",
    "same_in_form",
    "steady",
    "told",
    "tree_faults",
    "usual",
    "written",
]
