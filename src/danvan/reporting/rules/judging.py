"""A rule, and what it finds wrong in the answers of a form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from danvan.reporting.rules.evaluating import evaluate
from danvan.reporting.rules.figures import Figures, written


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold for the answers of a form. `message` says what is wrong and what to do.

    `figures` are trees of numbers by the names that stand in the message in braces. `blocks`: nothing is sent while
    it is broken; else it is sent with a reason. `items` are the codes concerned: it is told beside the first.
    """

    code: str
    name: str
    message: str
    tree: Any
    items: tuple[str, ...]
    blocks: bool = False
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one cell, in a whole sentence. `rule` is empty where the answer cannot be read at all.

    `reason` is why it is right all the same, where it only warns.
    """

    item: str
    message: str
    blocks: bool = True
    rule: str = ""
    items: tuple[str, ...] = ()
    reason: str = ""


def judge(rules: Iterable[Rule], figures: Figures) -> list[Finding]:
    """What these rules find. A rule that cannot be told, for want of a figure, finds nothing."""
    return [
        Finding(rule.items[0], told(rule, figures), rule.blocks, rule.code, rule.items)
        for rule in rules
        if evaluate(rule.tree, figures) is False
    ]


def told(rule: Rule, figures: Figures, unknown: str = "chưa có số liệu") -> str:
    """The message of a rule with its figures written in."""
    text = rule.message
    for name, tree in rule.figures.items():
        value = evaluate(tree, figures)
        said = written(value) if isinstance(value, Fraction) else unknown
        text = text.replace(f"{{{name}}}", said)
    return text
