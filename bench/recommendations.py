"""How well requests are read: overlap of their spans with annotated ones, and whether the addressee is right.

The annotation is ../shared/data/texts/recommendations_gold.json and the texts with an annotation of their own that
has a list of recommendations, mostly an empty one: what is found there is wrong. In the others nobody has looked, so
they are not scored. HOLDOUT=1 scores the texts kept aside since the first issue, and only those.
A span counts once, by any overlap; the addressee counts where it names the same, whatever joins or counts the names.
"""

import json
import os
import re
from collections import defaultdict
from typing import Any

from bench._annotated import body_of, chosen, folder, reader
from danvan.reading.naming import in_full
from danvan.vietnamese.text import fold

LEAST_F1, LEAST_ADDRESSED = 0.75, 0.80
_COUNT = re.compile(r"^(?:cac|nhung|hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d+) ")


def annotated() -> dict[str, list[dict[str, Any]]]:
    """The annotated requests of each text in which somebody looked for them."""
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in folder().glob("*.json"):
        gold = json.loads(path.read_text("utf-8"))
        if "offset_base" in gold and "recommendations" in gold:
            by_file[path.with_suffix(".txt").name] = []
    for row in json.loads((folder() / "recommendations_gold.json").read_text("utf-8"))[
        "recommendations"
    ]:
        by_file[row["file"]].append(row)
    return by_file


def named(addressee: str | None) -> frozenset[str]:
    """The names of an addressee, however they are joined."""
    names = re.split(r",| và ", addressee or "")
    told = (_COUNT.sub("", fold(in_full(name.replace("TP.", "TP")).strip())) for name in names)
    return frozenset(name for name in told if name)


def pairs(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """Each annotated request with one found that overlaps it most, each found one used once."""
    free = list(found)
    told = []
    for one in sorted(gold, key=lambda row: row["start"]):
        best = max(free, key=lambda other: _overlap(one, other), default=None)
        if best is not None and _overlap(one, best) > 0:
            free.remove(best)
            told.append((one, best))
    return told


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> int:
    return min(one["end"], other["end"]) - max(one["start"], other["start"])


def run() -> dict[str, Any]:
    """Read the annotated files and count."""
    by_file = annotated()
    read = reader()
    gold = found = hit = addressed = 0
    names = chosen(by_file, held_out=os.environ.get("HOLDOUT") == "1")
    for name in names:
        told = read(body_of(folder() / name))["requests"]
        matched = pairs(by_file[name], told)
        gold, found, hit = gold + len(by_file[name]), found + len(told), hit + len(matched)
        addressed += sum(
            named(one["addressee"]) == named(other["addressee"]) for one, other in matched
        )
    f1 = 2 * hit / (gold + found) if gold + found else 0.0
    right = addressed / hit if hit else 0.0
    return {
        "texts": len(names), "annotated": gold, "found": found, "matched": hit, "f1": round(f1, 3),
        "addressee_right": addressed, "addressee_share": round(right, 3),
        "enough": f1 >= LEAST_F1 and right >= LEAST_ADDRESSED,
    }  # fmt: skip
