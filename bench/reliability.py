"""Is the engine as sure as it is right? What it said against what annotation says, by rule and by how sure it was.

The annotated texts are those beside the project (HOLDOUT=1: those kept aside since the first issue, and only those).
A citation is right when its span overlaps an annotated one with the same symbol; a target or a figure when the value
is the same too; a request when the spans overlap, and its addressee is right or was not asked for. What overlaps a
stretch that the annotator marked as neither (norms, deadlines, repeats) counts for nothing.

`rules` is what src/danvan/reading/calibration.py keeps; `off` is the mean gap between said and right, weighed by how
many were said; kinds without annotation are not in it, nor are laws named
without a number, of which the annotation lists only some.
"""

import json
import os
from collections import defaultdict
from typing import Any

from bench._annotated import body_of, chosen, folder, normal, reader
from bench.recommendations import annotated, named, pairs

_QUIET = ("ignore", "norms", "deadlines", "targets", "statistics")
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
Row = dict[str, Any]


def judged(*, held_out: bool) -> list[tuple[str, float, bool]]:
    """(rule, said, right) of everything found in annotated texts that annotation can judge."""
    read = reader()
    names = [path.name for path in folder().glob("*.json") if path.name[:2].isdigit()]
    found: list[tuple[str, float, bool]] = []
    for name in chosen(names, held_out=held_out):
        gold = json.loads((folder() / name).read_text("utf-8"))
        if "offset_base" not in gold:
            continue
        told = read(body_of((folder() / name).with_suffix(".txt")))
        found += _citations(gold["citations"], told["citations"])
        for kind in ("targets", "statistics"):
            found += _valued(gold, kind, told[kind])
    return found + _requests(read, held_out=held_out)


def _citations(gold: list[Row], told: list[Row]) -> list[tuple[str, float, bool]]:
    free = list(gold)
    rows = []
    for one in told:
        hit = next(
            (
                other
                for other in free
                if _over(one, other) and _symbol(other) == normal(one["symbol"])
            ),
            None,
        )
        if hit is not None:
            free.remove(hit)
        rows.append((one["rule"], one["confidence"], hit is not None))
    return rows


def _symbol(row: Row) -> str:
    return normal(row.get("symbol_norm") or row["symbol"])


def _valued(gold: Row, kind: str, told: list[Row]) -> list[tuple[str, float, bool]]:
    free = [one for one in gold[kind] if one.get("value") is not None]
    quiet = [
        one
        for part in _QUIET
        for one in gold.get(part, [])
        if isinstance(one, dict) and "start" in one
    ]
    other = "statistics" if kind == "targets" else "targets"
    rows = []
    for one in told:
        if one["value"] is None:
            continue
        hit = next((row for row in free if _over(one, row) and _same(one, row)), None)
        confused = any(_over(one, row) for row in gold[other])
        if hit is not None:
            free.remove(hit)
        elif not confused and any(_over(one, row) for row in quiet):
            continue
        rows.append((one["rule"], one["confidence"], hit is not None))
    return rows


def _same(one: Row, other: Row) -> bool:
    return round(float(one["value"]), 6) == round(float(other["value"]), 6)


def _over(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _requests(read: Any, *, held_out: bool) -> list[tuple[str, float, bool]]:
    by_file = annotated()
    found = []
    for name in chosen(by_file, held_out=held_out):
        told = read(body_of(folder() / name))["requests"]
        right = [
            other
            for one, other in pairs(by_file[name], told)
            if named(one["addressee"]) == named(other["addressee"])
        ]
        found += [(one["rule"], one["confidence"], one in right) for one in told]
    return found


def run() -> dict[str, Any]:
    """Read the annotated texts and compare."""
    rows = judged(held_out=os.environ.get("HOLDOUT") == "1")
    rules: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    bins: list[list[tuple[float, bool]]] = [[] for _ in _BINS[1:]]
    for rule, said, right in rows:
        rules[rule][0] += right
        rules[rule][1] += 1
        bins[next(at for at, top in enumerate(_BINS[1:]) if said < top)].append((said, right))
    told, off = [], 0.0
    for low, high, held in zip(_BINS, _BINS[1:], bins, strict=False):
        if held:
            said = sum(one for one, _ in held) / len(held)
            share = sum(right for _, right in held) / len(held)
            off += abs(said - share) * len(held) / len(rows)
            told.append(
                {
                    "from": low,
                    "to": min(high, 1.0),
                    "count": len(held),
                    "said": round(said, 3),
                    "right": round(share, 3),
                }
            )
    return {
        "judged": len(rows), "off": round(off, 3), "bins": told,
        "rules": {rule: f"{right}/{of}" for rule, (right, of) in sorted(rules.items())},
    }  # fmt: skip
